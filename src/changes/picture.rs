//! One picture of both versions of a workflow, for every notation of [`crate::diagrams`].

use super::pairing::{Both, Side};
use super::words::{sentence, sign};
use super::{Change, Difference, Subject, Value, What};
use crate::diagrams::Style;
use crate::diagrams::picture::{Fate, Fates, InVersion, Picture, Told};
use crate::graph::StateId;
use crate::source::Span;

/// What both versions show, and what became of it. `place` says where in the files something is.
pub fn merged<'c>(
    difference: &Difference<'c>,
    style: &Style,
    place: impl Fn(Span) -> Option<String>,
) -> Picture<'c> {
    let pair = &difference.pair;
    // What is hidden or together with others could not be told from what is gone.
    let style = Style {
        direction: style.direction,
        ..Style::default()
    };
    let [old, new] = [pair.old, pair.new].map(|resolved| Picture::of(resolved, &style));
    let told = difference.changes.iter().map(|change| Told {
        fate: fate_of(change),
        text: sentence(change),
        place: change
            .new
            .or(change.old)
            .and_then(&place)
            .unwrap_or_default(),
        states: in_versions(difference, &change.ends.states),
        moves: moves(difference, change),
    });
    Picture::merged(old, new, &fates(difference), told.collect())
}

fn fate_of(change: &Change) -> Fate {
    match sign(&change.what) {
        '+' => Fate::New,
        '-' => Fate::Gone,
        _ => Fate::Changed,
    }
}

fn in_versions(difference: &Difference, numbers: &[u32]) -> Vec<InVersion> {
    let known = |number: &u32| match difference.pair.states.get(*number as usize)? {
        Both { new: Some(id), .. } => Some(InVersion::New(*id)),
        Both { old: Some(id), .. } => Some(InVersion::Old(*id)),
        Both { .. } => None,
    };
    numbers.iter().filter_map(known).collect()
}

/// The ends of the moves that a change is about.
fn moves(difference: &Difference, change: &Change) -> Vec<(InVersion, InVersion)> {
    if !matches!(change.of, Subject::Moves { .. }) {
        return Vec::new();
    }
    let pair = &difference.pair;
    let of = |side: Side, ways: &[u32]| -> Vec<(InVersion, InVersion)> {
        let steps = ways
            .iter()
            .map(|way| &pair.side(side).moves()[*way as usize]);
        let ends = steps.filter_map(|step| {
            let numbers = [step.from, step.to].map(|place| pair.number_of(side, place));
            match in_versions(difference, &numbers)[..] {
                [from, to] => Some((from, to)),
                _ => None,
            }
        });
        ends.collect()
    };
    let mut all = of(Side::New, &change.ends.new_ways);
    // What leads elsewhere now led somewhere before; the rest leads where it did.
    if all.is_empty() || matches!(change.what, What::Redirected(_)) {
        all.extend(of(Side::Old, &change.ends.old_ways));
    }
    all
}

/// What became of states, moves and starts.
fn fates(difference: &Difference) -> Fates {
    let pair = &difference.pair;
    let old_states = 0..pair.old.workflow().states.len() as u32;
    let mut fates = Fates {
        new_of: old_states
            .map(|index| pair.new_of(StateId(index)))
            .collect(),
        ..Fates::default()
    };
    let mut other_fields: Vec<(StateId, &str)> = Vec::new();
    for change in &difference.changes {
        let Change { what, ends, .. } = change;
        let [old, new] = [&ends.old_ways, &ends.new_ways]
            .map(|ways| ways.iter().map(|way| *way as usize).collect::<Vec<usize>>());
        match &change.of {
            Subject::State(_) => {
                for both in ends
                    .states
                    .iter()
                    .map(|number| pair.states[*number as usize])
                {
                    match (both.old, both.new, what) {
                        (None, Some(id), _) => _ = fates.new_states.insert(id),
                        (Some(id), None, _) => _ = fates.gone_states.insert(id),
                        (_, Some(id), What::Field { field, .. }) if *field != "category" => {
                            fates.changed.entry(id).or_default();
                            other_fields.push((id, *field));
                        }
                        (_, Some(id), what) => {
                            fates.changed.entry(id).or_default().extend(before(what));
                        }
                        (None, None, _) => {}
                    }
                }
            }
            Subject::Moves { .. } => match what {
                What::Added(_) => fates.moves.extend(new.iter().map(|way| (*way, Fate::New))),
                What::Removed(_) => fates.gone_moves.extend(old),
                What::Redirected(_) => {
                    fates.moves.extend(new.iter().map(|way| (*way, Fate::New)));
                    fates.gone_moves.extend(old);
                }
                _ => {
                    for way in new {
                        fates.moves.entry(way).or_insert(Fate::Changed);
                    }
                }
            },
            Subject::Start { .. } => match what {
                What::Added(_) => fates.starts.extend(new.iter().map(|way| (*way, Fate::New))),
                What::Removed(_) => fates.gone_starts.extend(old),
                _ => fates
                    .starts
                    .extend(new.iter().map(|way| (*way, Fate::Changed))),
            },
            _ => {}
        }
    }
    for (id, field) in other_fields {
        let words = fates.changed.entry(id).or_default();
        match words.last_mut().filter(|word| word.starts_with(OTHER)) {
            Some(word) => *word += &format!(", {field}"),
            None => words.push(format!("{OTHER} {field}")),
        }
    }
    fates
}

/// How a list of the fields begins of which only that is said.
const OTHER: &str = "changed:";

/// What a state was before, in two or three words.
fn before(what: &What) -> Option<String> {
    match what {
        What::Renamed(was) => Some(format!("was {was}")),
        What::Field {
            field: "category",
            old: Some(Value::Word(was)),
            ..
        } => Some(format!("was {was}")),
        _ => None,
    }
}

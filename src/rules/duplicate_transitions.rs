//! `duplicate-transitions`: the same way between two states, under the same name, twice.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{FirstBy, Move, Place, Resolved, StateId, condition};
use crate::language::transition::FIELDS;
use crate::model::{From, Start, Transition};
use crate::rules::Rule;
use crate::rules::lists::List;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "duplicate-transitions",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "a transition that is written twice",
    page: include_str!("duplicate_transitions.md"),
};

/// Compares moves, so that lists under `from` and `"*"` are spelt out. A move that `"*"` makes
/// again without a difference is for `redundant-transitions`.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let starts = &resolved.workflow().start;
    let only_named = starts.iter().all(|start| start.transition.is_none());
    for (first, second) in repeated_starts(resolved) {
        out.push_made(&CODE, || report_start(starts, first, second, only_named));
    }
    let pairs = pairs(resolved);
    // A transition may be the second one of very many pairs.
    for pairs in pairs.chunk_by(|a, b| a.second == b.second) {
        let list = List::of(resolved.workflow().transitions[pairs[0].second].listed());
        for pair in pairs {
            out.push_made(&CODE, || match pair.first == pair.second {
                true => report_item(resolved, &list, pair),
                false => report_pair(resolved, &list, pair),
            });
        }
    }
    for pair in contested(resolved) {
        out.push_made(&CODE, || report_contested(resolved, &pair));
    }
}

/// Two transitions, or a transition and itself, and what both do.
struct Pair<'r> {
    first: usize,
    second: usize,
    /// The moves of the second one that the first one makes, too.
    moves: Vec<&'r Move>,
}

/// Moves that an earlier move makes already. Moves between misspelt names do not count: how they
/// are meant is open.
fn pairs(resolved: &Resolved) -> Vec<Pair<'_>> {
    if !resolved.has_namesakes() {
        return Vec::new();
    }
    let (moves, transitions) = (resolved.moves(), &resolved.workflow().transitions);
    let is_plain = transitions.iter().all(|t| t.details.is_none());
    let mut first_of = FirstBy::with_capacity(moves.len(), is_plain);
    let mut found = Vec::new();
    for (index, step) in moves.iter().enumerate() {
        if let Some((from, to)) = resolved.exact(step) {
            let transition = resolved.transition(step);
            let key = (transition.label(), from, to, condition(transition));
            match first_of.meeting(&key, transition) {
                Some(first) => found.push((moves[first].transition, step.transition, step)),
                None => first_of.add(key, transition, index, ()),
            }
        }
    }
    gathered(found)
}

/// Moves that are written out and that `"*"` makes again in another way, such as with other notes: both are meant.
fn contested(resolved: &Resolved) -> Vec<Pair<'_>> {
    let transitions = &resolved.workflow().transitions;
    let mut found = Vec::new();
    for covered in resolved.covered() {
        let written = &resolved.moves()[covered.written];
        let (every, by) = (
            &transitions[covered.every],
            &transitions[written.transition],
        );
        if resolved.exact(written).is_some() && every.difference(by).is_some() {
            found.push((covered.every, written.transition, written));
        }
    }
    gathered(found)
}

fn gathered(mut found: Vec<(usize, usize, &Move)>) -> Vec<Pair<'_>> {
    found.sort_by_key(|(first, second, _)| (*second, *first));
    let same = |a: &(usize, usize, &Move), b: &(usize, usize, &Move)| (a.0, a.1) == (b.0, b.1);
    found
        .chunk_by(same)
        .map(|chunk| Pair {
            first: chunk[0].0,
            second: chunk[0].1,
            moves: chunk.iter().map(|(_, _, step)| *step).collect(),
        })
        .collect()
}

/// The positions of starts in a state that an earlier start names, under the same name: each after
/// that of the first such start.
fn repeated_starts(resolved: &Resolved) -> Vec<(usize, usize)> {
    let starts = &resolved.workflow().start;
    let mut first_of = FirstBy::with_capacity(starts.len(), false);
    let mut again = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        if let Place::State(id) = resolved.starts()[index].value {
            let key = (id, start.label());
            match first_of.meeting(&key, start) {
                Some(first) => again.push((first, index)),
                None => first_of.add(key, start, index, ()),
            }
        }
    }
    again
}

/// The second of two starts says what the `first` says. `only_named` tells whether all starts are
/// written as nothing but their state.
fn report_start(starts: &[Start], first: usize, second: usize, only_named: bool) -> Diagnostic {
    let state = &starts[second].to;
    let report = Diagnostic::new(
        &CODE,
        format!("the workflow starts in `{}` twice", state.value),
        state.span,
        "named again here",
    )
    .help(format!("delete the second `{}`", state.value))
    .label(starts[first].to.span, "first named here");
    // The one before is there, and all that the cut touches.
    let pair = [starts[second - 1].to.clone(), state.clone()];
    match List::of(&pair).without(&[1]) {
        Some(edits) if only_named => report.edits(true, edits),
        _ => report,
    }
}

/// One list under `from` names a state twice.
fn report_item(resolved: &Resolved, list: &List, pair: &Pair) -> Diagnostic {
    let transition = &resolved.workflow().transitions[pair.second];
    let states = states_of(resolved, pair);
    let names = suggest::phrase_up_to(&resolved.names(&states), 3);
    let mut report = Diagnostic::new(
        &CODE,
        format!(
            "transition `{}` starts from {names} more than once",
            transition.label()
        ),
        pair.moves[0].from_span,
        "named again here",
    );
    let listed = transition.listed();
    let name = resolved.name(states[0]);
    if let Some(first) = listed.iter().find(|s| s.value == name) {
        report = report.label(first.span, "first named here");
    }
    let places = pair.moves.iter().skip(1).map(|step| step.from_span);
    let report = report.each(places, MOST_LABELS, "and here");
    let report = report.help(match pair.moves.len() {
        1 => format!("delete the second {names}"),
        _ => "delete all but the first of each".to_owned(),
    });
    with_cut(report, list, pair)
}

fn report_pair(resolved: &Resolved, list: &List, pair: &Pair) -> Diagnostic {
    let transitions = &resolved.workflow().transitions;
    let (first, second) = (&transitions[pair.first], &transitions[pair.second]);
    let whole = is_whole(second, pair);
    let place = match whole {
        true => second.place(),
        false => pair.moves[0].from_span,
    };
    let report = Diagnostic::new(
        &CODE,
        format!("{} is written twice", move_phrase(resolved, pair)),
        place,
        "written again here",
    )
    .label(first.place(), "first written here");
    if let Some(field) = first.difference(second) {
        return report
            .help("delete one of the two, or give one of them another name")
            .note(differ(field, first, second));
    }
    if whole || matches!(second.from, Some(From::Every { .. })) {
        return report.help("delete one of the two, or give one of them another name");
    }
    let states = states_of(resolved, pair);
    let names = suggest::phrase_up_to(&resolved.names(&states), 3);
    let report = report
        .each(resolved.places(&states), 0, "both begin in this state")
        .help(format!("delete {names} from `from` of the second one"));
    with_cut(report, list, pair)
}

fn report_contested(resolved: &Resolved, pair: &Pair) -> Diagnostic {
    let transitions = &resolved.workflow().transitions;
    let (every, written) = (&transitions[pair.first], &transitions[pair.second]);
    let place = match is_whole(written, pair) {
        true => written.place(),
        false => pair.moves[0].from_span,
    };
    let names = suggest::phrase_up_to(&resolved.names(&states_of(resolved, pair)), 3);
    let report = Diagnostic::new(
        &CODE,
        format!(
            "{} is written twice, with different {}",
            move_phrase(resolved, pair),
            match every.difference(written) {
                Some(field) if field != FIELDS.notes.name => format!("`{field}`"),
                _ => "notes".to_owned(),
            }
        ),
        place,
        "written here",
    );
    let report = match &every.from {
        Some(From::Every { span, .. }) => {
            report.label(*span, format!("`\"*\"` covers {names}, too"))
        }
        _ => report,
    };
    report
        .help(format!(
            "add {names} to `except` of the transition from `\"*\"`, or delete one of the two"
        ))
        .note(differ(
            every.difference(written).unwrap_or(FIELDS.notes.name),
            every,
            written,
        ))
}

/// "transition `Assign` from `New` to `Assigned`".
fn move_phrase(resolved: &Resolved, pair: &Pair) -> String {
    let step = pair.moves[0];
    let from = suggest::phrase_up_to(&resolved.names(&states_of(resolved, pair)), 3);
    let to = resolved.meant(step.to).map_or("", |id| resolved.name(id));
    let label = resolved.transition(step).label();
    format!("transition `{label}` from {from} to `{to}`")
}

fn differ(field: &str, first: &Transition, second: &Transition) -> String {
    match field == FIELDS.notes.name {
        true => format!(
            "`notes` is `{}` in one and `{}` in the other, and only one can count",
            first.notes().word(),
            second.notes().word()
        ),
        false => format!("`{field}` is not the same in both, and only one can count"),
    }
}

/// Where the moves begin, each state once.
fn states_of(resolved: &Resolved, pair: &Pair) -> Vec<StateId> {
    let mut states: Vec<StateId> = pair
        .moves
        .iter()
        .filter_map(|m| resolved.exact(m).map(|(from, _)| from))
        .collect();
    states.dedup();
    states
}

/// Whether the transition does nothing else.
fn is_whole(transition: &Transition, pair: &Pair) -> bool {
    transition.listed().len() <= pair.moves.len()
}

/// With the edits that take the moves of the pair out of the `list` under `from`.
fn with_cut(report: Diagnostic, list: &List, pair: &Pair) -> Diagnostic {
    match list.without_places(pair.moves.iter().map(|step| step.from_span)) {
        Some(edits) => report.edits(true, edits),
        None => report,
    }
}

const MOST_LABELS: usize = 4;

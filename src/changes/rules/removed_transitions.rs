//! `removed-transitions`: between two states that are left there is no move any more.

use super::{Changed, Rule};
use crate::changes::pairing::Side;
use crate::changes::walks::Steps;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::StateId;
use crate::hashing::{HashMap, HashSet};
use crate::model::Transition;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "removed-transitions",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Warn,
    summary: "two states between which there is no transition any more",
    page: include_str!("removed_transitions.md"),
};

/// Looks for moves of the old version. States whose tickets are stranded are left to `stranded-states`.
pub const RULE: Rule = Rule { code: &CODE, check };

/// What one transition of the old version no longer does.
struct Gone {
    transition: usize,
    to: StateId,
    from: Vec<StateId>,
}

fn check(changed: &Changed, out: &mut Diagnostics) {
    let pair = &changed.difference.pair;
    if !pair.new.knows_all_ways_out() {
        return;
    }
    let steps = Steps::of(pair, Side::New);
    let mut seen = HashSet::default();
    let mut numbers: HashMap<(usize, StateId), usize> = HashMap::default();
    let mut all: Vec<Gone> = Vec::new();
    for step in pair.old.moves() {
        let ends = pair.old.exact(step);
        let ends = ends.and_then(|(from, to)| pair.new_of(from).zip(pair.new_of(to)));
        let Some((from, to)) = ends.filter(|(from, _)| !changed.stranded[from.index()]) else {
            continue;
        };
        if steps.has(from.0, to.0) || !seen.insert((from, to)) {
            continue;
        }
        let key = (step.transition, to);
        let at = *numbers.entry(key).or_insert(all.len());
        match all.get_mut(at) {
            Some(gone) => gone.from.push(from),
            None => all.push(Gone {
                transition: step.transition,
                to,
                from: vec![from],
            }),
        }
    }
    let transitions = pair.new.workflow().transitions.iter().rev();
    let named = transitions.filter_map(|one| Some((one.name.as_ref()?.value.as_str(), &**one)));
    let by_name: HashMap<&str, &Transition> = named.collect();
    for gone in &all {
        let old = gone
            .from
            .iter()
            .filter_map(|new| pair.states[new.index()].old);
        out.push_made(&CODE, || {
            changed.concerning(report(changed, gone, &by_name), old)
        });
    }
}

fn report(changed: &Changed, gone: &Gone, by_name: &HashMap<&str, &Transition>) -> Diagnostic {
    let pair = &changed.difference.pair;
    let old = &pair.old.workflow().transitions[gone.transition];
    let label = old.label();
    let from = suggest::phrase_up_to(&pair.new.names(&gone.from), 3);
    let to = pair.new.name(gone.to);
    let same = by_name.get(label);
    let place = same.map_or_else(
        || changed.transitions_place(),
        |transition| transition.place(),
    );
    Diagnostic::new(
        &CODE,
        format!("no transition leads from {from} to `{to}` any more"),
        place,
        match same {
            Some(_) => "nor does this one",
            None => "none of these does",
        },
    )
    .label(old.place(), format!("transition `{label}` did"))
    .help(match same {
        Some(_) => {
            format!("let `{label}` lead there again, or tell those who work on these tickets")
        }
        None => format!(
            "add a transition from {from} to `{to}`, or tell those who work on these tickets"
        ),
    })
}

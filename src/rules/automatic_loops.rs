//! `automatic-loops`: automatic transitions that go round without time passing.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "automatic-loops",
    since: "0.1.0",
    group: Group::Walks,
    level: Level::Deny,
    summary: "tickets that go round by themselves without end",
    page: include_str!("automatic_loops.md"),
};

/// Looks at transitions that happen at once and on no condition: a ticket that comes to one of these
/// states goes round. On a condition, the loop may end.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let transitions = &resolved.workflow().transitions;
    let happens = |index: usize| {
        let transition = &transitions[resolved.moves()[index].transition];
        let details = transition.details();
        transition.is_automatic() && details.after.is_none() && details.when.is_none()
    };
    let happening: Vec<bool> = (0..resolved.moves().len()).map(happens).collect();
    if !happening.contains(&true) {
        return;
    }
    for states in resolved.loops_by(|index| happening[index]) {
        let among = |place| {
            resolved
                .meant(place)
                .is_some_and(|id| states.binary_search(&id).is_ok())
        };
        let steps = resolved.moves().iter().zip(&happening);
        let steps = steps.filter(|(step, happens)| **happens && among(step.from) && among(step.to));
        let mut places: Vec<_> = steps
            .map(|(step, _)| resolved.transition(step).place())
            .collect();
        places.dedup();
        let Some((first, rest)) = places.split_first() else {
            continue;
        };
        let names = suggest::phrase_up_to(&resolved.names(&states), 3);
        out.push_made(&CODE, || {
            let message = match states.len() {
                1 => format!("a ticket in {names} comes back there by itself without end"),
                _ => format!("a ticket goes round {names} by itself without end"),
            };
            Diagnostic::new(&CODE, message, *first, "happens at once")
                .each(rest.iter().copied(), MOST_LABELS, "and then this")
                .help("give one of them a time in `after` or a condition in `when`, or let somebody make it")
        });
    }
}

const MOST_LABELS: usize = 6;

//! `removed-states`: a state that is gone, with the tickets in it.

use super::{Changed, Destination, Rule, destination};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::StateId;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "removed-states",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Deny,
    summary: "a state that is gone, while nothing says where its tickets go",
    page: include_str!("removed_states.md"),
};

/// Looks at the states that are gone.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(changed: &Changed, out: &mut Diagnostics) {
    let difference = changed.difference;
    // A state that is not read may be there.
    if difference.pair.new.workflow().doubts.states {
        return;
    }
    for old in difference.pair.removed() {
        if let Destination::Nowhere = destination(difference, old) {
            out.push_made(&CODE, || report(changed, old));
        }
    }
}

fn report(changed: &Changed, id: StateId) -> Diagnostic {
    let pair = &changed.difference.pair;
    let state = pair.old.state(id);
    let name = &state.name.value;
    let offered = changed.difference.renamed(id).map(|new| pair.new.name(new));
    let mut next = pair
        .old
        .moves_from(id)
        .filter_map(|step| pair.old.meant(step.to));
    let next = next.find_map(|to| Some(pair.new.name(pair.new_of(to)?)));
    let example = next.map_or(String::new(), |next| format!(", such as `{next}`"));
    let migrate =
        format!("add `{name}` to `migrate` with the state that takes its tickets{example}");
    Diagnostic::new(
        &CODE,
        format!("state `{name}` is gone, and nothing says where its tickets go"),
        changed.states_place(),
        format!("`{name}` is no longer among these"),
    )
    .label(state.name.span, "it was defined here")
    .help(match offered {
        Some(new) => format!(
            "add `{name}` to `was` of state `{new}` if that is its new name, or else {migrate}"
        ),
        None => migrate,
    })
    .note("a ticket that is in this state is in none any more, and no transition leads it on")
}

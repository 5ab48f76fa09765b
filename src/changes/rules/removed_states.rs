//! `removed-states`: a state that is gone, with the tickets in it.

use super::{Arrival, Changed, Destination, Rule, next_of};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::StateId;
use crate::model::Migration;

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
        match changed.destination(old) {
            Destination::Nowhere(None) => {
                out.push_made(&CODE, || changed.concerning(report(changed, old), [old]));
            }
            Destination::Nowhere(Some((entry, missing))) => out.push_made(&CODE, || {
                let report = of_nowhere(changed, old, entry, &missing);
                changed.concerning(report, [old])
            }),
            _ => {}
        }
    }
}

fn report(changed: &Changed, id: StateId) -> Diagnostic {
    let pair = &changed.difference.pair;
    let state = pair.old.state(id);
    let name = &state.name.value;
    let offered = changed.difference.renamed(id).map(|new| pair.new.name(new));
    let next = next_of(pair, id);
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

/// `migrate` names a state of another workflow that is not there.
fn of_nowhere(changed: &Changed, id: StateId, entry: &Migration, missing: &Arrival) -> Diagnostic {
    let state = changed.difference.pair.old.state(id);
    let name = &state.name.value;
    let workflow = entry.workflow.as_ref();
    let place = workflow.map_or(entry.to.span, |workflow| workflow.span);
    let workflow = workflow.map_or("", |workflow| &workflow.value);
    let to = &entry.to.value;
    let (message, place, label, help) = match missing {
        Arrival::NoWorkflow => (
            format!("tickets of `{name}` go to workflow `{workflow}`, which is not there"),
            place,
            "no workflow has this identifier".to_owned(),
            "change it to the identifier of a workflow that is there".to_owned(),
        ),
        _ => (
            format!("tickets of `{name}` go to `{to}`, which workflow `{workflow}` does not have"),
            entry.to.span,
            format!("`{workflow}` has no such state"),
            format!("change `{to}` to a state of workflow `{workflow}`"),
        ),
    };
    Diagnostic::new(&CODE, message, place, label)
        .label(state.name.span, "it was defined here")
        .help(help)
        .note("a ticket that is in this state is in none any more, and no transition leads it on")
}

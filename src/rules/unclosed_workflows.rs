//! `unclosed-workflows`: no ticket is ever done.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::model::State;
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unclosed-workflows",
    since: "0.1.0",
    group: Group::States,
    level: Level::Warn,
    summary: "a workflow without a closed state",
    page: include_str!("unclosed_workflows.md"),
};

/// Looks for a closed state, and where there is none, for the state that was most likely meant.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let workflow = resolved.workflow();
    // An undefined name may be that of the closed state.
    let open_question = resolved.undefined().iter().any(|u| u.near.is_none());
    if workflow.doubts.states || workflow.states.is_empty() || open_question || resolved.may_close()
    {
        return;
    }
    out.push(report(resolved, candidate(resolved)));
}

/// The only final state, or else the only one without a way out.
fn candidate(resolved: &Resolved) -> Option<&State> {
    let finals = resolved.states().filter(|(_, s)| s.is_final());
    let stays = |(id, _): &(StateId, &State)| !resolved.has_way_out(*id);
    let (_, state) = only(finals).or_else(|| only(resolved.states().filter(stays)))?;
    Some(state)
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next();
    first.filter(|_| items.next().is_none())
}

fn report(resolved: &Resolved, candidate: Option<&State>) -> Diagnostic {
    let workflow = resolved.workflow();
    let place = workflow
        .identifier
        .as_ref()
        .map_or(workflow.place, |i| i.span);
    let report = Diagnostic::new(
        &CODE,
        "no state of the workflow is `closed`",
        place,
        "no ticket of this workflow is ever done",
    )
    .note("only a `closed` state stops the service clock");
    let end = candidate.and_then(|s| Some((s, s.category?)));
    let Some((state, category)) = end else {
        return report
            .help("write `closed` for the `category` of each state in which work is done");
    };
    let name = &state.name.value;
    report
        .label(category.span, "tickets end here, and none is closed")
        .help(format!("change `category` of state `{name}` to `closed`"))
}

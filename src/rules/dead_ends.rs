//! `dead-ends`: tickets come in, and neither go on nor are done.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::model::{Category, State};
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "dead-ends",
    since: "0.1.0",
    group: Group::Walks,
    level: Level::Warn,
    summary: "a state without a way out in which work is not done",
    page: include_str!("dead_ends.md"),
};

/// Looks for a way out of each state. A transition back to the same state is none.
///
/// Says nothing of workflows without a closed state (`unclosed-workflows`): there, the last
/// state has the wrong category and is no dead end; nor of states that no ticket can be in.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    // Asked only for its doubts: a way out may stand where nothing could be read.
    if resolved.reaches_closed().is_none() || !resolved.may_close() {
        return;
    }
    let reached = resolved.reached_from_start();
    for (id, state) in resolved.states() {
        let lost = reached.as_ref().is_some_and(|r| !r[id.index()]);
        if !lost && is_dead_end(resolved, id, state) {
            out.push_made(&CODE, || report(state));
        }
    }
}

fn is_dead_end(resolved: &Resolved, id: StateId, state: &State) -> bool {
    let ends_work = state.is_final() || state.is(Category::Closed) || state.category.is_none();
    !ends_work && !resolved.has_way_out(id)
}

fn report(state: &State) -> Diagnostic {
    let name = &state.name.value;
    let report = Diagnostic::new(
        &CODE,
        format!("state `{name}` has no way out and is not closed"),
        state.name.span,
        "no transition leads from here to another state",
    )
    .note("a ticket that comes here stays here, and its work is never done");
    if state.category.is_none() {
        return report;
    }
    report.help(format!(
        "add a transition from `{name}`, or change its `category` to `closed`"
    ))
}

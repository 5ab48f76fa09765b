//! `missing-start`: tickets can begin in no state.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level, Stops};
use crate::graph::{Resolved, StateId};
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "missing-start",
    since: "0.1.0",
    group: Group::States,
    level: Level::Firm(Stops::Compiling),
    summary: "a workflow in which no ticket can begin",
    page: include_str!("missing_start.md"),
};

/// Looks for a start state, and where there is none, for the one that was most likely meant.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let workflow = resolved.workflow();
    if workflow.start.is_empty() && !workflow.doubts.start {
        out.push(report(resolved, candidate(resolved)));
    }
}

/// The only state that no transition leads to.
fn candidate(resolved: &Resolved) -> Option<StateId> {
    if !resolved.knows_all_ways_out() {
        return None;
    }
    let mut has_way_in = vec![false; resolved.workflow().states.len()];
    for step in resolved.moves() {
        if let Some(to) = resolved.meant(step.to)
            && resolved.meant(step.from) != Some(to)
        {
            has_way_in[to.index()] = true;
        }
    }
    let mut free = resolved.states().filter(|(id, _)| !has_way_in[id.index()]);
    match (free.next(), free.next()) {
        (Some((id, _)), None) => Some(id),
        _ => None,
    }
}

fn report(resolved: &Resolved, candidate: Option<StateId>) -> Diagnostic {
    let workflow = resolved.workflow();
    let (place, label, write) = match workflow.start_span {
        Some(span) => (span, "no state is named here", "write {} for `start`"),
        None => (
            workflow.place,
            "`start` is missing here",
            "add `start` with {}",
        ),
    };
    let report = Diagnostic::new(&CODE, "the workflow has no start state", place, label)
        .note("no ticket can be created without one");
    let Some(id) = candidate else {
        return report.help(write.replace("{}", "the state in which tickets begin"));
    };
    let state = &resolved.state(id).name;
    report
        .label(state.span, "the only state that no transition leads to")
        .help(write.replace("{}", &format!("`{}`", state.value)))
}

//! `stuck-waiting`: the clock is paused and nothing can start it again.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::model::Category;
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "stuck-waiting",
    group: Group::Clock,
    level: Level::Warn,
    summary: "waiting states that lead to no open or closed state",
    page: include_str!("stuck_waiting.md"),
};

/// Looks at the strongly connected components that no transition leaves and that hold no open
/// and no closed state. A chain of waiting states that ends in an open one is an honest use.
///
/// A single waiting state without a way out is left to `dead-ends`.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    // A way out may stand where nothing could be read.
    let Some(closes) = resolved.reaches_closed() else {
        return;
    };
    // Usually every state leads to a closed one.
    if !closes.contains(&false) {
        return;
    }
    let reached = resolved.reached_from_start();
    for sink in resolved.sinks() {
        let lost = reached.as_ref().is_some_and(|r| !r[sink[0].index()]);
        if !lost && is_stuck(resolved, &sink) {
            out.push(report(resolved, &sink));
        }
    }
}

fn is_stuck(resolved: &Resolved, sink: &[StateId]) -> bool {
    let is = |id: &StateId, category| resolved.state(*id).is(category);
    let pauses = |id: &StateId| is(id, Category::Waiting) || is(id, Category::Draft);
    sink.len() > 1 && sink.iter().all(pauses) && sink.iter().any(|id| is(id, Category::Waiting))
}

fn report(resolved: &Resolved, sink: &[StateId]) -> Diagnostic {
    let is_waiting = |id: &&StateId| resolved.state(**id).is(Category::Waiting);
    let waiting: Vec<StateId> = sink.iter().filter(is_waiting).copied().collect();
    let names = suggest::phrase_up_to(&resolved.names(&waiting), 4);
    let place = |id: StateId| resolved.state(id).name.span;
    let message = match waiting.len() {
        1 => format!("waiting state {names} leads to no open or closed state"),
        _ => format!("waiting states {names} lead to no open or closed state"),
    };
    let first = waiting[0];
    let label = "the clock is paused here and never runs again";
    let mut report = Diagnostic::new(&CODE, message, place(first), label);
    for id in sink.iter().filter(|id| **id != first).take(MOST_LABELS) {
        report = report.label(place(*id), "leads no further");
    }
    report.help(format!(
        "add a transition from `{}` to the state in which work goes on",
        resolved.name(first)
    ))
}

const MOST_LABELS: usize = 6;

//! `stuck-waiting`: the clock is paused and nothing can start it again.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::model::Category;
use crate::rules::Rule;
use crate::rules::ends::{Ends, only_pauses};
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "stuck-waiting",
    since: "0.1.0",
    group: Group::Clock,
    level: Level::Warn,
    summary: "waiting states that lead to no open or closed state",
    page: include_str!("stuck_waiting.md"),
};

/// Looks at where tickets end that are never closed, and is for the ends without an open
/// state. A chain of waiting states that ends in an open one is an honest use.
///
/// A single waiting state without a way out is left to `dead-ends`, or to `trapped-states` where it
/// is final.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let Some(ends) = Ends::of(resolved) else {
        return;
    };
    let stuck = ends.sets.iter().filter(|set| only_pauses(resolved, set));
    out.extend(stuck.map(|set| report(resolved, set)));
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
    let report = Diagnostic::new(&CODE, message, place(first), label);
    let places = sink.iter().filter(|id| **id != first).map(|id| place(*id));
    let report = report.each(places, MOST_LABELS, "leads no further");
    report.help(format!(
        "add a transition from `{}` to the state in which work goes on",
        resolved.name(first)
    ))
}

const MOST_LABELS: usize = 6;

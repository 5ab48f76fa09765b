//! `paused-starts`: tickets begin with a clock that stands still.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::model::Category;
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "paused-starts",
    since: "0.1.0",
    group: Group::Clock,
    level: Level::Warn,
    summary: "tickets that can only start in `waiting` or `closed` states",
    page: include_str!("paused_starts.md"),
};

/// Looks at the categories of the start states: one of them should be `open` or `draft`.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let starts = resolved.start_states();
    let known = resolved
        .starts()
        .iter()
        .all(|s| resolved.meant(s.value).is_some());
    let paused = |id: &StateId| {
        let state = resolved.state(*id);
        state.is(Category::Waiting) || state.is(Category::Closed)
    };
    let sure = known && !resolved.workflow().doubts.start && !starts.is_empty();
    if sure && starts.iter().all(paused) {
        out.push(report(resolved, &starts));
    }
}

fn report(resolved: &Resolved, starts: &[StateId]) -> Diagnostic {
    let names = suggest::phrase_up_to(&resolved.names(starts), 3);
    let category = |id: StateId| resolved.state(id).category;
    let word = category(starts[0]).map_or("waiting", |c| c.value.word());
    let message = match starts.len() {
        1 => format!("start state {names} is `{word}`, and tickets start nowhere else"),
        _ => format!("start states {names} are all `waiting` or `closed`"),
    };
    let place = resolved.starts()[0].span;
    let mut report = Diagnostic::new(&CODE, message, place, "the clock does not run from here");
    let said = [
        (Category::Waiting, "the clock is paused here"),
        (Category::Closed, "the clock is stopped here"),
    ];
    for (kind, what) in said {
        let all = starts.iter().filter_map(|id| category(*id));
        let places = all.filter(|c| c.value == kind).map(|c| c.span);
        report = report.each(places, MOST_LABELS, what);
    }
    report
        .help(format!(
            "change `category` of state `{}` to `open`, or to `draft` if the clock starts later",
            resolved.name(starts[0])
        ))
        .note("a clock that never ran can be neither paused nor stopped")
}

const MOST_LABELS: usize = 4;

//! `frozen-work`: the clock runs, and nothing may be changed.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::model::{Category, State};
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "frozen-work",
    since: "0.1.0",
    group: Group::Clock,
    level: Level::Warn,
    summary: "an open state in which nothing may be edited",
    page: include_str!("frozen_work.md"),
};

/// Looks at `editable` of each open state. Only an empty list is a report.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    for (_, state) in resolved.states().filter(|(_, s)| s.is(Category::Open)) {
        out.extend(report(state));
    }
}

fn report(state: &State) -> Option<Diagnostic> {
    let editable = state.editable.as_ref().filter(|e| e.value.is_empty())?;
    let name = &state.name.value;
    let message = format!("open state `{name}` lets nothing be edited");
    let report = Diagnostic::new(&CODE, message, editable.span, "names no field");
    let report = match state.category {
        Some(category) => report.label(category.span, "but work goes on here"),
        None => report,
    };
    Some(report.help(format!(
        "name the fields that may be edited in `{name}`, or delete `editable` to allow them all"
    )))
}

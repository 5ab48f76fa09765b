//! `editable-after-final`: the ticket is over and may still be changed.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::model::State;
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "editable-after-final",
    since: "0.1.0",
    group: Group::Clock,
    level: Level::Warn,
    summary: "a final state that names fields to edit",
    page: include_str!("editable_after_final.md"),
};

/// Looks at `editable` of each final state. One that says nothing of editing is no report.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    for (_, state) in resolved.states().filter(|(_, s)| s.is_final()) {
        out.extend(report(state));
    }
}

fn report(state: &State) -> Option<Diagnostic> {
    let editable = state.editable.as_ref()?;
    let first = editable.value.first()?;
    let last = editable.value.last()?;
    let name = &state.name.value;
    let message = format!("final state `{name}` names fields that may be edited");
    let place = first.span.to(last.span);
    let report = Diagnostic::new(&CODE, message, place, "may be edited after the end");
    let report = match state.is_final {
        Some(is_final) => report.label(is_final.span, "declared final here"),
        None => report,
    };
    Some(
        report
            .help(format!(
                "write an empty list for `editable` of state `{name}`"
            ))
            .note("a change after the end goes unnoticed: no transition follows it"),
    )
}

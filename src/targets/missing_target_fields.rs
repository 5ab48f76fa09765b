//! `missing-target-fields`: the product requires what the file does not say.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "missing-target-fields",
    group: Group::Targets,
    level: Level::Deny,
    summary: "a field that the product requires is not there",
    page: include_str!("missing_target_fields.md"),
};

/// `target` requires `field`; `place` is its block, or the workflow where it has none, and
/// `example` a value that would do, spelt as both syntaxes spell it.
pub fn report(target: &str, field: &str, place: Span, example: &str) -> Diagnostic {
    let message = format!("target `{target}` has no `{field}`");
    Diagnostic::new(
        &CODE,
        message,
        place,
        format!("the product requires `{field}`"),
    )
    .help(format!(
        "add `{field}` with a value such as `{example}` under `targets`, `{target}`"
    ))
}

//! `target-limits`: a value longer or larger than the product takes.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "target-limits",
    since: "0.1.0",
    group: Group::Targets,
    level: Level::Deny,
    summary: "a value longer or larger than the product takes",
    page: include_str!("target_limits.md"),
};

/// `what` ("`subject` of `record` of target `xurrent`") is `length` long, in `unit`
/// ("characters"), and the product takes `most`.
pub fn too_long(what: &str, length: usize, most: usize, unit: &str, span: Span) -> Diagnostic {
    let message = format!("{what} has {length} {unit}, and the product takes {most}");
    let label = format!("{} {unit} too long", length.saturating_sub(most));
    Diagnostic::new(&CODE, message, span, label).help(format!("shorten it to {most} {unit}"))
}

/// `what` holds more than `most` of `unit`; nobody counted how many more, and it was not read.
pub fn too_much(what: &str, most: usize, unit: &str, span: Span) -> Diagnostic {
    let message = format!("{what} has more than {most} {unit}");
    Diagnostic::new(&CODE, message, span, "too large to be sent")
        .help("make it smaller")
        .blocking()
}

/// Any other limit, in the caller's words.
pub fn other(message: String, span: Span, label: &str) -> Diagnostic {
    Diagnostic::new(&CODE, message, span, label)
}

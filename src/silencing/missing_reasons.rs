//! `missing-reasons`: a suppression without a reason.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "missing-reasons",
    since: "0.1.0",
    group: Group::Upkeep,
    level: Level::Allow,
    summary: "a suppression that does not say why",
    page: include_str!("missing_reasons.md"),
};

/// Stands where a reason belongs when suppressions are written by `check --add-allows`.
pub const PLACEHOLDER: &str = "TODO: say why";

/// Whether `reason` is one.
pub fn is_reason(reason: &str) -> bool {
    !reason.is_empty() && !reason.starts_with("TODO")
}

/// The suppression of `codes`, whose bracket closes at `at`, gives no reason.
pub(super) fn report(codes: &str, at: Span) -> Diagnostic {
    let message = format!("suppression of {codes} gives no reason");
    Diagnostic::new(&CODE, message, at, "the reason belongs after this")
        .help("write after the bracket why the report does not matter here")
}

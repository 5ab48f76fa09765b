//! `unknown-tags`: `!something` before a value.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::source::Span;

use super::excerpt;

/// See `unknown_tags.md`.
pub static CODE: Code = Code {
    name: "unknown-tags",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "a value has a tag that no workflow needs",
    page: include_str!("unknown_tags.md"),
};

/// The tags that are read, as they are written.
const KNOWN: &str = "`!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!map` and `!!seq` are read";

/// The tag at `at`, written `tag`, means nothing here.
pub(super) fn unknown(tag: &str, at: Span) -> Diagnostic {
    let tag = excerpt(tag);
    Diagnostic::new(
        &CODE,
        format!("tag `{tag}` has no meaning in a workflow"),
        at,
        "a word that begins with `!` is a tag, not text",
    )
    .help(format!(
        "delete `{tag}`, or put quotes around a value that begins with `!`"
    ))
    .note(KNOWN)
}

/// The tag at `at`, written `tag`, stands before `what` ("a list"), which it does not fit.
pub(super) fn misplaced(tag: &str, what: &str, at: Span) -> Diagnostic {
    let tag = excerpt(tag);
    Diagnostic::new(
        &CODE,
        format!("tag `{tag}` stands before {what}"),
        at,
        format!("the value after it is {what}"),
    )
    .help(format!("delete `{tag}`"))
}

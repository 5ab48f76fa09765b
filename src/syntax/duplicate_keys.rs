//! `duplicate-keys`: one map, the same key twice.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::source::Span;

use super::excerpt;

/// See `duplicate_keys.md`.
pub static CODE: Code = Code {
    name: "duplicate-keys",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "the same key is written twice in one map",
    page: include_str!("duplicate_keys.md"),
};

/// `key` is written at `again` after it was written at `first` (where that is known).
pub(super) fn report(key: &str, first: Option<Span>, again: Span) -> Diagnostic {
    let key = excerpt(key);
    let report = Diagnostic::new(
        &CODE,
        format!("key `{key}` is written twice in the same map"),
        again,
        "written again here",
    )
    .help(format!("delete one `{key}`, or give it another name"));
    match first {
        Some(first) => report.label(first, "first written here"),
        None => report,
    }
}

//! `duplicate-keys`: one map, the same key twice.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::source::Span;

use super::{excerpt, lines};

/// See `duplicate_keys.md`.
pub static CODE: Code = Code {
    name: "duplicate-keys",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "the same key is written twice in one map",
    page: include_str!("duplicate_keys.md"),
};

/// What can be deleted of `text` where the entry at `again` is the same, byte for byte, as that at `first`: its
/// lines, or in brackets the comma before it, too.
pub(super) fn twin(text: &str, first: Range<usize>, again: Range<usize>) -> Option<Range<usize>> {
    if text.get(first)? != text.get(again.clone())? {
        return None;
    }
    let (start, end) = (lines::start(text, again.start), lines::end(text, again.end));
    let is_blank = |range: Range<usize>| text[range].trim().is_empty();
    if is_blank(start..again.start) && is_blank(again.end..end) {
        return Some(start..lines::next(text, again.end));
    }
    let before = text[start..again.start].trim_end();
    before
        .ends_with(',')
        .then(|| start + before.len() - 1..again.end)
}

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

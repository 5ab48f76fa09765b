//! Taking a code, or the whole comment, out of a file.

use crate::diagnostic::Edit;
use crate::source::{Source, Span};

/// The edits that take the code at `code` out of `comment`, which lists the codes at `list`: the
/// whole comment where it is the only one.
pub(super) fn of(source: &Source, comment: Span, list: &[Span], code: Span) -> Vec<Edit> {
    let index = list.partition_point(|at| at.start < code.start);
    let range = match (list.get(index + 1), index.checked_sub(1)) {
        (Some(next), _) => code.range().start..next.range().start,
        (None, Some(before)) => list[before].range().end..code.range().end,
        (None, None) => whole(source, comment),
    };
    vec![Edit::new(source.at(range), "")]
}

/// The comment with the blanks before it, and with its line where nothing else is on that.
fn whole(source: &Source, comment: Span) -> std::ops::Range<usize> {
    let text = source.text();
    let range = comment.range();
    let before = text[..range.start].trim_end_matches([' ', '\t']);
    let owns_line = before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}']);
    if !owns_line {
        return before.len()..range.end;
    }
    let line = source.position(comment.start).line;
    let next = source.line_range(line + 1).start;
    before.len()..next.max(range.end)
}

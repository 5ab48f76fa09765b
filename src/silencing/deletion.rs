//! Taking a code, or the whole comment, out of a file.

use crate::diagnostic::Edit;
use crate::source::{Source, Span};

/// The edits that take the code at `code` out of `part`, a part of `comment` which lists the codes at
/// `list`: the whole part where it is the only one.
pub(super) fn of(
    source: &Source,
    (comment, part): (Span, Span),
    list: &[Span],
    code: Span,
) -> Vec<Edit> {
    let index = list.partition_point(|at| at.start < code.start);
    let range = match (list.get(index + 1), index.checked_sub(1)) {
        (Some(next), _) => code.range().start..next.range().start,
        (None, Some(before)) => list[before].range().end..code.range().end,
        (None, None) if part == comment => whole(source, comment),
        (None, None) => beside_others(source, comment, part),
    };
    // Whoever takes out a piece of text keeps the comments in it: from within a comment, one character is
    // written again.
    let before = source.text()[comment.range().start..range.start.max(comment.range().start)]
        .chars()
        .next_back();
    match before {
        Some(before) => {
            let start = range.start - before.len_utf8();
            vec![Edit::new(source.at(start..range.end), before)]
        }
        None => vec![Edit::new(source.at(range), "")],
    }
}

/// One part of a comment, and the blanks between it and the parts that stay.
fn beside_others(source: &Source, comment: Span, part: Span) -> std::ops::Range<usize> {
    let text = source.text();
    let (whole, range) = (comment.range(), part.range());
    let is_blank = |c: char| matches!(c, ' ' | '\t');
    if range.start == whole.start {
        let rest = text[range.end..whole.end].trim_start_matches(is_blank);
        let words = text[range.clone()].trim_start_matches(|c| c == '#' || is_blank(c));
        // Words that have no `#` of their own keep this one.
        let start = match rest.starts_with('#') {
            true => range.start,
            false => range.end - words.len(),
        };
        return start..whole.end - rest.len();
    }
    let before = text[whole.start..range.start].trim_end_matches(is_blank);
    whole.start + before.len()..range.end
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

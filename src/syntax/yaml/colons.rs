//! A key whose colon is missing before the bracket of its value: `New { category: open }`.
//!
//! Where indentation does the work of brackets, YAML reads that as the key `New { category` and
//! the value `open }`, which nobody means.

use std::ops::Range;

use granit_parser::{Event, ScalarStyle, Span};

use crate::node::{Kind, Node, Scalar};

use super::super::{blanks, lines};

/// Where the bracket stands before which a colon is missing, if the event is such a key: in bytes.
pub(super) fn missing(text: &str, event: &Event<'_>, span: &Span) -> Option<usize> {
    let Event::Scalar(scalar, ScalarStyle::Plain, ..) = event else {
        return None;
    };
    // Nearly every scalar passes here.
    if !scalar.contains(['{', '[']) {
        return None;
    }
    let place = span.byte_range()?;
    let bracket = place.start + bracket(text.get(place.clone())?)?;
    let rest = text[place.end..].trim_start_matches([' ', '\t']);
    (rest.starts_with(':') && closes(text, bracket)).then_some(bracket)
}

/// Where a blank stands that is no space and became a part of the key that the event is: before it on its line, or
/// between its colon and the bracket of its value. In bytes.
pub(super) fn odd_blank(text: &str, event: &Event<'_>, span: &Span) -> Option<usize> {
    let Event::Scalar(scalar, ScalarStyle::Plain, ..) = event else {
        return None;
    };
    if scalar.is_ascii() {
        return None;
    }
    let place = span.byte_range()?;
    let content = text.get(place.clone())?;
    let (odd, _) = blanks::first_odd(content)?;
    let is_key = text[place.end..]
        .trim_start_matches([' ', '\t'])
        .starts_with(':');
    let begins = odd.start == 0
        && text[lines::start(text, place.start)..place.start]
            .trim()
            .is_empty();
    let is_after_colon = content[..odd.start].ends_with(':')
        && content[odd.end..].trim_start().starts_with(['{', '[']);
    (is_key && (begins || is_after_colon)).then_some(place.start + odd.start)
}

/// Where the bracket stands in `content`, which begins with a name, no colon and a bracket that the
/// content does not close: in bytes.
fn bracket(content: &str) -> Option<usize> {
    let open = after_name(content)?;
    let is_closed = content[open..].contains(['}', ']']);
    (!is_closed).then_some(open)
}

/// Where the bracket stands in `content`, which begins with a name and, after a blank and no colon,
/// a bracket: in bytes.
pub(super) fn after_name(content: &str) -> Option<usize> {
    let open = content.find(['{', '['])?;
    let name = &content[..open];
    let is_name = name.ends_with([' ', '\t'])
        && !name.trim().is_empty()
        && !name.contains([':', '"', '\'', '#', ',', '}', ']', '|', '>']);
    is_name.then_some(open)
}

/// Where the name ends before the bracket at `bracket`.
pub(super) fn name_before(text: &str, bracket: usize) -> Range<usize> {
    let start = lines::start(text, bracket);
    let line = &text[start..bracket];
    let (dashes, rest) = super::surroundings::without_dashes(line.trim_start());
    let begin = start + line.len() - line.trim_start().len() + dashes;
    begin..begin + rest.trim_end().len()
}

/// Whether the bracket at `bracket` is closed at the end of its line, by its own kind.
fn closes(text: &str, bracket: usize) -> bool {
    let line = &text[bracket..lines::end(text, bracket)];
    let line = lines::before_comment(line);
    let close = if line.starts_with('{') { '}' } else { ']' };
    line.trim_end().ends_with(close)
}

/// What people write in the place of a colon.
pub(super) const OTHERS: &[char] = &['=', '：'];

/// Where the colon, or the sign in its place, stands in a key like `category:open`, which has no value
/// of its own.
pub(super) fn in_key(key: &Scalar<'_>, value: &Node<'_>) -> Option<usize> {
    let colon = key.text().find(|c| c == ':' || OTHERS.contains(&c))?;
    let sign = key.text()[colon..].chars().next()?;
    let after = &key.text()[colon + sign.len_utf8()..];
    let splits = colon > 0 && !after.is_empty() && !after.starts_with(['/', ':', '=', '>']);
    (splits && key.reading().plain && matches!(value.kind(), Kind::Absent(None))).then_some(colon)
}

//! Lines of a text by byte offsets. `\n`, `\r\n` and a lone `\r` end a line; a byte order mark
//! belongs to no line.

use std::ops::Range;

const BOM: &str = "\u{feff}";

/// The start of the line that holds the byte at `at`.
pub(super) fn start(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at.min(text.len()));
    let begin = if text.starts_with(BOM) { BOM.len() } else { 0 };
    text[..at].rfind(['\n', '\r']).map_or(begin, |end| end + 1)
}

/// The end of the line that holds the byte at `at`, before its line end.
pub(super) fn end(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at.min(text.len()));
    text[at..].find(['\n', '\r']).map_or(text.len(), |n| at + n)
}

/// What stands in a line before its comment, as far as a ` #` tells: in quotes it is none.
pub(super) fn before_comment(line: &str) -> &str {
    line.find(" #").map_or(line, |comment| &line[..comment])
}

/// The start of the line after the one that holds the byte at `at`; the text's length where
/// there is none.
pub(super) fn next(text: &str, at: usize) -> usize {
    let end = end(text, at);
    match text.as_bytes().get(end..) {
        Some([b'\r', b'\n', ..]) => end + 2,
        Some([_, ..]) => end + 1,
        _ => text.len(),
    }
}

/// One line, without its line end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Where it starts, in bytes.
    pub start: usize,
    /// How many bytes of blanks it starts with.
    pub indent: usize,
    /// What follows the blanks, without blanks at its end.
    pub content: &'t str,
}

impl<'t> Line<'t> {
    /// The line that holds the byte at `at`.
    pub fn at(text: &'t str, at: usize) -> Self {
        let begin = start(text, at);
        let line = &text[begin..end(text, begin)];
        let content = line.trim_start_matches([' ', '\t']);
        Line {
            start: begin,
            indent: line.len() - content.len(),
            content: content.trim_end(),
        }
    }

    /// Where the content is, in bytes.
    pub fn range(&self) -> Range<usize> {
        let start = self.start + self.indent;
        start..start + self.content.len()
    }

    /// The part of the content from `start` on, in bytes.
    pub fn range_from(&self, start: usize) -> Range<usize> {
        let end = self.range().end;
        start.min(end)..end
    }

    /// Whether the line says nothing: it is blank or a comment.
    pub fn is_idle(&self) -> bool {
        self.content.is_empty() || self.content.starts_with('#')
    }
}

/// The lines from the one that starts at `from`, downwards.
pub(super) fn down(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut at = from;
    std::iter::from_fn(move || {
        (at < text.len()).then(|| {
            let line = Line::at(text, at);
            at = next(text, at);
            line
        })
    })
}

/// The lines above the one that holds the byte at `below`, upwards, without idle ones.
pub(super) fn up(text: &str, below: usize) -> impl Iterator<Item = Line<'_>> {
    let mut top = start(text, below);
    std::iter::from_fn(move || {
        let end = text[..top].len().checked_sub(1)?;
        let line = Line::at(text, text.floor_char_boundary(end));
        // Between the two bytes of `\r\n` there is no line.
        let line = match line.start == top {
            true => Line::at(text, end.checked_sub(1)?),
            false => line,
        };
        (line.start < top).then(|| {
            top = line.start;
            line
        })
    })
    .filter(|line| !line.is_idle())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_is_one() {
        let text = "\u{feff}a\r\n  b\rc\n\nd";
        let contents: Vec<&str> = down(text, 0).map(|l| l.content).collect();
        assert_eq!(contents, ["a", "b", "c", "", "d"]);
        let back: Vec<&str> = up(text, text.len()).map(|l| l.content).collect();
        assert_eq!(back, ["c", "b", "a"]);
        assert_eq!(Line::at(text, 0).start, 3);
        assert_eq!(Line::at(text, 7).indent, 2);
    }
}

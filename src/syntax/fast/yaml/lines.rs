//! Text of several lines: plain text that goes on, and what stands after `|` and `>`.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::ScalarStyle;

use super::super::cursor::is_line_end;
use super::text::begins_plain;
use super::{Reader, Text};

impl<'t> Reader<'_, '_, 't> {
    /// Adds to plain text the lines that follow it and are indented further than what it stands in.
    pub(super) fn more_lines(&mut self, value: &mut Text<'t>) -> Option<()> {
        while let Some((blank, line)) = self.next_line() {
            self.cursor.at = line;
            self.line = line;
            self.cursor.skip_spaces();
            if !begins_plain(self.cursor.byte()) {
                return None;
            }
            let more = self.plain::<false>()?;
            if more.is_key {
                return None;
            }
            let text = value.text.to_mut();
            fold(text, blank);
            text.push_str(&more.text.text);
            value.range.end = more.text.range.end;
        }
        Some(())
    }

    /// How many blank lines follow, and where the line after them begins, if that is a line of the
    /// same plain text.
    fn next_line(&self) -> Option<(usize, usize)> {
        let bytes = self.cursor.text.as_bytes();
        let skip = |mut at: usize| {
            while bytes.get(at) == Some(&b' ') {
                at += 1;
            }
            at
        };
        let outer = self.blocks.last()?.indent;
        let mut end = skip(self.cursor.at);
        let mut blank = 0;
        loop {
            end += match bytes.get(end)? {
                b'\n' => 1,
                b'\r' => 2,
                _ => return None,
            };
            let start = end;
            end = skip(start);
            let byte = *bytes.get(end)?;
            if is_line_end(byte) {
                blank += 1;
                continue;
            }
            return (byte != b'#' && end - start > outer).then_some((blank, start));
        }
    }

    /// Goes over `|` or `>` and the lines that belong to it.
    pub(super) fn block_text(&mut self) -> Option<()> {
        let style = match self.cursor.byte() {
            b'|' => ScalarStyle::Literal,
            _ => ScalarStyle::Folded,
        };
        self.cursor.at += 1;
        let is_stripped = self.cursor.expect(b'-').is_some();
        self.line_end()?;
        let line = self.cursor.at;
        self.cursor.skip_spaces();
        // That is where its place begins.
        let start = self.cursor.at;
        self.cursor.at = line;
        let text = self.block_lines(style == ScalarStyle::Folded)?;
        let text = match is_stripped {
            true => text,
            false => text + "\n",
        };
        let anchor = self.anchors.take();
        let range = start..self.cursor.at;
        self.builder
            .scalar(Cow::Owned(text), style, anchor, None, range);
        Some(())
    }

    /// The lines of a block, up to one that is indented less; without the end of the last.
    fn block_lines(&mut self, is_folded: bool) -> Option<String> {
        let outer = self.blocks.last()?.indent;
        let mut text = String::new();
        let mut indent = 0;
        let mut blank = 0;
        loop {
            let start = self.cursor.at;
            self.cursor.skip_spaces();
            let column = self.cursor.at - start;
            if self.cursor.is_at_line_end() {
                // Blanks beyond the indentation are text, and before the first line a mistake.
                if indent == 0 || column > indent {
                    return None;
                }
                if self.cursor.is_done() {
                    return (column == 0).then_some(text);
                }
                blank += 1;
                self.cursor.skip_line_end();
                continue;
            }
            let is_first = indent == 0;
            if is_first {
                indent = column;
            }
            if column < indent || is_first && column <= outer {
                self.cursor.at = start;
                return (column <= outer && !is_first).then_some(text);
            }
            if !is_first {
                match is_folded {
                    true => fold(&mut text, blank),
                    false => text.extend(std::iter::repeat_n('\n', blank + 1)),
                }
            }
            blank = 0;
            text.push_str(self.block_line(start + indent, is_folded)?);
        }
    }

    /// A line of a block whose text begins at byte `start`.
    fn block_line(&mut self, start: usize, is_folded: bool) -> Option<&'t str> {
        // Lines that are indented further are not folded.
        if is_folded && self.cursor.at > start {
            return None;
        }
        self.cursor.skip_to_line_end();
        let line: Range<usize> = start..self.cursor.at;
        // Without the end of the last line the parser has rules of its own.
        if self.cursor.is_done() {
            return None;
        }
        self.cursor.skip_line_end();
        Some(&self.cursor.text[line])
    }
}

/// What stands in place of a line end and `blank` empty lines after it.
pub(super) fn fold(text: &mut String, blank: usize) {
    match blank {
        0 => text.push(' '),
        _ => text.extend(std::iter::repeat_n('\n', blank)),
    }
}

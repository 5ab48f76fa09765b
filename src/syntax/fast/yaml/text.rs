//! Scalars, plain text above all.

use std::borrow::Cow;

use granit_parser::ScalarStyle;

use super::super::cursor::is_line_end;
use super::{Reader, Scanned, is_gap};

impl<'t> Reader<'_, '_, 't> {
    /// Goes over a scalar outside of brackets.
    pub(super) fn scalar(&mut self) -> Option<Scanned<'t>> {
        match self.cursor.byte() {
            quote @ (b'"' | b'\'') => {
                let mut scanned = self.quoted(quote)?;
                scanned.is_key =
                    self.cursor.byte() == b':' && is_gap(self.cursor.byte_at(self.cursor.at + 1));
                Some(scanned)
            }
            byte if begins_plain(byte) => self.plain::<false>(),
            _ => None,
        }
    }

    /// Goes over plain text, to its colon or to what ends it.
    pub(super) fn plain<const IN_BRACKETS: bool>(&mut self) -> Option<Scanned<'t>> {
        let start = self.cursor.at;
        // Without the blanks after it.
        let mut end = start;
        let mut is_key = false;
        loop {
            match self.cursor.byte() {
                b':' if is_gap(self.cursor.byte_at(self.cursor.at + 1)) => {
                    is_key = true;
                    break;
                }
                b':' if IN_BRACKETS && is_mark(self.cursor.byte_at(self.cursor.at + 1)) => {
                    return None;
                }
                b'#' if self.cursor.at > end => break,
                b' ' => self.cursor.at += 1,
                byte if is_line_end(byte) || (IN_BRACKETS && is_mark(byte)) => break,
                _ => {
                    self.cursor.at += 1;
                    end = self.cursor.at;
                }
            }
        }
        // A blank before the colon is for the parser.
        if is_key && end < self.cursor.at {
            return None;
        }
        self.cursor.at = end;
        Some(Scanned {
            text: Cow::Borrowed(self.cursor.since(start)),
            style: ScalarStyle::Plain,
            range: start..end,
            is_key,
        })
    }
}

/// Whether `byte` has a meaning of its own in brackets.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

/// Whether plain text may begin with `byte`, whatever follows it.
pub(super) fn begins_plain(byte: u8) -> bool {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => true,
        b'_' | b'/' | b'.' | b'+' | b'$' | b'~' | b'(' | b')' | b';' | b'^' | b'\\' | b'<'
        | b'=' => true,
        _ => byte >= 0x80,
    }
}

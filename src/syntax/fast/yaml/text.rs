//! Scalars, plain text above all.

use std::borrow::Cow;

use granit_parser::ScalarStyle;

use super::{Reader, Scanned, Text, is_gap};

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
        let mut is_key = false;
        loop {
            match IN_BRACKETS {
                true => self
                    .cursor
                    .skip_to([b':', b'#', b',', b'[', b']', b'{', b'}']),
                false => self.cursor.skip_to([b':', b'#']),
            }
            let next = self.cursor.byte_at(self.cursor.at + 1);
            match self.cursor.byte() {
                b':' if is_gap(next) => {
                    is_key = true;
                    break;
                }
                b':' if IN_BRACKETS && is_mark(next) => return None,
                b'#' if self.cursor.byte_at(self.cursor.at - 1) == b' ' => break,
                b':' | b'#' => self.cursor.at += 1,
                _ => break,
            }
        }
        // Without the blanks after it.
        let end = start + self.cursor.since(start).trim_end_matches(' ').len();
        // A blank before the colon is for the parser.
        if is_key && end < self.cursor.at {
            return None;
        }
        self.cursor.at = end;
        let text = Text {
            text: Cow::Borrowed(self.cursor.since(start)),
            style: ScalarStyle::Plain,
            range: start..end,
        };
        Some(Scanned { text, is_key })
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

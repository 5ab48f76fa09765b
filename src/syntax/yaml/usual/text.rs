//! Scalars: plain text, and text in quotes.

use granit_parser::ScalarStyle;

use super::{Reader, Scanned, is_gap, is_line_end};

impl<'t> Reader<'_, '_, 't> {
    /// Goes over a scalar outside of brackets.
    pub(super) fn scalar(&mut self) -> Option<Scanned<'t>> {
        match self.byte() {
            quote @ (b'"' | b'\'') => {
                let mut scanned = self.quoted(quote)?;
                scanned.is_key = self.byte() == b':' && is_gap(self.byte_at(self.at + 1));
                Some(scanned)
            }
            byte if begins_plain(byte) => self.plain(),
            _ => None,
        }
    }

    /// Goes over text in quotes that holds no quote and no escape.
    pub(super) fn quoted(&mut self, quote: u8) -> Option<Scanned<'t>> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.byte() {
                byte if byte == quote => break,
                b'\\' if quote == b'"' => return None,
                byte if is_line_end(byte) => return None,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        // Two quotes in a row are one quote in the text.
        if quote == b'\'' && self.byte() == quote {
            return None;
        }
        let style = match quote {
            b'"' => ScalarStyle::DoubleQuoted,
            _ => ScalarStyle::SingleQuoted,
        };
        Some(Scanned {
            text: &self.text[start + 1..self.at - 1],
            style,
            range: start..self.at,
            is_key: false,
        })
    }

    /// Goes over plain text, to its colon or to what ends the line.
    fn plain(&mut self) -> Option<Scanned<'t>> {
        let start = self.at;
        // Without the blanks after it.
        let mut end = start;
        let mut is_key = false;
        loop {
            match self.byte() {
                b':' if is_gap(self.byte_at(self.at + 1)) => {
                    is_key = true;
                    break;
                }
                b'#' if self.at > end => break,
                b' ' => self.at += 1,
                byte if is_line_end(byte) => break,
                _ => {
                    self.at += 1;
                    end = self.at;
                }
            }
        }
        // A blank before the colon is for the parser.
        if is_key && end < self.at {
            return None;
        }
        self.at = end;
        Some(self.plain_scanned(start, is_key))
    }

    /// Goes over plain text in brackets, to its colon or to what ends it.
    pub(super) fn plain_in_brackets(&mut self) -> Option<Scanned<'t>> {
        let start = self.at;
        let mut end = start;
        let mut is_key = false;
        loop {
            match self.byte() {
                b':' => {
                    let next = self.byte_at(self.at + 1);
                    if is_gap(next) {
                        is_key = true;
                        break;
                    }
                    if matches!(next, b',' | b'[' | b']' | b'{' | b'}') {
                        return None;
                    }
                    self.at += 1;
                    end = self.at;
                }
                b',' | b'[' | b']' | b'{' | b'}' => break,
                b'#' if self.at > end => return None,
                b' ' => self.at += 1,
                byte if is_line_end(byte) => break,
                _ => {
                    self.at += 1;
                    end = self.at;
                }
            }
        }
        if is_key && end < self.at {
            return None;
        }
        self.at = end;
        Some(self.plain_scanned(start, is_key))
    }

    fn plain_scanned(&self, start: usize, is_key: bool) -> Scanned<'t> {
        Scanned {
            text: &self.text[start..self.at],
            style: ScalarStyle::Plain,
            range: start..self.at,
            is_key,
        }
    }
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

//! Text in quotes, on one line.

use std::borrow::Cow;

use granit_parser::ScalarStyle;

use super::super::super::cursor::is_line_end;
use super::{Reader, Scanned};

impl<'t> Reader<'_, '_, 't> {
    /// Goes over text in quotes.
    pub(super) fn quoted(&mut self, quote: u8) -> Option<Scanned<'t>> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        let text = self.until(quote)?;
        let text = match self.cursor.byte_at(self.cursor.at + 1) {
            // Two quotes in a row are one quote in the text.
            b'\'' if quote == b'\'' => Cow::Owned(self.with_quotes(text)?),
            _ if self.cursor.byte() == b'\\' => Cow::Owned(self.with_escapes(text)?),
            _ => Cow::Borrowed(text),
        };
        self.cursor.at += 1;
        let style = match quote {
            b'"' => ScalarStyle::DoubleQuoted,
            _ => ScalarStyle::SingleQuoted,
        };
        Some(Scanned {
            text,
            style,
            range: start..self.cursor.at,
            is_key: false,
        })
    }

    /// The text up to the next quote, or up to the backslash before it that means something.
    fn until(&mut self, quote: u8) -> Option<&'t str> {
        let start = self.cursor.at;
        loop {
            match self.cursor.byte() {
                byte if byte == quote => break,
                b'\\' if quote == b'"' => break,
                byte if is_line_end(byte) => return None,
                _ => self.cursor.at += 1,
            }
        }
        Some(self.cursor.since(start))
    }

    /// The text to its last quote; `first` is what stands before the first two.
    fn with_quotes(&mut self, first: &str) -> Option<String> {
        let mut text = String::from(first);
        while self.cursor.byte_at(self.cursor.at + 1) == b'\'' {
            self.cursor.at += 2;
            text.push('\'');
            text.push_str(self.until(b'\'')?);
        }
        Some(text)
    }

    /// The text to its quote; `first` is what stands before the first escape sequence.
    fn with_escapes(&mut self, first: &str) -> Option<String> {
        let mut text = String::from(first);
        while self.cursor.byte() == b'\\' {
            text.push(self.cursor.escape()?);
            text.push_str(self.until(b'"')?);
        }
        Some(text)
    }
}

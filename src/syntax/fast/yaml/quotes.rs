//! Text in quotes.

use std::borrow::Cow;

use granit_parser::ScalarStyle;

use super::super::cursor::is_line_end;
use super::lines::fold;
use super::{Reader, Scanned, Text};

impl<'t> Reader<'_, '_, 't> {
    /// Goes over text in quotes.
    pub(super) fn quoted(&mut self, quote: u8) -> Option<Scanned<'t>> {
        let start = self.cursor.at;
        let line = self.line;
        self.cursor.at += 1;
        let text = self.until(quote);
        let is_all = self.cursor.byte() == quote && !self.is_doubled(quote);
        let text = match is_all {
            true => Cow::Borrowed(text),
            false => Cow::Owned(self.more_until(quote, text)?),
        };
        self.cursor.at += 1;
        let style = match quote {
            b'"' => ScalarStyle::DoubleQuoted,
            _ => ScalarStyle::SingleQuoted,
        };
        // No key goes on in the next line.
        let may_be_key = self.line == line || self.cursor.byte() != b':';
        let text = Text {
            text,
            style,
            range: start..self.cursor.at,
        };
        may_be_key.then_some(Scanned {
            text,
            is_key: false,
        })
    }

    /// The text up to the next quote, up to the backslash before it that means something, or up to
    /// the end of the line.
    fn until(&mut self, quote: u8) -> &'t str {
        let start = self.cursor.at;
        match quote {
            b'"' => self.cursor.skip_to([b'"', b'\\']),
            _ => self.cursor.skip_to([b'\'']),
        }
        self.cursor.since(start)
    }

    /// Two single quotes in a row are one quote in the text.
    fn is_doubled(&self, quote: u8) -> bool {
        quote == b'\'' && self.cursor.byte_at(self.cursor.at + 1) == b'\''
    }

    /// The text up to its last quote; `first` is what was gone over.
    fn more_until(&mut self, quote: u8, first: &str) -> Option<String> {
        let mut text = String::from(first);
        // How much of the text blanks are kept of, whatever follows them.
        let mut kept = 0;
        loop {
            match self.cursor.byte() {
                byte if byte == quote => match self.is_doubled(quote) {
                    true => {
                        text.push('\'');
                        self.cursor.at += 2;
                    }
                    false => return Some(text),
                },
                b'\\' => {
                    text.push(self.cursor.escape()?);
                    kept = text.len();
                }
                b'\n' | b'\r' => {
                    let used = text[kept..].trim_end_matches(' ').len();
                    text.truncate(kept + used);
                    fold(&mut text, self.next_of_quoted()?);
                    kept = text.len();
                }
                // The text has no end.
                _ => return None,
            }
            text.push_str(self.until(quote));
        }
    }

    /// Goes to the beginning of the next line of text in quotes; answers how many blank ones come
    /// before it.
    fn next_of_quoted(&mut self) -> Option<usize> {
        let outer = self.blocks.last()?.indent;
        let mut blank = 0;
        loop {
            self.cursor.skip_line_end();
            self.line = self.cursor.at;
            self.cursor.skip_spaces();
            match self.cursor.byte() {
                0 => return None,
                byte if is_line_end(byte) => blank += 1,
                // What is indented less is for the parser.
                _ => return (self.cursor.at - self.line > outer).then_some(blank),
            }
        }
    }
}

//! Text in quotes: on one line, or on several in three quotes.

use std::borrow::Cow;

use super::Reader;

impl<'t> Reader<'_, 't> {
    /// Text in quotes.
    #[inline(always)]
    pub(super) fn quoted(&mut self, quote: u8) -> Option<Cow<'t, str>> {
        match self.simple(quote) {
            Some(text) => Some(Cow::Borrowed(text)),
            None => self.any_quoted(quote),
        }
    }

    /// Text on one line without escapes, as nearly all of it is. Nothing is gone over where it is not.
    #[inline(always)]
    fn simple(&mut self, quote: u8) -> Option<&'t str> {
        let opening = self.cursor.at;
        self.cursor.at += 1;
        match quote {
            b'"' => self.cursor.skip_to([b'"', b'\\']),
            _ => self.cursor.skip_to([b'\'']),
        }
        let text = self.cursor.since(opening + 1);
        let next = self.cursor.byte_at(self.cursor.at + 1);
        if self.cursor.byte() == quote && next != quote && !text.is_empty() {
            self.cursor.at += 1;
            return Some(text);
        }
        self.cursor.at = opening;
        None
    }

    fn any_quoted(&mut self, quote: u8) -> Option<Cow<'t, str>> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        if self.cursor.byte() == quote && self.cursor.byte_at(start + 2) == quote {
            self.cursor.at += 2;
            self.cursor.skip_line_end();
            return self.rest(&[quote; 3]);
        }
        self.rest(&[quote])
    }

    /// Text on one line without escapes: a key is nothing else here.
    pub(super) fn quoted_key(&mut self, quote: u8) -> Option<&'t str> {
        self.simple(quote)
    }

    /// The rest of a text, up to `quotes`.
    fn rest(&mut self, quotes: &[u8]) -> Option<Cow<'t, str>> {
        let mut text = Cow::Borrowed(self.until(quotes)?);
        while self.cursor.byte() == b'\\' {
            let character = self.cursor.escape()?;
            text.to_mut().push(character);
            let more = self.until(quotes)?;
            text.to_mut().push_str(more);
        }
        self.cursor.at += quotes.len();
        // Another quote may belong to the text.
        (self.cursor.byte() != quotes[0]).then_some(text)
    }

    /// The text up to `quotes`, or up to the backslash before them that means something.
    fn until(&mut self, quotes: &[u8]) -> Option<&'t str> {
        let start = self.cursor.at;
        loop {
            match quotes[0] {
                b'"' => self.cursor.skip_to([b'"', b'\\']),
                _ => self.cursor.skip_to([b'\'']),
            }
            let is_end = match self.cursor.byte() {
                b'\\' => true,
                b'\n' | b'\r' if quotes.len() == 3 => false,
                b'\n' | b'\r' | 0 => return None,
                _ if quotes.len() == 1 => true,
                _ => self.cursor.text.as_bytes()[self.cursor.at..].starts_with(quotes),
            };
            if is_end {
                return Some(self.cursor.since(start));
            }
            self.cursor.at += 1;
        }
    }
}

//! Text in quotes: on one line, or on several in three quotes.

use std::borrow::Cow;

use super::Reader;

impl<'t> Reader<'_, 't> {
    /// Text in quotes.
    pub(super) fn quoted(&mut self, quote: u8) -> Option<Cow<'t, str>> {
        let start = self.cursor.at;
        if self.cursor.text.as_bytes()[start..].starts_with(&[quote; 3]) {
            self.cursor.at += 3;
            self.cursor.skip_line_end();
            return self.rest(&[quote; 3]);
        }
        self.cursor.at += 1;
        self.rest(&[quote])
    }

    /// Text on one line without escapes: a key is nothing else here.
    pub(super) fn quoted_key(&mut self, quote: u8) -> Option<&'t str> {
        self.cursor.at += 1;
        match self.rest(&[quote])? {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
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
        let bytes = self.cursor.text.as_bytes().get(start..)?;
        let quote = quotes[0];
        let stops = |&byte: &u8| byte == quote || matches!(byte, b'\n' | b'\r' | b'\\');
        let mut at = 0;
        loop {
            at += bytes[at..].iter().position(stops)?;
            let is_end = match bytes[at] {
                b'\\' => quote == b'"',
                b'\n' | b'\r' if quotes.len() == 3 => false,
                b'\n' | b'\r' => return None,
                _ => bytes[at..].starts_with(quotes),
            };
            if is_end {
                self.cursor.at = start + at;
                return Some(self.cursor.since(start));
            }
            at += 1;
        }
    }
}

//! Lists and maps in brackets.

use super::text::begins_plain;
use super::{MAX_DEPTH, MAX_KEY, Reader, Scanned, content};

impl<'t> Reader<'_, '_, 't> {
    /// Goes over the brackets that open here and all that they hold.
    pub(super) fn brackets(&mut self) -> Option<()> {
        self.open_bracket()?;
        loop {
            self.gap()?;
            match (self.cursor.byte(), *self.brackets.last()?) {
                (b'}', true) | (b']', false) => {
                    self.close_bracket();
                    if self.after_value()? {
                        return Some(());
                    }
                }
                (_, true) => {
                    self.bracket_key()?;
                    if self.bracket_value()? {
                        return Some(());
                    }
                }
                (_, false) => {
                    if self.bracket_value()? {
                        return Some(());
                    }
                }
            }
        }
    }

    fn open_bracket(&mut self) -> Option<()> {
        if self.blocks.len() + self.brackets.len() >= MAX_DEPTH {
            return None;
        }
        let is_map = self.cursor.byte() == b'{';
        let anchor = self.anchors.take();
        self.builder
            .begin(content(is_map), anchor, self.cursor.at..self.cursor.at + 1);
        self.brackets.push(is_map);
        self.cursor.at += 1;
        Some(())
    }

    fn close_bracket(&mut self) {
        self.builder.end(self.cursor.at..self.cursor.at + 1);
        self.brackets.pop();
        self.cursor.at += 1;
    }

    /// Goes over blanks, comments and line ends between brackets, commas and values.
    fn gap(&mut self) -> Option<()> {
        loop {
            let start = self.cursor.at;
            self.cursor.skip_spaces();
            match self.cursor.byte() {
                b'\n' | b'\r' => self.cursor.skip_line_end(),
                b'#' if self.cursor.at > start => self.comment(),
                _ => return Some(()),
            }
            self.line = self.cursor.at;
            // The document ends here, whatever is open.
            if self.cursor.text[self.line..].starts_with("...") {
                return None;
            }
        }
    }

    /// A key and its colon.
    fn bracket_key(&mut self) -> Option<()> {
        let key = self.bracket_scalar()?;
        if !key.is_key || key.text.range.len() > MAX_KEY {
            return None;
        }
        self.put(key.text);
        self.cursor.at += 1;
        self.cursor.skip_spaces();
        Some(())
    }

    /// A value, or the bracket that it opens with; says whether the outermost bracket is closed.
    fn bracket_value(&mut self) -> Option<bool> {
        if matches!(self.cursor.byte(), b'{' | b'[') {
            self.open_bracket()?;
            return Some(false);
        }
        let value = self.bracket_scalar()?;
        if value.is_key {
            return None;
        }
        self.put(value.text);
        self.after_value()
    }

    fn bracket_scalar(&mut self) -> Option<Scanned<'t>> {
        match self.cursor.byte() {
            quote @ (b'"' | b'\'') => {
                let mut scanned = self.quoted(quote)?;
                scanned.is_key = self.cursor.byte() == b':';
                Some(scanned)
            }
            byte if begins_plain(byte) => self.plain::<true>(),
            _ => None,
        }
    }

    /// Goes over a comma or closing brackets; says whether the outermost one is closed.
    fn after_value(&mut self) -> Option<bool> {
        loop {
            if self.brackets.is_empty() {
                return Some(true);
            }
            self.gap()?;
            match (self.cursor.byte(), *self.brackets.last()?) {
                (b',', _) => {
                    self.cursor.at += 1;
                    return Some(false);
                }
                (b'}', true) | (b']', false) => self.close_bracket(),
                _ => return None,
            }
        }
    }
}

//! Values on one line, and lists over several.

use super::super::super::entries::{Entries, room_in_list, room_in_map};
use super::{Reader, insert};
use crate::node::{Kind, Node, Reading, Scalar, ScalarKind};

/// How deep lists and inline tables may lie in each other here: reading them calls itself.
pub(super) const MAX_DEPTH: usize = 8;

/// How many digits every whole number may have.
const MAX_DIGITS: usize = 18;

impl<'t> Reader<'_, 't> {
    pub(super) fn value(&mut self) -> Option<Node<'t>> {
        self.value_within(0)
    }

    fn value_within(&mut self, depth: usize) -> Option<Node<'t>> {
        let start = self.cursor.at;
        let kind = match self.cursor.byte() {
            quote @ (b'"' | b'\'') => Kind::Scalar(Scalar::text_only(self.quoted(quote)?)),
            b'[' if depth < MAX_DEPTH => self.list(depth)?,
            b'{' if depth < MAX_DEPTH => self.table(depth)?,
            _ => self.word()?,
        };
        Some(Node::new(self.place(start), kind))
    }

    /// A boolean or a whole number.
    fn word(&mut self) -> Option<Kind<'t>> {
        let start = self.cursor.at;
        while !matches!(
            self.cursor.byte(),
            b' ' | b',' | b']' | b'}' | b'#' | b'\n' | b'\r' | 0
        ) {
            self.cursor.at += 1;
        }
        let word = self.cursor.since(start);
        let digits = word.strip_prefix('-').unwrap_or(word);
        let is_number = digits.len() <= MAX_DIGITS
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && (digits == "0" || !digits.starts_with('0'));
        let kind = match word {
            "true" | "false" => ScalarKind::Boolean,
            _ if is_number && !digits.is_empty() => ScalarKind::Integer,
            _ => return None,
        };
        Some(Kind::Scalar(Scalar::new(word, Reading::only(kind))))
    }

    fn list(&mut self, depth: usize) -> Option<Kind<'t>> {
        let mut items = Vec::new();
        self.cursor.expect(b'[')?;
        loop {
            self.gap();
            if self.cursor.expect(b']').is_some() {
                return Some(Kind::List(items.into()));
            }
            let item = self.value_within(depth + 1)?;
            self.take(room_in_list(items.len(), &item))?;
            items.push(item);
            self.gap();
            if self.cursor.byte() != b']' {
                self.cursor.expect(b',')?;
            }
        }
    }

    /// Goes over blanks, comments and line ends.
    fn gap(&mut self) {
        loop {
            match self.cursor.byte() {
                b' ' | b'\n' | b'\r' => self.cursor.at += 1,
                b'#' => self.cursor.skip_to_line_end(),
                _ => return,
            }
        }
    }

    fn table(&mut self, depth: usize) -> Option<Kind<'t>> {
        let mut entries = Entries::default();
        self.cursor.expect(b'{')?;
        self.cursor.skip_spaces();
        if self.cursor.expect(b'}').is_some() {
            return Some(Kind::Map(entries.into_list()));
        }
        loop {
            let key = self.key()?;
            self.equals()?;
            let value = self.value_within(depth + 1)?;
            self.take(room_in_map(entries.len()))?;
            insert(&mut entries, key, value)?;
            self.cursor.skip_spaces();
            if self.cursor.expect(b'}').is_some() {
                return Some(Kind::Map(entries.into_list()));
            }
            self.cursor.expect(b',')?;
            self.cursor.skip_spaces();
        }
    }
}

//! `&name` before a value, and `*name` in the place of one.

use super::{Reader, is_gap};
use crate::hashing::HashMap;

/// The anchors of a text.
#[derive(Default)]
pub(super) struct Anchors<'t> {
    /// The number of the last one that has each name.
    numbers: HashMap<&'t str, usize>,
    count: usize,
    /// The number of the anchor whose value comes next; 0 is none.
    waiting: usize,
}

impl Anchors<'_> {
    /// The number of the anchor of the value that comes next; 0 is none.
    pub fn take(&mut self) -> usize {
        std::mem::take(&mut self.waiting)
    }

    pub fn is_waiting(&self) -> bool {
        self.waiting != 0
    }
}

impl<'t> Reader<'_, '_, 't> {
    /// Goes over an anchor and the blanks after it.
    pub(super) fn anchor(&mut self) -> Option<()> {
        let name = self.anchor_name()?;
        let anchors = &mut self.anchors;
        // The parser numbers them from 1.
        anchors.count += 1;
        anchors.waiting = anchors.count;
        anchors.numbers.insert(name, anchors.count);
        self.builder.name_anchor(anchors.count, name);
        self.cursor.skip_spaces();
        Some(())
    }

    /// Puts what an alias stands for.
    pub(super) fn alias(&mut self) -> Option<()> {
        let start = self.cursor.at;
        let name = self.anchor_name()?;
        let number = *self.anchors.numbers.get(name)?;
        if self.anchors.is_waiting() {
            return None;
        }
        self.builder.alias(number, start..self.cursor.at);
        Some(())
    }

    /// The name after a `&` or `*`, where it is a plain word.
    fn anchor_name(&mut self) -> Option<&'t str> {
        self.cursor.at += 1;
        let start = self.cursor.at;
        while matches!(self.cursor.byte(), b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-') {
            self.cursor.at += 1;
        }
        let name = self.cursor.since(start);
        (!name.is_empty() && is_gap(self.cursor.byte())).then_some(name)
    }
}

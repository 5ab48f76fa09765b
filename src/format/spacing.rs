//! Blanks within a line: `key: value`, `key = value`, `[a, b]`, `{ a: b }`.

use crate::diagnostic::Edit;
use crate::node::{Entry, Kind, Node};

use super::Page;
use super::flow::parts;

pub(super) fn edits(page: &Page<'_>) -> Vec<Edit> {
    let mut spacing = Spacing {
        page,
        edits: Vec::new(),
    };
    let mut todo = vec![page.root];
    while let Some(node) = todo.pop() {
        if page.is_alias(node) {
            continue;
        }
        match node.kind() {
            Kind::Map(entries) => {
                entries.iter().for_each(|entry| spacing.entry(entry));
                spacing.brackets(node, " ", &parts(node));
                todo.extend(entries.iter().map(|entry| &entry.value));
            }
            Kind::List(items) => {
                spacing.brackets(node, "", &parts(node));
                todo.extend(items);
            }
            _ => {}
        }
    }
    spacing.edits
}

struct Spacing<'p> {
    page: &'p Page<'p>,
    edits: Vec<Edit>,
}

impl Spacing<'_> {
    /// Between a key and its value.
    fn entry(&mut self, entry: &Entry) {
        if matches!(entry.value.kind(), Kind::Absent(_) | Kind::Lost) {
            return;
        }
        let (start, end) = (entry.key_span().range().end, entry.value.span.range().start);
        let (sign, text) = match self.page.is_yaml() {
            true => (":", ": "),
            false => ("=", " = "),
        };
        self.replace(start, end, sign, text);
    }

    /// Inside the brackets of `node`, whose parts are at `parts`.
    fn brackets(&mut self, node: &Node, inside: &str, parts: &[std::ops::Range<usize>]) {
        let range = node.span.range();
        let slice = self.page.source.slice(node.span);
        if !self.page.is_flow(node) || slice.contains('\n') || !slice.ends_with(['}', ']']) {
            return;
        }
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
            return self.replace(range.start + 1, range.end - 1, "", "");
        };
        self.replace(range.start + 1, first.start, "", inside);
        self.replace(last.end, range.end - 1, "", inside);
        self.replace(last.end, range.end - 1, ",", inside);
        for pair in parts.windows(2) {
            self.replace(pair[0].end, pair[1].start, ",", ", ");
        }
    }

    /// Puts `text` where `sign` stands from `start` to `end`, with blanks around it and nothing
    /// else.
    fn replace(&mut self, start: usize, end: usize, sign: &str, text: &str) {
        let there = self.page.text().get(start..end);
        let is_it = |there: &str| !there.contains('\n') && there.trim() == sign;
        if there.is_some_and(is_it) {
            self.edits
                .push(Edit::new(self.page.source.at(start..end), text));
        }
    }
}

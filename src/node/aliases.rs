//! Writing out what aliases stand for, so that each value has a place of its own.

use super::{Alias, Content, Document, Kind, Node};

/// More values than this are not written out: nobody writes so many, but aliases of aliases
/// multiply.
const MOST: usize = 100_000;

impl Document<'_> {
    /// Gives each value that an alias brings a place that tells by which alias. Whether all are
    /// written out; those that are not stay shared.
    pub fn write_out_aliases(&mut self) -> bool {
        let Some(root) = self.root.as_mut().filter(|_| !self.aliases.is_empty()) else {
            return true;
        };
        let mut writer = Writer {
            aliases: &self.aliases,
            left: MOST,
        };
        writer.node(root, 0);
        writer.left > 0
    }
}

struct Writer<'a> {
    aliases: &'a [Alias],
    /// How many more values are written out.
    left: usize,
}

impl Writer<'_> {
    /// Writes out `node`, which was itself come to by alias number `via`. Calls itself as deep as
    /// the node is, which [`crate::syntax`] bounds.
    fn node(&mut self, node: &mut Node<'_>, via: u32) {
        let mut inner = via;
        if let Content::Shared(shared) = &node.content {
            if via == 0 {
                inner = self.alias_at(node.span.start);
            }
            self.left = self.left.saturating_sub(values(shared, self.left));
            if self.left == 0 {
                return;
            }
            node.content = Content::Own(Kind::clone(shared));
        }
        node.span.via = via;
        let Content::Own(kind) = &mut node.content else {
            return;
        };
        match kind {
            Kind::List(items) => items.iter_mut().for_each(|item| self.node(item, inner)),
            Kind::Map(entries) => {
                let values = entries.iter_mut().map(|entry| &mut entry.value);
                values.for_each(|value| self.node(value, inner));
            }
            Kind::Absent(Some(comment)) => comment.via = via,
            Kind::Absent(None) | Kind::Scalar(_) | Kind::Lost => {}
        }
    }

    /// The number of the alias that begins at this byte; 0 where none does.
    fn alias_at(&self, start: u32) -> u32 {
        let found = self.aliases.binary_search_by_key(&start, |a| a.used.start);
        found.map_or(0, |index| index as u32 + 1)
    }
}

/// How many values are copied where `kind` is; those that are shared in it are not. Counts no
/// further than `most`.
fn values(kind: &Kind<'_>, most: usize) -> usize {
    let of = |node: &Node<'_>, most| match &node.content {
        Content::Own(kind) => values(kind, most),
        Content::Shared(_) => 1,
    };
    let sum = |sum: usize, node: &Node<'_>| match sum < most {
        true => sum + of(node, most - sum),
        false => sum,
    };
    match kind {
        Kind::List(items) => items.iter().fold(1, sum),
        Kind::Map(entries) => entries.iter().map(|entry| &entry.value).fold(1, sum),
        _ => 1,
    }
}

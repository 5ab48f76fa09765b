//! What a fix leaves alone must say what it said: every name and value that it does not touch is read
//! as before, under the same keys.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::facts::Facts;
use crate::diagnostic::{Diagnostics, Edit};
use crate::model::decode::reshape;
use crate::node::{Kind, Node, Scalar};
use crate::source::{Source, Span};
use crate::syntax;

/// Whether all that `edits`, which are in order, do not touch says in `after`, the text after them,
/// what it says in `before`. Where `before` could be read as a whole, nothing more may be there.
pub(super) fn is_kept(before: &Source, after: &Source, edits: &[Edit], is_whole: bool) -> bool {
    let key = RandomState::new();
    let old = texts(before, &Places::before(edits), &key);
    let new = texts(after, &Places::after(edits), &key);
    match is_whole {
        true => old == new,
        false => old.are_among(&new),
    }
}

/// The names and values of a text that no edit touches: where each is in the text after the edits,
/// and, as a number, what it says under which keys.
fn texts(source: &Source, places: &Places, key: &RandomState) -> Facts<(usize, u64)> {
    let mut document = syntax::read(source, &mut Diagnostics::new());
    // What a fix makes of it is what it was taken for.
    reshape(&mut document, source, None, &mut Diagnostics::new());
    let mut walk = Walk {
        places,
        key,
        seen: HashSet::new(),
        found: Vec::new(),
    };
    if let Some(root) = &document.root {
        walk.node(root, 0);
    }
    walk.found.into()
}

/// What edits replace, and what that shifts.
struct Places {
    /// Each touched range, and how far what follows it lies from its place after the edits.
    touched: Vec<(usize, usize, isize)>,
}

impl Places {
    /// In the text before the edits.
    fn before(edits: &[Edit]) -> Self {
        let mut shift = 0;
        let place = |edit: &Edit| {
            let range = edit.span.range();
            shift += edit.text.len() as isize - range.len() as isize;
            (range.start, range.end, shift)
        };
        Places {
            touched: edits.iter().map(place).collect(),
        }
    }

    /// In the text after them.
    fn after(edits: &[Edit]) -> Self {
        let mut shift = 0;
        let place = |edit: &Edit| {
            let range = edit.span.range();
            let start = range.start.saturating_add_signed(shift);
            shift += edit.text.len() as isize - range.len() as isize;
            (start, start + edit.text.len(), 0)
        };
        Places {
            touched: edits.iter().map(place).collect(),
        }
    }

    /// Where `span`, which no edit touches, starts after the edits; `None` where one does.
    fn of(&self, span: Span) -> Option<usize> {
        let range = span.range();
        let next = self
            .touched
            .partition_point(|(_, end, _)| *end < range.start);
        let meets = |(start, _, _): &&(usize, usize, isize)| *start <= range.end;
        if self.touched[next..].first().filter(meets).is_some() {
            return None;
        }
        let shift = next.checked_sub(1).map_or(0, |last| self.touched[last].2);
        Some(range.start.saturating_add_signed(shift))
    }
}

struct Walk<'w> {
    places: &'w Places,
    key: &'w RandomState,
    /// Shared values that were gone through: aliases multiply.
    seen: HashSet<usize>,
    found: Vec<(usize, u64)>,
}

impl Walk<'_> {
    /// Calls itself once a level of the tree, and no tree is deeper than the limit.
    fn node(&mut self, node: &Node<'_>, above: u64) {
        if node
            .shared_by()
            .is_some_and(|shared| !self.seen.insert(shared))
        {
            return;
        }
        match node.kind() {
            Kind::Scalar(scalar) => drop(self.text(scalar, node.span, above)),
            Kind::List(items) => items.iter().for_each(|item| self.node(item, above)),
            Kind::Map(entries) => {
                for entry in entries.iter().filter(|entry| !entry.is_lost()) {
                    let name = self.text(&entry.key, entry.key_span(), above);
                    self.node(&entry.value, name);
                }
            }
            Kind::Absent(_) | Kind::Lost => {}
        }
    }

    /// Notes a text, unless an edit touches it; its number, for what stands under it.
    fn text(&mut self, scalar: &Scalar<'_>, span: Span, above: u64) -> u64 {
        let Some(at) = self.places.of(span) else {
            return self.key.hash_one((above, "touched"));
        };
        let says = self.key.hash_one((above, scalar.kind(), scalar.text()));
        self.found.push((at, says));
        says
    }
}

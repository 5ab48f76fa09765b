//! Moves and walks in promises that are written as those of transitions.

use super::super::FILE;
use super::moves::along_arrows;
use super::{Tree, as_name, name_node};
use crate::fields::{PROMISE, Subject, wrong_types};
use crate::language::Kind as Takes;
use crate::language::transition::FIELDS;
use crate::model::Promises;
use crate::node::{Entry, Kind, Node};

/// Whether no field of a promise is a map or an arrow, and it says what it promises.
pub(super) fn has_its_shape(promise: &Node, promises: Option<&Promises>) -> bool {
    has_its_lists(promise) && promises.is_none_or(|promises| has_word(promise, promises))
}

fn has_word(promise: &Node, promises: &Promises) -> bool {
    let is_word = |entry: &Entry| {
        promises
            .shapes
            .iter()
            .any(|shape| entry.key.is(shape.word()))
    };
    promise
        .entries()
        .is_none_or(|entries| entries.iter().any(is_word))
}

fn has_its_lists(promise: &Node) -> bool {
    let is_plain = |entry: &Entry| match entry.value.kind() {
        Kind::Scalar(scalar) => !scalar.text().contains(['>', '→', '⇒', '⟶']),
        Kind::Map(_) => false,
        _ => true,
    };
    promise
        .entries()
        .is_none_or(|entries| entries.iter().all(is_plain))
}

impl<'s> Tree<'_, 's> {
    /// `forbid: { from: New, to: Closed }` and `allow: New -> Closed`.
    pub(super) fn lists_of_promises(&mut self, promises: &Promises) {
        let name = FILE.expect.name;
        self.join_promises(promises);
        let items = self.value(name).and_then(Node::items).unwrap_or(&[]);
        if items.iter().all(has_its_lists) {
            return;
        }
        let Some((at, items)) = self.take_items(name) else {
            return;
        };
        let takes_way = |entry: &Entry| {
            let mut lists = promises.shapes.iter().flat_map(|shape| shape.lists);
            lists.any(|list| {
                let is_way = matches!(list.kind, Takes::Move | Takes::Walk);
                is_way && entry.key.is(list.name)
            })
        };
        let mut kept = Vec::with_capacity(items.len());
        for item in items {
            if has_its_lists(&item) || !item.is_own() {
                kept.push(item);
                continue;
            }
            let span = item.span;
            let mut entries = match item.into_kind() {
                Kind::Map(entries) => entries.into_vec(),
                _ => Vec::new(),
            };
            for entry in entries.iter_mut().filter(|entry| takes_way(entry)) {
                if let Some(list) = self.way(entry) {
                    entry.value = list;
                }
            }
            kept.push(Node::new(span, Kind::Map(entries.into())));
        }
        self.put(at, Kind::List(kept.into()));
    }

    /// `- pass: Work` and `- before: Closed`: what says no promise belongs to the one above.
    fn join_promises(&mut self, promises: &Promises) {
        let is_part = |_: &[Entry], item: &Node| {
            let entries = item.entries().filter(|_| item.is_own()).unwrap_or(&[]);
            let is_field = |entry: &Entry| promises.names.contains(&entry.key.text());
            !entries.is_empty() && entries.iter().all(is_field) && !has_word(item, promises)
        };
        self.join_items(FILE.expect.name, is_part, |entries| {
            let words = promises.shapes.iter().map(|shape| shape.word());
            let mut words = words.filter(|word| entries.iter().any(|entry| entry.key.is(word)));
            words.next().map(|word| Subject::named(PROMISE, word))
        });
    }

    /// The list that is meant in the place of a map or an arrow, which is reported.
    fn way(&mut self, entry: &Entry<'s>) -> Option<Node<'s>> {
        let (value, span) = (&entry.value, entry.value.span);
        let states: Vec<Node<'s>> = match value.kind() {
            Kind::Map(entries) => {
                let known = [FIELDS.from.name, FIELDS.to.name];
                let state = |field: &str| {
                    let node = value.get(field)?;
                    as_name(node)?;
                    Some(node.clone())
                };
                let states = known.map(state).into_iter().collect::<Option<Vec<_>>>();
                states.filter(|_| entries.len() == known.len())?
            }
            _ => {
                let way = along_arrows(as_name(value)?)?;
                way.iter().map(|(_, name)| name_node(name, span)).collect()
            }
        };
        let names: Vec<&str> = states.iter().filter_map(as_name).collect();
        let list = crate::node::list(self.source.syntax(), &names);
        let field = Subject::named(PROMISE, entry.key.text()).field(entry.key.text());
        let sign = self.sign();
        let report = wrong_types::report(field, value, "a list of states")
            .help(format!("write `{}{sign} {list}`", field.name));
        // Fields on lines of their own do not end where a list may begin.
        let is_here = self.text()[..span.range().start]
            .trim_end_matches(' ')
            .ends_with([':', '=']);
        self.out.push(match is_here && value.is_own() {
            true => report.fix(span, list),
            false => report,
        });
        Some(Node::new(span, Kind::List(states.into())))
    }
}

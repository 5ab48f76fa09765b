//! What a text says, as far as laying it out must not change it.

use std::collections::HashSet;

use crate::node::{Entry, Fingerprints, Kind, Node, OfTree};
use crate::source::Span;

use super::Page;

/// What a text says: its fields, which may change places, and its comments. Two texts that say the
/// same have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    fields: u64,
    comments: u64,
    silenced: u64,
}

impl Meaning {
    pub(super) fn of(page: &Page<'_>, numbers: &Fingerprints) -> Meaning {
        let mut tree = numbers.of_tree();
        let text = |at| page.source.slice(at).trim_end();
        let comments = page
            .document
            .comments
            .iter()
            .map(|at| tree.of_value(text(*at)));
        let comments = tree.of_set(comments);
        let fields = match page.root.entries() {
            None => tree.of(page.root),
            Some(entries) => {
                let entries = entries.iter().map(|entry| field(entry, &mut tree));
                let entries: Vec<u64> = entries.collect();
                tree.of_set(entries.into_iter())
            }
        };
        Meaning {
            fields,
            comments,
            silenced: silenced(page, &mut tree),
        }
    }
}

/// What each suppression is about: the names and values that begin on its line.
fn silenced<'s>(page: &Page<'s>, tree: &mut OfTree<'_, 's>) -> u64 {
    let found = &page.suppressions.found;
    if found.is_empty() {
        return tree.of_set(std::iter::empty());
    }
    let mut texts: Vec<(u32, u64)> = Vec::new();
    let mut seen = HashSet::new();
    let mut todo: Vec<(&Node<'s>, u64)> = vec![(page.root, 0)];
    while let Some((node, above)) = todo.pop() {
        // What aliases stand for is written in one place.
        if node.shared_by().is_some_and(|shared| !seen.insert(shared)) {
            continue;
        }
        match node.kind() {
            Kind::Scalar(scalar) => {
                let says = tree.of_value((above, tree.of_scalar(scalar)));
                texts.push((page.suppressions.line_of(node.span), says));
            }
            Kind::List(items) => {
                let items = items.iter().enumerate();
                todo.extend(items.map(|(index, item)| (item, tree.of_value((above, index)))));
            }
            Kind::Map(entries) => {
                for entry in entries.iter() {
                    let says = tree.of_value((above, tree.of_scalar(&entry.key)));
                    texts.push((page.suppressions.line_of(entry.key_span()), says));
                    todo.push((&entry.value, says));
                }
            }
            Kind::Absent(_) | Kind::Lost => {}
        }
    }
    texts.sort_unstable();
    // Many may be about one line.
    let on_lines = texts.chunk_by(|a, b| a.0 == b.0);
    let on_lines =
        on_lines.map(|here| (here[0].0, tree.of_set(here.iter().map(|(_, says)| *says))));
    let on_lines: Vec<(u32, u64)> = on_lines.collect();
    let about = |(_, part, line): &(Span, Span, u32)| {
        let here = on_lines.binary_search_by_key(line, |(its, _)| *its);
        let here = here.map(|index| on_lines[index].1).ok();
        tree.of_value((page.source.slice(*part).trim_end(), here))
    };
    let each: Vec<u64> = found.iter().map(about).collect();
    tree.of_set(each.into_iter())
}

/// What a field of the file says. States and transitions are in order, and their fields are not.
fn field<'s>(field: &Entry<'s>, tree: &mut OfTree<'_, 's>) -> u64 {
    let value = &field.value;
    let parts: Vec<u64> = match (field.key.text(), value.entries(), value.items()) {
        ("states" | "roles" | "migrate", Some(states), _) => {
            states.iter().map(|entry| state(entry, tree)).collect()
        }
        ("start" | "transitions" | "expect", _, Some(items)) => {
            items.iter().map(|item| tree.of_fields(item)).collect()
        }
        _ => vec![tree.of(value)],
    };
    tree.of_value((tree.of_scalar(&field.key), parts))
}

fn state<'s>(state: &Entry<'s>, tree: &mut OfTree<'_, 's>) -> u64 {
    let fields = tree.of_fields(&state.value);
    tree.of_value((tree.of_scalar(&state.key), fields))
}

//! What a text says, as far as laying it out must not change it.

use crate::node::{Entry, Fingerprints, OfTree};

use super::Page;

/// What a text says: its fields, which may change places, and its comments. Two texts that say the
/// same have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    fields: u64,
    comments: u64,
}

impl Meaning {
    pub(super) fn of(page: &Page<'_>, numbers: &Fingerprints) -> Meaning {
        let mut tree = numbers.of_tree();
        let text = |at| page.source.slice(at).trim_end();
        let comments = page.comments.iter().map(|at| tree.of_value(text(*at)));
        let comments = tree.of_set(comments);
        let fields = match page.root.entries() {
            None => tree.of(page.root),
            Some(entries) => {
                let entries = entries.iter().map(|entry| field(entry, &mut tree));
                let entries: Vec<u64> = entries.collect();
                tree.of_set(entries.into_iter())
            }
        };
        Meaning { fields, comments }
    }
}

/// What a field of the file says. States and transitions are in order, and their fields are not.
fn field<'s>(field: &Entry<'s>, tree: &mut OfTree<'_, 's>) -> u64 {
    let value = &field.value;
    let parts: Vec<u64> = match (field.key.text(), value.entries(), value.items()) {
        ("states", Some(states), _) => states.iter().map(|entry| state(entry, tree)).collect(),
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

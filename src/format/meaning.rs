//! What a text says, as far as laying it out must not change it.

use crate::node::{Entry, Fingerprints, Node};

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
        let text = |at| page.source.slice(at).trim_end();
        let comments = page.comments.iter().map(|at| numbers.of_value(text(*at)));
        Meaning {
            fields: numbers.of_unordered(page.root, |field, node| of_field(field, node, numbers)),
            comments: numbers.of_set(comments),
        }
    }
}

/// What a field of the file says. States and transitions are in order, and their fields are not.
fn of_field(field: &str, node: &Node<'_>, numbers: &Fingerprints) -> u64 {
    let inner = |node: &Node<'_>| numbers.of_unordered(node, |_, value| numbers.of(value));
    match (field, node.entries(), node.items()) {
        ("states", Some(states), _) => {
            let state = |state: &Entry<'_>| {
                let key = &state.key;
                numbers.of_value((key.reading(), key.text(), inner(&state.value)))
            };
            numbers.of_value(states.iter().map(state).collect::<Vec<_>>())
        }
        ("start" | "transitions" | "expect", _, Some(items)) => {
            numbers.of_value(items.iter().map(inner).collect::<Vec<_>>())
        }
        _ => numbers.of(node),
    }
}

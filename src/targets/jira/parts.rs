//! What the fields of the block are read with.

use crate::diagnostic::Diagnostics;
use crate::fields::{Field, Fields, Subject, missing_fields, wrong_types};
use crate::model::Text;
use crate::node::{Entry, Node, ScalarKind};
use crate::source::Span;
use crate::targets::blocks::{Described, Given};

/// Whether `text` is an id as Jira gives them.
pub fn is_id(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0') && !text.is_empty()
}

/// Text, or a number as it is spelt.
pub fn digits_or_word(
    node: &Node,
    field: Field,
    wanted: &str,
    out: &mut Diagnostics,
) -> Option<Text> {
    let scalar = node
        .scalar()
        .filter(|s| matches!(s.kind(), ScalarKind::Text | ScalarKind::Integer));
    if scalar.is_none() && !node.is_lost() {
        out.push(wrong_types::report(field, node, wanted));
    }
    Some(Text::new(scalar?.text().into(), node.span))
}

/// The entries of a map, without those that could not be read.
pub fn map<'g, 's: 'g>(
    given: Given<'g, 's>,
    out: &mut Diagnostics,
) -> Option<impl Iterator<Item = &'g Entry<'s>> + use<'g, 's>> {
    let entries = given.entry.value.entries();
    if entries.is_none() {
        out.push(wrong_types::report(
            given.field,
            &given.entry.value,
            "a map",
        ));
    }
    Some(entries?.iter().filter(|entry| !entry.is_lost()))
}

/// A map of fields in the block; reports those of `required` that are not there.
pub fn part<T: Described>(
    node: &Node,
    place: Span,
    owner: Subject,
    required: &[&str],
    out: &mut Diagnostics,
) -> Option<T> {
    let fields = Fields::of(node, owner, place, T::NAMES, out)?;
    let names = T::NAMES.iter().filter(|name| required.contains(name));
    for name in names.filter(|name| fields.lacks(name)) {
        out.push(missing_fields::report(fields.field(name), fields.place()));
    }
    Some(T::read(&fields, None, out))
}

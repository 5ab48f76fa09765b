//! States, and lists of maps, that were written in another form.

use super::{FILE, WORKFLOW};
use crate::diagnostic::Diagnostics;
use crate::fields::{Field, Fields, unknown_fields, wrong_types};
use crate::language::transition::FIELDS;
use crate::language::{state, workflow};
use crate::node::{Entry, Kind, Node};
use crate::source::{Span, Syntax};
use crate::suggest;

/// The items of the list `transitions`. One transition alone is reported and read as the one item
/// that it is meant to be; so is a map of transitions by their names, which is then not read.
pub fn transitions<'a, 's>(
    field: Field,
    node: &'a Node<'s>,
    out: &mut Diagnostics,
) -> Option<&'a [Node<'s>]> {
    if let Some(items) = node.items() {
        return Some(items);
    }
    let report = wrong_types::report(field, node, "a list of transitions");
    let Some(entries) = node.entries() else {
        out.push(report);
        return None;
    };
    // A list among keys is reported already.
    if entries.iter().any(Entry::is_lost) {
        return None;
    }
    let is_alone = [&FIELDS.from, &FIELDS.to]
        .iter()
        .any(|field| node.get(field.name).is_some());
    if is_alone {
        let help =
            "begin each transition as an item of the list: `- ` in YAML, `[[transitions]]` in TOML";
        out.push(report.help(help));
        return Some(std::slice::from_ref(node));
    }
    out.push(match entries.first() {
        Some(first) if first.value.entries().is_some() => report.help(format!(
            "make each an item of the list, with its name in the field `name`: `name: {}`",
            first.key.text()
        )),
        _ => report,
    });
    None
}

/// The fields of a file, and the states that stand beside an empty `states`, which is reported once
/// for all of them.
pub fn fields_of_file<'n, 's>(
    root: &'n Node<'s>,
    place: Span,
    syntax: Syntax,
    out: &mut Diagnostics,
) -> Option<(Fields<'n, 's, 'static>, Vec<&'n Entry<'s>>)> {
    let outside = states_outside(root);
    let fields = match unknown_fields::states_outside(&outside, syntax) {
        None => Fields::of(root, WORKFLOW, place, &workflow::THING, out)?,
        Some(report) => {
            out.push(report);
            Fields::as_written(root, WORKFLOW, place, workflow::THING.names, out)?
        }
    };
    Some((fields, outside))
}

/// The states that stand beside an empty `states`, and not in it.
fn states_outside<'n, 's>(root: &'n Node<'s>) -> Vec<&'n Entry<'s>> {
    let is_empty = root
        .get(FILE.states.name)
        .is_some_and(|states| match states.kind() {
            Kind::Absent(_) => true,
            Kind::Map(entries) => entries.is_empty(),
            _ => false,
        });
    if !is_empty {
        return Vec::new();
    }
    let is_field = |entry: &&Entry| workflow::THING.names.contains(&entry.key.text());
    // A misspelt `new-ticket` has a field of states, too.
    let is_state = |entry: &&Entry| {
        let has = |field: &str| entry.value.get(field).is_some();
        let is_misspelt =
            || suggest::nearest(entry.key.text(), workflow::THING.names.iter().copied()).is_some();
        has("category") || (state::THING.names.iter().any(|field| has(field)) && !is_misspelt())
    };
    let others: Vec<&Entry> = root
        .entries()
        .into_iter()
        .flatten()
        .filter(|entry| !is_field(entry))
        .collect();
    match others.iter().all(is_state) {
        true => others,
        false => Vec::new(),
    }
}

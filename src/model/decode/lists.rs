//! Lists of maps that were written in another form.

use crate::diagnostic::Diagnostics;
use crate::fields::{Field, wrong_types};
use crate::node::{Entry, Node};

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
    let is_alone = ["from", "to"].iter().any(|name| node.get(name).is_some());
    if is_alone {
        let help =
            "begin each transition as an item of the list: `- ` in YAML, `[[transitions]]` in TOML";
        out.push(report.help(help));
        return Some(std::slice::from_ref(node));
    }
    out.push(match entries.first() {
        Some(first) if first.value.entries().is_some() => report.help(format!(
            "make each an item of the list, with its name in the field `name`: `name: {}`",
            first.key.text
        )),
        _ => report,
    });
    None
}

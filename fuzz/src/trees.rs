//! Trees as other readers have them.

use statewright::diagnostic::{Diagnostics, Group, Severity};
use statewright::node::{Document, Kind, Node, Scalar, ScalarKind};
use statewright::source::{Source, Span};
use statewright::syntax;

/// So many values of a tree are looked at: aliases multiply them without end.
const MOST: usize = 20_000;

/// Reads a source; whether nothing is wrong with its text is told, too.
pub fn read<'s>(source: &'s Source) -> (Document<'s>, bool) {
    let mut out = Diagnostics::new();
    let document = syntax::read(source, &mut out);
    let wrong = |d: &statewright::diagnostic::Diagnostic| {
        d.code.group == Group::Text && d.severity == Severity::Error
    };
    let is_whole = !out.iter().any(wrong) && document.lost.is_empty();
    (document, is_whole)
}

/// Every place in a tree lies inside of the text, on boundaries of characters.
pub fn check_places(source: &Source, document: &Document<'_>) {
    let good = |span: Span| assert!(source.text().get(span.range()).is_some(), "{span:?}");
    document.lost.iter().for_each(|lost| good(lost.span));
    document.comments.iter().copied().for_each(good);
    document.block_texts.iter().copied().for_each(good);
    let aliases = document.aliases.iter();
    aliases
        .flat_map(|alias| [alias.used, alias.target])
        .for_each(good);
    let mut rest: Vec<&Node<'_>> = document.root.iter().collect();
    for _ in 0..MOST {
        let Some(node) = rest.pop() else { break };
        good(node.span);
        rest.extend(node.items().into_iter().flatten());
        for entry in node.entries().into_iter().flatten() {
            good(entry.key_span());
            rest.push(&entry.value);
        }
        if let Kind::Absent(Some(comment)) = node.kind() {
            good(*comment);
        }
    }
}

/// Whether a tree is small enough to be looked at whole.
pub fn is_small(root: &Node<'_>) -> bool {
    let (mut rest, mut seen) = (vec![root], 0);
    while let Some(node) = rest.pop() {
        seen += 1;
        if seen > MOST {
            return false;
        }
        rest.extend(node.items().into_iter().flatten());
        rest.extend(node.entries().into_iter().flatten().map(|e| &e.value));
    }
    true
}

/// A tree as libyaml's reader has it.
pub fn as_yaml(node: &Node<'_>) -> serde_yaml::Value {
    use serde_yaml::Value;
    match node.kind() {
        Kind::Scalar(scalar) => yaml_scalar(scalar),
        Kind::List(items) => Value::Sequence(items.iter().map(as_yaml).collect()),
        Kind::Map(entries) => {
            let entry = |e: &statewright::node::Entry<'_>| (yaml_scalar(&e.key), as_yaml(&e.value));
            Value::Mapping(entries.iter().map(entry).collect())
        }
        Kind::Absent(_) | Kind::Lost => Value::Null,
    }
}

fn yaml_scalar(scalar: &Scalar<'_>) -> serde_yaml::Value {
    match scalar.kind() {
        ScalarKind::Text => scalar.text().into(),
        _ => serde_yaml::from_str(scalar.text()).unwrap_or(serde_yaml::Value::Null),
    }
}

/// Whether a tree says what toml's own deserializer makes of the same text.
pub fn says(node: &Node<'_>, value: &toml::Value) -> bool {
    match (node.kind(), value) {
        (Kind::Scalar(scalar), value) => says_scalar(scalar, value),
        (Kind::List(items), toml::Value::Array(values)) => {
            items.len() == values.len() && items.iter().zip(values).all(|(i, v)| says(i, v))
        }
        (Kind::Map(entries), toml::Value::Table(table)) => {
            let same = |e: &statewright::node::Entry<'_>| {
                table
                    .get(e.key.text())
                    .is_some_and(|value| says(&e.value, value))
            };
            entries.len() == table.len() && entries.iter().all(same)
        }
        _ => false,
    }
}

fn says_scalar(scalar: &Scalar<'_>, value: &toml::Value) -> bool {
    match value {
        toml::Value::String(text) => scalar.kind() == ScalarKind::Text && scalar.text() == text,
        toml::Value::Integer(_) => scalar.kind() == ScalarKind::Integer,
        toml::Value::Float(_) => scalar.kind() == ScalarKind::Float,
        toml::Value::Boolean(is) => {
            scalar.kind() == ScalarKind::Boolean && scalar.text() == is.to_string()
        }
        toml::Value::Datetime(_) => scalar.kind() == ScalarKind::Date,
        toml::Value::Array(_) | toml::Value::Table(_) => false,
    }
}

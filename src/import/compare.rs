//! What was read against what is built again.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::fields::parse_integer;
use crate::node::{Entry, Kind, Node, Scalar, ScalarKind};
use crate::source::Span;
use crate::targets::lossy_imports;

/// What is not compared.
pub struct Skipped<'a> {
    /// Paths of what only the product sets.
    pub paths: &'a [&'a str],
    /// Paths of lists in which the order says nothing, each with the fields that put it in order.
    pub unordered: &'a [(&'a str, &'a [&'a str])],
    /// The keys of fields that are reported already.
    pub places: &'a [Span],
}

/// What was read, each with what is built of it: one report for each field that differs, wherever
/// that is; all items of a list are one there, and so are all that was read.
/// `null` and nothing are the same, and so are no text and nothing; a field that is not there at
/// all is also the same as an empty list or object.
pub fn differences(pairs: &[(&Node, Value)], skipped: &Skipped) -> Vec<Diagnostic> {
    let mut comparison = Comparison {
        skipped,
        places: skipped.places.iter().copied().collect(),
        found: BTreeMap::new(),
    };
    for (node, built) in pairs {
        comparison.value(node, built, "");
    }
    let found = comparison.found.into_iter();
    found
        .filter_map(|((path, written, built), mut places)| {
            places.sort_by_key(|place| place.start);
            lossy_imports::differs(&path, &places, &written, &built)
        })
        .collect()
}

struct Comparison<'a> {
    skipped: &'a Skipped<'a>,
    places: HashSet<Span>,
    /// Where the same differs in the same way.
    found: BTreeMap<(String, String, String), Vec<Span>>,
}

impl Comparison<'_> {
    /// Calls itself as deep as the node is, which [`crate::syntax`] bounds.
    fn value(&mut self, node: &Node, built: &Value, path: &str) {
        match (node.kind(), built) {
            (Kind::Map(entries), Value::Object(map)) => {
                for entry in entries {
                    self.entry(entry, map.get(entry.key.text()), path);
                }
                for (key, value) in map.iter().filter(|(key, _)| node.get(key).is_none()) {
                    self.report(&below(path, key), "not there".to_owned(), value, node.span);
                }
            }
            (Kind::List(items), Value::Array(values)) if items.len() == values.len() => {
                let (items, values) = self.in_order(path, items, values);
                let path = format!("{path}[]");
                for (item, value) in items.into_iter().zip(values) {
                    self.value(item, value, &path);
                }
            }
            (Kind::Scalar(scalar), value) if is_same(scalar, value) => {}
            _ => self.report(path, shown(node), built, node.span),
        }
    }

    /// Both lists as they are, or each in an order of its items where its own says nothing.
    fn in_order<'n, 's, 'v>(
        &self,
        path: &str,
        items: &'n [Node<'s>],
        values: &'v [Value],
    ) -> (Vec<&'n Node<'s>>, Vec<&'v Value>) {
        let mut items: Vec<&Node> = items.iter().collect();
        let mut values: Vec<&Value> = values.iter().collect();
        if let Some((_, fields)) = self.skipped.unordered.iter().find(|(p, _)| *p == path) {
            items.sort_by_cached_key(|item| {
                let field = |name: &&str| {
                    item.get(name)
                        .and_then(Node::scalar)
                        .map(|s| s.text().to_string())
                };
                fields.iter().map(field).collect::<Vec<_>>()
            });
            values.sort_by_cached_key(|value| {
                let field =
                    |name: &&str| value.get(name).and_then(Value::as_str).map(str::to_owned);
                fields.iter().map(field).collect::<Vec<_>>()
            });
        }
        (items, values)
    }

    fn entry(&mut self, entry: &Entry, built: Option<&Value>, path: &str) {
        let path = below(path, entry.key.text());
        if self.places.contains(&entry.key_span()) || self.skipped.paths.contains(&path.as_str()) {
            return;
        }
        self.value(&entry.value, built.unwrap_or(&Value::Null), &path);
    }

    fn report(&mut self, path: &str, written: String, built: &Value, place: Span) {
        if is_nothing(built) && written == "not there" || self.skipped.paths.contains(&path) {
            return;
        }
        let key = (path.to_owned(), written, built_as(built));
        self.found.entry(key).or_default().push(place);
    }
}

fn below(path: &str, key: &str) -> String {
    match path.is_empty() {
        true => key.to_owned(),
        false => format!("{path}.{key}"),
    }
}

fn is_nothing(built: &Value) -> bool {
    match built {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

fn is_same(scalar: &Scalar, built: &Value) -> bool {
    let text: &str = scalar.text();
    match (scalar.kind(), built) {
        (ScalarKind::Text | ScalarKind::Date, Value::String(built)) => text == built,
        (ScalarKind::Null, Value::Null) => true,
        (ScalarKind::Text, Value::Null) => text.is_empty(),
        (ScalarKind::Boolean, Value::Bool(built)) => (text == "true") == *built,
        (ScalarKind::Integer | ScalarKind::Float, Value::Number(built)) => {
            let whole = built.as_i64().filter(|_| parse_integer(text).is_some());
            match whole {
                Some(built) => parse_integer(text) == Some(built),
                None => text.parse::<f64>().ok() == built.as_f64(),
            }
        }
        _ => false,
    }
}

/// What is written, short enough for a message.
fn shown(node: &Node) -> String {
    match node.kind() {
        Kind::Scalar(scalar) if scalar.kind() == ScalarKind::Text => cut(scalar.text()),
        Kind::Scalar(scalar) => format!("`{}`", scalar.text()),
        Kind::List(items) => list_of(items.len()),
        Kind::Map(entries) if entries.is_empty() => "an empty object".to_owned(),
        Kind::Map(_) => "an object".to_owned(),
        Kind::Absent(_) | Kind::Lost => "nothing".to_owned(),
    }
}

fn built_as(value: &Value) -> String {
    match value {
        Value::String(text) => cut(text),
        Value::Array(items) => list_of(items.len()),
        Value::Object(_) => "an object".to_owned(),
        other => format!("`{other}`"),
    }
}

fn list_of(items: usize) -> String {
    match items {
        0 => "an empty list".to_owned(),
        1 => "a list of one".to_owned(),
        many => format!("a list of {many}"),
    }
}

fn cut(text: &str) -> String {
    const MOST: usize = 24;
    let line: String = text.lines().next().unwrap_or("").replace('`', "'");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None => format!("`{line}`"),
    }
}

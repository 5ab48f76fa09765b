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
    /// The keys of fields that are reported already.
    pub places: &'a [Span],
}

/// One report for each field that differs, wherever that is: all items of a list are one there.
/// `null` and nothing are the same.
pub fn differences(node: &Node, built: &Value, skipped: &Skipped) -> Vec<Diagnostic> {
    let mut comparison = Comparison {
        skipped,
        places: skipped.places.iter().copied().collect(),
        found: BTreeMap::new(),
    };
    comparison.value(node, built, "");
    let found = comparison.found.into_iter();
    found
        .filter_map(|((path, written, built), places)| {
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
                    self.entry(entry, map.get(&*entry.key.text), path);
                }
                for (key, value) in map.iter().filter(|(key, _)| node.get(key).is_none()) {
                    self.report(&below(path, key), "not there".to_owned(), value, node.span);
                }
            }
            (Kind::List(items), Value::Array(values)) if items.len() == values.len() => {
                let path = format!("{path}[]");
                for (item, value) in items.iter().zip(values) {
                    self.value(item, value, &path);
                }
            }
            (Kind::Scalar(scalar), value) if is_same(scalar, value) => {}
            _ => self.report(path, shown(node), built, node.span),
        }
    }

    fn entry(&mut self, entry: &Entry, built: Option<&Value>, path: &str) {
        let path = below(path, &entry.key.text);
        if self.places.contains(&entry.key_span) || self.skipped.paths.contains(&path.as_str()) {
            return;
        }
        self.value(&entry.value, built.unwrap_or(&Value::Null), &path);
    }

    fn report(&mut self, path: &str, written: String, built: &Value, place: Span) {
        if built.is_null() && written == "not there" || self.skipped.paths.contains(&path) {
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

fn is_same(scalar: &Scalar, built: &Value) -> bool {
    let text: &str = &scalar.text;
    match (scalar.kind, built) {
        (ScalarKind::Text | ScalarKind::Date, Value::String(built)) => text == built,
        (ScalarKind::Null, Value::Null) => true,
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
        Kind::Scalar(scalar) if scalar.kind == ScalarKind::Text => cut(&scalar.text),
        Kind::Scalar(scalar) => format!("`{}`", scalar.text),
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

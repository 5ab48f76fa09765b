//! What is written, read by this crate and by libyaml.

use proptest::prelude::*;

use super::value::{Field, Style, Value};
use super::*;
use crate::diagnostic::Diagnostics;
use crate::node::{Kind, Node, ScalarKind};
use crate::source::{Source, SourceId};

/// Text that has misled some reader or writer of YAML or TOML.
const ODD: &[&str] = &[
    "",
    " ",
    "a ",
    " a",
    "-",
    "- a",
    "-a",
    "?",
    "? a",
    ":",
    "a:",
    "a: b",
    "a:b",
    ":a",
    "#",
    "# a",
    "a #b",
    "a# b",
    "[",
    "]",
    "[a]",
    "{",
    "}",
    "{a: b}",
    ",",
    "a, b",
    "&a",
    "*a",
    "*",
    "!a",
    "!!str",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "\"",
    "\"a\"",
    "a\"b",
    "'",
    "'a'",
    "it's",
    "\\",
    "a\\b",
    "a\\nb",
    "~",
    "null",
    "Null",
    "true",
    "True",
    "no",
    "No",
    "on",
    "off",
    "y",
    "n",
    "yes",
    "0",
    "1",
    "007",
    "0x1f",
    "0o7",
    "1e3",
    "1.5",
    ".5",
    "1_000",
    "1:30",
    "12:30:45",
    "2001-01-01",
    "2001-12-14t21:59:43.10-05:00",
    "2016-03-14T09:14:13Z",
    ".inf",
    ".nan",
    "=",
    "<<",
    "---",
    "...",
    "a\nb",
    "a\nb\n",
    "a\n\nb",
    "\na",
    "a\n b\nc",
    " a\nb",
    "a \nb",
    "a\tb",
    "\t",
    "a\r\nb",
    "a\rb",
    "\u{85}",
    "a\u{2028}b",
    "\u{feff}a",
    "\u{202e}abc",
    "a\u{200b}b",
    "\u{0}",
    "\u{1b}[31m",
    "\u{7f}",
    "é",
    "e\u{301}",
    "確認",
    "Проверка",
    "🎫 ticket",
    "\u{ffff}",
    "\u{e0001}",
    "\u{10ffff}",
    "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c",
    "00000000-0000-4000-8000-000000000001",
    "1e10000",
    "1234e5678-0000",
    "http://example.org/?a=b#c",
    "Newly submitted, awaiting triage",
    "Risk & Impact",
    "QA/Review",
    "done (really)",
    "a -- b",
    "$x",
    "_x",
    "3rd party",
    "é: ü",
    "100 %",
    "\"\"\"",
    "a\"\"\"\nb",
    "a\\\nb",
    "'''\n'''",
    "a\n# b",
    "a\n- b",
    "---\n...",
];

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(ODD).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[a-c:#,\\[\\]{}&*!|>'\"%@`\\\\ \n-]{0,6}",
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(&["1", "-5", "1.5", "true", "false"][..]);
    let leaf = prop_oneof![
        4 => texts().prop_map(Value::Text),
        1 => word.prop_map(|w| Value::Word(w.to_owned())),
    ];
    let style = || prop_oneof![Just(Style::Line), Just(Style::Lines)];
    leaf.prop_recursive(3, 16, 4, move |inner| {
        let map = prop::collection::btree_map(texts(), inner.clone(), 0..4);
        prop_oneof![
            (prop::collection::vec(inner, 0..4), style()).prop_map(|(all, s)| Value::List(all, s)),
            (map, style()).prop_map(|(map, s)| {
                let fields = map.into_iter().map(|(name, value)| Field::new(name, value));
                Value::Map(fields.collect(), s)
            }),
        ]
    })
}

/// The value as a line of text that tells everything apart.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Word(word) | Value::Number(word, _) => word.clone(),
        Value::Null(_) => "null".to_owned(),
        Value::List(items, _) => format!(
            "[{}]",
            items.iter().map(shown).collect::<Vec<_>>().join(",")
        ),
        Value::Map(fields, _) => {
            let pairs = fields
                .iter()
                .map(|f| format!("{:?}:{}", f.name, shown(&f.value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
    }
}

fn shown_node(node: &Node) -> String {
    match node.kind() {
        Kind::Scalar(scalar) if scalar.kind() == ScalarKind::Text => {
            assert_eq!(
                scalar.reading().elsewhere,
                None,
                "another reader takes {:?} for something else",
                scalar.text()
            );
            format!("{:?}", scalar.text())
        }
        Kind::Scalar(scalar) => scalar.text().to_string(),
        Kind::List(items) => format!(
            "[{}]",
            items.iter().map(shown_node).collect::<Vec<_>>().join(",")
        ),
        Kind::Map(entries) => {
            let pairs = entries
                .iter()
                .map(|e| format!("{:?}:{}", e.key.text(), shown_node(&e.value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
        Kind::Absent(_) | Kind::Lost => "lost".to_owned(),
    }
}

fn by_libyaml(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::String(text) => format!("{text:?}"),
        serde_yaml::Value::Sequence(items) => format!(
            "[{}]",
            items.iter().map(by_libyaml).collect::<Vec<_>>().join(",")
        ),
        serde_yaml::Value::Mapping(map) => {
            let pairs = map
                .iter()
                .map(|(key, value)| format!("{}:{}", by_libyaml(key), by_libyaml(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
        serde_yaml::Value::Number(number) if number.is_f64() => {
            format!("{:?}", number.as_f64().unwrap())
        }
        other => serde_yaml::to_string(other).unwrap().trim().to_owned(),
    }
}

fn read(text: &str, syntax: Syntax) -> String {
    let source = Source::new(SourceId(0), "test", syntax, text);
    let mut out = Diagnostics::new();
    let document = crate::syntax::read(&source, &mut out);
    assert!(out.is_empty(), "{text}\n{:?}", out.iter().next());
    shown_node(&document.root.expect("a document"))
}

fn root(value: &Value) -> Vec<Vec<Field>> {
    vec![vec![
        Field::text("first", "one"),
        Field::new("root", value.clone()),
    ]]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn yaml_says_what_was_meant_to_every_reader(value in values()) {
        let mut text = String::new();
        yaml::write(&root(&value), &mut text);
        let wanted = format!("{{\"first\":\"one\",\"root\":{}}}", shown(&value));
        prop_assert_eq!(read(&text, Syntax::Yaml), wanted.clone(), "{}", text);
        let theirs: serde_yaml::Value = serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        prop_assert_eq!(by_libyaml(&theirs), wanted, "{}", text);
    }

    #[test]
    fn toml_says_what_was_meant(value in values()) {
        let mut text = String::new();
        toml::write(&root(&value), &mut text).unwrap();
        let wanted = format!("{{\"first\":\"one\",\"root\":{}}}", shown(&value));
        prop_assert_eq!(read(&text, Syntax::Toml), wanted, "{}", text);
    }
}

#[test]
fn toml_says_what_it_has_no_words_for() {
    let place = |at| crate::source::Span::new(SourceId(0), at, at + 1);
    let number = |digits: &str, at| Value::Number(digits.to_owned(), place(at));
    let values = vec![
        Value::Null(place(3)),
        number("9223372036854775807", 5),
        number("9223372036854775808", 7),
        number("-9223372036854775809", 9),
        number("9223372036854775808.0", 11),
    ];
    let value = Value::List(values, Style::Lines);
    let refused = toml::write(&root(&value), &mut String::new());
    let unwritable = Unwritable {
        nulls: vec![place(3)],
        numbers: vec![place(7), place(9)],
    };
    assert_eq!(refused, Err(unwritable));
}

fn states(names: &[&str], finals: &[usize]) -> Vec<State> {
    let state = |(at, name): (usize, &&str)| State {
        is_final: finals.contains(&at),
        ..State::new(*name, Category::Open)
    };
    names.iter().enumerate().map(state).collect()
}

/// "0,1>2" for each transition; `*` for all, `*-3` for all but one.
fn moves(transitions: &[Transition]) -> Vec<String> {
    let list = |states: &[usize]| {
        states
            .iter()
            .map(usize::to_string)
            .collect::<Vec<_>>()
            .join(",")
    };
    let from = |begins: &Begins| match begins {
        Begins::States(states) => list(states),
        Begins::Every { except } if except.is_empty() => "*".to_owned(),
        Begins::Every { except } => format!("*-{}", list(except)),
    };
    transitions
        .iter()
        .map(|t| format!("{}>{}", from(&t.from), t.to))
        .collect()
}

#[test]
fn ways_to_one_state_are_one_transition_where_the_order_allows() {
    let abc = states(&["A", "B", "C", "D"], &[]);
    let gathered = |next: &[&[usize]]| {
        let next: Vec<Vec<usize>> = next.iter().map(|n| n.to_vec()).collect();
        moves(&gather::by_state(&next, &abc))
    };
    assert_eq!(gathered(&[&[2, 3], &[2], &[], &[]]), ["0,1>2", "0>3"]);
    assert_eq!(gathered(&[&[2, 3], &[3], &[], &[]]), ["0>2", "0,1>3"]);
    assert_eq!(
        gathered(&[&[2, 3], &[3, 2], &[], &[]]),
        ["0>2", "0,1>3", "1>2"],
        "the lists contradict each other"
    );
    assert_eq!(gathered(&[&[3], &[3], &[3], &[]]), ["*>3"]);
    assert_eq!(
        gathered(&[&[1, 1], &[], &[], &[]]),
        ["0>1", "0>1"],
        "a mistake stays one"
    );
}

#[test]
fn every_state_is_said_in_one_word() {
    let step = |from, to| gather::Move {
        name: Some("Cancel".to_owned()),
        from,
        to,
        notes: Notes::None,
    };
    let six = states(&["A", "B", "C", "D", "E", "F"], &[5]);
    let gathered = |from: &[usize]| {
        let all: Vec<_> = from.iter().map(|from| step(*from, 5)).collect();
        moves(&gather::in_order(&all, &six))
    };
    assert_eq!(gathered(&[0, 1, 2, 3, 4]), ["*>5"]);
    assert_eq!(gathered(&[0, 1, 3, 4]), ["*-2>5"]);
    assert_eq!(gathered(&[0, 1, 2]), ["0,1,2>5"], "too many exceptions");
    assert_eq!(
        gathered(&[4, 0, 1, 2, 3]),
        ["4,0,1,2,3>5"],
        "in another order"
    );
    assert_eq!(
        gathered(&[0, 1, 2, 3, 4, 0]),
        ["0,1,2,3,4>5", "0>5"],
        "one of them twice"
    );
}

#[test]
fn starts_lead_to_every_state() {
    let starts = |next: &[&[usize]]| -> Vec<usize> {
        let next: Vec<Vec<usize>> = next.iter().map(|n| n.to_vec()).collect();
        starts::guess(&next).iter().map(|start| start.to).collect()
    };
    assert_eq!(starts(&[&[1], &[2], &[]]), [0]);
    assert_eq!(starts(&[&[], &[0], &[1]]), [0, 2], "the last leads to all");
    assert_eq!(
        starts(&[&[], &[2], &[1]]),
        [0, 1],
        "one of a circle is enough"
    );
    assert_eq!(starts(&[]), Vec::<usize>::new());
}

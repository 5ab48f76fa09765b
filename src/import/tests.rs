//! Import and build are each other's inverse.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::targets::{incident_iq, itwin};

fn input(target: &'static Target, document: &str) -> Input {
    let import = target.import(document).expect("it can be imported");
    Input { target, import }
}

fn imported(input: Input, text: &str, syntax: Syntax) -> Imported {
    let source = Source::new(SourceId(0), "test.json", Syntax::Json, text);
    let options = Options {
        syntax,
        identifier: None,
        fallback: "test".to_owned(),
        levels: Levels::default(),
    };
    import(&source, input, &options)
}

/// What is built from what is imported, in both syntaxes.
fn rebuilt(input: Input, json: &Value) -> [Value; 2] {
    [Syntax::Yaml, Syntax::Toml].map(|syntax| {
        let imported = imported(input, &json.to_string(), syntax);
        let [file] = imported.files.as_slice() else {
            panic!("{:#?}", imported.diagnostics)
        };
        assert!(
            imported.diagnostics.is_empty(),
            "{:#?}\n{}",
            imported.diagnostics,
            file.text
        );
        let output = input.output().expect("it is built, too");
        let compilation = compiled(&file.text, syntax, Targets::Only(vec![output]));
        let checked = compilation.checked();
        let checked =
            checked.unwrap_or_else(|| panic!("{}\n{:#?}", file.text, compilation.diagnostics));
        (output.document.emit)(checked, &mut Diagnostics::new()).expect("a document")
    })
}

fn is_kept(input: Input, json: &Value) {
    for built in rebuilt(input, json) {
        assert_eq!(&built, json);
    }
}

const ODD_NAMES: &[&str] = &[
    "New",
    "In Progress",
    "Waiting for Parts",
    "no",
    "On",
    "null",
    "1",
    "1:30",
    "a: b",
    "#1",
    "- x",
    "*x",
    "{}",
    "[a, b]",
    "é",
    "確認",
    "say \"hi\"",
    "it's",
    "back\\slash",
    "tab\tname",
    "line\nbreak",
    " blank ",
    "~",
    "true",
    "Draft",
    "3rd",
    "QA/Review",
    "<b>",
    "!",
    "%",
];

fn names(most: usize) -> impl Strategy<Value = Vec<String>> {
    let name = prop_oneof![
        4 => prop::sample::select(ODD_NAMES).prop_map(str::to_owned),
        1 => any::<String>().prop_filter("a name", |n| !n.trim().is_empty() && n != "*"),
    ];
    prop::collection::btree_set(name, 1..most).prop_map(|set| set.into_iter().collect())
}

/// Pairs of different states in random order; each state but the first is led to from an earlier one.
fn ways(states: usize) -> impl Strategy<Value = Vec<(usize, usize)>> {
    let tree: Vec<_> = (1..states)
        .map(|to| (0..to).prop_map(move |from| (from, to)))
        .collect();
    let more = prop::collection::vec((0..states, 0..states), 0..states * 2);
    (tree, more)
        .prop_map(|(tree, more)| {
            let mut all: Vec<(usize, usize)> = tree;
            for way in more {
                if way.0 != way.1 && !all.contains(&way) {
                    all.push(way);
                }
            }
            all
        })
        .prop_shuffle()
}

fn itwin_json() -> impl Strategy<Value = Value> {
    let properties = || prop::option::of(prop::collection::btree_set("[a-z]{1,6}(\\.id)?", 0..4));
    names(7).prop_flat_map(move |names| {
        let count = names.len();
        let state = (prop::option::of("#[0-9a-f]{6}"), properties(), 0..3usize);
        let states = prop::collection::vec(state, count);
        let starts = prop::sample::subsequence((1..count).collect::<Vec<_>>(), 0..count).prop_shuffle();
        let begun = prop::collection::vec((any::<prop::sample::Index>(), 0..3usize, 0..3usize), 0..4);
        let worded = prop::collection::vec((0..3usize, 0..3usize), count * 3);
        let kinds = (Just(names), states, ways(count), starts, begun);
        (kinds, worded, prop::option::of(properties()), "[A-Za-z0-9_-]{1,43}", prop::sample::select(&["Other", "RFI", "Field Data"][..]))
            .prop_map(|((names, states, ways, starts, begun), worded, before, id, kind)| {
                const NOTES: [&str; 3] = ["None", "Optional", "Required"];
                const KINDS: [&str; 3] = ["Open", "Closed", "Draft"];
                let states: Vec<Value> = states.iter().zip(&names).map(|((color, editable, kind), name)| {
                    json!({"name": name, "color": color, "editableProperties": editable, "stateCategory": KINDS[*kind]})
                }).collect();
                // A name that says where the transition leads cannot be ambiguous.
                let said = |to: usize, word: usize| match word {
                    0 => names[to].clone(),
                    word => format!("To {to}, {word}"),
                };
                let transitions: Vec<Value> = ways.iter().zip(&worded).map(|((from, to), (word, notes))| {
                    json!({"displayName": said(*to, *word), "start": names[*from], "end": names[*to], "notes": NOTES[*notes]})
                }).collect();
                let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
                let mut seen = BTreeSet::new();
                let mut beginnings: Vec<Value> = begun.iter().filter_map(|(start, word, notes)| {
                    let to = *start.get(&starts);
                    seen.insert((to, *word)).then_some((to, word, notes))
                }).map(|(to, word, notes)| {
                    json!({"displayName": said(to, *word), "end": names[to], "notes": NOTES[*notes]})
                }).collect();
                // A state that begins under its own name cannot also be named before another.
                if beginnings.iter().any(|b| b["displayName"] == b["end"]) {
                    beginnings.sort_by_key(|b| starts.iter().position(|s| b["end"] == names[*s].as_str()));
                }
                let beginnings = if beginnings.is_empty() { Value::Null } else { Value::from(beginnings) };
                let starts: Vec<&String> = starts.iter().map(|s| &names[*s]).collect();
                json!({"workflow": {
                    "id": id, "startStates": starts, "type": kind, "states": states, "transitions": transitions,
                    "startingTransitions": beginnings,
                    "uninitializedState": before.map(|editable| json!({"editableProperties": editable})),
                }})
            })
    })
}

fn incident_iq_json() -> impl Strategy<Value = Value> {
    names(8).prop_flat_map(|names| {
        let count = names.len();
        let kinds = prop::collection::vec((0..3usize, any::<u128>()), count);
        let next = prop::collection::vec(prop::sample::subsequence((0..count).collect::<Vec<_>>(), 0..=count).prop_shuffle(), count);
        (Just(names), kinds, next).prop_map(|(names, kinds, next)| {
            const KINDS: [&str; 3] = ["Open", "Waiting", "Closed"];
            let id = |at: usize| uuid::Uuid::from_u128(kinds[at].1 ^ at as u128).to_string();
            let step = |at: usize| {
                let next: Vec<String> = next[at].iter().filter(|to| **to != at).map(|to| id(*to)).collect();
                json!({"StepId": id(at), "Name": names[at], "StatusType": KINDS[kinds[at].0], "AllowedTransitions": next})
            };
            json!({"Items": (0..names.len()).map(step).collect::<Vec<_>>()})
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn itwin_is_kept(json in itwin_json()) {
        is_kept(input(&itwin::TARGET, "workflow"), &json);
    }

    #[test]
    fn incident_iq_is_kept(json in incident_iq_json()) {
        is_kept(input(&incident_iq::TARGET, "steps"), &json);
    }
}

//! Import and build are each other's inverse.

mod lists;
mod losses;
mod texts;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::targets::{actitime, incident_iq, itwin, transactionlink, xurrent};

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

/// What is built from what is imported, in both syntaxes; nothing may be reported but `allowed`.
fn rebuilt(input: Input, json: &Value, allowed: &[&str]) -> [Value; 2] {
    [Syntax::Yaml, Syntax::Toml].map(|syntax| {
        let imported = imported(input, &json.to_string(), syntax);
        let [file] = imported.files.as_slice() else {
            panic!("{json:#}\n{:#?}", imported.diagnostics)
        };
        for diagnostic in &imported.diagnostics {
            assert!(
                allowed.contains(&diagnostic.code.name),
                "{}\n{diagnostic:#?}",
                file.text
            );
        }
        let output = input.output().expect("it is built, too");
        let compilation = compiled_again(&file.text, syntax);
        let Some(checked) = compilation.checked() else {
            panic!("{}\n{:#?}", file.text, compilation.diagnostics)
        };
        output
            .document
            .of_one(checked, &mut Diagnostics::new())
            .expect("a document")
    })
}

fn is_kept(input: Input, json: &Value) {
    for built in rebuilt(input, json, &[]) {
        assert_eq!(built, kept(input, json));
    }
}

/// What a file says of an answer: of the records that one of Xurrent's refers to, their ids.
fn kept(input: Input, json: &Value) -> Value {
    const REFERENCES: &[&str] = &["manager", "project", "release", "service", "template"];
    let mut kept = json.clone();
    if input.target.name != "xurrent" || input.import.is_sent {
        return kept;
    }
    let records = match &mut kept {
        Value::Array(records) => records.as_mut_slice(),
        one => std::slice::from_mut(one),
    };
    for record in records {
        for name in REFERENCES {
            if let Some(reference) = record.get_mut(*name).and_then(Value::as_object_mut) {
                reference.retain(|field, _| field == "id");
            }
        }
    }
    kept
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

fn actitime_json() -> impl Strategy<Value = Value> {
    names(8).prop_flat_map(|names| {
        let count = names.len();
        let ids = prop::collection::btree_set(1..10_000u32, count).prop_map(|ids| ids.into_iter().collect::<Vec<_>>());
        let kinds = prop::collection::vec((any::<bool>(), any::<bool>()), count);
        (Just(names), ids.prop_shuffle(), kinds).prop_map(|(names, ids, kinds)| {
            let status = |at: usize| {
                let kind = if kinds[at].0 { "open" } else { "completed" };
                match kinds[at].1 {
                    true => json!({"id": ids[at], "name": names[at], "type": kind}),
                    false => json!({"name": names[at], "type": kind}),
                }
            };
            json!({"offset": 0, "limit": 1000, "items": (0..names.len()).map(status).collect::<Vec<_>>()})
        })
    })
}

fn reference() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(ODD_NAMES);
    (1..1_000_000u32, prop::option::of(name), any::<bool>()).prop_map(|(id, name, deep)| {
        match (name, deep) {
            (None, _) => json!({"id": id}),
            (Some(name), false) => json!({"id": id, "name": name}),
            (Some(name), true) => {
                json!({"id": id, "name": name, "account": {"id": "widget", "name": name}})
            }
        }
    })
}

fn xurrent_json() -> impl Strategy<Value = Value> {
    use prop::sample::select;
    let text = || {
        prop_oneof![
            prop::sample::select(ODD_NAMES).prop_map(str::to_owned),
            "[ -~\n]{1,20}[a-z]"
        ]
    };
    let words = (
        select(&["standard", "non_standard", "emergency"][..]),
        select(&["compliance", "expansion", "move"][..]),
        select(&["registered", "approval", "completed"][..]),
        select(&["infrastructure_change", "application_change"][..]),
    );
    let optional =
        |json: BoxedStrategy<Value>| prop::option::of(json).prop_map(|v| v.unwrap_or(Value::Null));
    let references = (
        reference(),
        optional(reference().boxed()),
        reference(),
        optional(reference().boxed()),
    );
    let texts = (
        text(),
        optional("[a-z]{1,30}".prop_map(Value::from).boxed()),
    );
    let custom = optional(
        Just(json!([{"id": "floor", "value": 3}, {"id": "on", "value": ["no", "1:30", 1.5]}]))
            .boxed(),
    );
    let start = optional(Just(json!("2016-03-14T09:14:13Z")).boxed());
    (words, references, texts, custom, start).prop_map(|(words, references, (subject, source), custom, start)| {
        let (category, justification, status, workflow_type) = words;
        let (service, manager, template, project) = references;
        let reason = if status == "completed" { json!("complete") } else { Value::Null };
        json!({
            "completion_reason": reason, "completed_at": null, "created_at": null, "category": category,
            "sourceID": source, "updated_at": null, "release": null, "project": project, "service": service,
            "manager": manager, "subject": subject, "start_at": start, "id": null, "justification": justification,
            "impact": "none", "status": status, "source": source, "workflow_type": workflow_type,
            "completion_target_at": null, "template": template, "custom_fields": custom,
        })
    })
}

fn parameters_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9f64).prop_map(Value::from),
        prop::sample::select(ODD_NAMES).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(ODD_NAMES), inner), 0..4).prop_map(|all| {
                all.into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect()
            }),
        ]
    });
    let map = prop::collection::btree_map("[a-zA-Z0-9 .]{1,6}", value, 0..5);
    map.prop_map(|map| {
        let parameters: serde_json::Map<String, Value> = map.into_iter().collect();
        json!({"workflowDefinitionId": "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c", "parameters": parameters})
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn actitime_is_kept(json in actitime_json()) {
        is_kept(input(&actitime::TARGET, "statuses"), &json);
    }

    #[test]
    fn xurrent_is_kept(json in xurrent_json()) {
        is_kept(input(&xurrent::TARGET, "workflow"), &json);
    }

    #[test]
    fn transactionlink_is_kept(json in parameters_json()) {
        is_kept(input(&transactionlink::TARGET, "parameters"), &json);
    }
}

/// The examples of the vendors' own pages, or bodies as they describe them.
fn pages() -> Vec<(Input, Value)> {
    let id = "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c";
    let editable = [
        "assignee.id",
        "assignee.displayName",
        "assignees",
        "description",
        "dueDate",
        "subject",
    ];
    vec![
        (
            input(&itwin::TARGET, "workflow"),
            json!({"workflow": {
                "id": "e5Ue5Ue5U02hNz19awLcRh3pqLoNXpZDuR123456789",
                "startStates": ["Open", "Closed"],
                "type": "Other",
                "states": [
                    {"name": "Open", "color": "#ff0000", "editableProperties": editable, "stateCategory": "Open"},
                    {"name": "Closed", "color": "#274e13", "editableProperties": [], "stateCategory": "Closed"}
                ],
                "transitions": [
                    {"displayName": "Close", "start": "Open", "end": "Closed", "notes": "None"},
                    {"displayName": "Reopen", "start": "Closed", "end": "Open", "notes": "None"}
                ],
                "startingTransitions": [
                    {"displayName": "Create as Open", "end": "Open", "notes": "None"},
                    {"displayName": "Create as Closed", "end": "Closed", "notes": "None"}
                ],
                "uninitializedState": {"editableProperties": editable}
            }}),
        ),
        (
            input(&actitime::TARGET, "statuses"),
            json!({"offset": 0, "limit": 1000, "items": [
                {"id": 7, "name": "Done Well", "type": "completed"},
                {"id": 4, "name": "In Progress", "type": "open"},
                {"id": 2, "name": "Just Done", "type": "completed"}
            ]}),
        ),
        (
            input(&actitime::TARGET, "create"),
            json!([{"name": "new status", "type": "completed"}]),
        ),
        (
            input(&transactionlink::TARGET, "run"),
            json!({
                "caseId": id, "workflowDefinitionId": id, "parametersId": "4b6ffcb6-ab6d-44b9-b5ab-4b5147b0b302"
            }),
        ),
        (
            input(&transactionlink::TARGET, "case"),
            json!({"firstName": "Ada", "companyNumber": "0042"}),
        ),
        (
            input(&transactionlink::TARGET, "parameters"),
            json!({"workflowDefinitionId": id,
            "parameters": {"param0": 0, "param1": 1.2222, "param2": true, "param3": "text"}}),
        ),
        (
            input(&xurrent::TARGET, "create"),
            json!({"subject": "Install new rack", "category": "standard",
            "justification": "expansion", "workflow_type": "infrastructure_change", "manager": {"id": 77, "name": "Carla Cluster"},
            "service": {"id": 26}, "template": {"id": 37}, "note": "Why:\n\n- more room\n"}),
        ),
        (
            input(&xurrent::TARGET, "create"),
            json!({"subject": "Install new rack", "category": "standard", "status": "registered",
            "justification": "expansion", "workflow_type": "infrastructure_change", "manager_id": 77, "service_id": 26, "template_id": 37}),
        ),
        (
            input(&xurrent::TARGET, "update"),
            json!({"status": "completed", "completion_reason": "complete"}),
        ),
    ]
}

#[test]
fn the_examples_of_the_pages_are_kept() {
    for (input, json) in pages().into_iter().chain(lists::pages()) {
        is_kept(input, &json);
    }
}

/// The record of the page has what only the product sets; the rest is kept.
#[test]
fn the_record_of_the_page_is_kept_but_for_what_the_product_sets() {
    let page = json!({
        "completion_reason": "complete", "completed_at": "2016-03-14T03:14:13-06:00", "created_at": "2009-02-03T03:08:00-06:00",
        "category": "standard", "sourceID": null, "updated_at": "2016-03-14T03:14:13-06:00", "release": null, "project": null,
        "service": {"name": "Rack Space", "id": 26, "provider": {"name": "Widget Data Center, External IT", "id": 44}},
        "manager": {"id": 77, "name": "Carla Cluster", "account": {"id": "widget", "name": "Widget International"}},
        "subject": "Install new rack", "start_at": "2016-03-14T09:14:13Z", "id": 238, "justification": "expansion", "impact": "none",
        "status": "completed", "source": "4me", "workflow_type": "infrastructure_change", "completion_target_at": null,
        "template": {"id": 37, "subject": "Non-standard infrastructure change"}, "custom_fields": null
    });
    let input = input(&xurrent::TARGET, "workflow");
    let mut kept = kept(input, &page);
    for field in ["completed_at", "created_at", "updated_at"] {
        kept[field] = Value::Null;
    }
    for built in rebuilt(input, &page, &[]) {
        assert_eq!(built, kept);
    }
}

#[test]
fn json_cut_off_anywhere_is_reported_and_writes_nothing() {
    for (input, json) in pages().into_iter().chain(lists::pages()) {
        let text = serde_json::to_string_pretty(&json).expect("JSON");
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let imported = imported(input, &text[..end], Syntax::Yaml);
            assert!(imported.files.is_empty(), "{}", &text[..end]);
            assert_eq!(
                imported.diagnostics[0].code.name,
                "invalid-json",
                "{}",
                &text[..end]
            );
        }
    }
}

/// Anything in the place of anything: a file, or an error and its place; never silence.
#[test]
fn any_value_may_be_of_another_kind_or_missing() {
    fn places(json: &Value, path: &str, found: &mut Vec<String>) {
        found.push(path.to_owned());
        match json {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .for_each(|(at, item)| places(item, &format!("{path}/{at}"), found)),
            Value::Object(map) => map
                .iter()
                .for_each(|(key, value)| places(value, &format!("{path}/{key}"), found)),
            _ => {}
        }
    }
    for (input, json) in pages().into_iter().chain(lists::pages()) {
        let mut found = Vec::new();
        places(&json, "", &mut found);
        for path in found {
            for other in [
                Value::Null,
                json!(true),
                json!(-1),
                json!(1.5),
                json!(""),
                json!("x"),
                json!([]),
                json!([[]]),
                json!({}),
                json!({"x": 1}),
            ] {
                let mut changed = json.clone();
                *changed.pointer_mut(&path).expect("a place") = other;
                let text = changed.to_string();
                let imported = imported(input, &text, Syntax::Yaml);
                let errors = imported
                    .diagnostics
                    .iter()
                    .any(|d| d.severity == Severity::Error);
                assert_eq!(
                    imported.files.is_empty(),
                    errors,
                    "{text}\n{:#?}",
                    imported.diagnostics
                );
                for label in imported.diagnostics.iter().flat_map(|d| &d.labels) {
                    assert!(text.get(label.span.range()).is_some(), "{text}");
                }
            }
        }
    }
}

//! No import loses anything without a word: whatever is changed in a product's JSON, it comes back
//! as it is, or something is told.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Number};

use super::*;
use crate::targets::gathering::Holds;
use crate::targets::jira;

/// Numbers that `serde_json` cannot hold stand in a tree as text that begins so.
const NUMBER: &str = "number:";

fn text_of(json: &Value) -> String {
    let text = json.to_string();
    let mark = format!("\"{NUMBER}");
    let mut parts = text.split(&mark);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('"').expect("a closing quote");
        whole.push_str(number);
        whole.push_str(rest);
    }
    whole
}

/// Documents that are imported without a word, small and with something of everything.
fn documents() -> Vec<(Input, Value)> {
    let id = |last: u32| format!("3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f{last:02}");
    let step = |at: u32, name: &str, kind: &str, next: &[u32]| {
        let next: Vec<String> = next.iter().map(|at| id(*at)).collect();
        json!({"StepId": id(at), "Name": name, "StatusType": kind, "AllowedTransitions": next})
    };
    let steps = || {
        json!([
            step(1, "New", "Open", &[2, 3]),
            step(2, "Waiting", "Waiting", &[1, 3]),
            step(3, "Closed", "Closed", &[])
        ])
    };
    let mut all = super::pages();
    all.extend(super::lists::pages());
    all.extend([
        (
            input(&incident_iq::TARGET, "steps"),
            json!({"Items": steps()}),
        ),
        (
            input(&incident_iq::TARGET, "workflows"),
            json!({"Items": [
                {"WorkflowId": id(50), "Name": "Repair", "InitialStepId": id(1), "Steps": steps()},
                {"WorkflowId": id(51), "Name": "Loan", "InitialStepId": id(60), "Steps": [
                    step(60, "Out", "Open", &[61]), step(61, "Back", "Closed", &[])]}
            ]}),
        ),
        (
            input(&xurrent::TARGET, "workflow"),
            json!({
                "completion_reason": null, "completed_at": null, "created_at": "2009-02-03T03:08:00-06:00",
                "category": "standard", "sourceID": "7", "release": null, "project": {"id": 9},
                "service": {"name": "Rack Space", "id": 26, "provider": {"name": "Widget", "id": 44}},
                "manager": {"id": 77, "name": "Carla Cluster"}, "subject": "Install new rack",
                "start_at": "2016-03-14T09:14:13Z", "id": 238, "justification": "expansion", "impact": "none",
                "status": "registered", "source": "4me", "workflow_type": "infrastructure_change",
                "template": {"id": 37, "subject": "Change"}, "note": "more\nroom",
                "custom_fields": [{"id": "floor", "value": 3}, {"id": "on", "value": ["no", 1.5, null]}]
            }),
        ),
        (
            input(&xurrent::TARGET, "workflows"),
            json!([
                {"category": "standard", "service": {"id": 26}, "manager": {"id": 77}, "subject": "New rack", "id": 1,
                 "impact": "none", "status": "registered", "note": "a", "custom_fields": [{"id": "b", "value": 1}]},
                {"category": "emergency", "service": {"id": 27}, "manager": null, "subject": "New rack", "id": 2,
                 "impact": "none", "status": "completed", "completion_reason": "complete"}
            ]),
        ),
        (
            input(&xurrent::TARGET, "update"),
            json!({"note": "a", "manager_id": 7, "custom_fields": [{"id": "b", "value": {"c": [1, 2.5]}}]}),
        ),
        (
            input(&transactionlink::TARGET, "parameters"),
            json!({"workflowDefinitionId": id(1), "parameters": {
                "list": [1, 2, "3", null, {"a": [], "b": {}}], "none": null, "text": "", "big": 9007199254740993_u64}}),
        ),
        (
            input(&transactionlink::TARGET, "case"),
            json!({"firstName": "Ada", "lastName": "", "email": "ada@example.org"}),
        ),
        (input(&jira::TARGET, "workflows"), jira_answer(false)),
        (input(&jira::TARGET, "workflows"), jira_answer(true)),
        (input(&jira::TARGET, "create"), jira_body()),
    ]);
    all
}

/// Two workflows that share a status, in either of the two generations of Jira's words.
fn jira_answer(is_older: bool) -> Value {
    let scope = json!({"type": "GLOBAL"});
    let status = |id: &str, name: &str, category: &str| {
        json!({"description": "", "id": id, "name": name, "scope": scope,
            "statusCategory": category, "statusReference": id, "usages": []})
    };
    let used = |id: &str| json!({"deprecated": false, "properties": {}, "statusReference": id});
    let transition = |id: &str, name: &str, kind: &str, from: &[&str], to: &str| {
        let mut transition = json!({"actions": [], "id": id, "name": name, "properties": {},
            "triggers": [], "type": kind, "validators": []});
        let links =
            |name: &str| -> Vec<Value> { from.iter().map(|id| json!({name: id})).collect() };
        match is_older {
            true => {
                transition["from"] = Value::from(links("statusReference"));
                transition["to"] = json!({"statusReference": to});
            }
            false => {
                transition["links"] = Value::from(links("fromStatusReference"));
                transition["toStatusReference"] = json!(to);
            }
        }
        transition
    };
    let mut locked = used("2");
    locked["properties"] = json!({"jira.issue.editable": "false"});
    json!({
        "statuses": [status("1", "To Do", "TODO"), status("2", "Done", "DONE"), status("3", "Doing", "IN_PROGRESS")],
        "workflows": [
            {
                "description": "All", "id": "a", "isEditable": true, "name": "One", "scope": scope,
                "statuses": [used("1"), used("3"), locked], "usages": [], "version": {"id": "b", "versionNumber": 0},
                "transitions": [
                    transition("21", "Close", "DIRECTED", &["1", "3"], "2"),
                    transition("11", "Start", "GLOBAL", &[], "3"),
                    transition("1", "Create", "INITIAL", &[], "1")
                ]
            },
            {
                "description": "", "name": "Two", "scope": scope, "statuses": [used("1"), used("2")],
                "transitions": [
                    transition("1", "New", "INITIAL", &[], "1"), transition("11", "Done", "DIRECTED", &["1"], "2"),
                    transition("21", "Back", "DIRECTED", &["2"], "1")
                ]
            }
        ]
    })
}

fn jira_body() -> Value {
    let mut body = jira_answer(false);
    body["scope"] = json!({"type": "PROJECT", "project": {"id": "10000"}});
    for list in ["statuses", "workflows"] {
        for item in body[list].as_array_mut().expect("a list") {
            let fields = item.as_object_mut().expect("an object");
            fields.remove("scope");
            fields.remove("usages");
        }
    }
    body
}

/// What is built of the files, once more and by nothing that the import itself compares with.
fn built(input: Input, files: &[File]) -> Value {
    let output = input.output().expect("it is built, too");
    let compilations: Vec<Compilation> = files
        .iter()
        .map(|file| compiled_again(&file.text, Syntax::Yaml))
        .collect();
    let checked: Vec<&Checked> = compilations.iter().filter_map(|c| c.checked()).collect();
    assert_eq!(checked.len(), files.len(), "{files:#?}");
    let mut out = Diagnostics::new();
    match (input.import.rebuilt, input.import.members) {
        (Some(rebuilt), Some(_)) => checked
            .iter()
            .filter_map(|one| rebuilt(&[one], &mut out))
            .collect(),
        (Some(rebuilt), None) => rebuilt(&checked, &mut out).expect("a document"),
        // Together they may contradict each other, which is for a check to say.
        (None, Some("")) => {
            let alone = checked.iter().map(|one| {
                let built = output.document.of_one(one, &mut out);
                built.expect("a document")
            });
            alone.collect()
        }
        (None, Some(list)) => {
            let alone = checked.iter().map(|one| {
                let built = output.document.of_one(one, &mut out).expect("a document");
                built[list][0].clone()
            });
            json!({list: alone.collect::<Vec<_>>()})
        }
        (None, None) => output
            .document
            .of_all(&checked, &mut out)
            .expect("a document"),
    }
}

/// JSON without what says nothing, and without what only the product sets; lists without an order
/// are put in one.
struct Plain(&'static Import);

impl Plain {
    fn value(&self, json: &Value, path: &str) -> Value {
        match json {
            Value::String(text) => match text.strip_prefix(NUMBER) {
                Some(number) => Value::from(format!("#{number}")),
                None => Value::from(format!("\"{text}")),
            },
            Value::Number(number) => Value::from(number_of(number)),
            Value::Array(items) => {
                let inner = format!("{path}[]");
                let mut items: Vec<Value> = items.iter().map(|i| self.value(i, &inner)).collect();
                let lists = self.0.lists;
                if lists.iter().any(|l| l.path == path && !l.is_ordered) {
                    items.sort_by_key(|item| without_empty(item).to_string());
                }
                Value::from(items)
            }
            Value::Object(map) => self.object(map, path),
            other => other.clone(),
        }
    }

    fn object(&self, map: &Map<String, Value>, path: &str) -> Value {
        let mut fields = BTreeMap::new();
        for (key, value) in map {
            let path = match path.is_empty() {
                true => key.clone(),
                false => format!("{path}.{key}"),
            };
            let is_set = self.0.is_set_by_product(&path);
            let is_nothing = match value {
                _ if self.0.is_sent => false,
                Value::Null => true,
                Value::String(text) => text.is_empty(),
                Value::Array(items) => items.is_empty(),
                Value::Object(map) => map.iter().all(is_empty_or_usual),
                _ => false,
            };
            if !is_set && !is_nothing && !is_usual(key, value) {
                fields.insert(key.clone(), self.value(value, &path));
            }
        }
        if path == "workflows[].transitions[]" {
            // An empty description of a transition says what none says, and none is sent.
            fields.retain(|key, value| key != "description" || !(value == "\"" || is_empty(value)));
            newer_words(&mut fields);
            // Of a transition out of no status, a link says where its line is drawn.
            if fields.get("type") != Some(&json!("\"DIRECTED"))
                && let Some(Value::Array(links)) = fields.get_mut("links")
            {
                links.retain(|link| !is_empty(link));
                if links.is_empty() {
                    fields.remove("links");
                }
            }
        }
        fields.into_iter().collect()
    }

    fn whole(&self, json: &Value) -> Value {
        let formed = self.0.holds.as_ref().and_then(|holds| formed(holds, json));
        let json = formed.as_ref().unwrap_or(json);
        match self.0.members {
            Some("") => {
                let items = json.as_array().map(Vec::as_slice).unwrap_or_default();
                items.iter().map(|item| self.value(item, "")).collect()
            }
            Some(list) => {
                let items = json[list].as_array().map(Vec::as_slice).unwrap_or_default();
                let items = items.iter().map(|item| self.value(item, ""));
                json!({list: items.collect::<Vec<_>>()})
            }
            None => self.value(json, ""),
        }
    }
}

/// One body, a list of bodies, and pages of a list, all as one list; `None` for what is none of these.
fn formed(holds: &Holds, json: &Value) -> Option<Value> {
    let items = items_in(holds, json)?;
    Some(match holds.list {
        "" => Value::from(items),
        list => {
            let page = json
                .as_array()
                .and_then(|all| all.iter().find(|p| p[list].is_array()));
            let mut whole = page.unwrap_or(json).clone();
            if !whole[list].is_array() {
                whole = json!({});
            }
            whole[list] = Value::from(items);
            whole
        }
    })
}

fn items_in(holds: &Holds, json: &Value) -> Option<Vec<Value>> {
    let alone = json.get(holds.alone);
    let list = match holds.list {
        "" => json.as_array(),
        list => json.get(list).and_then(Value::as_array),
    };
    let is_item = || holds.item.iter().any(|name| json.get(name).is_some());
    match (json, list, alone) {
        (Value::Object(_), Some(list), _) => Some(list.clone()),
        (Value::Object(_), None, Some(alone)) => Some(vec![alone.clone()]),
        (Value::Object(_), ..) if json.get(holds.list).is_none() && is_item() => {
            Some(vec![json.clone()])
        }
        (Value::Array(parts), ..) => {
            let is_page = |part: &Value| match holds.list {
                "" => part.is_array(),
                list => {
                    part.get(list).is_some_and(Value::is_array) || part.get(holds.alone).is_some()
                }
            };
            let any = parts.iter().any(is_page);
            let items = parts
                .iter()
                .map(|part| match is_page(part) || (any && part.is_object()) {
                    true => items_in(holds, part),
                    false => Some(vec![part.clone()]),
                });
            Some(items.collect::<Option<Vec<_>>>()?.concat())
        }
        _ => None,
    }
}

/// What a status has that nothing is said of.
fn is_usual(key: &str, value: &Value) -> bool {
    key == "jira.issue.editable" && value == "true"
}

fn is_empty_or_usual((key, value): (&String, &Value)) -> bool {
    value.is_null() || is_usual(key, value)
}

fn number_of(number: &Number) -> String {
    let text = number.to_string();
    format!("#{}", text.strip_suffix(".0").unwrap_or(&text))
}

fn newer_words(fields: &mut BTreeMap<String, Value>) {
    let reference = |end: &Value| end.get("statusReference").cloned();
    if let Some(from) = fields.remove("from") {
        let items = from.as_array().map(Vec::as_slice).unwrap_or_default();
        let link = |item: &Value| Some(json!({"fromStatusReference": reference(item)?}));
        let mut links: Vec<Value> = items.iter().filter_map(link).collect();
        links.sort_by_key(Value::to_string);
        fields.entry("links".to_owned()).or_insert(links.into());
    }
    let end = fields.get("to").and_then(reference);
    if let Some(end) = end {
        fields.remove("to");
        fields.entry("toStatusReference".to_owned()).or_insert(end);
    }
}

/// Where something stands, as JSON pointers.
fn places(json: &Value) -> Vec<String> {
    fn walk(json: &Value, path: String, found: &mut Vec<String>) {
        found.push(path.clone());
        match json {
            Value::Array(items) => (0..)
                .zip(items)
                .for_each(|(at, item): (u32, _)| walk(item, format!("{path}/{at}"), found)),
            Value::Object(map) => map.iter().for_each(|(key, value)| {
                walk(value, format!("{path}/{key}"), found);
            }),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(json, String::new(), &mut found);
    found
}

fn odd_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(2),
        json!(1000),
        json!(1.5),
        json!(format!("{NUMBER}12345678901234567890")),
        json!(format!("{NUMBER}99999999999999999999999")),
        json!(format!("{NUMBER}0.12345678901234567890")),
        json!(format!("{NUMBER}1e+25")),
        json!(""),
        json!(" "),
        json!("x"),
        json!("*"),
        json!("true"),
        json!("7"),
        json!("007"),
        json!("18446744073709551616"),
        json!("2016-03-14"),
        json!("#1f77b4"),
        json!("3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f99"),
        json!("a \u{200b}b"),
        json!("line\nbreak"),
        json!([]),
        json!([null]),
        json!([1]),
        json!(["x"]),
        json!([[]]),
        json!([{}]),
        json!({}),
        json!({"x": 1}),
        json!({"id": 5}),
        json!({"x": null}),
    ]
}

/// What is done to one place.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Replace,
    Remove,
    /// Another name for a field; another case of one letter.
    Rename,
    /// One more field or item.
    Add,
    /// An item or a field twice, the second one under another name.
    Repeat,
    /// It and another place of the document change places.
    Swap,
}

const DEEDS: &[Deed] = &[
    Deed::Replace,
    Deed::Replace,
    Deed::Remove,
    Deed::Rename,
    Deed::Add,
    Deed::Repeat,
    Deed::Swap,
];

/// A document, and numbers that choose what is done to it.
type Change = (usize, usize, usize, usize, usize);

fn changed(json: &Value, (_, place, deed, value, other): Change) -> (Value, Deed) {
    let places = places(json);
    let place = &places[place % places.len()];
    let other = &places[other % places.len()];
    let odd = odd_values();
    let there = json.pointer(other).cloned().unwrap_or_default();
    // Half of the values are such as the document has elsewhere.
    let new = match value % 2 {
        0 => odd[value / 2 % odd.len()].clone(),
        _ => there.clone(),
    };
    let deed = match place.is_empty() {
        true => Deed::Replace,
        false => DEEDS[deed % DEEDS.len()],
    };
    let mut changed = json.clone();
    let (parent, key) = place.rsplit_once('/').unwrap_or(("", ""));
    let name = other.rsplit('/').next().unwrap_or("x").to_owned();
    match (deed, changed.pointer_mut(parent)) {
        (Deed::Remove, Some(Value::Object(map))) => {
            map.remove(key);
        }
        (Deed::Remove, Some(Value::Array(items))) => {
            items.remove(key.parse().expect("a number"));
        }
        (Deed::Rename, Some(Value::Object(map))) => {
            if let Some(value) = map.remove(key) {
                let name = match value.is_null() || other.len().is_multiple_of(2) {
                    true => format!("{key}s"),
                    false => key.to_uppercase(),
                };
                map.insert(name, value);
            }
        }
        (Deed::Add, _) => match changed.pointer_mut(place) {
            Some(Value::Object(map)) => {
                map.entry(name).or_insert(new);
            }
            Some(Value::Array(items)) => items.insert(value % (items.len() + 1), new),
            _ => {}
        },
        (Deed::Repeat, Some(Value::Object(map))) => {
            let value = map.get(key).cloned().unwrap_or_default();
            map.entry(name).or_insert(value);
        }
        (Deed::Repeat, Some(Value::Array(items))) => {
            let item = items[key.parse::<usize>().expect("a number")].clone();
            items.push(item);
        }
        (Deed::Swap, _) if !place.starts_with(other) && !other.starts_with(place) => {
            let here = json.pointer(place).cloned().unwrap_or_default();
            *changed.pointer_mut(place).expect("a place") = there;
            *changed.pointer_mut(other).expect("a place") = here;
        }
        _ => *changed.pointer_mut(place).expect("a place") = new,
    }
    (changed, deed)
}

/// What is lost without a word, if anything is.
/// The same without the empty lists and objects in it.
fn without_empty(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let fields = map.iter().filter(|(_, value)| !is_empty(value));
            let fields = fields.map(|(key, value)| (key.clone(), without_empty(value)));
            fields.collect()
        }
        Value::Array(items) => items.iter().map(without_empty).collect(),
        other => other.clone(),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Takes out of what is built the empty lists and objects of fields that the JSON does not have:
/// these are the same.
fn drop_added(json: &Value, built: &mut Value) {
    match (json, built) {
        (Value::Object(json), Value::Object(built)) => {
            built.retain(|key, value| json.contains_key(key) || !is_empty(value));
            for (key, value) in built {
                if let Some(json) = json.get(key) {
                    drop_added(json, value);
                }
            }
        }
        (Value::Array(json), Value::Array(built)) => {
            json.iter().zip(built).for_each(|(j, b)| drop_added(j, b));
        }
        _ => {}
    }
}

fn lost(input: Input, json: &Value) -> Option<String> {
    let text = text_of(json);
    let found = imported(input, &text, Syntax::Yaml);
    if !found.diagnostics.is_empty() {
        return None;
    }
    let plain = Plain(input.import);
    let mut json = json.clone();
    if input.target == &jira::TARGET && input.import.is_sent {
        // What a request calls its statuses means nothing outside of it.
        jira::called_by_name(&mut json);
    }
    if input.target == &incident_iq::TARGET {
        called_by_id(&mut json);
    }
    let of_json = plain.whole(&json);
    let mut of_files = match found.files.is_empty() {
        true => Value::Null,
        false => plain.whole(&built(input, &found.files)),
    };
    drop_added(&of_json, &mut of_files);
    let name = format!("{}:{}", input.target.name, input.import.document);
    let lost = || format!("{name} is silent of\n{text}\n{of_json}\n{of_files}");
    (of_files != of_json).then(lost)
}

/// Of a step that another speaks of by its name, its id: a move may name the step either way.
fn called_by_id(json: &mut Value) {
    if let Value::Array(pages) = json {
        pages.iter_mut().for_each(called_by_id);
    }
    for name in ["Items", "Item", "Steps"] {
        if let Some(items) = json.get_mut(name) {
            called_by_id(items);
        }
    }
    let Value::Array(steps) = json else { return };
    let mut ids = BTreeMap::new();
    for step in steps.iter() {
        if let (Some(Value::String(name)), Some(id)) = (step.get("Name"), step.get("StepId")) {
            ids.insert(name.clone(), id.clone());
        }
    }
    // What is an id is one, whatever else is called so.
    let is_id = |name: &str| {
        let mut all = steps.iter().filter_map(|step| step.get("StepId"));
        all.any(|id| id.as_str() == Some(name))
    };
    ids.retain(|name, _| !is_id(name));
    for step in steps {
        let next = step.get_mut("AllowedTransitions");
        for next in next.and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(id) = next.as_str().and_then(|name| ids.get(name)) {
                *next = id.clone();
            }
        }
    }
}

static DOCUMENTS: LazyLock<Vec<(Input, Value)>> = LazyLock::new(documents);

#[test]
fn the_documents_themselves_are_kept_without_a_word() {
    for (input, json) in DOCUMENTS.iter() {
        let found = imported(*input, &text_of(json), Syntax::Yaml);
        let told: Vec<&str> = found
            .diagnostics
            .iter()
            .map(|d| d.message.as_str())
            .collect();
        assert_eq!(told, Vec::<&str>::new(), "{json:#}");
        assert_eq!(lost(*input, json), None);
    }
}

proptest! {
    // `PROPTEST_CASES=100000` tries as many.
    #[test]
    fn nothing_that_is_changed_is_lost_without_a_word(change in any::<Change>()) {
        let (input, json) = &DOCUMENTS[change.0 % DOCUMENTS.len()];
        let (changed, deed) = changed(json, change);
        let lost = lost(*input, &changed);
        prop_assert!(lost.is_none(), "{deed:?}: {}", lost.unwrap_or_default());
    }
}

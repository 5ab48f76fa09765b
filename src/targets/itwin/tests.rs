//! iTwin: the page's example in and out, and the page's schemas.

use serde_json::{Value, json};

use super::*;
use crate::targets::testing::{assert_valid, build, check_together};

/// The page's example, as a workflow file.
const PAGE: &str = "
workflow: other
start:
  - { to: Open, name: Create as Open }
  - { to: Closed, name: Create as Closed }
new-ticket:
  editable: [assignee.id, assignee.displayName, assignees, description, dueDate, subject]
states:
  Open:
    color: \"#ff0000\"
    editable: [assignee.id, assignee.displayName, assignees, description, dueDate, subject]
    category: open
  Closed:
    color: \"#274e13\"
    editable: []
    category: closed
transitions:
  - { name: Close, from: Open, to: Closed }
  - { name: Reopen, from: Closed, to: Open }
targets:
  itwin:
    id: e5Ue5Ue5U02hNz19awLcRh3pqLoNXpZDuR123456789
    type: Other
";

fn page_json() -> Value {
    let editable = json!([
        "assignee.id",
        "assignee.displayName",
        "assignees",
        "description",
        "dueDate",
        "subject"
    ]);
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
    }})
}

/// The page's schemas without their prose, in draft 2020-12: `nullable` is a second type there.
fn page_schema() -> Value {
    let notes = json!({"type": "string", "enum": ["None", "Optional", "Required"]});
    let texts = json!({"type": "array", "items": {"type": "string"}});
    let texts_or_null = json!({"type": ["array", "null"], "items": {"type": "string"}});
    let text = json!({"type": "string"});
    let object = |properties: Value| json!({"type": "object", "properties": properties, "additionalProperties": false});
    json!({
        "type": "object",
        "properties": {"workflow": {"$ref": "#/$defs/Workflow"}},
        "additionalProperties": false,
        "$defs": {
            "Workflow": object(json!({
                "id": text,
                "startStates": texts,
                "type": text,
                "states": {"type": "array", "items": {"$ref": "#/$defs/State"}},
                "transitions": {"type": "array", "items": {"$ref": "#/$defs/Transition"}},
                "startingTransitions": {
                    "type": ["array", "null"],
                    "items": {"$ref": "#/$defs/StartingTransition"}
                },
                "uninitializedState": {
                    "anyOf": [{"$ref": "#/$defs/UninitializedState"}, {"type": "null"}]
                }
            })),
            "State": object(json!({
                "name": text,
                "color": {"type": ["string", "null"]},
                "editableProperties": texts_or_null,
                "stateCategory": {"type": "string", "enum": ["Closed", "Open", "Draft"]}
            })),
            "Transition": object(json!({
                "displayName": text, "start": text, "end": text, "notes": notes
            })),
            "StartingTransition": object(json!({
                "displayName": text, "end": text, "notes": notes
            })),
            "UninitializedState": object(json!({"editableProperties": texts_or_null}))
        }
    })
}

fn without_prose(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(key, value)| {
                let prose = matches!(key.as_str(), "description" | "title" | "$schema");
                !(prose && value.is_string())
            });
            kept.map(|(key, value)| (key, without_prose(value)))
                .collect()
        }
        Value::Array(items) => items.into_iter().map(without_prose).collect(),
        other => other,
    }
}

#[test]
fn the_example_of_the_page() {
    let outcome = build(&TARGET, "workflow", PAGE);
    assert_eq!(outcome.text(), page_json().to_string());
    assert_eq!(outcome.all(), Vec::<String>::new(), "nothing is lost");
}

#[test]
fn the_schema_is_the_one_of_the_page() {
    let schema = (WORKFLOW.schema)().to_value();
    assert_eq!(without_prose(schema), page_schema());
    assert_valid(&page_schema(), &page_json());
}

/// A workflow of one open and one closed state, with what is put into and after it.
fn small(states: &str, rest: &str) -> String {
    format!(
        "
workflow: small
start: Open
states:
{states}
transitions:
  - {{ name: Close, from: Open, to: Closed }}
{rest}"
    )
}

const STATES: &str = "  Open: { category: open }
  Closed: { category: closed }";
const OTHER: &str = "targets: { itwin: { type: Other } }";

#[test]
fn what_is_not_said_is_null() {
    let outcome = build(&TARGET, "workflow", &small(STATES, OTHER));
    let workflow = &outcome.json.as_ref().unwrap()["workflow"];
    assert_eq!(
        workflow["startingTransitions"],
        Value::Null,
        "the state is only named"
    );
    assert_eq!(workflow["uninitializedState"], Value::Null);
    assert_eq!(workflow["states"][0]["color"], Value::Null);
    assert_eq!(workflow["states"][0]["editableProperties"], Value::Null);
    assert_eq!(
        workflow["id"].as_str().unwrap().len(),
        43,
        "as long as the page's"
    );
    assert_eq!(outcome.reported(), Vec::<String>::new());
}

#[test]
fn a_start_state_with_two_ways_in_is_one_start_state() {
    let yaml = small(STATES, OTHER).replace(
        "start: Open",
        "start: [{ to: Open, name: By mail }, { to: Open, name: By phone, notes: required }]",
    );
    let json = build(&TARGET, "workflow", &yaml).json.unwrap();
    assert_eq!(json["workflow"]["startStates"], json!(["Open"]));
    assert_eq!(
        json["workflow"]["startingTransitions"],
        json!([
            {"displayName": "By mail", "end": "Open", "notes": "None"},
            {"displayName": "By phone", "end": "Open", "notes": "Required"}
        ])
    );
}

#[test]
fn different_issue_types_and_one_file_twice_are_no_collision() {
    let issue = small(STATES, OTHER).replace("type: Other", "type: Issue");
    assert_eq!(check_together(&TARGET, &[PAGE, &issue]), [] as [&str; 0]);
    // That two files are one workflow is told for every product.
    assert_eq!(check_together(&TARGET, &[PAGE, PAGE]), [] as [&str; 0]);
}

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
fn the_issue_type_is_required() {
    let outcome = build(&TARGET, "workflow", &small(STATES, ""));
    assert_eq!(
        outcome.reported(),
        ["missing-target-fields: target `itwin` has no `type`"]
    );
}

#[test]
fn an_issue_type_that_nobody_lists_is_a_warning() {
    let outcome = build(
        &TARGET,
        "workflow",
        &small(STATES, "targets: { itwin: { type: Isue } }"),
    );
    assert!(outcome.json.is_some());
    let report = outcome.report("unknown-values");
    assert_eq!(
        report.message,
        "`type` of target `itwin` is `Isue`, which is not documented"
    );
    assert_eq!(
        report.help.as_deref(),
        Some("change `Isue` to `Issue`, if that is what is meant")
    );
}

#[test]
fn states_that_wait_become_open() {
    let states = "  Open: { category: open }
  Parts: { category: waiting }
  Closed: { category: closed }";
    let rest = format!(
        "  - {{ name: Order, from: Open, to: Parts }}
  - {{ name: Arrived, from: Parts, to: Open }}
{OTHER}"
    );
    let outcome = build(&TARGET, "workflow", &small(states, &rest));
    assert_eq!(
        outcome.reported(),
        ["lossy-targets: target `itwin` has no category `waiting`"]
    );
}

#[test]
fn names_that_no_issue_has_are_reported_once() {
    let states =
        "  Open: { category: open, editable: [subject, dueDat, priority, properties.Floor] }
  Closed: { category: closed, editable: [priority, status, number] }";
    let outcome = build(&TARGET, "workflow", &small(states, OTHER));
    assert_eq!(
        outcome.reported(),
        [
            "unknown-values: `editable` names `dueDat` and `priority`, which target `itwin` is not known to have",
            "read-only-fields: `editable` sets `status` and `number`, which only the product sets",
        ]
    );
    assert!(outcome.json.is_some(), "warnings");
}

#[test]
fn what_the_form_manager_refuses_is_a_warning() {
    let again = format!("  - {{ name: Withdraw, from: Open, to: Closed }}\n{OTHER}");
    let outcome = build(&TARGET, "workflow", &small(STATES, &again));
    assert_eq!(
        outcome.reported(),
        ["target-limits: target `itwin` takes one of transitions `Close` and `Withdraw`"]
    );
    let alone = "workflow: alone\nstart: Open\nstates:\n  Open: { category: open }\n";
    let outcome = build(&TARGET, "workflow", &format!("{alone}{OTHER}"));
    assert_eq!(
        outcome.reported(),
        [
            "unclosed-workflows: no state of the workflow is `closed`",
            "target-limits: target `itwin` takes two states or more, and there is one",
        ]
    );
}

#[test]
fn an_issue_type_has_one_workflow() {
    let small = small(STATES, OTHER);
    assert_eq!(
        check_together(&TARGET, &[PAGE, &small]),
        [
            "target-collisions: workflows `other` and `small` are for one issue type in target `itwin`"
        ]
    );
    let issue = small.replace("type: Other", "type: Issue");
    assert_eq!(check_together(&TARGET, &[PAGE, &issue]), [] as [&str; 0]);
    // That two files are one workflow is told for every product.
    assert_eq!(check_together(&TARGET, &[PAGE, PAGE]), [] as [&str; 0]);
}

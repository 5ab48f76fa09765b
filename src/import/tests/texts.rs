//! What people see of an import: the file, word for word.

use super::*;

/// The only file of an import in which nothing is wrong.
fn file(input: Input, json: &Value) -> String {
    let imported = imported(input, &json.to_string(), Syntax::Yaml);
    let [file] = imported.files.as_slice() else {
        panic!("{:#?}", imported.diagnostics)
    };
    file.text.clone()
}

/// Short references, the usual status, and what only the product sets.
#[test]
fn a_record_of_xurrent() {
    let json = json!({
        "id": 238, "created_at": "2009-02-03T03:08:00-06:00", "sourceID": "R7", "status": "registered",
        "service": {"name": "Rack Space", "id": 26}, "manager": {"id": 77}, "template": {"id": 37, "subject": "Racks"}, "custom_fields": {"rack": "R7"},
        "justification": "expansion", "category": "standard", "workflow_type": "infrastructure_change",
        "subject": "Install new rack", "completed_at": null
    });
    insta::assert_snapshot!(file(input(&xurrent::TARGET, "workflow"), &json));
}

/// What a template asks for is free, also in its names.
#[test]
fn a_custom_field_of_xurrent_that_is_called_id() {
    let json = json!({"subject": "Install new rack", "custom_fields": {"id": "R7"}});
    is_kept(input(&xurrent::TARGET, "update"), &json);
}

/// A list shows fewer fields than creating a record requires, here one of the references.
#[test]
fn a_record_in_a_list_of_xurrent() {
    let json = json!([{"subject": "Install new rack", "category": "standard", "service": {"id": 26},
        "template_id": 37, "workflow_type": null, "status": "completed"}]);
    insta::assert_snapshot!(file(input(&xurrent::TARGET, "workflows"), &json));
}

#[test]
fn a_record_of_xurrent_that_refers_to_nothing() {
    let text = file(
        input(&xurrent::TARGET, "update"),
        &json!({"status": "registered", "note": "registered"}),
    );
    insta::assert_snapshot!(text);
}

/// The list is sorted by name, so that the first status need not be one in which work begins.
#[test]
fn tasks_of_actitime_begin_in_the_first_open_status() {
    let json = json!([{"name": "Done Well", "type": "completed"}, {"name": "In Progress", "type": "open"}]);
    let text = file(input(&actitime::TARGET, "create"), &json);
    assert!(text.contains("\nstart: In Progress"), "{text}");
    assert!(text.contains("the first open status."), "{text}");
    let done =
        json!([{"name": "Done", "type": "completed"}, {"name": "Well Done", "type": "completed"}]);
    let text = file(input(&actitime::TARGET, "create"), &done);
    assert!(text.contains("\nstart: Done"), "{text}");
    assert!(text.contains("this is the first status."), "{text}");
}

const STEPS: [&str; 2] = [
    "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f01",
    "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f02",
];

fn two_steps(moves: [&[&str]; 2]) -> Value {
    let step = |at: usize, name: &str, kind: &str| json!({"StepId": STEPS[at], "Name": name, "StatusType": kind, "AllowedTransitions": moves[at]});
    json!([step(0, "New", "Open"), step(1, "Phoned in", "Closed")])
}

/// A comment says on what the start states rest, as long as the product does not say it.
#[test]
fn where_tickets_of_incident_iq_begin() {
    let one_way = two_steps([&STEPS[1..], &[]]);
    let apart = two_steps([&[], &[]]);
    let listed = |steps: &Value| {
        let workflow = json!({"WorkflowId": STEPS[0], "Name": "Calls", "InitialStepId": STEPS[0], "Steps": steps});
        file(
            input(&incident_iq::TARGET, "workflows"),
            &json!({"Items": [workflow]}),
        )
    };
    let steps = |steps: &Value| {
        file(
            input(&incident_iq::TARGET, "steps"),
            &json!({"Items": steps}),
        )
    };
    let said = |text: String| -> Vec<String> {
        let lines = text.lines().filter(|l| {
            l.starts_with("start") || l.starts_with('#') && !l.starts_with("# Imported")
        });
        lines.map(str::to_owned).collect()
    };
    insta::assert_debug_snapshot!([
        said(steps(&one_way)),
        said(steps(&apart)),
        said(listed(&one_way)),
        said(listed(&apart)),
    ]);
}

/// Each of the two states has a transition that begins in it, so that neither is named alone.
#[test]
fn start_states_of_itwin_that_have_a_transition_are_not_named_again() {
    let (_, page) = &pages()[0];
    let text = file(input(&itwin::TARGET, "workflow"), page);
    insta::assert_snapshot!(text);
}

/// TOML has no `null`, and parameters are free to have one.
#[test]
fn null_is_for_yaml_only() {
    let json = json!({"workflowDefinitionId": "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c", "parameters": {"more": [null]}});
    let input = input(&transactionlink::TARGET, "parameters");
    let found = imported(input, &json.to_string(), Syntax::Toml);
    assert_eq!(found.files.len(), 0);
    let messages: Vec<&str> = found.diagnostics.iter().map(|d| &*d.message).collect();
    assert_eq!(messages, ["`null` cannot be written in TOML"]);
    assert!(file(input, &json).contains("null"));
}

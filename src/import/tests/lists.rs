//! Lists of several workflows: imported, and built together.

use super::*;
use crate::targets::jira;

/// All files of a list, built together, in both syntaxes. Nothing may be reported.
fn built_together(input: Input, json: &Value) -> [Value; 2] {
    [Syntax::Yaml, Syntax::Toml].map(|syntax| {
        let imported = imported(input, &json.to_string(), syntax);
        let reported = &imported.diagnostics;
        assert!(reported.is_empty(), "{json:#}\n{reported:#?}");
        let output = input.output().expect("it is built, too");
        let compile = |file: &File| compiled_again(&file.text, syntax);
        let compilations: Vec<Compilation> = imported.files.iter().map(compile).collect();
        let checked = compilations.iter().map(|compilation| {
            let found = &compilation.diagnostics;
            compilation
                .checked()
                .unwrap_or_else(|| panic!("{json:#}\n{found:#?}"))
        });
        let checked: Vec<_> = checked.collect();
        let built = output.document.of_all(&checked, &mut Diagnostics::new());
        built.expect("a document")
    })
}

fn is_kept_together(input: Input, json: &Value) {
    for built in built_together(input, json) {
        assert_eq!(built, kept(input, json));
    }
}

/// A list of each product, of one workflow, to be broken in every place.
pub(super) fn pages() -> Vec<(Input, Value)> {
    let id = "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c";
    vec![
        (
            input(&xurrent::TARGET, "workflows"),
            json!([{"completed_at": null, "created_at": null, "category": "standard", "sourceID": null, "updated_at": null,
            "service": {"id": 26}, "manager": {"id": 77}, "subject": "Install new rack", "id": null, "impact": "none",
            "status": "registered", "completion_target_at": null}]),
        ),
        (
            input(&incident_iq::TARGET, "workflows"),
            json!({"Items": [{"WorkflowId": id, "Name": "Repair", "InitialStepId": id, "Steps": [
                {"StepId": id, "Name": "New", "StatusType": "Open", "AllowedTransitions": []}
            ]}]}),
        ),
    ]
}

fn site_json() -> impl Strategy<Value = Value> {
    let name = prop::sample::select(ODD_NAMES);
    let workflow = (
        incident_iq_json(),
        name,
        any::<prop::sample::Index>(),
        any::<u128>(),
    );
    prop::collection::vec(workflow, 1..4).prop_map(|all| {
        let workflow = |(steps, name, initial, id): (Value, &str, prop::sample::Index, u128)| {
            let steps = steps["Items"].as_array().cloned().unwrap_or_default();
            json!({"WorkflowId": uuid::Uuid::from_u128(id).to_string(), "Name": name,
                "InitialStepId": initial.get(&steps)["StepId"], "Steps": steps})
        };
        json!({"Items": all.into_iter().map(workflow).collect::<Vec<_>>()})
    })
}

/// A record with the fields that a collection has by default.
fn listed(record: &Value) -> Value {
    const FIELDS: &[&str] = &[
        "completed_at",
        "created_at",
        "category",
        "sourceID",
        "updated_at",
        "service",
        "manager",
        "subject",
        "id",
        "impact",
        "status",
        "completion_target_at",
    ];
    let fields = FIELDS
        .iter()
        .map(|name| ((*name).to_owned(), record[*name].clone()));
    Value::Object(fields.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_workflows_of_a_site_are_kept(json in site_json()) {
        is_kept_together(input(&incident_iq::TARGET, "workflows"), &json);
    }

    #[test]
    fn listed_records_are_kept(records in prop::collection::vec(xurrent_json(), 1..4)) {
        let json = records.iter().map(listed).collect();
        is_kept_together(input(&xurrent::TARGET, "workflows"), &json);
    }
}

#[test]
fn workflows_of_one_name_become_files_of_two() {
    let record = |id: u32| {
        json!({"completed_at": null, "created_at": null, "category": "standard", "sourceID": null,
            "updated_at": null, "service": {"id": id}, "manager": null, "subject": "New rack",
            "id": null, "impact": "none", "status": "registered", "completion_target_at": null})
    };
    let json = json!([record(1), record(2), record(3)]);
    let target = input(&xurrent::TARGET, "workflows");
    is_kept_together(target, &json);
    let files = imported(target, &json.to_string(), Syntax::Yaml).files;
    let names: Vec<&str> = files.iter().map(|file| file.identifier.as_str()).collect();
    assert_eq!(names, ["new-rack", "new-rack-2", "new-rack-3"]);
}

/// Numbers have as many digits as the highest, so that files stand in the order of the list.
#[test]
fn the_tenth_file_of_a_name_stands_behind_the_second() {
    let record =
        |id: u32| json!({"category": "standard", "service": {"id": id}, "subject": "Rack"});
    let json: Value = (1..=10).map(record).collect();
    let target = input(&xurrent::TARGET, "workflows");
    let files = imported(target, &json.to_string(), Syntax::Yaml).files;
    let names: Vec<&str> = files.iter().map(|file| file.identifier.as_str()).collect();
    assert_eq!(
        [names[0], names[1], names[9]],
        ["rack", "rack-02", "rack-10"]
    );
    assert!(names.is_sorted());
}

/// A file that is too deep to be read keeps the others neither from being compared nor from being written.
#[test]
fn what_cannot_be_compared_is_told_and_the_others_are_compared() {
    let record = |subject: &str, fields: Value| {
        json!({"subject": subject, "category": "standard", "service": {"id": 26},
            "status": "registered", "custom_fields": fields})
    };
    let deep = (0..61).fold(json!("R7"), |inner, _| json!([inner]));
    // An answer has no ids of this name, and none is built.
    let mut other = record("Other", json!([{"id": "rack", "value": "R8"}]));
    other["manager_id"] = json!(7);
    let json = json!([record("Deep", deep), other]);
    let text = json.to_string();
    let found = imported(input(&xurrent::TARGET, "workflows"), &text, Syntax::Yaml);
    let told = found.diagnostics.iter();
    let told: Vec<&str> = told.map(|d| d.message.as_str()).collect();
    assert!(
        told.contains(&"workflow `deep` cannot be compared with what is built of its file"),
        "{told:?}"
    );
    assert!(
        told.iter().any(|told| told.contains("`manager_id`")),
        "{told:?}"
    );
    assert_eq!(found.files.len(), 2);
    // With nothing beside it, it is an error.
    let text = json!([json[0]]).to_string();
    let alone = imported(input(&xurrent::TARGET, "workflows"), &text, Syntax::Yaml);
    assert!(alone.files.is_empty());
}

/// Fields beyond those that a collection has by default are in the file, and are not missed.
#[test]
fn a_list_with_more_fields_is_read_whole() {
    let json = json!([{"subject": "New rack", "category": "standard", "service": {"id": 26}, "id": 7,
        "impact": "high", "status": "registered", "justification": "expansion", "template": {"id": 37},
        "workflow_type": "infrastructure_change", "note": "Why: more room"}]);
    let target = input(&xurrent::TARGET, "workflows");
    let imported = imported(target, &json.to_string(), Syntax::Yaml);
    assert!(
        imported.diagnostics.is_empty(),
        "{:#?}",
        imported.diagnostics
    );
    let [file] = imported.files.as_slice() else {
        panic!("one file")
    };
    assert!(
        file.text.contains("justification: expansion"),
        "{}",
        file.text
    );
    assert!(file.text.contains("more room"), "{}", file.text);
    assert_eq!(file.findings.0, 0, "{}", file.text);
}

/// Several workflows of one bulk get share statuses, so that they are compared as a whole.
#[test]
fn what_one_of_several_jira_workflows_loses_is_told() {
    let workflow = |name: &str, properties: Value| {
        json!({"name": name, "description": "", "statuses": [{"statusReference": "1", "properties": properties}],
            "transitions": [{"id": "1", "name": "Create", "type": "INITIAL", "toStatusReference": "1", "links": []}]})
    };
    let json = json!({
        "statuses": [{"id": "1", "name": "Open", "statusCategory": "TODO", "statusReference": "1"}],
        "workflows": [workflow("One", json!({})), workflow("Two", json!({"jira.issue.x": 7}))],
    });
    let found = imported(
        input(&jira::TARGET, "workflows"),
        &json.to_string(),
        Syntax::Yaml,
    );
    assert_eq!(found.files.len(), 2, "{:#?}", found.diagnostics);
    let told = found.diagnostics.iter();
    let told =
        told.filter(|d| d.message == "field `jira.issue.x` of status `Open` will be left out");
    assert_eq!(told.count(), 1, "{:#?}", found.diagnostics);
}

#[test]
fn more_workflows_than_one_run_may_take_are_refused_before_any_is_checked() {
    let record = json!({"category": "standard", "service": {"id": 26}, "subject": "Rack"});
    let json: Value = (0..12_001).map(|_| record.clone()).collect();
    let target = input(&xurrent::TARGET, "workflows");
    let found = imported(target, &json.to_string(), Syntax::Yaml);
    let told = found.diagnostics.iter();
    let told: Vec<&str> = told.map(|d| d.message.as_str()).collect();
    assert_eq!(
        told,
        ["the JSON has 12,001 workflows, and 12,000 can be imported at once"]
    );
    assert!(found.files.is_empty());
}

#[test]
fn a_workflow_of_more_states_than_any_may_have_is_refused_before_it_is_written() {
    let status = |at: usize| json!({"id": at, "name": format!("s{at}"), "type": "open"});
    let items: Value = (1..=100_001).map(status).collect();
    let json = json!({"offset": 0, "limit": 200_000, "items": items});
    let target = input(&actitime::TARGET, "statuses");
    let found = imported(target, &json.to_string(), Syntax::Yaml);
    let told = found.diagnostics.iter();
    let told: Vec<&str> = told.map(|d| d.message.as_str()).collect();
    assert_eq!(
        told,
        ["the JSON has a workflow of 100,001 states, more than the limit of 100,000"]
    );
    assert!(found.files.is_empty());
}

//! TransactionLink: the page's own ids in, its request bodies out.

use super::*;
use crate::targets::testing::{build, build_all};

fn onboarding(block: &str) -> String {
    format!(
        "
workflow: onboarding
start: Running
states:
  Running: {{ category: open }}
  Completed: {{ category: closed }}
transitions:
  - {{ name: Complete, from: Running, to: Completed }}
targets:
  transactionlink:
{block}"
    )
}

const PAGE: &str = "
    workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c
    case-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c
    parameters-id: 4b6ffcb6-ab6d-44b9-b5ab-4b5147b0b302
";

const NEW: &str = "
    workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c
    case: { email: ada@example.org, firstName: Ada, companyNumber: \"0042\" }
    parameters: { param0: 0, param1: 1.2222, param2: true, param3: text, more: [null] }
";

const KEEPS_NO_GRAPH: &str =
    "lossy-targets: target `transactionlink` keeps no states and no transitions";

#[test]
fn the_run_of_the_page() {
    let outcome = build(&TARGET, "run", &onboarding(PAGE));
    assert_eq!(
        outcome.text(),
        concat!(
            r#"{"caseId":"3b2d8a4f-579f-4e2e-a51c-f859e532fe8c","#,
            r#""workflowDefinitionId":"3b2d8a4f-579f-4e2e-a51c-f859e532fe8c","#,
            r#""parametersId":"4b6ffcb6-ab6d-44b9-b5ab-4b5147b0b302"}"#
        )
    );
    assert_eq!(outcome.reported(), [KEEPS_NO_GRAPH]);
}

#[test]
fn parameters_are_optional() {
    let block = PAGE.split("    parameters-id").next().unwrap();
    let json = build(&TARGET, "run", &onboarding(block)).json.unwrap();
    assert_eq!(json.as_object().unwrap().len(), 2);
}

#[test]
fn the_id_of_what_is_not_created_yet_is_not_made_up() {
    let outcome = build(&TARGET, "run", &onboarding(NEW));
    assert_eq!(
        outcome.reported(),
        [
            KEEPS_NO_GRAPH,
            "missing-target-fields: target `transactionlink` has no `case-id`, only `case` to create",
            "missing-target-fields: target `transactionlink` has no `parameters-id`, only `parameters` to create",
        ]
    );
    let help = outcome
        .report("missing-target-fields")
        .help
        .as_deref()
        .unwrap();
    assert_eq!(
        help,
        "build `transactionlink:case`, send it to `/cases`, and write the id of the answer as `case-id`"
    );
}

/// A run waits for either: it is not sent without its parameters, for one.
#[test]
fn a_case_or_parameters_that_are_not_created_yet_are_waited_for() {
    let message = |field: &str| {
        format!(
            "missing-target-fields: target `transactionlink` has no `{field}-id`, only `{field}` to create"
        )
    };
    let case = NEW.split("    parameters").next().unwrap();
    let outcome = build(&TARGET, "run", &onboarding(case));
    assert_eq!(outcome.reported(), [KEEPS_NO_GRAPH, &message("case")]);
    let ids = PAGE.split("    parameters-id").next().unwrap();
    let block = format!("{ids}    parameters: {{ limit: 100 }}\n");
    let outcome = build(&TARGET, "run", &onboarding(&block));
    assert_eq!(outcome.reported(), [KEEPS_NO_GRAPH, &message("parameters")]);
    assert_eq!(outcome.json, None);
}

#[test]
fn requests_of_several_workflows_are_told_apart_by_numbers() {
    let second = onboarding(NEW).replace("workflow: onboarding", "workflow: offboarding");
    let json = build_all(&TARGET, "requests", &[&onboarding(NEW), &second])
        .json
        .unwrap();
    let requests = json["requests"].as_array().unwrap();
    let names: Vec<&str> = requests
        .iter()
        .map(|r| r["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "createCase",
            "createParameters",
            "runWorkflow",
            "createCase2",
            "createParameters2",
            "runWorkflow2",
        ]
    );
    assert_eq!(json["notes"].as_array().unwrap().len(), 2);
}

#[test]
fn a_run_of_what_is_there_creates_nothing() {
    let json = build(&TARGET, "requests", &onboarding(PAGE)).json.unwrap();
    assert_eq!(json["requests"].as_array().unwrap().len(), 1);
    let notes = json["notes"].as_array().unwrap();
    assert!(
        !notes
            .iter()
            .any(|note| note.to_string().contains("case-id")),
        "no id to write down: {notes:?}"
    );
}

#[test]
fn what_is_created_first_has_bodies_of_its_own() {
    assert_eq!(
        build(&TARGET, "case", &onboarding(NEW)).text(),
        r#"{"firstName":"Ada","email":"ada@example.org","companyNumber":"0042"}"#
    );
    assert_eq!(
        build(&TARGET, "parameters", &onboarding(NEW)).text(),
        concat!(
            r#"{"workflowDefinitionId":"3b2d8a4f-579f-4e2e-a51c-f859e532fe8c","#,
            r#""parameters":{"param0":0,"param1":1.2222,"param2":true,"param3":"text","more":[null]}}"#
        )
    );
}

#[test]
fn once_created_both_may_stay_beside_their_ids() {
    let ids = PAGE.split_once("case-id").unwrap().1;
    let block = format!("{NEW}    case-id{ids}");
    assert!(build(&TARGET, "run", &onboarding(&block)).json.is_some());
}

#[test]
fn other_documents_need_their_own_fields() {
    assert_eq!(
        build(&TARGET, "case", &onboarding(PAGE)).reported(),
        ["missing-target-fields: target `transactionlink` has no `case`"]
    );
    assert_eq!(
        build(&TARGET, "parameters", &onboarding(PAGE)).reported(),
        ["missing-target-fields: target `transactionlink` has no `parameters`"]
    );
}

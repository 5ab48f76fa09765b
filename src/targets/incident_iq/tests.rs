//! Incident IQ: the page's own steps and moves in, the four fields of its comment out.

use super::*;
use crate::targets::testing::{build, build_all, check_together};

/// The steps and the moves that the page names as examples.
const HELP_DESK: &str = "
workflow: help-desk
start: New
states:
  New: { category: open }
  Assigned: { category: open }
  In Progress: { category: open }
  Waiting for Parts: { category: waiting }
  Resolved: { category: closed }
  Closed: { category: closed, final: true }
transitions:
  - { name: Assign, from: New, to: Assigned }
  - { name: Start, from: Assigned, to: In Progress }
  - { name: Order, from: [Assigned, In Progress], to: Waiting for Parts }
  - { name: Arrived, from: Waiting for Parts, to: In Progress }
  - { name: Resolve, from: In Progress, to: Resolved }
  - { name: Reopen, from: Resolved, to: In Progress }
  - { name: Confirm, from: Resolved, to: Closed }
targets:
  incident-iq:
    workflow-id: 11111111-2222-4333-8444-555555555555
    step-ids:
      New: 00000000-0000-4000-8000-000000000001
      Assigned: 00000000-0000-4000-8000-000000000002
      In Progress: 00000000-0000-4000-8000-000000000003
      Waiting for Parts: 00000000-0000-4000-8000-000000000004
      Resolved: 00000000-0000-4000-8000-000000000005
      Closed: 00000000-0000-4000-8000-000000000006
";

/// A workflow of three states, with what is put after it.
fn small(rest: &str) -> String {
    format!(
        "
workflow: small
start: New
states:
  New: {{ category: open }}
  Review: {{ category: open }}
  Closed: {{ category: closed }}
transitions:
  - {{ name: Submit, from: New, to: Review }}
  - {{ name: Approve, from: Review, to: Closed }}
{rest}"
    )
}

#[test]
fn the_help_desk_of_the_page() {
    let outcome = build(&TARGET, "steps", HELP_DESK);
    let id = |n: u32| format!("00000000-0000-4000-8000-00000000000{n}");
    let step = |n: u32, name: &str, kind: &str, next: &[u32]| {
        let next: Vec<String> = next.iter().map(|n| format!("\"{}\"", id(*n))).collect();
        format!(
            r#"{{"StepId":"{}","Name":"{name}","StatusType":"{kind}","AllowedTransitions":[{}]}}"#,
            id(n),
            next.join(",")
        )
    };
    let steps = [
        step(1, "New", "Open", &[2]),
        step(2, "Assigned", "Open", &[3, 4]),
        step(3, "In Progress", "Open", &[4, 5]),
        step(4, "Waiting for Parts", "Waiting", &[3]),
        step(5, "Resolved", "Closed", &[3, 6]),
        step(6, "Closed", "Closed", &[]),
    ];
    assert_eq!(
        outcome.text(),
        format!(r#"{{"Items":[{}]}}"#, steps.join(","))
    );
    assert_eq!(
        outcome.reported(),
        Vec::<String>::new(),
        "a healthy workflow"
    );
}

#[test]
fn ids_that_nobody_wrote_are_derived_and_never_change() {
    let text = build(&TARGET, "steps", &small("")).text();
    assert!(
        text.starts_with(
            r#"{"Items":[{"StepId":"4f8a5202-1291-5404-950d-6baf4da842c3","Name":"New""#
        ),
        "{text}"
    );
    let again = build(&TARGET, "steps", &small("targets: { incident-iq: {} }")).text();
    assert_eq!(text, again, "an empty block says nothing else");
}

#[test]
fn two_transitions_between_the_same_states_are_one_move() {
    let outcome = build(
        &TARGET,
        "steps",
        &small("  - { name: Reject, from: Review, to: Closed }"),
    );
    let json = outcome.json.as_ref().unwrap();
    assert_eq!(
        json["Items"][1]["AllowedTransitions"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        outcome.reported(),
        [
            "lossy-targets: target `incident-iq` makes one move of transitions `Approve` and `Reject`"
        ]
    );
    assert_eq!(outcome.report("lossy-targets").labels.len(), 2);
}

#[test]
fn what_the_product_understands_otherwise_is_reported() {
    let outcome = build(
        &TARGET,
        "steps",
        "
workflow: everything
description: All that steps cannot say
start: [Idea, New]
states:
  Idea: { category: draft, color: \"#ffffff\" }
  New: { category: open }
  Closed: { category: closed }
transitions:
  - { name: Submit, from: Idea, to: New, notes: optional }
  - { name: Remind, from: New, to: New }
  - { name: Close, from: New, to: Closed, notes: required }
  - { name: Reopen, from: Closed, to: New }
",
    );
    assert_eq!(
        outcome.all(),
        [
            "omitted-details: target `incident-iq` has no place for the workflow's name and description",
            "lossy-targets: target `incident-iq` has no place for start states",
            "lossy-targets: target `incident-iq` has no category `draft`",
            "omitted-details: target `incident-iq` has no place for colours",
            "omitted-details: target `incident-iq` has no place for names of transitions",
            "omitted-details: target `incident-iq` has no place for optional notes",
            "lossy-targets: target `incident-iq` has no place for transitions from a state to itself",
            "lossy-targets: target `incident-iq` has no place for required notes",
            "lossy-targets: target `incident-iq` takes state `Closed` for final",
        ]
    );
    let json = outcome.json.unwrap();
    assert_eq!(json["Items"][0]["StatusType"], "Open");
    assert_eq!(
        json["Items"][1]["AllowedTransitions"],
        serde_json::json!([json["Items"][2]["StepId"]]),
        "no step leads to itself"
    );
}

#[test]
fn the_workflows_of_a_site_are_one_list() {
    let second = small("").replace("workflow: small", "workflow: small\nname: Small things");
    let outcome = build_all(&TARGET, "workflows", &[HELP_DESK, &second]);
    let json = outcome.json.as_ref().unwrap();
    let items = json["Items"].as_array().unwrap();
    let names: Vec<_> = items.iter().map(|w| w["Name"].as_str().unwrap()).collect();
    assert_eq!(names, ["help-desk", "Small things"]);
    let first = &items[0];
    assert_eq!(first["WorkflowId"], "11111111-2222-4333-8444-555555555555");
    assert_eq!(
        first["InitialStepId"],
        "00000000-0000-4000-8000-000000000001"
    );
    let steps = build(&TARGET, "steps", HELP_DESK).json.unwrap();
    assert_eq!(first["Steps"], steps["Items"]);
    let derived = ids::workflow("small").to_string();
    assert_eq!(items[1]["WorkflowId"], derived.as_str());
    assert_eq!(outcome.reported(), [] as [&str; 0]);
    let omitted: Vec<String> = outcome.all();
    assert!(
        !omitted.iter().any(|m| m.contains("name and description")),
        "the name has a place here: {omitted:?}"
    );
}

#[test]
fn a_description_has_no_place_in_a_list_of_workflows() {
    let described = small("").replace("start:", "description: For calls\nstart:");
    let outcome = build(&TARGET, "workflows", &described);
    let message =
        "omitted-details: target `incident-iq` has no place for the workflow's description";
    let told = outcome.all().into_iter().filter(|m| m == message);
    assert_eq!(told.count(), 1, "{:#?}", outcome.all());
}

#[test]
fn a_list_of_workflows_says_where_each_begins() {
    let two = small("").replace("start: New", "start: [New, Review]");
    let outcome = build(&TARGET, "workflows", &two);
    assert_eq!(
        outcome.reported(),
        ["lossy-targets: target `incident-iq` takes the first start state"]
    );
}

#[test]
fn nothing_is_made_of_workflows_that_share_ids() {
    let copy = HELP_DESK.replace("workflow: help-desk", "workflow: copy");
    let outcome = build_all(&TARGET, "workflows", &[HELP_DESK, &copy]);
    assert!(outcome.json.is_none());
    let found = check_together(&TARGET, &[HELP_DESK, &copy]);
    assert_eq!(found.len(), 7, "the workflow and each step: {found:#?}");
    assert_eq!(
        check_together(&TARGET, &[HELP_DESK, &small("")]),
        [] as [&str; 0],
        "equal names are equal names, in each workflow"
    );
}

//! Several workflows in one request: statuses are shared, and what cannot be shared is reported.

use serde_json::{Value, json};

use super::super::TARGET;
use crate::targets::testing::{build_all, check_together};

/// A workflow with this name, states and block.
fn file(name: &str, start: &str, states: &str, block: &str) -> String {
    format!(
        "workflow: {name}\nstart: {start}\nstates: {{ {states} }}\n\
         transitions:\n  - {{ name: Close, from: Open, to: Done }}\n\
         targets: {{ jira: {{ {block} }} }}\n"
    )
}

const STATES: &str = "Open: { category: open }, Done: { category: closed }";

fn reported(files: [&str; 2]) -> Vec<String> {
    let together = check_together(&TARGET, &files);
    let outcome = build_all(&TARGET, "create", &files);
    assert!(outcome.json.is_none(), "an error builds nothing");
    assert_eq!(outcome.reported(), together);
    together
}

#[test]
fn states_of_one_name_are_one_status() {
    let one = file("a", "Open", STATES, "");
    let described = "Open: { category: open, description: Not begun }, Done: { category: closed }, \
                     Odd: { category: closed }";
    let two = file("b", "[Open, Odd]", described, "status-ids: { Done: 10003 }");
    let two = two.replace("to: Done }", "to: Done }\n  - { from: Done, to: Odd }");
    let json = build_all(&TARGET, "create", &[&one, &two])
        .json
        .expect("a document");
    let names = |list: &Value, field: &str| -> Vec<String> {
        let items = list.as_array().expect("a list").iter();
        items
            .map(|item| item[field].as_str().expect("text").to_owned())
            .collect()
    };
    assert_eq!(names(&json["statuses"], "name"), ["Open", "Done", "Odd"]);
    assert_eq!(json["statuses"][0]["description"], "Not begun");
    assert_eq!(json["statuses"][1]["id"], "10003");
    let all = names(&json["statuses"], "statusReference");
    let used = |at: usize| names(&json["workflows"][at]["statuses"], "statusReference");
    assert_eq!(used(0), all[..2]);
    assert_eq!(used(1), all);
}

/// A site keeps one description of a status, whoever wrote it first.
#[test]
fn the_second_description_of_a_status_is_left_out() {
    let described = |name, text| {
        let states = STATES.replace(
            "category: open",
            &format!("category: open, description: {text}"),
        );
        file(name, "Open", &states, "")
    };
    let left_out =
        "omitted-details: target `jira` has no place for another description of the same status";
    let all = |second: &str| build_all(&TARGET, "create", &[&described("a", "Not begun"), second]);
    let outcome = all(&described("b", "Not yet begun"));
    assert_eq!(outcome.all(), [left_out]);
    let json = outcome.json.expect("a document");
    assert_eq!(json["statuses"][0]["description"], "Not begun");
    for same in [described("b", "Not begun"), file("b", "Open", STATES, "")] {
        assert_eq!(all(&same).all(), [] as [&str; 0]);
    }
}

#[test]
fn workflows_are_told_apart_by_their_names() {
    let named = |name: &str| file(name, "Open", STATES, "") + "name: Desk\n";
    let message = "target-collisions: workflows `a` and `b` have one name in target `jira`";
    assert_eq!(reported([&named("a"), &named("b")]), [message]);
}

/// What belongs to one project is nothing to the others; a request is for one scope.
#[test]
fn a_request_has_one_scope_and_an_answer_may_have_more() {
    let one = file(
        "a",
        "Open",
        STATES,
        "scope: global, status-ids: { Done: 1 }",
    );
    let two = file("b", "Open", STATES, "scope: 10000, status-ids: { Done: 2 }");
    let files = [one.as_str(), two.as_str()];
    assert_eq!(check_together(&TARGET, &files), Vec::<String>::new());
    let message = "target-limits: workflows `a` and `b` have two scopes in target `jira`";
    let outcome = build_all(&TARGET, "create", &files);
    assert_eq!(outcome.reported(), [message]);
    assert!(outcome.json.is_none());
    let json = build_all(&TARGET, "workflows", &files)
        .json
        .expect("a document");
    let scope = json!({"type": "PROJECT", "project": {"id": "10000"}});
    assert_eq!(json["workflows"][1]["scope"], scope);
    assert_eq!(json["statuses"][3]["scope"], scope);
}

/// J9.
#[test]
fn a_request_takes_twenty_workflows() {
    let files: Vec<String> = (0..21)
        .map(|i| file(&format!("w{i}"), "Open", STATES, ""))
        .collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let most = build_all(&TARGET, "create", &files[..20]);
    assert_eq!(most.reported(), Vec::<String>::new());
    let more = build_all(&TARGET, "create", &files);
    let message = "target-limits: target `jira` takes 20 workflows a request, and there are 21";
    assert_eq!(more.reported(), [message]);
}

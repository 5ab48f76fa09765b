//! Jira: the documented body in and out, what a transition becomes, and each of its checks.

mod import;
mod rules;
mod site;

use serde_json::{Value, json};

use super::*;
use crate::targets::testing::{Outcome, build};

/// The body that the API's own example creates, as a workflow file.
const PAGE: &str = "
workflow: software-workflow-1
name: Software workflow 1
start: To Do
states:
  To Do: { category: open }
  In Progress: { category: open }
  Done: { category: closed }
transitions:
  - { name: Start, from: To Do, to: In Progress }
  - { name: Done, from: \"*\", to: Done }
targets:
  jira:
    status-references:
      To Do: f0b24de5-25e7-4fab-ab94-63d81db6c0c0
      In Progress: c7a35bf0-c127-4aa6-869f-4033730c61d8
      Done: 6b3fc04d-3316-46c5-a257-65751aeb8849
";

fn page_json() -> Value {
    let status = |name: &str, category: &str, reference: &str| {
        json!({"name": name, "description": "", "statusCategory": category,
            "statusReference": reference})
    };
    let used = |reference: &str| json!({"statusReference": reference, "properties": {}});
    let transition = |id: &str, name: &str, kind: &str, to: &str, links: Value| {
        json!({"id": id, "name": name, "type": kind, "toStatusReference": to, "links": links,
            "properties": {}, "actions": [], "validators": [], "triggers": []})
    };
    let [todo, doing, done] = [
        "f0b24de5-25e7-4fab-ab94-63d81db6c0c0",
        "c7a35bf0-c127-4aa6-869f-4033730c61d8",
        "6b3fc04d-3316-46c5-a257-65751aeb8849",
    ];
    let start = json!([{"fromStatusReference": todo}]);
    json!({
        "scope": {"type": "GLOBAL"},
        "statuses": [
            status("To Do", "TODO", todo),
            status("In Progress", "IN_PROGRESS", doing),
            status("Done", "DONE", done)
        ],
        "workflows": [{
            "name": "Software workflow 1",
            "description": "",
            "statuses": [used(todo), used(doing), used(done)],
            "transitions": [
                transition("1", "Create", "INITIAL", todo, json!([])),
                transition("11", "Start", "DIRECTED", doing, start),
                transition("21", "Done", "GLOBAL", done, json!([]))
            ]
        }]
    })
}

fn create(yaml: &str) -> Outcome {
    build(&TARGET, "create", yaml)
}

/// A workflow with these parts; its block is empty where `block` is.
fn file(start: &str, states: &str, transitions: &str, block: &str) -> String {
    format!(
        "workflow: a\nstart: {start}\nstates: {{ {states} }}\ntransitions:\n{transitions}\n\
         targets: {{ jira: {{ {block} }} }}\n"
    )
}

/// Three open states, closed ones after them, and these transitions.
fn with_transitions(transitions: &str) -> String {
    let states = "A: { category: open }, B: { category: open }, C: { category: closed }";
    file("A", states, transitions, "")
}

/// "name: type from … to …" of each transition, statuses by their names.
fn transitions_of(yaml: &str) -> Vec<String> {
    let json = create(yaml).json.expect("a document");
    let name = |reference: &Value| {
        let all = json["statuses"].as_array().expect("statuses");
        let found = all.iter().find(|s| s["statusReference"] == *reference);
        let found = found.expect("every reference is one of a status (J3)");
        found["name"].as_str().expect("a name").to_owned()
    };
    let line = |t: &Value| {
        let links = t["links"].as_array().expect("links").iter();
        let from: Vec<_> = links.map(|l| name(&l["fromStatusReference"])).collect();
        let to = name(&t["toStatusReference"]);
        let (called, kind) = (t["name"].as_str(), t["type"].as_str());
        let (called, kind) = (called.expect("a name"), kind.expect("a type"));
        format!("{called}: {kind} [{}] {to}", from.join(" "))
    };
    let all = json["workflows"][0]["transitions"].as_array();
    all.expect("transitions").iter().map(line).collect()
}

#[test]
fn the_example_of_the_api_is_written_byte_for_byte() {
    let outcome = create(PAGE);
    assert_eq!(outcome.text(), page_json().to_string());
    assert_eq!(outcome.reported(), Vec::<String>::new());
}

/// What a state is called does not change which status it is.
#[test]
fn references_follow_from_the_oldest_names() {
    let moves = "  - { name: Close, from: A, to: B }";
    let old = file(
        "A",
        "A: { category: open }, B: { category: closed }",
        moves,
        "",
    );
    let new = file(
        "A",
        "A: { category: open }, Done: { category: closed, was: [Shut, B] }",
        "  - { name: Close, from: A, to: Done }",
        "",
    );
    let new = new.replace("workflow: a\n", "workflow: b\nwas: [c, a]\n");
    let reference = |yaml: &str| {
        let json = create(yaml).json.expect("a document");
        json["statuses"][1]["statusReference"].clone()
    };
    assert_eq!(reference(&new), reference(&old));
}

const LIVE: &str = "workflow-id: b9ff2384-d3b6-4d4e-9509-3ee19f607168, \
    version: { id: f010ac1b-3dd3-43a3-aa66-0ee8a447f76e, number: 3 }";

/// The issues of a status that is gone go where `migrate` says, over entries that are gone, too.
#[test]
fn an_update_maps_the_statuses_that_a_workflow_loses() {
    let block = format!(
        "{LIVE}, status-ids: {{ A: 1 }}, removed-statuses: {{ X: {{ id: 7, category: TODO }}, \
         Old: {{ id: 8, category: DONE }} }}"
    );
    let yaml =
        with_transitions("  - { name: Go, from: A, to: B }\n  - { name: Close, from: B, to: C }");
    let yaml = yaml.replace("jira: {  }", &format!("jira: {{ {block} }}"));
    let yaml = format!("{yaml}migrate: {{ X: Z, Z: B, Old: {{ workflow: b, state: Q }} }}\n");
    let outcome = build(&TARGET, "update", &yaml);
    let lost = "lossy-targets: target `jira` moves no issues of `Old` to another workflow";
    assert_eq!(outcome.reported(), [lost]);
    let json = outcome.json.expect("a document");
    let workflow = &json["workflows"][0];
    let mapping = json!([{"oldStatusReference": json["statuses"][3]["statusReference"],
        "newStatusReference": json["statuses"][1]["statusReference"]}]);
    assert_eq!(workflow["defaultStatusMappings"], mapping);
    assert_eq!(json["statuses"][3]["id"], "7");
    assert_eq!(workflow["statuses"].as_array().map(Vec::len), Some(3));
    assert_eq!(workflow["version"]["versionNumber"], 3);
    assert_eq!((workflow.get("name"), json.get("scope")), (None, None));
}

#[test]
fn an_update_needs_the_id_and_the_version() {
    let yaml =
        with_transitions("  - { name: Go, from: A, to: B }\n  - { name: Close, from: B, to: C }");
    let missing = |block: &str| {
        let yaml = yaml.replace("jira: {  }", &format!("jira: {{ {block} }}"));
        build(&TARGET, "update", &yaml).reported()
    };
    let both = "missing-target-fields: target `jira` has no `workflow-id` and `version`";
    assert_eq!(missing(""), [both]);
    let version = "missing-target-fields: target `jira` has no `version`";
    assert_eq!(missing("workflow-id: b9ff2384"), [version]);
    assert_eq!(missing(LIVE), Vec::<String>::new());
}

#[test]
fn a_validation_wraps_the_body_that_creates() {
    let outcome = build(&TARGET, "validate", PAGE);
    let levels = json!({"levels": ["ERROR", "WARNING"]});
    let expected = json!({"payload": page_json(), "validationOptions": levels});
    assert_eq!(outcome.text(), expected.to_string());
}

#[test]
fn a_project_has_workflows_of_its_own() {
    for scope in ["10000", "\"10000\""] {
        let yaml = PAGE.replace("jira:\n", &format!("jira:\n    scope: {scope}\n"));
        let json = create(&yaml).json.expect("a document");
        let expected = json!({"type": "PROJECT", "project": {"id": "10000"}});
        assert_eq!(json["scope"], expected);
    }
}

/// An existing status has its id, and is called by a UUID all the same, or by its id in an answer, as
/// Jira calls it.
#[test]
fn an_existing_status_is_used_again() {
    let yaml = PAGE.split("    status-references:").next().expect("a part");
    let yaml = format!("{yaml}    status-ids: {{ To Do: 10001, Done: \"10003\" }}\n");
    let json = create(&yaml).json.expect("a document");
    let (first, last) = (&json["statuses"][0], &json["statuses"][2]);
    assert_eq!(first["id"], "10001");
    let derived = crate::targets::ids::workflow("software-workflow-1");
    let derived = crate::targets::ids::part(&derived, "To Do").to_string();
    assert_eq!(first["statusReference"], derived);
    assert_eq!(first.get("description"), None, "that of others stays");
    let shown = build(&TARGET, "search", &yaml).json.expect("a document");
    assert_eq!(shown["statuses"][0]["statusReference"], "10001");
    assert_eq!(
        shown["values"][0]["statuses"][2]["statusReference"],
        "10003"
    );
    assert_eq!(last["id"], "10003");
    assert_eq!(json["statuses"][1].get("id"), None);
}

#[test]
fn categories_follow_from_the_clock_and_the_start() {
    let states = "D: { category: draft }, S: { category: open }, O: { category: open }, \
                  W: { category: waiting }, C: { category: closed }, R: { category: closed }";
    let moves = "  - { name: n, from: [D, S, O, W], to: C }\n  - { from: D, to: S }\n  \
                 - { from: D, to: O }\n  - { from: O, to: W }\n  - { from: C, to: R }";
    let category = |block: &str| {
        let json = create(&file("[D, S]", states, moves, block));
        let json = json.json.expect("a document");
        let all = json["statuses"].as_array().expect("statuses").clone();
        let words = all.iter().filter_map(|s| s["statusCategory"].as_str());
        words.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(category(""), "TODO TODO IN_PROGRESS IN_PROGRESS DONE DONE");
    let block = "status-categories: { S: IN_PROGRESS, O: TODO, W: TODO }";
    assert_eq!(category(block), "TODO IN_PROGRESS TODO TODO DONE DONE");
}

#[test]
fn that_a_state_waits_is_lost_where_nobody_chose_a_category() {
    let states =
        "A: { category: open }, W: { category: waiting }, C: { category: closed, final: true }";
    let moves = "  - { name: Wait, from: A, to: W }\n  - { name: Close, from: W, to: C }";
    let outcome = create(&file("A", states, moves, ""));
    let message = "lossy-targets: target `jira` has no category `waiting`";
    assert_eq!(outcome.reported(), [message]);
    let chosen = create(&file("A", states, moves, "status-categories: { W: TODO }"));
    assert_eq!(chosen.reported(), Vec::<String>::new());
}

#[test]
fn several_states_under_from_are_links_of_one_transition() {
    let yaml = with_transitions(
        "  - { name: Go, from: A, to: B }\n  - { name: Close, from: [A, B], to: C }",
    );
    let expected = [
        "Create: INITIAL [] A",
        "Go: DIRECTED [A] B",
        "Close: DIRECTED [A B] C",
    ];
    assert_eq!(transitions_of(&yaml), expected);
}

#[test]
fn every_state_but_its_end_is_a_global_transition() {
    let yaml = with_transitions(
        "  - { name: Go, from: A, to: B }\n  - { name: Close, from: \"*\", to: C }",
    );
    assert_eq!(transitions_of(&yaml)[2], "Close: GLOBAL [] C");
    let outcome = create(&yaml);
    let told = "omitted-details: target `jira` offers `\"*\"` also in the state that it leads to";
    assert_eq!(outcome.all(), [told]);
}

/// A global transition would also lead from what is excepted, and out of what is final.
#[test]
fn every_state_but_some_is_spelt_out() {
    let excepted = with_transitions(
        "  - { name: Go, from: A, to: B }\n  - { name: Close, from: \"*\", except: [A], to: C }",
    );
    assert_eq!(transitions_of(&excepted)[2], "Close: DIRECTED [B] C");
    let states = "A: { category: open }, B: { category: open }, \
                  C: { category: closed, final: true }, D: { category: closed, final: true }";
    let moves = "  - { name: Go, from: A, to: B }\n  - { name: Close, from: \"*\", to: C }\n  \
                 - { name: Drop, from: A, to: D }";
    let moves = transitions_of(&file("A", states, moves, ""));
    assert_eq!(moves[2], "Close: DIRECTED [A B] C");
}

/// J6: the name of a global transition is its own, and so is its end.
#[test]
fn a_global_transition_shares_neither_name_nor_end() {
    let same_name = with_transitions(
        "  - { name: Go, from: A, to: [B] }\n  - { name: Go, from: \"*\", to: C }",
    )
    .replace("[B]", "B");
    // One name for two ways out of `A` is `ambiguous-transitions`, so nothing is built.
    assert!(create(&same_name).json.is_none());
    let from_its_end =
        with_transitions("  - { name: Go, from: C, to: B }\n  - { name: Go, from: \"*\", to: C }");
    let expected = ["Go: DIRECTED [C] B", "Go: DIRECTED [A B] C"];
    assert_eq!(transitions_of(&from_its_end)[1..], expected);
    let same_end = with_transitions(
        "  - { name: Go, from: A, to: B }\n  - { name: Close, from: \"*\", to: C }\n  \
         - { name: Cancel, from: \"*\", to: C }",
    );
    let expected = ["Close: GLOBAL [] C", "Cancel: DIRECTED [A B] C"];
    assert_eq!(transitions_of(&same_end)[2..], expected);
}

/// J6 again, where an author allows what is an error otherwise.
#[test]
fn a_status_has_one_transition_of_a_name() {
    let yaml =
        with_transitions("  - { name: Go, from: A, to: B }\n  - { name: Go, from: [A, B], to: C }");
    let mut out = Diagnostics::new();
    let source = crate::source::Source::new(
        crate::source::SourceId(0),
        "test",
        crate::source::Syntax::Yaml,
        yaml.as_str(),
    );
    let mut document = crate::syntax::read(&source, &mut out);
    let workflow =
        crate::model::decode::workflow(&mut document, &source, &crate::expect::PROMISES, &mut out);
    let resolved = crate::graph::Resolved::new(workflow.expect("a map of fields"));
    let checked = Checked::new(resolved, Vec::new()).expect("whole");
    assert_eq!(CREATE.of_one(&checked, &mut out), None);
    let messages: Vec<_> = out.iter().map(|d| d.message.as_str()).collect();
    let expected = "target `jira` takes one transition `Go` from one status, `A`";
    assert_eq!(messages, [expected]);
}

/// J7: `"*"` that matches no state would be a transition from nowhere.
#[test]
fn a_transition_from_no_state_is_left_out() {
    let states = "A: { category: open }, C: { category: closed, final: true }";
    let moves =
        "  - { name: Close, from: A, to: C }\n  - { name: Drop, from: \"*\", except: [A], to: C }";
    let moves = transitions_of(&file("A", states, moves, ""));
    assert_eq!(moves, ["Create: INITIAL [] A", "Close: DIRECTED [A] C"]);
}

/// J1.
#[test]
fn one_start_is_kept_and_the_others_are_reported() {
    let states = "A: { category: open }, B: { category: open }, C: { category: closed }";
    let moves = "  - { name: Go, from: A, to: B }\n  - { name: Close, from: [A, B], to: C }";
    let yaml = file("[A, { to: B, name: Call }]", states, moves, "");
    let message = "lossy-targets: target `jira` has one start, and `A` is taken";
    assert_eq!(create(&yaml).reported(), [message]);
    assert_eq!(transitions_of(&yaml)[0], "Create: INITIAL [] A");
    let start = "[{ to: A, name: Mail, notes: required }, { to: A, name: Call }]";
    let yaml = file(start, states, moves, "");
    let ways = "lossy-targets: target `jira` has one start, and `Mail` to `A` is taken";
    let notes = "lossy-targets: target `jira` has no place for required notes";
    assert_eq!(create(&yaml).reported(), [notes, ways]);
    assert_eq!(transitions_of(&yaml)[0], "Mail: INITIAL [] A");
}

/// J2: what is longer, in characters, and not in bytes.
#[test]
fn names_have_their_lengths() {
    let name = |length: usize| "ä".repeat(length);
    let of = |status: usize, transition: usize, title: usize, description: usize| {
        let (s, t) = (name(status), name(transition));
        let states = format!("A: {{ category: open }}, {s}: {{ category: closed }}");
        let moves = format!("  - {{ name: {t}, from: A, to: {s} }}");
        let yaml = file("A", &states, &moves, "");
        let texts = format!(
            "name: {}\ndescription: {}\n",
            name(title),
            name(description)
        );
        create(&(yaml + &texts))
    };
    assert_eq!(of(255, 60, 255, 1000).reported(), Vec::<String>::new());
    let state = of(256, 60, 255, 1000);
    let message =
        "target-limits: the name of a state has 256 characters, and the product takes 255";
    assert_eq!(state.reported(), [message]);
    assert!(state.json.is_none());
    let others = of(255, 61, 256, 1001);
    assert_eq!(others.reported().len(), 3, "{:?}", others.reported());
    assert!(others.json.is_some(), "these are warnings");
}

/// J9.
#[test]
fn a_request_takes_a_thousand_statuses() {
    let of = |count: usize| {
        let states: Vec<String> = (0..count)
            .map(|i| format!("S{i}: {{ category: open }}"))
            .collect();
        let moves: Vec<String> = (1..count)
            .map(|i| format!("  - {{ name: go{i}, from: S{}, to: S{i} }}", i - 1))
            .collect();
        let last = "  - { name: Close, from: \"*\", to: Closed }";
        let states = format!("{}, Closed: {{ category: closed }}", states.join(", "));
        create(&file(
            "S0",
            &states,
            &format!("{}\n{last}", moves.join("\n")),
            "",
        ))
    };
    let most = of(999);
    assert_eq!(most.reported(), Vec::<String>::new());
    let json = most.json.expect("a document");
    let all = json["workflows"][0]["transitions"]
        .as_array()
        .expect("transitions")
        .clone();
    let mut ids: Vec<u64> = all
        .iter()
        .filter_map(|t| t["id"].as_str()?.parse().ok())
        .collect();
    ids.dedup();
    assert_eq!(ids.len(), all.len(), "ids are numbers, and each its own");
    let more = of(1000);
    let message = "target-limits: target `jira` takes 1000 statuses a request, and there are 1001";
    assert_eq!(more.reported(), [message]);
}

/// The limit is this program's own: the body of ten megabytes of file would be gigabytes of memory.
#[test]
fn no_request_is_made_of_more_ways_than_ten_thousand() {
    let of = |pairs: usize, more: &str| {
        let moves = (0..pairs).map(|i| format!("  - {{ name: go{i}, from: [A, B], to: C }}\n"));
        create(&with_transitions(&format!(
            "{}  - {{ name: Pass, from: A, to: B }}\n{more}",
            moves.collect::<String>()
        )))
    };
    let most = of(4_999, "  - { name: Back, from: B, to: A }\n");
    assert_eq!(most.reported(), Vec::<String>::new());
    assert!(most.json.is_some());
    let more = of(5_000, "");
    let message = "target-limits: target `jira` is given 10000 ways between states at most, and there are 10001";
    assert_eq!(more.reported(), [message]);
    assert!(more.json.is_none());
}

/// J8: the shapes of two generations are never mixed.
#[test]
fn nothing_of_the_generation_before_is_written() {
    let text = create(PAGE).text();
    assert!(
        !text.contains("\"from\"") && !text.contains("\"to\""),
        "{text}"
    );
}

#[test]
fn a_state_in_which_nothing_may_be_edited_is_closed_to_edits() {
    let states =
        "A: { category: open, editable: [summary] }, C: { category: closed, editable: [] }";
    let outcome = create(&file(
        "A",
        states,
        "  - { name: Close, from: A, to: C }",
        "",
    ));
    let json = outcome.json.as_ref().expect("a document");
    let uses = &json["workflows"][0]["statuses"];
    assert_eq!(uses[0]["properties"], json!({}));
    assert_eq!(
        uses[1]["properties"],
        json!({"jira.issue.editable": "false"})
    );
    let told = "omitted-details: target `jira` has no place for editable properties";
    assert_eq!(outcome.all(), [told]);
    assert_eq!(outcome.report("omitted-details").labels.len(), 1);
}

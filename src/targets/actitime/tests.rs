//! actiTIME: the page's list of statuses in and out.

use super::*;
use serde_json::Value;

use crate::targets::testing::{build, build_all, check_together};

/// The list of the page's example, sorted by name as its request asks.
const PAGE: &str = "
workflow: tasks
start: In Progress
states:
  Done Well: { category: closed }
  In Progress: { category: open }
  Just Done: { category: closed }
transitions:
  - { name: Praise, from: In Progress, to: Done Well }
  - { name: Finish, from: In Progress, to: Just Done }
targets:
  actitime:
    ids: { Done Well: 7, In Progress: 4, Just Done: 2 }
";

const KEEPS_NO_TRANSITIONS: &str =
    "lossy-targets: target `actitime` keeps no transitions and no start states";

#[test]
fn the_list_of_the_page() {
    let outcome = build(&TARGET, "statuses", PAGE);
    assert_eq!(
        outcome.text(),
        concat!(
            r#"{"offset":0,"limit":1000,"items":["#,
            r#"{"id":7,"name":"Done Well","type":"completed"},"#,
            r#"{"id":4,"name":"In Progress","type":"open"},"#,
            r#"{"id":2,"name":"Just Done","type":"completed"}]}"#
        )
    );
    assert_eq!(outcome.reported(), [KEEPS_NO_TRANSITIONS]);
}

#[test]
fn a_status_that_the_installation_does_not_have_yet_has_no_id() {
    let yaml = PAGE.replace("Done Well: 7, ", "");
    let list = build(&TARGET, "statuses", &yaml).json.unwrap();
    assert_eq!(
        list["items"][0].to_string(),
        r#"{"name":"Done Well","type":"completed"}"#
    );
    let create = build(&TARGET, "create", &yaml);
    assert_eq!(
        create.text(),
        r#"[{"name":"Done Well","type":"completed"}]"#
    );
    assert_eq!(build(&TARGET, "create", PAGE).text(), "[]", "all exist");
}

/// Each note is about requests that are among these.
#[test]
fn requests_say_what_to_know_about_them() {
    let notes = |yaml: &str| {
        let json = build(&TARGET, "requests", yaml).json.unwrap();
        let notes = json["notes"].as_array().unwrap().clone();
        let first_words = |note: &Value| {
            note.as_str()
                .unwrap()
                .split(' ')
                .take(3)
                .collect::<Vec<_>>()
                .join(" ")
        };
        notes.iter().map(first_words).collect::<Vec<_>>()
    };
    let (user, known, new) = ("the user needs", "the type of", "a state without");
    assert_eq!(notes(PAGE), [user, known]);
    assert_eq!(
        notes(&PAGE.replace("Done Well: 7, ", "")),
        [user, known, new]
    );
    assert_eq!(notes(PAGE.split("targets:").next().unwrap()), [user, new]);
}

#[test]
fn without_a_block_every_status_is_new() {
    let yaml = PAGE.split("targets:").next().unwrap();
    let create = build(&TARGET, "create", yaml).json.unwrap();
    assert_eq!(create.as_array().unwrap().len(), 3);
}

#[test]
fn a_list_longer_than_one_page_is_reported() {
    let states: String = (0..=DEFAULT_LIMIT)
        .map(|n| format!("  S{n}: {{ category: open }}\n"))
        .collect();
    let yaml = format!(
        "workflow: long\nstart: [{}]\nstates:\n{states}",
        (0..=DEFAULT_LIMIT)
            .map(|n| format!("S{n}"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    let outcome = build(&TARGET, "statuses", &yaml);
    assert_eq!(
        outcome.reported(),
        [
            "target-limits: target `actitime` lists 1000 statuses, and there are 1001",
            "unclosed-workflows: no state of the workflow is `closed`",
        ]
    );
    assert!(outcome.json.is_some(), "a warning");
}

/// A second workflow of the same installation.
const REVIEWS: &str = "
workflow: reviews
start: In Progress
states:
  In Progress: { category: waiting }
  Reviewed: { category: closed }
transitions:
  - { name: Review, from: In Progress, to: Reviewed }
targets:
  actitime: {}
";

#[test]
fn a_name_that_two_workflows_have_is_one_status() {
    let outcome = build_all(&TARGET, "statuses", &[REVIEWS, PAGE]);
    assert_eq!(
        outcome.text(),
        concat!(
            r#"{"offset":0,"limit":1000,"items":["#,
            r#"{"id":4,"name":"In Progress","type":"open"},"#,
            r#"{"name":"Reviewed","type":"completed"},"#,
            r#"{"id":7,"name":"Done Well","type":"completed"},"#,
            r#"{"id":2,"name":"Just Done","type":"completed"}]}"#
        ),
        "the id is the one that the other workflow knows"
    );
    assert_eq!(
        build_all(&TARGET, "create", &[PAGE, REVIEWS]).text(),
        r#"[{"name":"Reviewed","type":"completed"}]"#
    );
    assert_eq!(
        build_all(&TARGET, "status", &[PAGE, REVIEWS]).text(),
        concat!(
            r#"[{"id":7,"name":"Done Well","type":"completed"},"#,
            r#"{"id":4,"name":"In Progress","type":"open"},"#,
            r#"{"id":2,"name":"Just Done","type":"completed"}]"#
        ),
        "only a status with an id can be asked for"
    );
}

#[test]
fn nothing_is_made_of_workflows_that_contradict_each_other() {
    let closed = REVIEWS.replace("waiting", "closed");
    let outcome = build_all(&TARGET, "statuses", &[PAGE, &closed]);
    assert!(outcome.json.is_none());
    assert_eq!(
        outcome.report("target-collisions").message,
        "state `In Progress` is `completed` in target `actitime` for workflow `reviews`, and `open` for `tasks`"
    );
    let known = REVIEWS.replace("{}", "{ ids: { In Progress: 4 } }");
    assert_eq!(check_together(&TARGET, &[PAGE, &known]), [] as [&str; 0]);
}

//! What a program reads.

use super::*;

#[test]
fn short_is_one_line_each() {
    let source = source(LAPTOP);
    let found = [dead_end(&source), misspelt(&source)];
    insta::assert_snapshot!(written("short", &Report::new([&source], &found)), @r"
    laptop.workflow.yaml:6:3: warning[dead-ends]: state `Waiting` is a dead end
    laptop.workflow.yaml:11:37: error[undefined-states]: transition `Approve` leads to undefined state `Aproved`
    ");
    assert_eq!(written("short", &Report::new([&source], &[])), "");
}

#[test]
fn json_says_everything() {
    let source = source(LAPTOP);
    let found = [dead_end(&source), misspelt(&source)];
    insta::assert_snapshot!(written("json", &Report::new([&source], &found)), @r#"
    {
      "version": 1,
      "files": 1,
      "errors": 1,
      "warnings": 1,
      "diagnostics": [
        {
          "code": "dead-ends",
          "severity": "warning",
          "message": "state `Waiting` is a dead end",
          "file": "laptop.workflow.yaml",
          "line": 6,
          "column": 3,
          "end_line": 6,
          "end_column": 10,
          "span": {
            "start": 65,
            "end": 72
          },
          "labels": [
            {
              "message": "no transition leaves it",
              "primary": true,
              "file": "laptop.workflow.yaml",
              "line": 6,
              "column": 3,
              "end_line": 6,
              "end_column": 10,
              "span": {
                "start": 65,
                "end": 72
              }
            }
          ],
          "help": "add a transition from `Waiting`, or make its category `closed`",
          "notes": [
            "a ticket in `Waiting` stays there for good",
            "`New` → `Approved` → `Closed` is the only way to `Closed`"
          ],
          "fix": null,
          "url": null
        },
        {
          "code": "undefined-states",
          "severity": "error",
          "message": "transition `Approve` leads to undefined state `Aproved`",
          "file": "laptop.workflow.yaml",
          "line": 11,
          "column": 37,
          "end_line": 11,
          "end_column": 44,
          "span": {
            "start": 205,
            "end": 212
          },
          "labels": [
            {
              "message": "no state has this name",
              "primary": true,
              "file": "laptop.workflow.yaml",
              "line": 11,
              "column": 37,
              "end_line": 11,
              "end_column": 44,
              "span": {
                "start": 205,
                "end": 212
              }
            },
            {
              "message": "a state with a similar name is defined here",
              "primary": false,
              "file": "laptop.workflow.yaml",
              "line": 7,
              "column": 3,
              "end_line": 7,
              "end_column": 11,
              "span": {
                "start": 95,
                "end": 103
              }
            }
          ],
          "help": "change `Aproved` to `Approved`",
          "notes": [],
          "fix": {
            "safe": true,
            "edits": [
              {
                "file": "laptop.workflow.yaml",
                "start": 205,
                "end": 212,
                "text": "Approved"
              }
            ]
          },
          "url": null
        }
      ]
    }
    "#);
    insta::assert_snapshot!(written("json", &Report::new([&source], &[])), @r#"
    {
      "version": 1,
      "files": 1,
      "errors": 0,
      "warnings": 0,
      "diagnostics": []
    }
    "#);
}

#[test]
fn an_edit_names_its_file() {
    let (a, b) = (named(3, "a.yaml", "x"), named(9, "b.yaml", "y"));
    let found = [Diagnostic::new(&WRONG, "it is wrong", a.span(), "here")
        .edits(false, vec![Edit::new(b.span(), "z")])];
    let json = written("json", &Report::new([&b, &a], &found));
    let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let fix = &value["diagnostics"][0]["fix"];
    assert_eq!(fix["edits"][0]["file"], "b.yaml");
    assert_eq!(fix["safe"], false);
}

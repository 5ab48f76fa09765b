//! `statewright import`: files, streams, exit codes.

use crate::common::folder::Folder;

const STEPS: &str = r#"{"Items": [
  {"StepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f01", "Name": "New", "StatusType": "Open",
   "AllowedTransitions": ["3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f02", "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f03"]},
  {"StepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f02", "Name": "Waiting for Parts", "StatusType": "Waiting",
   "AllowedTransitions": ["3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f01", "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f03"]},
  {"StepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f03", "Name": "Closed", "StatusType": "Closed",
   "AllowedTransitions": []}
]}"#;

#[test]
fn what_is_imported_checks_and_builds_to_the_same_json() {
    for syntax in ["yaml", "toml"] {
        let folder = Folder::with(&[("Hardware Repair.json", STEPS)]);
        let arguments = [
            "import",
            "--from",
            "incident-iq",
            "Hardware Repair.json",
            "--syntax",
            syntax,
            "--out",
            "flows",
        ];
        let ran = folder.run(&arguments).is(0);
        let name = format!("flows/hardware-repair.workflow.{syntax}");
        assert_eq!(
            ran.out,
            format!("wrote {name}; next: statewright check {name}\n")
        );
        assert_eq!(ran.err, "");
        folder.run(&["check", &name, "--deny", "warnings"]).is(0);
        let built = folder
            .run(&["build", &name, "--target", "incident-iq"])
            .is(0);
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(value(&built.out), value(STEPS));
    }
}

#[test]
fn a_person_could_have_written_it() {
    let folder = Folder::new();
    let ran = folder
        .run_with_input(
            &["import", "--from", "incident-iq:steps", "--name", "repair"],
            STEPS,
        )
        .is(0);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn a_file_that_is_there_is_left_as_it_is() {
    let folder = Folder::with(&[("steps.json", STEPS), ("steps.workflow.yaml", "mine")]);
    let arguments = [
        "import",
        "--from",
        "incident-iq",
        "steps.json",
        "--out",
        ".",
    ];
    let ran = folder.run(&arguments).is(4);
    assert_eq!(
        ran.err,
        "statewright: `./steps.workflow.yaml` is already there and was left as it is: --force writes over it\n"
    );
    assert_eq!(folder.read("steps.workflow.yaml"), "mine");
    folder.run(&[&arguments[..], &["--force"]].concat()).is(0);
    assert!(
        folder
            .read("steps.workflow.yaml")
            .starts_with("# Imported from Incident IQ")
    );
}

const SITE: &str = r#"{"Items": [
  {"WorkflowId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5a00", "Name": "Hardware Repair", "InitialStepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5a01",
   "Steps": [
     {"StepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5a02", "Name": "Closed", "StatusType": "Closed", "AllowedTransitions": []},
     {"StepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5a01", "Name": "New", "StatusType": "Open",
      "AllowedTransitions": ["3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5a02"]}]},
  {"WorkflowId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5b00", "Name": "Facilities", "InitialStepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5b01",
   "Steps": [
     {"StepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5b01", "Name": "New", "StatusType": "Open",
      "AllowedTransitions": ["3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5b02"]},
     {"StepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5b02", "Name": "Closed", "StatusType": "Closed", "AllowedTransitions": []}]}
]}"#;

#[test]
fn a_list_becomes_a_file_for_each_workflow_and_is_built_of_them_again() {
    let folder = Folder::with(&[("site.json", SITE)]);
    let import = ["import", "--from", "incident-iq:workflows", "site.json"];
    let ran = folder.run(&import).is(2);
    assert_eq!(
        ran.err,
        "statewright: `site.json` holds 2 workflows: add --out DIR to write a file for each\n"
    );
    assert_eq!(ran.out, "");
    let to_folder = [&import[..], &["--out", "flows"]].concat();
    let named = [&to_folder[..], &["--name", "repair"]].concat();
    let ran = folder.run(&named).is(2);
    assert_eq!(
        ran.err,
        "statewright: `site.json` holds 2 workflows, and --name names one: leave it out\n"
    );
    assert!(!folder.0.join("flows").exists());

    let ran = folder.run(&to_folder).is(0);
    assert_eq!(
        ran.out,
        "wrote flows/hardware-repair.workflow.yaml; next: statewright check flows/hardware-repair.workflow.yaml\n\
         wrote flows/facilities.workflow.yaml; next: statewright check flows/facilities.workflow.yaml\n"
    );
    assert_eq!(ran.err, "");
    insta::assert_snapshot!(folder.read("flows/hardware-repair.workflow.yaml"));
    let both = [
        "flows/hardware-repair.workflow.yaml",
        "flows/facilities.workflow.yaml",
    ];
    let check = [&["check", "--deny", "warnings"], &both[..]].concat();
    folder.run(&check).is(0);
    let build = [&["build", "--target", "incident-iq:workflows"], &both[..]].concat();
    let built = folder.run(&build).is(0);
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    assert_eq!(value(&built.out), value(SITE));

    let again = folder.run(&to_folder).is(4);
    assert_eq!(again.err.matches("was left as it is").count(), 2);
    let forced = [&to_folder[..], &["--force"]].concat();
    folder.run(&forced).is(0);
}

/// Pages of one list, in whatever order they are named.
#[test]
fn several_files_are_pages_of_one_list() {
    let page = |offset: usize, limit: usize, items: &str| {
        format!("{{\"offset\": {offset}, \"limit\": {limit}, \"items\": [{items}]}}")
    };
    let (new, done) = (
        r#"{"id": 1, "name": "New", "type": "open"}"#,
        r#"{"id": 2, "name": "Done", "type": "completed"}"#,
    );
    let folder = Folder::with(&[
        ("one.json", &page(0, 1, new)),
        ("two.json", &page(1, 2, done)),
        ("broken.json", "{"),
    ]);
    let import = |files: &[&str]| folder.run(&[&["import", "--from", "actitime"], files].concat());
    let ran = import(&["two.json", "one.json"]).is(0);
    assert!(!ran.err.contains("the list"), "{}", ran.err);
    assert!(ran.out.contains("ids: { Done: 2, New: 1 }"), "{}", ran.out);
    let ran = import(&["one.json"]).is(0);
    assert!(
        ran.err
            .contains("the list has 1 status, which is its limit")
    );
    let ran = import(&["one.json", "broken.json"]).is(1);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("broken.json"), "{}", ran.err);
    let ran = import(&["one.json", "absent.json"]).is(3);
    assert!(ran.err.contains("absent.json"), "{}", ran.err);
    let ran = import(&["-", "-"]).is(2);
    let said = "error: standard input is named twice: name it once\n";
    assert!(ran.err.starts_with(said), "{}", ran.err);
}

#[test]
fn broken_json_writes_nothing() {
    let folder = Folder::with(&[("steps.json", &STEPS[..STEPS.len() - 2])]);
    let ran = folder
        .run(&[
            "import",
            "--from",
            "incident-iq",
            "steps.json",
            "--out",
            "flows",
            "--format",
            "short",
        ])
        .is(1);
    assert_eq!(ran.out, "");
    assert!(
        ran.err.starts_with(
            "steps.json:1:11: error[invalid-json]: list that begins with `[` is never closed\n"
        ),
        "{}",
        ran.err
    );
    assert!(!folder.0.join("flows").exists());
}

#[test]
fn what_is_wrong_with_the_workflow_itself_is_told_but_written() {
    let folder = Folder::new();
    // Closed twice under one name: the file cannot be built.
    let json = r#"{"workflow": {"id": "a", "startStates": ["Open"], "type": "Other",
        "states": [{"name": "Open", "stateCategory": "Open"}, {"name": "Done", "stateCategory": "Closed"}, {"name": "Void", "stateCategory": "Closed"}],
        "transitions": [{"displayName": "Close", "start": "Open", "end": "Done", "notes": "None"},
                        {"displayName": "Close", "start": "Open", "end": "Void", "notes": "None"}]}}"#;
    let ran = folder
        .run_with_input(&["import", "--from", "itwin"], json)
        .is(0);
    assert_eq!(
        ran.err,
        "statewright: the workflow has 1 error of its own, which `statewright check` explains\n"
    );
    assert!(
        ran.out.contains("- { name: Close, from: Open, to: Void }"),
        "{}",
        ran.out
    );
}

#[test]
fn wrong_usage_is_told() {
    let folder = Folder::with(&[("steps.json", STEPS)]);
    let ran = folder.run(&["import", "steps.json"]).is(2);
    assert!(
        ran.err.contains("--from <TARGET[:DOCUMENT]>"),
        "{}",
        ran.err
    );
    let ran = folder
        .run(&["import", "--from", "jria", "steps.json"])
        .is(2);
    assert!(ran.err.contains("no target has this name"), "{}", ran.err);
    let ran = folder
        .run(&["import", "--from", "itwin", "none.json"])
        .is(3);
    assert_eq!(
        ran.err,
        "statewright: cannot read `none.json`: no such file or directory\n"
    );
    let ran = folder.run(&["import", "--list"]).is(0);
    assert!(ran.out.contains("itwin:workflow"), "{}", ran.out);
}

const PARAMETERS: &str = r#"{"workflowDefinitionId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f01",
  "parameters": {"owner": null, "deep": {"list": [null]}, "most": 99999999999999999999, "none": {}}}"#;

/// What YAML can say is kept, and what TOML cannot say is no silent loss.
#[test]
fn null_and_large_numbers_are_kept_in_yaml_and_refused_in_toml() {
    let folder = Folder::with(&[("p.json", PARAMETERS)]);
    let import = ["import", "--from", "transactionlink:parameters", "p.json"];
    let yaml = folder.run(&import).is(0).out;
    assert!(yaml.contains("      owner: null\n"), "{yaml}");
    assert!(
        yaml.contains("      most: 99999999999999999999\n"),
        "{yaml}"
    );
    let toml = [&import[..], &["--syntax", "toml"]].concat();
    let ran = folder.run(&toml).is(1);
    assert_eq!(ran.out, "");
    for part in [
        "error[lossy-imports]\n\n  × `null` cannot be written in TOML\n   ╭─[p.json:2:27]\n",
        "╰── here, too\n",
        "  × a whole number of more than 64 bits cannot be written in TOML\n   ╭─[p.json:2:67]\n",
        "  help: write the workflow in YAML: `--syntax yaml`\n",
    ] {
        assert!(ran.err.contains(part), "{}", ran.err);
    }
}

/// A step of a pipeline that must not lose anything sees every loss.
#[test]
fn a_loss_is_an_error_where_it_is_denied() {
    let json = PARAMETERS.replace("\"parameters\"", "\"locale\": \"en\", \"parameters\"");
    let folder = Folder::with(&[("p.json", &json)]);
    let import = ["import", "--from", "transactionlink:parameters", "p.json"];
    let denied = [
        &import[..],
        &["--deny", "lossy-imports", "--format", "short"],
    ]
    .concat();
    let ran = folder.run(&denied).is(1);
    assert_eq!(ran.out, "");
    assert_eq!(
        ran.err.lines().next(),
        Some("p.json:2:3: error[lossy-imports]: field `locale` of the body will be left out")
    );
}

#[test]
fn what_cannot_be_compared_is_written_only_where_that_is_asked_for() {
    // As deep as JSON may be, and one level deeper in the file.
    let deep = format!("{}1{}", "[".repeat(62), "]".repeat(62));
    let json = PARAMETERS.replace("null, \"deep\"", &format!("{deep}, \"deep\""));
    let folder = Folder::with(&[("p.json", &json)]);
    let import = [
        "import",
        "--from",
        "transactionlink:parameters",
        "p.json",
        "--out",
        "flows",
    ];
    let short = [&import[..], &["--format", "short"]].concat();
    let ran = folder.run(&short).is(1);
    assert_eq!(
        ran.err.lines().next(),
        Some(
            "p.json:1:1: error[lossy-imports]: workflow `p` cannot be compared with what is built \
             of its file"
        )
    );
    assert!(!folder.0.join("flows").exists());
    folder
        .run(&[&short[..], &["--warn", "lossy-imports"]].concat())
        .is(0);
    assert!(folder.0.join("flows/p.workflow.yaml").exists());
}

#[test]
fn an_error_answer_writes_nothing() {
    let folder = Folder::with(&[("r.json", r#"{"message": "Not Found"}"#)]);
    let import = ["import", "--from", "xurrent", "r.json", "--out", "flows"];
    let ran = folder
        .run(&[&import[..], &["--format", "short"]].concat())
        .is(1);
    assert_eq!(
        ran.err.lines().next(),
        Some(
            "r.json:1:13: error[invalid-values]: the JSON is an error answer of Xurrent, not a \
             workflow: `Not Found`"
        )
    );
    assert!(!folder.0.join("flows").exists());
    folder
        .run(&[&import[..], &["--allow", "lossy-imports"]].concat())
        .is(1);
}

#[test]
fn what_is_wrong_with_the_workflow_itself_is_counted() {
    let alone = r#"{"Items": [{"StepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f01", "Name": "New",
        "StatusType": "Open", "AllowedTransitions": []}]}"#;
    let next = r#"{"StepId": "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f02", "Name": "Old",
        "StatusType": "Open", "AllowedTransitions": []}, "#;
    let two = alone.replace("[{", &format!("[{next}{{"));
    let said = |json: &str| {
        let folder = Folder::new();
        folder
            .run_with_input(&["import", "--from", "incident-iq"], json)
            .is(0)
            .err
    };
    let own = |count| format!("has {count} of its own, which `statewright check` explains\n");
    assert!(said(alone).ends_with(&own("1 warning")), "{}", said(alone));
    assert!(said(&two).ends_with(&own("2 warnings")), "{}", said(&two));
}

/// Where nobody reads along, a new file is what it is; a log of CI shows what cannot be seen.
#[test]
fn what_is_imported_is_written_byte_by_byte() {
    let folder = Folder::new();
    let json = "{\"workflow\": {\"id\": \"a\", \"startStates\": [\"\u{2764}\u{fe0f}\"], \"type\": \"Other\",
        \"states\": [{\"name\": \"\u{2764}\u{fe0f}\", \"stateCategory\": \"Open\"}], \"transitions\": []}}";
    folder.write("a.json", json);
    let import = ["import", "--from", "itwin", "a.json"];
    let piped = folder.run(&import).is(0);
    assert!(piped.out.contains("\u{2764}\u{fe0f}"), "{}", piped.out);
    let in_ci = |stdout: std::process::Stdio| {
        let mut command = folder.command(&import);
        command
            .env("CI", "true")
            .stdout(stdout)
            .output()
            .expect("it starts")
    };
    let log = in_ci(std::process::Stdio::piped());
    assert!(String::from_utf8_lossy(&log.stdout).contains("<U+FE0F>"));
    let file = std::fs::File::create(folder.0.join("a.workflow.yaml")).expect("writable");
    in_ci(file.into());
    assert_eq!(folder.read("a.workflow.yaml"), piped.out);
}

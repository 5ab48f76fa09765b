//! `build`: where documents go, and what is not written.

use std::fs;

use super::{Folder, GOOD, misspelt};

#[test]
fn build_writes_json_to_standard_output_and_reports_to_standard_error() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let ran = folder.run(&["build", "--target", "incident-iq"]).is(0);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["Items"][0]["Name"], "New");
    assert!(ran.err.contains("checked 1 file"), "{}", ran.err);
    let compact = folder
        .run(&["build", "--target", "incident-iq:steps", "--compact"])
        .is(0);
    assert_eq!(compact.out.lines().count(), 1);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&compact.out).expect("JSON"),
        json
    );
}

#[test]
fn a_document_whose_workflow_is_gone_is_told() {
    let folder = Folder::with(&[("desk/a.workflow.yaml", GOOD)]);
    let build = ["build", "desk", "--target", "incident-iq", "--out", "made"];
    folder.run(&build).is(0);
    let other = GOOD.replace("workflow: good", "workflow: better");
    fs::write(folder.0.join("desk/a.workflow.yaml"), other).expect("writable");
    folder.run(&build).is(0);
    fs::write(folder.0.join("made/notes.json"), "{}").expect("writable");
    let ran = folder.run(&[&build[..], &["--check"]].concat()).is(1);
    let told = "`made/good.incident-iq.steps.json` is of workflow `good`, which there is no more: delete it";
    assert!(ran.err.contains(told), "{}", ran.err);
    assert!(!ran.err.contains("notes"), "{}", ran.err);
    fs::remove_file(folder.0.join("made/good.incident-iq.steps.json")).expect("it is there");
    folder.run(&[&build[..], &["--check"]].concat()).is(0);
}

#[test]
fn build_writes_one_file_a_document() {
    let named = format!("{GOOD}targets:\n  incident-iq: {{}}\n  actitime: {{}}\n");
    let folder = Folder::with(&[("a.workflow.yaml", &named)]);
    let ran = folder
        .run(&["build", ".", "--target", "all", "--out", "made/here"])
        .is(0);
    assert!(ran.out.contains("a.workflow.yaml: wrote "), "{}", ran.out);
    assert!(
        folder
            .read("made/here/good.incident-iq.steps.json")
            .contains("\"Items\"")
    );
    assert!(ran.out.contains("a.workflow.yaml: wrote "), "{}", ran.out);
    assert!(
        folder
            .read("made/here/actitime.statuses.json")
            .contains("\"items\""),
        "an installation has one list"
    );
}

/// What `build --check` says with these arguments, one line a report.
fn stale(folder: &Folder, arguments: &[&str], code: i32) -> String {
    let mut all = vec![
        "build", ".", "--out", "made", "--check", "--format", "short",
    ];
    all.extend(arguments);
    let ran = folder.run(&all).is(code);
    assert_eq!(ran.out, "");
    ran.err
}

#[test]
fn build_check_tells_which_files_are_not_fresh_and_writes_none() {
    let named = format!("{GOOD}targets: {{ incident-iq: {{}} }}\n");
    let folder = Folder::with(&[("a.workflow.yaml", &named)]);
    let said = stale(&folder, &["--target", "all"], 1);
    let place = "a.workflow.yaml:1:11: error[stale-output]: output ";
    let path = "`made/good.incident-iq.steps.json`";
    assert!(
        said.starts_with(&format!("{place}{path} is missing")),
        "{said}"
    );
    assert!(!folder.0.join("made").exists());

    let build = ["build", ".", "--target", "all", "--out", "made"];
    folder.run(&build).is(0);
    stale(&folder, &["--target", "all"], 0);
    let fresh = folder.read("made/good.incident-iq.steps.json");
    let compact = ["--target", "all", "--compact"];
    stale(&folder, &compact, 1);

    folder.write("a.workflow.yaml", &named.replace("New", "Fresh"));
    let said = stale(&folder, &["--target", "all"], 1);
    let different = format!("{place}{path} is not what its workflow compiles to");
    assert!(said.starts_with(&different), "{said}");
    assert_eq!(folder.read("made/good.incident-iq.steps.json"), fresh);
    stale(&folder, &["--target", "all", "--warn", "stale-output"], 0);
    folder.run(&["build", "--target", "all", "--check"]).is(2);
    fs::remove_file(folder.0.join("made/good.incident-iq.steps.json")).expect("there");
    folder.write("made/good.incident-iq.steps.json/x", "");
    let said = stale(&folder, &["--target", "all"], 3);
    assert!(said.contains("cannot read `made/good"), "{said}");
}

#[test]
fn build_check_compares_lists_and_requests() {
    let second = GOOD.replace("workflow: good", "workflow: second");
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", &second)]);
    let list: &[&str] = &["--target", "incident-iq:workflows"];
    let curl: &[&str] = &["--target", "actitime:requests", "--as", "curl"];
    for wanted in [list, curl] {
        let build = [&["build", ".", "--out", "made"][..], wanted].concat();
        folder.run(&build).is(0);
        stale(&folder, wanted, 0);
    }
    folder.write("b.workflow.yaml", &second.replace("New", "Fresh"));
    for (wanted, name) in [
        (list, "made/incident-iq.workflows.json"),
        (curl, "made/actitime.requests.sh"),
    ] {
        let said = stale(&folder, wanted, 1);
        let all =
            format!("error[stale-output]: output `{name}` is not what its workflows compile to");
        assert_eq!(said.matches(&all).count(), 1, "{said}");
        assert!(
            said.contains("a.workflow.yaml:1:11: error[stale-output]"),
            "{said}"
        );
    }
    folder.write("b.workflow.yaml", &misspelt());
    let said = stale(&folder, list, 1);
    assert!(
        said.contains("`incident-iq:workflows` was not compared"),
        "{said}"
    );
}

#[test]
fn a_list_is_made_of_all_files_or_not_at_all() {
    let second = GOOD.replace("workflow: good", "workflow: second");
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", &second)]);
    let build = ["build", ".", "--target", "incident-iq:workflows"];
    let ran = folder.run(&build).is(0);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("one document");
    let items = json["Items"].as_array().expect("a list");
    assert_eq!(
        (&items[0]["Name"], &items[1]["Name"]),
        (&"good".into(), &"second".into())
    );
    folder.write("b.workflow.yaml", &misspelt());
    let ran = folder.run(&build).is(1);
    assert_eq!(ran.out, "");
    assert!(
        ran.err
            .contains("`incident-iq:workflows` was not written: 1 of 2 files has errors"),
        "{}",
        ran.err
    );
}

/// A file that ends too early may have named any product further down.
#[test]
fn a_list_of_all_is_not_made_without_a_file_that_is_cut_short() {
    let of = |name: &str| {
        GOOD.replacen("workflow: ", &format!("workflow: {name}-"), 1) + "targets: { jira: {} }\n"
    };
    let folder = Folder::with(&[("a.workflow.yaml", &of("a")), ("b.workflow.yaml", &of("b"))]);
    let build = ["build", ".", "--target", "all", "--out", "out"];
    folder.run(&build).is(0);
    let whole = folder.read("out/jira.create.json");
    folder.write("b.workflow.yaml", &of("b")[..60]);
    let ran = folder.run(&build).is(1);
    assert!(
        ran.err
            .contains("`jira:create` was not written: 1 of 2 files has errors"),
        "{}",
        ran.err
    );
    assert_eq!(folder.read("out/jira.create.json"), whole);
}

#[test]
fn all_lists_only_the_workflows_that_name_the_product() {
    let named = format!("{GOOD}targets: {{ actitime: {{}} }}\n");
    let other = GOOD
        .replace("workflow: good", "workflow: other")
        .replace("New", "Elsewhere");
    let folder = Folder::with(&[("a.workflow.yaml", &named), ("b.workflow.yaml", &other)]);
    let out = folder.run(&["build", ".", "--target", "all"]).is(0).out;
    assert!(out.contains("New") && !out.contains("Elsewhere"), "{out}");
    let out = folder
        .run(&["build", ".", "--target", "actitime"])
        .is(0)
        .out;
    assert!(out.contains("New") && out.contains("Elsewhere"), "{out}");
}

/// Without --target, as with `--target all`, the files and their configuration say what is built.
#[test]
fn without_a_target_files_and_configuration_say_what_is_built() {
    let named = format!("{GOOD}targets: {{ incident-iq: {{}} }}\n");
    let folder = Folder::with(&[("a.workflow.yaml", &named), ("desks/b.workflow.yaml", GOOD)]);
    folder.write("desks/statewright.toml", "targets = [\"incident-iq\"]\n");
    let told = "a.workflow.yaml: wrote out/good.incident-iq.steps.json\n";
    for build in [&["build"][..], &["build", "--target", "all"]] {
        let build = [build, &["--out", "out", "a.workflow.yaml"]].concat();
        assert_eq!(folder.run(&build).is(0).out, told);
    }
    let ran = folder.run(&["build", "--out", "out", "desks"]).is(0);
    assert_eq!(
        ran.out,
        "desks/b.workflow.yaml: wrote out/good.incident-iq.steps.json\n"
    );
    // Lists of what the configuration names, too.
    let requests = ["build", "--target", "all:requests", "--out", "out", "desks"];
    let ran = folder.run(&requests).is(0);
    assert_eq!(
        ran.out,
        "desks/b.workflow.yaml: wrote out/incident-iq.requests.json\n"
    );
    // A build for one product alone is not held against what the configuration names.
    let one = ["build", "--target", "actitime", "--out", "out", "desks"];
    let ran = folder.run(&one).is(0);
    assert!(!ran.err.contains("incident-iq"), "{}", ran.err);
}

#[test]
fn a_document_that_is_asked_for_twice_is_written_once() {
    let named = format!("{GOOD}targets: {{ incident-iq: {{}} }}\n");
    let folder = Folder::with(&[("a.workflow.yaml", &named)]);
    let twice = [
        "build",
        ".",
        "--target",
        "all",
        "--target",
        "incident-iq",
        "--compact",
    ];
    assert_eq!(folder.run(&twice).is(0).out.lines().count(), 1);
}

#[test]
fn a_workflow_with_an_error_emits_nothing() {
    let folder = Folder::with(&[
        ("b.workflow.yaml", &misspelt()),
        ("good.workflow.yaml", GOOD),
    ]);
    let ran = folder
        .run(&["build", ".", "--target", "incident-iq", "--out", "out"])
        .is(1);
    assert!(ran.err.contains("undefined-states"));
    assert_eq!(
        fs::read_dir(folder.0.join("out"))
            .expect("the folder")
            .count(),
        1
    );
}

#[test]
fn two_files_never_write_one_output() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", GOOD)]);
    let build = ["build", ".", "--target", "incident-iq", "--out", "out"];
    let ran = folder.run(&build).is(1);
    assert!(ran.err.contains("duplicate-workflows"), "{}", ran.err);
    assert!(!folder.0.join("out").exists() && ran.out.is_empty());
    let mut build = build.to_vec();
    build.extend(["--allow", "duplicate-workflows"]);
    let ran = folder.run(&build).is(1);
    assert!(ran.err.contains("was not written"), "{}", ran.err);
}

#[test]
fn a_file_that_is_named_twice_is_one_file() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let ran = folder.run(&["check", "a.workflow.yaml", ".", "./a.workflow.yaml"]);
    assert_eq!(ran.is(0).out, "checked 1 file: no mistakes found\n");
}

#[test]
fn files_of_different_folders_are_checked_together() {
    let other = GOOD.replace("category: closed", "category: waiting");
    let folder = Folder::with(&[("a/x.workflow.yaml", GOOD), ("b/x.workflow.yaml", &other)]);
    let ran = folder.run(&["check", "a", "b", "--format", "json"]).is(1);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let found = json["diagnostics"].as_array().expect("a list");
    let together = found.iter().find(|d| d["code"] == "duplicate-workflows");
    let labels = together.expect("reported")["labels"]
        .as_array()
        .expect("a list");
    let files: Vec<&str> = labels.iter().filter_map(|l| l["file"].as_str()).collect();
    assert_eq!(files, ["b/x.workflow.yaml", "a/x.workflow.yaml"]);
}

/// The mistake of one product keeps only its own documents from being made.
#[test]
fn one_product_is_not_in_the_way_of_another() {
    let three = "targets:\n  itwin: {}\n  jira: {}\n  incident-iq: {}\n";
    let second = GOOD.replace("workflow: good", "workflow: second");
    let folder = Folder::with(&[
        ("a.workflow.yaml", &format!("{GOOD}{three}")),
        (
            "b.workflow.yaml",
            &format!(
                "{second}{}",
                three.replace("itwin: {}", "itwin: { type: RFI }")
            ),
        ),
    ]);
    let build = |wanted: &str| {
        [
            "build", ".", "--format", "short", "--out", "made", "--target", wanted,
        ]
        .map(str::to_owned)
    };
    let run = |wanted: &str, code: i32| {
        let arguments = build(wanted);
        folder
            .run(&arguments.each_ref().map(String::as_str))
            .is(code)
    };
    let no_type =
        "a.workflow.yaml:9:3: error[missing-target-fields]: target `itwin` has no `type`\n";
    let ran = run("all", 1);
    assert_eq!(
        ran.out,
        "a.workflow.yaml: wrote made/good.incident-iq.steps.json\n\
         b.workflow.yaml: wrote made/second.itwin.workflow.json, made/second.incident-iq.steps.json\n\
         a.workflow.yaml, b.workflow.yaml: wrote made/jira.create.json\n"
    );
    let missing =
        "statewright: `itwin:workflow` of `a.workflow.yaml` was not written: the file has errors\n";
    assert_eq!(ran.err, format!("{missing}{no_type}"));
    // A list is of all files that are for its product, and these are whole.
    let ran = run("all:requests", 1);
    assert_eq!(
        ran.out,
        "a.workflow.yaml, b.workflow.yaml: wrote made/jira.requests.json\n\
         a.workflow.yaml, b.workflow.yaml: wrote made/incident-iq.requests.json\n"
    );
    let missing = "statewright: `itwin:requests` was not written: errors are in the way\n";
    assert_eq!(ran.err, format!("{missing}{no_type}"));
    assert_eq!(run("jira:workflows", 0).err, "");
    // What is wrong in a block is of its product, too.
    let spoilt = folder
        .read("a.workflow.yaml")
        .replace("itwin: {}", "itwin: { type: [] }");
    folder.write("a.workflow.yaml", &spoilt);
    let ran = run("all", 1);
    assert!(ran.out.contains("jira.create.json"), "{}", ran.out);
    assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
    assert_eq!(run("jira:workflows", 1).out.lines().count(), 1);
}

/// Each of these workflows lacks what the document cannot be made without, and its author would
/// rather not hear of it. A file that was made earlier is not called fresh for that.
#[test]
fn a_document_that_is_not_made_is_told_whatever_is_silenced() {
    let two = |block: &str, other: &str| {
        let second = GOOD.replace("workflow: good", "workflow: second");
        [
            format!("{GOOD}targets: {{ {block} }}\n"),
            format!("{second}targets: {{ {other} }}\n"),
        ]
    };
    let long = "S".repeat(256);
    let uuid = "3f1c1a52-7c0b-4d8e-9a41-0b6f2f6f5f01";
    let ids = format!("incident-iq: {{ workflow-id: {uuid} }}");
    let record =
        "category: standard, justification: expansion, service: 26, template: 37, workflow_type: x";
    let case = "transactionlink: { workflow-definition-id: x, case: {} }";
    let deep = format!("{}0{}", "[".repeat(60), "]".repeat(60));
    let deep = format!(
        "transactionlink: {{ workflow-definition-id: x, parameters: {{ a: {deep}, b: &b [{}] }} }}",
        "1,".repeat(100_001)
    );
    let rows: &[(&str, [String; 2], &str)] = &[
        (
            "itwin:workflow",
            two("itwin: {}", "itwin: {}"),
            "missing-target-fields",
        ),
        (
            "itwin:requests",
            two("itwin: {}", "itwin: {}"),
            "missing-target-fields",
        ),
        (
            "transactionlink:run",
            two("transactionlink: {}", case),
            "missing-target-fields",
        ),
        (
            "transactionlink:run",
            two(case, case),
            "missing-target-fields",
        ),
        (
            "transactionlink:case",
            two("transactionlink: {}", case),
            "missing-target-fields",
        ),
        (
            "transactionlink:parameters",
            two(&deep, case),
            "target-limits",
        ),
        (
            "xurrent:create",
            two("xurrent: {}", "xurrent: {}"),
            "missing-target-fields",
        ),
        (
            "xurrent:update",
            two("xurrent: {}", "xurrent: {}"),
            "missing-target-fields",
        ),
        (
            "xurrent:workflows",
            two("xurrent: {}", "xurrent: {}"),
            "missing-target-fields",
        ),
        (
            "xurrent:requests",
            two(
                &format!("xurrent: {{ record: {{ subject: {long}, {record} }} }}"),
                "xurrent: {}",
            ),
            "target-limits",
        ),
        (
            "jira:create",
            two("jira: { scope: 10000 }", "jira: {}"),
            "target-limits",
        ),
        (
            "jira:create",
            two("jira: { status-ids: { New: 1, Closed: 1 } }", "jira: {}"),
            "target-collisions",
        ),
        (
            "jira:workflows",
            two(
                "jira: { status-ids: { New: 1 } }",
                "jira: { status-ids: { Closed: 1 } }",
            ),
            "target-collisions",
        ),
        (
            "jira:validate",
            two("jira: { status-categories: { New: DONE } }", "jira: {}"),
            "target-collisions",
        ),
        (
            "incident-iq:workflows",
            two(&ids, &ids),
            "target-collisions",
        ),
        ("incident-iq:requests", two(&ids, &ids), "target-collisions"),
        (
            "actitime:statuses",
            two(
                "actitime: { ids: { New: 1 } }",
                "actitime: { ids: { New: 2 } }",
            ),
            "target-collisions",
        ),
        (
            "actitime:create",
            two(
                "actitime: { ids: { New: 1 } }",
                "actitime: { ids: { Closed: 1 } }",
            ),
            "target-collisions",
        ),
    ];
    for (document, [one, other], code) in rows {
        let allow = format!("# statewright: allow-file({code}) not now\n");
        let folder = Folder::with(&[
            ("a.workflow.yaml", &format!("{allow}{one}")),
            ("b.workflow.yaml", &format!("{allow}{other}")),
            (
                "statewright.toml",
                &format!("[levels]\n{code} = \"allow\"\n"),
            ),
        ]);
        for more in [&[][..], &["--check"]] {
            let build = [
                "build",
                "a.workflow.yaml",
                "b.workflow.yaml",
                "--out",
                "made",
                "--format",
                "short",
                "--target",
                document,
            ];
            let ran = folder.run(&[&build[..], more].concat()).is(1);
            let done = if more.is_empty() {
                "written"
            } else {
                "compared"
            };
            let named = format!("statewright: `{document}` ");
            let line = ran.err.lines().find(|line| line.starts_with(&named));
            let line = line.unwrap_or_else(|| panic!("{document}: {}", ran.err));
            assert!(line.contains(&format!("not {done}: ")), "{line}");
            assert!(
                ran.err.contains(&format!("error[{code}]")),
                "{document}: {}",
                ran.err
            );
            assert!(!ran.err.contains("internal error"), "{}", ran.err);
        }
    }
}

#[test]
fn a_list_is_not_made_without_the_files_that_could_not_be_read() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let build = [
        "build",
        "a.workflow.yaml",
        "gone.workflow.yaml",
        "--target",
        "jira",
        "--out",
        "made",
    ];
    let ran = folder.run(&build).is(3);
    assert_eq!(ran.out, "");
    let said = "statewright: `jira:create` was not written: not every file could be read\n";
    assert!(ran.err.contains(said), "{}", ran.err);
    assert!(!folder.0.join("made").exists());
}

#[test]
fn what_an_unreadable_file_names_is_not_made() {
    let folder = Folder::with(&[("a.workflow.yaml", "workflow: a\n- [")]);
    let build = ["build", "--target", "all", "--format", "short"];
    let ran = folder.run(&build).is(1);
    let said =
        "statewright: the documents of `a.workflow.yaml` were not written: the file has errors\n";
    assert!(ran.err.starts_with(said), "{}", ran.err);
}

#[test]
fn a_document_that_no_file_can_have_is_told() {
    let named = format!("{GOOD}targets: {{ incident-iq: {{}} }}\n");
    let folder = Folder::with(&[("a.workflow.yaml", &named)]);
    let ran = folder
        .run(&["build", "--target", "all:case", "--out", "made"])
        .is(1);
    assert_eq!(
        ran.out,
        "a.workflow.yaml: wrote nothing: no target with such a document is named\n"
    );
    let said = "statewright: nothing was written: no file or configuration names a target with a document `case`\n";
    assert!(ran.err.starts_with(said), "{}", ran.err);
}

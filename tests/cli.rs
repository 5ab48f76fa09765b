//! The program as its users start it: commands, streams, exit codes.

mod common;

use std::fs;
use std::process::Stdio;

use common::folder::{Folder, Ran};

const GOOD: &str = "workflow: good\nstart: New\nstates:\n  New: { category: open }\n  Closed: { category: closed }\n\
                    transitions:\n  - { name: Close, from: New, to: Closed }\n";

fn misspelt() -> String {
    GOOD.replace("to: Closed", "to: Clsed")
        .replace("workflow: good", "workflow: misspelt")
}

#[test]
fn check_reads_folders_and_reports_to_standard_output() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", GOOD),
        ("deep/er/b.workflow.yml", &misspelt()),
        ("notes.yaml", "nothing of ours: ["),
        ("ignored/c.workflow.yaml", "["),
        (".gitignore", "ignored/\n"),
    ]);
    let ran = folder.run(&["check"]).is(1);
    assert!(
        ran.out.contains("undefined-states") && ran.out.contains("checked 2 files"),
        "{}",
        ran.out
    );
    assert_eq!(ran.err, "");
    folder.run(&["check", "a.workflow.yaml"]).is(0);
    folder.run(&["check", "ignored/c.workflow.yaml"]).is(1);
}

#[test]
fn the_short_format_is_one_line_a_report() {
    let folder = Folder::with(&[("b.workflow.yaml", &misspelt())]);
    let ran = folder.run(&["check", "--format", "short"]).is(1);
    let line = "b.workflow.yaml:7:35: error[undefined-states]: transition `Close` leads to undefined state `Clsed`\n";
    assert_eq!(ran.out, line);
}

#[test]
fn the_json_format_is_one_object() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", &misspelt())]);
    let ran = folder.run(&["check", "--format", "json"]).is(1);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(
        (&json["version"], &json["files"], &json["errors"]),
        (&1.into(), &2.into(), &1.into())
    );
    let found = &json["diagnostics"][0];
    assert_eq!(found["code"], "undefined-states");
    assert_eq!((&found["line"], &found["column"]), (&7.into(), &35.into()));
    assert_eq!(found["fix"]["edits"][0]["text"], "Closed");
}

#[test]
fn standard_input_needs_a_syntax_or_a_name_that_tells_it() {
    let folder = Folder::new();
    folder
        .run_with_input(&["check", "-", "--syntax", "yaml"], GOOD)
        .is(0);
    folder
        .run_with_input(&["check", "-", "--stdin-filename", "x.workflow.yaml"], GOOD)
        .is(0);
    let ran = folder.run_with_input(&["check", "-"], GOOD).is(2);
    assert!(ran.err.contains("--syntax"), "{}", ran.err);
    let named = [
        "check",
        "-",
        "--stdin-filename",
        "x.workflow.yaml",
        "--format",
        "short",
    ];
    let ran = folder.run_with_input(&named, &misspelt()).is(1);
    assert!(ran.out.starts_with("x.workflow.yaml:7:35: "), "{}", ran.out);
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_others_are_checked() {
    let folder = Folder::with(&[("b.workflow.yaml", &misspelt())]);
    let ran = folder
        .run(&["check", "missing.workflow.yaml", "b.workflow.yaml"])
        .is(3);
    assert!(
        ran.err
            .contains("cannot read `missing.workflow.yaml`: no such file"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("undefined-states"), "{}", ran.out);
}

#[test]
fn a_file_that_cannot_be_parsed_is_an_error_of_that_file() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", "workflow: [\n"),
        ("b.workflow.yaml", &misspelt()),
    ]);
    let ran = folder.run(&["check", "--format", "short"]).is(1);
    assert!(
        ran.out
            .contains("a.workflow.yaml:1:11: error[invalid-yaml]"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("b.workflow.yaml:7:35: error[undefined-states]"),
        "{}",
        ran.out
    );
}

#[test]
fn wrong_usage_is_two() {
    let folder = Folder::new();
    folder.run(&["chekc"]).is(2);
    folder.run(&["build", "--target", "jria"]).is(2);
    let ran = folder.run(&["check", "--deny", "dead-end"]).is(2);
    assert!(ran.err.contains("dead-ends"), "{}", ran.err);
    folder.run(&["--help"]).is(0);
    folder.run(&["check", "--help"]).is(0);
}

#[test]
fn an_empty_folder_is_said() {
    let ran = Folder::new().run(&["check"]).is(0);
    assert!(
        ran.err.contains("no file in `.` is named *.workflow.yaml"),
        "{}",
        ran.err
    );
}

#[test]
fn levels_can_be_changed() {
    let dead_end = GOOD
        .replace("states:", "states:\n  Stuck: { category: open }")
        .replace("start: New", "start: [New, Stuck]");
    let folder = Folder::with(&[("a.workflow.yaml", &dead_end)]);
    assert!(
        folder
            .run(&["check"])
            .is(0)
            .out
            .contains("warning[dead-ends]")
    );
    folder.run(&["check", "--deny", "dead-ends"]).is(1);
    folder.run(&["check", "--deny", "warnings"]).is(1);
    assert!(
        !folder
            .run(&["check", "--allow", "dead-ends"])
            .is(0)
            .out
            .contains("dead-ends")
    );
    let mild = folder
        .run(&["check", "--deny", "warnings", "--allow", "dead-ends"])
        .is(0);
    assert!(!mild.out.contains("dead-ends"));
}

#[test]
fn what_cannot_be_compiled_cannot_be_allowed() {
    let folder = Folder::with(&[("b.workflow.yaml", &misspelt())]);
    let ran = folder.run(&["check", "--allow", "undefined-states"]).is(2);
    assert!(ran.err.contains("stays an error"), "{}", ran.err);
}

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

#[test]
fn output_that_cannot_be_written_is_four() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("file", "")]);
    let ran = folder
        .run(&[
            "build",
            ".",
            "--target",
            "incident-iq",
            "--out",
            "file/below",
        ])
        .is(4);
    assert!(ran.err.contains("cannot write"), "{}", ran.err);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = Folder::with(&[("b.workflow.yaml", &misspelt())]);
    let mut command = folder.command(&["check"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let ran = child.wait_with_output().expect("it ends");
    assert_eq!(ran.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
}

#[test]
fn faulty_workflows_are_drawn_too() {
    let folder = Folder::with(&[("b.workflow.yaml", &misspelt())]);
    let ran = folder.run(&["diagram", "--notation", "dot"]).is(1);
    assert!(
        ran.out.contains("digraph") && ran.out.contains("Clsed"),
        "{}",
        ran.out
    );
    folder
        .run(&["diagram", "--notation", "mermaid", "--out", "pictures"])
        .is(1);
    assert!(
        folder
            .read("pictures/misspelt.mmd")
            .contains("stateDiagram-v2")
    );
}

#[test]
fn why_shows_walks_in_words_and_in_json() {
    let other = GOOD.replace("good", "other").replace("New", "Start");
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", &other)]);
    let ran = folder.run(&["why", "Closed", "a.workflow.yaml"]).is(0);
    assert!(
        ran.out
            .contains("from the start state `New` to `Closed`: 1 step")
            && ran.err.is_empty()
    );
    let ran = folder.run(&["why", "closed", "--from", "Start"]).is(0);
    assert!(ran.out.contains("from `Start` to `Closed`") && !ran.out.contains("New"));
    let both = folder.run(&["why", "Closed"]).is(0);
    assert!(both.out.contains("a.workflow.yaml\n") && both.out.contains("b.workflow.yaml\n"));
    let ran = folder.run(&["why", "Closed", "--format", "json"]).is(0);
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["answers"][1]["walks"][0][1]["state"], "Closed");
    assert_eq!(json["answers"][1]["file"], "b.workflow.yaml");
}

#[test]
fn why_names_the_nearest_state_and_reads_faulty_files() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", GOOD),
        ("b.workflow.yaml", &misspelt()),
        ("c.workflow.yaml", "workflow: [\n"),
    ]);
    let ran = folder.run(&["why", "Clsed", "a.workflow.yaml"]).is(2);
    assert!(
        ran.err
            .contains("no state is named `Clsed`; the nearest is `Closed`"),
        "{}",
        ran.err
    );
    let ran = folder.run(&["why", "Closed", "b.workflow.yaml"]).is(0);
    assert!(ran.out.contains("1 step"), "{}", ran.out);
    let ran = folder.run(&["why", "Closed", "c.workflow.yaml"]).is(1);
    assert!(
        ran.err.contains("invalid-yaml") && ran.out.is_empty(),
        "{}",
        ran.err
    );
}

#[test]
fn explain_tells_one_code_or_lists_all() {
    let folder = Folder::new();
    assert!(
        folder
            .run(&["explain", "dead-ends"])
            .is(0)
            .out
            .starts_with("# dead-ends\n")
    );
    let list = folder.run(&["explain"]).is(0).out;
    assert!(
        list.contains("unreachable-states") && list.contains("lossy-targets"),
        "{list}"
    );
    let ran = folder.run(&["explain", "unreachable-state"]).is(2);
    assert!(ran.err.contains("unreachable-states"), "{}", ran.err);
}

#[test]
fn list_names_what_there_is() {
    let folder = Folder::new();
    for (what, named) in [
        ("targets", "xurrent:workflows"),
        ("codes", "dead-ends"),
        ("notations", "mermaid"),
        ("formats", "short"),
        ("forms", "curl"),
    ] {
        let out = folder.run(&["list", what]).is(0).out;
        assert!(out.contains(named), "{out}");
    }
    let losses = folder.run(&["list", "targets", "--losses"]).is(0).out;
    assert!(
        losses.contains("target `itwin` has no category `waiting`"),
        "{losses}"
    );
}

#[test]
fn schema_prints_what_is_committed() {
    let folder = Folder::new();
    let committed = |name: &str| {
        fs::read_to_string(common::root().join("schemas").join(name)).expect("committed")
    };
    assert_eq!(
        folder.run(&["schema"]).is(0).out,
        committed("workflow.schema.json")
    );
    assert_eq!(
        folder.run(&["schema", "itwin:workflow"]).is(0).out,
        committed("targets/itwin/workflow.schema.json")
    );
    assert!(
        folder
            .run(&["schema", "--list"])
            .is(0)
            .out
            .contains("xurrent:create")
    );
}

#[test]
fn init_writes_a_file_that_checks_clean_and_compiles() {
    for syntax in ["yaml", "toml"] {
        let folder = Folder::new();
        let ran = folder.run(&["init", "my-desk", "--syntax", syntax]).is(0);
        assert!(
            ran.out
                .contains(&format!("wrote my-desk.workflow.{syntax}")),
            "{}",
            ran.out
        );
        let checked = folder.run(&["check"]).is(0);
        assert_eq!(checked.out, "checked 1 file: no mistakes found\n");
        folder
            .run(&["build", ".", "--target", "all", "--out", "out"])
            .is(0);
        assert!(
            folder
                .read("out/my-desk.incident-iq.steps.json")
                .contains("In Progress")
        );
        let file = format!("my-desk.workflow.{syntax}");
        let before = folder.read(&file);
        let again = folder.run(&["init", "my-desk", "--syntax", syntax]).is(4);
        assert!(again.err.contains("already there"), "{}", again.err);
        assert_eq!(folder.read(&file), before);
    }
    Folder::new().run(&["init", "My Desk"]).is(2);
}

#[test]
fn colour_is_for_terminals_or_on_demand() {
    let folder = Folder::with(&[("b.workflow.yaml", &misspelt())]);
    assert!(!folder.run(&["check"]).is(1).out.contains('\u{1b}'));
    assert!(
        folder
            .run(&["check", "--color", "always"])
            .is(1)
            .out
            .contains('\u{1b}')
    );
}

#[test]
fn codes_are_links_for_whoever_says_where_their_pages_are() {
    let folder = Folder::new();
    folder.write("a.workflow.yaml", &dead_end());
    let linked = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = folder.command(&[&["check", "a.workflow.yaml"], arguments].concat());
        command.env_remove("STATEWRIGHT_PAGES");
        command.envs(variables.iter().copied());
        let output = command.output().expect("the program runs");
        String::from_utf8(output.stdout).expect("text") + &String::from_utf8_lossy(&output.stderr)
    };
    let pages = ("STATEWRIGHT_PAGES", "https://example.org/{code}.html");
    let link = "\x1b]8;;https://example.org/dead-ends.html\x1b\\";
    assert!(linked(&[pages, ("FORCE_HYPERLINK", "1")], &[]).contains(link));
    assert!(
        !linked(&[pages], &[]).contains('\x1b'),
        "this is no terminal"
    );
    assert!(
        !linked(&[("FORCE_HYPERLINK", "1")], &[]).contains('\x1b'),
        "nobody knows the pages"
    );
    let sarif = linked(&[pages], &["--format", "sarif"]);
    assert!(
        sarif.contains("\"helpUri\": \"https://example.org/dead-ends.html\""),
        "{sarif}"
    );
    let refused = linked(&[], &["--pages", "javascript:alert(1)"]);
    assert!(
        refused.contains("an address begins with `https://`"),
        "{refused}"
    );
}

fn dead_end() -> String {
    GOOD.replace("states:", "states:\n  Stuck: { category: open }")
        .replace("start: New", "start: [New, Stuck]")
}

#[test]
fn a_github_workflow_gets_annotations() {
    let folder = Folder::with(&[("b.workflow.yaml", &misspelt())]);
    let in_workflow = |arguments: &[&str]| {
        let mut command = folder.command(arguments);
        command.env("GITHUB_ACTIONS", "true");
        Ran::of(command.output().expect("it starts")).is(1).out
    };
    let said = in_workflow(&["check"]);
    assert!(
        said.starts_with("::error file=b.workflow.yaml,line=7,"),
        "{said}"
    );
    let said = in_workflow(&["check", "--format", "short"]);
    assert!(said.starts_with("b.workflow.yaml:7:35: "), "{said}");
}

#[test]
fn reports_go_to_files_beside_the_terminal() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", &misspelt())]);
    let files = [
        "out/x.sarif",
        "junit.xml",
        "gl-code-quality-report.json",
        "s.md",
    ];
    let mut arguments = vec!["check"];
    files
        .iter()
        .for_each(|file| arguments.extend(["--output", *file]));
    let ran = folder.run(&arguments).is(1);
    assert!(ran.out.contains("checked 2 files: 1 error"), "{}", ran.out);
    assert!(
        folder
            .read("out/x.sarif")
            .contains("\"ruleId\": \"undefined-states\"")
    );
    assert!(folder.read("junit.xml").contains("<testsuites "));
    assert!(
        folder
            .read("gl-code-quality-report.json")
            .contains("\"fingerprint\"")
    );
    assert!(folder.read("s.md").starts_with("### Statewright"));

    let ran = folder.run(&["check", "--output", "summary"]).is(2);
    assert!(
        ran.err
            .contains("cannot tell the format of `summary`: add --output-format"),
        "{}",
        ran.err
    );
    assert_eq!(ran.out, "");
    let named = [
        "check",
        "--output",
        "summary",
        "--output-format",
        "markdown",
    ];
    folder.run(&named).is(1);
    assert_eq!(folder.read("summary"), folder.read("s.md"));
    folder
        .run(&[
            "build", ".", "--target", "all", "--out", "o", "--output", "b.json",
        ])
        .is(1);
    assert!(folder.read("b.json").contains("undefined-states"));
    folder
        .run(&["check", "--output", "junit.xml/below.json"])
        .is(4);
}

#[test]
fn quiet_shows_errors_only_and_verbose_more_than_usual() {
    let folder = Folder::with(&[("a.workflow.yaml", &dead_end())]);
    let ran = folder
        .run(&["check", "--quiet", "--output", "all.txt"])
        .is(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    assert!(folder.read("all.txt").contains("warning[dead-ends]"));
    let ran = folder.run(&["check", "-q", "--deny", "warnings"]).is(1);
    assert!(
        ran.out.starts_with("error[dead-ends]") && !ran.out.contains("checked"),
        "{}",
        ran.out
    );

    let arguments = ["check", "--target", "incident-iq", "--format", "short"];
    let usual = folder.run(&arguments).is(0).out;
    assert!(!usual.contains("omitted-details"), "{usual}");
    let verbose = |more: &[&str]| folder.run(&[&arguments[..], more].concat()).is(0).out;
    assert!(verbose(&["--verbose"]).contains("warning[omitted-details]"));
    assert_eq!(verbose(&["-v", "--allow", "omitted-details"]), usual);
}

#[test]
fn statistics_count_codes() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", &dead_end()),
        ("b.workflow.yaml", &misspelt()),
    ]);
    let ran = folder.run(&["check", "--statistics"]).is(1);
    let counts = "1  error[undefined-states], 1 has a fix\n1  warning[dead-ends], 1 has a fix\n\n";
    assert!(ran.out.starts_with(counts), "{}", ran.out);
    folder
        .run(&["check", "--statistics", "--format", "json"])
        .is(2);
}

#[test]
fn shells_and_man_know_every_command() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.run(&["completions", shell]).is(0).out;
        // The other two do not complete values.
        let values: &[&str] = match shell {
            "powershell" | "elvish" => &[],
            _ => &["checkstyle", "dead-ends", "incident-iq"],
        };
        for word in ["diagram", "output-format", "stdin-filename"]
            .iter()
            .chain(values)
        {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    folder.run(&["completions", "cmd"]).is(2);
    let ran = folder.run(&["man", "--out", "man"]).is(0);
    assert!(ran.out.contains("wrote man/statewright.1\n"), "{}", ran.out);
    let page = folder.read("man/statewright-check.1");
    assert!(
        page.contains(".TH statewright-check 1") && page.contains("statewright check"),
        "{page}"
    );
    assert!(page.contains("stdin\\-filename"), "{page}");
    assert!(
        folder
            .run(&["man"])
            .is(0)
            .out
            .contains("statewright\\-check(1)")
    );
}

#[test]
fn the_first_command_of_the_readme_compiles_every_example_without_a_report() {
    let folder = Folder::new();
    let examples = common::root().join("examples");
    let examples = examples.to_str().expect("a path that is text");
    let ran = folder
        .run(&["build", examples, "--target", "all", "--out", "out"])
        .is(0);
    assert!(ran.err.contains(": no mistakes found"), "{}", ran.err);
    for source in common::examples() {
        assert!(ran.out.contains(source.name()), "{}", ran.out);
    }
}

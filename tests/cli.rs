//! The program as its users start it: commands, streams, exit codes.

mod build;
mod discovery;
mod project;
mod refusals;
mod reports;

use std::fs;
use std::process::Stdio;

use crate::common::folder::Folder;

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

/// No report may look clean of what nobody looked at: a scan of it would be recorded as good.
#[test]
fn what_cannot_be_read_is_in_every_report_that_is_written() {
    let folder = Folder::with(&[("ok.workflow.yaml", GOOD), ("bad.json", "{}")]);
    let none = "none.workflow.yaml";
    let outputs = [
        "f.sarif",
        "junit.xml",
        "r.json",
        "gitlab.json",
        "checkstyle.xml",
        "r.rdjson",
        "r.md",
        "r.txt",
    ];
    let runs: &[&[&str]] = &[
        &["check", none, "ok.workflow.yaml"],
        &["check", "ok.workflow.yaml", "--config", none],
        &["check", "ok.workflow.yaml", "--baseline", none],
        &["build", none, "ok.workflow.yaml", "--target", "itwin"],
        &["diagram", none, "ok.workflow.yaml", "--notation", "mermaid"],
        &["fmt", none, "ok.workflow.yaml"],
        &["why", "New", none],
        &["import", "--from", "itwin", none],
    ];
    for run in runs {
        let mut arguments = run.to_vec();
        outputs
            .iter()
            .for_each(|output| arguments.extend(["--output", output]));
        folder.run(&arguments).is(3);
        for output in outputs {
            let text = folder.read(output);
            let said = "no such file or directory";
            assert!(
                text.contains("none") && text.contains(said),
                "{run:?}: {output}: {text}"
            );
            std::fs::remove_file(folder.0.join(output)).expect("it was there");
        }
    }
    // Nor of what has no syntax that anybody knows.
    folder.write("notes.txt", "");
    let ran = folder.run(&[
        "check",
        "notes.txt",
        "ok.workflow.yaml",
        "--format",
        "sarif",
    ]);
    assert!(ran.is(2).out.contains("\"executionSuccessful\": false"));
}

/// A report of an earlier run does not stay where nothing is wrong any more.
#[test]
fn a_report_is_written_also_where_there_is_nothing_to_tell() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("f.sarif", "old")]);
    folder.run(&["fmt", "--output", "f.sarif"]).is(0);
    assert!(
        folder
            .read("f.sarif")
            .contains("\"executionSuccessful\": true")
    );
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
    let ran = Folder::new().run(&["check"]).is(5);
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
    let page = folder.run(&["explain", "dead-ends"]).is(0).out;
    assert!(page.ends_with("\nReported since 0.1.0.\n"), "{page}");
    let list = folder.run(&["explain"]).is(0).out;
    assert!(
        list.contains("  dead-ends                   warning  0.1.0  "),
        "{list}"
    );
    assert!(
        list.contains("unreachable-states") && list.contains("lossy-targets"),
        "{list}"
    );
    let ran = folder.run(&["explain", "unreachable-state"]).is(2);
    assert!(ran.err.contains("unreachable-states"), "{}", ran.err);
    assert!(
        list.ends_with("`transitions`, `expect`, `roles` and `migrate`\n"),
        "{list}"
    );
}

#[test]
fn explain_tells_what_may_stand_in_a_field() {
    let folder = Folder::new();
    let page = |name| folder.run(&["explain", name]).is(0).out;
    insta::assert_snapshot!(page("transitions"));
    let promises = page("expect");
    let kinds = ["allow", "forbid", "pass", "reach", "never"];
    let heads: Vec<String> = kinds.map(|kind| format!("\n## `{kind}`\n")).to_vec();
    assert!(
        heads.iter().all(|head| promises.contains(head)),
        "{promises}"
    );
    assert!(page("workflow").contains("See `statewright explain states`."));
    let ran = folder.run(&["explain", "transition"]).is(2);
    assert!(
        ran.err.contains("the nearest is `transitions`"),
        "{}",
        ran.err
    );
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
        fs::read_to_string(crate::common::root().join("schemas").join(name)).expect("committed")
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

/// Every template is one workflow in both syntaxes, formatted and without a mistake, and all of them
/// stand beside each other: none takes the name or the tickets of another.
#[test]
fn the_templates_of_init_stand_beside_each_other() {
    let folder = Folder::new();
    folder.run(&["init"]).is(0);
    for template in ["incident", "change", "approval", "onboarding"] {
        for syntax in ["yaml", "toml"] {
            let name = format!("{template}-{syntax}");
            folder
                .run(&["init", &name, "--template", template, "--syntax", syntax])
                .is(0);
        }
        let drawn = ["yaml", "toml"].map(|syntax| {
            let file = format!("{template}-{syntax}.workflow.{syntax}");
            let table = ["diagram", &file, "--notation", "table"];
            folder
                .run(&table)
                .is(0)
                .out
                .to_lowercase()
                .replace(syntax, "")
        });
        assert_eq!(drawn[0], drawn[1], "{template}");
    }
    folder.run(&["fmt", "--check"]).is(0);
    let checked = folder.run(&["check", "--deny", "warnings"]).is(0);
    assert_eq!(checked.out, "checked 9 files: no mistakes found\n");

    let written = folder.read("change-yaml.workflow.yaml");
    assert!(written.contains("\nname: Change Yaml\n") && written.contains("[Change Yaml]"));
    folder.write("help-desk.workflow.yaml", "mine");
    folder.run(&["init"]).is(4);
    assert_eq!(folder.read("help-desk.workflow.yaml"), "mine");
    folder.run(&["init", "--force"]).is(0);
    assert_ne!(folder.read("help-desk.workflow.yaml"), "mine");
    // Of one name in two folders, the next check would report an error.
    let again = folder.run(&["init", "--out", "desks/new"]).is(4);
    let said = "statewright: `desks/new/help-desk.workflow.yaml` was not written: \
                `help-desk.workflow.yaml` is workflow `help-desk` already; \
                choose another NAME, or add --force\n";
    assert_eq!(again.err, said);
    let ran = folder.run(&["init", "new", "--out", "desks/new"]).is(0);
    assert!(ran.out.contains("wrote desks/new/new.workflow.yaml"));
    folder.run(&["init", "--out", "desks/new", "--force"]).is(0);
    folder.run(&["check", "--deny", "warnings"]).is(1);
}

#[test]
fn shells_and_man_know_every_command() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = folder.run(&["completions", shell]).is(0).out;
        // What is put together later does not take the place of the sentence of a command.
        if shell != "bash" {
            for sentence in ["Format workflow files", "Speak with an editor"] {
                assert!(script.contains(sentence), "{shell}: {sentence}");
            }
        }
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
    let examples = crate::common::root().join("examples");
    let examples = examples.to_str().expect("a path that is text");
    let ran = folder
        .run(&["build", examples, "--target", "all", "--out", "out"])
        .is(0);
    let all = crate::common::examples().len();
    let said = format!("checked {all} files: no mistakes found");
    assert!(ran.err.contains(&said), "{}", ran.err);
}

//! What a command line that cannot be followed is answered.

use std::fs::File;
use std::process::Stdio;

use super::common::folder::{Folder, Ran};
use super::{GOOD, misspelt};

/// What is said of a command line that is wrong.
fn refused(arguments: &[&str]) -> String {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let ran = folder.run(arguments).is(2);
    assert_eq!(ran.out, "", "{arguments:?}");
    ran.err
}

#[test]
fn a_name_that_there_is_not_is_answered_with_those_that_there_are() {
    for (arguments, answer) in [
        (
            &["check", "--allow", "shoelaces"][..],
            "no code has this name; `statewright explain` lists them",
        ),
        (
            &["check", "--allow", "dead-end"],
            "no code has this name; the nearest is `dead-ends`",
        ),
        (
            &["build", "--target", "incident-iq:states"],
            "target `incident-iq` has no document `states`; it has `steps`, `workflows` and `requests`",
        ),
        (
            &["import", "--from", "actitime:requests", "x.json"],
            "document `requests` of target `actitime` cannot be imported; `statuses` and `create` can",
        ),
    ] {
        let said = refused(arguments);
        assert!(said.contains(answer), "{said}");
    }
}

#[test]
fn a_state_that_no_file_has_is_answered_with_those_that_there_are() {
    let other = GOOD
        .replace("good", "other")
        .replace("Closed", "Done")
        .replace("New", "Begun");
    let folder = Folder::with(&[("a.workflow.yaml", GOOD), ("b.workflow.yaml", &other)]);
    let said = |arguments: &[&str]| folder.run(arguments).is(2).err;
    assert!(said(&["why", "Shipped"]).contains(
        "no state is named `Shipped`; the states are `New`, `Closed`, `Begun` and `Done`"
    ),);
    assert!(said(&["why", "Clsed"]).contains("the nearest is `Closed`"));
    assert!(said(&["why", "Done", "--from", "New"]).contains("no file has all of these states"));
    let ran = folder
        .run(&["diagram", "a.workflow.yaml", "--walk", "Shipped"])
        .is(2);
    assert!(
        ran.err.contains("no state is called `Shipped`\n"),
        "{}",
        ran.err
    );
}

#[test]
fn a_walk_may_go_through_a_name_with_a_comma() {
    let text = GOOD.replace("New", "\"New, or Again\"");
    let folder = Folder::with(&[("a.workflow.yaml", &text)]);
    let draw = |walk: &[&str]| {
        let arguments = [&["diagram", "--notation", "dot"], walk].concat();
        folder.run(&arguments).is(0).out
    };
    let walk = draw(&["--walk", "New, or Again", "--walk", "Closed"]);
    assert_ne!(walk, draw(&[]));
    assert_eq!(walk, draw(&["--from", "New, or Again", "--to", "Closed"]));
}

#[cfg(unix)]
#[test]
fn standard_input_that_cannot_be_read_is_said() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let mut command = folder.command(&["check", "-", "a.workflow.yaml", "--syntax", "yaml"]);
    // A folder can be opened, and not be read.
    command.stdin(Stdio::from(File::open(&folder.0).expect("a folder")));
    let ran = Ran::of(command.output().expect("it starts")).is(3);
    assert_eq!(
        ran.err,
        "statewright: cannot read `<stdin>`: is a directory\n"
    );
    // What can be read is read all the same.
    let summary =
        "checked 1 file, could not read 1 more: no mistakes found in what could be read\n";
    assert_eq!(ran.out, summary);
}

#[test]
fn comparing_nothing_is_said() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let ran = folder
        .run(&["build", "--target", "all", "--out", "out", "--check"])
        .is(1);
    assert_eq!(
        ran.out,
        "a.workflow.yaml: compared nothing: no target is named\n"
    );
    let said = "statewright: nothing was compared: no file names a target\n";
    assert!(ran.err.starts_with(said), "{}", ran.err);
}

#[test]
fn a_text_that_cannot_be_laid_out_comes_back_as_it_was() {
    let text = misspelt().replace("states:", "states: [");
    let ran = Folder::new()
        .run_with_input(&["fmt", "-", "--syntax", "yaml"], &text)
        .is(1);
    assert_eq!(ran.out, text);
    assert!(ran.err.contains("error[invalid-yaml]"), "{}", ran.err);
}

#[test]
fn pages_that_cannot_be_written_are_one_message() {
    let folder = Folder::with(&[("man", "no folder")]);
    let ran = folder.run(&["man", "--out", "man"]).is(4);
    assert_eq!(ran.out, "");
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.contains("`man/statewright.1`"), "{}", ran.err);
}

#[test]
fn the_schema_of_the_configuration_is_the_committed_one() {
    let printed = Folder::new().run(&["schema", "config"]).is(0).out;
    let committed =
        std::fs::read_to_string(super::common::root().join("schemas/config.schema.json"));
    assert_eq!(printed, committed.expect("it is there"));
}

/// A hook, or `check $(git diff --name-only)`, hands on what somebody has called their files.
#[test]
fn no_name_of_a_file_is_obeyed_as_an_option() {
    let misspelt = misspelt();
    let name = "--write-baseline=/elsewhere/x.workflow.toml";
    let folder = Folder::with(&[
        ("a.workflow.yaml", GOOD),
        (&format!("./{name}"), &misspelt),
        ("--fix/b.workflow.yaml", &misspelt),
        ("-q", ""),
        ("--output=report.json", ""),
    ]);
    for name in [
        name,
        "--write-baseline=elsewhere/new.workflow.toml",
        "--write-baseline=",
        "--fix/b.workflow.yaml",
        "--fix",
        "-q",
        "-x.workflow.YML",
        "--output=report.json",
    ] {
        for command in ["check", "fmt", "diagram", "build", "import", "list"] {
            let ran = folder.run(&[command, "a.workflow.yaml", name]).is(2);
            let said = format!(
                "error: `{name}` is the name of a file, and looks like an option: write `--` before \
                 the names of files\n\nUsage: statewright <COMMAND>\n\nFor more information, try '--help'.\n"
            );
            assert_eq!((&*ran.out, ran.err), ("", said));
        }
    }
    assert!(!folder.0.join("statewright-baseline.toml").exists());
    // After `--`, they are names.
    let ran = folder.run(&["check", "--", "a.workflow.yaml", name]).is(1);
    assert!(ran.out.contains("checked 2 files: 3 errors"), "{}", ran.out);
    // What is no name stays an option.
    let named = [
        "check",
        "-",
        "--stdin-filename=x.workflow.yaml",
        "--output=other.json",
    ];
    folder.run_with_input(&named, GOOD).is(0);
    folder.run(&["check", "a.workflow.yaml", "--quiet"]).is(0);
}

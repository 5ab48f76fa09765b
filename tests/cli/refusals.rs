//! What a command line that cannot be followed is answered.

use std::fs::File;
use std::process::Stdio;

use super::{GOOD, misspelt};
use crate::common::folder::{Folder, Ran};

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
            &["explain", "states.category"],
            "this field is told by `statewright explain states`",
        ),
        (
            &["explain", "by"],
            "this field is told by `statewright explain expect`",
        ),
        (
            &["build", "--target", "jra"],
            "no target has this name; the nearest is `jira`",
        ),
        (
            &["build", "--target", "teapot"],
            "no target has this name; the targets are `incident-iq`, `xurrent`, `itwin`,",
        ),
        (
            &["build", "--target", "al"],
            "no target has this name; the nearest is `all`",
        ),
        (
            &["build", "--target", "incident-iq:states"],
            "target `incident-iq` has no document `states`; the documents are `steps`, `workflows`, `workflow`, `tickets`, `requests` and `fetch`",
        ),
        (
            &["build", "--target", "jira:workflow"],
            "target `jira` has no document `workflow`; the nearest is `workflows`",
        ),
        (
            &["build", "--target", "all:request"],
            "no target has a document `request`; the nearest is `requests`",
        ),
        (
            &["schema", "confg"],
            "no target has this name; the nearest is `config`",
        ),
        (
            &["import", "--from", "jira:workflow", "x.json"],
            "target `jira` has no document `workflow`; the nearest is `workflows`",
        ),
        (
            &["import", "--from", "actitime:requests", "x.json"],
            "document `requests` of target `actitime` cannot be imported; `statuses`, `status` and `create` can",
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
        ran.err
            .contains("no state is named `Shipped`; the states are `New` and `Closed`\n"),
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

/// Whoever filters a text through the program writes what comes back over it.
#[test]
fn standard_output_gets_nothing_but_the_text() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    for arguments in [&["fmt", "-"][..], &["check", "--fix", "-"]] {
        let ran = folder.run_with_input(arguments, GOOD).is(2);
        assert_eq!(ran.out, "", "{arguments:?}");
    }
}

#[test]
fn nothing_is_formatted_where_the_configuration_is_wrong() {
    let untidy = GOOD.replace("start: New", "start:   New");
    let folder = Folder::with(&[
        ("a.workflow.yaml", &untidy),
        ("statewright.toml", "exclud = [\"a*\"]\n"),
    ]);
    let ran = folder.run(&["fmt", "--format", "short"]).is(1);
    assert!(
        ran.err
            .contains("nothing was formatted: the configuration comes first"),
        "{}",
        ran.err
    );
    let all = ran.out + &ran.err;
    assert!(
        all.contains("the configuration has no field `exclud`"),
        "{all}"
    );
    assert_eq!(folder.read("a.workflow.yaml"), untidy);
    let piped = ["fmt", "-", "--stdin-filename", "b.workflow.yaml"];
    assert_eq!(folder.run_with_input(&piped, &untidy).is(1).out, untidy);
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
    let said = "statewright: nothing was compared: no file or configuration names a target; name one with --target\n";
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
        std::fs::read_to_string(crate::common::root().join("schemas/config.schema.json"));
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
    assert!(ran.out.contains("checked 2 files: 1 error"), "{}", ran.out);
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

/// An option is obeyed, or the command line is refused with what to do.
#[test]
fn no_option_is_taken_that_does_nothing() {
    let mut differ = Vec::new();
    for (arguments, answer) in [
        (
            "why Closed --format sarif",
            "`why` answers as --format human or json: leave out --format, or use it with `check`",
        ),
        (
            "why Closed --format short",
            "`why` answers as --format human or json: leave out --format, or use it with `check`",
        ),
        (
            "why Closed --statistics",
            "`why` answers as --format human or json: leave out --statistics, or use it with `check`",
        ),
        (
            "fmt --check --format json --output f.sarif",
            "--check names files and reports nothing of it: leave out --format",
        ),
        (
            "fmt --check --output f.sarif",
            "--check names files and reports nothing of it: leave out --output",
        ),
        (
            "fmt --diff --statistics",
            "--diff shows what would change and reports nothing of it: leave out --statistics",
        ),
        (
            "fmt --warn dead-ends",
            "only what cannot be read is reported here, whatever its level: leave out --warn",
        ),
        (
            "fmt --check --deny warnings",
            "only what cannot be read is reported here, whatever its level: leave out --deny",
        ),
        (
            "list codes --losses",
            "--losses is for targets: write `list targets --losses`",
        ),
        (
            "list formats --losses",
            "--losses is for targets: write `list targets --losses`",
        ),
        (
            "diagram --out x.jpg --notation png",
            "`x.jpg` does not end as a file of notation `png`: end it with `.png`, or with `/` for a folder",
        ),
        (
            "diagram --out x.svgz --notation svg",
            "`x.svgz` does not end as a file of notation `svg`: end it with `.svg`, or with `/` for a folder",
        ),
        (
            "diagram --notation table --direction down",
            "--direction is for arrows, and notation `table` has none: leave it out",
        ),
        (
            "diagram --out x.md --no-names",
            "--no-names is for arrows, and notation `table` has none: leave it out",
        ),
        (
            "diagram --out x.md --walk New,Closed",
            "--walk is for arrows, and notation `table` has none: leave it out",
        ),
        (
            "diagram --notation table --from New --to Closed",
            "--from is for arrows, and notation `table` has none: leave it out",
        ),
        (
            "diagram --show none --show all",
            "--show none shows nothing else: leave one of them out",
        ),
        (
            "diagram --notation mermaid --engine dot",
            "--engine dot draws svg, and notation `mermaid` is asked for",
        ),
        (
            "build --target all:requests --as curl --compact",
            "--compact is for JSON: leave it out, or --as curl",
        ),
        (
            "check --syntax toml",
            "--syntax is for standard input and files whose names do not tell: leave it out",
        ),
        (
            "fmt a.workflow.yaml --syntax toml",
            "--syntax is for standard input and files whose names do not tell: leave it out",
        ),
        (
            "check a.workflow.yaml --stdin-filename b.workflow.yaml",
            "--stdin-filename names standard input: add `-` to the paths",
        ),
        (
            "import --from jira x.json --stdin-filename y.json",
            "--stdin-filename names standard input: leave it out",
        ),
        (
            "import --list --from jira",
            "the argument '--list' cannot be used with '--from <TARGET[:DOCUMENT]>'",
        ),
        (
            "import --list --format json",
            "the argument '--list' cannot be used with '--format <FORMAT>'",
        ),
        ("schema config --list", "cannot be used with '--list'"),
        (
            "check --baseline a.toml --write-baseline=b.toml",
            "--write-baseline writes another file, and nothing is compared: leave out --baseline",
        ),
        (
            "check --watch --add-allows",
            "the argument '--watch' cannot be used with '--add-allows'",
        ),
        (
            "check --watch --write-baseline",
            "the argument '--watch' cannot be used with '--write-baseline[=<FILE>]'",
        ),
        (
            "check --watch --project",
            "the argument '--watch' cannot be used with '--project'",
        ),
        (
            "check --output-format sarif",
            "required arguments were not provided",
        ),
        (
            "build --target all --check",
            "required arguments were not provided",
        ),
        ("diagram --check", "required arguments were not provided"),
    ] {
        let words: Vec<&str> = arguments.split(' ').collect();
        let said = refused(&words);
        if !said.contains(answer) {
            differ.push(format!("{arguments}: {said}"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// What looks alike and does something.
#[test]
fn options_that_do_something_are_taken() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", GOOD),
        ("plain", &GOOD.replace("good", "plain")),
    ]);
    for arguments in [
        "why Closed --format json a.workflow.yaml",
        "why Closed --format human a.workflow.yaml --output why.sarif",
        "fmt --output f.sarif a.workflow.yaml",
        "fmt --check --quiet a.workflow.yaml",
        "check a.workflow.yaml --syntax yaml",
        "check plain a.workflow.yaml --syntax yaml",
        "check --watch --help",
        "diagram a.workflow.yaml --out v1.2/ --notation svg",
        "diagram a.workflow.yaml --out v1.2 --notation svg",
        "diagram a.workflow.yaml --notation table --only open --show none",
        "build a.workflow.yaml --target incident-iq:requests --compact",
        "check --baseline=plain.toml --write-baseline=plain.toml a.workflow.yaml",
        "list targets --losses",
        "schema --list",
        "import --list",
    ] {
        let words: Vec<&str> = arguments.split(' ').collect();
        folder.run(&words).is(0);
    }
    assert!(folder.read("why.sarif").contains("\"version\": \"2.1.0\""));
    assert!(folder.read("v1.2/good.svg").starts_with("<svg "));
    folder.write(
        "a.workflow.yaml",
        &GOOD.replace("start: New", "start:   New"),
    );
    let ran = folder.run(&["fmt", "--quiet", "a.workflow.yaml"]).is(0);
    assert_eq!((&*ran.out, &*ran.err), ("", ""));
}

/// The help of a command says first what the list of commands says of it.
#[test]
fn each_help_begins_with_what_the_command_does() {
    let folder = Folder::with(&[]);
    let list = folder.run(&["--help"]).is(0).out;
    let commands = list.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<(&str, &str)> = commands
        .map_while(|line| line.trim().split_once("  "))
        .filter(|(name, _)| *name != "help")
        .collect();
    assert!(commands.len() > 10, "{list}");
    for (name, about) in commands {
        let help = folder.run(&[name, "--help"]).is(0).out;
        let first = help.lines().next().unwrap_or_default();
        let start: String = about.trim().chars().take(24).collect();
        assert!(first.starts_with(&start), "{name}: {first}");
    }
}

//! A baseline in an old repository.

mod common;

use common::folder::{Folder, Ran};

/// A workflow with one warning and one error, neither of them firm.
fn old(identifier: &str) -> String {
    format!(
        "workflow: {identifier}\nstart: New\nstates:\n  New: {{ category: open }}\n  \
         Parked: {{ category: waiting }}\n  Lost: {{ category: open }}\n  \
         Closed: {{ category: closed, final: true }}\ntransitions:\n  \
         - {{ name: Park, from: New, to: Parked }}\n  \
         - {{ name: Find, from: Lost, to: Closed }}\n  \
         - {{ name: Close, from: New, to: Closed }}\n"
    )
}

const LISTED: &str = "\
# What was wrong when Statewright came to this repository; `statewright check --baseline` reports
# what is new. A line that is deleted is reported again.

[\"a.workflow.yaml\"]
dead-ends = [
  \"state `Parked` has no way out and is not closed\",
]
unreachable-states = [
  \"state `Lost` is unreachable\",
]

[\"deep/b.workflow.yaml\"]
dead-ends = [
  \"state `Parked` has no way out and is not closed\",
]
unreachable-states = [
  \"state `Lost` is unreachable\",
]
";

const FILE: &str = "statewright-baseline.toml";

fn repository() -> Folder {
    let folder = Folder::with(&[
        ("a.workflow.yaml", &old("a")),
        ("deep/b.workflow.yaml", &old("b")),
    ]);
    let ran = folder.run(&["check", "--write-baseline"]).is(0);
    assert_eq!(
        ran.err,
        "statewright: wrote 4 findings to `statewright-baseline.toml`\n"
    );
    assert_eq!(
        ran.out,
        "checked 2 files, left out 4 known reports: none is new\n"
    );
    folder
}

fn write(folder: &Folder, name: &str, text: &str) {
    std::fs::write(folder.0.join(name), text).expect("writable");
}

#[test]
fn what_is_listed_is_left_out_wherever_it_has_moved() {
    let folder = repository();
    assert_eq!(folder.read(FILE), LISTED);
    folder.run(&["check"]).is(1);
    let moved = format!("# a comment\n\n{}", old("a"));
    write(&folder, "a.workflow.yaml", &moved);
    let ran = folder.run(&["check", "--baseline", FILE]).is(0);
    assert_eq!(
        ran.out,
        "checked 2 files, left out 4 known reports: none is new\n"
    );
    // From another folder, too, and of one file alone.
    let ran = folder.run(&["check", "deep", "--baseline", FILE]).is(0);
    assert_eq!(
        ran.out,
        "checked 1 file, left out 2 known reports: none is new\n"
    );
    let json = folder
        .run(&["check", "--baseline", FILE, "--format", "json"])
        .is(0);
    assert!(json.out.contains("\"known\": 4"), "{}", json.out);
}

#[test]
fn what_is_new_is_reported() {
    let folder = repository();
    let more = old("a")
        .replace("  Lost:", "  Asleep: { category: waiting }\n  Lost:")
        .replace(
            "transitions:\n",
            "transitions:\n  - { name: Sleep, from: New, to: Asleep }\n",
        );
    write(&folder, "a.workflow.yaml", &more);
    let ran = folder
        .run(&["check", "--baseline", FILE, "--format", "short"])
        .is(0);
    assert_eq!(
        ran.out,
        "a.workflow.yaml:6:3: warning[dead-ends]: state `Asleep` has no way out and is not closed\n"
    );
}

#[test]
fn what_is_gone_is_named_and_deleted() {
    let folder = repository();
    let mended = old("a").replace("from: Lost", "from: New").replace(
        "name: Find, from: New, to: Closed",
        "name: Lose, from: New, to: Lost",
    );
    let mended = mended.replace(
        "transitions:\n",
        "transitions:\n  - { name: Find, from: Lost, to: Closed }\n",
    );
    write(&folder, "a.workflow.yaml", &mended);
    std::fs::remove_file(folder.0.join("deep/b.workflow.yaml")).expect("there");
    let check = ["check", "--baseline", FILE, "--format", "short"];
    let ran = folder.run(&check).is(0);
    assert_eq!(
        ran.out,
        "statewright-baseline.toml:9:3: warning[outdated-baselines]: the baseline lists 3 findings that are gone\n"
    );
    folder.run(&["check", "--baseline", FILE, "--fix"]).is(0);
    let left = LISTED.split("unreachable-states").next().expect("a part");
    assert_eq!(folder.read(FILE), left);
    assert_eq!(folder.run(&check).is(0).out, "");
}

#[test]
fn nothing_is_gone_that_could_not_be_looked_for() {
    let folder = repository();
    write(&folder, "a.workflow.yaml", "workflow: [\n");
    let ran = folder
        .run(&["check", "--baseline", FILE, "--format", "short"])
        .is(1);
    assert!(!ran.out.contains("outdated-baselines"), "{}", ran.out);
    let ran = folder
        .run(&["check", "deep", "--baseline", FILE, "--allow", "dead-ends"])
        .is(0);
    assert!(!ran.out.contains("outdated-baselines"), "{}", ran.out);
}

#[test]
fn a_baseline_that_cannot_be_read_hides_nothing() {
    let folder = repository();
    let ran = folder.run(&["check", "--baseline", "missing.toml"]).is(3);
    assert!(
        ran.err.contains("cannot read `missing.toml`: no such file"),
        "{}",
        ran.err
    );
    assert!(ran.out.contains("unreachable-states"), "{}", ran.out);
    write(&folder, FILE, "dead-ends = 1\n[\"a.workflow.yaml\"]\n");
    let ran = folder.run(&["check", "--baseline", FILE]).is(1);
    assert!(ran.out.contains("error[wrong-types]"), "{}", ran.out);
    folder
        .run(&["check", "--write-baseline=deep/list.toml"])
        .is(0);
    assert!(
        folder
            .read("deep/list.toml")
            .contains("[\"b.workflow.yaml\"]")
    );
}

/// Its path is the same from everywhere, and what is not looked at is not gone.
#[test]
fn a_baseline_may_lie_beside_the_folders_of_its_files() {
    let folder = repository();
    folder.write("ci/list.toml", "");
    let file = "--baseline=ci/list.toml";
    folder
        .run(&["check", "--write-baseline=ci/list.toml"])
        .is(0);
    let ran = folder.run(&["check", "a.workflow.yaml", file]).is(0);
    assert_eq!(
        ran.out,
        "checked 1 file, left out 2 known reports: none is new\n"
    );
    for file in ["../ci/list.toml", "../statewright-baseline.toml"] {
        let ran = folder.command(&["check", ".", "--baseline", file]);
        let ran = in_folder(ran, &folder, "deep").is(0);
        assert_eq!(
            ran.out,
            "checked 1 file, left out 2 known reports: none is new\n"
        );
    }
}

/// The repository with a configuration that names its baseline.
fn configured() -> Folder {
    let folder = repository();
    folder.write(".git/HEAD", "");
    write(
        &folder,
        "statewright.toml",
        &format!("baseline = \"{FILE}\"\n"),
    );
    folder
}

#[test]
fn a_configuration_names_the_baseline_of_its_files() {
    let folder = configured();
    let known = "checked 2 files, left out 4 known reports: none is new\n";
    assert_eq!(folder.run(&["check"]).is(0).out, known);
    // From below, too: its path counts from the configuration.
    let ran = folder.command(&["check", "."]);
    let ran = in_folder(ran, &folder, "deep").is(0);
    assert_eq!(
        ran.out,
        "checked 1 file, left out 2 known reports: none is new\n"
    );
    // The command line wins.
    write(&folder, "empty.toml", "");
    let ran = folder.run(&["check", "--baseline", "empty.toml"]).is(1);
    assert!(ran.out.contains("2 errors, 2 warnings"), "{}", ran.out);
    folder.run(&["check", "--no-config"]).is(1);
    // What is gone is found and deleted there as well.
    std::fs::remove_file(folder.0.join("deep/b.workflow.yaml")).expect("there");
    let ran = folder.run(&["check", "--format", "short"]).is(0);
    assert_eq!(
        ran.out,
        "statewright-baseline.toml:14:3: warning[outdated-baselines]: the baseline lists 2 findings that are gone\n"
    );
    folder.run(&["check", "--fix"]).is(0);
    let left = LISTED.split("\n[\"deep").next().expect("a part");
    assert_eq!(folder.read(FILE), left);
}

#[test]
fn every_configuration_has_its_own_baseline() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", &old("a")),
        (
            "desk/statewright.toml",
            "baseline = \"lists/baseline.toml\"\n",
        ),
        ("desk/b.workflow.yaml", &old("b")),
        (
            "team/statewright.toml",
            "baseline = \"team-baseline.toml\"\n",
        ),
        ("team/c.workflow.yaml", &old("c")),
    ]);
    let ran = folder.run(&["check", "--write-baseline"]).is(0);
    assert_eq!(
        ran.err,
        "statewright: wrote 2 findings to `statewright-baseline.toml`\n\
         statewright: wrote 2 findings to `desk/lists/baseline.toml`\n\
         statewright: wrote 2 findings to `team/team-baseline.toml`\n"
    );
    let list = folder.read("desk/lists/baseline.toml");
    assert!(list.contains("[\"../b.workflow.yaml\"]"), "{list}");
    // Nothing names the first of them.
    let ran = folder.run(&["check", "--format", "short"]).is(1);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines.iter().all(|line| line.starts_with("a.workflow.yaml")));
    assert_eq!(lines.len(), 2);
    // What one list has too much is told before what is new in any file.
    write(
        &folder,
        "team/c.workflow.yaml",
        &old("c").replace("Lost", "Mislaid"),
    );
    let ran = folder.run(&["check", "--format", "short"]).is(1);
    let starts: Vec<&str> = ran
        .out
        .lines()
        .filter_map(|l| l.split(':').next())
        .collect();
    assert_eq!(
        starts,
        [
            "team/team-baseline.toml",
            "a.workflow.yaml",
            "a.workflow.yaml",
            "team/c.workflow.yaml"
        ]
    );
}

#[test]
fn a_baseline_that_is_not_there_is_reported_where_it_is_named() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", &old("a")),
        (
            "statewright.toml",
            "baseline = \"old-baseline.toml\" # of May\n",
        ),
    ]);
    let ran = folder.run(&["check", "--quiet"]).is(3);
    assert_eq!(ran.err, "");
    let (first, rest) = ran.out.split_once("\nerror").expect("two reports");
    assert_eq!(
        first,
        "\
error[invalid-values]

  × the configuration names baseline `old-baseline.toml`, which cannot be read
   ╭─[statewright.toml:1:12]
 1 │ baseline = \"old-baseline.toml\" # of May
   ·            ─────────┬─────────
   ·                     ╰── no such file or directory
   ╰────
  help: write it with `statewright check --write-baseline`, or delete the field
"
    );
    assert!(rest.contains("unreachable-states"), "{rest}");
    folder.run(&["check", "--write-baseline"]).is(0);
    folder.run(&["check"]).is(0);
    // A folder is none, and no advice would make it one.
    std::fs::remove_file(folder.0.join("old-baseline.toml")).expect("there");
    folder.write("old-baseline.toml/x", "");
    let ran = folder.run(&["check", "--quiet"]).is(3);
    assert!(
        ran.out.contains("╰── it is not a regular file"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("help: name a file that can be read"),
        "{}",
        ran.out
    );
    let ran = folder.run(&["check", "--write-baseline"]).is(4);
    assert!(ran.out.contains("unreachable-states"), "{}", ran.out);
}

/// A pull request may bring along the configuration and links.
#[cfg(unix)]
#[test]
fn the_baseline_of_a_configuration_shows_and_writes_nothing_outside() {
    let outside = Folder::with(&[("baseline.toml", "password = \"hunter2\"\n")]);
    let folder = Folder::with(&[
        (".git/baseline.toml", "password = \"hunter2\"\n"),
        ("a.workflow.yaml", &old("a")),
    ]);
    let link = |to: &std::path::Path, at: &str| {
        std::os::unix::fs::symlink(to, folder.0.join(at)).expect("a link");
    };
    link(&outside.0.join("baseline.toml"), "baseline.toml");
    link(&outside.0, "linked");
    for path in [
        "baseline.toml",
        "linked/baseline.toml",
        ".git/baseline.toml",
    ] {
        write(
            &folder,
            "statewright.toml",
            &format!("baseline = \"{path}\"\n"),
        );
        let ran = folder.run(&["check"]).is(3);
        assert!(
            ran.out.contains("leads out of the repository"),
            "{}",
            ran.out
        );
        assert!(!ran.out.contains("hunter2"), "{}", ran.out);
    }
    for path in [
        "baseline.toml",
        "linked/baseline.toml",
        "linked/new/baseline.toml",
    ] {
        write(
            &folder,
            "statewright.toml",
            &format!("baseline = \"{path}\"\n"),
        );
        let ran = folder.run(&["check", "--write-baseline"]).is(4);
        assert!(ran.err.contains("leads out of the folder"), "{}", ran.err);
    }
    assert_eq!(outside.read("baseline.toml"), "password = \"hunter2\"\n");
    let there = std::fs::read_dir(&outside.0).expect("a folder").count();
    assert_eq!(there, 1);
}

/// What only a product or another file makes wrong is gone where that was looked at.
#[test]
fn what_a_product_or_another_file_makes_wrong_is_gone_only_where_it_was_looked_for() {
    let lossy = |identifier: &str, more: &str| {
        format!(
            "workflow: {identifier}\nstart: New\nstates:\n  New: {{ category: open }}\n  \
             Closed: {{ category: closed, final: true }}\ntransitions:\n  \
             - {{ name: Close, from: New, to: Closed, notes: required }}\n{more}"
        )
    };
    let alike = "applies-to: [Laptop]\n";
    let folder = Folder::with(&[
        (
            "a.workflow.yaml",
            &lossy("a", &format!("{alike}targets: {{ incident-iq: {{}} }}\n")),
        ),
        ("b.workflow.yaml", &lossy("b", alike)),
    ]);
    folder.run(&["check", "--write-baseline"]).is(0);
    let list = folder.read(FILE);
    assert!(
        list.contains("overlapping-assignments") && list.contains("lossy-targets"),
        "{list}"
    );
    let gone = |arguments: &[&str]| {
        let all = [
            &["check", "--baseline", FILE, "--format", "short"],
            arguments,
        ]
        .concat();
        folder.run(&all).out.contains("outdated-baselines")
    };
    // One file alone overlaps with none.
    assert!(!gone(&["a.workflow.yaml"]));
    write(&folder, "b.workflow.yaml", &lossy("b", ""));
    assert!(!gone(&["a.workflow.yaml"]));
    assert!(gone(&[]));
    folder.run(&["check", "--baseline", FILE, "--fix"]).is(0);
    assert!(!folder.read(FILE).contains("overlapping-assignments"));
    // With an error nothing is held against products.
    let named = "targets: { incident-iq: {} }\n";
    let broken = lossy("a", named).replace("states:\n", "states:\n  Lost: { category: open }\n");
    write(&folder, "a.workflow.yaml", &broken);
    assert!(!gone(&[]));
    write(&folder, "a.workflow.yaml", &lossy("a", ""));
    assert!(gone(&[]));
}

#[cfg(unix)]
#[test]
fn a_baseline_that_may_not_be_written_keeps_its_report() {
    use std::os::unix::fs::PermissionsExt;
    let folder = repository();
    let fix = ["check", "--baseline", FILE, "--fix", "--format", "short"];
    assert_eq!(folder.run(&fix).is(0).out, "", "nothing is gone");
    let protected = std::fs::Permissions::from_mode(0o444);
    std::fs::set_permissions(folder.0.join(FILE), protected).expect("ours");
    std::fs::remove_file(folder.0.join("deep/b.workflow.yaml")).expect("there");
    let ran = folder.run(&fix).is(4);
    assert!(
        ran.err.contains("cannot write `statewright-baseline.toml`"),
        "{}",
        ran.err
    );
    assert!(
        ran.out.contains("lists 2 findings that are gone"),
        "{}",
        ran.out
    );
    assert_eq!(folder.read(FILE), LISTED);
}

/// Runs `command` in a folder below.
fn in_folder(mut command: std::process::Command, folder: &Folder, below: &str) -> Ran {
    command.current_dir(folder.0.join(below));
    Ran::of(command.output().expect("it starts"))
}

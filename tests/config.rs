//! `statewright.toml` as its authors meet it.

use crate::common::folder::{Folder, Ran};
use crate::common::root;

/// A workflow with one warning, `dead-ends`.
const PARKED: &str = "\
workflow: x
start: New
states:
  New: { category: open }
  Parked: { category: waiting }
  Closed: { category: closed, final: true }
transitions:
  - { name: Park, from: New, to: Parked }
  - { name: Close, from: New, to: Closed }
";

/// The same under another identifier.
fn parked(identifier: &str) -> String {
    PARKED.replace("workflow: x", &format!("workflow: {identifier}"))
}

const DENY: &str = "[levels]\ndead-ends = \"deny\"\n";
const ALLOW: &str = "[levels]\ndead-ends = \"allow\"\n";

/// Whoever clones this repository may try the program there.
#[test]
fn nothing_is_wrong_in_this_repository() {
    let mut check = Folder::new().command(&["check", "--deny", "warnings"]);
    let ran = Ran::of(
        check
            .current_dir(root())
            .output()
            .expect("the program runs"),
    )
    .is(0);
    assert!(
        ran.out.ends_with(" files: no mistakes found\n"),
        "{}",
        ran.out
    );
}

#[test]
fn levels_come_from_the_nearest_file() {
    let folder = Folder::with(&[
        (".git/HEAD", ""),
        ("statewright.toml", DENY),
        ("a.workflow.yaml", PARKED),
        ("desk/b.workflow.yaml", &parked("b")),
        ("team/statewright.toml", ALLOW),
        ("team/deep/c.workflow.yaml", &parked("c")),
    ]);
    let ran = folder.run(&["check", "--format", "short"]).is(1);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(
        lines[0].starts_with("a.workflow.yaml:5:3: error[dead-ends]"),
        "{lines:?}"
    );
    assert!(
        lines[1].starts_with("desk/b.workflow.yaml:5:3: error[dead-ends]"),
        "{lines:?}"
    );
    assert_eq!(lines.len(), 2);
    folder.run(&["check", "team"]).is(0);
    // Also from elsewhere, and by any path.
    let deep = folder.0.join("team/deep/c.workflow.yaml");
    let ran = folder.run(&["check", &deep.to_string_lossy()]).is(0);
    assert_eq!(ran.out, "checked 1 file: no mistakes found\n");
}

#[test]
fn nothing_above_the_repository_counts() {
    let folder = Folder::with(&[
        ("statewright.toml", DENY),
        ("repository/.git", "gitdir: elsewhere\n"),
        ("repository/a.workflow.yaml", PARKED),
    ]);
    folder.run(&["check", "repository/a.workflow.yaml"]).is(0);
    // Outside of a repository, the folder that the program runs in is the last.
    let outside = Folder::with(&[("statewright.toml", DENY), ("deep/a.workflow.yaml", PARKED)]);
    outside.run(&["check", "deep"]).is(1);
}

#[test]
fn the_command_line_wins() {
    let folder = Folder::with(&[
        (
            "statewright.toml",
            "[levels]\nwarnings = \"deny\"\nomitted-details = \"warn\"\n",
        ),
        ("other.toml", ALLOW),
        ("a.workflow.yaml", PARKED),
    ]);
    folder.run(&["check"]).is(1);
    folder.run(&["check", "--warn", "dead-ends"]).is(0);
    folder.run(&["check", "--no-config"]).is(0);
    let ran = folder.run(&["check", "--config", "other.toml"]).is(0);
    assert_eq!(ran.out, "checked 1 file: no mistakes found\n");
    folder
        .run(&["check", "--config", "other.toml", "--deny", "dead-ends"])
        .is(1);
    let ran = folder.run(&["check", "--config", "missing.toml"]).is(3);
    assert!(
        ran.err.contains("cannot read `missing.toml`: no such file"),
        "{}",
        ran.err
    );
    folder
        .run(&["check", "--config", "other.toml", "--no-config"])
        .is(2);
}

#[test]
fn denying_warnings_means_those_that_the_configuration_asks_for_too() {
    let folder = Folder::with(&[
        (
            "statewright.toml",
            "[levels]\ndead-ends = \"allow\"\nbottlenecks = \"warn\"\n",
        ),
        ("a.workflow.yaml", PARKED),
    ]);
    let ran = folder.run(&["check", "--deny", "warnings", "--format", "short"]);
    assert!(!ran.out.contains("dead-ends"), "{}", ran.out);
    assert!(!ran.out.contains("warning["), "{}", ran.out);
}

/// Two products that lose the same: each has its own level, and the command line wins.
#[test]
fn a_product_has_levels_of_its_own() {
    let waits = "workflow: x\nstart: New\nstates:\n  New: { category: open }\n  \
                 Parked: { category: waiting }\n  Closed: { category: closed }\ntransitions:\n  \
                 - { name: Park, from: New, to: Parked }\n  - { name: Close, from: Parked, to: Closed }\n\
                 targets: { itwin: { type: RFI }, jira: {} }\n";
    let told = |levels: &str, more: &[&str], code: i32| {
        let folder = Folder::with(&[("statewright.toml", levels), ("a.workflow.yaml", waits)]);
        let ran = folder.run(&[&["check", "--format", "short"][..], more].concat());
        let lines = ran.is(code).out;
        let short = |line: &str| {
            let severity = line
                .split(['[', ' '])
                .find(|word| ["error", "warning"].contains(word));
            let of = |name: &str| line.contains(&format!("`{name}`")).then(|| name.to_owned());
            let names: Vec<String> = ["itwin", "jira"]
                .iter()
                .filter_map(|name| of(name))
                .collect();
            Some(format!("{} {}", severity?, names.join(" ")))
        };
        lines.lines().filter_map(short).collect::<Vec<_>>()
    };
    let jira = "[levels.jira]\nlossy-targets = \"allow\"\n";
    assert_eq!(told("", &[], 0), ["warning itwin jira"]);
    assert_eq!(told(jira, &[], 0), ["warning itwin"]);
    let deny = "[levels]\nwarnings = \"deny\"\nlossy-targets = \"warn\"\n[levels.jira]\nwarnings = \"deny\"\n";
    assert_eq!(told(deny, &[], 1), ["warning itwin", "error jira"]);
    // `--deny warnings` is for what warns, and what names the code is for all products.
    assert_eq!(told(jira, &["--deny", "warnings"], 1), ["error itwin"]);
    let both = &["--warn", "lossy-targets"];
    assert_eq!(told(deny, both, 0), ["warning itwin jira"]);
    let warns = "[levels.jira]\nlossy-targets = \"warn\"\n";
    assert_eq!(
        told(warns, &["--deny", "warnings"], 1),
        ["error itwin jira"]
    );
    assert_eq!(told(warns, &["--allow", "lossy-targets"], 0), [""; 0]);
    let details = "[levels.jira]\nomitted-details = \"warn\"\nlossy-targets = \"allow\"\n";
    assert_eq!(told(details, &["--allow", "lossy-targets"], 0), [""; 0]);
}

#[test]
fn files_are_chosen_below_folders_and_taken_when_named() {
    let folder = Folder::with(&[
        (
            "statewright.toml",
            "include = [\"desks/**/*.yaml\"]\nexclude = [\"desks/old\", \"**/draft-*\"]\n",
        ),
        ("top.workflow.yaml", PARKED),
        ("desks/a.yaml", PARKED),
        ("desks/it/b.workflow.yaml", &parked("b")),
        ("desks/it/draft-c.yaml", &parked("c")),
        ("desks/it/readme.md", ""),
        ("desks/old/d.workflow.yaml", &parked("d")),
    ]);
    let files = |ran: &crate::common::folder::Ran| {
        let name = |line: &str| line.split(':').next().unwrap_or("").to_owned();
        ran.out.lines().map(name).collect::<Vec<_>>()
    };
    let ran = folder.run(&["check", "--format", "short"]).is(0);
    assert_eq!(files(&ran), ["desks/a.yaml", "desks/it/b.workflow.yaml"]);
    let ran = folder
        .run(&["check", "--format", "short", "desks/old/d.workflow.yaml"])
        .is(0);
    assert_eq!(files(&ran), ["desks/old/d.workflow.yaml"]);
    folder.run(&["check", "desks/old"]).is(5);
}

#[test]
fn targets_are_held_against_every_file() {
    let folder = Folder::with(&[
        ("statewright.toml", "targets = [\"itwin\"]\n"),
        ("a.workflow.yaml", PARKED),
    ]);
    let ran = folder.run(&["check", "--format", "short"]).is(1);
    assert!(ran.out.contains("itwin"), "{}", ran.out);
    let ran = folder
        .run(&["check", "--no-config", "--format", "short"])
        .is(0);
    assert!(!ran.out.contains("itwin"), "{}", ran.out);
}

#[test]
fn its_own_mistakes_are_reported_in_their_place_once() {
    let folder = Folder::with(&[
        ("statewright.toml", "[levels]\ndead-ends = \"error\"\n"),
        ("a.workflow.yaml", PARKED),
        ("b/c.workflow.yaml", &parked("c")),
    ]);
    let ran = folder.run(&["check", "--format", "short"]).is(1);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        lines[0],
        "statewright.toml:2:13: error[invalid-values]: `dead-ends` of `levels` cannot be `error`"
    );
    // It is plain what was meant.
    assert!(lines[1].contains("error[dead-ends]"), "{lines:?}");
    assert_eq!(lines.len(), 3);
    let ran = folder.run(&["check"]).is(1);
    assert!(ran.out.contains("checked 2 files: 3 errors"), "{}", ran.out);
    let ran = folder
        .run(&["check", "b/c.workflow.yaml", "--format", "json"])
        .is(1);
    assert!(
        ran.out.contains("\"file\": \"statewright.toml\""),
        "{}",
        ran.out
    );
}

#[test]
fn standard_input_has_the_configuration_of_its_name() {
    let folder = Folder::with(&[("desk/statewright.toml", DENY), ("statewright.toml", ALLOW)]);
    folder
        .run_with_input(&["check", "-", "--syntax", "yaml"], PARKED)
        .is(0);
    let named = ["check", "-", "--stdin-filename", "desk/a.workflow.yaml"];
    folder.run_with_input(&named, PARKED).is(1);
}

#[test]
fn building_keeps_to_the_levels() {
    let lossy = format!("{PARKED}targets: {{ incident-iq: {{}} }}\n");
    let folder = Folder::with(&[
        ("statewright.toml", "[levels]\nwarnings = \"deny\"\n"),
        ("a.workflow.yaml", &lossy),
    ]);
    folder.run(&["build", "--target", "incident-iq"]).is(1);
    folder
        .run(&["build", "--target", "incident-iq", "--no-config"])
        .is(0);
    let ran = folder.run(&["diagram", "--notation", "dot"]).is(1);
    assert!(ran.out.starts_with("digraph"), "{}", ran.out);
}

#[test]
fn its_mistakes_are_fixed_with_those_of_the_files() {
    let folder = Folder::with(&[
        (
            "statewright.toml",
            "[levels]\ndead-end = \"off\" # parked by hand\n",
        ),
        ("a.workflow.yaml", PARKED),
    ]);
    let ran = folder.run(&["check", "--unsafe-fixes", "--diff"]).is(1);
    assert!(
        ran.out
            .contains("+dead-ends = \"allow\" # parked by hand\n"),
        "{}",
        ran.out
    );
    let ran = folder.run(&["check", "--unsafe-fixes"]).is(0);
    assert!(
        ran.out.starts_with("statewright.toml:2: fixed[")
            && ran
                .out
                .ends_with("\nchecked 1 file, fixed 2 mistakes: all fixed\n"),
        "{}",
        ran.out
    );
    assert_eq!(
        folder.read("statewright.toml"),
        "[levels]\ndead-ends = \"allow\" # parked by hand\n"
    );
}

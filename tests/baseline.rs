//! A baseline in an old repository.

mod common;

use common::folder::Folder;

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

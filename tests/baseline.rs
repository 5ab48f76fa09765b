//! A baseline in an old repository.

use crate::common::folder::{Folder, Ran};

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
# What was wrong when Statewright came to this repository; `statewright check --baseline=statewright-baseline.toml`
# reports what is new. A line that is deleted is reported again. What counts is the file, the code
# and the names; the comments are for people.

[\"a.workflow.yaml\"]
dead-ends = [
  [\"Parked\"], # state `Parked` has no way out and is not closed
]
unreachable-states = [
  [\"Lost\"], # state `Lost` is unreachable
]

[\"deep/b.workflow.yaml\"]
dead-ends = [
  [\"Parked\"], # state `Parked` has no way out and is not closed
]
unreachable-states = [
  [\"Lost\"], # state `Lost` is unreachable
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
        "checked 2 files, left out 4 known reports: no new findings\n"
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
        "checked 2 files, left out 4 known reports: no new findings\n"
    );
    // From another folder, too, and of one file alone.
    let ran = folder.run(&["check", "deep", "--baseline", FILE]).is(0);
    assert_eq!(
        ran.out,
        "checked 1 file, left out 2 known reports: no new findings\n"
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
        "statewright-baseline.toml:10:3: warning[outdated-baselines]: the baseline lists 3 findings that are gone\n"
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
        "checked 1 file, left out 2 known reports: no new findings\n"
    );
    for file in ["../ci/list.toml", "../statewright-baseline.toml"] {
        let ran = folder.command(&["check", ".", "--baseline", file]);
        let ran = in_folder(ran, &folder, "deep").is(0);
        assert_eq!(
            ran.out,
            "checked 1 file, left out 2 known reports: no new findings\n"
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
    let known = "checked 2 files, left out 4 known reports: no new findings\n";
    assert_eq!(folder.run(&["check"]).is(0).out, known);
    // From below, too: its path counts from the configuration.
    let ran = folder.command(&["check", "."]);
    let ran = in_folder(ran, &folder, "deep").is(0);
    assert_eq!(
        ran.out,
        "checked 1 file, left out 2 known reports: no new findings\n"
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
        "statewright-baseline.toml:15:3: warning[outdated-baselines]: the baseline lists 2 findings that are gone\n"
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
    let ran = folder.run(&["check", "--write-baseline"]).is(3);
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
        let ran = folder.run(&["check", "--write-baseline"]);
        let told = ran.code == 3 && ran.out.contains("it leads out of the repository")
            || ran.code == 4 && ran.err.contains("leads out of the folder");
        assert!(told, "{} {}{}", ran.code, ran.out, ran.err);
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
    // Nobody can tell without the product.
    let lossless = lossy("a", "").replace(", notes: required", "");
    write(&folder, "a.workflow.yaml", &lossless);
    assert!(!gone(&[]));
    assert!(gone(&["--target", "incident-iq"]));
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

/// A list as an earlier Statewright wrote it.
const EARLIER: &str = "\
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
  \"from state `Parked` nothing leads on\",
]
unreachable-states = [
  \"no walk comes to `Lost`, a state\",
]
";

#[test]
fn a_list_of_an_earlier_release_counts_whatever_its_words() {
    let folder = repository();
    write(&folder, FILE, EARLIER);
    let ran = folder.run(&["check", "--baseline", FILE]).is(0);
    assert_eq!(
        ran.out,
        "checked 2 files, left out 4 known reports: no new findings\n"
    );
    // What one run looks at is written in the new way, and the rest stays.
    let ran = folder
        .run(&["check", "deep", "--write-baseline", "--quiet"])
        .is(0);
    assert_eq!(
        ran.err,
        "statewright: wrote 2 findings to `statewright-baseline.toml`\n\
         statewright: kept 2 findings in `statewright-baseline.toml` that this run did not look for\n"
    );
    let list = |text: &str| text.split_once("\n\n").expect("a head").1.to_owned();
    let (old, new) = (list(EARLIER), list(LISTED));
    let split = |text: &str| {
        text.split_once("\n\n")
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    };
    let ((a, _), (_, b)) = (split(&old).expect("two"), split(&new).expect("two"));
    assert_eq!(list(&folder.read(FILE)), format!("{a}\n\n{b}"));
    folder.run(&["check", "--write-baseline"]).is(0);
    assert_eq!(folder.read(FILE), LISTED);
}

/// The head of a list names a command, and that works.
#[test]
fn the_command_of_the_head_works() {
    let folder = repository();
    for (arguments, named) in [
        (&["--write-baseline"][..], ""),
        (&["--write-baseline=deep/list.toml"], ""),
        (&["--write-baseline"], "baseline = \"team-baseline.toml\"\n"),
    ] {
        folder.write("statewright.toml", named);
        let ran = folder.run(&[&["check"], arguments].concat()).is(0);
        let name = ran.err.split('`').nth(1).expect("a name").to_owned();
        let head = folder.read(&name);
        let command = head.split('`').nth(1).expect("a command");
        let mut words = command.split(' ');
        assert_eq!(words.next(), Some("statewright"), "{command}");
        let ran = folder.run(&words.collect::<Vec<_>>()).is(0);
        assert_eq!(
            ran.out, "checked 2 files, left out 4 known reports: no new findings\n",
            "{command}"
        );
    }
}

/// Wherever it was written: the command is for the root of the repository.
#[test]
fn the_command_of_the_head_is_for_the_root() {
    let folder = repository();
    folder.write(".git/HEAD", "");
    for (file, path) in [
        ("../list.toml", "list.toml"),
        ("deep.toml", "deep/deep.toml"),
    ] {
        let command = folder.command(&["check", &format!("--write-baseline={file}")]);
        in_folder(command, &folder, "deep").is(0);
        let head = folder.read(path);
        let named = format!("`statewright check --baseline={path}`");
        assert!(head.contains(&named), "{head}");
    }
}

/// A workflow that cannot be compiled, and has a warning, too.
fn broken(identifier: &str) -> String {
    old(identifier).replace("to: Parked", "to: Parkd")
}

#[test]
fn what_cannot_be_silenced_is_neither_listed_nor_silenced() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", &broken("a")),
        ("b.workflow.yaml", &old("b")),
        ("c.workflow.yaml", "workflow: [\n"),
    ]);
    let ran = folder
        .run(&["check", "--write-baseline", "--format", "short"])
        .is(1);
    assert_eq!(
        ran.err,
        "statewright: wrote 4 findings to `statewright-baseline.toml`\n\
         statewright: left 4 findings out of `statewright-baseline.toml` that no baseline can silence\n"
    );
    assert_eq!(
        ran.out,
        "a.workflow.yaml:9:34: error[undefined-states]: transition `Park` leads to undefined state `Parkd`\n\
         c.workflow.yaml:1:1: error[missing-fields]: the workflow has no `states`\n\
         c.workflow.yaml:1:1: error[missing-start]: the workflow has no start state\n\
         c.workflow.yaml:1:11: error[invalid-yaml]: list that begins with `[` is never closed\n"
    );
    let list = folder.read(FILE);
    assert!(
        !list.contains("undefined") && !list.contains("invalid-yaml"),
        "{list}"
    );
    let before = folder.run(&["check", "--baseline", FILE]).is(1);
    assert!(!before.out.contains("outdated"), "{}", before.out);
    // What somebody lists by hand, or an earlier release did, is told and silences nothing.
    let more = "undefined-states = [\n  \
                \"transition `Park` leads to undefined state `Parkd`\",\n]\nunreachable-states = [";
    let longer = list.replacen("unreachable-states = [", more, 1);
    write(&folder, FILE, &longer);
    let check = ["check", "--baseline", FILE, "--format", "short"];
    let ran = folder.run(&check).is(1);
    assert_eq!(
        ran.out,
        "statewright-baseline.toml:10:3: warning[outdated-baselines]: the baseline lists 1 finding that cannot be silenced\n\
         a.workflow.yaml:9:34: error[undefined-states]: transition `Park` leads to undefined state `Parkd`\n\
         c.workflow.yaml:1:1: error[missing-fields]: the workflow has no `states`\n\
         c.workflow.yaml:1:1: error[missing-start]: the workflow has no start state\n\
         c.workflow.yaml:1:11: error[invalid-yaml]: list that begins with `[` is never closed\n"
    );
    folder
        .run(&["build", "a.workflow.yaml", "--target", "jira"])
        .is(1);
    folder.run(&["check", "--baseline", FILE, "--fix"]).is(1);
    assert_eq!(folder.read(FILE), list);
}

/// A product makes no document of what is listed here, so the list does not hide it.
#[test]
fn what_keeps_a_document_from_being_made_is_not_listed() {
    let text = old("a")
        .replace("  Lost: { category: open }\n", "")
        .replace("from: Lost", "from: New")
        + "targets: { itwin: {} }\n";
    let folder = Folder::with(&[("a.workflow.yaml", &text)]);
    let ran = folder
        .run(&["check", "--write-baseline", "--format", "short"])
        .is(1);
    assert!(ran.err.contains("left 1 finding out of"), "{}", ran.err);
    assert!(
        ran.out.contains("error[missing-target-fields]"),
        "{}",
        ran.out
    );
    assert!(!folder.read(FILE).contains("missing-target-fields"));
    folder
        .run(&["build", "--target", "itwin", "--out", "made"])
        .is(1);
}

/// What `check` of these arguments leaves of a list of both files, when both are mended.
#[test]
fn what_a_run_does_not_look_at_stays() {
    let folder = repository();
    let part = |file: &str| {
        let lists = LISTED.split_once("\n\n").expect("a head").1;
        let mut parts = lists
            .split("\n[")
            .map(|part| format!("[{}", part.trim_start_matches('[')));
        parts
            .find(|part| part.contains(file))
            .expect("it is listed")
            .trim_end()
            .to_owned()
    };
    let (a, b) = (part("a.workflow"), part("b.workflow"));
    let both = format!("{a}\n\n{b}");
    let mended = "workflow: a\nstart: New\nstates:\n  New: { category: open }\n  \
                  Closed: { category: closed, final: true }\ntransitions:\n  \
                  - { name: Close, from: New, to: Closed }\n";
    let read = |folder: &Folder| {
        folder
            .read(FILE)
            .split_once("\n\n")
            .map(|(_, lists)| lists.trim_end().to_owned())
    };
    let after = |arguments: &[&str], code: i32| {
        write(&folder, FILE, LISTED);
        folder
            .run(&[&["check", "--write-baseline"], arguments].concat())
            .is(code);
        read(&folder).unwrap_or_default()
    };
    // One file alone, a folder, and standard input.
    write(&folder, "a.workflow.yaml", mended);
    assert_eq!(after(&["a.workflow.yaml"], 0), b);
    assert_eq!(after(&["deep"], 0), both);
    write(&folder, FILE, LISTED);
    let name = [
        "--syntax",
        "yaml",
        "--stdin-filename",
        "deep/b.workflow.yaml",
    ];
    let all = [&["check", "-", "--write-baseline"], &name[..]].concat();
    assert_eq!(folder.run_with_input(&all, mended).code, 0);
    assert_eq!(read(&folder).as_deref(), Some(&*a));
    // A file that is left out, ignored or named nowhere is still there.
    folder.write("statewright.toml", "exclude = [\"deep\"]\n");
    assert_eq!(after(&[], 0), b);
    assert_eq!(after(&["--no-config"], 0), b);
    std::fs::remove_file(folder.0.join("statewright.toml")).expect("ours");
    // A code that is off was not looked for.
    assert_eq!(after(&["--allow", "unreachable-states"], 0), format!(
        "{}\n\n{b}",
        a.replace("dead-ends = [\n  [\"Parked\"], # state `Parked` has no way out and is not closed\n]\n", "")
    ));
    // Neither was anything behind a mistake in the text.
    write(&folder, "a.workflow.yaml", "workflow: [\n");
    assert_eq!(after(&[], 1), both);
    // What is gone is gone where a run looked for it.
    std::fs::remove_file(folder.0.join("a.workflow.yaml")).expect("there");
    assert_eq!(after(&["deep"], 0), both);
    assert_eq!(after(&[], 0), b);
}

/// What is wrong with several files together is only told by a run over all of them.
#[test]
fn what_files_do_together_stays_after_a_part_of_them_was_looked_at() {
    let alike = |identifier: &str| {
        format!(
            "workflow: {identifier}\nstart: New\napplies-to: [Laptop]\nstates:\n  New: {{ category: open }}\n  \
             Closed: {{ category: closed, final: true }}\ntransitions:\n  \
             - {{ name: Close, from: New, to: Closed }}\n"
        )
    };
    let folder = Folder::with(&[
        ("a.workflow.yaml", &alike("a")),
        ("b.workflow.yaml", &alike("b")),
    ]);
    folder.run(&["check", "--write-baseline"]).is(0);
    let list = folder.read(FILE);
    assert!(
        list.contains("[\"Laptop\", \"a\", \"b\"], # workflows `a` and `b` both apply"),
        "{list}"
    );
    for name in ["a.workflow.yaml", "b.workflow.yaml"] {
        folder.run(&["check", name, "--write-baseline"]).is(0);
        assert_eq!(folder.read(FILE), list, "{name}");
        let ran = folder
            .run(&["check", name, "--baseline", FILE, "--fix"])
            .is(0);
        assert!(!ran.out.contains("outdated"), "{}", ran.out);
        assert_eq!(folder.read(FILE), list, "{name}");
    }
    // Nor does it go while the other file cannot be read.
    write(&folder, "a.workflow.yaml", "workflow: [\n");
    folder.run(&["check", "--write-baseline"]).is(1);
    assert_eq!(folder.read(FILE), list);
    std::fs::remove_file(folder.0.join("a.workflow.yaml")).expect("there");
    folder.run(&["check", "--write-baseline"]).is(0);
    assert!(!folder.read(FILE).contains("Laptop"));
}

/// A run over some files knows what a baseline lists of more of them; what is new it tells.
#[test]
fn a_part_of_what_files_do_together_is_known() {
    let alike = |identifier: &str, category: &str| {
        format!(
            "workflow: {identifier}\nstart: New\napplies-to: [Laptop]\nstates:\n  New: {{ category: open }}\n  \
             Held: {{ category: {category} }}\n  Closed: {{ category: closed, final: true }}\ntransitions:\n  \
             - {{ name: Hold, from: New, to: Held }}\n  - {{ name: Close, from: Held, to: Closed }}\n"
        )
    };
    let folder = Folder::with(&[
        ("a.workflow.yaml", &alike("a", "waiting")),
        ("b.workflow.yaml", &alike("b", "waiting")),
        ("c.workflow.yaml", &alike("c", "open")),
    ]);
    folder.run(&["check", "--write-baseline"]).is(0);
    let list = folder.read(FILE);
    assert!(list.contains("[\"Laptop\", \"a\", \"b\", \"c\"]"), "{list}");
    let part = [
        "check",
        "b.workflow.yaml",
        "c.workflow.yaml",
        "--baseline",
        FILE,
    ];
    let ran = folder.run(&part).is(0);
    assert_eq!(
        ran.out,
        "checked 2 files, left out 2 known reports: no new findings\n"
    );
    let written = [&part[..3], &["--write-baseline"]].concat();
    folder.run(&written).is(0);
    assert_eq!(folder.read(FILE), list);
    // Another workflow, or a whole run in which it is another finding, is told.
    folder.write("d.workflow.yaml", &alike("d", "waiting"));
    let ran = folder.run(&[&part[..], &["d.workflow.yaml", "--format", "short"]].concat());
    assert!(
        ran.out.contains("`b`, `c` and `d` all apply"),
        "{}",
        ran.out
    );
    std::fs::remove_file(folder.0.join("d.workflow.yaml")).expect("there");
    std::fs::remove_file(folder.0.join("a.workflow.yaml")).expect("there");
    let ran = folder
        .run(&["check", "--baseline", FILE, "--format", "short"])
        .is(1);
    assert!(ran.out.contains("`b` and `c` both apply"), "{}", ran.out);
}

#[test]
fn nothing_is_written_after_a_failed_read() {
    let folder = repository();
    let not_written = |arguments: &[&str], code: i32, why: &str| {
        let ran = folder
            .run(&[&["check", "--write-baseline", "--quiet"], arguments].concat())
            .is(code);
        let last = ran.err.lines().last().unwrap_or_default();
        assert_eq!(
            last,
            format!("statewright: baseline `statewright-baseline.toml` was not written: {why}")
        );
        assert!(!arguments.contains(&"a.workflow.yaml") || ran.out.contains("unreachable-states"));
    };
    let unread = "not everything could be read";
    not_written(&["nowhere.workflow.yaml"], 3, unread);
    not_written(&["a.workflow.yaml", "nowhere"], 3, unread);
    not_written(&["a.workflow.yaml", "--config", "nowhere.toml"], 3, unread);
    std::fs::create_dir(folder.0.join("empty")).expect("writable");
    not_written(&["empty"], 5, "there is no file to check");
    assert_eq!(folder.read(FILE), LISTED);
    // Nor where there is none so far.
    std::fs::remove_file(folder.0.join(FILE)).expect("there");
    not_written(&["nowhere.workflow.yaml"], 3, unread);
    assert!(!folder.0.join(FILE).exists());
    // What is there may be somebody's own.
    let mistaken = [
        ("[core]\n\tbare = false\n", "wrong-types"),
        ("[\"a.workflow.yaml\"]\ndead-ends = [\n", "invalid-toml"),
    ];
    for (text, code) in mistaken {
        write(&folder, FILE, text);
        not_written(&["a.workflow.yaml"], 1, "the old one has mistakes");
        let ran = folder.run(&["check", "--write-baseline"]).is(1);
        assert!(ran.out.contains(&format!("error[{code}]")), "{}", ran.out);
        assert_eq!(folder.read(FILE), text);
    }
}

/// Only a folder that was looked through tells that a file is gone.
#[cfg(unix)]
#[test]
fn a_baseline_does_not_ask_for_files_elsewhere() {
    let outside = Folder::with(&[("there.workflow.yaml", &old("there"))]);
    let folder = repository();
    std::os::unix::fs::symlink(&outside.0, folder.0.join("linked")).expect("a link");
    let whole = outside.0.display();
    let listed = |file: &str| format!("[\"{file}\"]\ndead-ends = [[\"Parked\"]]\n");
    for file in ["there.workflow.yaml", "gone.workflow.yaml"] {
        let files = [format!("{whole}/{file}"), format!("linked/{file}")];
        let list: String = files.iter().map(|file| listed(file)).collect();
        write(&folder, "list.toml", &list);
        let ran = folder.run(&["check", "--baseline", "list.toml", "--format", "short"]);
        assert!(!ran.out.contains("outdated-baselines"), "{}", ran.out);
    }
    write(&folder, "list.toml", &listed("deep/gone.workflow.yaml"));
    let ran = folder.run(&["check", "--baseline", "list.toml", "--format", "short"]);
    assert!(ran.out.contains("outdated-baselines"), "{}", ran.out);
}

/// Runs `command` in a folder below.
fn in_folder(mut command: std::process::Command, folder: &Folder, below: &str) -> Ran {
    command.current_dir(folder.0.join(below));
    Ran::of(command.output().expect("it starts"))
}

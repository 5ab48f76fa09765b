//! `--project` and `--force-exclude`, for programs that hand names on.

use super::discovery::{git, has_git};
use super::{GOOD, misspelt};
use crate::common::folder::Folder;

fn good(identifier: &str) -> String {
    GOOD.replace("workflow: good", &format!("workflow: {identifier}"))
}

/// A workflow for tickets of this type.
fn of_type(identifier: &str, kind: &str) -> String {
    good(identifier).replace("\nstart", &format!("\napplies-to: [{kind}]\nstart"))
}

/// A repository in which these files were added.
fn repository(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::with(files);
    git(&folder, &["init", "-q"], "");
    git(&folder, &["add", "--force", "."], "");
    folder
}

#[test]
fn what_concerns_a_named_file_is_reported_in_every_batch_alike() {
    if !has_git() {
        return;
    }
    let folder = repository(&[
        ("a.workflow.yaml", &of_type("a", "Laptop")),
        ("b.workflow.yaml", &of_type("b", "Laptop")),
        ("desks/c.workflow.yaml", &of_type("c", "Phone")),
        ("desks/d.workflow.yaml", &misspelt()),
    ]);
    let run = |names: &[&str], code: i32| {
        let all = [&["check", "--project", "--format", "short"], names].concat();
        let ran = folder.run(&all).is(code);
        assert_eq!(ran.err, "");
        ran.out
    };
    let overlap = "b.workflow.yaml:2:14: error[overlapping-assignments]: workflows `a` and `b` both apply to `Laptop`\n";
    let slip = "desks/d.workflow.yaml:7:35: error[undefined-states]: transition `Close` leads to undefined state `Clsed`\n";
    assert_eq!(run(&["a.workflow.yaml"], 1), overlap);
    assert_eq!(run(&["b.workflow.yaml"], 1), overlap);
    assert_eq!(run(&["b.workflow.yaml", "a.workflow.yaml"], 1), overlap);
    assert_eq!(run(&["desks/c.workflow.yaml"], 0), "");
    assert_eq!(run(&["desks"], 1), slip);
    assert_eq!(
        run(&["desks/d.workflow.yaml", "a.workflow.yaml"], 1),
        [overlap, slip].concat()
    );
    assert_eq!(run(&["."], 1), [overlap, slip].concat());
    assert_eq!(run(&[], 1), [overlap, slip].concat());
    let ran = folder.run(&["check", "--project", "a.workflow.yaml"]).is(1);
    assert!(
        ran.out.ends_with("\nchecked 1 file: 1 error\n"),
        "{}",
        ran.out
    );
    // From a folder of it, too, and by any path.
    let mut command = folder.command(&[
        "check",
        "--project",
        "--format",
        "short",
        "../a.workflow.yaml",
    ]);
    let output = command.current_dir(folder.0.join("desks")).output();
    let said = String::from_utf8(output.expect("it starts").stdout).expect("UTF-8");
    assert!(said.contains("error[overlapping-assignments]"), "{said}");
    // A report for machines says nothing of files that nobody asked about.
    let junit = ["check", "--project", "--format", "junit", "a.workflow.yaml"];
    let said = folder.run(&junit).is(1).out;
    assert!(said.contains("tests=\"2\" failures=\"1\""), "{said}");
    assert!(!said.contains("desks"), "{said}");
}

#[test]
fn what_is_left_out_of_a_project_is_so_though_it_is_named() {
    if !has_git() {
        return;
    }
    let folder = repository(&[
        (".gitignore", "build/\n"),
        ("statewright.toml", "exclude = [\"archive\"]\n"),
        ("a.workflow.yaml", GOOD),
        ("archive/b.workflow.yaml", &misspelt()),
        ("build/c.workflow.yaml", &misspelt()),
        ("notes/approval.yaml", &misspelt()),
    ]);
    let named = ["archive/b.workflow.yaml", "build/c.workflow.yaml"];
    let nothing = "checked 0 files\n";
    let left_out = "\
statewright: left out `archive/b.workflow.yaml`: `archive` under `exclude` in `statewright.toml`
statewright: left out `build/c.workflow.yaml`: `build/` in line 1 of `.gitignore`
";
    for option in ["--project", "--force-exclude"] {
        let ran = folder.run(&[&["check", option], &named[..]].concat()).is(0);
        assert_eq!((&*ran.out, &*ran.err), (nothing, ""), "{option}");
        let ran = folder
            .run(&[&["check", "-v", option], &named[..]].concat())
            .is(0);
        assert!(ran.err.ends_with(left_out), "{option}: {}", ran.err);
        // What is only not named so is read where somebody names it.
        let ran = folder.run(&["check", option, "notes/approval.yaml"]).is(1);
        assert!(ran.out.contains("checked 1 file: 1 error"), "{}", ran.out);
        let ran = folder
            .run(&["check", option, "missing.workflow.yaml"])
            .is(3);
        let missing =
            "statewright: cannot read `missing.workflow.yaml`: no such file or directory\n";
        assert_eq!(ran.err, missing, "{option}");
    }
    let forced = [
        "--force-exclude",
        "archive/b.workflow.yaml",
        "build",
        "archive",
    ];
    for command in [
        &["check"][..],
        &["fmt"],
        &["build", "--target", "all"],
        &["diagram", "--notation", "dot"],
        &["why", "New"],
    ] {
        folder.run(&[command, &forced].concat()).is(0);
    }
    assert_eq!(folder.read("archive/b.workflow.yaml"), misspelt());
    // A folder that holds nothing is told, named or not.
    folder.write("empty/readme.md", "");
    let none = "statewright: no file in `empty` is named *.workflow.yaml, *.workflow.yml or *.workflow.toml\n";
    let ran = folder.run(&["check", "--project", "empty"]).is(5);
    assert_eq!((&*ran.out, &*ran.err), (nothing, none));
    let piped = folder
        .run_with_input(&["check", "--project", "-", "--syntax", "yaml"], GOOD)
        .is(2);
    assert!(
        piped
            .err
            .contains("standard input is no file of a project: name files"),
        "{}",
        piped.err
    );
    folder
        .run(&["check", "--project", "--force-exclude", "."])
        .is(2);
    folder
        .run(&["check", "--project", "--write-baseline", "."])
        .is(2);
    folder
        .run(&["diagram", "--project", "-", "--syntax", "yaml"])
        .is(2);
}

#[test]
fn fixes_are_made_in_named_files_only() {
    if !has_git() {
        return;
    }
    let untidy = GOOD.replace("category: closed", "category: Closed");
    let folder = repository(&[
        ("a.workflow.yaml", &untidy),
        ("b.workflow.yaml", &untidy.replace("good", "other")),
    ]);
    let ran = folder
        .run(&["check", "--project", "--fix", "a.workflow.yaml"])
        .is(0);
    assert!(
        ran.out.starts_with("a.workflow.yaml:")
            && ran.out.contains(": fixed[invalid-values]: ")
            && ran
                .out
                .ends_with("\nchecked 1 file, fixed 1 mistake: all fixed\n"),
        "{}",
        ran.out
    );
    assert_eq!(folder.read("a.workflow.yaml"), GOOD);
    assert_eq!(
        folder.read("b.workflow.yaml"),
        untidy.replace("good", "other")
    );
}

#[test]
fn a_baseline_lists_what_it_lists_whichever_files_are_named() {
    if !has_git() {
        return;
    }
    let folder = repository(&[
        ("statewright.toml", "baseline = \"baseline.toml\"\n"),
        ("a.workflow.yaml", &of_type("a", "Laptop")),
        ("b.workflow.yaml", &of_type("b", "Laptop")),
        ("c.workflow.yaml", &GOOD.replace("closed }", "waiting }")),
    ]);
    folder.run(&["check", "--write-baseline"]).is(0);
    let check = |names: &[&str], code| {
        let all = [&["check", "--project", "--format", "short"], names].concat();
        folder.run(&all).is(code).out
    };
    assert_eq!(check(&["a.workflow.yaml", "c.workflow.yaml"], 0), "");
    // What is gone from a file is told with that file.
    folder.write("c.workflow.yaml", GOOD);
    assert_eq!(check(&["a.workflow.yaml"], 0), "");
    let told = check(&["c.workflow.yaml"], 0);
    assert!(
        told.starts_with("baseline.toml:") && told.contains("warning[outdated-baselines]"),
        "{told}"
    );
    // What is gone from between two files is told when all of them are, since a draft that is not
    // looked at may be one of the two.
    assert!(
        told.contains("the baseline lists 1 finding that is gone"),
        "{told}"
    );
    let all = check(&["baseline.toml"], 0);
    assert!(
        all.contains("the baseline lists 2 findings that are gone"),
        "{all}"
    );
    assert_eq!(check(&["statewright.toml"], 0), all);
}

#[test]
fn drafts_alone_are_nothing_to_check_and_that_is_said() {
    if !has_git() {
        return;
    }
    let folder = repository(&[("statewright.toml", "exclude = []\n")]);
    folder.write("draft.workflow.yaml", GOOD);
    let ran = folder
        .run(&["check", "--project", "statewright.toml"])
        .is(5);
    assert_eq!(
        ran.err,
        "statewright: every workflow file in `.` is left out\nstatewright: 1 file is left out: git does not track it, and it is not named\n"
    );
}

/// The index of git has many forms.
#[test]
fn a_draft_is_known_by_what_git_says_of_it() {
    if !has_git() {
        return;
    }
    let draft =
        "statewright: left out `draft.workflow.yaml`: git does not track it, and it is not named\n";
    let long = format!("{}/{0}/{0}/{0}/a.workflow.yaml", "long".repeat(60));
    for format in ["sha1", "sha256"] {
        for version in ["2", "3", "4"] {
            let folder = Folder::with(&[
                ("a.workflow.yaml", &good("a")),
                ("desks/b.workflow.yaml", &good("b")),
                ("desks/é b.workflow.yaml", &good("c")),
                (&long, &good("d")),
            ]);
            git(
                &folder,
                &["init", "-q", &format!("--object-format={format}")],
                "",
            );
            git(&folder, &["config", "index.version", version], "");
            git(&folder, &["add", "."], "");
            folder.write("meant.workflow.yaml", &good("e"));
            git(
                &folder,
                &["add", "--intent-to-add", "meant.workflow.yaml"],
                "",
            );
            folder.write("draft.workflow.yaml", &good("a"));
            let run = |code: i32| {
                let ran = folder
                    .run(&["check", "--project", "-v", "a.workflow.yaml"])
                    .is(code);
                ran.err
            };
            assert_eq!(run(0), draft, "{format} {version}");
            // A part of the index that is elsewhere is not looked for: every file then counts.
            git(&folder, &["update-index", "--split-index"], "");
            assert_eq!(run(1), "", "{format} {version}");
        }
    }
    // A work tree has an index of its own, and one without any index tracks nothing.
    let folder = repository(&[("main/a.workflow.yaml", &good("a"))]);
    git(
        &folder,
        &[
            "-c",
            "user.name=Ada",
            "-c",
            "user.email=ada@example.org",
            "commit",
            "-q",
            "-m",
            "a",
        ],
        "",
    );
    git(&folder, &["worktree", "add", "-q", "--detach", "tree"], "");
    folder.write("tree/draft.workflow.yaml", &good("a"));
    let mut command = folder.command(&["check", "--project", "-v", "main/a.workflow.yaml"]);
    let output = command
        .current_dir(folder.0.join("tree"))
        .output()
        .expect("it starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), draft);
    let bare = Folder::with(&[("a.workflow.yaml", GOOD), ("draft.workflow.yaml", GOOD)]);
    git(&bare, &["init", "-q"], "");
    bare.run(&["check", "--project", "a.workflow.yaml"]).is(0);
    // Outside of a repository nobody can tell drafts.
    let plain = Folder::with(&[("a.workflow.yaml", GOOD), ("draft.workflow.yaml", GOOD)]);
    plain.run(&["check", "--project", "a.workflow.yaml"]).is(1);
}

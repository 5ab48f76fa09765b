//! Files held against older versions of them: in a folder, and as git keeps them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::folder::{Folder, Ran};

const DESK: &str = "\
workflow: desk
start: New
states:
  New: { category: open }
  On Hold: { category: waiting }
  Closed: { category: closed, final: true }
transitions:
  - { name: Hold, from: New, to: On Hold }
  - { name: Resume, from: On Hold, to: New }
  - { name: Close, from: New, to: Closed }
";

/// The same without the state in which tickets may be.
const WITHOUT: &str = "\
workflow: desk
start: New
states:
  New: { category: open }
  Closed: { category: closed, final: true }
transitions:
  - { name: Close, from: New, to: Closed }
";

/// A repository in a folder of its own.
struct Repository(Folder);

impl Repository {
    fn new(files: &[(&str, &str)]) -> Repository {
        let repository = Repository(Folder::with(files));
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        if !files.is_empty() {
            repository.commit("first");
        }
        repository
    }

    /// Runs git without what the machine configures.
    fn git(&self, arguments: &[&str]) -> String {
        git(&self.0.0, arguments)
    }

    fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run_in(&self.0.0, arguments)
    }
}

pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = isolated(Command::new("git"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("git");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {err}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn isolated(mut command: Command) -> Command {
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "Ada")
            .env(format!("GIT_{who}_EMAIL"), "ada@example.org");
    }
    command
}

fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    let command = Command::new(env!("CARGO_BIN_EXE_statewright"));
    let mut command = isolated(command);
    command.args(arguments).current_dir(folder);
    for variable in ["CI", "GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"] {
        command.env_remove(variable);
    }
    Ran::of(command.output().expect("it starts"))
}

/// What is said on standard error of a run that ends with 3.
fn refused(ran: Ran, said: &str) {
    let ran = ran.is(3);
    assert!(ran.err.contains(said), "{said}\n--- err\n{}", ran.err);
}

#[test]
fn what_a_change_breaks_is_reported_against_a_folder() {
    let folder = Folder::with(&[
        ("old/desk.workflow.yaml", DESK),
        ("new/desk.workflow.yaml", WITHOUT),
    ]);
    let ran = folder
        .run(&["check", "new", "--against-path", "old", "--format", "short"])
        .is(1);
    let told = "new/desk.workflow.yaml:3:1: error[removed-states]: state `On Hold` is gone";
    assert!(ran.out.contains(told), "{}", ran.out);
    folder.run(&["check", "new", "--against-path", "new"]).is(0);
    folder.run(&["check", "new"]).is(0);
    let files = ["new/desk.workflow.yaml", "old/desk.workflow.yaml"];
    folder
        .run(&["check", files[0], "--against-path", files[1]])
        .is(1);
    folder
        .run(&["check", "new", "--against-path", "missing"])
        .is(3);
    fs::remove_file(folder.0.join("new/desk.workflow.yaml")).expect("removable");
    folder.write("new/other.workflow.yaml", &DESK.replace("desk", "other"));
    let ran = folder
        .run(&["check", "new", "--against-path", "old", "--format", "short"])
        .is(1);
    let told = "new/desk.workflow.yaml:1:1: error[removed-workflows]: workflow `desk` is gone";
    assert!(ran.out.contains(told), "{}", ran.out);
    for format in [
        "human",
        "json",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "markdown",
    ] {
        folder
            .run(&["check", "new", "--against-path", "old", "--format", format])
            .is(1);
    }
}

#[test]
fn a_comment_accepts_one_change_and_not_the_next() {
    let comment = "# statewright: allow(removed-states) no ticket was ever on hold\nstates:";
    let accepted = WITHOUT.replace("states:", comment);
    let repository = Repository::new(&[("desk.workflow.yaml", DESK)]);
    repository.0.write("desk.workflow.yaml", WITHOUT);
    let ran = repository.run(&["check", "--against", "HEAD"]).is(1);
    assert!(ran.out.contains("removed-states"), "{}", ran.out);
    repository.0.write("desk.workflow.yaml", &accepted);
    let ran = repository.run(&["check", "--against", "HEAD"]).is(0);
    assert!(!ran.out.contains("unused-suppressions"), "{}", ran.out);
    // Nobody looks for changes.
    let ran = repository.run(&["check"]).is(0);
    assert!(!ran.out.contains("unused-suppressions"), "{}", ran.out);
    repository.commit("accepted");
    let ran = repository.run(&["check", "--against", "HEAD"]).is(0);
    assert!(ran.out.contains("unused-suppressions"), "{}", ran.out);
    // The next state that goes is another change.
    let next = accepted
        .replace("start: New", "start: Closed")
        .replace("  New: { category: open }\n", "")
        .replace(
            "transitions:\n  - { name: Close, from: New, to: Closed }\n",
            "",
        );
    repository.0.write("desk.workflow.yaml", &next);
    let ran = repository.run(&["check", "--against", "HEAD"]).is(1);
    assert!(ran.out.contains("state `New` is gone"), "{}", ran.out);
}

/// The older version may have the configuration in a folder beside or in git, at another place, too: whoever
/// reviews a change has to see the entry in it.
#[test]
fn an_entry_of_the_configuration_accepts_one_change_and_not_the_next() {
    let entry =
        |rest: &str| format!("[[accept]]\nworkflow = \"desk\"\nreason = \"none is held\"\n{rest}");
    let of_state = entry("code = \"removed-states\"\nnames = \"On Hold\"\n");
    let repository = Repository::new(&[("desks/desk.workflow.yaml", DESK)]);
    let write =
        |path: &str, text: &str| fs::write(repository.0.0.join(path), text).expect("a file");
    write("desks/desk.workflow.yaml", WITHOUT);
    let arguments = ["check", "--against", "HEAD", "--format", "short"];
    let others = [
        entry("code = \"removed-states\"\nnames = [\"On Hold\", \"New\"]\n"),
        entry("code = \"removed-transitions\"\n"),
        of_state.replace("desk", "bank"),
    ];
    for other in others {
        write("statewright.toml", &other);
        let ran = repository.run(&arguments);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.out.contains("error[removed-states]"), "{ran:?}");
        let unused = ran
            .out
            .matches("warning[unused-suppressions]: acceptance of")
            .count();
        assert_eq!(unused, 1, "{ran:?}");
        assert!(ran.out.contains("statewright.toml:"), "{ran:?}");
    }
    write("statewright.toml", &of_state);
    let ran = repository.run(&arguments);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    // What is not looked at cannot be told: the entry may be for it.
    write(
        "statewright.toml",
        &(of_state.clone() + &of_state.replace("desk", "bank")),
    );
    let ran = repository.run(&["check", "--against", "HEAD", "desks/desk.workflow.yaml"]);
    assert_eq!(
        (ran.code, ran.out.contains("unused-suppressions")),
        (0, false),
        "{ran:?}"
    );
    let ran = repository.run(&["check", "--against", "HEAD", "desks"]);
    assert_eq!(
        (ran.code, ran.out.contains("unused-suppressions")),
        (0, false),
        "{ran:?}"
    );
    // Without an older version it says nothing.
    assert_eq!(repository.run(&["check", "--deny", "warnings"]).code, 0);
    write("statewright.toml", &of_state);
    repository.commit("the state is gone");
    let ran = repository.run(&arguments);
    let told = "acceptance of `removed-states` in workflow `desk` accepts nothing";
    assert!(ran.code == 0 && ran.out.contains(told), "{ran:?}");
    // A state of this name comes back and goes again: that is another change.
    write("desks/desk.workflow.yaml", DESK);
    repository.commit("the state is back");
    write("desks/desk.workflow.yaml", WITHOUT);
    for path in ["statewright.toml", "desks/statewright.toml"] {
        fs::remove_file(repository.0.0.join("statewright.toml")).ok();
        write(path, &of_state);
        let ran = repository.run(&arguments);
        let is_refused = ran.out.contains("error[removed-states]") && ran.out.contains(told);
        assert!(ran.code == 1 && is_refused, "{path}: {ran:?}");
    }
    // Another reason is another acceptance.
    write(
        "desks/statewright.toml",
        &of_state.replace("none", "again none"),
    );
    assert_eq!(repository.run(&arguments).code, 0);
    // A configuration that git does not keep was reviewed by nobody.
    let elsewhere = Folder::with(&[("statewright.toml", &of_state)]);
    let path = elsewhere.0.join("statewright.toml");
    let path = path.to_str().expect("a path");
    let ran = repository.run(&[&arguments[..], &["--config", path]].concat());
    assert_eq!(ran.code, 1, "{ran:?}");
}

#[test]
fn no_baseline_lists_what_a_change_breaks() {
    let folder = Folder::with(&[
        ("old/desk.workflow.yaml", DESK),
        ("new/desk.workflow.yaml", WITHOUT),
    ]);
    folder
        .run(&["check", "new", "--against-path", "old", "--write-baseline"])
        .is(2);
    folder.run(&["check", "new", "--write-baseline"]).is(0);
    let baseline = ["--baseline", "statewright-baseline.toml"];
    folder
        .run(&[&["check", "new", "--against-path", "old"], &baseline[..]].concat())
        .is(1);
}

#[test]
fn versions_of_git_are_compared() {
    let repository = Repository::new(&[
        ("desk.workflow.yaml", DESK),
        ("deep/phone.workflow.yaml", &DESK.replace("desk", "phone")),
    ]);
    let first = repository.git(&["rev-parse", "HEAD"]);
    let ran = repository
        .run(&["diff", "--git", "HEAD", "--exit-code"])
        .is(0);
    assert_eq!(ran.out, "nothing changed in 2 workflows\n");
    repository.0.write("desk.workflow.yaml", WITHOUT);
    let gone = "- state `On Hold` is gone";
    let ran = repository
        .run(&["diff", "--git", "HEAD", "--exit-code"])
        .is(1);
    assert!(ran.out.contains(gone), "{}", ran.out);
    // Only what is named.
    repository
        .run(&["diff", "--git", "HEAD", "--exit-code", "deep"])
        .is(0);
    let deep = repository.0.0.join("deep");
    run_in(&deep, &["diff", "--git", "HEAD", "--exit-code"]).is(0);
    run_in(
        &deep,
        &[
            "diff",
            "--git",
            "HEAD",
            "--exit-code",
            "../desk.workflow.yaml",
        ],
    )
    .is(1);
    // A file that is moved is the same workflow.
    repository.git(&["mv", "deep/phone.workflow.yaml", "mobile.workflow.yaml"]);
    let second = repository.commit("second");
    let range = format!("{first}..{second}");
    let ran = repository
        .run(&["diff", "--git", &range, "--format", "short"])
        .is(0);
    assert!(
        ran.out.contains(gone) && !ran.out.contains("phone"),
        "{}",
        ran.out
    );
    // Two branches: what main did meanwhile is not told.
    repository.git(&["checkout", "--quiet", "-b", "topic", &first]);
    repository.0.write(
        "deep/phone.workflow.yaml",
        &WITHOUT.replace("desk", "phone"),
    );
    repository.commit("topic");
    for range in ["main...topic", "main..."] {
        let ran = repository
            .run(&["diff", "--git", range, "--format", "short"])
            .is(0);
        assert!(
            ran.out.contains("deep/phone.workflow.yaml") && !ran.out.contains("desk"),
            "{}",
            ran.out
        );
    }
    let ran = repository
        .run(&["check", "--against", "main...", "--format", "short"])
        .is(1);
    assert_eq!(ran.out.matches("removed-states").count(), 1, "{}", ran.out);
    // A file that is gone.
    fs::remove_file(repository.0.0.join("desk.workflow.yaml")).expect("removable");
    let ran = repository
        .run(&["check", "--against", "HEAD", "--format", "short"])
        .is(1);
    assert!(ran.out.contains("workflow `desk` is gone"), "{}", ran.out);
    let ran = repository.run(&["diff", "--git", "HEAD"]).is(0);
    assert!(
        ran.out
            .contains("- workflow `desk` is gone: HEAD:desk.workflow.yaml"),
        "{}",
        ran.out
    );
}

#[cfg(unix)]
#[test]
fn names_are_bytes() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let repository = Repository::new(&[]);
    for (number, name) in [
        &b"t\ta\nb \"q\".workflow.yaml"[..],
        b"lat\xe9.workflow.yaml",
        "möwe.workflow.yaml".as_bytes(),
    ]
    .iter()
    .enumerate()
    {
        let text = DESK.replace("desk", &format!("desk-{number}"));
        fs::write(repository.0.0.join(OsStr::from_bytes(name)), text).expect("writable");
    }
    repository.commit("odd names");
    let ran = repository
        .run(&["diff", "--git", "HEAD", "--exit-code"])
        .is(0);
    assert_eq!(ran.out, "nothing changed in 3 workflows\n");
    for name in [
        &b"t\ta\nb \"q\".workflow.yaml"[..],
        b"lat\xe9.workflow.yaml",
    ] {
        let path = repository.0.0.join(OsStr::from_bytes(name));
        let text = fs::read_to_string(&path).expect("readable").replace(
            "  On Hold: { category: waiting }\n",
            "  On Hold: { category: open }\n",
        );
        fs::write(path, text).expect("writable");
    }
    let ran = repository.run(&["diff", "--git", "HEAD"]).is(0);
    assert_eq!(
        ran.out
            .matches("`category` is `open`, was `waiting`")
            .count(),
        2,
        "{}",
        ran.out
    );
}

#[test]
fn what_git_does_not_know_is_said() {
    let folder = Folder::with(&[("desk.workflow.yaml", DESK)]);
    refused(
        folder.run(&["diff", "--git", "HEAD"]),
        "not a git repository",
    );
    refused(
        folder.run(&["check", "--against", "HEAD"]),
        "not a git repository",
    );
    for odd in ["-x", "^HEAD", "..HEAD", "HEAD..", ""] {
        folder.run(&["diff", &format!("--git={odd}")]).is(2);
    }
    folder.run(&["check", "--against=a..b"]).is(2);

    let empty = Repository::new(&[]);
    empty.0.write("desk.workflow.yaml", DESK);
    refused(
        empty.run(&["diff", "--git", "HEAD"]),
        "there is no commit yet",
    );

    let repository = Repository::new(&[
        ("desk.workflow.yaml", DESK),
        ("more/x.workflow.yaml", &DESK.replace("desk", "x")),
    ]);
    refused(
        repository.run(&["check", "--against", "mian"]),
        "git knows no revision `mian`",
    );
    refused(
        repository.run(&["diff", "--git", "main..mian"]),
        "git knows no revision `mian`",
    );
    refused(
        repository.run(&["diff", "--git", "mian...main"]),
        "git knows no revision `mian`",
    );
    let outside = folder.0.join("desk.workflow.yaml");
    refused(
        repository.run(&["diff", "--git", "HEAD", &outside.to_string_lossy()]),
        "is not in this repository",
    );

    // Not the files on disk, but two revisions.
    let bare = Folder::new();
    git(
        &bare.0,
        &[
            "clone",
            "--quiet",
            "--bare",
            &repository.0.0.to_string_lossy(),
            ".",
        ],
    );
    refused(
        run_in(&bare.0, &["diff", "--git", "HEAD"]),
        "no files on disk here",
    );
    run_in(&bare.0, &["diff", "--git", "HEAD..main"]).is(0);

    // The newest commit alone.
    repository.commit("second");
    let shallow = Folder::new();
    let from = format!("file://{}", repository.0.0.to_string_lossy());
    git(&shallow.0, &["clone", "--quiet", "--depth=1", &from, "."]);
    refused(
        run_in(&shallow.0, &["check", "--against", "HEAD^1"]),
        "fetch-depth: 0",
    );
    run_in(&shallow.0, &["check", "--against", "HEAD"]).is(0);

    // No common ancestor.
    repository.git(&["checkout", "--quiet", "--orphan", "island"]);
    repository.commit("island");
    refused(
        repository.run(&["diff", "--git", "main...island"]),
        "have no common ancestor",
    );

    // Another repository in it.
    let inner = repository.0.0.join("inner");
    fs::create_dir(&inner).expect("writable");
    git(&inner, &["init", "--quiet"]);
    fs::write(inner.join("y.workflow.yaml"), DESK).expect("writable");
    refused(
        repository.run(&["diff", "--git", "HEAD", "inner"]),
        "is not in this repository",
    );

    let mut command = Command::new(env!("CARGO_BIN_EXE_statewright"));
    command
        .args(["check", "--against", "HEAD"])
        .current_dir(&repository.0.0)
        .env("PATH", "/nowhere");
    refused(
        Ran::of(command.output().expect("it starts")),
        "git was not found",
    );
}

#[test]
fn what_a_name_may_also_mean_is_noted() {
    let repository = Repository::new(&[("desk.workflow.yaml", DESK)]);
    repository.git(&["tag", "main"]);
    let ran = repository.run(&["diff", "--git", "main"]).is(0);
    assert!(
        ran.err
            .contains("`main` is the name of a tag and of a branch"),
        "{}",
        ran.err
    );

    // Two branches that took each other in have two common ancestors.
    let crossed = Repository::new(&[("desk.workflow.yaml", DESK)]);
    crossed.git(&["checkout", "--quiet", "-b", "topic"]);
    let topic = crossed.commit("topic");
    crossed.git(&["checkout", "--quiet", "main"]);
    let main = crossed.commit("main");
    crossed.git(&["merge", "--quiet", "--no-edit", &topic]);
    crossed.git(&["checkout", "--quiet", "topic"]);
    crossed.git(&["merge", "--quiet", "--no-edit", &main]);
    let ran = crossed.run(&["diff", "--git", "main...topic"]).is(0);
    assert!(
        ran.err.contains("there are 2 common ancestors"),
        "{}",
        ran.err
    );
}

/// Takes away what git keeps of a file.
fn forget(repository: &Repository, path: &str) {
    let id = repository.git(&["rev-parse", &format!("HEAD:{path}")]);
    let object: PathBuf = repository
        .0
        .0
        .join(".git/objects")
        .join(&id[..2])
        .join(&id[2..]);
    fs::remove_file(object).expect("a loose object");
}

#[test]
fn a_file_that_is_as_it_was_is_not_asked_for() {
    let repository = Repository::new(&[
        ("desk.workflow.yaml", DESK),
        ("phone.workflow.yaml", &DESK.replace("desk", "phone")),
    ]);
    forget(&repository, "desk.workflow.yaml");
    repository.run(&["check", "--against", "HEAD"]).is(0);
    repository.run(&["diff", "--git", "HEAD"]).is(0);
    // Of one that is not, what it held is missed.
    repository.0.write("desk.workflow.yaml", WITHOUT);
    refused(
        repository.run(&["check", "--against", "HEAD"]),
        "git has not got what this file held",
    );
    refused(
        repository.run(&["diff", "--git", "HEAD"]),
        "git has not got what this file held",
    );
}

#[test]
fn a_pointer_of_git_lfs_is_no_workflow() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    let repository = Repository::new(&[("desk.workflow.yaml", pointer)]);
    repository.0.write("desk.workflow.yaml", DESK);
    refused(
        repository.run(&["check", "--against", "HEAD"]),
        "only a pointer",
    );
}

#[test]
fn other_line_ends_are_no_change() {
    let repository = Repository::new(&[("desk.workflow.yaml", DESK)]);
    repository
        .0
        .write("desk.workflow.yaml", &DESK.replace('\n', "\r\n"));
    let ran = repository
        .run(&["diff", "--git", "HEAD", "--exit-code"])
        .is(0);
    assert_eq!(ran.out, "nothing changed in 1 workflow\n");
}

#[cfg(unix)]
#[test]
fn nothing_that_a_configuration_names_is_started() {
    use std::os::unix::fs::PermissionsExt;
    let repository = Repository::new(&[
        ("desk.workflow.yaml", DESK),
        (".gitattributes", "* filter=mark diff=mark\n"),
    ]);
    let mark = repository.0.0.join("started");
    let script = repository.0.0.join("mark.sh");
    fs::write(
        &script,
        format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\ncat\n", mark.display()),
    )
    .expect("writable");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("writable");
    let script = script.to_string_lossy().into_owned();
    for name in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.askPass",
        "core.sshCommand",
        "diff.external",
        "pager.ls-tree",
        "pager.diff-tree",
        "filter.mark.clean",
        "filter.mark.smudge",
        "filter.mark.process",
        "diff.mark.textconv",
        "diff.mark.command",
        "gpg.program",
        "core.gitProxy",
        "interactive.diffFilter",
    ] {
        repository.git(&["config", name, &script]);
    }
    for alias in ["ls-tree", "cat-file", "rev-parse", "diff-tree"] {
        repository.git(&["config", &format!("alias.{alias}"), &format!("!{script}")]);
    }
    let _ = fs::remove_file(&mark);
    repository.0.write("desk.workflow.yaml", WITHOUT);
    repository.run(&["check", "--against", "HEAD"]).is(1);
    repository.run(&["diff", "--git", "HEAD"]).is(0);
    repository.run(&["diff", "--git", "HEAD..main"]).is(0);
    repository.run(&["diff", "--git", "HEAD...main"]).is(0);
    assert!(
        !mark.exists(),
        "{}",
        fs::read_to_string(&mark).unwrap_or_default()
    );
}

/// What is said of repositories that git does not tell all of.
#[test]
fn what_git_refuses_or_has_not_got_is_said() {
    let repository = Repository::new(&[("desk.workflow.yaml", DESK)]);
    let top = repository.0.0.clone();

    // A worktree whose link is broken.
    let linked = Folder::new();
    let beside = linked.0.join("beside");
    let named = beside.to_string_lossy();
    repository.git(&["worktree", "add", "--quiet", &named, "HEAD"]);
    run_in(&beside, &["check", "--against", "HEAD"]).is(0);
    fs::remove_dir_all(top.join(".git/worktrees")).expect("removable");
    refused(
        run_in(&beside, &["check", "--against", "HEAD"]),
        "`git worktree repair` mends the link",
    );

    // A clone without what files held.
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    repository.0.write("desk.workflow.yaml", WITHOUT);
    repository.commit("second");
    let partial = Folder::new();
    let from = format!("file://{}", top.to_string_lossy());
    git(
        &partial.0,
        &["clone", "--quiet", "--filter=blob:none", &from, "."],
    );
    refused(
        run_in(&partial.0, &["check", "--against", "HEAD^1"]),
        "this clone has only a part of it",
    );
    run_in(&partial.0, &["check", "--against", "HEAD"]).is(0);

    // A merge that is not finished: what is on disk is no workflow, and is told to be none.
    repository.git(&["checkout", "--quiet", "-b", "topic", "HEAD^1"]);
    repository
        .0
        .write("desk.workflow.yaml", &DESK.replace("On Hold", "Parked"));
    repository.commit("third");
    let merge = isolated(Command::new("git"))
        .args(["merge", "--quiet", "main"])
        .current_dir(&top)
        .output();
    assert!(!merge.expect("git").status.success(), "it conflicts");
    let ran = repository.run(&["diff", "--git", "HEAD"]).is(3);
    assert!(!ran.out.contains("nothing changed"), "{}", ran.out);
    repository.run(&["check", "--against", "HEAD"]).is(1);

    // A hook that is not run from the top folder.
    fs::create_dir(top.join("sub")).expect("writable");
    let mut command = isolated(Command::new(env!("CARGO_BIN_EXE_statewright")));
    command
        .args(["check", "--against", "HEAD"])
        .current_dir(top.join("sub"))
        .env("GIT_DIR", top.join(".git"));
    refused(
        Ran::of(command.output().expect("it starts")),
        "run it from the top folder",
    );
}

#[test]
fn a_submodule_has_versions_of_its_own() {
    let inner = Repository::new(&[("desk.workflow.yaml", DESK)]);
    let outer = Repository::new(&[("x.workflow.yaml", &DESK.replace("desk", "x"))]);
    let from = inner.0.0.to_string_lossy().into_owned();
    let add = [
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "--quiet",
        &from,
        "mod",
    ];
    outer.git(&add);
    outer.commit("second");
    run_in(&outer.0.0.join("mod"), &["check", "--against", "HEAD"]).is(0);
    for paths in [["mod"], ["mod/desk.workflow.yaml"]] {
        let ran = outer.run(&[&["check", "--against", "HEAD"], &paths[..]].concat());
        refused(ran, "is not in this repository");
    }
    // One that is not there yet is an empty folder.
    let clone = Folder::new();
    let from = outer.0.0.to_string_lossy().into_owned();
    git(&clone.0, &["clone", "--quiet", &from, "."]);
    refused(
        run_in(&clone.0, &["check", "--against", "HEAD", "mod"]),
        "`mod` is a submodule",
    );
    run_in(&clone.0, &["check", "--against", "HEAD"]).is(0);
}

#[cfg(unix)]
#[test]
fn a_folder_of_another_user_is_not_trusted() {
    let repository = Repository::new(&[("desk.workflow.yaml", DESK)]);
    let give = |path: &Path| std::os::unix::fs::chown(path, Some(12345), None);
    // Only the administrator may give files away.
    if give(&repository.0.0).is_err() || give(&repository.0.0.join(".git")).is_err() {
        return;
    }
    let ran = repository.run(&["check", "--against", "HEAD"]);
    refused(ran, "safe.directory");
    let ran = repository.run(&["diff", "--git", "HEAD"]);
    refused(ran, "detected dubious ownership");
}

#[test]
fn what_moved_out_of_a_folder_is_not_gone() {
    let repository = Repository::new(&[
        ("a/desk.workflow.yaml", DESK),
        ("a/other.workflow.yaml", &DESK.replace("desk", "other")),
        ("b/x.workflow.yaml", &DESK.replace("desk", "x")),
    ]);
    repository.git(&["mv", "a/desk.workflow.yaml", "b/desk.workflow.yaml"]);
    let ran = repository.run(&["check", "--against", "HEAD", "a"]).is(0);
    let told =
        "workflow `desk` is not in the files that are checked any more, but in another folder";
    assert!(ran.err.contains(told), "{}", ran.err);
    repository.run(&["check", "--against", "HEAD"]).is(0);
    repository.git(&["rm", "--quiet", "-f", "b/desk.workflow.yaml"]);
    let ran = repository
        .run(&["check", "--against", "HEAD", "a", "--format", "short"])
        .is(1);
    assert!(ran.out.contains("workflow `desk` is gone"), "{}", ran.out);
}

#[test]
fn tickets_are_counted_where_a_change_concerns_them() {
    let folder = Folder::with(&[
        ("old/desk.workflow.yaml", DESK),
        ("new/desk.workflow.yaml", WITHOUT),
        (
            "counts.csv",
            "workflow,state,count\ndesk,On Hold,13\ndesk,New,4\ndesk,On Hold,1\n",
        ),
        ("export.csv", "\u{feff}Key;Status\nA-1;On Hold\nA-2;New\n"),
        ("none.csv", "state,count\nNew,4\n"),
        ("odd.csv", "state,count\nNew,4\nParked,2\n"),
        ("broken.csv", "state,count\nNew,many\n"),
    ]);
    let run = |tickets: &[&str], code| {
        let check = ["check", "new", "--against-path", "old"];
        folder.run(&[&check[..], tickets].concat()).is(code)
    };
    let ran = run(&["--tickets", "counts.csv"], 1);
    assert!(ran.out.contains("14 tickets are concerned"), "{}", ran.out);
    assert!(
        ran.err.contains("14 tickets are stranded in 1 state"),
        "{}",
        ran.err
    );
    let ran = run(&["--tickets", "export.csv"], 1);
    assert!(
        ran.err.contains("1 ticket is stranded in 1 state"),
        "{}",
        ran.err
    );
    // An error that concerns none is a warning, and not nothing.
    let ran = run(&["--tickets", "none.csv", "--format", "short"], 0);
    assert!(ran.out.contains("warning[removed-states]"), "{}", ran.out);
    assert!(ran.err.contains("no ticket is stranded"), "{}", ran.err);
    // But for whoever asks for it, and where not all tickets are known.
    run(&["--tickets", "none.csv", "--deny", "removed-states"], 1);
    let ran = run(&["--tickets", "odd.csv"], 1);
    assert!(ran.err.contains("2 tickets in `Parked`"), "{}", ran.err);
    let ran = run(&["--tickets", "broken.csv"], 3);
    assert!(
        ran.err.contains("no number of tickets, in line `2`"),
        "{}",
        ran.err
    );
    let ran = run(&["--tickets", "export.csv", "--state-column", "Zustand"], 3);
    assert!(
        ran.err
            .contains("it has no column `Zustand`, but `Key` and `Status`"),
        "{}",
        ran.err
    );
    run(&["--tickets", "missing.csv"], 3);
    folder
        .run(&["check", "new", "--tickets", "counts.csv"])
        .is(2);
    // Of several workflows each row has to say which it is of.
    for side in ["old", "new"] {
        folder.write(
            &format!("{side}/x.workflow.yaml"),
            &DESK.replace("desk", "x"),
        );
    }
    let ran = run(&["--tickets", "export.csv"], 3);
    assert!(ran.err.contains("--workflow-column"), "{}", ran.err);
    run(&["--tickets", "counts.csv"], 1);
    let ran = folder
        .run(&["diff", "old", "new", "--tickets", "counts.csv"])
        .is(0);
    assert!(
        ran.out.contains("state `On Hold` is gone (14 tickets)"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("`migrate: { On Hold: New }`"),
        "{}",
        ran.out
    );
}

#[test]
fn tickets_that_go_to_another_workflow_are_followed() {
    let going =
        |to: &str| format!("{WITHOUT}migrate:\n  On Hold: {{ workflow: parking, state: {to} }}\n");
    let parking = "\
workflow: parking
start: Parked
states:
  Parked: { category: open }
  Closed: { category: closed, final: true }
transitions:
  - { name: Close, from: Parked, to: Closed }
migrate:
  Left: Parked
";
    let folder = Folder::with(&[
        ("old/desk.workflow.yaml", DESK),
        ("old/parking.workflow.yaml", parking),
        ("new/parking.workflow.yaml", parking),
    ]);
    let told = |to: &str, code| {
        folder.write("new/desk.workflow.yaml", &going(to));
        let run = ["check", "new", "--against-path", "old", "--format", "short"];
        folder.run(&run).is(code).out
    };
    for to in ["Parked", "Left"] {
        let out = told(to, 0);
        let clock = "warning[changed-categories]: tickets of state `On Hold` move from category `waiting` to `open`";
        assert!(out.contains(clock), "{out}");
    }
    let out = told("Nowhere", 1);
    let gone = "error[removed-states]: tickets of `On Hold` go to `Nowhere`, which workflow `parking` does not have";
    assert!(out.contains(gone), "{out}");
    fs::remove_file(folder.0.join("new/parking.workflow.yaml")).expect("removable");
    let out = told("Parked", 1);
    let gone =
        "error[removed-states]: tickets of `On Hold` go to workflow `parking`, which is not there";
    assert!(out.contains(gone), "{out}");
}

/// What both say is in memory together.
#[test]
fn two_versions_are_bounded_together() {
    let folder = Folder::with(&[("old.workflow.yaml", DESK), ("new.workflow.yaml", WITHOUT)]);
    let run = |limit: usize| {
        let limit = format!("--limit=bytes={limit}");
        folder.run(&["diff", &limit, "old.workflow.yaml", "new.workflow.yaml"])
    };
    let both = DESK.len() + WITHOUT.len();
    run(both).is(0);
    refused(
        run(both - 1),
        &format!(
            "`new.workflow.yaml` was not compared: both versions together have more than {} bytes; `--limit bytes={}` allows twice as many",
            both - 1,
            2 * (both - 1)
        ),
    );
}

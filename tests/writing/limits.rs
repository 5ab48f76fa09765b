//! Full disks, limits of size, and folders that may not be written.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Folder, all_files, leftovers, many, skipped, workflow, write_many};
use crate::common::folder::Ran;

const PROGRAM: &str = env!("CARGO_BIN_EXE_statewright");

/// Where a program that counts its lines as they run (`cargo llvm-cov`) writes the counts: not to a
/// place that a test forbids it.
pub const COUNTS: (&str, &str) = ("LLVM_PROFILE_FILE", "/dev/null");

/// A shell in the folder, in which `$0` is the program.
fn shell(folder: &Folder, script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script, PROGRAM]).current_dir(&folder.0);
    command.env_remove("GITHUB_ACTIONS").stdin(Stdio::null());
    command
}

fn run(mut command: Command) -> Ran {
    Ran::of(command.output().expect("it starts"))
}

/// A shell that may mount, what it mounts being gone when it ends; `None` where that is not allowed.
fn mounting(folder: &Folder, options: &str, script: &str) -> Option<Command> {
    let mount = format!("mkdir -p disk && mount -t tmpfs -o {options} none disk");
    let unshared = |script: &str| {
        let mut command = Command::new("unshare");
        command
            .args(["-rm", "sh", "-c", script, PROGRAM])
            .current_dir(&folder.0)
            .env_remove("GITHUB_ACTIONS")
            .stdin(Stdio::null());
        command
    };
    let tried = unshared(&mount).output().ok()?;
    let is_possible = tried.status.success();
    is_possible.then(|| unshared(&format!("{mount} || exit 99; {script}")))
}

#[test]
fn a_full_disk_leaves_old_files_whole_and_is_one_message() {
    let folder = many(6, "Old", 20);
    // First all of it fits, and then the new version does not.
    folder.write("more/in", "");
    let larger = many(6, "New", 60);
    fs::rename(larger.0.join("in"), folder.0.join("larger")).expect("writable");
    let script = r#"
        "$0" build in --target all --out disk --quiet >/dev/null || exit 98
        cp -R disk before
        "$0" build larger --target all --out disk --quiet; code=$?
        cp -R disk after
        exit $code"#;
    let Some(command) = mounting(&folder, "size=64k", script) else {
        return skipped("a full disk", "nothing can be mounted here");
    };
    let ran = run(command).is(4);
    let (before, after) = (
        all_files(&folder.0.join("before")),
        all_files(&folder.0.join("after")),
    );
    folder
        .run(&["build", "larger", "--target", "all", "--out", "new"])
        .is(0);
    let new = all_files(&folder.0.join("new"));
    assert_eq!(after.len(), 6, "{:?}", after.keys());
    let (mut olds, mut news) = (Vec::new(), 0);
    for (name, content) in &after {
        let is_new = new[name] == *content;
        assert!(is_new || before[name] == *content, "{name} is torn");
        match is_new {
            true => news += 1,
            false => olds.push(name),
        }
    }
    assert!(!olds.is_empty(), "the disk is too large for this test");
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(
        ran.err
            .starts_with(&format!("statewright: cannot write `disk/{}`", olds[0])),
        "{}",
        ran.err
    );
    assert!(
        ran.err.ends_with(": no space left on device\n"),
        "{}",
        ran.err
    );
    assert_eq!(ran.out.matches("wrote").count(), news);
}

#[test]
fn a_disk_that_cannot_be_written_is_said() {
    let folder = Folder::with(&[("a.workflow.yaml", &workflow("a", "State", 2))]);
    let script = r#"
        "$0" build a.workflow.yaml --target all --out disk --quiet >/dev/null || exit 98
        cp a.workflow.yaml disk
        mount -o remount,ro disk || exit 99
        "$0" build a.workflow.yaml --target all --out disk --quiet; echo $?
        "$0" build a.workflow.yaml --target all --out disk/new --quiet; echo $?
        "$0" check --fix disk/a.workflow.yaml --quiet; echo $?
        "$0" check a.workflow.yaml --quiet --output disk/a.json; echo $?"#;
    let Some(command) = mounting(&folder, "size=1m", script) else {
        return skipped("a read-only disk", "nothing can be mounted here");
    };
    let ran = run(command).is(0);
    assert_eq!(ran.out, "4\n4\n0\n4\n", "{}", ran.err);
    let said: Vec<&str> = ran.err.lines().collect();
    let why = "read-only file system";
    assert_eq!(
        said,
        [
            format!("statewright: cannot write `disk/a.incident-iq.steps.json`: {why}"),
            format!("statewright: cannot write `disk/new/a.incident-iq.steps.json`: {why}"),
            format!("statewright: cannot write `disk/a.json`: {why}"),
        ]
    );
}

#[test]
fn a_limit_of_size_is_an_error_and_no_end() {
    let folder = many(3, "Old", 4);
    let build = r#"ulimit -f 8; exec "$0" build in --target all --out out --quiet"#;
    let limited = |script: &str| {
        let mut command = shell(&folder, script);
        command.env(COUNTS.0, COUNTS.1);
        run(command)
    };
    limited(build).is(0);
    let before = all_files(&folder.0.join("out"));
    write_many(&folder, 3, "New", 4);
    folder.write("in/w1.workflow.yaml", &workflow("w1", "New", 400));
    let ran = limited(build).is(4);
    let message = "statewright: cannot write `out/w1.incident-iq.steps.json`: file too large\n";
    assert_eq!(ran.err, message);
    let after = all_files(&folder.0.join("out"));
    assert_eq!(after.len(), 3, "{:?}", after.keys());
    for (name, content) in &after {
        let is_old = *content == before[name];
        assert_eq!(is_old, name.starts_with("w1."), "{name}");
    }
    assert_eq!(ran.out.matches("wrote").count(), 2);

    let init = r#"ulimit -f 0; exec "$0" init desk"#;
    let ran = limited(init).is(4);
    assert_eq!(
        ran.err,
        "statewright: cannot write `desk.workflow.yaml`: file too large\n"
    );
    assert_eq!(all_files(&folder.0.join("in")).len(), 3);
    assert!(!folder.0.join("desk.workflow.yaml").exists() && leftovers(&folder.0).is_empty());
}

#[test]
fn what_does_not_fit_to_standard_output_is_said() {
    if !Path::new("/dev/full").exists() {
        return skipped("a full standard output", "there is no /dev/full");
    }
    let folder = Folder::with(&[("a.workflow.yaml", &workflow("a", "State", 2))]);
    folder
        .run(&["build", ".", "--target", "all", "--out", "out"])
        .is(0);
    let commands: &[&[&str]] = &[
        &["check"],
        &["build", ".", "--target", "all"],
        &["fmt", "--diff", "."],
        &["fmt", "."],
        &["diagram", "."],
        #[cfg(feature = "png")]
        &["diagram", ".", "--notation", "png"],
        &["why", "Closed"],
        &[
            "import",
            "--from",
            "incident-iq",
            "out/a.incident-iq.steps.json",
        ],
        &["explain"],
        &["explain", "dead-ends"],
        &["list", "targets", "--losses"],
        &["schema"],
        &["init"],
        &["completions", "bash"],
        &["man"],
        &["man", "--out", "man"],
        &["--help"],
        &["check", "--help"],
        &["--version"],
    ];
    for arguments in commands {
        let full = || fs::File::create("/dev/full").expect("writable");
        let mut command = folder.command(arguments);
        // `fmt` has nothing to show of a file that is laid out.
        folder.write(
            "a.workflow.yaml",
            &workflow("a", "State", 2).replace(", to:", ",  to:"),
        );
        command.stdin(Stdio::null()).stdout(full());
        let ran = Ran::of(command.output().expect("it starts")).is(4);
        let message = "statewright: cannot write standard output: no space left on device\n";
        assert!(ran.err.contains(message), "{arguments:?}: {}", ran.err);
        // Where nothing can be told, the exit code still does.
        let both = folder
            .command(arguments)
            .stdout(full())
            .stderr(full())
            .status();
        let code = both.expect("it starts").code();
        assert_eq!(code, Some(4), "{arguments:?}");
        let _ = fs::remove_file(folder.0.join("help-desk.workflow.yaml"));
    }
    let ran = folder
        .run(&["check", "--output", "/dev/full", "--output-format", "json"])
        .is(4);
    let message = "statewright: cannot write `/dev/full`: no space left on device\n";
    assert_eq!(ran.err, message);
    assert!(fs::metadata("/dev/full").is_ok_and(|full| !full.is_file()));
}

#[test]
fn a_folder_that_may_not_be_written_is_said() {
    let folder = Folder::with(&[("a.workflow.yaml", &workflow("a", "State", 2))]);
    folder.write("out/a.incident-iq.steps.json", "old");
    let out = folder.0.join("out");
    let mode = |mode| fs::set_permissions(&out, fs::Permissions::from_mode(mode)).expect("ours");
    let mut command = folder.command(&["build", ".", "--target", "all", "--out", "out", "-q"]);
    let is_administrator = fs::metadata(&folder.0).expect("ours").uid() == 0;
    if is_administrator {
        // Nothing is forbidden to an administrator.
        const NOBODY: u32 = 65534;
        command.uid(NOBODY).gid(NOBODY).env(COUNTS.0, COUNTS.1);
    }
    mode(0o555);
    let started = command.output();
    mode(0o755);
    let Ok(output) = started else {
        return skipped(
            "a read-only folder",
            "nobody else may start the program here",
        );
    };
    let ran = Ran::of(output).is(4);
    let message = "statewright: cannot write `out/a.incident-iq.steps.json`: permission denied\n";
    assert_eq!(ran.err, message);
    let files = all_files(&out);
    assert_eq!(files.len(), 1);
    assert_eq!(files["a.incident-iq.steps.json"], b"old");
}

#[test]
fn a_file_that_may_not_be_written_is_said_and_the_others_are_written() {
    let folder = Folder::new();
    let text = workflow("a", "State", 2).replace(", to:", ",  to:");
    for name in ["a", "b", "c"] {
        folder.write(&format!("{name}.workflow.yaml"), &text);
    }
    let protected = folder.0.join("b.workflow.yaml");
    fs::set_permissions(&protected, fs::Permissions::from_mode(0o444)).expect("ours");
    let ran = folder.run(&["fmt", "."]).is(4);
    let why = if fs::File::options().write(true).open(&protected).is_ok() {
        "it is write-protected"
    } else {
        "permission denied"
    };
    let message = format!("statewright: cannot write `b.workflow.yaml`: {why}\n");
    assert_eq!(ran.err, message);
    assert!(
        ran.out.ends_with("\nreformatted 2 of 3 files\n"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("b.workflow.yaml"), "{}", ran.out);
    assert_eq!(folder.read("b.workflow.yaml"), text);
    assert_ne!(folder.read("c.workflow.yaml"), text);
}

#[test]
fn a_pipe_is_written_to_and_stays_a_pipe() {
    let folder = Folder::with(&[("a.workflow.yaml", &workflow("a", "State", 2))]);
    let script = r#"
        mkfifo pipe.json && cat pipe.json > got & reader=$!
        while ! [ -p pipe.json ]; do :; done
        "$0" check --quiet --output pipe.json; code=$?
        wait $reader
        [ -p pipe.json ] && exit $code"#;
    run(shell(&folder, script)).is(0);
    folder
        .run(&["check", "--quiet", "--output", "file.json"])
        .is(0);
    assert_eq!(folder.read("got"), folder.read("file.json"));
    // What standard output goes to is written on, be it a pipe or a file.
    let script = r#"
        echo before > log
        "$0" check --output /dev/stdout --output-format short >> log
        "$0" check --quiet --output /dev/stdout --output-format json | cat > piped"#;
    run(shell(&folder, script)).is(0);
    let log = folder.read("log");
    assert!(
        log.starts_with("before\nchecked 2 files") || log.starts_with("before\nchecked 1 file"),
        "{log}"
    );
    assert_eq!(folder.read("piped"), folder.read("file.json"));
}

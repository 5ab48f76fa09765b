//! What belongs to other people, and what earlier runs left behind.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use super::limits::COUNTS;
use super::{Folder, all_files, skipped, workflow};
use crate::common::folder::Ran;

/// Somebody to whom files of the administrator, who runs this test, do not belong.
const NOBODY: u32 = 65534;

/// A run of the program by somebody else; `None` where there is nobody else.
fn by_nobody(folder: &Folder, arguments: &[&str]) -> Option<Ran> {
    if fs::metadata(&folder.0).expect("ours").uid() != 0 {
        return None;
    }
    let mut command = folder.command(arguments);
    command.uid(NOBODY).gid(NOBODY).env(COUNTS.0, COUNTS.1);
    Some(Ran::of(command.stdin(Stdio::null()).output().ok()?))
}

fn set_mode(folder: &Folder, path: &str, mode: u32) {
    let path = folder.0.join(path);
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("ours");
}

#[test]
fn a_file_of_somebody_else_is_written_where_that_is_allowed() {
    let text = workflow("a", "State", 2).replace(", to:", ",  to:");
    let folder = Folder::with(&[("shared/a.workflow.yaml", &text)]);
    set_mode(&folder, "shared", 0o777);
    set_mode(&folder, "shared/a.workflow.yaml", 0o666);
    let Some(ran) = by_nobody(&folder, &["fmt", "shared"]) else {
        return skipped(
            "files of others",
            "only an administrator has others at hand",
        );
    };
    assert_eq!(ran.is(0).err, "");
    assert_eq!(
        folder.read("shared/a.workflow.yaml"),
        workflow("a", "State", 2)
    );
    let written = fs::metadata(folder.0.join("shared/a.workflow.yaml")).expect("there");
    // Nobody can give a file away: it is now of whoever has written it, and still for everybody.
    assert_eq!((written.uid(), written.mode() & 0o777), (NOBODY, 0o666));
    assert_eq!(all_files(&folder.0.join("shared")).len(), 1);
}

#[test]
fn a_folder_that_may_not_be_read_is_said_and_the_others_are_read() {
    let folder = Folder::with(&[
        ("a.workflow.yaml", &workflow("a", "State", 2)),
        ("secret/b.workflow.yaml", &workflow("b", "State", 2)),
    ]);
    set_mode(&folder, "secret", 0o700);
    let Some(ran) = by_nobody(&folder, &["check"]) else {
        return skipped(
            "folders of others",
            "only an administrator has others at hand",
        );
    };
    let ran = ran.is(3);
    assert_eq!(
        ran.err,
        "statewright: cannot read `secret`: permission denied\n"
    );
    let summary =
        "checked 1 file, could not read 1 more: no mistakes found in what could be read\n";
    assert_eq!(ran.out, summary);
}

/// The system gives the number of a process again, some time after its end.
#[test]
fn what_a_killed_run_of_the_same_number_left_is_in_nobodys_way() {
    let folder = Folder::new();
    let mut shell = Command::new("sh");
    let script = r#"
        echo half > .statewright-$$-0.tmp; echo half > .statewright-$$-1.tmp
        exec "$0" init desk"#;
    shell.args(["-c", script, env!("CARGO_BIN_EXE_statewright")]);
    let ran = Ran::of(shell.current_dir(&folder.0).output().expect("it starts"));
    assert_eq!(ran.is(0).err, "");
    folder.run(&["check", "desk.workflow.yaml"]).is(0);
    assert_eq!(super::leftovers(&folder.0).len(), 2);
}

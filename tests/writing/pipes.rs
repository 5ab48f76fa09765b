//! Readers that have seen enough.

use std::io::Read;
use std::process::Stdio;

use super::{Folder, workflow};

/// Reads so many bytes of what the program writes, closes the pipe, and returns the exit code,
/// what was read, and what the program said on standard error.
fn read_some(folder: &Folder, arguments: &[&str], bytes: usize) -> (Option<i32>, Vec<u8>, String) {
    let mut command = folder.command(arguments);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut read = vec![0; bytes];
    let mut out = child.stdout.take().expect("piped");
    out.read_exact(&mut read).expect("so many bytes");
    drop(out);
    let ended = child.wait_with_output().expect("it ends");
    let said = String::from_utf8(ended.stderr).expect("text");
    (ended.status.code(), read, said)
}

/// Asserts that nothing changes but how much is read, wherever the reader stops.
fn stop_at(folder: &Folder, arguments: &[&str], offsets: impl Iterator<Item = usize>) {
    let whole = folder.run(arguments);
    for bytes in offsets.take_while(|bytes| *bytes <= whole.out.len()) {
        let (code, read, said) = read_some(folder, arguments, bytes);
        assert_eq!(code, Some(whole.code), "{arguments:?} after {bytes} bytes");
        assert_eq!(read, whole.out.as_bytes()[..bytes]);
        assert_eq!(said, whole.err, "{arguments:?} after {bytes} bytes");
    }
}

#[test]
fn a_reader_may_leave_after_any_byte_of_a_report() {
    let faulty = "workflow: x\nstart: New\nstates: { New: { category: open } }\ntransitions: [{ from: New, to: Nw }]\n";
    let folder = Folder::with(&[("a.workflow.yaml", faulty)]);
    let check = ["check", "--format", "short"];
    folder.run(&check).is(1);
    stop_at(&folder, &check, 0..);
}

/// More than a pipe holds (64 KiB on Linux), so that the program is in the middle of writing.
#[test]
fn a_reader_may_leave_in_the_middle_of_much() {
    const PIPE: usize = 65536;
    const PAGE: usize = 4096;
    let long =
        "A state of which the name goes on and on for as long as it takes to fill pipes".repeat(3);
    let folder = Folder::with(&[("a.workflow.yaml", &workflow("large", &long, 300))]);
    let build = ["build", ".", "--target", "incident-iq", "--quiet"];
    assert!(folder.run(&build).is(0).out.len() > 2 * PIPE);
    let offsets = [0, 1, PAGE, PIPE - 1, PIPE + 1, 2 * PIPE];
    stop_at(&folder, &build, offsets.into_iter());
    let picture = ["diagram", ".", "--quiet", "--notation", "dot"];
    assert!(folder.run(&picture).is(0).out.len() > PIPE);
    stop_at(&folder, &picture, [0, PAGE + 1, PIPE].into_iter());

    // Each is another mistake: what is misspelt alike is told once.
    let mut faulty = workflow("faulty", &long, 200);
    for number in 0..200 {
        faulty = faulty.replacen("category: open", &format!("category: opn{number}"), 1);
    }
    let folder = Folder::with(&[("b.workflow.yaml", &faulty)]);
    for format in ["human", "json"] {
        let check = ["check", "--format", format];
        assert!(folder.run(&check).is(1).out.len() > PIPE, "{format}");
        stop_at(&folder, &check, [0, PAGE + 1, PIPE].into_iter());
    }
}

#[test]
fn a_reader_may_leave_whatever_is_printed() {
    let folder = Folder::with(&[("a.workflow.yaml", &workflow("a", "State", 2))]);
    let commands: &[&[&str]] = &[
        &["fmt", "--diff", "."],
        &["why", "Closed"],
        &["explain"],
        &["list", "codes"],
        &["schema"],
        &["completions", "zsh"],
        &["man"],
        &["--help"],
        &["--version"],
    ];
    for arguments in commands {
        stop_at(&folder, arguments, [0, 1, 2, 50].into_iter());
    }
}

#[test]
fn nobody_need_listen_to_what_is_said_beside() {
    let folder = Folder::with(&[("a.workflow.yaml", &workflow("a", "State", 2))]);
    let build = ["build", ".", "--target", "all"];
    let whole = folder.run(&build).is(0);
    let mut command = folder.command(&build);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    drop(child.stderr.take());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(ended.stdout, whole.out.into_bytes());
}

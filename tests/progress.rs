//! How far a long run has come, as a person sees it on a terminal, and as nothing else ever does.

use std::process::Command;

use crate::common::folder::{Folder, Ran};

/// Runs a program with standard error on a terminal, and standard input held open for a while:
/// `HOLD TERM PROGRAM ARGUMENT…`. What the terminal received goes to standard error.
const ON_A_TERMINAL: &str = r#"
import os, pty, subprocess, sys, time
hold, term, *program = sys.argv[1:]
master, slave = pty.openpty()
child = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=slave,
                         env=dict(os.environ, TERM=term))
os.close(slave)
time.sleep(float(hold))
child.stdin.write(sys.stdin.buffer.read())
child.stdin.close()
received = b""
try:
    while more := os.read(master, 4096):
        received += more
except OSError:
    pass # how Linux tells that the other side is closed
sys.stdout.buffer.write(child.stdout.read())
sys.stderr.buffer.write(received)
sys.exit(child.wait())
"#;

const ARGUMENTS: &[&str] = &["check", "--syntax=yaml", "-", "missing.workflow.yaml", "."];

/// A line of states, each of which leads to the next.
fn workflow(name: &str, states: usize) -> String {
    let last = states - 1;
    let mut text = format!("workflow: {name}\nstart: S0\nstates:\n");
    for state in 0..last {
        text += &format!("  S{state}: {{ category: open }}\n");
    }
    text += &format!("  S{last}: {{ category: closed }}\ntransitions:\n");
    for (from, to) in (0..last).zip(1..) {
        text += &format!("  - {{ name: Go {to}, from: S{from}, to: S{to} }}\n");
    }
    text
}

fn folder() -> Folder {
    let wrong = workflow("wrong", 3).replace("to: S2", "to: S22");
    Folder::with(&[
        ("a.workflow.yaml", &workflow("a", 3)),
        ("wrong.workflow.yaml", &wrong),
    ])
}

/// Whether pseudo-terminals can be had here.
fn has_terminals() -> bool {
    let python = Command::new("python3").args(["-c", "import pty"]).output();
    let has = python.is_ok_and(|ran| ran.status.success());
    if !has {
        eprintln!("skipped: python3 with its module `pty` is missing");
    }
    has
}

fn on_a_terminal(folder: &Folder, hold: u32, term: &str, arguments: &[&str]) -> Ran {
    let mut python = Command::new("python3");
    python.args(["-c", ON_A_TERMINAL, &hold.to_string(), term]);
    python.arg(env!("CARGO_BIN_EXE_statewright"));
    python.args(arguments).current_dir(&folder.0);
    python.env_remove("GITHUB_ACTIONS");
    Ran::of(fed(&mut python))
}

/// Runs with a workflow on standard input.
fn fed(command: &mut Command) -> std::process::Output {
    let input = Folder::with(&[("input", &workflow("input", 3))]);
    let file = std::fs::File::open(input.0.join("input")).expect("just written");
    command.stdin(file).output().expect("it starts")
}

/// What stays on a terminal that received `text`.
fn left(text: &str) -> String {
    let mut done = String::new();
    let mut line = String::new();
    let text = text.replace("\r\n", "\n"); // a terminal's driver adds the return
    let mut rest = text.as_str();
    while let Some(char) = rest.chars().next() {
        let taken = match char {
            '\r' => {
                let erased = rest.strip_prefix("\r\x1b[K");
                rest = erased.expect("a return is there to empty the line");
                line.clear();
                continue;
            }
            '\x1b' => {
                let mut known = ["\x1b[?7l", "\x1b[?7h"].into_iter();
                let code = known.find(|code| rest.starts_with(code));
                code.expect("only codes for wrapping").len()
            }
            '\n' => {
                done += &line;
                done.push('\n');
                line.clear();
                1
            }
            char => {
                line.push(char);
                char.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    assert_eq!(text.matches("?7l").count(), text.matches("?7h").count());
    done + &line
}

#[test]
fn a_long_run_shows_on_a_terminal_how_far_it_is_and_clears_that() {
    if !has_terminals() {
        return;
    }
    let folder = folder();
    let piped = Ran::of(fed(&mut folder.command(ARGUMENTS))).is(3);
    assert!(!piped.err.contains(['\r', '\x1b']), "{:?}", piped.err);
    // A busy machine may take a while to start the program at all.
    let shows = |ran: &Ran| ran.err.contains("reading 1 of 3 files [");
    let mut runs = [2, 5, 20]
        .into_iter()
        .map(|hold| on_a_terminal(&folder, hold, "xterm", ARGUMENTS));
    let ran = runs.find(shows);
    let ran = ran.expect("no progress was shown").is(3);
    assert_eq!(left(&ran.err), piped.err);
    assert_eq!(ran.out, piped.out);
}

#[test]
fn checking_many_files_shows_how_many_are_done() {
    if !has_terminals() {
        return;
    }
    let folder = Folder::new();
    let mut files = 0;
    // Until it takes long, however quick the machine is.
    for wanted in [40, 160, 640, 2560] {
        for file in files..wanted {
            let text = workflow(&format!("w{file}"), 300);
            folder.write(&format!("{file}.workflow.yaml"), &text);
        }
        files = wanted;
        let ran = on_a_terminal(&folder, 0, "xterm", &["check", "."]).is(0);
        assert_eq!(left(&ran.err), "");
        assert!(!ran.out.contains("checking"), "{}", ran.out);
        if ran.err.contains("\r\x1b[K\x1b[?7lchecking ") {
            return;
        }
    }
    panic!("no progress was shown");
}

#[test]
fn nothing_is_shown_to_who_wants_quiet_or_has_a_dumb_terminal() {
    if !has_terminals() {
        return;
    }
    let folder = folder();
    let quiet = [ARGUMENTS, &["--quiet"]].concat();
    for (term, arguments) in [("xterm", quiet.as_slice()), ("dumb", ARGUMENTS)] {
        let piped = Ran::of(fed(&mut folder.command(arguments))).is(3);
        let ran = on_a_terminal(&folder, 2, term, arguments).is(3);
        assert_eq!(ran.err.replace("\r\n", "\n"), piped.err);
        assert_eq!(ran.out, piped.out);
    }
}

//! What only a person at a terminal gets: colours, an empty screen, and advice in the place of
//! what no terminal can show.

use std::process::Command;

use crate::common::folder::{Folder, Ran};

/// Runs a program with all of its streams on a terminal, to its end or until it has written a text:
/// `UNTIL COLUMNS PROGRAM ARGUMENT…`. What the terminal received goes to standard output.
const ON_A_TERMINAL: &str = r#"
import fcntl, os, pty, struct, subprocess, sys, termios
until, columns, *program = sys.argv[1:]
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(columns), 0, 0))
child = subprocess.Popen(program, stdin=slave, stdout=slave, stderr=slave)
os.close(slave)
received = b""
try:
    while not until or until.encode() not in received:
        received += os.read(master, 4096)
except OSError:
    pass # how Linux tells that the other side is closed
if until:
    child.terminate()
sys.stdout.buffer.write(received)
sys.exit(max(child.wait(), 0))
"#;

const PARKED: &str = "\
workflow: parked
start: New
states:
  New: { category: open }
  Parked: { category: waiting }
  Closed: { category: closed, final: true }
transitions:
  - { name: Park, from: New, to: Parked }
  - { name: Close, from: New, to: Closed }
";

/// What a person sees; `None` where there are no terminals.
fn seen(until: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Option<Ran> {
    seen_in(80, until, arguments, environment)
}

/// As [`seen`], on a terminal of so many columns; of 0 it does not tell how many it has.
fn seen_in(
    columns: usize,
    until: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
) -> Option<Ran> {
    let pty = Command::new("python3").args(["-c", "import pty"]).output();
    if !pty.is_ok_and(|ran| ran.status.success()) {
        eprintln!("skipped: python3 with its module `pty` is missing");
        return None;
    }
    let long = "Parked until the people who sent the question have answered it".to_owned();
    let long = format!("{long} or somebody has closed it in their name");
    let folder = Folder::with(&[
        ("a.workflow.yaml", PARKED),
        ("b.workflow.yaml", &PARKED.replace("parked", "other")),
        ("long.workflow.yaml", &PARKED.replace("Parked", &long)),
    ]);
    let mut python = Command::new("python3");
    python.args(["-c", ON_A_TERMINAL, until, &columns.to_string()]);
    python.arg(env!("CARGO_BIN_EXE_statewright"));
    python.args(arguments).current_dir(&folder.0);
    python.env_remove("GITHUB_ACTIONS").env_remove("NO_COLOR");
    python.env("TERM", "xterm");
    python.envs(environment.iter().copied());
    Some(Ran::of(python.output().expect("it starts")))
}

/// Whether a person sees colours.
fn is_colored(arguments: &[&str], environment: &[(&str, &str)]) -> Option<bool> {
    let ran = seen("", arguments, environment)?;
    assert!(ran.out.contains("dead-end"), "{}", ran.out);
    Some(ran.out.contains("\x1b["))
}

#[test]
fn colours_are_there_unless_somebody_wants_none() {
    let check = ["check", "a.workflow.yaml"];
    let Some(usual) = is_colored(&check, &[]) else {
        return;
    };
    assert!(usual);
    assert_eq!(is_colored(&check, &[("NO_COLOR", "1")]), Some(false));
    assert_eq!(is_colored(&check, &[("TERM", "dumb")]), Some(false));
    let never = [&check[..], &["--color", "never"]].concat();
    assert_eq!(is_colored(&never, &[]), Some(false));
    // What is wrong with the command line as well.
    let wrong = ["check", "--allow", "dead-end"];
    assert_eq!(is_colored(&wrong, &[]), Some(true));
    assert_eq!(is_colored(&wrong, &[("NO_COLOR", "1")]), Some(false));
}

#[test]
fn reports_are_as_wide_as_the_terminal_as_far_as_people_can_read_that() {
    for (columns, widest) in [(40, 60), (72, 72), (100, 100), (300, 120), (0, 100)] {
        let arguments = ["check", "long.workflow.yaml", "--color", "never"];
        let Some(ran) = seen_in(columns, "", &arguments, &[]) else {
            return;
        };
        let help = ran.out.lines().skip_while(|line| !line.contains("help: "));
        let widths = help.map(|line| line.trim_end().chars().count());
        let most = widths.max().unwrap_or_default();
        // No word of it has more than twelve letters.
        let fits = widest - 12..=widest;
        assert!(fits.contains(&most), "{columns}: {most}\n{}", ran.out);
    }
}

#[test]
fn what_no_terminal_can_show_or_send_is_asked_for_in_another_way() {
    for (arguments, answer) in [
        #[cfg(feature = "png")]
        (
            &["diagram", "a.workflow.yaml", "--notation", "png"][..],
            "notation `png` is not for a terminal: add --out FILE",
        ),
        (
            &["import", "--from", "incident-iq"][..],
            "no file is named: add the file with the JSON, or send it to standard input",
        ),
    ] {
        let Some(ran) = seen_in(120, "", arguments, &[]) else {
            return;
        };
        let ran = ran.is(2);
        assert!(ran.out.contains(answer), "{}", ran.out);
    }
}

#[test]
fn lists_and_complaints_go_on_below_their_last_column() {
    let listed = ["list", "formats"];
    let Some(ran) = seen_in(60, "", &listed, &[]) else {
        return;
    };
    let shown = ran.is(0).out.replace('\r', "");
    let lines = "\
github      annotations on the lines of a pull request, for
            a GitHub workflow's log
";
    assert!(shown.contains(lines), "{shown}");
    let missing = [
        "check",
        "a-folder-with-a-long-name/and-a-file.workflow.yaml",
    ];
    let Some(ran) = seen_in(60, "", &missing, &[]) else {
        return;
    };
    let shown = ran.is(3).out.replace('\r', "");
    assert!(
        shown.starts_with("statewright: cannot read\n  `a-folder"),
        "{shown}"
    );
}

#[test]
fn pages_are_laid_out_for_the_terminal() {
    let arguments = ["explain", "dead-ends"];
    let Some(plain) = seen_in(60, "", &arguments, &[("NO_COLOR", "1")]) else {
        return;
    };
    let page = plain.is(0).out.replace('\r', "");
    let start = "\
dead-ends

Tickets can come to this state and never leave it, but it is
neither closed nor final. A transition back to the same
state is no way out.

Why it matters
";
    assert!(page.starts_with(start), "{page}");
    let code = "\n\n    workflow: laptop-repair\n    start: New\n    states:\n      New: ";
    assert!(page.contains(code), "{page}");
    let Some(painted) = seen_in(60, "", &arguments, &[]) else {
        return;
    };
    let painted = painted.out.replace('\r', "");
    assert!(painted.starts_with("\x1b[1;4mdead-ends\x1b[0m\n\nTickets"));
    assert!(painted.contains("category should be \x1b[1mclosed\x1b[0m."));
    // A field's words are a list in a list.
    let Some(field) = seen_in(60, "", &["explain", "states"], &[("NO_COLOR", "1")]) else {
        return;
    };
    let list = "\n  What the state means for the service clock.\n\n  - `draft`: The";
    let field = field.out.replace('\r', "");
    assert!(field.contains(list), "{field}");
    // What other programs read is the page itself.
    let piped = Folder::new().run(&arguments).is(0).out;
    assert!(piped.starts_with("# dead-ends\n\nTickets"), "{piped}");
}

#[test]
fn watching_begins_with_an_empty_screen() {
    let arguments = ["check", "--watch", "a.workflow.yaml", "b.workflow.yaml"];
    let Some(ran) = seen("Ctrl-C ends", &arguments, &[("NO_COLOR", "1")]) else {
        return;
    };
    let (before, after) = ran.out.split_once("\x1b[2J\x1b[3J\x1b[H").expect("emptied");
    assert_eq!(before, "");
    assert!(after.contains("checked 2 files: 2 warnings"), "{after}");
    assert!(after.contains("watching 2 files; Ctrl-C ends"), "{after}");
}

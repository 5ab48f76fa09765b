//! `statewright check --watch` and `diagram --watch`: again whenever a file changes, until Ctrl-C.
//!
//! Files are looked at twice a second: at what the system says of them, not at their contents. Being
//! told of changes by the system would be no quicker to a person, and does not work on network drives
//! and in containers.

use std::io::{self, IsTerminal};
use std::thread;

use crate::cli::arguments::Inputs;
use crate::cli::commands::check::{self, Arguments};
use crate::cli::discovery::seen::{PAUSE, Seen, look};
use crate::cli::io::Exit;
use crate::cli::io::output::{Stream, complain, show};

/// Makes a terminal empty, what was scrolled away included.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// Does something now, and again whenever one of the files changes; it is told whether it is the
/// first time.
pub fn run(inputs: &Inputs, mut act: impl FnMut(bool) -> io::Result<()>) -> Exit {
    let mut before: Option<Seen> = None;
    loop {
        let now = look(inputs);
        if before.as_ref() != Some(&now) {
            if let Err(error) = act(before.is_none()) {
                // Nobody reads any more.
                return match error.kind() {
                    io::ErrorKind::BrokenPipe => Exit::Good,
                    _ => Exit::Unwritable,
                };
            }
            let files = match now.count() {
                1 => "1 file".to_owned(),
                files => format!("{files} files"),
            };
            complain(&format!("watching {files}; Ctrl-C ends"));
            before = Some(now);
        }
        thread::sleep(PAUSE);
    }
}

/// `check --watch`.
pub fn check(arguments: &Arguments) -> Exit {
    run(&arguments.inputs, |first| check_once(arguments, first))
}

fn check_once(arguments: &Arguments, first: bool) -> io::Result<()> {
    match (io::stdout().is_terminal(), first) {
        (true, _) => show(CLEAR, Stream::Output)?,
        (false, true) => {}
        (false, false) => show("\n", Stream::Output)?,
    }
    let checked = check::check(arguments);
    let shown = checked.with_report(|report| {
        // A failure to write one of the files is told, and tried again at the next change.
        arguments.reporting.write_files(report);
        arguments.reporting.shown(report, Stream::Output)
    });
    show(shown.unwrap_or_default().as_str(), Stream::Output)
}

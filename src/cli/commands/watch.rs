//! `statewright check --watch`: checks again whenever a file changes, until Ctrl-C.
//!
//! Files are looked at twice a second: at what the system says of them, not at their contents. Being
//! told of changes by the system would be no quicker to a person, and does not work on network drives
//! and in containers.

use std::io::{self, IsTerminal};
use std::thread;

use crate::cli::commands::check::{self, Arguments};
use crate::cli::discovery::seen::{PAUSE, Seen, look};
use crate::cli::io::Exit;
use crate::cli::io::output::{Stream, complain, show};

/// Makes a terminal empty, what was scrolled away included.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

pub fn run(arguments: &Arguments) -> Exit {
    let mut before: Option<Seen> = None;
    loop {
        let now = look(&arguments.inputs);
        if before.as_ref() != Some(&now) {
            if let Err(error) = check_once(arguments, before.is_none()) {
                // Nobody reads any more.
                return match error.kind() {
                    io::ErrorKind::BrokenPipe => Exit::Good,
                    _ => Exit::Unwritable,
                };
            }
            before = Some(now);
        }
        thread::sleep(PAUSE);
    }
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
    show(shown.unwrap_or_default().as_str(), Stream::Output)?;
    let files = match checked.files() {
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    complain(&format!("watching {files}; Ctrl-C ends"));
    Ok(())
}

//! `statewright check --watch`: checks again whenever a file changes, until Ctrl-C.
//!
//! Files are looked at twice a second: at what the system says of them, not at their contents. Being
//! told of changes by the system would be no quicker to a person, and does not work on network drives
//! and in containers.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::cli::commands::check::{self, Arguments};
use crate::cli::discovery::inputs;
use crate::cli::io::Exit;
use crate::cli::io::output::{Stream, complain, show};

const PAUSE: Duration = Duration::from_millis(500);

/// Makes a terminal empty, what was scrolled away included.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// What is known of a file without reading it.
#[derive(PartialEq, Eq)]
struct Known {
    modified: SystemTime,
    size: u64,
    /// Which file it is, and when the system last changed it: one of equal size and time may have
    /// taken its place (`cp -p`, `mv`, an archive that is unpacked).
    #[cfg(unix)]
    identity: (u64, u64, i64, i64),
}

impl Known {
    fn of(path: &Path) -> Option<Known> {
        let metadata = fs::metadata(path).ok()?;
        Some(Known {
            modified: metadata.modified().ok()?,
            size: metadata.len(),
            #[cfg(unix)]
            identity: {
                use std::os::unix::fs::MetadataExt;
                let changed = (metadata.ctime(), metadata.ctime_nsec());
                (metadata.dev(), metadata.ino(), changed.0, changed.1)
            },
        })
    }
}

/// A file; nothing is known of it where it is not there.
type Seen = (PathBuf, Option<Known>);

pub fn run(arguments: &Arguments) -> Exit {
    let mut before: Option<Vec<Seen>> = None;
    loop {
        let now = look(arguments);
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

fn look(arguments: &Arguments) -> Vec<Seen> {
    let files = inputs::files(&arguments.inputs).into_iter();
    files.map(|path| (path.clone(), Known::of(&path))).collect()
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

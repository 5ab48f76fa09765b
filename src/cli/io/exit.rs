//! How the program ends.

use std::panic;
use std::process::ExitCode;

use statewright::report::Printable;

use crate::cli::io::output::{Stream, emit};

/// What the exit code says, from the best to the worst: where several are true of a run, the
/// worst is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// No error; warnings are allowed.
    #[default]
    Good,
    /// A folder holds no file to read.
    Empty,
    /// Errors were reported.
    Errors,
    /// The command line cannot be followed.
    Usage,
    /// Something could not be read.
    Unreadable,
    /// Output could not be written.
    Unwritable,
}

impl Exit {
    fn code(self) -> u8 {
        match self {
            Exit::Good => 0,
            Exit::Errors => 1,
            Exit::Usage => 2,
            Exit::Unreadable => 3,
            Exit::Unwritable => 4,
            Exit::Empty => 5,
        }
    }
}

/// BSD's `EX_SOFTWARE` (sysexits.h): a bug in the program.
const INTERNAL: u8 = 70;

/// Runs the program; a panic in it is reported as the bug it is.
pub fn guard(program: impl FnOnce() -> Exit + panic::UnwindSafe) -> ExitCode {
    panic::set_hook(Box::new(|info| {
        let text = format!(
            "internal error: {info}\n\
             this is a bug in statewright and not in the workflow; please report it with the file"
        );
        emit(&Printable::of(&text), Stream::Error);
    }));
    match panic::catch_unwind(program) {
        Ok(exit) => ExitCode::from(exit.code()),
        Err(_) => ExitCode::from(INTERNAL),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_ends_with_the_code_that_says_so() {
        let usual = panic::take_hook();
        let ended = guard(|| panic!("as if there were a bug: this line is wanted"));
        panic::set_hook(usual);
        // Codes cannot be compared, only shown.
        assert_eq!(format!("{ended:?}"), format!("{:?}", ExitCode::from(70)));
    }
}

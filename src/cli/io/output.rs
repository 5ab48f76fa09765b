//! Writing to standard output and standard error.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Write};

use clap::ValueEnum;
use statewright::report::{Printable, Unread, in_line, prose};
use terminal_size::{Width, terminal_size_of};

use crate::cli::io::reading::reason;
use crate::cli::io::{Exit, progress};

/// Where reports go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Standard output: the reports are what the command is for.
    Output,
    /// Standard error: something else is.
    Error,
}

/// Tells on standard error what went wrong outside any workflow file.
pub fn complain(message: &str) {
    let mut line = Printable::new();
    let message = format!("statewright: {message}");
    match is_terminal(Stream::Error) {
        true => line.lines(&prose::hanging(
            &in_line(&message),
            columns(Stream::Error, usize::MAX),
        )),
        false => line.line(&message),
    }
    // Where standard error is closed, there is nobody left to tell.
    let _ = write_all(io::stderr(), line.as_str().as_bytes());
}

/// Tells on standard error what could not be read. The answer belongs into the report: what is
/// written there must not look as if everything had been checked.
pub fn cannot_read(path: &str, reason: String) -> Unread {
    let unread = Unread {
        path: path.to_owned(),
        reason,
        is_empty: false,
    };
    complain(&unread.message());
    unread
}

/// Writes text to standard output, made safe to print. A reader that has seen enough and closed
/// the pipe is no failure.
pub fn print(text: &str) -> Exit {
    emit(&Printable::of(text), Stream::Output)
}

/// As [`print`], in lines that fit the terminal where there is one: what another program reads has one line
/// for each thing.
pub fn print_lines(text: &str) -> Exit {
    match is_terminal(Stream::Output) {
        true => print(&prose::hanging(text, columns(Stream::Output, usize::MAX))),
        false => print(text),
    }
}

/// Writes what a program takes byte for byte, and nobody reads in a log: a file that was fixed.
pub fn print_exactly(text: &str) -> Exit {
    print_bytes(text.as_bytes())
}

/// Writes a new file to standard output: byte for byte where that is a file or, outside of CI, a pipe.
/// What a terminal or the log of a CI job shows is made safe to be shown.
pub fn print_file(text: &str) -> Exit {
    match is_shown() {
        true => print(text),
        false => print_exactly(text),
    }
}

/// Whether somebody reads standard output as it is written. All CI services say so in the same variable.
fn is_shown() -> bool {
    let stdout = io::stdout();
    let is_file = || {
        let file = File::from(same_stream(&stdout).ok()?);
        Some(file.metadata().ok()?.is_file())
    };
    let in_ci = || std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    stdout.is_terminal() || (in_ci() && is_file() != Some(true))
}

#[cfg(unix)]
fn same_stream(stdout: &io::Stdout) -> io::Result<std::os::fd::OwnedFd> {
    use std::os::fd::AsFd;
    stdout.as_fd().try_clone_to_owned()
}

#[cfg(windows)]
fn same_stream(stdout: &io::Stdout) -> io::Result<std::os::windows::io::OwnedHandle> {
    use std::os::windows::io::AsHandle;
    stdout.as_handle().try_clone_to_owned()
}

/// As [`print_exactly`], but what is not always text: a picture.
pub fn print_bytes(bytes: &[u8]) -> Exit {
    finish(write_all(io::stdout(), bytes), "standard output")
}

/// Writes to a standard stream.
pub fn emit(text: &Printable, stream: Stream) -> Exit {
    let what = match stream {
        Stream::Output => "standard output",
        Stream::Error => "standard error",
    };
    finish(show(text.as_str(), stream), what)
}

/// Writes what is [printable](Printable) to a standard stream, and tells whether somebody reads it.
pub fn show(text: &str, stream: Stream) -> io::Result<()> {
    match stream {
        Stream::Output => write_all(io::stdout(), text.as_bytes()),
        Stream::Error => write_all(io::stderr(), text.as_bytes()),
    }
}

/// Writes to a standard stream.
fn write_all(mut to: impl Write, bytes: &[u8]) -> io::Result<()> {
    let _cleared = progress::cleared();
    to.write_all(bytes)?;
    to.flush()
}

fn finish(result: io::Result<()>, what: &str) -> Exit {
    match result {
        Ok(()) => Exit::Good,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Exit::Good,
        Err(error) => {
            complain(&format!("cannot write {what}: {}", reason(&error)));
            Exit::Unwritable
        }
    }
}

/// How wide reports are drawn for whatever shows the stream: as wide as the terminal, within what
/// people can read; `usual` where there is none.
pub fn columns(stream: Stream, usual: usize) -> usize {
    const READABLE: std::ops::RangeInclusive<usize> = 60..=120;
    let size = match stream {
        Stream::Output => terminal_size_of(io::stdout()),
        Stream::Error => terminal_size_of(io::stderr()),
    };
    let wide = |(Width(columns), _)| usize::from(columns).clamp(*READABLE.start(), *READABLE.end());
    size.map_or(usual, wide)
}

/// Whether a terminal shows the stream.
pub fn is_terminal(stream: Stream) -> bool {
    match stream {
        Stream::Output => io::stdout().is_terminal(),
        Stream::Error => io::stderr().is_terminal(),
    }
}

/// Whether whatever shows the stream is a terminal known to show links, or FORCE_HYPERLINK says so.
pub fn shows_links(stream: Stream) -> bool {
    supports_hyperlinks::on(match stream {
        Stream::Output => supports_hyperlinks::Stream::Stdout,
        Stream::Error => supports_hyperlinks::Stream::Stderr,
    })
}

/// Whether reports have colours.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// Whether text on `stream` may have colours. See <https://no-color.org>: any value but an empty
/// one counts.
pub fn colored(wanted: Color, stream: Stream) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal(stream) && !set("NO_COLOR") && !dumb,
    }
}

//! Writing: standard output, standard error, files.

use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;

use statewright::report::{self, Report, Style};

use super::inputs::reason;
use super::{Color, Exit, Reporting};

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
    // Where standard error is closed, there is nobody left to tell.
    let _ = writeln!(io::stderr(), "statewright: {}", report::in_line(message));
}

/// Writes to standard output. A reader that has seen enough and closed the pipe is no failure.
pub fn print(text: &str) -> Exit {
    finish(write_all(&mut io::stdout().lock(), text), "standard output")
}

fn write_all(to: &mut impl Write, text: &str) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
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

/// Writes reports in the format and the colours that the command line asks for.
pub fn print_report(report: &Report, reporting: &Reporting, stream: Stream) -> Exit {
    let format = report::find(&reporting.format).unwrap_or(report::ALL[0]);
    let terminal = match stream {
        Stream::Output => io::stdout().is_terminal(),
        Stream::Error => io::stderr().is_terminal(),
    };
    let style = Style {
        color: colored(reporting.color, terminal),
        ..Style::default()
    };
    let mut text = String::new();
    if (format.write)(report, &style, &mut text).is_err() {
        // Writing to a string fails only where a format says so itself.
        complain("internal error: the report could not be written");
        return Exit::Unwritable;
    }
    match stream {
        Stream::Output => print(&text),
        Stream::Error => finish(write_all(&mut io::stderr().lock(), &text), "standard error"),
    }
}

/// See <https://no-color.org>: any value but an empty one counts.
fn colored(wanted: Color, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !set("NO_COLOR") && !dumb,
    }
}

/// Writes one file whole, making its folder where there is none.
pub fn write_file(path: &Path, text: &str) -> Exit {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), fs::create_dir_all);
    let what = format!("`{}`", path.to_string_lossy());
    finish(made.and_then(|()| fs::write(path, text)), &what)
}

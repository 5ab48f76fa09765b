//! An installed Graphviz, for those who prefer its layout.

use std::io::{ErrorKind, Write};
use std::process::{ChildStdin, Command, Stdio};
use std::thread::Builder;

use crate::cli::io::reading::reason;

/// How to get it.
const INSTALL: &str = "Debian and Ubuntu: apt install graphviz; macOS: brew install graphviz; \
                       Windows: winget install graphviz; or leave out --engine, which needs none";

/// Lays out and draws DOT as the format of this name; in the error, what went wrong.
pub fn draw(dot: &str, format: &str) -> Result<Vec<u8>, String> {
    let started = Command::new("dot")
        .arg(format!("-T{format}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = started.map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("Graphviz is not installed ({INSTALL})"),
        _ => format!("cannot start Graphviz: {}", reason(&error)),
    })?;
    let feed = |mut input: ChildStdin| {
        let text = dot.to_owned();
        // It may begin to write before it has read everything.
        Builder::new().spawn(move || input.write_all(text.as_bytes()))
    };
    let fed = child.stdin.take().map(feed).transpose();
    let fed = fed.map_err(|error| format!("cannot feed Graphviz: {}", reason(&error)))?;
    let output = child
        .wait_with_output()
        .map_err(|error| format!("Graphviz did not end: {}", reason(&error)))?;
    let read_all = fed.is_none_or(|fed| matches!(fed.join(), Ok(Ok(()))));
    match output.status.success() && read_all {
        true => Ok(output.stdout),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(format!("Graphviz failed: {}", said.trim()))
        }
    }
}

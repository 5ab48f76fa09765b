//! Writes workflows to measure with into a folder:
//! `cargo run --release --example bench-corpus -- FOLDER [FILES [STATES [TRANSITIONS]]]`.
//!
//! `FOLDER/yaml` and `FOLDER/toml` then hold the same workflows in both syntaxes: without other
//! numbers, 2,000 of 20 states and 40 transitions.

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::io;
use std::path::Path;

use corpus::{Size, USUAL};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        return Err(io::Error::other("name the folder to write to"));
    };
    let mut number = |usual: usize| match arguments.next() {
        None => Ok(usual),
        Some(text) => text
            .parse()
            .map_err(|error| io::Error::other(format!("`{text}`: {error}"))),
    };
    let files = number(2_000)?;
    let states = number(USUAL.states)?.max(3);
    let size = Size {
        states,
        transitions: number(2 * states)?,
    };
    write(Path::new(&folder), "yaml", files, |at| {
        corpus::yaml(at, size)
    })?;
    write(Path::new(&folder), "toml", files, |at| {
        corpus::toml(at, size)
    })
}

fn write(
    folder: &Path,
    syntax: &str,
    files: usize,
    text: impl Fn(usize) -> String,
) -> io::Result<()> {
    let folder = folder.join(syntax);
    std::fs::create_dir_all(&folder)?;
    let mut bytes = 0;
    for at in 0..files {
        let text = text(at);
        bytes += text.len();
        std::fs::write(
            folder.join(format!("measured-{at}.workflow.{syntax}")),
            text,
        )?;
    }
    println!("{}: {files} files, {bytes} bytes", folder.display());
    Ok(())
}

//! Files that are made for many workflows and wait to be written into a folder, several at once: to
//! make a file takes most systems longer than to make what it holds.

use std::borrow::Cow;
use std::mem;
use std::path::{Path, PathBuf};

use statewright::report;

use crate::cli::io::files::Files;

/// What waits for one folder.
pub struct Outbox {
    folder: PathBuf,
    parcels: Vec<Parcel>,
}

/// What is made for one owner, usually a workflow file.
pub struct Parcel {
    owner: String,
    files: Vec<(PathBuf, Vec<u8>)>,
    /// What is told of an owner for whom nothing is made.
    instead: Option<&'static str>,
}

impl Parcel {
    /// Nothing so far.
    pub fn of(owner: &str) -> Parcel {
        Parcel {
            owner: owner.to_owned(),
            files: Vec::new(),
            instead: None,
        }
    }

    /// Adds a file, of which nobody else has the name.
    pub fn add(&mut self, path: PathBuf, content: Vec<u8>) {
        self.files.push((path, content));
    }

    /// Will tell this, for nothing is made.
    pub fn say_instead(&mut self, words: &'static str) {
        self.instead = Some(words);
    }
}

impl Outbox {
    /// For files in this folder.
    pub fn new(folder: &Path) -> Outbox {
        Outbox {
            folder: folder.to_owned(),
            parcels: Vec::new(),
        }
    }

    /// Keeps these files until [`send`](Self::send).
    pub fn put(&mut self, parcel: Parcel) {
        self.parcels.push(parcel);
    }

    /// Writes what waits. What was written, one line an owner, in the order in which they came.
    pub fn send(&mut self, files: &mut Files) -> String {
        let parcels = mem::take(&mut self.parcels);
        let all: Vec<_> = parcels.iter().flat_map(|parcel| &parcel.files).collect();
        let mut written = files.write_each_into(&self.folder, &all).into_iter();
        let lines = parcels.iter().map(|parcel| told(parcel, &mut written));
        lines.collect()
    }
}

/// What became of a parcel, in a line; empty where nothing was written, which is told elsewhere.
/// `written` says of its files, and then of others, whether they were.
fn told(parcel: &Parcel, written: &mut impl Iterator<Item = bool>) -> String {
    let files = parcel.files.iter().zip(written);
    let there = files.filter(|(_, is_there)| *is_there);
    let names: Vec<_> = there.map(|((path, _), _)| path.to_string_lossy()).collect();
    match (names.is_empty(), parcel.instead) {
        (true, None) => String::new(),
        (true, Some(words)) => line(&parcel.owner, words),
        (false, _) => line(&parcel.owner, &wrote(&names)),
    }
}

/// The words for files that were written.
pub fn wrote(names: &[Cow<str>]) -> String {
    format!("wrote {}", names.join(", "))
}

/// A line that tells what became of what is made for `owner`.
pub fn line(owner: &str, words: &str) -> String {
    report::in_line(&format!("{owner}: {words}")) + "\n"
}

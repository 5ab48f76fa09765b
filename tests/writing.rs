//! What the program writes is the old file or the new one, whole, whatever happens meanwhile: a
//! kill, a full disk, a folder that may not be written, a reader that leaves, other writers.
#![cfg(unix)]

mod kills;
mod limits;
mod people;
mod pipes;
mod places;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::folder::Folder;

/// A workflow of so many states, which are called `word`, so that two versions differ in each line.
fn workflow(identifier: &str, word: &str, states: usize) -> String {
    let mut text = format!("workflow: {identifier}\nstart: {word} 0\nstates:\n");
    for n in 0..states {
        text += &format!("  {word} {n}: {{ category: open }}\n");
    }
    text += "  Closed: { category: closed }\ntransitions:\n";
    for n in 0..states {
        let next = match n + 1 {
            last if last == states => "Closed".to_owned(),
            next => format!("{word} {next}"),
        };
        text += &format!("  - {{ name: Go on from {n}, from: {word} {n}, to: {next} }}\n");
    }
    text + "targets: { incident-iq: {} }\n"
}

/// Every file that is in a folder itself, by its name.
fn all_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    let entries = entries.map(|entry| entry.expect("an entry"));
    entries
        .filter(|entry| !entry.path().is_dir())
        .map(|entry| {
            let name = entry.file_name().into_string().expect("text");
            let content = fs::read(entry.path()).expect("readable");
            (name, content)
        })
        .collect()
}

/// The names in a folder that are those of half-written files.
fn leftovers(folder: &Path) -> Vec<String> {
    let names = all_files(folder).into_keys();
    names.filter(|name| name.ends_with(".tmp")).collect()
}

/// Says that a test could not look at what it is for.
fn skipped(test: &str, why: &str) {
    println!("skipped: {test}: {why}");
}

/// A folder of `count` workflows and what they compile to.
fn many(count: usize, word: &str, states: usize) -> Folder {
    let folder = Folder::new();
    write_many(&folder, count, word, states);
    folder
}

fn write_many(folder: &Folder, count: usize, word: &str, states: usize) {
    for n in 0..count {
        let name = format!("in/w{n}.workflow.yaml");
        folder.write(&name, &workflow(&format!("w{n}"), word, states));
    }
}

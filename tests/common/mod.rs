//! What several tests need.
#![allow(dead_code)] // each test uses a part

pub mod desk;
pub mod folder;
pub mod random;
pub mod twins;
pub mod wording;

use std::fs;
use std::path::{Path, PathBuf};

use statewright::import::Input;
use statewright::source::{Source, SourceId, Syntax};
use statewright::targets;

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` with this ending, sorted.
pub fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(folder) = todo.pop() {
        let entries =
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("a folder entry").path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The workflow files of `examples/`, sorted by name.
pub fn examples() -> Vec<Source> {
    let folder = root().join("examples");
    let mut paths = files_below(&folder, "yaml");
    paths.extend(files_below(&folder, "toml"));
    paths.retain(|path| path.to_string_lossy().contains(".workflow."));
    paths.sort();
    paths
        .iter()
        .enumerate()
        .map(|(index, path)| read(path, index))
        .collect()
}

/// A file as a source, named from the project's folder.
pub fn read(path: &Path, index: usize) -> Source {
    let name = path
        .strip_prefix(root())
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/");
    let syntax = Syntax::of_file_name(&name).expect("a workflow file's ending");
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    Source::from_bytes(SourceId(index as u32), name, syntax, bytes)
}

/// A document that can be imported, by its name on the command line.
pub fn input(name: &str) -> Input {
    let (target, document) = name.split_once(':').expect("TARGET:DOCUMENT");
    let target = targets::find(target).unwrap_or_else(|| panic!("no target {name}"));
    let import = target
        .import(document)
        .unwrap_or_else(|| panic!("no import {name}"));
    Input { target, import }
}

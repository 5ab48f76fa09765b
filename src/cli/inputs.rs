//! Finding and reading the files that a command names.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use statewright::source::{Source, SourceId, Syntax};
use statewright::syntax::MAX_BYTES;

use super::output::complain;
use super::{Exit, Inputs};

/// What was read, and the worst that happened on the way.
pub struct Found {
    /// The sources, in the order of the arguments, files below a folder sorted by path.
    pub sources: Vec<Source>,
    /// Where each of them was read from; `None` for standard input.
    pub paths: Vec<Option<PathBuf>>,
    /// [`Exit::Good`], or why some could not be read; that is already told.
    pub exit: Exit,
}

/// Reads everything that the command line names. What cannot be read is told on standard error,
/// and the rest is read all the same.
pub fn read(inputs: &Inputs) -> Found {
    let mut reader = Reader {
        inputs,
        sources: Vec::new(),
        paths: Vec::new(),
        seen: HashSet::new(),
        exit: Exit::Good,
    };
    for path in &inputs.paths {
        reader.argument(path);
    }
    Found {
        sources: reader.sources,
        paths: reader.paths,
        exit: reader.exit,
    }
}

/// Reads the one file at `path`, or standard input, under the name `stdin_filename`, where that is
/// `-`. What cannot be read is told on standard error.
pub fn read_one(path: &Path, stdin_filename: &str, syntax: Syntax) -> Result<Source, Exit> {
    let (name, bytes) = match path == Path::new("-") {
        true => (stdin_filename.to_owned(), read_limited(io::stdin().lock())),
        false => (
            path.to_string_lossy().into_owned(),
            open(path).and_then(read_limited),
        ),
    };
    match bytes {
        Ok(bytes) => Ok(Source::from_bytes(SourceId(0), name, syntax, bytes)),
        Err(error) => {
            complain(&format!("cannot read `{name}`: {}", reason(&error)));
            Err(Exit::Unreadable)
        }
    }
}

struct Reader<'a> {
    inputs: &'a Inputs,
    sources: Vec<Source>,
    paths: Vec<Option<PathBuf>>,
    /// The files that were read, whatever the command line calls them: a file that is named twice
    /// is read once.
    seen: HashSet<PathBuf>,
    exit: Exit,
}

impl Reader<'_> {
    fn argument(&mut self, path: &Path) {
        if path == Path::new("-") {
            return self.standard_input();
        }
        match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => self.folder(path),
            Ok(_) => self.file(path, true),
            Err(error) => self.fail(
                Exit::Unreadable,
                &format!("cannot read {}: {}", shown(path), reason(&error)),
            ),
        }
    }

    fn standard_input(&mut self) {
        let name = &self.inputs.stdin_filename;
        let Some(syntax) = self
            .inputs
            .syntax
            .map(Syntax::from)
            .or_else(|| Syntax::of_file_name(name))
        else {
            let message = "standard input needs its syntax: add --syntax yaml or --syntax toml";
            return self.fail(Exit::Usage, message);
        };
        match read_limited(io::stdin().lock()) {
            Ok(bytes) => self.add(name.clone(), None, syntax, bytes),
            Err(error) => self.fail(
                Exit::Unreadable,
                &format!("cannot read standard input: {}", reason(&error)),
            ),
        }
    }

    fn folder(&mut self, folder: &Path) {
        let (found, errors) = below(folder);
        for error in errors {
            let message = format!("cannot read everything: {error}");
            self.fail(Exit::Unreadable, &message);
        }
        if found.is_empty() {
            complain(&format!(
                "no file in {} is named *.workflow.yaml, *.workflow.yml or *.workflow.toml",
                shown(folder)
            ));
        }
        for path in found {
            self.file(&path, false);
        }
    }

    fn file(&mut self, path: &Path, named: bool) {
        let name = path.to_string_lossy().into_owned();
        let by_ending = Syntax::of_file_name(&name);
        let by_argument = self.inputs.syntax.filter(|_| named).map(Syntax::from);
        let Some(syntax) = by_ending.or(by_argument) else {
            let message = format!(
                "cannot tell the syntax of {}: add --syntax yaml or --syntax toml",
                shown(path)
            );
            return self.fail(Exit::Usage, &message);
        };
        let is_known = std::fs::canonicalize(path).is_ok_and(|whole| !self.seen.insert(whole));
        if is_known {
            return;
        }
        match open(path).and_then(read_limited) {
            Ok(bytes) => self.add(name, Some(path), syntax, bytes),
            Err(error) => self.fail(
                Exit::Unreadable,
                &format!("cannot read {}: {}", shown(path), reason(&error)),
            ),
        }
    }

    fn add(&mut self, name: String, path: Option<&Path>, syntax: Syntax, bytes: Vec<u8>) {
        self.paths.push(path.map(Path::to_owned));
        let id = SourceId(self.sources.len() as u32);
        self.sources
            .push(Source::from_bytes(id, name, syntax, bytes));
    }

    fn fail(&mut self, exit: Exit, message: &str) {
        complain(message);
        self.exit = self.exit.max(exit);
    }
}

/// The files that the command line names, whether they are there or not.
pub fn files(inputs: &Inputs) -> Vec<PathBuf> {
    let paths = inputs.paths.iter();
    paths
        .flat_map(|path| match path.is_dir() {
            true => below(path).0,
            false => vec![path.clone()],
        })
        .collect()
}

/// The workflow files in a folder and in those below it, sorted, and what could not be read.
fn below(folder: &Path) -> (Vec<PathBuf>, Vec<ignore::Error>) {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    // A .gitignore counts also where the folder is no git repository: a copy of one is checked alike.
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|t| !t.is_dir());
                if is_file && is_workflow_file(entry.path()) {
                    let path = entry.path();
                    found.push(path.strip_prefix("./").unwrap_or(path).to_owned());
                }
            }
            Err(error) => errors.push(error),
        }
    }
    found.sort();
    (found, errors)
}

fn open(path: &Path) -> io::Result<File> {
    // A pipe would block, and a device may never end.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    File::open(path)
}

/// All bytes; of a file over the limit only so many that compiling reports it.
fn read_limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_workflow_file(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|n| n.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default();
    let endings = Syntax::ALL.iter().flat_map(|s| s.extensions());
    endings.into_iter().any(|ending| {
        name.strip_suffix(ending)
            .is_some_and(|stem| stem.ends_with(".workflow."))
    })
}

fn shown(path: &Path) -> String {
    format!("`{}`", path.to_string_lossy())
}

/// An error of the operating system in the words of a report: "no such file or directory".
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

//! The pages, and which state of the files they show.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use statewright::Compilation;
use statewright::limits::Limits;
use statewright::source::Source;

use crate::cli::arguments::LevelArguments;
use crate::cli::discovery::inputs;
use crate::cli::session::compile_all;
use crate::cli::session::history;
use crate::cli::session::page::{changes, page};

use super::Arguments;

/// The pages as they are now. Whoever waits is told when there are new ones.
pub struct Pages {
    now: Mutex<Shown>,
    changed: Condvar,
}

/// The pages of one state of the files.
struct Shown {
    /// How many states came before.
    number: u64,
    files: Vec<File>,
}

/// A file.
struct File {
    name: String,
    source: Source,
    compilation: Compilation,
    /// The older version that it is shown with; why that cannot be had.
    older: Option<Result<Source, String>>,
}

/// A page that cannot be shown yet, or a page.
pub type Page = Result<String, String>;

impl Pages {
    pub fn of(arguments: &Arguments, levels: &LevelArguments) -> Pages {
        Pages {
            now: Mutex::new(Shown {
                number: 0,
                files: read(arguments, levels),
            }),
            changed: Condvar::new(),
        }
    }

    /// Reads the files again.
    pub fn renew(&self, arguments: &Arguments, levels: &LevelArguments) {
        let files = read(arguments, levels);
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.number += 1;
        now.files = files;
        self.changed.notify_all();
    }

    /// The number of the state, once it is another than `known`, or after a while the same.
    pub fn newer_than(&self, known: u64, patience: Duration) -> u64 {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .changed
            .wait_timeout_while(now, patience, |now| now.number == known);
        let (now, _) = waited.unwrap_or_else(PoisonError::into_inner);
        now.number
    }

    /// The number of the state, and the names of the files.
    pub fn names(&self) -> (u64, Vec<String>) {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let names = now.files.iter().map(|file| file.name.clone());
        (now.number, names.collect())
    }

    /// The page of the file with this number; `None` where there is none.
    pub fn page(&self, number: usize) -> Option<Page> {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.files.get(number).map(File::page)
    }
}

fn read(arguments: &Arguments, levels: &LevelArguments) -> Vec<File> {
    let found = inputs::read(&arguments.inputs, levels.verbose, None);
    let options = found.options_to_check(levels, &[]);
    let compilations = compile_all(&found.sources, &options);
    let whole = |path: &Option<PathBuf>| std::fs::canonicalize(path.as_ref()?).ok();
    let wholes: Vec<Option<PathBuf>> = found.paths.iter().map(whole).collect();
    let mut older = Older::of(arguments, &wholes);
    let files = found.sources.into_iter().zip(compilations).zip(wholes);
    let files = files.map(|((source, compilation), path)| File {
        name: source.name().to_owned(),
        source,
        compilation,
        older: path.and_then(|path| older.take(&path)),
    });
    files.collect()
}

/// The older versions of the files, as far as git has them.
#[derive(Default)]
struct Older {
    files: HashMap<PathBuf, Result<Source, String>>,
    /// Why git does not answer.
    failure: Option<String>,
}

impl Older {
    fn of(arguments: &Arguments, wholes: &[Option<PathBuf>]) -> Older {
        let mut older = Older::default();
        let Some(range) = &arguments.against else {
            return older;
        };
        let files = wholes.iter().flatten().cloned().collect();
        let limits = arguments.inputs.limits.over(Limits::default());
        for question in history::questions(range, files, Vec::new(), limits) {
            match history::answer(&question) {
                Ok(kept) => older.files.extend(kept.files),
                Err(failure) => older.failure = Some(failure.to_string()),
            }
        }
        older
    }

    fn take(&mut self, path: &Path) -> Option<Result<Source, String>> {
        let failure = || self.failure.clone().map(Err);
        self.files.remove(path).or_else(failure)
    }
}

impl File {
    fn page(&self) -> Page {
        let Some(resolved) = self.compilation.resolved() else {
            let told = self.compilation.diagnostics.iter().map(|found| {
                let line = self.source.position(found.primary().span.start).line;
                format!("line {line}: {} ({})", found.message, found.code.name)
            });
            return Err(told.collect::<Vec<_>>().join("\n"));
        };
        match &self.older {
            None => page(resolved, &self.source, &self.compilation.diagnostics),
            Some(Err(why)) => Err(format!("there is no older version to show: {why}")),
            Some(Ok(older)) => changes(older, &self.source, &self.compilation),
        }
    }
}

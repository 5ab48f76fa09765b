//! The pages, and which state of the files they show.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use statewright::Compilation;
use statewright::source::Source;

use crate::cli::arguments::LevelArguments;
use crate::cli::discovery::inputs;
use crate::cli::session::compile_all;
use crate::cli::session::page::page;

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
    let files = found.sources.into_iter().zip(compilations);
    let files = files.map(|(source, compilation)| File {
        name: source.name().to_owned(),
        source,
        compilation,
    });
    files.collect()
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
        page(resolved, &self.source, &self.compilation.diagnostics)
    }
}

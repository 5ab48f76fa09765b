//! Which findings are gone, and not only not looked for.

use std::collections::HashMap;
use std::path::PathBuf;

use statewright::baseline::Baseline;
use statewright::diagnostic::{Code, Diagnostic, Group, Level};

use super::{List, Run, folder};

/// Tells of which findings a run says that they are gone.
pub(super) struct Told<'a> {
    run: &'a Run<'a>,
    /// The baseline's.
    folder: PathBuf,
    /// The numbers of the files that are held against the baseline, by what that calls them.
    files: HashMap<String, usize>,
    /// Whether the run has read every file that is listed and is still there.
    is_whole: bool,
}

impl<'a> Told<'a> {
    pub(super) fn of(run: &'a Run<'a>, list: &List<'_>, baseline: &Baseline) -> Self {
        let names = run.names(&list.path);
        let numbered = list
            .files
            .iter()
            .map(|&number| (names[number].clone(), number));
        let mut told = Told {
            run,
            folder: folder(&list.path),
            files: numbered.collect(),
            is_whole: false,
        };
        told.is_whole = baseline
            .files()
            .all(|file| told.number(file).is_some() || !told.exists(file));
        told
    }

    fn number(&self, file: &str) -> Option<usize> {
        self.files.get(file).copied()
    }

    fn exists(&self, file: &str) -> bool {
        self.folder.join(file).exists()
    }

    /// Whether the run looked for `code` in `file`, or the file is gone.
    pub(super) fn is_told(&self, file: &str, code: &Code) -> bool {
        let Some(number) = self.number(file) else {
            return self.run.found.is_everything() && !self.exists(file);
        };
        if !self.run.found.is_named(number) {
            return false;
        }
        let compilation = &self.run.compilations[number];
        let is_firm = |d: &Diagnostic| d.code.is_firm() && d.code != code;
        let is_off = self.run.options[number].levels.of(code) == Level::Allow;
        let group_told = match code.group {
            Group::Targets => !compilation.has_errors(),
            Group::Projects => self.is_whole,
            _ => true,
        };
        !is_off && group_told && !compilation.diagnostics.iter().any(is_firm)
    }
}

//! The baselines of `statewright check`: one that the command line names, for all files, or those
//! that configurations name, each for its own files.

mod names;
mod told;

use std::collections::HashSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use clap::Args;
use statewright::baseline::{self, Compared, FILE_NAME, Finding};
use statewright::config::unreadable_baseline;
use statewright::diagnostic::{Diagnostic, Diagnostics, Levels};
use statewright::limits::Limits;
use statewright::report::Unread;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Compilation, Options};

use super::Exit;
use super::config::NamedBaseline;
use super::files::Files;
use super::inputs::{Found, read_file, reason, shown};
use super::links::path_stays_in;
use super::output::{cannot_read, complain};
use names::{folder, from_folder};
use told::Told;

#[derive(Args)]
pub struct BaselineArguments {
    /// Report only what this file does not list, and what it lists that is gone
    ///
    /// Without it, what the baseline that statewright.toml names does not list.
    #[arg(long, help_heading = "Baseline", value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write everything that is reported now into the baseline
    ///
    /// That is the file of `--baseline`, or the one that statewright.toml names, or
    /// statewright-baseline.toml.
    #[arg(long, help_heading = "Baseline", value_name = "FILE", num_args = 0..=1, require_equals = true,
          conflicts_with_all = ["add_allows", "diff"])]
    write_baseline: Option<Option<PathBuf>>,
}

/// What a run found, and what its baselines say of it.
#[derive(Default)]
pub struct Listed {
    /// What is to be reported.
    pub diagnostics: Vec<Diagnostic>,
    /// How many reports are left out, because a baseline lists them.
    pub known: usize,
    /// How many findings were deleted from a baseline, because they are gone.
    pub fixed: usize,
    /// The baselines that were read.
    pub sources: Vec<Source>,
    /// The baselines that could not be read; that is already told.
    pub unread: Vec<Unread>,
    /// Whether the baselines could be read or written.
    pub exit: Exit,
}

/// A run, as far as baselines are concerned.
pub struct Run<'a> {
    pub found: &'a Found<'a>,
    pub compilations: &'a [Compilation],
    pub options: &'a [Options],
    /// Those of the command line, for what is wrong with a baseline itself.
    pub levels: &'a Levels,
    /// How much of a baseline is read.
    pub limits: Limits,
    /// Whether what is gone is deleted from the baselines.
    pub fixes: bool,
}

/// A baseline, and the numbers of the files that are held against it.
struct List<'a> {
    path: PathBuf,
    /// The configuration that names it; none where the command line does.
    named: Option<NamedBaseline<'a>>,
    files: Vec<usize>,
}

impl BaselineArguments {
    /// The baseline that is to be compared.
    pub fn given(&self) -> Option<&Path> {
        self.baseline.as_deref()
    }

    /// Holds what `run` found against the baselines, or writes them.
    pub fn apply(&self, run: &Run<'_>) -> Listed {
        let lists = self.lists(run);
        let mut listed = Listed::default();
        let mut found = run.unlisted(&lists);
        for list in &lists {
            found.extend(match self.write_baseline {
                Some(_) => write(list, run, &mut listed),
                None => compare(list, run, &mut listed),
            });
        }
        // In the order of the files again.
        found.sort_by_key(|diagnostic| diagnostic.primary().span.source);
        listed.diagnostics.append(&mut found);
        listed
    }

    /// The baselines of the run. Where they are written, every file has one.
    fn lists<'a>(&self, run: &Run<'a>) -> Vec<List<'a>> {
        let all = 0..run.found.sources.len();
        let given = self.write_baseline.iter().flatten().next();
        let given = given.or(self.baseline.as_ref());
        let usual = self
            .write_baseline
            .is_some()
            .then_some(Path::new(FILE_NAME));
        if let Some(path) = given
            .map(PathBuf::as_path)
            .or(usual.filter(|_| all.is_empty()))
        {
            return vec![List::new(path.to_owned(), None, all.collect())];
        }
        let mut lists: Vec<List<'a>> = Vec::new();
        for number in all {
            let named = run.found.baseline_of(number);
            let path = named.as_ref().map(|named| &*named.path).or(usual);
            let Some(path) = path.map(Path::to_owned) else {
                continue;
            };
            match lists.iter_mut().find(|list| list.path == path) {
                Some(list) => list.files.push(number),
                None => lists.push(List::new(path, named, vec![number])),
            }
        }
        lists
    }
}

impl<'a> List<'a> {
    fn new(path: PathBuf, named: Option<NamedBaseline<'a>>, files: Vec<usize>) -> Self {
        List { path, named, files }
    }

    fn read(&self, limits: Limits) -> io::Result<Vec<u8>> {
        if let Some(NamedBaseline { folder, .. }) = self.named {
            path_stays_in(&self.path, folder)?;
        }
        read_file(&self.path, limits)
    }

    /// Writes the baseline, and tells where that does not work.
    fn write(&self, text: &str) -> Exit {
        let mut files = Files::new();
        match &self.named {
            Some(named) => files.write_into(named.folder, &self.path, text.as_bytes()),
            None => files.write(&self.path, text.as_bytes()),
        };
        files.finish()
    }

    /// Tells that it cannot be read: in the configuration, where that names it.
    fn unreadable(&self, error: &io::Error, run: &Run<'_>, listed: &mut Listed) {
        let Some(NamedBaseline { named, .. }) = self.named else {
            let name = self.path.to_string_lossy();
            listed.unread.push(cannot_read(&name, reason(error)));
            return;
        };
        let is_missing = error.kind() == ErrorKind::NotFound;
        let mut reports = Diagnostics::new();
        reports.push(unreadable_baseline(named, &reason(error), is_missing));
        run.levels.apply(&mut reports);
        listed.diagnostics.extend(reports.into_sorted());
    }
}

/// Writes a baseline; what is left to report is nothing, or everything where that fails.
fn write(list: &List<'_>, run: &Run<'_>, listed: &mut Listed) -> Vec<Diagnostic> {
    let findings = run.findings(list);
    let exit = list.write(&baseline::text(&findings));
    listed.exit = listed.exit.max(exit);
    if exit != Exit::Good {
        return run.found_in(&list.files);
    }
    let count = findings.len();
    let plural = if count == 1 { "" } else { "s" };
    let name = shown(&list.path);
    complain(&format!("wrote {count} finding{plural} to {name}"));
    listed.known += count;
    Vec::new()
}

/// Holds what was found against a baseline, whose own reports are noted; what is left to report.
fn compare(list: &List<'_>, run: &Run<'_>, listed: &mut Listed) -> Vec<Diagnostic> {
    let limits = run.limits;
    let bytes = match list.read(limits) {
        Ok(bytes) => bytes,
        Err(error) => {
            list.unreadable(&error, run, listed);
            listed.exit = listed.exit.max(Exit::Unreadable);
            return run.found_in(&list.files);
        }
    };
    // Workflow files have the numbers before.
    let id = SourceId((run.found.sources.len() + listed.sources.len()) as u32);
    let name = list.path.to_string_lossy();
    let syntax = Syntax::of_file_name(&name).unwrap_or(Syntax::Toml);
    let source = Source::from_bytes(id, name, syntax, bytes).with_limits(limits);
    let mut reports = Diagnostics::new();
    let baseline = baseline::read(&source, &mut reports);
    let is_whole = !reports.has_errors();
    let told = Told::of(run, list, &baseline);
    let compared = baseline.compare(run.findings(list), &source, |file, code| {
        told.is_told(file, code)
    });
    let Compared { new, known, gone } = compared;
    let gone = match run.fixes && is_whole {
        true => deleted(list, gone, listed),
        false => gone,
    };
    reports.extend(gone);
    run.levels.apply(&mut reports);
    listed.diagnostics.extend(reports.into_sorted());
    listed.known += known;
    listed.sources.push(source);
    new
}

/// Deletes what is gone from the baseline: what is then left to report.
fn deleted(list: &List<'_>, gone: Option<Diagnostic>, listed: &mut Listed) -> Option<Diagnostic> {
    let fix = gone.as_ref().and_then(|gone| gone.fix.as_ref());
    let Some(edit) = fix.and_then(|fix| fix.edits.first()) else {
        return gone;
    };
    match list.write(&edit.text) {
        Exit::Good => {
            listed.fixed += 1;
            None
        }
        exit => {
            listed.exit = listed.exit.max(exit);
            gone
        }
    }
}

impl Run<'_> {
    /// What was found in the files of these numbers.
    fn found_in(&self, files: &[usize]) -> Vec<Diagnostic> {
        let found = files.iter().flat_map(|&number| self.found_of(number));
        found.cloned().collect()
    }

    /// What was found in one file and concerns one that the run is about.
    fn found_of(&self, number: usize) -> impl Iterator<Item = &Diagnostic> {
        let all = self.compilations[number].diagnostics.iter();
        all.filter(|diagnostic| self.found.concerns(diagnostic))
    }

    /// What was found in files that have no baseline.
    fn unlisted(&self, lists: &[List<'_>]) -> Vec<Diagnostic> {
        let mut others: Vec<usize> = (0..self.compilations.len()).collect();
        let listed: HashSet<usize> = lists.iter().flat_map(|list| &list.files).copied().collect();
        others.retain(|number| !listed.contains(number));
        self.found_in(&others)
    }

    /// What was found in the files of `list`, as that calls it.
    fn findings(&self, list: &List<'_>) -> Vec<Finding> {
        let names = self.names(&list.path);
        let findings = list.files.iter().flat_map(|&number| {
            let file = &names[number];
            let finding = move |diagnostic: &Diagnostic| Finding {
                file: file.clone(),
                diagnostic: diagnostic.clone(),
            };
            self.found_of(number).map(finding)
        });
        findings.collect()
    }

    /// What a baseline at `path` calls each source.
    fn names(&self, path: &Path) -> Vec<String> {
        let folder = folder(path);
        let name = |(source, path): (&Source, &Option<PathBuf>)| {
            let named = path.as_ref().and_then(|path| from_folder(&folder, path));
            named.unwrap_or_else(|| source.name().replace(std::path::MAIN_SEPARATOR, "/"))
        };
        let paths = self.found.sources.iter().zip(&self.found.paths);
        paths.map(name).collect()
    }
}

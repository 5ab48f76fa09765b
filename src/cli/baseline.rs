//! The baseline of `statewright check`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Args;
use statewright::baseline::{self, Baseline, Compared, FILE_NAME, Finding};
use statewright::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level, Levels};
use statewright::limits::Limits;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Compilation, Options};

use super::Exit;
use super::files::write_file;
use super::inputs::{Found, read_file, reason, shown};
use super::output::complain;

#[derive(Args)]
pub struct BaselineArguments {
    /// Report only what this file does not list, and what it lists that is gone
    #[arg(long, help_heading = "Baseline", value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write everything that is reported now into the baseline
    ///
    /// That is the file of `--baseline`, or statewright-baseline.toml.
    #[arg(long, help_heading = "Baseline", value_name = "FILE", num_args = 0..=1, require_equals = true,
          conflicts_with_all = ["add_allows", "diff"])]
    write_baseline: Option<Option<PathBuf>>,
}

/// What a run found, and what its baseline says of it.
pub struct Listed {
    /// What is to be reported.
    pub diagnostics: Vec<Diagnostic>,
    /// How many reports are left out, because the baseline lists them.
    pub known: usize,
    /// How many findings were deleted from the baseline, because they are gone.
    pub fixed: usize,
    /// The baseline, if one was read.
    pub source: Option<Source>,
    /// Whether the baseline could be read or written.
    pub exit: Exit,
}

/// A run, as far as a baseline is concerned.
pub struct Run<'a> {
    pub found: &'a Found<'a>,
    pub compilations: &'a [Compilation],
    pub options: &'a [Options],
    /// Those of the command line, for what is wrong with the baseline itself.
    pub levels: &'a Levels,
    /// How much of the baseline is read.
    pub limits: Limits,
    /// Whether what is gone is deleted from the baseline.
    pub fixes: bool,
}

impl BaselineArguments {
    /// Holds what `run` found against the baseline, or writes one.
    pub fn apply(&self, run: &Run<'_>) -> Listed {
        let given = self.write_baseline.as_ref();
        if let Some(given) = given {
            let path = given.as_deref().or(self.baseline.as_deref());
            return write(path.unwrap_or(Path::new(FILE_NAME)), run);
        }
        match &self.baseline {
            Some(path) => compare(path, run),
            None => Listed::all(run, Exit::Good),
        }
    }
}

impl Listed {
    /// Everything is to be reported.
    fn all(run: &Run<'_>, exit: Exit) -> Listed {
        let found = run.compilations.iter().flat_map(|c| &c.diagnostics);
        Listed {
            diagnostics: found.cloned().collect(),
            known: 0,
            fixed: 0,
            source: None,
            exit,
        }
    }
}

fn write(path: &Path, run: &Run<'_>) -> Listed {
    let findings = run.findings(path);
    let exit = write_file(path, baseline::text(&findings));
    if exit != Exit::Good {
        return Listed::all(run, exit);
    }
    let count = findings.len();
    let plural = if count == 1 { "" } else { "s" };
    let name = path.to_string_lossy();
    complain(&format!("wrote {count} finding{plural} to `{name}`"));
    Listed {
        diagnostics: Vec::new(),
        known: count,
        fixed: 0,
        source: None,
        exit,
    }
}

fn compare(path: &Path, run: &Run<'_>) -> Listed {
    let limits = run.limits;
    let bytes = match read_file(path, limits) {
        Ok(bytes) => bytes,
        Err(error) => {
            let name = shown(path);
            complain(&format!("cannot read {name}: {}", reason(&error)));
            return Listed::all(run, Exit::Unreadable);
        }
    };
    // Workflow files have the numbers before.
    let id = SourceId(run.found.sources.len() as u32);
    let name = path.to_string_lossy();
    let syntax = Syntax::of_file_name(&name).unwrap_or(Syntax::Toml);
    let source = Source::from_bytes(id, name, syntax, bytes).with_limits(limits);
    let mut reports = Diagnostics::new();
    let baseline = baseline::read(&source, &mut reports);
    let is_whole = !reports.has_errors();
    let told = Told::of(run, path, &baseline);
    let compared = baseline.compare(run.findings(path), &source, |file, code| {
        told.is_told(file, code)
    });
    let Compared { new, known, gone } = compared;
    let (gone, fixed, exit) = match run.fixes && is_whole {
        true => deleted(path, gone),
        false => (gone, 0, Exit::Good),
    };
    reports.extend(gone);
    run.levels.apply(&mut reports);
    let mut diagnostics = reports.into_sorted();
    diagnostics.extend(new);
    Listed {
        diagnostics,
        known,
        fixed,
        source: Some(source),
        exit,
    }
}

/// Deletes what is gone from the baseline: what is then left to report, how much was fixed.
fn deleted(path: &Path, gone: Option<Diagnostic>) -> (Option<Diagnostic>, usize, Exit) {
    let fix = gone.as_ref().and_then(|gone| gone.fix.as_ref());
    let Some(edit) = fix.and_then(|fix| fix.edits.first()) else {
        return (gone, 0, Exit::Good);
    };
    match write_file(path, &edit.text) {
        Exit::Good => (None, 1, Exit::Good),
        exit => (gone, 0, exit),
    }
}

impl Run<'_> {
    /// What was found, as a baseline at `path` calls it.
    fn findings(&self, path: &Path) -> Vec<Finding> {
        let files = self.files(path);
        let pairs = files.into_iter().zip(self.compilations);
        let findings = pairs.flat_map(|(file, compilation)| {
            let finding = move |diagnostic: &Diagnostic| Finding {
                file: file.clone(),
                diagnostic: diagnostic.clone(),
            };
            compilation.diagnostics.iter().map(finding)
        });
        findings.collect()
    }

    /// What a baseline at `path` calls each source.
    fn files(&self, path: &Path) -> Vec<String> {
        let folder = folder(path);
        let name = |(source, path): (&Source, &Option<PathBuf>)| {
            let whole = path.as_ref().and_then(|p| std::path::absolute(p).ok());
            let within = whole.as_ref().and_then(|p| p.strip_prefix(&folder).ok());
            let name = within.map_or(source.name().into(), |p| p.to_string_lossy());
            name.replace(std::path::MAIN_SEPARATOR, "/")
        };
        let paths = self.found.sources.iter().zip(&self.found.paths);
        paths.map(name).collect()
    }
}

/// The folder that a baseline at `path` stands in.
fn folder(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole.parent().unwrap_or(&whole).to_owned()
}

/// Tells of which findings a run says that they are gone.
struct Told<'a> {
    run: &'a Run<'a>,
    folder: PathBuf,
    files: HashMap<String, usize>,
    /// Whether the run has read every file that is listed and is still there.
    is_whole: bool,
}

impl<'a> Told<'a> {
    fn of(run: &'a Run<'a>, path: &Path, baseline: &Baseline) -> Self {
        let numbered = run.files(path).into_iter().enumerate();
        let numbered = numbered.map(|(number, file)| (file, number));
        let mut told = Told {
            run,
            folder: folder(path),
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
    fn is_told(&self, file: &str, code: &Code) -> bool {
        let Some(number) = self.number(file) else {
            return !self.exists(file);
        };
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

//! The baselines of `statewright check`: one that the command line names, for all files, or those
//! that configurations name, each for its own files.

mod names;
mod told;

use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::io::{self, ErrorKind};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use clap::Args;
use statewright::baseline::{self, Baseline, FILE_NAME, Finding, Updated};
use statewright::config::unreadable_baseline;
use statewright::diagnostic::{Diagnostic, Diagnostics, Levels};
use statewright::limits::Limits;
use statewright::report::Unread;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Compilation, Options};

use crate::cli::discovery::config::NamedBaseline;
use crate::cli::discovery::inputs::Found;
use crate::cli::discovery::project::root;
use crate::cli::discovery::total::Total;
use crate::cli::io::Exit;
use crate::cli::io::files::Files;
use crate::cli::io::links::{path_stays_in, way_stays};
use crate::cli::io::output::{cannot_read, complain};
use crate::cli::io::reading::{read_file, reason, shown};
use names::{folder, from_folder};
use told::{Together, Told};

#[derive(Args, Default)]
pub struct BaselineArguments {
    /// Report only what this file does not list, and what it lists that is gone
    ///
    /// Without it, what the baseline that statewright.toml names does not list.
    #[arg(long, help_heading = "Baseline", value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write everything that is reported now and can be silenced into the baseline
    ///
    /// What is listed there already stays, unless this run looked for it and did not find it. That
    /// is the file of `--baseline`, or the one that statewright.toml names, or
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
    /// What was read of all files of the run.
    total: Total,
}

/// A run, as far as baselines are concerned.
pub struct Run<'a> {
    pub found: &'a Found,
    pub compilations: &'a mut [Compilation],
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
    /// What is wrong with the arguments beyond what clap can tell.
    pub fn mistake(&self) -> Option<String> {
        let written = self.write_baseline.as_ref()?.as_ref()?;
        let compared = self.baseline.as_ref()?;
        (written != compared).then(|| {
            "--write-baseline writes another file, and nothing is compared: leave out --baseline".to_owned()
        })
    }

    /// The baseline that is to be compared.
    pub fn given(&self) -> Option<&Path> {
        self.baseline.as_deref()
    }

    /// Holds what `run` found against the baselines, or writes them.
    pub fn apply(&self, mut run: Run<'_>) -> Listed {
        let lists = self.lists(&run);
        let mut listed = Listed {
            total: run.found.configs.total,
            ..Listed::default()
        };
        let together = Together::of(&run);
        let mut found = run.unlisted(&lists);
        for list in &lists {
            found.extend(match self.write_baseline {
                Some(_) => write(list, &run, &together, &mut listed),
                None => compare(list, &run, &together, &mut listed),
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
        let mut numbered: HashMap<PathBuf, usize> = HashMap::new();
        for number in all {
            let named = run.found.baseline_of(number);
            let path = named.as_ref().map(|named| &*named.path).or(usual);
            let Some(path) = path.map(Path::to_owned) else {
                continue;
            };
            match numbered.entry(path) {
                Entry::Occupied(known) => lists[*known.get()].files.push(number),
                Entry::Vacant(new) => {
                    lists.push(List::new(new.key().clone(), named, vec![number]));
                    new.insert(lists.len() - 1);
                }
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
        match self.named {
            Some(NamedBaseline { folder, .. }) => path_stays_in(&self.path, folder)?,
            None => way_stays(&self.path)?,
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

    /// Tells that it cannot be read: in the configuration, where that names it. Everything that was
    /// found is then left to report.
    fn unreadable(&self, error: &io::Error, run: &Run<'_>, listed: &mut Listed) -> Vec<Diagnostic> {
        listed.exit = listed.exit.max(Exit::Unreadable);
        match self.named {
            Some(NamedBaseline { named, .. }) => {
                let is_missing = error.kind() == ErrorKind::NotFound;
                let mut reports = Diagnostics::new();
                reports.push(unreadable_baseline(named, &reason(error), is_missing));
                run.levels.apply(&mut reports);
                listed.diagnostics.extend(reports.into_sorted());
            }
            None => {
                let name = self.path.to_string_lossy();
                listed.unread.push(cannot_read(&name, reason(error)));
            }
        }
        run.found_in(&self.files)
    }

    /// The command that checks with this baseline in the root of its repository, wherever it was
    /// written.
    fn command(&self) -> String {
        if self.named.is_some() {
            return "statewright check".to_owned();
        }
        let folder = folder(&self.path);
        let folder = std::fs::canonicalize(&folder).unwrap_or(folder);
        let name = self.path.file_name().map(|name| folder.join(name));
        let path = name.and_then(|path| from_folder(&root(&folder), &path));
        let path = path.unwrap_or_else(|| self.path.to_string_lossy().replace(MAIN_SEPARATOR, "/"));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
        match path.chars().all(is_plain) {
            true => format!("statewright check --baseline={path}"),
            false => "statewright check --baseline=FILE".to_owned(),
        }
    }
}

impl Listed {
    /// Notes a baseline and what is wrong with it.
    fn note(&mut self, source: Source, mut reports: Diagnostics, run: &Run<'_>) {
        run.levels.apply(&mut reports);
        self.diagnostics.extend(reports.into_sorted());
        self.sources.push(source);
    }
}

/// A baseline that was read.
struct Opened {
    source: Source,
    baseline: Baseline,
    reports: Diagnostics,
}

/// Reads a baseline; `None` where there is none to read, and whether that may be.
fn open(list: &List<'_>, run: &Run<'_>, listed: &mut Listed) -> io::Result<Opened> {
    let limits = run.limits;
    let total = &mut listed.total;
    let bytes = total.add(limits, || list.read(limits), Vec::len)?;
    // Workflow files have the numbers before.
    let id = SourceId((run.found.sources.len() + listed.sources.len()) as u32);
    let name = list.path.to_string_lossy();
    let source = Source::from_bytes(id, name, Syntax::Toml, bytes).with_limits(limits);
    let mut reports = Diagnostics::new();
    let baseline = baseline::read(&source, &mut reports);
    Ok(Opened {
        source,
        baseline,
        reports,
    })
}

/// Writes a baseline. What is left to report is what it cannot silence, and everything where it is
/// not written.
fn write(
    list: &List<'_>,
    run: &Run<'_>,
    together: &Together,
    listed: &mut Listed,
) -> Vec<Diagnostic> {
    let name = shown(&list.path);
    if !run.has_read_all() || list.files.is_empty() {
        let why = match run.has_read_all() {
            true => "there is no file to check",
            false => "not everything could be read",
        };
        complain(&format!("baseline {name} was not written: {why}"));
        return run.found_in(&list.files);
    }
    let old = match open(list, run, listed) {
        Ok(opened) if opened.reports.has_errors() => {
            complain(&format!(
                "baseline {name} was not written: the old one has mistakes"
            ));
            listed.note(opened.source, opened.reports, run);
            return run.found_in(&list.files);
        }
        Ok(opened) => opened.baseline,
        Err(error) if error.kind() == ErrorKind::NotFound => Baseline::default(),
        Err(error) => return list.unreadable(&error, run, listed),
    };
    let told = Told::of(run, together, list, &old);
    let Updated {
        text,
        taken,
        kept,
        left,
    } = old.updated(run.findings(list, &told), &list.command(), |known| {
        told.was_looked_for(known)
    });
    let exit = list.write(&text);
    listed.exit = listed.exit.max(exit);
    if exit != Exit::Good {
        return run.found_in(&list.files);
    }
    complain(&format!("wrote {} to {name}", findings(taken)));
    if kept > 0 {
        let kept = findings(kept);
        complain(&format!(
            "kept {kept} in {name} that this run did not look for"
        ));
    }
    if !left.is_empty() {
        let left = findings(left.len());
        complain(&format!(
            "left {left} out of {name} that no baseline can silence"
        ));
    }
    listed.known += taken;
    left
}

fn findings(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} finding{plural}")
}

/// Holds what was found against a baseline, whose own reports are noted; what is left to report.
fn compare(
    list: &List<'_>,
    run: &Run<'_>,
    together: &Together,
    listed: &mut Listed,
) -> Vec<Diagnostic> {
    let Opened {
        source,
        baseline,
        mut reports,
    } = match open(list, run, listed) {
        Ok(opened) => opened,
        Err(error) => return list.unreadable(&error, run, listed),
    };
    let told = Told::of(run, together, list, &baseline);
    let compared = baseline.compare(run.findings(list, &told), &source, |known| {
        told.was_looked_for(known)
    });
    let shorter = compared
        .shorter
        .filter(|_| run.fixes && !reports.has_errors());
    let is_shorter = shorter.is_some_and(|text| {
        let exit = list.write(&text);
        listed.exit = listed.exit.max(exit);
        exit == Exit::Good
    });
    match is_shorter {
        true => listed.fixed += compared.outdated.len(),
        false => reports.extend(compared.outdated),
    }
    listed.known += compared.known;
    listed.note(source, reports, run);
    compared.new
}

impl Run<'_> {
    /// Whether all that the command line names could be read, if there was anything.
    fn has_read_all(&self) -> bool {
        matches!(self.found.exit, Exit::Good | Exit::Empty)
    }

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

    /// Takes what was found in files that have no baseline.
    fn unlisted(&mut self, lists: &[List<'_>]) -> Vec<Diagnostic> {
        let listed: HashSet<usize> = lists.iter().flat_map(|list| &list.files).copied().collect();
        let others = self.compilations.iter_mut().enumerate();
        let others = others.filter(|(number, _)| !listed.contains(number));
        let all = others.flat_map(|(_, compilation)| std::mem::take(&mut compilation.diagnostics));
        all.filter(|diagnostic| self.found.concerns(diagnostic))
            .collect()
    }

    /// What was found in the files of `list`, as that calls it.
    fn findings(&self, list: &List<'_>, told: &Told<'_>) -> Vec<Finding> {
        let names = self.names(list).into_iter().zip(&list.files);
        let findings = names.flat_map(|(file, &number)| {
            let source = &self.found.sources[number];
            self.found_of(number).map(move |diagnostic| Finding {
                file: file.clone(),
                diagnostic: diagnostic.clone(),
                marked: source.slice(diagnostic.primary().span).to_owned(),
                is_part: told.is_part(diagnostic),
            })
        });
        findings.collect()
    }

    /// What the baseline calls each of its files.
    fn names(&self, list: &List<'_>) -> Vec<String> {
        let folder = folder(&list.path);
        let name = |&number: &usize| {
            let source = &self.found.sources[number];
            // Standard input has the path of a file that an editor has open.
            let path = self.found.paths[number].as_deref();
            let path = path.unwrap_or(Path::new(source.name()));
            let named = from_folder(&folder, path);
            named.unwrap_or_else(|| source.name().replace(MAIN_SEPARATOR, "/"))
        };
        list.files.iter().map(name).collect()
    }
}

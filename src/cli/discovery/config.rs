//! Finding and reading `statewright.toml`.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use statewright::config::files::{Choice, Files};
use statewright::config::{self, Config, FILE_NAME};
use statewright::diagnostic::{Diagnostic, Diagnostics, Levels};
use statewright::limits::Limits;
use statewright::report::Unread;
use statewright::silencing::acceptances::{Acceptance, OfConfig};
use statewright::source::{Source, SourceId, Syntax, Text};

use crate::cli::arguments::config::ConfigArguments;
use crate::cli::discovery::total::Total;
use crate::cli::io::Exit;
use crate::cli::io::links::{repository, stays_in};
use crate::cli::io::output::cannot_read;
use crate::cli::io::reading::{read_file, reason};

/// The configurations of a run.
pub struct Configs {
    arguments: ConfigArguments,
    /// How much of a configuration is read. It cannot say that itself.
    pub limits: Limits,
    /// What was read of all files of the run.
    pub total: Total,
    found: Vec<Found>,
    /// Which of them each folder has, as far as anybody asked.
    by_folder: HashMap<PathBuf, Option<usize>>,
    /// Which of them lies in each folder.
    loaded: HashMap<PathBuf, usize>,
    /// What could not be read; that is already told.
    pub unread: Vec<Unread>,
    /// [`Exit::Good`], or why some could not be read.
    pub exit: Exit,
}

/// A configuration that was read.
struct Found {
    /// Where it was read from.
    path: PathBuf,
    /// The folder from which its patterns count, from the root of the file system.
    folder: PathBuf,
    source: Source,
    config: Config,
    reports: Diagnostics,
}

/// A baseline that a configuration names.
pub struct NamedBaseline<'c> {
    /// Where it is, from the folder that the program runs in, if it is below that.
    pub path: PathBuf,
    /// The folder of the configuration.
    pub folder: &'c Path,
    /// What the configuration says, and where.
    pub named: &'c Text,
}

impl Configs {
    /// None so far, but for the one that the command line names; `limits` are its own.
    pub fn new(arguments: ConfigArguments, limits: Limits) -> Self {
        let mut configs = Configs {
            arguments,
            limits,
            total: Total::default(),
            found: Vec::new(),
            by_folder: HashMap::new(),
            loaded: HashMap::new(),
            unread: Vec::new(),
            exit: Exit::Good,
        };
        if let Some(path) = configs.arguments.config.clone() {
            configs.load(&path);
        }
        configs
    }

    /// The configuration of the file at `path`; `None` where it has none.
    pub fn of(&mut self, path: &Path) -> Option<usize> {
        if self.arguments.no_config {
            return None;
        }
        if self.arguments.config.is_some() {
            return (!self.found.is_empty()).then_some(0);
        }
        // Where the program runs is not asked for each file.
        let as_written = path.parent()?;
        if let Some(known) = self.by_folder.get(as_written) {
            return *known;
        }
        let index = self.of_folder(std::path::absolute(path).ok()?.parent()?);
        self.by_folder.insert(as_written.to_owned(), index);
        index
    }

    /// The configuration of the files in `folder`, which is an absolute path.
    fn of_folder(&mut self, folder: &Path) -> Option<usize> {
        if let Some(known) = self.by_folder.get(folder) {
            return *known;
        }
        let nearest = folders(folder)
            .map(|folder| folder.join(FILE_NAME))
            // A link that leads nowhere is a configuration that cannot be read, not none.
            .find(|path| path.symlink_metadata().is_ok());
        let index = nearest.and_then(|path| self.load(&path));
        self.by_folder.insert(folder.to_owned(), index);
        index
    }

    /// Whether the file at `path`, found in a folder, is to be checked, and why not.
    pub fn choice(&mut self, path: &Path) -> Choice {
        let Some(index) = self.of(path) else {
            return Files::default().choice(path);
        };
        let found = &self.found[index];
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let within = whole.strip_prefix(&found.folder).unwrap_or(path);
        found.config.files.choice(within)
    }

    /// What messages call the configuration of the file at `path`.
    pub fn name_of(&mut self, path: &Path) -> String {
        let index = self.of(path);
        index.map_or_else(String::new, |index| {
            format!("`{}`", self.found[index].source.name())
        })
    }

    /// What the configuration of this number says.
    pub fn get(&self, index: usize) -> &Config {
        &self.found[index].config
    }

    /// Whether any of them accepts something of a change.
    pub fn accept_anything(&self) -> bool {
        self.found
            .iter()
            .any(|found| !found.config.accept.is_empty())
    }

    /// What they accept, in words by which it is known again.
    pub fn accepted(&self) -> impl Iterator<Item = String> {
        let all = self.found.iter().flat_map(|found| &found.config.accept);
        all.map(Acceptance::said)
    }

    /// What each of them accepts, where the files in `folders` are looked at; `levels` makes the levels of
    /// the command line from theirs.
    pub fn acceptances(
        &self,
        levels: impl Fn(Levels) -> Levels,
        folders: &[PathBuf],
    ) -> Vec<OfConfig<'_>> {
        let folders = folders
            .iter()
            .filter_map(|folder| std::path::absolute(folder).ok());
        let folders: Vec<PathBuf> = folders
            .map(|folder| folder.components().collect())
            .collect();
        let all = self.found.iter().map(|found| OfConfig {
            entries: &found.config.accept,
            levels: levels(found.config.levels.clone()),
            is_whole: folders
                .iter()
                .any(|folder| found.folder.starts_with(folder)),
        });
        all.collect()
    }

    /// The baseline that the configuration of this number names.
    pub fn baseline(&self, index: usize) -> Option<NamedBaseline<'_>> {
        let found = &self.found[index];
        let named = found.config.baseline.as_ref()?;
        Some(NamedBaseline {
            path: near(&found.folder.join(named.value.as_str())),
            folder: &found.folder,
            named,
        })
    }

    /// Where each of them was read from.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.found.iter().map(|found| &*found.path)
    }

    /// The sources of all configurations.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.found.iter().map(|found| &found.source)
    }

    /// What is wrong with those that are `wanted`, by their numbers. `levels` makes the levels of the
    /// command line from theirs.
    pub fn reports(
        &self,
        levels: impl Fn(Levels) -> Levels,
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<Diagnostic> {
        let numbered = self.found.iter().enumerate();
        let found = numbered.filter(|(number, _)| wanted(*number));
        let reports = found.flat_map(|(_, found)| {
            let mut reports = found.reports.clone();
            levels(found.config.levels.clone()).apply(&mut reports);
            reports.into_sorted()
        });
        reports.collect()
    }

    /// Puts what `change` makes of each that is `wanted` in its place.
    pub fn change(
        &mut self,
        wanted: impl Fn(usize) -> bool,
        mut change: impl FnMut(&Source, &Path) -> Source,
    ) {
        let numbered = self.found.iter_mut().enumerate();
        for (_, found) in numbered.filter(|(number, _)| wanted(*number)) {
            found.source = change(&found.source, &found.path);
            found.reports = Diagnostics::new();
            found.config = config::read(&found.source, &mut found.reports);
        }
    }

    fn load(&mut self, path: &Path) -> Option<usize> {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = whole.parent().unwrap_or(&whole).to_owned();
        if let Some(known) = self.loaded.get(&folder) {
            return Some(*known);
        }
        let near = near(path);
        let stays = match self.arguments.config {
            Some(_) => Ok(()),
            None => stays_in(path, &folder),
        };
        let limits = self.limits;
        let read = || stays.and_then(|()| read_file(path, limits));
        let bytes = match self.total.add(limits, read, Vec::len) {
            Ok(bytes) => bytes,
            Err(error) => {
                let name = near.to_string_lossy();
                self.unread.push(cannot_read(&name, reason(&error)));
                self.exit = self.exit.max(Exit::Unreadable);
                return None;
            }
        };
        let name = near.to_string_lossy();
        let syntax = Syntax::of_file_name(&name).unwrap_or(Syntax::Toml);
        // Workflow files are numbered from 0.
        let id = SourceId(u32::MAX - self.found.len() as u32);
        let source = Source::from_bytes(id, name, syntax, bytes).with_limits(self.limits);
        let mut reports = Diagnostics::new();
        let config = config::read(&source, &mut reports);
        self.loaded.insert(folder.clone(), self.found.len());
        self.found.push(Found {
            path: path.to_owned(),
            folder,
            source,
            config,
            reports,
        });
        Some(self.found.len() - 1)
    }
}

/// What configurations accept, as [`Configs::accepted`] has it.
pub fn accepted_in<'s>(sources: impl Iterator<Item = &'s Source>) -> HashSet<String> {
    let read = |source| config::read(source, &mut Diagnostics::new());
    let entries = sources.flat_map(|source| read(source).accept);
    entries.map(|entry| entry.said()).collect()
}

/// The same path, from the folder that the program runs in, if it is below that.
pub fn near(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_owned()
}

/// The folders in which the configuration of the files in `folder` may be, the nearest first: up
/// to the one that holds `.git`. Outside of a repository nothing above the folder that the
/// program runs in is anybody's business.
fn folders(folder: &Path) -> impl Iterator<Item = &Path> {
    let root = repository(folder);
    let here = std::env::current_dir().unwrap_or_default();
    let last = match root {
        Some(root) => root.to_owned(),
        None if folder.starts_with(&here) => here,
        None => folder.to_owned(),
    };
    let all = folder.ancestors();
    all.take_while(move |above| above.starts_with(&last))
}

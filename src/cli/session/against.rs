//! An older version that `check` holds the files against, and what changed since.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use clap::Args;
use statewright::changes::tickets::Tickets;
use statewright::compile::{self, Against, Reading, check_against};
use statewright::diagnostic::{Diagnostic, Levels};
use statewright::limits::Limits;
use statewright::report::Unread;
use statewright::silencing::acceptances::Acceptances;
use statewright::source::{Source, SourceId, Span};
use statewright::{Compilation, Options};

use crate::cli::arguments::Inputs;
use crate::cli::discovery::config::{Configs, accepted_in, near};
use crate::cli::discovery::inputs::{self, Found};
use crate::cli::io::git::{Entry, Failure, Range, Versions};
use crate::cli::io::output::complain;
use crate::cli::io::{Exit, jobs};
use crate::cli::session::revisions::{self, Asked};

/// Sources of the older version have numbers from here: those before are of files, baselines and the like.
const FIRST: u32 = 1 << 30;

#[derive(Args)]
#[command(next_help_heading = "Changes")]
pub struct AgainstArguments {
    /// Report what the files break that git keeps of this revision, too; `REV...` for where it forked off
    ///
    /// Each workflow is held against its older version: what becomes of tickets on their way is
    /// reported by the codes of the group Changes. A comment accepts a change only where the older
    /// version has not the same comment. `origin/main...` is for a branch that main has moved on from.
    #[arg(long, value_name = "REV", value_parser = on_disk,
          conflicts_with_all = ["project", "watch", "write_baseline", "against_path"])]
    against: Option<Range>,

    /// As --against, with the older version in this file or folder
    #[arg(long, value_name = "PATH", conflicts_with_all = ["project", "watch", "write_baseline"])]
    against_path: Option<PathBuf>,
}

/// A revision that what is on disk is held against.
pub fn on_disk(text: &str) -> Result<Range, String> {
    let range = Range::of(text)?;
    match range.is_against_disk() {
        true => Ok(range),
        false => Err(
            "the new version is that of the files on disk: name one revision, as in `main` or `main...`"
                .to_owned(),
        ),
    }
}

/// An older version of the files.
#[derive(Default)]
pub struct Older {
    /// Its files, as far as they differ.
    files: revisions::Files,
    /// The paths of the new files.
    new_paths: Vec<String>,
    /// Of each new file, whether it is as it was.
    unchanged: Vec<bool>,
    /// Whether a file that is not among the new ones is gone.
    is_everything: bool,
    /// The folder from which the paths count.
    folder: PathBuf,
    /// Where files were that are gone.
    places: Vec<Source>,
    /// How many sources of other older versions are numbered before its own.
    before: u32,
    /// The tickets that there are, if that is asked for.
    tickets: Option<Tickets>,
    /// What its configurations accept.
    accepted: HashSet<String>,
    /// The configuration that each of its files would have now, where anything is accepted.
    configured: Vec<Option<usize>>,
}

impl AgainstArguments {
    /// The older version, if one is asked for.
    pub fn read(&self, inputs: &Inputs, found: &mut Found) -> Option<Older> {
        let limits = inputs.limits.over(Limits::default());
        match (&self.against, &self.against_path) {
            (Some(range), _) => {
                Some(Older::of(range, inputs, found, limits).unwrap_or_else(Older::failed))
            }
            (None, Some(path)) => Some(Older::at(path, inputs, found)),
            (None, None) => None,
        }
    }

    /// Whether an older version is asked for.
    pub fn is_given(&self) -> bool {
        self.against.is_some() || self.against_path.is_some()
    }
}

/// Tickets as far as they could be read; what could not be is told, and makes the run a bad one.
pub fn told(tickets: Option<Result<Tickets, String>>, exit: &mut Exit) -> Option<Tickets> {
    let (tickets, gaps) = match tickets? {
        Ok(tickets) => {
            let gaps = tickets.gaps.iter();
            let gaps = gaps.map(|gap| format!("not all tickets are known: {gap}"));
            let gaps: Vec<String> = gaps.collect();
            (Some(tickets), gaps)
        }
        Err(why) => (None, vec![why]),
    };
    for gap in gaps {
        complain(&gap);
        *exit = (*exit).max(Exit::Unreadable);
    }
    tickets
}

impl Older {
    /// What git keeps of a revision.
    fn of(
        range: &Range,
        inputs: &Inputs,
        found: &mut Found,
        limits: Limits,
    ) -> Result<Older, Failure> {
        let versions = Versions::find(range, Path::new("."))?;
        versions.notes.iter().for_each(|note| complain(note));
        let asked = Asked::of(&versions, inputs)?;
        let given = asked.path_of_config(inputs);
        let is_config = |path: &[u8]| given.as_deref() == Some(path) || revisions::is_config(path);
        let wanted = |path: &[u8]| asked.may_want(path) || is_config(path);
        let mut entries = versions.files(wanted, |path| asked.is_within(path))?;
        let of_configs = entries.extract_if(.., |entry| is_config(&entry.path));
        let mut of_configs: Vec<Entry> = of_configs.collect();
        let new_paths = asked.paths_of(found);
        asked.retain(&mut entries, &new_paths, found);
        let unchanged = revisions::unchanged(&entries, &found.sources, &new_paths);
        let same: std::collections::HashSet<&[u8]> = new_paths
            .iter()
            .zip(&unchanged)
            .filter(|(_, same)| **same)
            .map(|(path, _)| path.as_slice())
            .collect();
        entries.retain(|entry| !same.contains(entry.path.as_slice()));
        // Their older versions are of interest only where something is accepted.
        if found.configs.accept_anything() {
            entries.append(&mut of_configs);
        }
        let mut files = revisions::read(&entries, range.old_name(), FIRST, limits)?;
        let configs = files.split_off(|path| is_config(path.as_bytes()));
        let mut older = Older {
            files,
            unchanged,
            new_paths: new_paths
                .iter()
                .map(|path| String::from_utf8_lossy(path).into_owned())
                .collect(),
            is_everything: inputs.paths.iter().any(|path| path.is_dir()),
            folder: versions.root.unwrap_or_default(),
            accepted: accepted_in(configs.sources.iter()),
            ..Older::default()
        };
        // A configuration that git does not keep has no older version: it is taken to have said the same.
        let is_kept = inputs.config.config.is_none() || given.is_some();
        if !is_kept {
            older.accepted.extend(found.configs.accepted());
        }
        if older.is_everything && !asked.is_of_all() {
            older.leave_out_moved(inputs);
        }
        older.configure(&mut found.configs);
        Ok(older)
    }

    /// Notes which configuration each of its files would have now.
    fn configure(&mut self, configs: &mut Configs) {
        let paths = self.files.paths.iter().map(|path| self.folder.join(path));
        self.configured = match configs.accept_anything() {
            true => paths.map(|path| configs.of(&path)).collect(),
            false => Vec::new(),
        };
    }

    /// Leaves out what is gone from the folders that are looked at and is elsewhere in the repository.
    fn leave_out_moved(&mut self, inputs: &Inputs) {
        let is_there: HashSet<&str> = self.new_paths.iter().map(String::as_str).collect();
        let files = self.files.sources.iter().zip(&self.files.paths);
        let is_gone: Vec<Option<String>> = files
            .map(|(source, path)| {
                let reading = (!is_there.contains(path.as_str())).then(|| compile::read(source))?;
                let workflow = reading.resolved?;
                let identifier = workflow.workflow().identifier.as_ref()?;
                Some(identifier.value.to_string())
            })
            .collect();
        if is_gone.iter().all(Option::is_none) {
            return;
        }
        let elsewhere = inputs::identifiers(&self.folder);
        // Those that are looked at are held against it as they are.
        let has_moved: Vec<bool> = is_gone
            .iter()
            .map(|gone| gone.as_ref().is_some_and(|name| elsewhere.contains(name)))
            .collect();
        let looked_at = inputs
            .paths
            .iter()
            .flat_map(|path| inputs::identifiers(path));
        let looked_at: HashSet<String> = looked_at.collect();
        let mut kept = is_gone.iter().zip(&has_moved).map(|(gone, has_moved)| {
            let name = gone.as_ref().filter(|name| *has_moved && !looked_at.contains(*name));
            if let Some(name) = name {
                complain(&format!(
                    "workflow `{name}` is not in the files that are checked any more, but in another folder: it is not compared"
                ));
            }
            name.is_none()
        });
        let kept: Vec<bool> = kept.by_ref().collect();
        let mut each = kept.iter();
        self.files
            .sources
            .retain(|_| each.next().copied().unwrap_or(true));
        let mut each = kept.iter();
        self.files
            .paths
            .retain(|_| each.next().copied().unwrap_or(true));
    }

    /// With the tickets that there are; what to say where they cannot be read.
    pub fn with_tickets(&mut self, tickets: Option<Result<Tickets, String>>) {
        self.tickets = told(tickets, &mut self.files.exit);
    }

    /// Files that were read of git already: those that differ from the new ones or are gone. `new_paths`
    /// are those of the new files, from `folder`; nothing for what is not below it. `old_configs` are the
    /// configurations of the older version.
    pub fn known<'c>(
        old: impl Iterator<Item = (String, Source)>,
        old_configs: impl Iterator<Item = &'c Source>,
        new_paths: Vec<String>,
        unchanged: Vec<bool>,
        folder: &Path,
        before: u32,
        configs: &mut Configs,
    ) -> Older {
        let mut files = revisions::Files::default();
        for ((path, source), id) in old.zip(FIRST + before..) {
            files.sources.push(source.numbered(SourceId(id)));
            files.paths.push(path);
        }
        let mut older = Older {
            files,
            new_paths,
            unchanged,
            is_everything: true,
            folder: folder.to_owned(),
            before,
            accepted: accepted_in(old_configs),
            ..Older::default()
        };
        older.configure(configs);
        older
    }

    /// None, because git did not answer.
    fn failed(failure: Failure) -> Older {
        complain(&failure.to_string());
        let unread = Unread {
            path: "the older version".to_owned(),
            reason: failure.to_string(),
            is_empty: false,
        };
        Older {
            files: revisions::Files {
                unread: vec![unread],
                exit: Exit::Unreadable,
                ..revisions::Files::default()
            },
            ..Older::default()
        }
    }

    /// What is at a path.
    fn at(path: &Path, inputs: &Inputs, found: &mut Found) -> Older {
        let old_inputs = Inputs {
            paths: vec![path.to_owned()],
            ..inputs.clone()
        };
        let old = inputs::read(&old_inputs, false, None);
        let roots = inputs.paths.iter();
        // One file is held against another, whatever both are called.
        let is_one = !path.is_dir() && inputs.paths.len() == 1 && found.sources.len() == 1;
        let of_new = |path: &Option<PathBuf>| {
            let path = path.as_deref().unwrap_or(Path::new(""));
            let mut below = roots.clone().filter(|root| root.is_dir());
            let below = below.find_map(|root| path.strip_prefix(root).ok());
            let name = || {
                path.file_name()
                    .filter(|_| !is_one)
                    .map_or(Path::new(""), Path::new)
            };
            let is_here = || roots.clone().any(|root| root == Path::new("."));
            let within = below.unwrap_or_else(|| if is_here() { path } else { name() });
            within.to_string_lossy().into_owned()
        };
        let of_old = |found: &Option<PathBuf>| {
            let found = found.as_deref().unwrap_or(Path::new(""));
            let within = match found.strip_prefix(path) {
                Ok(below) if !below.as_os_str().is_empty() => below,
                _ => found
                    .file_name()
                    .filter(|_| !is_one)
                    .map_or(Path::new(""), Path::new),
            };
            within.to_string_lossy().into_owned()
        };
        let mut older = Older {
            new_paths: found.paths.iter().map(of_new).collect(),
            is_everything: path.is_dir() && inputs.paths.iter().all(|path| path.is_dir()),
            folder: inputs.paths.first().cloned().unwrap_or_default(),
            ..Older::default()
        };
        let unread = old.not_looked_at(&[]);
        let paths: Vec<String> = old.paths.iter().map(of_old).collect();
        let numbered = paths.iter().enumerate();
        let at: HashMap<&str, usize> = numbered
            .map(|(index, path)| (path.as_str(), index))
            .collect();
        let mut is_same = vec![false; old.sources.len()];
        for (source, path) in found.sources.iter().zip(&older.new_paths) {
            let same = at.get(path.as_str()).copied().filter(|index| {
                let old = &old.sources[*index];
                old.text() == source.text() && old.syntax() == source.syntax()
            });
            older.unchanged.push(same.is_some());
            same.into_iter().for_each(|index| is_same[index] = true);
        }
        let differing = old.sources.into_iter().zip(paths).zip(is_same);
        let differing = differing.filter(|(_, same)| !same).map(|(file, _)| file);
        for ((source, path), id) in differing.zip(FIRST..) {
            older.files.sources.push(source.numbered(SourceId(id)));
            older.files.paths.push(path);
        }
        older.accepted = old.configs.accepted().collect();
        older.configure(&mut found.configs);
        older.files.unread = unread;
        older.files.exit = old.exit;
        older
    }

    /// Whether the workflow of the new file of this number is wanted, because it may differ.
    pub fn may_differ(&self, number: usize) -> bool {
        !self.unchanged.get(number).copied().unwrap_or(true)
    }

    /// Holds the files against it; what is found of files that are gone, and of configurations, is answered.
    pub fn check(
        &mut self,
        compilations: &mut [Compilation],
        found: &Found,
        options: &[Options],
        levels: impl Fn(Levels) -> Levels,
    ) -> Vec<Diagnostic> {
        let sources = &found.sources;
        let files = &self.files;
        let first = FIRST + self.before + files.sources.len() as u32;
        let gone = files.sources.iter().zip(&files.paths).zip(first..);
        self.places = gone
            .map(|((old, path), id)| {
                let path = near(&self.folder.join(path));
                Source::new(SourceId(id), path.to_string_lossy(), old.syntax(), "")
            })
            .collect();
        let length = |source: &Source| source.text().len();
        let readings: Vec<Reading> = jobs::each_of_size(&files.sources, length, compile::read);
        let old = files.paths.iter().zip(&files.sources).zip(&readings);
        let new = (0..sources.len()).filter(|number| self.may_differ(*number));
        let place = |index: usize| -> Span { self.places[index].span() };
        let against = Against {
            old: old
                .map(|((path, source), reading)| (path.as_str(), source, reading))
                .collect(),
            new: new
                .map(|number| (number, self.new_paths[number].as_str()))
                .collect(),
            is_everything: self.is_everything && files.unread.is_empty(),
            gone: &place,
            levels: &levels(Levels::default()),
            tickets: self.tickets.as_ref(),
            acceptances: Acceptances {
                configs: found.acceptances(&levels),
                of_sources: (0..sources.len())
                    .map(|index| found.number_of_config(index))
                    .collect(),
                of_old: self.configured.clone(),
                before: self.accepted.clone(),
            },
        };
        let broken = check_against(compilations, sources, &against, |id| {
            options.get(id.0 as usize)
        });
        broken.told.iter().for_each(|line| complain(line));
        [broken.gone, broken.of_configs].concat()
    }

    /// All sources that reports may point at, beside those of the files.
    pub fn all_sources(&self) -> impl Iterator<Item = &Source> {
        self.files.sources.iter().chain(&self.places)
    }

    /// The files of the older version, which are no files of now.
    pub fn files(&self) -> impl Iterator<Item = &Source> {
        self.files.sources.iter()
    }

    /// What could not be read, which is told already.
    pub fn unread(&self) -> &[Unread] {
        &self.files.unread
    }

    /// Whether all could be read.
    pub fn exit(&self) -> Exit {
        self.files.exit
    }
}

//! An older version that `check` holds the files against, and what changed since.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Args;
use statewright::compile::{self, Against, Reading, check_against};
use statewright::diagnostic::{Diagnostic, Levels};
use statewright::report::Unread;
use statewright::source::{Source, SourceId, Span};
use statewright::{Compilation, Options};

use crate::cli::arguments::Inputs;
use crate::cli::discovery::config::near;
use crate::cli::discovery::inputs::{self, Found};
use crate::cli::io::{Exit, jobs};

/// Sources of the older version have numbers from here: those before are of files, baselines and the like.
const FIRST: u32 = 1 << 30;

#[derive(Args)]
#[command(next_help_heading = "Changes")]
pub struct AgainstArguments {
    /// Report what the files break that are in this file or folder in an older version, too
    ///
    /// Files are held against those of the same workflow: what becomes of tickets on their way is
    /// reported by the codes of the group Changes. A comment accepts a change only where the older
    /// version has not the same comment.
    #[arg(long, value_name = "PATH", conflicts_with_all = ["project", "watch", "write_baseline"])]
    against_path: Option<PathBuf>,
}

/// An older version of the files.
#[derive(Default)]
pub struct Older {
    /// Its files.
    pub sources: Vec<Source>,
    /// Their paths, as those of the new files are told.
    paths: Vec<String>,
    /// The paths of the new files.
    new_paths: Vec<String>,
    /// Whether a file that is not among the new ones is gone.
    is_everything: bool,
    /// The folder in which it was.
    folder: PathBuf,
    /// Where files were that are gone.
    places: Vec<Source>,
    /// What could not be read, which is told already.
    pub unread: Vec<Unread>,
    /// Whether all could be read.
    pub exit: Exit,
}

impl AgainstArguments {
    /// The older version, if one is asked for.
    pub fn read(&self, inputs: &Inputs, found: &Found) -> Option<Older> {
        let path = self.against_path.as_ref()?;
        Some(Older::at(path, inputs, found))
    }

    /// Whether an older version is asked for.
    pub fn is_given(&self) -> bool {
        self.against_path.is_some()
    }
}

impl Older {
    fn at(path: &Path, inputs: &Inputs, found: &Found) -> Older {
        let old_inputs = Inputs {
            paths: vec![path.to_owned()],
            ..inputs.clone()
        };
        let old = inputs::read(&old_inputs, false, None);
        let roots = inputs.paths.iter();
        let of_new = |path: &Option<PathBuf>| {
            let path = path.as_deref().unwrap_or(Path::new(""));
            let mut below = roots.clone().filter(|root| root.is_dir());
            let below = below.find_map(|root| path.strip_prefix(root).ok());
            let name = || path.file_name().map_or(path, Path::new);
            let is_here = || roots.clone().any(|root| root == Path::new("."));
            let within = below.unwrap_or_else(|| if is_here() { path } else { name() });
            within.to_string_lossy().into_owned()
        };
        let of_old = |found: &Option<PathBuf>| {
            let found = found.as_deref().unwrap_or(Path::new(""));
            let within = match found.strip_prefix(path) {
                Ok(below) if !below.as_os_str().is_empty() => below,
                _ => found.file_name().map_or(found, Path::new),
            };
            within.to_string_lossy().into_owned()
        };
        Older {
            paths: old.paths.iter().map(of_old).collect(),
            new_paths: found.paths.iter().map(of_new).collect(),
            is_everything: path.is_dir() && inputs.paths.iter().all(|path| path.is_dir()),
            folder: inputs.paths.first().cloned().unwrap_or_default(),
            unread: old.not_looked_at(&[]),
            exit: old.exit,
            sources: old.sources,
            places: Vec::new(),
        }
        .numbered()
    }

    fn numbered(mut self) -> Self {
        let numbered = self.sources.drain(..).zip(FIRST..);
        self.sources = numbered
            .map(|(source, id)| source.numbered(SourceId(id)))
            .collect();
        self
    }

    /// For each new source whether it says the same as the file at its path did.
    fn unchanged(&self, sources: &[Source]) -> Vec<Option<usize>> {
        let numbered = self.paths.iter().enumerate();
        let at: HashMap<&str, usize> = numbered
            .map(|(index, path)| (path.as_str(), index))
            .collect();
        let same = |(source, path): (&Source, &String)| {
            let index = *at.get(path.as_str())?;
            let old = &self.sources[index];
            (old.text() == source.text() && old.syntax() == source.syntax()).then_some(index)
        };
        sources.iter().zip(&self.new_paths).map(same).collect()
    }

    /// Which new sources may differ, so that their workflows are wanted.
    pub fn differing(&self, sources: &[Source]) -> Vec<bool> {
        let unchanged = self.unchanged(sources);
        unchanged.iter().map(Option::is_none).collect()
    }

    /// Holds the files against it; what is found of files that are gone is answered.
    pub fn check(
        &mut self,
        compilations: &mut [Compilation],
        sources: &[Source],
        options: &[Options],
        levels: &Levels,
    ) -> Vec<Diagnostic> {
        let unchanged = self.unchanged(sources);
        let mut is_same = vec![false; self.sources.len()];
        unchanged
            .iter()
            .flatten()
            .for_each(|index| is_same[*index] = true);
        let others: Vec<usize> = (0..self.sources.len())
            .filter(|index| !is_same[*index])
            .collect();
        let first = FIRST + self.sources.len() as u32;
        self.places = others
            .iter()
            .zip(first..)
            .map(|(index, id)| {
                let old = &self.sources[*index];
                let path = near(&self.folder.join(&self.paths[*index]));
                Source::new(SourceId(id), path.to_string_lossy(), old.syntax(), "")
            })
            .collect();
        let readings: Vec<Reading> =
            jobs::each(&others, |index| compile::read(&self.sources[*index]));
        let old = others
            .iter()
            .zip(&readings)
            .map(|(index, reading)| (self.paths[*index].as_str(), &self.sources[*index], reading));
        let new = unchanged
            .iter()
            .enumerate()
            .filter(|(_, same)| same.is_none());
        let new = new.map(|(index, _)| (index, self.new_paths[index].as_str()));
        let place = |index: usize| -> Span { self.places[index].span() };
        let against = Against {
            old: old.collect(),
            new: new.collect(),
            is_everything: self.is_everything && self.unread.is_empty(),
            gone: &place,
            levels,
        };
        check_against(compilations, sources, &against, |id| {
            options.get(id.0 as usize)
        })
    }

    /// All sources that reports may point at, beside those of the files.
    pub fn all_sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().chain(&self.places)
    }
}

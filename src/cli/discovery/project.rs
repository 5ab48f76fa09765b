//! What `--project` means: which files a project has, and what of them a run is about.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use statewright::config;
use statewright::source::Syntax;

use crate::cli::discovery::tracked::Tracked;
use crate::cli::io::links::repository;

/// What the command line names, by canonical paths.
#[derive(Default)]
pub struct Scope {
    files: HashSet<PathBuf>,
    folders: Vec<PathBuf>,
    /// Configurations and baselines. With one of them, everything is named.
    changed_settings: HashSet<PathBuf>,
    /// The projects of all that.
    roots: Vec<PathBuf>,
    /// Configurations and baselines that other options name.
    settings: Vec<PathBuf>,
}

impl Scope {
    /// Nothing so far. `settings` are configurations and baselines that other options name.
    pub fn new(settings: &[Option<&Path>]) -> Self {
        let settings = settings.iter().flatten();
        Scope {
            settings: settings
                .filter_map(|path| fs::canonicalize(path).ok())
                .collect(),
            ..Scope::default()
        }
    }

    /// Adds what is at a canonical path.
    pub fn add(&mut self, whole: PathBuf) {
        let is_folder = whole.is_dir();
        let folder = match is_folder {
            true => &whole,
            false => whole.parent().unwrap_or(&whole),
        };
        let root = root(folder);
        if !self.roots.contains(&root) {
            self.roots.push(root);
        }
        if is_folder {
            self.folders.push(whole);
        } else if self.counts_for_all(&whole) {
            self.changed_settings.insert(whole);
        } else {
            self.files.insert(whole);
        }
    }

    /// A change of a configuration or a baseline may change what is reported of any file.
    fn counts_for_all(&self, whole: &PathBuf) -> bool {
        let name = whole.file_name().unwrap_or_default().to_string_lossy();
        name == config::FILE_NAME
            || name.ends_with(config::BASELINE_ENDING)
            || self.settings.contains(whole)
    }

    /// The roots of the projects, as somebody would name them who runs the program.
    pub fn roots(&self) -> Vec<PathBuf> {
        self.roots.iter().map(|root| from_here(root)).collect()
    }

    /// The folders of which everything is named, and how somebody would name them.
    pub fn folders(&self) -> Vec<(PathBuf, PathBuf)> {
        let folders = match self.is_everything() {
            true => &self.roots,
            false => &self.folders,
        };
        let named = |folder: &PathBuf| (folder.clone(), from_here(folder));
        folders.iter().map(named).collect()
    }

    /// Whether the file at a canonical path is named itself.
    pub fn is_file(&self, whole: &Path) -> bool {
        self.files.contains(whole)
    }

    /// Whether the file at a canonical path is named, by itself or with its folder.
    pub fn names(&self, whole: &Path) -> bool {
        let is_in = |folder: &PathBuf| whole.starts_with(folder);
        let itself = self.is_file(whole) || self.changed_settings.contains(whole);
        itself || self.folders.iter().any(is_in)
    }

    /// Whether the run is about every file of the projects.
    pub fn is_everything(&self) -> bool {
        !self.changed_settings.is_empty()
    }
}

/// What of everything that was read a run is about. The rest is only known, so that what concerns
/// these files is found.
pub struct Focus {
    /// Whether it is everything of the projects.
    pub is_everything: bool,
    /// Of each source, whether it is one of them.
    pub sources: Vec<bool>,
    /// The numbers of the configurations whose mistakes are reported.
    pub configs: HashSet<usize>,
}

/// The root of the project that a folder is in: of its repository, or else the folder that the
/// program runs in, or else itself.
pub fn root(folder: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(fs::canonicalize).ok();
    let here = here.filter(|here| folder.starts_with(here));
    match repository(folder) {
        Some(root) => root.to_owned(),
        None => here.unwrap_or_else(|| folder.to_owned()),
    }
}

/// A canonical path as somebody would write it who is in the folder that the program runs in.
fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(fs::canonicalize);
    let here = here.unwrap_or_default();
    match (path.strip_prefix(&here), here.strip_prefix(path)) {
        (Ok(below), _) if below.as_os_str().is_empty() => PathBuf::from("."),
        (Ok(below), _) => below.to_owned(),
        (_, Ok(above)) => above.iter().map(|_| "..").collect(),
        _ => path.to_owned(),
    }
}

/// Which files git tracks, for the repositories that were asked about.
#[derive(Default)]
pub struct Repositories {
    /// Of each root. `None` where that cannot be told.
    known: HashMap<PathBuf, Option<Tracked>>,
    /// The folder that was last asked about, and its root: files come a folder at a time.
    last: Option<(PathBuf, Option<PathBuf>)>,
}

impl Repositories {
    /// Whether the file at a canonical path is tracked; yes where that cannot be told, and where
    /// there is no repository.
    pub fn track(&mut self, whole: &Path) -> bool {
        let folder = whole.parent().unwrap_or(whole);
        if self.last.as_ref().is_none_or(|(last, _)| last != folder) {
            let root = repository(folder).map(Path::to_owned);
            self.last = Some((folder.to_owned(), root));
        }
        let Some((_, Some(root))) = &self.last else {
            return true;
        };
        let Ok(within) = whole.strip_prefix(root) else {
            return true;
        };
        let tracked = self
            .known
            .entry(root.clone())
            .or_insert_with(|| Tracked::of(root, may_be_read));
        let Some(tracked) = tracked else {
            return true;
        };
        let parts: Vec<&[u8]> = within.iter().map(|part| part.as_encoded_bytes()).collect();
        tracked.contain(&parts.join(&b'/'))
    }
}

/// Whether the ending of a path tells a syntax: no other file is asked about.
fn may_be_read(path: &[u8]) -> bool {
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(path);
    Syntax::of_file_name(&String::from_utf8_lossy(name)).is_some()
}

//! The files of versions that git keeps, and which of those on disk they are.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use statewright::config::FILE_NAME;
use statewright::config::files::{self, Choice};
use statewright::limits::Limits;
use statewright::report::Unread;
use statewright::source::{Source, SourceId, Syntax};

use crate::cli::arguments::Inputs;
use crate::cli::discovery::inputs::Found;
use crate::cli::io::Exit;
use crate::cli::io::git::{self, Entry, Failure, Versions};
use crate::cli::io::links::repository;
use crate::cli::io::output::cannot_read;
use crate::cli::io::reading::shown;

/// Files of a version.
#[derive(Default)]
pub struct Files {
    /// What they hold.
    pub sources: Vec<Source>,
    /// Their paths, by which they are those of another version.
    pub paths: Vec<String>,
    /// What could not be read, which is told already.
    pub unread: Vec<Unread>,
    /// Whether all could be read.
    pub exit: Exit,
}

/// Reads files that git keeps; reports call them by `revision`, and their sources are numbered from `first`.
pub fn read(
    entries: &[Entry],
    revision: &str,
    first: u32,
    limits: Limits,
) -> Result<Files, Failure> {
    let ids: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    let contents = git::contents(Path::new("."), &ids, limits.bytes, limits.total)?;
    let mut files = Files::default();
    for entry in entries {
        let path = text_of(&entry.path);
        let name = format!("{revision}:{path}");
        let syntax = Syntax::of_file_name(&path).unwrap_or(Syntax::Yaml);
        match contents.get(&entry.id) {
            Some(Ok(bytes)) => {
                let id = SourceId(first + files.sources.len() as u32);
                let source = Source::from_bytes(id, name, syntax, bytes.clone());
                files.sources.push(source.with_limits(limits));
                files.paths.push(path);
            }
            Some(Err(why)) => files.fail(&name, why.clone()),
            None => files.fail(&name, "git has not told what it holds".to_owned()),
        }
    }
    Ok(files)
}

/// Whether a path is that of a configuration.
pub fn is_config(path: &[u8]) -> bool {
    let name = path.rsplit(|byte| *byte == b'/').next();
    name == Some(FILE_NAME.as_bytes())
}

impl Files {
    /// Takes the last of them, from the first whose path is wanted.
    pub fn split_off(&mut self, is_wanted: impl Fn(&str) -> bool) -> Files {
        let first = self.paths.iter().position(|path| is_wanted(path));
        let first = first.unwrap_or(self.paths.len());
        Files {
            sources: self.sources.split_off(first),
            paths: self.paths.split_off(first),
            ..Files::default()
        }
    }

    fn fail(&mut self, name: &str, why: String) {
        self.unread.push(cannot_read(name, why));
        self.exit = self.exit.max(Exit::Unreadable);
    }
}

fn text_of(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}

/// What the command line names, in a repository.
pub struct Asked {
    root: PathBuf,
    /// Files and folders, by their paths from the root; nothing for the root itself.
    paths: Vec<Vec<u8>>,
}

impl Asked {
    /// The paths that the command line names. Without files on disk, all of the repository.
    pub fn of(versions: &Versions, inputs: &Inputs) -> Result<Asked, Failure> {
        let Some(root) = &versions.root else {
            return Ok(Asked {
                root: PathBuf::new(),
                paths: vec![Vec::new()],
            });
        };
        let mut paths = Vec::new();
        for path in &inputs.paths {
            let whole = whole(path, &mut None);
            let is_elsewhere = |whole: &PathBuf| {
                let folder = if whole.is_dir() {
                    whole.as_path()
                } else {
                    whole.parent().unwrap_or(whole)
                };
                repository(folder).is_some_and(|other| other != root)
            };
            match whole
                .as_ref()
                .map(|whole| (whole, whole.strip_prefix(root)))
            {
                Some((whole, Ok(within))) if !is_elsewhere(whole) => {
                    paths.push(git::bytes_of(within))
                }
                _ => return Err(Failure::elsewhere(&shown(path))),
            }
        }
        Ok(Asked {
            root: root.clone(),
            paths,
        })
    }

    /// The path from the root of the configuration that the command line names, if it is below that.
    pub fn path_of_config(&self, inputs: &Inputs) -> Option<Vec<u8>> {
        let whole = whole(inputs.config.config.as_deref()?, &mut None)?;
        Some(git::bytes_of(whole.strip_prefix(&self.root).ok()?))
    }

    /// Whether the root of the repository is named.
    pub fn is_of_all(&self) -> bool {
        self.paths.iter().any(Vec::is_empty)
    }

    /// Whether a path is one that is named, or above one: where that is a submodule, its files are not of
    /// this repository.
    pub fn is_within(&self, path: &[u8]) -> bool {
        let is_below = |named: &Vec<u8>| {
            let rest = named.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
        };
        self.paths.iter().any(is_below)
    }

    /// Whether a path from the root is one that is named, or below one, and may hold a workflow.
    pub fn may_want(&self, path: &[u8]) -> bool {
        let is_below = |named: &Vec<u8>| {
            let rest = path.strip_prefix(named.as_slice());
            named.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
        };
        self.paths.iter().any(is_below) && Syntax::of_file_name(&text_of(path)).is_some()
    }

    /// Whether a file in two revisions is looked at: one that is named, or called as workflow files are.
    pub fn chooses(&self, path: &[u8]) -> bool {
        let is_named = self.paths.iter().any(|named| named == path);
        let choice = files::Files::default().choice(Path::new(&text_of(path)));
        is_named || matches!(choice, Choice::Checked)
    }

    /// The paths of files on disk from the root; nothing for what is not below it.
    pub fn paths_of(&self, found: &Found) -> Vec<Vec<u8>> {
        let mut last = None;
        let within = |path: &Option<PathBuf>| {
            let whole = whole(path.as_ref()?, &mut last)?;
            Some(git::bytes_of(whole.strip_prefix(&self.root).ok()?))
        };
        found
            .paths
            .iter()
            .map(within)
            .map(Option::unwrap_or_default)
            .collect()
    }

    /// Leaves those old files that are among the `new` ones, and those that are gone from the disk and
    /// would be. What is there and was not read is left out, and is no more gone than new.
    pub fn retain(&self, entries: &mut Vec<Entry>, new: &[Vec<u8>], found: &mut Found) {
        let is_read: std::collections::HashSet<&[u8]> = new.iter().map(Vec::as_slice).collect();
        entries.retain(|entry| {
            if is_read.contains(entry.path.as_slice()) {
                return true;
            }
            let path = self.root.join(text_of(&entry.path));
            let is_named = self.paths.contains(&entry.path);
            let is_gone = path.symlink_metadata().is_err();
            is_gone && (is_named || matches!(found.configs.choice(&path), Choice::Checked))
        });
    }
}

/// The canonical path of a file that may be gone. Files come a folder at a time: `last` is the one that was
/// asked about before, and its canonical path.
fn whole(path: &Path, last: &mut Option<(PathBuf, PathBuf)>) -> Option<PathBuf> {
    if path.is_symlink() || path.file_name().is_none() {
        return std::fs::canonicalize(path).ok();
    }
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    if last.as_ref().is_none_or(|(known, _)| known != parent) {
        *last = Some((parent.to_owned(), std::fs::canonicalize(parent).ok()?));
    }
    let (_, folder) = last.as_ref()?;
    Some(folder.join(path.file_name()?))
}

/// Of each new file whether git keeps the very same at its path.
pub fn unchanged(entries: &[Entry], sources: &[Source], paths: &[Vec<u8>]) -> Vec<bool> {
    let ids: HashMap<&[u8], &str> = entries
        .iter()
        .map(|entry| (entry.path.as_slice(), entry.id.as_str()))
        .collect();
    let is_same = |(source, path): (&Source, &Vec<u8>)| {
        ids.get(path.as_slice())
            .is_some_and(|id| git::is_id_of(id, source.text().as_bytes()))
    };
    sources.iter().zip(paths).map(is_same).collect()
}

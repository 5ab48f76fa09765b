//! The files in a folder and in those below it.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use statewright::limits::Limits;

use crate::cli::discovery::config::near;
use crate::cli::discovery::gitignore::{FILE_NAME, Origin, Rules};
use crate::cli::io::links::repository;

/// A file that was found in a folder.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderEntry {
    pub path: PathBuf,
    pub is_link: bool,
}

/// What was found in a folder.
#[derive(Default)]
pub struct Walked {
    /// The files that are wanted, sorted.
    pub files: Vec<FolderEntry>,
    /// What ignore files leave out, sorted: folders, and files that would be wanted.
    pub left_out: Vec<(PathBuf, Origin)>,
    /// What could not be read.
    pub errors: Errors,
}

/// Files and folders that could not be read, and why.
pub type Errors = Vec<(PathBuf, io::Error)>;

/// Walks through a folder, hidden ones below it included, but not through what git keeps in `.git`.
/// What ignore files leave out is not looked into; `wanted` says which other files are.
pub fn walk(folder: &Path, limits: Limits, wanted: impl Fn(&Path) -> bool) -> Walked {
    let mut found = Walked::default();
    let mut folders = vec![Folder::at(folder, None, limits, &mut found.errors).0];
    while let Some(mut folder) = folders.pop() {
        let entries = match entries(&folder.path) {
            Ok(entries) => entries,
            Err(error) => {
                found.errors.push((plain(&folder.path), error));
                continue;
            }
        };
        let has = |file: &str| entries.iter().any(|(name, _)| name == file);
        // A repository in a repository is its own.
        if has(".git") {
            folder.within.clear();
            folder.rules = Rules::default();
        }
        if has(FILE_NAME) {
            folder.obey_own(limits, &mut found.errors);
        }
        for (name, entry) in &entries {
            let path = folder.path.join(name);
            let kind = match entry.file_type() {
                Ok(kind) => kind,
                Err(error) => {
                    found.errors.push((plain(&path), error));
                    continue;
                }
            };
            if name == ".git" || (!kind.is_dir() && !wanted(&path)) {
                continue;
            }
            if let Some(origin) = folder.leaves_out(name, kind.is_dir()) {
                found.left_out.push((plain(&path), origin));
            } else if kind.is_dir() {
                folders.push(folder.below(path, name));
            } else {
                found.files.push(FolderEntry {
                    path: plain(&path),
                    is_link: kind.is_symlink(),
                });
            }
        }
    }
    found.files.sort();
    found.left_out.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// A folder that is to be read.
struct Folder {
    path: PathBuf,
    /// Its path from the root of the repository: with slashes, and one at the end; nothing for the
    /// root itself.
    within: Vec<u8>,
    /// The ignore files above it, and then its own.
    rules: Rules,
}

impl Folder {
    /// The one at this path, and what leaves it out itself, if anything does. Outside of a repository
    /// no ignore file above `outside` counts.
    fn at(
        path: &Path,
        outside: Option<&Path>,
        limits: Limits,
        errors: &mut Errors,
    ) -> (Folder, Option<Origin>) {
        // What cannot be found cannot be read, which is told then.
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let outside = outside.filter(|outside| whole.starts_with(outside));
        let root = repository(&whole).or(outside).unwrap_or(&whole);
        let mut left_out = None;
        let mut folder = Folder {
            path: root.to_owned(),
            within: Vec::new(),
            rules: Rules::default(),
        };
        for name in whole.strip_prefix(root).into_iter().flatten() {
            if folder.path.join(FILE_NAME).symlink_metadata().is_ok() {
                folder.obey_own(limits, errors);
            }
            left_out = left_out.or_else(|| folder.leaves_out(name, true));
            folder = folder.below(folder.path.join(name), name);
        }
        let path = path.to_owned();
        (Folder { path, ..folder }, left_out)
    }

    /// The folder in it that has this name.
    fn below(&self, path: PathBuf, name: &OsStr) -> Folder {
        let mut within = self.within(name);
        within.push(b'/');
        let rules = self.rules.clone();
        Folder {
            path,
            within,
            rules,
        }
    }

    fn within(&self, name: &OsStr) -> Vec<u8> {
        [&self.within, name.as_encoded_bytes()].concat()
    }

    /// Obeys its own ignore file, too.
    fn obey_own(&mut self, limits: Limits, errors: &mut Errors) {
        let file = self.path.join(FILE_NAME);
        let name = near(&plain(&file));
        match self
            .rules
            .with(&file, name.clone(), self.within.len(), limits)
        {
            Ok(rules) => self.rules = rules,
            Err(error) => errors.push((name, error)),
        }
    }

    fn leaves_out(&self, name: &OsStr, is_folder: bool) -> Option<Origin> {
        match self.rules.is_empty() {
            true => None,
            false => self.rules.leave_out(&self.within(name), is_folder),
        }
    }
}

/// What ignore files say of files and folders that the command line names.
#[derive(Default)]
pub struct Named {
    /// The folders that were asked about, and what leaves each of them out.
    folders: HashMap<PathBuf, (Folder, Option<Origin>)>,
    /// What of these files could not be read.
    pub errors: Errors,
}

impl Named {
    /// What leaves out the file or the folder at `path`, if anything does.
    pub fn left_out(&mut self, path: &Path, is_folder: bool, limits: Limits) -> Option<Origin> {
        let whole = std::path::absolute(path).ok()?;
        let (parent, name) = (whole.parent()?, whole.file_name()?);
        let known = self.folders.entry(parent.to_owned()).or_insert_with(|| {
            let here = std::env::current_dir().and_then(fs::canonicalize).ok();
            let errors = &mut self.errors;
            let (mut folder, left_out) = Folder::at(parent, here.as_deref(), limits, errors);
            if folder.path.join(FILE_NAME).symlink_metadata().is_ok() {
                folder.obey_own(limits, errors);
            }
            (folder, left_out)
        });
        let (folder, left_out) = known;
        left_out
            .clone()
            .or_else(|| folder.leaves_out(name, is_folder))
    }
}

fn entries(folder: &Path) -> io::Result<Vec<(OsString, DirEntry)>> {
    let named = |entry: DirEntry| (entry.file_name(), entry);
    fs::read_dir(folder)?
        .map(|entry| entry.map(named))
        .collect()
}

/// The same path, without the `./` of a folder that nobody named.
fn plain(path: &Path) -> PathBuf {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

/// How many files of a folder that is left out are looked for.
const MOST_ENTRIES: usize = 10_000;

/// How many files in `folder` are `wanted`, whatever ignore files say: it is only asked where nothing
/// is left, and not of more than ten thousand names.
pub fn count(folder: &Path, wanted: impl Fn(&Path) -> bool) -> usize {
    let (mut count, mut looked_at) = (0, 0);
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        // What cannot be read is not asked for either.
        let mut entries = entries(&folder).unwrap_or_default();
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, entry) in entries {
            looked_at += 1;
            if looked_at > MOST_ENTRIES {
                return count;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(_) => count += usize::from(wanted(&entry.path())),
                Err(_) => {}
            }
        }
    }
    count
}

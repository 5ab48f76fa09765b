//! Links that a repository brings along.

use std::fs;
use std::io;
use std::path::Path;

/// An error for a file that is met in `folder`, and not named by anybody, where it is a link out
/// of the repository, or to what git keeps in it: reports show lines of what is read, and whoever
/// sends a link to a secret would read it in the log. Outside of a repository the folder itself
/// takes its place.
pub fn stays_in(path: &Path, folder: &Path) -> io::Result<()> {
    match path.symlink_metadata()?.is_symlink() {
        true => link_stays_in(path, folder),
        false => Ok(()),
    }
}

/// As [`stays_in`], for what is known to be a link.
pub fn link_stays_in(path: &Path, folder: &Path) -> io::Result<()> {
    match leads_within(path, folder)? {
        true => Ok(()),
        false => Err(io::Error::other(
            "it is a link that leads out of the repository",
        )),
    }
}

/// An error for a path that a file in `folder` names, where links lead it out of that repository,
/// as in [`stays_in`]: each folder on the way may be one.
pub fn path_stays_in(path: &Path, folder: &Path) -> io::Result<()> {
    match leads_within(path, folder)? {
        true => Ok(()),
        false => Err(io::Error::other("it leads out of the repository")),
    }
}

/// The repository that `folder` is in: the nearest folder that holds `.git`.
pub fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// Whether what is found at `path` is in the repository of `folder`, and not git's own.
fn leads_within(path: &Path, folder: &Path) -> io::Result<bool> {
    let folder = fs::canonicalize(folder)?;
    let root = repository(&folder).unwrap_or(&folder);
    let target = fs::canonicalize(path)?;
    let within = target.strip_prefix(root);
    let is_open = |within: &Path| !within.iter().any(|part| part == ".git");
    Ok(within.is_ok_and(is_open))
}

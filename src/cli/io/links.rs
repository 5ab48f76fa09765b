//! Links that a repository brings along.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

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
    Ok(is_open_in(&fs::canonicalize(path)?, root))
}

/// Whether a canonical path is in `folder`, and not among what git keeps there.
pub fn is_open_in(whole: &Path, folder: &Path) -> bool {
    let within = whole.strip_prefix(folder);
    within.is_ok_and(|within| !within.iter().any(|part| part == ".git"))
}

/// An error where a link on the way to `path`, or there, leads out of the repository that the link
/// is in, or to what git keeps. Who names a path to write to may not know that a pull request has
/// brought the link. Links outside of repositories are those of whoever runs the program.
pub fn way_stays(path: &Path) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    for link in path.ancestors().filter(|above| above.is_symlink()) {
        let folder = fs::canonicalize(link.parent().unwrap_or(link))?;
        let Some(root) = repository(&folder) else {
            continue;
        };
        if !is_open_in(&whole(&target(link)?)?, root) {
            return Err(io::Error::other(
                "it is a link that leads out of the repository",
            ));
        }
    }
    Ok(())
}

/// The canonical path of what is at `path`, or will be once it is written.
pub fn whole(path: &Path) -> io::Result<PathBuf> {
    match (fs::canonicalize(path), path.file_name()) {
        (Err(_), Some(name)) => {
            let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
            Ok(fs::canonicalize(parent.unwrap_or(Path::new(".")))?.join(name))
        }
        (whole, _) => whole,
    }
}

/// The file that is written at `path`: where links lead, if only to nothing yet.
pub fn target(path: &Path) -> io::Result<PathBuf> {
    const MOST_LINKS: usize = 40;
    if let Ok(whole) = fs::canonicalize(path) {
        return Ok(whole);
    }
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            // No link, or nothing: this is it.
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

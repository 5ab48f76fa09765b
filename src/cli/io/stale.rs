//! What `--check` does in place of writing: files are compared with what would be written.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use statewright::diagnostic::Diagnostic;
use statewright::model::Workflow;
use statewright::report::Unread;
use statewright::source::Span;
use statewright::stale_output::{self, Output};

use crate::cli::io::files::Taken;
use crate::cli::io::links::way_stays;
use crate::cli::io::output::{cannot_read, complain};
use crate::cli::io::reading::{open, reason, shown};

/// The report for the file at `path`, where it is not `wanted`, which these workflows compile to.
/// A file that is there and cannot be read is told on standard error, and comes back.
pub fn compare(
    path: &Path,
    wanted: &[u8],
    workflows: &[&Workflow],
) -> Result<Option<Diagnostic>, Unread> {
    let found = match read(path, wanted.len()) {
        Ok(found) => Some(found),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(cannot_read(&path.to_string_lossy(), reason(&error))),
    };
    let output = Output {
        path: &path.to_string_lossy(),
        found: found.as_deref(),
        wanted,
    };
    let places: Vec<Span> = workflows.iter().map(|workflow| place(workflow)).collect();
    Ok(stale_output::check(output, &places))
}

/// Tells of files in `folder` that were made of a workflow that there is no more; whether there are
/// any. `owner` says of which workflow a file would be, and `known` which there are.
pub fn tell_orphans(
    folder: &Path,
    taken: &Taken,
    known: impl FnOnce() -> HashSet<String>,
    owner: impl Fn(&Path) -> Option<String>,
) -> bool {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut others: Vec<(PathBuf, String)> = entries
        .map(|entry| entry.path())
        .filter(|path| !taken.has(path))
        .filter_map(|path| Some((owner(&path)?, path)))
        .map(|(owner, path)| (path, owner))
        .collect();
    if others.is_empty() {
        return false;
    }
    let known = known();
    others.retain(|(_, owner)| !known.contains(owner));
    others.sort();
    for (path, owner) in &others {
        complain(&format!(
            "{} is of workflow `{owner}`, which there is no more: delete it",
            shown(path)
        ));
    }
    !others.is_empty()
}

/// Whether a file holds a text near its beginning.
pub fn begins_with(path: &Path, text: &str) -> bool {
    const NEAR: u64 = 4096;
    let mut found = Vec::new();
    let read = open(path).and_then(|(file, _)| file.take(NEAR).read_to_end(&mut found));
    let mut places = found.windows(text.len());
    read.is_ok() && places.any(|place| place == text.as_bytes())
}

/// What a file holds, where it is meant to be `length` bytes long: of one that is longer, enough to
/// tell that.
fn read(path: &Path, length: usize) -> io::Result<Vec<u8>> {
    let mut found = Vec::new();
    way_stays(path)?;
    open(path)?
        .0
        .take(length as u64 + 1)
        .read_to_end(&mut found)?;
    Ok(found)
}

/// Where reports about a workflow as a whole stand.
fn place(workflow: &Workflow) -> Span {
    let identifier = workflow.identifier.as_ref();
    identifier.map_or(workflow.place, |identifier| identifier.span)
}

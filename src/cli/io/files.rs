//! Writing files: whoever looks finds the old one or the new one, whole, whatever happens meanwhile.
//!
//! A file is written beside its place under a name of its own, and then given the name that it is
//! for, which the system does at once. So a full disk, a kill or a second writer leaves no half of
//! a file. What was there gives its mode and, as far as the system lets it, its owner; a link stays
//! a link to the file that is written. Another name of the same file (a hard link) keeps the old
//! text. A kill between the two steps leaves a file `.statewright-PROCESS-NUMBER.tmp` behind;
//! every failure that the program survives removes it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use statewright::suggest::phrase_up_to;
use unicode_normalization::UnicodeNormalization;

use crate::cli::io::output::complain;
use crate::cli::io::reading::reason;
use crate::cli::io::{Exit, jobs, links};

/// The files that a run writes, and which of them could not be written.
#[derive(Default)]
pub struct Files {
    /// Why, and what: a full disk is one report, however many files did not fit.
    failed: Vec<(String, Vec<String>)>,
    /// Whether something was already there and was left, which is told at once.
    left: bool,
}

impl Files {
    /// None so far.
    pub fn new() -> Files {
        Files::default()
    }

    /// Writes one file that the command line names; whether that worked.
    pub fn write(&mut self, path: &Path, content: &[u8]) -> bool {
        let written = links::way_stays(path)
            .and_then(|()| with_folder(path))
            .and_then(|()| replace(path, content, None, Worth::Much));
        self.note(path, written)
    }

    /// Writes a file into a folder that the command line names. The name of the file is made from
    /// what a workflow says, so that nothing that it meets in the folder may lead out of it.
    pub fn write_into(&mut self, folder: &Path, path: &Path, content: &[u8]) -> bool {
        let written = links::way_stays(folder).and_then(|()| put_into(folder, path, content));
        self.note(path, written)
    }

    /// As [`write_into`](Self::write_into), several files of different names at once; of each,
    /// whether that worked. The last of them is the last that is written where links let two names
    /// be one file.
    pub fn write_each_into(&mut self, folder: &Path, files: &[&(PathBuf, Vec<u8>)]) -> Vec<bool> {
        if let Err(error) = links::way_stays(folder) {
            let why = reason(&error);
            let fail = |(path, _): &&(PathBuf, Vec<u8>)| self.fail(path, &why);
            return files.iter().map(fail).collect();
        }
        let at_once = jobs::each(files, |(path, content)| {
            is_directly_in(folder, path).then(|| put_directly(path, content))
        });
        let each = files.iter().zip(at_once).map(|((path, content), written)| {
            let written = written.unwrap_or_else(|| put_into(folder, path, content));
            self.note(path, written)
        });
        each.collect()
    }

    /// As [`write_into`](Self::write_into), but leaves what is already there as it is, and says so
    /// with what `instead` adds.
    pub fn write_new(&mut self, path: &Path, content: &[u8], instead: &str) -> bool {
        let written = links::way_stays(path)
            .and_then(|()| with_folder(path))
            .and_then(|()| usable(path))
            .and_then(|()| create(path, content));
        match written {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let name = path.to_string_lossy();
                complain(&format!(
                    "`{name}` is already there and was left as it is{instead}"
                ));
                self.left = true;
                false
            }
            written => self.note(path, written),
        }
    }

    fn note(&mut self, path: &Path, written: io::Result<()>) -> bool {
        let why = match written {
            Ok(()) => return true,
            // Whoever reads from a pipe has seen enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return true,
            Err(error) => reason(&error),
        };
        self.fail(path, &why)
    }

    /// Notes that `path` was not written.
    fn fail(&mut self, path: &Path, why: &str) -> bool {
        let name = path.to_string_lossy().into_owned();
        match self.failed.iter_mut().find(|(known, _)| known == why) {
            Some((_, names)) => names.push(name),
            None => self.failed.push((why.to_owned(), vec![name])),
        }
        false
    }

    /// Tells what could not be written, one line a reason.
    pub fn finish(self) -> Exit {
        const MOST: usize = 3;
        for (why, names) in &self.failed {
            let names = phrase_up_to(names, MOST);
            complain(&format!("cannot write {names}: {why}"));
        }
        match self.failed.is_empty() && !self.left {
            true => Exit::Good,
            false => Exit::Unwritable,
        }
    }
}

/// Writes one file that the command line names, and tells where that does not work.
pub fn write_file(path: &Path, content: impl AsRef<[u8]>) -> Exit {
    let mut files = Files::new();
    files.write(path, content.as_ref());
    files.finish()
}

/// Which workflow file each output file is made for: no two may be one file, also not where a
/// system takes `A.svg` and `a.svg` for one.
#[derive(Default)]
pub struct Taken {
    by_name: HashMap<String, (PathBuf, String)>,
}

impl Taken {
    /// Takes `path` for `owner`. Where it is taken, what to say of that, with the first owner first,
    /// but for what became of it; `verb` says what owners do with files.
    pub fn take(&mut self, path: &Path, owner: &str, verb: &str) -> Result<(), String> {
        let (other_path, other) = match self.by_name.entry(folded(path)) {
            Entry::Vacant(place) => {
                place.insert((path.to_owned(), owner.to_owned()));
                return Ok(());
            }
            Entry::Occupied(known) => known.into_mut(),
        };
        let (path, other_path) = (path.to_string_lossy(), other_path.to_string_lossy());
        Err(match path == other_path {
            true => format!("`{other}` and `{owner}` both {verb} `{path}`"),
            false => format!(
                "`{other_path}` of `{other}` and `{path}` of `{owner}` are one file where case does not count"
            ),
        })
    }
}

impl Taken {
    /// Whether somebody has taken `path`.
    pub fn has(&self, path: &Path) -> bool {
        self.by_name.contains_key(&folded(path))
    }
}

/// The same for all names that some system takes for one.
fn folded(path: &Path) -> String {
    let lower = path.to_string_lossy().to_lowercase();
    match lower.is_ascii() {
        true => lower,
        false => lower.nfc().collect(),
    }
}

fn put_into(folder: &Path, path: &Path, content: &[u8]) -> io::Result<()> {
    if is_directly_in(folder, path) {
        return put_directly(path, content);
    }
    usable(path)?;
    parents_stay(path, folder)?;
    with_folder(path)?;
    replace(path, content, Some(folder), Worth::Little)
}

/// Whether nothing between the folder and the file can lead elsewhere.
fn is_directly_in(folder: &Path, path: &Path) -> bool {
    path.parent() == Some(folder) && is_plain(path)
}

/// Writes a file that is no link. Thousands of files take as long as what is asked of the system for
/// each, so that nothing is asked that is known.
fn put_directly(path: &Path, content: &[u8]) -> io::Result<()> {
    usable(path)?;
    match replace_at(path, path, content, Worth::Little) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            with_folder(path)?;
            replace_at(path, path, content, Worth::Little)
        }
        written => written,
    }
}

/// Whether nothing else is written where this file is: there is none, or it is no link and no pipe.
fn is_plain(path: &Path) -> bool {
    let there = fs::symlink_metadata(path);
    there.map_or_else(
        |why| why.kind() == ErrorKind::NotFound,
        |found| found.is_file(),
    )
}

fn with_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    folder.map_or(Ok(()), fs::create_dir_all)
}

/// On Windows some names are those of devices, whatever their ending: writing there writes no file.
fn usable(path: &Path) -> io::Result<()> {
    match cfg!(windows) && is_device(path) {
        true => Err(io::Error::other("Windows takes this name for a device")),
        false => Ok(()),
    }
}

fn is_device(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_ascii_lowercase();
    let numbered = |device: &str| {
        let number = stem.strip_prefix(device);
        number.is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']))
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// What a file is worth to whom it belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Worth {
    /// It can be made again.
    Little,
    /// Somebody may have written it.
    Much,
}

/// Puts `content` in the place of what the file holds, or of no file. With `within`, nothing is
/// written outside of that folder.
fn replace(path: &Path, content: &[u8], within: Option<&Path>, worth: Worth) -> io::Result<()> {
    if is_stream(path) {
        return OpenOptions::new()
            .append(true)
            .open(path)?
            .write_all(content);
    }
    let target = match is_plain(path) {
        true => path.to_owned(),
        false => links::target(path)?,
    };
    if let Some(folder) = within {
        stay(&links::whole(&target)?, folder)?;
        // A pipe that nobody named would keep the program waiting for somebody who reads.
        if fs::metadata(&target).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
            return Err(io::Error::other("it is not a regular file"));
        }
    }
    replace_at(path, &target, content, worth)
}

/// Puts `content` in the place of what the file at `path` holds, which is the one at `target`.
fn replace_at(path: &Path, target: &Path, content: &[u8], worth: Worth) -> io::Result<()> {
    // Opened, because only so the system says whether this file may be written.
    let mut file = match OpenOptions::new().write(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return put(target, content, None, Worth::Little);
        }
        Err(error) => return Err(error),
    };
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        // A pipe or a device cannot be replaced, only written to.
        return file.write_all(content);
    }
    if metadata.permissions().readonly() {
        return Err(io::Error::other("it is write-protected"));
    }
    drop(file);
    // What is there already need not be written again: other programs see by its time that a file
    // is new, and taking the place of thousands of files makes some file systems wait for the disk.
    let same_size = metadata.len() == content.len() as u64;
    if same_size && fs::read(target).is_ok_and(|old| old == content) {
        return Ok(());
    }
    put(target, content, Some(&metadata), worth)
}

/// Whether this is another name of something that the program was started with open, and what is
/// written goes on there, be it a file or not.
fn is_stream(path: &Path) -> bool {
    const STREAMS: [&str; 4] = ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc/self/fd"];
    cfg!(unix) && STREAMS.iter().any(|stream| path.starts_with(stream))
}

/// An error where what is at the canonical path `whole` is not in `folder`, or is git's own there.
fn stay(whole: &Path, folder: &Path) -> io::Result<()> {
    match links::is_open_in(whole, &fs::canonicalize(folder)?) {
        true => Ok(()),
        false => Err(io::Error::other(
            "it is a link that leads out of the folder",
        )),
    }
}

/// An error where what is already there of the way to `path` leads out of `folder`: the rest of it
/// would be made elsewhere.
fn parents_stay(path: &Path, folder: &Path) -> io::Result<()> {
    let mut way = path.ancestors().skip(1);
    match way.find(|above| above.exists()) {
        Some(above) if folder.exists() => stay(&fs::canonicalize(above)?, folder),
        _ => Ok(()),
    }
}

/// Writes a temporary file in the same folder and gives it the name of `path`, in the place of the
/// file that `old` describes.
fn put(path: &Path, content: &[u8], old: Option<&Metadata>, worth: Worth) -> io::Result<()> {
    through_temporary(path, content, old, worth, |temporary| {
        fs::rename(temporary, path)
    })
}

/// Writes a file where there is none: fails with [`ErrorKind::AlreadyExists`] where there is
/// something, if only a link to nothing.
fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let taken = || match path.symlink_metadata() {
        Ok(_) => Err(io::Error::from(ErrorKind::AlreadyExists)),
        Err(_) => Ok(()),
    };
    taken()?;
    through_temporary(path, content, None, Worth::Little, |temporary| {
        // Unlike renaming, linking never takes the place of another file; but not every file
        // system has links.
        match fs::hard_link(temporary, path) {
            Ok(()) => fs::remove_file(temporary),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            Err(_) => taken().and_then(|()| fs::rename(temporary, path)),
        }
    })
}

/// Writes a temporary file beside `path`, which `place` then puts there. Where anything fails, the
/// temporary file is removed.
fn through_temporary(
    path: &Path,
    content: &[u8],
    old: Option<&Metadata>,
    worth: Worth,
    place: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<()> {
    fits(content.len())?;
    let (temporary, mut file) = create_beside(path)?;
    let written = old
        .map_or(Ok(()), |old| liken(&file, old))
        .and_then(|()| file.write_all(content))
        .and_then(|()| match worth {
            // Should the power fail, the old file is not given up for one that is still to be
            // stored. That takes as long as hundreds of files that can be built again.
            Worth::Much => file.sync_all(),
            Worth::Little => Ok(()),
        });
    drop(file);
    let placed = written.and_then(|()| place(&temporary));
    if placed.is_err() {
        // What went wrong is told; that a file may be left over adds nothing to it.
        let _ = fs::remove_file(&temporary);
    }
    placed
}

/// A new file in the folder of `path`, of a name that no other process or thread has taken.
fn create_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    const MOST_TRIES: u32 = 100;
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let process = std::process::id();
    let mut tries = 0;
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let temporary = path.with_file_name(format!(".statewright-{process}-{number}.tmp"));
        match File::create_new(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && tries < MOST_TRIES => {
                tries += 1;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Gives `file`, which is still empty, so that nobody reads in it what is not for him, the owner
/// and the mode of another.
fn liken(file: &File, old: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let new = file.metadata()?;
        let (user, group) = (old.uid(), old.gid());
        if (new.uid(), new.gid()) != (user, group) && fchown(file, Some(user), Some(group)).is_err()
        {
            // Only an administrator gives files away. The group may be one of this user's, and
            // where it is not, a file of another owner is still the file that was asked for.
            let _ = fchown(file, None, Some(group));
        }
    }
    file.set_permissions(old.permissions())
}

/// An error where this process may not write a file of so many bytes. Writing beyond that limit
/// would kill it instead.
#[cfg(unix)]
fn fits(bytes: usize) -> io::Result<()> {
    use rustix::process::{Resource, getrlimit};
    let most = getrlimit(Resource::Fsize).current;
    match most.is_some_and(|most| bytes as u64 > most) {
        true => Err(io::Error::from(ErrorKind::FileTooLarge)),
        false => Ok(()),
    }
}

#[cfg(not(unix))]
fn fits(_bytes: usize) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_are_known_whatever_their_ending() {
        for name in [
            "con",
            "NUL.svg",
            "out/aux.incident-iq.steps.json",
            "com1.x",
            "lpt9",
            "prn .md",
        ] {
            assert!(is_device(Path::new(name)), "{name}");
        }
        for name in [
            "console.svg",
            "com10.x",
            "com0",
            "com",
            "a.con",
            "nul-desk.json",
            ".con",
        ] {
            assert!(!is_device(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn names_that_some_system_takes_for_one_are_one() {
        let mut taken = Taken::default();
        let mut take = |path: &str, owner| taken.take(Path::new(path), owner, "make");
        assert_eq!(take("out/a.svg", "a.yaml"), Ok(()));
        assert_eq!(take("out/b.svg", "b.yaml"), Ok(()));
        let twice = take("out/a.svg", "c.yaml").expect_err("it is taken");
        assert_eq!(twice, "`a.yaml` and `c.yaml` both make `out/a.svg`");
        let case = take("out/A.svg", "d.yaml").expect_err("it is taken");
        assert_eq!(
            case,
            "`out/a.svg` of `a.yaml` and `out/A.svg` of `d.yaml` are one file where case does not count"
        );
        assert_eq!(take("out/\u{e9}.svg", "e.yaml"), Ok(()));
        assert!(take("out/e\u{301}.svg", "f.yaml").is_err());
    }
}

//! Which files git tracks, as its index says. No git is started for that.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::io::links::repository;
use crate::cli::io::reading::open;

/// How large an index is read, in bytes. That of two million files is smaller.
const MOST: u64 = 256 * 1024 * 1024;

/// The files of a repository that git tracks: their paths from its root, with slashes.
pub struct Tracked(HashSet<Vec<u8>>);

impl Tracked {
    /// Those of the repository at `root`; `None` where that cannot be told, so that every file may
    /// be one of them. Of the index, only `wanted` paths are kept.
    pub fn of(root: &Path, wanted: impl Fn(&[u8]) -> bool) -> Option<Tracked> {
        let bytes = match index(root) {
            Ok(path) => read(&path),
            Err(error) => Err(error),
        };
        match bytes {
            Ok(bytes) => paths(&bytes, wanted).map(Tracked),
            // Nothing was ever added.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(Tracked(HashSet::new())),
            Err(_) => None,
        }
    }

    /// Whether the file at this path from the root is one of them.
    pub fn contain(&self, path: &[u8]) -> bool {
        self.0.contains(path)
    }
}

/// Where the index of the repository at `root` is. A commit of some files only has one of its own,
/// which git tells the hooks of that repository.
fn index(root: &Path) -> io::Result<PathBuf> {
    let told = std::env::var_os("GIT_INDEX_FILE").filter(|path| !path.is_empty());
    let here = std::env::current_dir().and_then(std::fs::canonicalize)?;
    if let Some(path) = told.filter(|_| repository(&here) == Some(root)) {
        return Ok(root.join(path));
    }
    let git = root.join(".git");
    if git.is_dir() {
        return Ok(git.join("index"));
    }
    // That of a work tree or a submodule is elsewhere, and `.git` says where.
    let mut text = String::new();
    open(&git)?.0.take(MOST_OF_LINK).read_to_string(&mut text)?;
    let folder = text.strip_prefix("gitdir:").map(str::trim);
    let folder = folder.ok_or_else(|| io::Error::other("it names no folder"))?;
    Ok(root.join(folder).join("index"))
}

const MOST_OF_LINK: u64 = 64 * 1024;

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let (file, size) = open(path)?;
    if size > MOST {
        return Err(io::Error::other("it is too large"));
    }
    let mut bytes = Vec::with_capacity(size as usize);
    file.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The paths in an index, which has hashes of twenty bytes or of thirty-two.
fn paths(bytes: &[u8], wanted: impl Fn(&[u8]) -> bool) -> Option<HashSet<Vec<u8>>> {
    [20, 32]
        .into_iter()
        .find_map(|hash| paths_with(bytes, hash, &wanted))
}

/// As git documents its format (gitformat-index): a header, the entries sorted by path, extensions,
/// a hash of all that. `None` where the bytes are not that to the end, or a part of the entries is
/// in another file.
fn paths_with(
    bytes: &[u8],
    hash: usize,
    wanted: impl Fn(&[u8]) -> bool,
) -> Option<HashSet<Vec<u8>>> {
    let (_, version) = (bytes.strip_prefix(b"DIRC")?, number(bytes, 4)?);
    let count = number(bytes, 8)?;
    if !(2..=4).contains(&version) {
        return None;
    }
    let mut found = HashSet::new();
    let mut path: Vec<u8> = Vec::new();
    let mut at = HEADER;
    for _ in 0..count {
        let start = at;
        let flags = start + STAT + hash;
        let has_more = *bytes.get(flags)? & EXTENDED != 0;
        at = flags + if has_more { 4 } else { 2 };
        let kept = match version {
            4 => path.len().checked_sub(varint(bytes, &mut at)?)?,
            _ => 0,
        };
        let rest = bytes.get(at..)?;
        let name = &rest[..rest.iter().position(|byte| *byte == 0)?];
        path.truncate(kept);
        path.extend(name);
        at += name.len() + 1;
        // Before version 4, each entry ends with as many zeros as make it a multiple of eight.
        if version < 4 {
            at = start + (at - start).next_multiple_of(8);
        }
        if wanted(&path) {
            found.insert(path.clone());
        }
    }
    while at.saturating_add(hash) < bytes.len() {
        let name = bytes.get(at..at + 4)?;
        // A split index: the other half is in another file.
        if name == b"link" {
            return None;
        }
        at = at.saturating_add(8 + number(bytes, at + 4)?);
    }
    (at.saturating_add(hash) == bytes.len()).then_some(found)
}

const HEADER: usize = 12;

/// What the system says of a file, before its hash.
const STAT: usize = 40;

/// Of the first byte of the flags: there are more of them.
const EXTENDED: u8 = 0x40;

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?) as usize)
}

/// A number in as many bytes as it takes, as in git's packs: each but the last has its highest bit.
fn varint(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut number = 0usize;
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number = number.checked_mul(128)? + usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(number);
        }
        number = number.checked_add(1)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An index of version 2 with these paths.
    fn index(names: &[&str]) -> Vec<u8> {
        let mut bytes = [&b"DIRC\0\0\0\x02"[..], &(names.len() as u32).to_be_bytes()].concat();
        for name in names {
            let start = bytes.len();
            bytes.extend([0; STAT + 20]);
            bytes.extend((name.len() as u16).to_be_bytes());
            bytes.extend(name.as_bytes());
            bytes.push(0);
            let length = (bytes.len() - start).next_multiple_of(8);
            bytes.resize(start + length, 0);
        }
        bytes.extend(b"TREE\0\0\0\x03abc");
        bytes.extend([0; 20]);
        bytes
    }

    #[test]
    fn an_index_that_is_no_whole_one_tells_nothing() {
        let names = ["a.yaml", "desks/b.yaml", "desks/c.yaml"];
        let bytes = index(&names);
        let all = |_: &[u8]| true;
        let found = paths(&bytes, all).expect("an index");
        assert_eq!(found, names.map(|name| name.as_bytes().to_vec()).into());
        // Without its extension it may be whole, too.
        for end in 0..bytes.len() {
            let cut = paths(&bytes[..end], all);
            assert!(cut.is_none_or(|cut| cut == found), "cut at {end}");
        }
        // Numbers that lead out of it, in every place and every version.
        for version in 2..=4 {
            for at in 8..bytes.len() {
                let mut bytes = bytes.clone();
                (bytes[7], bytes[at]) = (version, 0xff);
                paths(&bytes, all);
            }
        }
    }
}

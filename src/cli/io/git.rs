//! What git keeps of older versions, asked of the `git` program.
//!
//! It is asked by its plumbing alone, with a list of arguments and no shell, and so that it starts nothing
//! that a repository's configuration names: no pager, no monitor, no filter, no fetch. At most three
//! processes answer one run. Names of files are bytes.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use sha1_smol::Sha1;

use crate::cli::io::reading::reason;

/// What somebody asks for: `A`, `A..B`, `A...B` or `A...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    old: String,
    /// `None` for what is on disk.
    new: Option<String>,
    /// Whether the old version is where both began to differ.
    is_of_base: bool,
}

impl Range {
    /// What `text` asks for; for what is none, what to say about it.
    pub fn of(text: &str) -> Result<Range, String> {
        let (old, new, is_of_base) = match (text.split_once("..."), text.split_once("..")) {
            (Some((old, "")), _) => (old, None, true),
            (Some((old, new)), _) => (old, Some(new), true),
            (None, Some((_, ""))) => {
                return Err(
                    "name both revisions, as in `main..topic`, or only the old one".to_owned(),
                );
            }
            (None, Some((old, new))) => (old, Some(new), false),
            (None, None) => (text, None, false),
        };
        for name in [Some(old), new].into_iter().flatten() {
            let is_odd =
                name.is_empty() || name.starts_with(['-', '^']) || name.contains(char::is_control);
            if is_odd {
                return Err(format!("`{name}` is not a revision"));
            }
        }
        Ok(Range {
            old: old.to_owned(),
            new: new.map(str::to_owned),
            is_of_base,
        })
    }

    /// Whether the new version is what is on disk.
    pub fn is_against_disk(&self) -> bool {
        self.new.is_none()
    }

    /// What reports call the old version.
    pub fn old_name(&self) -> &str {
        &self.old
    }

    /// What reports call the new version, where that is one of git's.
    pub fn new_name(&self) -> &str {
        self.new.as_deref().unwrap_or_default()
    }
}

/// Why git does not answer, and what to do.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    fn new(text: impl Into<String>) -> Self {
        Failure(text.into())
    }
}

impl Failure {
    /// Something named is not in this repository.
    pub fn elsewhere(named: &str) -> Self {
        Failure(format!(
            "{named} is not in this repository, but in another one or none: change into that"
        ))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of a commit.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its path from the root of the repository, with slashes.
    pub path: Vec<u8>,
    /// The id of what it holds.
    pub id: String,
}

/// The versions of a [`Range`], found.
#[derive(Debug)]
pub struct Versions {
    /// The root of the repository, as far as there are files on disk.
    pub root: Option<PathBuf>,
    /// What should be told beside the answer.
    pub notes: Vec<String>,
    folder: PathBuf,
    old: String,
    new: Option<String>,
}

impl Versions {
    /// Finds the versions of a range in the repository that holds `folder`.
    pub fn find(range: &Range, folder: &Path) -> Result<Versions, Failure> {
        let commit = |name: &str| format!("{name}^{{commit}}");
        let old = commit(&range.old);
        let new = range.new.as_deref().map(commit);
        let mut names = Vec::new();
        match (&new, range.is_of_base) {
            (_, true) => {
                let new = new.clone().unwrap_or_else(|| commit("HEAD"));
                names.push(format!("{old}...{new}"));
            }
            (Some(new), false) => names.extend([old.clone(), new.clone()]),
            (None, false) => names.push(old.clone()),
        }
        let mut arguments = vec![
            "rev-parse",
            "--is-inside-work-tree",
            "--is-shallow-repository",
            "--show-object-format",
            "--show-cdup",
            "--revs-only",
            "--end-of-options",
        ];
        arguments.extend(names.iter().map(String::as_str));
        let answer = run(folder, &arguments)?;
        let text = String::from_utf8_lossy(&answer.out).into_owned();
        let mut lines = text.lines();
        let [is_inside, is_shallow] = [0, 1].map(|_| lines.next() == Some("true"));
        lines.next();
        let (ids, others): (Vec<&str>, Vec<&str>) =
            lines.partition(|line| is_id(line.trim_start_matches('^')));
        let root = others
            .first()
            .and_then(|up| std::fs::canonicalize(folder.join(up)).ok());
        let root = root.filter(|_| is_inside);
        if range.is_against_disk() && root.is_none() {
            return Err(Failure::new(
                "there are no files on disk here that git keeps versions of: change into them, or compare two \
                 revisions, as in `main..topic`",
            ));
        }
        // With its folder named and not its files, git takes the folder that it runs in for their root.
        let is_told = |name: &str| std::env::var_os(name).is_some();
        let is_top = folder.join(".git").exists();
        if is_told("GIT_DIR") && !is_told("GIT_WORK_TREE") && !is_top && others == [""] && is_inside
        {
            return Err(Failure::new(
                "GIT_DIR is set, as in a hook, and this is not the top folder of the files: run it from the top folder",
            ));
        }
        let (bases, ids): (Vec<&str>, Vec<&str>) =
            ids.into_iter().partition(|id| id.starts_with('^'));
        let wanted = if range.is_of_base || range.new.is_some() {
            2
        } else {
            1
        };
        if ids.len() < wanted {
            // With three dots, one of two equal commits is told once, and its base is itself.
            let asked: Vec<String> = match range.is_of_base {
                true => vec![old, new.unwrap_or_else(|| commit("HEAD"))],
                false => names,
            };
            if !(range.is_of_base && ids.len() == 1 && !bases.is_empty()) {
                return Err(unknown(folder, &asked, is_shallow));
            }
        }
        let mut notes: Vec<String> = ambiguous(&answer.err).into_iter().collect();
        let old_id = match range.is_of_base {
            false => ids[0],
            true => match bases.as_slice() {
                [] => return Err(no_base(is_shallow)),
                [base, more @ ..] => {
                    if !more.is_empty() {
                        notes.push(format!(
                            "there are {} common ancestors, and {} was taken: name one by its id for another",
                            bases.len(),
                            &base[1..8]
                        ));
                    }
                    &base[1..]
                }
            },
        };
        // With three dots the new one comes first.
        let new_id = range.new.as_ref().map(|_| match range.is_of_base {
            true => ids[0],
            false => ids[1],
        });
        Ok(Versions {
            folder: folder.to_owned(),
            root,
            notes,
            old: old_id.to_owned(),
            new: new_id.map(str::to_owned),
        })
    }

    /// The files of the old version that are wanted by their paths.
    ///
    /// `within` says whether all that is wanted is at or below a path.
    pub fn files(
        &self,
        wanted: impl Fn(&[u8]) -> bool,
        within: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<Entry>, Failure> {
        let arguments = [
            "ls-tree",
            "-r",
            "-z",
            "--full-tree",
            "--end-of-options",
            &self.old,
        ];
        let mut found = Vec::new();
        listed(&self.folder, &arguments, |record, _| {
            let Some(tab) = record.iter().position(|byte| *byte == b'\t') else {
                return Err(Failure::new("git's list of files could not be read"));
            };
            let (head, path) = (&record[..tab], &record[tab + 1..]);
            let head = String::from_utf8_lossy(head).into_owned();
            let mut words = head.split(' ');
            let (mode, id) = (words.next().unwrap_or(""), words.nth(1).unwrap_or(""));
            if mode == SUBMODULE && within(path) {
                return Err(Failure::new(format!(
                    "`{}` is a submodule, which has versions of its own: change into it",
                    String::from_utf8_lossy(path)
                )));
            }
            if is_file(mode) && wanted(path) {
                found.push(Entry {
                    path: path.to_owned(),
                    id: id.to_owned(),
                });
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The files in which two versions of git's differ, of those that are wanted by their paths: the old
    /// ones, and the new ones.
    pub fn differing(
        &self,
        wanted: impl Fn(&[u8]) -> bool,
    ) -> Result<(Vec<Entry>, Vec<Entry>), Failure> {
        let new = self.new.as_deref().unwrap_or_default();
        let arguments = [
            "diff-tree",
            "-r",
            "-z",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--end-of-options",
            &self.old,
            new,
            "--",
        ];
        let (mut olds, mut news) = (Vec::new(), Vec::new());
        let mut head: Option<String> = None;
        listed(&self.folder, &arguments, |record, _| {
            let Some(known) = head.take() else {
                head = Some(String::from_utf8_lossy(record).into_owned());
                return Ok(());
            };
            let words: Vec<&str> = known.trim_start_matches(':').split(' ').collect();
            let [old_mode, new_mode, old_id, new_id, _] = words[..] else {
                return Err(Failure::new("git's list of differences could not be read"));
            };
            if wanted(record) {
                let entry = |id: &str| Entry {
                    path: record.to_owned(),
                    id: id.to_owned(),
                };
                olds.extend(is_file(old_mode).then(|| entry(old_id)));
                news.extend(is_file(new_mode).then(|| entry(new_id)));
            }
            Ok(())
        })?;
        Ok((olds, news))
    }
}

const SUBMODULE: &str = "160000";

/// A regular file, and not a link or a submodule.
fn is_file(mode: &str) -> bool {
    mode == "100644" || mode == "100755"
}

fn is_id(text: &str) -> bool {
    (text.len() == 40 || text.len() == 64) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// What each id of the repository that holds `folder` holds, at most `most` bytes of each and `total` together; why not, where git has not got it.
pub fn contents(
    folder: &Path,
    ids: &[String],
    most: usize,
    total: usize,
) -> Result<HashMap<String, Result<Vec<u8>, String>>, Failure> {
    let mut found = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let mut once: Vec<&String> = ids.iter().collect();
    once.sort_unstable();
    once.dedup();
    let asked: String = once.iter().map(|id| format!("{id}\n")).collect();
    let mut child = start(folder, &["cat-file", "--batch"], Stdio::piped())?;
    let stdin = child.stdin.take();
    // Both pipes would fill, and neither side would go on.
    let writer = thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
    let complaint = read_errors(&mut child);
    let mut out = BufReader::new(child.stdout.take().ok_or_else(no_answer)?);
    let mut all = 0_usize;
    let mut is_whole = true;
    for id in once {
        let mut head = Vec::new();
        let is_read = out.read_until(b'\n', &mut head).is_ok();
        let head = String::from_utf8_lossy(&head).trim_end().to_owned();
        if !is_read || head.is_empty() {
            is_whole = false;
            break;
        }
        let Some(size) = head
            .rsplit(' ')
            .next()
            .and_then(|size| size.parse::<u64>().ok())
        else {
            let why = "git has not got what this file held: this clone has only a part of it; `git diff --stat OLD NEW` fetches it".to_owned();
            found.insert(id.clone(), Err(why));
            continue;
        };
        all = all.saturating_add(usize::try_from(size).unwrap_or(usize::MAX));
        if all > total {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Failure::new(format!(
                "the older files have more than {total} bytes together: raise the limit with `--limit total=…`"
            )));
        }
        let mut bytes = Vec::new();
        let kept = size.min(most as u64 + 1);
        let is_read = out.by_ref().take(kept).read_to_end(&mut bytes).is_ok()
            // The rest, and the line end after it.
            && io::copy(&mut out.by_ref().take(size - kept + 1), &mut io::sink()).is_ok();
        if !is_read || bytes.len() as u64 != kept {
            is_whole = false;
            break;
        }
        const POINTER: &[u8] = b"version https://git-lfs";
        found.insert(
            id.clone(),
            match bytes.starts_with(POINTER) {
                true => Err("git keeps only a pointer to what this file held (Git LFS)".to_owned()),
                false => Ok(bytes),
            },
        );
    }
    drop(out);
    let _ = writer.join();
    let is_good = child.wait().is_ok_and(|status| status.success());
    let complaint = complaint.join().unwrap_or_default();
    match is_good && is_whole {
        true => Ok(found),
        false => Err(failure(&complaint)),
    }
}

/// What a process said.
struct Answer {
    out: Vec<u8>,
    err: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Answer, Failure> {
    let child = start(folder, arguments, Stdio::null())?;
    let output = child.wait_with_output().map_err(|_| no_answer())?;
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.success() {
        true => Ok(Answer {
            out: output.stdout,
            err,
        }),
        false => Err(failure(&err)),
    }
}

/// Hands each of the records that end with a zero byte to `take`.
fn listed(
    folder: &Path,
    arguments: &[&str],
    mut take: impl FnMut(&[u8], usize) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut child = start(folder, arguments, Stdio::null())?;
    let complaint = read_errors(&mut child);
    let mut out = BufReader::new(child.stdout.take().ok_or_else(no_answer)?);
    let (mut record, mut count, mut taken) = (Vec::new(), 0, Ok(()));
    while taken.is_ok() {
        record.clear();
        match out.read_until(0, &mut record) {
            Ok(0) => break,
            Ok(_) if record.last() == Some(&0) => taken = take(&record[..record.len() - 1], count),
            Ok(_) | Err(_) => taken = Err(no_answer()),
        }
        count += 1;
    }
    drop(out);
    let is_good = child.wait().is_ok_and(|status| status.success());
    let complaint = complaint.join().unwrap_or_default();
    match is_good {
        true => taken,
        false => Err(failure(&complaint)),
    }
}

/// Reads what a process says on standard error, while its answer is read.
fn read_errors(child: &mut Child) -> thread::JoinHandle<String> {
    let stderr = child.stderr.take();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(stderr) = stderr {
            let _ = stderr.take(64 * 1024).read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Variables of git that would make it tell something else, or start something.
const TAKEN_OUT: &[&str] = &[
    "LANGUAGE",
    "GIT_EXTERNAL_DIFF",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// Variables that keep it from waiting, fetching, and telling replaced contents.
const SET: &[(&str, &str)] = &[
    ("LC_ALL", "C"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_ADVICE", "0"),
];

fn start(folder: &Path, arguments: &[&str], stdin: Stdio) -> Result<Child, Failure> {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        .args(["--no-pager", "-c", "core.fsmonitor=false"])
        .args(arguments)
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .envs(SET.iter().copied());
    let traces = std::env::vars_os().map(|(name, _)| name);
    let traces = traces.filter(|name| name.to_string_lossy().starts_with("GIT_TRACE"));
    let taken_out = TAKEN_OUT.iter().map(OsString::from);
    traces
        .chain(taken_out)
        .for_each(|name| _ = command.env_remove(name));
    command.spawn().map_err(|error| {
        Failure::new(match error.kind() {
            io::ErrorKind::NotFound => {
                "git was not found: install it, or compare two files or folders".to_owned()
            }
            _ => format!("git could not be started: {}", reason(&error)),
        })
    })
}

fn no_answer() -> Failure {
    Failure::new("git's answer could not be read")
}

/// What git says, in the words of this program where it is known what to do.
fn failure(complaint: &str) -> Failure {
    let is_one = |line: &&str| line.starts_with("fatal: ") || line.starts_with("error: ");
    let first = complaint.lines().find(is_one).or(complaint.lines().next());
    let first = first.unwrap_or("it ended without an answer");
    let first = first
        .trim_start_matches("fatal: ")
        .trim_start_matches("error: ");
    let has = |text: &str| complaint.contains(text);
    let advice = if has("detected dubious ownership") {
        "; git trusts no folder of another user: its owner, or whoever builds the image, has to say \
         `git config --global --add safe.directory` for this folder"
    } else if has("not a git repository") && has("worktrees/") {
        "; `git worktree repair` mends the link"
    } else if has("not a git repository") {
        "; change into one, or compare two files or folders"
    } else if has("unknown repository extension")
        || has("Expected git repo version")
        || has("invalid value for 'extensions.")
    {
        "; this repository needs a newer git"
    } else if has("from promisor remote") || has("not a tree object") {
        "; this clone has only a part of the history: `git diff --stat OLD NEW` fetches what is missing"
    } else if has("is ambiguous") {
        "; write more digits"
    } else {
        ""
    };
    Failure::new(format!("git: {first}{advice}"))
}

/// A name that fits a tag and a branch.
fn ambiguous(complaint: &str) -> Option<String> {
    let line = complaint
        .lines()
        .find(|line| line.contains("is ambiguous"))?;
    let name = line.split('\'').nth(1)?;
    Some(format!(
        "`{name}` is the name of a tag and of a branch, and the tag was taken: write `refs/heads/{name}` for the branch"
    ))
}

/// Which of these names git does not know.
fn unknown(folder: &Path, names: &[String], is_shallow: bool) -> Failure {
    let asked: String = names.iter().map(|name| format!("{name}\n")).collect();
    let missing = || -> Option<(String, String)> {
        let mut child = start(folder, &["cat-file", "--batch-check"], Stdio::piped()).ok()?;
        child.stdin.take()?.write_all(asked.as_bytes()).ok()?;
        let output = child.wait_with_output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        let line = text
            .lines()
            .find(|line| line.ends_with(" missing") || line.ends_with(" ambiguous"))?;
        let name = line
            .rsplit_once(' ')?
            .0
            .trim_end_matches("^{commit}")
            .to_owned();
        Some((name, errors))
    };
    let (name, errors) = missing().unwrap_or_else(|| (names.join(", "), String::new()));
    let name = name.replace("^{commit}", "");
    Failure::new(if errors.contains("is ambiguous") {
        format!("`{name}` fits several objects of git: write more digits")
    } else if is_shallow {
        format!(
            "`{name}` is not in this clone, which has only the newest commits: fetch more, on GitHub with \
             `fetch-depth: 0` of actions/checkout, on GitLab with `GIT_DEPTH: \"0\"`, elsewhere with `git fetch --unshallow`"
        )
    } else if name == "HEAD" {
        "there is no commit yet to compare with".to_owned()
    } else {
        format!("git knows no revision `{name}`: check its spelling, or `git fetch` it")
    })
}

fn no_base(is_shallow: bool) -> Failure {
    Failure::new(match is_shallow {
        true => {
            "the two revisions have no common ancestor in this clone, which has only the newest commits: \
             fetch more, or compare with two dots"
        }
        false => "the two revisions have no common ancestor: compare with two dots",
    })
}

/// Whether git knows these bytes by this id. Of a repository with longer ids nobody can tell here.
pub fn is_id_of(id: &str, bytes: &[u8]) -> bool {
    let mut hash = Sha1::new();
    hash.update(format!("blob {}\0", bytes.len()).as_bytes());
    hash.update(bytes);
    id == hash.digest().to_string()
}

/// A path as bytes, with slashes.
pub fn bytes_of(path: &Path) -> Vec<u8> {
    let parts: Vec<&[u8]> = path.iter().map(OsStr::as_encoded_bytes).collect();
    parts.join(&b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_git() {
        assert!(is_id_of("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", b""));
        assert!(is_id_of(
            "ce013625030ba8dba906f756967f9e9ca394464a",
            b"hello\n"
        ));
        assert!(!is_id_of(
            "ce013625030ba8dba906f756967f9e9ca394464a",
            b"hello"
        ));
    }

    #[test]
    fn ranges_are_read_and_odd_names_refused() {
        let range = |old: &str, new: Option<&str>, is_of_base| Range {
            old: old.to_owned(),
            new: new.map(str::to_owned),
            is_of_base,
        };
        assert_eq!(Range::of("HEAD"), Ok(range("HEAD", None, false)));
        assert_eq!(Range::of("a..b"), Ok(range("a", Some("b"), false)));
        assert_eq!(Range::of("a...b"), Ok(range("a", Some("b"), true)));
        assert_eq!(Range::of("a..."), Ok(range("a", None, true)));
        for odd in ["", "..b", "a..", "-x", "^HEAD", "a..-b", "a\nb", "...b"] {
            assert!(Range::of(odd).is_err(), "{odd:?}");
        }
    }
}

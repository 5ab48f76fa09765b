//! What is in a folder and not read, and why.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use statewright::config::files::{Choice, is_workflow_file};
use statewright::report::Unread;
use statewright::source::Syntax;

use crate::cli::discovery::config::Configs;
use crate::cli::discovery::gitignore::Origin;
use crate::cli::discovery::walk;
use crate::cli::io::links::link_stays_in;
use crate::cli::io::output::complain;
use crate::cli::io::reading::{open, shown};

/// What of a folder is not read.
pub struct Unchosen {
    /// Files and folders, each with what leaves it out.
    left_out: Vec<(PathBuf, String)>,
    /// Files that are not named as workflow files are.
    others: Vec<PathBuf>,
}

/// How many files are looked into that may be workflows by another name, how much of each, and how
/// many are named.
const MOST_FILES: usize = 100;
const MOST_BYTES: u64 = 4096;
const MOST_NAMES: usize = 5;

impl Unchosen {
    /// What ignore files leave out, so far.
    pub fn of(ignored: Vec<(PathBuf, Origin)>) -> Self {
        let said = |(path, origin): (PathBuf, Origin)| (path, origin.to_string());
        Unchosen {
            left_out: ignored.into_iter().map(said).collect(),
            others: Vec::new(),
        }
    }

    /// Whether the configurations want this file of the folder to be read. It is noted where not.
    pub fn chooses(&mut self, path: &Path, configs: &mut Configs) -> bool {
        match (configs.choice(path), is_workflow_file(path)) {
            (Choice::Checked, _) => return true,
            (Choice::NotNamed, _) => self.others.push(path.to_owned()),
            (choice, true) => self.leave_out(path, why(&choice, path, configs)),
            (_, false) => {}
        }
        false
    }

    /// Notes that this file is not read.
    pub fn leave_out(&mut self, path: &Path, why: String) {
        self.left_out.push((path.to_owned(), why));
    }

    /// Tells everything that is left out.
    pub fn tell(&self) {
        for (path, why) in &self.left_out {
            tell(path, why);
        }
    }

    /// Tells why there is nothing to read in `folder`, and what the report says of it.
    pub fn explain(&self, folder: &Path) -> Unread {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (path, why) in &self.left_out {
            let count = match path.is_dir() && !path.is_symlink() {
                true => walk::count(path, is_workflow_file),
                false => usize::from(is_workflow_file(path)),
            };
            if count > 0 {
                *counts.entry(why).or_default() += count;
            }
        }
        let name = shown(folder);
        let names = "named *.workflow.yaml, *.workflow.yml or *.workflow.toml";
        let (told, reason) = match counts.is_empty() {
            true => (
                format!("no file in {name} is {names}"),
                format!("no file in it is {names}"),
            ),
            false => (
                format!("every workflow file in {name} is left out"),
                "every workflow file in it is left out".to_owned(),
            ),
        };
        complain(&told);
        for (why, count) in counts {
            let (files, are) = match count {
                1 => ("file", "is"),
                _ => ("files", "are"),
            };
            complain(&format!("{count} {files} {are} left out: {why}"));
        }
        self.name_lookalikes(folder);
        Unread {
            path: folder.to_string_lossy().into_owned(),
            reason,
            is_empty: true,
        }
    }

    /// Names the files that say what a workflow says, and are not named so.
    fn name_lookalikes(&self, folder: &Path) {
        let candidates = self.others.iter().take(MOST_FILES);
        let alike: Vec<&PathBuf> = candidates
            .filter(|path| looks_like_a_workflow(path, folder))
            .collect();
        for path in alike.iter().take(MOST_NAMES) {
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            let better = path.with_extension(format!("workflow.{extension}"));
            let better = better.file_name().unwrap_or_default();
            let (path, better) = (shown(path), shown(Path::new(better)));
            complain(&format!("{path} looks like a workflow: name it {better}"));
        }
        if let Some(more @ 1..) = alike.len().checked_sub(MOST_NAMES) {
            complain(&format!("so do {more} more"));
        }
    }
}

/// Tells that a file or a folder is left out.
pub fn tell(path: &Path, why: &str) {
    complain(&format!("left out {}: {why}", shown(path)));
}

/// What leaves out the file at `path`, where its configuration has made this choice.
pub fn why(choice: &Choice, path: &Path, configs: &mut Configs) -> String {
    let by = match choice {
        Choice::Excluded(pattern) => format!("`{pattern}` under `exclude`"),
        _ => "no pattern under `include`".to_owned(),
    };
    format!("{by} in {}", configs.name_of(path))
}

/// Whether the beginning of a file defines states, and something else that a workflow has.
fn looks_like_a_workflow(path: &Path, folder: &Path) -> bool {
    let syntax = Syntax::of_file_name(&path.to_string_lossy());
    let begins = |line: &str, field: &str| match syntax {
        Some(Syntax::Toml) => {
            let line = line.trim_start_matches('[');
            let rest = line.strip_prefix(field).map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with(['=', '.', ']']))
        }
        _ => line
            .strip_prefix(field)
            .is_some_and(|rest| rest.trim_start().starts_with(':')),
    };
    beginning(path, folder).is_some_and(|text| {
        let has = |field: &str| text.lines().any(|line| begins(line, field));
        has("states") && ["workflow", "start", "transitions"].into_iter().any(has)
    })
}

/// The beginning of a file that nobody named; nothing of one that cannot be read or should not be.
fn beginning(path: &Path, folder: &Path) -> Option<String> {
    if path.is_symlink() {
        link_stays_in(path, folder).ok()?;
    }
    let mut bytes = Vec::new();
    let (file, _) = open(path).ok()?;
    file.take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

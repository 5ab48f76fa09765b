//! What `.gitignore` files leave out.
//!
//! Only these files count: nothing of the user's, nothing in `.git`, and nothing above the
//! repository, so that the same files are found on every machine. They come with the repository, so
//! that they are opened and bounded as every other file of a stranger.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gix_glob::Pattern;
use gix_glob::pattern::Case;
use gix_glob::wildmatch::Mode;
use statewright::limits::{Grouped, Limits};

use crate::cli::io::reading::{read_file, shown};

/// The name of the files.
pub const FILE_NAME: &str = ".gitignore";

/// How much ignore files may ask for. Every pattern is tried on every name below its folder, so
/// that what holds for one folder is bounded together: its own file and those above.
#[derive(Clone, Copy)]
struct Bounds {
    patterns: usize,
    bytes: usize,
    /// How many `*` all patterns may have together, and one: each is tried at every place of a path.
    stars: usize,
    stars_of_one: usize,
}

const BOUNDS: Bounds = Bounds {
    patterns: 10_000,
    bytes: 512 * 1024,
    stars: 5000,
    stars_of_one: 16,
};

/// The ignore files that count in a folder.
#[derive(Clone, Default)]
pub struct Rules(Option<Rc<List>>);

/// The patterns of one file, and those of the files above.
struct List {
    above: Option<Rc<List>>,
    /// The file, as messages show it.
    file: PathBuf,
    /// How long the path of its folder is, from the root of the repository.
    base: usize,
    /// Each with the number of its line.
    patterns: Vec<(Pattern, usize)>,
    total: Total,
}

/// What the patterns of a file and of those above come to.
#[derive(Clone, Copy, Default)]
struct Total {
    patterns: usize,
    bytes: usize,
    stars: usize,
}

impl Total {
    /// Why this is too much, where it is.
    fn is_over(&self, most: Bounds) -> Option<String> {
        let limits = [
            (self.patterns, most.patterns, "patterns"),
            (self.bytes, most.bytes, "bytes"),
            (self.stars, most.stars, "stars"),
        ];
        let over = limits.into_iter().find(|(number, most, _)| number > most);
        over.map(|(_, most, what)| {
            let most = Grouped(most);
            format!("it has more than {most} {what}, with those in the folders above")
        })
    }
}

/// Why something is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The pattern as git writes it.
    pub pattern: String,
    pub line: usize,
    pub file: PathBuf,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pattern, line, file) = (&self.pattern, self.line, shown(&self.file));
        write!(f, "`{pattern}` in line {line} of {file}")
    }
}

impl Rules {
    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// These and those of `file`, which is in the folder whose path from the root of the repository
    /// has `base` bytes, and is called `name` in messages.
    pub fn with(
        &self,
        file: &Path,
        name: PathBuf,
        base: usize,
        limits: Limits,
    ) -> io::Result<Rules> {
        // As git: else the links of a repository would show what is outside of it.
        if file.symlink_metadata()?.is_symlink() {
            let message = "it is a link, which git does not follow either";
            return Err(io::Error::other(message));
        }
        let bytes = limits.bytes.min(BOUNDS.bytes);
        let text = read_file(file, Limits { bytes, ..limits })?;
        if text.len() > bytes {
            let bytes = Grouped(bytes);
            return Err(io::Error::other(format!("it has more than {bytes} bytes")));
        }
        self.and(&text, name, base, BOUNDS)
            .map_err(io::Error::other)
    }

    fn and(&self, text: &[u8], file: PathBuf, base: usize, most: Bounds) -> Result<Rules, String> {
        // Git ends the last line before it looks at line ends.
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let above = self.0.clone();
        let mut total = above.as_ref().map_or(Total::default(), |list| list.total);
        total.bytes += text.len();
        let mut patterns = Vec::new();
        for (pattern, line, _) in gix_ignore::parse(text, false) {
            let stars = pattern.text.iter().filter(|byte| **byte == b'*').count();
            if stars > most.stars_of_one {
                let most = most.stars_of_one;
                return Err(format!("line {line} has more than {most} stars"));
            }
            total.patterns += 1;
            total.stars += stars;
            if let Some(why) = total.is_over(most) {
                return Err(why);
            }
            patterns.push((pattern, line));
        }
        if patterns.is_empty() {
            return Ok(self.clone());
        }
        Ok(Rules(Some(Rc::new(List {
            above,
            file,
            base,
            patterns,
            total,
        }))))
    }

    /// Why a file or a folder is left out: `path` is that from the root of the repository, with
    /// slashes. The folders on the way to it are not asked about.
    pub fn leave_out(&self, path: &[u8], is_folder: bool) -> Option<Origin> {
        let mut next = self.0.as_ref();
        while let Some(list) = next {
            let path = path.get(list.base..)?;
            let name = path.iter().rposition(|byte| *byte == b'/');
            let name = name.map(|slash| slash + 1);
            let matches = |(pattern, _): &&(Pattern, usize)| {
                let mode = Mode::NO_MATCH_SLASH_LITERAL;
                let (path, case) = (path.into(), Case::Sensitive);
                pattern.matches_repo_relative_path(path, name, Some(is_folder), case, mode)
            };
            // The last one that matches counts, of the nearest file that has any.
            if let Some((pattern, line)) = list.patterns.iter().rev().find(matches) {
                return (!pattern.is_negative()).then(|| Origin {
                    pattern: pattern.to_string(),
                    line: *line,
                    file: list.file.clone(),
                });
            }
            next = list.above.as_ref();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str, most: Bounds) -> Result<Rules, String> {
        let file = PathBuf::from(FILE_NAME);
        Rules::default().and(text.as_bytes(), file, 0, most)
    }

    #[test]
    fn what_is_asked_for_is_bounded_with_the_files_above() {
        let text = "*.bak\n*.tmp\n";
        let (patterns, bytes, stars, stars_of_one) = (3, 20, 3, 2);
        let most = Bounds {
            patterns,
            bytes,
            stars,
            stars_of_one,
        };
        let rules = rules(text, most).unwrap_or_else(|why| panic!("{why}"));
        let below = |text: &str, most| {
            let file = PathBuf::from("desks/.gitignore");
            rules.and(text.as_bytes(), file, 6, most).err()
        };
        let over = |what: &str| {
            Some(format!(
                "it has more than {what}, with those in the folders above"
            ))
        };
        assert_eq!(below("a\n", most), None);
        assert_eq!(below("*\n", most), None);
        assert_eq!(below("a\nb\n", most), over("3 patterns"));
        assert_eq!(below("aaaaaaaaaaa\n", most), over("20 bytes"));
        assert_eq!(below("**\n", most), over("3 stars"));
        let one = Some("line 2 has more than 2 stars".to_owned());
        assert_eq!(below("\n***\n", most), one);
    }
}

//! Which files are checked where a folder is given.

use std::path::Path;

use globset::{ErrorKind, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::source::Syntax;

/// The files that a configuration asks for.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// Only these; `None` for every file that is named as workflow files are.
    pub include: Option<Vec<Pattern>>,
    /// But none of these.
    pub exclude: Vec<Pattern>,
}

/// A pattern of paths, counted from the configuration's folder: `*` and `?` within a name, `**`
/// over folders. A pattern that names a folder means everything in it.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: String,
    set: GlobSet,
}

/// How long a pattern may be, in bytes. A long one takes long to get ready, and no path is so long.
const LONGEST: usize = 1000;

impl Pattern {
    /// The pattern that is written so, or why it is none.
    pub fn new(written: &str) -> Result<Pattern, String> {
        let pattern = written.strip_prefix("./").unwrap_or(written);
        let pattern = pattern.trim_end_matches('/');
        if pattern.starts_with('!') {
            let why = "no pattern takes another back: `include` says what is checked, `exclude` what is not";
            return Err(why.to_owned());
        }
        if matches!(pattern, "" | ".") && !written.starts_with('/') {
            return Err("it names no file and no folder; `**` names all of them".to_owned());
        }
        if pattern.starts_with('/') || pattern.split('/').any(|part| part == "..") {
            return Err("patterns are relative to the folder of `statewright.toml`".to_owned());
        }
        if pattern.len() > LONGEST {
            return Err(format!("a pattern has at most {LONGEST} bytes"));
        }
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        // A set, though of one: making a matcher of a pattern that is too large would panic.
        let set = glob.and_then(|glob| GlobSetBuilder::new().add(glob).build());
        let written = written.to_owned();
        set.map(|set| Pattern { written, set })
            .map_err(|error| match error.kind() {
                ErrorKind::Regex(_) => "the pattern says too much at once".to_owned(),
                kind => kind.to_string(),
            })
    }

    /// Whether `path`, or a folder that it lies in, is meant.
    fn matches(&self, path: &Path) -> bool {
        let folders = path.ancestors().filter(|p| !p.as_os_str().is_empty());
        folders.into_iter().any(|path| self.set.is_match(path))
    }
}

/// What a configuration says of a file that was found in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It is checked.
    Checked,
    /// It is no workflow file, as far as its name tells.
    NotNamed,
    /// No pattern under `include` asks for it.
    NotIncluded,
    /// This pattern under `exclude` leaves it out.
    Excluded(String),
}

impl Files {
    /// What they say of the file at `path`, counted from the configuration's folder.
    pub fn choice(&self, path: &Path) -> Choice {
        let excludes = |pattern: &&Pattern| pattern.matches(path);
        if let Some(pattern) = self.exclude.iter().find(excludes) {
            return Choice::Excluded(pattern.written.clone());
        }
        match &self.include {
            None if is_workflow_file(path) => Choice::Checked,
            None => Choice::NotNamed,
            Some(patterns) => {
                let name = path.to_string_lossy();
                let readable = Syntax::of_file_name(&name).is_some();
                match readable && patterns.iter().any(|pattern| pattern.matches(path)) {
                    true => Choice::Checked,
                    false => Choice::NotIncluded,
                }
            }
        }
    }
}

/// Whether a file is named as workflow files are: `NAME.workflow.yaml`, `.yml` or `.toml`.
pub fn is_workflow_file(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy());
    let name = name.unwrap_or_default().to_ascii_lowercase();
    let endings = Syntax::ALL.iter().flat_map(|s| s.extensions());
    endings.into_iter().any(|ending| {
        name.strip_suffix(ending)
            .is_some_and(|stem| stem.ends_with(".workflow."))
    })
}

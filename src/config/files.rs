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
pub struct Pattern(GlobSet);

/// How long a pattern may be, in bytes. A long one takes long to get ready, and no path is so long.
const LONGEST: usize = 1000;

impl Pattern {
    /// The pattern that is written so, or why it is none.
    pub fn new(written: &str) -> Result<Pattern, String> {
        let pattern = written.strip_prefix("./").unwrap_or(written);
        let pattern = pattern.trim_end_matches('/');
        if pattern.starts_with('/') || pattern.split('/').any(|part| part == "..") {
            return Err("a pattern counts from the folder of the configuration".to_owned());
        }
        if pattern.len() > LONGEST {
            return Err(format!("a pattern has at most {LONGEST} bytes"));
        }
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        // A set, though of one: making a matcher of a pattern that is too large would panic.
        let set = glob.and_then(|glob| GlobSetBuilder::new().add(glob).build());
        set.map(Pattern).map_err(|error| match error.kind() {
            ErrorKind::Regex(_) => "the pattern says too much at once".to_owned(),
            kind => kind.to_string(),
        })
    }

    /// Whether `path`, or a folder that it lies in, is meant.
    fn matches(&self, path: &Path) -> bool {
        let folders = path.ancestors().filter(|p| !p.as_os_str().is_empty());
        folders.into_iter().any(|path| self.0.is_match(path))
    }
}

impl Files {
    /// Whether the file at `path`, counted from the configuration's folder, is to be checked.
    pub fn contain(&self, path: &Path) -> bool {
        let included = match &self.include {
            None => is_workflow_file(path),
            Some(patterns) => {
                let name = path.to_string_lossy();
                let readable = Syntax::of_file_name(&name).is_some();
                readable && patterns.iter().any(|pattern| pattern.matches(path))
            }
        };
        included && !self.exclude.iter().any(|pattern| pattern.matches(path))
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

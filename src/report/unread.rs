//! What was to be looked at and was not: nothing is known of it, so that no report may look as if there
//! were nothing to tell.

use serde::Serialize;

/// A file or folder that was to be looked at and was not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// What the command line calls it, or where it was met.
    #[serde(rename = "file")]
    pub path: String,
    /// Why, in the words of a report: "no such file or directory".
    pub reason: String,
    /// Whether it is a folder that could be read and holds nothing to check.
    #[serde(skip)]
    pub is_empty: bool,
}

impl Unread {
    /// The whole sentence.
    pub fn message(&self) -> String {
        match self.is_empty {
            true => format!("nothing in `{}` was checked: {}", self.path, self.reason),
            false => format!("cannot read `{}`: {}", self.path, self.reason),
        }
    }

    /// What formats that name the kind of a report call this kind. It is not a code: nobody can change
    /// its level or silence it.
    pub(super) fn kind(&self) -> &'static str {
        match self.is_empty {
            true => "no-workflow-files",
            false => "unreadable-files",
        }
    }
}

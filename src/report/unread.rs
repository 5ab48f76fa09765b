//! What could not be read: nothing is known of it, so that no report may look as if there were
//! nothing to tell.

use serde::Serialize;

/// A file or folder that was to be read and could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// What the command line calls it, or where it was met.
    #[serde(rename = "file")]
    pub path: String,
    /// Why, in the words of a report: "no such file or directory".
    pub reason: String,
}

/// What formats that name the kind of a report call this kind. It is no code: nobody can change its
/// level or silence it.
pub(super) const KIND: &str = "unreadable-files";

impl Unread {
    /// The whole sentence.
    pub fn message(&self) -> String {
        format!("cannot read `{}`: {}", self.path, self.reason)
    }
}

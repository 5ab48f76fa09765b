//! `multiple-documents`: a second YAML document in one file.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::source::Span;

/// See `multiple_documents.md`.
pub static CODE: Code = Code {
    name: "multiple-documents",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "a second YAML document begins in the file",
    page: include_str!("multiple_documents.md"),
};

/// Whether `text`, from its mark on, is another workflow, and not the rest of the one above.
pub(super) fn is_of_its_own(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("workflow:"))
}

/// Whether `text`, from its mark on, is all that is left of the workflow above.
pub(super) fn is_the_rest(text: &str) -> bool {
    let is_mark = |line: &&str| line.starts_with("---") || *line == "...";
    !is_of_its_own(text) && text.lines().filter(is_mark).count() == 1
}

/// The second document begins at `at`.
pub(super) fn report(at: Span) -> Diagnostic {
    Diagnostic::new(
        &CODE,
        "file holds more than one YAML document",
        at,
        "a second document begins here; nothing from here on was read",
    )
    .help(
        "delete this line if it is one workflow, or move the second workflow to a file of its own",
    )
    .note("in YAML, a line of `---` begins another document")
}

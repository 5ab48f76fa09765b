//! `exceeded-limits`: larger, deeper or more than is read.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::{Source, Span};

use super::{MAX_ALIASES, MAX_BYTES, MAX_DEPTH, MAX_REPORTS, place};

/// See `exceeded_limits.md`.
pub static CODE: Code = Code {
    name: "exceeded-limits",
    group: Group::Text,
    level: Level::Deny,
    summary: "the file is larger or deeper than any workflow needs",
    page: include_str!("exceeded_limits.md"),
};

/// The source is too large to be read.
pub(super) fn bytes(source: &Source) -> Diagnostic {
    let (size, most) = (source.text().len(), MAX_BYTES);
    let first = source.text().chars().next().map_or(0, char::len_utf8);
    Diagnostic::new(
        &CODE,
        format!("file has {size} bytes, more than the limit of {most} bytes"),
        place(source, 0..first),
        "nothing of the file was read",
    )
    .help("split the file: one workflow in each")
}

/// Lists and maps lie too deep in each other.
pub(super) fn depth(at: Span) -> Diagnostic {
    Diagnostic::new(
        &CODE,
        format!("lists and maps lie inside each other over the limit of {MAX_DEPTH} levels"),
        at,
        format!("this would be level {}", MAX_DEPTH + 1),
    )
    .help("close the lists and maps that are open here, or write them less deep")
}

/// There are too many uses of aliases.
pub(super) fn aliases(at: Span) -> Diagnostic {
    Diagnostic::new(
        &CODE,
        format!("file uses more aliases than the limit of {MAX_ALIASES}"),
        at,
        "this alias and those after it were not read",
    )
    .help("write the values out, or split the file")
}

/// There are too many mistakes to report each.
pub(super) fn reports(at: Span) -> Diagnostic {
    Diagnostic::new(
        &CODE,
        format!("file has more mistakes in its text than the limit of {MAX_REPORTS}"),
        at,
        "mistakes from here on were not reported",
    )
    .help("correct the reported ones first")
}

/// Lists under `from` and `"*"` make more single transitions than are kept; `at` is where to say
/// what concerns the whole file.
pub fn moves(at: Span, most: usize) -> Diagnostic {
    Diagnostic::new(
        &CODE,
        format!("file makes more single transitions than the limit of {most}"),
        at,
        "not all of its transitions were checked",
    )
    .help("split the file: one workflow in each")
    .note("lists under `from` and `\"*\"` make one transition from each state they stand for")
}

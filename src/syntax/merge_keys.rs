//! `merge-keys`: the YAML 1.1 key `<<`.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::source::Span;

/// See `merge_keys.md`.
pub static CODE: Code = Code {
    name: "merge-keys",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "the key `<<` would copy another map into this one",
    page: include_str!("merge_keys.md"),
};

/// `<<` is written as a key at `at`.
pub(super) fn report(at: Span) -> Diagnostic {
    Diagnostic::new(
        &CODE,
        "key `<<` merges another map into this one",
        at,
        "the entries of this map must stand here",
    )
    .help("write the entries out, or use an alias for each value: `color: *color`")
    .note("`<<` is not part of YAML 1.2, and readers differ in which entry wins")
}

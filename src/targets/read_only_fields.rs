//! `read-only-fields`: a field that only the product sets.

use crate::diagnostic::{Code, Group, Level};

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "read-only-fields",
    group: Group::Targets,
    level: Level::Deny,
    summary: "a field that only the product sets",
    page: include_str!("read_only_fields.md"),
};

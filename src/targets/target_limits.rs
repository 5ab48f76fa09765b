//! `target-limits`: a value longer or larger than the product takes.

use crate::diagnostic::{Code, Group, Level};

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "target-limits",
    group: Group::Targets,
    level: Level::Deny,
    summary: "a value longer or larger than the product takes",
    page: include_str!("target_limits.md"),
};

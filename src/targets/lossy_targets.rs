//! `lossy-targets`: what the product understands is not what the workflow says. Reported by the rows
//! of [`super::losses`].

use crate::diagnostic::{Code, Group, Level};

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "lossy-targets",
    since: "0.1.0",
    group: Group::Targets,
    level: Level::Warn,
    summary: "something that means something else in the product, or nothing",
    page: include_str!("lossy_targets.md"),
};

//! `target-collisions`: two states that become one in the product.

use crate::diagnostic::{Code, Group, Level};

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "target-collisions",
    group: Group::Targets,
    level: Level::Deny,
    summary: "two states that become one in the product",
    page: include_str!("target_collisions.md"),
};

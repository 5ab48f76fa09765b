//! `invalid-yaml`: the text is not YAML. What is said about its slips stands in `slips`.

use crate::diagnostic::{Code, Group, Level, Stops};

/// See `invalid_yaml.md`.
pub static CODE: Code = Code {
    name: "invalid-yaml",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Reading),
    summary: "the file is not YAML",
    page: include_str!("invalid_yaml.md"),
};

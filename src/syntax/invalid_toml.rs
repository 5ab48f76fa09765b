//! `invalid-toml`: the text is not TOML. What is said about its slips stands in `slips`.

use crate::diagnostic::{Code, Group, Level, Stops};

/// See `invalid_toml.md`.
pub static CODE: Code = Code {
    name: "invalid-toml",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Reading),
    summary: "the file is not TOML",
    page: include_str!("invalid_toml.md"),
};

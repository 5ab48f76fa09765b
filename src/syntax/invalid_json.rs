//! `invalid-json`: the text is not JSON. What is said about its slips stands in `slips`.

use crate::diagnostic::{Code, Group, Level, Stops};

/// See `invalid_json.md`.
pub static CODE: Code = Code {
    name: "invalid-json",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Reading),
    summary: "the text to import is not JSON",
    page: include_str!("invalid_json.md"),
};

//! `tightened-transitions`: a move asks what it did not.

use super::asked::{self, Asks};
use super::{Changed, Rule};
use crate::diagnostic::{Code, Diagnostics, Group, Level};

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "tightened-transitions",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Warn,
    summary: "a transition that asks for more than it did",
    page: include_str!("tightened_transitions.md"),
};

/// Looks for a note, a field, a role or a condition that was not asked.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(changed: &Changed, out: &mut Diagnostics) {
    asked::check(changed, &CODE, out, |what, asks| match asks {
        Asks::More(more) => Some((
            format!("{what} {more}"),
            "scripts and people that make it as before fail here",
            "tell those who make it, and change scripts that do".to_owned(),
        )),
        Asks::Less(_) => None,
    });
}

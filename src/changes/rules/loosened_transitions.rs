//! `loosened-transitions`: a move no longer asks what guarded it.

use super::asked::{self, Asks};
use super::{Changed, Rule};
use crate::diagnostic::{Code, Diagnostics, Group, Level};

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "loosened-transitions",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Warn,
    summary: "a transition that no longer asks what guarded it",
    page: include_str!("loosened_transitions.md"),
};

/// Looks for a note, a field, a role or a condition that is gone.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(changed: &Changed, out: &mut Diagnostics) {
    asked::check(changed, &CODE, out, |what, asks| match asks {
        Asks::Less(less) => Some((
            format!("{what} {less}"),
            "what guarded it is gone",
            "ask for it again, unless it is meant to be free".to_owned(),
        )),
        Asks::More(_) => None,
    });
}

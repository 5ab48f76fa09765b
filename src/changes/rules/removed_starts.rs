//! `removed-starts`: tickets can no longer begin in a state.

use super::{Changed, Rule};
use crate::changes::pairing::Side;
use crate::changes::walks::Steps;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::StateId;
use crate::hashing::HashMap;
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "removed-starts",
    since: "0.1.0",
    group: Group::Changes,
    level: Level::Warn,
    summary: "a state in which tickets can no longer begin",
    page: include_str!("removed_starts.md"),
};

/// Looks at the start states of the old version. One that is gone is left to `removed-states`.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(changed: &Changed, out: &mut Diagnostics) {
    let pair = &changed.difference.pair;
    let new = changed.now();
    if new.doubts.start || pair.new.start_states().is_empty() {
        return;
    }
    let steps = Steps::of(pair, Side::New);
    let starts = pair.old.starts().iter().rev();
    let starts = starts.filter_map(|start| Some((pair.old.meant(start.value)?, start.span)));
    let place_of: HashMap<StateId, Span> = starts.collect();
    for old in pair.old.start_states() {
        let Some(id) = pair.new_of(old).filter(|id| !steps.begin_in(id.0)) else {
            continue;
        };
        out.push_made(&CODE, || {
            let name = pair.new.name(id);
            let report = Diagnostic::new(
                &CODE,
                format!("tickets can no longer begin in state `{name}`"),
                new.start_span.unwrap_or(new.place),
                format!("`{name}` is not among these"),
            )
            .help(format!(
                "add `{name}` to `start`, or change what creates tickets there"
            ))
            .note("forms, mails and scripts that create tickets in this state fail");
            super::before(report, place_of.get(&old).copied(), "they began here")
        });
    }
}

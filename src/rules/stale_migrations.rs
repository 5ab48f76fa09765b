//! `stale-migrations`: where tickets of a state go that is not removed.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "stale-migrations",
    since: "0.1.0",
    group: Group::States,
    level: Level::Warn,
    summary: "a state that is there, and still has an entry under `migrate`",
    page: include_str!("stale_migrations.md"),
};

/// Looks for entries of `migrate` about states that there are.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    for entry in &resolved.workflow().migrate {
        let Some(id) = resolved.find(&entry.from.value) else {
            continue;
        };
        out.push_made(&CODE, || {
            let name = &entry.from.value;
            let message = format!("state `{name}` is there, and `migrate` sends its tickets away");
            Diagnostic::new(&CODE, message, entry.from.span, "not a removed state")
                .label(resolved.state(id).name.span, "the state is defined here")
                .help(format!("delete the entry of `{name}` under `migrate`"))
        });
    }
}

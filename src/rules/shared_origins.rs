//! `shared-origins`: two states that say they had the same name at first.

use std::collections::hash_map::Entry;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::Resolved;
use crate::hashing::HashMap;
use crate::model::State;
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "shared-origins",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "two states with one oldest name",
    page: include_str!("shared_origins.md"),
};

/// Looks at the oldest name of each state: the last under `was`, or its own.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let states = &resolved.workflow().states;
    if states.iter().all(|state| state.details.is_none()) {
        return;
    }
    let mut first_of: HashMap<&str, &State> = HashMap::default();
    for state in states {
        match first_of.entry(state.oldest_name().value.as_str()) {
            Entry::Occupied(first) => out.push_made(&CODE, || report(first.get(), state)),
            Entry::Vacant(place) => {
                place.insert(state);
            }
        }
    }
}

fn report(first: &State, second: &State) -> Diagnostic {
    let (one, other) = (&first.name.value, &second.name.value);
    let oldest = &second.oldest_name().value;
    let message = format!("states `{one}` and `{other}` both have the oldest name `{oldest}`");
    let said = |state: &State| match state.oldest_name().span == state.name.span {
        true => "this state has the name and says no older one",
        false => "this state had it at first",
    };
    let (later, earlier) = (second.oldest_name().span, first.oldest_name().span);
    let report = Diagnostic::new(&CODE, message, later, said(second)).label(earlier, said(first));
    match (one == oldest, other == oldest) {
        (true, _) => report.help(format!(
            "add `was` to `{one}` with an oldest name of its own"
        )),
        (_, true) => report.help(format!(
            "add `was` to `{other}` with an oldest name of its own"
        )),
        _ => report.help("give each of the two an oldest name of its own at the end of `was`"),
    }
    .note("ids and versions are told apart by the oldest name, so it cannot belong to two states")
}

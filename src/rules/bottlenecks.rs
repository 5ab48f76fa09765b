//! `bottlenecks`: the states that every ticket goes through.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::model::Category;
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "bottlenecks",
    since: "0.1.0",
    group: Group::Walks,
    level: Level::Allow,
    summary: "a state that every ticket passes before it is closed",
    page: include_str!("bottlenecks.md"),
};

/// Asks what every walk from start to closed passes. Off until asked for: most workflows have
/// such states, and should.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    if resolved.reached_from_start().is_none() || !resolved.knows_all_ways_out() {
        return;
    }
    let found = bottlenecks(resolved);
    if !found.is_empty() {
        out.push(report(resolved, &found));
    }
}

/// In the order in which they are passed. The only start state and the only closed state say
/// nothing: where else should a walk begin or end.
fn bottlenecks(resolved: &Resolved) -> Vec<StateId> {
    let starts = resolved.start_states();
    let closed: Vec<StateId> = resolved
        .states()
        .filter(|(_, s)| s.is(Category::Closed))
        .map(|(id, _)| id)
        .collect();
    let mut passed = resolved.always_passed(&starts, &closed);
    passed.retain(|id| [*id] != *starts && [*id] != *closed);
    passed
}

fn report(resolved: &Resolved, found: &[StateId]) -> Diagnostic {
    let names = suggest::phrase_up_to(&resolved.names(found), 4);
    let states = if found.len() == 1 { "state" } else { "states" };
    let place = |id: StateId| resolved.state(id).name.span;
    let report = Diagnostic::new(
        &CODE,
        format!("{states} {names}: every ticket passes here before it is closed"),
        place(found[0]),
        "no walk to a closed state leads around this state",
    );
    let places = found.iter().skip(1).map(|id| place(*id));
    let report = report.each(places, MOST_LABELS, "nor around this one");
    report
        .help("add a transition that leads around, where not every ticket belongs here")
        .note("when work stops here, it stops for all tickets")
}

const MOST_LABELS: usize = 6;

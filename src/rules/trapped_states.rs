//! `trapped-states`: tickets go round and round and are never closed.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Move, Resolved, StateId};
use crate::model::Category;
use crate::rules::Rule;
use crate::rules::ends::{Ends, only_pauses};
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "trapped-states",
    since: "0.1.0",
    group: Group::Walks,
    level: Level::Warn,
    summary: "states from which no closed state can be reached",
    page: include_str!("trapped_states.md"),
};

/// Looks at where tickets end that are never closed.
///
/// Left to others: a single state without a way out that is not final (`dead-ends`), states that
/// only pause the clock (`stuck-waiting`), workflows without a closed state.
pub const RULE: Rule = Rule { code: &CODE, check };

/// States that tickets come to and cannot leave for a closed one.
struct Trap<'e> {
    members: &'e [StateId],
    /// States outside from which every walk leads here.
    only_lead_here: &'e [StateId],
}

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    if !resolved.may_close() {
        return;
    }
    let Some(ends) = Ends::of(resolved) else {
        return;
    };
    let mut states = resolved.states();
    let closed = states.find(|(_, s)| s.is(Category::Closed));
    let ways = Ways {
        closes: &ends.closes,
        closed: closed.map_or(String::new(), |(_, s)| format!("`{}`", s.name.value)),
    };
    for (members, only_lead_here) in ends.sets.iter().zip(&ends.feeders) {
        if is_trap(resolved, members) {
            let trap = Trap {
                members,
                only_lead_here,
            };
            out.push_made(&CODE, || report(resolved, &trap, &ways));
        }
    }
}

/// What a report tells about ways out of a trap.
struct Ways<'c> {
    /// For each state, whether it leads to a closed one.
    closes: &'c [bool],
    /// The first closed state, in backticks.
    closed: String,
}

fn is_trap(resolved: &Resolved, set: &[StateId]) -> bool {
    match set {
        [one] if !resolved.has_way_out(*one) => resolved.state(*one).is_final(),
        _ => !only_pauses(resolved, set),
    }
}

fn report(resolved: &Resolved, trap: &Trap<'_>, ways: &Ways<'_>) -> Diagnostic {
    let report = match trap.members {
        [one] if !resolved.has_way_out(*one) => report_final(resolved, *one),
        members => report_loop(resolved, members, ways),
    };
    let feeders = suggest::phrase_up_to(&resolved.names(trap.only_lead_here), 4);
    match trap.only_lead_here.is_empty() {
        true => report,
        false => report
            .note(format!("every way from {feeders} leads here, too"))
            .each(
                resolved.places(trap.only_lead_here),
                0,
                "every way from here leads into it",
            ),
    }
}

fn report_final(resolved: &Resolved, id: StateId) -> Diagnostic {
    let state = resolved.state(id);
    let name = &state.name.value;
    let report = Diagnostic::new(
        &CODE,
        format!("final state `{name}` is not closed"),
        state.name.span,
        "tickets end here and are never closed",
    );
    let Some(category) = state.category else {
        return report;
    };
    report
        .label(category.span, "the clock does not stop in this category")
        .help(format!(
            "change `category` of state `{name}` to `closed`, or delete `final` and add a transition"
        ))
}

fn report_loop(resolved: &Resolved, members: &[StateId], ways: &Ways<'_>) -> Diagnostic {
    let names = suggest::phrase_up_to(&resolved.names(members), 4);
    let place = |id: StateId| resolved.state(id).name.span;
    let way_in = way_in(resolved, members, ways.closes);
    let first = way_in.and_then(|m| resolved.meant(m.to));
    let first = first.unwrap_or(members[0]);
    let mut report = Diagnostic::new(
        &CODE,
        match members.len() {
            1 => format!("state {names} never leads to a closed state"),
            _ => format!("states {names} never lead to a closed state"),
        },
        place(first),
        "tickets that come here are never closed",
    );
    let places = members
        .iter()
        .filter(|id| **id != first)
        .map(|id| place(*id));
    report = report.each(places, MOST_LABELS, "trapped, too");
    if let Some(step) = way_in {
        let transition = resolved.transition(step);
        report = report.label(transition.place(), "tickets come in by this transition");
    }
    let closed = &ways.closed;
    let from = resolved.name(first);
    let back = way_in.and_then(|m| resolved.meant(m.from));
    report.help(match back.map(|id| resolved.name(id)) {
        Some(back) if format!("`{back}`") != *closed => {
            format!("add a transition from `{from}` back to `{back}`, or on to {closed}")
        }
        _ => format!("add a transition from `{from}` to {closed}"),
    })
}

const MOST_LABELS: usize = 6;

/// The first move into the trap from a state that leads to a closed one: its way back would
/// free the trap.
fn way_in<'r>(resolved: &'r Resolved, members: &[StateId], closes: &[bool]) -> Option<&'r Move> {
    let good = |m: &&Move| resolved.meant(m.from).is_some_and(|f| closes[f.index()]);
    members
        .iter()
        .find_map(|id| resolved.moves_to(*id).find(good))
}

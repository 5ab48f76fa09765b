//! `ambiguous-transitions`: one name, one state, two ways to go.

use crate::hashing::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Move, Place, Resolved, StateId};
use crate::model::{From, Start, Transition};
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "ambiguous-transitions",
    group: Group::States,
    level: Level::Deny,
    summary: "one transition name that leads to two states",
    page: include_str!("ambiguous_transitions.md"),
};

/// Compares moves, so that lists under `from` and `"*"` are spelt out; and ways to start.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    for (first, second) in starts(resolved) {
        out.push_made(&CODE, || report_starts(first, second));
    }
    for clash in clashes(resolved) {
        out.push_made(&CODE, || report(resolved, &clash));
    }
}

/// Two transitions of one name that lead from the same states to different ones.
struct Clash {
    first: usize,
    second: usize,
    /// The states that both begin in.
    from: Vec<StateId>,
}

/// Moves between misspelt names do not count: how they are meant is open.
fn clashes(resolved: &Resolved) -> Vec<Clash> {
    if !resolved.has_namesakes() {
        return Vec::new();
    }
    let mut first_of: HashMap<(&str, StateId), &Move> = HashMap::default();
    let mut seen = HashSet::default();
    let mut found = Vec::new();
    for step in resolved.moves() {
        let Some((from, to)) = resolved.exact(step) else {
            continue;
        };
        let label = resolved.transition(step).label();
        let first = *first_of.entry((label, from)).or_insert(step);
        // The same move again is a duplicate and no second clash.
        if first.to != step.to && seen.insert((label, from, to)) {
            found.push((first.transition, step.transition, from));
        }
    }
    found.sort_unstable_by_key(|(first, second, from)| (*second, *first, *from));
    found
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .map(|chunk| Clash {
            first: chunk[0].0,
            second: chunk[0].1,
            from: chunk.iter().map(|(_, _, from)| *from).collect(),
        })
        .collect()
}

/// Starts of one name in different states, each later one with the first. One without a name has
/// that of its state.
fn starts(resolved: &Resolved) -> Vec<(&Start, &Start)> {
    let mut first_of: HashMap<&str, (StateId, &Start)> = HashMap::default();
    let mut seen = HashSet::default();
    let mut found = Vec::new();
    for (start, place) in resolved.workflow().start.iter().zip(resolved.starts()) {
        let Place::State(state) = place.value else {
            continue;
        };
        let (first_state, first) = *first_of.entry(start.label()).or_insert((state, start));
        // The same start again is a duplicate and no second clash.
        if first_state != state && seen.insert((start.label(), state)) {
            found.push((first, start));
        }
    }
    found
}

fn report_starts(first: &Start, second: &Start) -> Diagnostic {
    let message = format!(
        "`{}` starts tickets both in `{}` and in `{}`",
        second.label(),
        first.to.value,
        second.to.value
    );
    Diagnostic::new(&CODE, message, second.to.span, "starts them here")
        .label(first.to.span, "and here under the same name")
        .help("give one of the two another name")
}

fn report(resolved: &Resolved, clash: &Clash) -> Diagnostic {
    let transitions = &resolved.workflow().transitions;
    let (first, second) = (&transitions[clash.first], &transitions[clash.second]);
    let from = suggest::phrase_up_to(&resolved.names(&clash.from), 3);
    let to = |t: &Transition| {
        t.to.as_ref()
            .map_or(String::new(), |to| to.value.to_string())
    };
    let message = format!(
        "transition `{}` leads from {from} to both `{}` and `{}`",
        second.label(),
        to(first),
        to(second)
    );
    let place = |t: &Transition| t.to.as_ref().map_or(t.place(), |to| to.span);
    let starred = |t: &Transition| matches!(t.from, Some(From::Every { .. }));
    let report = Diagnostic::new(&CODE, message, place(second), "leads here")
        .label(place(first), "and here under the same name")
        .each(resolved.places(&clash.from), 0, "both lead from this state");
    match starred(first) != starred(second) {
        true => report.help(format!(
            "give one of the two another name, or add {from} to `except` of the one from `\"*\"`"
        )),
        false => report.help("give one of the two another name"),
    }
    .note("people who choose the transition cannot tell where it leads")
}

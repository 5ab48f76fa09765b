//! `ambiguous-transitions`: one name, one state, two ways to go.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{FirstBy, Place, Resolved, StateId, condition};
use crate::hashing::HashSet;
use crate::language::transition::OTHERWISE;
use crate::model::{From, Start, Transition};
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "ambiguous-transitions",
    since: "0.1.0",
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
    let moves = resolved.moves();
    let is_plain = resolved
        .workflow()
        .transitions
        .iter()
        .all(|t| t.details.is_none());
    let mut alike = Alike::new(is_plain);
    let mut seen = HashSet::default();
    let mut found = Vec::new();
    for (index, step) in moves.iter().enumerate() {
        let Some((from, to)) = resolved.exact(step) else {
            continue;
        };
        let transition = resolved.transition(step);
        // The same move again is a duplicate and no second clash.
        if let Some(first) = alike.first(from, to, transition)
            && seen.insert((transition.label(), from, to, condition(transition)))
        {
            found.push((moves[first].transition, step.transition, from));
        }
        alike.add(from, to, transition, index);
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

/// Moves of one name from one state, of which nothing says which is meant: one person may make both, and
/// their conditions are the same, or one has none.
struct Alike<'r> {
    on: FirstBy<'r, (&'r str, StateId, Option<Cow<'r, str>>), StateId>,
    on_any_condition: FirstBy<'r, (&'r str, StateId), StateId>,
    has_conditions: bool,
}

impl<'r> Alike<'r> {
    fn new(is_plain: bool) -> Self {
        Alike {
            on: FirstBy::with_capacity(0, is_plain),
            on_any_condition: FirstBy::with_capacity(0, is_plain),
            has_conditions: !is_plain,
        }
    }

    /// The first move from there beside that of `transition`.
    fn first(&self, from: StateId, to: StateId, transition: &'r Transition) -> Option<usize> {
        let label = transition.label();
        let on = |condition| {
            let key = (label, from, condition);
            self.on.elsewhere(&key, transition, to)
        };
        match condition(transition) {
            None if !self.has_conditions => on(None),
            None => {
                let key = (label, from);
                self.on_any_condition.elsewhere(&key, transition, to)
            }
            some => [on(some), on(None)].into_iter().flatten().min(),
        }
    }

    fn add(&mut self, from: StateId, to: StateId, transition: &'r Transition, index: usize) {
        let label = transition.label();
        let key = (label, from, condition(transition));
        self.on.add(key, transition, index, to);
        if self.has_conditions {
            self.on_any_condition
                .add((label, from), transition, index, to);
        }
    }
}

/// Starts of one name in different states, each later one with the first. One without a name has
/// that of its state.
fn starts(resolved: &Resolved) -> Vec<(&Start, &Start)> {
    let starts = &resolved.workflow().start;
    let mut first_of = FirstBy::with_capacity(starts.len(), false);
    let mut seen = HashSet::default();
    let mut found = Vec::new();
    for (index, (start, place)) in starts.iter().zip(resolved.starts()).enumerate() {
        let Place::State(state) = place.value else {
            continue;
        };
        let label = start.label();
        // The same start again is a duplicate and no second clash.
        if let Some(first) = first_of.elsewhere(&label, start, state)
            && seen.insert((label, state))
        {
            found.push((&starts[first], start));
        }
        first_of.add(label, start, index, state);
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

fn otherwise(to: &str) -> String {
    format!("add `when: {OTHERWISE}` to the one that leads to `{to}`, or give it another name")
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
    let (has_one, has_other) = (
        first.details().when.is_some(),
        second.details().when.is_some(),
    );
    match (starred(first) != starred(second), has_one, has_other) {
        (true, ..) => report.help(format!(
            "give one of the two another name, or add {from} to `except` of the one from `\"*\"`"
        )),
        (false, true, false) => report.help(otherwise(&to(second))),
        (false, false, true) => report.help(otherwise(&to(first))),
        (false, true, true) => {
            report.help("give one of the two another condition, or another name")
        }
        (false, false, false) => report
            .help("give one of the two another name, or tell them apart by `when` or by `who`"),
    }
    .note("people who choose the transition cannot tell where it leads")
}

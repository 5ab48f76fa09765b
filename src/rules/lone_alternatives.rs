//! `lone-alternatives`: `when: otherwise`, and nothing that it could be the rest of.

use std::collections::hash_map::Entry;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, condition};
use crate::hashing::HashMap;
use crate::language::transition::OTHERWISE;
use crate::model::Transition;
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "lone-alternatives",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "an `otherwise` without another condition beside it",
    page: include_str!("lone_alternatives.md"),
};

/// Looks for another condition among the moves of the same name out of the same state, and for one that
/// happens by itself, among all of these.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let transitions = &resolved.workflow().transitions;
    let is_rest = |t: &Transition| condition(t).is_some_and(|condition| condition == OTHERWISE);
    let rests: Vec<bool> = transitions.iter().map(|t| is_rest(t)).collect();
    if !rests.contains(&true) || resolved.workflow().doubts.transitions {
        return;
    }
    // For each state and name, whether a move has a condition of its own.
    let mut has_other = HashMap::default();
    let key = |transition: &'_ Transition| match transition.is_automatic() {
        true => None,
        false => Some(transition.label().to_owned()),
    };
    for step in resolved.moves() {
        let transition = resolved.transition(step);
        let is_other = condition(transition).is_some() && !rests[step.transition];
        for key in [Some(transition.label().to_owned()), key(transition)] {
            match has_other.entry((step.from, key)) {
                Entry::Occupied(mut known) => *known.get_mut() |= is_other,
                Entry::Vacant(place) => {
                    place.insert(is_other);
                }
            }
        }
    }
    let mut reported = vec![false; transitions.len()];
    for step in resolved
        .moves()
        .iter()
        .filter(|step| rests[step.transition])
    {
        let transition = resolved.transition(step);
        let keys = [Some(transition.label().to_owned()), key(transition)];
        let has_other = keys.into_iter().any(|key| has_other[&(step.from, key)]);
        if !has_other && !std::mem::replace(&mut reported[step.transition], true) {
            let from = resolved.meant(step.from).map_or("", |id| resolved.name(id));
            out.push_made(&CODE, || report(transition, from));
        }
    }
}

fn report(transition: &Transition, from: &str) -> Diagnostic {
    let label = transition.label();
    let message =
        format!("transition `{label}` from `{from}` is for the rest, and there is nothing else");
    let when = transition.details().when.as_ref();
    let place = when.map_or(transition.place(), |when| when.span);
    Diagnostic::new(
        &CODE,
        message,
        place,
        "no other condition stands beside this one",
    )
    .help(format!(
        "delete `when`, or add a transition `{label}` from `{from}` with a condition of its own"
    ))
    .note("`otherwise` is where no other condition of a transition of this name holds")
}

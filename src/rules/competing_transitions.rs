//! `competing-transitions`: two automatic transitions out of one state, and nothing tells which happens.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, condition};
use crate::hashing::{HashMap, HashSet};
use crate::language::transition::OTHERWISE;
use crate::model::Transition;
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "competing-transitions",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "automatic transitions of which nothing says which happens",
    page: include_str!("competing_transitions.md"),
};

/// Compares moves of other names: those of one name are for `ambiguous-transitions` and
/// `duplicate-transitions`.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let transitions = &resolved.workflow().transitions;
    if !transitions.iter().any(|t| t.is_automatic()) {
        return;
    }
    let time = |t: &Transition| t.details().after.as_ref().map_or(0, |after| after.minutes);
    // The first move at a time of a condition, and of any, with the first of another name.
    let mut first = HashMap::default();
    let mut seen = HashSet::default();
    for step in resolved.moves() {
        let transition = resolved.transition(step);
        let Some((from, _)) = resolved.exact(step).filter(|_| transition.is_automatic()) else {
            continue;
        };
        let (label, when) = (transition.label(), condition(transition));
        let at = (from, time(transition));
        let known = |when| {
            let known: &[Option<usize>; 2] = first.get(&(at, when))?;
            let is_other = |index: &usize| transitions[*index].label() != label;
            known.iter().flatten().copied().find(is_other)
        };
        let other = match &when {
            None => known(None),
            Some(_) => known(Some(when.clone())).or_else(|| known(Some(None))),
        };
        if let Some(other) = other
            && seen.insert((other, step.transition))
        {
            out.push_made(&CODE, || {
                report(resolved.name(from), &transitions[other], transition)
            });
        }
        for key in [None, Some(when)] {
            let known = first
                .entry((at, key))
                .or_insert([Some(step.transition), None]);
            let first = known[0].map_or(label, |index| transitions[index].label());
            if first != label && known[1].is_none() {
                known[1] = Some(step.transition);
            }
        }
    }
}

fn report(from: &str, first: &Transition, second: &Transition) -> Diagnostic {
    let (one, other) = (first.label(), second.label());
    let message = format!("`{one}` and `{other}` both happen by themselves in `{from}`");
    let report = Diagnostic::new(&CODE, message, second.place(), "at the same time")
        .label(first.place(), "as this one");
    let (has_one, has_other) = (
        first.details().when.is_some(),
        second.details().when.is_some(),
    );
    match (has_one, has_other) {
        (true, false) => report.help(format!("add `when: {OTHERWISE}` to `{other}`")),
        (false, true) => report.help(format!("add `when: {OTHERWISE}` to `{one}`")),
        (true, true) => report.help("give one of the two another condition"),
        (false, false) => report.help("say in `when` on which condition each of them happens"),
    }
    .note("a ticket can only go one way, and nothing says which")
}

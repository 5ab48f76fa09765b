//! `vacuous-expectations`: a promise that no workflow could break.

use super::{Claim, claims, mention, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "vacuous-expectations",
    group: Group::Promises,
    level: Level::Warn,
    summary: "a promise that holds whatever the transitions are",
    page: include_str!("vacuous_expectations.md"),
};

/// Looks for walks that are over where they begin: then the transitions do not matter. A promise
/// about a state that cannot be reached holds for nothing, too, but `unreachable-states` says so.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let doubts = resolved.workflow().doubts;
    if doubts.states {
        return;
    }
    // Where mistakes leave open where walks begin, no promise is idle for it.
    let starts = resolved.start_states();
    let starts = resolved.reached_from_start().map(|_| starts);
    for (index, claim) in claims(resolved).iter().enumerate() {
        let idle = |claim| idle(resolved, starts.as_deref(), claim);
        if let Some(idle) = claim.as_ref().and_then(idle) {
            out.push_made(&CODE, || report(resolved, index, &idle));
        }
    }
}

/// Why a promise cannot be broken.
enum Idle {
    /// Every start state is one that the walks go through.
    StartPasses(Vec<StateId>),
    /// Every state that is not to be reached otherwise is one that the walks go through.
    PassesItself(Vec<StateId>),
    /// Every walk begins where it should arrive.
    StartReaches(Vec<StateId>),
}

fn idle(resolved: &Resolved, starts: Option<&[StateId]>, claim: &Claim) -> Option<Idle> {
    let count = resolved.workflow().states.len();
    let within = |inner: &[StateId], outer: &[StateId]| {
        let mut set = vec![false; count];
        outer.iter().for_each(|id| set[id.index()] = true);
        inner.iter().all(|id| set[id.index()])
    };
    match claim {
        Claim::Pass { pass, before } => {
            if within(before, pass) {
                return Some(Idle::PassesItself(before.clone()));
            }
            let starts = starts.filter(|starts| within(starts, pass))?;
            Some(Idle::StartPasses(starts.to_vec()))
        }
        Claim::Reach { reach, from } => {
            let all = || resolved.states().map(|(id, _)| id).collect();
            let from = from.clone().unwrap_or_else(all);
            within(&from, reach).then_some(Idle::StartReaches(from))
        }
        _ => None,
    }
}

fn report(resolved: &Resolved, index: usize, idle: &Idle) -> Diagnostic {
    let expectation = &resolved.workflow().expect[index];
    let (states, why) = match idle {
        Idle::StartPasses(states) => (states, "every walk begins in"),
        Idle::PassesItself(states) => (states, "it asks to pass through"),
        Idle::StartReaches(states) => (states, "its walks already begin in"),
    };
    let names = suggest::phrase_up_to(&resolved.names(states), 3);
    let end = match idle {
        Idle::PassesItself(_) => " before itself",
        _ => "",
    };
    let place = mention(resolved, index, 0, states[0]).map_or(expectation.place, |n| n.span);
    let word = word(expectation);
    Diagnostic::new(
        &CODE,
        format!("promise `{word}` cannot be broken: {why} {names}{end}"),
        place,
        "holds whatever the transitions are",
    )
    .each(resolved.places(states), 0, "one of these states")
    .help("name the state that is meant, or delete the promise")
}

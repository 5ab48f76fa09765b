//! `vacuous-expectations`: a promise that no workflow could break.

use super::contradicting_expectations::Tickets;
use super::{Claim, claims, mention, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "vacuous-expectations",
    since: "0.1.0",
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
    let (starts, reached) = (resolved.start_states(), resolved.reached_from_start());
    let tickets = reached.is_some().then(|| Tickets {
        resolved,
        starts: &starts,
        reached: reached.as_deref(),
    });
    for (index, claim) in claims(resolved).iter().enumerate() {
        let idle = |claim: &Claim| claim.kind.idle(resolved, tickets.as_ref(), claim);
        if let Some(idle) = claim.as_ref().and_then(idle) {
            out.push_made(&CODE, || report(resolved, index, &idle));
        }
    }
}

/// Why a promise cannot be broken.
pub(super) struct Idle {
    /// The states that make it so; none where no state does.
    pub states: Vec<StateId>,
    /// What is said before their names: "every walk begins in".
    pub why: &'static str,
    /// And after them.
    pub end: &'static str,
}

/// Whether each state of `inner` is one of `outer`.
pub(super) fn is_within(resolved: &Resolved, inner: &[StateId], outer: &[StateId]) -> bool {
    let mut set = vec![false; resolved.workflow().states.len()];
    outer.iter().for_each(|id| set[id.index()] = true);
    inner.iter().all(|id| set[id.index()])
}

fn report(resolved: &Resolved, index: usize, idle: &Idle) -> Diagnostic {
    let expectation = &resolved.workflow().expect[index];
    let Idle { states, why, end } = idle;
    let named = states
        .first()
        .and_then(|id| mention(resolved, index, 0, *id));
    let place = named.map_or(expectation.place, |name| name.span);
    let message = format!("promise `{}` cannot be broken: {why}", word(expectation));
    let label = "holds whatever the transitions are";
    if states.is_empty() {
        return Diagnostic::new(&CODE, message, place, label)
            .help("say `who` of the transitions that are meant, or delete the promise");
    }
    let names = suggest::phrase_up_to(&resolved.names(states), 3);
    Diagnostic::new(&CODE, format!("{message} {names}{end}"), place, label)
        .each(resolved.places(states), 0, "one of these states")
        .help("name the state that is meant, or delete the promise")
}

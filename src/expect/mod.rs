//! The promises that an author writes under `expect`: their proofs and counterexamples.
//!
//! A promise is proved or refuted for all walks at once, by searches that are linear in states
//! and moves; each refutation is the shortest there is. What rests on names or parts that could
//! not be read is neither proved nor refuted: that is reported already.

use crate::diagnostic::{Diagnostics, Levels};
use crate::graph::{Resolved, StateId, promised_states};
use crate::model::{Expectation, Promise, Text};
use crate::rules::{self, Rule};

pub mod broken_expectations;
pub mod contradicting_expectations;
mod proof;
pub mod vacuous_expectations;

#[cfg(test)]
mod tests;

/// Every check of promises, in the order of the catalogue.
pub const ALL: &[Rule] = &[
    broken_expectations::RULE,
    vacuous_expectations::RULE,
    contradicting_expectations::RULE,
];

/// How many states and moves the searches for all promises of a workflow may pass: a second's
/// work. A workflow of 100 states and 200 transitions may have 300,000 promises.
pub const MAX_STEPS: usize = 100_000_000;

/// Runs every check of promises that `levels` does not allow away, on those that are
/// [looked at](looked_at).
pub fn check(resolved: &Resolved, levels: &Levels, out: &mut Diagnostics) {
    if !resolved.workflow().expect.is_empty() {
        rules::run(ALL, resolved, levels, out);
    }
}

/// How many of the promises are checked, from the first on: as many as [`MAX_STEPS`] allows,
/// whatever their searches find.
pub fn looked_at(resolved: &Resolved) -> usize {
    let workflow = resolved.workflow();
    let search = workflow.states.len() + resolved.moves().len();
    let names = |expectation: &Expectation| promised_states(&expectation.promise).count();
    fitting(workflow.expect.iter().map(|e| search + names(e)), MAX_STEPS)
}

/// How many of `costs`, from the first on, come to `most` at most together.
fn fitting(costs: impl Iterator<Item = usize>, most: usize) -> usize {
    let mut sum = 0_usize;
    let fits = |cost: &usize| {
        sum = sum.saturating_add(*cost);
        sum <= most
    };
    costs.take_while(fits).count()
}

/// A promise with its names looked up.
#[derive(Clone, Debug, PartialEq)]
enum Claim {
    Allow(Vec<StateId>),
    Forbid(StateId, StateId),
    Pass {
        pass: Vec<StateId>,
        before: Vec<StateId>,
    },
    Reach {
        reach: Vec<StateId>,
        from: Option<Vec<StateId>>,
    },
    Never {
        never: Vec<StateId>,
        after: Vec<StateId>,
    },
}

impl Claim {
    /// How many names it holds.
    fn names(&self) -> usize {
        match self {
            Claim::Allow(walk) => walk.len(),
            Claim::Forbid(..) => 2,
            Claim::Pass { pass, before } => pass.len() + before.len(),
            Claim::Reach { reach, from } => reach.len() + from.as_ref().map_or(0, Vec::len),
            Claim::Never { never, after } => never.len() + after.len(),
        }
    }
}

/// What each promise claims that is looked at; `None` where a name in it may be any state, or could
/// not be read.
fn claims(resolved: &Resolved) -> Vec<Option<Claim>> {
    let most = looked_at(resolved);
    (0..most).map(|at| claim(resolved, at)).collect()
}

fn claim(resolved: &Resolved, index: usize) -> Option<Claim> {
    let places = resolved.promised(index).iter();
    let states: Option<Vec<StateId>> = places.map(|p| resolved.meant(*p)).collect();
    let states = states.filter(|_| resolved.workflow().expect[index].is_whole)?;
    let split = |first: &[Text]| {
        let (a, b) = states.split_at(first.len());
        (a.to_vec(), b.to_vec())
    };
    Some(match &resolved.workflow().expect[index].promise {
        Promise::Allow(_) => Claim::Allow(states),
        Promise::Forbid(_) => Claim::Forbid(*states.first()?, *states.get(1)?),
        Promise::Pass { pass, .. } => {
            let (pass, before) = split(pass);
            Claim::Pass { pass, before }
        }
        Promise::Reach { reach, from } => {
            let (reach, rest) = split(reach);
            Claim::Reach {
                reach,
                from: from.as_ref().map(|_| rest),
            }
        }
        Promise::Never { never, .. } => {
            let (never, after) = split(never);
            Claim::Never { never, after }
        }
    })
}

/// The word that makes the promise.
fn word(expectation: &Expectation) -> &'static str {
    match expectation.promise {
        Promise::Allow(_) => "allow",
        Promise::Forbid(_) => "forbid",
        Promise::Pass { .. } => "pass",
        Promise::Reach { .. } => "reach",
        Promise::Never { .. } => "never",
    }
}

/// The name in a promise, from position `skip` on, that stands for a state.
fn mention(resolved: &Resolved, index: usize, skip: usize, id: StateId) -> Option<&Text> {
    let names = promised_states(&resolved.workflow().expect[index].promise);
    let places = resolved.promised(index).iter();
    let mut both = names.zip(places).skip(skip);
    both.find(|(_, place)| resolved.meant(**place) == Some(id))
        .map(|(name, _)| name)
}

/// Names of which any will do: "`a`, `b` or `c`".
fn either(resolved: &Resolved, ids: &[StateId]) -> String {
    const MOST: usize = 4;
    // A promise may name every state.
    let shown = &ids[..ids.len().min(MOST)];
    let quoted: Vec<String> = shown
        .iter()
        .map(|id| format!("`{}`", resolved.name(*id)))
        .collect();
    match quoted.as_slice() {
        [one] => one.clone(),
        [head @ .., last] if ids.len() <= MOST => format!("{} or {last}", head.join(", ")),
        some => {
            let shown = &some[..some.len().min(MOST - 1)];
            format!("{} or {} more", shown.join(", "), ids.len() - shown.len())
        }
    }
}

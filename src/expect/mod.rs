//! The promises that an author writes under `expect`: their proofs and counterexamples.
//!
//! A promise is proved or refuted for all walks at once, by searches that are linear in states
//! and moves; each refutation is the shortest there is. What rests on names or parts that could
//! not be read is neither proved nor refuted: that is reported already.

use std::cell::LazyCell;
use std::sync::LazyLock;

use crate::diagnostic::{Diagnostics, Levels};
use crate::graph::{Resolved, StateId};
use crate::model::{Expectation, Promises, Text};
use crate::rules::{self, Rule};
use crate::suggest;

pub mod broken_expectations;
pub mod contradicting_expectations;
mod kinds;
mod makers;
mod proof;
pub mod vacuous_expectations;

#[cfg(test)]
mod tests;

use kinds::Kind;

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
    let who = LazyCell::new(|| makers::mentions(resolved).count());
    let cost = |expectation: &Expectation| {
        let promise = &expectation.promise;
        let names: usize = promise.lists().map(|(_, list)| list.len()).sum();
        let roles = match promise.by().is_some() || !promise.transitions().is_empty() {
            true => *who,
            false => 0,
        };
        // For each role, what each of the transitions leads to is searched.
        let searches = match promise.transitions().len() {
            0 => 1,
            names => (names + 1).saturating_mul(roles + 1),
        };
        search
            .saturating_mul(searches)
            .saturating_add(names + roles)
    };
    fitting(workflow.expect.iter().map(cost), MAX_STEPS)
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

/// What a file may promise.
pub static PROMISES: LazyLock<Promises> =
    LazyLock::new(|| Promises::new(kinds::ALL.iter().map(|kind| kind.shape()).collect()));

/// A promise with its names looked up.
#[derive(Clone, Debug)]
struct Claim {
    kind: &'static dyn Kind,
    /// The states in each of the kind's lists of states; `None` where it is not there.
    lists: Vec<Option<Vec<StateId>>>,
    /// The roles that it is about, taken together; `None` where it is about anybody.
    by: Option<Vec<Text>>,
    /// The names of transitions and starts that it is about.
    transitions: Vec<Text>,
}

impl Claim {
    /// The states in the list of this number, none where it is not there.
    fn list(&self, at: usize) -> &[StateId] {
        self.lists[at].as_deref().unwrap_or(&[])
    }

    /// How many names it holds.
    fn names(&self) -> usize {
        self.lists.iter().flatten().map(Vec::len).sum()
    }

    /// What is said of the roles that it is about, after a walk: " by `agent`".
    fn by_phrase(&self) -> String {
        let Some(by) = &self.by else {
            return String::new();
        };
        let names: Vec<&str> = by.iter().map(|role| role.value.as_str()).collect();
        // Of long names fewer are told, so that the sentence stays one that can be read.
        const LONG: usize = 40;
        let mut phrases = (1..=3)
            .rev()
            .map(|most| suggest::phrase_up_to(&names, most));
        let fits = phrases.find(|phrase| phrase.chars().count() <= LONG);
        let phrase = fits.unwrap_or_else(|| suggest::phrase_up_to(&names, 1));
        format!(" by {phrase}")
    }
}

/// What each promise claims that is looked at; `None` where a name in it may be any state, or could
/// not be read.
fn claims(resolved: &Resolved) -> Vec<Option<Claim>> {
    let most = looked_at(resolved);
    (0..most).map(|at| claim(resolved, at)).collect()
}

fn claim(resolved: &Resolved, index: usize) -> Option<Claim> {
    let Expectation {
        promise, is_whole, ..
    } = &resolved.workflow().expect[index];
    let places = resolved.promised(index).iter();
    let states: Option<Vec<StateId>> = places.map(|p| resolved.meant(*p)).collect();
    let mut states = states.filter(|_| *is_whole)?.into_iter();
    let mut take = |list: &Vec<Text>| states.by_ref().take(list.len()).collect();
    let word = promise.shape.word();
    let lists = promise.shape.lists.iter().zip(&promise.lists);
    let lists = lists.filter(|(field, _)| field.kind.is_of_states());
    let lists = lists.map(|(_, list)| list.as_ref().map(&mut take));
    Some(Claim {
        kind: *kinds::ALL.iter().find(|kind| kind.shape().word() == word)?,
        lists: lists.collect(),
        by: promise.by().map(<[Text]>::to_vec),
        transitions: promise.transitions().to_vec(),
    })
}

/// The word that makes the promise.
fn word(expectation: &Expectation) -> &'static str {
    expectation.promise.shape.word()
}

/// The name in a promise, from position `skip` on, that stands for a state.
fn mention(resolved: &Resolved, index: usize, skip: usize, id: StateId) -> Option<&Text> {
    let names = resolved.workflow().expect[index].promise.states();
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

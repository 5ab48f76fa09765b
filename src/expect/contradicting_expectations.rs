//! `contradicting-expectations`: two promises that no workflow can keep together.

use crate::hashing::{HashMap, HashSet};
use std::collections::VecDeque;

use super::{Claim, claims, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "contradicting-expectations",
    since: "0.1.0",
    group: Group::Promises,
    level: Level::Deny,
    summary: "two promises that no transitions can keep together",
    page: include_str!("contradicting_expectations.md"),
};

/// Holds each promise against each later one; the transitions do not matter.
pub const RULE: Rule = Rule { code: &CODE, check };

/// Beyond this many, promises are not written by hand, and comparing each with each would be
/// slow.
const MOST_COMPARED: usize = 400;

/// Promises of long lists are compared up to this many pairs of names, for the same reason.
const MOST_PAIRS: usize = 5_000_000;

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    if resolved.workflow().doubts.states {
        return;
    }
    for clash in clashes(resolved, &claims(resolved), MOST_PAIRS) {
        out.push_made(&CODE, || report(resolved, &clash));
    }
}

/// For each promise, whether another one contradicts it.
pub(super) fn involved(resolved: &Resolved, claims: &[Option<Claim>]) -> Vec<bool> {
    let mut involved = vec![false; claims.len()];
    for clash in clashes(resolved, claims, MOST_PAIRS) {
        involved[clash.first] = true;
        involved[clash.second] = true;
    }
    involved
}

/// Two promises, by their positions, that contradict each other.
pub(super) struct Clash {
    first: usize,
    second: usize,
    /// Whether the first asks for what the second rules out, or the other way round.
    is_first_asking: bool,
    why: Why,
}

/// What a promise asks for.
pub(super) enum Asked<'c> {
    /// That this walk is possible.
    Walk(&'c [StateId]),
    /// That some walk leads to one of `reach`.
    Arrival {
        /// The states to arrive in, any one of them.
        reach: &'c [StateId],
        /// Where the walks begin: in each of these, or in every state that tickets come to.
        from: Option<&'c [StateId]>,
    },
}

/// The move or walk that one promise asks for and the other rules out.
pub(super) struct Why {
    /// What it is called.
    pub walk: String,
    /// The state that it begins in, where it is asked for only as long as tickets come there.
    pub while_reached: Option<StateId>,
}

impl Why {
    /// One that is asked for wherever tickets come.
    pub fn always(walk: String) -> Self {
        let while_reached = None;
        Why {
            walk,
            while_reached,
        }
    }
}

/// Every contradiction that is found while no more than `most` pairs of names are compared.
pub(super) fn clashes(resolved: &Resolved, claims: &[Option<Claim>], most: usize) -> Vec<Clash> {
    let mut found = Vec::new();
    if claims.iter().flatten().nth(1).is_none() {
        return found;
    }
    let starts = resolved.start_states();
    let reached = resolved.reached_from_start();
    let tickets = Tickets {
        resolved,
        starts: &starts,
        reached: reached.as_deref(),
    };
    let mut pairs = 0;
    for (second, b) in claims.iter().enumerate().take(MOST_COMPARED) {
        for (first, a) in claims[..second].iter().enumerate() {
            let (Some(a), Some(b)) = (a, b) else {
                continue;
            };
            pairs += (a.names() + starts.len()) * (b.names() + starts.len());
            if pairs > most {
                return found;
            }
            let ruled_out = |asking: &Claim, other: &Claim| {
                other
                    .kind
                    .rules_out(&tickets, other, &asking.kind.asks(asking)?)
            };
            let by_second = ruled_out(a, b);
            let is_first_asking = by_second.is_some();
            if let Some(why) = by_second.or_else(|| ruled_out(b, a)) {
                found.push(Clash {
                    first,
                    second,
                    is_first_asking,
                    why,
                });
            }
        }
    }
    found
}

/// Where the walks of tickets are.
pub(super) struct Tickets<'w> {
    /// The workflow.
    pub resolved: &'w Resolved,
    /// Where tickets begin.
    pub starts: &'w [StateId],
    /// For each state, whether tickets come to it; `None` where that is open.
    pub reached: Option<&'w [bool]>,
}

impl Tickets<'_> {
    /// What a state is called.
    pub fn named(&self, id: StateId) -> String {
        format!("`{}`", self.resolved.name(id))
    }

    /// Where a walk of one move or more begins and ends that is possible wherever `walk` is: from one
    /// of `begins` to one of `ends`, through none of `avoided`. It may use the moves of `walk` in any
    /// order.
    pub fn made_possible<'w>(
        &self,
        walk: &'w [StateId],
        begins: impl Iterator<Item = &'w StateId>,
        ends: &[StateId],
        avoided: &[StateId],
    ) -> Option<(String, String)> {
        let mut moves: HashMap<StateId, Vec<StateId>> = HashMap::default();
        for pair in walk.windows(2) {
            moves.entry(pair[0]).or_default().push(pair[1]);
        }
        let mut seen = HashSet::default();
        let mut todo: VecDeque<(StateId, StateId)> = begins
            .filter(|id| !avoided.contains(id) && seen.insert(**id))
            .map(|id| (*id, *id))
            .collect();
        while let Some((begin, at)) = todo.pop_front() {
            for next in moves.get(&at).into_iter().flatten() {
                if avoided.contains(next) {
                    continue;
                }
                if ends.contains(next) {
                    return Some((self.named(begin), self.named(*next)));
                }
                if seen.insert(*next) {
                    todo.push_back((begin, *next));
                }
            }
        }
        None
    }
}

fn report(resolved: &Resolved, clash: &Clash) -> Diagnostic {
    let expect = &resolved.workflow().expect;
    let (first, second) = (&expect[clash.first], &expect[clash.second]);
    let (one, other) = (word(first), word(second));
    let why = &clash.why.walk;
    let does = |asks: bool| match asks {
        true => "asks for",
        false => "rules out",
    };
    let does_it = |asks: bool| match asks {
        true => "asks for it",
        false => "rules it out",
    };
    let mut report = Diagnostic::new(
        &CODE,
        format!(
            "promise `{other}` contradicts promise `{one}`: it {} {why}",
            does(!clash.is_first_asking)
        ),
        second.place,
        does_it(!clash.is_first_asking),
    )
    .label(first.place, does_it(clash.is_first_asking));
    for expectation in [first, second] {
        if let Some(because) = &expectation.because {
            let word = word(expectation);
            report = report.note(format!(
                "promise `{word}` gives a reason: `{}`",
                because.value
            ));
        }
    }
    report
        .help("change or delete one of the two promises")
        .note(match clash.why.while_reached {
            None => "whatever the transitions are, one of the two is broken".to_owned(),
            Some(id) => format!(
                "as long as tickets come to `{}`, one of the two is broken",
                resolved.name(id)
            ),
        })
}

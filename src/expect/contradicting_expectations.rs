//! `contradicting-expectations`: two promises that no workflow can keep together.

use crate::hashing::{HashMap, HashSet};
use std::collections::VecDeque;

use super::{Claim, claims, either, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "contradicting-expectations",
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
    why: Why,
}

/// The move or walk that one promise asks for and the other rules out.
struct Why {
    walk: String,
    /// The state that it begins in, where it is asked for only as long as tickets come there.
    while_reached: Option<StateId>,
}

impl Why {
    fn always(walk: String) -> Self {
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
    let walks = Walks {
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
            let one = contradiction(resolved, &walks, a, b);
            if let Some(why) = one.or_else(|| contradiction(resolved, &walks, b, a)) {
                found.push(Clash { first, second, why });
            }
        }
    }
    found
}

/// Where the walks of tickets are.
struct Walks<'w> {
    starts: &'w [StateId],
    /// For each state, whether tickets come to it; `None` where that is open.
    reached: Option<&'w [bool]>,
}

/// What `wanted` asks for and `other` rules out.
fn contradiction(
    resolved: &Resolved,
    walks: &Walks<'_>,
    wanted: &Claim,
    other: &Claim,
) -> Option<Why> {
    let name = |id: StateId| format!("`{}`", resolved.name(id));
    match (wanted, other) {
        (Claim::Allow(walk), Claim::Forbid(from, to)) => {
            let mut moves = walk.windows(2);
            let forbidden = moves.any(|pair| pair[0] == *from && pair[1] == *to);
            forbidden.then(|| Why::always(format!("the move {} → {}", name(*from), name(*to))))
        }
        (Claim::Allow(walk), Claim::Never { never, after }) => {
            let begins = walk.iter().filter(|id| after.contains(id));
            let (begin, end) = made_possible(walk, begins, never, &[])?;
            let walk = format!("a walk from {} to {}", name(begin), name(end));
            Some(Why::always(walk))
        }
        (Claim::Allow(walk), Claim::Pass { pass, before }) => {
            let begins = walk.iter().filter(|id| walks.starts.contains(id));
            let (begin, end) = made_possible(walk, begins, before, pass)?;
            let around = either(resolved, pass);
            let (begin, end) = (name(begin), name(end));
            let walk = format!("a walk from {begin} to {end} without {around}");
            Some(Why::always(walk))
        }
        (Claim::Reach { reach, from }, Claim::Never { never, after }) => {
            let ruled_out = reach.iter().all(|id| never.contains(id));
            let mut begins = after.iter().filter(|id| !reach.contains(id));
            let begin = match from {
                Some(from) => begins.find(|id| from.contains(id))?,
                // It asks nothing of a state that no ticket comes to.
                None => begins.find(|id| walks.reached.is_some_and(|r| r[id.index()]))?,
            };
            let goal = either(resolved, reach);
            let is_asked = from.is_some() || walks.starts.contains(begin);
            ruled_out.then(|| Why {
                walk: format!("a walk from {} to {goal}", name(*begin)),
                while_reached: (!is_asked).then_some(*begin),
            })
        }
        _ => None,
    }
}

/// Where a walk of one move or more begins and ends that is possible wherever `walk` is: from one
/// of `begins` to one of `ends`, through none of `avoided`. It may use the moves of `walk` in any
/// order.
fn made_possible<'w>(
    walk: &'w [StateId],
    begins: impl Iterator<Item = &'w StateId>,
    ends: &[StateId],
    avoided: &[StateId],
) -> Option<(StateId, StateId)> {
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
                return Some((begin, *next));
            }
            if seen.insert(*next) {
                todo.push_back((begin, *next));
            }
        }
    }
    None
}

fn report(resolved: &Resolved, clash: &Clash) -> Diagnostic {
    let expect = &resolved.workflow().expect;
    let (first, second) = (&expect[clash.first], &expect[clash.second]);
    let (one, other) = (word(first), word(second));
    let why = &clash.why.walk;
    let rules_out = |word: &str| match word {
        "allow" | "reach" => "asks for it",
        _ => "rules it out",
    };
    let says = |word: &str| match word {
        "allow" | "reach" => format!("asks for {why}"),
        _ => format!("rules out {why}"),
    };
    let mut report = Diagnostic::new(
        &CODE,
        format!(
            "promise `{other}` contradicts promise `{one}`: it {}",
            says(other)
        ),
        second.place,
        rules_out(other),
    )
    .label(first.place, rules_out(one));
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

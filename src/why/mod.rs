//! How tickets come to a state, or why they never do: a question about one graph.
//!
//! [`answer`] finds it out and judges nothing; [`text`] and [`json`] write it for people and for
//! programs. Any [`Resolved`] graph is good enough to ask, however faulty.

use std::collections::VecDeque;

use crate::graph::{Resolved, StateId, Walk};

pub mod json;
pub mod text;

#[cfg(test)]
mod tests;

/// What is asked: how tickets come to a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Where the walks begin; the start states where empty.
    pub from: Vec<StateId>,
    /// Where they end.
    pub to: StateId,
}

/// What there is to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where the walks begin: as asked, or the start states.
    pub from: Vec<StateId>,
    /// Whether they begin where tickets are created, because nothing else was asked.
    pub created: bool,
    /// Where they end.
    pub to: StateId,
    /// Whether they get there.
    pub route: Route,
    /// Whether a part of the file could not be read, or names no state, so that walks may be
    /// missing here.
    pub unsure: bool,
}

/// Whether walks lead from one place to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// They do.
    Walks {
        /// The shortest ones, [`MOST_WALKS`] at most, in the order of the file. Never empty. Two
        /// walks through the same states by other transitions are one.
        shortest: Vec<Vec<StateId>>,
        /// How many shortest ones there are; `u64::MAX` where they cannot be counted so far.
        count: u64,
        /// The states that every walk passes, however long, in the order in which it passes them;
        /// where it begins and ends is left out.
        always: Vec<StateId>,
    },
    /// None does.
    Nothing {
        /// The states that tickets come to instead, where they begin left out.
        reached: Vec<StateId>,
        /// Those of them, or of where they begin, that they never leave again: together a dead
        /// end.
        ends: Vec<StateId>,
        /// The states that lead where tickets should come.
        leading: Vec<StateId>,
    },
}

/// So many shortest walks are told.
pub const MOST_WALKS: usize = 5;

/// Finds the answer. Linear in states and moves, and in the length of the walks that it tells.
pub fn answer(resolved: &Resolved, question: &Question) -> Answer {
    let created = question.from.is_empty();
    let from = match created {
        true => resolved.start_states(),
        false => question.from.clone(),
    };
    let to = question.to;
    // Asked for a walk from a state to itself, nobody means the one without a step.
    let back = !created && from.contains(&to);
    let route = match back {
        true => walk_back(resolved, &from, to),
        false => walks(resolved, &from, to),
    };
    Answer {
        route: route.unwrap_or_else(|| nothing(resolved, &from, to)),
        unsure: resolved.reached_from_start().is_none() || !resolved.knows_all_ways_out(),
        from,
        created,
        to,
    }
}

fn walk_back(resolved: &Resolved, from: &[StateId], to: StateId) -> Option<Route> {
    let Walk { states, .. } = resolved.shortest_walk_onward(from, |id| id == to, |_| true)?;
    // A walk of one step is the only one to pass nothing.
    let always = match states.len() {
        2 => Vec::new(),
        _ => passed_on_the_way_back(resolved, from, to),
    };
    Some(Route::Walks {
        shortest: vec![states],
        count: 1,
        always,
    })
}

/// The states that every walk passes which leaves `to` and comes back.
fn passed_on_the_way_back(resolved: &Resolved, from: &[StateId], to: StateId) -> Vec<StateId> {
    let next = from
        .iter()
        .flat_map(|id| resolved.moves_from(*id))
        .filter_map(|step| resolved.meant(step.to));
    let mut next: Vec<StateId> = next.collect();
    next.sort_unstable();
    next.dedup();
    let mut always = resolved.always_passed(&next, &[to]);
    always.retain(|id| *id != to);
    always
}

fn walks(resolved: &Resolved, from: &[StateId], to: StateId) -> Option<Route> {
    let away = distances(resolved, to);
    let shortest = from.iter().filter_map(|id| away[id.index()]).min()?;
    let begins: Vec<StateId> = from
        .iter()
        .copied()
        .filter(|id| away[id.index()] == Some(shortest))
        .collect();
    let mut always = resolved.always_passed(from, &[to]);
    always.retain(|id| *id != to && *from != [*id]);
    Some(Route::Walks {
        shortest: first_walks(resolved, &begins, &away),
        count: count(resolved, &begins, &away),
        always,
    })
}

/// For each state, the least number of moves from it to `to`.
fn distances(resolved: &Resolved, to: StateId) -> Vec<Option<usize>> {
    let mut away = vec![None; resolved.states().len()];
    away[to.index()] = Some(0);
    let mut queue = VecDeque::from([(to, 0)]);
    while let Some((at, moves)) = queue.pop_front() {
        for step in resolved.moves_to(at) {
            if let Some(before) = resolved.meant(step.from)
                && away[before.index()].is_none()
            {
                away[before.index()] = Some(moves + 1);
                queue.push_back((before, moves + 1));
            }
        }
    }
    away
}

/// The states that a shortest walk goes on to, each once, in the order of the file.
fn nearer(resolved: &Resolved, id: StateId, away: &[Option<usize>]) -> Vec<StateId> {
    let Some(left) = away[id.index()].and_then(|moves| moves.checked_sub(1)) else {
        return Vec::new();
    };
    let mut found: Vec<StateId> = Vec::new();
    let next = resolved.moves_from(id).filter_map(|s| resolved.meant(s.to));
    let mut seen = std::collections::HashSet::new();
    for to in next.filter(|to| away[to.index()] == Some(left)) {
        if seen.insert(to) {
            found.push(to);
        }
    }
    found
}

/// How many shortest walks there are, by how many there are from each state that is nearer.
fn count(resolved: &Resolved, begins: &[StateId], away: &[Option<usize>]) -> u64 {
    let mut by_distance: Vec<StateId> = resolved.states().map(|(id, _)| id).collect();
    by_distance.retain(|id| away[id.index()].is_some());
    by_distance.sort_by_key(|id| away[id.index()]);
    let mut ways = vec![0_u64; away.len()];
    for id in by_distance {
        ways[id.index()] = match away[id.index()] {
            Some(0) => 1,
            _ => nearer(resolved, id, away)
                .iter()
                .fold(0, |all, next| all.saturating_add(ways[next.index()])),
        };
    }
    begins
        .iter()
        .fold(0, |all, id| all.saturating_add(ways[id.index()]))
}

/// The first few shortest walks. Whatever is begun leads to the end, so nothing is tried in vain.
fn first_walks(
    resolved: &Resolved,
    begins: &[StateId],
    away: &[Option<usize>],
) -> Vec<Vec<StateId>> {
    let mut found = Vec::new();
    // What is still to be tried at each position of the walk, the next one last.
    let mut choices: Vec<Vec<StateId>> = vec![begins.iter().rev().copied().collect()];
    let mut walk: Vec<StateId> = Vec::new();
    while let Some(level) = choices.last_mut() {
        let Some(at) = level.pop() else {
            choices.pop();
            walk.pop();
            continue;
        };
        walk.push(at);
        if away[at.index()] == Some(0) {
            found.push(walk.clone());
            if found.len() == MOST_WALKS {
                break;
            }
        }
        let mut next = nearer(resolved, at, away);
        next.reverse();
        choices.push(next);
    }
    found
}

fn nothing(resolved: &Resolved, from: &[StateId], to: StateId) -> Route {
    let reached = resolved.reached_from(from);
    let leading = resolved.leading_to(&[to]);
    let those = |set: &[bool], but: &[StateId]| -> Vec<StateId> {
        let all = resolved.states().map(|(id, _)| id);
        all.filter(|id| set[id.index()] && !but.contains(id))
            .collect()
    };
    let sinks = resolved.sinks().into_iter();
    Route::Nothing {
        ends: sinks
            .filter(|sink| reached[sink[0].index()])
            .flatten()
            .collect(),
        reached: those(&reached, from),
        leading: those(&leading, &[to]),
    }
}

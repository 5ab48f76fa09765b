//! What tickets can do now and could not, and the other way round.

use std::collections::VecDeque;

use super::pairing::{Pair, Side};
use crate::graph::{StateId, phrase_of};
use crate::hashing::HashSet;
use crate::model::Category;

/// A walk of tickets in one version, from a start state to a closed one.
#[derive(Clone, Debug)]
pub struct Walk<'c> {
    /// The states on it, in the version that has it. Never empty.
    pub states: Vec<StateId>,
    /// Their names: the newest of each, as everywhere where two versions are spoken of.
    pub names: Vec<&'c str>,
}

/// Walks, as far as there is room.
#[derive(Clone, Debug, Default)]
pub struct Walks<'c> {
    /// Those that are told.
    pub told: Vec<Walk<'c>>,
    /// How many more there are.
    pub more: usize,
}

/// How many states the walks of one version pass that are told: those of a file can be as many as the
/// square of its states.
const MOST_PASSED: usize = 100_000;

/// For each closed state the shortest walk to it that only the old version has, and that only the new
/// one has. A walk is new where it begins in a state in which no ticket could begin, or passes from one
/// state to another between which there was no move.
pub fn lost_and_new<'c>(pair: &Pair<'c>) -> (Walks<'c>, Walks<'c>) {
    let (old, new) = (Steps::of(pair, Side::Old), Steps::of(pair, Side::New));
    let lost = only_in(pair, Side::Old, &new);
    (lost, only_in(pair, Side::New, &old))
}

/// What tickets can do in one move of a version, by the numbers that both versions share.
pub struct Steps {
    starts: HashSet<u32>,
    moves: HashSet<(u32, u32)>,
}

impl Steps {
    /// Those of a version.
    pub fn of(pair: &Pair, side: Side) -> Self {
        let resolved = pair.side(side);
        let starts = resolved.start_states().into_iter();
        let moves = resolved.moves().iter();
        Steps {
            starts: starts.map(|id| pair.number(side, id)).collect(),
            moves: moves
                .map(|step| {
                    (
                        pair.number_of(side, step.from),
                        pair.number_of(side, step.to),
                    )
                })
                .collect(),
        }
    }

    /// Whether a ticket can pass from the one to the other.
    pub fn has(&self, from: u32, to: u32) -> bool {
        self.moves.contains(&(from, to))
    }

    /// Whether a ticket can begin there.
    pub fn begin_in(&self, state: u32) -> bool {
        self.starts.contains(&state)
    }
}

/// The shortest walk to each closed state that the `other` version has not, by a search in which each
/// state is met twice at most: on a walk that both have, and on one that only this one has.
fn only_in<'c>(pair: &Pair<'c>, side: Side, other: &Steps) -> Walks<'c> {
    let resolved = pair.side(side);
    let number = |id: StateId| pair.number(side, id);
    let count = resolved.workflow().states.len();
    let place = |id: StateId, is_only_here: bool| id.index() * 2 + usize::from(is_only_here);
    let mut came_from: Vec<Option<(StateId, bool)>> = vec![None; count * 2];
    let mut seen = vec![false; count * 2];
    let mut queue = VecDeque::new();
    for id in resolved.start_states() {
        let is_only_here = !other.begin_in(number(id));
        seen[place(id, is_only_here)] = true;
        queue.push_back((id, is_only_here));
    }
    let mut ends = Vec::new();
    while let Some((id, was_only_here)) = queue.pop_front() {
        if was_only_here && resolved.state(id).is(Category::Closed) {
            ends.push(id);
        }
        for step in resolved.moves_from(id) {
            let Some(next) = resolved.meant(step.to) else {
                continue;
            };
            let is_only_here = was_only_here || !other.has(number(id), number(next));
            if !std::mem::replace(&mut seen[place(next, is_only_here)], true) {
                came_from[place(next, is_only_here)] = Some((id, was_only_here));
                queue.push_back((next, is_only_here));
            }
        }
    }
    ends.sort_unstable();
    let walk_to = |end: StateId| {
        let mut states = vec![end];
        let mut at = (end, true);
        while let Some(before) = came_from[place(at.0, at.1)] {
            states.push(before.0);
            at = before;
        }
        states.reverse();
        let names = states.iter().map(|id| pair.name(number(*id)));
        Walk {
            names: names.collect(),
            states,
        }
    };
    let mut walks = Walks::default();
    let mut room = MOST_PASSED;
    for end in ends {
        if room == 0 {
            walks.more += 1;
            continue;
        }
        let walk = walk_to(end);
        room = room.saturating_sub(walk.states.len());
        walks.told.push(walk);
    }
    walks
}

impl Walks<'_> {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.told.len() + self.more
    }

    /// How many there are beyond the first `shown`.
    pub fn beyond(&self, shown: usize) -> usize {
        self.count().saturating_sub(shown)
    }

    /// Forgets them.
    pub fn clear(&mut self) {
        *self = Walks::default();
    }
}

impl Walk<'_> {
    /// It as a report shows it.
    pub fn phrase(&self) -> String {
        phrase_of(&self.names)
    }
}

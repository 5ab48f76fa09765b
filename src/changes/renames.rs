//! States that may have been renamed, by how their transitions look. Nobody takes them for the same; it
//! is only asked.

use super::pairing::{Pair, Side};
use crate::graph::StateId;
use crate::hashing::{HashMap, HashSet};

/// Of so many states that are gone, or new, it is not asked.
const MOST: usize = 200;

/// A move that a state has with one that is in both versions: whether it leads out, the other end, and
/// its name.
type Tie<'c> = (bool, u32, &'c str);

/// The states that are gone, each with a new one that has half of its ties or more, and nobody else's.
pub fn offered(pair: &Pair) -> Vec<(StateId, StateId)> {
    let (removed, added): (Vec<StateId>, Vec<StateId>) =
        (pair.removed().collect(), pair.added().collect());
    if removed.is_empty() || added.is_empty() || removed.len().max(added.len()) > MOST {
        return Vec::new();
    }
    let old = ties(pair, Side::Old, &removed);
    let new = ties(pair, Side::New, &added);
    let mut pairs = Vec::new();
    for (removed, of_old) in &old {
        for (added, of_new) in &new {
            let shared = of_old.intersection(of_new).count();
            let all = of_old.len() + of_new.len() - shared;
            if shared > 0 && shared * 2 >= all {
                pairs.push((shared * 1000 / all, *removed, *added));
            }
        }
    }
    pairs.sort_by_key(|(score, removed, added)| (std::cmp::Reverse(*score), *removed, *added));
    let mut count: HashMap<(bool, StateId), usize> = HashMap::default();
    let best = |id: &dyn Fn(&(usize, StateId, StateId)) -> StateId, of: StateId| {
        let mut scores = pairs
            .iter()
            .filter(|pair| id(pair) == of)
            .map(|pair| pair.0);
        let first = scores.next();
        (first, scores.next())
    };
    let is_only = |pair: &&(usize, StateId, StateId)| {
        let is_best = |(first, second): (Option<usize>, Option<usize>)| {
            first == Some(pair.0) && second != first
        };
        is_best(best(&|pair| pair.1, pair.1)) && is_best(best(&|pair| pair.2, pair.2))
    };
    let chosen = pairs
        .iter()
        .filter(is_only)
        .map(|(_, removed, added)| (*removed, *added));
    let mut once = |(removed, added): &(StateId, StateId)| {
        let mut is_first = |key| {
            let count = count.entry(key).or_default();
            *count += 1;
            *count == 1
        };
        is_first((false, *removed)) && is_first((true, *added))
    };
    chosen.filter(|pair| once(pair)).collect()
}

fn ties<'c>(pair: &Pair<'c>, side: Side, states: &[StateId]) -> Vec<(StateId, HashSet<Tie<'c>>)> {
    let resolved = pair.side(side);
    let is_kept = |number: &u32| {
        let both = pair.states.get(*number as usize);
        both.is_some_and(|both| both.old.is_some() && both.new.is_some())
    };
    let starts: HashSet<StateId> = resolved.start_states().into_iter().collect();
    let of = |id: &StateId| {
        let out = resolved.moves_from(*id).map(|step| (true, step.to, step));
        let into = resolved.moves_to(*id).map(|step| (false, step.from, step));
        let tie = |(leads_out, end, step)| {
            let end = pair.number_of(side, end);
            let name = match leads_out {
                true => resolved.transition(step).label(),
                // Where it has no name of its own, it has that of the state.
                false => resolved
                    .transition(step)
                    .name
                    .as_ref()
                    .map_or("", |name| &name.value),
            };
            Some((leads_out, end, name)).filter(|(_, end, _)| is_kept(end))
        };
        let mut ties: HashSet<Tie> = out.chain(into).filter_map(tie).collect();
        // To begin there is a tie as well.
        if starts.contains(id) {
            ties.insert((false, u32::MAX, ""));
        }
        (*id, ties)
    };
    states.iter().map(of).collect()
}

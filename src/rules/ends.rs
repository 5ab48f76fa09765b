//! Where tickets end that are never closed.

use crate::graph::{Resolved, StateId};
use crate::model::Category;

/// What tickets come to from which no closed state can be reached.
pub(super) struct Ends {
    /// For each state, whether a closed one can be reached from it.
    pub closes: Vec<bool>,
    /// The states that end tickets: sets of states that all lead to each other and to nothing else.
    /// Each is one mistake, and the states that only lead there are none of their own.
    ///
    /// That a ticket ends as a draft is none, for its clock never ran; so drafts from which every
    /// walk ends so count as nothing, and what only leads there ends tickets itself.
    pub sets: Vec<Vec<StateId>>,
    /// For each of `sets`, the states outside from which every walk leads to it.
    pub feeders: Vec<Vec<StateId>>,
}

impl Ends {
    /// `None` where every ticket can be closed, which is usual, and where mistakes already reported
    /// leave that open.
    pub fn of(resolved: &Resolved) -> Option<Ends> {
        let closes = resolved.reaches_closed()?;
        if !closes.contains(&false) {
            return None;
        }
        let reached = resolved.reached_from_start();
        let is_lost = |id: StateId| {
            let visited = reached.as_ref().is_none_or(|r| r[id.index()]);
            visited && !closes[id.index()]
        };
        let over = ending_as_drafts(resolved);
        let mut sets = resolved.sinks_within(|id| !over[id.index()]);
        sets.retain(|set| is_lost(set[0]));
        let mut feeders = vec![Vec::new(); sets.len()];
        for (id, set) in resolved.states().zip(only_end(resolved, &sets, is_lost)) {
            if let Some(set) = set
                && sets[set].binary_search(&id.0).is_err()
            {
                feeders[set].push(id.0);
            }
        }
        Some(Ends {
            closes,
            sets,
            feeders,
        })
    }
}

/// Whether tickets that end in `set` go on with their clock paused.
pub(super) fn only_pauses(resolved: &Resolved, set: &[StateId]) -> bool {
    let is = |id: &StateId, category| resolved.state(*id).is(category);
    let pauses = |id: &StateId| is(id, Category::Waiting) || is(id, Category::Draft);
    let leads_on = set.iter().any(|id| resolved.has_way_out(*id));
    leads_on && set.iter().all(pauses) && set.iter().any(|id| is(id, Category::Waiting))
}

/// For each state, whether it is a draft and every walk from it ends in a final draft.
fn ending_as_drafts(resolved: &Resolved) -> Vec<bool> {
    let is_draft = |id: StateId| resolved.state(id).is(Category::Draft);
    let mut others: Vec<StateId> = resolved.states().map(|(id, _)| id).collect();
    others.retain(|id| !is_draft(*id));
    let loose = resolved.sinks().into_iter();
    others.extend(loose.flatten().filter(|id| {
        let alone = !resolved.has_way_out(*id);
        !(alone && resolved.state(*id).is_final())
    }));
    let unknown = resolved.leading_to_unknown();
    let leads = resolved.leading_to(&others);
    let both = leads.iter().zip(&unknown);
    both.map(|(other, unknown)| !other && !unknown).collect()
}

/// For each lost state, the one of `sets` that it leads to; `None` where it leads to several.
fn only_end(
    resolved: &Resolved,
    sets: &[Vec<StateId>],
    is_lost: impl Fn(StateId) -> bool,
) -> Vec<Option<usize>> {
    let mut only = vec![None; resolved.workflow().states.len()];
    let mut several = vec![false; only.len()];
    let mut todo: Vec<(StateId, Option<usize>)> = Vec::new();
    for (number, set) in sets.iter().enumerate() {
        todo.extend(set.iter().map(|id| (*id, Some(number))));
    }
    // Each state is passed on twice at most: with its first set, and once it leads to another.
    while let Some((id, set)) = todo.pop() {
        let at = id.index();
        if several[at] || (set.is_some() && only[at] == set) {
            continue;
        }
        several[at] = set.is_none() || only[at].is_some();
        only[at] = if several[at] { None } else { set };
        let before = resolved.moves_to(id);
        let before = before.filter_map(|step| resolved.meant(step.from));
        todo.extend(before.filter(|id| is_lost(*id)).map(|id| (id, only[at])));
    }
    only
}

//! Whether a promise holds, and the shortest reason why not.

use std::cell::OnceCell;

use crate::hashing::HashMap;

use super::Claim;
use crate::graph::{Resolved, StateId, Walk};

/// Why a promise does not hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Refutation {
    /// The walk has no move at this position: from the state there to the next one.
    NoMove {
        /// Counts from 0.
        at: usize,
        /// The shortest other way to the next state.
        detour: Option<Walk>,
    },
    /// These moves are there, as indexes into [`Resolved::moves`].
    Moves(Vec<usize>),
    /// This walk is there.
    Walk(Walk),
    /// No walk leads on from these states.
    NoWalk {
        /// Where a walk should begin.
        from: Vec<StateId>,
        /// Where all walks from there end.
        ends: Vec<StateId>,
    },
}

/// Proves promises about one workflow.
pub struct Prover<'r> {
    resolved: &'r Resolved,
    claims: Vec<Option<Claim>>,
    /// The moves between each two states that some promise speaks of.
    between: HashMap<(StateId, StateId), Vec<usize>>,
    /// States that may lead out of what could be read.
    leads_to_unknown: Vec<bool>,
    reached: Option<Vec<bool>>,
    /// The components that no move leaves, once they are asked for.
    sinks: OnceCell<Vec<Vec<StateId>>>,
}

impl<'r> Prover<'r> {
    /// Looks once through all moves for the ones that promises speak of. `None` where too little
    /// could be read to prove anything.
    pub fn new(resolved: &'r Resolved) -> Option<Self> {
        let doubts = resolved.workflow().doubts;
        if doubts.states || doubts.transitions || resolved.is_cut_short() {
            return None;
        }
        let claims = super::claims(resolved);
        let mut between: HashMap<_, Vec<usize>> = HashMap::default();
        for claim in claims.iter().flatten() {
            match claim {
                Claim::Allow(walk) => {
                    for pair in walk.windows(2) {
                        between.entry((pair[0], pair[1])).or_default();
                    }
                }
                Claim::Forbid(from, to) => {
                    between.entry((*from, *to)).or_default();
                }
                _ => {}
            }
        }
        for (index, step) in resolved.moves().iter().enumerate() {
            if let (Some(from), Some(to)) = (resolved.meant(step.from), resolved.meant(step.to))
                && let Some(moves) = between.get_mut(&(from, to))
            {
                moves.push(index);
            }
        }
        Some(Prover {
            resolved,
            claims,
            between,
            leads_to_unknown: resolved.leading_to_unknown(),
            reached: resolved.reached_from_start(),
            sinks: OnceCell::new(),
        })
    }

    /// What each promise claims; `None` where a name in it may be any state.
    pub fn claims(&self) -> &[Option<Claim>] {
        &self.claims
    }

    /// Why the claim does not hold; `None` where it does, or nobody can tell.
    pub fn refute(&self, claim: &Claim) -> Option<Refutation> {
        match claim {
            Claim::Allow(walk) => self.refute_allow(walk),
            Claim::Forbid(from, to) => {
                let moves = self.between.get(&(*from, *to))?;
                (!moves.is_empty()).then(|| Refutation::Moves(moves.clone()))
            }
            Claim::Pass { pass, before } => {
                let (pass, before) = (self.set(pass), self.set(before));
                let mut starts = self.resolved.start_states();
                starts.retain(|id| !pass[id.index()]);
                let goal = |id: StateId| before[id.index()];
                let free = |id: StateId| !pass[id.index()];
                let walk = self.resolved.shortest_walk(&starts, goal, free)?;
                Some(Refutation::Walk(walk))
            }
            Claim::Reach { reach, from } => self.refute_reach(reach, from.as_deref()),
            Claim::Never { never, after } => {
                let never = self.set(never);
                let goal = |id: StateId| never[id.index()];
                let walk = self.resolved.shortest_walk_onward(after, goal, |_| true)?;
                Some(Refutation::Walk(walk))
            }
        }
    }

    fn refute_allow(&self, walk: &[StateId]) -> Option<Refutation> {
        let missing = |pair: &[StateId]| {
            let moves = self.between.get(&(pair[0], pair[1]));
            moves.is_none_or(|m| m.is_empty())
        };
        let at = walk.windows(2).position(missing)?;
        let (from, to) = (walk[at], walk[at + 1]);
        if self.resolved.may_lead_anywhere(from) || !self.resolved.knows_all_ways_out() {
            return None;
        }
        let goal = |id: StateId| id == to;
        let detour = match from == to {
            true => None,
            false => self.resolved.shortest_walk(&[from], goal, |_| true),
        };
        Some(Refutation::NoMove { at, detour })
    }

    fn refute_reach(&self, reach: &[StateId], from: Option<&[StateId]>) -> Option<Refutation> {
        if !self.resolved.knows_all_ways_out() {
            return None;
        }
        let leads = self.resolved.leading_to(reach);
        let fails = |id: &StateId| !leads[id.index()] && !self.leads_to_unknown[id.index()];
        let failing: Vec<StateId> = match from {
            Some(from) => from.iter().copied().filter(fails).collect(),
            None => {
                // A state that no ticket can be in is reported already.
                let visited = |id: &StateId| self.reached.as_ref().is_none_or(|r| r[id.index()]);
                let all = self.resolved.states().map(|(id, _)| id);
                all.filter(fails).filter(visited).collect()
            }
        };
        if failing.is_empty() {
            return None;
        }
        let visited = self.resolved.reached_from(&failing);
        let sinks = self.sinks.get_or_init(|| self.resolved.sinks()).iter();
        let ends = sinks.filter(|sink| visited[sink[0].index()]).flatten();
        Some(Refutation::NoWalk {
            from: failing,
            ends: ends.copied().collect(),
        })
    }

    fn set(&self, ids: &[StateId]) -> Vec<bool> {
        let mut set = vec![false; self.resolved.workflow().states.len()];
        ids.iter().for_each(|id| set[id.index()] = true);
        set
    }
}

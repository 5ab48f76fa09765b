//! Whether a promise holds, and the shortest reason why not.

use std::cell::OnceCell;

use crate::hashing::HashMap;

use super::Claim;
use super::makers::Joined;
use crate::graph::{Resolved, StateId, Walk};
use crate::language::Kind;

/// Why a promise does not hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Refutation {
    /// The walk has no move at this position: from the state there to the next one.
    NoMove {
        /// Counts from 0.
        at: usize,
        /// The shortest other way to the next state.
        detour: Option<Walk>,
        /// The moves of others that are there, as indexes into [`Resolved::moves`].
        others: Vec<usize>,
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
        /// The moves that others may make on a walk that there is, as indexes into [`Resolved::moves`].
        others: Vec<usize>,
    },
    /// One role may make transitions of two names.
    Joined(Joined),
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
            for (field, list) in claim.kind.shape().lists.iter().zip(&claim.lists) {
                if let (Kind::Move | Kind::Walk, Some(walk)) = (&field.kind, list) {
                    for pair in walk.windows(2) {
                        between.entry((pair[0], pair[1])).or_default();
                    }
                }
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

    /// The workflow.
    pub fn resolved(&self) -> &'r Resolved {
        self.resolved
    }

    /// The moves from one state straight to another that some promise speaks of together, as indexes
    /// into [`Resolved::moves`].
    pub fn moves(&self, from: StateId, to: StateId) -> &[usize] {
        self.between.get(&(from, to)).map_or(&[], Vec::as_slice)
    }

    /// Whether the state may lead out of what could be read.
    pub fn leads_to_unknown(&self, id: StateId) -> bool {
        self.leads_to_unknown[id.index()]
    }

    /// Whether tickets come to the state, as far as one can tell.
    pub fn may_be_reached(&self, id: StateId) -> bool {
        self.reached
            .as_ref()
            .is_none_or(|reached| reached[id.index()])
    }

    /// The components that no move leaves.
    pub fn sinks(&self) -> &[Vec<StateId>] {
        self.sinks.get_or_init(|| self.resolved.sinks())
    }

    /// For each state, whether it is one of these.
    pub fn set(&self, ids: &[StateId]) -> Vec<bool> {
        let mut set = vec![false; self.resolved.workflow().states.len()];
        ids.iter().for_each(|id| set[id.index()] = true);
        set
    }
}

//! What changed from one version of workflows to another.
//!
//! Workflows are paired, then the states of each pair ([`pairing`]); of both, what is said is held
//! against each other ([`listing`]), and what tickets can do ([`walks`]). What is only written in
//! another way is no change: order, layout, comments, a list spelt out, another syntax. The fields of a
//! thing are compared as [`crate::language`] tells them, so that a field which is added there is
//! compared here.

pub mod advice;
mod counts;
pub mod listing;
pub mod pairing;
pub mod picture;
mod renames;
pub mod rules;
mod said;
pub mod shown;
pub mod tickets;
pub mod walks;
pub mod words;

use crate::graph::{Resolved, StateId};

pub use counts::Counts;
pub use listing::{Change, Ends, Subject, What};
pub use pairing::{Pair, Workflows};
pub use said::Value;
pub use walks::{Walk, Walks};

/// One file of a version.
#[derive(Clone, Copy, Debug)]
pub struct Version<'c> {
    /// Its path from the folder that is compared; nothing where the file itself is.
    pub path: &'c str,
    /// The workflow; `None` where none could be read.
    pub resolved: Option<&'c Resolved>,
    /// Whether all of it could be read.
    pub is_whole: bool,
}

/// What changed in one workflow.
#[derive(Debug)]
pub struct Difference<'c> {
    /// Both versions, and which states are the same.
    pub pair: Pair<'c>,
    /// What changed, in the order in which a file says it.
    pub changes: Vec<Change<'c>>,
    /// States that are gone, each with a new one that has nearly its transitions: perhaps the same under
    /// another name, which only the file can say.
    pub offered: Vec<(StateId, StateId)>,
    /// The shortest walks that tickets could not make before, one to each closed state.
    pub new_walks: Walks<'c>,
    /// The shortest walks that tickets can make no longer, one to each closed state.
    pub lost_walks: Walks<'c>,
    /// The tickets in its old states, where they are known.
    pub tickets: Option<Counts>,
}

impl<'c> Difference<'c> {
    /// What changed from `old` to `new`; `None` where no workflow could be read of one of them. What is
    /// not there may stand in a part that could not be read, and so is neither gone nor new.
    pub fn of(old: Version<'c>, new: Version<'c>) -> Option<Self> {
        let pair = Pair::new(old.resolved?, new.resolved?);
        let mut changes = listing::changes(&pair);
        let is_known = |change: &Change| {
            let is_told = |side: &Version, is_absent: bool| side.is_whole || !is_absent;
            let (is_absent_before, is_absent_now) = change.what.absent();
            is_told(&old, is_absent_before) && is_told(&new, is_absent_now)
        };
        changes.retain(is_known);
        let (mut lost_walks, mut new_walks) = walks::lost_and_new(&pair);
        if !old.is_whole {
            new_walks.clear();
        }
        if !new.is_whole {
            lost_walks.clear();
        }
        let offered = renames::offered(&pair);
        Some(Difference {
            offered,
            pair,
            changes,
            new_walks,
            lost_walks,
            tickets: None,
        })
    }

    /// The new state that an old one, which is gone, may be under another name.
    pub fn renamed(&self, old: StateId) -> Option<StateId> {
        let mut offered = self.offered.iter();
        offered
            .find(|(removed, _)| *removed == old)
            .map(|(_, new)| *new)
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many of the tickets in each old state a change is about: those that are in a state, or where
    /// moves begin. Nothing where it is about no state.
    pub fn tickets_of(&self, change: &Change) -> Option<u64> {
        let counts = self.tickets.as_ref()?;
        let old = self.waiting(change);
        let each = old
            .iter()
            .map(|id| counts.of.get(id.index()).copied().unwrap_or(0));
        (!old.is_empty()).then(|| each.fold(0, u64::saturating_add))
    }

    /// The old states whose tickets a change is about.
    pub fn waiting(&self, change: &Change) -> Vec<StateId> {
        let states = match (&change.of, change.ends.states.split_last()) {
            (Subject::State(_), _) => &change.ends.states[..],
            (Subject::Moves { .. }, Some((_, from))) => from,
            _ => &[],
        };
        let known = states
            .iter()
            .filter_map(|number| self.pair.states.get(*number as usize));
        known.filter_map(|both| both.old).collect()
    }
}

//! What changed from one version of workflows to another.
//!
//! Workflows are paired, then the states of each pair ([`pairing`]); of both, what is said is held
//! against each other ([`listing`]), and what tickets can do ([`walks`]). What is only written in
//! another way is no change: order, layout, comments, a list spelt out, another syntax. The fields of a
//! thing are compared as [`crate::language`] tells them, so that a field which is added there is
//! compared here.

pub mod listing;
pub mod pairing;
pub mod picture;
mod renames;
pub mod rules;
mod said;
pub mod shown;
pub mod walks;
pub mod words;

use crate::graph::{Resolved, StateId};

pub use listing::{Change, Ends, Subject, What};
pub use pairing::{Pair, Workflows};
pub use said::Value;
pub use walks::Walk;

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
    pub new_walks: Vec<Walk<'c>>,
    /// The shortest walks that tickets can make no longer, one to each closed state.
    pub lost_walks: Vec<Walk<'c>>,
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
        })
    }

    /// The new state that an old one, which is gone, may be under another name.
    pub fn renamed(&self, old: StateId) -> Option<StateId> {
        let mut offered = self.offered.iter();
        offered
            .find(|(removed, _)| *removed == old)
            .map(|(_, new)| *new)
    }

    /// What the new version could say of states that are gone, a sentence each.
    pub fn advice(&self) -> Vec<String> {
        let both = self.offered.iter();
        let names = both.map(|(old, new)| (self.pair.old.name(*old), self.pair.new.name(*new)));
        names
            .map(|(old, new)| {
                format!("state `{new}` looks like `{old}`, which is gone: if it is the same, write `was: [{old}]` there")
            })
            .collect()
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

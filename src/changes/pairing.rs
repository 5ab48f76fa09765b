//! Which workflows and states of two versions are the same.

use crate::graph::{Place, Resolved, StateId};
use crate::hashing::HashMap;
use crate::model::{State, Workflow};
use crate::source::{Spanned, Text};

use super::Version;

/// Which files of two versions hold the same workflow, as indexes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Workflows {
    /// Those in both versions, in the order of the new one: the old file, and the new one.
    pub pairs: Vec<(usize, usize)>,
    /// Those only in the old version.
    pub removed: Vec<usize>,
    /// Those only in the new version.
    pub added: Vec<usize>,
    /// Those whose identifier is that of others of their version, so that nobody can tell which is
    /// which: the old ones, and the new ones.
    pub repeated: (Vec<usize>, Vec<usize>),
    /// Those that no workflow could be read of in one of the versions, by their paths: the old file, and
    /// the new one.
    pub unread: Vec<(Option<usize>, Option<usize>)>,
}

impl Workflows {
    /// Pairs by identifier, then by a former one, then by the oldest, then by path.
    pub fn of(old: &[Version], new: &[Version]) -> Self {
        let mut pairing = Workflows::default();
        let mut left = (Vec::new(), Vec::new());
        let sides = [
            (old, &mut left.0, &mut pairing.repeated.0),
            (new, &mut left.1, &mut pairing.repeated.1),
        ];
        for (versions, left, repeated) in sides {
            let mut count: HashMap<&str, usize> = HashMap::default();
            for name in versions.iter().filter_map(identifier) {
                *count.entry(name).or_default() += 1;
            }
            for (index, version) in versions.iter().enumerate() {
                match identifier(version).is_some_and(|name| count[name] > 1) {
                    true => repeated.push(index),
                    false => left.push(index),
                }
            }
        }
        pairing.pair_by(&mut left, old, new, identifiers_match);
        pairing.pair_by(&mut left, old, new, |version, is_old| match is_old {
            true => identifier(version).into_iter().collect(),
            false => former_identifiers(version),
        });
        // One that has its former identifier again.
        pairing.pair_by(&mut left, old, new, |version, _| oldest_identifier(version));
        pairing.pair_by(&mut left, old, new, |version, _| vec![version.path]);
        pairing.finished(left, old, new)
    }

    /// Pairs those that are left of which one key is the same, and one to one.
    fn pair_by<'v>(
        &mut self,
        left: &mut (Vec<usize>, Vec<usize>),
        old: &'v [Version],
        new: &'v [Version],
        keys: impl Fn(&'v Version, bool) -> Vec<&'v str>,
    ) {
        let mut by_key: HashMap<&str, usize> = HashMap::default();
        for index in &left.0 {
            for key in keys(&old[*index], true) {
                by_key.entry(key).or_insert(*index);
            }
        }
        let mut taken = vec![false; old.len()];
        left.1.retain(|new_index| {
            let keys = keys(&new[*new_index], false).into_iter();
            let mut found = keys.filter_map(|key| by_key.get(key).copied());
            let Some(old_index) = found.find(|index| !taken[*index]) else {
                return true;
            };
            taken[old_index] = true;
            self.add(old_index, *new_index, old, new);
            false
        });
        left.0.retain(|index| !taken[*index]);
    }

    fn add(&mut self, old_index: usize, new_index: usize, old: &[Version], new: &[Version]) {
        let is_read = old[old_index].resolved.is_some() && new[new_index].resolved.is_some();
        match is_read {
            true => self.pairs.push((old_index, new_index)),
            false => self.unread.push((Some(old_index), Some(new_index))),
        }
    }

    fn finished(
        mut self,
        left: (Vec<usize>, Vec<usize>),
        old: &[Version],
        new: &[Version],
    ) -> Self {
        for index in left.0 {
            match old[index].resolved {
                Some(_) => self.removed.push(index),
                None => self.unread.push((Some(index), None)),
            }
        }
        for index in left.1 {
            match new[index].resolved {
                Some(_) => self.added.push(index),
                None => self.unread.push((None, Some(index))),
            }
        }
        self.pairs.sort_by_key(|(_, new)| *new);
        self
    }
}

fn identifier<'v>(version: &'v Version) -> Option<&'v str> {
    let identifier = version.resolved?.workflow().identifier.as_ref()?;
    Some(identifier.value.as_str())
}

fn identifiers_match<'v>(version: &'v Version, _: bool) -> Vec<&'v str> {
    identifier(version).into_iter().collect()
}

/// The identifier that the workflow had at first.
fn oldest_identifier<'v>(version: &'v Version) -> Vec<&'v str> {
    let workflow = version.resolved.map(Resolved::workflow);
    let oldest = workflow.and_then(Workflow::oldest_identifier);
    oldest.map(|name| name.value.as_str()).into_iter().collect()
}

/// The identifiers that the workflow had before.
fn former_identifiers<'v>(version: &'v Version) -> Vec<&'v str> {
    let workflow = version.resolved.map(Resolved::workflow);
    workflow.map_or_else(Vec::new, |workflow| values(&workflow.was).collect())
}

fn values(names: &Option<Spanned<Vec<Text>>>) -> impl Iterator<Item = &str> {
    let names = names.iter().flat_map(|names| &names.value);
    names.map(|name| name.value.as_str())
}

/// Two versions of one workflow.
#[derive(Debug)]
pub struct Pair<'c> {
    /// The old version.
    pub old: &'c Resolved,
    /// The new version.
    pub new: &'c Resolved,
    /// The states of both, each once: those of the new version in its order, then those that are gone.
    pub states: Vec<Both>,
    /// Names that no state has, of both versions.
    undefined: Vec<&'c str>,
    /// Their numbers, above those of all states.
    number_of_undefined: HashMap<&'c str, u32>,
    /// For each old state, its number in `states`.
    of_old: Vec<u32>,
}

/// A state in two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Both {
    /// Its number in the old version; `None` where it is new.
    pub old: Option<StateId>,
    /// Its number in the new version; `None` where it is gone.
    pub new: Option<StateId>,
}

/// A version of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What was.
    Old,
    /// What is.
    New,
}

impl<'c> Pair<'c> {
    /// Pairs states by their oldest names, then by their names, then by any former one.
    pub fn new(old: &'c Resolved, new: &'c Resolved) -> Self {
        let is_named_alike = |new_id: StateId| {
            let old_id = old.find(new.name(new_id))?;
            let oldest = |state: &'c State| state.oldest_name().value.as_str();
            (oldest(old.state(old_id)) == oldest(new.state(new_id))).then_some(old_id)
        };
        let mut old_of: Vec<Option<StateId>> =
            new.states().map(|(id, _)| is_named_alike(id)).collect();
        let mut new_of: Vec<Option<StateId>> = vec![None; old.workflow().states.len()];
        for (index, old_id) in old_of.iter().enumerate() {
            if let Some(old_id) = old_id {
                new_of[old_id.index()] = Some(StateId(index as u32));
            }
        }
        if old_of.contains(&None) && new_of.contains(&None) {
            let mut left = Left {
                old,
                new,
                old_of: &mut old_of,
                new_of: &mut new_of,
            };
            left.pair_by(oldest_name, oldest_name);
            left.pair_by(own_name, own_name);
            left.pair_by(every_name, every_name);
        }
        let numbered = old_of.iter().enumerate();
        let mut states: Vec<Both> = numbered
            .map(|(index, old)| Both {
                old: *old,
                new: Some(StateId(index as u32)),
            })
            .collect();
        let mut of_old = Vec::with_capacity(new_of.len());
        for (index, new_id) in new_of.iter().enumerate() {
            of_old.push(match new_id {
                Some(id) => id.0,
                None => {
                    states.push(Both {
                        old: Some(StateId(index as u32)),
                        new: None,
                    });
                    states.len() as u32 - 1
                }
            });
        }
        let mut undefined = Vec::new();
        let mut number_of_undefined = HashMap::default();
        for name in old.undefined().iter().chain(new.undefined()) {
            let next = (states.len() + undefined.len()) as u32;
            number_of_undefined
                .entry(name.name.as_str())
                .or_insert_with(|| {
                    undefined.push(name.name.as_str());
                    next
                });
        }
        Pair {
            old,
            new,
            states,
            undefined,
            number_of_undefined,
            of_old,
        }
    }

    /// This version of the workflow.
    pub fn side(&self, side: Side) -> &'c Resolved {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// The number of a state of this version in `states`.
    pub fn number(&self, side: Side, id: StateId) -> u32 {
        match side {
            Side::Old => self.of_old[id.index()],
            Side::New => id.0,
        }
    }

    /// The number of whatever a name of this version stands for: that of a state, or a number of its
    /// own above all of them.
    pub fn number_of(&self, side: Side, place: Place) -> u32 {
        let resolved = self.side(side);
        match (resolved.meant(place), place) {
            (Some(id), _) | (None, Place::State(id)) => self.number(side, id),
            (None, Place::Undefined(index)) => {
                let name = resolved.undefined()[index as usize].name.as_str();
                self.number_of_undefined
                    .get(name)
                    .copied()
                    .unwrap_or(u32::MAX)
            }
        }
    }

    /// What a number stands for, by its newest name.
    pub fn name(&self, number: u32) -> &'c str {
        match self.states.get(number as usize) {
            Some(Both { new: Some(id), .. }) => self.new.name(*id),
            Some(Both { old: Some(id), .. }) => self.old.name(*id),
            _ => {
                let undefined = (number as usize).checked_sub(self.states.len());
                undefined
                    .and_then(|at| self.undefined.get(at))
                    .copied()
                    .unwrap_or_default()
            }
        }
    }

    /// The states that are in both versions, by both numbers.
    pub fn kept(&self) -> impl Iterator<Item = (StateId, StateId)> {
        self.states.iter().filter_map(|both| both.old.zip(both.new))
    }

    /// The states that are gone.
    pub fn removed(&self) -> impl Iterator<Item = StateId> {
        let gone = self.states.iter().filter(|both| both.new.is_none());
        gone.filter_map(|both| both.old)
    }

    /// The states that are new.
    pub fn added(&self) -> impl Iterator<Item = StateId> {
        let new = self.states.iter().filter(|both| both.old.is_none());
        new.filter_map(|both| both.new)
    }

    /// The new number of an old state; `None` where it is gone.
    pub fn new_of(&self, old: StateId) -> Option<StateId> {
        self.states[self.of_old[old.index()] as usize].new
    }

    /// Whether all that both versions say is known, as far as the graph tells.
    pub fn is_whole(&self) -> bool {
        is_whole(self.old) && is_whole(self.new)
    }
}

/// Whether every name is that of a state, and no part was left unread.
pub fn is_whole(resolved: &Resolved) -> bool {
    let Workflow { doubts, .. } = resolved.workflow();
    *doubts == Default::default() && resolved.undefined().is_empty() && !resolved.is_cut_short()
}

/// States that are not paired yet.
struct Left<'l, 'c> {
    old: &'c Resolved,
    new: &'c Resolved,
    old_of: &'l mut Vec<Option<StateId>>,
    new_of: &'l mut Vec<Option<StateId>>,
}

impl<'c> Left<'_, 'c> {
    /// Pairs those that share a name among these, the first of several.
    fn pair_by(&mut self, old_names: Names, new_names: Names) {
        let mut by_name: HashMap<&str, StateId> = HashMap::default();
        for (id, state) in self
            .old
            .states()
            .filter(|(id, _)| self.new_of[id.index()].is_none())
        {
            for name in old_names(state) {
                by_name.entry(name).or_insert(id);
            }
        }
        for (id, state) in self.new.states() {
            if self.old_of[id.index()].is_some() {
                continue;
            }
            let known = new_names(state)
                .into_iter()
                .filter_map(|name| by_name.get(name).copied());
            let is_free = |old: &StateId| self.new_of[old.index()].is_none();
            if let Some(old) = known.into_iter().find(is_free) {
                self.old_of[id.index()] = Some(old);
                self.new_of[old.index()] = Some(id);
            }
        }
    }
}

type Names = fn(&State) -> Vec<&str>;

fn oldest_name(state: &State) -> Vec<&str> {
    vec![&state.oldest_name().value]
}

fn own_name(state: &State) -> Vec<&str> {
    vec![&state.name.value]
}

fn every_name(state: &State) -> Vec<&str> {
    let former = state
        .details
        .iter()
        .flat_map(|details| values(&details.was));
    [state.name.value.as_str()]
        .into_iter()
        .chain(former)
        .collect()
}

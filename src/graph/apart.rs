//! What tells moves of one name apart: who may make them, and on which condition.

use std::borrow::Cow;
use std::hash::Hash;

use crate::hashing::HashMap;
use crate::model::{Start, Text, Transition};

/// Who makes a move.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Maker<'t> {
    /// Anybody may.
    Anybody,
    /// Somebody may: those of some role, or anybody.
    Somebody,
    /// Nobody: it happens by itself.
    Itself,
    /// Those of this role may.
    Role(&'t str),
}

/// The condition of a transition, in which blanks say nothing.
pub fn condition(transition: &Transition) -> Option<Cow<'_, str>> {
    let written = transition.details().when.as_ref()?.value.as_str();
    let is_tidy = !written.contains("  ") && written.trim() == written;
    let is_tidy = is_tidy && !written.contains(['\t', '\n', '\r']);
    Some(match is_tidy {
        true => Cow::Borrowed(written),
        false => Cow::Owned(written.split_whitespace().collect::<Vec<_>>().join(" ")),
    })
}

/// Who may make something, or that it happens by itself.
#[derive(Clone, Copy)]
pub struct Making<'t> {
    who: Option<&'t [Text]>,
    by_itself: bool,
}

impl<'t> From<&'t Transition> for Making<'t> {
    fn from(transition: &'t Transition) -> Self {
        Making {
            who: transition.who(),
            by_itself: transition.is_automatic(),
        }
    }
}

impl<'t> From<&'t Start> for Making<'t> {
    fn from(start: &'t Start) -> Self {
        Making {
            who: start.who(),
            by_itself: false,
        }
    }
}

impl<'t> Making<'t> {
    /// Calls `each` with what such a thing is kept under.
    fn kept_under(self, mut each: impl FnMut(Maker<'t>)) {
        match self.who {
            _ if self.by_itself => each(Maker::Itself),
            None => {
                each(Maker::Anybody);
                each(Maker::Somebody);
            }
            Some(who) => {
                who.iter().for_each(|role| each(Maker::Role(&role.value)));
                each(Maker::Somebody);
            }
        }
    }

    /// Calls `each` with what those are kept under that it meets.
    fn asks_under(self, mut each: impl FnMut(Maker<'t>)) {
        match self.who {
            _ if self.by_itself => each(Maker::Itself),
            None => each(Maker::Somebody),
            Some(who) => {
                who.iter().for_each(|role| each(Maker::Role(&role.value)));
                each(Maker::Anybody);
            }
        }
    }
}

/// For each key, the first thing that somebody may do, and the first after it that leads elsewhere. Two
/// things meet where one person may do both, or both happen by themselves.
pub struct FirstBy<'t, K, E> {
    known: HashMap<(K, Maker<'t>), Known<E>>,
    /// Whether anybody may do all of them, so that roles need no looking at.
    is_for_anybody: bool,
}

/// The number of the first thing with where it leads, and of the first that leads elsewhere.
#[derive(Clone, Copy)]
struct Known<E> {
    first: (usize, E),
    other: Option<usize>,
}

impl<'t, K: Clone + Eq + Hash, E: Copy + Eq> FirstBy<'t, K, E> {
    /// With room for so many. `is_for_anybody` where no role is named and nothing happens by itself.
    pub fn with_capacity(capacity: usize, is_for_anybody: bool) -> Self {
        FirstBy {
            known: HashMap::with_capacity_and_hasher(capacity, Default::default()),
            is_for_anybody,
        }
    }

    /// The first thing of this key that meets this one.
    pub fn meeting(&self, key: &K, making: impl Into<Making<'t>>) -> Option<usize> {
        self.first(key, making.into(), |known| Some(known.first.0))
    }

    /// The first thing of this key that meets this one and leads elsewhere than it, which is to `end`.
    pub fn elsewhere(&self, key: &K, making: impl Into<Making<'t>>, end: E) -> Option<usize> {
        self.first(key, making.into(), |known| match known.first.1 == end {
            true => known.other,
            false => Some(known.first.0),
        })
    }

    fn first(
        &self,
        key: &K,
        making: Making<'t>,
        number: impl Fn(&Known<E>) -> Option<usize>,
    ) -> Option<usize> {
        let mut least: Option<usize> = None;
        let mut ask = |maker| {
            let found = self.known.get(&(key.clone(), maker)).and_then(&number);
            least = [least, found].into_iter().flatten().min();
        };
        match self.is_for_anybody {
            true => ask(Maker::Anybody),
            false => making.asks_under(ask),
        }
        least
    }

    /// Adds the thing of this number, which leads to `end`.
    pub fn add(&mut self, key: K, making: impl Into<Making<'t>>, number: usize, end: E) {
        let mut add = |key: K, maker| {
            let new = Known {
                first: (number, end),
                other: None,
            };
            let known = self.known.entry((key, maker)).or_insert(new);
            if known.other.is_none() && known.first.1 != end {
                known.other = Some(number);
            }
        };
        match self.is_for_anybody {
            true => add(key, Maker::Anybody),
            false => making.into().kept_under(|maker| add(key.clone(), maker)),
        }
    }
}

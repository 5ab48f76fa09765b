//! The entries of a map that is being read, no two under one key.

use crate::hashing::HashMap;
use std::borrow::Cow;

use crate::node::{Entry, Kind, Node, Scalar};
use crate::source::Span;

/// How many entries a map has before keys are looked up by hash.
const FEW: usize = 32;

/// How many bytes of memory one more item takes in a list of `others`. Whatever is no map of fields
/// takes the most when it is read, compared to the tree: as a name, or as an empty transition.
pub(super) fn room_in_list(others: usize, item: &Node<'_>) -> usize {
    const WHEN_READ: usize = 168;
    let when_read = match item.entries() {
        Some([_, ..]) => 0,
        _ => WHEN_READ,
    };
    when_read + room::<Node<'_>>(others)
}

/// How many bytes of memory one more entry takes in a map of `others`.
pub(super) fn room_in_map(others: usize) -> usize {
    const IN_INDEX: usize = 56;
    let in_index = if others >= FEW { IN_INDEX } else { 0 };
    in_index + room::<Entry<'_>>(others)
}

/// The first has room for four, and each a text.
fn room<T>(others: usize) -> usize {
    const FIRST: usize = 4;
    const TEXT: usize = 16;
    TEXT + match others {
        0 => FIRST * size_of::<T>(),
        1..FIRST => 0,
        _ => size_of::<T>(),
    }
}

/// The bit of a key.
#[inline]
fn kind(key: &str) -> u64 {
    let first = key.as_bytes().first().copied().unwrap_or(0);
    1 << ((usize::from(first) + 7 * key.len()) % 64)
}

/// Entries in the order of the text.
#[derive(Default)]
pub(super) struct Entries<'t> {
    list: Vec<Entry<'t>>,
    /// A bit for each key, by its length and first letter: most maps have few keys and no two so alike.
    kinds: u64,
    /// Where each key is in `list`, once there are many: looking through all of them for every
    /// new one would take the square of their number.
    index: Option<Box<HashMap<Cow<'t, str>, usize>>>,
}

impl<'t> Entries<'t> {
    /// None yet, and room for some: growing one by one takes longer than reading them.
    pub fn with_room() -> Self {
        Entries {
            list: Vec::with_capacity(FEW),
            ..Entries::default()
        }
    }

    /// Where `key` is written, if there is an entry under it.
    #[inline]
    pub fn find(&self, key: &str) -> Option<Span> {
        match self.kinds & kind(key) {
            0 => None,
            _ => self.find_alike(key),
        }
    }

    fn find_alike(&self, key: &str) -> Option<Span> {
        let at = self.place(key)?;
        Some(self.list[at].key_span())
    }

    /// The number of the entry of `key`, counted from 0, if there is one.
    fn place(&self, key: &str) -> Option<usize> {
        match &self.index {
            None => {
                let mut entries = self.list.iter();
                entries.position(|entry| entry.key.is(key) && !entry.is_lost())
            }
            Some(index) => index.get(key).copied(),
        }
    }

    /// The value of the entry of `key`, to be added to, and its number.
    pub fn value_mut(&mut self, key: &str) -> Option<(usize, &mut Node<'t>)> {
        let at = self.place(key)?;
        Some((at, &mut self.list[at].value))
    }

    /// Puts another entry of the same key in the place of that of this number.
    pub fn replace(&mut self, at: usize, key: Scalar<'t>, key_span: Span, value: Node<'t>) {
        self.list[at] = Entry::new(key, key_span, value);
    }

    /// Puts them into the order in which their keys stand in the text.
    pub fn sort(&mut self) {
        self.index = None;
        self.list.sort_by_key(|entry| entry.key_span().start);
    }

    /// Adds an entry, under whose key there is none yet.
    #[inline]
    pub fn insert(&mut self, key: Scalar<'t>, key_span: Span, value: Node<'t>) {
        self.kinds |= kind(key.text());
        self.push(key, key_span, value);
    }

    /// As [`Entries::insert`]; answers whether there was none under its key, as there must not be.
    #[inline]
    pub fn insert_new(&mut self, key: Scalar<'t>, key_span: Span, value: Node<'t>) -> bool {
        let kind = kind(key.text());
        let is_new = self.kinds & kind == 0 || self.find_alike(key.text()).is_none();
        self.kinds |= kind;
        self.push(key, key_span, value);
        is_new
    }

    #[inline]
    fn push(&mut self, key: Scalar<'t>, key_span: Span, value: Node<'t>) {
        if self.list.len() >= FEW {
            self.add_to_index(&key);
        }
        self.list.push(Entry::new(key, key_span, value));
    }

    /// The entries of a map to which more are added after others were read. `None` where it has many: whoever
    /// adds one at a time would copy all of them for each.
    pub fn again(map: &mut Node<'t>) -> Option<Self> {
        map.entries().filter(|entries| entries.len() < FEW)?;
        let empty = Node::new(map.span, Kind::Map(Box::default()));
        let Kind::Map(list) = std::mem::replace(map, empty).into_kind() else {
            return None;
        };
        let keys = list.iter().map(|entry| kind(entry.key.text()));
        Some(Entries {
            kinds: keys.fold(0, |all, kind| all | kind),
            list: list.into_vec(),
            index: None,
        })
    }

    /// Notes that the next entry is that of `key`.
    #[cold]
    fn add_to_index(&mut self, key: &Scalar<'t>) {
        let list = &self.list;
        let index = self.index.get_or_insert_with(|| {
            let known = list.iter().enumerate();
            let known = known.filter(|(_, entry)| !entry.is_lost());
            let places = known.map(|(at, entry)| (entry.key.to_text(), at));
            Box::new(places.collect())
        });
        index.insert(key.to_text(), list.len());
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Notes that an entry begins at `at` of which not even the key could be read.
    pub fn insert_lost(&mut self, at: Span) {
        self.list.push(Entry::lost(at));
    }

    /// The entries.
    pub fn into_list(self) -> Box<[Entry<'t>]> {
        self.list.into_boxed_slice()
    }

    /// Takes the entries out. The room that these had is kept for other entries: most maps are
    /// small, and a file has many.
    pub fn take_list(&mut self) -> Box<[Entry<'t>]> {
        self.index = None;
        self.kinds = 0;
        match self.list.len() {
            0..=FEW => {
                // Room for just these, which are then moved at once.
                let mut list = Vec::with_capacity(self.list.len());
                list.append(&mut self.list);
                list.into_boxed_slice()
            }
            _ => std::mem::take(&mut self.list).into_boxed_slice(),
        }
    }
}

//! The TOML that nearly every workflow is written in, read at several times the speed of a parser
//! that must be ready for anything.
//!
//! What is read here: `[table]`, `[table.name]`, `[table.name.part]` and `[[table]]`, keys with at most
//! one dot, text, booleans, whole numbers, lists and inline tables. Whatever else stands
//! in a text, and every mistake, makes the reader give up: the parser then reads the text from its
//! start and has the last word. A test holds both against each other.

use super::super::draft::Draft;
use super::super::entries::{Entries, room_in_map};
use super::super::toml::build;
use super::cursor::Cursor;
use crate::node::Entry;
use crate::node::{Document, Kind, Node, Scalar};
use crate::source::Span;

mod quotes;
mod values;

/// More levels than what is read here can have. Where the limit is lower, the parser looks after it.
const MOST_LEVELS: usize = 5 + values::MAX_DEPTH;

/// How many tables a `[[list]]` gets room for at first.
const SOME: usize = 16;

/// How many tables and values the root may have here: they are looked through one by one.
const MAX_ROOT: usize = 32;

/// The document of `text`, which is the text of `draft`; `None` where it holds more than is read here.
pub(super) fn document<'t>(
    draft: &Draft<'_>,
    text: &'t str,
    comments: bool,
) -> Option<Document<'t>> {
    if draft.source.limits().depth < MOST_LEVELS {
        return None;
    }
    let mut reader = Reader {
        draft,
        cursor: Cursor::new(text),
        root: Vec::with_capacity(MAX_ROOT / 2),
        named: None,
        entries: Entries::default(),
        current: Current::Root,
        has_dotted: false,
        is_sorted: true,
        memory: draft.source.limits().tree(),
    };
    reader.lines()?;
    reader.close();
    reader.close_named();
    if !reader.is_sorted {
        reader.root.iter_mut().for_each(Slot::sort);
    }
    let entries = reader.root.into_iter().map(Slot::finished).collect();
    Some(build::finished(draft, text, entries, comments))
}

/// Whether a byte may stand in a key without quotes.
const IS_BARE: [bool; 256] = {
    let mut is_bare = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        is_bare[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    is_bare[b'-' as usize] = true;
    is_bare[b'_' as usize] = true;
    is_bare
};

struct Reader<'d, 't> {
    draft: &'d Draft<'d>,
    cursor: Cursor<'t>,
    root: Vec<Slot<'t>>,
    /// The last table that has a name in another one, as long as it may get parts.
    named: Option<Named<'t>>,
    /// What stands below the last header.
    entries: Entries<'t>,
    /// What those entries belong to.
    current: Current<'t>,
    /// Whether a key had a dot: what such a key made, no header may name, and most names look the same.
    has_dotted: bool,
    /// Whether the tables that have a name in another one stand there in the order of the text.
    is_sorted: bool,
    /// How many bytes of memory the values may still take.
    memory: usize,
}

/// An entry of the root.
struct Slot<'t> {
    key: Key<'t>,
    body: Body<'t>,
}

struct Key<'t> {
    text: &'t str,
    span: Span,
}

enum Body<'t> {
    Value(Node<'t>),
    /// A table, and the place that stands for it.
    Table(Span, Entries<'t>),
    /// The tables of a `[[list]]`, and the first header.
    List(Span, Vec<Node<'t>>),
}

/// A table that has a name in one of the root.
struct Named<'t> {
    slot: usize,
    name: Key<'t>,
    /// The place that stands for it.
    span: Span,
    entries: Entries<'t>,
    /// The number of its entry, where it has one: other tables were read since it was left.
    known: Option<usize>,
}

/// What a header opens; the numbers are those of slots.
enum Current<'t> {
    Root,
    Table(usize),
    /// `[table.name]`.
    Named,
    /// `[table.name.part]`, and where the header stands.
    Part(Key<'t>, Span),
    /// `[[table]]`, and where the header stands.
    Item(usize, Span),
}

impl<'t> Slot<'t> {
    fn sort(&mut self) {
        if let Body::Table(_, entries) = &mut self.body {
            entries.sort();
        }
    }

    fn finished(self) -> Entry<'t> {
        let value = match self.body {
            Body::Value(node) => node,
            Body::Table(span, entries) => Node::new(span, Kind::Map(entries.into_list())),
            Body::List(span, items) => Node::new(span, Kind::List(items.into())),
        };
        Entry::new(Scalar::text_only(self.key.text), self.key.span, value)
    }
}

impl<'t> Reader<'_, 't> {
    fn lines(&mut self) -> Option<()> {
        loop {
            self.cursor.skip_spaces();
            match self.cursor.byte() {
                0 if self.cursor.is_done() => return Some(()),
                b'\n' | b'\r' | b'#' => self.line_end()?,
                b'[' => {
                    self.close();
                    self.header()?;
                    self.line_end()?;
                }
                _ => {
                    self.entry()?;
                    self.line_end()?;
                }
            }
        }
    }

    /// Goes over what may follow a value: blanks, a comment, the end of the line.
    #[inline]
    fn line_end(&mut self) -> Option<()> {
        // So nearly every line ends.
        if self.cursor.byte() == b'\n' {
            self.cursor.at += 1;
            return Some(());
        }
        self.cursor.skip_spaces();
        if self.cursor.byte() == b'#' {
            self.cursor.skip_to_line_end();
        }
        let is_end = self.cursor.is_at_line_end();
        self.cursor.skip_line_end();
        is_end.then_some(())
    }

    fn place(&self, start: usize) -> Span {
        self.draft.source.at(start..self.cursor.at)
    }

    /// Counts so many bytes of memory; `None` where there are no more.
    fn take(&mut self, room: usize) -> Option<()> {
        self.memory = self.memory.checked_sub(room)?;
        Some(())
    }

    /// A key without dots, with or without quotes.
    fn key(&mut self) -> Option<Key<'t>> {
        match self.cursor.byte() {
            quote @ (b'"' | b'\'') => {
                let start = self.cursor.at;
                let text = self.quoted_key(quote)?;
                let span = self.place(start);
                Some(Key { text, span })
            }
            _ => self.bare_key(),
        }
    }

    #[inline(always)]
    fn bare_key(&mut self) -> Option<Key<'t>> {
        let start = self.cursor.at;
        let rest = self.cursor.text.as_bytes().get(start..)?;
        let end = rest.iter().position(|byte| !IS_BARE[usize::from(*byte)]);
        self.cursor.at += end.unwrap_or(rest.len());
        let (text, span) = (self.cursor.since(start), self.place(start));
        (!text.is_empty()).then_some(Key { text, span })
    }

    /// `[table]`, `[table.name]` or `[[table]]`.
    fn header(&mut self) -> Option<()> {
        let start = self.cursor.at;
        self.cursor.expect(b'[')?;
        let is_item = self.cursor.expect(b'[').is_some();
        let key = self.key()?;
        let name = self.next_key()?;
        let part = match name {
            Some(_) => self.next_key()?,
            None => None,
        };
        self.cursor.expect(b']')?;
        if is_item {
            self.cursor.expect(b']')?;
        }
        let header = self.place(start);
        let known = self.root.iter().position(|slot| slot.key.text == key.text);
        self.current = match (name, is_item) {
            (Some(_), true) => return None,
            (Some(name), false) => self.named(known, key, name, part, header)?,
            (None, false) if known.is_some() => return None,
            (None, false) => {
                Current::Table(self.add(key, Body::Table(header, Entries::default()))?)
            }
            (None, true) => {
                let slot = match known {
                    Some(slot) => slot,
                    None => self.add(key, Body::List(header, Vec::with_capacity(SOME)))?,
                };
                let is_list = matches!(self.root[slot].body, Body::List(..));
                self.take(size_of::<Node<'_>>())?;
                is_list.then_some(Current::Item(slot, header))?
            }
        };
        Some(())
    }

    /// A dot and the key after it, where there is one.
    fn next_key(&mut self) -> Option<Option<Key<'t>>> {
        match self.cursor.expect(b'.') {
            Some(()) => self.key().map(Some),
            None => Some(None),
        }
    }

    /// Opens `[key.name]` or `[key.name.part]`; `known` is the slot of `key`, if it has one.
    fn named(
        &mut self,
        known: Option<usize>,
        key: Key<'t>,
        name: Key<'t>,
        part: Option<Key<'t>>,
        header: Span,
    ) -> Option<Current<'t>> {
        let slot = match known {
            Some(slot) => slot,
            // Nothing but the key stands for a table that has no header.
            None => {
                let body = Body::Table(key.span, Entries::with_room());
                self.add(key, body)?
            }
        };
        let is_open = |named: &Named<'_>| named.slot == slot && named.name.text == name.text;
        if part.is_none() || !self.named.as_ref().is_some_and(is_open) {
            self.close_named();
            let Body::Table(_, entries) = &self.root[slot].body else {
                return None;
            };
            let span = if part.is_some() { name.span } else { header };
            match entries.find(name.text) {
                Some(known) => self.reopen(slot, name, known, part.is_none().then_some(header))?,
                None => {
                    let room = room_in_map(entries.len());
                    self.take(room)?;
                    self.named = Some(Named {
                        slot,
                        name,
                        span,
                        entries: Entries::default(),
                        known: None,
                    });
                }
            }
        }
        let Some(part) = part else {
            return Some(Current::Named);
        };
        let entries = &self.named.as_ref()?.entries;
        let is_new = entries.find(part.text).is_none();
        let room = room_in_map(entries.len());
        self.take(room)?;
        is_new.then_some(Current::Part(part, header))
    }

    /// Goes on with a table that has a name in that of `slot`, which is written at `known`. The `header`, where
    /// it is not a part that follows, is the first that the table has: parts may stand before it.
    fn reopen(
        &mut self,
        slot: usize,
        name: Key<'t>,
        known: Span,
        header: Option<Span>,
    ) -> Option<()> {
        let Body::Table(_, entries) = &mut self.root[slot].body else {
            return None;
        };
        let (at, node) = entries.value_mut(name.text)?;
        let has_parts_only = node.span == known;
        let is_of_header = self.cursor.byte_at(node.span.range().start) == b'[';
        let may_go_on = has_parts_only || (is_of_header && header.is_none());
        if !may_go_on || self.has_dotted {
            return None;
        }
        let mut place = known;
        let span = header.unwrap_or(node.span);
        let mut entries = Entries::again(node)?;
        if header.is_some() {
            // What stands below the header comes after the parts, and the table counts as written here.
            self.entries = std::mem::take(&mut entries);
            self.is_sorted = false;
            place = name.span;
        }
        self.named = Some(Named {
            slot,
            name: Key {
                span: place,
                ..name
            },
            span,
            entries,
            known: Some(at),
        });
        Some(())
    }

    /// Adds a slot for a key that has none; answers its number.
    fn add(&mut self, key: Key<'t>, body: Body<'t>) -> Option<usize> {
        let slot = self.root.len();
        self.root.push(Slot { key, body });
        (slot < MAX_ROOT).then_some(slot)
    }

    /// `key = value`.
    fn entry(&mut self) -> Option<()> {
        let key = match self.cursor.byte() {
            b'"' | b'\'' => self.key()?,
            _ => self.bare_key()?,
        };
        let part = self.next_key()?;
        self.equals()?;
        let value = self.value()?;
        if let Some(part) = part {
            return self.dotted(key, part, value);
        }
        if let Current::Root = self.current {
            let is_new = self.root.iter().all(|slot| slot.key.text != key.text);
            self.add(key, Body::Value(value))?;
            return is_new.then_some(());
        }
        self.take(room_in_map(self.entries.len()))?;
        insert(&mut self.entries, key, value)
    }

    /// `key.part = value`, below a header.
    fn dotted(&mut self, key: Key<'t>, part: Key<'t>, value: Node<'t>) -> Option<()> {
        if let Current::Root = self.current {
            return None;
        }
        self.has_dotted = true;
        let Some(known) = self.entries.find(key.text) else {
            self.take(room_in_map(self.entries.len()) + room_in_map(0))?;
            let mut entries = Entries::default();
            insert(&mut entries, part, value)?;
            let table = Node::new(key.span, Kind::Map(entries.into_list()));
            return insert(&mut self.entries, key, table);
        };
        let (at, node) = self.entries.value_mut(key.text)?;
        if node.span != known {
            return None;
        }
        let mut entries = Entries::again(node)?;
        self.take(room_in_map(entries.len()))?;
        insert(&mut entries, part, value)?;
        let table = Node::new(known, Kind::Map(entries.into_list()));
        self.entries
            .replace(at, Scalar::text_only(key.text), known, table);
        Some(())
    }

    /// Goes over `=` and the blanks around it.
    #[inline]
    pub(super) fn equals(&mut self) -> Option<()> {
        self.cursor.skip_spaces();
        self.cursor.expect(b'=')?;
        self.cursor.skip_spaces();
        Some(())
    }

    /// Puts what stands below the last header where it belongs.
    fn close(&mut self) {
        match std::mem::replace(&mut self.current, Current::Root) {
            Current::Root => {}
            Current::Table(slot) => {
                if let Body::Table(_, table) = &mut self.root[slot].body {
                    *table = std::mem::take(&mut self.entries);
                }
            }
            Current::Named => {
                if let Some(named) = &mut self.named {
                    named.entries = std::mem::take(&mut self.entries);
                }
            }
            Current::Part(part, header) => {
                if let Some(named) = &mut self.named {
                    let node = Node::new(header, Kind::Map(self.entries.take_list()));
                    named
                        .entries
                        .insert(Scalar::text_only(part.text), part.span, node);
                }
            }
            Current::Item(slot, header) => {
                if let Body::List(_, items) = &mut self.root[slot].body {
                    items.push(Node::new(header, Kind::Map(self.entries.take_list())));
                }
            }
        }
    }

    /// Puts the last named table where it belongs.
    fn close_named(&mut self) {
        if let Some(mut named) = self.named.take()
            && let Body::Table(_, table) = &mut self.root[named.slot].body
        {
            let node = Node::new(named.span, Kind::Map(named.entries.take_list()));
            let Key { text, span } = named.name;
            match named.known {
                Some(at) => table.replace(at, Scalar::text_only(text), span, node),
                None => table.insert(Scalar::text_only(text), span, node),
            }
            // Room for the entries of the next.
            self.entries = named.entries;
        }
    }
}

/// Adds an entry; `None` where there is one under its key.
#[inline]
fn insert<'t>(entries: &mut Entries<'t>, key: Key<'t>, value: Node<'t>) -> Option<()> {
    entries
        .insert_new(Scalar::text_only(key.text), key.span, value)
        .then_some(())
}

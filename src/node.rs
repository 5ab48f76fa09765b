//! The tree that both syntaxes are read into: scalars, lists and maps, a place on each.
//!
//! A node knows where it is written and what a reader of its syntax takes it for, but not which
//! syntax that was, and nothing of workflows. Everything after [`crate::syntax`] works on nodes,
//! so YAML and TOML cannot differ in checks, reports or output.

use std::collections::HashMap;
use std::sync::Arc;

use crate::source::Span;

mod aliases;
mod fingerprint;
mod scalar;
mod spelling;

pub use fingerprint::{Fingerprints, OfTree};
pub use scalar::{Reading, Scalar, ScalarKind};
pub use spelling::{is_bare_in_toml, list, one_or_list, quoted, respelt, spelt, spelt_in};

/// What a source was read into.
#[derive(Debug, Default)]
pub struct Document<'s> {
    /// The one value of the document; `None` where the text has none or cannot be read at all.
    pub root: Option<Node<'s>>,
    /// Every use of a YAML alias, in the order of the text.
    pub aliases: Vec<Alias>,
    /// Every comment with its `#`, in the order of the text. Only those of a text that may hold
    /// words for this program are looked for; others are for people.
    pub comments: Vec<Span>,
    /// Text after `|` or `>` in YAML, in the order of the file: no comment can stand in it.
    pub block_texts: Vec<Span>,
    /// Parts of the text of which nothing is in the tree. Each loss is already reported, so that
    /// what is missing for it need not be. What is lost inside of an entry is [`Kind::Lost`] at
    /// its place instead.
    pub lost: Vec<Lost>,
}

/// A use of a YAML alias: `*name` stands for what is written at the anchor `&name`.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The name, without `*`.
    pub name: String,
    /// Where `*name` is written.
    pub used: Span,
    /// The anchored value, without its `&name`.
    pub target: Span,
}

/// An entry of the root map, or more than one, that could not be read.
#[derive(Clone, Debug)]
pub struct Lost {
    /// What was passed over.
    pub span: Span,
    /// The key of the entry, as far as it can be told.
    pub key: Option<String>,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node<'s> {
    /// Where it is written; for an alias, where `*name` stands. A map or list written over
    /// several lines starts at its first key or item; a TOML table's place is its header.
    pub span: Span,
    content: Content<'s>,
}

#[derive(Clone, Debug)]
enum Content<'s> {
    Own(Kind<'s>),
    /// An anchored value and its aliases: one value, however many places stand for it.
    Shared(Arc<Kind<'s>>),
}

// A large file is read into half a million of these.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Node<'_>>() == 40 && size_of::<Entry<'_>>() == 72);

/// What a node is.
#[derive(Clone, Debug)]
pub enum Kind<'s> {
    /// One value.
    Scalar(Scalar<'s>),
    /// Values in order.
    List(Box<[Node<'s>]>),
    /// Named values, in the order of the text, no two with the same name. Entries whose name
    /// could not be read are among them.
    Map(Box<[Entry<'s>]>),
    /// Nothing is written where a value belongs (`name:` and the line ends). The span, if any,
    /// is of a comment that stands there instead: `color: #ff0000` is read so.
    Absent(Option<Span>),
    /// Something is written that could not be read. That is reported already, so whoever meets
    /// it says nothing and does without.
    Lost,
}

/// A name and its value in a map.
#[derive(Clone, Debug)]
pub struct Entry<'s> {
    /// The name; empty in an entry that [is lost](Entry::is_lost).
    pub key: Scalar<'s>,
    /// Where the name is written, in bytes of the source in which the value is.
    key_start: u32,
    key_end: u32,
    /// The value.
    pub value: Node<'s>,
}

impl<'s> Entry<'s> {
    /// An entry whose name is written at `key_span`, in the source in which `value` is.
    pub fn new(key: Scalar<'s>, key_span: Span, value: Node<'s>) -> Self {
        Entry {
            key,
            key_start: key_span.start,
            key_end: key_span.end,
            value,
        }
    }

    /// An entry that begins at `at` and of which not even the name could be read, which is
    /// reported already. Any number of them may stand in a map.
    pub fn lost(at: Span) -> Self {
        Entry::new(Scalar::text_only(""), at, Node::new(at, Kind::Lost))
    }

    /// Where the name is written.
    pub fn key_span(&self) -> Span {
        Span {
            source: self.value.span.source,
            start: self.key_start,
            end: self.key_end,
            via: self.value.span.via,
        }
    }

    /// Whether nothing stands after the name.
    pub fn is_bare(&self) -> bool {
        matches!(self.value.kind(), Kind::Absent(_))
    }

    /// Whether not even the name could be read: it may be that of any field.
    pub fn is_lost(&self) -> bool {
        self.key.text().is_empty() && self.value.is_lost()
    }
}

impl<'s> Node<'s> {
    /// A value written at `span`.
    pub fn new(span: Span, kind: Kind<'s>) -> Self {
        Node {
            span,
            content: Content::Own(kind),
        }
    }

    /// A value that an anchor or an alias at `span` shares with others.
    pub fn shared(span: Span, kind: Arc<Kind<'s>>) -> Self {
        Node {
            span,
            content: Content::Shared(kind),
        }
    }

    /// What the node is, seen through aliases.
    pub fn kind(&self) -> &Kind<'s> {
        match &self.content {
            Content::Own(kind) => kind,
            Content::Shared(kind) => kind,
        }
    }

    /// Whether no alias stands for this, too.
    pub fn is_own(&self) -> bool {
        matches!(self.content, Content::Own(_))
    }

    /// What tells the value that aliases share from others, where they share one.
    pub fn shared_by(&self) -> Option<usize> {
        match &self.content {
            Content::Own(_) => None,
            Content::Shared(kind) => Some(Arc::as_ptr(kind).addr()),
        }
    }

    /// As [`Node::take_items`], the entries of a map.
    pub fn take_entries(&mut self, entry: usize) -> Option<Box<[Entry<'s>]>> {
        match self.own_kind(entry)? {
            Kind::Map(entries) => Some(std::mem::take(entries)),
            _ => None,
        }
    }

    fn own_kind(&mut self, entry: usize) -> Option<&mut Kind<'s>> {
        let Content::Own(Kind::Map(entries)) = &mut self.content else {
            return None;
        };
        match &mut entries.get_mut(entry)?.value.content {
            Content::Own(kind) => Some(kind),
            Content::Shared(_) => None,
        }
    }

    /// Takes the items out of the list that is the value of entry number `entry` of this map. `None`
    /// where it is no list, or one that aliases stand for, too.
    pub fn take_items(&mut self, entry: usize) -> Option<Box<[Node<'s>]>> {
        match self.own_kind(entry)? {
            Kind::List(items) => Some(std::mem::take(items)),
            _ => None,
        }
    }

    /// What the node is, without a copy where no alias stands for it, too.
    pub fn into_kind(self) -> Kind<'s> {
        match self.content {
            Content::Own(kind) => kind,
            Content::Shared(kind) => Arc::unwrap_or_clone(kind),
        }
    }

    /// The value, where the node is a scalar; else the node.
    pub fn into_scalar(self) -> Result<Scalar<'s>, Self> {
        match self.content {
            Content::Own(Kind::Scalar(scalar)) => Ok(scalar),
            _ => self.scalar().cloned().ok_or(self),
        }
    }

    /// "a list", "a map", "a number" …, as a report says it.
    pub fn phrase(&self) -> &'static str {
        match self.kind() {
            Kind::Scalar(scalar) => scalar.kind().phrase(),
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
            Kind::Absent(_) | Kind::Lost => "nothing",
        }
    }

    /// Whether the node could not be read, which is reported already.
    pub fn is_lost(&self) -> bool {
        matches!(self.kind(), Kind::Lost)
    }

    /// The entries, where the node is a map.
    pub fn entries(&self) -> Option<&[Entry<'s>]> {
        match self.kind() {
            Kind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items, where the node is a list.
    pub fn items(&self) -> Option<&[Node<'s>]> {
        match self.kind() {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The value, where the node is a scalar.
    pub fn scalar(&self) -> Option<&Scalar<'s>> {
        match self.kind() {
            Kind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The value under `key`, where the node is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        let entry = self.entries()?.iter().find(|e| e.key.text() == key)?;
        Some(&entry.value)
    }

    /// Whether `other` says the same, wherever and however it is written. The order of a map's
    /// entries counts.
    pub fn says_the_same(&self, other: &Node<'_>) -> bool {
        same::nodes(self, other, &mut same::Seen::new())
    }

    /// A copy that does not borrow the source. Shared values stay shared, so that the copy is no
    /// larger than what is written, whatever aliases multiply.
    pub fn to_owned_node(&self) -> Node<'static> {
        copied(self, &mut Seen::new())
    }
}

/// A copy of `of`, which shares what `seen` knows.
fn copied<'s>(of: &Node<'s>, seen: &mut Seen<'s>) -> Node<'static> {
    fn kind<'s>(of: &Kind<'s>, seen: &mut Seen<'s>) -> Kind<'static> {
        match of {
            Kind::Scalar(scalar) => Kind::Scalar(scalar.clone().into_owned()),
            Kind::List(items) => Kind::List(items.iter().map(|n| copied(n, seen)).collect()),
            Kind::Map(entries) => Kind::Map(entries.iter().map(|e| entry(e, seen)).collect()),
            Kind::Absent(comment) => Kind::Absent(*comment),
            Kind::Lost => Kind::Lost,
        }
    }
    fn entry<'s>(of: &Entry<'s>, seen: &mut Seen<'s>) -> Entry<'static> {
        let key = of.key.clone().into_owned();
        Entry::new(key, of.key_span(), copied(&of.value, seen))
    }
    let shared = match &of.content {
        Content::Own(own) => return Node::new(of.span, kind(own, seen)),
        Content::Shared(shared) => shared,
    };
    let address = Arc::as_ptr(shared);
    if let Some(copy) = seen.get(&address) {
        return Node::shared(of.span, Arc::clone(copy));
    }
    let copy = Arc::new(kind(shared, seen));
    seen.insert(address, Arc::clone(&copy));
    Node::shared(of.span, copy)
}

impl Node<'_> {
    /// As [`Node::to_owned_node`], but of a large tree there are never two.
    pub fn into_owned_node(self) -> Node<'static> {
        own::node(self, &mut Seen::new())
    }
}

/// Trees that let go of the source.
mod own {
    use super::{Content, Entry, Kind, Node, Seen};

    pub fn node<'s>(of: Node<'s>, seen: &mut Seen<'s>) -> Node<'static> {
        match of.content {
            Content::Own(own) => Node::new(of.span, kind(own, seen)),
            Content::Shared(_) => super::copied(&of, seen),
        }
    }

    fn kind<'s>(of: Kind<'s>, seen: &mut Seen<'s>) -> Kind<'static> {
        match of {
            Kind::Scalar(scalar) => Kind::Scalar(scalar.into_owned()),
            Kind::List(items) => Kind::List(items.into_iter().map(|n| node(n, seen)).collect()),
            Kind::Map(entries) => Kind::Map(entries.into_iter().map(|e| entry(e, seen)).collect()),
            Kind::Absent(comment) => Kind::Absent(comment),
            Kind::Lost => Kind::Lost,
        }
    }

    fn entry<'s>(of: Entry<'s>, seen: &mut Seen<'s>) -> Entry<'static> {
        let at = of.key_span();
        Entry::new(of.key.into_owned(), at, node(of.value, seen))
    }
}

/// The copies of shared values made so far, by the address of the original.
type Seen<'s> = HashMap<*const Kind<'s>, Arc<Kind<'static>>>;

/// Comparing trees.
mod same {
    use std::collections::HashSet;
    use std::sync::Arc;

    use super::{Content, Kind, Node};

    /// Pairs of shared values that are the same: aliases multiply, and each pair is compared once.
    pub type Seen = HashSet<(usize, usize)>;

    pub fn nodes(one: &Node, other: &Node, seen: &mut Seen) -> bool {
        let (Content::Shared(a), Content::Shared(b)) = (&one.content, &other.content) else {
            return kinds(one.kind(), other.kind(), seen);
        };
        let pair = (Arc::as_ptr(a).addr(), Arc::as_ptr(b).addr());
        if seen.contains(&pair) {
            return true;
        }
        let same = kinds(a, b, seen);
        if same {
            seen.insert(pair);
        }
        same
    }

    fn kinds(one: &Kind, other: &Kind, seen: &mut Seen) -> bool {
        match (one, other) {
            (Kind::Scalar(a), Kind::Scalar(b)) => a == b,
            (Kind::List(a), Kind::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| nodes(a, b, seen))
            }
            (Kind::Map(a), Kind::Map(b)) => {
                let mut pairs = a.iter().zip(b);
                a.len() == b.len()
                    && pairs.all(|(a, b)| a.key == b.key && nodes(&a.value, &b.value, seen))
            }
            (Kind::Absent(_), Kind::Absent(_)) | (Kind::Lost, Kind::Lost) => true,
            _ => false,
        }
    }
}

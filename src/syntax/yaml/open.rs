//! What is being read: lists, maps and anchors that are not finished.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::node::{Kind, Node, Reading, Scalar, ScalarKind};
use crate::source::Span;

use super::super::entries::{Entries, room_in_list, room_in_map};
use super::super::scalars;

/// What an anchor names.
#[derive(Default)]
pub(super) struct Anchor<'t> {
    pub name: Cow<'t, str>,
    /// `None` while the value is still being read.
    pub value: Option<Finished<'t>>,
}

/// A value that can be used again.
#[derive(Clone)]
pub(super) struct Finished<'t> {
    pub kind: Arc<Kind<'t>>,
    pub span: Span,
    pub height: usize,
    /// How many bytes it takes written out, about.
    pub weight: usize,
}

/// A list or map that is being read.
pub(super) struct Open<'t> {
    pub content: Content<'t>,
    pub anchor: usize,
    /// The place of the opening bracket; `None` where indentation does its work.
    pub bracket: Option<usize>,
    /// From the first to the last byte of what it holds.
    pub extent: Option<Span>,
    /// How many levels of lists and maps it has inside, itself included.
    pub height: usize,
    /// What all values before it weigh.
    pub before: usize,
}

pub(in crate::syntax) enum Content<'t> {
    List(Vec<Node<'t>>),
    Map(Map<'t>),
}

impl Content<'_> {
    /// How many bytes of memory `next` takes, with its key.
    pub fn room_for(&self, next: &Node<'_>) -> usize {
        match self {
            Content::List(items) => room_in_list(items.len(), next),
            Content::Map(map) => match map.key {
                Key::Awaited => 0,
                _ => room_in_map(map.entries.len()),
            },
        }
    }
}

/// A map that is being read.
#[derive(Default)]
pub(in crate::syntax) struct Map<'t> {
    pub entries: Entries<'t>,
    pub key: Key<'t>,
}

/// How far the entry is read whose value comes next.
#[derive(Default)]
pub(in crate::syntax) enum Key<'t> {
    /// Its key comes next.
    #[default]
    Awaited,
    /// Its value comes next.
    Read(Scalar<'t>, Span),
    /// Its value comes next; its key, written here, could not be read, so neither is it.
    Lost(Span),
    /// Its value comes next and is not wanted: the key is written again, which is reported so.
    Dropped(Scalar<'t>, Box<Diagnostic>),
}

/// A value that has been read, on its way into the list or map that holds it.
pub(super) struct Value<'t> {
    pub node: Node<'t>,
    pub height: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Scalar,
    List,
    Map,
}

impl Shape {
    pub fn phrase(self) -> &'static str {
        match self {
            Shape::Scalar => "one value",
            Shape::List => "a list",
            Shape::Map => "a map",
        }
    }
}

/// The scalar that `text` is: `plain` if it has no quotes, of the kind that its tag says.
pub(super) fn scalar(text: Cow<'_, str>, plain: bool, tag: Option<ScalarKind>) -> Scalar<'_> {
    match tag {
        Some(ScalarKind::Text) => Scalar::text_only(text),
        Some(kind) => {
            let tagged = true;
            let reading = Reading::only(kind);
            Scalar::new(text, Reading { tagged, ..reading })
        }
        None if !plain => Scalar::text_only(text),
        None => {
            let (kind, elsewhere) = scalars::kinds(&text);
            let reading = Reading {
                kind,
                plain: true,
                elsewhere,
                tagged: false,
            };
            Scalar::new(text, reading)
        }
    }
}

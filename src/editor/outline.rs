//! What a text is made of: its parts as a tree, which parts fold, and what holds a place.

use crate::diagnostic::Diagnostics;
use crate::expect::PROMISES;
use crate::language::{Kind, workflow};
use crate::node::{Document, Kind as NodeKind, Node};
use crate::source::Span;
use crate::syntax;

use super::Looked;

/// A part of a file.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// More about it.
    pub detail: String,
    /// What it is.
    pub sort: Sort,
    /// All of it.
    pub whole: Span,
    /// Its name.
    pub place: Span,
    /// Its own parts.
    pub parts: Vec<Part>,
}

/// What a part of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A field with parts of its own.
    Field,
    /// A state.
    State,
    /// A transition or a start.
    Transition,
    /// A promise.
    Promise,
    /// A product.
    Target,
}

/// The parts of a file, in the order of the text.
pub(super) fn of(document: &Document) -> Vec<Part> {
    let root = document.root.as_ref();
    let entries = root.and_then(Node::entries).unwrap_or_default();
    let mut parts = Vec::new();
    for entry in entries {
        let field = workflow::THING.fields.iter();
        let mut field = field.filter(|field| field.name == entry.key.text());
        let Some(field) = field.next() else { continue };
        let inner: Vec<Part> = match &field.kind {
            Kind::ByName(_) => named(&entry.value, Sort::State, "category"),
            Kind::Blocks => named(&entry.value, Sort::Target, ""),
            Kind::List(_) => items(&entry.value, transition),
            Kind::Promises(_) => items(&entry.value, promise),
            _ => continue,
        };
        parts.push(Part {
            name: field.name.to_owned(),
            detail: match inner.len() {
                1 => "1 entry".to_owned(),
                many => format!("{many} entries"),
            },
            sort: Sort::Field,
            whole: extent(entry.key_span(), &entry.value),
            place: entry.key_span(),
            parts: inner,
        });
    }
    parts
}

fn named(node: &Node, sort: Sort, detail: &str) -> Vec<Part> {
    let entries = node.entries().unwrap_or_default().iter();
    let part = |entry: &crate::node::Entry| {
        let detail = entry.value.get(detail).and_then(Node::scalar);
        Part {
            name: entry.key.text().to_owned(),
            detail: detail.map_or_else(String::new, |scalar| scalar.text().to_owned()),
            sort,
            whole: extent(entry.key_span(), &entry.value),
            place: entry.key_span(),
            parts: Vec::new(),
        }
    };
    entries.filter(|entry| !entry.is_lost()).map(part).collect()
}

fn items(node: &Node, part: impl Fn(&Node) -> Option<Part>) -> Vec<Part> {
    node.items()
        .unwrap_or_default()
        .iter()
        .filter_map(part)
        .collect()
}

fn transition(node: &Node) -> Option<Part> {
    node.entries()?;
    let text = |field: &str| node.get(field).and_then(words).unwrap_or_default();
    let (name, from, to) = (text("name"), text("from"), text("to"));
    let detail = format!("{from} → {to}");
    let mut names = [name, to, from].into_iter();
    Some(Part {
        name: names.find(|name| !name.is_empty()).unwrap_or_default(),
        detail,
        sort: Sort::Transition,
        whole: extent(node.span, node),
        place: node
            .get("name")
            .or(node.get("to"))
            .map_or(node.span, |name| name.span),
        parts: Vec::new(),
    })
}

fn promise(node: &Node) -> Option<Part> {
    let entries = node.entries()?;
    let is_word = |key: &str| PROMISES.shapes.iter().any(|shape| shape.word() == key);
    let entry = entries.iter().find(|entry| is_word(entry.key.text()))?;
    let because = node.get("because").and_then(words);
    Some(Part {
        name: format!(
            "{}: {}",
            entry.key.text(),
            words(&entry.value).unwrap_or_default()
        ),
        detail: because.unwrap_or_default(),
        sort: Sort::Promise,
        whole: extent(node.span, node),
        place: entry.key_span(),
        parts: Vec::new(),
    })
}

/// A name, or several in one line.
fn words(node: &Node) -> Option<String> {
    match node.kind() {
        NodeKind::Scalar(scalar) => Some(scalar.text().to_owned()),
        NodeKind::List(items) => {
            let names = items.iter().filter_map(|item| Some(item.scalar()?.text()));
            Some(names.collect::<Vec<_>>().join(", "))
        }
        _ => None,
    }
}

/// From where a part begins to where the last thing in it ends. The place of a table of TOML is only
/// its header.
fn extent(start: Span, node: &Node) -> Span {
    let mut whole = start;
    reach(node, &mut whole);
    whole
}

fn reach(node: &Node, whole: &mut Span) {
    if node.span.source != whole.source || node.span.via != whole.via {
        return;
    }
    *whole = whole.to(node.span);
    match node.kind() {
        NodeKind::List(items) => items.iter().for_each(|item| reach(item, whole)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| {
            *whole = whole.to(entry.key_span());
            reach(&entry.value, whole);
        }),
        _ => {}
    }
}

/// The parts of the text that fold, each as its first and last line, from 1.
pub fn folds(looked: &Looked) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    let mut add = |span: Span| {
        let source = looked.source;
        let end = span.end.saturating_sub(u32::from(span.end > span.start));
        let (first, last) = (source.position(span.start).line, source.position(end).line);
        if last > first {
            found.push((first, last));
        }
    };
    for part in looked.parts() {
        add(part.whole);
        part.parts.iter().for_each(|inner| add(inner.whole));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Everything that holds a byte of the text, the largest first: nodes, and entries with their names.
pub fn around(looked: &Looked, offset: usize) -> Vec<Span> {
    let mut found = vec![looked.source.span()];
    let document = syntax::read(looked.source, &mut Diagnostics::new());
    if let Some(root) = &document.root {
        into(root, offset as u32, &mut found);
    }
    found.dedup();
    found
}

fn into(node: &Node, offset: u32, found: &mut Vec<Span>) {
    let holds = |span: Span| span.start <= offset && offset <= span.end;
    let source = found[0].source;
    let enter = |span: Span, found: &mut Vec<Span>| {
        let is_inside = found.last().is_none_or(|last| last.contains(span));
        if span.source == source && span.via == 0 && holds(span) && is_inside {
            found.push(span);
        }
    };
    match node.kind() {
        NodeKind::List(items) => {
            for item in items {
                let whole = extent(item.span, item);
                if holds(whole) {
                    enter(whole, found);
                    into(item, offset, found);
                    break;
                }
            }
        }
        NodeKind::Map(entries) => {
            for entry in entries {
                let whole = extent(entry.key_span(), &entry.value);
                if holds(whole) {
                    enter(whole, found);
                    enter(entry.key_span(), found);
                    into(&entry.value, offset, found);
                    break;
                }
            }
        }
        NodeKind::Scalar(_) => enter(node.span, found),
        _ => {}
    }
}

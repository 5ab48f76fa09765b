//! The one way in which a workflow file is laid out: fields in the order of the language, even
//! indentation and spacing, one blank line where there were more.
//!
//! Nothing is written anew: pieces of the text are moved and the blanks between them changed, so
//! quoting, comments and line ends stay what they are. Every step is read back. One that would
//! change what the file says, or lose a comment, is not taken.

mod lines;
mod order;
mod sections;
mod spacing;

use std::collections::HashMap;

use crate::diagnostic::{Diagnostics, Edit};
use crate::fix;
use crate::model::decode;
use crate::node::{Document, Entry, Kind, Node};
use crate::source::{Source, Span, Syntax};
use crate::syntax;

/// After so many rounds, what still changes is left as it is.
const MOST_ROUNDS: usize = 8;

/// The text of `source` as it should be laid out; `None` where it cannot be read whole, and where a
/// key is written twice: which of the two is meant may be told by where they stand.
pub fn text(source: &Source) -> Option<String> {
    let mut out = Diagnostics::new();
    let document = syntax::read(source, &mut out);
    let leaves_out = |name: &str| name.starts_with("invalid-") || name == "duplicate-keys";
    let is_read = !out.iter().any(|d| leaves_out(d.code.name));
    if !is_read || !document.lost.is_empty() || document.root.is_none() {
        return None;
    }
    // Each step reads the text anew, and of a large one three trees are much.
    drop(document);
    let mut laid = source.clone();
    for _ in 0..MOST_ROUNDS {
        let mut from = 0;
        while let Some((step, next)) = next(&laid, from) {
            laid = next;
            from = step + 1;
        }
        if from == 0 {
            break;
        }
    }
    Some(laid.text().to_owned())
}

/// A change of the layout: the edits that make it.
type Step = fn(&Page<'_>) -> Vec<Edit>;

const STEPS: &[Step] = &[
    lines::last_line,
    order::inside,
    order::of_file,
    sections::fields,
    sections::tables,
    spacing::edits,
    lines::edits,
];

/// A text, and what is read of it.
struct Page<'p> {
    source: &'p Source,
    root: &'p Node<'p>,
    document: &'p Document<'p>,
    /// Where its comments are.
    comments: Vec<Span>,
    /// Where each `\n` is, in bytes: a line may be as long as the file.
    ends: Vec<usize>,
}

impl Page<'_> {
    fn text(&self) -> &str {
        self.source.text()
    }

    fn is_yaml(&self) -> bool {
        self.source.syntax() == Syntax::Yaml
    }

    /// Whether a YAML alias stands at `node`: its value is laid out at the anchor.
    fn is_alias(&self, node: &Node) -> bool {
        let aliases = &self.document.aliases;
        aliases
            .binary_search_by_key(&node.span, |alias| alias.used)
            .is_ok()
    }

    /// Whether the node is a list or map in brackets.
    fn is_flow(&self, node: &Node) -> bool {
        let first = match node.kind() {
            Kind::List(items) => items.first().map(|item| item.span),
            Kind::Map(entries) => entries.first().map(|entry| entry.key_span()),
            _ => return false,
        };
        // Without brackets of its own, it begins where its first part begins.
        let bracket = self.source.slice(node.span).starts_with(['{', '[']);
        bracket && first.is_none_or(|first| first.start > node.span.start)
    }

    /// Whether nothing but blanks stands before byte `at` on its line.
    fn begins_line(&self, at: usize) -> bool {
        self.text()[self.line_start(at)..at].trim().is_empty()
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.ends.partition_point(|end| *end < at);
        let last = before.checked_sub(1).map(|index| self.ends[index]);
        let start = last.map_or(0, |end| end + 1);
        match self.text()[start..].starts_with('\u{feff}') {
            true => start + '\u{feff}'.len_utf8(),
            false => start,
        }
    }

    /// The start of the line after the one that holds byte `at`.
    fn next_line(&self, at: usize) -> usize {
        let next = self.ends.get(self.ends.partition_point(|end| *end < at));
        next.map_or(self.text().len(), |end| end + 1)
    }
}

/// `source` after the next step, of those from number `from` on, that changes its layout and
/// nothing else; and the number of that step.
fn next(source: &Source, from: usize) -> Option<(usize, Source)> {
    // Before the tree: looking for them takes as much memory.
    let comments = syntax::comments(source)?;
    let document = syntax::read(source, &mut Diagnostics::new());
    let page = Page {
        source,
        root: document.root.as_ref()?,
        document: &document,
        comments,
        ends: source
            .text()
            .match_indices('\n')
            .map(|(at, _)| at)
            .collect(),
    };
    let mut steps = STEPS.iter().enumerate().skip(from);
    steps.find_map(|(number, step)| Some((number, taken(&page, *step)?)))
}

/// The source after `step`, where that changes nothing but the layout.
fn taken(page: &Page<'_>, step: Step) -> Option<Source> {
    let source = page.source;
    let mut edits = step(page);
    edits.sort_by_key(|edit| edit.span);
    edits.retain(|edit| source.slice(edit.span) != edit.text);
    let apart = |pair: &[Edit]| pair[0].span.end <= pair[1].span.start;
    if edits.is_empty() || !edits.windows(2).all(apart) {
        return None;
    }
    let text = fix::replaced(source.text(), &edits);
    drop(edits);
    let next = source.with_text(text);
    is_same(page, &next).then_some(next)
}

/// Whether `next` says what `page` says, with the same comments.
fn is_same(page: &Page<'_>, next: &Source) -> bool {
    let words = |source: &Source, places: &[Span]| {
        let mut words: Vec<String> = places
            .iter()
            .map(|at| source.slice(*at).trim_end().to_owned())
            .collect();
        words.sort_unstable();
        words
    };
    let Some(places) = syntax::comments(next) else {
        return false;
    };
    if words(page.source, &page.comments) != words(next, &places) {
        return false;
    }
    let mut out = Diagnostics::new();
    let read = syntax::read(next, &mut out);
    let is_broken = out.iter().any(|d| d.code.name.starts_with("invalid-"));
    let root = read.root.as_ref().filter(|_| !is_broken);
    root.is_some_and(|root| says_the_same(page.root, root))
}

/// Whether two files say the same: fields may change places, nothing else.
fn says_the_same(one: &Node, other: &Node) -> bool {
    fields_alike(one, other, |field, one, other| match field {
        "states" => {
            let (Some(a), Some(b)) = (one.entries(), other.entries()) else {
                return one.says_the_same(other);
            };
            let mut pairs = a.iter().zip(b);
            a.len() == b.len()
                && pairs.all(|(a, b)| a.key == b.key && same_fields(&a.value, &b.value))
        }
        "start" | "transitions" | "expect" => {
            let (Some(a), Some(b)) = (one.items(), other.items()) else {
                return one.says_the_same(other);
            };
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_fields(a, b))
        }
        _ => one.says_the_same(other),
    })
}

/// Whether two maps have the same fields with the same values, in any order.
fn same_fields(one: &Node, other: &Node) -> bool {
    fields_alike(one, other, |_, one, other| one.says_the_same(other))
}

fn fields_alike(one: &Node, other: &Node, alike: impl Fn(&str, &Node, &Node) -> bool) -> bool {
    let (Some(a), Some(b)) = (one.entries(), other.entries()) else {
        return one.says_the_same(other);
    };
    let by_name: HashMap<&str, &Entry> = b.iter().map(|e| (e.key.text(), e)).collect();
    let found = |entry: &Entry| {
        let same = by_name.get(entry.key.text());
        same.is_some_and(|other| {
            other.key == entry.key && alike(entry.key.text(), &entry.value, &other.value)
        })
    };
    a.len() == b.len() && a.iter().all(found)
}

/// The maps inside the file whose fields have an order, each with that order.
fn ordered<'n>(root: &'n Node<'n>) -> Vec<(&'n Node<'n>, &'static [&'static str])> {
    let mut found: Vec<(&Node, &'static [&'static str])> = Vec::new();
    for entry in root.entries().unwrap_or_default() {
        let items = || entry.value.items().unwrap_or_default().iter();
        let states = || entry.value.entries().unwrap_or_default().iter();
        match entry.key.text() {
            "start" => found.extend(items().map(|item| (item, decode::START_FIELDS))),
            "states" => found.extend(states().map(|e| (&e.value, decode::STATE_FIELDS))),
            "transitions" => found.extend(items().map(|item| (item, decode::TRANSITION_FIELDS))),
            "expect" => found.extend(items().map(|item| (item, decode::EXPECT_FIELDS))),
            _ => {}
        }
    }
    found.retain(|(node, _)| matches!(node.kind(), Kind::Map(_)));
    found
}

/// The place of `name` among `fields`; those that are none come last.
fn rank(name: &str, fields: &[&str]) -> usize {
    fields
        .iter()
        .position(|field| *field == name)
        .unwrap_or(fields.len())
}

/// The numbers of `names` in the order of `fields`; `None` where they are in order.
fn reordered<'k>(names: impl Iterator<Item = &'k str>, fields: &[&str]) -> Option<Vec<usize>> {
    let ranks: Vec<usize> = names.map(|name| rank(name, fields)).collect();
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|index| ranks[*index]);
    (!ranks.is_sorted()).then_some(order)
}

//! The one way in which a workflow file is laid out: fields in the order of the language, even
//! indentation and spacing, lists and maps in brackets broken that are too wide, one blank line where
//! there were more.
//!
//! Nothing is written anew: pieces of the text are moved and the blanks between them changed, so
//! quoting, comments and line ends stay what they are. Every step is read back. One that would
//! change what the file says, or lose a comment, is not taken.

mod flow;
mod lines;
mod meaning;
mod order;
mod sections;
mod spacing;

use crate::diagnostic::{Code, Diagnostics, Edit, Stops};
use crate::expect::PROMISES;
use crate::fix;
use crate::language::{Kind as Takes, workflow};
use crate::node::{Document, Fingerprints, Kind, Node};
use crate::silencing::OfLines;
use crate::source::{Source, Syntax};
use crate::syntax;

use meaning::Meaning;

/// After so many rounds, what still changes is left as it is.
const MOST_ROUNDS: usize = 8;

/// The text of `source` as it should be laid out; `None` where it cannot be read whole, and where a
/// key is written twice: which of the two is meant may be told by where they stand.
pub fn text(source: &Source) -> Option<String> {
    let mut progress = Progress::default();
    let mut laid = source.clone();
    // What a step made of it, which is still to be read.
    let mut tried: Option<Source> = None;
    loop {
        match progress.look(tried.as_ref().unwrap_or(&laid)) {
            Look::Changed(next) => laid = tried.replace(*next).unwrap_or(laid),
            Look::Done => return Some(tried.unwrap_or(laid).text().to_owned()),
            // A step that is not taken, or nothing to lay out.
            Look::SaysSomethingElse => drop(tried.take()?),
        }
    }
}

/// How far a text is laid out: it is read once after each step, and there is one tree at a time.
#[derive(Default)]
struct Progress {
    numbers: Fingerprints,
    /// What the text says, once it was read.
    wanted: Option<Meaning>,
    rounds: usize,
    /// The number of the step that comes next in this round.
    next: usize,
    /// Whether a step of this round was tried that is still to be looked at, and whether one was taken.
    is_trying: bool,
    is_taken: bool,
}

/// What is found in a text.
enum Look {
    /// It is not what was to be laid out, or cannot be read whole.
    SaysSomethingElse,
    /// A step makes this of it.
    Changed(Box<Source>),
    /// Nothing is left to do.
    Done,
}

impl Progress {
    fn look(&mut self, source: &Source) -> Look {
        let is_trying = std::mem::take(&mut self.is_trying);
        let look = with_page(source, |page| {
            let says = Meaning::of(page, &self.numbers);
            if *self.wanted.get_or_insert(says) != says {
                return Look::SaysSomethingElse;
            }
            self.is_taken |= is_trying;
            self.step(page)
        });
        look.unwrap_or(Look::SaysSomethingElse)
    }

    /// The next step that changes the page. A round is over after the last step, and when none of a
    /// round was taken, all is done.
    fn step(&mut self, page: &Page<'_>) -> Look {
        loop {
            for (number, step) in STEPS.iter().enumerate().skip(self.next) {
                if let Some(next) = changed(page, *step) {
                    self.next = number + 1;
                    self.is_trying = true;
                    return Look::Changed(Box::new(next));
                }
            }
            self.rounds += 1;
            if !std::mem::take(&mut self.is_taken) || self.rounds == MOST_ROUNDS {
                return Look::Done;
            }
            self.next = 0;
        }
    }
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
    flow::edits,
];

/// A text, and what is read of it.
struct Page<'p> {
    source: &'p Source,
    root: &'p Node<'p>,
    document: &'p Document<'p>,
    /// Where each `\n` is, in bytes: a line may be as long as the file.
    ends: Vec<usize>,
    /// Its suppressions.
    suppressions: OfLines,
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

    /// Where the line starts of the first comment above byte `at` that silences what is on its line.
    fn silenced_from(&self, at: usize) -> Option<usize> {
        let found = &self.suppressions.found;
        if found.is_empty() {
            return None;
        }
        let line = self.source.position(at as u32).line;
        // A comment is about a line below it, and so in the order of these.
        let first = found.partition_point(|(_, _, its)| *its < line);
        let here = found[first..].iter().take_while(|(_, _, its)| *its == line);
        let mut starts = here.map(|(comment, ..)| comment.range().start);
        let start = starts.find(|start| self.begins_line(*start))?;
        Some(self.line_start(start))
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

/// What `look` makes of a source that can be read whole.
fn with_page<T>(source: &Source, look: impl FnOnce(&Page<'_>) -> T) -> Option<T> {
    let mut out = Diagnostics::new();
    let document = syntax::read_with_comments(source, &mut out)?;
    let leaves_out = |code: &Code| code.stops(Stops::Reading) || code.name == "duplicate-keys";
    let is_read = !out.iter().any(|found| leaves_out(found.code));
    let root = document.root.as_ref();
    let root = root.filter(|_| is_read && document.lost.is_empty())?;
    let suppressions = OfLines::of(source, &document);
    let ends = source.text().match_indices('\n').map(|(at, _)| at);
    Some(look(&Page {
        source,
        root,
        document: &document,
        ends: ends.collect(),
        suppressions,
    }))
}

/// The source after `step`, where that changes anything.
fn changed(page: &Page<'_>, step: Step) -> Option<Source> {
    let source = page.source;
    let mut edits = step(page);
    edits.sort_by_key(|edit| edit.span);
    edits.retain(|edit| source.slice(edit.span) != edit.text);
    let apart = |pair: &[Edit]| pair[0].span.end <= pair[1].span.start;
    if edits.is_empty() || !edits.windows(2).all(apart) {
        return None;
    }
    Some(source.with_text(fix::replaced(source.text(), &edits)))
}

/// The maps inside the file whose fields have an order, each with that order.
fn ordered<'n>(root: &'n Node<'n>) -> Vec<(&'n Node<'n>, Order)> {
    let mut found: Vec<(&Node, Order)> = Vec::new();
    for entry in root.entries().unwrap_or_default() {
        let value = &entry.value;
        match inside(entry.key.text()) {
            Some(Inside::Each(order)) => {
                let states = value.entries().unwrap_or_default().iter();
                found.extend(states.map(|entry| (&entry.value, order)));
            }
            Some(Inside::One(order)) => {
                let items = value.items().unwrap_or(std::slice::from_ref(value));
                found.extend(items.iter().map(|item| (item, order)));
            }
            None => {}
        }
    }
    found.retain(|(node, _)| matches!(node.kind(), Kind::Map(_)));
    found
}

/// Names of fields, in the order of a tidy file.
type Order = &'static [&'static str];

/// What is inside a field of the file and has an order.
enum Inside {
    /// A map, or a list of them.
    One(Order),
    /// A map of maps by name.
    Each(Order),
}

fn inside(name: &str) -> Option<Inside> {
    let mut fields = workflow::THING.fields.iter();
    match fields.find(|field| field.name == name)?.kind {
        Takes::One(thing) | Takes::List(thing) | Takes::Starts(thing) => {
            Some(Inside::One(thing.names))
        }
        Takes::Promises(_) => Some(Inside::One(&PROMISES.names)),
        Takes::ByName(thing) | Takes::Roles(thing) | Takes::Migrations(thing) => {
            Some(Inside::Each(thing.names))
        }
        _ => None,
    }
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

//! Parts of a file in another shape than the language has, which can be meant in one way only. Each is reported
//! once, and the tree gets the shape that was meant before anything is read of it: so nothing follows from it.

use std::ops::Range;

use super::FILE;
use crate::diagnostic::{Diagnostics, Edit};
use crate::language::{transition, workflow};
use crate::model::Promises;
use crate::node::{Document, Entry, Kind, Node, Scalar, ScalarKind};
use crate::source::{Source, Span, Syntax};
use crate::suggest;

mod file;
mod listed;
mod moves;
mod parts;
mod promises;
mod states;

/// Gives `document` the shape that was meant, with what may be promised, where that is known. Where a part of
/// the text could not be read, all stays as it is: that part may have said why.
pub fn reshape(
    document: &mut Document,
    source: &Source,
    promises: Option<&Promises>,
    out: &mut Diagnostics,
) {
    let is_odd = |root: &mut Node| document.lost.is_empty() && !has_its_shape(root, promises);
    let Some(root) = document.root.take_if(is_odd) else {
        return;
    };
    let span = root.span;
    let kind = match root.into_kind() {
        Kind::Map(entries) => {
            let mut tree = Tree {
                entries: entries.into_vec(),
                source,
                out,
            };
            tree.merge_namesakes();
            tree.lift_fields();
            tree.states_of_a_list();
            tree.take_in_states();
            tree.take_in_others();
            tree.take_in_fields();
            tree.list_of_starts();
            tree.moves_of_states();
            tree.items_of_a_map();
            tree.take_out_of_lists();
            tree.split_arrows();
            tree.join_parts();
            tree.write_moves_out();
            tree.split_targets();
            if let Some(promises) = promises {
                tree.lists_of_promises(promises);
            }
            Kind::Map(tree.entries.into())
        }
        kind => kind,
    };
    document.root = Some(Node::new(span, kind));
}

/// Whether a file is written as nearly all are: asked of each, so it costs next to nothing.
fn has_its_shape(root: &Node, promises: Option<&Promises>) -> bool {
    let Some(entries) = root.entries() else {
        return true;
    };
    let fields = entries.iter().all(|entry| {
        let key = &entry.key;
        if key.is(FILE.states.name) {
            let states = entry.value.entries().unwrap_or(&[]);
            let is_state = |fields: &[Entry]| !fields.iter().any(|field| field.key.is(states::ON));
            !states.is_empty()
                && states
                    .iter()
                    .all(|state| state.value.entries().is_some_and(is_state))
        } else if key.is(FILE.start.name) {
            let text = entry.value.scalar().map(Scalar::text);
            let is_bare = |first: &Entry| matches!(first.value.kind(), Kind::Absent(_));
            !text.is_some_and(suggest::may_be_joined)
                && !entry
                    .value
                    .entries()
                    .is_some_and(|fields| fields.first().is_some_and(is_bare))
        } else if key.is(FILE.transitions.name) {
            let items = entry.value.items();
            items.is_some_and(|items| items.iter().all(is_move))
        } else if key.is(FILE.expect.name) {
            let items = entry.value.items().unwrap_or(&[]);
            items
                .iter()
                .all(|item| promises::has_its_shape(item, promises))
        } else {
            workflow::THING.names.iter().any(|name| key.is(name))
        }
    });
    fields && file::has_all(entries)
}

/// Whether a transition says from where to where.
fn is_move(item: &Node) -> bool {
    let entries = item.entries().unwrap_or(&[]);
    let value = |name: &str| entries.iter().find(|entry| entry.key.is(name));
    let to = value(transition::FIELDS.to.name);
    to.is_some_and(|to| to.value.items().is_none()) && value(transition::FIELDS.from.name).is_some()
}

/// Deeper than this nobody indents, and every line that an edit adds would be as long.
const MOST_BLANKS: usize = 500;

/// The root of a file, as its entries.
struct Tree<'t, 's> {
    entries: Vec<Entry<'s>>,
    source: &'t Source,
    out: &'t mut Diagnostics,
}

impl<'t, 's> Tree<'t, 's> {
    fn text(&self) -> &'t str {
        self.source.text()
    }

    fn syntax(&self) -> Syntax {
        self.source.syntax()
    }

    fn is_toml(&self) -> bool {
        self.syntax() == Syntax::Toml
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key.is(name))
    }

    /// The value of a field, where no alias stands for it.
    fn value(&self, name: &str) -> Option<&Node<'s>> {
        let entry = &self.entries[self.position(name)?];
        Some(&entry.value).filter(|value| value.is_own())
    }

    /// The entries of the field `name`, taken out of it, and the place where they belong.
    fn take_entries(&mut self, name: &str) -> Option<(usize, Vec<Entry<'s>>)> {
        match self.take(name, |value| value.entries().is_some())? {
            (at, Kind::Map(entries)) => Some((at, entries.into_vec())),
            _ => None,
        }
    }

    /// The items of the field `name`, taken out of it, and the place where they belong.
    fn take_items(&mut self, name: &str) -> Option<(usize, Vec<Node<'s>>)> {
        match self.take(name, |value| value.items().is_some())? {
            (at, Kind::List(items)) => Some((at, items.into_vec())),
            _ => None,
        }
    }

    /// What stands in the field `name`, taken out of it if it is wanted and no other place shares it.
    fn take(&mut self, name: &str, wanted: impl Fn(&Node) -> bool) -> Option<(usize, Kind<'s>)> {
        let at = self.position(name)?;
        let value = &mut self.entries[at].value;
        let is_wanted = wanted(value) && value.is_own();
        let span = value.span;
        is_wanted.then(|| {
            let taken = std::mem::replace(value, Node::new(span, Kind::Lost));
            (at, taken.into_kind())
        })
    }

    fn put(&mut self, at: usize, kind: Kind<'s>) {
        let span = self.entries[at].value.span;
        self.entries[at].value = Node::new(span, kind);
    }

    fn edit(&self, range: Range<usize>, text: impl Into<String>) -> Edit {
        Edit::new(self.source.at(range), text)
    }

    /// A map on one line.
    fn map(&self, fields: &[(&str, String)]) -> String {
        let sign = self.sign();
        let fields = fields
            .iter()
            .map(|(name, value)| format!("{name}{sign} {value}"));
        format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
    }

    /// What stands between a field and its value.
    fn sign(&self) -> &'static str {
        super::shapes::colon(self.source.syntax())
    }

    /// `name` as it is written as a value.
    fn spelt(&self, name: &str) -> String {
        crate::node::spelt_in(self.source.syntax(), name)
    }

    /// `name` as it is written as a key.
    fn as_key(&self, name: &str) -> String {
        match self.is_toml() && crate::node::is_bare_in_toml(name) {
            true => name.to_owned(),
            false => self.spelt(name),
        }
    }

    /// Where the line of `at` starts.
    fn line_start(&self, at: usize) -> usize {
        self.source.line_start(at)
    }

    /// Where the line after that of `at` starts.
    fn next_line(&self, at: usize) -> usize {
        self.source.next_line(at)
    }

    /// Whether nothing but blanks stands before `at` on its line, and no more of them than lines that are
    /// added can have as well.
    fn begins_line(&self, at: usize) -> bool {
        let before = &self.text()[self.line_start(at)..at];
        before.len() <= MOST_BLANKS && before.bytes().all(|byte| byte == b' ')
    }

    /// The dash of the item that begins at `at`, where it is one of a list with dashes.
    fn dash_before(&self, at: usize) -> Option<usize> {
        let before = self.text()[..at].trim_end_matches(' ');
        let dash = before.strip_suffix('-')?.len();
        (dash + 1 < at && self.begins_line(dash)).then_some(dash)
    }

    /// The edits that put so many more blanks before each line of `range`, from the one in which it begins.
    fn indented(&self, range: Range<usize>, blanks: usize) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut at = self.line_start(range.start);
        while at < range.end {
            let next = self.next_line(at);
            if !self.text()[at..next].trim().is_empty() {
                edits.push(self.edit(at..at, " ".repeat(blanks)));
            }
            at = next;
        }
        edits
    }
}

/// A scalar of text, as people write names.
fn as_name<'n>(node: &'n Node) -> Option<&'n str> {
    let scalar = node.scalar()?;
    let is_text = scalar.kind() == ScalarKind::Text && !scalar.reading().tagged;
    Some(scalar.text()).filter(|text| is_text && !text.trim().is_empty())
}

/// The node of a name that stands at `span`.
fn name_node<'s>(name: &str, span: Span) -> Node<'s> {
    let scalar = Scalar::text_only(name.to_owned());
    Node::new(span, Kind::Scalar(scalar))
}

/// The entry of a field that is written nowhere, at `span`.
fn field_entry<'s>(name: &'static str, span: Span, value: Node<'s>) -> Entry<'s> {
    Entry::new(Scalar::text_only(name), span, value)
}

/// The end of what an entry says.
fn end_of(entry: &Entry) -> usize {
    entry
        .value
        .span
        .range()
        .end
        .max(entry.key_span().range().end)
}

/// What leaves out the entry numbered `index`, and no other.
fn without(entries: &[Entry], index: usize) -> Option<Range<usize>> {
    let start = entries[index].key_span().range().start;
    match (entries.get(index + 1), index.checked_sub(1)) {
        (Some(next), _) => Some(start..next.key_span().range().start),
        (None, Some(before)) => Some(end_of(&entries[before])..end_of(&entries[index])),
        (None, None) => None,
    }
}

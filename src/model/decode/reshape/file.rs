//! Fields of the file that are written in two places, or in something else.

use super::super::{FILE, WORKFLOW};
use super::{Tree, as_name, name_node};
use crate::diagnostic::{Diagnostic, Edit};
use crate::fields::{Subject, unknown_fields, wrong_types};
use crate::language::{self, transition, workflow};
use crate::node::{self, Entry, Kind, Node};
use crate::suggest;

/// No more start states than these are named in one text by mistake: each is looked for among all states.
const MOST_STARTS: usize = 8;

/// Whether no field is missing that each file has.
pub(super) fn has_all(entries: &[Entry]) -> bool {
    let mut required = workflow::THING
        .fields
        .iter()
        .filter(|field| is_sought(field));
    required.all(|field| entries.iter().any(|entry| entry.key.is(field.name)))
}

fn is_sought(field: &language::Field) -> bool {
    field.is_required() && language::is_only_of_the_file(field.name)
}

impl<'s> Tree<'_, 's> {
    /// `[state.New]` beside `[states.Closed]`: what is nearly called as another field, and is made of the same,
    /// belongs to it.
    pub(super) fn merge_namesakes(&mut self) {
        // More than these are no slip.
        const MOST: usize = 16;
        let is_there = |name: &&str| self.position(name).is_some();
        let names = workflow::THING.names.iter().copied();
        let (there, free): (Vec<&str>, Vec<&str>) = names.partition(is_there);
        let mut at = 0;
        let mut merged = 0;
        while at < self.entries.len() && merged < MOST {
            match self.namesake(at, &there, &free) {
                Some(other) => {
                    self.merge(at, other);
                    merged += 1;
                }
                None => at += 1,
            }
        }
    }

    /// The field that the entry at `at` is more of, one of those that are `there`. One that is still `free` is
    /// meant sooner.
    fn namesake(&self, at: usize, there: &[&str], free: &[&str]) -> Option<usize> {
        let written = self.entries[at].key.text();
        if there.contains(&written) || unknown_fields::meant(written, free).is_some() {
            return None;
        }
        let other = self.position(unknown_fields::meant(written, there)?)?;
        let (one, all) = (&self.entries[at].value, &self.entries[other].value);
        let fits = match (one.kind(), all.kind()) {
            (Kind::Map(more), Kind::Map(all)) => {
                let is_there = |entry: &Entry| all.iter().any(|e| e.key.is(entry.key.text()));
                // Each is looked for among all of the others.
                const MOST: usize = 100;
                (1..=MOST).contains(&more.len()) && !more.iter().any(is_there)
            }
            (Kind::List(_), Kind::List(_)) => true,
            _ => false,
        };
        (fits && one.is_own() && all.is_own()).then_some(other)
    }

    fn merge(&mut self, at: usize, other: usize) {
        let name = self.entries[other].key.text().to_owned();
        let report = unknown_fields::misspelt(WORKFLOW, &self.entries[at], &name);
        self.out.push(match self.is_toml() {
            true => report,
            // In YAML, two maps do not become one by having one name.
            false => Diagnostic {
                fix: None,
                ..report
            }
            .help(format!("move what it holds below `{name}`")),
        });
        let more = self.entries.remove(at);
        let place = more.key_span();
        match more.value.into_kind() {
            Kind::Map(more) => {
                if let Some((at, mut all)) = self.take_entries(&name) {
                    all.extend(more);
                    self.put(at, Kind::Map(all.into()));
                }
            }
            Kind::List(more) => {
                if let Some((at, mut all)) = self.take_items(&name) {
                    all.extend(more);
                    self.put(at, Kind::List(all.into()));
                }
            }
            _ => {}
        }
        // It begins where the first of the two does.
        if let Some(at) = self.position(&name)
            && place.start < self.entries[at].key_span().start
        {
            let entry = self.entries.remove(at);
            self.entries
                .insert(at, Entry::new(entry.key, place, entry.value));
        }
    }

    /// `start:` and below it `New:`, as a state is written.
    fn states_below_start(&mut self) {
        let name = FILE.start.name;
        let Some(node) = self.value(name) else { return };
        let entries = node.entries().unwrap_or(&[]);
        let states = self.states();
        let is_name = |entry: &Entry| {
            matches!(entry.value.kind(), Kind::Absent(_)) && states.contains(entry.key.text())
        };
        if entries.is_empty() || !entries.iter().all(is_name) {
            return;
        }
        let names: Vec<&str> = entries.iter().map(|entry| entry.key.text()).collect();
        let value = node::one_or_list(self.source.syntax(), &names);
        let span = node.span;
        let items = entries
            .iter()
            .map(|entry| name_node(entry.key.text(), entry.key_span()));
        let items: Box<[Node<'s>]> = items.collect();
        let report = wrong_types::report(WORKFLOW.field(name), node, "a state or a list of states");
        let sign = self.sign();
        let report = report.help(format!("write `{name}{sign} {value}`"));
        let last = &entries[entries.len() - 1];
        let end = super::end_of(last).max(span.range().end);
        let Some(at) = self.position(name) else {
            return;
        };
        let key = self.entries[at].key_span().range();
        let is_block = self.text()[key.end..span.range().start].trim() == ":";
        let edit = self.edit(key.end..end, format!("{sign} {value}"));
        self.out.push(match is_block && !self.is_toml() {
            true => report.edits(false, vec![edit]),
            false => report,
        });
        self.put(at, Kind::List(items));
    }

    /// `start: New, In Progress`: several states in one text.
    pub(super) fn list_of_starts(&mut self) {
        let name = FILE.start.name;
        self.states_below_start();
        let Some(node) = self.value(name) else { return };
        let Some(text) = as_name(node).filter(|text| suggest::may_be_joined(text)) else {
            return;
        };
        let states = self.states();
        let meant = |part: &&str| match states.get(*part) {
            Some(state) => Some(state.as_str()),
            None => suggest::nearest(part, states.iter().map(String::as_str)),
        };
        // One of them at least is sure to be a state.
        let all_meant = |parts: Vec<&str>| {
            let is_one =
                parts.len() <= MOST_STARTS && parts.iter().any(|part| states.contains(*part));
            let all: Option<Vec<&str>> = parts.iter().map(meant).collect();
            all.filter(|_| is_one)
        };
        let parts = suggest::joined(text).find_map(all_meant);
        let Some(parts) = parts.filter(|_| !states.contains(text)) else {
            return;
        };
        let span = node.span;
        let list = node::list(self.source.syntax(), &parts);
        let report = wrong_types::several_in_one(WORKFLOW.field(name), span, parts.len(), "states")
            .help(format!("write `{list}`"))
            .unsafe_fix(span, list);
        let items = parts.iter().map(|part| name_node(part, span)).collect();
        self.out.push(report);
        if let Some(at) = self.position(name) {
            self.put(at, Kind::List(items));
        }
    }

    /// `start` and others that each file has, where they stand in a state, a transition or something else: in
    /// TOML, whatever is written below a header belongs to its table.
    pub(super) fn lift_fields(&mut self) {
        for field in workflow::THING
            .fields
            .iter()
            .filter(|field| is_sought(field))
        {
            if self.position(field.name).is_some() {
                continue;
            }
            let mut lifted = None;
            for entry in &mut self.entries {
                lifted = lift_of_entry(field.name, entry);
                if lifted.is_some() {
                    break;
                }
            }
            if let Some(Lifted {
                entry,
                owner,
                is_last,
            }) = lifted
            {
                let (kind, name) = &owner;
                let owner = Subject {
                    kind,
                    name: name.as_deref(),
                };
                let syntax = Some(self.syntax());
                let report = unknown_fields::strangers(owner, &entry, &[], &[], syntax);
                self.out.push(match self.lifting(&entry, is_last) {
                    Some(edits) => report.edits(true, edits),
                    None => report,
                });
                self.entries.push(entry);
            }
        }
    }

    /// The edits that move the statement of `entry` to the fields of the file.
    fn lifting(&self, entry: &Entry, is_last: bool) -> Option<Vec<Edit>> {
        let text = self.text();
        let start = entry.key_span().range().start;
        let (line, next) = (self.line_start(start), self.next_line(super::end_of(entry)));
        if !self.begins_line(start) {
            return None;
        }
        if !self.is_toml() {
            let is_one_line = next == self.next_line(line);
            return (is_last && is_one_line).then(|| vec![self.edit(line..start, "")]);
        }
        let is_header = |at: &usize| text[*at..].starts_with('[');
        let headers = self.entries.iter().map(|entry| {
            let key = entry.key_span().range().start;
            self.line_start(key)
        });
        let header = headers.filter(is_header).min()?;
        let statement = text[line..next].trim_end();
        // Beside the other fields, before the comment of the first header.
        let fields = self
            .entries
            .iter()
            .filter(|entry| entry.key_span().range().start < header);
        let above = fields
            .map(|entry| self.next_line(super::end_of(entry)))
            .max();
        let at = above.unwrap_or(header);
        (at < line).then(|| {
            vec![
                self.edit(at..at, format!("{statement}\n")),
                self.edit(line..next, ""),
            ]
        })
    }
}

/// What something stands in: its kind, and its name.
type Owner = (String, Option<String>);

/// A field of the file, taken out of the place where it stood.
struct Lifted<'s> {
    entry: Entry<'s>,
    /// What it stood in.
    owner: Owner,
    /// Whether nothing follows it there.
    is_last: bool,
}

/// The field `name` of the file out of the value of `field`, or out of what stands in that.
fn lift_of_entry<'s>(name: &str, field: &mut Entry<'s>) -> Option<Lifted<'s>> {
    let of = field.key.text().to_owned();
    // What a product calls so, or somebody else, is theirs.
    if [FILE.meta.name, FILE.targets.name].contains(&&*of) || !field.value.is_own() {
        return None;
    }
    // A state may be called as a field is.
    if field
        .value
        .get(name)
        .is_some_and(|value| value.entries().is_none())
    {
        return lift_of(name, (format!("`{of}`"), None), &mut field.value);
    }
    let kind = match &*of {
        of if of == FILE.states.name => "state",
        of if of == FILE.roles.name => "role",
        _ => "field",
    };
    let span = field.value.span;
    let value = std::mem::replace(&mut field.value, Node::new(span, Kind::Lost));
    let (kind, lifted) = match value.into_kind() {
        Kind::Map(mut entries) => {
            let lifted = entries.iter_mut().find_map(|entry| {
                entry.value.get(name)?;
                let owner = (kind.to_owned(), Some(entry.key.text().to_owned()));
                lift_of(name, owner, &mut entry.value)
            });
            (Kind::Map(entries), lifted)
        }
        Kind::List(mut items) => {
            let lifted = items.iter_mut().find_map(|item| {
                item.get(name)?;
                lift_of(name, owner_of_item(&of, item), item)
            });
            (Kind::List(items), lifted)
        }
        kind => (kind, None),
    };
    field.value = Node::new(span, kind);
    lifted
}

/// The field `name` of the file out of the map `part`, which is called `owner`.
fn lift_of<'s>(name: &str, owner: Owner, part: &mut Node<'s>) -> Option<Lifted<'s>> {
    let entries = part.entries().filter(|_| part.is_own())?;
    let at = entries.iter().position(|entry| entry.key.is(name))?;
    let is_last = at + 1 == entries.len();
    let span = part.span;
    let Kind::Map(entries) = std::mem::replace(part, Node::new(span, Kind::Lost)).into_kind()
    else {
        return None;
    };
    let mut entries = entries.into_vec();
    let entry = entries.remove(at);
    *part = Node::new(span, Kind::Map(entries.into()));
    Some(Lifted {
        entry,
        owner,
        is_last,
    })
}

/// What an item of the list `of` is called.
fn owner_of_item(of: &str, item: &Node) -> Owner {
    if of != FILE.transitions.name {
        return ("a promise".to_owned(), None);
    }
    let names = [&transition::FIELDS.name, &transition::FIELDS.to];
    match names
        .iter()
        .find_map(|field| as_name(item.get(field.name)?))
    {
        Some(name) => ("transition".to_owned(), Some(name.to_owned())),
        None => ("a transition".to_owned(), None),
    }
}

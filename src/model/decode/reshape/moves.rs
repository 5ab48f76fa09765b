//! Transitions that are a map, an arrow, a pair of states, or a name with its fields.

use super::super::{FILE, WORKFLOW};
use super::{Tree, as_name, end_of, field_entry, name_node};
use crate::diagnostic::{Diagnostic, Edit};
use crate::fields::{Subject, unknown_fields, wrong_types};
use crate::hashing::HashSet;
use crate::language::transition::{FIELDS, THING};
use crate::node::{Entry, Kind, Node};
use crate::source::Span;

/// What people draw between two states.
const ARROWS: [&str; 6] = ["-->", "->", "=>", "→", "⇒", "⟶"];

/// The states that a text such as `A -> B -> C` names, each with its place in it: two at least.
pub(super) fn along_arrows(text: &str) -> Option<Vec<(usize, &str)>> {
    let arrow = ARROWS.iter().find(|arrow| text.contains(*arrow))?;
    let parts = text.split(arrow).scan(0, |at, part| {
        let start = *at + part.len() - part.trim_start().len();
        *at += part.len() + arrow.len();
        Some((start, part.trim()))
    });
    let parts: Vec<(usize, &str)> = parts.collect();
    parts
        .iter()
        .all(|(_, part)| !part.is_empty())
        .then_some(parts)
}

/// What an entry means as items of a list: these, how the first is written, and the edits, if there are any.
type Read<'s> = (Vec<Node<'s>>, String, Option<Vec<Edit>>);

/// A name and where it stands.
type Named = (String, Span);

/// Moves that an item or an entry says: its name, if it has one, and the states in their order.
struct Moves {
    name: Option<Named>,
    states: Vec<Named>,
}

impl Moves {
    fn pairs(&self) -> impl Iterator<Item = (&Named, &Named)> {
        self.states.windows(2).map(|two| (&two[0], &two[1]))
    }

    /// The transitions, as items of the list.
    fn items<'s>(&self, span: Span) -> Vec<Node<'s>> {
        let item = |(from, to): (&Named, &Named)| {
            let name = self.name.iter().map(|name| (FIELDS.name.name, name));
            let fields = name.chain([(FIELDS.from.name, from), (FIELDS.to.name, to)]);
            let entry = |(field, (name, at)): (&'static str, &Named)| {
                field_entry(field, *at, name_node(name, *at))
            };
            Node::new(span, Kind::Map(fields.map(entry).collect()))
        };
        self.pairs().map(item).collect()
    }
}

impl<'s> Tree<'_, 's> {
    /// The names of the states.
    pub(super) fn states(&self) -> HashSet<String> {
        let states = self.value(FILE.states.name).and_then(Node::entries);
        let names = states.unwrap_or(&[]).iter();
        names.map(|state| state.key.text().to_owned()).collect()
    }

    /// `transitions` that is one transition, or a map of them: by their names, or by the states that they leave.
    pub(super) fn items_of_a_map(&mut self) {
        let name = FILE.transitions.name;
        let Some(entries) = self.value(name).and_then(Node::entries) else {
            return;
        };
        // A list among keys is reported already.
        if entries.is_empty() || entries.iter().any(Entry::is_lost) {
            return;
        }
        let Some(node) = self.value(name) else { return };
        let report = wrong_types::report(WORKFLOW.field(name), node, "a list of transitions");
        let has = |field: &str| entries.iter().any(|entry| entry.key.is(field));
        if has(FIELDS.from.name) || has(FIELDS.to.name) {
            let (help, edits) = self.one_item(node, entries);
            let report = report.help(help);
            let span = node.span;
            self.out.push(match edits {
                Some(edits) => report.edits(true, edits),
                None => report,
            });
            if let Some((at, entries)) = self.take_entries(name) {
                let item = Node::new(span, Kind::Map(entries.into()));
                self.put(at, Kind::List(Box::new([item])));
            }
            return;
        }
        let states = self.states();
        let read: Option<Vec<Read<'s>>> = entries
            .iter()
            .map(|entry| self.items_of(entry, &states))
            .collect();
        let Some(read) = read else { return };
        let more = if read.len() > 1 {
            ", and so each of them"
        } else {
            ""
        };
        let report = report.help(format!("write `{}`{more}", read[0].1));
        let edits: Option<Vec<Vec<Edit>>> = read.iter().map(|(.., edits)| edits.clone()).collect();
        self.out.push(match edits {
            Some(edits) => report.edits(false, edits.concat()),
            None => report,
        });
        let items: Vec<Node<'s>> = read.into_iter().flat_map(|(items, ..)| items).collect();
        if let Some(at) = self.position(name) {
            self.put(at, Kind::List(items.into()));
        }
    }

    /// How one transition becomes the item of a list.
    fn one_item(&self, node: &Node, entries: &[Entry]) -> (String, Option<Vec<Edit>>) {
        if self.is_toml() {
            let header = node.span.range();
            let is_header = self.text()[header.clone()].starts_with("[transitions]");
            let edits = vec![self.edit(header, "[[transitions]]")];
            return (
                "write `[[transitions]]` above it".to_owned(),
                is_header.then_some(edits),
            );
        }
        let (first, last) = (&entries[0], &entries[entries.len() - 1]);
        let start = first.key_span().range().start;
        let help = format!(
            "write `- {}:`, and indent the others like it",
            first.key.text()
        );
        if !self.begins_line(start) {
            return (
                "write `- ` before it, on a line of its own".to_owned(),
                None,
            );
        }
        let mut edits = self.indented(start..end_of(last), 2);
        edits[0] = self.edit(start..start, "- ");
        (help, Some(edits))
    }

    /// The items that an entry of a map of transitions means, how the first is written, and the edits.
    fn items_of(&self, entry: &Entry<'s>, states: &HashSet<String>) -> Option<Read<'s>> {
        let span = entry.key_span();
        let start = span.range().start;
        let is_line = self.begins_line(start) && !self.is_toml();
        let header = entry.value.span.range();
        if self.is_toml() && self.text()[header.clone()].starts_with('[') {
            let (item, ..) = self.named(entry)?;
            let name = self.spelt(entry.key.text());
            let text = format!("[[transitions]]\nname = {name}");
            let written = format!("[[transitions]]` and below it `name = {name}");
            return Some((vec![item], written, Some(vec![self.edit(header, text)])));
        }
        if let Some((item, written, edits)) = self.named(entry) {
            let is_flow = self.text()[header].starts_with('{');
            let first = entry.value.entries().and_then(|fields| fields.first());
            let first = first.map_or(0, |first| first.key_span().range().start);
            // A block of fields stands where it is beside `name`, if that is where they are.
            let is_beside = first - self.line_start(first) == start - self.line_start(start) + 2;
            let dashed = match is_flow {
                true => edits,
                false => edits.filter(|_| is_beside).map(|edits| edits[..1].to_vec()),
            };
            let dashed = dashed.map(|mut edits| {
                edits[0].text.insert_str(0, "- ");
                edits
            });
            return Some((
                vec![item],
                format!("- {written}"),
                dashed.filter(|_| is_line),
            ));
        }
        let all = self.leaving(entry, states)?;
        let items = all.iter().flat_map(|moves| moves.items(span)).collect();
        let lines = self.written(&all);
        let first = format!("- {}", lines.first()?);
        let edit = || {
            let blanks = " ".repeat(start - self.line_start(start));
            let text = format!("- {}", lines.join(&format!("\n{blanks}- ")));
            vec![self.edit(start..end_of(entry), text)]
        };
        Some((items, first, is_line.then(edit)))
    }

    /// Each move as an item on a line.
    fn written(&self, all: &[Moves]) -> Vec<String> {
        let line = |name: &Option<Named>, (from, to): (&Named, &Named)| {
            let mut fields = Vec::new();
            if let Some((name, _)) = name {
                fields.push((FIELDS.name.name, self.spelt(name)));
            }
            fields.push((FIELDS.from.name, self.spelt(&from.0)));
            fields.push((FIELDS.to.name, self.spelt(&to.0)));
            self.map(&fields)
        };
        let of = |moves: &Moves| -> Vec<String> {
            moves.pairs().map(|pair| line(&moves.name, pair)).collect()
        };
        all.iter().flat_map(of).collect()
    }

    /// `Close: { from: New, to: Closed }`: the item, how it is written, and the edits but for a dash.
    fn named(&self, entry: &Entry<'s>) -> Option<(Node<'s>, String, Option<Vec<Edit>>)> {
        let name = entry.key.text();
        let fields = entry.value.entries().filter(|_| entry.value.is_own())?;
        let has = |field: &str| fields.iter().find(|f| f.key.is(field));
        if THING.names.contains(&name) || has(FIELDS.name.name).is_some() {
            return None;
        }
        let (from, to) = (has(FIELDS.from.name)?, has(FIELDS.to.name)?);
        let shown =
            |entry: &Entry| as_name(&entry.value).map_or_else(|| "…".to_owned(), |n| self.spelt(n));
        let written = self.map(&[
            (FIELDS.name.name, self.spelt(name)),
            (FIELDS.from.name, shown(from)),
            (FIELDS.to.name, shown(to)),
        ]);
        let (key, first) = (entry.key_span().range(), fields[0].key_span().range().start);
        let spelt = &self.text()[key.clone()];
        let is_flow = self.text()[entry.value.span.range()].starts_with('{');
        let column = |at: usize| at - self.line_start(at);
        let edits = match is_flow {
            _ if self.is_toml() => None,
            true => Some(vec![
                self.edit(key.start..first, format!("{{ name: {spelt}, ")),
            ]),
            false if self.begins_line(first) && column(first) > column(key.start) => {
                let colon = self.text()[key.end..first]
                    .find(':')
                    .map(|at| key.end + at + 1);
                let much = column(first) - column(key.start);
                let mut edits = self.indented(first..end_of(fields.last()?), 0);
                for edit in &mut edits {
                    edit.span.end = edit.span.start + much as u32;
                }
                colon.map(|colon| {
                    edits.insert(0, self.edit(key.start..colon, format!("name: {spelt}")));
                    edits
                })
            }
            false => None,
        };
        let mut all = vec![field_entry(
            FIELDS.name.name,
            entry.key_span(),
            Node::new(entry.key_span(), Kind::Scalar(entry.key.clone())),
        )];
        all.extend(fields.iter().cloned());
        Some((
            Node::new(entry.key_span(), Kind::Map(all.into())),
            written,
            edits,
        ))
    }

    /// `New: Closed`, `New: [Work, Closed]`, `New: { Close: Closed }` and `New -> Closed: Close`: the moves from
    /// a state.
    fn leaving(&self, entry: &Entry, states: &HashSet<String>) -> Option<Vec<Moves>> {
        let (key, span) = (entry.key.text(), entry.key_span());
        if let Some(way) = along_arrows(key) {
            let name = as_name(&entry.value)?.to_owned();
            return Some(vec![Moves {
                name: Some((name, entry.value.span)),
                states: self.places(&way, span),
            }]);
        }
        let from = || (key.to_owned(), span);
        let is_state = |name: &str| states.contains(name);
        if !is_state(key) || THING.names.contains(&key) {
            return None;
        }
        let to = |node: &Node, name: Option<Named>| {
            let to = as_name(node).filter(|to| is_state(to))?;
            Some(Moves {
                name,
                states: vec![from(), (to.to_owned(), node.span)],
            })
        };
        match entry.value.kind() {
            Kind::Scalar(_) => Some(vec![to(&entry.value, None)?]),
            Kind::List(items) => items.iter().map(|item| to(item, None)).collect(),
            Kind::Map(entries) => {
                let named = |entry: &Entry| {
                    let name = (entry.key.text().to_owned(), entry.key_span());
                    to(&entry.value, Some(name))
                };
                entries.iter().map(named).collect()
            }
            _ => None,
        }
    }

    /// The states on a way, each at its own place where the text at `span` is written as it is read.
    fn places(&self, way: &[(usize, &str)], span: Span) -> Vec<Named> {
        let start = span.range().start;
        let at = |(at, name): &(usize, &str)| {
            let range = start + at..start + at + name.len();
            let is_as_written = self.text().get(range.clone()) == Some(*name);
            let place = if is_as_written {
                self.source.at(range)
            } else {
                span
            };
            ((*name).to_owned(), place)
        };
        way.iter().map(at).collect()
    }

    /// `from: New -> Closed`, and no `to`.
    pub(super) fn split_arrows(&mut self) {
        let name = FILE.transitions.name;
        let items = self.value(name).and_then(Node::items).unwrap_or(&[]);
        let is_arrow = |item: &Node| {
            let from = item.get(FIELDS.from.name).and_then(as_name);
            item.is_own()
                && item.get(FIELDS.to.name).is_none()
                && from
                    .and_then(along_arrows)
                    .is_some_and(|way| way.len() == 2)
        };
        if !items.iter().any(is_arrow) {
            return;
        }
        let Some((at, items)) = self.take_items(name) else {
            return;
        };
        let mut kept = Vec::with_capacity(items.len());
        for item in items {
            if !is_arrow(&item) {
                kept.push(item);
                continue;
            }
            let mut entries = item.entries().unwrap_or(&[]).to_vec();
            let Some(from) = entries
                .iter()
                .position(|entry| entry.key.is(FIELDS.from.name))
            else {
                continue;
            };
            let span = entries[from].value.span;
            let way = as_name(&entries[from].value)
                .and_then(along_arrows)
                .unwrap_or_default();
            let states = self.places(&way, span);
            let sign = self.sign();
            let (one, other) = (self.spelt(&states[0].0), self.spelt(&states[1].0));
            let key = entries[from].key_span().range().start;
            let is_line = self.begins_line(key) || self.dash_before(key).is_some();
            let between = match is_line {
                true => format!("\n{}", " ".repeat(key - self.line_start(key))),
                false => ", ".to_owned(),
            };
            let owner = super::parts::owner_of(&entries);
            let report = wrong_types::report(
                owner.field(FIELDS.from.name),
                &entries[from].value,
                "one state or a list of states",
            )
            .saying(format!("`from` of {owner} says where it leads, too"))
            .help(format!("write `from{sign} {one}` and `to{sign} {other}`"))
            .fix(span, format!("{one}{between}to{sign} {other}"));
            self.out.push(report);
            for (state, field) in states.iter().zip([FIELDS.from.name, FIELDS.to.name]) {
                let node = name_node(&state.0, state.1);
                match field == FIELDS.from.name {
                    true => entries[from].value = node,
                    false => entries.push(field_entry(field, state.1, node)),
                }
            }
            kept.push(Node::new(item.span, Kind::Map(entries.into())));
        }
        self.put(at, Kind::List(kept.into()));
    }

    /// Items of `transitions` that are `New -> Closed`, `[New, Closed]`, `New: Closed` or
    /// `Close: { from: New, to: Closed }`.
    pub(super) fn write_moves_out(&mut self) {
        let name = FILE.transitions.name;
        let items = self.value(name).and_then(Node::items).unwrap_or(&[]);
        let is_field = |entry: &Entry| THING.names.contains(&entry.key.text());
        let is_odd = |item: &Node| match item.kind() {
            Kind::Map(entries) => matches!(&entries[..], [only] if !is_field(only)),
            Kind::Scalar(_) | Kind::List(_) => true,
            _ => false,
        };
        if !items.iter().any(is_odd) {
            return;
        }
        let states = self.states();
        let Some((at, items)) = self.take_items(name) else {
            return;
        };
        let mut kept = Vec::with_capacity(items.len());
        let mut alike: Option<Diagnostic> = None;
        for item in items {
            let read = match is_odd(&item) {
                true => self.moves_of(&item, &states),
                false => None,
            };
            let Some((items, report)) = read else {
                kept.push(item);
                continue;
            };
            kept.extend(items);
            // A list of arrows is one habit.
            const MOST_LABELS: usize = 6;
            match &mut alike {
                Some(first) if first.message == report.message => {
                    first.take_in(report, MOST_LABELS)
                }
                None if report.code == &wrong_types::CODE => alike = Some(report),
                _ => self.out.push(report),
            }
        }
        self.put(at, Kind::List(kept.into()));
        self.out.extend(alike);
    }

    /// What an item means, and the report about it.
    fn moves_of(
        &self,
        item: &Node<'s>,
        states: &HashSet<String>,
    ) -> Option<(Vec<Node<'s>>, Diagnostic)> {
        let syntax = Some(self.syntax());
        let owner = Subject::only("a transition");
        if let Some([entry]) = item.entries()
            && let Some((meant, written, edits)) = self.named(entry)
        {
            let report = unknown_fields::strangers(owner, entry, &[], &[], syntax)
                .help(format!("write `{written}`"));
            let report = match edits {
                Some(edits) => report.edits(true, edits),
                None => report,
            };
            return Some((vec![meant], report));
        }
        let all = match item.kind() {
            Kind::Scalar(_) => {
                let text = as_name(item)?;
                let way = along_arrows(text).or_else(|| by_words(text, states))?;
                vec![Moves {
                    name: None,
                    states: self.places(&way, item.span),
                }]
            }
            Kind::List(items) => {
                let state = |item: &Node| {
                    let name = as_name(item).filter(|name| states.contains(*name))?;
                    Some((name.to_owned(), item.span))
                };
                let way: Vec<Named> = items.iter().map(state).collect::<Option<_>>()?;
                vec![Moves {
                    name: None,
                    states: way,
                }]
            }
            Kind::Map(entries) => match &entries[..] {
                [only] => self.leaving(only, states)?,
                _ => return None,
            },
            _ => return None,
        };
        let lines = self.written(&all);
        let first = lines.first()?;
        let more = if lines.len() > 1 {
            ", and so each move"
        } else {
            ""
        };
        let report = match item.entries() {
            Some([only]) => unknown_fields::strangers(owner, only, &[], &[], syntax),
            _ => wrong_types::not_fields(owner, item, &[], syntax),
        };
        let report = report.help(format!("write `{first}`{more}"));
        let items = all
            .iter()
            .flat_map(|moves| moves.items(item.span))
            .collect();
        let range = item.span.range();
        let between = match self.dash_before(range.start) {
            Some(dash) => format!("\n{}- ", " ".repeat(dash - self.line_start(dash))),
            None => ", ".to_owned(),
        };
        let is_own = item.is_own() && lines.len() == 1 || self.dash_before(range.start).is_some();
        let text = lines.join(&between);
        let report = match is_own {
            true => report.edits(false, vec![self.edit(range, text)]),
            false => report,
        };
        Some((items, report))
    }
}

/// `New to Closed`, where both are states.
fn by_words<'t>(text: &'t str, states: &HashSet<String>) -> Option<Vec<(usize, &'t str)>> {
    const WORD: &str = " to ";
    text.match_indices(WORD).find_map(|(at, _)| {
        let (from, to) = (&text[..at], &text[at + WORD.len()..]);
        let are_states = states.contains(from) && states.contains(to);
        are_states.then(|| vec![(0, from), (at + WORD.len(), to)])
    })
}

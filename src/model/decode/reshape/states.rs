//! States that are a list, or stand beside `states`, and their fields that stand beside them.

use super::super::{FILE, WORKFLOW};
use super::{Tree, as_name, end_of, field_entry, name_node, without};
use crate::diagnostic::Edit;
use crate::fields::{Subject, missing_fields, unknown_fields, wrong_types};
use crate::hashing::HashSet;
use crate::language::{migration, role, state, workflow};
use crate::model::Category;
use crate::node::{Entry, Kind, Node, Scalar};
use crate::source::Span;
use crate::suggest;

/// The field in which XState has the transitions that leave a state.
pub(super) const ON: &str = "on";

/// A name and where it stands.
type Named = (String, Span);

/// The name of each move that `state` has in itself, from where to where.
fn moves_on(state: &Entry, names: &HashSet<String>) -> Option<Vec<(Named, Named, Named)>> {
    let events = state.value.get(ON)?.entries()?;
    // Where they stand, and not the state: that is all that goes where they are written elsewhere.
    let from = |event: &Entry| (state.key.text().to_owned(), event.key_span());
    let moves = events.iter().map(|event| {
        let target = match event.value.entries() {
            Some([only]) if only.key.is("target") => &only.value,
            Some(_) => return None,
            None => &event.value,
        };
        let to = as_name(target)?;
        let to = to.strip_prefix(['#', '.']).unwrap_or(to);
        let name = (event.key.text().to_owned(), event.key_span());
        let is_state = names.contains(to);
        is_state.then(|| (name, from(event), (to.to_owned(), target.span)))
    });
    moves
        .collect::<Option<Vec<_>>>()
        .filter(|moves| !moves.is_empty())
}

/// A state of a list: its entry, the edits that make one of its item, and how that is written.
struct Meant<'s> {
    entry: Entry<'s>,
    edits: Option<Vec<Edit>>,
    written: String,
}

impl<'s> Tree<'_, 's> {
    /// `- { name: New, category: open }`, `- New: { category: open }` and `- New` under `states`.
    pub(super) fn states_of_a_list(&mut self) {
        let name = FILE.states.name;
        let list = self.value(name).and_then(Node::items).unwrap_or(&[]);
        if let [only] = list {
            let only = only.clone();
            if self.states_in_one_item(only) {
                return;
            }
        }
        let list = self.value(name).and_then(Node::items).unwrap_or(&[]);
        let meant: Option<Vec<Meant<'s>>> = list.iter().map(|item| self.state_of(item)).collect();
        let Some(meant) = meant.filter(|meant| !meant.is_empty()) else {
            return;
        };
        let Some(node) = self.value(name) else { return };
        let mut names: Vec<&str> = meant.iter().map(|state| state.entry.key.text()).collect();
        names.sort_unstable();
        if names.windows(2).any(|two| two[0] == two[1]) {
            return;
        }
        let each = if meant.len() > 1 {
            ", and so each state"
        } else {
            ""
        };
        let report = wrong_types::report(WORKFLOW.field(name), node, "a map of states")
            .help(format!("write `{}`{each}", meant[0].written));
        let edits: Option<Vec<Vec<Edit>>> = meant.iter().map(|state| state.edits.clone()).collect();
        self.out.push(match edits {
            Some(edits) => report.edits(true, edits.concat()),
            None => report,
        });
        let entries = meant.into_iter().map(|state| state.entry).collect();
        if let Some(at) = self.position(name) {
            self.put(at, Kind::Map(entries));
        }
    }

    /// `[[states]]` above all of them, and `- New: { … }` with the others below it: the only `item` is the map.
    fn states_in_one_item(&mut self, item: Node<'s>) -> bool {
        let name = FILE.states.name;
        let entries = item.entries().filter(|_| item.is_own()).unwrap_or(&[]);
        let is_state = |entry: &Entry| {
            entry.value.entries().is_some() && !state::THING.names.contains(&entry.key.text())
        };
        let Some(node) = self
            .value(name)
            .filter(|_| entries.len() > 1 && entries.iter().all(is_state))
        else {
            return false;
        };
        let report = wrong_types::report(WORKFLOW.field(name), node, "a map of states");
        let start = item.span.range().start;
        let (help, edit) = match self.is_toml() {
            true => {
                let header = item.span.range();
                let is_header = self.text()[header.clone()].starts_with("[[");
                let edit = is_header.then(|| self.edit(header, format!("[{name}]")));
                (format!("write `[{name}]`"), edit)
            }
            false => {
                let edit = self
                    .dash_before(start)
                    .map(|dash| self.edit(dash..dash + 1, " "));
                ("delete the `-`".to_owned(), edit)
            }
        };
        let report = report.help(help);
        self.out.push(match edit {
            Some(edit) => report.edits(true, vec![edit]),
            None => report,
        });
        let Some(at) = self.position(name) else {
            return true;
        };
        let kind = item.into_kind();
        self.put(at, kind);
        true
    }

    fn state_of(&self, item: &Node<'s>) -> Option<Meant<'s>> {
        if let Some(name) = as_name(item) {
            let scalar = item.scalar()?.clone();
            let map = self.map(&[("category", self.spelt("open"))]);
            return Some(Meant {
                written: self.entry_of(name, &map),
                entry: Entry::new(scalar, item.span, Node::new(item.span, Kind::Lost)),
                edits: None,
            });
        }
        let entries = item.entries().filter(|_| item.is_own())?;
        if let [only] = entries
            && !state::THING.names.contains(&only.key.text())
            && only.value.entries().is_some()
        {
            let start = only.key_span().range().start;
            let dash = self.dash_before(start);
            return Some(Meant {
                written: self.entry_of(only.key.text(), &self.first_field(only.value.entries()?)),
                entry: only.clone(),
                edits: dash.map(|dash| vec![self.edit(dash..start, "")]),
            });
        }
        let is_name = |entry: &Entry| ["name", "id"].contains(&entry.key.text());
        let at = entries.iter().position(is_name)?;
        let name = as_name(&entries[at].value)?;
        let scalar = entries[at].value.scalar()?.clone();
        let span = entries[at].value.span;
        let mut others = entries.to_vec();
        others.remove(at);
        let is_table = self.text()[item.span.range()].starts_with("[[");
        Some(Meant {
            written: match is_table {
                true => format!("[states.{}]", self.as_key(name)),
                false => self.entry_of(name, &self.first_field(&others)),
            },
            edits: self.without_name(item, entries, at),
            entry: Entry::new(scalar, span, Node::new(item.span, Kind::Map(others.into()))),
        })
    }

    /// The edits that make a state of an item whose name is its field numbered `at`.
    fn without_name(&self, item: &Node, entries: &[Entry], at: usize) -> Option<Vec<Edit>> {
        let text = self.text();
        let (start, name) = (item.span.range().start, entries[at].value.span.range());
        let spelt = &text[name.clone()];
        if self.is_toml() {
            let header = text[start..].starts_with("[[");
            let line = self.line_start(entries[at].key_span().range().start);
            let name = self.as_key(as_name(&entries[at].value)?);
            return header.then(|| {
                vec![
                    self.edit(item.span.range(), format!("[states.{name}]")),
                    self.edit(line..self.next_line(line), ""),
                ]
            });
        }
        let dash = self.dash_before(start)?;
        match (text[start..].starts_with('{'), without(entries, at)) {
            (true, Some(field)) => Some(vec![
                self.edit(dash..start, format!("{spelt}: ")),
                self.edit(field, ""),
            ]),
            (true, None) => {
                Some(vec![self.edit(
                    dash..end_of(&entries[at]) + 2,
                    format!("{spelt}: {{}}"),
                )])
            }
            (false, Some(_)) if at == 0 => {
                Some(vec![self.edit(dash..name.end, format!("{spelt}:"))])
            }
            (false, None) => Some(vec![self.edit(dash..name.end, format!("{spelt}: {{}}"))]),
            (false, Some(_)) => None,
        }
    }

    /// An entry of a map, on a line.
    fn entry_of(&self, name: &str, map: &str) -> String {
        let sign = self.sign();
        format!("{}{sign} {map}", self.as_key(name))
    }

    /// A map of `fields`, as far as a report has room.
    fn first_field(&self, fields: &[Entry]) -> String {
        let is_category = |entry: &&Entry| entry.key.is(state::FIELDS.category.name);
        let shown = fields.iter().find(is_category);
        match shown.and_then(|entry| as_name(&entry.value)) {
            Some(category) if fields.len() > 1 => {
                let map = self.map(&[("category", self.spelt(category))]);
                map.replace(" }", ", … }")
            }
            Some(category) => self.map(&[("category", self.spelt(category))]),
            None => self.map(&[("category", self.spelt("open"))]),
        }
    }

    /// `on: { BEGIN: Work }` in a state, as XState has its transitions: they are items of the list.
    pub(super) fn moves_of_states(&mut self) {
        let states = self.value(FILE.states.name).and_then(Node::entries);
        let has_moves = |state: &Entry| state.value.get(ON).is_some();
        if !states.unwrap_or(&[]).iter().any(has_moves) {
            return;
        }
        let list = FILE.transitions.name;
        let at = self.position(list);
        // Beside something else than a list, nothing is known of them.
        if at.is_some_and(|at| self.entries[at].value.items().is_none()) {
            return;
        }
        let names = self.states();
        let Some((number, mut states)) = self.take_entries(FILE.states.name) else {
            return;
        };
        let (mut items, mut places, mut first) = (Vec::new(), Vec::new(), None);
        for state in &mut states {
            let moves = moves_on(state, &names);
            let (Some(moves), Some(mut fields)) = (moves, state.value.entries().map(<[_]>::to_vec))
            else {
                continue;
            };
            let index = fields.iter().position(|field| field.key.is(ON));
            let Some(on) = index.map(|index| fields.remove(index)) else {
                continue;
            };
            first.get_or_insert_with(|| state.key.text().to_owned());
            places.push((on.key_span(), end_of(&on)));
            items.extend(moves);
            state.value = Node::new(state.value.span, Kind::Map(fields.into()));
        }
        self.put(number, Kind::Map(states.into()));
        let Some(first) = first else { return };
        let written = |(name, from, to): &(Named, Named, Named)| {
            let [name, from, to] = [name, from, to].map(|(text, _)| self.spelt(text));
            self.map(&[("name", name), ("from", from), ("to", to)])
        };
        let lines: Vec<String> = items.iter().map(written).collect();
        let more = if lines.len() > 1 {
            ", and so each of them"
        } else {
            ""
        };
        const MOST_LABELS: usize = 5;
        let owner = Subject::named("state", &first);
        let spans: Vec<Span> = places.iter().map(|(span, _)| *span).collect();
        let report = unknown_fields::moves_in_state(owner, spans[0])
            .each(spans.into_iter().skip(1), MOST_LABELS, "and here")
            .help(format!("write `- {}` under `{list}`{more}", lines[0]));
        let edits = self.moving_out(at, &places, &lines);
        self.out.push(match edits {
            Some(edits) => report.edits(false, edits),
            None => report,
        });
        let item = |(name, from, to): (Named, Named, Named)| {
            let fields = [("name", name), ("from", from), ("to", to)];
            let span = fields[0].1.1;
            let entry = |(field, (text, at)): (&'static str, Named)| {
                field_entry(field, at, name_node(&text, at))
            };
            Node::new(span, Kind::Map(fields.map(entry).into()))
        };
        let items: Vec<Node<'s>> = items.into_iter().map(item).collect();
        match self.take_items(list) {
            Some((at, mut all)) => {
                all.extend(items);
                self.put(at, Kind::List(all.into()));
            }
            None => {
                let span = items[0].span;
                let value = Node::new(span, Kind::List(items.into()));
                self.entries.push(field_entry(list, span, value));
            }
        }
    }

    /// The edits that take away what stands at `places`, and write `lines` as items of the list at `at`, or of a new
    /// one.
    fn moving_out(
        &self,
        at: Option<usize>,
        places: &[(Span, usize)],
        lines: &[String],
    ) -> Option<Vec<Edit>> {
        let text = self.text();
        if self.is_toml()
            || !places
                .iter()
                .all(|(key, _)| self.begins_line(key.range().start))
        {
            return None;
        }
        let delete = |(key, end): &(Span, usize)| {
            self.edit(self.line_start(key.range().start)..self.next_line(*end), "")
        };
        let mut edits: Vec<Edit> = places.iter().map(delete).collect();
        let items = |blanks: usize| -> String {
            let line = |line: &String| format!("{}- {line}\n", " ".repeat(blanks));
            lines.iter().map(line).collect()
        };
        let Some(at) = at else {
            let break_before = if text.ends_with('\n') { "" } else { "\n" };
            let list = format!("{break_before}{}:\n{}", FILE.transitions.name, items(2));
            edits.push(self.edit(text.len()..text.len(), list));
            return Some(edits);
        };
        let last = self.entries[at].value.items()?.last()?;
        let (start, end) = (
            last.span.range().start,
            self.next_line(last.span.range().end),
        );
        let dash = self
            .dash_before(start)
            .filter(|_| text[..end].ends_with('\n'))?;
        edits.push(self.edit(end..end, items(dash - self.line_start(dash))));
        Some(edits)
    }

    /// States that stand beside `states`, and not in it.
    pub(super) fn take_in_states(&mut self) {
        let Some(states) = self.position(FILE.states.name) else {
            return;
        };
        let value = &self.entries[states].value;
        let is_empty = match value.kind() {
            Kind::Absent(_) => true,
            Kind::Map(entries) => entries.is_empty(),
            _ => return,
        };
        if !value.is_own() {
            return;
        }
        let is_other = |entry: &Entry| !workflow::THING.names.contains(&entry.key.text());
        let outside: Vec<usize> = (0..self.entries.len())
            .filter(|at| is_other(&self.entries[*at]) && is_state(&self.entries[*at], is_empty))
            .collect();
        let others = self.entries.iter().filter(|entry| is_other(entry)).count();
        if is_empty && outside.len() < others {
            return;
        }
        let entries: Vec<&Entry> = outside.iter().map(|at| &self.entries[*at]).collect();
        let Some(report) = unknown_fields::states_outside(&entries, self.syntax()) else {
            return;
        };
        let edits = self.moving_in(states, &outside);
        self.out.push(match edits {
            Some(edits) => report.edits(true, edits),
            None => report,
        });
        let mut numbers = outside.into_iter().peekable();
        let entries = std::mem::take(&mut self.entries).into_iter().enumerate();
        let (outside, inside): (Vec<_>, Vec<_>) =
            entries.partition(|(at, _)| numbers.next_if_eq(at).is_some());
        self.entries = inside.into_iter().map(|(_, entry)| entry).collect();
        let taken = self.take_entries(FILE.states.name);
        let mut all = taken.map(|(_, entries)| entries).unwrap_or_default();
        let is_toml = self.is_toml();
        all.extend(outside.into_iter().map(|(_, entry)| {
            let name = entry.key.text().strip_prefix(unknown_fields::OF_STATES);
            match name.filter(|_| is_toml).map(str::to_owned) {
                Some(name) => Entry::new(Scalar::text_only(name), entry.key_span(), entry.value),
                None => entry,
            }
        }));
        if let Some(states) = self.position(FILE.states.name) {
            self.put(states, Kind::Map(all.into()));
        }
    }

    /// The edits that move the entries numbered `outside` into the one numbered `states`.
    fn moving_in(&self, states: usize, outside: &[usize]) -> Option<Vec<Edit>> {
        let text = self.text();
        let entry = |at: &usize| &self.entries[*at];
        if self.is_toml() {
            let name = |at: &usize| {
                let key = entry(at).key_span();
                let is_header = text[..key.range().start].ends_with('[');
                let written = entry(at).key.text();
                let text = match written.strip_prefix(unknown_fields::OF_STATES) {
                    Some(name) => format!("states.{}", self.as_key(name)),
                    None => format!("states.{}", &text[key.range()]),
                };
                is_header.then(|| Edit::new(key, text))
            };
            return outside.iter().map(name).collect();
        }
        // Only what follows it can be meant by its indentation alone.
        let follow = outside
            .iter()
            .zip(states + 1..)
            .all(|(at, next)| *at == next);
        let inside = self.entries[states].value.entries().unwrap_or(&[]);
        let blanks = match inside.first() {
            Some(first) => {
                let start = first.key_span().range().start;
                start - self.line_start(start)
            }
            None if self.entries[states].is_bare() => 2,
            None => return None,
        };
        let is_block = |entry: &Entry| {
            let start = entry.key_span().range().start;
            self.line_start(start) == start
        };
        let all =
            outside.iter().all(|at| is_block(entry(at))) && inside.iter().all(|e| !is_block(e));
        (follow && all).then(|| {
            let indented = |at: &usize| {
                let range = entry(at).key_span().range().start..end_of(entry(at));
                self.indented(range, blanks)
            };
            outside.iter().flat_map(indented).collect()
        })
    }

    /// Roles, and where tickets go, that stand right below those of the field, and not in it.
    pub(super) fn take_in_others(&mut self) {
        let things = [
            (FILE.migrate.name, migration::THING.names),
            (FILE.roles.name, role::THING.names),
        ];
        for (field, names) in things {
            let Some(at) = self.position(field).filter(|_| !self.is_toml()) else {
                continue;
            };
            let is_like = |entry: &&Entry| {
                let fields = entry.value.entries().unwrap_or(&[]);
                let is_field = |field: &Entry| names.contains(&field.key.text());
                let is_other = !workflow::THING.names.contains(&entry.key.text());
                is_other && !fields.is_empty() && fields.iter().all(is_field)
            };
            let Some(next) = self.entries.get(at + 1).filter(is_like) else {
                continue;
            };
            let Some(edits) = self.moving_in(at, &[at + 1]) else {
                continue;
            };
            let report = unknown_fields::strangers(WORKFLOW, next, &[], &[], None)
                .help(format!("indent `{}` below `{field}`", next.key.text()));
            self.out.push(report.edits(true, edits));
            if let Some((at, mut all)) = self.take_entries(field) {
                all.push(self.entries.remove(at + 1));
                self.put(at, Kind::Map(all.into()));
            }
        }
    }

    /// `New:` and below it, no further right, `category: open`: the commonest slip of YAML.
    pub(super) fn take_in_fields(&mut self) {
        let is_field = |entry: &Entry| {
            state::THING.names.contains(&entry.key.text()) && entry.value.entries().is_none()
        };
        let states = self.value(FILE.states.name).and_then(Node::entries);
        let states = states.unwrap_or(&[]);
        let is_torn = |two: &[Entry]| two[0].is_bare() && is_field(&two[1]);
        if !states.windows(2).any(is_torn) {
            return;
        }
        let Some((at, states)) = self.take_entries(FILE.states.name) else {
            return;
        };
        let mut kept: Vec<Entry<'s>> = Vec::with_capacity(states.len());
        let mut rest = states.into_iter().peekable();
        while let Some(mut state) = rest.next() {
            let mut fields = Vec::new();
            while state.is_bare()
                && let Some(field) = rest.next_if(is_field)
            {
                fields.push(field);
            }
            if let Some(first) = fields.first() {
                let places: Vec<Edit> = fields
                    .iter()
                    .flat_map(|field| {
                        let range = field.key_span().range().start..end_of(field);
                        self.indented(range, 2)
                    })
                    .collect();
                let report = missing_fields::beside(state.key.text(), state.key_span(), first);
                self.out.push(report.edits(true, places));
                let span = first.key_span();
                state.value = Node::new(span, Kind::Map(fields.into()));
            }
            kept.push(state);
        }
        self.put(at, Kind::Map(kept.into()));
    }
}

/// Whether an entry of the file, which is no field of it, is a state; of a file without any, other fields than the
/// category tell, too.
fn is_state(entry: &Entry, is_only: bool) -> bool {
    let has = |field: &str| entry.value.get(field).is_some();
    let is_misspelt =
        || suggest::nearest(entry.key.text(), workflow::THING.names.iter().copied()).is_some();
    let is_category = || {
        let word = as_name(&entry.value);
        word.is_some_and(|word| Category::WORDS.iter().any(|(known, _)| *known == word))
    };
    // A misspelt `new-ticket` has a field of states, too.
    let names = state::THING.names;
    has(state::FIELDS.category.name)
        || (is_only && names.iter().any(|field| has(field)) && !is_misspelt())
        || (!is_only && is_category() && !is_misspelt())
}

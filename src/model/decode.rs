//! A [`Document`] to a [`Workflow`]: every mistake is reported, everything else is read.

use smol_str::SmolStr;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{self, Field, Fields, Subject, invalid_values, missing_fields, wrong_types};
use crate::hashing::HashSet;
use crate::language::values::{Asks, Duration, Label, Meta};
use crate::language::words::Vocabulary;
use crate::language::{self, new_ticket, start, state, workflow};
use crate::model::{
    Doubts, Headings, NewTicket, Promises, Start, StartTransition, State, States, TargetBlock,
    Text, Workflow,
};
use crate::node::{Document, Entry, Kind, Node, Scalar, ScalarKind, respelt};
use crate::source::{Source, Span, Spanned};
use crate::suggest;

mod durations;
mod expect;
mod reshape;
mod shapes;
mod spelling;
mod transitions;
mod values;

pub use reshape::reshape;
pub use spelling::{QUOTES, color_like, identifier_like, is_color, is_identifier};

/// The word that stands for every state in `from`.
pub const EVERY: &str = "*";

/// The fields of the file.
const FILE: &workflow::Fields = &workflow::FIELDS;

const WORKFLOW: Subject = Subject {
    kind: fields::WORKFLOW,
    name: None,
};

/// Reads the workflow that `document` (of `source`) spells. `None`, with a report, where the
/// document is empty or is no map of fields; `None` without one where its text could not be read,
/// which is reported already. The states and the transitions are then no longer in the document.
/// `promises` is what may be promised.
pub fn workflow(
    document: &mut Document,
    source: &Source,
    promises: &Promises,
    out: &mut Diagnostics,
) -> Option<Workflow> {
    let place = source.at(0..0);
    reshape(document, source, Some(promises), out);
    let Some(root) = &document.root else {
        if document.lost.is_empty() && !out.has_errors() {
            out.push(missing_fields::empty_file(place));
        }
        return None;
    };
    if matches!(root.kind(), Kind::Absent(_)) {
        out.push(missing_fields::empty_file(place));
        return None;
    }
    let place = first_key(root);
    let fields = Fields::of(root, WORKFLOW, place, &workflow::THING, out)?;
    let mut doubts = doubts_of(document);
    // What stands under a key that no field has may have slipped out of any of them.
    if fields.has_lost() {
        doubts = ALL_DOUBTS;
    }
    let mut decoder = Decoder {
        doubts,
        whole: document.lost.is_empty(),
        states_like_every: HashSet::default(),
        declared: HashSet::default(),
        joined: HashSet::default(),
        alone: None,
        some_states: Vec::new(),
        source,
        promises,
        out,
    };
    let mut workflow = decoder.workflow(&fields, place);
    let kept = |name| {
        fields
            .position(name)
            .filter(|_| is_taken_apart(&fields, name))
    };
    let (states, list) = (kept(FILE.states.name), kept(FILE.transitions.name));
    if states.is_none() || (list.is_none() && fields.get(FILE.transitions.name).is_some()) {
        workflow.states = decoder.states(&fields);
        decoder.note_states(&workflow.states);
        workflow.transitions = decoder.transitions(&fields);
    } else {
        if list.is_none() {
            workflow.transitions = decoder.transitions(&fields);
        }
        let entries = states.and_then(|at| document.root.as_mut()?.take_entries(at));
        workflow.states = decoder.each_state(entries.unwrap_or_default());
        decoder.note_states(&workflow.states);
        let items = list.and_then(|at| document.root.as_mut()?.take_items(at));
        if let Some(items) = items {
            workflow.transitions = decoder.each_transition(items);
        }
    }
    workflow.doubts = decoder.doubts;
    workflow.joined = decoder.joined;
    Some(workflow)
}

/// Where the first key of a map is that could be read.
fn first_key(root: &Node) -> Span {
    let mut entries = root.entries().into_iter().flatten();
    let first = entries.find(|entry| !entry.is_lost());
    first.map_or(root.span, |first| first.key_span())
}

/// Whether the states or the transitions are written in the usual way, and where no alias stands for
/// them. They are most of a large file, and as a tree and as what the tree says they would take twice
/// the room: so each leaves the one when it enters the other.
fn is_taken_apart(fields: &Fields, name: &str) -> bool {
    fields.get(name).is_some_and(|node| match name {
        name if name == FILE.states.name => {
            node.is_own() && node.entries().is_some_and(|entries| !entries.is_empty())
        }
        _ => node.is_own() && node.items().is_some(),
    })
}

const ALL_DOUBTS: Doubts = Doubts {
    states: true,
    transitions: true,
    start: true,
    roles: true,
};

/// Whatever could not be read may have said anything of the entry it stood in.
fn doubts_of(document: &Document) -> Doubts {
    let is_field = |key: &str| workflow::THING.names.contains(&key);
    let lost = |name: &str| {
        document.lost.iter().any(|l| {
            l.key
                .as_deref()
                .is_none_or(|key| key == name || !is_field(key))
        })
    };
    Doubts {
        states: lost(FILE.states.name),
        transitions: lost(FILE.transitions.name),
        start: lost(FILE.start.name),
        roles: lost(FILE.roles.name),
    }
}

struct Decoder<'d> {
    doubts: Doubts,
    /// Whether the whole text could be read: else a missing field may stand in the lost part.
    whole: bool,
    /// Those states, once they are read, whose names might also mean all of them.
    states_like_every: HashSet<SmolStr>,
    /// The roles that the file declares, once they are read.
    declared: HashSet<SmolStr>,
    /// As [`Workflow::joined`].
    joined: HashSet<Span>,
    /// What is said of states that are written as their category alone, while states are read.
    alone: Option<Diagnostic>,
    /// All states, once they are read, where they are few enough to be listed.
    some_states: Vec<SmolStr>,
    source: &'d Source,
    promises: &'d Promises,
    out: &'d mut Diagnostics,
}

/// Reads the fields of one map that have a kind of their own.
struct Reader<'r, 'd, 'n, 's> {
    decoder: &'r mut Decoder<'d>,
    fields: &'r Fields<'n, 's, 'r>,
    /// Whether a required field that is missing may stand in a part of the text that could not be read.
    may_lack: bool,
}

impl<'d> Reader<'_, 'd, '_, '_> {
    /// What `read` makes of the value of `field`, if it is there.
    #[inline(always)]
    fn read<T>(
        &mut self,
        field: &'static language::Field,
        read: impl FnOnce(&mut Decoder<'d>, &Node, Field) -> Option<T>,
    ) -> Option<T> {
        let node = match self.may_lack {
            true => self.fields.get(field.name),
            false => self.fields.value(field, self.decoder.out),
        }?;
        read(self.decoder, node, self.fields.field(field.name))
    }
}

impl language::kinds::Reader for Reader<'_, '_, '_, '_> {
    #[inline(always)]
    fn text(&mut self, field: &'static language::Field) -> Option<Text> {
        if matches!(field.kind, language::Kind::Identifier)
            && !self.may_lack
            && field.is_required()
            && self.fields.lacks(field.name)
        {
            self.decoder.report_nameless(self.fields, field);
            return None;
        }
        self.read(field, |decoder, node, named| match field.kind {
            language::Kind::Identifier => decoder.identifier(node, named),
            language::Kind::Color => decoder.color(node, named),
            language::Kind::State => decoder.state_name_in(node, named),
            language::Kind::Name => fields::name(node, named, decoder.out),
            language::Kind::Condition => decoder.condition(node, named),
            _ => fields::text(node, named, decoder.out),
        })
    }

    #[inline(always)]
    fn flag(&mut self, field: &'static language::Field) -> Option<Spanned<bool>> {
        self.read(field, |decoder, node, field| {
            let value = fields::boolean(node, field, decoder.out)?;
            Some(Spanned::new(value, node.span))
        })
    }

    #[inline(always)]
    fn word<T: Vocabulary>(&mut self, field: &'static language::Field) -> Option<Spanned<T>> {
        self.read(field, |decoder, node, field| {
            fields::keyword(node, field, T::WORDS, decoder.out)
        })
    }

    #[inline(always)]
    fn names(&mut self, field: &'static language::Field) -> Option<Spanned<Vec<Text>>> {
        let fields = self.fields;
        self.read(field, |decoder, node, _| {
            decoder.names(node, fields.list(field.name), &field.kind)
        })
    }

    fn label(&mut self, field: &'static language::Field) -> Option<Label> {
        self.read(field, Decoder::label)
    }

    fn asks(&mut self, field: &'static language::Field) -> Option<Asks> {
        let fields = self.fields;
        self.read(field, |decoder, node, _| {
            decoder.asks(node, fields.list(field.name))
        })
    }

    fn duration(&mut self, field: &'static language::Field) -> Option<Duration> {
        self.read(field, Decoder::duration)
    }

    fn anything(&mut self, field: &'static language::Field) -> Option<Meta> {
        self.read(field, Decoder::anything)
    }

    #[inline(always)]
    fn has_rare_fields(&self) -> bool {
        self.fields.has_rare()
    }
}

impl<'d> Decoder<'d> {
    /// Everything but the states and the transitions.
    fn workflow(&mut self, fields: &Fields, place: Span) -> Workflow {
        let mut reader = self.reader(fields);
        reader.may_lack = !reader.decoder.whole;
        let mut workflow = Workflow::new(place).read(&mut reader);
        workflow.roles = self.roles(fields);
        let declared = workflow.roles.iter().flat_map(|roles| &roles.value);
        self.declared = declared.map(|role| role.name.value.clone()).collect();
        workflow.start = self.start(fields);
        workflow.start_span = fields.get(FILE.start.name).map(|node| node.span);
        let heading = |field: &language::Field| fields.entry(field.name).map(Entry::key_span);
        workflow.headings = Headings {
            states: heading(&FILE.states),
            transitions: heading(&FILE.transitions),
            expect: heading(&FILE.expect),
        };
        let new_ticket = fields.entry(FILE.new_ticket.name);
        workflow.new_ticket = new_ticket.and_then(|entry| self.new_ticket(entry));
        if let Some(node) = fields.get(FILE.expect.name) {
            workflow.expect = self.expect(node);
        }
        if let Some(node) = fields.get(FILE.targets.name) {
            workflow.targets = self.targets(node);
        }
        workflow.migrate = self.migrate(fields);
        workflow
    }

    fn reader<'r, 'n, 's>(&'r mut self, fields: &'r Fields<'n, 's, 'r>) -> Reader<'r, 'd, 'n, 's> {
        Reader {
            decoder: self,
            fields,
            may_lack: false,
        }
    }

    /// The identifier is missing: what is called by it has another name, or its file has one.
    #[cold]
    fn report_nameless(&mut self, fields: &Fields, field: &'static language::Field) {
        let name = fields.get(FILE.name.name).and_then(Node::scalar);
        let named = name.and_then(|name| identifier_like(name.text()));
        let meant = named.or_else(|| identifier_like(file_stem(self.source.name())));
        let place = fields.place();
        let advised = |advice| missing_fields::advised(fields.field(field.name), advice, place);
        let Some(meant) = meant else {
            self.out.push(advised(field.advice()));
            return;
        };
        let syntax = self.source.syntax();
        let value = crate::node::spelt_in(syntax, &meant);
        let line = format!("{}{} {value}", field.name, shapes::colon(syntax));
        let report = advised(format!("add `{line}`"));
        let start = place.range().start;
        let is_first = self.source.line_start(start) == start;
        self.out.push(
            match is_first && !self.source.text()[start..].starts_with('[') {
                true => {
                    let before = Span {
                        end: place.start,
                        ..place
                    };
                    report.unsafe_fix(before, format!("{line}{}", self.source.line_end()))
                }
                false => report,
            },
        );
    }

    fn identifier(&mut self, node: &Node, field: Field) -> Option<Text> {
        let text = fields::name(node, field, self.out)?;
        if !is_identifier(&text.value) {
            self.out.push(not_an_identifier(field, &text));
        }
        Some(text)
    }

    fn start(&mut self, fields: &Fields) -> Vec<Start> {
        // Its absence is for the rule `missing-start` to report: the graph knows a candidate.
        let Some(node) = fields.get(FILE.start.name) else {
            self.doubts.start |= !self.whole || fields.is_lost(FILE.start.name);
            return Vec::new();
        };
        let field = fields.field(FILE.start.name);
        let items = match node.kind() {
            Kind::List(items) => items,
            _ => std::slice::from_ref(node),
        };
        let mut starts = Vec::with_capacity(items.len());
        starts.extend(items.iter().filter_map(|item| self.start_item(item, field)));
        self.doubts.start |= starts.len() < items.len();
        starts
    }

    fn start_item(&mut self, node: &Node, field: Field) -> Option<Start> {
        match node.kind() {
            Kind::Map(_) | Kind::Lost => {}
            Kind::Scalar(_) => {
                let to = fields::name(node, field, self.out)?;
                return Some(Start {
                    to,
                    transition: None,
                });
            }
            _ => {
                let wanted = "a state or a list of states";
                self.out.push_made(&wrong_types::CODE, || {
                    wrong_types::report(field, node, wanted)
                });
                return None;
            }
        }
        let owner = Subject::only("an item of `start`");
        let fields = Fields::of(node, owner, node.span, &start::THING, self.out)?;
        let to = fields.value(&start::FIELDS.to, self.out)?;
        let to = fields::name(to, fields.field(start::FIELDS.to.name), self.out)?;
        let words = StartTransition::new().read(&mut self.reader(&fields));
        Some(Start {
            to,
            transition: Some(words),
        })
    }

    fn new_ticket(&mut self, entry: &Entry) -> Option<NewTicket> {
        let owner = Subject::only("`new-ticket`");
        let place = entry.key_span();
        let fields = Fields::of(&entry.value, owner, place, &new_ticket::THING, self.out)?;
        Some(NewTicket::new(place).read(&mut self.reader(&fields)))
    }

    fn states(&mut self, fields: &Fields) -> States {
        let node = match self.whole {
            true => fields.value(&FILE.states, self.out),
            false => fields.get(FILE.states.name),
        };
        let Some(node) = node else {
            self.doubts.states = true;
            return Vec::new();
        };
        let Some(entries) = node.entries() else {
            self.doubts.states = true;
            let field = fields.field(FILE.states.name);
            let report = wrong_types::report(field, node, "a map of states");
            self.out.push(match node.items() {
                Some(_) => report.help("make each state a field of `states`, with its own fields"),
                None => report,
            });
            return Vec::new();
        };
        if entries.is_empty() {
            self.doubts.states = true;
            self.out.push(invalid_values::empty(
                fields.field(FILE.states.name),
                node.span,
            ));
        }
        self.each_state(entries)
    }

    /// The states of these entries, each of which is let go before the next.
    fn each_state<'n, 's: 'n, E>(
        &mut self,
        entries: impl IntoIterator<Item = E, IntoIter: ExactSizeIterator>,
    ) -> States
    where
        E: std::borrow::Borrow<Entry<'s>> + 'n,
    {
        let entries = entries.into_iter();
        let mut states = Vec::with_capacity(entries.len());
        for entry in entries {
            let entry = entry.borrow();
            match entry.is_lost() {
                true => self.doubts.states = true,
                false => {
                    if let Some(state) = self.state(entry, WORKFLOW.field(FILE.states.name)) {
                        states.push(Box::new(state));
                    }
                }
            }
        }
        self.out.extend(self.alone.take());
        states
    }

    /// A state, or a list of states.
    fn states_named(&mut self, node: &Node, field: Field) -> Option<Vec<Text>> {
        match node.scalar() {
            Some(_) => self.state_named(node, field).map(|state| vec![state]),
            None => fields::one_or_more(node, field, self.out),
        }
    }

    /// One state in the place of which a list may stand.
    fn state_named(&mut self, node: &Node, field: Field) -> Option<Text> {
        let state = fields::name(node, field, self.out)?;
        if suggest::may_be_joined(&state.value) {
            self.joined.insert(state.span);
        }
        Some(state)
    }

    /// A field that names one state.
    pub(super) fn state_name_in(&mut self, node: &Node, field: Field) -> Option<Text> {
        if let Kind::Absent(None) = node.kind() {
            let (name, states) = (field.name, suggest::phrase(&self.some_states));
            let report = wrong_types::report(field, node, "a state");
            self.out.push(match states.is_empty() {
                true => report.help(format!("write a state after `{name}`")),
                false => report.help(format!("write one of {states} after `{name}`")),
            });
            return None;
        }
        fields::name(node, field, self.out)
    }

    /// Remembers what the reading of transitions needs to know of the states.
    fn note_states(&mut self, states: &[Box<State>]) {
        const MOST_LISTED: usize = 8;
        if states.len() <= MOST_LISTED {
            self.some_states = states
                .iter()
                .map(|state| state.name.value.clone())
                .collect();
        }
        let names = states.iter().map(|state| &state.name.value);
        let like_every = names.filter(|name| transitions::may_be_every(name));
        self.states_like_every = like_every.cloned().collect();
    }

    fn state(&mut self, entry: &Entry, states: Field) -> Option<State> {
        let name = self.state_name(entry, states)?;
        let owner = Subject::named("state", &name.value);
        if let Some((category, report)) = shapes::category_alone(owner, &entry.value, self.source) {
            // Whoever writes one so writes all of them so.
            const MOST_LABELS: usize = 6;
            match &mut self.alone {
                Some(first) => {
                    if let Some(help) = first.help.take_if(|help| !help.ends_with("each state")) {
                        first.help = Some(format!("{help}, and so for each state"));
                    }
                    first.take_in(report, MOST_LABELS);
                }
                None => self.alone = Some(report),
            }
            let mut state = State::new(name.clone());
            state.category = Some(category);
            return Some(state);
        }
        let Some(fields) = Fields::of(&entry.value, owner, name.span, &state::THING, self.out)
        else {
            // Whether transitions may leave the state is then open.
            self.doubts.transitions = true;
            return Some(State::new(name));
        };
        let mut state = State::new(name.clone()).read(&mut self.reader(&fields));
        // A list of which something could not be read says nothing for certain.
        let written = fields
            .get(state::FIELDS.editable.name)
            .and_then(Node::items);
        let is_whole = |read: &Spanned<Vec<Text>>| {
            written.is_none_or(|written| written.len() == read.value.len())
        };
        state.editable = state.editable.filter(is_whole);
        if state.is_final.is_none() {
            // Whether transitions may leave the state is then open.
            let name = state::FIELDS.is_final.name;
            self.doubts.transitions |= fields.is_lost(name) || fields.get(name).is_some();
        }
        Some(state)
    }

    fn state_name(&mut self, entry: &Entry, states: Field) -> Option<Text> {
        let name = match fields::text_of_scalar(&entry.key, entry.key_span(), states, self.out) {
            Some(text) => text,
            // A TOML key is always text, and a YAML key always plain or quoted.
            None => SmolStr::new(entry.key.text()),
        };
        if name.chars().all(char::is_whitespace) {
            self.out
                .push(invalid_values::nameless_state(entry.key_span()));
            self.doubts.states = true;
            return None;
        }
        if name == EVERY {
            self.out
                .push(invalid_values::state_called_every(entry.key_span()));
        }
        Some(Spanned::new(name, entry.key_span()))
    }

    fn color(&mut self, node: &Node, field: Field) -> Option<Text> {
        if let Some(scalar) = node.scalar()
            && let Some(meant) = color_of_number(scalar)
        {
            self.out.push(wrong_types::number_for_color(
                field, scalar, node.span, &meant,
            ));
            return None;
        }
        if let Kind::Absent(Some(comment)) = node.kind()
            && let color = self.source.slice(*comment).trim_end()
            && is_color(color)
        {
            let spelt = crate::node::quoted(color);
            let report = wrong_types::report(field, node, "a colour")
                .help(format!(
                    "put the value of `{}` in quotes: `{spelt}`",
                    field.name
                ))
                .fix(*comment, spelt);
            self.out.push(report);
            return Some(Spanned::new(SmolStr::new(color), *comment));
        }
        let color = fields::text(node, field, self.out)?;
        if is_color(&color.value) {
            return Some(color);
        }
        let wanted = "a colour of the form `#rrggbb`";
        self.out.push(match color_like(&color.value) {
            Some((meant, is_sure)) => {
                let spelt = crate::node::quoted(&meant);
                let written = (&*color.value, color.span);
                invalid_values::meant(field, written, wanted, &meant, spelt, is_sure)
            }
            None => invalid_values::malformed(field, &color.value, color.span, wanted, "#1f77b4"),
        });
        None
    }

    fn targets(&mut self, node: &Node) -> Vec<TargetBlock> {
        let Some(entries) = node.entries() else {
            return shapes::listed_targets(
                WORKFLOW.field(FILE.targets.name),
                node,
                self.source,
                self.out,
            );
        };
        let block = |entry: &Entry| TargetBlock {
            name: Spanned::new(SmolStr::new(entry.key.text()), entry.key_span()),
            body: entry.value.to_owned_node(),
        };
        let entries = entries.iter().filter(|entry| !entry.is_lost());
        entries.map(block).collect()
    }
}

/// What a file is called, without its folder and the endings of workflow files.
fn file_stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
    stem.strip_suffix(".workflow").unwrap_or(stem)
}

/// `text` stands where an identifier belongs, and is none.
fn not_an_identifier(field: Field, text: &Text) -> Diagnostic {
    let report = match identifier_like(&text.value) {
        Some(meant) => {
            let spelt = respelt(&text.value, text.span, &meant);
            let is_sure = suggest::alike(&text.value, &meant);
            let written = (&*text.value, text.span);
            invalid_values::meant(field, written, "an identifier", &meant, spelt, is_sure)
        }
        None => {
            let example = "hardware-repair";
            invalid_values::malformed(field, &text.value, text.span, "an identifier", example)
        }
    };
    report.note("an identifier is made of the letters a to z, digits, and single `-` between words")
}

/// The colour that a number in hexadecimal means: `0xff0000`.
fn color_of_number(scalar: &Scalar) -> Option<String> {
    let digits = scalar.text().strip_prefix("0x")?;
    let color = format!("#{digits}");
    (scalar.kind() == ScalarKind::Integer && is_color(&color)).then_some(color)
}

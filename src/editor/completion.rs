//! What may stand at a place of a text, which is hardly ever a whole file: somebody is typing in it.
//!
//! Of the text, only what decides is looked at: the lines that hold the place, and its neighbours.
//! There a word is put that is nothing else's, the brackets that are still open are closed, and that
//! is read like any file. Where the word turns up in the tree, the language says what belongs there.

mod blocks;
mod flow;
mod skeleton;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::compile;
use crate::diagnostic::Diagnostics;
use crate::expect::PROMISES;
use crate::graph::Resolved;
use crate::hashing::HashSet;
use crate::language::{Field, Kind, Thing, workflow};
use crate::node::{Kind as NodeKind, Node, quoted};
use crate::source::{Source, SourceId, Syntax};
use crate::{silencing, syntax, targets};

use blocks::Within;
use skeleton::{Skeleton, WORD};

/// Something that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it is called.
    pub label: String,
    /// What it is.
    pub sort: Sort,
    /// What it is, in a few words.
    pub detail: String,
    /// What it means, as Markdown; empty where there is nothing to say.
    pub about: String,
    /// The bytes that it takes the place of.
    pub replaces: Range<usize>,
    /// What is written.
    pub text: String,
}

/// What a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A field.
    Field,
    /// A state.
    State,
    /// A role.
    Role,
    /// A transition or a start.
    Transition,
    /// A word of a field, or one of `true` and `false`.
    Word,
    /// A product.
    Target,
    /// The code of a report.
    Code,
}

/// The names that a file gives, as far as they are known.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Of its states.
    pub states: Vec<String>,
    /// Of its roles: those that are described, and those that are only named.
    pub roles: Vec<String>,
    /// Of its transitions and starts.
    pub transitions: Vec<String>,
}

impl Names {
    /// The names that a workflow gives, each once, in the order of the file.
    pub fn of(resolved: &Resolved) -> Names {
        let workflow = resolved.workflow();
        let mut names = Names::default();
        let add = |to: &mut Vec<String>, name: &str| {
            if !to.iter().any(|known| known == name) {
                to.push(name.to_owned());
            }
        };
        names.states = workflow
            .states
            .iter()
            .map(|state| state.name.value.to_string())
            .collect();
        for role in workflow.roles.iter().flat_map(|roles| &roles.value) {
            add(&mut names.roles, &role.name.value);
        }
        let who = workflow
            .transitions
            .iter()
            .filter_map(|transition| transition.who())
            .flatten();
        let starts = workflow.start.iter();
        let started = starts.clone().filter_map(|start| start.transition.as_ref());
        let begun = started.filter_map(|start| start.details().who.as_ref());
        for role in who.chain(begun.flat_map(|who| &who.value)) {
            add(&mut names.roles, &role.value);
        }
        let started = starts.filter_map(|start| start.transition.as_ref()?.name.as_ref());
        let named = workflow
            .transitions
            .iter()
            .filter_map(|transition| transition.name.as_ref());
        // A file of thousands of transitions would be looked through again for each of them.
        let mut seen = HashSet::default();
        for name in started
            .chain(named)
            .filter(|name| seen.insert(name.value.clone()))
        {
            names.transitions.push(name.value.to_string());
        }
        names
    }
}

/// What may stand at a byte of the text, in which these names are given.
pub fn at(source: &Source, offset: usize, names: &Names) -> Vec<Candidate> {
    if let Some(found) = codes(source, offset) {
        return found;
    }
    let mut found: Vec<Candidate> = Vec::new();
    for skeleton in skeleton::around(source, offset) {
        // A line of its own can be the name of an entry, and a value, too.
        if found
            .first()
            .is_some_and(|first| !begins_line(source, &first.replaces))
        {
            break;
        }
        let here = Here::of(&skeleton, source, offset);
        let candidates = here.iter().flat_map(|here| here.candidates(names));
        let new: Vec<Candidate> = candidates
            .filter(|new| found.iter().all(|known| known.label != new.label))
            .collect();
        found.extend(new);
        let replaces = here.map(|here| here.replaces);
        let replaces =
            replaces.filter(|here| skeleton.may_begin_table && begins_line(source, here));
        if let Some(replaces) = replaces {
            let tables = tables(source, replaces);
            let new = tables.filter(|new| found.iter().all(|known| known.label != new.label));
            found.extend(new.collect::<Vec<_>>());
        }
    }
    found
}

/// The tables of TOML that a line may begin, wherever it stands: another one of many, or one that is
/// not there yet.
fn tables(source: &Source, replaces: Range<usize>) -> impl Iterator<Item = Candidate> {
    let here = Here {
        syntax: source.syntax(),
        takes: Takes::Fields(Vec::new()),
        replaces,
        quote: None,
        needs_quotes: false,
        joint: Joint::Header,
        leads: "",
    };
    let fields = workflow::THING.fields.iter();
    let tables = fields.filter(move |field| match header(&field.kind) {
        Some(Header::Table) => !has_line(source, &format!("[{}]", field.name)),
        header => header.is_some(),
    });
    tables.map(move |field| here.field(field))
}

fn has_line(source: &Source, wanted: &str) -> bool {
    source.text().lines().any(|line| line.trim() == wanted)
}

/// A table of TOML that a field is written as.
enum Header {
    /// `[name]`
    Table,
    /// `[[name]]`, for each of a list
    Item,
    /// `[name.`, for each by name
    Named,
}

fn header(kind: &Kind) -> Option<Header> {
    match kind {
        Kind::One(_) => Some(Header::Table),
        Kind::List(_) | Kind::Promises(_) => Some(Header::Item),
        Kind::ByName(_) | Kind::Blocks => Some(Header::Named),
        _ => None,
    }
}

/// Whether nothing stands before these bytes on their line but what begins an item.
fn begins_line(source: &Source, replaces: &Range<usize>) -> bool {
    let start = replaces.start;
    let line = source.line_range(source.position(start as u32).line).start;
    let before = &source.text()[line..start];
    before.trim_matches([' ', '-']).is_empty()
}

/// The codes that a comment may silence, where the place is in such a list.
fn codes(source: &Source, offset: usize) -> Option<Vec<Candidate>> {
    if source.syntax() == Syntax::Json {
        return None;
    }
    let text = source.text();
    let line = source.line_range(source.position(offset as u32).line);
    let before = text.get(line.start..offset.min(line.end))?;
    let comment = &before[before.find('#')?..];
    let list = &comment[comment.find("statewright:")?..];
    let opened = list.rfind('(');
    let list = &list[opened.map_or("statewright:".len(), |at| at + 1)..];
    if list.contains(')') {
        return None;
    }
    let typed = list.rsplit([',', ' ']).next().unwrap_or("");
    let after = text[offset..line.end]
        .find(|c: char| !c.is_ascii_lowercase() && c != '-')
        .map_or(line.end, |end| offset + end);
    if opened.is_none() {
        let is_first = list.trim() == typed;
        let words = silencing::WORDS.iter().filter(|_| is_first);
        let bracket = if text[after..].starts_with('(') {
            ""
        } else {
            "("
        };
        let lead = if list.is_empty() { " " } else { "" };
        let word = |(word, about): &(&str, &str)| Candidate {
            label: (*word).to_owned(),
            sort: Sort::Word,
            detail: (*about).to_owned(),
            about: String::new(),
            replaces: offset - typed.len()..after,
            text: format!("{lead}{word}{bracket}"),
        };
        return Some(words.map(word).collect());
    }
    let candidate = |code: &'static crate::diagnostic::Code| Candidate {
        label: code.name.to_owned(),
        sort: Sort::Code,
        detail: code.group.title().to_owned(),
        about: code.summary.to_owned(),
        replaces: offset - typed.len()..after,
        text: code.name.to_owned(),
    };
    let silenceable = compile::codes().into_iter().filter(|code| !code.is_firm());
    Some(silenceable.map(candidate).collect())
}

/// A place in the tree that is typed at.
struct Here {
    syntax: Syntax,
    /// What takes a value there, or the fields of the map there.
    takes: Takes,
    replaces: Range<usize>,
    /// What stands before the word, if it is in quotes.
    quote: Option<char>,
    /// Whether a value has to be in quotes, and has none.
    needs_quotes: bool,
    /// What comes after a field's name.
    joint: Joint,
    /// What has to stand before it, and does not.
    leads: &'static str,
}

/// What may stand at a place.
enum Takes {
    Fields(Vec<&'static Field>),
    /// A value that is none of those beside it.
    Value(&'static Field, Vec<String>),
    Targets,
    /// The names of a map in the block of a product, but for those that are there.
    NamesWithin(Within, Vec<String>),
    /// A value in the block of a product.
    ValueWithin(Within),
}

/// What a field's name is followed by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// It is there already.
    Nothing,
    /// `: ` or ` = `.
    Value,
    /// In TOML, a header of a table stands for it.
    Header,
    /// It is in such a header, of one table or of an item, which this closes; a name may follow already.
    InHeader {
        is_item: bool,
        close: &'static str,
        has_name: bool,
    },
}

impl Here {
    /// Where the word of the skeleton turns up; `None` where it does not, or the language knows
    /// nothing of the place.
    fn of(skeleton: &Skeleton, source: &Source, offset: usize) -> Option<Here> {
        let syntax = source.syntax();
        let text = Source::new(SourceId(0), "", syntax, skeleton.text.as_str());
        let document = syntax::read(&text, &mut Diagnostics::new());
        let mut path = Vec::new();
        let is_key = find(document.root.as_ref()?, &mut path)?;
        let takes = looked_up(&path, is_key)?;
        let node_span = path.last()?.span.clone();
        let at = skeleton.text.find(WORD)?;
        let before = at.saturating_sub(node_span.start);
        let after = at + WORD.len() + skeleton.added_after;
        let after = node_span.end.saturating_sub(after);
        let replaces = match skeleton.unquoted {
            Some((before, after)) => offset - before..offset + after,
            None => offset.saturating_sub(before)..(offset + after).min(source.text().len()),
        };
        let written = source.text().get(replaces.clone())?;
        let rest = &source.text()[replaces.end..];
        let rest = rest.trim_start_matches([' ', '\t']);
        let has_joint = match syntax {
            Syntax::Toml => rest.starts_with(['=', ']', '.']),
            _ => rest.starts_with(':'),
        };
        let line = source.line_range(source.position(offset as u32).line);
        let before = source.text()[line.start..replaces.start].trim_start();
        let is_closed = rest.starts_with([']', '.']);
        Some(Here {
            syntax,
            takes,
            quote: written.chars().next().filter(|c| matches!(c, '"' | '\'')),
            needs_quotes: skeleton.unquoted.is_some(),
            joint: match () {
                () if skeleton.may_begin_table && before.starts_with('[') => {
                    let is_item = before.starts_with("[[");
                    let close = if is_item { "]]" } else { "]" };
                    let close = if is_closed { "" } else { close };
                    Joint::InHeader {
                        is_item,
                        close,
                        has_name: rest.starts_with('.'),
                    }
                }
                () if has_joint => Joint::Nothing,
                () if skeleton.may_begin_table && path.len() == 1 && before.is_empty() => {
                    Joint::Header
                }
                () => Joint::Value,
            },
            leads: match syntax {
                Syntax::Yaml if before.ends_with(':') => " ",
                _ => "",
            },
            replaces,
        })
    }

    fn candidates(&self, names: &Names) -> Vec<Candidate> {
        let mut found = self.unled(names);
        for candidate in &mut found {
            candidate.text.insert_str(0, self.leads);
        }
        found
    }

    fn unled(&self, names: &Names) -> Vec<Candidate> {
        match &self.takes {
            Takes::Fields(fields) => {
                let fields = fields.iter().filter(|field| self.has_room_for(&field.kind));
                fields.map(|field| self.field(field)).collect()
            }
            Takes::Targets if self.is_in_header_of_item() => Vec::new(),
            Takes::Targets => {
                let target = |target: &&crate::targets::Target| Candidate {
                    detail: target.title.to_owned(),
                    ..self.key(target.name, Sort::Target)
                };
                targets::ALL.iter().map(target).collect()
            }
            Takes::Value(field, others) => {
                let mut values = self.values(field, names);
                values.retain(|value| !others.contains(&value.label));
                values
            }
            Takes::NamesWithin(within, others) => {
                let fields = within.fields().into_iter().map(|(name, about)| Candidate {
                    about: about.to_owned(),
                    ..self.key(name, Sort::Field)
                });
                let states = names.states.iter().filter(|_| within.is_by_state());
                let states = states.map(|state| self.key(state, Sort::State));
                let is_in_header = matches!(self.joint, Joint::InHeader { .. });
                let is_free = |found: &Candidate| {
                    let inner = || within.inner(Some(&found.label));
                    !others.contains(&found.label)
                        && (!is_in_header || inner().is_some_and(Within::is_map))
                };
                fields.chain(states).filter(is_free).collect()
            }
            Takes::ValueWithin(within) => {
                let words = within.words().into_iter();
                words.map(|word| self.value(word, Sort::Word)).collect()
            }
        }
    }

    /// Whether a field of this kind is written as the table whose header is typed.
    fn has_room_for(&self, kind: &Kind) -> bool {
        let Joint::InHeader { is_item, .. } = self.joint else {
            return true;
        };
        match header(kind) {
            Some(Header::Item) => is_item,
            Some(Header::Table | Header::Named) => !is_item,
            None => {
                let is_map = matches!(
                    kind,
                    Kind::Anything | Kind::Migrations(_) | Kind::Asks(_) | Kind::Roles(_)
                );
                is_map && !is_item
            }
        }
    }

    fn is_in_header_of_item(&self) -> bool {
        matches!(self.joint, Joint::InHeader { is_item: true, .. })
    }

    fn values(&self, field: &'static Field, names: &Names) -> Vec<Candidate> {
        let word = |word: &str, about: &str| Candidate {
            about: about.to_owned(),
            ..self.value(word, Sort::Word)
        };
        match &field.kind {
            Kind::Word(words) => {
                let all = words.all.iter();
                all.map(|(name, about)| word(name, about)).collect()
            }
            Kind::Flag => ["true", "false"]
                .iter()
                .map(|flag| Candidate {
                    text: (*flag).to_owned(),
                    ..word(flag, "")
                })
                .collect(),
            Kind::Asks(words) => {
                let all = words.all.iter();
                all.map(|(name, about)| word(name, about)).collect()
            }
            Kind::RoleNames => {
                let roles = names.roles.iter();
                roles.map(|role| self.value(role, Sort::Role)).collect()
            }
            Kind::Transitions => {
                let all = names.transitions.iter();
                all.map(|name| self.value(name, Sort::Transition)).collect()
            }
            Kind::State
            | Kind::States
            | Kind::Move
            | Kind::Walk
            | Kind::Starts(_)
            | Kind::Migrations(_) => {
                let every = (field.name == "from").then(|| Candidate {
                    detail: "every state that is not final, but `to`".to_owned(),
                    text: self.spelt("*"),
                    ..self.value("*", Sort::Word)
                });
                let state = |name: &String| self.value(name, Sort::State);
                names.states.iter().map(state).chain(every).collect()
            }
            _ => Vec::new(),
        }
    }

    fn field(&self, field: &'static Field) -> Candidate {
        let absent = field.without();
        let absent = absent.map_or_else(String::new, |text| format!("\n\n{text}"));
        let is_required = if field.is_required() {
            ", required"
        } else {
            ""
        };
        let mut candidate = self.key(field.name, Sort::Field);
        match (self.joint, header(&field.kind)) {
            (Joint::Header, Some(Header::Table)) => candidate.text = format!("[{}]", field.name),
            (Joint::Header, Some(Header::Item)) => candidate.text = format!("[[{}]]", field.name),
            (Joint::Header, Some(Header::Named)) => candidate.text = format!("[{}.", field.name),
            // What follows is a name, after which it is closed.
            (
                Joint::InHeader {
                    has_name: false, ..
                },
                Some(Header::Named),
            ) => {
                candidate.text = format!("{}.", field.name);
            }
            _ => {}
        }
        Candidate {
            detail: format!("{}{is_required}", field.kind.phrase()),
            about: format!(
                "{}{absent}\n\nFor example `{}`.",
                field.about, field.example
            ),
            ..candidate
        }
    }

    /// A name before a value.
    fn key(&self, name: &str, sort: Sort) -> Candidate {
        let joint = match (self.joint, self.syntax) {
            (Joint::Nothing, _) => "",
            (Joint::InHeader { close, .. }, _) => close,
            (_, Syntax::Toml) => " = ",
            _ => ": ",
        };
        let mut candidate = self.value(name, sort);
        let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        candidate.text = match self.quote {
            Some(quote) => format!("{quote}{name}{quote}{joint}"),
            None if name.chars().all(bare) => format!("{name}{joint}"),
            None if self.syntax == Syntax::Yaml => format!("{}{joint}", crate::node::spelt(name)),
            None => format!("{}{joint}", quoted(name)),
        };
        candidate
    }

    fn value(&self, name: &str, sort: Sort) -> Candidate {
        Candidate {
            label: name.to_owned(),
            sort,
            detail: String::new(),
            about: String::new(),
            replaces: self.replaces.clone(),
            text: self.spelt(name),
        }
    }

    /// The value as it is written there.
    fn spelt(&self, name: &str) -> String {
        match self.quote {
            Some('\'') if !name.contains(['\'', '\\']) => format!("'{name}'"),
            Some(_) => quoted(name),
            None if self.needs_quotes => quoted(name),
            // Without quotes only where every reader takes it for this text.
            None => crate::node::spelt(name),
        }
    }
}

/// A step to a place in a tree.
struct Step {
    /// The name of the entry; `None` of an item of a list.
    key: Option<String>,
    /// The names of the entries in the same map, or the words in the same list.
    others: Vec<String>,
    /// The bytes of the word itself, once it is found.
    span: Range<usize>,
}

/// The way to the word, and whether it is the name of an entry.
fn find(node: &Node, path: &mut Vec<Step>) -> Option<bool> {
    match node.kind() {
        NodeKind::Map(entries) => entries.iter().find_map(|entry| {
            let key = entry.key.text();
            let others = entries.iter().map(|other| other.key.text().to_owned());
            path.push(Step {
                key: Some(key.to_owned()),
                others: others.collect(),
                span: entry.key_span().range(),
            });
            if key.contains(WORD) {
                return Some(true);
            }
            let found = find(&entry.value, path);
            if found.is_none() {
                path.pop();
            }
            found
        }),
        NodeKind::List(items) => items.iter().find_map(|item| {
            let others = items.iter().filter_map(|other| match other.kind() {
                NodeKind::Scalar(scalar) => Some(scalar.text().to_owned()),
                _ => None,
            });
            path.push(Step {
                key: None,
                others: others.collect(),
                span: item.span.range(),
            });
            let found = find(item, path);
            if found.is_none() {
                path.pop();
            }
            found
        }),
        NodeKind::Scalar(scalar) if scalar.text().contains(WORD) => {
            if let Some(step) = path.last_mut() {
                step.span = node.span.range();
            }
            Some(false)
        }
        _ => None,
    }
}

/// Where a walk through the language has come to.
enum At {
    Thing(&'static Thing),
    /// A promise, of which these fields are there.
    Promise(Vec<&'static Field>),
    /// The things of this kind by name.
    ByName(&'static Thing),
    Blocks,
    Value(&'static Field),
    /// Where the tickets of a state go: a state, or a map.
    Migration(&'static Field),
    Block(Within),
}

/// What the language has at the end of a path.
fn looked_up(path: &[Step], is_key: bool) -> Option<Takes> {
    let mut at = At::Thing(&workflow::THING);
    let (last, before) = path.split_last()?;
    for step in before {
        at = inner(at, step.key.as_deref())?;
    }
    let missing = |fields: &[&'static Field], others: &[String]| {
        let is_there = |field: &&&'static Field| others.iter().any(|other| other == field.name);
        let free = fields.iter().filter(|field| !is_there(field)).copied();
        Takes::Fields(free.collect())
    };
    if is_key {
        return match at {
            At::Thing(thing) => Some(missing(thing.fields, &last.others)),
            At::Promise(fields) => Some(missing(&of_promise(&fields, &last.others), &last.others)),
            At::Blocks => Some(Takes::Targets),
            At::Block(within) => Some(Takes::NamesWithin(within, last.others.clone())),
            At::Value(field) => match field.kind {
                Kind::Starts(thing) => Some(missing(thing.fields, &last.others)),
                _ => None,
            },
            At::Migration(Field {
                kind: Kind::Migrations(thing),
                ..
            }) => Some(missing(thing.fields, &last.others)),
            At::ByName(_) | At::Migration(_) => None,
        };
    }
    let is_of_promise = matches!(at, At::Promise(_));
    match inner(at, last.key.as_deref())? {
        At::Value(field) => match field.kind {
            // The names of what is asked for and of what is gone are new ones.
            Kind::Asks(_) if last.key.is_none() => None,
            Kind::Migrations(_) => None,
            // Twice in such a list says no more than once, and `"*"` stands alone, in no promise.
            Kind::States | Kind::RoleNames | Kind::Transitions | Kind::Starts(_) => {
                let mut others = last.others.clone();
                let takes_every = last.key.is_some() && !is_of_promise;
                others.extend((!takes_every).then(|| "*".to_owned()));
                Some(Takes::Value(field, others))
            }
            _ => Some(Takes::Value(field, Vec::new())),
        },
        At::Migration(field) => Some(Takes::Value(field, Vec::new())),
        // A word where a map is to be: the first of its names.
        At::Thing(thing) => Some(Takes::Fields(thing.fields.to_vec())),
        At::Promise(fields) => Some(Takes::Fields(of_promise(&fields, &[]))),
        At::Blocks => Some(Takes::Targets),
        // A word where a map is to be: the first of its names.
        At::Block(within) if within.words().is_empty() => {
            Some(Takes::NamesWithin(within, Vec::new()))
        }
        At::Block(within) => Some(Takes::ValueWithin(within)),
        At::ByName(_) => None,
    }
}

/// The fields that go with the promise that `others` make.
fn of_promise(fields: &[&'static Field], others: &[String]) -> Vec<&'static Field> {
    let mut shapes = PROMISES.shapes.iter();
    let made = shapes.find(|shape| others.iter().any(|other| other == shape.word()));
    let words = |field: &&'static Field| {
        let mut shapes = PROMISES.shapes.iter();
        shapes.any(|shape| shape.word() == field.name)
    };
    match made {
        Some(shape) => {
            let goes_along = |field: &&'static Field| {
                let of_others = PROMISES
                    .shapes
                    .iter()
                    .any(|other| other.lists.iter().any(|list| list.name == field.name));
                shape.lists.iter().any(|list| list.name == field.name) || !of_others
            };
            fields.iter().copied().filter(goes_along).collect()
        }
        None => fields.iter().copied().filter(words).collect(),
    }
}

fn inner(at: At, key: Option<&str>) -> Option<At> {
    let of_field = |fields: &[&'static Field], key: &str| {
        let field = fields.iter().find(|field| field.name == key)?;
        Some(match &field.kind {
            Kind::One(thing) => At::Thing(thing),
            Kind::ByName(thing) => At::ByName(thing),
            Kind::Blocks => At::Blocks,
            _ => At::Value(field),
        })
    };
    match (at, key) {
        (At::Thing(thing), Some(key)) => of_field(thing.fields, key),
        (At::Promise(fields), Some(key)) => of_field(&fields, key),
        (At::ByName(thing), Some(_)) => Some(At::Thing(thing)),
        (At::Blocks, Some(target)) => Within::block(target).map(At::Block),
        (At::Block(within), key) => within.inner(key).map(At::Block),
        (At::Migration(field), Some(key)) => match field.kind {
            Kind::Migrations(thing) => of_field(thing.fields, key),
            _ => None,
        },
        (At::Value(field), key) => match (&field.kind, key) {
            (Kind::List(thing), None) => Some(At::Thing(thing)),
            (Kind::Promises(_), None) => Some(At::Promise(PROMISES.fields.clone())),
            (Kind::Starts(_), None) => Some(At::Value(field)),
            (Kind::Starts(thing), Some(key)) => of_field(thing.fields, key),
            (Kind::Roles(thing), Some(_)) => Some(At::Thing(thing)),
            (Kind::Asks(_), Some(_)) => Some(At::Value(field)),
            (Kind::Migrations(_), Some(_)) => Some(At::Migration(field)),
            (_, None) => Some(At::Value(field)),
            _ => None,
        },
        _ => None,
    }
}

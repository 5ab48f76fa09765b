//! Reading fields out of a [`Node`]: one mistake reported, the next field read.
//!
//! Both the workflow itself and every target's own block are read with these few functions, so
//! that a wrong type or a misspelt field is said in the same words everywhere. A function that
//! cannot read its value reports why and answers `None`; its caller goes on with the rest.

pub mod ambiguous_scalars;
pub mod invalid_values;
pub mod missing_fields;
pub mod numbers;
pub mod repeated;
pub mod unknown_fields;
pub mod wrong_types;

use std::fmt;
use std::ops::RangeInclusive;

use crate::diagnostic::{Code, Diagnostics};
use crate::language::promise::Promises;
use crate::language::{self, Kind as Takes, Thing, elsewhere};
use crate::node::{Entry, Kind, Node, Scalar, ScalarKind};
use crate::source::{Span, Spanned, Text};

use smol_str::SmolStr;
use wrong_types::ListMeant;

/// The codes that reading fields can report, in the order of the catalogue.
pub const CODES: &[&Code] = &[
    &ambiguous_scalars::CODE,
    &unknown_fields::CODE,
    &missing_fields::CODE,
    &wrong_types::CODE,
    &invalid_values::CODE,
];

/// The subject of a file's own fields.
pub const WORKFLOW: &str = "the workflow";

/// What a promise is called, which is named by its word.
pub const PROMISE: &str = "promise";

/// What a field belongs to, as a report calls it: "state `New`", "the workflow".
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// `state`, `transition`, `target`, or a whole phrase where there is no name.
    pub kind: &'a str,
    /// The name, if it has one.
    pub name: Option<&'a str>,
}

impl<'a> Subject<'a> {
    /// A thing with a name: "state `New`".
    pub fn named(kind: &'a str, name: &'a str) -> Self {
        Subject {
            kind,
            name: Some(name),
        }
    }

    /// A thing that needs no name: "the workflow".
    pub fn only(kind: &'a str) -> Self {
        Subject { kind, name: None }
    }

    /// Its field `name`.
    pub fn field(self, name: &'a str) -> Field<'a> {
        Field {
            name,
            owner: self,
            may_go_on: false,
        }
    }
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => write!(f, "{} `{name}`", self.kind),
            None => f.write_str(self.kind),
        }
    }
}

/// A field, as a report calls it: "`category` of state `New`", "field `states`".
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The field's name.
    pub name: &'a str,
    /// What it is a field of.
    pub owner: Subject<'a>,
    /// Whether what is written after its value may belong to it, so that the value may be less than
    /// all of it.
    pub may_go_on: bool,
}

impl Field<'_> {
    /// Whether what it belongs to is called after it and is nothing without it: promise `reach`.
    fn is_the_owner(&self) -> bool {
        self.owner.kind == PROMISE && self.owner.name == Some(self.name)
    }
}

impl fmt::Display for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.owner.kind {
            _ if self.is_the_owner() => self.owner.fmt(f),
            // Every field is one of the workflow's; only those further in need to say of what.
            WORKFLOW => write!(f, "field `{}`", self.name),
            _ => write!(f, "`{}` of {}", self.name, self.owner),
        }
    }
}

/// The fields that a map may have.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// Their names.
    pub names: &'k [&'static str],
    /// What the language says of them, where it is one of its own maps.
    fields: &'k [&'static language::Field],
    /// How many of the names are looked for in each such map: see [`Thing::common`].
    common: usize,
}

impl Known<'_> {
    /// What the language says of the field `name`.
    fn described(&self, name: &str) -> Option<&'static language::Field> {
        let mut fields = self.fields.iter().copied();
        fields.find(|field| field.name == name)
    }

    /// Whether the field `name` takes a list of names, or one.
    fn is_list(&self, name: &str) -> bool {
        let field = self.described(name);
        field.is_some_and(|field| field.kind.is_list_of_names())
    }

    /// Whether the field `name` takes words in which a comma may stand.
    fn is_words(&self, name: &str) -> bool {
        let field = self.described(name);
        let is_words = |field: &language::Field| {
            matches!(
                field.kind,
                Takes::Name | Takes::Text | Takes::Label | Takes::Condition
            )
        };
        field.is_some_and(is_words)
    }

    /// Whether the names in the list of the field `name` may be any.
    fn lists_any_names(&self, name: &str) -> bool {
        let field = self.described(name);
        field.is_some_and(|field| matches!(field.kind, Takes::Names))
    }
}

impl<'k> From<&'k [&'static str]> for Known<'k> {
    fn from(names: &'k [&'static str]) -> Self {
        Known {
            names,
            fields: &[],
            common: names.len(),
        }
    }
}

impl<'k> From<&'k Vec<&'static str>> for Known<'k> {
    fn from(names: &'k Vec<&'static str>) -> Self {
        Known::from(names.as_slice())
    }
}

impl From<&'static Thing> for Known<'static> {
    fn from(thing: &'static Thing) -> Self {
        Known {
            names: thing.names,
            fields: thing.fields,
            common: thing.common,
        }
    }
}

impl<'k> From<&'k Promises> for Known<'k> {
    fn from(promises: &'k Promises) -> Self {
        Known {
            names: &promises.names,
            fields: &promises.fields,
            common: promises.names.len(),
        }
    }
}

/// A map that is read field by field.
#[derive(Debug)]
pub struct Fields<'n, 's, 'a> {
    owner: Subject<'a>,
    /// The place to blame for a field that is missing.
    place: Span,
    entries: &'n [Entry<'s>],
    /// Whether an entry could not be read that may be that of any field.
    has_lost: bool,
    /// Entries under a misspelt name, with the name that was meant.
    meant: Vec<(&'static str, &'n Entry<'s>)>,
    /// Fields whose value could not be read, which is reported, though not for want of a key.
    unread: Vec<&'static str>,
    /// Whether no field is a known one: then this is something else altogether, which is reported
    /// once, and nothing is missing from it.
    is_alien: bool,
    /// Whether there is, or may be, a field that is not among the common ones of its kind of map.
    has_rare: bool,
}

impl<'n, 's, 'a> Fields<'n, 's, 'a> {
    /// The fields of the map `node`, which may be any of `known`. Reports each unknown field; one
    /// that is near a known field which is absent is taken for it. `place` is where a missing
    /// field is reported, usually the name of what the map describes. `None`, with a report,
    /// where the node is no map.
    pub fn of<'k>(
        node: &'n Node<'s>,
        owner: Subject<'a>,
        place: Span,
        known: impl Into<Known<'k>>,
        out: &mut Diagnostics,
    ) -> Option<Self> {
        let known = known.into();
        let (mut fields, strangers) = Self::of_known(node, owner, place, known, out)?;
        if let Some((first, rest)) = strangers.split_first() {
            let syntax = out.syntax;
            out.push_made(&unknown_fields::CODE, || {
                unknown_fields::strangers(owner, first, rest, known.names, syntax)
            });
        }
        fields.is_alien = !strangers.is_empty() && strangers.len() == fields.entries.len();
        Some(fields)
    }

    /// As [`Fields::of`], but fields that are near no known one are not reported: they are for the
    /// caller to judge.
    pub fn of_known(
        node: &'n Node<'s>,
        owner: Subject<'a>,
        place: Span,
        known: Known,
        out: &mut Diagnostics,
    ) -> Option<(Self, Vec<&'n Entry<'s>>)> {
        let mut fields = Self::as_written(node, owner, place, known.names, out)?;
        let strangers = fields.report_misspelt(known, out);
        Some((fields, strangers))
    }

    /// As [`Fields::of`], but no name is taken for another, and all of them are for the caller to
    /// judge.
    pub fn as_written(
        node: &'n Node<'s>,
        owner: Subject<'a>,
        place: Span,
        known: &[&str],
        out: &mut Diagnostics,
    ) -> Option<Self> {
        let entries = match node.kind() {
            Kind::Map(entries) => &entries[..],
            Kind::Absent(_) => &[],
            Kind::Lost => return None,
            _ => {
                let syntax = out.syntax;
                out.push_made(&wrong_types::CODE, || {
                    wrong_types::not_fields(owner, node, known, syntax)
                });
                return None;
            }
        };
        Some(Fields {
            owner,
            place,
            entries,
            has_lost: entries.iter().any(Entry::is_lost),
            meant: Vec::new(),
            unread: Vec::new(),
            is_alien: false,
            has_rare: true,
        })
    }

    /// All entries of the map.
    pub fn entries(&self) -> &'n [Entry<'s>] {
        self.entries
    }

    /// Reports fields that are near a known one which is absent; the other unknown ones are left.
    fn report_misspelt(&mut self, known: Known, out: &mut Diagnostics) -> Vec<&'n Entry<'s>> {
        let entries = self.entries;
        let (common, rare) = known.names.split_at(known.common);
        let is_among = |entry: &Entry, names: &[&str]| names.iter().any(|name| entry.key.is(name));
        let mut has_rare = false;
        // Most maps have their fields in the order of the language: the next one is looked for first among
        // those that follow.
        let mut following = common;
        let mut is_plain = |entry: &Entry| {
            let found = following.iter().position(|name| entry.key.is(name));
            if let Some(at) = found {
                following = &following[at + 1..];
            }
            let is_common = found.is_some() || is_among(entry, common);
            has_rare |= !is_common;
            (is_common || is_among(entry, rare)) && !entry.is_bare()
        };
        if entries.iter().all(&mut is_plain) {
            self.has_rare = has_rare;
            return Vec::new();
        }
        let is_known = |entry: &Entry| is_among(entry, known.names);
        let is_there = |name: &str| entries.iter().any(|e| e.key.text() == name);
        let mut free: Vec<&'static str> = known
            .names
            .iter()
            .copied()
            .filter(|n| !is_there(n))
            .collect();
        let mut strangers = Vec::new();
        // The field that the entry before is an item of, and all of its items so far.
        let mut list: Option<(&'n Entry<'s>, Vec<&'n Entry<'s>>)> = None;
        for (index, entry) in entries.iter().enumerate() {
            if entry.is_lost() {
                continue;
            }
            let first = unknown_fields::item_without_brackets(entries, index, known);
            // A field's name may be an item of a list of any names, but is none of states.
            let head = list.as_ref().map(|(head, _)| *head).or(first);
            let may_be_item = unknown_fields::is_alone(entry)
                && head.is_some_and(|head| known.lists_any_names(head.key.text()));
            if is_known(entry) && !may_be_item {
                self.report_list(list.take(), known, out);
                continue;
            }
            let has_value = !unknown_fields::is_alone(entry);
            let no_colon = match has_value || !out.may_guess() {
                true => None,
                false => unknown_fields::without_colon(entry, &free),
            };
            if let Some((near, value)) = no_colon.filter(|_| !is_known(entry)) {
                self.report_list(list.take(), known, out);
                out.push(unknown_fields::no_colon(self.owner, entry, near, value));
                free.retain(|name| *name != near);
                self.unread.push(near);
                continue;
            }
            match (&mut list, first) {
                (Some((_, items)), _) if unknown_fields::is_alone(entry) => {
                    items.push(entry);
                    continue;
                }
                (None, Some(first)) => {
                    list = Some((first, vec![entry]));
                    continue;
                }
                _ => self.report_list(list.take(), known, out),
            }
            let meant = || unknown_fields::meant(entry.key.text(), &free);
            match out.may_guess().then(meant).flatten() {
                Some(near) => {
                    out.push_made(&unknown_fields::CODE, || {
                        unknown_fields::misspelt(self.owner, entry, near)
                    });
                    free.retain(|name| *name != near);
                    self.meant.push((near, entry));
                }
                // What could not be read may be part of the name, too.
                None if entry.value.is_lost() => self.has_lost = true,
                None => strangers.push(entry),
            }
        }
        self.report_list(list, known, out);
        strangers
    }

    /// Reports a list without brackets: what the field says is then not known.
    fn report_list(
        &mut self,
        list: Option<(&'n Entry<'s>, Vec<&'n Entry<'s>>)>,
        known: Known,
        out: &mut Diagnostics,
    ) {
        if let Some((first, items)) = list {
            out.extend(unknown_fields::no_brackets(
                self.owner, first, &items, known,
            ));
            let names = known.names.iter().copied();
            let is_of_list = |name: &str| {
                let mut all = std::iter::once(&first).chain(&items);
                all.any(|entry| entry.key.text() == name)
            };
            self.unread.extend(names.filter(|name| is_of_list(name)));
        }
    }

    /// The value of field `name`, if it is there and could be read; nothing is reported.
    #[inline]
    pub fn get(&self, name: &str) -> Option<&'n Node<'s>> {
        Some(&self.entry(name)?.value).filter(|node| !node.is_lost())
    }

    /// Whether field `name` is there, or may be, but could not be read, which is reported
    /// already.
    pub fn is_lost(&self, name: &str) -> bool {
        let may_be_lost = || self.has_lost || self.unread.contains(&name);
        self.entry(name)
            .map_or_else(may_be_lost, |entry| entry.value.is_lost())
    }

    /// Whether there is, or may be, a field that is not among the common ones of its kind of map.
    pub fn has_rare(&self) -> bool {
        self.has_rare
    }

    /// Whether an entry could not be read that may be that of any field.
    pub fn has_lost(&self) -> bool {
        self.has_lost
    }

    /// Whether field `name` is neither there nor lost, so that it is for the author to write it.
    pub fn lacks(&self, name: &str) -> bool {
        self.entry(name).is_none() && !self.is_lost(name) && !self.is_alien
    }

    /// The whole entry of field `name`, if it is there.
    // Inlined, a name that is known beforehand is compared in place.
    #[inline]
    pub fn entry(&self, name: &str) -> Option<&'n Entry<'s>> {
        if !self.unread.is_empty() && self.unread.contains(&name) {
            return None;
        }
        let exact = self.entries.iter().find(|e| e.key.is(name));
        exact.or_else(|| self.meant.iter().find(|(m, _)| *m == name).map(|(_, e)| *e))
    }

    /// Which entry of the map, from 0, is that of field `name`, if it is there.
    pub fn position(&self, name: &str) -> Option<usize> {
        let found = self.entry(name)?;
        self.entries
            .iter()
            .position(|entry| std::ptr::eq(entry, found))
    }

    /// The value of a field of the language; reports `missing-fields` where it is required and not
    /// there.
    // Inlined, as is `entry`: a tenth of what decoding costs is comparing names.
    #[inline(always)]
    pub fn value(
        &self,
        field: &'static language::Field,
        out: &mut Diagnostics,
    ) -> Option<&'n Node<'s>> {
        if let Some(entry) = self.entry(field.name) {
            return Some(&entry.value).filter(|node| !node.is_lost());
        }
        if field.is_required() {
            self.report_missing(field, out);
        }
        None
    }

    #[cold]
    fn report_missing(&self, field: &language::Field, out: &mut Diagnostics) {
        if self.lacks(field.name) {
            out.push_made(&missing_fields::CODE, || {
                missing_fields::advised(self.owner.field(field.name), field.advice(), self.place)
            });
        }
    }

    /// What a report calls the field `name` of this map.
    pub fn field(&self, name: &'a str) -> Field<'a> {
        self.owner.field(name)
    }

    /// As [`Fields::field`], of one that is a list: where it has one name alone, what follows may be
    /// meant as others.
    pub fn list(&self, name: &'a str) -> Field<'a> {
        let is_alone = self.get(name).is_some_and(|node| node.scalar().is_some());
        let position = self.position(name).filter(|_| is_alone);
        let next = position.and_then(|at| self.entries.get(at + 1));
        Field {
            may_go_on: next.is_some_and(Entry::is_bare),
            ..self.field(name)
        }
    }

    /// What the map describes.
    pub fn owner(&self) -> Subject<'a> {
        self.owner
    }

    /// Where the map's subject is named: the place of what is missing in it.
    pub fn place(&self) -> Span {
        self.place
    }
}

/// The text of a scalar that is used as text. A plain YAML scalar that some reader would take
/// for something else is still that text, and is reported as `ambiguous-scalars`; a TOML number,
/// boolean or date is no text.
#[inline]
pub fn text_of_scalar(
    scalar: &Scalar,
    span: Span,
    field: Field,
    out: &mut Diagnostics,
) -> Option<SmolStr> {
    let first = scalar.text().as_bytes().first();
    match scalar.mistakable_for() {
        None if first.is_none_or(u8::is_ascii) => Some(SmolStr::new(scalar.text())),
        _ => text_of_odd_scalar(scalar, span, field, out),
    }
}

/// As [`text_of_scalar`], of one that may have to be reported.
#[cold]
fn text_of_odd_scalar(
    scalar: &Scalar,
    span: Span,
    field: Field,
    out: &mut Diagnostics,
) -> Option<SmolStr> {
    match scalar.mistakable_for() {
        None => out.extend(ambiguous_scalars::odd_quotes(scalar, span)),
        Some(kind) if scalar.reading().plain => out.push_made(&ambiguous_scalars::CODE, || {
            ambiguous_scalars::report(scalar, kind, span)
        }),
        Some(_) if scalar.kind() == ScalarKind::Text => {}
        Some(_) => {
            out.push_made(&wrong_types::CODE, || {
                wrong_types::unquoted(field, scalar, span)
            });
            return None;
        }
    }
    Some(SmolStr::new(scalar.text()))
}

/// Text that may be anything, even empty.
#[inline]
pub fn text(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    let Some(scalar) = node.scalar() else {
        return text_of_other(node, field, out);
    };
    let text = text_of_scalar(scalar, node.span, field, out)?;
    Some(Spanned::new(text, node.span))
}

/// Reports what is no scalar in the place of text, and takes the only scalar in it, if it holds just one.
#[cold]
fn text_of_other(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    if node.is_lost() {
        return None;
    }
    let syntax = out.syntax;
    let only = wrong_types::only(node);
    out.push_made(&wrong_types::CODE, || match only {
        Some(only) => wrong_types::in_brackets(field, node, "text", only, syntax),
        None => wrong_types::report(field, node, "text"),
    });
    let (scalar, span) = only?;
    Some(Spanned::new(SmolStr::new(scalar.text()), span))
}

/// Text that names something and so cannot be empty or blank.
pub fn name(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Text> {
    let name = text(node, field, out)?;
    // Told by its first letter, where it has any.
    if name.value.chars().all(char::is_whitespace) {
        out.push_made(&invalid_values::CODE, || {
            invalid_values::empty(field, node.span)
        });
        return None;
    }
    Some(name)
}

/// A list of names. One name alone is reported and then taken for a list of one, and several with
/// commas between them for a list of those.
pub fn names(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Vec<Text>> {
    names_as(node, field, out, |name| name)
}

/// As [`names`], each made something of.
pub fn names_as<T>(
    node: &Node,
    field: Field,
    out: &mut Diagnostics,
    make: impl Fn(Text) -> T,
) -> Option<Vec<T>> {
    match node.kind() {
        Kind::List(items) => {
            let mut found = Vec::with_capacity(items.len());
            let mut others = Vec::new();
            for item in items.iter().filter(|item| !item.is_lost()) {
                match item.scalar() {
                    Some(_) => found.extend(name(item, field, out).map(&make)),
                    None => others.push(item),
                }
            }
            out.extend(wrong_types::not_names(field, &others));
            Some(found)
        }
        Kind::Scalar(scalar) => {
            let meant = ListMeant::of(scalar);
            out.push_made(&wrong_types::CODE, || {
                wrong_types::no_list(field, scalar, node.span, &meant)
            });
            let name = |text: &str| make(Spanned::new(SmolStr::new(text), node.span));
            match meant {
                ListMeant::Item { .. } => Some(vec![name(scalar.text())]),
                ListMeant::Items(items) => Some(items.into_iter().map(name).collect()),
                ListMeant::Nothing | ListMeant::Unknown => None,
            }
        }
        Kind::Lost => None,
        _ => {
            out.push_made(&wrong_types::CODE, || {
                wrong_types::report(field, node, "a list of names")
            });
            None
        }
    }
}

/// One name, or a list of names.
pub fn one_or_more(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Vec<Text>> {
    match node.kind() {
        Kind::Scalar(_) => name(node, field, out).map(|n| vec![n]),
        Kind::List(items) if items.is_empty() => {
            out.push_made(&invalid_values::CODE, || {
                invalid_values::empty(field, node.span)
            });
            None
        }
        Kind::List(_) => names(node, field, out),
        Kind::Lost => None,
        _ => {
            let wanted = "a name or a list of names";
            let items = wrong_types::in_braces(node);
            let only = wrong_types::only(node).filter(|_| items.is_none());
            let syntax = out.syntax;
            out.push_made(&wrong_types::CODE, || match (&items, only) {
                (Some(items), _) => wrong_types::braces_for_brackets(field, node, items, syntax),
                (_, Some(only)) => wrong_types::in_brackets(field, node, wanted, only, syntax),
                _ => wrong_types::report(field, node, wanted),
            });
            let name = |(text, span): (&str, Span)| Spanned::new(SmolStr::new(text), span);
            let all = items.or_else(|| only.map(|(scalar, span)| vec![(scalar.text(), span)]))?;
            Some(all.into_iter().map(name).collect())
        }
    }
}

/// `true` or `false`. A word that plainly means one of them is reported and taken for it.
pub fn boolean(node: &Node, field: Field, out: &mut Diagnostics) -> Option<bool> {
    match node.scalar() {
        Some(scalar) if scalar.kind() == ScalarKind::Boolean => {
            Some(scalar.text().eq_ignore_ascii_case("true"))
        }
        _ if node.is_lost() => None,
        _ => {
            let meant = wrong_types::boolean_meant(node);
            out.push_made(&wrong_types::CODE, || {
                wrong_types::not_boolean(field, node, meant)
            });
            meant
        }
    }
}

/// A whole number.
pub fn integer(node: &Node, field: Field, out: &mut Diagnostics) -> Option<Spanned<i64>> {
    let range = i64::MIN.into()..=i64::MAX.into();
    let wanted = "a whole number below 9223372036854775808";
    let number = integer_in(node, field, range, wanted, out)?;
    Some(Spanned::new(i64::try_from(number.value).ok()?, number.span))
}

/// A whole number in a range, which is called `wanted`.
pub fn integer_in(
    node: &Node,
    field: Field,
    range: RangeInclusive<i128>,
    wanted: &str,
    out: &mut Diagnostics,
) -> Option<Spanned<i128>> {
    let scalar = node.scalar().filter(|s| s.kind() == ScalarKind::Integer);
    let Some(scalar) = scalar else {
        if !node.is_lost() {
            out.push_made(&wrong_types::CODE, || {
                wrong_types::report(field, node, "a whole number")
            });
        }
        return None;
    };
    out.extend(ambiguous_scalars::of_number(scalar, node.span));
    let number = numbers::parse_integer(scalar.text());
    let found = number.filter(|number| range.contains(number));
    if found.is_none() {
        let is_larger =
            number.is_none_or(|n| i64::try_from(n).is_err() && u64::try_from(n).is_err());
        let wanted = match is_larger {
            true => "a number of 64 bits",
            false => wanted,
        };
        let text = scalar.text();
        out.push_made(&invalid_values::CODE, || {
            invalid_values::malformed(field, text, node.span, wanted, "77")
        });
    }
    Some(Spanned::new(found?, node.span))
}

/// One of a few words. A misspelt one is reported and taken for its nearest.
pub fn keyword<T: Copy>(
    node: &Node,
    field: Field,
    words: &[(&str, T)],
    out: &mut Diagnostics,
) -> Option<Spanned<T>> {
    if node.is_lost() {
        return None;
    }
    let Some(scalar) = node.scalar() else {
        let syntax = out.syntax;
        let only = wrong_types::only(node);
        let word = |scalar: &Scalar| words.iter().find(|(word, _)| *word == scalar.text());
        let meant = only.and_then(|(scalar, span)| Some((word(scalar)?, span)));
        out.push_made(&wrong_types::CODE, || {
            match only.filter(|_| meant.is_some()) {
                Some(only) => wrong_types::in_brackets(field, node, "one word", only, syntax),
                None => wrong_types::not_keyword(field, node, words.iter().map(|w| w.0)),
            }
        });
        return meant.map(|((_, value), span)| Spanned::new(*value, span));
    };
    let exact = words.iter().find(|(word, _)| *word == scalar.text());
    let found = exact.or_else(|| {
        let near = crate::suggest::nearest(scalar.text(), words.iter().map(|w| w.0))
            .or_else(|| elsewhere::value(scalar.text(), words.iter().map(|w| w.0)));
        out.push_made(&invalid_values::CODE, || {
            invalid_values::not_a_word(field, scalar, node.span, near, words.iter().map(|w| w.0))
        });
        words.iter().find(|(word, _)| Some(*word) == near)
    });
    found.map(|(_, value)| Spanned::new(*value, node.span))
}

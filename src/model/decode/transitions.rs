//! The field `transitions`.

use std::borrow::Borrow;

use smol_str::SmolStr;

use super::shapes::colon;
use super::spelling::QUOTES;
use super::{Decoder, EVERY, FILE};
use crate::diagnostic::Edit;
use crate::fields::{Fields, Subject, invalid_values, missing_fields, wrong_types};
use crate::language::transition::{FIELDS, OneOrMore, THING};
use crate::model::{From, Transition, Transitions};
use crate::node::{Entry, Node, one_or_list};
use crate::source::{Source, Spanned};

impl Decoder<'_> {
    pub(super) fn transitions(&mut self, fields: &Fields) -> Transitions {
        let Some(node) = fields.get(FILE.transitions.name) else {
            self.doubts.transitions |= fields.is_lost(FILE.transitions.name);
            return Vec::new();
        };
        self.doubts.transitions |= node.items().is_none();
        // A list among keys is reported already.
        let has_lost = |entries: &[Entry]| entries.iter().any(Entry::is_lost);
        if node.items().is_none() && !node.entries().is_some_and(has_lost) {
            let field = fields.field(FILE.transitions.name);
            self.out
                .push(wrong_types::report(field, node, "a list of transitions"));
        }
        self.each_transition(node.items().unwrap_or_default())
    }

    /// The transitions of these items, each of which is let go before the next.
    pub(super) fn each_transition<'s, N>(
        &mut self,
        items: impl IntoIterator<Item = N, IntoIter: ExactSizeIterator>,
    ) -> Transitions
    where
        N: Borrow<Node<'s>>,
    {
        let items = items.into_iter();
        let mut transitions = Vec::with_capacity(items.len());
        transitions.extend(items.filter_map(|item| self.transition(item.borrow()).map(Box::new)));
        transitions
    }

    fn transition(&mut self, node: &Node) -> Option<Transition> {
        // The name is wanted before the fields are read, because reports call them by it.
        let called = [&FIELDS.name, &FIELDS.to]
            .iter()
            .find_map(|f| Some(node.get(f.name)?.scalar()?.text()));
        let owner = called.map_or(Subject::only("a transition"), |name| {
            Subject::named("transition", name)
        });
        let place = [&FIELDS.name, &FIELDS.to, &FIELDS.from]
            .iter()
            .find_map(|f| Some(node.get(f.name)?.span));
        let place = place.unwrap_or(node.span);
        let Some(fields) = Fields::of(node, owner, place, &THING, self.out) else {
            self.doubts.transitions = true;
            return None;
        };
        let (from, to) = match (fields.entry(FIELDS.from.name), fields.entry(FIELDS.to.name)) {
            (Some(from), Some(to)) => (Some(&from.value), Some(&to.value)),
            _ => self.ends(&fields),
        };
        let from = from.filter(|node| !node.is_lost());
        let from = from.and_then(|node| self.from(node, &fields));
        let to = to.and_then(|node| self.state_name_in(node, fields.field(FIELDS.to.name)));
        let transition = Transition::new(from, to, node.span);
        Some(transition.read(&mut self.reader(&fields)))
    }

    /// What is written of `from` and `to`, at least one of which is not; reports what is missing.
    fn ends<'n, 's>(
        &mut self,
        fields: &Fields<'n, 's, '_>,
    ) -> (Option<&'n Node<'s>>, Option<&'n Node<'s>>) {
        let (from, to) = (&FIELDS.from, &FIELDS.to);
        match (fields.lacks(from.name), fields.lacks(to.name)) {
            (true, true) => {
                let (owner, place) = (fields.owner(), fields.place());
                let make = || missing_fields::both(owner, [from, to], place);
                self.out.push_made(&missing_fields::CODE, make);
                (None, None)
            }
            (true, false) => {
                let missing = fields.value(from, self.out);
                (missing, fields.get(to.name))
            }
            (false, _) => {
                let from = fields.value(from, self.out);
                (from, fields.value(to, self.out))
            }
        }
    }

    fn from(&mut self, node: &Node, fields: &Fields) -> Option<From> {
        let every = node.scalar().is_some_and(|s| s.text() == EVERY);
        let except = fields.entry(FIELDS.except.name);
        let meant = node.scalar().is_some_and(|s| self.means_every(s.text()));
        if meant {
            let written = node.scalar().map_or("", |s| s.text());
            let owner = fields.owner();
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::every_in_other_words(owner, node.span, written)
            });
        }
        let but = node.scalar().and_then(|s| self.means_every_but(s.text()));
        if let Some(states) = but {
            let written = node.scalar().map_or("", |s| s.text());
            let owner = fields.owner();
            // Where it leads to, `"*"` leaves out by itself.
            let to = fields.get(FIELDS.to.name).and_then(Node::scalar);
            let is_other = |state: &&str| to.is_none_or(|to| to.text() != *state);
            let states: Vec<&str> = states.into_iter().filter(is_other).collect();
            let source = self.source;
            self.out.push_made(&invalid_values::CODE, || {
                let how = with_except(source, &states, node, fields);
                invalid_values::every_but(owner, node.span, written, how)
            });
            let except = states
                .iter()
                .map(|state| Spanned::new(SmolStr::new(state), node.span));
            return Some(From::Every {
                span: node.span,
                except: except.collect(),
            });
        }
        if every || meant {
            let field = fields.field(FIELDS.except.name);
            let except = except.map(|e| self.states_named(&e.value, field));
            self.doubts.transitions |= except == Some(None);
            return Some(From::Every {
                span: node.span,
                except: except.flatten().unwrap_or_default(),
            });
        }
        let star_listed = |item: &Node| item.scalar().is_some_and(|s| s.text() == EVERY);
        let starred = node
            .items()
            .is_some_and(|items| items.iter().any(star_listed));
        // `"*"` in a list is a mistake of its own.
        if let Some(except) = except.filter(|_| !starred) {
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::except_without_every(fields.owner(), except.key_span())
            });
        }
        let field = fields.field(FIELDS.from.name);
        let states = match node.scalar() {
            Some(_) => OneOrMore::One(self.state_named(node, field)?),
            None => OneOrMore::More(self.states_named(node, field)?),
        };
        let read_whole = node.items().is_none_or(|items| items.len() == states.len());
        self.doubts.transitions |= !read_whole;
        if let Some(star) = states.iter().find(|s| s.value == EVERY) {
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::every_among_states(fields.owner(), star.span, node.span)
            });
            return Some(From::Every {
                span: star.span,
                except: Vec::new(),
            });
        }
        Some(From::States(states))
    }

    /// The states that words under `from` leave out of every state: `!Closed`, `all except Closed`. They are no
    /// state's name.
    fn means_every_but<'t>(&self, written: &'t str) -> Option<Vec<&'t str>> {
        let states = every_but(written)?;
        (!self.states_like_every.contains(written)).then_some(states)
    }

    /// Whether a word under `from` stands for every state: it is no state's name.
    fn means_every(&self, written: &str) -> bool {
        is_like_every(written) && !self.states_like_every.contains(written)
    }
}

/// How every state but these is written in the place of `node`, and the edit.
fn with_except(
    source: &Source,
    states: &[&str],
    node: &Node,
    fields: &Fields,
) -> (String, Option<Edit>) {
    let (text, syntax) = (source.text(), source.syntax());
    let (from, sign) = (FIELDS.from.name, colon(syntax));
    let every = format!("\"{EVERY}\"");
    if states.is_empty() {
        let help = format!("{from}{sign} {every}");
        return (help, Some(Edit::new(node.span, every)));
    }
    let value = one_or_list(syntax, states);
    let field = format!("{}{sign} {value}", FIELDS.except.name);
    let place = node.span.range();
    // A field on a line of its own, or one of several in braces.
    let between = fields.entry(from).and_then(|entry| {
        let key = entry.key_span().range().start;
        let before = &text[source.line_start(key)..key];
        let is_line = before.chars().all(|c| matches!(c, ' ' | '-'));
        let ends = text[place.end..]
            .trim_start_matches([' ', '\t'])
            .starts_with(['\n', '\r', '#']);
        match is_line {
            true => ends.then(|| format!("\n{}", " ".repeat(before.len()))),
            false => Some(", ".to_owned()),
        }
    });
    let is_free = fields.entry(FIELDS.except.name).is_none();
    let edit = between
        .filter(|_| is_free)
        .map(|between| Edit::new(node.span, format!("{every}{between}{field}")));
    (format!("{from}{sign} {every}` and `{field}"), edit)
}

/// The names in another way to say `"*"` and `except`, if that is what `written` is.
fn every_but(written: &str) -> Option<Vec<&str>> {
    // All names are asked, and few begin with one of these letters.
    let may_begin = |byte: &u8| b"!*nae".contains(&byte.to_ascii_lowercase());
    if !written.as_bytes().first().is_some_and(may_begin) {
        return None;
    }
    const FIRST: [&str; 6] = ["not ", "all ", "any ", "ever", "anyt", "* ex"];
    let first = written.get(..4);
    let begins = |word: &str| first.is_some_and(|first| first.eq_ignore_ascii_case(word));
    if !written.starts_with('!') && !FIRST.into_iter().any(begins) {
        return None;
    }
    let names = match written.strip_prefix('!') {
        Some(rest) => rest,
        None if begins(FIRST[0]) => &written[FIRST[0].len()..],
        None => {
            const BETWEEN: [&str; 4] = [" except for ", " except ", " but ", " other than "];
            let mut cuts = BETWEEN
                .into_iter()
                .filter_map(|word| written.split_once(word));
            let (every, names) = cuts.next()?;
            let word = every
                .strip_suffix(" states")
                .or(every.strip_suffix(" state"));
            let word = word.unwrap_or(every);
            let is_every = word == EVERY
                || is_like_every(word)
                || ["everything", "anything"].contains(&&*word.to_ascii_lowercase());
            is_every.then_some(names)?
        }
    };
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    names.iter().all(|name| !name.is_empty()).then_some(names)
}

/// Whether `written` is another way to say `"*"`, or that and `except`.
pub(super) fn may_be_every(written: &str) -> bool {
    is_like_every(written) || every_but(written).is_some()
}

/// Whether `written` is another way to say `"*"`.
fn is_like_every(written: &str) -> bool {
    // All names are asked, and nearly all begin and end with a letter or a digit.
    let bare = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = written.as_bytes();
    let word = match bare(bytes.first()) && bare(bytes.last()) {
        true => written,
        false => written.trim_matches(QUOTES),
    };
    let is = |meant: &str| word.eq_ignore_ascii_case(meant);
    (word == EVERY && word != written) || is("all") || is("any") || is("every")
}

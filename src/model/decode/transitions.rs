//! The field `transitions`.

use std::borrow::Borrow;

use super::spelling::QUOTES;
use super::{Decoder, EVERY, FILE};
use crate::fields::{self, Fields, Subject, invalid_values, missing_fields, wrong_types};
use crate::language::transition::{FIELDS, THING};
use crate::model::{From, Transition, Transitions};
use crate::node::{Entry, Node};

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
        let (lacks_from, lacks_to) = (fields.lacks(FIELDS.from.name), fields.lacks(FIELDS.to.name));
        let from = match lacks_from && lacks_to {
            true => {
                let make = || missing_fields::both(owner, [&FIELDS.from, &FIELDS.to], place);
                self.out.push_made(&missing_fields::CODE, make);
                None
            }
            false => fields.value(&FIELDS.from, self.out),
        };
        let from = from.and_then(|node| self.from(node, &fields));
        let to = match lacks_from {
            true => fields.get(FIELDS.to.name),
            false => fields.value(&FIELDS.to, self.out),
        };
        let to = to.and_then(|node| fields::name(node, fields.field(FIELDS.to.name), self.out));
        let transition = Transition::new(from, to, node.span);
        Some(transition.read(&mut self.reader(&fields)))
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
        let states = self.states_named(node, fields.field(FIELDS.from.name))?;
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

    /// Whether a word under `from` stands for every state: it is no state's name.
    fn means_every(&self, written: &str) -> bool {
        is_like_every(written) && !self.states_like_every.contains(written)
    }
}

/// Whether `written` is another way to say `"*"`.
pub(super) fn is_like_every(written: &str) -> bool {
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

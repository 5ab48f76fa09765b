//! The field `expect`: promises about the graph.

use super::Decoder;
use super::FILE;
use super::shapes::colon;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{self, Fields, Subject, invalid_values, missing_fields, wrong_types};
use crate::language::promise::THING;
use crate::language::{self, Kind as Takes};
use crate::model::{Expectation, Promise, Text};
use crate::node::{Kind, Node};

impl Decoder<'_> {
    /// The items of `expect`.
    pub(super) fn expect(&mut self, node: &Node) -> Vec<Expectation> {
        let items = match node.kind() {
            Kind::List(items) => items,
            Kind::Map(_) => std::slice::from_ref(node),
            _ => {
                let field = Subject::only(fields::WORKFLOW).field(FILE.expect.name);
                let report = wrong_types::report(field, node, "a list of promises");
                self.out.push(match node.scalar() {
                    Some(scalar) => {
                        let map = self.map_of_sentence(scalar.text());
                        report.help(map.map_or_else(
                            || format!("write a list of promises, such as `[{}]`", self.example()),
                            |map| format!("write `[{map}]`"),
                        ))
                    }
                    None => report,
                });
                return Vec::new();
            }
        };
        let items = items.iter();
        items.filter_map(|item| self.expectation(item)).collect()
    }

    fn expectation(&mut self, node: &Node) -> Option<Expectation> {
        let (owner, promises) = (Subject::only("a promise"), self.promises);
        if let Some(scalar) = node.scalar() {
            let known = |names| wrong_types::not_fields(owner, node, names, self.out.syntax);
            let report = match self.map_of_sentence(scalar.text()) {
                Some(map) => known(&[]).help(format!("write `{map}`")),
                None => match known(&promises.names) {
                    // A colon after its first word makes it one.
                    report if report.fix.is_some() => report,
                    report => {
                        report.help(format!("write its fields, such as `{}`", self.example()))
                    }
                },
            };
            self.out.push(report);
            return None;
        }
        let fields = Fields::of(node, owner, node.span, promises, self.out)?;
        if has_lost(node) {
            // With less than all of its states it would be another promise.
            return None;
        }
        let mut shapes = promises.shapes.iter().copied();
        let Some(shape) = shapes.find(|shape| fields.entry(shape.word()).is_some()) else {
            let words = promises.shapes.iter().map(|shape| shape.word());
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::promises_nothing(node.span, &words.collect::<Vec<_>>())
            });
            return None;
        };
        let word = shape.word();
        let place = fields.entry(word).map_or(node.span, |e| e.key_span());
        let owner = Subject::named(fields::PROMISE, word);
        let mut lists = shape.lists.iter();
        let absent = lists.find(|list| list.is_required() && fields.lacks(list.name));
        let belongs = |name: &str| {
            let is_list = shape.lists.iter().any(|list| list.name == name);
            is_list || THING.names.contains(&name)
        };
        let foreign = promises.names.iter().filter(|name| !belongs(name));
        let foreign: Vec<_> = foreign
            .filter_map(|name| Some((name, fields.entry(name)?)))
            .collect();
        // One wrong word is one mistake, not a field too many and one too few.
        let swapped = match (absent, foreign.as_slice()) {
            (Some(needed), [(name, entry)]) => {
                let at = entry.key_span();
                self.out.push_made(&invalid_values::CODE, || {
                    invalid_values::field_for_other(owner, at, name, needed.name, place)
                });
                true
            }
            _ => false,
        };
        for (name, entry) in foreign.iter().filter(|_| !swapped) {
            let at = entry.key_span();
            self.out.push_made(&invalid_values::CODE, || {
                invalid_values::field_of_other_promise(owner, at, name, place)
            });
        }
        if let Some(report) = shape
            .lists
            .iter()
            .find_map(|list| several_moves(list, &fields))
        {
            self.out.push(report);
            return None;
        }
        let mut is_whole = true;
        let lists = shape.lists.iter().map(|list| {
            let field = owner.field(list.name);
            let Some(node) = fields.get(list.name) else {
                if list.is_required() && !swapped {
                    self.out.push_made(&missing_fields::CODE, || {
                        missing_fields::advised(field, list.advice(), place)
                    });
                }
                return (!list.is_required()).then_some(None);
            };
            let states = self.states_named(node, field)?;
            let is_read = node.items().is_none_or(|items| items.len() == states.len());
            is_whole &= is_read;
            let fits = !is_read || has_right_length(list, &states, self.out);
            fits.then_some(Some(states))
        });
        // Each of them is read, whatever is wrong with another.
        let lists: Vec<_> = lists.collect();
        let lists = lists.into_iter().collect::<Option<_>>()?;
        let said = Expectation::new(Promise { shape, lists }, place, is_whole);
        let fields = &fields;
        Some(said.read(&mut self.reader(fields)))
    }
}

/// The words that stand between the fields of a promise in a sentence, and say nothing of it.
const FILLERS: &[&str] = &["and", "then", "must", "always", "to", "from"];

impl Decoder<'_> {
    /// The promise that a sentence makes, such as `before Done pass Work`, as a map.
    fn map_of_sentence(&self, sentence: &str) -> Option<String> {
        const MOST_WORDS: usize = 32;
        let mut said: Vec<(&'static str, String)> = Vec::new();
        for word in sentence.split_whitespace().take(MOST_WORDS) {
            let bare = word.trim_end_matches([':', '=']);
            let is_field = |name: &&&str| bare.eq_ignore_ascii_case(name);
            match (self.promises.names.iter().find(is_field), said.last_mut()) {
                (Some(name), _) => said.push((name, String::new())),
                (None, None) => return None,
                (None, Some(_)) if FILLERS.contains(&word) => {}
                (None, Some((_, value))) => {
                    let blank = if value.is_empty() { "" } else { " " };
                    value.push_str(blank);
                    value.push_str(word);
                }
            }
        }
        let has = |name: &str| {
            let mut said = said.iter();
            said.any(|(said, value)| *said == name && !value.is_empty())
        };
        let is_whole = self.promises.shapes.iter().any(|shape| {
            let mut needed = shape.lists.iter().filter(|list| list.is_required());
            has(shape.word()) && needed.all(|list| has(list.name))
        });
        is_whole.then(|| self.promise_of(said))
    }

    fn example(&self) -> String {
        self.promise_of([("pass", "Approval"), ("before", "Closed")])
    }

    fn promise_of<V: AsRef<str>>(
        &self,
        said: impl IntoIterator<Item = (&'static str, V)>,
    ) -> String {
        let syntax = self.source.syntax();
        let fields = said.into_iter().map(|(name, value)| {
            let names: Vec<&str> = value.as_ref().split(',').map(str::trim).collect();
            let value = match &names[..] {
                [only] => crate::node::spelt_in(syntax, only),
                _ => crate::node::list(syntax, &names),
            };
            format!("{name}{} {value}", colon(syntax))
        });
        format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
    }
}

/// `forbid: [[New, Closed], [New, Resolved]]`, which would say two promises in one.
fn several_moves(list: &language::Field, fields: &Fields) -> Option<Diagnostic> {
    let node = fields
        .get(list.name)
        .filter(|_| matches!(list.kind, Takes::Move))?;
    let items = node.items().filter(|items| !items.is_empty())?;
    if !items.iter().all(|item| item.items().is_some()) {
        return None;
    }
    let name = |at: usize| Some(items[0].items()?.get(at)?.scalar()?.text().to_owned());
    Some(invalid_values::several_moves(
        list.name,
        node.span,
        name(0).zip(name(1)),
    ))
}

/// Whether as many states are listed as make a walk or a move.
fn has_right_length(
    list: &'static language::Field,
    states: &[Text],
    out: &mut Diagnostics,
) -> bool {
    let fits = match list.kind {
        Takes::Move => states.len() == 2,
        Takes::Walk | Takes::Transitions => states.len() >= 2,
        _ => return true,
    };
    if let (false, Some(first), Some(last)) = (fits, states.first(), states.last()) {
        out.push_made(&invalid_values::CODE, || {
            let place = first.span.to(last.span);
            invalid_values::wrong_number_of_states(list, states.len(), place)
        });
    }
    fits
}

/// Whether a part of a promise could not be read, which is reported already.
fn has_lost(promise: &Node) -> bool {
    let lost = |node: &Node| {
        let items = node.items().unwrap_or(&[]);
        node.is_lost() || items.iter().any(Node::is_lost)
    };
    let entries = promise.entries().unwrap_or(&[]);
    entries.iter().any(|entry| lost(&entry.value))
}

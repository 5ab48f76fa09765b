//! The field `expect`: promises about the graph.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{self, Fields, Subject, invalid_values, wrong_types};
use crate::model::{Expectation, Promise, Text};
use crate::node::{Kind, Node};

/// The fields of an item, whatever it promises.
pub const FIELDS: &[&str] = &[
    "allow", "forbid", "pass", "before", "reach", "from", "never", "after", "because",
];

/// Each promise's word and its other fields: the required ones, then those that may be absent.
const PROMISES: &[(&str, &[&str], &[&str])] = &[
    ("allow", &[], &[]),
    ("forbid", &[], &[]),
    ("pass", &["before"], &[]),
    ("reach", &[], &["from"]),
    ("never", &["after"], &[]),
];

/// The items of `expect`.
pub fn list(node: &Node, out: &mut Diagnostics) -> Vec<Expectation> {
    let items = match node.kind() {
        Kind::List(items) => items,
        Kind::Map(_) => std::slice::from_ref(node),
        _ => {
            let field = Subject::only(fields::WORKFLOW).field("expect");
            out.push_made(&wrong_types::CODE, || {
                wrong_types::report(field, node, "a list of promises")
            });
            return Vec::new();
        }
    };
    items
        .iter()
        .filter_map(|item| expectation(item, out))
        .collect()
}

fn expectation(node: &Node, out: &mut Diagnostics) -> Option<Expectation> {
    let owner = Subject::only("a promise");
    let fields = Fields::of(node, owner, node.span, FIELDS, out)?;
    if has_lost(node) {
        // With less than all of its states it would be another promise.
        return None;
    }
    let Some((word, required, optional)) = PROMISES
        .iter()
        .find(|(word, ..)| fields.entry(word).is_some())
    else {
        out.push_made(&invalid_values::CODE, || {
            invalid_values::promises_nothing(node.span)
        });
        return None;
    };
    let place = fields.entry(word).map_or(node.span, |e| e.key_span());
    let owner = Subject::named(fields::PROMISE, word);
    let absent = required.iter().find(|name| fields.lacks(name));
    let belongs = |name: &&&str| {
        **name == *word || **name == "because" || required.contains(name) || optional.contains(name)
    };
    let strangers = FIELDS.iter().filter(|name| !belongs(name));
    let strangers: Vec<_> = strangers
        .filter_map(|name| Some((name, fields.entry(name)?)))
        .collect();
    // One wrong word is one mistake, not a field too many and one too few.
    let swapped = match (absent, strangers.as_slice()) {
        (Some(needed), [(name, entry)]) => {
            let at = entry.key_span();
            out.push_made(&invalid_values::CODE, || {
                invalid_values::field_for_other(owner, at, name, needed, place)
            });
            true
        }
        _ => false,
    };
    for (name, entry) in strangers.iter().filter(|_| !swapped) {
        let at = entry.key_span();
        out.push_made(&invalid_values::CODE, || {
            invalid_values::field_of_other_promise(owner, at, name, place)
        });
    }
    if let Some(report) = several_moves(word, &fields) {
        out.push(report);
        return None;
    }
    let because = fields
        .get("because")
        .and_then(|n| fields::text(n, owner.field("because"), out));
    let mut is_whole = true;
    let mut states = |name: &str| {
        let node = fields.get(name)?;
        let states = fields::one_or_more(node, owner.field(name), out)?;
        is_whole &= node.items().is_none_or(|items| items.len() == states.len());
        Some(states)
    };
    let own = states(word);
    let from = states("from");
    let other = required.first().map(|name| states(name));
    if let (Some(name), Some(None)) = (required.first(), &other)
        && fields.get(name).is_none()
        && !swapped
    {
        out.push_made(&fields::missing_fields::CODE, || {
            fields::missing_fields::report(owner.field(name), place)
        });
    }
    let other = other.flatten();
    let promise = promise(word, own?, other, from, fields.get("from").is_some())?;
    let expectation = Expectation {
        promise,
        because,
        place,
        is_whole,
    };
    (!is_whole || check_length(&expectation, out)).then_some(expectation)
}

/// `forbid: [[New, Closed], [New, Resolved]]`, which would say two promises in one.
fn several_moves(word: &str, fields: &Fields) -> Option<Diagnostic> {
    let node = fields.get(word).filter(|_| word == "forbid")?;
    let items = node.items().filter(|items| !items.is_empty())?;
    if !items.iter().all(|item| item.items().is_some()) {
        return None;
    }
    let name = |at: usize| Some(items[0].items()?.get(at)?.scalar()?.text().to_owned());
    Some(invalid_values::several_moves(
        node.span,
        name(0).zip(name(1)),
    ))
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

fn promise(
    word: &str,
    own: Vec<Text>,
    other: Option<Vec<Text>>,
    from: Option<Vec<Text>>,
    said: bool,
) -> Option<Promise> {
    Some(match word {
        "allow" => Promise::Allow(own),
        "forbid" => Promise::Forbid(own),
        "pass" => Promise::Pass {
            pass: own,
            before: other?,
        },
        "never" => Promise::Never {
            never: own,
            after: other?,
        },
        _ if said && from.is_none() => return None,
        _ => Promise::Reach { reach: own, from },
    })
}

/// A walk has at least two states, a move exactly two.
fn check_length(expectation: &Expectation, out: &mut Diagnostics) -> bool {
    let (word, states, fits) = match &expectation.promise {
        Promise::Allow(walk) => ("allow", walk, walk.len() >= 2),
        Promise::Forbid(step) => ("forbid", step, step.len() == 2),
        _ => return true,
    };
    if !fits {
        let place = states.first().map_or(expectation.place, |first| first.span);
        let last = states.last().map_or(place, |last| last.span);
        out.push_made(&invalid_values::CODE, || {
            invalid_values::wrong_number_of_states(word, states.len(), place.to(last))
        });
    }
    fits
}

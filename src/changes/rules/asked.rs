//! What a move asks, compared: more than before, or less.

use super::{Changed, before};
use crate::changes::said::without;
use crate::changes::{Change, Subject, Value, What};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::suggest;

/// What a move, or beginning, asks that it did not.
pub enum Asks {
    /// More, as a predicate: "now asks for a note".
    More(String),
    /// Less, as a predicate: "no longer asks for a note".
    Less(String),
}

/// What a field of a move asks more, and less, than it did.
fn compared(field: &str, old: Option<&Value>, new: Option<&Value>) -> Vec<Asks> {
    let mut found = Vec::new();
    let is_required = |value: Option<&Value>| matches!(value, Some(Value::Word("required")));
    match field {
        "notes" if is_required(new) => found.push(Asks::More("now asks for a note".to_owned())),
        "notes" if is_required(old) => {
            found.push(Asks::Less("no longer asks for a note".to_owned()))
        }
        "who" => match (names(old), names(new)) {
            (None, Some(roles)) => {
                found.push(Asks::More(format!(
                    "can now only be made by {}",
                    suggest::phrase_up_to(roles, 4)
                )));
            }
            (Some(roles), None) => {
                found.push(Asks::Less(format!(
                    "is no longer only for {}",
                    suggest::phrase_up_to(roles, 4)
                )));
            }
            (Some(old), Some(new)) => {
                let gone = without(old, new);
                if !gone.is_empty() {
                    found.push(Asks::More(format!(
                        "can no longer be made by {}",
                        suggest::phrase_up_to(&gone, 4)
                    )));
                }
                let more = without(new, old);
                if !more.is_empty() {
                    found.push(Asks::Less(format!(
                        "can now be made by {} as well",
                        suggest::phrase_up_to(&more, 4)
                    )));
                }
            }
            (None, None) => {}
        },
        "asks" => {
            let (was, is) = (required(old), required(new));
            let (more, less) = (without(&is, &was), without(&was, &is));
            if !more.is_empty() {
                found.push(Asks::More(format!(
                    "now asks for {}",
                    suggest::phrase_up_to(&more, 4)
                )));
            }
            if !less.is_empty() {
                found.push(Asks::Less(format!(
                    "no longer asks for {}",
                    suggest::phrase_up_to(&less, 4)
                )));
            }
        }
        "when" => match (old, new) {
            (None, Some(_)) => found.push(Asks::More("now has a condition".to_owned())),
            (Some(_), None) => found.push(Asks::Less("no longer has a condition".to_owned())),
            _ => found.push(Asks::More("now has another condition".to_owned())),
        },
        _ => {}
    }
    found
}

fn names<'v>(value: Option<&'v Value>) -> Option<&'v [&'v str]> {
    match value {
        Some(Value::Names(names)) => Some(names),
        _ => None,
    }
}

/// The fields of a ticket that must be filled in.
fn required<'v>(value: Option<&'v Value>) -> Vec<&'v str> {
    match value {
        Some(Value::Pairs(pairs)) => {
            let required = pairs.iter().filter(|(_, asked)| *asked == "required");
            required.map(|(name, _)| *name).collect()
        }
        _ => Vec::new(),
    }
}

/// Reports of every move what it asks otherwise, as far as `wanted` makes a report of it: of what the move
/// is called and what it asks.
pub fn check(
    changed: &Changed,
    code: &'static Code,
    out: &mut Diagnostics,
    wanted: impl Fn(&str, &Asks) -> Option<(String, &'static str, String)>,
) {
    for (change, from) in changed.of_moves() {
        let What::Field { field, old, new } = &change.what else {
            continue;
        };
        for asks in compared(field, old.as_ref(), new.as_ref()) {
            if let Some((message, label, help)) = wanted(&called(change, &from), &asks) {
                out.push_made(code, || {
                    let place = changed.place_of(change);
                    let report = Diagnostic::new(code, message, place, label).help(help);
                    let report = before(report, change.old, "it was this before");
                    changed.concerning(report, changed.difference.waiting(change))
                });
            }
        }
    }
}

/// What a report calls the move.
pub fn called(change: &Change, from: &[&str]) -> String {
    match &change.of {
        Subject::Moves { name, .. } => {
            format!(
                "transition `{name}` from {}",
                suggest::phrase_up_to(from, 2)
            )
        }
        Subject::Start { to, .. } => format!("beginning in `{to}`"),
        _ => String::new(),
    }
}

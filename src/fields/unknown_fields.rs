//! `unknown-fields`: a field that the language does not have.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::fields::Subject;
use crate::node::{Entry, respelt};
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unknown-fields",
    group: Group::Text,
    level: Level::Deny,
    summary: "a field that the language does not have",
    page: include_str!("unknown_fields.md"),
};

/// Words that other tools use, and what they are called here.
const SYNONYMS: &[(&str, &str)] = &[
    ("id", "workflow"),
    ("identifier", "workflow"),
    ("title", "name"),
    ("label", "name"),
    ("initial", "start"),
    ("initial-state", "start"),
    ("initial_state", "start"),
    ("start-states", "start"),
    ("statuses", "states"),
    ("steps", "states"),
    ("type", "category"),
    ("group", "category"),
    ("terminal", "final"),
    ("end", "to"),
    ("target", "to"),
    ("dest", "to"),
    ("destination", "to"),
    ("source", "from"),
    ("src", "from"),
    ("promises", "expect"),
];

/// The field of `free` that `written` most likely means.
pub fn meant<'k>(written: &str, free: impl Iterator<Item = &'k str> + Clone) -> Option<&'k str> {
    let synonym = SYNONYMS
        .iter()
        .filter(|(word, _)| written.eq_ignore_ascii_case(word))
        .find_map(|(_, field)| free.clone().find(|name| name == field));
    suggest::nearest(written, free).or(synonym)
}

/// `entry` of `owner` is no field; `near` is the one it is taken for, `known` are all there are.
pub fn report(owner: Subject, entry: &Entry, near: Option<&str>, known: &[&str]) -> Diagnostic {
    let written = &entry.key.text;
    let message = format!("{owner} has no field `{written}`");
    let report = Diagnostic::new(&CODE, message, entry.key_span, "no field has this name");
    let already = || known.iter().find(|name| name.eq_ignore_ascii_case(written));
    match (near, suggest::nearest(written, known.iter().copied())) {
        (Some(near), _) => report
            .help(format!("change `{written}` to `{near}`"))
            .fix(entry.key_span, respelt(written, entry.key_span, near)),
        (None, Some(taken)) => report.help(format!("delete it; `{taken}` is already there")),
        (None, None) => match (already(), suggest::listing(known.iter().copied())) {
            (None, Some(all)) => report
                .help(format!("delete `{written}`, or use a field that exists"))
                .note(format!("the fields here are {all}")),
            _ => report.help(format!("delete `{written}`, or use a field that exists")),
        },
    }
}

//! `missing-fields`: a required field is not there.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::fields::Field;
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "missing-fields",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "a required field is not there",
    page: include_str!("missing_fields.md"),
};

/// What to write where a field is missing, in words that fit both syntaxes.
const ADVICE: &[(&str, &str)] = &[
    (
        "workflow",
        "add `workflow` with an identifier, such as `hardware-repair`",
    ),
    (
        "states",
        "add `states` with at least one state and its category",
    ),
    (
        "category",
        "add `category` with one of `draft`, `open`, `waiting` and `closed`",
    ),
    (
        "from",
        "add `from` with the state where the transition begins",
    ),
    ("to", "add `to` with the state where the transition leads"),
];

/// `field` is missing; `place` names what it is missing from.
pub fn report(field: Field, place: Span) -> Diagnostic {
    let message = format!("{} has no `{}`", field.owner, field.name);
    let label = format!("`{}` is missing here", field.name);
    let report = Diagnostic::new(&CODE, message, place, label);
    match ADVICE.iter().find(|(name, _)| *name == field.name) {
        Some((_, advice)) => report.help(*advice),
        None => report.help(format!("add `{}`", field.name)),
    }
}

/// Two fields are missing from one thing, which is one mistake: it is hardly begun, or something
/// else.
pub fn both(owner: crate::fields::Subject, fields: [&str; 2], place: Span) -> Diagnostic {
    let [first, second] = fields;
    let message = format!("{owner} has no `{first}` and no `{second}`");
    let label = format!("`{first}` and `{second}` are missing here");
    let advice = |field: &str| ADVICE.iter().find(|(name, _)| *name == field);
    let report = Diagnostic::new(&CODE, message, place, label);
    match (advice(first), advice(second)) {
        (Some((_, one)), Some((_, other))) => report.help(format!("{one}, and {other}")),
        _ => report.help(format!("add `{first}` and `{second}`")),
    }
}

/// The file has no content at all; `place` is its start.
pub fn empty_file(place: Span) -> Diagnostic {
    Diagnostic::new(&CODE, "the file is empty", place, "a workflow belongs here")
        .help("write `workflow`, `start` and `states`, or run `statewright init` for a file to start from")
}

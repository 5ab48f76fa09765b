//! `missing-fields`: a required field is not there.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::fields::{Field, Subject};
use crate::language;
use crate::node::Entry;
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "missing-fields",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "a required field is not there",
    page: include_str!("missing_fields.md"),
};

/// `field` is missing; `place` names what it is missing from.
pub fn report(field: Field, place: Span) -> Diagnostic {
    advised(field, format!("add `{}`", field.name), place)
}

/// The same with what to do, as the language says it.
pub fn advised(field: Field, advice: String, place: Span) -> Diagnostic {
    let message = format!("{} has no `{}`", field.owner, field.name);
    let label = format!("`{}` is missing here", field.name);
    Diagnostic::new(&CODE, message, place, label).help(advice)
}

/// Two fields are missing from one thing, which is one mistake: it is hardly begun, or something
/// else.
pub fn both(owner: Subject, fields: [&language::Field; 2], place: Span) -> Diagnostic {
    let [first, second] = fields.map(|field| field.name);
    let [one, other] = fields.map(language::Field::advice);
    let message = format!("{owner} has no `{first}` and no `{second}`");
    let label = format!("`{first}` and `{second}` are missing here");
    Diagnostic::new(&CODE, message, place, label).help(format!("{one}, and {other}"))
}

/// The field `entry` of the state `name`, which is written at `place`, stands beside it.
pub fn beside(name: &str, place: Span, entry: &Entry) -> Diagnostic {
    let field = entry.key.text();
    let message = format!("state `{name}` has no `{field}`, which stands beside it");
    Diagnostic::new(
        &CODE,
        message,
        entry.key_span(),
        "belongs to the state above",
    )
    .label(place, "nothing belongs to this state")
    .help(format!("indent `{field}` by 2 more spaces than `{name}`"))
}

/// The file has no content at all; `place` is its start.
pub fn empty_file(place: Span) -> Diagnostic {
    Diagnostic::new(&CODE, "the file is empty", place, "a workflow belongs here")
        .help("write `workflow`, `start` and `states`, or run `statewright init` for a file to start from")
}

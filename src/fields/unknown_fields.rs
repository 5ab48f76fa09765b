//! `unknown-fields`: a field that the language does not have.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::fields::Subject;
use crate::node::{Entry, Kind, respelt};
use crate::source::Syntax;
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

/// Fields of the file that have no namesake further in.
const OF_THE_FILE: &[&str] = &[
    "workflow",
    "applies-to",
    "start",
    "new-ticket",
    "states",
    "transitions",
    "expect",
    "targets",
];

fn of_the_file<'w>(written: &'w str, owner: Subject) -> Option<&'w str> {
    let inside = owner.kind != super::WORKFLOW;
    Some(written).filter(|name| inside && OF_THE_FILE.contains(name))
}

/// The field of `free` that `written` most likely means.
pub fn meant<'k>(written: &str, free: &[&'k str]) -> Option<&'k str> {
    let synonym = || {
        let mut synonyms = SYNONYMS
            .iter()
            .filter(|(word, _)| written.eq_ignore_ascii_case(word));
        synonyms.find_map(|(_, field)| free.iter().copied().find(|name| name == field))
    };
    suggest::nearest(written, free.iter().copied()).or_else(synonym)
}

/// Whether the word `written` can only be meant as the field `near`, the one of its place that is
/// spelt so: another word for it, or the name of a field elsewhere, may be meant otherwise.
fn is_sure(written: &str, near: &str) -> bool {
    let is_near = suggest::nearest(written, [near]).is_some();
    is_near && !FIELDS_ALIKE.contains(&written)
}

/// Fields of different things that are near each other.
const FIELDS_ALIKE: &[&str] = &["except", "expect"];

/// `entry` of `owner` is no field, and is taken for the field `near`.
pub fn misspelt(owner: Subject, entry: &Entry, near: &str) -> Diagnostic {
    let written = entry.key.text();
    let message = format!("{owner} has no field `{written}`");
    Diagnostic::new(&CODE, message, entry.key_span(), NO_FIELD)
        .help(format!("change `{written}` to `{near}`"))
        .fix_if(
            is_sure(written, near),
            entry.key_span(),
            respelt(written, entry.key_span(), near),
        )
}

/// The field of `free` that `entry` names, and its value, where the two have no colon between them:
/// `{ name: Close, to Closed }` is read as a key `to Closed` without a value.
pub fn without_colon<'e, 'k>(entry: &'e Entry, free: &[&'k str]) -> Option<(&'k str, &'e str)> {
    let (value, key) = (&entry.value, &entry.key);
    let is_bare = key.reading().plain && matches!(value.kind(), Kind::Absent(None));
    // Where there is a colon, what is absent has its place after it.
    if !is_bare || value.span.range().end != entry.key_span().range().end {
        return None;
    }
    let (name, rest) = key.text().split_once(' ')?;
    let exact = free.iter().copied().find(|field| *field == name);
    Some((exact.or_else(|| meant(name, free))?, rest.trim_start()))
}

/// `entry` of `owner` is the field `near` and its `value`, without a colon.
pub fn no_colon(owner: Subject, entry: &Entry, near: &str, value: &str) -> Diagnostic {
    let message = format!("{owner} has no field `{}`", entry.key.text());
    let spelt = format!("{near}: {value}");
    Diagnostic::new(&CODE, message, entry.key_span(), "a colon is missing here")
        .help(format!("write `{spelt}`"))
        .unsafe_fix(entry.key_span(), spelt)
}

/// `entries` are no fields of the file: they are states that stand beside `states`, not in it.
pub fn states_outside(entries: &[&Entry], syntax: Syntax) -> Option<Diagnostic> {
    let first = entries.first()?.key.text();
    let names: Vec<&str> = entries.iter().map(|e| e.key.text()).collect();
    let help = match syntax {
        Syntax::Toml => format!("write `[states.{first}]` for `[{first}]`, and so for each state"),
        _ => format!("indent {} below `states`", suggest::phrase_up_to(&names, 3)),
    };
    let report = strangers(Subject::only(super::WORKFLOW), entries, &[])?;
    Some(report.help(help))
}

const NO_FIELD: &str = "no field has this name";

/// `entries` of `owner` are no fields and near none of `known`: one report for all of them.
pub fn strangers(owner: Subject, entries: &[&Entry], known: &[&str]) -> Option<Diagnostic> {
    const MOST_NAMES: usize = 3;
    const MOST_LABELS: usize = 6;
    let (first, rest) = entries.split_first()?;
    let names: Vec<&str> = entries.iter().map(|e| e.key.text()).collect();
    let fields = if rest.is_empty() { "field" } else { "fields" };
    let listed = suggest::phrase_up_to(&names, MOST_NAMES);
    let message = format!("{owner} has no {fields} {listed}");
    let report = Diagnostic::new(&CODE, message, first.key_span(), NO_FIELD);
    let label = |report: Diagnostic, entry: &&Entry| report.label(entry.key_span(), "nor this one");
    let report = rest.iter().take(MOST_LABELS - 1).fold(report, label);
    if let (true, Some(name)) = (rest.is_empty(), of_the_file(names[0], owner)) {
        return Some(report.help(format!("move `{name}` out of {owner}: it is a field of the file"))
            .note("in TOML, what stands below a header belongs to its table; fields of the file stand above the first header"));
    }
    let taken = suggest::nearest(names[0], known.iter().copied());
    Some(match (taken, suggest::listing(known.iter().copied())) {
        (Some(taken), _) if rest.is_empty() => {
            report.help(format!("delete it; `{taken}` is already there"))
        }
        (_, Some(all)) => report
            .help(format!("delete {listed}, or use fields that exist"))
            .note(format!("the fields here are {all}")),
        (_, None) => report.help(format!("delete {listed}, or use fields that exist")),
    })
}

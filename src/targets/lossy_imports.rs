//! `lossy-imports`: something in a product's JSON that the workflow file does not say.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Group, Level, Severity};
use crate::source::Span;
use crate::suggest;
use crate::write::Unwritable;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "lossy-imports",
    since: "0.1.0",
    group: Group::Targets,
    level: Level::Warn,
    summary: "something in a product's JSON that the imported workflow does not say",
    page: include_str!("lossy_imports.md"),
};

/// Why a field of a product's JSON is not imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The product's page does not have it.
    NotDocumented,
    /// The page has it, and a workflow file has no word for it.
    NoWord,
    /// It is `null` in what is sent to the product.
    Null,
}

/// Fields of things of one kind ("step") that are left out: the name of each, its place, and what it
/// is a field of. One report.
pub fn left_out(kind: &str, reason: Reason, fields: &[LeftOut]) -> Option<Diagnostic> {
    const MOST_NAMES: usize = 4;
    let names = unique(fields.iter().map(|field| field.name.as_str()));
    let places: Vec<Span> = fields.iter().map(|field| field.place).collect();
    let owners: Vec<_> = fields.iter().map(|field| field.owner.as_deref()).collect();
    let what = if names.len() == 1 { "field" } else { "fields" };
    let some = suggest::phrase_up_to(&names, MOST_NAMES);
    let owners = of_all(kind, &owners);
    let message = format!("{what} {some} of {owners} will be left out");
    let label = match reason {
        Reason::NotDocumented => "not documented, so not imported",
        Reason::NoWord => "a workflow file has no word for it",
        Reason::Null => "a workflow file has no word for `null`, which clears the field",
    };
    let report = super::at_all(&CODE, message, &places, label)?;
    Some(report.help("keep the JSON if it matters: the workflow file will not have it"))
}

/// A field that is left out.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub place: Span,
    /// The name of what it is a field of, where that has one.
    pub owner: Option<String>,
}

/// Each once, in the order in which they come first.
fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}

/// Things of one kind, by their names where all have one and they are few: "steps `New` and `Done`".
fn of_all(kind: &str, names: &[Option<&str>]) -> String {
    const MOST_NAMES: usize = 2;
    let named: Option<Vec<&str>> = names.iter().copied().collect();
    let names = named.map(|names| unique(names.into_iter()));
    match names.as_deref() {
        Some([one]) => format!("{kind} `{one}`"),
        Some(names) if !names.is_empty() => {
            let kind = plural(kind);
            format!("{kind} {}", suggest::phrase_up_to(names, MOST_NAMES))
        }
        _ if kind.starts_with("the ") || kind.starts_with("a ") => kind.to_owned(),
        _ => format!("a {kind}"),
    }
}

/// Several things that are called this: "statuses", "transitions".
pub fn plural(what: &str) -> String {
    let ending = if what.ends_with('s') { "es" } else { "s" };
    format!("{what}{ending}")
}

/// A difference between what was imported and what is built of the workflow file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What it is about ("transition"); nothing where that is the whole.
    pub what: &'static str,
    /// The way to the field in it; nothing where the thing itself differs.
    pub field: String,
    /// How it differs.
    pub change: Change,
}

/// How something differs. Values are told as in a sentence: "`Open`", "a list of one".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// This is written, and that is built.
    Becomes(String, String),
    /// This is written, and nothing is built.
    Lost(String),
    /// Nothing is written, and this is built.
    Added(String),
    /// This item of a list is written, and not built.
    ItemLost(String),
    /// This item of a list is built, and not written.
    ItemAdded(String),
    /// The items of a list are built in another order.
    Order,
    /// A number is written, and another one built.
    Renumbered,
}

/// What is built of the imported workflow is not what was imported, at each of `places`: where, and
/// the name of the thing that differs.
pub fn differs(difference: &Difference, places: &[(Span, Option<String>)]) -> Option<Diagnostic> {
    let Difference {
        what,
        field,
        change,
    } = difference;
    let names: Vec<Option<&str>> = places.iter().map(|(_, name)| name.as_deref()).collect();
    let is_thing = field.is_empty() && !what.is_empty();
    let is_one = unique(names.iter().map(|name| name.unwrap_or_default())).len() == 1;
    let subject = match (field.as_str(), *what) {
        ("", "") => "the JSON".to_owned(),
        ("", what) => of_all(what, &names),
        (field, "") => format!("`{field}`"),
        (field, what) => format!("`{field}` of {}", of_all(what, &names)),
    };
    let (comes, does) = match is_thing && !is_one {
        true => ("come", "do"),
        false => ("comes", "does"),
    };
    let (message, label) = match change {
        Change::Becomes(written, built) => (
            format!("{subject} is {written} and comes back as {built}"),
            "not what is built again",
        ),
        Change::Lost(_) if is_thing => {
            (format!("{subject} {does} not come back"), "not built again")
        }
        Change::Lost(written) => (
            format!("{subject} is {written} and does not come back"),
            "not built again",
        ),
        Change::Added(_) if is_thing => (
            format!("{subject} {comes} back, and the JSON has no such {what}"),
            "built again with one more",
        ),
        Change::Added(built) => (
            format!("{subject} is not there and comes back as {built}"),
            "not what is built again",
        ),
        Change::ItemLost(written) => (
            format!("{subject} has {written}, which does not come back"),
            "not built again",
        ),
        Change::ItemAdded(built) => (
            format!("{subject} comes back with {built}, which it does not have"),
            "built again with one more",
        ),
        Change::Order => (
            format!("{subject} comes back in another order"),
            "built again in another order",
        ),
        Change::Renumbered => (
            format!("{subject} comes back as another number"),
            "not what is built again",
        ),
    };
    let places: Vec<Span> = places.iter().map(|(place, _)| *place).collect();
    let report = super::at_all(&CODE, message, &places, label)?;
    Some(report.help("look whether it matters: the workflow file cannot say it otherwise"))
}

/// A workflow that cannot be built again, for the reason `why`, so that nobody knows what the file
/// does not say. One of several keeps the others from nothing.
pub fn not_compared(name: &str, place: Span, why: &str, is_only: bool) -> Diagnostic {
    let message = format!("workflow `{name}` cannot be compared with what is built of its file");
    let report = Diagnostic::new(&CODE, message, place, "nothing is built of this again");
    let report = match is_only {
        true => report
            .severity(Severity::Error)
            .help("write the file all the same with `--warn lossy-imports`, and compare it by eye"),
        false => report.help("compare the file by eye with this"),
    };
    report.note(format!("it cannot be built: {why}"))
}

/// What is wrong with a field that may be missing: it is left out, as if it were.
pub fn odd(found: Diagnostic) -> Diagnostic {
    let place = found.primary().span;
    let label = "odd, so not imported";
    Diagnostic::new(&CODE, found.message, place, label)
        .help("keep the JSON if it matters: the workflow file will not have it")
}

/// What is wrong with one of the things of a list: it is left out, and the rest goes on.
pub fn left_out_whole(what: &str, found: Diagnostic) -> Diagnostic {
    let place = found.primary().span;
    let label = format!("so this {what} is left out");
    let help = format!("correct the JSON, or write the {what} into the workflow file");
    let report = Diagnostic::new(&CODE, found.message, place, label).help(help);
    let others = found.labels.into_iter().skip(1);
    others.fold(report, |report, other| {
        report.label(other.span, other.message)
    })
}

/// What is wrong with a word without which nothing can be written: another one is written for it.
pub fn taken_for(found: Diagnostic, otherwise: &str) -> Diagnostic {
    let place = found.primary().span;
    let label = format!("read as `{otherwise}`");
    let report = Diagnostic::new(&CODE, found.message, place, label)
        .help("look at it in the workflow file, and correct it there");
    found.notes.into_iter().fold(report, Diagnostic::note)
}

/// What reading found worth telling, in its own words.
pub fn other(message: String, place: Span, label: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&CODE, message, place, label).help(help)
}

/// What a file that is to be written as TOML cannot say.
pub fn not_in_toml(unwritable: &Unwritable) -> impl Iterator<Item = Diagnostic> {
    let large = "a whole number of more than 64 bits";
    let kinds = [
        ("`null`", "TOML has no `null`", &unwritable.nulls),
        (large, "more than 64 bits", &unwritable.numbers),
    ];
    kinds.into_iter().filter_map(|(what, label, places)| {
        let message = format!("{what} cannot be written in TOML");
        let report = super::at_all(&CODE, message, places, label)?;
        let report = report.severity(Severity::Error);
        Some(report.help("write the workflow in YAML: `--syntax yaml`"))
    })
}

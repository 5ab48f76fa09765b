//! What reports look like. Here is what the tests share; each file tells one part of the story.

mod machines;
mod people;
mod places;
mod programs;
mod random;
mod safety;

use super::*;
use crate::diagnostic::{Code, Edit, Group, Level};
use crate::source::Syntax;

static WRONG: Code = Code {
    name: "undefined-states",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "a name that no state has",
    page: "",
};

static ODD: Code = Code {
    name: "dead-ends",
    since: "0.1.0",
    group: Group::Walks,
    level: Level::Warn,
    summary: "a state that no ticket can leave",
    page: "",
};

const LAPTOP: &str = "\
workflow: Laptop
start: New

states:
  New: { category: open }
  Waiting: { category: open }
  Approved: { category: open }
  Closed: { category: closed }

transitions:
  - { name: Approve, from: New, to: Aproved }
  - { name: Close, from: Approved, to: Closed }
";

fn source(text: &str) -> Source {
    named(0, "laptop.workflow.yaml", text)
}

fn named(id: u32, name: &str, text: &str) -> Source {
    Source::new(SourceId(id), name, Syntax::Yaml, text)
}

/// The place of the one `needle` in the source.
fn find(source: &Source, needle: &str) -> Span {
    let mut found = source.text().match_indices(needle);
    let (at, _) = found.next().expect("the needle is in the source");
    assert!(found.next().is_none(), "{needle:?} is there twice");
    source.at(at..at + needle.len())
}

fn misspelt(source: &Source) -> Diagnostic {
    let span = find(source, "Aproved");
    Diagnostic::new(
        &WRONG,
        "transition `Approve` leads to undefined state `Aproved`",
        span,
        "no state has this name",
    )
    .label(
        Span {
            end: find(source, "Approved:").end - 1,
            ..find(source, "Approved:")
        },
        "a state with a similar name is defined here",
    )
    .help("change `Aproved` to `Approved`")
    .fix(span, "Approved")
}

fn dead_end(source: &Source) -> Diagnostic {
    Diagnostic::new(
        &ODD,
        "state `Waiting` is a dead end",
        find(source, "Waiting"),
        "no transition leaves it",
    )
    .help("add a transition from `Waiting`, or make its category `closed`")
    .note("a ticket in `Waiting` stays there for good")
    .note("`New` → `Approved` → `Closed` is the only way to `Closed`")
}

/// The report without its summary, no colour, 100 columns.
fn drawn(source: &Source, diagnostics: &[Diagnostic]) -> String {
    human::plain(source, diagnostics)
}

/// The report of one label on `span` that says "here".
fn pointing(source: &Source, span: Span) -> String {
    drawn(
        source,
        &[Diagnostic::new(&WRONG, "it is wrong", span, "here")],
    )
}

fn written(format: &str, report: &Report<'_>) -> String {
    written_in(Style::default(), format, report)
}

fn written_in(style: Style, format: &str, report: &Report<'_>) -> String {
    let format = super::find(format).expect("a format has this name");
    let mut out = Printable::new();
    (format.write)(report, &style, &mut out).expect("writing to a string works");
    out.as_str().to_owned()
}

/// The reports without their summary, no colour, 100 columns.
fn human_of(sources: &[&Source], diagnostics: &[Diagnostic]) -> String {
    let mut out = Printable::new();
    let report = Report::new(sources.iter().copied(), diagnostics);
    human::write_reports(&report, &Style::default(), &mut out).expect("writing to a string works");
    out.as_str().to_owned()
}

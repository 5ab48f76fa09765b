//! The whole report as one JSON object, for programs.
//!
//! Lines and columns count from 1, columns in characters; spans are bytes of the file, from 0,
//! the end not included. Files are called as they were on the command line, or as they were met
//! below its folders: a program that starts this one can open them by that. A reader gets every text as it was written, but nothing in the output
//! itself can command a CI system whose log it lands in, or hide from a person who looks at it.

use std::fmt;

use serde::Serialize;

use super::room::{Each, Room};
use super::{Format, Place, Printable, Report, Style, Unread, places};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::source::Span;

/// Everything, as one JSON object.
pub const FORMAT: Format = Format {
    name: "json",
    about: "everything as one JSON object, for programs",
    files: &[".json"],
    counts: false,
    write,
};

/// Changes whenever a program that reads the output would have to change.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct JsonReport<'a, D> {
    version: u32,
    files: usize,
    errors: usize,
    warnings: usize,
    /// What else should have been checked, and could not be read.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unread: &'a [Unread],
    #[serde(skip_serializing_if = "is_zero")]
    fixed: usize,
    #[serde(skip_serializing_if = "is_zero")]
    silenced: usize,
    #[serde(skip_serializing_if = "is_zero")]
    known: usize,
    diagnostics: D,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a, L, E> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: JsonPlace<'a>,
    labels: L,
    /// How many other places there are of the kind that the last labels name.
    #[serde(skip_serializing_if = "is_zero")]
    unlisted: usize,
    help: Option<&'a str>,
    notes: &'a [String],
    fix: Option<JsonFix<E>>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    span: JsonSpan,
}

#[derive(Serialize)]
struct JsonSpan {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    message: &'a str,
    primary: bool,
    #[serde(flatten)]
    place: JsonPlace<'a>,
}

#[derive(Serialize)]
struct JsonFix<E> {
    safe: bool,
    edits: E,
    /// How many edits there are where these are too many to be listed; `edits` is empty then.
    #[serde(skip_serializing_if = "is_zero")]
    unlisted: usize,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    file: &'a str,
    start: u32,
    end: u32,
    text: &'a str,
}

fn write(report: &Report<'_>, _: &Style, out: &mut Printable) -> fmt::Result {
    let room = Room::new();
    let json = JsonReport {
        version: VERSION,
        files: report.files,
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
        unread: report.unread,
        fixed: report.fixed,
        silenced: report.silenced,
        known: report.known,
        diagnostics: Each(|| {
            report
                .diagnostics
                .iter()
                .map(|d| diagnostic(report, d, &room))
        }),
    };
    out.json(&json)
}

/// What is usually nothing is left out.
fn is_zero(count: &usize) -> bool {
    *count == 0
}

fn diagnostic<'a>(
    report: &'a Report<'_>,
    diagnostic: &'a Diagnostic,
    room: &Room,
) -> impl Serialize + use<'a> {
    let (places, unlisted) = places(diagnostic, room);
    let labels = move || {
        let places = places.clone().enumerate();
        places.map(move |(index, (span, message))| JsonLabel {
            message,
            primary: index == 0,
            place: place(report, span),
        })
    };
    JsonDiagnostic {
        code: diagnostic.code.name,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        place: place(report, diagnostic.primary().span),
        labels: Each(labels),
        unlisted,
        help: diagnostic.help.as_deref(),
        notes: &diagnostic.notes,
        fix: diagnostic.fix.as_ref().map(|f| fix(report, f, room)),
        url: None,
    }
}

fn fix<'a>(report: &'a Report<'_>, fix: &'a Fix, room: &Room) -> JsonFix<impl Serialize + use<'a>> {
    let count = fix.edits.len();
    let listed = if room.edits(count) { count } else { 0 };
    let edits = move || {
        fix.edits[..listed].iter().map(move |edit| JsonEdit {
            file: report.place(edit.span).file,
            start: edit.span.start,
            end: edit.span.end,
            text: &edit.text,
        })
    };
    JsonFix {
        safe: fix.safe,
        edits: Each(edits),
        unlisted: count - listed,
    }
}

fn place<'a>(report: &Report<'a>, span: Span) -> JsonPlace<'a> {
    let Place { file, start, end } = report.place(span);
    JsonPlace {
        file,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        span: JsonSpan {
            start: span.start,
            end: span.end,
        },
    }
}

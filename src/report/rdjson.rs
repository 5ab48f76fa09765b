//! The Reviewdog Diagnostic Format
//! (<https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>). Its columns count bytes.

use std::fmt;

use serde::Serialize;

use super::room::Each;
use super::{Format, Printable, Report, Style, Unread, whole_text};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};

/// For reviewdog, which comments on pull requests.
pub const FORMAT: Format = Format {
    name: "rdjson",
    about: "for reviewdog, which comments on pull requests and suggests fixes there",
    files: &[".rdjson", "rdjson.json"],
    counts: false,
    write,
};

#[derive(Serialize)]
struct Results<D> {
    source: Tool,
    diagnostics: D,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
}

#[derive(Serialize)]
struct Found<'a> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Value<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Value<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

fn write(report: &Report<'_>, _: &Style, out: &mut Printable) -> fmt::Result {
    let diagnostics = || {
        let unread = report.unread.iter().map(|unread| not_read(report, unread));
        let found = report.diagnostics.iter().map(|d| diagnostic(report, d));
        unread.chain(found)
    };
    out.json(&Results {
        source: Tool {
            name: "statewright",
        },
        diagnostics: Each(diagnostics),
    })
}

fn not_read<'a>(report: &Report<'_>, unread: &'a Unread) -> Found<'a> {
    Found {
        message: unread.message(),
        location: Location {
            path: report.path(&unread.path),
            range: None,
        },
        severity: "ERROR",
        code: Value {
            value: unread.kind(),
        },
        suggestions: Vec::new(),
    }
}

fn diagnostic<'a>(report: &Report<'_>, diagnostic: &'a Diagnostic) -> Found<'a> {
    let span = diagnostic.primary().span;
    Found {
        message: whole_text(diagnostic),
        location: Location {
            path: report.path(report.place(span).file),
            range: report.sources.get(span.source).map(|s| range(s, span)),
        },
        severity: match diagnostic.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
        },
        code: Value {
            value: diagnostic.code.name,
        },
        suggestions: suggestion(report, diagnostic).into_iter().collect(),
    }
}

/// How much of a file a suggestion may replace, in bytes.
const LONGEST_SUGGESTION: u32 = 4000;

/// The fix as one replacement: reviewdog takes each of several as a way of its own to mend it.
/// What stands between two edits is part of it: far apart, they are no suggestion to a reader.
fn suggestion(report: &Report<'_>, diagnostic: &Diagnostic) -> Option<Suggestion> {
    let mut edits: Vec<_> = diagnostic.fix.as_ref()?.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let (first, last) = (edits.first()?.span, edits.last()?.span);
    let source = report.sources.get(first.source)?;
    if last.end.saturating_sub(first.start) > LONGEST_SUGGESTION {
        return None;
    }
    let mut text = String::new();
    let mut from = first.start;
    for edit in &edits {
        if edit.span.source != first.source || edit.span.start < from {
            return None;
        }
        text.push_str(source.slice(Span {
            start: from,
            end: edit.span.start,
            ..first
        }));
        text.push_str(&edit.text);
        from = edit.span.end;
    }
    Some(Suggestion {
        range: range(source, first.to(last)),
        text,
    })
}

fn range(source: &Source, span: Span) -> Range {
    Range {
        start: position(source, span.start),
        end: position(source, span.end),
    }
}

/// Line and column from 1, the column in bytes.
fn position(source: &Source, offset: u32) -> Position {
    let line = source.position(offset).line;
    let start = source.line_range(line).start as u32;
    Position {
        line,
        column: offset.saturating_sub(start) + 1,
    }
}

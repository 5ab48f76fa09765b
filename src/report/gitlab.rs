//! GitLab's code quality report
//! (<https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>), which it shows
//! in the merge request.

use std::fmt;

use serde::Serialize;

use super::fingerprint::{self, Of, fingerprints};
use super::room::Each;
use super::{Format, Place, Printable, Report, Style, Unread};
use crate::diagnostic::{Diagnostic, Severity};

/// A code quality report.
pub const FORMAT: Format = Format {
    name: "gitlab",
    about: "a code quality report, which GitLab shows in a merge request",
    files: &[
        "code-quality-report.json",
        "codequality.json",
        "gitlab.json",
    ],
    counts: false,
    write,
};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

fn write(report: &Report<'_>, _: &Style, out: &mut Printable) -> fmt::Result {
    // GitLab shows one of several issues with the same fingerprint, so the file belongs to it.
    let fingerprints = fingerprints(report, Of::MistakeInFile);
    let issues = || {
        let unread = report.unread.iter().map(|unread| not_read(report, unread));
        let found = report.diagnostics.iter().zip(&fingerprints);
        let found = found.map(|(diagnostic, name)| issue(report, diagnostic, name.clone()));
        unread.chain(found)
    };
    out.json(&Each(issues))
}

/// GitLab takes no issue without a line, also where there is none.
fn not_read<'a>(report: &Report<'_>, unread: &'a Unread) -> Issue<'a> {
    Issue {
        description: unread.message(),
        check_name: unread.kind(),
        fingerprint: fingerprint::of_unread(report, unread),
        severity: "critical",
        location: Location {
            path: report.path(&unread.path),
            lines: Lines { begin: 1, end: 1 },
        },
    }
}

fn issue<'a>(report: &Report<'_>, diagnostic: &'a Diagnostic, fingerprint: String) -> Issue<'a> {
    let Place { file, start, end } = report.place(diagnostic.primary().span);
    // One line is shown; the help is worth more in it than the notes.
    let help = diagnostic.help.iter().map(|help| format!("; {help}"));
    Issue {
        description: format!("{}{}", diagnostic.message, help.collect::<String>()),
        check_name: diagnostic.code.name,
        fingerprint,
        severity: match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
        },
        location: Location {
            path: report.path(file),
            lines: Lines {
                begin: start.line,
                end: end.line,
            },
        },
    }
}

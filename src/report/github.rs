//! Commands to GitHub's runner that put each report on its line in the pull request, and a line
//! of the log that says as much
//! (<https://docs.github.com/actions/reference/workflow-commands-for-github-actions>).

use std::fmt;

use super::{Format, Place, Printable, Report, Style, advice, human, prose};
use crate::diagnostic::Diagnostic;

/// Annotations in a pull request.
pub const FORMAT: Format = Format {
    name: "github",
    about: "annotations on the lines of a pull request, for a GitHub workflow's log",
    files: &[],
    counts: false,
    write,
};

fn write(report: &Report<'_>, style: &Style, out: &mut Printable) -> fmt::Result {
    for unread in report.unread {
        let file = ("file", report.path(&unread.path));
        let title = ("title", unread.kind().to_owned());
        out.command("error", &[file, title], &[unread.message()]);
    }
    for diagnostic in report.diagnostics {
        let Place { file, start, .. } = report.place(diagnostic.primary().span);
        // The log shows nothing else of the annotation.
        let (file, line, column) = (report.path(file), start.line, start.column);
        let message = prose::sentence(&diagnostic.message);
        let mut lines = vec![format!("{file}:{line}:{column}: {message}")];
        lines.extend(advice(diagnostic).iter().map(|line| prose::sentence(line)));
        let properties = properties(report, diagnostic);
        out.command(diagnostic.severity.name(), &properties, &lines);
    }
    if !style.quiet {
        out.colored(&human::summary(report, style));
    }
    Ok(())
}

/// Where the annotation goes and its title, which comes last: the runner takes away the blanks at
/// the end of all, and a file's name may end with one.
fn properties(report: &Report<'_>, diagnostic: &Diagnostic) -> Vec<(&'static str, String)> {
    let Place { file, start, end } = report.place(diagnostic.primary().span);
    let mut properties = vec![
        ("file", report.path(file)),
        ("line", start.line.to_string()),
        ("endLine", end.line.to_string()),
    ];
    // GitHub takes columns only where the place is in one line.
    if start.line == end.line {
        properties.push(("col", start.column.to_string()));
        properties.push(("endColumn", end.column.to_string()));
    }
    properties.push(("title", diagnostic.code.name.to_owned()));
    properties
}

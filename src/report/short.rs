//! One line a report, for `grep`, editors and logs: ``file:line:column: error[code]: message``.

use std::fmt;

use super::{Format, Printable, Report, Style, prose};
use crate::diagnostic::Diagnostic;

/// One line for each report.
pub const FORMAT: Format = Format {
    name: "short",
    about: "one line a report: file:line:column: error[code]: message",
    files: &[".txt"],
    counts: false,
    write,
};

fn write(report: &Report<'_>, style: &Style, out: &mut Printable) -> fmt::Result {
    let unread = report.unread.iter().filter(|_| style.alone);
    unread.for_each(|unread| out.line(&format!("{}: error: {}", unread.path, unread.message())));
    for diagnostic in report.diagnostics {
        out.line(&line(report, diagnostic));
    }
    Ok(())
}

/// The one line about `diagnostic`.
pub(super) fn line(report: &Report<'_>, diagnostic: &Diagnostic) -> String {
    let place = report.place(diagnostic.primary().span);
    format!(
        "{}:{}:{}: {}[{}]: {}",
        place.file,
        place.start.line,
        place.start.column,
        diagnostic.severity.name(),
        diagnostic.code.name,
        prose::sentence(&diagnostic.message),
    )
}

//! One line a report, for `grep`, editors and logs: ``file:line:column: error[code]: message``.

use std::fmt;

use super::{Format, Report, Style, printable, prose};

/// One line for each report.
pub const FORMAT: Format = Format {
    name: "short",
    about: "one line a report: file:line:column: error[code]: message",
    write,
};

fn write(report: &Report<'_>, _: &Style, out: &mut dyn fmt::Write) -> fmt::Result {
    for diagnostic in report.diagnostics {
        let place = report.place(diagnostic.primary().span);
        let line = format!(
            "{}:{}:{}: {}[{}]: {}",
            printable::in_line(place.file),
            place.start.line,
            place.start.column,
            diagnostic.severity.name(),
            diagnostic.code.name,
            prose::sentence(&diagnostic.message),
        );
        writeln!(out, "{}", printable::guarded(&line))?;
    }
    Ok(())
}

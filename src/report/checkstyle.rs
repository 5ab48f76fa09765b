//! Checkstyle's XML, which Jenkins, reviewdog, SonarQube and many editors read.

use std::fmt;

use super::xml::Xml;
use super::{Format, Printable, Report, Style, whole_text};
use crate::diagnostic::{Diagnostic, Severity};

/// Checkstyle's XML.
pub const FORMAT: Format = Format {
    name: "checkstyle",
    about: "Checkstyle's XML, for Jenkins and other collectors of warnings",
    files: &["checkstyle.xml"],
    counts: false,
    write,
};

/// The version of Checkstyle whose form this is; readers look at its first digit at most.
const VERSION: &str = "8.0";

fn write(report: &Report<'_>, _: &Style, out: &mut Printable) -> fmt::Result {
    let mut xml = Xml::new();
    xml.open("checkstyle", &[("version", VERSION)]);
    for unread in report.unread {
        xml.open("file", &[("name", &report.path(&unread.path))]);
        let attributes = [
            ("line", "1"),
            ("severity", Severity::Error.name()),
            ("message", &*unread.message()),
            ("source", &*format!("statewright.{}", unread.kind())),
        ];
        xml.empty("error", &attributes);
        xml.close();
    }
    for (source, found) in report.by_source() {
        let name = report.path(source.name());
        if found.is_empty() {
            xml.empty("file", &[("name", &name)]);
            continue;
        }
        xml.open("file", &[("name", &name)]);
        for diagnostic in found {
            error(report, diagnostic, &mut xml);
        }
        xml.close();
    }
    out.xml(xml);
    Ok(())
}

fn error(report: &Report<'_>, diagnostic: &Diagnostic, xml: &mut Xml) {
    let start = report.place(diagnostic.primary().span).start;
    let attributes = [
        ("line", &*start.line.to_string()),
        ("column", &*start.column.to_string()),
        ("severity", diagnostic.severity.name()),
        ("message", &*whole_text(diagnostic)),
        ("source", &*format!("statewright.{}", diagnostic.code.name)),
    ];
    xml.empty("error", &attributes);
}

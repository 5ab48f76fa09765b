//! JUnit's XML, in which many CI systems show what passed and what failed. A file is a suite, a
//! report a case of it: an error is a failure, a warning passes and says so. The attributes are
//! those of the schema that Jenkins keeps (`junit-10.xsd` of its xUnit plugin).

use std::fmt;

use super::xml::Xml;
use super::{Format, Printable, Report, Style, Unread, human};
use crate::diagnostic::{Diagnostic, Severity};

/// Failed and passed tests.
pub const FORMAT: Format = Format {
    name: "junit",
    about: "a test report in JUnit's XML: an error is a failure, a file without one passes",
    files: &["junit.xml"],
    counts: false,
    write,
};

fn write(report: &Report<'_>, _: &Style, out: &mut Printable) -> fmt::Result {
    let files = report.by_source();
    let unread = report.unread.len();
    let cases = files.iter().map(|(_, found)| found.len().max(1));
    let tests = unread + cases.sum::<usize>();
    let failures = report.count(Severity::Error).to_string();
    let mut xml = Xml::new();
    let totals = [
        ("name", "statewright"),
        ("tests", &tests.to_string()),
        ("failures", &failures),
        ("errors", &unread.to_string()),
    ];
    xml.open("testsuites", &totals);
    for unread in report.unread {
        not_read(report, unread, &mut xml);
    }
    for (source, found) in files {
        suite(report, &report.path(source.name()), &found, &mut xml)?;
    }
    out.xml(xml);
    Ok(())
}

/// What could not be read is an error, which JUnit tells from a test that failed.
fn not_read(report: &Report<'_>, unread: &Unread, xml: &mut Xml) {
    let file = &*report.path(&unread.path);
    let totals = [
        ("name", file),
        ("tests", "1"),
        ("failures", "0"),
        ("errors", "1"),
        ("skipped", "0"),
    ];
    xml.open("testsuite", &totals);
    let message = &*unread.message();
    xml.open("testcase", &[("name", message), ("classname", file)]);
    let why = [("message", message), ("type", unread.kind())];
    xml.text("error", &why, message);
    xml.close();
    xml.close();
}

fn suite(report: &Report<'_>, file: &str, found: &[&Diagnostic], xml: &mut Xml) -> fmt::Result {
    let errors = found.iter().filter(|d| d.severity == Severity::Error);
    let totals = [
        ("name", file),
        ("tests", &found.len().max(1).to_string()),
        ("failures", &errors.count().to_string()),
        ("errors", "0"),
        ("skipped", "0"),
    ];
    xml.open("testsuite", &totals);
    if found.is_empty() {
        xml.empty(
            "testcase",
            &[("name", "no mistakes found"), ("classname", file)],
        );
    }
    for diagnostic in found {
        case(report, file, diagnostic, xml)?;
    }
    xml.close();
    Ok(())
}

fn case(report: &Report<'_>, file: &str, diagnostic: &Diagnostic, xml: &mut Xml) -> fmt::Result {
    let mut drawn = Printable::new();
    human::draw(report, diagnostic, &Style::default(), &mut drawn)?;
    let drawn = format!("\n{}", drawn.as_str());
    let name = format!("{}: {}", diagnostic.code.name, diagnostic.message);
    xml.open("testcase", &[("name", &name), ("classname", file)]);
    match diagnostic.severity {
        Severity::Error => {
            let why = [
                ("message", diagnostic.message.as_str()),
                ("type", diagnostic.code.name),
            ];
            xml.text("failure", &why, &drawn);
        }
        Severity::Warning => xml.text("system-out", &[], &drawn),
    }
    xml.close();
    Ok(())
}

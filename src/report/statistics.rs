//! How often each code is reported: where to start in a folder full of old files.

use std::collections::BTreeMap;
use std::fmt;

use super::{Format, Printable, Report, Style, human};
use crate::diagnostic::Fix;

/// One line for each code that was reported.
pub const FORMAT: Format = Format {
    name: "statistics",
    about: "how often each code is reported, the most frequent first",
    files: &[],
    counts: true,
    write,
};

fn write(report: &Report<'_>, style: &Style, out: &mut Printable) -> fmt::Result {
    let mut counts: BTreeMap<(&str, &str), (usize, Vec<&Fix>)> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        let key = (diagnostic.severity.name(), diagnostic.code.name);
        let (count, fixes) = counts.entry(key).or_default();
        *count += diagnostic.times();
        fixes.extend(&diagnostic.fix);
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(key, (count, _))| (std::cmp::Reverse(*count), *key));
    let digits = rows
        .first()
        .map_or(1, |(_, (most, _))| most.to_string().len());
    human::write_unread(report, style, out);
    for ((severity, code), (count, fixes)) in &rows {
        let fixes = human::fixes(fixes.iter().copied());
        let fixes = fixes.map_or_else(String::new, |fixes| format!(", {fixes}"));
        out.line(&format!("{count:>digits$}  {severity}[{code}]{fixes}"));
    }
    if !style.quiet {
        if !rows.is_empty() {
            out.line("");
        }
        out.colored(&human::summary(report, style));
    }
    Ok(())
}

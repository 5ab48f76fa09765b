//! `read-only-fields`: a field that only the product sets.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Severity};
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "read-only-fields",
    since: "0.1.0",
    group: Group::Targets,
    level: Level::Deny,
    summary: "a field that only the product sets",
    page: include_str!("read_only_fields.md"),
};

/// One report for all the fields of `owner` ("`record` of target `xurrent`") that only the
/// product sets, each with its place. `None` where there is none.
pub fn report(owner: &str, fields: &[(&str, Span)]) -> Option<Diagnostic> {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let places: Vec<Span> = fields.iter().map(|(_, place)| *place).collect();
    let written = suggest::phrase_up_to(&names, 3);
    let message = format!("{owner} sets {written}, which only the product sets");
    let it = if names.len() == 1 { "it" } else { "them" };
    let report = super::at_all(&CODE, message, &places, "not for writing")?;
    Some(report.help(format!("delete {it}")))
}

/// `field` may be written, but the product sets it as well, from `source`.
pub fn overwritten(field: &str, written: &str, source: &str, span: Span) -> Diagnostic {
    let message = format!("{field} is `{written}`, and the product sets it from {source}");
    Diagnostic::new(&CODE, message, span, "may be overwritten by the product")
        .severity(Severity::Warning)
}

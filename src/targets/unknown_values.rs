//! `unknown-values`: a value that the product's documentation does not list.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unknown-values",
    since: "0.1.0",
    group: Group::Targets,
    level: Level::Warn,
    summary: "a value that the product's documentation does not list",
    page: include_str!("unknown_values.md"),
};

/// `field` ("`type` of target `itwin`") is `written`, and the documentation lists only `known`.
pub fn report(field: &str, written: &str, span: Span, known: &[&str]) -> Diagnostic {
    let message = format!("{field} is `{written}`, which is not documented");
    let report = Diagnostic::new(&CODE, message, span, "not among the documented values");
    let report = match suggest::nearest(written, known.iter().copied()) {
        Some(near) => report.help(format!(
            "change `{written}` to `{near}`, if that is what is meant"
        )),
        None => report.help("look whether the product really has this value"),
    };
    match suggest::listing(known.iter().copied()) {
        Some(all) => report.note(format!("the documented values are {all}")),
        None => report,
    }
}

/// `field` is `written`, which is not of the form that the documentation's values have, `wanted`
/// ("a UUID").
pub fn unusual(field: &str, written: &str, span: Span, wanted: &str) -> Diagnostic {
    let message = format!("{field} is `{written}`, which is not {wanted}");
    let label = format!("the documented values are each {wanted}");
    Diagnostic::new(&CODE, message, span, label)
        .help("look whether the product really has this value")
}

/// One report for all the names in `field` ("`editable`") that `target` is not known to have.
/// `None` where there is none.
pub fn names(
    target: &str,
    field: &str,
    names: &[(&str, Span)],
    known: &[&str],
) -> Option<Diagnostic> {
    let written: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    let places: Vec<Span> = names.iter().map(|(_, place)| *place).collect();
    let some = suggest::phrase_up_to(&written, 4);
    let message = format!("{field} names {some}, which target `{target}` is not known to have");
    let report = super::at_all(&CODE, message, &places, "no documented name")?;
    let near = written.first().and_then(|w| {
        let near = suggest::nearest(w, known.iter().copied())?;
        Some(format!(
            "change `{w}` to `{near}`, if that is what is meant"
        ))
    });
    Some(report.help(near.unwrap_or_else(|| "look whether the product really has it".to_owned())))
}

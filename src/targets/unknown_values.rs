//! `unknown-values`: a value other than those that the followed documentation lists.

use crate::diagnostic::{Code, Group, Level};

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unknown-values",
    group: Group::Targets,
    level: Level::Warn,
    summary: "a value other than those that the followed documentation lists",
    page: include_str!("unknown_values.md"),
};

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::suggest;

/// `field` ("`type` of target `itwin`") is `written`, and the documentation lists only `known`.
pub fn report(field: &str, written: &str, span: Span, known: &[&str]) -> Diagnostic {
    let message = format!("{field} is `{written}`, which the documentation does not list");
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

//! `lossy-targets`: what the product understands is not what the workflow says.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "lossy-targets",
    group: Group::Targets,
    level: Level::Warn,
    summary: "something that means something else in the product, or nothing",
    page: include_str!("lossy_targets.md"),
};

/// One report a concept: `places` are all the places that say what the product cannot, the first
/// of them the primary one. `message` says it for all of them; `effect` is what the product makes
/// of it ("`waiting` becomes `Open`, so the clock keeps running"). `None` where there is no place.
pub fn report(message: String, places: &[Span], label: &str, effect: &str) -> Option<Diagnostic> {
    super::at_all(&CODE, message, places, label).map(|report| report.note(effect))
}

/// As [`report`], of a product that has no place for `what`.
pub fn no_place(
    target: &str,
    what: &str,
    places: &[Span],
    label: &str,
    effect: &str,
) -> Option<Diagnostic> {
    let report = super::no_place(&CODE, target, what, places, label)?;
    Some(report.note(effect))
}

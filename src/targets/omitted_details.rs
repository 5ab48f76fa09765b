//! `omitted-details`: a detail for which the product has no place. Most are reported by the
//! rows of [`super::losses`].

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "omitted-details",
    since: "0.1.0",
    group: Group::Targets,
    level: Level::Allow,
    summary: "a detail for which the product has no place",
    page: include_str!("omitted_details.md"),
};

/// What is said of every place.
pub const LABEL: &str = "left out of the output";

/// One report a kind of detail: `target` has no place for `what` ("colours", "descriptions"),
/// which stands at `places`. `None` where it stands nowhere.
pub fn report(target: &str, what: &str, places: &[Span]) -> Option<Diagnostic> {
    super::no_place(&CODE, target, what, places, LABEL)
}

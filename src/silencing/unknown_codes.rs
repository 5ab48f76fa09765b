//! `unknown-codes`: a suppression or a level names a code that does not exist.

use crate::diagnostic::{Code, Diagnostic, Edit, Group, Level};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unknown-codes",
    group: Group::Upkeep,
    level: Level::Warn,
    summary: "a suppression or a level for a code that does not exist",
    page: include_str!("unknown_codes.md"),
};

/// `written` is no code; `near` is the nearest one, and `text` is how to write that; `deleted`
/// is what to do where none is near.
pub fn report(
    what: &str,
    written: &str,
    at: Span,
    near: Option<(&str, String)>,
    deleted: Vec<Edit>,
) -> Diagnostic {
    let message = format!("{what} names unknown code `{written}`");
    let report = Diagnostic::new(&CODE, message, at, "no code has this name");
    match near {
        Some((near, text)) => report
            .help(format!("change `{written}` to `{near}`"))
            .fix(at, text),
        None => report
            .help(format!(
                "delete `{written}`; `statewright explain` lists the codes"
            ))
            .edits(true, deleted),
    }
}

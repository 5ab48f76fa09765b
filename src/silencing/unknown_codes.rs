//! `unknown-codes`: a suppression or a level names a code that does not exist.

use crate::diagnostic::{Code, Diagnostic, Edit, Group, Level};
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unknown-codes",
    group: Group::Upkeep,
    level: Level::Warn,
    summary: "a suppression or a level for a code that does not exist",
    page: include_str!("unknown_codes.md"),
};

/// `what` ("suppression", "a level") is for `written`, which is no code. `near` is the nearest one
/// and how to write it; `deleted` takes the code out.
pub fn report(
    what: &str,
    written: &str,
    at: Span,
    near: Option<(&str, String)>,
    deleted: Option<Vec<Edit>>,
) -> Diagnostic {
    let message = format!("{what} names unknown code `{written}`");
    let report = Diagnostic::new(&CODE, message, at, "no code has this name");
    if let Some((near, text)) = near {
        let help = format!("change `{written}` to `{near}`");
        return report
            .help(help)
            .fix_if(suggest::alike(written, near), at, text);
    }
    let report = report.help(format!(
        "delete `{written}`; `statewright explain` lists the codes"
    ));
    match deleted {
        Some(edits) => report.edits(false, edits),
        None => report,
    }
}

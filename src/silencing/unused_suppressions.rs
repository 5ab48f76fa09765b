//! `unused-suppressions`: a suppression that silences nothing.

use crate::diagnostic::{Code, Diagnostic, Edit, Group, Level};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "unused-suppressions",
    since: "0.1.0",
    group: Group::Upkeep,
    level: Level::Warn,
    summary: "a suppression that silences nothing",
    page: include_str!("unused_suppressions.md"),
};

/// What a suppression reaches, as the label says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// What starts on this line (from 1).
    Line(u32),
    /// Everything in the file.
    File,
    /// Nothing follows the comment.
    Nothing,
}

/// Nothing of `code`, named at `at`, is reported where the suppression reaches. `delete` takes
/// the code out, and `whole` says that the comment goes with it.
pub(super) fn report(
    code: &str,
    at: Span,
    reach: Reach,
    whole: bool,
    delete: Vec<Edit>,
) -> Diagnostic {
    let message = format!("suppression of `{code}` silences nothing");
    let label = match reach {
        Reach::Line(line) => format!("no such report starts on line {line}"),
        Reach::File => "no such report is in the file".to_owned(),
        Reach::Nothing => "nothing follows this comment".to_owned(),
    };
    Diagnostic::new(&CODE, message, at, label)
        .help(advice(code, whole))
        .edits(true, delete)
}

/// No comment can silence `code`, always or `here`, what it reaches; `why` says so as a fact.
pub(super) fn cannot(
    code: &str,
    at: Span,
    here: bool,
    why: &str,
    whole: bool,
    delete: Vec<Edit>,
) -> Diagnostic {
    let place = if here { "here" } else { "by a comment" };
    let message = format!("`{code}` cannot be silenced {place}");
    Diagnostic::new(&CODE, message, at, "this suppression does nothing")
        .help(advice(code, whole))
        .note(why)
        .edits(true, delete)
}

/// What a configuration accepts of `code` in a workflow is not there; `label` says why, at `place`.
pub(super) fn acceptance(code: &str, workflow: &str, place: Span, label: &str) -> Diagnostic {
    let message = format!("acceptance of `{code}` in workflow `{workflow}` accepts nothing");
    Diagnostic::new(&CODE, message, place, label).help("delete the entry")
}

fn advice(code: &str, whole: bool) -> String {
    match whole {
        true => "delete the comment".to_owned(),
        false => format!("delete `{code}` from the list"),
    }
}

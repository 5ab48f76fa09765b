//! `malformed-suppressions`: a comment for this program that is not written as one.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::Span;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "malformed-suppressions",
    since: "0.1.0",
    group: Group::Upkeep,
    level: Level::Warn,
    summary: "a comment that is meant to silence reports but is not written so",
    page: include_str!("malformed_suppressions.md"),
};

/// The beginning, up to the bracket, is `written` and should be `proper`.
pub(super) fn misspelt(at: Span, written: &str, proper: &str) -> Diagnostic {
    let message = format!("a suppression begins with `{written}`, not with `{proper}`");
    Diagnostic::new(&CODE, message, at, "not the words for it")
        .help(format!("change `{written}` to `{proper}`"))
        .fix_if(says_the_same(written, proper), at, proper)
}

/// Whether both have the same letters, whatever stands between them.
fn says_the_same(written: &str, proper: &str) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    letters(written) == letters(proper)
}

/// It stands at `at` in the midst of a sentence, which is for people.
pub(super) fn in_prose(at: Span) -> Diagnostic {
    let message = "a suppression in the midst of other words silences nothing";
    Diagnostic::new(&CODE, message, at, "belongs at the beginning of a comment")
        .help("put `# ` before `statewright:` if it is meant, or backticks around it if not")
}

/// No codes are named, in brackets or at all.
pub(super) fn names_no_code(at: Span) -> Diagnostic {
    let message = "a suppression names no code in brackets";
    Diagnostic::new(&CODE, message, at, "codes in brackets belong here")
        .help("write `statewright: allow(CODE)` with the code that a report shows")
}

/// The bracket at `at` is not closed.
pub(super) fn unclosed(at: Span) -> Diagnostic {
    let message = "a suppression does not close its bracket";
    Diagnostic::new(&CODE, message, at, "opened here").help("write `)` after the last code")
}

/// It says something else than `allow`.
pub(super) fn unknown_word(at: Span) -> Diagnostic {
    let message = "a comment to `statewright` says neither `allow` nor `allow-file`";
    Diagnostic::new(&CODE, message, at, "no word of the language")
        .help("write `statewright: allow(CODE)`, or begin the comment with another word")
}

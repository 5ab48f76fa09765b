//! Blanks that look like a space and are none: word processors and web pages bring them along.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The first run of such blanks in `text`, and its first character.
pub(super) fn first_odd(text: &str) -> Option<(Range<usize>, char)> {
    let (start, first) = text.char_indices().find(|(_, c)| is_odd(*c))?;
    let run = text[start..].chars().take_while(|c| is_odd(*c));
    let length: usize = run.map(char::len_utf8).sum();
    Some((start..start + length, first))
}

/// Whether `c` is a blank beyond ASCII. Line ends are not among them: no parser takes them for
/// blanks.
fn is_odd(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// As many spaces as there are blanks in `odd`.
pub(super) fn spaces_for(odd: &str) -> String {
    " ".repeat(odd.chars().count())
}

/// The report, of `code`, about blanks at `at` where a space belongs; `odd` is their text and
/// `first` its first character.
pub(super) fn report(code: &'static Code, at: Span, odd: &str, first: char) -> Diagnostic {
    let many = odd.chars().count() > 1;
    let what = match first {
        '\u{a0}' => "no-break space".to_owned(),
        c => format!("blank U+{:04X}", c as u32),
    };
    let (message, help) = match many {
        true => (
            format!("{what} characters stand where spaces belong"),
            "write spaces in their place",
        ),
        false => (
            format!("{what} character stands where a space belongs"),
            "write a space in its place",
        ),
    };
    Diagnostic::new(code, message, at, "looks like a space but is not one")
        .help(help)
        .fix(at, spaces_for(odd))
}

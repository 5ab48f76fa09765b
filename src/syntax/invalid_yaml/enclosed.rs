//! What is said about brackets and quotes.

use super::super::excerpt;
use super::{in_quotes, report};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// "list" or "map", by its bracket.
fn collection(bracket: char) -> (&'static str, char) {
    match bracket {
        '{' => ("map", '}'),
        _ => ("list", ']'),
    }
}

/// A list or map that is open to the end; `stop` is where that became plain.
pub(in crate::syntax) fn unclosed_bracket(
    open: Span,
    bracket: char,
    stop: Option<Span>,
) -> Diagnostic {
    let (what, close) = collection(bracket);
    let report = report(
        format!("{what} that begins with `{bracket}` is never closed"),
        open,
        format!("this `{bracket}` has no `{close}`"),
    )
    .help(format!(
        "write `{close}` after the last entry of the {what}"
    ));
    match stop {
        Some(stop) => report.label(stop, format!("the {what} should have ended before this")),
        None => report,
    }
}

/// A comment that was meant as a value, `value`, and holds what should close `open`.
pub(in crate::syntax) fn swallowed_bracket(
    at: Span,
    comment: &str,
    value: (&str, Span),
    open: (Span, char),
) -> Diagnostic {
    let (what, close) = collection(open.1);
    let (value, place) = value;
    report(
        format!("`{}` is read as a comment", excerpt(comment)),
        at,
        "a `#` after a blank begins a comment",
    )
    .label(open.0, format!("so this {what} has no `{close}`"))
    .help(format!(
        "put `{value}` in quotes: `{}`",
        in_quotes(value),
        value = excerpt(value)
    ))
    .fix(place, in_quotes(value))
}

/// A list or map that is closed by the bracket of the other.
pub(in crate::syntax) fn mismatched_bracket(
    open: Span,
    bracket: char,
    close: Option<(Span, char)>,
) -> Diagnostic {
    let (what, right) = collection(bracket);
    let report = report(
        format!("{what} that begins with `{bracket}` is not closed by `{right}`"),
        open,
        format!("no `{right}` belongs to it"),
    )
    .help(format!(
        "write `{right}` after the last entry of the {what}"
    ));
    match close {
        Some((close, wrong)) => report.label(
            close,
            format!("`{wrong}` stands where `{right}` is expected"),
        ),
        None => report,
    }
}

/// A closing bracket that closes nothing.
pub(in crate::syntax) fn stray_bracket(at: Span, bracket: char) -> Diagnostic {
    report(
        format!("bracket `{bracket}` closes nothing"),
        at,
        "nothing that it could close is open here",
    )
    .help(format!(
        "delete `{bracket}`, or put quotes around the text that it belongs to"
    ))
}

/// Text in quotes that is open to the end; `stop` is where that became plain.
pub(in crate::syntax) fn unclosed_quote(open: Span, quote: char, stop: Option<Span>) -> Diagnostic {
    let report = report(
        format!(
            "text that begins with {} is never closed",
            name_of_quote(quote)
        ),
        open,
        "no closing quote follows where it should",
    )
    .help(format!(
        "write {} at the end of the text",
        name_of_quote(quote)
    ));
    match stop {
        Some(stop) => report.label(stop, "the text should have ended before this"),
        None => report,
    }
}

fn name_of_quote(quote: char) -> &'static str {
    match quote {
        '"' => "`\"`",
        _ => "`'`",
    }
}

/// `"New" ticket`: `rest`, at `at`, follows the closing quote.
pub(in crate::syntax) fn after_quote(at: Span, rest: &str, quote: char) -> Diagnostic {
    let inside = match quote {
        '"' => "`\\\"`",
        _ => "`''`",
    };
    report(
        format!("text `{}` follows a closing quote", excerpt(rest)),
        at,
        "the text in quotes has ended before this",
    )
    .help(format!(
        "put all of it inside the quotes; there, a {} is written {inside}",
        name_of_quote(quote)
    ))
}

/// Text that follows a list, map or alias on its line.
pub(in crate::syntax) fn after_value(
    at: Span,
    rest: &str,
    value: Option<(&str, Span)>,
) -> Diagnostic {
    let report = report(
        format!("text `{}` follows a value that has ended", excerpt(rest)),
        at,
        "nothing more belongs on this line",
    );
    match value {
        Some((value, _)) if super::holds_fields(value) => {
            report.help(format!("delete `{}`", excerpt(rest)))
        }
        Some((value, place)) if excerpt(value).len() == value.len() => report
            .help(format!(
                "put quotes around the whole value: `{}`",
                in_quotes(value)
            ))
            .unsafe_fix(place, in_quotes(value)),
        _ => report.help("put quotes around the whole value, or delete this"),
    }
}

/// Two entries without a comma between them; it belongs at `at`, between `before` and `after`.
pub(in crate::syntax) fn missing_comma(at: Span, before: &str, after: &str) -> Diagnostic {
    let (before, after) = (excerpt(before), excerpt(after));
    report(
        format!("comma is missing between `{before}` and `{after}`"),
        at,
        "the next entry begins here",
    )
    .help(format!(
        "write `{before}, {after}`, or quotes around a value that goes on here"
    ))
}

/// A comma behind a value that no bracket surrounds.
pub(in crate::syntax) fn comma_after_value(at: Span) -> Diagnostic {
    report(
        "comma follows a value that has ended",
        at,
        "only entries inside brackets have commas between them",
    )
    .help("delete the comma")
    .fix(at, "")
}

/// A comma with no entry before it.
pub(in crate::syntax) fn stray_comma(at: Span) -> Diagnostic {
    report(
        "comma has no entry before it",
        at,
        "an entry belongs before this",
    )
    .help("delete the comma")
    .fix(at, "")
}

/// The map that ends at `close` has no bracket before its first key.
pub(in crate::syntax) fn never_opened(close: Span, key: &str, first: Span) -> Diagnostic {
    let key = excerpt(key);
    report(
        "map that ends with `}` is never opened",
        close,
        "this `}` has no `{`",
    )
    .label(first, "a `{` belongs before this")
    .help(format!("write `{{` before `{key}`, or delete the `}}`"))
    .unsafe_fix(
        Span {
            end: first.start,
            ..first
        },
        "{ ",
    )
}

/// A comment inside of a value in brackets that holds what should close the bracket at `open`.
pub(in crate::syntax) fn comment_in_brackets(
    comment: (&str, Span),
    value: (&str, Span),
    open: (Span, char),
) -> Diagnostic {
    let (what, close) = collection(open.1);
    let (text, at) = comment;
    let (value, place) = value;
    report(
        format!("`{}` is read as a comment", excerpt(text)),
        at,
        "a `#` after a blank begins a comment",
    )
    .label(open.0, format!("so this {what} has no `{close}`"))
    .help(format!(
        "put quotes around the whole value: `{}`",
        in_quotes(&excerpt(value))
    ))
    .unsafe_fix(place, in_quotes(value))
}

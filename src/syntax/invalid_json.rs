//! `invalid-json`: the words for everything that stops a text from being JSON. Where the mistake
//! is, and which one it is, is found in `json.rs`.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::node::quoted;
use crate::source::Span;

use super::excerpt;

/// See `invalid_json.md`.
pub static CODE: Code = Code {
    name: "invalid-json",
    group: Group::Text,
    level: Level::Firm(Stops::Reading),
    summary: "the text to import is not JSON",
    page: include_str!("invalid_json.md"),
};

fn report(message: impl Into<String>, at: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&CODE, message, at, label)
}

fn collection(bracket: char) -> (&'static str, char) {
    match bracket {
        '{' => ("object", '}'),
        _ => ("list", ']'),
    }
}

/// The text has no value at all.
pub(super) fn nothing(at: Span) -> Diagnostic {
    report("text holds no JSON value", at, "a value belongs here")
        .help("save the whole answer of the product, from its first `{` to its last `}`")
}

/// The text ends while `open` is open; `closing` are the brackets that would close everything.
pub(super) fn unclosed(open: Span, bracket: char, end: Span, closing: &str) -> Diagnostic {
    let (what, close) = collection(bracket);
    report(
        format!("{what} that begins with `{bracket}` is never closed"),
        open,
        format!("this `{bracket}` has no `{close}`"),
    )
    .label(end, "the text ends here")
    .help(format!(
        "save the whole answer again if it was cut off, or write `{closing}` at the end"
    ))
}

/// Text that is not closed on its line, or at all where the whole file is `cut` off.
pub(super) fn unclosed_text(quote: Span, cut: bool) -> Diagnostic {
    let label = match cut {
        true => "no closing quote follows",
        false => "no closing quote follows on this line",
    };
    let report = report("text that begins with `\"` is never closed", quote, label);
    match cut {
        true => report.help(
            "save the whole answer again if it was cut off, or write `\"` at the end of the text",
        ),
        false => report
            .help("write `\"` at the end of the text")
            .note("a line break inside of text is written `\\n`"),
    }
}

/// A control character in text.
pub(super) fn control_character(at: Span, character: char) -> Diagnostic {
    let name = format!("U+{:04X}", character as u32);
    report(
        format!("control character {name} stands in text"),
        at,
        "an invisible character",
    )
    .help(format!("delete it, or write `\\u{:04x}`", character as u32))
}

/// An escape that there is not, or half of a pair.
pub(super) fn bad_escape(at: Span, escape: &str) -> Diagnostic {
    let escape = excerpt(escape);
    let report = report(
        format!("`{escape}` is not an escape sequence"),
        at,
        "`\\` begins an escape sequence",
    );
    match escape.starts_with("\\u") {
        true => report.help("write four hexadecimal digits after `\\u`, and a character beyond U+FFFF as a pair, such as `\\ud83d\\ude00`"),
        false => report.help("write `\\\\` for one backslash"),
    }
}

/// Something that begins like a number and is none.
pub(super) fn not_a_number(at: Span, written: &str) -> Diagnostic {
    let written = excerpt(written);
    report(
        format!("value `{written}` is no number"),
        at,
        "read as a number, because it begins like one",
    )
    .help(format!("write `{}` if it is text", quoted(&written)))
    .note("numbers have no leading zeros, no `+` before them, and digits on both sides of a dot")
}

/// A word without quotes.
pub(super) fn bare_word(at: Span, word: &str) -> Diagnostic {
    let written = excerpt(word);
    let meant = match word.to_ascii_lowercase().as_str() {
        "true" => Some("true"),
        "false" => Some("false"),
        "null" | "none" | "nil" | "undefined" | "nan" => Some("null"),
        _ => None,
    };
    match meant {
        Some(meant) => report(
            format!("word `{written}` is no value"),
            at,
            "there are only `true`, `false` and `null`, in lower case",
        )
        .help(format!("write `{meant}`")),
        None => report(
            format!("value `{written}` has no quotes"),
            at,
            "text must stand in quotes",
        )
        .help(format!("write `{}`", quoted(&written))),
    }
}

/// A key without quotes.
pub(super) fn bare_key(at: Span, key: &str) -> Diagnostic {
    let written = excerpt(key);
    report(
        format!("key `{written}` has no quotes"),
        at,
        "keys must stand in quotes",
    )
    .help(format!("write `{}`", quoted(&written)))
}

/// Quotes of another kind than `"`.
pub(super) fn other_quotes(at: Span, quote: char) -> Diagnostic {
    report(
        format!("text begins with `{quote}`"),
        at,
        "only straight double quotes may stand around text",
    )
    .help("write `\"` before and after the text")
}

/// Something else where a value belongs.
pub(super) fn no_value(at: Span, found: char) -> Diagnostic {
    report(
        format!("value is missing before `{}`", shown(found)),
        at,
        "a value belongs here",
    )
    .help("write a value: text in quotes, a number, a list, an object, `true`, `false` or `null`")
}

/// Something else where a key belongs.
pub(super) fn no_key(at: Span, found: char) -> Diagnostic {
    report(
        format!("key is missing before `{}`", shown(found)),
        at,
        "a key in quotes belongs here",
    )
    .help("write a key, a colon and a value, such as `\"Name\": \"New\"`")
}

/// A key without a colon.
pub(super) fn no_colon(key: &str, at: Span) -> Diagnostic {
    let key = excerpt(key);
    report(
        format!("key `{key}` has no colon after it"),
        at,
        "`:` and a value belong after this",
    )
    .help(format!("write `{}: ` and the value", quoted(&key)))
}

/// Two entries without a comma between them.
pub(super) fn no_comma(at: Span, open: Span, bracket: char) -> Diagnostic {
    let (what, _) = collection(bracket);
    report(
        format!("comma is missing between two entries of the {what}"),
        at,
        "the next entry begins here",
    )
    .label(open, format!("the {what} begins here"))
    .help("write `,` before this entry")
}

/// A comma after the last entry.
pub(super) fn trailing_comma(at: Span) -> Diagnostic {
    report(
        "comma has no entry after it",
        at,
        "an entry belongs after this",
    )
    .help("delete the comma")
}

/// A comma with no entry before it.
pub(super) fn no_entry_before_comma(at: Span) -> Diagnostic {
    report(
        "comma has no entry before it",
        at,
        "an entry belongs before this",
    )
    .help("delete the comma")
}

/// `}` for a list or `]` for an object.
pub(super) fn wrong_bracket(at: Span, found: char, open: Span, bracket: char) -> Diagnostic {
    let (what, close) = collection(bracket);
    report(
        format!("{what} that begins with `{bracket}` is closed with `{found}`"),
        at,
        format!("`{close}` belongs here"),
    )
    .label(open, format!("the {what} begins here"))
    .help(format!("write `{close}` before it, or in its place"))
}

/// A closing bracket that closes nothing.
pub(super) fn stray_bracket(at: Span, bracket: char) -> Diagnostic {
    report(
        format!("bracket `{bracket}` closes nothing"),
        at,
        "nothing that it could close is open here",
    )
    .help(format!("delete `{bracket}`"))
}

/// More text after the value.
pub(super) fn second_value(at: Span) -> Diagnostic {
    report(
        "text goes on after its JSON value has ended",
        at,
        "nothing more belongs here",
    )
    .help("keep one answer of the product in one file")
}

/// A comment.
pub(super) fn comment(at: Span, text: &str) -> Diagnostic {
    report(
        format!("comment `{}` stands in JSON", excerpt(text)),
        at,
        "there are no comments in JSON",
    )
    .help("delete the comment")
}

/// A web page.
pub(super) fn markup(at: Span) -> Diagnostic {
    report(
        "text begins with `<`, as a web page does",
        at,
        "a JSON value begins with `{` or `[`",
    )
    .help("save the answer of the product's API; a page that asks for a password is none")
}

/// A character as it can stand between backticks.
fn shown(c: char) -> String {
    match c {
        '`' => "'".to_owned(),
        c => c.to_string(),
    }
}

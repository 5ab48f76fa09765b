//! `invalid-toml`: the words for everything that stops a file from being TOML. Where a mistake is,
//! and which one it is, is found in `toml/mistakes.rs`.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::node::quoted;
use crate::source::Span;

use super::excerpt;

/// See `invalid_toml.md`.
pub static CODE: Code = Code {
    name: "invalid-toml",
    group: Group::Text,
    level: Level::Firm(Stops::Reading),
    summary: "the file is not TOML",
    page: include_str!("invalid_toml.md"),
};

fn report(message: impl Into<String>, at: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&CODE, message, at, label)
}

/// A control character; `more` others were found in the file.
pub(super) fn control_character(at: Span, character: char, more: usize) -> Diagnostic {
    let name = format!("U+{:04X}", character as u32);
    let report = report(
        format!("control character {name} stands in the text"),
        at,
        "an invisible character",
    )
    .help(format!(
        "delete it, or write `\\u{:04X}` in double quotes",
        character as u32
    ));
    match more {
        0 => report,
        _ => report.note(format!(
            "control characters in the file besides this one: {more}"
        )),
    }
}

/// A carriage return without a line feed.
pub(super) fn lone_carriage_return(at: Span) -> Diagnostic {
    report(
        "line ends with a carriage return alone",
        at,
        "a line feed belongs after it",
    )
    .help("save the file with the line ends LF or CRLF")
}

/// `name: x`: a colon at `colon` where `=` belongs.
pub(super) fn colon_for_equals(colon: Span, key: &str) -> Diagnostic {
    let key = excerpt(key);
    report(
        format!("key `{key}` has a colon after it"),
        colon,
        "`=` belongs here",
    )
    .help(format!(
        "write `{key} = ` and the value; text values are in quotes"
    ))
}

/// `- x`: a list item as YAML has it.
pub(super) fn dash_item(at: Span, item: &str) -> Diagnostic {
    report(
        format!("line `{}` is a list item of YAML", excerpt(item)),
        at,
        "there are no lists with dashes in TOML",
    )
    .help("write a list as `key = [\"a\", \"b\"]`, and each of several tables under `[[key]]`")
}

/// A key without `=`; `rest` is what follows it.
pub(super) fn no_equals(at: Span, key: &str, rest: &str) -> Diagnostic {
    let (key, rest) = (excerpt(key), excerpt(rest));
    let report = report(
        format!("key `{key}` has no `=` after it"),
        at,
        "`=` and a value belong after this",
    );
    match rest.is_empty() {
        true => report.help(format!("write `{key} = ` and a value")),
        false => report.help(format!("write `{key} = {rest}`")),
    }
}

/// A key that needs quotes, in a statement or in a header.
pub(super) fn bare_key(at: Span, key: &str) -> Diagnostic {
    let written = excerpt(key);
    report(
        format!("key `{written}` needs quotes"),
        at,
        "without quotes, only `A` to `Z`, `a` to `z`, digits, `-` and `_` may stand here",
    )
    .help(format!("write `{}`", quoted(&written)))
    .unsafe_fix(at, quoted(key))
}

/// `=` or a dot without a name.
pub(super) fn missing_key(at: Span) -> Diagnostic {
    report("name of a key is missing", at, "a name belongs here")
        .help("write a name, in quotes if it has spaces")
}

/// `key =` and nothing; `comment` where a comment stands instead of a value.
pub(super) fn no_value(at: Span, key: &str, comment: Option<(&str, Span)>) -> Diagnostic {
    let key = excerpt(key);
    let message = format!("key `{key}` has no value");
    match comment {
        Some((comment, place)) => {
            let comment = excerpt(comment);
            report(message, place, "`#` begins a comment").help(format!(
                "write `{key} = {}` if this is the value",
                quoted(&comment)
            ))
        }
        None => report(message, at, "a value belongs here")
            .help(format!("write a value after `{key} =`, or delete the line")),
    }
}

/// A value that is text without quotes.
pub(super) fn bare_value(at: Span, value: &str) -> Diagnostic {
    let written = excerpt(value);
    if let Some(meant) = boolean(value) {
        return report(
            format!("value `{written}` is no boolean"),
            at,
            "there are only `true` and `false`, in lower case",
        )
        .help(format!(
            "write `{meant}`, or `{}` if it is text",
            quoted(&written)
        ));
    }
    if is_null(value) {
        return report(
            format!("value `{written}` is not one that TOML has"),
            at,
            "a value belongs here",
        )
        .help(format!(
            "delete the line, or write `{}` if it is text",
            quoted(&written)
        ));
    }
    if let Some(meant) = in_brackets(value) {
        return report(
            format!("value `{written}` has no brackets that TOML knows"),
            at,
            "a list stands in `[…]`, and fields in `{…}`",
        )
        .help(format!("write `{}`", excerpt(&meant)))
        .unsafe_fix(at, meant);
    }
    let inner = value.trim_matches(QUOTES);
    report(
        format!("value `{written}` has no quotes"),
        at,
        "text must stand in straight quotes",
    )
    .help(format!("write `{}`", quoted(&excerpt(inner))))
    .unsafe_fix(at, quoted(inner))
}

/// A list or fields in the brackets of another language, or in none, as TOML has them.
fn in_brackets(value: &str) -> Option<String> {
    let inner = value
        .strip_prefix('(')
        .and_then(|value| value.strip_suffix(')'));
    let bare = inner.unwrap_or(value).trim();
    let is_key = |key: &str| {
        let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        !key.is_empty() && key.bytes().all(letter)
    };
    let is_value = |rest: &str| {
        rest.starts_with(['"', '\'', '[', '{'])
            || rest.starts_with("true")
            || rest.starts_with("false")
    };
    let is_field =
        |(key, rest): (&str, &str)| is_key(key.trim_end()) && is_value(rest.trim_start());
    match (bare.split_once('=').is_some_and(is_field), inner) {
        (true, _) => Some(format!("{{ {bare} }}")),
        (false, Some(_)) if bare.starts_with(['"', '\'']) => Some(format!("[{bare}]")),
        _ => None,
    }
}

/// Whether a word says elsewhere that there is nothing.
pub(super) fn is_null(word: &str) -> bool {
    let is = |known: &&str| word.eq_ignore_ascii_case(known);
    ["null", "nil", "undefined", "~"].iter().any(is)
}

/// What people and word processors put around text.
pub(super) const QUOTES: &[char] = &['“', '”', '„', '‘', '’', '«', '»', '"', '\''];

/// What boolean a word is that means one elsewhere.
pub(super) fn boolean(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// A value that begins like a number or date and is none.
pub(super) fn not_a_number(at: Span, value: &str) -> Diagnostic {
    let value = excerpt(value);
    report(
        format!("value `{value}` is neither a number nor a date"),
        at,
        "read as a number, because it begins like one",
    )
    .help(format!("write `{}` if it is text", quoted(&value)))
    .note("numbers have no leading zeros and fit into 64 bits; dates are written like `2026-11-21`")
}

/// "array" or "table", by its bracket, and the bracket that closes it.
fn collection(bracket: char) -> (&'static str, char) {
    match bracket {
        '{' => ("table", '}'),
        _ => ("list", ']'),
    }
}

/// A comment that was meant as a value, `value`, and holds what should close `open`.
pub(super) fn swallowed_bracket(
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
        "outside of quotes, a `#` begins a comment",
    )
    .label(open.0, format!("so this {what} has no `{close}`"))
    .help(format!(
        "put `{}` in quotes: `{}`",
        excerpt(value),
        quoted(value)
    ))
    .fix(place, quoted(value))
}

/// A line `item` that looks like an item, or some, of a list that was never opened.
pub(super) fn stray_item(at: Span, item: &str) -> Diagnostic {
    report(
        format!("line `{}` is an item of no list", excerpt(item)),
        at,
        "no `[` is open here",
    )
    .help("write `key = [` on the line above the first item")
}

/// A list or table that is open to the end; `stop` is where that became plain.
pub(super) fn unclosed_bracket(open: Span, bracket: char, stop: Option<Span>) -> Diagnostic {
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

/// A header that is not closed on its line; `close` is `]` or `]]`.
pub(super) fn unclosed_header(at: Span, close: &str) -> Diagnostic {
    report(
        "header of a table is not closed on its line",
        at,
        format!("`{close}` belongs after the name"),
    )
    .help(format!("write `{close}` after the name"))
}

/// The header of a list of tables, as others of that name are, that begins with one bracket only.
pub(super) fn half_header(at: Span, name: &str) -> Diagnostic {
    report(
        format!("header `[{name}]]` begins with one bracket and ends with two"),
        at,
        "a second `[` belongs here",
    )
    .help(format!("write `[[{name}]]`, as the others are"))
}

/// A closing bracket that closes nothing.
pub(super) fn stray_bracket(at: Span, bracket: &str) -> Diagnostic {
    report(
        format!("bracket `{bracket}` closes nothing"),
        at,
        "nothing that it could close is open here",
    )
    .help(format!("delete `{bracket}`"))
}

/// Text in quotes that is not closed; `quote` is how it begins.
pub(super) fn unclosed_quote(open: Span, quote: &str) -> Diagnostic {
    let report = report(
        format!("text that begins with `{quote}` is never closed"),
        open,
        match quote.len() {
            1 => "no closing quote follows on this line",
            _ => "no closing quotes follow",
        },
    );
    report.help(format!("write `{quote}` at the end of the text"))
}

/// An escape in double quotes that there is not.
pub(super) fn bad_escape(at: Span, escape: &str) -> Diagnostic {
    report(
        format!("`{escape}` is not an escape sequence"),
        at,
        "in double quotes, `\\` begins an escape sequence",
    )
    .help("write `\\\\` for one backslash, or use single quotes around the text")
}

/// Text that follows a value on its line.
pub(super) fn after_value(at: Span, rest: &str) -> Diagnostic {
    let rest = excerpt(rest);
    let report = report(
        format!("text `{rest}` follows a value that has ended"),
        at,
        "nothing more belongs on this line",
    );
    match rest.starts_with(',') {
        true => report.help("delete the comma"),
        false => report.help("put all of it inside the quotes, or delete it"),
    }
}

/// Two entries without a comma between them; `at` is where the second begins.
pub(super) fn missing_comma(at: Span) -> Diagnostic {
    report(
        "comma is missing between two entries",
        at,
        "the next entry begins here",
    )
    .help("write `,` before this entry")
}

/// A comma with no entry before it.
pub(super) fn stray_comma(at: Span) -> Diagnostic {
    report(
        "comma has no entry before it",
        at,
        "an entry belongs before this",
    )
    .help("delete the comma")
    .fix(at, "")
}

/// A comma behind the value of a statement.
pub(super) fn comma_after_value(at: Span) -> Diagnostic {
    report(
        "comma follows a value that has ended",
        at,
        "only entries inside brackets have commas between them",
    )
    .help("delete the comma")
    .fix(at, "")
}

/// `a = = 1`.
pub(super) fn second_equals(at: Span) -> Diagnostic {
    report("`=` is written twice", at, "a value belongs here").help("delete one `=`")
}

/// Whatever has no words of its own.
pub(super) fn unreadable(at: Span, text: &str) -> Diagnostic {
    let text = excerpt(text);
    let message = match text.is_empty() {
        true => "the file ends too early".to_owned(),
        false => format!("text `{text}` is no TOML at this place"),
    };
    report(message, at, "does not fit what comes before")
        .help("check quotes, brackets and `=` here and in the line above")
}

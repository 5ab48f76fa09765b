//! `invalid-yaml`: the words for everything that stops a file from being YAML. Where a mistake is,
//! and which one it is, is found in `yaml/mistakes.rs`.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Stops};
use crate::node::quoted;
use crate::source::Span;
use crate::suggest;

use super::excerpt;

mod enclosed;

pub(super) use enclosed::*;

/// See `invalid_yaml.md`.
pub static CODE: Code = Code {
    name: "invalid-yaml",
    group: Group::Text,
    level: Level::Firm(Stops::Reading),
    summary: "the file is not YAML",
    page: include_str!("invalid_yaml.md"),
};

fn report(message: impl Into<String>, at: Span, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&CODE, message, at, label)
}

/// `value` in quotes, as text to write in its place.
fn in_quotes(value: &str) -> String {
    quoted(value.trim())
}

/// Tabs at `at` indent a line; `more` other lines have the same.
pub(super) fn tab_indentation(at: Span, more: usize) -> Diagnostic {
    let report = report(
        "tab character indents a line",
        at,
        "only spaces may stand here",
    )
    .help("write two spaces for each tab");
    match more {
        0 => report,
        1 => report.note("one more line is indented with tabs"),
        _ => report.note(format!("{more} more lines are indented with tabs")),
    }
}

/// A control character, or one that is none; `more` others were found in the file.
pub(super) fn control_character(at: Span, character: char, more: usize) -> Diagnostic {
    let number = character as u32;
    let escape = match number {
        0..=0xff => format!("\\x{number:02X}"),
        _ => format!("\\u{number:04X}"),
    };
    let report = report(
        format!("control character U+{number:04X} stands in the text"),
        at,
        "an invisible character",
    )
    .help(format!("delete it, or write `{escape}` in double quotes"));
    match more {
        0 => report,
        _ => report.note(format!(
            "control characters in the file besides this one: {more}"
        )),
    }
}

/// A byte order mark in the middle of the text.
pub(super) fn stray_byte_order_mark(at: Span) -> Diagnostic {
    report(
        "byte order mark U+FEFF stands inside the text",
        at,
        "an invisible character",
    )
    .help("delete it; it may stand only at the very start of a file")
}

/// `name:Foo`, the colon at `colon`.
pub(super) fn no_space_after_colon(colon: Span, key: &str, value: &str) -> Diagnostic {
    let (key, value) = (excerpt(key), excerpt(value));
    report(
        format!("key `{key}` has no space after its colon"),
        colon,
        "a space must follow",
    )
    .help(format!("write `{key}: {value}`"))
    .unsafe_fix(colon.after(), " ")
}

/// `-item`, the dash at `dash`.
pub(super) fn no_space_after_dash(dash: Span, item: &str) -> Diagnostic {
    let item = excerpt(item);
    report(
        format!("list item `{item}` has no space after its dash"),
        dash,
        "a space must follow",
    )
    .help(format!("write `- {item}`"))
    .unsafe_fix(dash.after(), " ")
}

/// `-- {`: the `dashes` at `at` where one belongs.
pub(super) fn several_dashes(at: Span, dashes: &str) -> Diagnostic {
    report(
        format!("list item begins with `{dashes}`"),
        at,
        "one dash belongs here",
    )
    .help("write `- `")
    .fix(at, "-")
}

/// A line `text` that is no key, where only keys can stand; or, beside list items, no item.
pub(super) fn no_colon(at: Span, text: &str, beside_items: bool) -> Diagnostic {
    let text = excerpt(text);
    if beside_items {
        return report(
            format!("line `{text}` has no dash"),
            at,
            "a `-` belongs before this",
        )
        .help(format!("write `- {text}`"));
    }
    report(
        format!("line `{text}` has no colon"),
        at,
        "a key and its colon belong here",
    )
    .help(format!(
        "write `{text}: ` and a value, or indent the line if it belongs to the value above"
    ))
}

/// The key `key`, at `name`, has no colon before the bracket at `at`, with which its value begins.
pub(super) fn no_colon_before_bracket(at: Span, key: &str, name: Span) -> Diagnostic {
    let key = excerpt(key);
    report(
        format!("key `{key}` has no colon"),
        at,
        "a `:` belongs before this",
    )
    .help(format!("write `{key}:` before the bracket"))
    .unsafe_fix(name.after(), ":")
}

/// The key `key`, at `name`, has no colon before its `value` at `at`. Where it is a key elsewhere, it
/// `is_sure` to be one.
pub(super) fn no_colon_before_value(
    at: Span,
    (key, name): (&str, Span),
    value: &str,
    is_sure: bool,
) -> Diagnostic {
    let (key, value) = (excerpt(key), excerpt(value));
    report(
        format!("key `{key}` has no colon"),
        at,
        "a `:` belongs before this",
    )
    .help(match is_sure {
        true => format!("write `{key}: {value}`"),
        false => {
            format!("write `{key}: {value}`, or indent the line if it belongs to the value above")
        }
    })
    .unsafe_fix(name.after(), ":")
}

/// `key = value`.
pub(super) fn equals_sign(at: Span, key: &str, value: &str) -> Diagnostic {
    let (key, value) = (excerpt(key), excerpt(value));
    report(
        format!("key `{key}` has an equals sign after it"),
        at,
        "a colon belongs here",
    )
    .help(match value.is_empty() {
        true => format!("write `{key}:`"),
        false => format!("write `{key}: {value}`"),
    })
}

/// A list item that stands at `indent`, not at `wanted` where its list is.
pub(super) fn outdented_item(at: Span, item: &str, indent: usize, wanted: usize) -> Diagnostic {
    report(
        format!(
            "list item `{}` is indented less than its list",
            excerpt(item)
        ),
        at,
        format!("it stands at {}", spaces(indent)),
    )
    .help(format!("indent it by {}", spaces(wanted)))
}

/// Whether quotes around `value` would make one text of fields.
pub(super) fn holds_fields(value: &str) -> bool {
    value.contains('{') && value.contains(": ")
}

/// `key: a: b`: the second colon, at `colon`, in `value`.
pub(super) fn second_colon(colon: Span, key: &str, value: Option<(&str, Span)>) -> Diagnostic {
    let key = excerpt(key);
    let report = report(
        format!("value of `{key}` has a colon inside and no quotes"),
        colon,
        "read as the end of another key",
    );
    match value {
        Some((value, _)) if holds_fields(value) => {
            report.help("take away what stands around the braces")
        }
        Some((value, at)) if excerpt(value).len() == value.len() => report
            .help(format!("write `{key}: {}`", in_quotes(value)))
            .unsafe_fix(at, in_quotes(value)),
        _ => report.help("put quotes around the whole value"),
    }
}

/// The value of `key`, or the item that begins with it, holds more fields, the colon of one of which is
/// at `colon`. `map` is how they are written, and in what place.
pub(super) fn no_braces(
    colon: Span,
    key: &str,
    is_block: bool,
    map: Option<(&str, Span)>,
) -> Diagnostic {
    let report = report(
        format!("fields after `{}` have no braces around them", excerpt(key)),
        colon,
        "read as the end of another key",
    );
    match map {
        Some((map, place)) if excerpt(map).len() == map.len() => {
            report.help(format!("write `{map}`")).unsafe_fix(place, map)
        }
        _ if is_block => report.help("write each field on a line of its own"),
        _ => report.help("put the fields in braces, with commas between them"),
    }
}

/// A key `key`, written under `above` and deeper than it, though `above` has a value.
pub(super) fn too_deep(at: Span, key: &str, above: &str, indent: usize) -> Diagnostic {
    let (key, above) = (excerpt(key), excerpt(above));
    report(
        format!("key `{key}` is indented deeper than `{above}`, which has a value already"),
        at,
        format!("`{above}` stands at {}", spaces(indent)),
    )
    .help(format!(
        "indent `{key}` by {} like `{above}`, or take the value of `{above}` away",
        spaces(indent)
    ))
}

/// A line that is indented like nothing above it. `beside` are the lines above that it could
/// stand beside: how far they are indented, and how they begin.
pub(super) fn misfit(at: Span, text: &str, indent: usize, beside: &[(usize, &str)]) -> Diagnostic {
    let text = excerpt(text);
    let report = report(
        format!("line `{text}` is indented like no line above it"),
        at,
        format!("it stands at {}", spaces(indent)),
    );
    let ways: Vec<String> = beside
        .iter()
        .map(|(indent, name)| format!("by {} to stand beside `{}`", spaces(*indent), excerpt(name)))
        .collect();
    match ways.is_empty() {
        true => report.help("indent it like the line that it belongs beside"),
        false => report.help(format!("indent it {}", ways.join(", or "))),
    }
}

fn spaces(count: usize) -> String {
    match count {
        0 => "no spaces".to_owned(),
        1 => "1 space".to_owned(),
        _ => format!("{count} spaces"),
    }
}

/// A list item where keys stand.
pub(super) fn item_among_keys(at: Span, item: &str, more: usize) -> Diagnostic {
    let report = report(
        format!("list item `{}` stands among keys", excerpt(item)),
        at,
        "a key belongs here",
    )
    .help("indent the item under the key whose list it belongs to, or delete the `-`");
    match more {
        0 => report,
        _ => report.note(format!(
            "items of the list that follow it: {more}; a `- ` may be missing before the key above"
        )),
    }
}

/// A key where list items stand; it would belong to the item above if it had `indent` spaces.
pub(super) fn key_among_items(at: Span, key: &str, indent: usize) -> Diagnostic {
    let key = excerpt(key);
    report(
        format!("key `{key}` stands among list items"),
        at,
        "a `-` belongs here",
    )
    .help(format!(
        "indent `{key}` by {} to make it part of the item above, or write `- ` before it",
        spaces(indent)
    ))
}

/// A value that begins with a character that YAML keeps for itself.
pub(super) fn reserved_start(at: Span, character: char, value: (&str, Span)) -> Diagnostic {
    let why = match character {
        '*' => "`*` begins the name of an alias",
        '&' => "`&` begins the name of an anchor",
        '!' => "`!` begins a tag",
        '%' => "`%` begins a directive",
        _ => "this character has a meaning of its own in YAML",
    };
    let (value, place) = value;
    let name = match character {
        '`' => "a backtick".to_owned(),
        _ => format!("`{character}`"),
    };
    let report = report(
        format!(
            "value `{}` begins with {name} and has no quotes",
            excerpt(value)
        ),
        at,
        why,
    );
    if holds_fields(value) {
        return report.help(match character {
            '*' => "delete `*`, or write `-` for it where an item of a list begins".to_owned(),
            '`' => "delete the backticks".to_owned(),
            _ => format!("delete {name}"),
        });
    }
    report
        .help(match value.strip_prefix("& ") {
            Some(rest) => format!(
                "write `{}`, or `{}` where the `&` belongs to the text",
                excerpt(rest),
                in_quotes(&excerpt(value))
            ),
            None => format!("write `{}`", in_quotes(&excerpt(value))),
        })
        .unsafe_fix(place, in_quotes(value))
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

/// `key: - item` on one line.
pub(super) fn list_beside_key(at: Span) -> Diagnostic {
    report(
        "list begins on the line of its key",
        at,
        "a list with dashes begins on a line of its own",
    )
    .help("move `- ` and what follows to the next line, indented by 2 spaces")
}

/// Text on the line of `|` or `>`.
pub(super) fn block_text_header(at: Span, bar: char) -> Diagnostic {
    report(
        format!("text follows `{bar}` on its line"),
        at,
        format!("`{bar}` says that text begins on the next line"),
    )
    .help(format!(
        "move the text to the next line, or put quotes around a value that begins with `{bar}`"
    ))
}

/// `"x"#comment`.
pub(super) fn comment_without_space(at: Span) -> Diagnostic {
    report(
        "comment has no space before its `#`",
        at,
        "a space belongs before this",
    )
    .help("write ` #`")
}

/// A comment between the lines of one text.
pub(super) fn comment_in_text(at: Span) -> Diagnostic {
    report(
        "comment stands inside a text of several lines",
        at,
        "the text goes on after this",
    )
    .help("delete the comment, or put quotes around the text if `#` belongs to it")
}

/// `*name` without an anchor.
pub(super) fn unknown_alias<'a>(
    at: Span,
    name: &str,
    anchors: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let report = report(
        format!("alias `*{name}` has no anchor `&{name}` before it"),
        at,
        "no anchor has this name",
    );
    match suggest::nearest(name, anchors) {
        Some(near) => report.help(format!("change `*{name}` to `*{near}`")),
        None => report.help(format!(
            "write `&{name}` before the value, or `\"*{name}\"` if it is text"
        )),
    }
}

/// `*name` inside what `&name` names.
pub(super) fn recursive_alias(at: Span, name: &str) -> Diagnostic {
    report(
        format!("alias `*{name}` stands inside the value that it stands for"),
        at,
        "the value would hold itself",
    )
    .help("write the value out here")
}

/// A key that is a list or a map ("a list").
pub(super) fn collection_as_key(at: Span, what: &str) -> Diagnostic {
    report(
        format!("key of an entry is {what}"),
        at,
        "a name belongs here",
    )
    .help("write a name before the colon; put quotes around one that begins with `[` or `{`")
}

/// A colon with nothing before it.
pub(super) fn missing_key(at: Span) -> Diagnostic {
    report(
        "colon has no key before it",
        at,
        "a key belongs before this",
    )
    .help("write a name before the colon")
}

/// Something after the end of the document.
pub(super) fn after_end(at: Span, text: &str) -> Diagnostic {
    report(
        format!("line `{}` follows the end of the document", excerpt(text)),
        at,
        "what stands above is complete",
    )
    .help("indent all keys of the file alike, and write nothing else beside them")
}

/// A line that begins with `%` and is no directive.
pub(super) fn percent_line(at: Span) -> Diagnostic {
    report(
        "line that begins with `%` is not followed by `---`",
        at,
        "at the start of a line, `%` begins a directive",
    )
    .help("put quotes around the key, or write `---` on the line after the directive")
}

/// A directive, which is the whole line `text`, that YAML does not have.
pub(super) fn bad_directive(at: Span, text: &str) -> Diagnostic {
    report(
        format!("directive `{}` is none that YAML 1.2 has", excerpt(text)),
        at,
        "at the start of a line, `%` begins a directive",
    )
    .help("delete the line: a workflow needs no directive")
}

/// A key that is longer than YAML reads.
pub(super) fn long_key(at: Span, length: usize) -> Diagnostic {
    report(
        format!("key of {length} characters is longer than the 1024 that YAML reads"),
        at,
        "the key begins here",
    )
    .help("shorten the key")
}

/// Whatever has no words of its own.
pub(super) fn unreadable(at: Span, text: &str) -> Diagnostic {
    let text = excerpt(text);
    let message = match text.is_empty() {
        true => "the file ends too early".to_owned(),
        false => format!("text `{text}` is not valid YAML here"),
    };
    report(message, at, "does not fit what comes before")
        .help("check brackets, quotes and indentation here and in the line above")
}

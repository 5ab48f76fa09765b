//! How text is spelt in a file.

use crate::invisible::misplaced;
use crate::source::{Span, Syntax};

/// `text` in double quotes, spelt so that YAML and TOML both read back the same text. Hidden
/// characters are escapes, but for those that a language or a picture is written with.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut hidden = misplaced(text).into_iter().peekable();
    out.push('"');
    for (at, c) in text.char_indices() {
        let is_hidden = hidden.next_if(|(hidden, _)| *hidden == at).is_some();
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_hidden => out.push_str(&escaped(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Four digits, or eight for what lies beyond U+FFFF.
fn escaped(c: char) -> String {
    match c as u32 {
        unit @ ..=0xFFFF => format!("\\u{unit:04X}"),
        point => format!("\\U{point:08X}"),
    }
}

/// Whether `text` may be a key in TOML without quotes.
pub fn is_bare_in_toml(text: &str) -> bool {
    let bare = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    !text.is_empty() && text.bytes().all(bare)
}

/// How to write `new` in place of a scalar that stands at `span` and reads `written`: without
/// quotes where the old one had none and the new one needs none, else in double quotes.
///
/// Whether the old one had quotes is told by its length: quotes take two bytes.
pub fn respelt(written: &str, span: Span, new: &str) -> String {
    let bare = span.range().len() == written.len();
    // A space needs no quotes in a plain YAML scalar, but in a bare TOML key it does.
    let same_words = written.contains(' ') || !new.contains(' ');
    if bare && same_words && is_plain_everywhere(new) {
        new.to_owned()
    } else {
        quoted(new)
    }
}

/// How to write a text that was not there before: without quotes where it needs none in YAML.
pub fn spelt(new: &str) -> String {
    match is_plain_everywhere(new) {
        true => new.to_owned(),
        false => quoted(new),
    }
}

/// The same in a file of this syntax, as a value.
pub fn spelt_in(syntax: Syntax, new: &str) -> String {
    match syntax {
        Syntax::Yaml => spelt(new),
        _ => quoted(new),
    }
}

/// As many such texts as the value of a field that takes one or a list of them.
pub fn one_or_list(syntax: Syntax, texts: &[impl AsRef<str>]) -> String {
    match texts {
        [only] => spelt_in(syntax, only.as_ref()),
        all => list(syntax, all),
    }
}

/// Such texts as a list in one line.
pub fn list(syntax: Syntax, texts: &[impl AsRef<str>]) -> String {
    let texts = texts.iter().map(|text| spelt_in(syntax, text.as_ref()));
    format!("[{}]", texts.collect::<Vec<_>>().join(", "))
}

/// Whether `text` may stand without quotes wherever a plain YAML scalar may, and means itself to
/// every reader. Careful rather than complete: a `false` only costs a pair of quotes.
fn is_plain_everywhere(text: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.');
    let starts_as_word = text.starts_with(char::is_alphabetic) && !text.ends_with(' ');
    starts_as_word
        && text.chars().all(inner)
        && !READ_AS_OTHER.iter().any(|w| text.eq_ignore_ascii_case(w))
}

/// Words that some YAML reader takes for a boolean, null or a number.
const READ_AS_OTHER: &[&str] = &[
    "y", "yes", "n", "no", "true", "false", "on", "off", "null", "inf", "nan",
];

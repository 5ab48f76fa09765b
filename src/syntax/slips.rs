//! What people slip on when they write YAML, TOML or JSON: every mistake of the text itself, with its
//! words, once. Where it is, and which one it is, each syntax finds out for itself.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic};
use crate::node::quoted;
use crate::source::Span;

use super::{excerpt, invalid_json, invalid_toml, invalid_yaml};

mod catalogue;
mod scanner;

pub(super) use catalogue::Slip;
pub(super) use scanner::{Found, Scanner};

/// A syntax, as far as its slips are said otherwise than those of another.
pub(super) struct Grammar {
    /// What its mistakes are reported as.
    pub code: &'static Code,
    name: &'static str,
    /// What braces hold.
    map: &'static str,
    /// Between a key and its value.
    separator: char,
    /// Where a comment begins.
    comment: &'static str,
    /// What is read without quotes: keys, words and numbers.
    bare_keys: &'static str,
    words: &'static str,
    number: &'static str,
    numbers: &'static str,
    /// What to look at where nothing else is known.
    check: &'static str,
}

pub(super) static YAML: Grammar = Grammar {
    code: &invalid_yaml::CODE,
    name: "YAML",
    map: "map",
    separator: ':',
    comment: "a `#` after a blank begins a comment",
    bare_keys: "",
    words: "",
    number: "",
    numbers: "",
    check: "check brackets, quotes and indentation here and in the line above",
};

pub(super) static TOML: Grammar = Grammar {
    code: &invalid_toml::CODE,
    name: "TOML",
    map: "table",
    separator: '=',
    comment: "outside of quotes, a `#` begins a comment",
    bare_keys: "without quotes, only `A` to `Z`, `a` to `z`, digits, `-` and `_` may stand here",
    words: "there are only `true` and `false`, in lower case",
    number: "neither a number nor a date",
    numbers: "numbers have no leading zeros and fit into 64 bits; dates are written like `2026-11-21`",
    check: "check quotes, brackets and `=` here and in the line above",
};

pub(super) static JSON: Grammar = Grammar {
    code: &invalid_json::CODE,
    name: "JSON",
    map: "object",
    separator: ':',
    comment: "",
    bare_keys: "keys must stand in quotes",
    words: "there are only `true`, `false` and `null`, in lower case",
    number: "not a number",
    numbers: "numbers have no leading zeros, no `+` before them, and digits on both sides of a dot",
    check: "",
};

impl Grammar {
    /// What stands between a key and its value.
    pub fn separator(&self) -> char {
        self.separator
    }

    /// What a bracket begins, and the bracket that closes it.
    fn collection(&self, bracket: char) -> (&'static str, char) {
        match bracket {
            '{' => (self.map, closing(bracket)),
            _ => ("list", closing(bracket)),
        }
    }

    /// Whether it is the syntax of products, which nobody writes by hand and no fix is for.
    fn is_of_products(&self) -> bool {
        self.code == JSON.code
    }
}

/// The bracket that closes `bracket`.
pub(super) fn closing(bracket: char) -> char {
    if bracket == '{' { '}' } else { ']' }
}

impl Slip<'_> {
    /// The report of this slip, made in `grammar` at `at`.
    pub fn report(self, grammar: &Grammar, at: Span) -> Diagnostic {
        let mut report = self.in_words(grammar, at);
        report.fix = report.fix.filter(|_| !grammar.is_of_products());
        report
    }
}

/// What an author wrote, as it can stand in a message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'t>(pub &'t str);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&excerpt(self.0))
    }
}

impl Written<'_> {
    /// Whether all of it can stand in a message.
    fn is_whole(self) -> bool {
        excerpt(self.0).len() == self.0.len()
    }

    fn is_empty(self) -> bool {
        excerpt(self.0).is_empty()
    }

    /// In quotes, as it can stand in a message.
    fn quoted(self) -> String {
        quoted(&excerpt(self.0))
    }

    /// All of it in quotes.
    fn all_quoted(self) -> String {
        quoted(self.0.trim())
    }

    /// Whether quotes around it would make one text of fields.
    pub fn holds_fields(self) -> bool {
        self.0.contains('{') && self.0.contains(": ")
    }
}

/// A value that may need quotes, and its place.
pub(super) type Whole<'t> = Option<(Written<'t>, Span)>;

/// The value in quotes, where they would make it a text, and a message has room for it.
fn in_quotes(value: Whole<'_>) -> Option<(String, Span)> {
    let (value, place) = value.filter(|(value, _)| value.is_whole() && !value.holds_fields())?;
    Some((value.quoted(), place))
}

/// How far a text in quotes may go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// To the end of its line.
    Line,
    /// Over several lines.
    Lines,
    /// To the end of a file that is cut off.
    File,
}

fn spaces(count: usize) -> String {
    match count {
        0 => "no spaces".to_owned(),
        1 => "1 space".to_owned(),
        _ => format!("{count} spaces"),
    }
}

/// Parts that not every report of a kind has.
trait Parts: Sized {
    fn label_at(self, place: Option<Span>, message: &str) -> Self;
    fn note_if(self, is_so: bool, note: &str) -> Self;
    fn fixed_by(self, fix: Option<(String, Span)>) -> Self;
}

impl Parts for Diagnostic {
    fn label_at(self, place: Option<Span>, message: &str) -> Self {
        match place {
            Some(place) => self.label(place, message),
            None => self,
        }
    }

    fn note_if(self, is_so: bool, note: &str) -> Self {
        if is_so { self.note(note) } else { self }
    }

    fn fixed_by(self, fix: Option<(String, Span)>) -> Self {
        match fix {
            Some((text, place)) => self.unsafe_fix(place, text),
            None => self,
        }
    }
}

//! Mistakes in values: text without quotes, numbers that are none, commas.

use std::ops::Range;

use crate::node::quoted;
use crate::source::Span;

use super::super::invalid_toml;
use super::super::lines;
use super::losses;
use super::mistakes::{Found, Look};

impl<'t> Look<'_, 't> {
    /// A statement that is broken after its `=`.
    pub(super) fn value(&self, message: &str) -> Found {
        let rest = self.rest_of_line();
        if message.contains("extra `=`") {
            let report = invalid_toml::second_equals(self.char_at(self.at));
            return Found::from(report).meant(self.at..self.at + 1, "");
        }
        if message.contains("extra comma") {
            return self.extra_comma();
        }
        if message.contains("opening") && rest.starts_with([']', '}']) {
            return invalid_toml::stray_bracket(self.char_at(self.at), &rest[..1]).into();
        }
        if message.contains("missing comma") || message.contains("extra assignment") {
            let word = self.word_at(self.at);
            let report = invalid_toml::missing_comma(self.span(word.clone()));
            return Found::from(report).meant(word.start..word.start, ", ");
        }
        if message.contains("unexpected key or value") {
            return self.after_or_unreadable(message);
        }
        if message.contains("unquoted key") || message.contains("assignment") {
            return self.inline_key();
        }
        let value = self.value_around();
        let before = self.text[..value.start].trim_end();
        let in_table = self
            .open
            .brackets
            .last()
            .is_some_and(|&(_, bracket)| bracket == '{');
        if in_table && before.ends_with([',', '{']) {
            return self.inline_key();
        }
        self.unreadable_value(message, value)
    }

    fn unreadable_value(&self, message: &str, value: Range<usize>) -> Found {
        let at = self.span(value.clone());
        match &self.text[value.clone()] {
            "" => self.swallowed_in_list().unwrap_or_else(|| {
                self.no_value(self.text[..self.at].rfind('=').unwrap_or(self.at))
            }),
            text if self.is_two_entries(text, value.end) => {
                let start = value.start + text.rfind([' ', '\t']).map_or(0, |blank| blank + 1);
                let report = invalid_toml::missing_comma(self.span(start..value.end));
                Found::from(report)
            }
            text if text
                .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) =>
            {
                Found::from(invalid_toml::not_a_number(at, text)).lost(value)
            }
            text if message.contains("quote") || message.contains("invalid") => {
                let found = Found::from(invalid_toml::bare_value(at, text));
                match meant(text) {
                    Some(meant) => found.meant(value, meant),
                    None => found.lost(value),
                }
            }
            _ => self.unreadable(),
        }
    }

    fn extra_comma(&self) -> Found {
        let comma = match self.text[self.at..].starts_with(',') {
            true => self.at,
            false => self.text[..self.at].rfind(',').unwrap_or(self.at),
        };
        let before = self.text[..comma].trim_end();
        if before.ends_with('=') {
            return self.no_value(before.len() - 1);
        }
        if let Some(found) = self.key_before_comma(comma) {
            return found;
        }
        let report = invalid_toml::stray_comma(self.char_at(comma));
        Found::from(report).meant(comma..comma + 1, "")
    }

    fn word_at(&self, at: usize) -> Range<usize> {
        let rest = &self.text[at..];
        let start = at + rest.len() - rest.trim_start().len();
        let end = self.text[start..].find([' ', ',', '=', ']', '}', '\n', '\r']);
        start..end.map_or(self.text.len(), |end| start + end)
    }

    /// The bytes of the value that holds the place: in brackets, of one item.
    fn value_around(&self) -> Range<usize> {
        let from = self
            .open
            .equals
            .map_or(self.open.statement, |equals| equals + 1);
        let from = self
            .open
            .brackets
            .last()
            .map_or(from, |&(at, _)| from.max(at + 1));
        let before = &self.text[from.min(self.at)..self.at];
        let from = self.at - before.len()
            + before
                .rfind(['=', ',', '[', '{', '\n'])
                .map_or(0, |at| at + 1);
        let rest = &self.text[self.at..lines::end(self.text, self.at)];
        let ends: &[char] = match self.open.brackets.is_empty() {
            true => &['#'],
            false => &['#', ',', ']', '}', '='],
        };
        let end = self.at + rest.find(ends).unwrap_or(rest.len());
        let value = &self.text[from..end];
        let start = from + value.len() - value.trim_start().len();
        start..start + value.trim().len()
    }

    /// Whether `text`, which ends at `end`, is a value and the key of the next entry.
    fn is_two_entries(&self, text: &str, end: usize) -> bool {
        !self.open.brackets.is_empty()
            && text.contains([' ', '\t'])
            && self.text[end..].trim_start().starts_with('=')
    }

    /// A key and `=`, and nothing, or a comment where its value belongs.
    fn no_value(&self, equals: usize) -> Found {
        let before = &self.text[self.open.statement.min(equals)..equals];
        let key = before
            .rsplit(['{', ',', '\n'])
            .next()
            .unwrap_or(before)
            .trim();
        let from = equals + 1;
        let rest = &self.text[from..lines::end(self.text, from)];
        let comment = rest.trim_start();
        let start = from + rest.len() - comment.len();
        let comment = comment.trim_end();
        if let Some(found) = self.swallowed(start, comment) {
            return found;
        }
        // A comment of one word may be the value: `#ff0000`.
        let is_value = comment.starts_with('#') && !comment.contains(' ');
        let comment = is_value.then(|| (comment, self.span(start..start + comment.len())));
        let report = invalid_toml::no_value(self.span(equals..from), key, comment);
        let below = losses::with_orphans(self.text, lines::next(self.text, from));
        let below = losses::trimmed(self.text, below);
        let found = Found::from(report);
        match self.open.brackets.is_empty() && below > lines::next(self.text, from) {
            // What follows may be the items of a list whose bracket is missing.
            true => found.lost(from..below),
            false => found.lost(from..from),
        }
    }

    /// A comment like `#urgent]` that was meant as the last item of its list.
    fn swallowed_in_list(&self) -> Option<Found> {
        let &(open, '[') = self.open.brackets.last()? else {
            return None;
        };
        let line = &self.text[open..lines::end(self.text, open)];
        let start = open + line.find(" #")? + 1;
        let comment = self.text[start..lines::end(self.text, start)].trim_end();
        let is_word = !comment[1..].starts_with([' ', '\t', '#']);
        is_word.then(|| self.swallowed(start, comment))?
    }

    /// A comment at `start` that was meant as a value, and that holds what should close the
    /// bracket around it.
    fn swallowed(&self, start: usize, comment: &str) -> Option<Found> {
        let &(open, bracket) = self.open.brackets.last()?;
        let close = if bracket == '{' { '}' } else { ']' };
        if !comment.starts_with('#') || !comment.contains(close) {
            return None;
        }
        let word = comment.split([' ', '\t', ',', ']', '}']).next()?;
        let value: Span = self.span(start..start + word.len());
        let report = invalid_toml::swallowed_bracket(
            self.span(start..start + comment.len()),
            comment,
            (word, value),
            (self.char_at(open), bracket),
        );
        Some(Found::from(report).meant(start..start + word.len(), quoted(word)))
    }
}

/// Whether `value` reads as it stands: it has its quotes, or needs none.
pub(super) fn is_whole(value: &str) -> bool {
    let quote = |q: char| value.len() > 1 && value.starts_with(q) && value.ends_with(q);
    quote('"')
        || quote('\'')
        || matches!(value, "true" | "false")
        || (!value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()))
}

/// The text that `value` plainly is, though it has no quotes, or not the straight ones.
pub(super) fn plain_text(value: &str) -> Option<&str> {
    let inner = value.trim_matches(invalid_toml::QUOTES);
    let doubtful = |c: char| matches!(c, '"' | '\'' | '[' | ']' | '{' | '}' | '=' | ',' | '#');
    let is_word = inner.starts_with(|c: char| c.is_alphabetic() || c == '*');
    let is_other = invalid_toml::boolean(inner).is_some() || invalid_toml::is_null(value);
    (is_word && !inner.contains(doubtful) && !is_other).then_some(inner)
}

/// What `value`, which reads as nothing, plainly means, as TOML.
fn meant(value: &str) -> Option<String> {
    match value {
        "True" | "TRUE" => Some("true".to_owned()),
        "False" | "FALSE" => Some("false".to_owned()),
        _ => plain_text(value).map(quoted),
    }
}

//! Mistakes in values: text without quotes, numbers that are none, commas.

use std::ops::Range;

use super::super::lines;
use super::super::slips::{Found, Slip, Written, closing};
use super::complaints::Complaint;
use super::losses;
use super::mistakes::InStatement;
use crate::node::quoted;

impl<'t> InStatement<'_, 't> {
    /// A statement that is broken after its `=`.
    pub(super) fn value(&self, complaint: Complaint) -> Found {
        match complaint {
            Complaint::SecondEquals => {
                let found = self.found(self.char_at(self.at), Slip::SecondEquals);
                return found.meant(self.at..self.at + 1, "");
            }
            Complaint::ExtraComma => return self.extra_comma(),
            Complaint::NotOpened => {
                if let Some(found) = self.stray_bracket(self.at) {
                    return found;
                }
            }
            Complaint::MissingComma => {
                let word = self.word_at(self.at);
                return self
                    .missing_comma(word.clone())
                    .meant(word.start..word.start, ", ");
            }
            Complaint::Trailing => return self.after_or_unreadable(complaint),
            Complaint::InlineKey | Complaint::EmptyKey => return self.inline_key(),
            _ => {}
        }
        if let Some(found) = self.arrow_for_equals() {
            return found;
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
        self.unreadable_value(complaint, value)
    }

    /// `to => "Closed"`.
    fn arrow_for_equals(&self) -> Option<Found> {
        let equals = self.open.equals.filter(|_| self.open.brackets.is_empty())?;
        let sign = self.text[equals + 1..].starts_with('>');
        sign.then(|| {
            let found = self.found(equals..equals + 2, Slip::ArrowForEquals);
            found.meant(equals + 1..equals + 2, "")
        })
    }

    fn missing_comma(&self, next: Range<usize>) -> Found {
        self.found(next, Slip::MissingComma(None, None))
    }

    fn unreadable_value(&self, complaint: Complaint, value: Range<usize>) -> Found {
        match &self.text[value.clone()] {
            "" => self.swallowed_in_list().unwrap_or_else(|| {
                self.no_value(self.text[..self.at].rfind('=').unwrap_or(self.at))
            }),
            text if self.is_two_entries(text, value.end) => {
                let start = value.start + text.rfind([' ', '\t']).map_or(0, |blank| blank + 1);
                self.missing_comma(start..value.end)
            }
            text if text
                .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) =>
            {
                let slip = Slip::NotANumber(Written(text));
                self.found(value.clone(), slip).repair(losses::value(value))
            }
            text if matches!(
                complaint,
                Complaint::Value | Complaint::Text | Complaint::Escape
            ) =>
            {
                let found = self.bare_value(value.clone(), text);
                match meant(text) {
                    Some(meant) => found.meant(value, meant),
                    None => found.repair(losses::value(value)),
                }
            }
            _ => self.unreadable(),
        }
    }

    /// A value that is text without quotes.
    fn bare_value(&self, at: Range<usize>, text: &str) -> Found {
        let value = Written(text);
        let meant = in_brackets(text);
        self.found(
            at,
            match (boolean(text), &meant) {
                (Some(true), _) => Slip::OtherWord(value, Some("true")),
                (Some(false), _) => Slip::OtherWord(value, Some("false")),
                _ if is_null(text) => Slip::OtherWord(value, None),
                (_, Some(meant)) => Slip::OtherBrackets(value, Written(meant)),
                _ => Slip::BareValue(value, Written(text.trim_matches(QUOTES))),
            },
        )
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
        self.found(self.char_at(comma), Slip::StrayComma)
            .meant(comma..comma + 1, "")
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
        let (place, comment) = match is_value {
            true => (start..start + comment.len(), Some(Written(comment))),
            false => (equals..from, None),
        };
        let found = self.found(place, Slip::NoValue(Written(key), comment));
        let below = losses::with_orphans(self.text, lines::next(self.text, from));
        let below = losses::trimmed(self.text, below);
        match self.open.brackets.is_empty() && below > lines::next(self.text, from) {
            // What follows may be the items of a list whose bracket is missing.
            true => found.repair(losses::value(from..below)),
            false => found.repair(losses::value(from..from)),
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
        if !comment.starts_with('#') || !comment.contains(closing(bracket)) {
            return None;
        }
        let word = comment.split([' ', '\t', ',', ']', '}']).next()?;
        let value = start..start + word.len();
        let slip = Slip::SwallowedBracket(
            Written(comment),
            (Written(word), self.span(value.clone())),
            (self.span(self.char_at(open)), bracket),
        );
        let found = self.found(start..start + comment.len(), slip);
        Some(found.meant(value, quoted(word)))
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
    let inner = value.trim_matches(QUOTES);
    let doubtful = |c: char| matches!(c, '"' | '\'' | '[' | ']' | '{' | '}' | '=' | ',' | '#');
    let is_word = inner.starts_with(|c: char| c.is_alphabetic() || c == '*');
    let is_other = boolean(inner).is_some() || is_null(value);
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
fn is_null(word: &str) -> bool {
    let is = |known: &&str| word.eq_ignore_ascii_case(known);
    ["null", "nil", "undefined", "~"].iter().any(is)
}

/// What people and word processors put around text.
const QUOTES: &[char] = &['“', '”', '„', '‘', '’', '«', '»', '"', '\''];

/// What boolean a word is that means one elsewhere.
fn boolean(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

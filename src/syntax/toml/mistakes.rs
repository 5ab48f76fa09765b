//! From the parser's error to the mistake that was made.
//!
//! The parser says what it expected; the statement around the place says what its author meant.
//! Where neither tells, the report says only that the text cannot be read.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

use super::super::lines::{self, Line};
use super::super::recovery::Mistake;
use super::super::{exceeded_limits, invalid_toml, place};
use super::surroundings::{self, Open, is_header, is_statement};

/// The statement that holds the byte at `at`, with what is left out together with it.
pub(super) fn statement(text: &str, at: usize) -> Range<usize> {
    surroundings::entry(text, &surroundings::open_at(text, at), at).range
}

/// What is wrong in `text` (`source`'s text, some of it blanked), where the parser met an error
/// at `at` and says `message`.
pub(super) fn explain(source: &Source, text: &str, message: &str, at: usize) -> Mistake {
    let at = text.floor_char_boundary(at.min(text.len()));
    let look = Look {
        source,
        text,
        at,
        open: surroundings::open_at(text, at),
    };
    Mistake {
        report: look.explain(message),
        local: None,
        entry: surroundings::entry(text, &look.open, at),
    }
}

struct Look<'s, 't> {
    source: &'s Source,
    text: &'t str,
    /// Where the parser met the error.
    at: usize,
    open: Open,
}

impl<'t> Look<'_, 't> {
    fn explain(&self, message: &str) -> Diagnostic {
        if message.contains("recursion") {
            return exceeded_limits::depth(self.char_at(self.at));
        }
        if let Some(report) = self.in_quotes(message) {
            return report;
        }
        if is_header(&self.statement()) && self.open.equals.is_none() {
            return self.header(message);
        }
        if let Some(report) = self.unclosed_bracket() {
            return report;
        }
        match self.open.equals {
            Some(equals) if equals < self.at => self.value(message),
            _ => self.key(),
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        place(self.source, range)
    }

    fn char_at(&self, at: usize) -> Span {
        let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
        self.span(at..at + length)
    }

    fn statement(&self) -> Line<'t> {
        Line::at(self.text, self.open.statement)
    }

    /// An escape that there is not, or a quote that is not closed.
    fn in_quotes(&self, message: &str) -> Option<Diagnostic> {
        let (start, quote) = self.open.quote?;
        if message.contains("escape")
            || message.contains("unicode")
            || message.contains("invalid value")
        {
            let from = start + self.text[start..self.at].rfind('\\')?;
            let end = from
                + self.text[from..]
                    .chars()
                    .take(2)
                    .map(char::len_utf8)
                    .sum::<usize>();
            return Some(invalid_toml::bad_escape(
                self.span(from..end),
                &self.text[from..end],
            ));
        }
        let at = self.span(start..start + quote.len());
        message
            .contains("string")
            .then(|| invalid_toml::unclosed_quote(at, quote))
    }

    /// A broken header: a name that needs quotes, or no bracket at its end.
    fn header(&self, message: &str) -> Diagnostic {
        let line = self.statement();
        let opener = if line.content.starts_with("[[") { 2 } else { 1 };
        let close = &"]]"[..opener];
        let begin = line.range().start + opener;
        let content = line
            .content
            .find(" #")
            .map_or(line.content, |end| &line.content[..end]);
        let inside = content[opener..].trim_end_matches([']', ' ']);
        let missing = self.text[begin..self.at.max(begin)]
            .trim_end()
            .ends_with('.')
            || inside.trim().is_empty();
        if missing && message.contains("empty") {
            return invalid_toml::missing_key(self.char_at(self.at));
        }
        let (name, start) = last_name(inside, begin);
        let name_end = start + name.len();
        let closed = content.ends_with(close);
        if closed && name.contains(|c: char| !is_bare(c)) && !name.contains(['"', '\'']) {
            return invalid_toml::bare_key(self.span(start..name_end), name);
        }
        if !closed {
            return invalid_toml::unclosed_header(self.span(line.range()), close);
        }
        self.after_or_unreadable(message)
    }

    fn after_or_unreadable(&self, message: &str) -> Diagnostic {
        let rest = self.rest_of_line();
        match message.contains("unexpected") && !rest.is_empty() {
            true if rest.starts_with([']', '}']) => {
                invalid_toml::stray_bracket(self.char_at(self.at), &rest[..1])
            }
            true => {
                let start = self.at + self.text[self.at..].find(rest).unwrap_or(0);
                invalid_toml::after_value(self.span(start..start + rest.len()), rest)
            }
            false => self.unreadable(),
        }
    }

    /// What stands between the place and the end of the line, without a comment.
    fn rest_of_line(&self) -> &'t str {
        let rest = &self.text[self.at..lines::end(self.text, self.at)];
        rest.find(" #")
            .map_or(rest, |comment| &rest[..comment])
            .trim()
    }

    /// A bracket that is open where another statement begins, or at the end of the file.
    fn unclosed_bracket(&self) -> Option<Diagnostic> {
        let &(start, bracket) = self.open.brackets.last()?;
        let ahead = self.at + self.text[self.at..].len() - self.text[self.at..].trim_start().len();
        let line = Line::at(self.text, ahead);
        let new_line = line.start > lines::start(self.text, start) && line.range().start >= ahead;
        let outside = line.indent <= self.statement().indent;
        if let Some(close) = self.wrong_close(bracket) {
            let stop = Some(self.char_at(close));
            return Some(invalid_toml::unclosed_bracket(
                self.char_at(start),
                bracket,
                stop,
            ));
        }
        if let Some(report) = self.list_before_header() {
            return Some(report);
        }
        let starts = new_line && is_statement(&line) && (bracket == '[' || outside);
        if !starts && ahead < self.text.len() {
            return None;
        }
        let end = line.content.split(['=', ' ']).next().map_or(0, str::len);
        let stop = starts.then(|| self.span(ahead..ahead + end.max(1)));
        Some(invalid_toml::unclosed_bracket(
            self.char_at(start),
            bracket,
            stop,
        ))
    }

    /// A list that is still open at a line like `[name]`, which was meant as a header.
    fn list_before_header(&self) -> Option<Diagnostic> {
        let &[.., (start, '['), (inner, '[')] = self.open.brackets.as_slice() else {
            return None;
        };
        let line = Line::at(self.text, inner);
        let is_header = line.range().start == inner
            && line.start > start
            && line.indent <= self.statement().indent
            && line.content.ends_with(']')
            && is_statement(&line);
        let stop = Some(self.span(line.range()));
        is_header.then(|| invalid_toml::unclosed_bracket(self.char_at(start), '[', stop))
    }

    /// The closing bracket that ends the entry at the place, where it is not that of `bracket`.
    fn wrong_close(&self, bracket: char) -> Option<usize> {
        let end = self.text[self.at..].find([',', ']', '}', '"', '\'', '#', '\n'])?;
        let wrong = if bracket == '[' { '}' } else { ']' };
        self.text[self.at + end..]
            .starts_with(wrong)
            .then_some(self.at + end)
    }

    /// A statement that is broken before its `=`, or has none.
    fn key(&self) -> Diagnostic {
        let line = self.statement();
        let begin = line.range().start;
        if line.content.starts_with("- ") || line.content == "-" {
            return invalid_toml::dash_item(self.span(line.range()), line.content);
        }
        if line.content.starts_with(['=', '.']) {
            return invalid_toml::missing_key(self.char_at(begin));
        }
        if line.content.starts_with([']', '}']) {
            return invalid_toml::stray_bracket(self.char_at(begin), &line.content[..1]);
        }
        let equals = line.content.find('=');
        let key = equals
            .map_or(line.content, |equals| &line.content[..equals])
            .trim_end();
        if let Some(colon) = key.find(':').filter(|_| !key.starts_with(['"', '\''])) {
            let at = self.span(begin + colon..begin + colon + 1);
            return invalid_toml::colon_for_equals(at, key[..colon].trim_end());
        }
        if key.ends_with('.') || key.contains("..") {
            return invalid_toml::missing_key(self.char_at(self.at));
        }
        if equals.is_some() && !key.contains(['"', '\'']) {
            let (name, start) = last_name(key, begin);
            return invalid_toml::bare_key(self.span(start..start + name.len()), name);
        }
        let name = key.split([' ', '\t']).next().unwrap_or(key);
        let rest = key[name.len()..].trim();
        let rest = if equals.is_some() || !rest.starts_with(['"', '\'']) {
            ""
        } else {
            rest
        };
        match rest.is_empty() && equals.is_none() {
            true => invalid_toml::no_equals(self.span(begin..begin + key.len()), key, ""),
            false => invalid_toml::no_equals(self.span(begin..begin + name.len()), name, rest),
        }
    }

    /// A statement that is broken after its `=`.
    fn value(&self, message: &str) -> Diagnostic {
        let rest = self.rest_of_line();
        if message.contains("extra `=`") {
            return invalid_toml::second_equals(self.char_at(self.at));
        }
        if message.contains("extra comma") {
            let comma = match self.text[self.at..].starts_with(',') {
                true => self.at,
                false => self.at.saturating_sub(1),
            };
            let before = self.text[..comma].trim_end();
            return match before.ends_with('=') {
                true => self.no_value(before.len() - 1),
                false => invalid_toml::stray_comma(self.char_at(comma)),
            };
        }
        if message.contains("opening") && rest.starts_with([']', '}']) {
            return invalid_toml::stray_bracket(self.char_at(self.at), &rest[..1]);
        }
        if message.contains("missing comma") || message.contains("extra assignment") {
            return invalid_toml::missing_comma(self.word_at(self.at));
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
        match &self.text[value.clone()] {
            "" => self.no_value(self.text[..self.at].rfind('=').unwrap_or(self.at)),
            text if self.is_two_entries(text, value.end) => {
                let start = value.start + text.rfind([' ', '\t']).map_or(0, |blank| blank + 1);
                invalid_toml::missing_comma(self.span(start..value.end))
            }
            text if text
                .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) =>
            {
                invalid_toml::not_a_number(self.span(value), text)
            }
            text if message.contains("quote") || message.contains("invalid") => {
                invalid_toml::bare_value(self.span(value), text)
            }
            _ => self.unreadable(),
        }
    }

    fn word_at(&self, at: usize) -> Span {
        let rest = &self.text[at..];
        let start = at + rest.len() - rest.trim_start().len();
        let end = self.text[start..].find([' ', ',', '=', ']', '}', '\n', '\r']);
        self.span(start..end.map_or(self.text.len(), |end| start + end))
    }

    /// `{ x: 1 }`, or a name in an inline table that needs quotes.
    fn inline_key(&self) -> Diagnostic {
        let from = self
            .open
            .brackets
            .last()
            .map_or(self.open.statement, |&(at, _)| at + 1);
        let before = &self.text[from..self.at];
        let from = from + before.rfind([',', '\n']).map_or(0, |comma| comma + 1);
        let entry = &self.text[from..];
        let entry = &entry[..entry.find([',', '}', '\n']).unwrap_or(entry.len())];
        let start = from + entry.len() - entry.trim_start().len();
        let key = entry.split('=').next().unwrap_or("").trim();
        if let Some(colon) = key.find(':') {
            let at = self.span(start + colon..start + colon + 1);
            return invalid_toml::colon_for_equals(at, key[..colon].trim_end());
        }
        match (entry.contains('='), key.is_empty()) {
            (_, true) => invalid_toml::missing_key(self.char_at(self.at)),
            (true, _) => invalid_toml::bare_key(self.span(start..start + key.len()), key),
            (false, _) => invalid_toml::no_equals(self.span(start..start + key.len()), key, ""),
        }
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
    fn no_value(&self, equals: usize) -> Diagnostic {
        let before = &self.text[self.open.statement.min(equals)..equals];
        let key = before
            .rsplit(['{', ',', '\n'])
            .next()
            .unwrap_or(before)
            .trim();
        let rest = &self.text[self.at..lines::end(self.text, self.at)];
        let comment = rest.trim_start();
        let start = self.at + rest.len() - comment.len();
        let comment = comment.trim_end();
        // A comment of one word may be the value: `#ff0000`.
        let is_value = comment.starts_with('#') && !comment.contains(' ');
        let comment = is_value.then(|| (comment, self.span(start..start + comment.len())));
        invalid_toml::no_value(self.span(equals..equals + 1), key, comment)
    }

    fn unreadable(&self) -> Diagnostic {
        let rest = self.rest_of_line();
        let at = self.span(self.at..self.at + rest.len());
        invalid_toml::unreadable(at, rest)
    }
}

fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// The last name of a dotted key without quotes that needs them, or the last one, and where it
/// starts; `begin` is where `key` starts.
fn last_name(key: &str, begin: usize) -> (&str, usize) {
    let mut at = begin;
    let mut found = (key, begin);
    for part in key.split('.') {
        let name = part.trim();
        found = (name, at + part.len() - part.trim_start().len());
        if name.contains(|c: char| !is_bare(c)) && !name.contains(['"', '\'']) {
            break;
        }
        at += part.len() + 1;
    }
    found
}

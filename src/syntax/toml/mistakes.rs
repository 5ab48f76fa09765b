//! From the parser's error to the mistake that was made.
//!
//! The parser says what it complains of; the statement around the place says what its author meant.
//! Where neither tells, the report says only that the text cannot be read.

use std::ops::{Deref, Range};

use crate::node::quoted;

use super::super::draft::Draft;
use super::super::exceeded_limits;
use super::super::lines::{self, Line};
use super::super::recovery::Mistake;
use super::super::slips::{Extent, Found, Scanner, Slip, TOML, Written};
use super::complaints::Complaint;
use super::losses;
use super::surroundings::{self, Open, is_header};

/// Whether `key` is one without quotes.
fn is_bare_key(key: &str) -> bool {
    !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// The statement that holds the byte at `at`, with what is left out together with it.
pub(super) fn statement(text: &str, at: usize) -> Range<usize> {
    surroundings::entry(text, &surroundings::open_at(text, at), at).range
}

/// What is wrong in `draft`, where the parser met an error at `at` and complains of it.
pub(super) fn explain(draft: &Draft<'_>, complaint: Complaint, at: usize) -> Mistake {
    let scanner = Scanner::new(&TOML, draft, at);
    let open = surroundings::open_at(scanner.text, scanner.at);
    let scanner = InStatement {
        scanner,
        open: &open,
    };
    let around = losses::around(scanner.text, &open, scanner.at);
    let found = scanner.explain(complaint).blaming(open.statement);
    found.into_mistake(open.statement, around)
}

/// A text that does not parse, the place where that was found, and the statement there.
#[derive(Clone, Copy)]
pub(super) struct InStatement<'d, 't> {
    scanner: Scanner<'d, 't>,
    pub open: &'d Open,
}

impl<'d, 't> Deref for InStatement<'d, 't> {
    type Target = Scanner<'d, 't>;

    fn deref(&self) -> &Scanner<'d, 't> {
        &self.scanner
    }
}

impl<'t> InStatement<'_, 't> {
    fn explain(&self, complaint: Complaint) -> Found {
        if complaint == Complaint::Depth {
            let at = self.span(self.char_at(self.at));
            return Found::new(self.at, exceeded_limits::depth(self.draft.source, at));
        }
        if let Some(found) = self.odd_blank() {
            return found;
        }
        if let Some(found) = self.in_quotes(complaint) {
            return found;
        }
        if is_header(&self.statement()) && self.open.equals.is_none() {
            return self.header(complaint);
        }
        if let Some(found) = self.unclosed_bracket() {
            return found;
        }
        match self.open.equals {
            Some(equals) if equals < self.at => self.value(complaint),
            _ => self.key(),
        }
    }

    pub(super) fn statement(&self) -> Line<'t> {
        Line::at(self.text, self.open.statement)
    }

    /// A blank that is no space before the place, outside of quotes.
    fn odd_blank(&self) -> Option<Found> {
        let start = lines::start(self.text, self.at);
        let line = &self.text[start..lines::end(self.text, self.at)];
        let (odd, found) = self.odd_blanks(start, line)?;
        let open = surroundings::open_at(self.text, odd.start);
        let counts = open.quote.is_none()
            && !line[..odd.start - start].contains('#')
            && odd.start <= self.at;
        counts.then_some(found)
    }

    /// An escape that there is not, or a quote that is not closed.
    fn in_quotes(&self, complaint: Complaint) -> Option<Found> {
        let (start, quote) = self.open.quote?;
        match complaint {
            Complaint::Escape => {
                let from = start + self.text[start..self.at].rfind('\\')?;
                let two = self.text[from..].chars().take(2).map(char::len_utf8);
                let range = from..from + two.sum::<usize>();
                let slip = Slip::BadEscape(Written(&self.text[range.clone()]));
                Some(self.found(range, slip))
            }
            Complaint::Text => Some(self.unclosed_quote(start, quote)),
            _ => None,
        }
    }

    fn unclosed_quote(&self, start: usize, quote: &str) -> Found {
        let extent = match quote.len() {
            1 => Extent::Line,
            _ => Extent::Lines,
        };
        let slip = Slip::UnclosedText(quote, extent, None);
        let found = self.found(start..start + quote.len(), slip);
        let in_brackets = !self.open.brackets.is_empty();
        match self.end_of_unclosed(start, quote) {
            Some(end) if extent == Extent::Line && !in_brackets => found.meant(end..end, quote),
            _ => found,
        }
    }

    pub(super) fn after_or_unreadable(&self, complaint: Complaint) -> Found {
        let rest = self.rest_of_line();
        let is_after = matches!(complaint, Complaint::Trailing | Complaint::Unexpected);
        if !is_after || rest.is_empty() {
            return self.unreadable();
        }
        let start = self.at + self.text[self.at..].find(rest).unwrap_or(0);
        let range = start..start + rest.len();
        if let Some(found) = self.stray_bracket(start) {
            return found.meant(start..start + 1, "");
        }
        if rest == "," {
            return self
                .found(range.clone(), Slip::CommaAfterValue)
                .meant(range, "");
        }
        let more = self
            .more_after_value(range.clone())
            .or_else(|| self.other_comment(start));
        if let Some(found) = more {
            return found;
        }
        let found = self.found(range.clone(), Slip::AfterValue(Written(rest), None));
        match self.inside_outer_quotes(range.end) {
            Some((value, inside)) => found.meant(value, quoted(inside)),
            None => found,
        }
    }

    /// What follows a value at `rest`, to the end of its line: a semicolon, more items of a list without
    /// brackets, or another assignment.
    fn more_after_value(&self, rest: Range<usize>) -> Option<Found> {
        let text = &self.text[rest.clone()];
        if text == ";" {
            let found = self.found(rest.clone(), Slip::SemicolonAfterValue);
            return Some(found.meant(rest, ""));
        }
        let next = text.trim_start_matches([',', ';']).trim_start();
        let second = rest.end - next.len()..rest.end;
        let from = self.open.equals.filter(|_| self.open.brackets.is_empty())? + 1;
        if next
            .split_once('=')
            .is_some_and(|(key, _)| is_bare_key(key.trim_end()))
        {
            let before = self.text[from..rest.start].trim_end();
            let slip = Slip::SecondAssignment(Written(next));
            let found = self.found(second.clone(), slip);
            return Some(found.meant(from + before.len()..second.start, "\n"));
        }
        let value = self.text[from..rest.end].trim_start();
        let value = rest.end - value.len()..rest.end;
        let all = &self.text[value.clone()];
        let is_text = |item: &str| {
            let item = item.trim();
            let inside = item
                .strip_prefix('"')
                .and_then(|item| item.strip_suffix('"'));
            inside.is_some_and(|inside| !inside.contains(['"', '\\']))
        };
        let list =
            (text.starts_with(',') && all.split(',').all(is_text)).then(|| format!("[{all}]"))?;
        let slip = Slip::OtherBrackets(Written(all), Written(&list));
        Some(self.found(value.clone(), slip).meant(value, list.as_str()))
    }

    /// The value of the statement, to `end`, and what stands in the quotes around all of it, such
    /// as `'It's new'`, where no escape leaves a doubt.
    fn inside_outer_quotes(&self, end: usize) -> Option<(Range<usize>, &'t str)> {
        let from = self.open.equals.filter(|_| self.open.brackets.is_empty())? + 1;
        let text = self.text.get(from..end)?;
        let start = end - text.trim_start().len();
        let text = text.trim_start();
        let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
        let doubtful = inside.contains(['\\', '\n', '=']) || inside.starts_with(quote);
        (!doubtful).then_some((start..end, inside))
    }

    /// What stands between the place and the end of the line, without a comment.
    pub(super) fn rest_of_line(&self) -> &'t str {
        let rest = &self.text[self.at..lines::end(self.text, self.at)];
        rest.find(" #")
            .map_or(rest, |comment| &rest[..comment])
            .trim()
    }

    pub(super) fn unreadable(&self) -> Found {
        let rest = self.rest_of_line();
        self.found(
            self.at..self.at + rest.len(),
            Slip::Unreadable(Written(rest)),
        )
    }

    /// The bracket at `at` that closes nothing, if there is one.
    pub(super) fn stray_bracket(&self, at: usize) -> Option<Found> {
        let bracket = self.text[at..].chars().next()?;
        let is_closing = matches!(bracket, ']' | '}');
        is_closing.then(|| self.found(self.char_at(at), Slip::StrayBracket(bracket)))
    }
}

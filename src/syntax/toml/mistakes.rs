//! From the parser's error to the mistake that was made.
//!
//! The parser says what it expected; the statement around the place says what its author meant.
//! Where neither tells, the report says only that the text cannot be read.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::node::quoted;
use crate::source::Span;

use super::super::draft::{Draft, Patch};
use super::super::lines::{self, Line};
use super::super::recovery::{Mistake, Repair};
use super::super::{blanks, exceeded_limits, invalid_toml};
use super::losses;
use super::surroundings::{self, Open, is_header};

/// The statement that holds the byte at `at`, with what is left out together with it.
pub(super) fn statement(text: &str, at: usize) -> Range<usize> {
    surroundings::entry(text, &surroundings::open_at(text, at), at).range
}

/// What is wrong in `draft`, where the parser met an error at `at` and says `message`.
pub(super) fn explain(draft: &Draft<'_>, message: &str, at: usize) -> Mistake {
    let text: &str = &draft.text;
    let at = text.floor_char_boundary(at.min(text.len()));
    let open = surroundings::open_at(text, at);
    let look = Look {
        draft,
        text,
        at,
        open: &open,
    };
    let found = look.explain(message);
    let mut repairs = found.repairs;
    repairs.extend(losses::around(text, &open, at));
    Mistake {
        report: found.report,
        at: open.statement,
        repairs,
        entry: open.statement,
    }
}

/// What was found: a report, and what can be done besides giving up the whole value.
pub(super) struct Found {
    report: Diagnostic,
    repairs: Vec<Repair>,
}

impl From<Diagnostic> for Found {
    fn from(report: Diagnostic) -> Self {
        Found {
            report,
            repairs: Vec::new(),
        }
    }
}

impl Found {
    /// With patches that say what was plainly meant, or that give up less than a whole value.
    pub fn repair(mut self, repair: impl Into<Option<Repair>>) -> Self {
        self.repairs.extend(repair.into());
        self
    }

    /// With `text` in the place of `range`, which is what was plainly meant.
    pub fn meant(self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.repair(vec![Patch::meant(range, text)])
    }

    /// With `range`, a value, given up.
    pub fn lost(self, range: Range<usize>) -> Self {
        self.repair(losses::value(range))
    }
}

/// A text that does not parse, and the place where that was found.
#[derive(Clone, Copy)]
pub(super) struct Look<'d, 't> {
    pub draft: &'d Draft<'d>,
    pub text: &'t str,
    /// Where the parser met the error.
    pub at: usize,
    pub open: &'d Open,
}

impl<'t> Look<'_, 't> {
    fn explain(&self, message: &str) -> Found {
        if message.contains("recursion") {
            return exceeded_limits::depth(self.draft.source, self.char_at(self.at)).into();
        }
        if let Some(found) = self.odd_blank() {
            return found;
        }
        if let Some(found) = self.in_quotes(message) {
            return found;
        }
        if is_header(&self.statement()) && self.open.equals.is_none() {
            return self.header(message);
        }
        if let Some(found) = self.unclosed_bracket() {
            return found;
        }
        match self.open.equals {
            Some(equals) if equals < self.at => self.value(message),
            _ => self.key(),
        }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.draft.place(range)
    }

    pub(super) fn char_at(&self, at: usize) -> Span {
        let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
        self.span(at..at + length)
    }

    pub(super) fn statement(&self) -> Line<'t> {
        Line::at(self.text, self.open.statement)
    }

    /// A blank that is no space before the place, outside of quotes.
    fn odd_blank(&self) -> Option<Found> {
        let start = lines::start(self.text, self.at);
        let line = &self.text[start..lines::end(self.text, self.at)];
        let (odd, first) = blanks::first_odd(line)?;
        let range = start + odd.start..start + odd.end;
        let quoted = surroundings::open_at(self.text, range.start)
            .quote
            .is_some();
        if quoted || line[..odd.start].contains('#') || range.start > self.at {
            return None;
        }
        let text = &line[odd];
        let report = blanks::report(&invalid_toml::CODE, self.span(range.clone()), text, first);
        Some(Found::from(report).meant(range, blanks::spaces_for(text)))
    }

    /// An escape that there is not, or a quote that is not closed.
    fn in_quotes(&self, message: &str) -> Option<Found> {
        let (start, quote) = self.open.quote?;
        if message.contains("escape")
            || message.contains("unicode")
            || message.contains("invalid value")
        {
            let from = start + self.text[start..self.at].rfind('\\')?;
            let two = self.text[from..].chars().take(2).map(char::len_utf8);
            let end = from + two.sum::<usize>();
            let report = invalid_toml::bad_escape(self.span(from..end), &self.text[from..end]);
            return Some(report.into());
        }
        message
            .contains("string")
            .then(|| self.unclosed_quote(start, quote))
    }

    fn unclosed_quote(&self, start: usize, quote: &str) -> Found {
        let at = self.span(start..start + quote.len());
        let found = Found::from(invalid_toml::unclosed_quote(at, quote));
        let end = start
            + self.text[start..lines::end(self.text, start)]
                .trim_end()
                .len();
        let inside = &self.text[(start + quote.len()).min(end)..end];
        let harmless = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',');
        // Where the file ends, the text may go on in the part that was cut off.
        let is_cut_off = end == self.text.trim_end().len();
        let is_plain = !inside.is_empty() && inside.chars().all(harmless);
        match quote.len() == 1 && is_plain && !is_cut_off && self.open.brackets.is_empty() {
            true => found.meant(end..end, quote),
            false => found,
        }
    }

    pub(super) fn after_or_unreadable(&self, message: &str) -> Found {
        let rest = self.rest_of_line();
        if !message.contains("unexpected") || rest.is_empty() {
            return self.unreadable();
        }
        let start = self.at + self.text[self.at..].find(rest).unwrap_or(0);
        let range = start..start + rest.len();
        if rest.starts_with([']', '}']) {
            let report = invalid_toml::stray_bracket(self.char_at(start), &rest[..1]);
            return Found::from(report).meant(start..start + 1, "");
        }
        if rest == "," {
            let report = invalid_toml::comma_after_value(self.span(range.clone()));
            return Found::from(report).meant(range, "");
        }
        let found = Found::from(invalid_toml::after_value(self.span(range.clone()), rest));
        match self.inside_outer_quotes(range.end) {
            Some((value, inside)) => found.meant(value, quoted(inside)),
            None => found,
        }
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
        let at = self.span(self.at..self.at + rest.len());
        invalid_toml::unreadable(at, rest).into()
    }
}

//! Mistakes in text in quotes.

use std::ops::Range;

use crate::node::quoted;
use crate::source::Span;

use super::super::lines;
use super::super::slips::{Extent, Found, Scanner, Slip, Written, closing};
use super::escapes;
use super::losses;
use super::surroundings::Open;

impl Scanner<'_, '_> {
    pub(super) fn unclosed_quote(&self) -> Found {
        if matches!(self.char_here(), '"' | '\'') && self.open_at(self.at, |_| true).quote.is_none()
        {
            return self.open_quote(self.at, self.char_here(), None);
        }
        self.unclosed_at(self.at)
            .unwrap_or_else(|| self.unreadable())
    }

    /// The quote at `start` that is open to the end; `stop` is where that became plain.
    pub(super) fn open_quote(&self, start: usize, quote: char, stop: Option<usize>) -> Found {
        let stop = stop.and_then(|stop| self.stop(stop));
        self.unclosed(start, quote, stop)
    }

    fn unclosed(&self, start: usize, quote: char, stop: Option<Span>) -> Found {
        let quote = if quote == '"' { "\"" } else { "'" };
        let slip = Slip::UnclosedText(quote, Extent::Lines, stop);
        let found = self.found(self.char_at(start), slip);
        let in_brackets = !self.open_at(start, |_| true).brackets.is_empty();
        let end = match in_brackets {
            true => self.end_in_brackets(start),
            false => self.end_of_unclosed(start, quote),
        };
        match end {
            Some(end) => found.meant(end..end, quote),
            None => found,
        }
    }

    /// Where the text in brackets ends that begins with a quote at `start`: before the next comma or bracket.
    fn end_in_brackets(&self, start: usize) -> Option<usize> {
        let inside = &self.text[start + 1..lines::end(self.text, start)];
        let inside = inside[..inside.find([',', ']', '}'])?].trim_end();
        let harmless = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
        (!inside.is_empty() && inside.chars().all(harmless)).then(|| start + 1 + inside.len())
    }

    /// Something follows a closing quote.
    pub(super) fn after_quote(&self) -> Found {
        let just_closed = |open: &Open| {
            let gap = open
                .closed
                .and_then(|(_, end)| self.text.get(end + 1..self.at));
            open.quote.is_none() && gap.is_some_and(|gap| gap.trim().is_empty())
        };
        let open = self.open_at(self.at, just_closed);
        let Some((start, end)) = open.closed else {
            return self.unreadable();
        };
        let quote = match self.text[start..].starts_with('"') {
            true => '"',
            false => '\'',
        };
        // A text that began lines ago was rather left open there.
        if self.text[start..end].contains(['\n', '\r']) {
            return self.unclosed(start, quote, Some(self.span(self.char_at(end))));
        }
        let value = start..self.value_end(self.at, &open);
        let rest = &self.text[self.at..value.end.max(self.at)];
        // `'Don't start'` is one text whose quotes end too early.
        let goes_on = self.at == end + 1 && rest.ends_with(quote) && !rest.starts_with(quote);
        if let (")", Some(&(bracket, kind))) = (rest, open.brackets.last()) {
            let slip = Slip::WrongBracket(')', kind, self.span(self.char_at(bracket)));
            let at = self.at..self.at + 1;
            return self
                .found(at.clone(), slip)
                .blaming(start)
                .meant(at, closing(kind));
        }
        if !open.brackets.is_empty() && !goes_on {
            return self.second_text(&self.text[start..=end], rest, quote);
        }
        let at = self.at..self.at + rest.len();
        if rest == "," {
            let found = self.found(at.clone(), Slip::CommaAfterValue);
            return found.blaming(start).meant(at, "");
        }
        let slip = Slip::AfterQuote(Written(rest), quote);
        let found = self.found(at, slip).blaming(start);
        match self.inside_outer_quotes(value.clone(), quote) {
            Some(inside) => found.meant(value, quoted(inside)),
            None => found.repair(losses::value(value)),
        }
    }

    /// In brackets, `rest` follows the text `before` without a comma.
    fn second_text(&self, before: &str, rest: &str, quote: char) -> Found {
        let next = rest.trim_start_matches(['"', '\'']);
        let word = next.split(['"', '\'', ':', ',']).next().unwrap_or(next);
        let after = match rest.starts_with(quote) {
            true => rest,
            false => &rest[..(rest.len() - next.len()) + word.len()],
        };
        let around = Some((Written(before), Written(after)));
        let slip = Slip::MissingComma(around, None);
        let found = self.found(self.char_at(self.at), slip);
        match rest.starts_with(quote) || rest[word.len()..].starts_with(": ") {
            true => found.meant(self.at..self.at, ", "),
            false => found,
        }
    }

    /// What stands in the quotes around all of `value`, such as `'It's new'`, where no escape
    /// leaves a doubt.
    fn inside_outer_quotes(&self, value: Range<usize>, quote: char) -> Option<&str> {
        let inside = self.text[value].strip_prefix(quote)?.strip_suffix(quote)?;
        let doubtful = inside.contains('\\') || inside.contains([quote; 2].as_slice());
        (!doubtful).then_some(inside)
    }

    /// The first escape in the quotes at `at` that there is not.
    pub(super) fn escape(&self) -> Found {
        let inside = &self.text[self.at..];
        let mut from = 1.min(inside.len());
        while let Some(found) = inside[from..].find('\\') {
            let start = from + found;
            match escapes::length(&inside[start..]) {
                Ok(length) => from = start + length,
                // Nothing follows: the text ends before its quotes do.
                Err(1) => break,
                Err(length) => {
                    let range = self.at + start..self.at + start + length;
                    let slip = Slip::BadEscape(Written(&self.text[range.clone()]));
                    let found = self.found(range, slip).blaming(self.at);
                    return match self.close_of(self.at) {
                        Some(close) => found.repair(losses::value(self.at..close + 1)),
                        None => found,
                    };
                }
            }
        }
        self.unclosed_quote()
    }

    /// Where the double quote at `start` is closed, if that is on its line.
    fn close_of(&self, start: usize) -> Option<usize> {
        let line = &self.text.as_bytes()[start..lines::end(self.text, start)];
        let mut at = 1;
        while at < line.len() {
            match line[at] {
                b'\\' => at += 2,
                b'"' => return Some(start + at),
                _ => at += 1,
            }
        }
        None
    }
}

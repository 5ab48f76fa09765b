//! Mistakes in text in quotes.

use std::ops::Range;

use crate::node::quoted;

use super::super::invalid_yaml;
use super::super::lines;
use super::escapes;
use super::mistakes::{Found, Look};
use super::surroundings::Open;

impl Look<'_, '_> {
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
        let report = invalid_yaml::unclosed_quote(self.char_at(start), quote, stop);
        let found = Found::new(start, report);
        let end = start
            + self.text[start..lines::end(self.text, start)]
                .trim_end()
                .len();
        let inside = &self.text[start + 1..end];
        let harmless = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',');
        // Where the file ends, the text may go on in the part that was cut off.
        let is_cut_off = end == self.text.trim_end().len();
        let in_brackets = !self.open_at(start, |_| true).brackets.is_empty();
        let is_plain = !inside.is_empty() && inside.chars().all(harmless);
        match is_plain && !is_cut_off && !in_brackets {
            true => found.meant(end..end, quote),
            false => found,
        }
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
            let stop = Some(self.char_at(end));
            let report = invalid_yaml::unclosed_quote(self.char_at(start), quote, stop);
            return Found::new(start, report);
        }
        let value = start..self.value_end(self.at, &open);
        let rest = &self.text[self.at..value.end.max(self.at)];
        // `'Don't start'` is one text whose quotes end too early.
        let goes_on = self.at == end + 1 && rest.ends_with(quote) && !rest.starts_with(quote);
        if !open.brackets.is_empty() && !goes_on {
            return self.second_text(&self.text[start..=end], rest, quote);
        }
        let at = self.span(self.at..self.at + rest.len());
        if rest == "," {
            let report = invalid_yaml::comma_after_value(at);
            return Found::new(start, report).meant(self.at..self.at + 1, "");
        }
        let found = Found::new(start, invalid_yaml::after_quote(at, rest, quote));
        match self.inside_outer_quotes(value.clone(), quote) {
            Some(inside) => found.meant(value, quoted(inside)),
            None => found.lost(value),
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
        let report = invalid_yaml::missing_comma(self.char_at(self.at), before, after);
        let found = Found::new(self.at, report);
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
                    let report =
                        invalid_yaml::bad_escape(self.span(range.clone()), &self.text[range]);
                    let found = Found::new(self.at, report);
                    return match self.close_of(self.at) {
                        Some(close) => found.lost(self.at..close + 1),
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

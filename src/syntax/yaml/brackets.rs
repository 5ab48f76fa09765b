//! Mistakes in and around lists and maps in brackets.

use std::ops::Range;

use crate::node::quoted;

use super::super::lines::{self, Line};
use super::super::slips::{Found, Scanner, Slip, Written, closing};
use super::losses::{self, is_key_elsewhere};
use super::surroundings;

impl Scanner<'_, '_> {
    /// The bracket or quote that is still open at `at`, the start of a line outside of it.
    pub(super) fn unclosed_at(&self, at: usize) -> Option<Found> {
        let at = self.text.floor_char_boundary(at.min(self.text.len()));
        let open = self.open_at(at, |open| open.quote.is_some() || !open.brackets.is_empty());
        if let Some((start, quote)) = open.quote {
            return Some(self.open_quote(start, quote, Some(at)));
        }
        // Strict readers also mind a closing bracket that is not indented, which is no mistake.
        if self.text[at..].starts_with([']', '}']) {
            return None;
        }
        let &(start, bracket) = open.brackets.last()?;
        Some(self.unclosed_bracket(start, bracket, Some(at)))
    }

    /// The bracket at `start` is never closed; `stop` is where that became plain.
    pub(super) fn unclosed_bracket(
        &self,
        start: usize,
        bracket: char,
        stop: Option<usize>,
    ) -> Found {
        if let Some(found) = self.swallowed(start, bracket) {
            return found;
        }
        if let Some(found) = self.comment_in_value(start, bracket) {
            return found;
        }
        if let Some(close) = self.round_close(start, stop) {
            let slip = Slip::WrongBracket(')', bracket, self.span(self.char_at(start)));
            let found = self.found(close..close + 1, slip).blaming(start);
            return found.meant(close..close + 1, closing(bracket));
        }
        let place = stop.and_then(|stop| self.stop(stop));
        let last = self.last_entry(start, stop);
        let slip = Slip::Unclosed(bracket, last.map(Written), place, None);
        let found = self.found(self.char_at(start), slip);
        match self.missing_close(start) {
            Some((end, close)) => found.meant(end..end, close),
            None => found,
        }
    }

    /// The `)` at the end of a line between the bracket at `start` and `stop`, if it stands where that should be
    /// closed.
    fn round_close(&self, start: usize, stop: Option<usize>) -> Option<usize> {
        let own = lines::end(self.text, start);
        let all = &self.text[start..stop.unwrap_or(own).max(own)];
        let mut at = start;
        for line in all.split_inclusive('\n') {
            let words = lines::before_comment(line).trim_end();
            if words.contains('(') {
                return None;
            }
            if words.ends_with(')') {
                return Some(at + words.len() - 1);
            }
            at += line.len();
        }
        None
    }

    /// The last entry of what the bracket at `start` begins, where it should have ended before `stop`.
    fn last_entry(&self, start: usize, stop: Option<usize>) -> Option<&str> {
        let stop = lines::start(self.text, stop?);
        let last = lines::up(self.text, stop)
            .next()
            .filter(|line| line.range().end > start)?;
        let from = last.range().start.max(start + 1);
        let words = lines::before_comment(&self.text[from..last.range().end]);
        let words = words.trim_end_matches([' ', '\t', ',']);
        let entry = words.rsplit([',', '[', '{']).next()?.trim();
        (!entry.is_empty() && !entry.contains([']', '}'])).then_some(entry)
    }

    /// A comment on the line of the bracket at `start` that was meant as a value, and that holds
    /// what should close the bracket.
    fn swallowed(&self, start: usize, bracket: char) -> Option<Found> {
        let comment = self.comment_for_value(start)?;
        let text = &self.text[comment.clone()];
        if !text.contains(closing(bracket)) {
            return None;
        }
        let word = text.split([' ', '\t', ',', ']', '}']).next().unwrap_or("");
        let value = comment.start..comment.start + word.len();
        Some(self.swallowing(comment, value, start, bracket))
    }

    /// The bracket at `start` is closed in `comment`, which was meant as `value` or the rest of it.
    fn swallowing(
        &self,
        comment: Range<usize>,
        value: Range<usize>,
        start: usize,
        bracket: char,
    ) -> Found {
        let text = &self.text[value.clone()];
        let slip = Slip::SwallowedBracket(
            Written(&self.text[comment.clone()]),
            (Written(text), self.span(value.clone())),
            (self.span(self.char_at(start)), bracket),
        );
        // The bracket is named, but the place to read on from is the value.
        let found = self.found(comment, slip).blaming(start);
        found.meant(value, quoted(text))
    }

    /// What cannot be read for a comment that holds the end of the brackets, or for a reason that
    /// is not plain.
    pub(super) fn comment_or_unreadable(&self) -> Found {
        let open = self.open_at(self.at, |open| !open.brackets.is_empty());
        let found = open.brackets.last();
        found
            .and_then(|&(start, bracket)| self.comment_in_value(start, bracket))
            .unwrap_or_else(|| self.unreadable())
    }

    /// A comment in the middle of a value after the bracket at `start` that holds what should
    /// close the bracket.
    fn comment_in_value(&self, start: usize, bracket: char) -> Option<Found> {
        let line = Line::at(self.text, start).range();
        let hashes = self.text[start..line.end].match_indices(" #");
        let mut hashes = hashes.map(|(at, _)| start + at + 1);
        let open = |at: usize| surroundings::open_between(self.text, start, at);
        let hash = hashes.find(|&at| open(at).quote.is_none())?;
        let rest = &self.text[hash..line.end];
        let close = closing(bracket);
        let end = hash + rest.find([',', close])?;
        let from = self.text[start..hash].rfind(['{', '[', ',', ':'])? + start + 1;
        let value = self.text[from..end].trim();
        let begin = end - self.text[from..end].trim_start().len();
        let range = begin..begin + value.len();
        if !rest.contains(close) || value.starts_with('#') || value.contains(['"', '\'']) {
            return None;
        }
        Some(self.swallowing(hash..line.end, range, start, bracket))
    }

    /// The first comment after `start` on its line, where a value or item belongs.
    fn comment_for_value(&self, start: usize) -> Option<Range<usize>> {
        let line = Line::at(self.text, start).range();
        let hashes = self.text[start..line.end].match_indices(" #");
        let mut hashes = hashes.map(|(at, _)| start + at + 1);
        let comment = hashes.find(|&at| {
            surroundings::open_between(self.text, start, at)
                .quote
                .is_none()
        })?;
        let before = self.text[start..comment].trim_end();
        before
            .ends_with([':', ',', '[', '{'])
            .then_some(comment..line.end)
    }

    /// What closes every bracket on the line of `start`, where nothing but that is missing: the
    /// list or map stands on this one line.
    fn missing_close(&self, start: usize) -> Option<(usize, String)> {
        let from = surroundings::entry(self.text, start).range.start;
        let first = surroundings::open_between(self.text, from, start + 1);
        let &(first, _) = first.brackets.first()?;
        let line = Line::at(self.text, start);
        let stop = lines::down(self.text, lines::next(self.text, start)).find(|l| !l.is_idle())?;
        // A line that is indented deeper may belong to the list or map.
        if first < line.start || stop.indent > line.indent {
            return None;
        }
        let content = &self.text[first..line.range().end];
        let comment = content.match_indices(" #").map(|(at, _)| first + at);
        let mut comment = comment.filter(|&at| {
            let open = surroundings::open_between(self.text, first, at);
            open.quote.is_none()
        });
        let end = comment.next().unwrap_or(line.range().end);
        let end = first + self.text[first..end].trim_end().len();
        let open = surroundings::open_between(self.text, first, end);
        if open.quote.is_some() || self.text[..end].ends_with(['[', '{', ',', ':']) {
            return None;
        }
        let closes = open.brackets.iter().rev();
        let close = closes.map(|&(_, bracket)| closing(bracket));
        Some((end, close.collect()))
    }

    /// The bracket at the place is closed by that of the other kind.
    pub(super) fn mismatched(&self, bracket: char, close: char) -> Found {
        // The parser names the bracket that opens; the one that closes is the first after it
        // that is wrong.
        let line = &self.text[self.at..];
        let wrong = line
            .char_indices()
            .filter(|(_, c)| *c == close)
            .map(|(i, _)| self.at + i);
        let mut fits = wrong.filter(|&at| {
            let open = surroundings::open_between(self.text, self.at, at);
            open.quote.is_none() && open.brackets.len() == 1
        });
        let close = fits.next().map(|at| (self.span(self.char_at(at)), close));
        self.found(self.char_at(self.at), Slip::Mismatched(bracket, close))
    }

    /// A closing bracket that closes nothing.
    pub(super) fn stray_bracket(&self) -> Found {
        let slip = Slip::StrayBracket(self.char_here());
        let found = self.found(self.char_at(self.at), slip);
        let before = self.text[lines::start(self.text, self.at)..self.at].trim_end();
        match before.is_empty() || before.ends_with([':', '-']) {
            true => found,
            false => found.meant(self.at..self.at + 1, ""),
        }
    }

    /// Inside of brackets, something stands where a comma or a closing bracket belongs.
    pub(super) fn in_brackets(&self) -> Found {
        let before = self.text[..self.at].trim_end();
        if self.at >= self.text.trim_end().len() && !before.ends_with(',') {
            return self
                .unclosed_at(self.at)
                .unwrap_or_else(|| self.unreadable());
        }
        if before.ends_with(',') || self.text[self.at..].starts_with(',') {
            let at = match before.ends_with(',') {
                true => before.len() - 1,
                false => self.at,
            };
            let found = self.found(self.char_at(at), Slip::StrayComma);
            return found.meant(at..at + 1, "");
        }
        if !self.text[self.at..].starts_with(':') {
            return self.comment_or_unreadable();
        }
        self.colon_in_brackets()
    }

    /// A colon inside of brackets, after two words that may be two entries, or after one.
    fn colon_in_brackets(&self) -> Found {
        let open = self.open_at(self.at, |open| !open.brackets.is_empty());
        let from = open
            .brackets
            .last()
            .map_or(self.at, |&(start, _)| start + 1);
        let before = self.text[from..self.at].trim_end();
        let begin = from + before.rfind([',', '[', '{']).map_or(0, |at| at + 1);
        let entry = self.text[begin..self.at].trim();
        let value = entry
            .split_once(": ")
            .map_or(entry, |(_, value)| value.trim());
        if let Some((before, after)) = value.rsplit_once([' ', '\n', '\r', '\t']) {
            // Blanks may stand before the colon.
            let end = self.text[..self.at].trim_end().len();
            return self.missing_comma(before, end - after.len()..end);
        }
        let Some((key, _)) = entry.split_once(": ").filter(|(key, _)| !key.is_empty()) else {
            return self.unreadable();
        };
        let start = self.text[..self.at].trim_end().len() - value.len();
        let range = start..self.value_end(self.at, &open);
        let slip = Slip::SecondColon(Written(key), None);
        let found = self.found(self.char_at(self.at), slip).blaming(start);
        match !is_key_elsewhere(self.text, value, start) {
            true => found.meant(range.clone(), quoted(&self.text[range])),
            false => found.repair(losses::value(range)),
        }
    }

    /// An entry begins at `after` without a comma before it.
    fn missing_comma(&self, before: &str, after: Range<usize>) -> Found {
        let word = self.text.get(after.clone()).unwrap_or("");
        // `'Don't` is one text with its quotes in the wrong place.
        let quote = before
            .chars()
            .next_back()
            .filter(|c| matches!(c, '"' | '\''));
        let joined = before.len() > 1 && self.text[..after.start].ends_with(before);
        if let (Some(quote), true) = (quote, joined) {
            return self.found(after, Slip::AfterQuote(Written(word), quote));
        }
        if let Some(between) = self.text[..after.start].trim_end().strip_suffix(';') {
            let at = between.len()..between.len() + 1;
            let found = self.found(at.clone(), Slip::SemicolonBetween);
            return found.meant(at, ",");
        }
        let around = Some((Written(before), Written(word)));
        let found = self.found(after.clone(), Slip::MissingComma(around, None));
        match is_key_elsewhere(self.text, word, after.start) {
            true => found.meant(after.start..after.start, ", "),
            false => found,
        }
    }
}

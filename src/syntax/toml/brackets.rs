//! Lists and tables in brackets that are not closed.

use super::super::lines::{self, Line};
use super::super::slips::{Found, Slip};
use super::losses;
use super::mistakes::InStatement;
use super::surroundings::is_statement;

impl InStatement<'_, '_> {
    /// A bracket that is open where another statement begins, or at the end of the file.
    pub(super) fn unclosed_bracket(&self) -> Option<Found> {
        let &(start, bracket) = self.open.brackets.last()?;
        let ahead = self.at + self.text[self.at..].len() - self.text[self.at..].trim_start().len();
        let line = Line::at(self.text, ahead);
        let new_line = line.start > lines::start(self.text, start) && line.range().start >= ahead;
        let outside = line.indent <= self.statement().indent;
        if let Some(close) = self.wrong_close(bracket) {
            let stop = Some(self.span(self.char_at(close)));
            return Some(self.found(
                self.char_at(start),
                Slip::Unclosed(bracket, None, stop, None),
            ));
        }
        let starts = new_line && is_statement(&line) && (bracket == '[' || outside);
        if !starts && ahead < self.text.len() {
            return None;
        }
        let end = line.content.split(['=', ' ']).next().map_or(0, str::len);
        let stop = starts.then(|| self.span(ahead..ahead + end.max(1)));
        let found = self.found(
            self.char_at(start),
            Slip::Unclosed(bracket, None, stop, None),
        );
        Some(found.repair(losses::closed(self.text, start)))
    }

    /// The closing bracket that ends the entry at the place, where it is not that of `bracket`.
    fn wrong_close(&self, bracket: char) -> Option<usize> {
        let end = self.text[self.at..].find([',', ']', '}', '"', '\'', '#', '\n'])?;
        let wrong = if bracket == '[' { '}' } else { ']' };
        self.text[self.at + end..]
            .starts_with(wrong)
            .then_some(self.at + end)
    }
}

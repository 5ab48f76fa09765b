//! What every search for a slip needs: the place where a parser stopped, and what is found there.

use std::ops::Range;

use super::{Grammar, Slip, Written};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

use super::super::blanks;
use super::super::draft::{Draft, Patch};
use super::super::lines::{self, Line};
use super::super::recovery::{Mistake, Repair};

/// A text that does not parse, and the place where that was found.
#[derive(Clone, Copy)]
pub(in crate::syntax) struct Scanner<'d, 't> {
    pub grammar: &'static Grammar,
    pub draft: &'d Draft<'d>,
    pub text: &'t str,
    /// Where the parser stopped.
    pub at: usize,
}

impl<'d> Scanner<'d, 'd> {
    /// The place at byte `at` of `draft`.
    pub fn new(grammar: &'static Grammar, draft: &'d Draft<'d>, at: usize) -> Self {
        let text: &str = &draft.text;
        let at = text.floor_char_boundary(at.min(text.len()));
        Scanner {
            grammar,
            draft,
            text,
            at,
        }
    }
}

impl<'t> Scanner<'_, 't> {
    /// The slip made at `range`, which is also where it is blamed on.
    pub fn found(&self, range: Range<usize>, slip: Slip<'_>) -> Found {
        let at = range.start;
        Found::new(at, slip.report(self.grammar, self.span(range)))
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        self.draft.place(range)
    }

    /// The character at `at`; an empty place at the end of the text.
    pub fn char_at(&self, at: usize) -> Range<usize> {
        let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
        at..at + length
    }

    /// The character at the place, and a blank at the end of the text.
    pub fn char_here(&self) -> char {
        self.text[self.at..].chars().next().unwrap_or(' ')
    }

    pub fn line(&self) -> Line<'t> {
        Line::at(self.text, self.at)
    }

    /// The fence that `line` is, if it is one of Markdown.
    pub fn fence(&self, line: &Line<'_>) -> Option<Found> {
        let place = line.start..lines::next(self.text, line.start);
        let slip = Slip::MarkdownFence(self.span(place.clone()));
        let is_fence = line.content.starts_with("```");
        is_fence.then(|| self.found(line.range(), slip).meant(place, ""))
    }

    /// The comment of another language that begins at `at`, if one does.
    pub fn other_comment(&self, at: usize) -> Option<Found> {
        const SIGNS: &[(&str, &str)] = &[("//", ""), ("/*", "*/"), (";", ""), ("<!--", "-->")];
        let rest = &self.text[at..];
        let (sign, close) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign))?;
        let first = rest[..lines::end(rest, 0)].trim_end();
        let end = match first.len() {
            _ if close.is_empty() || first.ends_with(close) => at + first.len(),
            _ => at + rest.find(close)? + close.len(),
        };
        let marks = |c: char| c.is_whitespace() || sign.contains(c) || close.contains(c);
        if first.trim_matches(marks).is_empty() && close.is_empty() {
            return None;
        }
        let is_apart = self.text[..at].ends_with(char::is_whitespace) || at == 0;
        let mut patches: Repair = Vec::new();
        for line in lines::down(self.text, lines::start(self.text, at)) {
            let start = line.range().start.max(at);
            if start >= end {
                break;
            }
            let stop = line.range().end.min(end);
            let words = self.text[start..stop.max(start)].trim_matches(marks);
            let hash = if is_apart || start > at { "#" } else { " #" };
            let blank = if words.is_empty() { "" } else { " " };
            patches.push(Patch::meant(start..stop, format!("{hash}{blank}{words}")));
        }
        let here = patches.first()?.text.trim().to_owned();
        let slip = Slip::OtherComment(Written(first), &here);
        Some(self.found(at..at + first.len(), slip).repair(patches))
    }

    /// The blanks that are no spaces in `line`, of the text from `start`.
    pub fn odd_blanks(&self, start: usize, line: &str) -> Option<(Range<usize>, Found)> {
        let (odd, first) = blanks::first_odd(line)?;
        let count = line[odd.clone()].chars().count();
        let range = start + odd.start..start + odd.end;
        let found = self.found(range.clone(), Slip::OddBlanks(first, count));
        Some((range.clone(), found.meant(range, " ".repeat(count))))
    }

    /// Where the line ends on which a text begins with `quote` at `start`, if no more than the quote at its
    /// end is plainly missing.
    pub fn end_of_unclosed(&self, start: usize, quote: &str) -> Option<usize> {
        let line = &self.text[start..lines::end(self.text, start)];
        let end = start + line.trim_end().len();
        let inside = &self.text[(start + quote.len()).min(end)..end];
        let harmless = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',');
        // Where the file ends, the text may go on in the part that was cut off.
        let is_cut_off = end == self.text.trim_end().len();
        let is_plain = !inside.is_empty() && inside.chars().all(harmless);
        (is_plain && !is_cut_off).then_some(end)
    }
}

/// What was found: a report, the place that it blames, and what can be done besides giving up what
/// stands around that place.
pub(in crate::syntax) struct Found {
    pub report: Diagnostic,
    pub at: usize,
    pub repairs: Vec<Repair>,
}

impl Found {
    /// A mistake at `at`.
    pub fn new(at: usize, report: Diagnostic) -> Self {
        Found {
            report,
            at,
            repairs: Vec::new(),
        }
    }

    /// With the place `at` to blame, from which to read on.
    pub fn blaming(self, at: usize) -> Self {
        Found { at, ..self }
    }

    /// With patches that say what was plainly meant, or that give up less than a whole value.
    pub fn repair(mut self, repair: impl Into<Option<Repair>>) -> Self {
        self.repairs.extend(repair.into());
        self
    }

    /// With `text` in the place of `range`, which is what was plainly meant.
    pub fn meant(self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.repair(vec![Patch::meant(range, text)])
    }

    /// The mistake in the entry of the root that begins at `entry`; where nothing else can be done, `around`
    /// it something is given up.
    pub fn into_mistake(mut self, entry: usize, around: Vec<Repair>) -> Mistake {
        self.repairs.extend(around);
        Mistake {
            report: self.report,
            at: self.at,
            repairs: self.repairs,
            entry,
        }
    }
}

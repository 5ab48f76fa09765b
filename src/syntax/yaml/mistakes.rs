//! From the place where the parser stopped to the mistake that was made, which is often earlier.
//!
//! What is said must be true whatever the author meant: where the text does not tell, the report
//! says only that it cannot be read.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

use super::super::lines::{self, Line};
use super::super::recovery::Mistake;
use super::super::{exceeded_limits, invalid_yaml, place, unknown_tags};
use super::escapes;
use super::surroundings::{self, Open, is_item, key_of};

/// What is wrong in `text` (`source`'s text, some of it blanked), where the parser stopped with
/// `error`; `strict` is what stops it earlier when every line of a bracket must be indented.
pub(super) fn explain(
    source: &Source,
    text: &str,
    error: &ScanError,
    strict: Option<&ScanError>,
) -> Mistake {
    let at = text.floor_char_boundary(super::offset(error).min(text.len()));
    let look = Look { source, text, at };
    let found = strict
        .and_then(|strict| look.unclosed_at(super::offset(strict)))
        .unwrap_or_else(|| look.explain(error.kind()));
    let blamed = found.report.primary().span.start as usize;
    Mistake {
        local: found.local.then(|| look.block(blamed)),
        entry: surroundings::entry(text, blamed),
        report: found.report,
    }
}

/// `text` with a space for every tab that indents a line, where every indented line has tabs
/// only and `mistake` is one of them. Nothing moves, and lines keep their depth.
pub(super) fn without_tabs(source: &Source, text: &str, mistake: &Mistake) -> Option<String> {
    let place = mistake.report.primary().span;
    if source.slice(place).is_empty() || !source.slice(place).bytes().all(|b| b == b'\t') {
        return None;
    }
    let mut spaced = String::with_capacity(text.len());
    let mut done = 0;
    for line in lines::down(text, 0) {
        let indent = line.start..line.start + line.indent;
        if !line.content.is_empty() && text[indent.clone()].contains(' ') {
            return None;
        }
        spaced.push_str(&text[done..indent.start]);
        spaced.extend(std::iter::repeat_n(' ', line.indent));
        done = indent.end;
    }
    spaced.push_str(&text[done..]);
    Some(spaced)
}

/// A report, and whether the mistake lies in one line or bracket, so that what surrounds it can
/// be trusted.
pub(super) struct Found {
    pub report: Diagnostic,
    pub local: bool,
}

pub(super) fn local(report: Diagnostic) -> Found {
    Found {
        report,
        local: true,
    }
}

pub(super) fn spreading(report: Diagnostic) -> Found {
    Found {
        report,
        local: false,
    }
}

/// A text that does not parse, and the place where that was found.
#[derive(Clone, Copy)]
pub(super) struct Look<'s, 't> {
    pub source: &'s Source,
    pub text: &'t str,
    /// Where the parser stopped.
    pub at: usize,
}

impl<'t> Look<'_, 't> {
    fn explain(self, kind: &ErrorKind) -> Found {
        use ErrorKind as E;
        match kind {
            E::RecursionLimitExceeded => spreading(exceeded_limits::depth(self.char_at(self.at))),
            E::TabInBlockIndentation
            | E::TabInPlainScalar
            | E::TabNotAllowed
            | E::TabInIndentation => self.tab(),
            E::UnexpectedCharacter { character } => local(self.reserved(*character)),
            E::MissingAnchorOrAliasName => local(self.reserved(self.char_here())),
            E::BomInsideDocument => {
                local(invalid_yaml::stray_byte_order_mark(self.char_at(self.at)))
            }
            E::UnclosedQuotedScalar
            | E::InvalidQuotedScalarIndent
            | E::DocumentIndicatorInQuotedScalar => self.unclosed_quote(),
            E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
                self.after_quote()
            }
            E::UnknownQuotedScalarEscape
            | E::InvalidQuotedScalarHexEscape
            | E::InvalidLowSurrogateHexEscape
            | E::InvalidLowSurrogate
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate
            | E::InvalidUnicodeEscape => self.escape(),
            E::UnclosedFlowCollection { open } => local(invalid_yaml::unclosed_bracket(
                self.char_at(self.at),
                *open,
                None,
            )),
            E::MismatchedFlowCollectionEnd { open, close } => local(self.mismatched(*open, *close)),
            E::MisplacedFlowCollectionEnd => local(invalid_yaml::stray_bracket(
                self.char_at(self.at),
                self.char_here(),
            )),
            E::ExpectedFlowMappingSeparator
            | E::ExpectedFlowSequenceSeparator
            | E::InvalidColonPlacement
            | E::UnexpectedEofFlowSequence
            | E::UnexpectedEofFlowMapping
            | E::UnexpectedEofImplicitFlowMapping => self.in_brackets(),
            E::MappingValueNotAllowed => self.colon(),
            E::SimpleKeyExpected | E::InvalidSimpleKey => self.no_key(),
            E::ExpectedBlockMappingKey => self.among_keys(),
            E::ExpectedBlockSequenceEntry => self.among_items(),
            E::BlockSequenceEntryNotAllowed => self.dash(),
            E::InvalidBlockScalarHeader => local(invalid_yaml::block_text_header(
                self.char_at(self.at),
                self.char_here(),
            )),
            E::CommentNotSeparated => {
                local(invalid_yaml::comment_without_space(self.char_at(self.at)))
            }
            E::CommentInterceptedScalar => {
                let end = lines::end(self.text, self.at);
                spreading(invalid_yaml::comment_in_text(self.span(self.at..end)))
            }
            E::UndeclaredTagHandle => self.tag(),
            E::ExpectedDocumentStart | E::MissingDocumentEndBeforeDirective => self.after_end(),
            _ => self.unreadable(),
        }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        place(self.source, range)
    }

    /// The character at `at`; an empty place at the end of the text.
    pub(super) fn char_at(&self, at: usize) -> Span {
        let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
        self.span(at..at + length)
    }

    fn char_here(&self) -> char {
        self.text[self.at..].chars().next().unwrap_or(' ')
    }

    pub(super) fn line(&self) -> Line<'t> {
        Line::at(self.text, self.at)
    }

    /// What is open at `at`: counted from the start of its entry, the entry before, or the file,
    /// whichever first makes sense.
    fn open_at(&self, at: usize, sense: impl Fn(&Open) -> bool) -> Open {
        let starts = [
            surroundings::entry(self.text, at).range.start,
            surroundings::entry_before(self.text, at),
            0,
        ];
        let open = |from| surroundings::open_between(self.text, from, at);
        let mut found = starts.into_iter().map(open);
        found.find(sense).unwrap_or_default()
    }

    /// The bracket or quote that is still open at `at`, the start of a line outside of it.
    fn unclosed_at(&self, at: usize) -> Option<Found> {
        let at = self.text.floor_char_boundary(at.min(self.text.len()));
        let open = self.open_at(at, |open| open.quote.is_some() || !open.brackets.is_empty());
        let stop = self.stop(at);
        if let Some((start, quote)) = open.quote {
            return Some(local(invalid_yaml::unclosed_quote(
                self.char_at(start),
                quote,
                stop,
            )));
        }
        // Strict readers also mind a closing bracket that is not indented, which is no mistake.
        if self.text[at..].starts_with([']', '}']) {
            return None;
        }
        let &(start, bracket) = open.brackets.last()?;
        Some(local(invalid_yaml::unclosed_bracket(
            self.char_at(start),
            bracket,
            stop,
        )))
    }

    /// The line of `at`, as the place where something should have ended.
    fn stop(&self, at: usize) -> Option<Span> {
        let line = Line::at(self.text, at);
        let key = match is_item(line.content) {
            true => 1,
            false => key_of(line.content).map_or(line.content.len(), |(_, colon)| colon),
        };
        let start = line.range().start;
        (!line.is_idle()).then(|| self.span(start..start + key))
    }

    /// The least that can be blanked around a mistake at `at`: what its line and the brackets
    /// around it hold.
    fn block(&self, at: usize) -> Range<usize> {
        let from = surroundings::entry(self.text, at).range.start;
        let open = surroundings::open_between(self.text, from, at);
        surroundings::block(
            self.text,
            open.brackets.first().map_or(at, |&(start, _)| start),
        )
    }

    fn unclosed_quote(&self) -> Found {
        if matches!(self.char_here(), '"' | '\'') && self.open_at(self.at, |_| true).quote.is_none()
        {
            return local(invalid_yaml::unclosed_quote(
                self.char_at(self.at),
                self.char_here(),
                None,
            ));
        }
        self.unclosed_at(self.at)
            .unwrap_or_else(|| self.unreadable())
    }

    /// Something follows a closing quote.
    fn after_quote(&self) -> Found {
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
        let quote = if self.text[start..].starts_with('"') {
            '"'
        } else {
            '\''
        };
        // A text that began lines ago was rather left open there.
        if self.text[start..end].contains(['\n', '\r']) {
            let stop = self.char_at(end);
            return local(invalid_yaml::unclosed_quote(
                self.char_at(start),
                quote,
                Some(stop),
            ));
        }
        let rest = &self.text[self.at..self.value_end(self.at, &open)];
        if !open.brackets.is_empty() {
            let next = rest.trim_start_matches(['"', '\'']);
            let word = next.split(['"', '\'', ':', ',']).next().unwrap_or(next);
            let before = &self.text[start..=end];
            let after = &rest[..(rest.len() - next.len()) + word.len()];
            let after = if rest.starts_with(quote) { rest } else { after };
            return local(invalid_yaml::missing_comma(
                self.char_at(self.at),
                before,
                after,
            ));
        }
        let at = self.span(self.at..self.at + rest.len());
        local(invalid_yaml::after_quote(at, rest, quote))
    }

    /// Where the value that holds `at` ends on its line: before a comment, and in brackets
    /// before a comma or closing bracket.
    pub(super) fn value_end(&self, at: usize, open: &Open) -> usize {
        let line = &self.text[at..lines::end(self.text, at)];
        let line = line.find(" #").map_or(line, |comment| &line[..comment]);
        let cut = match open.brackets.is_empty() {
            true => None,
            false => line.find([',', ']', '}']),
        };
        at + cut.map_or(line, |cut| &line[..cut]).trim_end().len()
    }

    fn tab(&self) -> Found {
        let indent = |line: &Line<'_>| line.start..line.start + line.indent;
        let tabbed = |line: &Line<'_>| self.text[indent(line)].contains('\t');
        let lines = lines::down(self.text, lines::start(self.text, self.at));
        let Some(line) = lines.take(3).find(tabbed) else {
            return self.unreadable();
        };
        let blanks = &self.text[indent(&line)];
        let start = line.start + blanks.find('\t').unwrap_or(0);
        let length = self.text[start..]
            .bytes()
            .take_while(|&b| b == b'\t')
            .count();
        let below = lines::down(self.text, lines::next(self.text, line.start));
        let more = below.filter(|line| !line.is_idle() && tabbed(line)).count();
        spreading(invalid_yaml::tab_indentation(
            self.span(start..start + length),
            more,
        ))
    }

    /// A value begins with a character that has another meaning there.
    fn reserved(&self, character: char) -> Diagnostic {
        let at = self.char_at(self.at);
        if character.is_control() {
            return invalid_yaml::control_character(at, character, 0);
        }
        let open = self.open_at(self.at, |_| true);
        let end = self
            .value_end(self.at, &open)
            .max(self.at + at.range().len());
        let value = self.at..end;
        invalid_yaml::reserved_start(at, character, (&self.text[value.clone()], self.span(value)))
    }

    /// The first escape in the quotes at `at` that there is not.
    fn escape(&self) -> Found {
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
                    let at = self.span(range.clone());
                    return local(invalid_yaml::bad_escape(at, &self.text[range]));
                }
            }
        }
        self.unclosed_quote()
    }

    fn mismatched(&self, bracket: char, close: char) -> Diagnostic {
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
        let close = fits.next().map(|at| (self.char_at(at), close));
        invalid_yaml::mismatched_bracket(self.char_at(self.at), bracket, close)
    }

    /// Inside of brackets, something stands where a comma or a closing bracket belongs.
    fn in_brackets(&self) -> Found {
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
            return local(invalid_yaml::stray_comma(self.char_at(at)));
        }
        if !self.text[self.at..].starts_with(':') {
            return self.unreadable();
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
        match value.rsplit_once([' ', '\n', '\r', '\t']) {
            Some((before, after)) => {
                let start = self.at - after.len();
                let start = if self.text[start..].starts_with(after) {
                    start
                } else {
                    self.at
                };
                let end = start + after.len();
                let report = invalid_yaml::missing_comma(self.span(start..end), before, after);
                local(report)
            }
            None => {
                let key = entry.split_once(": ").map_or("", |(key, _)| key.trim());
                match key.is_empty() {
                    true => self.unreadable(),
                    false => local(invalid_yaml::second_colon(self.char_at(self.at), key, None)),
                }
            }
        }
    }

    /// A tag that nothing declares.
    fn tag(&self) -> Found {
        let word = self.text[self.at..]
            .split_ascii_whitespace()
            .next()
            .unwrap_or("");
        let at = self.span(self.at..self.at + word.len());
        local(unknown_tags::unknown(word, at))
    }

    pub(super) fn unreadable(&self) -> Found {
        let line = self.line();
        let end = line.range().end.max(self.at);
        let at = self.at.max(line.range().start).min(end);
        let report = invalid_yaml::unreadable(self.span(at..end), &self.text[at..end]);
        spreading(report)
    }
}

//! From the place where the parser stopped to the mistake that was made, which is often earlier.
//!
//! What is said must be true whatever the author meant: where the text does not tell, the report
//! says only that it cannot be read.

use granit_parser::{ErrorKind, ScanError};

use crate::node::quoted;
use crate::source::Span;

use super::super::draft::{Draft, Patch};
use super::super::lines::{self, Line};
use super::super::recovery::{Mistake, Repair};
use super::super::slips::{Found, Scanner, Slip, Written, YAML};
use super::super::{exceeded_limits, unknown_tags};
use super::losses::{self, is_key_elsewhere, is_word_elsewhere};
use super::surroundings::{self, Open, key_of, without_dashes};

/// How long a text is, at most, that is read as what was meant.
const MOST_MEANT: usize = 64 * 1024;

/// What is wrong in `draft`, where the parser stopped with `error`; `strict` is what stops it
/// earlier when every line of a bracket must be indented.
pub(super) fn explain(draft: &Draft<'_>, error: &ScanError, strict: Option<&ScanError>) -> Mistake {
    let scanner = Scanner::new(&YAML, draft, super::offset(error));
    let found = strict
        .and_then(|strict| scanner.unclosed_at(super::offset(strict)))
        .or_else(|| scanner.odd_blank())
        .unwrap_or_else(|| scanner.explain(error.kind()));
    mistake(draft, found)
}

/// A colon is missing before the bracket at `bracket`.
pub(super) fn no_colon_before(draft: &Draft<'_>, bracket: usize) -> Mistake {
    let scanner = Scanner::new(&YAML, draft, bracket);
    mistake(draft, scanner.no_colon_before_bracket(bracket))
}

/// A blank that is no space stands at `at`, as a part of a key.
pub(super) fn odd_blank_in_key(draft: &Draft<'_>, at: usize) -> Mistake {
    let scanner = Scanner::new(&YAML, draft, at);
    let line = &scanner.text[at..lines::end(scanner.text, at)];
    let found = scanner.odd_blanks(at, line).map(|(_, found)| found);
    mistake(draft, found.unwrap_or_else(|| scanner.unreadable()))
}

/// What was found in `draft`, with what can be given up around it.
fn mistake(draft: &Draft<'_>, found: Found) -> Mistake {
    let entry = surroundings::entry(&draft.text, found.at).range.start;
    let around = losses::around(&draft.text, found.at);
    found.into_mistake(entry, around)
}

/// The text of `draft` with a space for every tab that indents a line, where every indented line
/// has tabs only and `mistake` is one of them. Nothing moves, and lines keep their depth.
pub(super) fn without_tabs(draft: &Draft<'_>, mistake: &Mistake) -> Option<String> {
    let text: &str = &draft.text;
    if !text[mistake.at..].starts_with('\t') {
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

impl<'t> Scanner<'_, 't> {
    fn explain(self, kind: &ErrorKind) -> Found {
        use ErrorKind as E;
        let found = self.lone_return().or_else(|| self.directive(kind));
        if let Some(found) = found.or_else(|| self.long_key()) {
            return found;
        }
        match kind {
            E::RecursionLimitExceeded => Found::new(
                self.at,
                exceeded_limits::depth(self.draft.source, self.span(self.char_at(self.at))),
            ),
            E::TabInBlockIndentation
            | E::TabInPlainScalar
            | E::TabNotAllowed
            | E::TabInIndentation => self.tab(),
            E::UnexpectedCharacter { character } => self.reserved(*character),
            E::MissingAnchorOrAliasName => self.reserved(self.char_here()),
            E::BomInsideDocument => self.byte_order_mark(),
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
            E::UnclosedFlowCollection { open } => self.unclosed_bracket(self.at, *open, None),
            E::MismatchedFlowCollectionEnd { open, close } => self.mismatched(*open, *close),
            E::MisplacedFlowCollectionEnd => self.stray_bracket(),
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
            E::InvalidBlockScalarHeader => self.found(
                self.char_at(self.at),
                Slip::BlockTextHeader(self.char_here()),
            ),
            E::CommentNotSeparated => self
                .found(self.char_at(self.at), Slip::CommentWithoutSpace)
                .meant(self.at..self.at, " "),
            E::CommentInterceptedScalar => {
                let end = lines::end(self.text, self.at);
                self.found(self.at..end, Slip::CommentInText)
            }
            E::UndeclaredTagHandle => self.tag(),
            E::ExpectedDocumentStart | E::MissingDocumentEndBeforeDirective => self.after_end(),
            _ => self.comment_or_unreadable(),
        }
    }

    /// A carriage return that begins the line, where other lines end with a line feed: it stands in the middle of
    /// one.
    fn lone_return(&self) -> Option<Found> {
        let end = self.line().start;
        let at = end.checked_sub(1)?;
        let bytes = self.text.as_bytes();
        let is_alone = bytes[at] == b'\r' && bytes.get(end) != Some(&b'\n');
        (is_alone && self.text.contains('\n')).then(|| {
            let found = self.found(at..end, Slip::ReturnInLine);
            found.meant(at..end, " ")
        })
    }

    /// A line that begins with `%` and that YAML does not know.
    fn directive(&self, kind: &ErrorKind) -> Option<Found> {
        let line = self.line();
        let is_other = matches!(
            kind,
            ErrorKind::ExpectedDocumentStart | ErrorKind::MissingDocumentEndBeforeDirective
        );
        if is_other || line.indent > 0 || !line.content.starts_with('%') {
            return None;
        }
        let first = line.start..line.start + line.content.find([' ', '\t']).unwrap_or(1);
        let found = self.found(first, Slip::BadDirective(Written(line.content)));
        Some(found.meant(line.range(), ""))
    }

    /// The colon at the place, where the key before it is too long for YAML to see that it is one.
    fn long_key(&self) -> Option<Found> {
        const MOST: usize = 1024;
        let before = self.text[..self.at].trim_end();
        let start = before.rfind(['\n', '\r', '{', '[', ',']);
        let key = before[start.map_or(0, |start| start + 1)..].trim_start();
        if !self.text[self.at..].starts_with(':') || key.len() <= MOST {
            return None;
        }
        let begin = before.len() - key.len();
        let length = key.chars().count();
        (length > MOST).then(|| self.found(self.char_at(begin), Slip::LongKey(length)))
    }

    /// A blank that is no space, on this line or the one above: at its start, or after what a
    /// space must follow.
    fn odd_blank(&self) -> Option<Found> {
        let here = self.line();
        let above = lines::up(self.text, here.start).next();
        above.into_iter().chain([here]).find_map(|line| {
            let start = line.range().start;
            let (odd, found) = self.odd_blanks(start, line.content)?;
            let before = line.content[..odd.start - start].trim_end();
            let counts = before.is_empty() || before.ends_with([':', '-', ',', '{', '[']);
            counts.then_some(found)
        })
    }

    /// What is open at `at`: counted from the start of its entry, the entry before, or the file,
    /// whichever first makes sense.
    pub(super) fn open_at(&self, at: usize, sense: impl Fn(&Open) -> bool) -> Open {
        let starts = [
            surroundings::entry(self.text, at).range.start,
            surroundings::entry_before(self.text, at),
            0,
        ];
        let open = |from| surroundings::open_between(self.text, from, at);
        let mut found = starts.into_iter().map(open);
        found.find(sense).unwrap_or_default()
    }

    /// Where the value that holds `at` ends on its line: before a comment, and in brackets
    /// before a comma or closing bracket.
    pub(super) fn value_end(&self, at: usize, open: &Open) -> usize {
        let line = &self.text[at..lines::end(self.text, at)];
        let line = lines::before_comment(line);
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
        let repair = self.without_tabs(&line);
        let wanted = repair.as_ref().and_then(|patches| patches.first());
        let wanted = wanted.map(|patch| patch.text.len());
        let is_other = |wanted: &usize| *wanted != 2 * length || blanks.contains(' ');
        let slip = Slip::TabIndentation(more, wanted.filter(is_other));
        self.found(start..start + length, slip).repair(repair)
    }

    /// Spaces for the tabs of `line` and of those below it that are indented in the same way,
    /// so that they stand where the line above lets them.
    fn without_tabs(&self, line: &Line<'_>) -> Option<Repair> {
        let blanks = |line: &Line<'_>| &self.text[line.start..line.start + line.indent];
        let above = lines::up(self.text, line.start).next()?;
        let (dashes, rest) = without_dashes(above.content);
        let beside = above.indent + dashes;
        let opens = |text: &str| lines::before_comment(text).trim_end().ends_with(':');
        let mut next = lines::down(self.text, lines::next(self.text, line.start));
        let next = next.find(|line| !line.is_idle());
        let next = next.filter(|below| !blanks(below).contains('\t'));
        let next = next.map_or(0, |below| below.indent);
        // What follows stands below this line, or beside it.
        let indent = match (opens(rest), opens(line.content)) {
            (true, false) if next > beside => next,
            (true, _) => beside + 2,
            (false, true) if (1..=beside).contains(&next) => {
                let mut open = lines::up(self.text, line.start).map(|above| above.indent);
                open.find(|indent| *indent < next).unwrap_or(beside)
            }
            (false, _) => beside,
        };
        let alike = lines::down(self.text, line.start).take_while(|below| {
            below.is_idle() || (blanks(below) == blanks(line) && !below.content.starts_with('-'))
        });
        let spaces = " ".repeat(indent);
        let patch = |line: Line<'_>| {
            let tabs = line.start..line.start + line.indent;
            Patch::meant(tabs, spaces.as_str())
        };
        let patches: Repair = alike.filter(|line| !line.is_idle()).map(patch).collect();
        (!patches.is_empty()).then_some(patches)
    }

    /// A value begins with a character that has another meaning there.
    fn reserved(&self, character: char) -> Found {
        if character.is_control() {
            return self.found(self.char_at(self.at), Slip::ControlCharacter(character, 0));
        }
        let line = self.line();
        if let Some(found) = self.fence(&line).filter(|_| line.range().start == self.at) {
            return found;
        }
        if let Some(found) = self.other_dash(self.at).filter(|_| character == '*') {
            return found;
        }
        let open = self.open_at(self.at, |_| true);
        let least = self.at + character.len_utf8();
        let value = self.at..self.value_end(self.at, &open).max(least);
        let text = &self.text[value.clone()];
        let place = self.span(value.clone());
        let bare = text.trim_matches(character).trim();
        let is_name = matches!(character, '@' | '%' | '`')
            && is_key_elsewhere(self.text, bare, value.start)
            || character == '@' && is_word_elsewhere(self.text, bare, value.start + 1);
        let bare = is_name.then_some(bare);
        let slip = Slip::ReservedStart(character, Written(text), place, bare.map(Written));
        let found = self.found(self.char_at(self.at), slip);
        // A sign between two words, or one too many before a word? And nobody means megabytes.
        let is_doubtful = text.starts_with("& ") || Written(text).holds_fields();
        match is_doubtful || text.len() > MOST_MEANT {
            true => found.repair(losses::value(value)),
            false => found.meant(value, bare.map_or_else(|| quoted(text), str::to_owned)),
        }
    }

    fn byte_order_mark(&self) -> Found {
        let mark = self.char_at(self.at);
        self.found(mark.clone(), Slip::StrayByteOrderMark)
            .meant(mark, "")
    }

    /// A tag that nothing declares.
    fn tag(&self) -> Found {
        let rest = self.text[self.at..].split_ascii_whitespace().next();
        let word = rest.unwrap_or("");
        let range = self.at..self.at + word.len();
        let report = unknown_tags::unknown(word, self.span(range.clone()));
        Found::new(self.at, report).meant(range, "")
    }

    /// The line of `at`, as the place where something should have ended.
    pub(super) fn stop(&self, at: usize) -> Option<Span> {
        let line = Line::at(self.text, at);
        let key = match surroundings::is_item(line.content) {
            true => 1,
            false => key_of(line.content).map_or(line.content.len(), |(_, colon)| colon),
        };
        let start = line.range().start;
        (!line.is_idle()).then(|| self.span(start..start + key))
    }

    pub(super) fn unreadable(&self) -> Found {
        let line = self.line();
        let end = line.range().end.max(self.at);
        let at = self.at.max(line.range().start).min(end);
        self.found(at..end, Slip::Unreadable(Written(&self.text[at..end])))
    }
}

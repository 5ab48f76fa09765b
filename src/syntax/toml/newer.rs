//! What TOML 1.1 allows and TOML 1.0 does not. Most readers in use follow 1.0.

use std::ops::Range;

use toml_parser::lexer::{Token, TokenKind};

use super::super::unportable_syntax::Found;
use crate::diagnostic::Diagnostics;
use crate::source::Source;

const NOTE: &str = "readers of TOML 1.0, such as Python's `tomllib` and taplo, refuse the file";

/// Reports syntax of TOML 1.1 in a source that is TOML.
pub(super) fn check(source: &Source, out: &mut Diagnostics) {
    let text = source.text();
    let mut newer = Newer {
        text,
        open: Vec::new(),
        comma: None,
        tables: Found::default(),
        commas: Found::default(),
        escapes: Found::default(),
        times: Found::default(),
    };
    for token in toml_parser::Source::new(text).lex() {
        newer.take(&token);
    }
    let Newer {
        tables,
        commas,
        escapes,
        times,
        ..
    } = newer;
    let reports = [
        tables.report(
            source,
            (
                "an inline table goes over several lines, which only TOML 1.1 allows",
                "inline tables go over several lines, which only TOML 1.1 allows",
            ),
            "write it in one line, or as a table with a header",
            true,
        ),
        commas.report(
            source,
            (
                "an inline table ends with a comma, which only TOML 1.1 allows",
                "inline tables end with a comma, which only TOML 1.1 allows",
            ),
            "delete the comma",
            true,
        ),
        escapes.report(
            source,
            (
                "an escape begins with `\\e` or `\\x`, which only TOML 1.1 allows",
                "escapes begin with `\\e` or `\\x`, which only TOML 1.1 allows",
            ),
            "write `\\u` with four digits",
            true,
        ),
        // The time is the same, but products are sent it as it is written.
        times.report(
            source,
            (
                "a time has no seconds, which only TOML 1.1 allows",
                "times have no seconds, which only TOML 1.1 allows",
            ),
            "add the seconds: `:00`",
            false,
        ),
    ];
    let told = reports.into_iter().flatten();
    out.extend(told.map(|report| report.note(NOTE)));
}

struct Newer<'t> {
    text: &'t str,
    /// The brackets that are open.
    open: Vec<Open>,
    /// A comma after which nothing but blanks and comments has come.
    comma: Option<Range<usize>>,
    tables: Found,
    commas: Found,
    escapes: Found,
    times: Found,
}

/// A bracket, and the line breaks that it holds itself.
struct Open {
    at: Range<usize>,
    is_table: bool,
    breaks: Vec<Range<usize>>,
    has_comment: bool,
}

impl Newer<'_> {
    fn take(&mut self, token: &Token) {
        let bytes = token.span().start()..token.span().end();
        match token.kind() {
            TokenKind::LeftCurlyBracket | TokenKind::LeftSquareBracket => self.open.push(Open {
                at: bytes,
                is_table: token.kind() == TokenKind::LeftCurlyBracket,
                breaks: Vec::new(),
                has_comment: false,
            }),
            TokenKind::RightCurlyBracket | TokenKind::RightSquareBracket => self.close(),
            TokenKind::Newline => {
                if let Some(open) = self.open.last_mut() {
                    open.breaks.push(bytes);
                }
                return;
            }
            TokenKind::Comment => {
                if let Some(open) = self.open.last_mut() {
                    open.has_comment = true;
                }
                return;
            }
            TokenKind::Whitespace => return,
            TokenKind::Comma => {
                self.comma = Some(bytes);
                return;
            }
            TokenKind::BasicString | TokenKind::MlBasicString => self.escapes_in(bytes),
            TokenKind::Atom => self.time_in(bytes),
            _ => {}
        }
        self.comma = None;
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop().filter(|open| open.is_table) else {
            return;
        };
        if let Some(comma) = self.comma.take() {
            self.commas.add(comma.clone(), Some((comma, String::new())));
        }
        let Some(first) = open.breaks.first() else {
            return;
        };
        // In one line, a comment would take the rest of the table with it.
        if open.has_comment {
            return self.tables.add(open.at, None);
        }
        let first = self.blanks_around(first);
        self.tables.add(open.at, Some((first, " ".to_owned())));
        for more in &open.breaks[1..] {
            let blanks = self.blanks_around(more);
            let is_next = |(last, _): &(Range<usize>, String)| last.end < blanks.start;
            if self.tables.edits.last().is_none_or(is_next) {
                self.tables.edits.push((blanks, " ".to_owned()));
            }
        }
    }

    /// A line break with all blanks and line breaks around it.
    fn blanks_around(&self, line_break: &Range<usize>) -> Range<usize> {
        let blanks = [' ', '\t', '\r', '\n'];
        let start = self.text[..line_break.start].trim_end_matches(blanks).len();
        let rest = self.text[line_break.end..].trim_start_matches(blanks);
        start..self.text.len() - rest.len()
    }

    fn escapes_in(&mut self, string: Range<usize>) {
        let mut at = string.start;
        while let Some(next) = self.text[at..string.end].find('\\') {
            let escape = at + next;
            at = escape + 2;
            let code = match self.text.as_bytes().get(escape + 1) {
                Some(b'e') => "1B",
                Some(b'x') => self.text.get(escape + 2..escape + 4).unwrap_or(""),
                _ => {
                    // Not into the middle of a character.
                    at = self.text.ceil_char_boundary(at);
                    continue;
                }
            };
            let end = if self.text[escape..].starts_with("\\e") {
                at
            } else {
                at + 2
            };
            let unicode = format!("\\u00{code}");
            self.escapes.add(escape..end, Some((escape..end, unicode)));
        }
    }

    /// `07:32`, alone or after a date, without seconds.
    fn time_in(&mut self, atom: Range<usize>) {
        let word = &self.text[atom.clone()];
        let Some(colon) = word.find(':') else {
            return;
        };
        let (before, after) = word.as_bytes().split_at(colon);
        let after = &after[1..];
        let minutes = after
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let has_hours = before.len() >= 2 && before.iter().rev().take(2).all(u8::is_ascii_digit);
        if has_hours && minutes == 2 && after.get(2) != Some(&b':') {
            let end = atom.start + colon + 3;
            let seconds = (end..end, ":00".to_owned());
            self.times.add(atom.start + colon - 2..end, Some(seconds));
        }
    }
}

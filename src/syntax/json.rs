//! JSON text to nodes, strictly by RFC 8259: what a product answers is JSON or it is broken, and
//! where it is broken must be told exactly.
//!
//! The structure is read here, for the sake of places on keys and values and of a report that
//! names what is open; numbers and escapes are left to `serde_json`. (`jsonc-parser` has places,
//! but even in its strictest mode takes line breaks in text and any Unicode blank between values.)

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::node::{Document, Entry, Kind, Node, Reading, Scalar, ScalarKind};
use crate::source::{Source, Span};

use super::slips::{Extent, JSON, Slip, Written, closing};
use super::{MAX_REPORTS, duplicate_keys, entries, exceeded_limits, place};

/// Reads a JSON source. Mistakes are reported to `out`; after one of syntax, nothing is read.
pub(super) fn read<'s>(source: &'s Source, out: &mut Diagnostics) -> Document<'s> {
    let mut reader = Reader {
        source,
        text: source.text(),
        at: source.text().len() - source.text().trim_start_matches('\u{feff}').len(),
        open: Vec::new(),
        repeated: Diagnostics::new(),
        memory: source.limits().tree(),
    };
    let root = reader.document();
    out.extend(reader.repeated);
    match root {
        Ok(root) => Document {
            root: Some(root),
            ..Document::default()
        },
        Err(report) => {
            out.push(*report);
            super::unreadable(source)
        }
    }
}

type Read<T> = Result<T, Box<Diagnostic>>;

struct Reader<'s> {
    source: &'s Source,
    text: &'s str,
    /// The next byte to read; always on a character boundary.
    at: usize,
    /// What is open, from the outside in. An explicit stack, so that no input decides how deep
    /// the program calls itself.
    open: Vec<Open<'s>>,
    /// Keys that are written twice.
    repeated: Diagnostics,
    /// How many bytes of memory the values may still take.
    memory: usize,
}

/// A list or an object that is not closed yet.
struct Open<'s> {
    start: usize,
    holds: Holds<'s>,
}

enum Holds<'s> {
    List(Vec<Node<'s>>),
    Object {
        entries: Vec<Entry<'s>>,
        /// Where each key is written first.
        seen: HashMap<Cow<'s, str>, Span>,
        /// The key whose value is read next; `None` for one that is there already.
        key: Option<(Cow<'s, str>, Span)>,
    },
}

impl Open<'_> {
    fn bracket(&self) -> char {
        match self.holds {
            Holds::List(_) => '[',
            Holds::Object { .. } => '{',
        }
    }
}

impl<'s> Reader<'s> {
    fn document(&mut self) -> Read<Node<'s>> {
        loop {
            let Some(mut done) = self.value()? else {
                continue;
            };
            loop {
                self.take_room(&done)?;
                match self.open.last_mut().map(|open| &mut open.holds) {
                    None => return self.end(done),
                    Some(Holds::List(items)) => items.push(done),
                    Some(Holds::Object { entries, key, .. }) => {
                        if let Some((text, key_span)) = key.take() {
                            let key = Scalar::text_only(text);
                            entries.push(Entry::new(key, key_span, done));
                        }
                    }
                }
                match self.another()? {
                    true => break,
                    false => done = self.close(),
                }
            }
        }
    }

    /// Counts the memory that the value `done` takes where it stands.
    fn take_room(&mut self, done: &Node<'s>) -> Read<()> {
        const IN_INDEX: usize = 120;
        let room = match self.open.last().map(|open| &open.holds) {
            None => 0,
            Some(Holds::List(items)) => entries::room_in_list(items.len(), done),
            Some(Holds::Object { entries, .. }) => IN_INDEX + entries::room_in_map(entries.len()),
        };
        self.memory = self.memory.checked_sub(room).ok_or_else(|| {
            let most = self.source.limits().tree();
            Box::new(exceeded_limits::memory(self.source, done.span, most))
        })?;
        Ok(())
    }

    /// A whole value, or `None` where a list or an object was opened whose first value follows.
    fn value(&mut self) -> Read<Option<Node<'s>>> {
        self.skip_blanks();
        match self.peek() {
            Some(bracket @ ('{' | '[')) => self.opened(bracket),
            Some('"') => self.string().map(|(text, span)| {
                let kind = Kind::Scalar(Scalar::text_only(text));
                Some(Node::new(span, kind))
            }),
            Some(c) if c.is_ascii_digit() || matches!(c, '-' | '+' | '.') => {
                self.number().map(Some)
            }
            Some(c) if c.is_alphabetic() || c == '_' => self.word().map(Some),
            _ => Err(self.no_value()),
        }
    }

    fn opened(&mut self, bracket: char) -> Read<Option<Node<'s>>> {
        let start = self.at;
        if self.open.len() >= self.source.limits().depth {
            let at = self.span(start..start + 1);
            return Err(Box::new(exceeded_limits::depth(self.source, at)));
        }
        self.at += 1;
        let holds = match bracket {
            '[' => Holds::List(Vec::new()),
            _ => Holds::Object {
                entries: Vec::new(),
                seen: HashMap::new(),
                key: None,
            },
        };
        self.open.push(Open { start, holds });
        self.skip_blanks();
        if self.peek() == Some(closing(bracket)) {
            self.at += 1;
            return Ok(Some(self.close()));
        }
        if bracket == '{' {
            self.key()?;
        }
        Ok(None)
    }

    /// Whether another entry follows in what is open; its key is then read. Where none does, the
    /// bracket that closes it is.
    fn another(&mut self) -> Read<bool> {
        self.skip_blanks();
        let bracket = self.open.last().map_or('[', Open::bracket);
        match self.peek() {
            Some(',') => {
                let comma = self.at;
                self.at += 1;
                self.skip_blanks();
                if self.peek().is_some_and(is_closing) {
                    return Err(self.slip(comma..comma + 1, Slip::TrailingComma));
                }
                if bracket == '{' {
                    self.key()?;
                }
                Ok(true)
            }
            Some(c) if c == closing(bracket) => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(self.no_separator(bracket)),
        }
    }

    /// The innermost list or object, whose closing bracket is read.
    fn close(&mut self) -> Node<'s> {
        // Only called where something is open; an empty list is an answer and not a panic.
        let Some(open) = self.open.pop() else {
            return Node::new(self.span(self.at..self.at), Kind::List(Box::default()));
        };
        // Of what goes over several lines, only the bracket can be underlined.
        let end = match self.text[open.start..self.at].contains('\n') {
            true => open.start + 1,
            false => self.at,
        };
        let kind = match open.holds {
            Holds::List(items) => Kind::List(items.into()),
            Holds::Object { entries, .. } => Kind::Map(entries.into()),
        };
        Node::new(self.span(open.start..end), kind)
    }

    /// A key and its colon.
    fn key(&mut self) -> Read<()> {
        if self.peek() != Some('"') {
            return Err(self.no_key());
        }
        let (key, span) = self.string()?;
        self.skip_blanks();
        if self.peek() != Some(':') {
            return Err(match self.peek() {
                None => self.unclosed(),
                Some(_) => {
                    let slip = Slip::NoSeparator(Written(&key), Written(""));
                    self.slip(span.range(), slip)
                }
            });
        }
        self.at += 1;
        let Some(Holds::Object {
            seen, key: next, ..
        }) = self.open.last_mut().map(|open| &mut open.holds)
        else {
            return Ok(());
        };
        match seen.get(&key) {
            None => {
                seen.insert(key.clone(), span);
                *next = Some((key, span));
            }
            Some(first) if self.repeated.len() < MAX_REPORTS => {
                self.repeated
                    .push(duplicate_keys::report(&key, Some(*first), span));
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// Text in quotes.
    fn string(&mut self) -> Read<(Cow<'s, str>, Span)> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        let mut escapes = false;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escapes = true;
                    end += 2;
                }
                None | Some(b'\n' | b'\r') => {
                    let is_line_end = |b: &u8| matches!(b, b'\n' | b'\r');
                    let extent = match bytes[start..].iter().any(is_line_end) {
                        true => Extent::Line,
                        false => Extent::File,
                    };
                    let slip = Slip::UnclosedText("\"", extent, None);
                    return Err(self.slip(start..start + 1, slip));
                }
                Some(0..0x20) => return Err(self.control_character(end)),
                Some(_) => end += 1,
            }
        }
        self.at = end + 1;
        let span = self.span(start..self.at);
        if !escapes {
            return Ok((Cow::Borrowed(&self.text[start + 1..end]), span));
        }
        match serde_json::from_str(&self.text[start..self.at]) {
            Ok(text) => Ok((Cow::Owned(text), span)),
            Err(_) => Err(self.bad_escape(start..self.at)),
        }
    }

    fn control_character(&self, at: usize) -> Box<Diagnostic> {
        let character = self.text[at..].chars().next().unwrap_or_default();
        self.slip(at..at + 1, Slip::ControlCharacter(character, 0))
    }

    /// What is wrong with an escape in the text at `range`, which has one that is no escape.
    fn bad_escape(&self, range: Range<usize>) -> Box<Diagnostic> {
        let mut at = range.start + 1;
        while let Some(found) = self.text[at..range.end].find('\\') {
            at += found;
            match escape(&self.text[at..range.end - 1]) {
                Ok(length) => at += length,
                Err(length) => {
                    let place = at..at + length;
                    let written = self.text.get(place.clone()).unwrap_or("\\");
                    return self.slip(place, Slip::BadEscape(Written(written)));
                }
            }
        }
        // Not reached: `serde_json` refuses exactly what `escape` does.
        self.slip(range, Slip::BadEscape(Written("\\")))
    }

    fn number(&mut self) -> Read<Node<'s>> {
        let start = self.at;
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_');
        let written = self.text[start..].split(|c| !part(c)).next().unwrap_or("");
        self.at += written.len();
        let span = self.span(start..self.at);
        if serde_json::from_str::<serde_json::Number>(written).is_err() {
            let slip = Slip::NotANumber(Written(written));
            return Err(self.slip(start..self.at, slip));
        }
        let kind = match written.contains(['.', 'e', 'E']) {
            true => ScalarKind::Float,
            false => ScalarKind::Integer,
        };
        Ok(scalar(written, kind, span))
    }

    /// `true`, `false` or `null`.
    fn word(&mut self) -> Read<Node<'s>> {
        let start = self.at;
        let rest = &self.text[start..];
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let written = rest.split(|c| !part(c)).next().unwrap_or("");
        self.at += written.len();
        let span = self.span(start..self.at);
        let kind = match written {
            "true" | "false" => ScalarKind::Boolean,
            "null" => ScalarKind::Null,
            _ if self.at == self.text.len() => return Err(self.unclosed()),
            _ => {
                let word = Written(written);
                return Err(self.slip(
                    start..self.at,
                    match meant(written) {
                        Some(meant) => Slip::OtherWord(word, Some(meant)),
                        None => Slip::BareValue(word, word),
                    },
                ));
            }
        };
        Ok(scalar(written, kind, span))
    }

    /// The document, where nothing but blanks follows it.
    fn end(&mut self, root: Node<'s>) -> Read<Node<'s>> {
        self.skip_blanks();
        match self.peek() {
            None => Ok(root),
            Some(c) if is_closing(c) => Err(self.slip(self.here(), Slip::StrayBracket(c))),
            Some(_) => Err(self
                .comment()
                .unwrap_or_else(|| self.slip(self.here(), Slip::SecondValue))),
        }
    }

    fn no_value(&self) -> Box<Diagnostic> {
        let Some(c) = self.peek() else {
            return self.unclosed();
        };
        if let Some(comment) = self.comment() {
            return comment;
        }
        let mut shown = [0; 4];
        let written = Written(shown_as(c, &mut shown));
        let slip = match c {
            '<' if self.open.is_empty() => Slip::Markup,
            ',' => Slip::StrayComma,
            c if is_closing(c) && self.open.is_empty() => Slip::StrayBracket(c),
            c if is_quote(c) => Slip::OtherQuotes(c),
            _ => Slip::NoValueBefore(written),
        };
        self.slip(self.here(), slip)
    }

    fn no_key(&self) -> Box<Diagnostic> {
        let Some(c) = self.peek() else {
            return self.unclosed();
        };
        if let Some(comment) = self.comment() {
            return comment;
        }
        let part = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$');
        let word: String = self.text[self.at..].chars().take_while(part).collect();
        let mut shown = [0; 4];
        let written = Written(shown_as(c, &mut shown));
        let slip = match c {
            ',' => Slip::StrayComma,
            c if is_quote(c) => Slip::OtherQuotes(c),
            _ if !word.is_empty() => {
                let range = self.at..self.at + word.len();
                return self.slip(range, Slip::BareKey(Written(&word)));
            }
            _ => Slip::NoKeyBefore(written),
        };
        self.slip(self.here(), slip)
    }

    /// Neither a comma nor the closing bracket follows a value.
    fn no_separator(&self, bracket: char) -> Box<Diagnostic> {
        let Some(c) = self.peek() else {
            return self.unclosed();
        };
        if let Some(comment) = self.comment() {
            return comment;
        }
        let open = self.open.last().map_or(0, |open| open.start);
        let open = self.span(open..open + 1);
        let slip = match c {
            c if is_closing(c) => Slip::WrongBracket(c, bracket, open),
            _ => Slip::MissingComma(None, Some((open, bracket))),
        };
        self.slip(self.here(), slip)
    }

    /// The text ends too early.
    fn unclosed(&self) -> Box<Diagnostic> {
        let written = self.text.trim_end();
        let last = written.floor_char_boundary(written.len().saturating_sub(1));
        let end = last..written.len();
        let Some(open) = self.open.last() else {
            return self.slip(end, Slip::Nothing);
        };
        let inside_out = self.open.iter().rev();
        let closing: String = inside_out.map(|open| closing(open.bracket())).collect();
        let cut = Some((self.span(end), closing.as_str()));
        let slip = Slip::Unclosed(open.bracket(), None, None, cut);
        self.slip(open.start..open.start + 1, slip)
    }

    fn slip(&self, at: Range<usize>, slip: Slip<'_>) -> Box<Diagnostic> {
        Box::new(slip.report(&JSON, self.span(at)))
    }

    fn comment(&self) -> Option<Box<Diagnostic>> {
        let rest = &self.text[self.at..];
        let starts = rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#');
        let line = rest.lines().next().unwrap_or("").trim_end();
        let place = self.at..self.at + line.len();
        starts.then(|| self.slip(place, Slip::Comment(Written(line))))
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at = self.text.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// The place of the next character.
    fn here(&self) -> Range<usize> {
        let length = self.peek().map_or(0, char::len_utf8);
        self.at..self.at + length
    }

    fn span(&self, range: Range<usize>) -> Span {
        place(self.source, range)
    }
}

fn scalar<'s>(text: &'s str, kind: ScalarKind, span: Span) -> Node<'s> {
    let scalar = Scalar::new(text, Reading::only(kind));
    Node::new(span, Kind::Scalar(scalar))
}

fn is_closing(c: char) -> bool {
    matches!(c, '}' | ']')
}

/// What people and word processors put around text in the place of `"`.
fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '`' | '“' | '”' | '„' | '‘' | '’' | '«' | '»')
}

/// What a word of another language means that stands for something in JSON, too.
fn meant(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "true" => Some("true"),
        "false" => Some("false"),
        "null" | "none" | "nil" | "undefined" | "nan" => Some("null"),
        _ => None,
    }
}

/// A character as it can stand between backticks.
fn shown_as(c: char, buffer: &mut [u8; 4]) -> &str {
    match c {
        '`' => "'",
        c => c.encode_utf8(buffer),
    }
}

/// How many bytes the escape takes that `text` begins with: `Err` where there is no such escape.
fn escape(text: &str) -> Result<usize, usize> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16)
            .ok()
            .filter(|_| digits.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    match text.chars().nth(1) {
        Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => Ok(2),
        Some('u') => match unit(0) {
            None => Err(2),
            Some(0xD800..0xDC00) => match unit(6) {
                Some(0xDC00..0xE000) => Ok(12),
                _ => Err(6),
            },
            Some(0xDC00..0xE000) => Err(6),
            Some(_) => Ok(6),
        },
        Some(other) => Err(1 + other.len_utf8()),
        None => Err(1),
    }
}

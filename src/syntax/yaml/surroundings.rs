//! What surrounds a place in YAML text that does not parse: open brackets and quotes, and the
//! entry of the root map.
//!
//! This is no parser. It is asked only after the parser has failed, about text that the parser
//! has read up to there.

use super::super::lines::{self, Line};
use super::super::recovery::Entry;

/// What is open at a place.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Brackets, outermost first: where, and `[` or `{`.
    pub brackets: Vec<(usize, char)>,
    /// A quote: where, and `"` or `'`.
    pub quote: Option<(usize, char)>,
    /// The last text in quotes that was closed: where its two quotes stand.
    pub closed: Option<(usize, usize)>,
}

/// What is open at `at`, where nothing is open at `from`.
pub(super) fn open_between(text: &str, from: usize, at: usize) -> Open {
    let mut walk = Walk {
        bytes: &text.as_bytes()[..at.min(text.len())],
        text,
        at: from,
        fresh: true,
        open: Open::default(),
    };
    while walk.at < walk.bytes.len() {
        walk.step();
    }
    walk.open
}

struct Walk<'t> {
    /// The text up to where the walk ends.
    bytes: &'t [u8],
    text: &'t str,
    at: usize,
    /// Whether a value may begin here; only there do quotes and brackets open something.
    fresh: bool,
    open: Open,
}

impl Walk<'_> {
    fn step(&mut self) {
        let byte = self.bytes[self.at];
        if let Some((start, quote)) = self.open.quote {
            return self.inside_quotes(byte, start, quote);
        }
        let in_brackets = !self.open.brackets.is_empty();
        match byte {
            b'\n' | b'\r' => self.fresh = true,
            b' ' | b'\t' => {}
            b'#' if self.follows_blank() => return self.at = lines::end(self.text, self.at),
            b'"' | b'\'' if self.fresh => self.open.quote = Some((self.at, char::from(byte))),
            b'[' | b'{' if self.fresh || in_brackets => {
                self.open.brackets.push((self.at, char::from(byte)));
                self.fresh = true;
            }
            b']' | b'}' if in_brackets => {
                self.open.brackets.pop();
                self.fresh = false;
            }
            b',' if in_brackets => self.fresh = true,
            b':' => self.fresh = in_brackets || self.precedes_blank(),
            b'-' | b'?' if self.fresh && self.precedes_blank() => {}
            b'&' | b'*' | b'!' if self.fresh => return self.skip_word(),
            b'|' | b'>' if self.fresh && !in_brackets => return self.skip_block_text(),
            _ => self.fresh = false,
        }
        self.at += 1;
    }

    fn inside_quotes(&mut self, byte: u8, start: usize, quote: char) {
        let next = self.bytes.get(self.at + 1).copied();
        match byte {
            b'\\' if quote == '"' => self.at += 1,
            b'\'' if quote == '\'' && next == Some(b'\'') => self.at += 1,
            _ if char::from(byte) == quote => {
                self.open.closed = Some((start, self.at));
                self.open.quote = None;
                self.fresh = false;
            }
            _ => {}
        }
        self.at += 1;
    }

    fn follows_blank(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| self.bytes[at]);
        before.is_none_or(|byte| byte.is_ascii_whitespace())
    }

    fn precedes_blank(&self) -> bool {
        let after = self.text.as_bytes().get(self.at + 1);
        after.is_none_or(|byte| byte.is_ascii_whitespace())
    }

    fn skip_word(&mut self) {
        let rest = self.bytes[self.at..].iter();
        self.at += rest.take_while(|byte| !byte.is_ascii_whitespace()).count();
    }

    /// Passes over the lines under `|` or `>`: all that are indented deeper than its own.
    fn skip_block_text(&mut self) {
        let indent = Line::at(self.text, self.at).indent;
        let body = lines::next(self.text, self.at);
        let after = lines::down(self.text, body)
            .find(|line| !line.content.is_empty() && line.indent <= indent);
        self.at = after.map_or(self.bytes.len(), |line| line.start);
        self.fresh = true;
    }
}

/// The entry of the root map (or the item of the root list) that holds the byte at `at`.
pub(super) fn entry(text: &str, at: usize) -> Entry {
    let at = at.min(text.len());
    let begins = begins_entry(text);
    let here = Line::at(text, at);
    let first = match begins(&here) {
        true => here,
        false => lines::up(text, at)
            .find(&begins)
            .unwrap_or(Line::at(text, 0)),
    };
    let below = lines::next(text, first.start);
    let end = lines::down(text, below).find(&begins);
    Entry {
        range: first.start..end.map_or(text.len(), |line| line.start),
        key: key_of(first.content).map(|(key, _)| key.to_owned()),
    }
}

/// The start of the entry before the one that holds the byte at `at`.
pub(super) fn entry_before(text: &str, at: usize) -> usize {
    let begins = begins_entry(text);
    let start = entry(text, at).range.start;
    lines::up(text, start)
        .find(begins)
        .map_or(0, |line| line.start)
}

/// What lines begin an entry of the root in this text.
fn begins_entry(text: &str) -> impl Fn(&Line<'_>) -> bool + use<> {
    let speaks = |line: &Line<'_>| !line.is_idle() && !line.content.starts_with(['%', '-']);
    let root = lines::down(text, 0).find(|line| !line.is_idle() && !is_mark(line));
    let list = root.is_some_and(|line| is_item(line.content));
    let indent = match list {
        true => root,
        false => lines::down(text, 0).find(speaks),
    };
    let indent = indent.map_or(0, |line| line.indent);
    move |line| {
        is_mark(line)
            || (line.indent <= indent
                && !line.is_idle()
                && (list || !line.content.starts_with('-'))
                && !line.content.starts_with([']', '}']))
    }
}

/// Whether the line begins or ends a document.
fn is_mark(line: &Line<'_>) -> bool {
    line.indent == 0 && (line.content.starts_with("---") || line.content == "...")
}

/// Whether a line's content is an item of a list with dashes.
pub(super) fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ") || content.starts_with("-\t")
}

/// The least that can be blanked around `at`: the line that holds it and what is indented under
/// it, closing brackets included.
pub(super) fn block(text: &str, at: usize) -> std::ops::Range<usize> {
    let first = Line::at(text, at);
    let end = lines::down(text, lines::next(text, at)).find(|line| {
        !line.is_idle() && line.indent <= first.indent && !line.content.starts_with([']', '}'])
    });
    first.start..end.map_or(text.len(), |line| line.start)
}

/// The content of a line without the dashes of list items before it, and how long those are.
pub(super) fn without_dashes(content: &str) -> (usize, &str) {
    let mut rest = content;
    while is_item(rest) {
        rest = rest[1..].trim_start_matches([' ', '\t']);
    }
    (content.len() - rest.len(), rest)
}

/// The key that a line's content begins with, without quotes, and where its colon stands in the
/// content. The colon may lack the space after it.
pub(super) fn key_of(content: &str) -> Option<(&str, usize)> {
    let (skipped, rest) = without_dashes(content);
    let (key, colon) = match rest.chars().next()? {
        quote @ ('"' | '\'') => {
            let close = 1 + rest[1..].find(quote)?;
            let colon = close + rest[close..].find(':')?;
            (&rest[1..close], colon)
        }
        _ => {
            let spaced = rest.find(": ").or(rest.find(":\t"));
            let colon = match spaced {
                Some(colon) => colon,
                None if rest.ends_with(':') => rest.len() - 1,
                None => rest.find(':')?,
            };
            (rest[..colon].trim_end(), colon)
        }
    };
    (!key.is_empty()).then_some((key, skipped + colon))
}

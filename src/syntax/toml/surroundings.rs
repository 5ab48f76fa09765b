//! What surrounds a place in TOML text that does not parse: its statement, the table that the
//! statement belongs to, and what is open.
//!
//! This is no parser. It is asked only after the parser has failed, about text that the parser
//! has read up to there.

use super::super::lines::{self, Line};
use super::super::recovery::Entry;

/// What is open at a place, and where its statement begins.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Where the line of the statement starts: a key and its value, or a header.
    pub statement: usize,
    /// Where the line of the header above the statement starts, if there is one.
    pub header: Option<usize>,
    /// Where the statement's `=` stands.
    pub equals: Option<usize>,
    /// Brackets, outermost first: where, and `[` or `{`.
    pub brackets: Vec<(usize, char)>,
    /// A quote: where, and how it is written, as `"`, `'` or three of them.
    pub quote: Option<(usize, &'static str)>,
}

/// What is open at `at`.
pub(super) fn open_at(text: &str, at: usize) -> Open {
    let mut walk = Walk {
        text,
        end: at.min(text.len()),
        at: 0,
        open: Open::default(),
    };
    while walk.at < walk.end {
        walk.step();
    }
    walk.open
}

struct Walk<'t> {
    text: &'t str,
    end: usize,
    at: usize,
    open: Open,
}

impl Walk<'_> {
    fn step(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        if let Some((_, quote)) = self.open.quote {
            return self.inside_quotes(rest, quote);
        }
        let flat = self.open.brackets.is_empty();
        match rest[0] {
            b'\n' if flat => self.begin_statement(),
            b'#' => return self.at = lines::end(self.text, self.at),
            b'"' | b'\'' => return self.open_quote(rest),
            b'[' | b'{' => self.open.brackets.push((self.at, char::from(rest[0]))),
            b']' | b'}' => drop(self.open.brackets.pop()),
            b'=' if flat && self.open.equals.is_none() => self.open.equals = Some(self.at),
            _ => {}
        }
        self.at += 1;
    }

    fn begin_statement(&mut self) {
        if is_header(&Line::at(self.text, self.open.statement)) {
            self.open.header = Some(self.open.statement);
        }
        self.open.statement = self.at + 1;
        self.open.equals = None;
    }

    fn open_quote(&mut self, rest: &[u8]) {
        let quote = match rest {
            [b'"', b'"', b'"', ..] => "\"\"\"",
            [b'\'', b'\'', b'\'', ..] => "'''",
            [b'"', ..] => "\"",
            _ => "'",
        };
        self.open.quote = Some((self.at, quote));
        self.at += quote.len();
    }

    fn inside_quotes(&mut self, rest: &[u8], quote: &'static str) {
        if rest.starts_with(b"\\") && quote.starts_with('"') {
            self.at += 2;
        } else if rest.starts_with(quote.as_bytes()) {
            // Up to two quotes may stand right before the three that close.
            let more = rest.iter().take(5).skip(quote.len());
            let more = more.take_while(|&&b| b == quote.as_bytes()[0]).count();
            self.at += quote.len() + if quote.len() == 3 { more } else { 0 };
            self.open.quote = None;
        } else if rest[0] == b'\n' && quote.len() == 1 {
            self.open.quote = None;
        } else {
            self.at += 1;
        }
    }
}

/// Whether a line looks like the header of a table.
pub(super) fn is_header(line: &Line<'_>) -> bool {
    line.content.starts_with('[')
}

/// Whether a line looks like a statement: a header, or a key and `=`.
pub(super) fn is_statement(line: &Line<'_>) -> bool {
    if is_header(line) {
        let name = line.content.trim_start_matches(['[', ' ']);
        return name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\''))
            && !line.content.contains(',');
    }
    let key = line.content.split_once('=').map(|(key, _)| key.trim());
    key.is_some_and(|key| !key.is_empty() && !key.contains(['[', '{', ',', '}', ']', '#']))
}

/// The statement around `at`, and what must be left out with it: under a broken header, the
/// whole table.
pub(super) fn entry(text: &str, open: &Open, at: usize) -> Entry {
    let first = Line::at(text, open.statement);
    let range = match is_header(&first) && open.equals.is_none() {
        true => first.start..end(text, first.start, is_header),
        false => {
            let indent = first.indent;
            let next = |line: &Line<'_>| is_statement(line) && line.indent <= indent;
            let from = match open.brackets.is_empty() && open.quote.is_none() {
                true => lines::start(text, at),
                false => first.start,
            };
            let end = match open.brackets.is_empty() && open.quote.is_none() {
                true => lines::next(text, from),
                false => end(text, from, next),
            };
            first.start..end
        }
    };
    let named = open.header.map_or(first, |header| Line::at(text, header));
    let named = if is_header(&first) { first } else { named };
    Entry {
        range,
        key: first_name(named.content),
    }
}

/// The first name on the way from the root to the statement that holds `at`.
pub(super) fn entry_name(text: &str, at: usize) -> Option<String> {
    entry(text, &open_at(text, at), at).key
}

/// The start of the first line below the one at `from` that `stops`.
fn end(text: &str, from: usize, stops: impl Fn(&Line<'_>) -> bool) -> usize {
    let found = lines::down(text, lines::next(text, from)).find(stops);
    found.map_or(text.len(), |line| line.start)
}

/// The first name in a header or a dotted key.
fn first_name(content: &str) -> Option<String> {
    let content = content.trim_start_matches(['[', ' ', '\t']);
    let name = match content.chars().next()? {
        quote @ ('"' | '\'') => content[1..].split(quote).next(),
        _ => content
            .split(['.', '=', ']', ':', '"'])
            .next()
            .map(str::trim_end),
    };
    name.filter(|name| !name.is_empty()).map(str::to_owned)
}

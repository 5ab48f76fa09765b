//! The brackets that are open at a place, over as many lines as they go, and what stands beside it in
//! the innermost. Somebody is typing there, so brackets are missing, and commas: a line begins an entry.

use std::ops::Range;

use crate::source::{Source, Syntax};

/// What a place is in.
pub enum Open {
    /// No bracket.
    Block,
    /// A comment, or text over several lines, in which nothing is offered.
    Text,
    Flow(Flow),
}

/// Brackets around a place.
pub struct Flow {
    /// The innermost last.
    levels: Vec<Level>,
    /// The quote that is open at the place.
    pub quote: Option<char>,
}

struct Level {
    is_map: bool,
    /// Where its bracket is.
    open: usize,
    /// The entries or items in it, but for the last one.
    entries: Vec<Range<usize>>,
    last: Option<Range<usize>>,
}

impl Flow {
    /// Where the outermost bracket is.
    pub fn start(&self) -> usize {
        self.levels[0].open
    }

    /// Whether the innermost bracket is that of a map.
    pub fn is_map(&self) -> bool {
        self.levels.last().is_some_and(|level| level.is_map)
    }

    /// The brackets with what leads to the next, and what closes them.
    pub fn around(&self, text: &str) -> (String, String) {
        let mut before = String::new();
        let mut after = String::new();
        for (index, level) in self.levels.iter().enumerate() {
            before.push(if level.is_map { '{' } else { '[' });
            after.push(if level.is_map { '}' } else { ']' });
            if let Some(next) = self.levels.get(index + 1) {
                let start = level.last.as_ref().map_or(next.open, |last| last.start);
                before.push_str(&text[start.min(next.open)..next.open]);
            }
        }
        (before, after.chars().rev().collect())
    }

    /// The entry that holds the place, and the names of the others in the same map, or the words in the
    /// same list.
    pub fn entry<'t>(
        &self,
        text: &'t str,
        syntax: Syntax,
        at: usize,
    ) -> (Range<usize>, Vec<&'t str>) {
        let mut own = at..at;
        let mut names = Vec::new();
        let innermost = self.levels.iter().last();
        for entry in innermost.into_iter().flat_map(Level::all) {
            let is_led_to = text[entry.clone()].ends_with(separator(syntax)) && entry.end < at;
            let holds = entry.start <= at && at <= entry.end.max(line_end(text, entry.end, at));
            if holds || (is_led_to && text[entry.end..at].trim().is_empty()) {
                own = entry.start..entry.end.max(at);
            } else {
                let entry = &text[entry.clone()];
                names.extend(match self.is_map() {
                    true => name_of(entry, syntax),
                    false => word(entry, syntax),
                });
            }
        }
        (own, names)
    }
}

impl Level {
    /// A level as far as what leads through it.
    fn opened(&self) -> Level {
        Level {
            last: self.last.clone(),
            entries: Vec::new(),
            ..*self
        }
    }

    fn all(&self) -> impl Iterator<Item = &Range<usize>> {
        self.entries.iter().chain(&self.last)
    }
}

/// `at`, where only spaces stand between an end and it, all on one line.
fn line_end(text: &str, end: usize, at: usize) -> usize {
    let between = text.get(end..at);
    let is_blank = between.is_some_and(|text| text.chars().all(|c| c == ' ' || c == '\t'));
    if is_blank { at } else { end }
}

fn separator(syntax: Syntax) -> char {
    if syntax == Syntax::Toml { '=' } else { ':' }
}

/// Where the name of an entry ends, if there is one.
pub fn name_end(entry: &str, syntax: Syntax) -> Option<usize> {
    let mut quote = None;
    let mut is_quoted = false;
    for (at, c) in entry.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => (quote, is_quoted) = (None, true),
            (_, Some(_)) => {}
            ('"' | '\'', None) if entry[..at].trim().is_empty() => quote = Some(c),
            ('{' | '[' | '\n', None) => return None,
            (c, None) if c == separator(syntax) => {
                let next = entry[at + 1..].chars().next();
                let is_end = next.is_none_or(|c| c.is_whitespace() || "{[\"'".contains(c));
                if is_end || is_quoted || syntax == Syntax::Toml {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn name_of(entry: &str, syntax: Syntax) -> Option<&str> {
    Some(entry[..name_end(entry, syntax)?].trim())
}

/// An item that is a word, or in quotes that are closed.
pub fn word(item: &str, syntax: Syntax) -> Option<&str> {
    let item = item.trim();
    let quote = item.chars().next().filter(|c| matches!(c, '"' | '\''));
    let inner = match quote {
        Some(quote) => item.get(1..)?.strip_suffix(quote)?,
        None => item,
    };
    let is_word = !inner.is_empty() && !inner.contains(['"', '\'', '\\', '\n']);
    let is_plain = !inner.contains(['{', '}', '[', ']', ':', '#', ',']) && syntax != Syntax::Toml;
    (is_word && (quote.is_some() || is_plain)).then_some(item)
}

/// What a byte of the text is in, and which of the lines up to it begin within brackets.
pub fn at(source: &Source, offset: usize) -> (Open, Vec<bool>) {
    let mut scanner = Scanner {
        text: source.text(),
        syntax: source.syntax(),
        levels: Vec::new(),
        indent: None,
        quote: None,
        is_comment: false,
        skips: None,
        watched: usize::MAX,
        closed: None,
    };
    let own = source.position(offset as u32).line;
    let mut are_within: Vec<bool> = (1..own)
        .map(|line| scanner.line(source.line_range(line)))
        .collect();
    let range = source.line_range(own);
    let offset = offset.clamp(range.start, range.end);
    are_within.push(scanner.line(range.start..offset));
    if scanner.is_comment || scanner.skips.is_some() {
        return (Open::Text, are_within);
    }
    if scanner.levels.is_empty() {
        return (Open::Block, are_within);
    }
    // What the innermost bracket holds besides comes after the place, too.
    let quote = scanner.quote;
    let mut levels: Vec<Level> = scanner.levels.iter().map(Level::opened).collect();
    scanner.watched = levels.len();
    scanner.flow(offset..range.end);
    let mut line = own + 1;
    while scanner.closed.is_none() && line <= source.line_count() {
        scanner.line(source.line_range(line));
        line += 1;
    }
    scanner.close_to(0);
    levels.pop();
    levels.extend(scanner.closed);
    (Open::Flow(Flow { levels, quote }), are_within)
}

struct Scanner<'t> {
    text: &'t str,
    syntax: Syntax,
    levels: Vec<Level>,
    /// How far the line with the outermost bracket is indented, where what follows has to be more so.
    indent: Option<usize>,
    quote: Option<char>,
    is_comment: bool,
    skips: Option<Skips>,
    /// How many brackets were open at the place.
    watched: usize,
    /// The innermost of them, once it is closed.
    closed: Option<Level>,
}

/// Lines that are text.
#[derive(Clone, Copy)]
enum Skips {
    /// A block of YAML, of lines that are indented more than this.
    Deeper(usize),
    /// A text of TOML up to these quotes.
    UpTo(&'static str),
}

impl Scanner<'_> {
    /// Reads a line, or what there is of it; whether it begins within brackets, or is text.
    fn line(&mut self, range: Range<usize>) -> bool {
        let line = &self.text[range.clone()];
        (self.quote, self.is_comment) = (None, false);
        if self.is_skipped(line) {
            return true;
        }
        if self.ends_brackets(line) {
            self.close_to(0);
        }
        let is_within = !self.levels.is_empty();
        if is_within {
            self.next_entry();
            self.flow(range);
        } else {
            self.block(range);
        }
        is_within
    }

    fn is_skipped(&mut self, line: &str) -> bool {
        let (is_text, ends) = match self.skips {
            None => return false,
            Some(Skips::Deeper(than)) => {
                let is_deeper = line.trim().is_empty() || indentation(line) > than;
                (is_deeper, !is_deeper)
            }
            Some(Skips::UpTo(quotes)) => (true, line.contains(quotes)),
        };
        if ends {
            self.skips = None;
        }
        is_text
    }

    /// Whether a line can only stand outside of the open brackets: some are missing before it.
    fn ends_brackets(&self, line: &str) -> bool {
        let content = line.trim_start();
        let Some(innermost) = self.levels.last() else {
            return false;
        };
        if content.is_empty() || content.starts_with(['}', ']', '#']) {
            return false;
        }
        match self.syntax {
            Syntax::Toml => {
                let header = content.trim_start_matches('[');
                let is_header = content.starts_with('[') && header.starts_with(char::is_alphabetic);
                is_header || (!innermost.is_map && name_end(content, self.syntax).is_some())
            }
            _ => self
                .indent
                .is_some_and(|indent| indentation(line) <= indent),
        }
    }

    /// A line that begins outside of brackets.
    fn block(&mut self, range: Range<usize>) {
        let line = &self.text[range.clone()];
        let is_toml = self.syntax == Syntax::Toml;
        let indent = indentation(line);
        let mut at = 0;
        let mut is_value = !is_toml;
        loop {
            at += line[at..].len() - line[at..].trim_start().len();
            let content = &line[at..];
            if !is_toml && (content == "-" || content.starts_with("- ")) {
                at += 1;
            } else if !is_toml && content.starts_with(['&', '!']) {
                at += content.find(' ').unwrap_or(content.len());
            } else if let Some(end) = name_end(content, self.syntax) {
                at += end + 1;
                is_value = true;
            } else {
                break;
            }
        }
        let value = &line[at..];
        let is_after_name = at > indent;
        let is_open = |quotes: &&str| {
            let text = value.strip_prefix(quotes);
            text.is_some_and(|text| !text.contains(quotes))
        };
        self.skips = match is_toml {
            true => ["\"\"\"", "'''"].into_iter().find(is_open).map(Skips::UpTo),
            false if is_after_name && value.starts_with(['|', '>']) => Some(Skips::Deeper(indent)),
            false => None,
        };
        if is_value && value.starts_with(['{', '[']) {
            self.indent = (is_after_name && !is_toml).then_some(indent);
            self.flow(range.start + at..range.end);
        } else {
            self.is_comment = has_comment(line);
        }
    }

    /// A part of a line in which brackets are open, or the first opens.
    fn flow(&mut self, range: Range<usize>) {
        let mut last = self.text[..range.start].chars().next_back();
        for (at, c) in self.text[range.clone()].char_indices() {
            let (at, before) = (range.start + at, last.replace(c));
            let end = at + c.len_utf8();
            match (c, self.quote) {
                (_, Some(quote)) => {
                    if c == quote && !(quote == '"' && before == Some('\\')) {
                        self.quote = None;
                    }
                    self.extend(at, end);
                }
                ('#', None) if before.is_none_or(char::is_whitespace) => {
                    self.is_comment = true;
                    return;
                }
                ('{' | '[', None) => self.open(at, c == '{'),
                ('}' | ']', None) => {
                    let is_it = |level: &Level| level.is_map == (c == '}');
                    // Nobody leaves out more brackets in a row; a search through all takes long.
                    let missing = self.levels.iter().rev().take(4).position(is_it);
                    if let Some(missing) = missing {
                        self.close_to(self.levels.len() - 1 - missing);
                        self.extend(at, end);
                    }
                    if self.levels.is_empty() {
                        return;
                    }
                }
                (',', None) => {
                    if let Some(level) = self.levels.last_mut() {
                        level.entries.extend(level.last.take());
                    }
                }
                (c, None) if c.is_whitespace() => {}
                (c, None) => {
                    // An apostrophe within a word opens nothing.
                    if matches!(c, '"' | '\'') && !before.is_some_and(char::is_alphanumeric) {
                        self.quote = Some(c);
                    }
                    self.extend(at, end);
                }
            }
        }
    }

    fn open(&mut self, at: usize, is_map: bool) {
        // No name of an entry is a map: the map before it is not closed.
        if let [.., outer, innermost] = self.levels.as_slice()
            && innermost.is_map
            && innermost.last.is_none()
            && !outer.is_map
        {
            self.close_to(self.levels.len() - 1);
            self.next_entry();
        }
        self.extend(at, at + 1);
        self.levels.push(Level {
            is_map,
            open: at,
            entries: Vec::new(),
            last: None,
        });
    }

    /// Closes brackets until so many are open.
    fn close_to(&mut self, depth: usize) {
        while self.levels.len() > depth {
            let closed = self.levels.pop();
            if self.levels.len() + 1 == self.watched {
                self.closed = self.closed.take().or(closed);
            }
        }
    }

    fn extend(&mut self, start: usize, end: usize) {
        if let Some(level) = self.levels.last_mut() {
            let start = level.last.as_ref().map_or(start, |last| last.start);
            level.last = Some(start..end);
        }
    }

    /// A line begins an entry, unless the one before it waits for its value.
    fn next_entry(&mut self) {
        let separator = separator(self.syntax);
        if let Some(level) = self.levels.last_mut() {
            let waits = |last: &mut Range<usize>| !self.text[last.clone()].ends_with(separator);
            level.entries.extend(level.last.take_if(waits));
        }
    }
}

/// Whether a line outside of brackets ends in a comment.
fn has_comment(line: &str) -> bool {
    let mut quote = None;
    let mut last = ' ';
    for c in line.chars() {
        match (c, quote) {
            (c, Some(open)) => quote = (c != open).then_some(open),
            ('"' | '\'', None) if !last.is_alphanumeric() => quote = Some(c),
            ('#', None) if last.is_whitespace() => return true,
            _ => {}
        }
        last = c;
    }
    false
}

/// How many spaces a line begins with.
pub fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

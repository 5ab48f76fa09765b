//! The YAML that nearly every workflow is written in, read line by line, at several times the
//! speed of a parser that must be ready for anything.
//!
//! What is read here: lists and maps by indentation, lists and maps in brackets, plain text, text in
//! quotes, the lines after `|` and `>`, anchors and aliases of values, comments, one document. The
//! [`Builder`] is given the very events that `granit-parser` would give it. Whatever else stands in a
//! text, and every mistake, makes the reader give up: that parser then reads the text from its start
//! and has the last word. A test holds both against each other.

use std::borrow::Cow;

use granit_parser::ScalarStyle;

use crate::diagnostic::Diagnostics;
use crate::node::Document;

use super::super::draft::Draft;
use super::super::yaml::build::{Builder, Text};
use super::super::yaml::open::Content;
use super::cursor::{Cursor, is_line_end};
use anchors::Anchors;

mod anchors;
mod brackets;
mod lines;
mod quotes;
mod text;

/// How deep lists and maps may lie in each other here. Where the limit is lower, the parser looks after
/// it.
const MAX_DEPTH: usize = 24;

/// The longest key that is read here, in bytes; the rules of YAML allow 1024 characters.
const MAX_KEY: usize = 1000;

/// The document of `text`, which is the text of `draft`; `None` where it holds more than is read here.
/// `comments` says whether those are wanted.
pub(super) fn document<'t>(
    draft: &Draft<'_>,
    text: &'t str,
    comments: bool,
    out: &mut Diagnostics,
) -> Option<Document<'t>> {
    let mut builder = Builder::new(draft, text);
    if builder.most_depth() < MAX_DEPTH {
        return None;
    }
    let mut reader = Reader {
        cursor: Cursor::new(text),
        line: 0,
        blocks: Vec::new(),
        brackets: Vec::new(),
        awaited: None,
        anchors: Anchors::default(),
        is_marked: false,
        is_full: false,
        comments,
        builder: &mut builder,
    };
    reader.lines()?;
    reader.finish()?;
    Some(builder.finished(out))
}

struct Reader<'r, 'd, 't> {
    cursor: Cursor<'t>,
    /// Where the current line begins, in bytes.
    line: usize,
    /// The lists and maps that are open by indentation, the innermost last.
    blocks: Vec<Block>,
    /// Whether each open bracket is a map's, the innermost last.
    brackets: Vec<bool>,
    /// The end of a key whose value may stand on the lines that follow.
    awaited: Option<usize>,
    anchors: Anchors<'t>,
    /// Whether a `---` was read.
    is_marked: bool,
    /// Whether the document is one list or map in brackets, and was read.
    is_full: bool,
    /// Whether comments are wanted.
    comments: bool,
    builder: &'r mut Builder<'d, 't>,
}

#[derive(Clone, Copy)]
struct Block {
    indent: usize,
    is_list: bool,
}

/// A scalar that has been read over, and whether a colon follows that makes it a key.
struct Scanned<'t> {
    text: Text<'t>,
    is_key: bool,
}

impl<'t> Reader<'_, '_, 't> {
    fn lines(&mut self) -> Option<()> {
        loop {
            self.line = self.cursor.at;
            self.cursor.skip_spaces();
            match self.cursor.byte() {
                0 if self.cursor.is_done() => return Some(()),
                b'\n' | b'\r' => self.cursor.skip_line_end(),
                b'#' => self.comment(),
                byte => self.content(byte)?,
            }
        }
    }

    /// Goes over a comment and the end of its line.
    fn comment(&mut self) {
        let start = self.cursor.at;
        self.cursor.skip_to_line_end();
        if self.comments {
            self.builder.comment(start..self.cursor.at);
        }
        self.cursor.skip_line_end();
    }

    /// A line that begins with neither a comment nor its end.
    fn content(&mut self, first: u8) -> Option<()> {
        let indent = self.cursor.at - self.line;
        if indent == 0 && matches!(first, b'-' | b'.') {
            let rest = &self.cursor.text.as_bytes()[self.cursor.at..];
            if rest.starts_with(b"---") || rest.starts_with(b"...") {
                return self.document_mark();
            }
        }
        let is_item = first == b'-' && is_gap(self.cursor.byte_at(self.cursor.at + 1));
        if is_item {
            self.settle(indent, true)?;
            return self.item();
        }
        if matches!(first, b'{' | b'[') {
            return self.brackets_on_a_line(indent);
        }
        let scanned = self.scalar()?;
        if !scanned.is_key {
            self.value_on_a_line(indent)?;
            return self.text(scanned.text);
        }
        self.settle(indent, false)?;
        self.entry(scanned.text)
    }

    /// Makes sure that a value may stand on a line of its own, after its key.
    fn value_on_a_line(&mut self, indent: usize) -> Option<()> {
        let is_further = self.awaited.take().is_some() && indent > self.blocks.last()?.indent;
        is_further.then_some(())
    }

    /// Brackets that open at the start of a line: those of a value, or of the whole document.
    fn brackets_on_a_line(&mut self, indent: usize) -> Option<()> {
        if self.blocks.is_empty() && !self.is_full {
            self.is_full = true;
        } else {
            self.value_on_a_line(indent)?;
        }
        self.brackets()?;
        self.line_end()
    }

    /// A `---` before everything else says nothing, nor does a `...` after it; another `---` begins
    /// another document.
    fn document_mark(&mut self) -> Option<()> {
        let is_empty = self.blocks.is_empty() && !self.is_full;
        let is_end = self.cursor.byte() == b'.';
        self.cursor.at += 3;
        if is_end {
            let is_last = self.cursor.is_at_line_end() && self.is_blank_from_here();
            return (is_last && !is_empty).then_some(());
        }
        let is_first = is_empty && !self.is_marked;
        self.is_marked = true;
        self.line_end().filter(|()| is_first)
    }

    fn is_blank_from_here(&self) -> bool {
        let rest = &self.cursor.text.as_bytes()[self.cursor.at..];
        rest.iter().all(|byte| matches!(byte, b' ' | b'\n' | b'\r'))
    }

    /// Opens or closes lists and maps, so that what comes next at `indent` belongs to the
    /// innermost one.
    fn settle(&mut self, indent: usize, is_list: bool) -> Option<()> {
        if self.awaited.is_none() && self.blocks.is_empty() {
            return self.open(indent, is_list);
        }
        if let Some(key_end) = self.awaited.take() {
            let outer = self.blocks.last()?.indent;
            if indent > outer || (indent == outer && is_list) {
                return self.open(indent, is_list);
            }
            self.absent(key_end)?;
        }
        while let Some(inner) = self.blocks.last()
            && (inner.indent > indent || (inner.indent == indent && inner.is_list && !is_list))
        {
            self.close();
        }
        let inner = self.blocks.last()?;
        (inner.indent == indent && inner.is_list == is_list).then_some(())
    }

    fn open(&mut self, indent: usize, is_list: bool) -> Option<()> {
        if self.blocks.len() >= MAX_DEPTH || self.is_full {
            return None;
        }
        self.blocks.push(Block { indent, is_list });
        let anchor = self.anchors.take();
        self.builder.begin(content(!is_list), anchor, 0..0);
        Some(())
    }

    fn close(&mut self) {
        self.blocks.pop();
        // Its place is that of what it holds.
        self.builder.end(0..0);
    }

    /// A value that is not written, after the key that ends at `key_end`.
    fn absent(&mut self, key_end: usize) -> Option<()> {
        let (text, style) = (Cow::Borrowed("~"), ScalarStyle::Plain);
        self.builder.scalar(text, style, 0, None, key_end..key_end);
        // What an anchor without a value names is for the parser.
        (self.anchors.take() == 0).then_some(())
    }

    /// `- ` and what follows it.
    fn item(&mut self) -> Option<()> {
        self.cursor.at += 1;
        self.cursor.skip_spaces();
        let column = self.cursor.at - self.line;
        if self.value_of_marks()? {
            return Some(());
        }
        let scanned = self.scalar()?;
        if scanned.is_key {
            // An anchor before a key is the key's.
            if self.anchors.is_waiting() {
                return None;
            }
            self.open(column, false)?;
            return self.entry(scanned.text);
        }
        self.text(scanned.text)
    }

    /// The entry of `key`, whose colon comes next.
    fn entry(&mut self, key: Text<'t>) -> Option<()> {
        // A bracket in a key may be that of its value, without the colon before it.
        let is_bracket = |byte: u8| matches!(byte, b'{' | b'[');
        let may_lack_colon = key.style == ScalarStyle::Plain && key.text.bytes().any(is_bracket);
        if key.range.len() > MAX_KEY || may_lack_colon {
            return None;
        }
        let key_end = key.range.end;
        self.cursor.at = key_end + 1;
        self.cursor.skip_spaces();
        match self.cursor.byte() {
            byte if is_line_end(byte) => self.put(key),
            b'#' | b'&' | b'{' | b'[' | b'|' | b'>' | b'*' => self.put(key),
            _ => {
                let value = self.whole_text()?;
                self.builder.entry(key, value);
                return self.line_end();
            }
        }
        if self.value_of_marks()? {
            return Some(());
        }
        match self.cursor.byte() {
            b'#' => {
                self.awaited = Some(key_end);
                self.comment();
                Some(())
            }
            byte if is_line_end(byte) => {
                self.awaited = Some(key_end);
                self.cursor.skip_line_end();
                Some(())
            }
            _ => {
                let value = self.whole_text()?;
                self.put(value);
                self.line_end()
            }
        }
    }

    /// Reads a value that begins with a mark of its own, and the end of its line; answers whether
    /// there is one. An anchor before it is read in any case.
    fn value_of_marks(&mut self) -> Option<bool> {
        if self.cursor.byte() == b'&' {
            self.anchor()?;
        }
        match self.cursor.byte() {
            b'{' | b'[' => self.brackets()?,
            b'|' | b'>' => return self.block_text().map(|()| true),
            b'*' => self.alias()?,
            _ => return Some(false),
        }
        self.line_end()?;
        Some(true)
    }

    /// A scalar that is no key, with the lines that follow and belong to it.
    fn whole_text(&mut self) -> Option<Text<'t>> {
        let scanned = self.scalar()?;
        let mut value = scanned.text;
        if scanned.is_key {
            return None;
        }
        if value.style == ScalarStyle::Plain {
            self.more_lines(&mut value)?;
        }
        Some(value)
    }

    /// Puts a value that is text, which may go on in the lines that follow, and goes over the end of
    /// its line.
    fn text(&mut self, mut value: Text<'t>) -> Option<()> {
        if value.style == ScalarStyle::Plain {
            self.more_lines(&mut value)?;
        }
        self.put(value);
        self.line_end()
    }

    fn put(&mut self, text: Text<'t>) {
        let anchor = self.anchors.take();
        self.builder
            .scalar(text.text, text.style, anchor, None, text.range);
    }

    /// Goes over what may follow a value: blanks, a comment, the end of the line.
    fn line_end(&mut self) -> Option<()> {
        let end = self.cursor.at;
        self.cursor.skip_spaces();
        match self.cursor.byte() {
            b'#' if self.cursor.at > end => self.comment(),
            byte if is_line_end(byte) => self.cursor.skip_line_end(),
            _ => return None,
        }
        Some(())
    }

    fn finish(&mut self) -> Option<()> {
        // What says nothing at all is for the parser.
        if self.blocks.is_empty() && !self.is_full {
            return None;
        }
        if let Some(key_end) = self.awaited.take() {
            self.absent(key_end)?;
        }
        while !self.blocks.is_empty() {
            self.close();
        }
        Some(())
    }
}

fn content<'t>(is_map: bool) -> Content<'t> {
    match is_map {
        true => Content::Map(Default::default()),
        false => Content::List(Vec::new()),
    }
}

/// Whether a colon or hyphen before `byte` is one that means something.
fn is_gap(byte: u8) -> bool {
    byte == b' ' || is_line_end(byte)
}

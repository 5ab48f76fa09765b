//! The text that is compiled, and places in it.
//!
//! Every position inside the program is a byte offset; lines and columns are computed only where
//! a person or another program is shown a place ([`Source::position`]).

use std::fmt;
use std::sync::OnceLock;

use smol_str::SmolStr;

use crate::limits::Limits;

/// Which of the sources of a run a [`Span`] lies in. The caller of
/// [`compile`](fn@crate::compile) numbers its sources as it likes, usually 0, 1, 2 ….
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A half-open range of bytes, `start..end`, in one source.
///
/// Both ends lie on character boundaries of that source's text. Offsets are 32 bits wide: a
/// source larger than 4 GiB is refused long before ([`Limits::bytes`]).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source that the offsets count in.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// First byte after the range.
    pub end: u32,
    /// By which alias what is written there was come to: its number among those of the document,
    /// from 1; 0 where by none. Only until it is reported, which is done where the alias stands.
    pub via: u32,
}

impl Span {
    /// The range `start..end` of `source`, in bytes.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span {
            source,
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
            via: 0,
        }
    }

    /// The same place, come to by this alias.
    pub fn by(self, via: u32) -> Self {
        Span { via, ..self }
    }

    /// The range as indexes into the source's text, in bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies wholly inside this span (equal spans contain each other).
    pub fn contains(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte, and are come to in the same way.
    pub fn overlaps(self, other: Span) -> bool {
        (self.source, self.via) == (other.source, other.via)
            && self.start < other.end
            && other.start < self.end
    }

    /// The smallest span that covers both; `self` where they lie in different sources.
    pub fn to(self, other: Span) -> Span {
        if self.source != other.source {
            return self;
        }
        Span {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
            via: self.via,
        }
    }

    /// The empty span at this span's end.
    pub fn after(self) -> Span {
        Span {
            start: self.end,
            ..self
        }
    }

    /// Whether no byte lies in the span.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}..{}", self.source.0, self.start, self.end)
    }
}

/// A value and the place where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// What is written there.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(f(self.value), self.span)
    }
}

/// Text and the place where it is written. Most of it are names, short enough to stand in the value
/// itself: a piece of memory for each would be a tenth of the work and of the memory of a check.
pub type Text = Spanned<SmolStr>;

/// How a text is spelt: the two spellings of the workflow language, and that of the products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// YAML 1.2.
    Yaml,
    /// TOML 1.1.
    Toml,
    /// JSON (RFC 8259), which products answer with. It is only read, to be imported.
    Json,
}

impl Syntax {
    /// The spellings of the workflow language, in the order in which help texts and tables list
    /// them.
    pub const ALL: &'static [Syntax] = &[Syntax::Yaml, Syntax::Toml];

    /// The name on the command line: `yaml`, `toml` or `json`.
    pub fn name(self) -> &'static str {
        match self {
            Syntax::Yaml => "yaml",
            Syntax::Toml => "toml",
            Syntax::Json => "json",
        }
    }

    /// The endings of file names that mean this syntax, without the dot.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Syntax::Yaml => &["yaml", "yml"],
            Syntax::Toml => &["toml"],
            Syntax::Json => &["json"],
        }
    }

    /// The spelling of the workflow language that a file name's ending means; `None` for any
    /// other ending.
    pub fn of_file_name(name: &str) -> Option<Syntax> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        Syntax::ALL
            .iter()
            .copied()
            .find(|s| s.extensions().contains(&ending.as_str()))
    }
}

/// A place as people count it: line and column from 1, columns in characters (Unicode scalar
/// values), not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1. `\n`, `\r\n` and a lone `\r` end a line.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
}

/// One file to compile: its bytes, the name that reports call it by, and its syntax.
#[derive(Clone, Debug)]
pub struct Source {
    id: SourceId,
    name: String,
    syntax: Syntax,
    text: String,
    /// Where the bytes stop being UTF-8; `text` then ends there.
    invalid_from: Option<InvalidText>,
    limits: Limits,
    /// How many bytes were given, which may be more than the text has.
    length: usize,
    lines: OnceLock<Vec<u32>>,
    line_end: OnceLock<&'static str>,
    is_plain: OnceLock<bool>,
    /// How many characters start before byte `STRIDE`, `2 * STRIDE`, …; the first entry is 0.
    characters: OnceLock<Vec<u32>>,
}

/// How many bytes at most are looked at to count the characters before a place.
const STRIDE: usize = 4096;

/// Why a source's bytes are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidText {
    /// The first `at` bytes are UTF-8, the next byte is not.
    NotUtf8 {
        /// How many bytes of the source are good, from its start.
        at: usize,
    },
    /// The bytes look like UTF-16, by their byte order mark or by a NUL in every other place.
    Utf16,
    /// The bytes look like UTF-32, by their byte order mark or by three NULs before or after each
    /// character.
    Utf32,
}

impl Source {
    /// A source from text.
    pub fn new(
        id: SourceId,
        name: impl Into<String>,
        syntax: Syntax,
        text: impl Into<String>,
    ) -> Self {
        let text = text.into();
        Source {
            id,
            name: name.into(),
            syntax,
            length: text.len(),
            text,
            invalid_from: None,
            limits: Limits::default(),
            lines: OnceLock::new(),
            line_end: OnceLock::new(),
            is_plain: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    /// A source from bytes as they stand in a file. Bytes that are not UTF-8 do not fail here:
    /// the text is kept up to the first such byte, and compiling reports `invalid-text` there.
    pub fn from_bytes(
        id: SourceId,
        name: impl Into<String>,
        syntax: Syntax,
        bytes: Vec<u8>,
    ) -> Self {
        let length = bytes.len();
        let (text, invalid) = match (wide(&bytes), String::from_utf8(bytes)) {
            (Some(wide), _) => (String::new(), Some(wide)),
            (None, Ok(text)) => (text, None),
            (None, Err(error)) => {
                let at = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                bytes.truncate(at);
                // The bytes before `valid_up_to` are UTF-8, so nothing is replaced here.
                let text = String::from_utf8_lossy(&bytes).into_owned();
                (text, Some(InvalidText::NotUtf8 { at }))
            }
        };
        let mut source = Source::new(id, name, syntax, text);
        source.invalid_from = invalid;
        source.length = length;
        source
    }

    /// The same source with other limits than the usual ones.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same source with another number: one that is read before it is known how many come before
    /// it. No span may be in it yet.
    pub fn numbered(mut self, id: SourceId) -> Self {
        self.id = id;
        self
    }

    /// Another text in the place of this one: all else stays as it is.
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        Source::new(self.id, self.name.clone(), self.syntax, text).with_limits(self.limits)
    }

    /// How much of the source is read, and how much is said of it.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The number that spans in this source carry.
    pub fn id(&self) -> SourceId {
        self.id
    }

    /// What reports call the source, usually its path as given. Not safe to print as it is:
    /// a file name may hold anything.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The syntax that the text is in.
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// The text; where the bytes were not UTF-8, what stands before the first bad byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Why the bytes are not text, if they are not.
    pub fn invalid_text(&self) -> Option<InvalidText> {
        self.invalid_from
    }

    /// Whether there are more bytes than the source's limit, so that not all may be here.
    pub fn is_too_large(&self) -> bool {
        self.length > self.limits.bytes
    }

    /// Whether the text has nothing in it but printable ASCII and line feeds, as nearly every source. Several
    /// ask for it, each of which looks for something beyond that.
    pub fn is_plain(&self) -> bool {
        let is_other = |byte: u8| (byte < b' ' && byte != b'\n') || byte >= 0x7f;
        // Without a way out half way, this is done many bytes at a time.
        let any = || {
            self.text
                .bytes()
                .fold(false, |any, byte| any | is_other(byte))
        };
        *self.is_plain.get_or_init(|| !any())
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::new(self.id, 0, self.text.len())
    }

    /// A span in this source, in bytes.
    pub fn at(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.id, range.start, range.end)
    }

    /// The text in `span`; empty where the span does not fit the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// The line and column of the byte at `offset`. An offset past the end is taken for the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = (offset as usize).min(self.text.len());
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start as usize <= offset) - 1;
        let start = starts[line] as usize;
        // A byte order mark is no character of the first line.
        let mark = u32::from(line == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        Position {
            line: line as u32 + 1,
            column: self.characters_between(start, offset) - mark + 1,
        }
    }

    /// How many characters start between the bytes `start` and `end`. Most lines are short.
    fn characters_between(&self, start: usize, end: usize) -> u32 {
        match end - start <= STRIDE {
            true => count_characters(&self.text.as_bytes()[start..end]),
            false => self.characters_before(end) - self.characters_before(start),
        }
    }

    /// How many characters start before byte `offset`. A file of ten megabytes may be one line
    /// with ten thousand mistakes, so this must not count from the line's start each time.
    fn characters_before(&self, offset: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let steps = self.characters.get_or_init(|| {
            let sums = bytes.chunks(STRIDE).scan(0, |sum, chunk| {
                *sum += count_characters(chunk);
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let step = offset / STRIDE;
        steps[step] + count_characters(&bytes[step * STRIDE..offset])
    }

    /// How many lines the text has; at least 1.
    pub fn line_count(&self) -> u32 {
        self.line_starts().len() as u32
    }

    /// The bytes of line `line` (from 1), without its line end; an empty range at the end of the
    /// text where there is no such line.
    pub fn line_range(&self, line: u32) -> std::ops::Range<usize> {
        let starts = self.line_starts();
        let index = line.max(1) as usize - 1;
        let Some(&start) = starts.get(index) else {
            return self.text.len()..self.text.len();
        };
        let end = starts
            .get(index + 1)
            .map_or(self.text.len(), |&next| next as usize);
        let line = &self.text[start as usize..end];
        start as usize..start as usize + line.trim_end_matches(['\n', '\r']).len()
    }

    /// Where the line begins that holds byte `at`. Not looked for from there: a file may be one line.
    pub fn line_start(&self, at: usize) -> usize {
        let starts = self.line_starts();
        starts[starts.partition_point(|start| *start as usize <= at) - 1] as usize
    }

    /// Where the line after that of byte `at` begins; the end of the text where there is none.
    pub fn next_line(&self, at: usize) -> usize {
        let starts = self.line_starts();
        let next = starts.get(starts.partition_point(|start| *start as usize <= at));
        next.map_or(self.text.len(), |start| *start as usize)
    }

    /// How lines that are added should end: as some of the text do. Asked for every edit of a fix, of which there
    /// may be as many as lines.
    pub fn line_end(&self) -> &'static str {
        let has = |end| self.text.contains(end);
        self.line_end
            .get_or_init(|| if has("\r\n") { "\r\n" } else { "\n" })
    }

    fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let after = bytes
                .iter()
                .enumerate()
                .filter_map(|(at, byte)| match byte {
                    b'\n' => Some(at as u32 + 1),
                    b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some(at as u32 + 1),
                    _ => None,
                });
            std::iter::once(0).chain(after).collect()
        })
    }
}

/// How many characters start in `bytes`, a piece of UTF-8.
fn count_characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
}

/// Whether the bytes are text whose characters take two or four bytes each.
fn wide(bytes: &[u8]) -> Option<InvalidText> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Some(InvalidText::Utf32),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some(InvalidText::Utf16),
        _ => {}
    }
    // Without a mark: ASCII has NULs in the other places, always the same ones.
    let head = &bytes[..bytes.len().min(64) / 4 * 4];
    let is_ascii_at = |place: usize, size: usize| {
        let is_right = |(at, byte): (usize, &u8)| (*byte != 0) == (at % size == place);
        head.len() >= 8 && head.iter().enumerate().all(is_right)
    };
    if is_ascii_at(0, 4) || is_ascii_at(3, 4) {
        return Some(InvalidText::Utf32);
    }
    (is_ascii_at(0, 2) || is_ascii_at(1, 2)).then_some(InvalidText::Utf16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(text: &str) -> Source {
        Source::new(SourceId(0), "test.yaml", Syntax::Yaml, text)
    }

    #[test]
    fn columns_count_characters_and_every_line_end() {
        let source = yaml("é: 1\r\nb: 2\rc\n");
        let at = |needle: &str| source.position(source.text().find(needle).unwrap() as u32);
        assert_eq!(at("1"), Position { line: 1, column: 4 });
        assert_eq!(at("2"), Position { line: 2, column: 4 });
        assert_eq!(at("c"), Position { line: 3, column: 1 });
        assert_eq!(source.position(999), Position { line: 4, column: 1 });
    }

    #[test]
    fn a_byte_order_mark_is_not_a_column() {
        let source = yaml("\u{feff}workflow: x");
        assert_eq!(source.position(3), Position { line: 1, column: 1 });
    }

    #[test]
    fn columns_are_right_far_along_a_long_line() {
        let source = yaml(&"aé\u{1f600}".repeat(5000));
        for at in [0, 7 * 585, 7 * 586, 7 * 4999, 7 * 5000] {
            let expected = source.text()[..at].chars().count() as u32 + 1;
            assert_eq!(source.position(at as u32).column, expected);
        }
        assert_eq!(yaml("").position(9).column, 1);
    }

    #[test]
    fn bytes_that_are_not_text_are_kept_up_to_the_first_bad_one() {
        let read =
            |bytes: &[u8]| Source::from_bytes(SourceId(0), "x", Syntax::Yaml, bytes.to_vec());
        let bad = read(b"a: \xffb");
        assert_eq!(bad.text(), "a: ");
        assert_eq!(bad.invalid_text(), Some(InvalidText::NotUtf8 { at: 3 }));
        let wide: Vec<u8> = "workflow: x"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&wide).invalid_text(), Some(InvalidText::Utf16));
        let wider: Vec<u8> = "workflow: x"
            .chars()
            .flat_map(|c| (c as u32).to_be_bytes())
            .collect();
        assert_eq!(read(&wider).invalid_text(), Some(InvalidText::Utf32));
        assert_eq!(
            read(b"\xff\xfe\0\0a\0\0\0").invalid_text(),
            Some(InvalidText::Utf32)
        );
        assert_eq!(read(&[0; 64]).invalid_text(), None);
        assert_eq!(
            read(b"\xff\xfea\0").invalid_text(),
            Some(InvalidText::Utf16)
        );
    }

    #[test]
    fn file_names_tell_their_syntax() {
        assert_eq!(Syntax::of_file_name("a.workflow.YML"), Some(Syntax::Yaml));
        assert_eq!(Syntax::of_file_name("a.workflow.toml"), Some(Syntax::Toml));
        assert_eq!(Syntax::of_file_name("toml"), None);
    }
}

//! Places as an editor counts them (Language Server Protocol 3.18, "Position").

use crate::source::{Source, Span};

/// What an editor counts within a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16, which every editor knows.
    #[default]
    Utf16,
    /// Characters (Unicode scalar values).
    Utf32,
}

impl Encoding {
    /// How many units of a line the character takes.
    fn units(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// A place: line and units within it, both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 0. `\n`, `\r\n` and a lone `\r` end a line.
    pub line: u32,
    /// How many units of the line come before it.
    pub unit: u32,
}

/// Where the byte at `offset` is. An offset past the end is taken for the end, one within a
/// character for its start.
pub fn place(source: &Source, offset: usize, encoding: Encoding) -> Place {
    let text = source.text();
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let line = source.position(offset as u32).line;
    let range = source.line_range(line);
    // Between the two bytes of a line end there is no place.
    let before = &text[range.start..offset.min(range.end)];
    let unit = match encoding {
        Encoding::Utf8 => before.len(),
        _ if before.is_ascii() => before.len(),
        _ => before.chars().map(|c| encoding.units(c)).sum(),
    };
    Place {
        line: line - 1,
        unit: unit as u32,
    }
}

/// The byte that an editor means: past the end of a line its end, within a character its start,
/// below the last line the end of the text.
pub fn offset(source: &Source, place: Place, encoding: Encoding) -> usize {
    if place.line >= source.line_count() {
        return source.text().len();
    }
    let range = source.line_range(place.line + 1);
    let line = &source.text()[range.clone()];
    let wanted = place.unit as usize;
    if line.is_ascii() {
        return range.start + wanted.min(line.len());
    }
    let mut units = 0;
    for (at, c) in line.char_indices() {
        units += encoding.units(c);
        if units > wanted {
            return range.start + at;
        }
    }
    range.end
}

/// The two ends of a span.
pub fn places(source: &Source, span: Span, encoding: Encoding) -> (Place, Place) {
    let range = span.range();
    let at = |offset| place(source, offset, encoding);
    (at(range.start), at(range.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceId, Syntax};
    use proptest::prelude::*;

    fn source(text: &str) -> Source {
        Source::new(SourceId(0), "x", Syntax::Yaml, text)
    }

    #[test]
    fn every_line_end_counts_and_what_is_past_it_means_it() {
        let source = source("ab\r\nc\u{1f600}d\re\n");
        let at = |line, unit| offset(&source, Place { line, unit }, Encoding::Utf16);
        assert_eq!(at(0, 99), 2);
        assert_eq!(at(1, 1), 5);
        assert_eq!(at(1, 2), 5, "within a pair of surrogates");
        assert_eq!(at(1, 3), 9);
        assert_eq!(at(2, 0), 11);
        assert_eq!(at(3, 0), 13);
        assert_eq!(at(77, 5), 13);
        let utf32 = Place { line: 1, unit: 2 };
        assert_eq!(offset(&source, utf32, Encoding::Utf32), 9);
    }

    proptest! {
        #[test]
        fn there_and_back(text in "[a\u{e9}\u{1f600}\r\n :]{0,40}", at in 0usize..60) {
            let source = source(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let found = place(&source, at, encoding);
                let back = offset(&source, found, encoding);
                prop_assert_eq!(place(&source, back, encoding), found);
                let is_within_line_end = text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'\r');
                if text.is_char_boundary(at.min(text.len())) && !is_within_line_end {
                    prop_assert_eq!(back, at.min(text.len()));
                }
            }
        }
    }
}

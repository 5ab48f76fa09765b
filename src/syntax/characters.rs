//! Invisible characters that a syntax does not allow.

use crate::invisible::beyond_ascii;
use crate::source::{Source, Span};

use super::place;

/// Characters that may not stand in a text.
pub(super) struct Found {
    /// The first of them.
    pub first: char,
    /// Where it stands.
    pub at: Span,
    /// How many others there are.
    pub more: usize,
    /// The text with blanks or `_` in their places, so that reading can go on.
    pub cleaned: String,
}

/// Looks for control characters that `forbidden` names. `None` where there are none.
pub(super) fn find(source: &Source, forbidden: impl Fn(char) -> bool) -> Option<Found> {
    let text = source.text();
    // Nearly every file is done here. Without a way out half way, the loop takes many bytes at once.
    let any = text
        .bytes()
        .fold(false, |any, byte| any | may_begin_control(byte));
    if !any {
        return None;
    }
    let places: Vec<(usize, char)> = text.char_indices().filter(|&(_, c)| forbidden(c)).collect();
    let &(start, first) = places.first()?;
    let mut bytes = text.to_owned().into_bytes();
    for &(at, c) in &places {
        // After a blank, the bracket of a terminal's escape sequence would open a list.
        let filler = if c == '\u{1b}' { b'_' } else { b' ' };
        bytes[at..at + c.len_utf8()].fill(filler);
    }
    Some(Found {
        first,
        at: place(source, start..start + first.len_utf8()),
        more: places.len() - 1,
        cleaned: String::from_utf8(bytes).ok()?,
    })
}

/// ASCII controls, and the bytes that begin U+0080 to U+00BF and U+F000 to U+FFFF.
fn may_begin_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || matches!(byte, 0x7f | 0xc2 | 0xef)
}

/// Whether `source` holds no character that has a meaning of its own where none is expected: no
/// controls, tabs and lone carriage returns among them, and no other line ends and marks.
pub(super) fn are_plain(source: &Source) -> bool {
    let text = source.text();
    let is_control = |byte: u8| (byte < b' ' && byte != b'\n') || byte == 0x7f;
    let has_controls = || text.bytes().fold(false, |any, byte| any | is_control(byte));
    source.is_plain()
        || ((!has_controls() || only_line_ends(text.as_bytes())) && !beyond_ascii(text).any(is_odd))
}

/// Whether all controls in `bytes` are `\n` and `\r\n`.
fn only_line_ends(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(at, &byte)| match byte {
        b'\r' => bytes.get(at + 1) == Some(&b'\n'),
        b'\n' => true,
        _ => byte >= b' ' && byte != 0x7f,
    })
}

fn is_odd(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

//! Blanks that look like a space but are not one: word processors and web pages bring them along.

use std::ops::Range;

/// The first run of such blanks in `text`, and its first character.
pub(super) fn first_odd(text: &str) -> Option<(Range<usize>, char)> {
    let (start, first) = text.char_indices().find(|(_, c)| is_odd(*c))?;
    let run = text[start..].chars().take_while(|c| is_odd(*c));
    let length: usize = run.map(char::len_utf8).sum();
    Some((start..start + length, first))
}

/// Whether `c` is a blank beyond ASCII. Line ends are not among them: no parser takes them for
/// blanks.
fn is_odd(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether such a blank stands where a line begins, or after a colon.
pub(super) fn may_be_in_keys(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        let before = || text[..at].trim_end_matches([' ', '\t']);
        is_odd(c) && (before().is_empty() || before().ends_with(['\n', '\r', ':']))
    })
}

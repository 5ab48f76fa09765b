//! Text from a file, made safe to show.
//!
//! Whatever a file, its name or a message made from it says is untrusted: it may hold terminal
//! escape sequences, characters that hide or reorder others, or commands that a CI system takes
//! from its log. Here all of that becomes visible, written as `<U+202E>`.

use std::borrow::Cow;

/// Whether a reader cannot see `c`, or cannot tell it from a space: control characters,
/// directions, joiners, variation selectors, every blank but the space itself.
pub(super) fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    // No character is assigned to the last two places of a plane.
    let last_of_plane = c as u32 & 0xfffe == 0xfffe;
    last_of_plane
        || c.is_control()
        || matches!(c,
            // Blanks that are not the space, and the line and paragraph separators.
            '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
            | '\u{202f}' | '\u{205f}' | '\u{2800}' | '\u{3000}'
            // Hyphens, joiners and fillers that show nothing.
            | '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}'
            | '\u{3164}' | '\u{ffa0}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            // Directions.
            | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{206f}'
            // Byte order mark, annotations, variation selectors, tags, and what is no character.
            | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether `text` starts with `##[`, `##vso[`, `##teamcity[` or the like: CI systems obey such
/// words wherever they stand in a line.
pub(super) fn starts_command(text: &str) -> bool {
    text.strip_prefix("##").is_some_and(|rest| {
        rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric())
            .starts_with('[')
    })
}

/// Appends the first character of `rest` to `out`, visibly. The rest tells whether a command
/// starts with it.
pub(super) fn push(out: &mut String, rest: &str) {
    let Some(c) = rest.chars().next() else {
        return;
    };
    if is_hidden(c) || (c == '#' && starts_command(rest)) {
        push_number(out, c);
    } else {
        out.push(c);
    }
}

/// `text` as part of one line, every hidden character visible, line ends and tabs too.
pub fn in_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, _) in text.char_indices() {
        push(&mut out, &text[at..]);
    }
    out
}

/// A finished line of output; where a CI system would take it for a command (`::` at its start,
/// blanks not counted), the first colon is written by its number.
pub(super) fn guarded(line: &str) -> Cow<'_, str> {
    let text = line.trim_start();
    if !text.starts_with("::") {
        return Cow::Borrowed(line);
    }
    let (indent, _) = line.split_at(line.len() - text.len());
    let mut out = indent.to_owned();
    push_number(&mut out, ':');
    out.push_str(&text[1..]);
    Cow::Owned(out)
}

fn push_number(out: &mut String, c: char) {
    out.push_str(&format!("<U+{:04X}>", c as u32));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_shown_by_their_number() {
        assert_eq!(in_line("a\u{202e}b\u{200b}c"), "a<U+202E>b<U+200B>c");
        assert_eq!(in_line("\x1b[31mred"), "<U+001B>[31mred");
        assert_eq!(in_line("a\r\n\tb"), "a<U+000D><U+000A><U+0009>b");
        assert_eq!(in_line("In\u{a0}Progress"), "In<U+00A0>Progress");
        assert_eq!(in_line("x\u{e0041}\u{10ffff}"), "x<U+E0041><U+10FFFF>");
    }

    #[test]
    fn letters_of_every_script_and_pictures_stay() {
        let text = "Été 完了 Готово e\u{301} 😀 ✅ → ‘x’ — …";
        assert_eq!(in_line(text), text);
    }

    #[test]
    fn commands_to_a_ci_system_are_broken() {
        assert_eq!(in_line("a ##[group]"), "a <U+0023>#[group]");
        assert_eq!(in_line("##vso[task]"), "<U+0023>#vso[task]");
        assert_eq!(in_line("###[x"), "#<U+0023>#[x");
        assert_eq!(in_line("##VSO["), "<U+0023>#VSO[");
        assert_eq!(in_line("## a heading [1]"), "## a heading [1]");
    }

    #[test]
    fn a_line_starts_no_command() {
        assert_eq!(guarded("::error::x"), "<U+003A>:error::x");
        assert_eq!(guarded("   ::x"), "   <U+003A>:x");
        assert_eq!(guarded("a::b"), "a::b");
    }
}

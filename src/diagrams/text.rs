//! Characters that must not stand in the text of a picture as they are.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::invisible;

/// How many states and arrows a picture that is text holds at most. No program draws so many, and the text of
/// more takes more memory than there may be.
pub const MOST: usize = 100_000;

/// What a figure, by its number, is called where its own name could mean something to the language.
pub struct Id(pub usize);

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "s{}", self.0 + 1)
    }
}

/// Text with everything in it to be seen: characters that only hide in it, and those that XML
/// cannot hold, are written as `<U+202E>`. What is part of how a language or a picture is written
/// stays, such as the joiners of Persian and of emoji; line ends do, too.
pub fn shown(text: &str) -> Cow<'_, str> {
    let mut hidden = invisible::misplaced(text).into_iter().peekable();
    let is_spelt = |c: char| c == '\t' || is_no_character(c);
    if hidden.peek().is_none() && !text.contains(is_spelt) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let is_hidden = hidden.next_if(|(hidden, _)| *hidden == at).is_some();
        if is_hidden || is_spelt(c) {
            spell(&mut out, c);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Writes a character by its number.
pub fn spell(out: &mut String, c: char) {
    let _ = write!(out, "<U+{:04X}>", c as u32);
}

/// The last two places of each plane, and some more, are never assigned; XML refuses some of them.
fn is_no_character(c: char) -> bool {
    c as u32 & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Whether XML cannot hold a character, however it is spelt (XML 1.0, 2.2).
pub fn is_no_xml(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Texts one below the other, for a notation in which `\n` ends a line and which has no numbers for
/// characters: each as `write` has it, and what must not stand there by its name. What makes one emoji
/// of several stays: it is no more hidden than the emoji.
pub fn of_lines(
    texts: impl IntoIterator<Item = impl AsRef<str>>,
    write: impl Fn(&mut String, char),
) -> String {
    let mut out = String::new();
    for (number, text) in texts.into_iter().enumerate() {
        if number > 0 {
            out.push_str("\\n");
        }
        for c in shown(text.as_ref()).chars() {
            match c {
                c if c.is_control() || is_no_xml(c) => {
                    let mut number = String::new();
                    spell(&mut number, c);
                    number.chars().for_each(|c| write(&mut out, c));
                }
                c => write(&mut out, c),
            }
        }
    }
    out
}

/// Puts a character as it is, but the second `#` of two by its name: CI systems obey what begins with them,
/// wherever it stands in a log.
pub fn put(out: &mut String, c: char) {
    match c {
        '#' if out.ends_with('#') => out.push_str("<U+0023>"),
        c => out.push(c),
    }
}

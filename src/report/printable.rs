//! Text that is safe to print, whatever it was made from.
//!
//! What a file, its name or a message made from them says is untrusted: it may hold terminal
//! escape sequences, characters that hide or reorder others, or commands that a CI system takes
//! from its log. All output passes through [`Printable`], in which nothing of this is left: text
//! for people shows such characters as `<U+202E>`, and JSON and XML have spellings of their own
//! for them, which their readers turn back.

use std::fmt;

use serde::Serialize;
use serde_json::ser::Serializer;

use super::Pages;
use super::armed::{groupless, guarded, is_harmless, piece_disarmed, push};
use super::disarming::Disarming;
use crate::diagnostic::Code;
use crate::invisible::is_hidden;

/// Text of which every line can be printed: on a terminal nothing happens but that the text
/// appears, and a CI system takes no command from it that was not [meant](Printable::command).
///
/// The only ways to make one are the methods here, each of which makes safe what it is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printable {
    text: String,
}

impl Printable {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The lines of `text`, a tab being a tab.
    pub fn of(text: &str) -> Self {
        let mut out = Self::new();
        out.lines(text);
        out
    }

    /// Adds one line, whatever `text` holds: a line end in it becomes visible.
    pub fn line(&mut self, text: &str) {
        self.finished(&groupless(&in_line(text)));
    }

    /// Adds the lines of `text`, a tab being a tab. The last line is ended where it is not.
    pub fn lines(&mut self, text: &str) {
        // So are nearly all documents, and some are long.
        if is_harmless(text) && !text.contains("::") {
            self.text.push_str(text);
            if !text.is_empty() && !text.ends_with('\n') {
                self.text.push('\n');
            }
            return;
        }
        for line in text.lines() {
            let pieces: Vec<String> = line.split('\t').map(in_line).collect();
            self.finished(&pieces.join("\t"));
        }
    }

    /// Adds one line with the colours that this program gave it. Nothing but colours is left of
    /// escape sequences.
    pub fn colored(&mut self, line: &str) {
        let mut out = String::with_capacity(line.len());
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            let taken = color_code(rest).unwrap_or(0);
            match taken {
                0 => push(&mut out, rest),
                _ => out.push_str(&rest[..taken]),
            }
            rest = &rest[taken.max(c.len_utf8())..];
        }
        self.finished(&out);
    }

    /// Makes the first `word` of the last line a link to the page of
    /// `code`, by the sequence OSC 8 of terminals
    /// (<https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>).
    pub fn link_last_line(&mut self, word: &str, pages: &Pages, code: &Code) {
        let start = self
            .text
            .trim_end_matches('\n')
            .rfind('\n')
            .map_or(0, |end| end + 1);
        if let Some(at) = self.text[start..].find(word) {
            let range = start + at..start + at + word.len();
            let address = pages.of(code);
            let link = format!("\x1b]8;;{address}\x1b\\{word}\x1b]8;;\x1b\\");
            self.text.replace_range(range, &link);
        }
    }

    /// Adds a command to GitHub's runner, which reads it back by the rules of its
    /// `ActionCommand.cs`. Of several lines of `data`, each is made safe by itself.
    pub fn command(&mut self, name: &str, properties: &[(&str, String)], data: &[String]) {
        let properties: Vec<String> = properties
            .iter()
            .map(|(key, value)| format!("{key}={}", property(value)))
            .collect();
        let data: Vec<String> = data.iter().map(|line| percent(&in_line(line))).collect();
        let line = format!("::{name} {}::{}\n", properties.join(","), data.join("%0A"));
        self.text.push_str(&line);
    }

    /// Adds `value` as JSON of many lines.
    pub fn json(&mut self, value: &impl Serialize) -> fmt::Result {
        // Written to the end of the text, and made safe on the way: a report may be large.
        let mut text = std::mem::take(&mut self.text).into_bytes();
        let mut serializer = Serializer::with_formatter(&mut text, Disarming::default());
        value.serialize(&mut serializer).map_err(|_| fmt::Error)?;
        self.text = String::from_utf8(text).map_err(|_| fmt::Error)?;
        self.text.push('\n');
        Ok(())
    }

    /// Adds text that an XML writer has made safe.
    pub(super) fn xml(&mut self, xml: super::xml::Xml) {
        self.text.push_str(&xml.finish());
    }

    /// Adds other printable text.
    pub fn append(&mut self, other: &Printable) {
        self.text.push_str(&other.text);
    }

    /// The text; every line is ended.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn finished(&mut self, line: &str) {
        self.text.push_str(&guarded(line));
        self.text.push('\n');
    }
}

/// The length of the colour code (`ESC [ 1 ; 31 m`) that `text` starts with, in bytes.
fn color_code(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("\x1b[")?;
    let length = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    rest[length..]
        .starts_with('m')
        .then_some("\x1b[m".len() + length)
}

fn percent(text: &str) -> String {
    text.replace('%', "%25")
}

/// The value of a property, as one line. The runner takes away an `=` at its start.
fn property(text: &str) -> String {
    let text = in_line(text);
    let text = match text.starts_with('=') {
        true => format!("./{text}"),
        false => text,
    };
    percent(&text).replace(':', "%3A").replace(',', "%2C")
}

/// JSON with every hidden character, and the first character of whatever a CI system would take
/// for a command, written as `\uXXXX`. All of these can stand only inside strings.
pub fn disarmed(json: &str) -> String {
    piece_disarmed(json, false).into_owned()
}

/// `text` as part of one line, every hidden character visible, line ends and tabs too.
pub fn in_line(text: &str) -> String {
    // What is drawn around a line is no ASCII, and not hidden either.
    if !text.contains("##") && !text.contains(is_hidden) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (at, _) in text.char_indices() {
        push(&mut out, &text[at..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::armed::GROUP_MARKS;
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

    #[test]
    fn a_line_opens_no_group() {
        for mark in GROUP_MARKS {
            let mut out = Printable::new();
            out.line(&format!("{mark} x"));
            out.line(mark);
            out.line(&format!("{mark}\u{a0}x"));
            out.line(&format!("{mark}x"));
            out.line(&format!(" {mark} x"));
            let number = format!("<U+{:04X}>", u32::from(mark.as_bytes()[0]));
            let shown = format!(
                "{number}{0} x\n{mark}\n{mark}<U+00A0>x\n{mark}x\n {mark} x\n",
                &mark[1..]
            );
            assert_eq!(out.as_str(), shown);
        }
    }

    #[test]
    fn colours_stay_and_nothing_else_of_an_escape_sequence() {
        let mut out = Printable::new();
        out.colored("\x1b[1;31mred\x1b[0m \x1b[2J \x1b]0;title\x07\n\x1b[m");
        let expected = "\x1b[1;31mred\x1b[0m <U+001B>[2J <U+001B>]0;title<U+0007><U+000A>\x1b[m\n";
        assert_eq!(out.as_str(), expected);
    }

    #[test]
    fn text_keeps_its_lines_and_tabs() {
        let text = "a\tb\n\n  ::error::c\r\n##[x";
        let expected = "a\tb\n\n  <U+003A>:error::c\n<U+0023>#[x\n";
        assert_eq!(Printable::of(text).as_str(), expected);
        assert_eq!(Printable::of(expected).as_str(), expected);
    }

    #[test]
    fn readers_of_json_get_the_same_text_back() {
        let texts = [
            "::error::x",
            "a ##[group] ##vso[x]y ###[",
            "\u{202e}\u{feff}\u{a0}\u{7f}\u{85}\r\n\t\"\\ é 完 😀 \u{e0041}",
            "\"::x",
            "\\",
        ];
        let mut out = Printable::new();
        out.json(&texts).unwrap();
        let json = out.as_str();
        assert_eq!(serde_json::from_str::<Vec<String>>(json).unwrap(), texts);
        assert!(!json.contains("##[") && !json.contains("##vso["));
        assert!(!json.contains("\"::"));
        assert!(!json.chars().any(|c| c != '\n' && is_hidden(c)));
    }
}

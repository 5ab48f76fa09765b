//! Mermaid, which GitHub, GitLab and many wikis draw (<https://mermaid.js.org/syntax/stateDiagram.html>).
//!
//! States are called `s1`, `s2` … in the text, so that no name meets the grammar, and in names
//! whatever is not a letter, a digit or a blank between words is spelt as an entity of Mermaid's,
//! `#35;`: it reads names as Markdown, and looks for its own words in the middle of a line.
//! `tests/renderers` has it draw them.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::diagrams::palette::{self, Paint};
use crate::diagrams::picture::{Fate, Picture};
use crate::diagrams::text::{Id, MOST};
use crate::diagrams::{Direction, Notation, Style};
use crate::invisible::is_hidden;
use crate::limits::Grouped;

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "mermaid",
    about: "for Markdown on GitHub, GitLab and in wikis, which draw it themselves",
    extension: "mmd",
    signature: "\" as s1\n",
    most: MOST,
    lists_transitions: false,
    has_arrows: true,
    joins: false,
    has_direction: true,
    draw,
    encode: None,
    caution: Some(caution),
};

fn draw(picture: &Picture, style: &Style) -> String {
    let mut out = String::new();
    open(&mut out, picture, style);
    for (index, figure) in picture.figures.iter().enumerate() {
        let lines = escaped_lines(figure.lines());
        let _ = writeln!(out, "    state \"{lines}\" as {}", Id(index));
    }
    out.push('\n');
    for start in &picture.starts {
        draw_arrow(&mut out, "[*]", Id(start.to), start.lines(), style);
    }
    for arrow in &picture.arrows {
        let (from, to) = (Id(arrow.from), Id(arrow.to));
        draw_arrow(&mut out, from, to, arrow.lines(), style);
    }
    for (index, figure) in picture.figures.iter().enumerate() {
        if figure.is_final {
            draw_arrow(&mut out, Id(index), "[*]", std::iter::empty(), style);
        }
    }
    paint(&mut out, picture);
    out
}

fn open(out: &mut String, picture: &Picture, style: &Style) {
    if let Some(title) = picture.title {
        let _ = writeln!(out, "---\ntitle: \"{}\"\n---", in_yaml(title));
    }
    out.push_str("stateDiagram-v2\n");
    if style.direction == Direction::Right {
        out.push_str("    direction LR\n");
    }
}

fn draw_arrow<'t>(
    out: &mut String,
    from: impl std::fmt::Display,
    to: impl std::fmt::Display,
    lines: impl Iterator<Item = Cow<'t, str>>,
    style: &Style,
) {
    let _ = write!(out, "    {from} --> {to}");
    let lines = escaped_lines(lines.filter(|_| style.names));
    if !lines.is_empty() {
        let _ = write!(out, " : {lines}");
    }
    out.push('\n');
}

/// Lines of text, one below the other.
fn escaped_lines(lines: impl Iterator<Item = impl AsRef<str>>) -> String {
    let lines: Vec<String> = lines.map(|line| escaped(line.as_ref())).collect();
    lines.join("<br/>")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, c)| c);
        if is_of_an_entity(before, c) {
            out.push_str("#8203;");
        }
        match c {
            // Blanks at an end, and the second of two, would not be drawn.
            ' ' if before.is_none_or(|c| c == ' ') || after.is_none() => out.push_str("#160;"),
            ' ' => out.push(' '),
            // The word turns the picture, wherever in a line it stands before `LR`.
            'd' | 'D' if is_direction(&text[at..]) => number(&mut out, c),
            '-' if [before, after].map(is_of_a_word) == [true; 2] => out.push(c),
            ',' if is_of_a_word(before) => out.push(c),
            c if is_of_a_word(Some(c)) || is_letter(c) => out.push(c),
            c => number(&mut out, c),
        }
        before = Some(c);
    }
    out
}

fn number(out: &mut String, c: char) {
    let _ = write!(out, "#{};", c as u32);
}

fn is_direction(text: &str) -> bool {
    const WORD: &str = "direction";
    text.get(..WORD.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(WORD))
}

fn is_of_a_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Whether a character beyond ASCII can stand as it is: Mermaid writes entities with `ﬂ`, `°` and
/// `¶` while it reads.
fn is_letter(c: char) -> bool {
    !c.is_ascii() && !matches!(c, 'ﬂ' | '°' | '¶') && !is_hidden(c)
}

/// Whether two characters are how Mermaid writes entities in what it draws: there they have to be
/// parted, by something that nobody sees.
fn is_of_an_entity(before: Option<char>, c: char) -> bool {
    matches!((before, c), (Some('ﬂ'), '°') | (Some('¶'), 'ß'))
}

/// A text for a double-quoted YAML scalar. Mermaid resolves no entities of its own in a title, and
/// takes what follows a `<` for markup: the wide one is the nearest to be had.
fn in_yaml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        if is_of_an_entity(before, c) {
            out.push_str("\\U0000200B");
        }
        before = Some(c);
        match c {
            '<' => out.push('＜'),
            ' ' | '-' | '_' | '.' | ',' | '/' | '(' | ')' | '?' | '!' | '+' => out.push(c),
            c if is_of_a_word(Some(c)) || !c.is_ascii() && !is_hidden(c) => out.push(c),
            c => {
                let _ = write!(out, "\\U{:08X}", c as u32);
            }
        }
    }
    out
}

/// More than this and Mermaid draws a message in place of the picture, unless its site raises its
/// `maxTextSize`.
const MOST_CHARACTERS: usize = 50_000;

fn caution(text: &str) -> Option<String> {
    let count = text.encode_utf16().count();
    (count > MOST_CHARACTERS).then(|| {
        format!(
            "the text has {} characters, and Mermaid draws {}: add `--only CATEGORY` or `--no-names`, or raise `maxTextSize` where it is drawn",
            Grouped(count),
            Grouped(MOST_CHARACTERS)
        )
    })
}

/// Gives every figure its colours: one class for each kind that there is.
fn paint(out: &mut String, picture: &Picture) {
    let mut classes: Vec<(Paint, Vec<String>)> = Vec::new();
    for (index, figure) in picture.figures.iter().enumerate() {
        let paint = palette::of(figure);
        let id = Id(index).to_string();
        match classes.iter_mut().find(|(p, _)| *p == paint) {
            Some((_, ids)) => ids.push(id),
            None => classes.push((paint, vec![id])),
        }
    }
    out.push('\n');
    for (paint, ids) in classes {
        let Paint {
            name,
            fill,
            line,
            ink,
            dashed,
            ..
        } = paint;
        let dashes = if dashed { ",stroke-dasharray:5 4" } else { "" };
        let _ = writeln!(
            out,
            "    classDef {name} fill:{fill},stroke:{line},color:{ink}{dashes}\n    class {} {name}",
            ids.join(",")
        );
    }
    for (index, figure) in picture.figures.iter().enumerate() {
        if let Some(color) = palette::accent(figure) {
            let dots = match figure.fate {
                Some(Fate::Changed) => ",stroke-dasharray:2 3",
                _ => "",
            };
            let _ = writeln!(
                out,
                "    style {} stroke:{color},stroke-width:3px{dots}",
                Id(index)
            );
        }
    }
}

//! PlantUML's state diagrams (<https://plantuml.com/state-diagram>).
//!
//! States are called `s1`, `s2` … in the text. In names, whatever is not a letter, a digit or a
//! single blank within is spelt by number, `<U+0023>`: nearly every other sign is a command of
//! one of its markup languages in some place.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::diagrams::palette::Line;
use crate::diagrams::picture::{Arrow, Fate, Figure, Picture};
use crate::diagrams::text::{Id, MOST};
use crate::diagrams::{Direction, Notation, Style, palette};

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "plantuml",
    about: "for PlantUML, in wikis and documents that draw it",
    extension: "puml",
    signature: "hide empty description\nhide stereotype\n",
    most: MOST,
    lists_transitions: false,
    has_arrows: true,
    joins: true,
    has_direction: true,
    draw,
    encode: None,
    caution: None,
};

fn draw(picture: &Picture, style: &Style) -> String {
    let mut out = String::from("@startuml\nhide empty description\nhide stereotype\n");
    if style.direction == Direction::Right {
        out.push_str("left to right direction\n");
    }
    if let Some(title) = picture.title {
        let _ = writeln!(out, "title {}", name(title));
    }
    for paint in palette::of_all(picture) {
        if paint.ink != palette::INK {
            let (kind, ink) = (paint.name, paint.ink);
            let _ = writeln!(out, "skinparam state<<{kind}>> {{\n  FontColor {ink}\n}}");
        }
    }
    for (index, figure) in picture.figures.iter().enumerate() {
        draw_figure(&mut out, index, figure);
    }
    out.push('\n');
    for start in &picture.starts {
        let line = start
            .named
            .fate
            .map_or_else(Line::default, palette::of_fate);
        let _ = write!(out, "[*] {} {}", way(line), Id(start.to));
        label(&mut out, start.lines(), style);
    }
    for arrow in &picture.arrows {
        draw_arrow(&mut out, picture, arrow, style);
    }
    for (index, _) in picture
        .figures
        .iter()
        .enumerate()
        .filter(|(_, f)| f.is_final)
    {
        let _ = writeln!(out, "{} --> [*]", Id(index));
    }
    out.push_str("@enduml\n");
    out
}

fn draw_figure(out: &mut String, index: usize, figure: &Figure) {
    let paint = palette::of(figure);
    let label = lines(figure.lines());
    let (id, kind, fill) = (Id(index), paint.name, paint.fill);
    let accent = palette::accent(figure);
    let line = accent.unwrap_or(paint.line).trim_start_matches('#');
    let dashes = match (accent, paint.dashed) {
        (_, true) => "[dashed]",
        _ if figure.fate == Some(Fate::Changed) => "[dotted]",
        (Some(_), false) => "[bold]",
        (None, false) => "",
    };
    let _ = writeln!(
        out,
        "state \"{label}\" as {id} <<{kind}>> {fill} ##{dashes}{line}"
    );
}

fn draw_arrow(out: &mut String, picture: &Picture, arrow: &Arrow, style: &Style) {
    let look = way(palette::of_arrow(picture, arrow));
    let _ = write!(out, "{} {look} {}", Id(arrow.from), Id(arrow.to));
    label(out, arrow.lines(), style);
}

fn way(line: Line) -> String {
    // One that is dotted is as wide as one that is bold, which is a style of its own.
    let style = match line {
        Line { dotted: true, .. } => Some("dotted,thickness=3"),
        Line {
            dashed: true, bold, ..
        } => Some(if bold { "dashed,bold" } else { "dashed" }),
        Line { bold: true, .. } => Some("bold"),
        Line { .. } => None,
    };
    let looks: Vec<&str> = line.color.into_iter().chain(style).collect();
    match looks.is_empty() {
        true => "-->".to_owned(),
        false => format!("-[{}]->", looks.join(",")),
    }
}

/// The rest of the line of an arrow.
fn label<'t>(out: &mut String, texts: impl Iterator<Item = Cow<'t, str>>, style: &Style) {
    let label = lines(texts);
    if style.names && !label.is_empty() {
        let _ = write!(out, " : {label}");
    }
    out.push('\n');
}

/// Texts, one below the other.
fn lines(texts: impl Iterator<Item = impl AsRef<str>>) -> String {
    let texts: Vec<String> = texts.map(|text| name(text.as_ref())).collect();
    texts.join("\\n")
}

fn name(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let last = text.chars().count().saturating_sub(1);
    let mut before = None;
    for (at, c) in text.chars().enumerate() {
        match c {
            // Blanks at an end, and the second of two, would not be drawn.
            ' ' if at == 0 || at == last || before == Some(' ') => out.push_str("<U+00A0>"),
            ' ' => out.push(c),
            c if is_letter(c) => out.push(c),
            c => {
                let _ = write!(out, "<U+{:04X}>", c as u32);
            }
        }
        before = Some(c);
    }
    out
}

/// Whether PlantUML takes a character for one of a word, so that it can stand as it is.
fn is_letter(c: char) -> bool {
    let counts = !c.is_ascii() && (c.is_numeric() || matches!(c, 'Ⓐ'..='ⓩ'));
    c.is_alphanumeric() && !counts && c <= '\u{ffff}'
}

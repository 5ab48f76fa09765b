//! D2, a language of diagrams (<https://d2lang.com/tour/intro>).
//!
//! States are called `s1`, `s2` … in the text, because names there do not tell upper from lower
//! case. In a quoted text only `\`, `"` and `$` mean more than themselves.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::diagrams::palette::Line;
use crate::diagrams::picture::{Arrow, Fate, Figure, Picture};
use crate::diagrams::text::{self, Id};
use crate::diagrams::{Direction, Notation, Style, palette};

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "d2",
    about: "for D2, which lays out and draws it",
    extension: "d2",
    signature: "classes: {\n  ",
    most: text::MOST,
    lists_transitions: false,
    has_arrows: true,
    joins: false,
    has_direction: true,
    draw,
    encode: None,
    caution: None,
};

fn draw(picture: &Picture, style: &Style) -> String {
    let mut out = String::new();
    if style.direction == Direction::Right {
        out.push_str("direction: right\n");
    }
    if let Some(title) = picture.title {
        let title = text::of_lines([title], quoted);
        let _ = writeln!(
            out,
            "title: \"{title}\" {{shape: text; near: top-center; style.font-size: 28}}"
        );
    }
    classes(&mut out, picture);
    for (index, figure) in picture.figures.iter().enumerate() {
        draw_figure(&mut out, index, figure);
    }
    out.push('\n');
    if !picture.starts.is_empty() {
        let ink = palette::INK;
        let _ = writeln!(
            out,
            "start: \"\" {{shape: circle; width: 14; height: 14; style.fill: \"{ink}\"; style.stroke: \"{ink}\"}}"
        );
    }
    for start in &picture.starts {
        let _ = write!(out, "start -> {}", Id(start.to));
        label(&mut out, start.lines(), style);
        looks(
            &mut out,
            start
                .named
                .fate
                .map_or_else(Line::default, palette::of_fate),
        );
        out.push('\n');
    }
    for arrow in &picture.arrows {
        draw_arrow(&mut out, picture, arrow, style);
    }
    out
}

/// How states of each kind that there is are painted.
fn classes(out: &mut String, picture: &Picture) {
    out.push_str("classes: {\n");
    for paint in palette::of_all(picture) {
        let dashes = if paint.dashed { "; stroke-dash: 4" } else { "" };
        let _ = writeln!(
            out,
            "  {}: {{style: {{fill: \"{}\"; stroke: \"{}\"; font-color: \"{}\"; border-radius: 8{dashes}}}}}",
            paint.name, paint.fill, paint.line, paint.ink
        );
    }
    out.push_str("}\n\n");
}

fn draw_figure(out: &mut String, index: usize, figure: &Figure) {
    let label = text::of_lines(figure.lines(), quoted);
    let class = palette::of(figure).name;
    let _ = write!(out, "{}: \"{label}\" {{class: {class}", Id(index));
    if figure.is_final {
        out.push_str("; style.double-border: true");
    }
    if let Some(color) = palette::accent(figure) {
        let _ = write!(out, "; style.stroke: \"{color}\"; style.stroke-width: 3");
        if figure.fate == Some(Fate::Changed) {
            out.push_str("; style.stroke-dash: 1");
        }
    }
    out.push_str("}\n");
}

fn draw_arrow(out: &mut String, picture: &Picture, arrow: &Arrow, style: &Style) {
    let _ = write!(out, "{} -> {}", Id(arrow.from), Id(arrow.to));
    label(out, arrow.lines(), style);
    looks(out, palette::of_arrow(picture, arrow));
    out.push('\n');
}

fn looks(out: &mut String, line: Line) {
    let mut looks = Vec::new();
    if let Some(color) = line.color {
        looks.push(format!("stroke: \"{color}\"; font-color: \"{color}\""));
    }
    if line.dashed {
        looks.push("stroke-dash: 4".to_owned());
    }
    if line.dotted {
        looks.push("stroke-dash: 1".to_owned());
    }
    if line.bold {
        looks.push("stroke-width: 3".to_owned());
    }
    if !looks.is_empty() {
        let _ = write!(out, " {{style: {{{}}}}}", looks.join("; "));
    }
}

fn label<'t>(out: &mut String, lines: impl Iterator<Item = Cow<'t, str>>, style: &Style) {
    // Attributes need a colon before them, and that a text.
    let lines = lines.filter(|_| style.names);
    let _ = write!(out, ": \"{}\"", text::of_lines(lines, quoted));
}

fn quoted(out: &mut String, c: char) {
    match c {
        '\\' | '"' | '$' => out.extend(['\\', c]),
        c => text::put(out, c),
    }
}

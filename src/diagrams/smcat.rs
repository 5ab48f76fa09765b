//! The language of state-machine-cat (<https://github.com/sverweij/state-machine-cat>).
//!
//! States are called `s1`, `s2` … in the text, and each says its type: otherwise a name such as
//! `finalise` would make one of its own. It has no word for a title; the workflow's stands on a
//! state that holds all others.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::diagrams::picture::{Arrow, Figure, Picture};
use crate::diagrams::text::{self, Id};
use crate::diagrams::{Notation, Style, palette};

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "smcat",
    about: "for state-machine-cat",
    extension: "smcat",
    signature: "[type=regular label=\"",
    most: text::MOST,
    lists_transitions: false,
    has_arrows: true,
    joins: false,
    has_direction: false,
    draw,
    encode: None,
    caution: None,
};

fn draw(picture: &Picture, style: &Style) -> String {
    let mut out = String::new();
    if let Some(title) = picture.title {
        let title = of_state(std::iter::once(title));
        let _ = writeln!(out, "workflow [type=regular label=\"{title}\"] {{");
    }
    let mut states = Vec::new();
    if !picture.starts.is_empty() {
        states.push("start [type=initial]".to_owned());
    }
    let figures = picture.figures.iter().enumerate();
    states.extend(figures.map(|(index, figure)| state(index, figure)));
    let finals = || {
        picture
            .figures
            .iter()
            .enumerate()
            .filter(|(_, f)| f.is_final)
    };
    if finals().next().is_some() {
        states.push("end [type=final]".to_owned());
    }
    let _ = writeln!(out, "{};\n", states.join(",\n"));
    for start in &picture.starts {
        let _ = write!(out, "start => {}", Id(start.to));
        if let Some(fate) = start.named.fate {
            let _ = write!(out, " [color=\"{}\"]", palette::LIGHT.of_fate(fate));
        }
        label(&mut out, start.lines(), style);
    }
    for arrow in &picture.arrows {
        draw_arrow(&mut out, picture, arrow, style);
    }
    for (index, _) in finals() {
        let _ = writeln!(out, "{} => end;", Id(index));
    }
    if picture.title.is_some() {
        out.push_str("};\n");
    }
    out
}

fn state(index: usize, figure: &Figure) -> String {
    let label = of_state(figure.lines());
    let paint = palette::of(figure);
    let color = palette::accent(figure).unwrap_or(paint.line);
    let (id, class) = (Id(index), paint.name);
    format!("{id} [type=regular label=\"{label}\" color=\"{color}\" class=\"{class}\"]")
}

fn draw_arrow(out: &mut String, picture: &Picture, arrow: &Arrow, style: &Style) {
    let _ = write!(out, "{} => {}", Id(arrow.from), Id(arrow.to));
    if let Some(color) = palette::of_arrow(picture, arrow).color {
        let _ = write!(out, " [color=\"{color}\"]");
    }
    label(out, arrow.lines(), style);
}

/// The rest of the line of an arrow.
fn label<'t>(out: &mut String, lines: impl Iterator<Item = Cow<'t, str>>, style: &Style) {
    let label = text::of_lines(lines, |out, c| match c {
        '&' => out.push_str("&amp;"),
        '"' => out.push_str("&quot;"),
        '\\' => out.push_str("&#92;&#92;"),
        // Conditions and actions begin with these.
        '[' => out.push_str("&#91;"),
        '/' => out.push_str("&#47;"),
        '#' => out.push_str("&#35;"),
        c => out.push(c),
    });
    if style.names && !label.is_empty() {
        // In the label of an arrow a line ends as it is written; a name has no backslash of its own here.
        let _ = write!(out, ": \"{}\"", label.replace("\\n", "\n"));
    }
    out.push_str(";\n");
}

/// The lines of a state's label. One that ends in a backslash cannot be said; something that nobody
/// sees stands after it.
fn of_state<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    let mut label = text::of_lines(lines, |out, c| match c {
        '\\' | '"' => out.extend(['\\', c]),
        c => text::put(out, c),
    });
    if label.ends_with('\\') {
        label.push('\u{200b}');
    }
    label
}

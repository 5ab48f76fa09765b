//! Mermaid, which GitHub, GitLab and many wikis draw (<https://mermaid.js.org/syntax/stateDiagram.html>).
//!
//! States are called `s1`, `s2` … in the text, so that no name meets the grammar, and in names
//! whatever is not a letter, a digit or harmless is spelt as an entity of Mermaid's, `#35;`.

use std::fmt::Write as _;

use crate::diagrams::palette::{self, Paint};
use crate::diagrams::picture::{Arrow, Picture};
use crate::diagrams::text::{self, Id};
use crate::diagrams::{Direction, Notation, Style};
use crate::graph::Resolved;

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "mermaid",
    about: "for Markdown on GitHub, GitLab and in wikis, which draw it themselves",
    extension: "mmd",
    most: usize::MAX,
    lists_transitions: false,
    has_arrows: true,
    has_direction: true,
    draw,
    encode: None,
};

fn draw(resolved: &Resolved, style: &Style) -> String {
    let picture = Picture::of(resolved, style);
    let mut out = String::new();
    open(&mut out, &picture, style);
    for (index, figure) in picture.figures.iter().enumerate() {
        let lines = std::iter::once(&*figure.name).chain(figure.marks());
        let _ = writeln!(
            out,
            "    state \"{}\" as {}",
            escaped_lines(lines),
            Id(index)
        );
    }
    out.push('\n');
    for start in &picture.starts {
        let names: Vec<&str> = start.name.into_iter().collect();
        draw_arrow(&mut out, "[*]", Id(start.to), &names, style);
    }
    for Arrow {
        from, to, names, ..
    } in &picture.arrows
    {
        draw_arrow(&mut out, Id(*from), Id(*to), names, style);
    }
    for (index, figure) in picture.figures.iter().enumerate() {
        if figure.is_final {
            draw_arrow(&mut out, Id(index), "[*]", &[], style);
        }
    }
    paint(&mut out, &picture);
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

fn draw_arrow(
    out: &mut String,
    from: impl std::fmt::Display,
    to: impl std::fmt::Display,
    names: &[&str],
    style: &Style,
) {
    let _ = write!(out, "    {from} --> {to}");
    if style.names && !names.is_empty() {
        let _ = write!(out, " : {}", escaped_lines(names.iter().copied()));
    }
    out.push('\n');
}

/// Lines of text, one below the other.
fn escaped_lines<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    let lines: Vec<String> = lines.map(escaped).collect();
    lines.join("<br/>")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmless(c) {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", c as u32);
        }
    }
    out
}

/// Whether a character can stand as it is in a name. `ﬂ`, `°` and `¶` cannot: Mermaid writes
/// entities with them while it reads, and would take a name for one.
fn is_harmless(c: char) -> bool {
    match c {
        ' ' | '-' | '_' | '.' | ',' | '/' | '(' | ')' | '?' | '!' | '+' => true,
        'ﬂ' | '°' | '¶' => false,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        c => !text::is_unseen(c),
    }
}

/// A text for a double-quoted YAML scalar, letters and digits as they are.
fn in_yaml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmless(c) {
            out.push(c);
        } else {
            let _ = write!(out, "\\U{:08X}", c as u32);
        }
    }
    out
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
            let _ = writeln!(
                out,
                "    style {} stroke:{color},stroke-width:3px",
                Id(index)
            );
        }
    }
}

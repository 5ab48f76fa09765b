//! DOT, the language of Graphviz (<https://graphviz.org/doc/info/lang.html>).
//!
//! Names are the identifiers of nodes, so that the text reads well and other tools find them. All
//! text stands in quoted strings, never in HTML-like labels, and nothing in a name is an escape
//! sequence or an entity (<https://graphviz.org/docs/attr-types/escString/>): a label shows the
//! name as it is.

use crate::hashing::HashSet;
use std::fmt::Write as _;

use crate::diagrams::picture::{Arrow, Emphasis, Figure, Kind, Picture};
use crate::diagrams::{Direction, Notation, Style, palette, text};
use crate::graph::Resolved;

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "dot",
    about: "for Graphviz, which lays out and draws it in any format",
    extension: "dot",
    most: usize::MAX,
    draw,
    encode: None,
};

/// What is true of all figures and arrows. Browsers and Graphviz take the first font they have.
const HEAD: &str = r##"  bgcolor="white"
  pad=0.3
  nodesep=0.45
  ranksep=0.5
  fontname="Helvetica,Arial,sans-serif"
"##;

fn draw(resolved: &Resolved, style: &Style) -> String {
    let picture = Picture::of(resolved, style);
    let ids = Ids::of(&picture);
    let mut out = String::new();
    open(&mut out, &picture, style);
    draw_starts(&mut out, &picture, style, &ids);
    for (figure, id) in picture.figures.iter().zip(&ids.figures) {
        draw_figure(&mut out, figure, id);
    }
    out.push('\n');
    for arrow in &picture.arrows {
        draw_arrow(&mut out, &picture, arrow, style, &ids);
    }
    out.push_str("}\n");
    out
}

fn open(out: &mut String, picture: &Picture, style: &Style) {
    out.push_str("digraph ");
    if let Some(title) = picture.title {
        out.push_str(&quoted(title));
        out.push(' ');
    }
    out.push_str("{\n");
    out.push_str(HEAD);
    if style.direction == Direction::Right {
        out.push_str("  rankdir=LR\n");
    }
    if let Some(title) = picture.title {
        let title = quoted(title);
        let _ = writeln!(
            out,
            "  label={title} labelloc=t fontsize=18 fontcolor=\"{}\"",
            palette::INK
        );
    }
    let _ = writeln!(
        out,
        "  node [shape=box style=\"rounded,filled\" fontname=\"Helvetica,Arial,sans-serif\" fontsize=12 margin=\"0.18,0.1\" height=0.42 penwidth=1.3 fontcolor=\"{}\"]",
        palette::INK
    );
    let _ = writeln!(
        out,
        "  edge [fontname=\"Helvetica,Arial,sans-serif\" fontsize=10 arrowsize=0.7 color=\"{}\" fontcolor=\"{}\"]\n",
        palette::ARROW,
        palette::ARROW_INK
    );
}

fn draw_starts(out: &mut String, picture: &Picture, style: &Style, ids: &Ids) {
    if picture.starts.is_empty() {
        return;
    }
    let dot = &ids.start;
    let _ = writeln!(
        out,
        "  {dot} [shape=point width=0.17 color=\"{0}\" fillcolor=\"{0}\"]",
        palette::INK
    );
    for start in &picture.starts {
        let _ = write!(out, "  {dot} -> {}", ids.figures[start.to]);
        let label = start.name.filter(|_| style.names);
        attributes(out, label.map(|name| ("label", quoted(name))));
    }
    out.push('\n');
}

fn draw_figure(out: &mut String, figure: &Figure, id: &str) {
    let paint = palette::of(figure);
    let mut with = Vec::new();
    let marks = figure.marks();
    if figure.kind == Kind::AnyState || !marks.is_empty() {
        let label = std::iter::once(&*figure.name).chain(marks);
        with.push(("label", quoted_lines(label)));
    }
    with.push(("fillcolor", quoted(paint.fill)));
    let line = match figure.emphasis {
        Emphasis::None => figure.color.unwrap_or(paint.line),
        emphasis => palette::LIGHT.of(emphasis),
    };
    with.push(("color", quoted(line)));
    if figure.color.is_some() || figure.emphasis != Emphasis::None {
        with.push(("penwidth", "2.4".to_owned()));
    }
    if paint.ink != palette::INK {
        with.push(("fontcolor", quoted(paint.ink)));
    }
    if figure.is_final {
        with.push(("peripheries", "2".to_owned()));
    }
    if figure.kind == Kind::AnyState {
        with.push(("fontsize", "10".to_owned()));
        with.push(("height", "0.3".to_owned()));
    }
    if paint.dashed {
        with.push(("style", "\"rounded,filled,dashed\"".to_owned()));
    }
    let _ = write!(out, "  {id}");
    attributes(out, with);
}

fn draw_arrow(out: &mut String, picture: &Picture, arrow: &Arrow, style: &Style, ids: &Ids) {
    let mut with = Vec::new();
    if style.names {
        with.push(("label", quoted_lines(arrow.names.iter().copied())));
    }
    if picture.is_faint(arrow) {
        with.push(("color", quoted(palette::FAINT)));
        with.push(("fontcolor", quoted(palette::FAINT)));
        with.push(("style", "dashed".to_owned()));
    } else if arrow.emphasis != Emphasis::None {
        let color = palette::LIGHT.of(arrow.emphasis);
        with.push(("color", quoted(color)));
        with.push(("fontcolor", quoted(color)));
        with.push(("penwidth", "2.4".to_owned()));
    }
    let _ = write!(
        out,
        "  {} -> {}",
        ids.figures[arrow.from], ids.figures[arrow.to]
    );
    attributes(out, with);
}

/// The end of a statement.
fn attributes(out: &mut String, with: impl IntoIterator<Item = (&'static str, String)>) {
    let with: Vec<String> = with.into_iter().map(|(k, v)| format!("{k}={v}")).collect();
    if !with.is_empty() {
        let _ = write!(out, " [{}]", with.join(" "));
    }
    out.push('\n');
}

/// What nodes are called in the text, in quotes. A state is called by its name; names that we
/// give ourselves make way for it.
struct Ids {
    start: String,
    figures: Vec<String>,
}

impl Ids {
    fn of(picture: &Picture) -> Self {
        let own = |f: &&Figure| f.kind != Kind::AnyState;
        let names = picture
            .figures
            .iter()
            .filter(own)
            .map(|f| f.name.to_string());
        let mut taken: HashSet<String> = names.collect();
        let mut free = |wanted: &str| {
            let mut id = wanted.to_owned();
            let mut number = 1;
            while !taken.insert(id.clone()) {
                number += 1;
                id = format!("{wanted} {number}");
            }
            quoted(&id)
        };
        let start = free("start");
        let figures = picture.figures.iter().map(|f| match f.kind {
            Kind::AnyState => free(&f.name),
            _ => quoted(&f.name),
        });
        let figures = figures.collect();
        Ids { start, figures }
    }
}

/// Lines of text, one below the other, as one quoted string.
fn quoted_lines<'t>(lines: impl Iterator<Item = &'t str>) -> String {
    let lines: Vec<String> = lines.map(escaped).collect();
    format!("\"{}\"", lines.join("\\n"))
}

/// A text as a quoted string that labels show as it is.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '&' if looks_like_entity(rest.as_str()) => out.push_str("&amp;"),
            // Two of them and a bracket are a command to Azure Pipelines, wherever they are printed.
            '#' if rest.as_str().starts_with('#') => out.push_str("&#35;"),
            c if text::is_unseen(c) => {
                let _ = write!(out, "&#{};", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether Graphviz takes an ampersand before this text for the beginning of an entity.
fn looks_like_entity(rest: &str) -> bool {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'));
    end.is_some_and(|end| end > 0 && rest[end..].starts_with(';'))
}

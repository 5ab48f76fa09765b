//! DOT, the language of Graphviz (<https://graphviz.org/doc/info/lang.html>).
//!
//! Names are the identifiers of nodes, so that the text reads well and other tools find them. All
//! text stands in quoted strings, never in HTML-like labels, and nothing in a name is an escape
//! sequence or an entity (<https://graphviz.org/docs/attr-types/escString/>): a label shows the
//! name as it is.

use crate::hashing::{HashMap, HashSet};
use std::borrow::Cow;
use std::fmt::Write as _;

use crate::diagrams::palette::Line;
use crate::diagrams::picture::{Arrow, Fate, Figure, Kind, Picture};
use crate::diagrams::{Direction, Notation, Style, palette, text};
use crate::invisible::{is_hidden, misplaced};

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "dot",
    about: "for Graphviz, which lays out and draws it in any format",
    extension: "dot",
    signature: "\n  bgcolor=\"white\"\n  pad=0.3\n",
    most: text::MOST,
    lists_transitions: false,
    has_arrows: true,
    joins: true,
    has_direction: true,
    draw,
    encode: None,
    caution: None,
};

/// What is true of all figures and arrows. Browsers and Graphviz take the first font they have.
const HEAD: &str = r##"  bgcolor="white"
  pad=0.3
  nodesep=0.45
  ranksep=0.5
  fontname="Helvetica,Arial,sans-serif"
"##;

fn draw(picture: &Picture, style: &Style) -> String {
    let ids = Ids::of(picture);
    let mut out = String::new();
    open(&mut out, picture, style);
    draw_starts(&mut out, picture, style, &ids);
    for (index, figure) in picture.figures.iter().enumerate() {
        draw_figure(&mut out, figure, &ids.of_figure(index));
    }
    out.push('\n');
    for arrow in &picture.arrows {
        draw_arrow(&mut out, picture, arrow, style, &ids);
    }
    out.push_str("}\n");
    out
}

fn open(out: &mut String, picture: &Picture, style: &Style) {
    out.push_str("digraph ");
    if let Some(title) = picture.title.filter(|title| is_id(title)) {
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
        let mut edge = Statement::edge(out, dot, &ids.of_figure(start.to));
        let lines: Vec<_> = start.lines().filter(|_| style.names).collect();
        if !lines.is_empty() {
            edge.lines("label", lines.iter().map(|line| &**line));
        }
        if let Some(fate) = start.named.fate {
            edge.looks(palette::of_fate(fate));
        }
        edge.end();
    }
    out.push('\n');
}

fn draw_figure(out: &mut String, figure: &Figure, id: &str) {
    let paint = palette::of(figure);
    let mut node = Statement::node(out, id);
    let is_plain = figure.label.is_none() && figure.marks().is_empty() && is_id(&figure.name);
    if figure.kind == Kind::AnyState || !is_plain {
        node.lines("label", figure.lines());
    }
    node.text("fillcolor", paint.fill);
    let accent = palette::accent(figure);
    node.text("color", accent.unwrap_or(paint.line));
    if accent.is_some() {
        node.word("penwidth", "2.4");
    }
    if paint.ink != palette::INK {
        node.text("fontcolor", paint.ink);
    }
    if figure.is_final {
        node.word("peripheries", "2");
    }
    if figure.kind == Kind::AnyState {
        node.word("fontsize", "10");
        node.word("height", "0.3");
    }
    if paint.dashed {
        node.text("style", "rounded,filled,dashed");
    } else if figure.fate == Some(Fate::Changed) {
        node.text("style", "rounded,filled,dotted");
    }
    node.end();
}

fn draw_arrow(out: &mut String, picture: &Picture, arrow: &Arrow, style: &Style, ids: &Ids) {
    let (from, to) = (ids.of_figure(arrow.from), ids.of_figure(arrow.to));
    let mut edge = Statement::edge(out, &from, &to);
    if style.names {
        let lines: Vec<_> = arrow.lines().collect();
        edge.lines("label", lines.iter().map(|line| &**line));
    }
    edge.looks(palette::of_arrow(picture, arrow));
    edge.end();
}

/// A statement about a node or an edge, which is written as its attributes come.
struct Statement<'o> {
    out: &'o mut String,
    has_attributes: bool,
}

impl<'o> Statement<'o> {
    /// About the node of this identifier, which is in quotes.
    fn node(out: &'o mut String, id: &str) -> Self {
        out.push_str("  ");
        out.push_str(id);
        Statement {
            out,
            has_attributes: false,
        }
    }

    fn edge(out: &'o mut String, from: &str, to: &str) -> Self {
        let statement = Self::node(out, from);
        statement.out.push_str(" -> ");
        statement.out.push_str(to);
        statement
    }

    fn key(&mut self, name: &str) {
        self.out.push_str(match self.has_attributes {
            false => " [",
            true => " ",
        });
        self.out.push_str(name);
        self.out.push('=');
        self.has_attributes = true;
    }

    /// An attribute whose value needs no quotes.
    fn word(&mut self, name: &str, value: &str) {
        self.key(name);
        self.out.push_str(value);
    }

    fn text(&mut self, name: &str, value: &str) {
        self.lines(name, std::iter::once(value));
    }

    /// Lines of text, one below the other, as one quoted string.
    fn lines<'t>(&mut self, name: &str, lines: impl Iterator<Item = &'t str>) {
        self.key(name);
        self.out.push('"');
        for (number, line) in lines.enumerate() {
            if number > 0 {
                self.out.push_str("\\n");
            }
            escape(self.out, line);
        }
        self.out.push('"');
    }

    /// How the line of an edge is drawn.
    fn looks(&mut self, line: Line) {
        if let Some(color) = line.color {
            self.text("color", color);
            self.text("fontcolor", color);
        }
        if line.dashed {
            self.word("style", "dashed");
        } else if line.dotted {
            self.word("style", "dotted");
        }
        if line.bold {
            self.word("penwidth", "2.4");
        }
    }

    fn end(self) {
        let end = if self.has_attributes { "]\n" } else { "\n" };
        self.out.push_str(end);
    }
}

/// Whether Graphviz takes a name for what it is. One with a percent sign in front is one that it has
/// given itself, and one that cannot be written could be another's.
fn is_id(name: &str) -> bool {
    let can_be_written = || matches!(spelt(name), Cow::Borrowed(_));
    !name.starts_with('%') && !name.contains(text::is_no_xml) && can_be_written()
}

/// The text with what is hidden in it and has no number that Graphviz reads: it reads none beyond U+FFFF.
/// The tags in a flag stand as they are.
fn spelt(text: &str) -> Cow<'_, str> {
    let mut hidden = misplaced(text);
    hidden.retain(|(_, c)| *c > '\u{ffff}');
    if hidden.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut from = 0;
    for (at, c) in hidden {
        out.push_str(&text[from..at]);
        text::spell(&mut out, c);
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// What nodes are called in the text, in quotes. A state is called by its name, if it can be; names
/// that we give ourselves make way for it.
struct Ids<'p> {
    start: String,
    figures: &'p [Figure<'p>],
    /// The names that we give, by the number of the figure.
    given: HashMap<usize, String>,
}

impl<'p> Ids<'p> {
    fn of(picture: &'p Picture) -> Self {
        let is_own = |f: &Figure| f.kind != Kind::AnyState && is_id(&f.name);
        let own = picture.figures.iter().filter(|figure| is_own(figure));
        let taken: HashSet<&str> = own.map(|figure| &*figure.name).collect();
        let mut all_given: HashSet<String> = HashSet::default();
        let mut last_number: HashMap<String, usize> = HashMap::default();
        let mut free = |wanted: &str| {
            let number = last_number.entry(wanted.to_owned()).or_insert(0);
            loop {
                *number += 1;
                let id = match *number {
                    1 => wanted.to_owned(),
                    number => format!("{wanted} {number}"),
                };
                if !taken.contains(&*id) && all_given.insert(id.clone()) {
                    return quoted(&id);
                }
            }
        };
        let start = free("start");
        let others = picture.figures.iter().enumerate();
        let others = others.filter(|(_, figure)| !is_own(figure));
        let given = others.map(|(index, figure)| match figure.kind {
            Kind::AnyState => (index, free(&figure.name)),
            _ => (index, free("state")),
        });
        Ids {
            start,
            given: given.collect(),
            figures: &picture.figures,
        }
    }

    fn of_figure(&self, index: usize) -> Cow<'_, str> {
        match self.given.get(&index) {
            Some(given) => Cow::Borrowed(given),
            None => Cow::Owned(quoted(&self.figures[index].name)),
        }
    }
}

/// A text as a quoted string that labels show as it is.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    escape(&mut out, text);
    out.push('"');
    out
}

/// Adds a text as it stands in a quoted string.
fn escape(out: &mut String, text: &str) {
    let text = spelt(text);
    let is_numbered = |c| is_hidden(c) && c <= '\u{ffff}';
    let may_mean_more =
        |c| matches!(c, '"' | '\\' | '&' | '#') || is_numbered(c) || text::is_no_xml(c);
    let mut rest = &*text;
    while let Some(at) = rest.find(may_mean_more) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut chars = from.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '&' if !looks_like_entity(rest) => out.push('&'),
            '&' => out.push_str("&amp;"),
            // Two of them and a bracket are a command to Azure Pipelines, wherever they are printed.
            '#' if !rest.starts_with('#') => out.push('#'),
            c if text::is_no_xml(c) => text::spell(out, c),
            c => {
                let _ = write!(out, "&#{};", c as u32);
            }
        }
    }
    out.push_str(rest);
}

/// Whether Graphviz takes an ampersand before this text for the beginning of an entity.
fn looks_like_entity(rest: &str) -> bool {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'));
    end.is_some_and(|end| end > 0 && rest[end..].starts_with(';'))
}

//! A drawing as the text of an SVG.

use std::fmt::Write as _;

use super::drawing::{ASIDE, Drawing, Group, Item, Outline, Shape, Stroke, Text};
use super::style::{self, FONTS};
use super::xml::{Px, escaped, escaped_as_it_is, in_one_line};
use crate::diagrams::layout::{Piece, Point};

/// The whole document.
pub fn document(drawing: &Drawing) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" \
         role=\"img\" font-family=\"{FONTS}\" xml:space=\"preserve\">\n\
         <title>{2}</title>\n\
         <desc>{3}</desc>\n\
         <style>{4}</style>\n",
        Px(drawing.size.width),
        Px(drawing.size.height),
        in_one_line(drawing.title),
        in_one_line(&drawing.summary),
        style::sheet(drawing.is_merged),
    );
    for item in &drawing.items {
        match item {
            Item::Open(group) => open(&mut out, group),
            Item::Close => out.push_str("</g>"),
            Item::Shape(element) => shape(&mut out, element),
            Item::Text(line) => text(&mut out, line),
            Item::LineEnd => out.push('\n'),
        }
    }
    out.push_str("</svg>\n");
    out
}

fn open(out: &mut String, group: &Group) {
    out.push_str("<g");
    let [first, second] = group.class;
    match (first, second) {
        ("", _) => {}
        (_, "") => class(out, first),
        _ => {
            let _ = write!(out, " class=\"{first} {second}\"");
        }
    }
    if group.only_seen {
        out.push_str(" aria-hidden=\"true\"");
    }
    if let Some(figure) = group.figure {
        let _ = write!(out, " data-figure=\"{figure}\"");
    }
    if let Some((from, to)) = &group.ends {
        for (index, from) in from.iter().enumerate() {
            out.push_str(if index == 0 { " data-from=\"" } else { " " });
            let _ = write!(out, "{from}");
        }
        let _ = write!(out, "\" data-to=\"{to}\"");
    }
    if group.aside {
        let _ = write!(out, " opacity=\"{ASIDE}\"");
    }
    weight(out, group.bold);
    if group.origin != Point::default() {
        let (x, y) = (Px(group.origin.x), Px(group.origin.y));
        let _ = write!(out, " transform=\"translate({x},{y})\"");
    }
    out.push('>');
    if let Some(title) = &group.title {
        let _ = write!(out, "<title>{}</title>", in_one_line(title));
    }
}

fn class(out: &mut String, class: &str) {
    if !class.is_empty() {
        let _ = write!(out, " class=\"{class}\"");
    }
}

fn weight(out: &mut String, bold: bool) {
    if bold {
        out.push_str(" font-weight=\"600\"");
    }
}

fn shape(out: &mut String, shape: &Shape) {
    match &shape.outline {
        Outline::Rectangle {
            corner,
            size,
            round,
        } => {
            out.push_str("<rect");
            class(out, shape.class);
            let _ = write!(
                out,
                " x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"",
                Px(corner.x),
                Px(corner.y),
                Px(size.width),
                Px(size.height),
                Px(*round)
            );
            paint(out, shape);
        }
        Outline::Circle { middle, radius } => {
            out.push_str("<circle");
            class(out, shape.class);
            let (x, y, r) = (Px(middle.x), Px(middle.y), Px(*radius));
            let _ = write!(out, " cx=\"{x}\" cy=\"{y}\" r=\"{r}\"");
            paint(out, shape);
        }
        Outline::Path {
            start,
            pieces,
            closed,
        } => {
            out.push_str("<path");
            class(out, shape.class);
            paint(out, shape);
            let _ = write!(out, " d=\"M{}", At(*start));
            for piece in pieces {
                let _ = match *piece {
                    Piece::Line(end) => write!(out, "L{}", At(end)),
                    Piece::Curve(a, b, end) => write!(out, "C{} {} {}", At(a), At(b), At(end)),
                };
            }
            out.push_str(if *closed { "Z\"" } else { "\"" });
        }
    }
    out.push_str("/>");
}

/// A point of path data.
struct At(Point);

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{},{}", Px(self.0.x), Px(self.0.y))
    }
}

fn paint(out: &mut String, shape: &Shape) {
    let fill = shape.fill.unwrap_or("none");
    let _ = write!(out, " fill=\"{}\"", escaped(fill));
    let Some(Stroke {
        color,
        width,
        dashes,
    }) = shape.stroke
    else {
        return;
    };
    let _ = write!(out, " stroke=\"{color}\"");
    if let Some(width) = width {
        let _ = write!(out, " stroke-width=\"{}\"", Px(width));
    }
    if let Some([dash, gap]) = dashes {
        let _ = write!(out, " stroke-dasharray=\"{} {}\"", Px(dash), Px(gap));
    }
}

fn text(out: &mut String, text: &Text) {
    out.push_str("<text");
    class(out, text.class);
    let (x, y, size) = (Px(text.at.x), Px(text.at.y), Px(text.size));
    let _ = write!(out, " x=\"{x}\" y=\"{y}\" font-size=\"{size}\"");
    weight(out, text.bold);
    if text.centred {
        out.push_str(" text-anchor=\"middle\"");
    }
    let _ = write!(
        out,
        " fill=\"{}\">{}</text>",
        text.ink,
        escaped_as_it_is(&text.text)
    );
}

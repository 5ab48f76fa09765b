//! SVG, laid out and drawn here (<https://www.w3.org/TR/SVG2/>).
//!
//! A picture is one file that needs nothing else: no script, no link, no font or image from
//! elsewhere. Names are text and nothing but text; what they are is said again in titles, for
//! those who listen and for those who point.

use std::fmt::Write as _;

use crate::diagrams::layout::{Point, Size};
use crate::diagrams::measure;
use crate::diagrams::palette::LIGHT;
use crate::diagrams::picture::{Figure, Kind, Picture};
use crate::diagrams::{Notation, Style};

mod arrows;
pub(super) mod drawing;
mod figures;
mod legend;
pub(super) mod scene;
mod signs;
pub(super) mod style;
mod write;
pub(super) mod xml;

use drawing::{Drawing, Group, Outline, Shape, Stroke};
use legend::Legend;
use scene::{DOT, Scene, TITLE};

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "svg",
    about: "a picture for browsers, READMEs, wikis and slides, light and dark; nothing else is needed",
    extension: "svg",
    signature: "role=\"img\" font-family=\"system-ui, -apple-system",
    most: 50_000,
    lists_transitions: false,
    has_arrows: true,
    joins: false,
    has_direction: true,
    draw,
    encode: None,
    caution: None,
};

/// The space around everything.
const MARGIN: f64 = 24.0;
/// The space between the title, the graph and the legend.
const APART: f64 = 20.0;
/// How much wider bold letters are.
const BOLD: f64 = 1.14;
/// A title is not broken into lines shorter than this.
const LEAST_TITLE: f64 = 360.0;

fn draw(picture: &Picture, style: &Style) -> String {
    document(picture, style, true)
}

/// A whole document, with the title written on it or not.
pub(super) fn document(picture: &Picture, style: &Style, titled: bool) -> String {
    write::document(&drawing(picture, style, titled))
}

/// What is drawn, with the title written on it or not.
pub(super) fn drawing<'p>(picture: &'p Picture<'p>, style: &Style, titled: bool) -> Drawing<'p> {
    let scene = Scene::of(picture, style);
    let size = TITLE.size * BOLD;
    let heading = match picture.title.filter(|_| titled) {
        Some(title) => measure::lines(title, size, scene.size.width.max(LEAST_TITLE)),
        None => Vec::new(),
    };
    let widths = heading.iter().map(|line| measure::width(line, size));
    let inner = widths.fold(scene.size.width, f64::max);
    let legend = Legend::of(picture, inner);
    let inner = inner.max(legend.size.width);
    let top = match heading.len() {
        0 => MARGIN,
        lines => MARGIN + lines as f64 * TITLE.line + APART - 6.0,
    };
    let foot = top + scene.size.height + APART;
    let mut drawing = Drawing {
        size: Size {
            width: (inner + 2.0 * MARGIN).ceil(),
            height: (foot + legend.size.height + MARGIN - 4.0).ceil(),
        },
        title: picture.title.unwrap_or("workflow"),
        summary: summary(picture),
        is_merged: picture.merged.is_some(),
        items: Vec::new(),
    };
    canvas(&mut drawing);
    for (index, line) in heading.iter().enumerate() {
        let at = Point {
            x: MARGIN,
            y: MARGIN + index as f64 * TITLE.line + TITLE.size * 0.86,
        };
        drawing.text("title", at, TITLE, true, line);
        drawing.end_line();
    }
    drawing.open(Group {
        origin: Point {
            x: MARGIN + (inner - scene.size.width) / 2.0,
            y: top,
        },
        ..Group::default()
    });
    drawing.end_line();
    graph(&mut drawing, &scene);
    drawing.close();
    drawing.end_line();
    legend.draw(&mut drawing, Point { x: MARGIN, y: foot });
    drawing
}

/// Behind everything.
fn canvas(out: &mut Drawing) {
    let Size { width, height } = out.size;
    out.shape(Shape {
        class: "canvas",
        outline: Outline::Rectangle {
            corner: Point { x: 0.5, y: 0.5 },
            size: Size {
                width: width - 1.0,
                height: height - 1.0,
            },
            round: 10.0,
        },
        fill: Some(LIGHT.canvas),
        stroke: Some(Stroke {
            color: LIGHT.frame,
            width: None,
            dashes: None,
        }),
    });
    out.end_line();
}

/// The picture in a sentence or two, for who cannot see it.
fn summary(picture: &Picture) -> String {
    let states = picture.figures.iter().filter(|f| f.kind != Kind::AnyState);
    let mut text = match picture.description {
        Some(text) => format!("{text}. "),
        None => String::new(),
    };
    let _ = write!(
        text,
        "{} and {}.",
        counted(states.count(), "state"),
        counted(picture.arrows.len(), "arrow")
    );
    let starts: Vec<&str> = picture
        .figures
        .iter()
        .filter(|f| f.is_start)
        .map(Figure::shown)
        .collect();
    if !starts.is_empty() {
        let _ = write!(text, " Tickets begin in {}.", starts.join(", "));
    }
    text
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// Arrows first, then their names over them, then figures.
fn graph<'p>(out: &mut Drawing<'p>, scene: &Scene<'p>) {
    arrows::draw(out, scene);
    if let Some(dot) = scene.dot {
        out.dot(dot, DOT - 0.5, LIGHT.ink);
        out.end_line();
    }
    let figures = scene.picture.figures.iter().zip(&scene.boxes);
    for (index, (figure, place)) in figures.enumerate() {
        figures::draw(out, scene.picture, index, figure, place);
    }
}

//! States, and what stands in their place.

use super::arrows;
use super::drawing::{Drawing, Group, Outline, Shape, Stroke};
use super::scene::{self, BAR, Box, MARK};
use crate::diagrams::layout::{Point, Size};
use crate::diagrams::palette::{self, LIGHT, Paint};
use crate::diagrams::picture::{Emphasis, Fate, Figure, Kind, Picture};

/// Draws a figure in its place.
pub fn draw<'p>(
    out: &mut Drawing<'p>,
    picture: &Picture,
    index: usize,
    figure: &Figure<'p>,
    place: &Box,
) {
    let paint = palette::of(figure);
    out.open(Group {
        class: ["figure", paint.name],
        figure: Some(index),
        aside: picture.shows_walk && figure.emphasis == Emphasis::None,
        title: Some(title(figure)),
        ..Group::default()
    });
    let round = match figure.kind {
        Kind::AnyState => place.size.height / 2.0,
        _ => 9.0,
    };
    // What is gone is painted so already.
    if let Some(fate) = figure.fate.filter(|fate| *fate != Fate::Gone) {
        ring(out, place, round, fate.word(), arrows::of_fate(fate));
    } else if figure.emphasis != Emphasis::None {
        let class = match figure.emphasis {
            Emphasis::Broken => "broken",
            _ => "walk",
        };
        let stroke = Stroke::plain(LIGHT.of(figure.emphasis), 2.6);
        ring(out, place, round, class, stroke);
    }
    rectangle(out, place, 0.0, round, &paint, false);
    if figure.is_final {
        rectangle(out, place, 3.2, round - 3.0, &paint, true);
    }
    let mut middle = place.middle;
    if let Some(color) = figure.color {
        bar(out, place, color, figure.is_final);
        middle.x += BAR / 2.0;
    }
    let font = scene::font_of(figure);
    let marks = place.marks.len() as f64 * MARK.line;
    let name = Point {
        y: middle.y - marks / 2.0,
        ..middle
    };
    out.lines("label", name, font, paint.ink, &place.name);
    let below = Point {
        y: middle.y + place.name.len() as f64 * font.line / 2.0,
        ..middle
    };
    let (class, ink) = match figure.fate {
        Some(fate) => (fate.word(), LIGHT.of_fate(fate)),
        None if figure.unreachable => ("mark", paint.ink),
        None => ("mark", LIGHT.wrong),
    };
    out.lines(class, below, MARK, ink, &place.marks);
    out.close();
    out.end_line();
}

fn rectangle(out: &mut Drawing, place: &Box, inset: f64, round: f64, paint: &Paint, inner: bool) {
    let stroke = Stroke {
        dashes: (paint.dashed && !inner).then_some([5.0, 3.5]),
        ..Stroke::plain(paint.line, if inner { 1.0 } else { 1.5 })
    };
    out.shape(Shape {
        class: if inner { "rim" } else { "box" },
        outline: within(place, inset, round),
        fill: (!inner).then_some(paint.fill),
        stroke: Some(stroke),
    });
}

/// The rectangle so far within a box, or around it.
fn within(place: &Box, inset: f64, round: f64) -> Outline {
    Outline::Rectangle {
        corner: Point {
            x: place.middle.x - place.size.width / 2.0 + inset,
            y: place.middle.y - place.size.height / 2.0 + inset,
        },
        size: Size {
            width: place.size.width - 2.0 * inset,
            height: place.size.height - 2.0 * inset,
        },
        round,
    }
}

/// Around what is pointed out.
fn ring(out: &mut Drawing, place: &Box, round: f64, class: &'static str, stroke: Stroke) {
    const OUT: f64 = 3.2;
    out.open(Group {
        class: [class, ""],
        ..Group::default()
    });
    out.shape(Shape {
        class: "ring",
        outline: within(place, -OUT, round + OUT),
        fill: None,
        stroke: Some(stroke),
    });
    out.close();
}

/// The author's colour.
fn bar<'p>(out: &mut Drawing<'p>, place: &Box, color: &'p str, is_final: bool) {
    let inset = if is_final { 7.0 } else { 6.0 };
    out.shape(Shape {
        class: "",
        outline: Outline::Rectangle {
            corner: Point {
                x: place.middle.x - place.size.width / 2.0 + inset,
                y: place.middle.y - place.size.height / 2.0 + inset,
            },
            size: Size {
                width: 4.5,
                height: place.size.height - 2.0 * inset,
            },
            round: 2.2,
        },
        fill: Some(color),
        stroke: None,
    });
}

/// A figure in words, for those who listen and for those who point.
fn title(figure: &Figure) -> String {
    let mut all = vec![figure.shown()];
    all.extend(figure.about());
    all.join(", ")
}

//! States, and what stands in their place.

use std::fmt::Write as _;

use super::scene::{self, BAR, Box, MARK};
use super::xml::{Px, escaped, in_one_line};
use super::{ASIDE, lines};
use crate::diagrams::layout::Point;
use crate::diagrams::palette::{self, LIGHT, Paint};
use crate::diagrams::picture::{Emphasis, Figure, Kind, Picture};

/// Draws a figure in its place.
pub fn draw(out: &mut String, picture: &Picture, index: usize, figure: &Figure, place: &Box) {
    let paint = palette::of(figure);
    let aside = match picture.shows_walk && figure.emphasis == Emphasis::None {
        true => ASIDE,
        false => "",
    };
    let _ = write!(
        out,
        "<g class=\"figure {}\" data-figure=\"{index}\"{aside}><title>{}</title>",
        paint.name,
        in_one_line(&title(figure))
    );
    let round = match figure.kind {
        Kind::AnyState => place.size.height / 2.0,
        _ => 9.0,
    };
    if figure.emphasis != Emphasis::None {
        ring(out, place, round, figure.emphasis);
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
    lines(out, &place.name, name, font, "label", paint.ink);
    let below = Point {
        y: middle.y + place.name.len() as f64 * font.line / 2.0,
        ..middle
    };
    let ink = if figure.unreachable {
        paint.ink
    } else {
        LIGHT.wrong
    };
    lines(out, &place.marks, below, MARK, "mark", ink);
    out.push_str("</g>\n");
}

fn rectangle(out: &mut String, place: &Box, inset: f64, round: f64, paint: &Paint, inner: bool) {
    let dashes = if paint.dashed && !inner {
        " stroke-dasharray=\"5 3.5\""
    } else {
        ""
    };
    let (class, fill, width) = match inner {
        false => ("box", paint.fill, "1.5"),
        true => ("rim", "none", "1"),
    };
    let _ = write!(
        out,
        "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{fill}\" stroke=\"{}\" stroke-width=\"{width}\"{dashes}/>",
        Px(place.middle.x - place.size.width / 2.0 + inset),
        Px(place.middle.y - place.size.height / 2.0 + inset),
        Px(place.size.width - 2.0 * inset),
        Px(place.size.height - 2.0 * inset),
        Px(round),
        paint.line,
    );
}

/// Around what is pointed out.
fn ring(out: &mut String, place: &Box, round: f64, emphasis: Emphasis) {
    const OUT: f64 = 3.2;
    let class = match emphasis {
        Emphasis::Broken => "broken",
        _ => "walk",
    };
    let _ = write!(
        out,
        "<g class=\"{class}\"><rect class=\"ring\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.6\"/></g>",
        Px(place.middle.x - place.size.width / 2.0 - OUT),
        Px(place.middle.y - place.size.height / 2.0 - OUT),
        Px(place.size.width + 2.0 * OUT),
        Px(place.size.height + 2.0 * OUT),
        Px(round + OUT),
        LIGHT.of(emphasis)
    );
}

/// The author's colour.
fn bar(out: &mut String, place: &Box, color: &str, is_final: bool) {
    let inset = if is_final { 7.0 } else { 6.0 };
    let _ = write!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"4.5\" height=\"{}\" rx=\"2.2\" fill=\"{}\"/>",
        Px(place.middle.x - place.size.width / 2.0 + inset),
        Px(place.middle.y - place.size.height / 2.0 + inset),
        Px(place.size.height - 2.0 * inset),
        escaped(color)
    );
}

/// A figure in words, for those who listen and for those who point.
fn title(figure: &Figure) -> String {
    let mut all = vec![&*figure.name];
    all.extend(figure.about());
    all.join(", ")
}

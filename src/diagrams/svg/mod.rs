//! SVG, laid out and drawn here (<https://www.w3.org/TR/SVG2/>).
//!
//! A picture is one file that needs nothing else: no script, no link, no font or image from
//! elsewhere. Names are text and nothing but text; what they are is said again in titles, for
//! those who listen and for those who point.

use std::fmt::Write as _;

use crate::diagrams::layout::Point;
use crate::diagrams::palette::LIGHT;
use crate::diagrams::picture::{Kind, Picture};
use crate::diagrams::{Notation, Style};
use crate::graph::Resolved;

mod arrows;
mod figures;
mod legend;
pub(super) mod scene;
pub(super) mod style;
pub(super) mod xml;

use legend::Legend;
use scene::{DOT, Font, Scene, TITLE};
pub(super) use style::FONTS;
use xml::{Px, escaped, in_one_line};

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "svg",
    about: "a picture for browsers, READMEs, wikis and slides, light and dark; nothing else is needed",
    extension: "svg",
    most: 50_000,
    has_arrows: true,
    draw,
    encode: None,
};

/// The space around everything.
const MARGIN: f64 = 24.0;
/// The space between the title, the graph and the legend.
const APART: f64 = 20.0;
/// How much wider bold letters are.
const BOLD: f64 = 1.14;
/// A title is not broken into lines shorter than this.
const LEAST_TITLE: f64 = 360.0;

fn draw(resolved: &Resolved, style: &Style) -> String {
    let picture = Picture::of(resolved, style);
    document(&picture, style, true)
}

/// A whole document, with the title written on it or not.
pub(super) fn document(picture: &Picture, style: &Style, titled: bool) -> String {
    let scene = Scene::of(picture, style);
    let mut out = String::new();
    write_document(&mut out, &scene, titled);
    out
}

fn write_document(out: &mut String, scene: &Scene, titled: bool) {
    let title = scene.picture.title.unwrap_or("workflow");
    let heading = match scene.picture.title.filter(|_| titled) {
        Some(title) => crate::diagrams::measure::lines(
            title,
            TITLE.size * BOLD,
            scene.size.width.max(LEAST_TITLE),
        ),
        None => Vec::new(),
    };
    let widths = heading
        .iter()
        .map(|l| crate::diagrams::measure::width(l, TITLE.size * BOLD));
    let inner = widths.fold(scene.size.width, f64::max);
    let legend = Legend::of(scene.picture, inner);
    let inner = inner.max(legend.size.width);
    let top = match heading.len() {
        0 => MARGIN,
        lines => MARGIN + lines as f64 * TITLE.line + APART - 6.0,
    };
    let foot = top + scene.size.height + APART;
    let width = inner + 2.0 * MARGIN;
    let height = foot + legend.size.height + MARGIN - 4.0;
    open(out, title, &summary(scene.picture), width, height);
    for (index, line) in heading.iter().enumerate() {
        let y = MARGIN + index as f64 * TITLE.line + TITLE.size * 0.86;
        let _ = writeln!(
            out,
            "<text class=\"title\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"600\" fill=\"{}\">{}</text>",
            Px(MARGIN),
            Px(y),
            Px(TITLE.size),
            LIGHT.ink,
            escaped(line)
        );
    }
    let left = MARGIN + (inner - scene.size.width) / 2.0;
    let _ = writeln!(out, "<g transform=\"translate({},{})\">", Px(left), Px(top));
    graph(out, scene);
    let _ = writeln!(out, "</g>");
    legend.draw(out, Point { x: MARGIN, y: foot });
    out.push_str("</svg>\n");
}

fn open(out: &mut String, title: &str, summary: &str, width: f64, height: f64) {
    let (width, height) = (width.ceil(), height.ceil());
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" \
         role=\"img\" aria-labelledby=\"picture-title picture-summary\" font-family=\"{2}\" xml:space=\"preserve\">\n\
         <title id=\"picture-title\">{3}</title>\n\
         <desc id=\"picture-summary\">{4}</desc>\n\
         <style>{5}</style>\n\
         <rect class=\"canvas\" x=\"0.5\" y=\"0.5\" width=\"{6}\" height=\"{7}\" rx=\"10\" fill=\"{8}\" stroke=\"{9}\"/>\n",
        Px(width),
        Px(height),
        FONTS,
        in_one_line(title),
        in_one_line(summary),
        style::sheet(),
        Px(width - 1.0),
        Px(height - 1.0),
        LIGHT.canvas,
        LIGHT.frame,
    );
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
        .map(|f| &*f.name)
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
fn graph(out: &mut String, scene: &Scene) {
    let picture = scene.picture;
    arrows::draw(out, scene);
    if let Some(dot) = scene.dot {
        let _ = writeln!(
            out,
            "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>",
            Px(dot.x),
            Px(dot.y),
            Px(DOT - 0.5),
            LIGHT.ink
        );
    }
    for (index, (figure, place)) in picture.figures.iter().zip(&scene.boxes).enumerate() {
        figures::draw(out, picture, index, figure, place);
    }
}

/// What is not on the walk that is pointed out.
const ASIDE: &str = " opacity=\"0.32\"";

/// Lines of text around a point.
fn lines(out: &mut String, lines: &[String], middle: Point, font: Font, class: &str, ink: &str) {
    let top = middle.y - lines.len() as f64 * font.line / 2.0;
    for (index, line) in lines.iter().enumerate() {
        let y = top + (index as f64 + 0.5) * font.line + font.size * 0.35;
        let _ = write!(
            out,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"middle\" fill=\"{ink}\">{}</text>",
            Px(middle.x),
            Px(y),
            Px(font.size),
            escaped(line)
        );
    }
}

//! SVG, laid out and drawn here (<https://www.w3.org/TR/SVG2/>).
//!
//! A picture is one file that needs nothing else: no script, no link, no font or image from
//! elsewhere. Names are text and nothing but text; what they are is said again in titles, for
//! those who listen and for those who point.

use std::fmt::Write as _;

use crate::diagrams::layout::{Piece, Point, Route};
use crate::diagrams::palette::{self, LIGHT, Paint};
use crate::diagrams::picture::{Emphasis, Figure, Kind, Picture};
use crate::diagrams::{Notation, Style};
use crate::graph::Resolved;

mod legend;
pub(super) mod scene;
pub(super) mod style;
pub(super) mod xml;

use legend::Legend;
use scene::{BAR, Box, DOT, Font, LABEL, Line, MARK, Scene, TITLE};
pub(super) use style::FONTS;
use xml::{Px, escaped, in_one_line};

/// See the top of this file.
pub const NOTATION: Notation = Notation {
    name: "svg",
    about: "a picture for browsers, READMEs, wikis and slides, light and dark; nothing else is needed",
    extension: "svg",
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
    let starts = picture.starts.iter().map(|start| {
        let look = Look::of(picture, start.emphasis, false);
        (look, start.name.as_slice(), None)
    });
    let arrows = picture.arrows.iter().map(|arrow| {
        let look = Look::of(picture, arrow.emphasis, picture.is_faint(arrow));
        (look, arrow.names.as_slice(), Some((arrow.from, arrow.to)))
    });
    let lines = scene.starts.iter().chain(&scene.arrows);
    let mut all: Vec<Arrow> = lines
        .zip(starts.chain(arrows))
        .map(|(line, (look, names, ends))| Arrow {
            line,
            look,
            names,
            ends,
        })
        .collect();
    // What is pointed out lies on top.
    all.sort_by_key(|arrow| arrow.look.emphasis);
    for arrow in &all {
        let (look, ends) = (&arrow.look, Ends(arrow.ends));
        let _ = write!(out, "<g class=\"arrow{}\"{ends}{}>", look.class, look.aside);
        way(out, &arrow.line.route, look);
        out.push_str("</g>\n");
    }
    for arrow in &all {
        label(out, arrow);
    }
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
        draw_figure(out, picture, index, figure, place);
    }
}

/// An arrow, or the one from the start dot.
struct Arrow<'p> {
    line: &'p Line,
    look: Look,
    names: &'p [&'p str],
    ends: Option<(usize, usize)>,
}

/// Between which figures an arrow leads, as attributes for scripts of a page around the picture.
struct Ends(Option<(usize, usize)>);

impl std::fmt::Display for Ends {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some((from, to)) => write!(f, " data-from=\"{from}\" data-to=\"{to}\""),
            None => Ok(()),
        }
    }
}

/// How an arrow is drawn.
struct Look {
    emphasis: Emphasis,
    /// A class for the style sheet, a space before it.
    class: &'static str,
    /// An attribute that makes it stand back.
    aside: &'static str,
    line: &'static str,
    ink: &'static str,
    width: &'static str,
    dashes: &'static str,
    weight: &'static str,
}

/// What is not on the walk that is pointed out.
const ASIDE: &str = " opacity=\"0.32\"";

impl Look {
    fn of(picture: &Picture, emphasis: Emphasis, faint: bool) -> Look {
        let plain = Look {
            emphasis,
            class: "",
            aside: if picture.shows_walk { ASIDE } else { "" },
            line: LIGHT.arrow,
            ink: LIGHT.arrow_ink,
            width: "1.4",
            dashes: "",
            weight: "",
        };
        let bold = Look {
            aside: "",
            line: LIGHT.of(emphasis),
            ink: LIGHT.of(emphasis),
            width: "2.6",
            weight: " font-weight=\"600\"",
            ..plain
        };
        match emphasis {
            Emphasis::Walk => Look {
                class: " walk",
                ..bold
            },
            Emphasis::Broken => Look {
                class: " broken",
                ..bold
            },
            Emphasis::None if faint => Look {
                class: " faint",
                line: LIGHT.faint,
                ink: LIGHT.faint,
                dashes: " stroke-dasharray=\"4 3\"",
                ..plain
            },
            Emphasis::None => plain,
        }
    }
}

/// How long an arrow's head is, and half as wide as it is.
const HEAD: (f64, f64) = (8.5, 3.9);

fn way(out: &mut String, route: &Route, look: &Look) {
    let Some((end, toward)) = heading(route) else {
        return;
    };
    let back = |by: f64| Point {
        x: end.x - toward.x * by,
        y: end.y - toward.y * by,
    };
    let (color, dashes, width) = (look.line, look.dashes, look.width);
    let _ = write!(
        out,
        "<path class=\"line\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\"{dashes} d=\"{}\"/>",
        data(route, back(HEAD.0 - 2.0))
    );
    let base = back(HEAD.0);
    let notch = back(HEAD.0 - 2.2);
    let (x, y) = (-toward.y * HEAD.1, toward.x * HEAD.1);
    let _ = write!(
        out,
        "<path class=\"head\" fill=\"{color}\" d=\"M{},{}L{},{}L{},{}L{},{}Z\"/>",
        Px(end.x),
        Px(end.y),
        Px(base.x + x),
        Px(base.y + y),
        Px(notch.x),
        Px(notch.y),
        Px(base.x - x),
        Px(base.y - y),
    );
}

/// Where a route ends, and in which direction, a vector of length 1.
fn heading(route: &Route) -> Option<(Point, Point)> {
    let last = *route.pieces.last()?;
    let end = last.end();
    let before = match last {
        Piece::Curve(_, control, _) => control,
        Piece::Line(_) => match route.pieces.len().checked_sub(2) {
            Some(index) => route.pieces[index].end(),
            None => route.start,
        },
    };
    let (x, y) = (end.x - before.x, end.y - before.y);
    let length = (x * x + y * y).sqrt();
    let toward = match length > 0.0 {
        true => Point {
            x: x / length,
            y: y / length,
        },
        false => Point { x: 0.0, y: 1.0 },
    };
    Some((end, toward))
}

/// A route as path data, its end moved to `end` together with the control point before it.
fn data(route: &Route, end: Point) -> String {
    let mut data = format!("M{},{}", Px(route.start.x), Px(route.start.y));
    let last = route.pieces.len() - 1;
    for (index, piece) in route.pieces.iter().enumerate() {
        let stop = if index == last { end } else { piece.end() };
        match *piece {
            Piece::Line(_) => {
                let _ = write!(data, "L{},{}", Px(stop.x), Px(stop.y));
            }
            Piece::Curve(a, b, own) => {
                let b = Point {
                    x: b.x + stop.x - own.x,
                    y: b.y + stop.y - own.y,
                };
                let [a, b, c] = [a, b, stop].map(|p| format!("{},{}", Px(p.x), Px(p.y)));
                let _ = write!(data, "C{a} {b} {c}");
            }
        }
    }
    data
}

/// The names of an arrow, on a ground of their own so that lines do not run through letters.
fn label(out: &mut String, arrow: &Arrow) {
    let Arrow {
        line, look, names, ..
    } = arrow;
    let Some(middle) = line.route.label else {
        return;
    };
    let _ = write!(
        out,
        "<g class=\"label-of-arrow{}\"{}{}{}><title>{}</title>",
        look.class,
        Ends(arrow.ends),
        look.aside,
        look.weight,
        in_one_line(&names.join(", "))
    );
    let _ = write!(
        out,
        "<rect class=\"back\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\" fill=\"{}\"/>",
        Px(middle.x - line.size.width / 2.0),
        Px(middle.y - line.size.height / 2.0),
        Px(line.size.width),
        Px(line.size.height),
        LIGHT.canvas
    );
    lines(out, &line.label, middle, LABEL, "name", look.ink);
    out.push_str("</g>\n");
}

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

fn draw_figure(out: &mut String, picture: &Picture, index: usize, figure: &Figure, place: &Box) {
    let paint = palette::of(figure);
    let aside = match picture.shows_walk && figure.emphasis == Emphasis::None {
        true => ASIDE,
        false => "",
    };
    let _ = write!(
        out,
        "<g class=\"figure {}\" data-figure=\"{index}\"{aside}><title>{}</title>",
        paint.name,
        in_one_line(&about(figure))
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

/// What a figure is, in words.
fn about(figure: &Figure) -> String {
    let mut all = vec![figure.name.to_string()];
    if let Kind::State(Some(category)) = figure.kind {
        all.push(category.word().to_owned());
    }
    if figure.is_start {
        all.push("tickets begin here".to_owned());
    }
    if figure.is_final {
        all.push("final".to_owned());
    }
    all.extend(figure.marks().iter().map(|m| (*m).to_owned()));
    all.join(", ")
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

//! Arrows and the names on them.

use std::fmt::Write as _;

use super::scene::{LABEL, Line, Scene};
use super::xml::{Px, in_one_line};
use super::{ASIDE, lines};
use crate::diagrams::layout::{Piece, Point, Route};
use crate::diagrams::palette::LIGHT;
use crate::diagrams::picture::{Emphasis, Picture};

/// Draws all arrows, and all names over them.
pub fn draw(out: &mut String, scene: &Scene) {
    let picture = scene.picture;
    let starts = picture.starts.iter().map(|start| {
        let look = Look::of(picture, start.emphasis, false);
        (look, start.name.as_slice(), None)
    });
    let arrows = picture.arrows.iter().map(|arrow| {
        let look = Look::of(picture, arrow.emphasis, picture.is_faint(arrow));
        (look, arrow.names.as_slice(), Some((arrow.from, arrow.to)))
    });
    let ways = scene.starts.iter().chain(&scene.arrows);
    let mut all: Vec<Arrow> = ways
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

//! Arrows and the names on them.

use super::drawing::{Drawing, Group, Outline, Shape, Stroke};
use super::scene::{self, BETWEEN_NAMES, LABEL, Line, Scene};
use super::signs;
use crate::diagrams::layout::{Piece, Point, Route, Size};
use crate::diagrams::palette::{self, LIGHT};
use crate::diagrams::picture::{Emphasis, Fate, Picture};

/// Draws all arrows, and all names over them.
pub fn draw(out: &mut Drawing, scene: &Scene) {
    let picture = scene.picture;
    let starts = picture.starts.iter().map(|start| {
        let look = match start.named.fate {
            Some(fate) => Look::of_fate(picture, fate),
            None => Look::of(picture, start.emphasis, false, false),
        };
        (look, start.named.said(), None)
    });
    let arrows = picture.arrows.iter().map(|arrow| {
        let faint = picture.is_faint(arrow);
        let look = match arrow.fate() {
            Some(fate) => Look::of_fate(picture, fate),
            None => Look::of(picture, arrow.emphasis, faint, arrow.automatic),
        };
        (look, arrow.said(), Some((arrow.from, arrow.to)))
    });
    let lines: Vec<&Line> = scene.starts.iter().chain(&scene.arrows).collect();
    let mut all: Vec<Arrow> = lines
        .iter()
        .zip(starts.chain(arrows))
        .map(|(line, (look, said, ends))| Arrow {
            line,
            look,
            said,
            ends,
        })
        .collect();
    // What is pointed out lies on top.
    all.sort_by_key(|arrow| arrow.look.emphasis);
    // For each line that has a label for several arrows, where these begin; the last of them writes it.
    let mut begins: Vec<Vec<usize>> = vec![Vec::new(); lines.len()];
    for arrow in &all {
        begins[arrow.line.labelled].extend(arrow.ends.map(|(from, _)| from));
        out.open(Group {
            class: ["arrow", arrow.look.class],
            ends: arrow.ends.map(|(from, to)| (vec![from], to)),
            aside: arrow.look.aside,
            ..Group::default()
        });
        way(out, &arrow.line.route, &arrow.look);
        out.close();
        out.end_line();
    }
    for mut arrow in all {
        let begins = &mut begins[arrow.line.labelled];
        let is_last = arrow
            .ends
            .is_none_or(|(from, _)| begins.last() == Some(&from));
        if is_last {
            arrow.line = lines[arrow.line.labelled];
            label(out, arrow, std::mem::take(begins));
        }
    }
}

/// An arrow, or the one from the start dot.
struct Arrow<'p> {
    line: &'p Line,
    look: Look,
    /// Its names, for those who listen and for those who point.
    said: String,
    /// Between which figures it leads.
    ends: Option<(usize, usize)>,
}

/// How an arrow is drawn.
struct Look {
    emphasis: Emphasis,
    /// A class for the style sheet.
    class: &'static str,
    /// Whether it stands back.
    aside: bool,
    line: Stroke,
    ink: &'static str,
    bold: bool,
}

impl Look {
    fn of(picture: &Picture, emphasis: Emphasis, faint: bool, automatic: bool) -> Look {
        let stroke = |color, width| Stroke {
            dashes: automatic.then_some(AUTOMATIC),
            ..Stroke::plain(color, width)
        };
        let plain = Look {
            emphasis,
            class: "",
            aside: picture.shows_walk,
            line: stroke(LIGHT.arrow, 1.4),
            ink: LIGHT.arrow_ink,
            bold: false,
        };
        let pointed_out = Look {
            aside: false,
            line: stroke(LIGHT.of(emphasis), 2.6),
            ink: LIGHT.of(emphasis),
            bold: true,
            ..plain
        };
        match emphasis {
            Emphasis::Walk => Look {
                class: "walk",
                ..pointed_out
            },
            Emphasis::Broken => Look {
                class: "broken",
                ..pointed_out
            },
            Emphasis::None if faint => Look {
                class: "faint",
                line: Stroke {
                    color: LIGHT.faint,
                    dashes: Some([4.0, 3.0]),
                    ..plain.line
                },
                ink: LIGHT.faint,
                ..plain
            },
            Emphasis::None => plain,
        }
    }
}

impl Look {
    fn of_fate(picture: &Picture, fate: Fate) -> Look {
        Look {
            class: fate.word(),
            line: of_fate(fate),
            ink: LIGHT.of_fate(fate),
            bold: true,
            ..Look::of(picture, Emphasis::None, false, false)
        }
    }
}

/// The line of what this became of.
pub fn of_fate(fate: Fate) -> Stroke {
    let line = palette::of_fate(fate);
    let (width, dashes) = match (line.dashed, line.dotted) {
        (true, _) => (1.8, Some([6.0, 4.0])),
        (_, true) => (2.4, Some([2.0, 3.0])),
        _ => (2.6, None),
    };
    Stroke {
        dashes,
        ..Stroke::plain(LIGHT.of_fate(fate), width)
    }
}

/// The dashes of what happens by itself, and the gaps between them.
pub const AUTOMATIC: [f64; 2] = [7.0, 4.0];

/// How long an arrow's head is, and half as wide as it is.
const HEAD: (f64, f64) = (8.5, 3.9);

fn way(out: &mut Drawing, route: &Route, look: &Look) {
    let Some((end, toward)) = heading(route) else {
        return;
    };
    let back = |by: f64| Point {
        x: end.x - toward.x * by,
        y: end.y - toward.y * by,
    };
    out.shape(Shape {
        class: "line",
        outline: line(route, back(HEAD.0 - 2.0)),
        fill: None,
        stroke: Some(look.line),
    });
    let base = back(HEAD.0);
    let aside = Point {
        x: -toward.y * HEAD.1,
        y: toward.x * HEAD.1,
    };
    let other = Point {
        x: base.x - aside.x,
        y: base.y - aside.y,
    };
    let corners = [base.moved(aside), back(HEAD.0 - 2.2), other];
    out.shape(Shape {
        class: "head",
        outline: Outline::Path {
            start: end,
            pieces: corners.map(Piece::Line).to_vec(),
            closed: true,
        },
        fill: Some(look.line.color),
        stroke: None,
    });
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

/// A route with its end moved to `end`, together with the control point before it.
fn line(route: &Route, end: Point) -> Outline {
    let mut pieces = route.pieces.clone();
    if let Some(last) = pieces.last_mut() {
        *last = match *last {
            Piece::Line(_) => Piece::Line(end),
            Piece::Curve(a, b, own) => {
                let b = Point {
                    x: b.x + end.x - own.x,
                    y: b.y + end.y - own.y,
                };
                Piece::Curve(a, b, end)
            }
        };
    }
    Outline::Path {
        start: route.start,
        pieces,
        closed: false,
    }
}

/// The names of an arrow, on a ground of their own so that lines do not run through letters.
fn label(out: &mut Drawing, arrow: Arrow, mut begins: Vec<usize>) {
    let Arrow {
        line, look, said, ..
    } = arrow;
    begins.sort_unstable();
    let Some(middle) = line.route.label else {
        return;
    };
    out.open(Group {
        class: ["label-of-arrow", look.class],
        ends: arrow.ends.map(|(_, to)| (begins, to)),
        bold: look.bold,
        title: Some(said),
        ..Group::default()
    });
    let Size { width, height } = line.size;
    out.shape(Shape {
        class: "back",
        outline: Outline::Rectangle {
            corner: Point {
                x: middle.x - width / 2.0,
                y: middle.y - height / 2.0,
            },
            size: line.size,
            round: 3.0,
        },
        fill: Some(LIGHT.canvas),
        stroke: None,
    });
    // The ground does not stand back with the names, or their own arrow would strike them through.
    if look.aside {
        out.open(Group {
            aside: true,
            ..Group::default()
        });
    }
    let mut top = middle.y - (height - 3.0) / 2.0;
    for named in &line.label {
        let height = LABEL.height(named.name.len());
        let y = top + height / 2.0;
        out.lines("name", Point { y, ..middle }, LABEL, look.ink, &named.name);
        for (row, details) in named.details.iter().enumerate() {
            let left = Point {
                x: middle.x - scene::width_of(details) / 2.0,
                y: top + height + (row as f64 + 0.5) * scene::DETAIL.line,
            };
            signs::details(out, left, details);
        }
        top += named.height() + BETWEEN_NAMES;
    }
    if look.aside {
        out.close();
    }
    out.close();
    out.end_line();
}

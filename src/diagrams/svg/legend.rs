//! What the looks of states mean: only those that are in the picture.

use super::arrows::{self, AUTOMATIC};
use super::drawing::{Drawing, Group, Outline, Shape, Stroke};
use super::scene::{DOT, LABEL};
use super::signs;
use crate::diagrams::layout::{Piece, Point, Size};
use crate::diagrams::measure::width;
use crate::diagrams::palette::{self, LIGHT, Paint};
use crate::diagrams::picture::{Fate, Kind, Picture, Sign};
use crate::model::Category;

/// The entries in rows.
pub struct Legend {
    entries: Vec<(Point, Entry)>,
    /// What all of it takes.
    pub size: Size,
}

struct Entry {
    look: Look,
    word: &'static str,
}

enum Look {
    Dot,
    Box(Paint),
    Final,
    Sign(Sign),
    Automatic,
    Fate(Fate),
}

const SAMPLE: f64 = 20.0;
const ROW: f64 = 19.0;
const GAP: f64 = 16.0;

impl Legend {
    /// The legend of a picture, at most this wide.
    pub fn of(picture: &Picture, most: f64) -> Self {
        let mut legend = Legend {
            entries: Vec::new(),
            size: Size::default(),
        };
        let mut at = Point::default();
        for entry in entries(picture) {
            let takes = SAMPLE + 6.0 + width(entry.word, LABEL.size);
            if at.x > 0.0 && at.x + takes > most {
                at = Point {
                    x: 0.0,
                    y: at.y + ROW,
                };
            }
            legend.entries.push((at, entry));
            legend.size.width = legend.size.width.max(at.x + takes);
            legend.size.height = at.y + ROW;
            at.x += takes + GAP;
        }
        legend
    }

    /// Draws it with its left upper corner at a point.
    pub fn draw(&self, out: &mut Drawing, corner: Point) {
        out.open(Group {
            class: ["legend", ""],
            only_seen: true,
            ..Group::default()
        });
        out.end_line();
        for (at, entry) in &self.entries {
            let at = at.moved(corner);
            let middle = at.y + ROW / 2.0;
            sample(out, &entry.look, at.x, middle);
            let word = Point {
                x: at.x + SAMPLE + 6.0,
                y: middle + LABEL.size * 0.35,
            };
            out.text("", word, LABEL, false, entry.word);
            out.end_line();
        }
        out.close();
        out.end_line();
    }
}

fn entries(picture: &Picture) -> Vec<Entry> {
    let figures = &picture.figures;
    let mut entries = Vec::new();
    if !picture.starts.is_empty() {
        entries.push(Entry {
            look: Look::Dot,
            word: "start",
        });
    }
    for &(word, category) in Category::WORDS {
        if figures
            .iter()
            .any(|f| f.kind == Kind::State(Some(category)) && !f.unreachable)
        {
            let look = Look::Box(palette::of_category(category));
            entries.push(Entry { look, word });
        }
    }
    if figures.iter().any(|f| f.is_final) {
        entries.push(Entry {
            look: Look::Final,
            word: "final",
        });
    }
    let looks = [
        (figures.iter().find(|f| f.unreachable), "unreachable"),
        (
            figures.iter().find(|f| f.kind == Kind::Undefined),
            "undefined",
        ),
    ];
    for (figure, word) in looks {
        if let Some(figure) = figure {
            let look = Look::Box(palette::of(figure));
            entries.push(Entry { look, word });
        }
    }
    if picture.arrows.iter().any(|arrow| arrow.automatic) {
        entries.push(Entry {
            look: Look::Automatic,
            word: "happens by itself",
        });
    }
    entries.extend(picture.signs().map(|sign| Entry {
        look: Look::Sign(sign),
        word: sign.meaning(),
    }));
    entries.extend(picture.fates().map(|fate| Entry {
        look: Look::Fate(fate),
        word: fate.word(),
    }));
    entries
}

fn sample(out: &mut Drawing, look: &Look, x: f64, middle: f64) {
    let within = |inset: f64, round: f64| Outline::Rectangle {
        corner: Point {
            x: x + inset,
            y: middle - 6.5 + inset,
        },
        size: Size {
            width: SAMPLE - 2.0 * inset,
            height: 13.0 - 2.0 * inset,
        },
        round,
    };
    let line = |stroke: Stroke| Shape {
        class: "line",
        outline: Outline::Path {
            start: Point { x, y: middle },
            pieces: vec![Piece::Line(Point {
                x: x + SAMPLE,
                y: middle,
            })],
            closed: false,
        },
        fill: None,
        stroke: Some(stroke),
    };
    match look {
        Look::Dot => {
            let x = x + SAMPLE / 2.0;
            out.dot(Point { x, y: middle }, DOT - 1.5, LIGHT.ink);
        }
        Look::Box(paint) => {
            out.open(Group {
                class: [paint.name, ""],
                ..Group::default()
            });
            out.shape(Shape {
                class: "box",
                outline: within(0.0, 4.0),
                fill: Some(paint.fill),
                stroke: Some(Stroke {
                    dashes: paint.dashed.then_some([4.0, 2.5]),
                    ..Stroke::plain(paint.line, 1.3)
                }),
            });
            out.close();
        }
        Look::Sign(sign) => {
            let middle = Point {
                x: x + SAMPLE / 2.0,
                y: middle,
            };
            signs::sign(out, middle, *sign);
        }
        Look::Automatic => out.shape(line(Stroke {
            dashes: Some(AUTOMATIC),
            ..Stroke::plain(LIGHT.arrow, 1.4)
        })),
        Look::Fate(fate) => {
            out.open(Group {
                class: [fate.word(), ""],
                ..Group::default()
            });
            out.shape(line(arrows::of_fate(*fate)));
            out.close();
        }
        Look::Final => {
            for inset in [0.0, 2.6] {
                out.shape(Shape {
                    class: "line",
                    outline: within(inset, 4.0 - inset / 2.0),
                    fill: None,
                    stroke: Some(Stroke::plain(LIGHT.arrow, 1.1)),
                });
            }
        }
    }
}

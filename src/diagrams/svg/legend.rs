//! What the looks of states mean: only those that are in the picture.

use std::fmt::Write as _;

use super::scene::{DOT, LABEL};
use super::xml::{Px, escaped};
use crate::diagrams::layout::{Point, Size};
use crate::diagrams::measure::width;
use crate::diagrams::palette::{self, LIGHT, Paint};
use crate::diagrams::picture::{Kind, Picture};
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
    pub fn draw(&self, out: &mut String, corner: Point) {
        out.push_str("<g class=\"legend\" aria-hidden=\"true\">\n");
        for (at, entry) in &self.entries {
            let at = at.moved(corner);
            let middle = at.y + ROW / 2.0;
            sample(out, &entry.look, at.x, middle);
            let _ = writeln!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\">{}</text>",
                Px(at.x + SAMPLE + 6.0),
                Px(middle + LABEL.size * 0.35),
                Px(LABEL.size),
                LIGHT.ink,
                escaped(entry.word)
            );
        }
        out.push_str("</g>\n");
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
    entries
}

fn sample(out: &mut String, look: &Look, x: f64, middle: f64) {
    match look {
        Look::Dot => {
            let _ = write!(
                out,
                "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\"/>",
                Px(x + SAMPLE / 2.0),
                Px(middle),
                Px(DOT - 1.5),
                LIGHT.ink
            );
        }
        Look::Box(paint) => {
            let dashes = if paint.dashed {
                " stroke-dasharray=\"4 2.5\""
            } else {
                ""
            };
            let _ = write!(
                out,
                "<g class=\"{}\"><rect class=\"box\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"13\" rx=\"4\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.3\"{dashes}/></g>",
                paint.name,
                Px(x),
                Px(middle - 6.5),
                Px(SAMPLE),
                paint.fill,
                paint.line
            );
        }
        Look::Final => {
            for inset in [0.0, 2.6] {
                let _ = write!(
                    out,
                    "<rect class=\"line\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.1\"/>",
                    Px(x + inset),
                    Px(middle - 6.5 + inset),
                    Px(SAMPLE - 2.0 * inset),
                    Px(13.0 - 2.0 * inset),
                    Px(4.0 - inset / 2.0),
                    LIGHT.arrow
                );
            }
        }
    }
}

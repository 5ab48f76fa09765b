//! The signs before what goes with a name on an arrow: drawn, so that no font has to have them.

use super::drawing::{Drawing, Item, Outline, Shape, Stroke, Text};
use super::scene::{AFTER_SIGN, BETWEEN_DETAILS, DETAIL, Detail, NAME, SIGN};
use crate::diagrams::layout::{Piece, Point, Size};
use crate::diagrams::palette::LIGHT;
use crate::diagrams::picture::Sign;

/// Draws details beside each other, from the middle of their left side on.
pub fn details(out: &mut Drawing, left: Point, details: &[Detail]) {
    let mut x = left.x;
    for detail in details {
        let middle = Point {
            x: x + SIGN / 2.0,
            y: left.y,
        };
        sign(out, middle, detail.sign);
        if !detail.text.is_empty() {
            out.items.push(Item::Text(Text {
                class: "detail",
                at: Point {
                    x: x + SIGN + AFTER_SIGN,
                    y: left.y + DETAIL.size * 0.35,
                },
                centred: false,
                size: DETAIL.size,
                bold: false,
                ink: LIGHT.arrow,
                text: detail.text.clone(),
            }));
        }
        x += detail.width() + BETWEEN_DETAILS;
    }
}

/// Draws a sign around a point.
pub fn sign(out: &mut Drawing, middle: Point, sign: Sign) {
    match sign {
        Sign::Note => out.lines("", middle, NAME, LIGHT.ink, &["*".to_owned()]),
        Sign::Who => {
            icon(out, circle(middle, -2.2, 1.9));
            let at = |x, y| middle.moved(Point { x, y });
            let shoulders = Piece::Curve(at(-3.9, 0.3), at(3.9, 0.3), at(3.9, 4.4));
            icon(out, path(at(-3.9, 4.4), &[shoulders]));
        }
        Sign::Asks => {
            icon(
                out,
                Outline::Rectangle {
                    corner: middle.moved(Point { x: -4.6, y: -3.2 }),
                    size: Size {
                        width: 9.2,
                        height: 6.4,
                    },
                    round: 1.2,
                },
            );
            let at = |y| middle.moved(Point { x: -2.4, y });
            icon(out, path(at(-1.4), &[Piece::Line(at(1.4))]));
        }
        Sign::Clock => {
            icon(out, circle(middle, 0.0, 4.2));
            let at = |x, y| middle.moved(Point { x, y });
            let hands = [Piece::Line(middle), Piece::Line(at(1.9, 1.1))];
            icon(out, path(at(0.0, -2.7), &hands));
        }
    }
}

fn icon(out: &mut Drawing, outline: Outline) {
    out.shape(Shape {
        class: "sign",
        outline,
        fill: None,
        stroke: Some(Stroke::plain(LIGHT.arrow, 1.1)),
    });
}

fn circle(middle: Point, y: f64, radius: f64) -> Outline {
    Outline::Circle {
        middle: middle.moved(Point { x: 0.0, y }),
        radius,
    }
}

fn path(start: Point, pieces: &[Piece]) -> Outline {
    Outline::Path {
        start,
        pieces: pieces.to_vec(),
        closed: false,
    }
}

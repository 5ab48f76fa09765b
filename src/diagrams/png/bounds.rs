//! Where a part of a drawing is.

use crate::diagrams::layout::{Piece, Point};
use crate::diagrams::svg::xml::Px;

/// A rectangle, in pixels of the drawing.
#[derive(Clone, Copy)]
pub struct Bounds {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Bounds {
    pub fn of(point: Point) -> Self {
        let (x, y) = (px(point.x), px(point.y));
        Bounds {
            left: x,
            top: y,
            right: x,
            bottom: y,
        }
    }

    pub fn and(self, other: Bounds) -> Self {
        Bounds {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub fn with(self, piece: Piece) -> Self {
        match piece {
            Piece::Line(end) => self.and(Bounds::of(end)),
            Piece::Curve(a, b, c) => [a, b, c]
                .map(Bounds::of)
                .into_iter()
                .fold(self, Bounds::and),
        }
    }

    pub fn within(self, other: &Bounds) -> Self {
        Bounds {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub fn wider(self, by: f32) -> Self {
        Bounds {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    pub fn moved(self, by: (f32, f32)) -> Self {
        Bounds {
            left: self.left + by.0,
            top: self.top + by.1,
            right: self.right + by.0,
            bottom: self.bottom + by.1,
        }
    }

    pub fn area(self) -> f32 {
        (self.right - self.left).max(0.0) * (self.bottom - self.top).max(0.0)
    }
}

/// A length as SVG spells it.
pub fn px(length: f64) -> f32 {
    Px(length).rounded() as f32
}

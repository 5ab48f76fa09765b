//! What a picture is drawn of, from back to front: SVG spells it and PNG paints it.

use crate::diagrams::layout::{Piece, Point, Size};

use super::scene::Font;

/// A picture with everything in its place.
pub struct Drawing<'p> {
    /// How large it is, in whole pixels.
    pub size: Size,
    /// What it is called.
    pub title: &'p str,
    /// It in a sentence or two, for who cannot see it.
    pub summary: String,
    /// Whether it shows two versions.
    pub is_merged: bool,
    /// What is on it.
    pub items: Vec<Item<'p>>,
}

/// A thing on a drawing.
pub enum Item<'p> {
    /// What follows belongs together.
    Open(Group),
    /// What was opened last ends.
    Close,
    /// A shape.
    Shape(Shape<'p>),
    /// A line of text.
    Text(Text),
    /// A line of the SVG ends, for who reads it as text. There is nothing to see.
    LineEnd,
}

/// What the items of a group have in common.
#[derive(Default)]
pub struct Group {
    /// Its classes for the style sheet; the second one may be empty.
    pub class: [&'static str; 2],
    /// The figure that it shows, for scripts of a page around the picture.
    pub figure: Option<usize>,
    /// Between which figures its arrow leads, likewise, or from which ones its arrows lead to which one.
    pub ends: Option<(Vec<usize>, usize)>,
    /// Whether it stands back, because it is not on the walk that is pointed out.
    pub aside: bool,
    /// Whether its letters are bold.
    pub bold: bool,
    /// Whether it is only for those who see it.
    pub only_seen: bool,
    /// Where the origin of its items lies.
    pub origin: Point,
    /// What it is in words, for those who listen and for those who point.
    pub title: Option<String>,
}

/// How much is seen of what stands back.
pub const ASIDE: f32 = 0.32;

/// An outline and how it is painted; colours as `#rrggbb`.
pub struct Shape<'p> {
    /// Its class for the style sheet; may be empty.
    pub class: &'static str,
    /// Where its edges are.
    pub outline: Outline,
    /// Inside.
    pub fill: Option<&'p str>,
    /// Along its edges.
    pub stroke: Option<Stroke>,
}

/// Where the edges of a shape are.
pub enum Outline {
    /// A rectangle with rounded corners.
    Rectangle {
        /// The left upper corner.
        corner: Point,
        /// How large it is.
        size: Size,
        /// The radius of its corners.
        round: f64,
    },
    /// A circle.
    Circle {
        /// Its middle.
        middle: Point,
        /// How far it reaches from there.
        radius: f64,
    },
    /// A line, or what it surrounds.
    Path {
        /// Where it begins.
        start: Point,
        /// What follows.
        pieces: Vec<Piece>,
        /// Whether it leads back to where it began.
        closed: bool,
    },
}

/// How a line is painted.
#[derive(Clone, Copy)]
pub struct Stroke {
    /// Its colour.
    pub color: &'static str,
    /// How wide it is; 1 where it is not said.
    pub width: Option<f64>,
    /// How long its dashes are, and the gaps between them.
    pub dashes: Option<[f64; 2]>,
}

/// A line of text.
pub struct Text {
    /// Its class for the style sheet; may be empty.
    pub class: &'static str,
    /// On its base line, where it begins, or its middle.
    pub at: Point,
    /// Whether the middle of the text is there.
    pub centred: bool,
    /// The size of its letters.
    pub size: f64,
    /// Whether it is bold by itself.
    pub bold: bool,
    /// Its colour.
    pub ink: &'static str,
    /// What it says, everything in it to be seen.
    pub text: String,
}

impl Stroke {
    /// A line without gaps.
    pub const fn plain(color: &'static str, width: f64) -> Self {
        Stroke {
            color,
            width: Some(width),
            dashes: None,
        }
    }
}

impl<'p> Drawing<'p> {
    /// Begins a group.
    pub fn open(&mut self, group: Group) {
        self.items.push(Item::Open(group));
    }

    /// Ends the group that was begun last.
    pub fn close(&mut self) {
        self.items.push(Item::Close);
    }

    /// Ends a line of the SVG.
    pub fn end_line(&mut self) {
        self.items.push(Item::LineEnd);
    }

    /// Draws a shape.
    pub fn shape(&mut self, shape: Shape<'p>) {
        self.items.push(Item::Shape(shape));
    }

    /// Draws a dot.
    pub fn dot(&mut self, middle: Point, radius: f64, color: &'p str) {
        self.shape(Shape {
            class: "dot",
            outline: Outline::Circle { middle, radius },
            fill: Some(color),
            stroke: None,
        });
    }

    /// Writes a line of text that begins at a point.
    pub fn text(&mut self, class: &'static str, at: Point, font: Font, bold: bool, text: &str) {
        self.items.push(Item::Text(Text {
            class,
            at,
            centred: false,
            size: font.size,
            bold,
            ink: crate::diagrams::palette::LIGHT.ink,
            text: text.to_owned(),
        }));
    }

    /// Writes lines of text around a point.
    pub fn lines(
        &mut self,
        class: &'static str,
        middle: Point,
        font: Font,
        ink: &'static str,
        lines: &[String],
    ) {
        let top = middle.y - lines.len() as f64 * font.line / 2.0;
        for (index, line) in lines.iter().enumerate() {
            let y = top + (index as f64 + 0.5) * font.line + font.size * 0.35;
            self.items.push(Item::Text(Text {
                class,
                at: Point { x: middle.x, y },
                centred: true,
                size: font.size,
                bold: false,
                ink,
                text: line.clone(),
            }));
        }
    }
}

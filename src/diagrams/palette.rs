//! The colours of pictures, the same in every notation.
//!
//! The fills are tints of the Okabe–Ito colours (Okabe and Ito, *Color Universal Design*, 2008),
//! chosen so that they also differ in lightness: people who see fewer colours, and printers that
//! print none, tell them apart. No colour says anything alone: waiting states are dashed, final
//! ones have a double border, and what is wrong is written out.

use crate::diagrams::picture::{Figure, Kind};
use crate::model::Category;

/// How a figure is painted; colours as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// What it is for, in one word.
    pub name: &'static str,
    /// Inside.
    pub fill: &'static str,
    /// The border.
    pub line: &'static str,
    /// The text.
    pub ink: &'static str,
    /// Whether the border is dashed.
    pub dashed: bool,
}

/// The text of titles and of states.
pub const INK: &str = "#1a1a1a";
/// Arrows.
pub const ARROW: &str = "#5c6670";
/// The names on arrows.
pub const ARROW_INK: &str = "#333a40";
/// Arrows that no ticket can take.
pub const FAINT: &str = "#9aa0a6";

const DRAFT: Paint = paint("draft", "#ececec", "#6b6b6b");
const OPEN: Paint = paint("open", "#b9dff7", "#0072b2");
const WAITING: Paint = paint("waiting", "#ffe08f", "#a86b00").dashed();
const CLOSED: Paint = paint("closed", "#8fc9b1", "#00694e");
const NO_CATEGORY: Paint = paint("uncategorized", "#ffffff", "#6b6b6b");
const ANY_STATE: Paint = paint("any", "#ffffff", "#8a9299").dashed();
const UNDEFINED: Paint = paint("undefined", "#fff1ea", "#d55e00")
    .ink("#9c3a00")
    .dashed();
const UNREACHABLE: Paint = paint("unreachable", "#fafafa", FAINT)
    .ink("#6f767c")
    .dashed();

const fn paint(name: &'static str, fill: &'static str, line: &'static str) -> Paint {
    Paint {
        name,
        fill,
        line,
        ink: INK,
        dashed: false,
    }
}

impl Paint {
    const fn ink(self, ink: &'static str) -> Self {
        Paint { ink, ..self }
    }

    const fn dashed(self) -> Self {
        Paint {
            dashed: true,
            ..self
        }
    }
}

/// How states of a category are painted.
pub fn of_category(category: Category) -> Paint {
    match category {
        Category::Draft => DRAFT,
        Category::Open => OPEN,
        Category::Waiting => WAITING,
        Category::Closed => CLOSED,
    }
}

/// How a figure is painted, but for the accent that its author gave it.
pub fn of(figure: &Figure) -> Paint {
    match figure.kind {
        Kind::Undefined => UNDEFINED,
        Kind::AnyState => ANY_STATE,
        Kind::State(_) if figure.unreachable => UNREACHABLE,
        Kind::State(Some(category)) => of_category(category),
        Kind::State(None) => NO_CATEGORY,
    }
}

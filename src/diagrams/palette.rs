//! The colours of pictures, the same in every notation.
//!
//! The fills are tints of the Okabe–Ito colours (Okabe and Ito, *Color Universal Design*, 2008),
//! chosen so that they also differ in lightness: people who see fewer colours, and printers that
//! print none, tell them apart. No colour says anything alone: waiting states are dashed, final
//! ones have a double border, and what is wrong is written out.

use crate::diagrams::picture::{Arrow, Emphasis, Fate, Figure, Kind, Picture};
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
    /// The same on a dark ground: inside, border and text.
    pub dark: [&'static str; 3],
}

/// The text of titles and of states.
pub const INK: &str = "#1a1a1a";
/// Arrows.
pub const ARROW: &str = "#5c6670";
/// The names on arrows.
pub const ARROW_INK: &str = "#333a40";
/// Arrows that no ticket can take.
pub const FAINT: &str = "#9aa0a6";

/// On a dark ground: the ground, titles, arrows, the names on arrows, faint arrows.
pub const DARK: Ground = Ground {
    canvas: "#14181d",
    frame: "#2d343c",
    ink: "#f0f3f6",
    arrow: "#8f9aa5",
    arrow_ink: "#c9d1d9",
    faint: "#5d666f",
    wrong: "#ff9a5c",
    walk: "#d7a6ff",
    broken: "#ff6b6b",
    fates: ["#3fb950", "#ff7b80", "#e3a008"],
};
/// The same on a light ground.
pub const LIGHT: Ground = Ground {
    canvas: "#ffffff",
    frame: "#e3e7eb",
    ink: INK,
    arrow: ARROW,
    arrow_ink: ARROW_INK,
    faint: FAINT,
    wrong: "#b34700",
    walk: "#8a2be2",
    broken: "#c81e1e",
    fates: ["#00732f", "#c01c28", "#8a5a00"],
};

/// The colours of what is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Behind everything.
    pub canvas: &'static str,
    /// The line around it.
    pub frame: &'static str,
    /// Titles.
    pub ink: &'static str,
    /// Arrows.
    pub arrow: &'static str,
    /// The names on arrows.
    pub arrow_ink: &'static str,
    /// Arrows that no ticket can take.
    pub faint: &'static str,
    /// What is wrong.
    pub wrong: &'static str,
    /// A walk that is pointed out.
    pub walk: &'static str,
    /// What breaks a promise.
    pub broken: &'static str,
    /// What is new, gone and changed, in the order of [`Fate::ALL`].
    pub fates: [&'static str; 3],
}

impl Ground {
    /// The colour of an arrow that is pointed out so.
    pub fn of(&self, emphasis: Emphasis) -> &'static str {
        match emphasis {
            Emphasis::None => self.arrow,
            Emphasis::Walk => self.walk,
            Emphasis::Broken => self.broken,
        }
    }

    /// The colour of what this became of.
    pub fn of_fate(&self, fate: Fate) -> &'static str {
        self.fates[fate as usize]
    }
}

/// Every paint.
pub const ALL: &[Paint] = &[
    DRAFT,
    OPEN,
    WAITING,
    CLOSED,
    NO_CATEGORY,
    ANY_STATE,
    UNDEFINED,
    UNREACHABLE,
];

const DRAFT: Paint = paint("draft", "#ececec", "#6b6b6b").dark(["#3a3f45", "#a8b0b8", "#f0f3f6"]);
const OPEN: Paint = paint("open", "#b9dff7", "#0072b2").dark(["#0d3c5c", "#56b4e9", "#e6f4fd"]);
const WAITING: Paint = paint("waiting", "#ffe08f", "#a86b00")
    .dashed()
    .dark(["#584212", "#f0c24b", "#fff3d1"]);
const CLOSED: Paint = paint("closed", "#8fc9b1", "#00694e").dark(["#0b5a45", "#4fd1a5", "#e2fbf1"]);
const NO_CATEGORY: Paint =
    paint("uncategorized", "#ffffff", "#6b6b6b").dark(["#20262c", "#a8b0b8", "#f0f3f6"]);
const ANY_STATE: Paint = paint("any", "#ffffff", "#8a9299")
    .dashed()
    .dark(["#14181d", "#7c868f", "#d5dbe1"]);
const UNDEFINED: Paint = paint("undefined", "#fff1ea", "#d55e00")
    .ink("#9c3a00")
    .dashed()
    .dark(["#3d2113", "#ff8a47", "#ffc9a8"]);
const UNREACHABLE: Paint = paint("unreachable", "#fafafa", FAINT)
    .ink("#6f767c")
    .dashed()
    .dark(["#1b2025", "#6f7982", "#98a2ab"]);

/// What is gone, in a picture of two versions.
pub const GONE: Paint = paint("was", "#fdf3f3", LIGHT.fates[1])
    .ink("#6e4a4a")
    .dashed()
    .dark(["#2a1a1d", DARK.fates[1], "#d9b8ba"]);

const fn paint(name: &'static str, fill: &'static str, line: &'static str) -> Paint {
    Paint {
        name,
        fill,
        line,
        ink: INK,
        dashed: false,
        dark: ["#20262c", "#a8b0b8", "#f0f3f6"],
    }
}

impl Paint {
    const fn ink(self, ink: &'static str) -> Self {
        Paint { ink, ..self }
    }

    const fn dark(self, dark: [&'static str; 3]) -> Self {
        Paint { dark, ..self }
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
        _ if figure.fate == Some(Fate::Gone) => GONE,
        Kind::Undefined => UNDEFINED,
        Kind::AnyState => ANY_STATE,
        Kind::State(_) if figure.unreachable => UNREACHABLE,
        Kind::State(Some(category)) => of_category(category),
        Kind::State(None) => NO_CATEGORY,
    }
}

/// The colour of a border that is not that of its kind: what is pointed out, or as its author wants.
pub fn accent<'f>(figure: &'f Figure) -> Option<&'f str> {
    match (figure.fate, figure.emphasis) {
        (Some(fate), _) => Some(LIGHT.of_fate(fate)),
        (None, Emphasis::None) => figure.color,
        (None, emphasis) => Some(LIGHT.of(emphasis)),
    }
}

/// How the line of an arrow is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its colour where that is not the one of most arrows.
    pub color: Option<&'static str>,
    /// Whether it is dashed: what happens by itself is, and what no ticket can take.
    pub dashed: bool,
    /// Whether it is dotted: what is changed is, where two versions are shown.
    pub dotted: bool,
    /// Whether it is bold: what is pointed out is, and what is new.
    pub bold: bool,
}

/// The line of what this became of: each its own, for those who do not tell the colours.
pub fn of_fate(fate: Fate) -> Line {
    Line {
        color: Some(LIGHT.of_fate(fate)),
        dashed: fate == Fate::Gone,
        dotted: fate == Fate::Changed,
        bold: fate != Fate::Gone,
    }
}

/// How an arrow is drawn.
pub fn of_arrow(picture: &Picture, arrow: &Arrow) -> Line {
    if let Some(fate) = arrow.fate() {
        return of_fate(fate);
    }
    let faint = picture.is_faint(arrow);
    let bold = !faint && arrow.emphasis != Emphasis::None;
    Line {
        color: match faint {
            true => Some(FAINT),
            false => bold.then(|| LIGHT.of(arrow.emphasis)),
        },
        dashed: faint || arrow.automatic,
        dotted: false,
        bold,
    }
}

/// The paints of a picture, each once, in the order of its figures.
pub fn of_all(picture: &Picture) -> Vec<Paint> {
    let mut found = Vec::new();
    for paint in picture.figures.iter().map(of) {
        if !found.contains(&paint) {
            found.push(paint);
        }
    }
    found
}

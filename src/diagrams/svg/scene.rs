//! Figures, names and arrows with their sizes and places.

use std::borrow::Cow;

use crate::diagrams::layout::{self, Edge, Graph, Layout, Node, Point, Route, Size};
use crate::diagrams::measure::{self, width};
use crate::diagrams::picture::{Figure, Kind, Picture};
use crate::diagrams::{Direction, Style};
use crate::model::Category;

/// Sizes of text and the distance of its lines, in pixels.
pub const NAME: Font = Font::new(13.0, 17.0);
/// What stands below a name.
pub const MARK: Font = Font::new(10.5, 13.0);
/// Figures that are no states.
pub const SMALL: Font = Font::new(11.0, 14.0);
/// Names on arrows, and the legend.
pub const LABEL: Font = Font::new(11.0, 13.5);
/// The title.
pub const TITLE: Font = Font::new(18.0, 23.0);

/// How wide a name gets before it is broken.
const WIDEST_NAME: f64 = 160.0;
const WIDEST_LABEL: f64 = 132.0;
/// The space between two names of an arrow.
pub const BETWEEN_NAMES: f64 = 5.0;
/// How many lines of names an arrow carries; the rest is counted, and told to who points at it.
const MOST_LINES: usize = 8;
/// The author's colour, a bar at the left of a state, takes this much.
pub const BAR: f64 = 9.0;
/// The start dot.
pub const DOT: f64 = 7.0;

/// A size of text.
#[derive(Clone, Copy)]
pub struct Font {
    /// Of the letters.
    pub size: f64,
    /// From line to line.
    pub line: f64,
}

impl Font {
    const fn new(size: f64, line: f64) -> Self {
        Font { size, line }
    }

    /// How high so many lines are.
    pub fn height(self, lines: usize) -> f64 {
        lines as f64 * self.line
    }

    fn widest(self, lines: &[String]) -> f64 {
        let widths = lines.iter().map(|line| width(line, self.size));
        widths.fold(0.0, f64::max)
    }
}

/// A picture with everything in its place.
pub struct Scene<'p> {
    /// What is drawn.
    pub picture: &'p Picture<'p>,
    /// One for each figure.
    pub boxes: Vec<Box>,
    /// The start dot, where there is one.
    pub dot: Option<Point>,
    /// One for each start.
    pub starts: Vec<Line>,
    /// One for each arrow.
    pub arrows: Vec<Line>,
    /// What all of it takes, from the origin.
    pub size: Size,
}

/// Where a figure is and what stands on it.
pub struct Box {
    /// Its middle.
    pub middle: Point,
    /// How large it is.
    pub size: Size,
    /// Its name in lines.
    pub name: Vec<String>,
    /// What is said below.
    pub marks: Vec<String>,
}

/// The way of an arrow and what is written on it.
pub struct Line {
    /// Its way.
    pub route: Route,
    /// Its names, each in lines.
    pub label: Vec<Vec<String>>,
    /// What the label takes.
    pub size: Size,
}

impl<'p> Scene<'p> {
    /// Measures and lays out a picture.
    pub fn of(picture: &'p Picture, style: &Style) -> Self {
        let mut boxes: Vec<Box> = picture.figures.iter().map(measured).collect();
        let begun = picture.starts.iter();
        let begun = begun.map(|s| label_of(s.name.map(Cow::Borrowed).into_iter(), style));
        let mut starts: Vec<Line> = begun.collect();
        let led = picture.arrows.iter();
        let mut arrows: Vec<Line> = led.map(|a| label_of(a.signed(), style)).collect();
        let graph = graph(picture, &boxes, &starts, &arrows);
        let Layout {
            nodes,
            sizes,
            edges,
            size,
        } = layout::lay_out(&graph, style.direction == Direction::Right);
        for (figure, (place, size)) in boxes.iter_mut().zip(nodes.iter().zip(sizes)) {
            figure.middle = *place;
            figure.size = size;
        }
        for (line, route) in starts.iter_mut().chain(&mut arrows).zip(edges) {
            line.route = route;
        }
        Scene {
            picture,
            dot: nodes.get(boxes.len()).copied(),
            boxes,
            starts,
            arrows,
            size,
        }
    }
}

fn measured(figure: &Figure) -> Box {
    let font = font_of(figure);
    let name = measure::lines(&figure.name, font.size, WIDEST_NAME);
    let marks: Vec<String> = figure.marks().iter().map(|m| (*m).to_owned()).collect();
    let (side, top) = match figure.kind {
        Kind::AnyState => (17.0, 5.0),
        _ => (15.0, 8.0),
    };
    let text = font.widest(&name).max(MARK.widest(&marks));
    let bar = if figure.color.is_some() { BAR } else { 0.0 };
    let least = if figure.kind == Kind::AnyState {
        0.0
    } else {
        66.0
    };
    Box {
        middle: Point::default(),
        size: Size {
            width: (text + 2.0 * side + bar).max(least).ceil(),
            height: (font.height(name.len()) + MARK.height(marks.len()) + 2.0 * top).ceil(),
        },
        name,
        marks,
    }
}

/// The size of a figure's name.
pub fn font_of(figure: &Figure) -> Font {
    match figure.kind {
        Kind::AnyState => SMALL,
        _ => NAME,
    }
}

fn label_of<'n>(names: impl Iterator<Item = Cow<'n, str>>, style: &Style) -> Line {
    let mut label: Vec<Vec<String>> = Vec::new();
    let mut taken = 0;
    let mut names = names.filter(|_| style.names).peekable();
    while let Some(name) = names.next() {
        let lines = measure::lines(&name, LABEL.size, WIDEST_LABEL);
        taken += lines.len();
        if taken > MOST_LINES && (!label.is_empty() || names.peek().is_some()) {
            label.push(vec![format!("and {} more", 1 + names.count())]);
            break;
        }
        label.push(lines);
    }
    let widths = label.iter().map(|lines| LABEL.widest(lines));
    let width = widths.fold(0.0, f64::max);
    let size = match label.is_empty() {
        true => Size::default(),
        false => Size {
            width: (width + 8.0).ceil(),
            height: (LABEL.height(label.iter().map(Vec::len).sum())
                + (label.len() - 1) as f64 * BETWEEN_NAMES
                + 3.0)
                .ceil(),
        },
    };
    Line {
        route: Route::default(),
        label,
        size,
    }
}

/// The picture as boxes and arrows; the start dot is the last box, starts are the first arrows.
fn graph(picture: &Picture, boxes: &[Box], starts: &[Line], arrows: &[Line]) -> Graph {
    let mut graph = Graph::default();
    for (figure, measured) in picture.figures.iter().zip(boxes) {
        graph.nodes.push(Node {
            size: measured.size,
            closed: figure.kind == Kind::State(Some(Category::Closed)),
            weight: weight(figure),
        });
    }
    if !starts.is_empty() {
        graph.dot = Some(boxes.len());
        graph.nodes.push(Node {
            size: Size {
                width: DOT * 2.0,
                height: DOT * 2.0,
            },
            closed: false,
            weight: 0,
        });
    }
    let label = |line: &Line| Some(line.size).filter(|_| !line.label.is_empty());
    let begun = picture.starts.iter().zip(starts);
    graph.edges.extend(begun.map(|(start, line)| Edge {
        from: boxes.len(),
        to: start.to,
        label: label(line),
    }));
    let led = picture.arrows.iter().zip(arrows);
    graph.edges.extend(led.map(|(arrow, line)| Edge {
        from: arrow.from,
        to: arrow.to,
        label: label(line),
    }));
    graph
}

/// The main way is the longest, and of two that are equally long the one with less waiting.
fn weight(figure: &Figure) -> u32 {
    match figure.kind {
        Kind::State(Some(Category::Waiting)) => 999,
        Kind::State(_) => 1_000,
        Kind::Undefined | Kind::AnyState => 0,
    }
}

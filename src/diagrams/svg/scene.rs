//! Figures, names and arrows with their sizes and places.

use crate::diagrams::layout::{self, Edge, Graph, Layout, Node, Point, Route, Size};
use crate::diagrams::measure::{self, width};
use crate::diagrams::picture::{Arrow, Figure, Kind, Mark, Named, Picture, Sign};
use crate::diagrams::{Direction, Style};
use crate::hashing::HashMap;
use crate::model::Category;

/// Sizes of text and the distance of its lines, in pixels.
pub const NAME: Font = Font::new(13.0, 17.0);
/// What stands below a name.
pub const MARK: Font = Font::new(10.5, 13.0);
/// Figures that are no states.
pub const SMALL: Font = Font::new(11.0, 14.0);
/// Names on arrows, and the legend.
pub const LABEL: Font = Font::new(11.0, 13.5);
/// What goes with a name on an arrow.
pub const DETAIL: Font = Font::new(9.5, 12.5);
/// The title.
pub const TITLE: Font = Font::new(18.0, 23.0);

/// How wide a name gets before it is broken.
const WIDEST_NAME: f64 = 160.0;
const WIDEST_LABEL: f64 = 132.0;
/// How wide the sign before a detail is, and the space after it and between two details.
pub const SIGN: f64 = 10.0;
pub const AFTER_SIGN: f64 = 4.0;
pub const BETWEEN_DETAILS: f64 = 8.0;
/// How many roles or fields are named on an arrow; the rest is counted.
const MOST_WORDS: usize = 3;
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
    /// What is named on it.
    pub label: Vec<Label>,
    /// What the label takes.
    pub size: Size,
    /// The line that has the label, by its number among starts and arrows: another one where several have come
    /// together.
    pub labelled: usize,
}

/// A transition on its arrow.
#[derive(Default)]
pub struct Label {
    /// Its name and condition in lines.
    pub name: Vec<String>,
    /// What goes with it, in rows.
    pub details: Vec<Vec<Detail>>,
}

/// A sign and what is written after it.
pub struct Detail {
    /// The sign.
    pub sign: Sign,
    /// The words.
    pub text: String,
}

impl Detail {
    /// How wide it is.
    pub fn width(&self) -> f64 {
        let text = width(&self.text, DETAIL.size);
        match self.text.is_empty() {
            true => SIGN,
            false => SIGN + AFTER_SIGN + text,
        }
    }
}

/// How wide details beside each other are.
pub fn width_of(row: &[Detail]) -> f64 {
    let gaps = row.len().saturating_sub(1) as f64 * BETWEEN_DETAILS;
    row.iter().map(Detail::width).sum::<f64>() + gaps
}

impl Label {
    fn of(named: &Named) -> Self {
        let mut heading = named.heading().into_owned();
        if named.has(Sign::Note) {
            heading.push_str(" *");
        }
        let name = match heading.is_empty() {
            true => Vec::new(),
            false => measure::lines(&heading, LABEL.size, WIDEST_LABEL),
        };
        let mut details: Vec<Vec<Detail>> = Vec::new();
        let marks = named.marks.iter().filter(|mark| mark.sign != Sign::Note);
        for detail in marks.map(detail) {
            match details.last_mut() {
                Some(row) if width_of(row) + BETWEEN_DETAILS + detail.width() <= WIDEST_LABEL => {
                    row.push(detail);
                }
                _ => details.push(vec![detail]),
            }
        }
        Label { name, details }
    }

    /// How wide it is.
    fn width(&self) -> f64 {
        let details = self.details.iter().map(|row| width_of(row));
        details.fold(LABEL.widest(&self.name), f64::max)
    }

    /// How high it is.
    pub fn height(&self) -> f64 {
        LABEL.height(self.name.len()) + DETAIL.height(self.details.len())
    }

    fn rows(&self) -> usize {
        self.name.len() + self.details.len()
    }
}

/// A mark, with as many of its words as there is room for; the rest is counted.
fn detail(mark: &Mark) -> Detail {
    let sign = mark.sign;
    let count = mark.words.len();
    let of = |named: usize| {
        let mut text = mark.words[..named].join(", ");
        if named < count {
            text.push_str(&format!(" +{}", count - named));
        }
        Detail { sign, text }
    };
    let fitting = (2..=count.min(MOST_WORDS)).rev().map(of);
    let mut fitting = fitting.filter(|detail| detail.width() <= WIDEST_LABEL);
    fitting.next().unwrap_or_else(|| {
        let Detail { text, sign } = of(count.min(1));
        let mut lines = measure::lines(&text, DETAIL.size, WIDEST_LABEL - SIGN - AFTER_SIGN);
        let is_cut = lines.len() > 1;
        let mut text = lines.swap_remove(0);
        if is_cut {
            text.push('…');
        }
        Detail { sign, text }
    })
}

impl<'p> Scene<'p> {
    /// Measures and lays out a picture.
    pub fn of(picture: &'p Picture, style: &Style) -> Self {
        let mut boxes: Vec<Box> = picture.figures.iter().map(measured).collect();
        let begun = picture.starts.iter();
        let begun = begun.map(|start| label_of(std::slice::from_ref(&start.named), style));
        let mut starts: Vec<Line> = begun.collect();
        let led = picture.arrows.iter();
        let mut arrows: Vec<Line> = led.map(|arrow| label_of(&arrow.named, style)).collect();
        let graph = graph(picture, &boxes, &starts, &arrows);
        let Layout {
            nodes,
            sizes,
            edges,
            labelled,
            size,
        } = layout::lay_out(&graph, style.direction == Direction::Right);
        for (figure, (place, size)) in boxes.iter_mut().zip(nodes.iter().zip(sizes)) {
            figure.middle = *place;
            figure.size = size;
        }
        let lines = starts.iter_mut().chain(&mut arrows);
        for (line, (route, labelled)) in lines.zip(edges.into_iter().zip(labelled)) {
            line.route = route;
            line.labelled = labelled;
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
    let name = measure::lines(figure.shown(), font.size, WIDEST_NAME);
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

fn label_of(named: &[Named], style: &Style) -> Line {
    let mut label: Vec<Label> = Vec::new();
    let mut taken = 0;
    let mut all = named.iter().filter(|_| style.names).peekable();
    while let Some(named) = all.next() {
        let next = Label::of(named);
        taken += next.rows();
        if taken > MOST_LINES && (!label.is_empty() || all.peek().is_some()) {
            label.push(Label {
                name: vec![format!("and {} more", 1 + all.count())],
                ..Label::default()
            });
            break;
        }
        if next.rows() > 0 {
            label.push(next);
        }
    }
    let width = label.iter().map(Label::width).fold(0.0, f64::max);
    let size = match label.is_empty() {
        true => Size::default(),
        false => Size {
            width: (width + 8.0).ceil(),
            height: (label.iter().map(Label::height).sum::<f64>()
                + (label.len() - 1) as f64 * BETWEEN_NAMES
                + 3.0)
                .ceil(),
        },
    };
    Line {
        route: Route::default(),
        label,
        size,
        labelled: 0,
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
        bundle: None,
    }));
    let led = picture.arrows.iter().zip(arrows);
    let led = led.zip(bundles(picture));
    graph.edges.extend(led.map(|((arrow, line), bundle)| Edge {
        from: arrow.from,
        to: arrow.to,
        label: label(line),
        bundle,
    }));
    graph
}

/// For each arrow a number that it has in common with those that lead to the same figure and of which the
/// same is said. One that is dashed or tells what became of it is seen alone.
fn bundles(picture: &Picture) -> Vec<Option<usize>> {
    let mut leading_to = vec![0; picture.figures.len()];
    for arrow in &picture.arrows {
        leading_to[arrow.to] += 1;
    }
    let mut numbers: HashMap<(usize, String), usize> = HashMap::default();
    let bundle = |arrow: &Arrow| {
        let is_plain = !arrow.automatic && !picture.is_faint(arrow) && arrow.fate().is_none();
        let may_meet = leading_to[arrow.to] > 1 && is_plain;
        let fresh = numbers.len();
        may_meet.then(|| *numbers.entry((arrow.to, arrow.said())).or_insert(fresh))
    };
    picture.arrows.iter().map(bundle).collect()
}

/// The main way is the longest, and of two that are equally long the one with less waiting.
fn weight(figure: &Figure) -> u32 {
    match figure.kind {
        Kind::State(Some(Category::Waiting)) => 999,
        Kind::State(_) => 1_000,
        Kind::Undefined | Kind::AnyState => 0,
    }
}

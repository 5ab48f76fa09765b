//! The pieces of the sources that one report shows, put together into a small text of their own.
//!
//! Labels on neighbouring lines share a box; the box of the primary label comes first, and those of a walk follow in
//! the order of its steps. Whoever
//! draws the excerpt never sees a source, so what a report costs depends on its labels, not on
//! the size of the files, and what is drawn is safe to print.

use std::ops::{Range, RangeInclusive};

use super::snippet::snippet;
use super::{Sources, printable, prose};
use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Position, Source};

/// How many labels one report draws at most.
const MOST_LABELS: usize = 32;

/// Labels that lie up to this many lines apart share a box: with a line of context on both
/// sides, two boxes would show neighbouring lines or the same one twice.
const NEAR: u32 = 3;

/// How narrow a label's text may become before it is allowed to leave the screen, in columns.
const NARROWEST: usize = 24;

/// A line that starts with more blanks than this, in characters, shows nothing to a reader.
const LONGEST_INDENT: usize = 200;

/// What one report shows of its sources.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    /// The lines of all boxes, each with its line end.
    pub text: String,
    /// The boxes, in the order in which they are shown.
    pub boxes: Vec<LineBox>,
    /// The marked places, in the order of `text`.
    pub marks: Vec<Mark>,
    /// How many labels are not shown because there are too many.
    pub left_out: usize,
}

/// Neighbouring lines of one source.
#[derive(Debug)]
pub(super) struct LineBox {
    /// The name of the source, printable.
    pub name: String,
    /// The number of its first line, from 1.
    pub first_line: u32,
    /// Its lines in the excerpt's text, in bytes.
    pub range: Range<usize>,
}

/// A marked place.
#[derive(Debug)]
pub(super) struct Mark {
    /// Where it is in the excerpt's text, in bytes.
    pub range: Range<usize>,
    /// Where it is in the source.
    pub position: Position,
    /// What is said there, printable, in as many lines as it needs.
    pub message: String,
    /// Whether the report is about this place.
    pub primary: bool,
}

/// A label, looked up in its source.
struct Spot<'a> {
    source: &'a Source,
    position: Position,
    /// What is marked of the line, in bytes of it; one past its end where the end is marked.
    range: Range<usize>,
    messages: Vec<&'a str>,
    primary: bool,
}

impl Excerpt {
    /// What `diagnostic` shows of `sources` on a screen of `width` columns.
    pub fn new(sources: &Sources<'_>, diagnostic: &Diagnostic, width: usize) -> Self {
        let labels = diagnostic.labels.iter().enumerate().take(MOST_LABELS);
        let spots = labels
            .filter_map(|(index, label)| {
                let source = sources.get(label.span.source)?;
                Some(Spot::new(source, label, index == 0))
            })
            .collect();
        let mut excerpt = Excerpt {
            left_out: diagnostic.labels.len().saturating_sub(MOST_LABELS),
            ..Excerpt::default()
        };
        let groups = match diagnostic.is_walk {
            true => in_order(spots),
            false => grouped(spots),
        };
        for group in groups {
            excerpt.draw(&group, width);
        }
        excerpt
    }

    /// Adds a box with `spots`, which are neighbours in one source, in order.
    fn draw(&mut self, spots: &[Spot<'_>], width: usize) {
        let ([first, ..], [.., last]) = (spots, spots) else {
            return;
        };
        let source = first.source;
        let lines = with_context(source, first.position.line, last.position.line);
        let gutter = lines.end().to_string().len() + 4;
        let room = width.saturating_sub(gutter).max(NARROWEST);
        let start = self.text.len();
        for line in lines.clone() {
            let here: Vec<&Spot> = spots.iter().filter(|s| s.position.line == line).collect();
            self.draw_line(&source.text()[line_range(source, line)], &here, room);
        }
        self.boxes.push(LineBox {
            name: printable::in_line(source.name()),
            first_line: *lines.start(),
            range: start..self.text.len(),
        });
    }

    fn draw_line(&mut self, line: &str, spots: &[&Spot<'_>], room: usize) {
        let ranges: Vec<Range<usize>> = spots.iter().map(|s| s.range.clone()).collect();
        let shown = snippet(line, &ranges, room);
        let start = self.text.len();
        for (spot, range) in spots.iter().zip(shown.marks) {
            // A label hangs from the middle of its place: `╰── label`.
            let before = prose::columns(&shown.text[..range.start]);
            let middle = before + prose::columns(&shown.text[range.clone()]) / 2;
            let room = room.saturating_sub(middle + "╰── ".chars().count());
            let messages = spot.messages.iter();
            let messages: Vec<String> = messages
                .map(|m| prose::wrap(&prose::sentence(m), room.max(NARROWEST)))
                .collect();
            self.marks.push(Mark {
                range: start + range.start..start + range.end,
                position: spot.position,
                message: messages.join("\n"),
                primary: spot.primary,
            });
        }
        self.text.push_str(&shown.text);
        self.text.push('\n');
    }
}

impl<'a> Spot<'a> {
    /// Where `label` is drawn: on the first of its lines. Where nothing is (the label is empty,
    /// or starts at the end of a line), the next character or the line's end is marked.
    fn new(source: &'a Source, label: &'a Label, primary: bool) -> Self {
        let text = source.text();
        let Range { start, end } = label.span.range();
        let start = text.floor_char_boundary(start);
        let position = source.position(start as u32);
        let line = line_range(source, position.line);
        let start = start.clamp(line.start, line.end);
        let end = text.ceil_char_boundary(end).clamp(start, line.end);
        let next = text[start..line.end].chars().next();
        let least = start + next.map_or(1, char::len_utf8);
        Spot {
            source,
            position,
            range: start - line.start..end.max(least) - line.start,
            messages: vec![&label.message],
            primary,
        }
    }

    /// Takes over what `other` says.
    fn join(&mut self, other: Spot<'a>) {
        self.messages.extend(other.messages);
        if other.primary {
            self.primary = true;
            self.position = other.position;
        }
    }

    fn same_line(&self, other: &Spot<'_>) -> bool {
        self.source.id() == other.source.id() && self.position.line == other.position.line
    }
}

/// The bytes of a line without its end, and without a byte order mark before it.
fn line_range(source: &Source, line: u32) -> Range<usize> {
    let mut range = source.line_range(line);
    if range.start == 0 && source.text().starts_with('\u{feff}') {
        range.start = '\u{feff}'.len_utf8();
    }
    range
}

/// The lines `first` to `last` with one before and one after, unless those show nothing.
fn with_context(source: &Source, first: u32, last: u32) -> RangeInclusive<u32> {
    let shows = |line: u32| {
        let text = &source.text()[line_range(source, line)];
        text.chars()
            .take(LONGEST_INDENT)
            .any(|c| !c.is_whitespace())
    };
    let before = first > 1 && shows(first - 1);
    let after = last < source.line_count() && shows(last + 1);
    first - u32::from(before)..=last + u32::from(after)
}

/// The spots in groups that share a box, the primary one's first, then in the order of places;
/// what lies in the primary one's file comes before other files.
fn grouped(mut spots: Vec<Spot<'_>>) -> Vec<Vec<Spot<'_>>> {
    spots.sort_by_key(|s| (s.source.id(), s.position.line, s.range.start, s.range.end));
    let mut groups: Vec<Vec<Spot>> = Vec::new();
    for spot in set_apart(spots) {
        let near = |last: &Spot| {
            last.source.id() == spot.source.id() && spot.position.line - last.position.line <= NEAR
        };
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(near) => group.push(spot),
            _ => groups.push(vec![spot]),
        }
    }
    let is_primary = |group: &Vec<Spot>| group.iter().any(|s| s.primary);
    let primary_source = groups
        .iter()
        .find(|g| is_primary(g))
        .map(|g| g[0].source.id());
    groups.sort_by_key(|g| (!is_primary(g), Some(g[0].source.id()) != primary_source));
    groups
}

/// The spots in groups that share a box, in the order in which they are: a group goes on with what is right below it.
fn in_order(spots: Vec<Spot<'_>>) -> Vec<Vec<Spot<'_>>> {
    let mut groups: Vec<Vec<Spot>> = Vec::new();
    for spot in spots {
        let goes_on = |last: &Spot| {
            let place = |spot: &Spot| (spot.position.line, spot.range.start);
            last.source.id() == spot.source.id()
                && place(last) <= place(&spot)
                && spot.position.line - last.position.line <= NEAR
        };
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(goes_on) => group.push(spot),
            _ => groups.push(vec![spot]),
        }
    }
    groups.into_iter().map(set_apart).collect()
}

/// The spots, in order, so that none overlaps the one before: it starts where that one ends, or,
/// where nothing of it would be left, its message joins the other's.
fn set_apart(spots: Vec<Spot<'_>>) -> Vec<Spot<'_>> {
    let mut apart: Vec<Spot> = Vec::with_capacity(spots.len());
    for mut spot in spots {
        match apart.last_mut() {
            Some(last) if last.same_line(&spot) && spot.range.start < last.range.end => {
                if spot.range.end > last.range.end {
                    spot.range.start = last.range.end;
                    apart.push(spot);
                } else {
                    last.join(spot);
                }
            }
            _ => apart.push(spot),
        }
    }
    apart
}

//! Which lines a comment and a report belong to.

use crate::node::Document;
use crate::source::{Source, Span};

use super::unused_suppressions::Reach;

/// Tells the line of a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    /// The first byte of each line.
    starts: Vec<u32>,
    /// Text that no comment can stand in, and the line that it belongs to.
    block_texts: Vec<(Span, u32)>,
}

impl Lines {
    /// Of `source`, which was read into `document`.
    pub fn of(source: &Source, document: &Document) -> Lines {
        let starts = (1..=source.line_count()).map(|line| source.line_range(line).start as u32);
        let texts = document.block_texts.iter();
        Lines {
            starts: starts.collect(),
            block_texts: texts.map(|t| (*t, header_line(source, *t))).collect(),
        }
    }

    /// The line (from 1) to which a comment must belong that is about what starts at `place`.
    pub fn line_of(&self, place: Span) -> u32 {
        let before = |(text, _): &(Span, u32)| text.start <= place.start;
        let text = self.block_texts.partition_point(before).checked_sub(1);
        let text = text.map(|index| self.block_texts[index]);
        match text.filter(|(text, _)| text.contains(place)) {
            Some((_, line)) => line,
            None => self.starts.partition_point(|start| *start <= place.start) as u32,
        }
    }
}

/// The line (from 1) of the `|` or `>` before `text`: the last one above it with content.
fn header_line(source: &Source, text: Span) -> u32 {
    let first = source.position(text.start).line;
    let said = |line: &u32| !source.text()[source.line_range(*line)].trim().is_empty();
    (1..first).rev().find(said).unwrap_or(first)
}

/// Tells what a comment reaches.
pub(super) struct Below<'s> {
    source: &'s Source,
    /// For each line, the first one below it with content.
    below: Vec<Option<u32>>,
}

impl<'s> Below<'s> {
    /// Of `source`, whose comments are `comments`.
    pub fn of(source: &'s Source, comments: &[Span]) -> Self {
        let is_comment = |at: usize| {
            let found = comments.binary_search_by_key(&at, |comment| comment.range().start);
            found.is_ok()
        };
        let mut next = None;
        let mut below: Vec<Option<u32>> = Vec::new();
        for line in (1..=source.line_count()).rev() {
            below.push(next);
            let range = source.line_range(line);
            let text = source.text()[range.clone()].trim_start();
            if !text.is_empty() && !is_comment(range.end - text.len()) {
                next = Some(line);
            }
        }
        below.reverse();
        Below { source, below }
    }

    /// What `comment` reaches: its own line, or the next one with content where it has its line
    /// for itself.
    pub fn reach(&self, comment: Span) -> Reach {
        let line = self.source.position(comment.start).line;
        let start = self.source.line_range(line).start;
        let before = &self.source.text()[start..comment.range().start];
        if !before.trim_start_matches('\u{feff}').trim().is_empty() {
            return Reach::Line(line);
        }
        let below = self.below.get(line as usize - 1).copied().flatten();
        below.map_or(Reach::Nothing, Reach::Line)
    }
}

//! What is given up around a mistake whose meaning is not plain: as little as possible, and never
//! the key of what is given up, so that nothing is said to be missing.

use std::ops::Range;

use super::super::draft::Patch;
use super::super::lines::{self, Line};
use super::super::recovery::{Repair, nothing};
use super::surroundings::{self, is_item, key_of, without_dashes};

/// How many levels of maps and lists are given up one by one before all of the entry is.
const MOST_LEVELS: usize = 6;

/// Ways to read on around a mistake at `at`, from the one that gives up least.
pub(super) fn around(text: &str, at: usize) -> Vec<Repair> {
    let line = Line::at(text, at);
    let mut repairs = Vec::new();
    let mut limit = usize::MAX;
    let own = owners(&line).filter(|owner| owner.value <= at);
    let own: Vec<Owner> = own.collect();
    if own.is_empty() && !line.is_idle() {
        repairs.extend(holes(text, &line));
        limit = line.indent;
    }
    let above = lines::up(text, line.start).flat_map(|line| owners(&line).collect::<Vec<_>>());
    for owner in own.into_iter().chain(above) {
        if repairs.len() >= MOST_LEVELS || limit == 0 {
            break;
        }
        if owner.column < limit {
            limit = owner.column;
            repairs.push(vec![owner.without_value(text)]);
        }
    }
    for repair in entry(text, at) {
        if !repairs.contains(&repair) {
            repairs.push(repair);
        }
    }
    repairs
}

/// Gives up a value.
pub(super) fn value(range: Range<usize>) -> Repair {
    vec![Patch::lost(range, "x")]
}

/// How to give up a line that is indented like nothing above it, and what it may belong to.
pub(super) fn beside(text: &str, line: &Line<'_>) -> Option<Repair> {
    let above = lines::up(text, line.start).flat_map(|line| owners(&line).collect::<Vec<_>>());
    let owner = above.into_iter().find(|owner| owner.column < line.indent)?;
    Some(vec![owner.without_value_and_next(text)])
}

/// The value of the entry of the root that holds `at`, then all of that entry.
fn entry(text: &str, at: usize) -> Vec<Repair> {
    let entry = surroundings::entry(text, at);
    let line = Line::at(text, entry.range.start);
    let mut repairs = Vec::new();
    if let Some(owner) = owners(&line).find(|owner| owner.column == line.indent) {
        let value = owner.value.min(entry.range.end)..trimmed(text, entry.range.end, owner.value);
        repairs.push(vec![Patch::lost(value, " x")]);
    }
    repairs.push(vec![nothing(entry.range, entry.key)]);
    repairs
}

/// What a value belongs to: a key and its colon, or a dash.
struct Owner {
    /// How far it is indented.
    column: usize,
    /// Where its value may begin.
    value: usize,
    is_dash: bool,
}

/// The key and the dashes on a line, from the innermost.
fn owners(line: &Line<'_>) -> impl Iterator<Item = Owner> + use<> {
    let mut found = Vec::new();
    let begin = line.range().start;
    let (dashes, rest) = without_dashes(line.content);
    if let Some((_, colon)) = key_of(rest) {
        found.push(Owner {
            column: line.indent + dashes,
            value: begin + dashes + colon + 1,
            is_dash: false,
        });
    }
    let dashes = line.content[..dashes].bytes().enumerate().rev();
    let dashes = dashes.filter(|(_, byte)| *byte == b'-');
    found.extend(dashes.map(|(at, _)| Owner {
        column: line.indent + at,
        value: begin + at + 1,
        is_dash: true,
    }));
    found.into_iter()
}

impl Owner {
    /// The patch that gives up the value.
    fn without_value(&self, text: &str) -> Patch {
        Patch::lost(self.value..self.end(text), " x")
    }

    /// The same, with one more entry or item after it that is lost, too.
    fn without_value_and_next(&self, text: &str) -> Patch {
        let next = if self.is_dash { "- x" } else { "x: x" };
        let text_of_both = format!(" x\n{}{next}", " ".repeat(self.column));
        Patch::lost(self.value..self.end(text), text_of_both)
    }

    /// Where the value ends: before the next line that is not indented deeper.
    fn end(&self, text: &str) -> usize {
        let within = |line: &Line<'_>| {
            line.is_idle()
                || line.indent > self.column
                || line.content.starts_with([']', '}'])
                || (line.indent == self.column && !self.is_dash && is_item(line.content))
        };
        let after = lines::down(text, lines::next(text, self.value)).find(|line| !within(line));
        trimmed(
            text,
            after.map_or(text.len(), |line| line.start),
            self.value,
        )
    }
}

/// The end of the last line before `end` that says something, and no less than `start`.
fn trimmed(text: &str, end: usize, start: usize) -> usize {
    let own = lines::end(text, start);
    let last = lines::up(text, end).next();
    // `up` leaves out the line that holds `end`; at the end of the text, that one counts.
    let here = Line::at(text, end);
    if end == text.len() && !here.is_idle() && here.start >= own {
        return end;
    }
    match last {
        Some(last) if last.start >= own => last.range().end,
        _ => own.min(end.max(start)),
    }
}

/// Ways to give up a line of which not even the key can be told, with what is indented under it.
fn holes(text: &str, line: &Line<'_>) -> Vec<Repair> {
    let block = surroundings::block(text, line.start);
    let range = line.range().start..trimmed(text, block.end, line.range().start);
    let as_key = vec![Patch::lost(range.clone(), "x: x")];
    let as_item = vec![Patch::lost(range, "- x")];
    match is_item(line.content) {
        true => vec![as_item, as_key],
        false => vec![as_key, as_item],
    }
}

/// Whether `word` is written anywhere in the text but at `at`, as an item or a value.
pub(super) fn is_word_elsewhere(text: &str, word: &str, at: usize) -> bool {
    let is_end = |c: char| matches!(c, ',' | ']' | '}' | '\n' | '\r');
    let is_begin = |before: &str| before.ends_with([' ', '[', ',']);
    !word.is_empty()
        && text.match_indices(word).any(|(start, _)| {
            let after = &text[start + word.len()..];
            start != at
                && is_begin(&text[..start])
                && (after.is_empty() || after.trim_start_matches(' ').starts_with(is_end))
        })
}

/// Whether `word` is written as a key anywhere in the text but at `at`. Such a word is hardly
/// part of a value.
pub(super) fn is_key_elsewhere(text: &str, word: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    !word.is_empty()
        && text.match_indices(word).any(|(start, _)| {
            let after = &text[start + word.len()..];
            let before = start.checked_sub(1).map(|before| bytes[before]);
            start != at
                && (after.starts_with(": ") || after.starts_with(":\n") || after.starts_with(":\r"))
                && before.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'{' | b','))
        })
}

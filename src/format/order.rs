//! Fields in the order of the language: of maps in brackets on one line, and of YAML maps whose
//! fields have lines of their own.

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::language::workflow::THING;
use crate::node::{Entry, Kind, Node};

use super::{Page, ordered, reordered};

/// Orders the fields of states, transitions and the like.
pub(super) fn inside(page: &Page<'_>) -> Vec<Edit> {
    let maps = ordered(page.root).into_iter();
    maps.filter(|(map, _)| !page.is_alias(map))
        .flat_map(|(map, fields)| of_map(page, map, fields))
        .collect()
}

/// Orders the fields of the file.
pub(super) fn of_file(page: &Page<'_>) -> Vec<Edit> {
    match page.is_yaml() {
        true => of_map(page, page.root, THING.names),
        false => Vec::new(),
    }
}

fn of_map(page: &Page<'_>, map: &Node, fields: &[&str]) -> Vec<Edit> {
    let Kind::Map(entries) = map.kind() else {
        return Vec::new();
    };
    let names = entries.iter().map(|entry| entry.key.text());
    let Some(order) = reordered(names, fields) else {
        return Vec::new();
    };
    let edits = match page.is_flow(map) {
        true => in_brackets(page, map, entries, &order),
        false if page.is_yaml() => on_lines(page, entries, &order),
        false => None,
    };
    edits.unwrap_or_default()
}

/// Moves the fields of `{ … }` on one line.
fn in_brackets(
    page: &Page<'_>,
    map: &Node,
    entries: &[Entry],
    order: &[usize],
) -> Option<Vec<Edit>> {
    let is_absent = |entry: &Entry| matches!(entry.value.kind(), Kind::Absent(_) | Kind::Lost);
    if page.source.slice(map.span).contains('\n') || entries.iter().any(is_absent) {
        return None;
    }
    let range = |entry: &Entry| entry.key_span().range().start..entry.value.span.range().end;
    let pieces: Vec<Range<usize>> = entries.iter().map(range).collect();
    let between = |pair: &[Range<usize>]| page.text().get(pair[0].end..pair[1].start);
    let is_comma = |pair: &[Range<usize>]| between(pair).is_some_and(|t| t.trim() == ",");
    if !pieces.windows(2).all(is_comma) {
        return None;
    }
    let edit = |(place, from): (&Range<usize>, &usize)| {
        let text = &page.text()[pieces[*from].clone()];
        Edit::new(page.source.at(place.clone()), text)
    };
    Some(pieces.iter().zip(order).map(edit).collect())
}

/// Moves fields that have lines of their own, each with the comments and blank lines above it.
/// The first may follow the dash of a list's item.
fn on_lines(page: &Page<'_>, entries: &[Entry], order: &[usize]) -> Option<Vec<Edit>> {
    let keys: Vec<usize> = entries.iter().map(|e| e.key_span().range().start).collect();
    let (first, rest) = keys.split_first()?;
    let column = |key: usize| key - page.line_start(key);
    let is_even = |key: &usize| page.begins_line(*key) && column(*key) == column(*first);
    if !rest.iter().all(is_even) {
        return None;
    }
    let last = entries.last()?;
    let end = page.next_line(last.value.span.range().end.max(last.key_span().range().end));
    let follows_dash = !page.begins_line(*first);
    let silenced = page.silenced_from(*first);
    // What is silenced on the line of the dash would become another field.
    if follows_dash && silenced.is_some() {
        return None;
    }
    let head = match follows_dash {
        true => *first,
        false => silenced.unwrap_or(page.line_start(*first)),
    };
    let mut starts = vec![head];
    for key in rest {
        let above = *starts.last()?;
        starts.push(piece_start(page, *key, above));
    }
    starts.push(end);
    let piece = |index: usize| &page.text()[starts[index]..starts[index + 1]];
    let mut text = String::new();
    for (place, from) in order.iter().enumerate() {
        let moved = match place {
            // What set it apart from the one above it there.
            0 => without_blank_lines(piece(*from)),
            _ => piece(*from),
        };
        let indent = " ".repeat(column(*first));
        match (follows_dash, place, *from) {
            (false, ..) | (true, 0, 0) => text += moved,
            (true, 0, _) => {
                // A comment above it has no place after the dash.
                let after = moved.strip_prefix(&*indent)?;
                if after.starts_with([' ', '#', '\n', '\r']) {
                    return None;
                }
                text += after;
            }
            (true, _, 0) => text = text + &indent + moved,
            (true, ..) => text += moved,
        }
    }
    Some(vec![Edit::new(page.source.at(head..end), text)])
}

/// The text from its first line with content on.
fn without_blank_lines(text: &str) -> &str {
    let blank = text.len() - text.trim_start().len();
    let line = text[..blank].rfind('\n').map_or(0, |end| end + 1);
    &text[line..]
}

/// Where the piece begins that ends with the field at `key`: with the comments right above it
/// that stand at its column, and the blank lines above those, but not above `limit`.
fn piece_start(page: &Page<'_>, key: usize, limit: usize) -> usize {
    let mut start = page.line_start(key);
    let indent = key - start;
    let above = |start: usize| {
        let line = page.line_start(start.checked_sub(1)?);
        (line > limit).then_some(line)
    };
    let mut blank = false;
    while let Some(line) = above(start) {
        let text = &page.text()[line..start];
        let content = text.trim();
        let is_comment = content.starts_with('#') && text.find('#') == Some(indent);
        match content.is_empty() {
            true => blank = true,
            false if blank || !is_comment => break,
            false => {}
        }
        start = line;
    }
    // What silences something here goes with it, whatever stands between.
    let silenced = page.silenced_from(key).filter(|line| *line >= limit);
    silenced.map_or(start, |line| line.min(start))
}

//! The statements of a TOML file: fields and tables in the order of the language, a blank line
//! before each table.

use std::ops::Range;

use smol_str::SmolStr;

use crate::diagnostic::Edit;
use crate::language::workflow::THING;
use crate::syntax::toml_statements;

use super::{Inside, Order, Page, inside, rank, reordered};

/// A statement with the comments right above it.
struct Piece {
    /// With its comments and the blank lines above those, up to the end of its last line.
    range: Range<usize>,
    /// Its keys. A large file has a million, and the places of these are not needed here.
    path: Box<[SmolStr]>,
    /// Whether it is a table's header.
    is_header: bool,
}

/// Where each statement starts, in bytes.
pub(super) fn statements(page: &Page<'_>) -> impl Iterator<Item = usize> {
    toml_statements(page.source).map(|statement| statement.range.start)
}

fn pieces(page: &Page<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut end = page.line_start(0);
    for statement in toml_statements(page.source) {
        let stop = page.next_line(statement.range.end.max(statement.range.start));
        let start = match pieces.is_empty() {
            // What stands above the first one is about the file.
            true => {
                let start = statement.range.start;
                page.silenced_from(start).unwrap_or(page.line_start(start))
            }
            false => piece_start(page, statement.range.start, end),
        };
        if let Some(Piece { range, .. }) = pieces.last_mut() {
            range.end = start;
        }
        pieces.push(Piece {
            range: start..stop,
            path: statement.path.into_iter().map(SmolStr::from).collect(),
            is_header: statement.is_header,
        });
        end = stop;
    }
    pieces
}

/// Where the piece begins whose statement is at `at`; everything above `limit` is another's.
fn piece_start(page: &Page<'_>, at: usize, limit: usize) -> usize {
    let mut start = page.line_start(at);
    let mut blank = false;
    while start > limit {
        let line = page.line_start(start - 1);
        let content = page.text()[line..start].trim();
        match content.is_empty() {
            true => blank = true,
            false if blank || !content.starts_with('#') => break,
            false => {}
        }
        start = line;
    }
    let silenced = page.silenced_from(at);
    silenced.map_or(start, |line| line.min(start)).max(limit)
}

/// The pieces of each table: its header, if it has one, and its fields.
fn split(pieces: &[Piece]) -> Vec<&[Piece]> {
    let mut tables = Vec::new();
    let mut from = 0;
    for (index, piece) in pieces.iter().enumerate().skip(1) {
        if piece.is_header {
            tables.push(&pieces[from..index]);
            from = index;
        }
    }
    tables.push(&pieces[from..]);
    tables
}

/// Orders the fields of each table.
pub(super) fn fields(page: &Page<'_>) -> Vec<Edit> {
    if page.is_yaml() {
        return Vec::new();
    }
    let all = pieces(page);
    let mut edits = Vec::new();
    for table in split(&all) {
        let (header, fields) = match table.split_first() {
            Some((header, rest)) if header.is_header => (Some(header), rest),
            _ => (None, table),
        };
        let path = header.map_or(&[][..], |header| &*header.path);
        if let Some(known) = known_fields(path) {
            edits.extend(moved(page, fields, known));
        }
    }
    edits
}

/// The fields that a table with this header may have, where they have an order.
fn known_fields(path: &[SmolStr]) -> Option<Order> {
    match path {
        [] => Some(THING.names),
        [field, inner @ ..] => match (inside(field)?, inner) {
            (Inside::One(order), []) | (Inside::Each(order), [_]) => Some(order),
            _ => None,
        },
    }
}

fn first(piece: &Piece) -> &str {
    piece.path.first().map_or("", SmolStr::as_str)
}

/// The edit that puts `pieces`, which follow each other, in the order of `fields`.
fn moved(page: &Page<'_>, pieces: &[Piece], fields: &[&str]) -> Option<Edit> {
    let order = reordered(pieces.iter().map(first), fields)?;
    let text: String = order
        .iter()
        .map(|index| &page.text()[pieces[*index].range.clone()])
        .collect();
    let whole = pieces.first()?.range.start..pieces.last()?.range.end;
    Some(Edit::new(page.source.at(whole), text))
}

/// Orders the tables, and puts a blank line before each.
pub(super) fn tables(page: &Page<'_>) -> Vec<Edit> {
    if page.is_yaml() {
        return Vec::new();
    }
    let all = pieces(page);
    let tables = split(&all);
    let begins = |table: &&[Piece]| table.first().is_some_and(|p| p.is_header);
    let headed: Vec<&[Piece]> = tables.into_iter().filter(begins).collect();
    let (Some(top), Some(bottom)) = (headed.first(), headed.last()) else {
        return Vec::new();
    };
    let (Some(start), Some(end)) = (top.first(), bottom.last()) else {
        return Vec::new();
    };
    let mut order: Vec<usize> = (0..headed.len()).collect();
    order.sort_by_key(|index| {
        headed[*index]
            .first()
            .map_or(0, |p| rank(first(p), THING.names))
    });
    let line_end = page.source.line_end();
    let mut text = String::new();
    // A header with nothing under it, which may stand right above a table in it, as tombi wants it.
    let mut empty: Option<&Piece> = None;
    for index in order {
        for (place, piece) in headed[index].iter().enumerate() {
            let piece_text = &page.text()[piece.range.clone()];
            let at_top = text.is_empty() && page.line_start(0) == start.range.start;
            let is_inside = empty.is_some_and(|above| is_longer(&piece.path, &above.path));
            let is_apart = piece_text.starts_with(['\n', '\r']) || at_top || is_inside;
            if place == 0 && !is_apart {
                text += line_end;
            }
            text += piece_text;
        }
        empty = headed[index].first().filter(|_| headed[index].len() == 1);
    }
    let whole = start.range.start..end.range.end;
    vec![Edit::new(page.source.at(whole), text)]
}

/// Whether a path goes on where `other` ends.
fn is_longer(path: &[SmolStr], other: &[SmolStr]) -> bool {
    path.len() > other.len() && path.starts_with(other)
}

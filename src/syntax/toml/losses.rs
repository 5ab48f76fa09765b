//! What is given up around a mistake whose meaning is not plain: as little as possible, and never
//! the key of what is given up, so that nothing is said to be missing.

use std::ops::Range;

use super::super::draft::Patch;
use super::super::lines::{self, Line};
use super::super::recovery::{Repair, nothing};
use super::surroundings::{self, Open, is_header, is_statement};

/// What stands for a value that is lost.
const VALUE: &str = "\"\"";

/// Ways to read on around a mistake at `at`, from the one that gives up least.
pub(super) fn around(text: &str, open: &Open, at: usize) -> Vec<Repair> {
    let entry = surroundings::entry(text, open, at);
    let first = Line::at(text, open.statement);
    let mut repairs = Vec::new();
    if is_header(&first) && open.equals.is_none() {
        repairs.push(vec![nothing(entry.range, entry.key)]);
        return repairs;
    }
    repairs.extend(item(text, open, at));
    let end = with_orphans(text, entry.range.end);
    match open.equals.filter(|equals| *equals < at.max(1)) {
        Some(equals) => {
            let flat = open.brackets.is_empty() && open.quote.is_none();
            let line = flat.then(|| lines::end(text, equals));
            let more = [trimmed(text, entry.range.end), trimmed(text, end)];
            for end in line.into_iter().chain(more) {
                repairs.push(value(equals + 1..end.max(equals + 1)));
            }
        }
        None => repairs.push(statement(first.range().start..trimmed(text, end))),
    }
    repairs.push(vec![nothing(entry.range.start..end, entry.key)]);
    repairs.dedup();
    repairs
}

/// Gives up a value.
pub(super) fn value(range: Range<usize>) -> Repair {
    vec![Patch::lost(range, format!(" {VALUE}"))]
}

/// Gives up a statement of which not even the key can be told.
pub(super) fn statement(range: Range<usize>) -> Repair {
    // Several of them may stand in one table, and no two keys may be alike.
    let text = format!("\"lost at {}\" = {VALUE}", range.start);
    vec![Patch::lost(range, text)]
}

/// Gives up the innermost item of a list that holds `at`, where it is a list or table itself.
fn item(text: &str, open: &Open, at: usize) -> Option<Repair> {
    let list = open.brackets.iter().rposition(|&(_, b)| b == '[')?;
    let &(start, _) = open.brackets.get(list + 1)?;
    let mut depth = 0_usize;
    for (offset, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b'\n' if offset >= at => return None,
            _ => {}
        }
        if depth == 0 {
            return (offset >= at).then(|| vec![Patch::lost(start..offset + 1, VALUE)]);
        }
    }
    None
}

/// The end of what follows `from` and is no statement, such as the items of a list that was
/// never opened.
pub(super) fn with_orphans(text: &str, from: usize) -> usize {
    let begins = |line: &Line<'_>| is_statement(line) || is_header(line);
    let next = lines::down(text, from).find(begins);
    next.map_or(text.len(), |line| line.start)
}

/// The end of the last line before `end` that says something.
pub(super) fn trimmed(text: &str, end: usize) -> usize {
    let here = Line::at(text, end);
    if here.start < end && !here.is_idle() {
        return end;
    }
    lines::up(text, end)
        .next()
        .map_or(0, |line| line.range().end)
}

/// The repair that closes what is open on the line of `start`, where nothing but that is missing:
/// the value stands on this one line.
pub(super) fn closed(text: &str, start: usize) -> Option<Repair> {
    let line = Line::at(text, start);
    let below = lines::down(text, lines::next(text, start)).find(|line| !line.is_idle())?;
    if !is_statement(&below) && !is_header(&below) {
        return None;
    }
    let end = code_end(text, &line);
    let open = surroundings::open_at(text, end);
    let &(first, _) = open.brackets.first()?;
    if first < line.start || open.quote.is_some() || text[..end].ends_with(['[', '{', ',', '=']) {
        return None;
    }
    let closes = open.brackets.iter().rev();
    let close: String = closes
        .map(|&(_, bracket)| if bracket == '{' { '}' } else { ']' })
        .collect();
    Some(vec![Patch::meant(end..end, close)])
}

/// Where what a line says ends, before its comment.
fn code_end(text: &str, line: &Line<'_>) -> usize {
    let range = line.range();
    let hashes = line.content.match_indices('#');
    let mut hashes = hashes.map(|(at, _)| range.start + at);
    let comment = hashes.find(|&at| surroundings::open_at(text, at).quote.is_none());
    let end = comment.unwrap_or(range.end);
    range.start + text[range.start..end].trim_end().len()
}

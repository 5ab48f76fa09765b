//! TOML text to nodes, by the recovering parser of the `toml` crate. Nothing outside this folder
//! knows that parser.

use toml::de::{DeTable, Error};

use crate::diagnostic::Diagnostics;
use crate::node::Document;
use crate::source::Source;

use super::recovery::{Mistake, read_around};
use super::{MAX_DEPTH, characters, invalid_toml, lines, place};

mod build;
mod mistakes;
mod surroundings;

/// Reads a TOML source. Mistakes are reported to `out`.
pub(super) fn read<'s>(source: &'s Source, out: &mut Diagnostics) -> Document<'s> {
    let Some(text) = cleaned(source, out) else {
        return read_text(source, source.text(), out);
    };
    build::owned(read_text(source, &text, out))
}

/// Reads `text`, which is `source`'s or the same with some of it blanked.
fn read_text<'t>(source: &'t Source, text: &'t str, out: &mut Diagnostics) -> Document<'t> {
    let attempt = DeTable::parse(text);
    if let Ok(table) = attempt {
        return build::document(source, text, table.into_inner(), &[], out);
    }
    let check = |text: &str| first_mistake(source, text);
    let Some(mistake) = first_mistake(source, text) else {
        return with_repetitions(source, text, out);
    };
    let build = |text: &str, out: &mut Diagnostics| {
        // The parser goes on after every mistake, but what it makes of a broken line is a guess.
        let readable = first_mistake(source, text).is_none();
        readable.then(|| build::owned(with_repetitions(source, text, out)))
    };
    read_around(source, text, mistake, out, check, build)
}

/// Reads a text in which nothing is wrong but that keys are written twice.
fn with_repetitions<'t>(source: &Source, text: &'t str, out: &mut Diagnostics) -> Document<'t> {
    let (table, errors) = DeTable::parse_recoverable(text);
    build::document(source, text, table.into_inner(), &errors, out)
}

/// A mistake of syntax, if there is any. What is only written twice is none: the parser reads on.
fn first_mistake(source: &Source, text: &str) -> Option<Mistake> {
    // The parser is asked for its first error only: in a file of garbage it has millions.
    let mut error = DeTable::parse(text).err()?;
    if is_repetition(&error) {
        let (_, errors) = DeTable::parse_recoverable(text);
        error = errors.into_iter().find(|error| !is_repetition(error))?;
    }
    let at = place_of(&error, text);
    // In the statement itself another error may be earlier, and nearer to the cause.
    let statement = mistakes::statement(text, at);
    let (_, errors) = DeTable::parse_recoverable(&text[statement.clone()]);
    let errors = errors.iter().filter(|error| !is_repetition(error));
    let placed = errors.filter_map(|error| Some((statement.start + error.span()?.start, error)));
    let (at, error) = placed.min_by_key(|(at, _)| *at).unwrap_or((at, &error));
    Some(mistakes::explain(source, text, error.message(), at))
}

/// Where the parser met the error, in bytes.
fn place_of(error: &Error, text: &str) -> usize {
    match error.span() {
        Some(span) => text.floor_char_boundary(span.start.min(text.len())),
        // The parser does not say which key has too many dots.
        None => lines::down(text, 0)
            .find(|line| line.content.matches('.').count() >= MAX_DEPTH)
            .map_or(0, |line| line.range().start),
    }
}

/// Whether the error is about a key or table that is there already.
fn is_repetition(error: &Error) -> bool {
    let message = error.message();
    message == "duplicate key" || message.starts_with("cannot extend value")
}

/// The text with blanks in the place of control characters, and line feeds in the place of
/// lone carriage returns, where it has any. Each of the two is reported once.
fn cleaned(source: &Source, out: &mut Diagnostics) -> Option<String> {
    let found = characters::find(source, is_forbidden);
    if let Some(found) = &found {
        out.push(invalid_toml::control_character(
            found.at,
            found.first,
            found.more,
        ));
    }
    let text = found.map(|found| found.cleaned);
    let bytes = text.as_deref().unwrap_or(source.text()).as_bytes();
    let returns = |at: &usize| bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    let mut lone = (0..bytes.len()).filter(returns);
    let Some(first) = lone.next() else {
        return text;
    };
    let report = invalid_toml::lone_carriage_return(place(source, first..first + 1));
    out.push(report);
    let mut fed = bytes.to_vec();
    fed[first] = b'\n';
    lone.for_each(|at| fed[at] = b'\n');
    String::from_utf8(fed).ok()
}

/// A control character that TOML does not allow, not even in a comment.
fn is_forbidden(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')
}

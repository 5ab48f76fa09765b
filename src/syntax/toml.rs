//! TOML text to nodes, by the recovering parser of the `toml` crate. Nothing outside this folder
//! knows that parser.

use toml::de::{DeTable, Error};

use crate::diagnostic::Diagnostics;
use crate::node::Document;
use crate::source::Source;

use super::recovery::{Mistake, read_around};
use super::{characters, invalid_toml, place};

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
    let (table, errors) = DeTable::parse_recoverable(text);
    let Some(mistake) = first_mistake(source, text, &errors) else {
        return build::document(source, text, table.into_inner(), &errors, out);
    };
    drop((table, errors));
    let check = |text: &str| {
        let (_, errors) = DeTable::parse_recoverable(text);
        first_mistake(source, text, &errors)
    };
    let build = |text: &str, out: &mut Diagnostics| {
        let (table, errors) = DeTable::parse_recoverable(text);
        // The parser goes on after every mistake, but what it makes of a broken line is a guess.
        let readable = first_mistake(source, text, &errors).is_none();
        readable.then(|| {
            build::owned(build::document(
                source,
                text,
                table.into_inner(),
                &errors,
                out,
            ))
        })
    };
    read_around(source, text, mistake, out, check, build)
}

/// The first mistake of syntax. What is only written twice is none: the parser reads on.
fn first_mistake(source: &Source, text: &str, errors: &[Error]) -> Option<Mistake> {
    let start = |error: &&Error| error.span().map_or(0, |span| span.start);
    let syntax = errors.iter().filter(|error| !is_repetition(error));
    let first = syntax.min_by_key(start)?;
    Some(mistakes::explain(source, text, first))
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

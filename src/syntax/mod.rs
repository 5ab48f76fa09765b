//! Text to [`Node`](crate::node::Node)s: one file a syntax.
//!
//! Reading never fails. What the text does not say is reported, what can still be read is read.
//! A mistake does not hide the others: what was plainly meant is read, what is in doubt is lost,
//! and the rest is read again (`recovery`).

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostics};
use crate::node::{Document, Lost};
use crate::source::{Source, Span, Syntax};

mod blanks;
mod characters;
mod draft;
mod duplicate_keys;
mod entries;
mod exceeded_limits;
mod fast;
mod hidden_characters;
mod invalid_json;
mod invalid_text;
mod invalid_toml;
mod invalid_yaml;
mod json;
mod lines;
mod merge_keys;
mod mistaken;
mod multiple_documents;
mod pasted;
mod recovery;
mod scalars;
mod slips;
#[cfg(test)]
mod tests;
mod toml;
mod unknown_tags;
mod unportable_syntax;
mod yaml;

/// How many duplicate keys, tags and the like are reported in one source; nobody reads more, and
/// a hostile file holds millions.
pub const MAX_REPORTS: usize = 200;

pub use exceeded_limits::{
    compared_promises as too_many_promises_to_compare, moves as too_many_moves,
    name as too_long_a_name, promises as too_many_promises, reports_shown as too_many_reports,
    states as too_many_states,
};
pub use hidden_characters::{check as check_hidden_characters, merge as merge_hidden_characters};
pub use scalars::is_only_text;

/// Every code that reading reports, in the order of the catalogue.
pub const CODES: &[&Code] = &[
    &invalid_yaml::CODE,
    &invalid_toml::CODE,
    &invalid_json::CODE,
    &invalid_text::CODE,
    &exceeded_limits::CODE,
    &hidden_characters::CODE,
    &duplicate_keys::CODE,
    &merge_keys::CODE,
    &unknown_tags::CODE,
    &multiple_documents::CODE,
    &unportable_syntax::CODE,
];

/// Reads a source, whatever its syntax. Mistakes in the text are reported to `out`.
///
/// Every span in the result and in the reports lies inside the text, on character boundaries.
pub fn read<'s>(source: &'s Source, out: &mut Diagnostics) -> Document<'s> {
    reading(source, false, out).unwrap_or_else(|| unreadable(source))
}

/// Reads a source as [`read`] does, with all its comments and not only where some may be for this
/// program; `None` where the text is not of its syntax. A text that is not read as it stands, which is
/// reported, has them as [`read`] has.
pub fn read_with_comments<'s>(source: &'s Source, out: &mut Diagnostics) -> Option<Document<'s>> {
    let has_others = source.text().contains('#') && !may_speak_to_us(source);
    reading(source, has_others, out)
}

/// The document of a source; `None` where comments are wanted that nobody reads by themselves, and the
/// text is not of its syntax.
fn reading<'s>(
    source: &'s Source,
    with_others: bool,
    out: &mut Diagnostics,
) -> Option<Document<'s>> {
    out.syntax = Some(source.syntax());
    // Of what is too large only the beginning is here, and may end within a character.
    if source.is_too_large() {
        out.push(exceeded_limits::bytes(source));
        return Some(unreadable(source));
    }
    if let Some(why) = source.invalid_text() {
        out.push(invalid_text::report(source, why));
        return Some(unreadable(source));
    }
    let before = out.len();
    let wanted = with_others || may_speak_to_us(source);
    let fast = match pasted::looks_numbered(source.text()) {
        true => None,
        false => fast::document(source, wanted, out),
    };
    let document = match fast {
        Some(document) => {
            let is_plain = out.len() == before || source.syntax() != Syntax::Yaml;
            let again = match is_plain {
                true => None,
                false => yaml::read_again(source, before, out),
            };
            again.unwrap_or(document)
        }
        None => {
            // Before the tree: looking for them takes as much memory.
            let others = match with_others {
                true => Some(comments(source)?),
                false => None,
            };
            let document = match source.syntax() {
                Syntax::Yaml => yaml::read(source, out),
                Syntax::Toml => toml::read(source, out),
                Syntax::Json => json::read(source, out),
            };
            Document {
                comments: others.unwrap_or(document.comments),
                ..document
            }
        }
    };
    Some(mistaken::reread(source, &document, before, out).unwrap_or(document))
}

/// Where the comments of a source are, each with its `#`, in the order of the text; `None` where the text
/// is not of its syntax.
fn comments(source: &Source) -> Option<Vec<Span>> {
    let ranges = match source.syntax() {
        Syntax::Yaml => yaml::comments(source)?,
        Syntax::Toml => toml::comments(source.text()).collect(),
        Syntax::Json => Vec::new(),
    };
    let places = ranges.into_iter().map(|range| place(source, range));
    Some(places.collect())
}

pub use toml::statements::Statement as TomlStatement;

/// The statements of a TOML source, in the order of the text. What is no TOML makes no sense.
pub fn toml_statements(source: &Source) -> impl Iterator<Item = TomlStatement> {
    toml::statements::statements(source.text())
}

/// Where else the tables at `keys` are named, of a TOML source; of others nowhere.
pub fn other_places(source: &Source, keys: &[Span]) -> Vec<Vec<Span>> {
    match source.syntax() {
        Syntax::Toml => toml::again::other_places(source, keys),
        _ => vec![Vec::new(); keys.len()],
    }
}

/// Whether the comments of a source may hold words for this program, by a piece of its name that
/// is likely to be spelt right. Looking for comments costs time, and hardly any file has such.
pub fn may_speak_to_us(source: &Source) -> bool {
    source.text().contains("tatew")
}

/// The document of a source of which nothing can be read.
fn unreadable(source: &Source) -> Document<'static> {
    Document {
        lost: vec![Lost {
            span: source.span(),
            key: None,
        }],
        ..Document::default()
    }
}

/// The span of `range` (in bytes) in `source`, forced into the text and onto character
/// boundaries. Every span that reading makes is made here.
fn place(source: &Source, range: Range<usize>) -> Span {
    let text = source.text();
    // So it is for nearly every place.
    if range.start <= range.end && text.get(range.clone()).is_some() {
        return source.at(range);
    }
    let start = text.floor_char_boundary(range.start.min(text.len()));
    let end = text.ceil_char_boundary(range.end.min(text.len()));
    source.at(start..end.max(start))
}

/// `text` as it can stand in a message: its first line, at most 40 characters of it.
fn excerpt(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.trim().lines().next().unwrap_or("").trim_end();
    match line.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line.to_owned(),
    }
}

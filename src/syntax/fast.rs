//! The fast readers, one for each syntax of workflows: several times as fast as a parser that must be
//! ready for anything, at what nearly every file holds. Whatever else stands in a text, and every
//! mistake, makes them decline: the parser then reads the text from its start and has the last word.
//! Tests hold both against each other.
//!
//! They stay as long as `benches` show that they pay. Nothing but [`document`] is asked from outside,
//! so that they can be thrown away.

use crate::diagnostic::Diagnostics;
use crate::node::Document;
use crate::source::{Source, Syntax};

use super::blanks;
use super::characters;
use super::draft::Draft;

mod cursor;
#[cfg(test)]
mod tests;
mod toml;
mod yaml;

/// The document of `source`, with its comments where these are `wanted`, and its reports in `out`.
/// `None` where a fast reader declines; nothing is reported then.
pub(super) fn document<'s>(
    source: &'s Source,
    wanted: bool,
    out: &mut Diagnostics,
) -> Option<Document<'s>> {
    let (draft, text) = (Draft::new(source), source.text());
    if !characters::are_plain(source) {
        return None;
    }
    match source.syntax() {
        // A key may have swallowed one, which the parser looks at.
        Syntax::Yaml if !source.is_plain() && blanks::may_be_in_keys(text) => None,
        Syntax::Yaml => yaml::document(&draft, text, wanted, out),
        Syntax::Toml => toml::document(&draft, text, wanted),
        Syntax::Json => None,
    }
}

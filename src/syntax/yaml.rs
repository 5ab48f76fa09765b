//! YAML text to nodes, by the events of `granit-parser`. Nothing outside this folder knows that
//! parser.

use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScanError};

use crate::diagnostic::Diagnostics;
use crate::node::Document;
use crate::source::Source;

use super::draft::Draft;
use super::recovery::{Mistake, repaired};
use super::slips::{Slip, YAML};
use super::{characters, may_speak_to_us, pasted, unreadable};

mod brackets;
pub(super) mod build;
mod colons;
mod escapes;
mod layout;
mod losses;
mod mistakes;
pub(super) mod open;
mod quotes;
mod surroundings;
mod tabs;
mod twice;

/// Reads a YAML source. Mistakes are reported to `out`.
pub(super) fn read<'s>(source: &'s Source, out: &mut Diagnostics) -> Document<'s> {
    let Some(found) = characters::find(source, is_forbidden) else {
        let draft = Draft::new(source);
        if pasted::looks_numbered(source.text()) {
            return draft_of(draft, out);
        }
        let (text, comments) = (source.text(), may_speak_to_us(source));
        let before = out.len();
        let error = match build::parsed(&draft, text, comments, out) {
            Ok(document) => {
                if let Some(document) = read_again(source, before, out) {
                    return document;
                }
                tabs::check(source, out);
                return document;
            }
            Err(error) => error,
        };
        let draft = Draft::new(source);
        return match pasted::without(&draft, &YAML, out) {
            Some(draft) => draft_of(draft, out),
            None => around(draft, &error, out),
        };
    };
    out.push(Slip::ControlCharacter(found.first, found.more).report(&YAML, found.at));
    let draft = Draft::of(source, found.cleaned.into());
    draft_of(draft, out)
}

/// Reads a source again as it was meant, if the reports about it from number `from` on show that dashes or
/// indentation are missing.
pub(super) fn read_again<'s>(
    source: &'s Source,
    from: usize,
    out: &mut Diagnostics,
) -> Option<Document<'s>> {
    let draft = twice::repaired(&Draft::new(source), from, out)?;
    Some(draft_of(draft, out))
}

/// Reads a draft that nothing has been read of.
fn draft_of<'s>(draft: Draft<'s>, out: &mut Diagnostics) -> Document<'s> {
    let draft = pasted::without(&draft, &YAML, out).unwrap_or(draft);
    match owned(&draft, out) {
        Ok(document) => document,
        Err(error) => around(draft, &error, out),
    }
}

/// Reads `draft` around its mistakes, the first of which is `error`.
fn around<'s>(mut draft: Draft<'s>, error: &Failure, out: &mut Diagnostics) -> Document<'s> {
    let mut mistake = explain(&draft, error);
    // Tabs that indent the whole file are one habit, not a mistake in every entry.
    if let Some(spaced) = mistakes::without_tabs(&draft, &mistake) {
        out.push(mistake.report);
        draft = Draft::of(draft.source, spaced.into());
        mistake = match owned(&draft, out) {
            Ok(document) => return document,
            Err(error) => explain(&draft, &error),
        };
    }
    let check = |draft: &Draft<'_>| {
        let error = first_error(draft, false)?;
        Some(explain(draft, &error))
    };
    let draft = repaired(draft, mistake, out, check);
    let mut document = owned(&draft, out).unwrap_or_else(|_| unreadable(draft.source));
    document.lost.extend(draft.lost);
    document
}

/// Reads a draft into a document that does not hold on to it.
fn owned(draft: &Draft<'_>, out: &mut Diagnostics) -> Result<Document<'static>, Failure> {
    let (text, comments) = (&*draft.text, may_speak_to_us(draft.source));
    build::parsed(draft, text, comments, out).map(build::owned)
}

/// Where the comments of `source` are, in bytes; `None` where it is not YAML.
pub(super) fn comments(source: &Source) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let options = options(source.limits().depth, false, true);
    for event in Parser::new_from_str_with_options(source.text(), options) {
        if let (Event::Comment(..), span) = event.ok()? {
            found.extend(span.byte_range());
        }
    }
    found.sort_by_key(|range| range.start);
    Some(found)
}

/// Why a text is not read as it stands.
pub(super) enum Failure {
    /// The parser stops.
    Scan(ScanError),
    /// The parser goes on, but reads `New { category: open }` as a key and a value: the bracket
    /// before which a colon is missing stands at this byte.
    NoColon(usize),
    /// The parser goes on, but takes a blank that is no space, at this byte, for a part of a key.
    OddBlank(usize),
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        Failure::Scan(error)
    }
}

/// Why `event` is a key that nobody means, if it is one.
fn odd_key(text: &str, event: &Event<'_>, span: &granit_parser::Span) -> Option<Failure> {
    if let Some(bracket) = colons::missing(text, event, span) {
        return Some(Failure::NoColon(bracket));
    }
    colons::odd_blank(text, event, span).map(Failure::OddBlank)
}

/// What is wrong in `draft`, which fails with `error`.
fn explain(draft: &Draft<'_>, error: &Failure) -> Mistake {
    let error = match error {
        Failure::Scan(error) => error,
        Failure::NoColon(bracket) => return mistakes::no_colon_before(draft, *bracket),
        Failure::OddBlank(at) => return mistakes::odd_blank_in_key(draft, *at),
    };
    // The strict rules of indentation notice an open bracket at the next line that is not
    // indented enough, where the usual ones may read on to the end of the file.
    let strict = match first_error(draft, true) {
        Some(Failure::Scan(strict)) if offset(&strict) < offset(error) => Some(strict),
        _ => None,
    };
    mistakes::explain(draft, error, strict.as_ref())
}

/// What is wrong first in a draft; `None` where the first document is YAML.
fn first_error(draft: &Draft<'_>, strict: bool) -> Option<Failure> {
    let mut documents = 0;
    let options = options(draft.source.limits().depth, strict, false);
    for event in Parser::new_from_str_with_options(&draft.text, options) {
        match event {
            Ok((Event::DocumentStart(..), _)) if documents == 1 => return None,
            Ok((Event::DocumentStart(..), _)) => documents += 1,
            Ok((event, span)) => {
                if let Some(failure) = odd_key(&draft.text, &event, &span) {
                    return Some(failure);
                }
            }
            Err(error) => return Some(error.into()),
        }
    }
    None
}

/// A control character that is not printable by YAML 1.2.2, §5.1.
fn is_forbidden(c: char) -> bool {
    let is_none = matches!(c, '\u{fffe}' | '\u{ffff}');
    is_none || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}'))
}

/// Where the parser stopped, in bytes.
fn offset(error: &ScanError) -> usize {
    error.marker().byte_offset().unwrap_or(0)
}

fn options(depth: usize, strict: bool, comments: bool) -> Options {
    granit_parser::options! {
        strict_indentation: strict,
        emit_comments: comments,
        // More of them in a row than this would be an error.
        max_buffered_comment_events: usize::MAX,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: depth,
        block_nesting_limit: depth,
    }
}

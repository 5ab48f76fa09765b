//! TOML text to nodes, by the recovering parser of the `toml` crate. Nothing outside this folder
//! knows that parser.

use std::ops::Range;

use toml::de::{DeTable, Error};
use toml_parser::lexer::TokenKind;

use crate::diagnostic::Diagnostics;
use crate::limits::DEPTH;
use crate::node::Document;
use crate::source::Source;

use super::draft::Draft;
use super::recovery::{self, Mistake, repaired};
use super::slips::{Slip, TOML};
use super::{characters, exceeded_limits, lines, pasted, place};
use complaints::Complaint;

pub(super) mod again;
mod brackets;
pub(super) mod build;
mod complaints;
mod keys;
mod losses;
mod memory;
mod mistakes;
mod newer;
mod repeated;
pub(super) mod statements;
mod surroundings;
mod values;

/// How large a text is, at most, of which all errors are looked at for the earliest.
const MAX_SEARCHED: usize = 256 * 1024;

/// Reads a TOML source. Mistakes are reported to `out`.
pub(super) fn read<'s>(source: &'s Source, out: &mut Diagnostics) -> Document<'s> {
    if let Some(text) = cleaned(source, out) {
        return read_around(Draft::of(source, text.into()), None, out);
    }
    let (draft, text) = (Draft::new(source), source.text());
    // Where the parser would take too much memory, it is not asked.
    if memory::beyond(&draft).is_some() {
        return read_around(draft, None, out);
    }
    match build::parsed(&draft, text, out) {
        Ok(document) => {
            newer::check(source, out);
            document
        }
        Err(error) => read_around(draft, Some(error), out),
    }
}

/// Where the comments of `text` are, in bytes.
pub(super) fn comments(text: &str) -> impl Iterator<Item = Range<usize>> {
    let tokens = toml_parser::Source::new(text).lex();
    let comments = tokens.filter(|token| token.kind() == TokenKind::Comment);
    comments.map(|token| token.span().start()..token.span().end())
}

/// Reads a draft around its mistakes; `error` is the parser's first, where that is known.
fn read_around<'s>(
    mut draft: Draft<'s>,
    error: Option<Error>,
    out: &mut Diagnostics,
) -> Document<'s> {
    if let Some(at) = memory::beyond(&draft) {
        let most = draft.source.limits().parser();
        out.push(exceeded_limits::memory(draft.source, at, most));
        return super::unreadable(draft.source);
    }
    let mut error = error.or_else(|| DeTable::parse(&draft.text).err());
    if error.is_some()
        && let Some(cleaned) = pasted::without(&draft, &TOML, out)
    {
        error = DeTable::parse(&cleaned.text).err();
        draft = cleaned;
    }
    if let Some(mistake) = error.and_then(|error| mistake_of(&draft, error)) {
        draft = repaired(draft, mistake, out, first_mistake);
    }
    let mut is_cut = false;
    if draft.text.len() > repeated::MAX_WHOLE {
        let first = match DeTable::parse(&draft.text) {
            Ok(table) => return read_on(&draft, table.into_inner(), &[], out),
            Err(error) => error,
        };
        let (length, end) = (draft.text.len(), repeated::read_to(&draft.text, &first));
        is_cut = end < length;
        draft = draft.with_all(&[recovery::nothing(end..length, None)]);
    }
    let (table, errors) = DeTable::parse_recoverable(&draft.text);
    let patches = repeated::headers(&draft, table.get_ref(), &errors, out);
    let document = match patches.is_empty() {
        true => read_on(&draft, table.into_inner(), &errors, out),
        false => {
            drop(table);
            let draft = draft.with_all(&patches);
            let (table, errors) = DeTable::parse_recoverable(&draft.text);
            read_on(&draft, table.into_inner(), &errors, out)
        }
    };
    if let Some(last) = out.items_mut().last_mut().filter(|_| is_cut) {
        last.notes.push(recovery::NOT_READ.to_owned());
    }
    document
}

/// The document of a draft that is made into `table`, with `errors` that are only repetitions.
fn read_on<'s>(
    draft: &Draft<'s>,
    table: DeTable<'_>,
    errors: &[Error],
    out: &mut Diagnostics,
) -> Document<'s> {
    // The parser goes on after every mistake, but what it makes of a broken line is a guess.
    if !errors.iter().all(is_repetition) {
        return super::unreadable(draft.source);
    }
    let lost = repeated::report_keys(draft, &table, errors, out);
    let document = build::document(draft, &draft.text, table, out);
    let mut document = build::owned(document);
    document.lost.extend(draft.lost.iter().cloned());
    document.lost.extend(lost);
    document
}

/// A mistake of syntax, if there is any. What is only written twice is none: the parser reads on.
fn first_mistake(draft: &Draft<'_>) -> Option<Mistake> {
    match draft.text.len() <= MAX_SEARCHED {
        // All errors are looked at in any case, so that it is parsed once.
        true => Some(explained(draft, &earliest(&draft.text)?)),
        false => mistake_of(draft, DeTable::parse(&draft.text).err()?),
    }
}

/// The mistake of syntax in a text that the parser stops at with the error `first`.
fn mistake_of(draft: &Draft<'_>, first: Error) -> Option<Mistake> {
    let text: &str = &draft.text;
    // The first error that the parser tells is not always the first in the text. But in a large
    // file it may have millions of them.
    let error = match text.len() <= MAX_SEARCHED || is_repetition(&first) {
        true => earliest(&text[..repeated::read_to(text, &first)])?,
        false => first,
    };
    Some(explained(draft, &error))
}

/// The mistake that `error` is about, or an earlier one in the same statement.
fn explained(draft: &Draft<'_>, error: &Error) -> Mistake {
    let text: &str = &draft.text;
    let at = place_of(error, text);
    // In the statement itself another error may be earlier, and nearer to the cause.
    let statement = mistakes::statement(text, at);
    // But one of megabytes may have an error in each of them.
    let searched = match statement.len() <= MAX_SEARCHED {
        true => &text[statement.clone()],
        false => "",
    };
    let (_, errors) = DeTable::parse_recoverable(searched);
    let errors = errors.iter().filter(|error| !is_repetition(error));
    let placed = errors.filter_map(|error| Some((statement.start + error.span()?.start, error)));
    let (at, error) = placed.min_by_key(|(at, _)| *at).unwrap_or((at, error));
    mistakes::explain(draft, Complaint::of(error), at)
}

/// The error nearest to the start of the text, not counting what is written twice.
fn earliest(text: &str) -> Option<Error> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let errors = errors.into_iter().filter(|error| !is_repetition(error));
    errors.min_by_key(|error| place_of(error, text))
}

/// Where the parser met the error, in bytes.
fn place_of(error: &Error, text: &str) -> usize {
    match error.span() {
        Some(span) => text.floor_char_boundary(span.start.min(text.len())),
        // The parser does not say which key has too many dots.
        None => lines::down(text, 0)
            .find(|line| line.content.matches('.').count() >= DEPTH.most)
            .map_or(0, |line| line.range().start),
    }
}

/// Whether the error is about a key or table that is there already.
fn is_repetition(error: &Error) -> bool {
    Complaint::of(error) == Complaint::Again
}

/// The text with blanks in the place of control characters, and line feeds in the place of
/// lone carriage returns, where it has any. Each of the two is reported once.
fn cleaned(source: &Source, out: &mut Diagnostics) -> Option<String> {
    let found = characters::find(source, is_forbidden);
    if let Some(found) = &found {
        out.push(Slip::ControlCharacter(found.first, found.more).report(&TOML, found.at));
    }
    let text = found.map(|found| found.cleaned);
    let bytes = text.as_deref().unwrap_or(source.text()).as_bytes();
    // Nearly every file has none, and is done here, many bytes at once.
    if !bytes.iter().fold(false, |any, &byte| any | (byte == b'\r')) {
        return text;
    }
    let returns = |at: &usize| bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    let mut lone = (0..bytes.len()).filter(returns);
    let Some(first) = lone.next() else {
        return text;
    };
    let at = place(source, first..first + 1);
    out.push(Slip::LoneCarriageReturn.report(&TOML, at));
    let mut fed = bytes.to_vec();
    fed[first] = b'\n';
    lone.for_each(|at| fed[at] = b'\n');
    String::from_utf8(fed).ok()
}

/// A control character that TOML does not allow, not even in a comment.
fn is_forbidden(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')
}

//! YAML text to nodes, by the events of `granit-parser`. Nothing outside this folder knows that
//! parser.

use granit_parser::{Options, Parser, ScanError};

use crate::diagnostic::Diagnostics;
use crate::node::Document;
use crate::source::Source;

use super::recovery::{Mistake, read_around};
use super::{MAX_DEPTH, characters, invalid_yaml};

mod build;
mod escapes;
mod layout;
mod mistakes;
mod open;
mod surroundings;

/// Reads a YAML source. Mistakes are reported to `out`.
pub(super) fn read<'s>(source: &'s Source, out: &mut Diagnostics) -> Document<'s> {
    let found = characters::find(source, is_forbidden);
    let (text, attempt) = match &found {
        None => (source.text(), build::document(source, source.text(), out)),
        Some(found) => {
            let report = invalid_yaml::control_character(found.at, found.first, found.more);
            out.push(report);
            let attempt = build::document(source, &found.cleaned, out);
            (found.cleaned.as_str(), attempt.map(build::owned))
        }
    };
    let mistake = match attempt {
        Ok(document) => return document,
        Err(error) => explain(source, text, &error),
    };
    // Tabs that indent the whole file are one habit, not a mistake in every entry.
    if let Some(spaced) = mistakes::without_tabs(source, text, &mistake) {
        out.push(mistake.report);
        return match build::document(source, &spaced, out) {
            Ok(document) => build::owned(document),
            Err(error) => around(source, &spaced, explain(source, &spaced, &error), out),
        };
    }
    around(source, text, mistake, out)
}

fn around<'s>(
    source: &'s Source,
    text: &str,
    mistake: Mistake,
    out: &mut Diagnostics,
) -> Document<'s> {
    let check = |text: &str| first_error(text, false).map(|error| explain(source, text, &error));
    let build = |text: &str, out: &mut Diagnostics| {
        let document = build::document(source, text, out).ok()?;
        Some(build::owned(document))
    };
    read_around(source, text, mistake, out, check, build)
}

/// What is wrong in `text`, where the parser fails with `error`.
fn explain(source: &Source, text: &str, error: &ScanError) -> Mistake {
    // The strict rules of indentation notice an open bracket at the next line that is not
    // indented enough, where the usual ones may read on to the end of the file.
    let strict = first_error(text, true).filter(|strict| offset(strict) < offset(error));
    mistakes::explain(source, text, error, strict.as_ref())
}

/// The error that stops the parser in `text`; `None` where the first document is YAML.
fn first_error(text: &str, strict: bool) -> Option<ScanError> {
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(text, options(strict)) {
        match event {
            Ok((granit_parser::Event::DocumentStart(..), _)) if documents == 1 => return None,
            Ok((granit_parser::Event::DocumentStart(..), _)) => documents += 1,
            Ok(_) => {}
            Err(error) => return Some(error),
        }
    }
    None
}

/// A control character that is not printable by YAML 1.2.2, §5.1.
fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}

/// Where the parser stopped, in bytes.
fn offset(error: &ScanError) -> usize {
    error.marker().byte_offset().unwrap_or(0)
}

fn options(strict: bool) -> Options {
    granit_parser::options! {
        strict_indentation: strict,
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

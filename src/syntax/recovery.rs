//! Reading on after a mistake: what cannot be read is blanked, and the rest is read again.
//!
//! No parser of either syntax goes on after its first mistake in a way that can be trusted. But
//! both syntaxes are made of entries, and blanks in the place of one leave every other entry at
//! its place and with its meaning. So: explain the first mistake, blank it, read again. This is
//! bounded by [`MAX_PASSES`] and done only for files that have failed.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::node::{Document, Lost};
use crate::source::Source;

use super::place;

/// How many mistakes of syntax are looked for in one file.
pub(super) const MAX_PASSES: usize = 20;

/// A mistake that stops a parser.
#[derive(Debug)]
pub(super) struct Mistake {
    /// What to say about it.
    pub report: Diagnostic,
    /// The least that must be blanked to read on, where the mistake lies in one value or line
    /// and what surrounds it can be trusted; else `None`.
    pub local: Option<Range<usize>>,
    /// The entry of the root map that the mistake spoils.
    pub entry: Entry,
}

/// An entry of the root map, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its key, as far as it can be told.
    pub key: Option<String>,
}

/// Reads `source` around its mistakes, after a first attempt has failed with `mistake`.
///
/// `check` finds the first mistake in a text; `build` reads a text, or says that it cannot. Both
/// are given `text` with some of it blanked, so that offsets stay what they are.
pub(super) fn read_around<'s>(
    source: &'s Source,
    text: &str,
    mistake: Mistake,
    out: &mut Diagnostics,
    mut check: impl FnMut(&str) -> Option<Mistake>,
    build: impl FnOnce(&str, &mut Diagnostics) -> Option<Document<'static>>,
) -> Document<'s> {
    let mut spoilt: Vec<Entry> = Vec::new();
    let mut rest = text.to_owned();
    let mut next = Some(mistake);
    for _ in 0..MAX_PASSES {
        let Some(mistake) = next else { break };
        let again = spoilt.contains(&mistake.entry);
        let blanked = match mistake.local {
            Some(ref local) => blank(&mut rest, local) || blank(&mut rest, &mistake.entry.range),
            None => blank(&mut rest, &mistake.entry.range),
        };
        // In an entry that has been cut into, only a mistake within one value is surely another.
        if !again || mistake.local.is_some() {
            out.push(mistake.report);
        }
        if !again {
            spoilt.push(mistake.entry);
        }
        if !blanked {
            break;
        }
        next = check(&rest);
    }
    let mut kept = text.to_owned();
    for entry in &spoilt {
        blank(&mut kept, &entry.range);
    }
    let mut document = match build(&kept, out) {
        Some(document) => document,
        None => return super::unreadable(source),
    };
    document.lost.extend(spoilt.into_iter().map(|entry| Lost {
        span: place(source, entry.range),
        key: entry.key,
    }));
    document.lost.sort_by_key(|lost| lost.span);
    document
}

/// Puts spaces in the place of what stands in `range`, line ends kept. Returns whether anything
/// stood there.
pub(super) fn blank(text: &mut String, range: &Range<usize>) -> bool {
    let start = text.floor_char_boundary(range.start);
    let end = text.ceil_char_boundary(range.end).max(start);
    if text[start..end].trim().is_empty() {
        return false;
    }
    let blanks: String = text[start..end]
        .bytes()
        .map(|byte| match byte {
            b'\n' | b'\r' => char::from(byte),
            _ => ' ',
        })
        .collect();
    text.replace_range(start..end, &blanks);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_keep_every_offset_and_line() {
        let mut text = String::from("a: é\r\nb: 1\n");
        assert!(blank(&mut text, &(0..7)));
        assert_eq!(text, "     \r\nb: 1\n");
        assert!(!blank(&mut text, &(0..7)));
    }
}

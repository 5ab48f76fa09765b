//! Diagnostics to text: one file a format.
//!
//! A format is a constant with a name and a function, listed in [`ALL`]; adding one is a file of
//! its own and one line. What a report says is decided by whoever raises it; here is only how it
//! looks. No text of a source, a name or a message reaches an output unescaped.

pub mod diff;
mod excerpt;
pub mod human;
mod json;
mod printable;
mod prose;
mod short;
mod snippet;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Position, Source, SourceId, Span};

pub use json::disarmed;
pub use printable::in_line;

/// The result of a run, to be written in some [`Format`].
pub struct Report<'a> {
    /// The sources that the diagnostics lie in.
    pub sources: Sources<'a>,
    /// What was found, in the order in which it is to be shown.
    pub diagnostics: &'a [Diagnostic],
    /// How many files were checked.
    pub files: usize,
    /// How many mistakes were fixed before; `diagnostics` are what is left.
    pub fixed: usize,
    /// How many reports were silenced by comments that were added before.
    pub silenced: usize,
    /// How many reports are left out, because a baseline lists them.
    pub known: usize,
}

/// How a report for people looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether terminal colours may be used.
    pub color: bool,
    /// How wide the output should be, in columns.
    pub width: usize,
}

/// One way to write a [`Report`].
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// One line for help texts.
    pub about: &'static str,
    /// Writes the whole report, line end included. Fails only where the writer fails.
    pub write: fn(&Report<'_>, &Style, &mut dyn fmt::Write) -> fmt::Result,
}

/// Every format, the default first.
pub const ALL: &[&Format] = &[&human::FORMAT, &short::FORMAT, &json::FORMAT];

/// The format called `name`.
pub fn find(name: &str) -> Option<&'static Format> {
    ALL.iter().copied().find(|format| format.name == name)
}

impl Default for Style {
    /// No colour, 100 columns.
    fn default() -> Self {
        Style {
            color: false,
            width: 100,
        }
    }
}

impl<'a> Report<'a> {
    /// A report of `diagnostics` in `sources`, all of which were checked.
    pub fn new(
        sources: impl IntoIterator<Item = &'a Source>,
        diagnostics: &'a [Diagnostic],
    ) -> Self {
        let sources = Sources::new(sources);
        Report {
            files: sources.by_id.len(),
            sources,
            diagnostics,
            fixed: 0,
            silenced: 0,
            known: 0,
        }
    }

    /// How many of the diagnostics have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        let same = self.diagnostics.iter().filter(|d| d.severity == severity);
        same.count()
    }

    /// The file, lines and columns of `span`.
    fn place(&self, span: Span) -> Place<'a> {
        match self.sources.get(span.source) {
            Some(source) => Place {
                file: source.name(),
                start: source.position(span.start),
                end: source.position(span.end),
            },
            None => Place {
                file: "<unknown>",
                start: Position { line: 1, column: 1 },
                end: Position { line: 1, column: 1 },
            },
        }
    }
}

/// A span as people count it.
struct Place<'a> {
    /// The source's name, as it is: not yet safe to print.
    file: &'a str,
    start: Position,
    /// The position after the last character.
    end: Position,
}

/// The sources of a run, found by the id that every span carries.
#[derive(Clone, Debug, Default)]
pub struct Sources<'a> {
    by_id: Vec<&'a Source>,
}

impl<'a> Sources<'a> {
    /// The sources in any order; no two may have the same id.
    pub fn new(sources: impl IntoIterator<Item = &'a Source>) -> Self {
        let mut by_id: Vec<&Source> = sources.into_iter().collect();
        by_id.sort_by_key(|source| source.id());
        Sources { by_id }
    }

    /// The source with this id.
    pub fn get(&self, id: SourceId) -> Option<&'a Source> {
        let found = self.by_id.binary_search_by_key(&id, |source| source.id());
        found.ok().map(|index| self.by_id[index])
    }
}

//! Diagnostics to text: one file a format.
//!
//! A format is a constant with a name and a function, listed in [`ALL`]; adding one is a file of
//! its own and one line. What a report says is decided by whoever raises it; here is only how it
//! looks. No text of a source, a name or a message reaches an output unescaped.

mod armed;
mod checkstyle;
pub mod diff;
mod disarming;
mod excerpt;
mod fingerprint;
mod github;
mod gitlab;
pub mod human;
mod json;
mod junit;
pub mod markdown;
mod pages;
mod paths;
mod printable;
pub mod prose;
mod rdjson;
mod room;
mod sarif;
mod short;
mod snippet;
pub mod statistics;
#[cfg(test)]
mod tests;
mod unread;
mod xml;

use std::fmt;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Position, Source, SourceId, Span};

pub use pages::Pages;
pub use paths::Paths;
pub use printable::{Printable, disarmed, in_line};
pub use unread::Unread;

use room::Room;

/// The result of a run, to be written in some [`Format`].
pub struct Report<'a> {
    /// The sources that the diagnostics lie in.
    pub sources: Sources<'a>,
    /// What was found, in the order in which it is to be shown.
    pub diagnostics: &'a [Diagnostic],
    /// How many files were checked.
    pub files: usize,
    /// Sources that were not checked for themselves, in order; reports of others may point at them.
    pub only_known: &'a [SourceId],
    /// What else should have been checked, and could not be read.
    pub unread: &'a [Unread],
    /// Where the paths count from that programs read; none: from where the names do.
    pub paths: Option<&'a Paths>,
    /// How many mistakes were fixed before; `diagnostics` are what is left.
    pub fixed: usize,
    /// Of these, what was wrong and where, a line each.
    pub done: &'a [String],
    /// How many reports were silenced by comments that were added before.
    pub silenced: usize,
    /// How many reports are left out, because a baseline lists them.
    pub known: usize,
    /// How many more there are than `diagnostics`: nobody would read them.
    pub unshown: Unshown,
}

/// How many reports are counted and not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unshown {
    /// Of these, errors.
    pub errors: usize,
    /// And warnings.
    pub warnings: usize,
}

impl Unshown {
    fn of(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        }
    }

    /// So many more.
    pub fn add(&mut self, severity: Severity, count: usize) {
        *self.of(severity) += count;
    }

    /// One less.
    pub fn take(&mut self, severity: Severity) {
        let count = self.of(severity);
        *count = count.saturating_sub(1);
    }

    /// These and `others`.
    pub fn and(self, others: Unshown) -> Unshown {
        Unshown {
            errors: self.errors + others.errors,
            warnings: self.warnings + others.warnings,
        }
    }
}

/// How a report for people looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether terminal colours may be used.
    pub color: bool,
    /// How wide the output should be, in columns.
    pub width: usize,
    /// Whether only the reports are wanted, and no summary of them.
    pub quiet: bool,
    /// Where the pages of the codes are, if that is known.
    pub pages: Option<Pages>,
    /// Whether what shows the report shows links, so that a code may be one to its page.
    pub links: bool,
    /// Whether nobody is told in another place what could not be read, as it is on standard error.
    pub alone: bool,
    /// How many threads may draw: what they write is the same with any number, 0 being 1.
    pub threads: usize,
}

/// One way to write a [`Report`].
pub struct Format {
    /// The name on the command line.
    pub name: &'static str,
    /// One line for help texts.
    pub about: &'static str,
    /// The endings of file names that mean this format, lower case.
    pub files: &'static [&'static str],
    /// Whether it counts the reports in place of showing them: it then has to have all of them, and
    /// is short however many there are.
    pub counts: bool,
    /// Writes the whole report. Fails only by a mistake of this program.
    pub write: fn(&Report<'_>, &Style, &mut Printable) -> fmt::Result,
}

/// Every format, the default first.
pub const ALL: &[&Format] = &[
    &human::FORMAT,
    &short::FORMAT,
    &statistics::FORMAT,
    &json::FORMAT,
    &github::FORMAT,
    &gitlab::FORMAT,
    &sarif::FORMAT,
    &junit::FORMAT,
    &checkstyle::FORMAT,
    &rdjson::FORMAT,
    &markdown::FORMAT,
];

/// The format called `name`.
pub fn find(name: &str) -> Option<&'static Format> {
    ALL.iter().copied().find(|format| format.name == name)
}

/// The format that a file's name asks for: the one with the longest ending that fits.
pub fn of_file_name(name: &str) -> Option<&'static Format> {
    let name = name.to_ascii_lowercase();
    let fitting = |format: &&'static Format| {
        let endings = format
            .files
            .iter()
            .filter(|ending| name.ends_with(**ending));
        endings.map(|ending| ending.len()).max()
    };
    let all = ALL.iter().copied();
    all.filter_map(|format| Some((fitting(&format)?, format)))
        .max_by_key(|(length, _)| *length)
        .map(|(_, format)| format)
}

impl Default for Style {
    /// No colour, 100 columns, with a summary, without links, on this thread.
    fn default() -> Self {
        Style {
            color: false,
            width: 100,
            quiet: false,
            pages: None,
            links: false,
            alone: true,
            threads: 1,
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
            only_known: &[],
            unread: &[],
            paths: None,
            sources,
            diagnostics,
            fixed: 0,
            done: &[],
            silenced: 0,
            known: 0,
            unshown: Unshown::default(),
        }
    }

    /// How many reports have this severity, those that are not shown included.
    pub fn count(&self, severity: Severity) -> usize {
        let same = self.diagnostics.iter().filter(|d| d.severity == severity);
        let mut unshown = self.unshown;
        same.map(Diagnostic::times).sum::<usize>() + *unshown.of(severity)
    }

    /// The file's name as programs read it: a path from the root of the repository.
    fn path(&self, name: &str) -> String {
        match self.paths {
            Some(paths) => paths.of(name),
            None => paths::path(name),
        }
    }

    /// The sources in the order of their ids, each with what is reported of it.
    fn by_source(&self) -> Vec<(&'a Source, Vec<&'a Diagnostic>)> {
        let mut all: Vec<(&Source, Vec<&Diagnostic>)> = self
            .sources
            .by_id
            .iter()
            .map(|s| (*s, Vec::new()))
            .collect();
        for diagnostic in self.diagnostics {
            let id = diagnostic.primary().span.source;
            let found = all.binary_search_by_key(&id, |(source, _)| source.id());
            if let Some((_, reports)) = found.ok().and_then(|index| all.get_mut(index)) {
                reports.push(diagnostic);
            }
        }
        // Of a file that was not checked, nothing is said.
        let is_known = |source: &Source| self.only_known.binary_search(&source.id()).is_ok();
        all.retain(|(source, found)| !found.is_empty() || !is_known(source));
        all
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

/// Every place of a report with what is said there, as many beyond the labels as there is `room` for;
/// and how many others there are.
fn places<'d>(
    diagnostic: &'d Diagnostic,
    room: &Room,
) -> (
    impl Iterator<Item = (Span, &'d str)> + Clone + use<'d>,
    usize,
) {
    let labels = diagnostic.labels.iter();
    let labels = labels.map(|label| (label.span, label.message.as_str()));
    let more = diagnostic.more.iter();
    let all: usize = more.clone().map(|m| m.spans.len() + m.others).sum();
    let more = more.flat_map(|m| m.spans.iter().map(|span| (*span, m.message.as_str())));
    let written = room.places(more.clone().count());
    (labels.chain(more.take(written)), all - written)
}

/// What a report says after its message, a line each: the help, then the notes.
fn advice(diagnostic: &Diagnostic) -> Vec<String> {
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    let notes = diagnostic.notes.iter().map(|note| format!("note: {note}"));
    help.chain(notes).collect()
}

/// The message with everything that is advised, for formats that have one text a report.
fn whole_text(diagnostic: &Diagnostic) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    lines.extend(advice(diagnostic));
    lines.join("\n")
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

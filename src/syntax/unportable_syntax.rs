//! `unportable-syntax`: what this program reads and other readers of the file refuse.

use std::ops::Range;

use super::place;
use crate::diagnostic::{Code, Diagnostic, Edit, Group, Level};
use crate::source::Source;

/// See `unportable_syntax.md`.
pub static CODE: Code = Code {
    name: "unportable-syntax",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Warn,
    summary: "tabs in YAML, or syntax of TOML 1.1, which some readers of the file refuse",
    page: include_str!("unportable_syntax.md"),
};

/// So many are mended in one round.
const MOST_EDITS: usize = 10_000;

/// Such syntax of one kind, wherever it stands in a source: it is a habit, and one report.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Where it stands, in bytes.
    pub places: Vec<Range<usize>>,
    /// What mends it: what is replaced, and by what.
    pub edits: Vec<(Range<usize>, String)>,
}

impl Found {
    /// One more, with what mends it.
    pub fn add(&mut self, at: Range<usize>, edit: Option<(Range<usize>, String)>) {
        self.places.push(at);
        self.edits.extend(edit);
    }

    /// The report, where there is anything. `one` says what it is, `many` what several of it are.
    pub fn report(
        mut self,
        source: &Source,
        (one, many): (&str, &str),
        help: &str,
        is_safe: bool,
    ) -> Option<Diagnostic> {
        const MOST_LABELS: usize = 3;
        self.places.sort_by_key(|place| place.start);
        self.edits.sort_by_key(|(place, _)| place.start);
        let first = self.places.first()?.clone();
        let message = match self.places.len() {
            1 => one.to_owned(),
            count => format!("{count} {many}"),
        };
        let mut report = Diagnostic::new(
            &CODE,
            message,
            place(source, first),
            "not every reader takes this",
        )
        .help(help);
        for more in self.places.into_iter().skip(1).take(MOST_LABELS) {
            report = report.label(place(source, more), "nor this one");
        }
        let edits = self.edits.into_iter().take(MOST_EDITS);
        let edits = edits.map(|(at, text)| Edit::new(place(source, at), text));
        let edits: Vec<Edit> = edits.collect();
        Some(match edits.is_empty() {
            true => report,
            false => report.edits(is_safe, edits),
        })
    }
}

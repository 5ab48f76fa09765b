//! `outdated-baselines`: a baseline lists what is no longer found.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::{Source, Span};

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "outdated-baselines",
    group: Group::Upkeep,
    level: Level::Warn,
    summary: "a baseline that lists what is no longer found",
    page: include_str!("outdated_baselines.md"),
};

/// The findings that are listed at `gone` in `source` are no longer there; `rest` is the baseline
/// without them.
pub(super) fn report(gone: &[Span], source: &Source, rest: String) -> Option<Diagnostic> {
    const MOST_LABELS: usize = 4;
    let (first, more) = gone.split_first()?;
    let (findings, are, them) = match more.len() {
        0 => ("1 finding".to_owned(), "is", "it"),
        n => (format!("{} findings", n + 1), "are", "them"),
    };
    let message = format!("the baseline lists {findings} that {are} gone");
    let report = Diagnostic::new(&CODE, message, *first, "no longer found");
    let label = |report: Diagnostic, at: &Span| report.label(*at, "nor is this");
    let report = more.iter().take(MOST_LABELS - 1).fold(report, label);
    Some(
        report
            .help(format!("delete {them} from the baseline"))
            .fix(source.span(), rest),
    )
}

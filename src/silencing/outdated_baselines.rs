//! `outdated-baselines`: a baseline lists what is no longer found, or what it does not silence.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::{Source, Span};

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "outdated-baselines",
    since: "0.1.0",
    group: Group::Upkeep,
    level: Level::Warn,
    summary: "a baseline that lists what is no longer found, or cannot be silenced",
    page: include_str!("outdated_baselines.md"),
};

/// The findings that are listed at `places` in `source` are no longer there; `rest` is the baseline
/// without them.
pub fn gone(places: &[Span], source: &Source, rest: impl FnOnce() -> String) -> Option<Diagnostic> {
    let what = ("is gone", "are gone");
    report(places, source, rest, what, ("no longer found", "also gone"))
}

/// As [`gone`], those that no baseline silences.
pub fn vain(places: &[Span], source: &Source, rest: impl FnOnce() -> String) -> Option<Diagnostic> {
    let what = ("cannot be silenced", "cannot be silenced");
    let report = report(
        places,
        source,
        rest,
        what,
        ("it is reported all the same", "and so is this"),
    );
    Some(report?.note("nothing can be compiled while such a mistake stands, so it stays an error"))
}

fn report(
    places: &[Span],
    source: &Source,
    rest: impl FnOnce() -> String,
    (is, are): (&str, &str),
    (label, next): (&str, &str),
) -> Option<Diagnostic> {
    const MOST_LABELS: usize = 4;
    let (first, more) = places.split_first()?;
    let (findings, are, them) = match more.len() {
        0 => ("1 finding".to_owned(), is, "it"),
        n => (format!("{} findings", n + 1), are, "them"),
    };
    let message = format!("the baseline lists {findings} that {are}");
    let report = Diagnostic::new(&CODE, message, *first, label);
    let report = report.each(more.iter().copied(), MOST_LABELS - 1, next);
    Some(
        report
            .help(format!("delete {them} from the baseline"))
            .fix(source.span(), rest()),
    )
}

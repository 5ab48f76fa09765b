//! `exceeded-limits`: larger, deeper or more than is read.

use crate::diagnostic::{Code, Diagnostic, Group, Level, Severity, Stops};
use crate::limits::{ALIASES, BYTES, DEPTH, Grouped, Limit, NAME, REPORTS, STATES};
use crate::source::{Source, Span};

use super::{MAX_REPORTS, place};

/// See `exceeded_limits.md`.
pub static CODE: Code = Code {
    name: "exceeded-limits",
    since: "0.1.0",
    group: Group::Text,
    level: Level::Firm(Stops::Shape),
    summary: "the file is larger or deeper than any workflow needs",
    page: include_str!("exceeded_limits.md"),
};

/// With how to raise `limit`, where it can be raised.
fn raisable(report: Diagnostic, limit: &Limit, source: &Source) -> Diagnostic {
    let (name, set) = (limit.name, limit.of(source.limits()));
    let more = set.saturating_mul(2).min(limit.most);
    match more > set {
        true => report.note(format!(
            "`--limit {name}={more}` raises the limit, or `{name} = {more}` under `[limits]` of statewright.toml"
        )),
        false => report.note(format!("the limit is not raised further: {}", limit.why_no_more)),
    }
}

/// The source is too large to be read.
pub(super) fn bytes(source: &Source) -> Diagnostic {
    let most = Grouped(source.limits().bytes);
    let first = source.text().chars().next().map_or(0, char::len_utf8);
    let report = Diagnostic::new(
        &CODE,
        format!("file has more bytes than the limit of {most}"),
        place(source, 0..first),
        "nothing of the file was read",
    )
    .help("split the file: one workflow in each");
    raisable(report, &BYTES, source)
}

/// The source says so much that reading it takes more than `most` bytes of memory; `at` is where
/// that is reached.
pub(super) fn memory(source: &Source, at: Span, most: usize) -> Diagnostic {
    let report = Diagnostic::new(
        &CODE,
        format!(
            "file takes more memory to read than the limit of {} MB",
            most >> 20
        ),
        at,
        "nothing of the file was checked: what it says up to here takes as much",
    )
    .help("split the file: one workflow in each");
    raisable(report, &BYTES, source)
}

/// Lists and maps lie too deep in each other.
pub(super) fn depth(source: &Source, at: Span) -> Diagnostic {
    let most = source.limits().depth;
    let report = Diagnostic::new(
        &CODE,
        format!("lists and maps lie inside each other over the limit of {most} levels"),
        at,
        format!("this would be level {}", most + 1),
    )
    .help("close the lists and maps that are open here, or write them less deep");
    raisable(report, &DEPTH, source)
}

/// There are too many uses of aliases.
pub(super) fn aliases(source: &Source, at: Span) -> Diagnostic {
    let most = Grouped(source.limits().aliases);
    let report = Diagnostic::new(
        &CODE,
        format!("file uses more aliases than the limit of {most}"),
        at,
        "this alias and those after it were not read",
    )
    .help("write the values out, or split the file");
    raisable(report, &ALIASES, source)
}

/// What aliases stand for is too much.
pub(super) fn aliased(source: &Source, at: Span) -> Diagnostic {
    let most = Grouped(source.limits().bytes);
    let report = Diagnostic::new(
        &CODE,
        format!("aliases stand for more bytes than the limit of {most}"),
        at,
        "this alias and those after it were not read",
    )
    .help("use fewer aliases of long values, or split the file")
    .note("each alias counts as much as its value does where it is written out");
    raisable(report, &BYTES, source)
}

/// The name of `what` ("state", "transition") at `at` has too many characters.
pub fn name(source: &Source, what: &str, name: &str, at: Span) -> Diagnostic {
    let (count, most) = (name.chars().count(), Grouped(source.limits().name));
    let report = Diagnostic::new(
        &CODE,
        format!(
            "{what} `{name}` has a name of {} characters, more than the limit of {most}",
            Grouped(count)
        ),
        at,
        "too long for a name",
    )
    .help("write a shorter name, and the rest of it under `description`");
    raisable(report, &NAME, source)
}

/// There are more states, `count`, than one workflow may have; `at` is the first of them.
pub fn states(source: &Source, at: Span, count: usize) -> Diagnostic {
    let (count, most) = (Grouped(count), Grouped(source.limits().states));
    let report = Diagnostic::new(
        &CODE,
        format!("workflow has {count} states, more than the limit of {most}"),
        at,
        "nothing of the workflow was checked that concerns its states",
    )
    .help("split the workflow");
    raisable(report, &STATES, source)
}

/// There are more reports than are shown: `more` after the last of them, where this one stands.
pub fn reports_shown(source: &Source, at: Span, more: usize, severity: Severity) -> Diagnostic {
    let most = Grouped(source.limits().reports);
    let more = match more {
        1 => "one more report".to_owned(),
        _ => format!("{} more reports", Grouped(more)),
    };
    let report = Diagnostic::new(
        &CODE,
        format!("… and {more} of this file, over the limit of {most}"),
        at,
        "reports from here on are not shown",
    )
    .severity(severity)
    .help("correct the reported ones first");
    raisable(report, &REPORTS, source)
}

/// There are too many mistakes to report each.
pub(super) fn reports(at: Span) -> Diagnostic {
    Diagnostic::new(
        &CODE,
        format!("file has more mistakes in its text than the limit of {MAX_REPORTS}"),
        at,
        "mistakes from here on were not reported",
    )
    .help("correct the reported ones first")
}

/// Lists under `from` and `"*"` make more single transitions than are kept; `at` is where to say
/// what concerns the whole file.
pub fn moves(at: Span, most: usize) -> Diagnostic {
    Diagnostic::new(
        &CODE,
        format!(
            "file makes more single transitions than the limit of {}",
            Grouped(most)
        ),
        at,
        "not all of its transitions were checked",
    )
    .help("split the file: one workflow in each")
    .note("lists under `from` and `\"*\"` make one transition from each state they stand for")
}

/// Proving all promises takes more than `most` steps; `at` is the first that is not checked, and
/// `more` stand after it.
pub fn promises(at: Span, more: usize, most: usize) -> Diagnostic {
    let label = match more {
        0 => "this promise was not checked".to_owned(),
        _ => format!(
            "this promise and the {} after it were not checked",
            Grouped(more)
        ),
    };
    Diagnostic::new(
        &CODE,
        format!(
            "promises take more steps to prove than the limit of {}",
            Grouped(most)
        ),
        at,
        label,
    )
    .help("split the workflow, or delete promises that follow from others")
    .note("for each promise, all states and transitions may have to be searched")
}

/// Finding out which promises say less than those of an older version takes more than `most` steps.
pub fn compared_promises(at: Span, most: usize) -> Diagnostic {
    Diagnostic::new(
        &CODE,
        format!(
            "promises take more steps to compare than the limit of {}",
            Grouped(most)
        ),
        at,
        "not all of the older promises were looked for among these",
    )
    .help("split the workflow, or change fewer promises at once")
    .note("a promise that is not there word for word is compared with all of the new ones")
}

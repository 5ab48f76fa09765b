//! A committed file that is not what its workflow compiles to.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::Span;

/// See `stale_output.md`.
pub const CODE: &Code = &Code {
    name: "stale-output",
    group: Group::Upkeep,
    level: Level::Deny,
    summary: "a committed file that is not what the workflow compiles to",
    page: include_str!("stale_output.md"),
};

/// What is held against the workflow, and what it is found to be.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// The file's path.
    pub path: &'a str,
    /// What it holds; `None` where there is no such file.
    pub found: Option<&'a [u8]>,
    /// What the workflow compiles to.
    pub wanted: &'a [u8],
}

/// The report for an output of the workflow at this place, where it is not fresh.
pub fn check(output: Output, workflow: Span) -> Option<Diagnostic> {
    let path = output.path;
    let found = match output.found {
        Some(found) if found == output.wanted => return None,
        found => found,
    };
    let message = match found {
        None => format!("output `{path}` is missing"),
        Some(_) => format!("output `{path}` is not what its workflow compiles to"),
    };
    let mut report = Diagnostic::new(CODE, message, workflow, "of this workflow")
        .help("run the same command without `--check`, and commit what it writes");
    if let Some(line) = found.and_then(|found| first_difference(found, output.wanted)) {
        report = report.note(format!("the first difference is in line {line}"));
    }
    Some(report)
}

/// The line, from 1, in which two texts differ first; `None` for what is no text.
fn first_difference(found: &[u8], wanted: &[u8]) -> Option<usize> {
    let (found, wanted) = (str::from_utf8(found).ok()?, str::from_utf8(wanted).ok()?);
    let same = found
        .lines()
        .zip(wanted.lines())
        .take_while(|(a, b)| a == b);
    Some(same.count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn report(found: Option<&[u8]>) -> Option<Diagnostic> {
        let place = Span::new(SourceId(0), 0, 1);
        let output = Output {
            path: "x.svg",
            found,
            wanted: b"one\ntwo\n",
        };
        check(output, place)
    }

    #[test]
    fn only_the_same_bytes_are_fresh() {
        assert_eq!(report(Some(b"one\ntwo\n")), None);
        assert!(report(None).is_some_and(|r| r.message.contains("is missing")));
        let changed = report(Some(b"one\n2\n")).expect("a report");
        assert_eq!(changed.notes, ["the first difference is in line 2"]);
        assert!(report(Some(b"one\ntwo\n\n")).is_some());
        let no_text = report(Some(&[0xff])).expect("a report");
        assert!(no_text.notes.is_empty());
    }
}

//! A committed file that is not what its workflow compiles to.

use crate::diagnostic::{Code, Diagnostic, Group, Level};
use crate::source::Span;

/// See `stale_output.md`.
pub const CODE: &Code = &Code {
    name: "stale-output",
    since: "0.1.0",
    group: Group::Upkeep,
    level: Level::Deny,
    summary: "a committed file that is not what the workflow compiles to",
    page: include_str!("stale_output.md"),
};

/// What is held against its workflows, and what it is found to be.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// The file's path.
    pub path: &'a str,
    /// What it holds; `None` where there is no such file.
    pub found: Option<&'a [u8]>,
    /// What the workflows compile to.
    pub wanted: &'a [u8],
}

/// The report for an output of the workflows at these places, where it is not fresh. It stands at
/// the first of them: `None` where there are none.
pub fn check(output: Output, workflows: &[Span]) -> Option<Diagnostic> {
    let (path, &place) = (output.path, workflows.first()?);
    let found = match output.found {
        Some(found) if found == output.wanted => return None,
        found => found,
    };
    let (compile, label) = match workflows {
        [_] => ("workflow compiles", "of this workflow"),
        _ => ("workflows compile", "of this workflow among others"),
    };
    let message = match found {
        None => format!("output `{path}` is missing"),
        Some(_) => format!("output `{path}` is not what its {compile} to"),
    };
    let mut report = Diagnostic::new(CODE, message, place, label)
        .help("run the same command without `--check`, and commit what it writes");
    if workflows.len() > 1 {
        report = report.note(format!("it is made of {} workflows", workflows.len()));
    }
    if let Some(line) = found.and_then(|found| first_difference(found, output.wanted)) {
        report = report.note(format!("the first difference is in line {line}"));
    }
    Some(report)
}

/// The line, from 1, in which two texts differ first, if only in how it ends; `None` for what is
/// no text.
fn first_difference(found: &[u8], wanted: &[u8]) -> Option<usize> {
    let (found, wanted) = (str::from_utf8(found).ok()?, str::from_utf8(wanted).ok()?);
    let same = found
        .split_inclusive('\n')
        .zip(wanted.split_inclusive('\n'))
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
        check(output, &[place])
    }

    fn line(found: &str) -> String {
        let report = report(Some(found.as_bytes())).expect("a report");
        report.notes.concat()
    }

    #[test]
    fn only_the_same_bytes_are_fresh() {
        assert_eq!(report(Some(b"one\ntwo\n")), None);
        assert!(report(None).is_some_and(|r| r.message.contains("is missing")));
        let no_text = report(Some(&[0xff])).expect("a report");
        assert!(no_text.notes.is_empty());
    }

    #[test]
    fn the_line_is_told_also_where_only_line_ends_differ() {
        assert_eq!(line("one\n2\n"), "the first difference is in line 2");
        assert_eq!(line("one\ntwo"), "the first difference is in line 2");
        assert_eq!(line("one\ntwo\n\n"), "the first difference is in line 3");
        assert_eq!(line("one\r\ntwo\r\n"), "the first difference is in line 1");
    }

    #[test]
    fn what_several_workflows_make_is_reported_once() {
        let places = [0, 1, 2].map(|source| Span::new(SourceId(source), 0, 1));
        let output = Output {
            path: "list.json",
            found: Some(b"[]\n"),
            wanted: b"[1]\n",
        };
        let report = check(output, &places).expect("a report");
        assert_eq!(report.primary().span, places[0]);
        assert!(
            report
                .message
                .ends_with("is not what its workflows compile to")
        );
        assert_eq!(report.notes[0], "it is made of 3 workflows");
        assert_eq!(check(output, &[]), None);
    }
}

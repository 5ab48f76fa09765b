//! What came into a text when it was copied or merged, and is no mistake of whoever wrote it: the fence of a
//! page, the numbers of an editor, the marks of git. One report, and the text is read without them.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix};

use super::draft::{Draft, Patch};
use super::lines::{self, Line};
use super::recovery::Repair;
use super::slips::{Grammar, Scanner, Slip, Written};

/// The marks of a conflict, in the order in which git writes them: those of our version, of the version before
/// both (which not everybody wants to see), of the other version, and of the end.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Whether a text begins as one does whose lines are numbered, which may well be read as something else.
pub(super) fn looks_numbered(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// The draft without what came into it, which is reported, if there is any.
pub(super) fn without<'s>(
    draft: &Draft<'s>,
    grammar: &'static Grammar,
    out: &mut Diagnostics,
) -> Option<Draft<'s>> {
    let finds = [numbers, fences, conflicts, marks, diff];
    let mut cleaned: Option<Draft<'s>> = None;
    for find in finds {
        let draft = cleaned.as_ref().unwrap_or(draft);
        if let Some((report, repair)) = find(&Scanner::new(grammar, draft, 0)) {
            out.push(report);
            cleaned = Some(draft.with_all(&repair));
        }
    }
    cleaned
}

/// With everything in `repair` as the fix of `report`.
fn fixed(scanner: &Scanner<'_, '_>, report: Diagnostic, repair: Repair) -> (Diagnostic, Repair) {
    let edit = |patch: &Patch| Edit::new(scanner.span(patch.range.clone()), patch.text.clone());
    let edits = repair.iter().map(edit).collect();
    (report.edits(true, edits), repair)
}

/// The fences around all of the text.
fn fences(scanner: &Scanner<'_, '_>) -> Option<(Diagnostic, Repair)> {
    let text = scanner.text;
    let is_fence = |line: &Line<'_>| line.content.starts_with("```");
    let first = lines::down(text, 0).find(|line| !line.content.is_empty());
    let first = first.filter(is_fence)?;
    let last = Line::at(text, text.trim_end().len());
    let all = |line: &Line<'_>| line.start..lines::next(text, line.start);
    if !is_fence(&last) || last.start == first.start {
        return None;
    }
    let slip = Slip::MarkdownFence(scanner.span(all(&first)));
    let report = scanner.found(first.range(), slip).report;
    let report = report
        .label(scanner.span(last.range()), "and here the block ends")
        .help("delete both lines");
    let repair = [first, last].map(|line| Patch::meant(all(&line), ""));
    Some(fixed(scanner, report, repair.into()))
}

/// A number before each line, one more than that before the line above, and what all lines have after it.
fn numbers(scanner: &Scanner<'_, '_>) -> Option<(Diagnostic, Repair)> {
    const LEAST: usize = 3;
    let text = scanner.text;
    if !looks_numbered(text) {
        return None;
    }
    let mut next: Option<usize> = None;
    let mut numbered: Vec<(Line<'_>, usize)> = Vec::new();
    let mut between: Option<&str> = None;
    for line in lines::down(text, 0) {
        if line.content.is_empty() {
            next = next.map(|next| next + 1);
            continue;
        }
        let digits = line.content.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = line.content[..digits].parse().ok()?;
        if next.is_some_and(|next| next != number) {
            return None;
        }
        next = Some(number + 1);
        let rest = &line.content[digits..];
        if !rest.is_empty() {
            between = Some(common(between.unwrap_or(rest), rest));
        }
        numbered.push((line, digits));
    }
    let between = between.filter(|between| !between.is_empty())?.len();
    let separator = scanner.grammar.separator();
    let says = |(line, digits): &(Line<'_>, usize)| {
        let rest = line.content.get(digits + between..);
        rest.is_some_and(|rest| rest.contains(separator))
    };
    if numbered.len() < LEAST || !numbered.iter().any(says) {
        return None;
    }
    let (first, digits) = numbered.first()?;
    let start = first.range().start;
    let slip = Slip::LineNumbers(numbered.len());
    let report = scanner.found(start..start + digits, slip).report;
    let patch = |(line, digits): &(Line<'_>, usize)| {
        let end = line.range().start + digits + between;
        Patch::meant(line.start..end.min(line.range().end), "")
    };
    let repair = numbered.iter().map(patch).collect();
    Some(fixed(scanner, report, repair))
}

/// What both texts begin with, of what may stand between a number and its line.
fn common<'t>(before: &'t str, rest: &str) -> &'t str {
    let is_between = |c: char| matches!(c, ' ' | '\t' | ':' | '.' | '|' | ')' | '│');
    let both = before.chars().zip(rest.chars());
    let alike = both.take_while(|(a, b)| a == b && is_between(*a));
    &before[..alike.map(|(c, _)| c.len_utf8()).sum()]
}

/// Lines that were copied out of a comparison of two versions: `+` before those of the new one, and `-` before those
/// of the old one above them.
fn diff(scanner: &Scanner<'_, '_>) -> Option<(Diagnostic, Repair)> {
    let text = scanner.text;
    let is_in_text = ["\"\"\"", "'''"].iter().any(|quote| text.contains(quote));
    if is_in_text || !text.contains("\n+") && !text.starts_with('+') {
        return None;
    }
    let starts = |line: &Line<'_>, sign: char| text[line.start..].starts_with(sign);
    let lines: Vec<Line<'_>> = lines::down(text, 0)
        .filter(|line| !line.content.is_empty())
        .collect();
    // Where each line has its mark, a blank is that of a line in both.
    let is_whole = lines
        .iter()
        .all(|line| [' ', '+', '-', '@'].iter().any(|sign| starts(line, *sign)));
    let mut repair: Repair = Vec::new();
    let mut places: Vec<Line<'_>> = Vec::new();
    // From the end, as a line of the old version is known by that of the new one below it.
    let mut is_above_new = false;
    for line in lines.iter().rev() {
        let is_new = starts(line, '+');
        let is_old = is_above_new && starts(line, '-');
        is_above_new = is_new || is_old;
        if is_new {
            let blank = if is_whole { " " } else { "" };
            repair.push(Patch::meant(line.start..line.start + 1, blank));
        } else if is_old {
            let all = line.start..lines::next(text, line.start);
            repair.push(Patch::meant(all, ""));
        } else {
            continue;
        }
        places.push(*line);
    }
    repair.reverse();
    places.reverse();
    let (first, rest) = places.split_first()?;
    let has_old = places.iter().any(|line| starts(line, '-'));
    let report = scanner
        .found(
            first.range(),
            Slip::DiffMark(Written(first.content), has_old),
        )
        .report;
    const MOST_LABELS: usize = 4;
    let others = rest.iter().map(|line| scanner.span(line.range()));
    let report = report.each(others, MOST_LABELS, "and here");
    let (report, repair) = fixed(scanner, report, repair);
    let fix = report.fix.clone().map(|fix| Fix { safe: false, ..fix });
    Some((Diagnostic { fix, ..report }, repair))
}

/// A conflict that nobody has resolved: its lines, and where the other versions are.
struct Conflict<'t> {
    begin: Line<'t>,
    /// The first mark after our version.
    ours_end: Line<'t>,
    other: Line<'t>,
    end: Line<'t>,
}

/// Whether a line is this mark of git.
fn is(line: &Line<'_>, mark: &str) -> bool {
    let rest = line.content.strip_prefix(mark).filter(|_| line.indent == 0);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Marks of a conflict that was resolved, but for these lines.
fn marks(scanner: &Scanner<'_, '_>) -> Option<(Diagnostic, Repair)> {
    let text = scanner.text;
    // In a text of several lines, such a line underlines the one above it.
    let is_in_text = ["\"\"\"", "'''"].iter().any(|quote| text.contains(quote));
    if is_in_text || !MARKS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let is_mark = |line: &Line<'_>| MARKS.iter().any(|mark| is(line, mark));
    let left: Vec<Line<'_>> = lines::down(text, 0).filter(is_mark).collect();
    let (first, rest) = left.split_first()?;
    let slip = Slip::LoneMark(Written(first.content), rest.len());
    let report = scanner.found(first.range(), slip).report;
    const MOST_LABELS: usize = 4;
    let others = rest.iter().map(|line| scanner.span(line.range()));
    let report = report.each(others, MOST_LABELS, "and here");
    let all = |line: &Line<'_>| line.start..lines::next(text, line.start);
    let repair: Repair = left
        .iter()
        .map(|line| Patch::meant(all(line), ""))
        .collect();
    // Between two of them, two versions of the same lines may stand.
    Some(match rest.is_empty() {
        true => {
            let edit = |patch: &Patch| Edit::new(scanner.span(patch.range.clone()), "");
            let edits = repair.iter().map(edit).collect();
            (report.edits(false, edits), repair)
        }
        false => (report, repair),
    })
}

/// The conflicts in the text, each read as our version has it.
fn conflicts(scanner: &Scanner<'_, '_>) -> Option<(Diagnostic, Repair)> {
    let text = scanner.text;
    let [begin, before, other, end] = MARKS;
    if !text.contains(begin) {
        return None;
    }
    let mut found: Vec<Conflict<'_>> = Vec::new();
    let mut marks: Vec<Line<'_>> = Vec::new();
    for line in lines::down(text, 0) {
        if is(&line, begin) {
            marks = vec![line];
        } else if !marks.is_empty() && (is(&line, before) || is(&line, other)) {
            marks.push(line);
        } else if let (true, [begin, ours_end, .., _] | [begin, ours_end]) =
            (is(&line, end), &marks[..])
        {
            let other = marks[marks.len() - 1];
            found.push(Conflict {
                begin: *begin,
                ours_end: *ours_end,
                other,
                end: line,
            });
            marks = Vec::new();
        }
    }
    let first = found.first()?;
    let number = |line: &Line<'_>| text[..line.start].matches('\n').count() + 1;
    let marks = (
        scanner.span(first.other.range()),
        scanner.span(first.end.range()),
    );
    let lines = (number(&first.begin), number(&first.end));
    let slip = Slip::Conflict(marks, lines, found.len() - 1);
    let report = scanner.found(first.begin.range(), slip).report;
    let after = |line: &Line<'_>| lines::next(text, line.start);
    let without = |conflict: &Conflict<'_>| -> [Range<usize>; 2] {
        [
            conflict.begin.start..after(&conflict.begin),
            conflict.ours_end.start..after(&conflict.end),
        ]
    };
    let ranges = found.iter().flat_map(without);
    Some((
        report,
        ranges.map(|range| Patch::meant(range, "")).collect(),
    ))
}

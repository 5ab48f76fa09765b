//! Items of a list without their dash, whose fields are read as more of the item above: each of them twice.

use crate::diagnostic::{Diagnostic, Diagnostics, Edit};
use crate::source::Span;

use super::super::draft::{Draft, Patch};
use super::super::duplicate_keys;
use super::super::lines::{self, Line};
use super::super::slips::{Scanner, Slip, Written, YAML};
use super::surroundings::without_dashes;

/// A key that is written twice in one map: where it is first, and where again.
type Again = (Span, Span);

/// The draft with the dashes that are missing, where reading it as it is reported from number `from` on that fields
/// are there twice; these are then reported in the place of that.
pub(super) fn supplied<'s>(
    draft: &Draft<'s>,
    from: usize,
    out: &mut Diagnostics,
) -> Option<Draft<'s>> {
    let again = |report: &Diagnostic| -> Option<Again> {
        let first = report.labels.get(1)?;
        (report.code == &duplicate_keys::CODE).then_some((first.span, report.primary().span))
    };
    let mut keys: Vec<Again> = out.iter().skip(from).filter_map(again).collect();
    // One field twice is one too many.
    if keys.len() < 2 {
        return None;
    }
    keys.sort_by_key(|(_, again)| again.start);
    let scanner = Scanner::new(&YAML, draft, 0);
    let lines: Vec<Line<'_>> = keys
        .windows(2)
        .filter_map(|two| begins_item(scanner.text, two[0], two[1]))
        .collect();
    let (mut patches, mut reports) = (Vec::new(), Vec::new());
    for line in lines {
        let start = line.range().start;
        let patch = Patch::meant(start - DASH.len()..start, DASH);
        let edit = Edit::new(scanner.span(patch.range.clone()), DASH);
        let found = scanner.found(line.range(), Slip::NoDash(Written(line.content)));
        reports.push(found.report.edits(false, vec![edit]));
        patches.push(patch);
    }
    if patches.is_empty() {
        return None;
    }
    out.items_mut().truncate(from);
    out.extend(reports);
    Some(draft.with_all(&patches))
}

const DASH: &str = "- ";

/// The line of the key `one`, where that is the first of an item and `next`, which is there twice, too, stands below it.
fn begins_item<'t>(text: &'t str, one: Again, next: Again) -> Option<Line<'t>> {
    let line = |at: Span| Line::at(text, at.range().start);
    let (first, again, below) = (line(one.0), line(one.1), line(next.1));
    let (dashes, _) = without_dashes(first.content);
    let is_first = dashes == DASH.len() && first.range().start + dashes == one.0.range().start;
    let column = first.indent + dashes;
    let begins = |line: &Line<'_>, key: Span| {
        line.indent == column && line.range().start == key.range().start
    };
    let mut between = lines::down(text, again.start).take_while(|line| line.start < below.start);
    let is_one_map = between.all(|line| line.is_idle() || line.indent >= column);
    let is_apart = below.start > again.start && again.start > first.start;
    (is_first && is_apart && begins(&again, one.1) && begins(&below, next.1) && is_one_map)
        .then_some(again)
}

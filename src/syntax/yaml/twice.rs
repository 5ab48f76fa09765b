//! What keys show that are written twice: items of a list without their dash, whose fields are read as more of the
//! item above, and fields that stand beside what they belong to.

use crate::diagnostic::{Diagnostic, Diagnostics, Edit};
use crate::source::Span;

use super::super::draft::{Draft, Patch};
use super::super::duplicate_keys;
use super::super::lines::{self, Line};
use super::super::slips::{Scanner, Slip, Written, YAML};
use super::surroundings::{is_item, key_of, without_dashes};

/// A key that is written twice in one map: where it is first, and where again.
type Again = (Span, Span);

/// The draft as it was meant, where reading it as it is reported from number `from` on that keys are there twice; what
/// is missing is then reported in the place of that.
pub(super) fn repaired<'s>(
    draft: &Draft<'s>,
    from: usize,
    out: &mut Diagnostics,
) -> Option<Draft<'s>> {
    let again = |report: &Diagnostic| -> Option<Again> {
        let first = report.labels.get(1)?;
        (report.code == &duplicate_keys::CODE).then_some((first.span, report.primary().span))
    };
    let mut keys: Vec<Again> = out.iter().skip(from).filter_map(again).collect();
    keys.sort_by_key(|(_, again)| again.start);
    let scanner = Scanner::new(&YAML, draft, 0);
    let beside = keys.first().and_then(|first| beside(&scanner, *first));
    let (reports, patches) = match beside {
        Some((report, patches)) => (vec![report], patches),
        None => without_dashes_of(&scanner, &keys),
    };
    if patches.is_empty() {
        return None;
    }
    out.items_mut().truncate(from);
    out.extend(reports);
    Some(draft.with_all(&patches))
}

/// The dashes that are missing.
fn without_dashes_of(scanner: &Scanner<'_, '_>, keys: &[Again]) -> (Vec<Diagnostic>, Vec<Patch>) {
    // One field twice is one too many.
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
    (reports, patches)
}

/// `New:` and below it, no further right, `category: open`, and so once more: `key` is there twice then.
fn beside(scanner: &Scanner<'_, '_>, key: Again) -> Option<(Diagnostic, Vec<Patch>)> {
    const DEEPER: &str = "  ";
    let text = scanner.text;
    let is_bare = |line: &Line<'_>| line.content.ends_with(':') && !is_item(line.content);
    let owner = |key: Span| {
        let line = Line::at(text, key.range().start);
        let above = lines::up(text, line.start).next()?;
        let begins = line.range().start == key.range().start && line.indent == above.indent;
        (begins && is_bare(&above)).then_some((above, line))
    };
    let ((first, field), (_, again)) = (owner(key.0)?, owner(key.1)?);
    if field.indent != again.indent {
        return None;
    }
    let is_field = |line: &Line<'_>| {
        let value = key_of(line.content).map(|(_, colon)| line.content[colon + 1..].trim_start());
        value.is_some_and(|value| !value.is_empty() && !value.starts_with('{'))
    };
    let (mut patches, mut places) = (Vec::new(), Vec::new());
    let (mut is_torn, mut is_below) = (false, false);
    let within = |line: &Line<'_>| line.is_idle() || line.indent >= first.indent;
    for line in lines::down(text, first.start)
        .take_while(within)
        .filter(|line| !line.is_idle())
    {
        if line.indent == first.indent {
            let next =
                lines::down(text, lines::next(text, line.start)).find(|line| !line.is_idle());
            let is_begin = is_bare(&line) && next.is_some_and(|next| next.indent == line.indent);
            is_below = !is_begin && is_torn && is_field(&line);
            is_torn = is_begin || is_below;
        }
        if is_below {
            patches.push(Patch::meant(line.start..line.start, DEEPER));
            let (key, _) = key_of(line.content).unwrap_or((line.content, 0));
            let start = line.range().start;
            places.push(scanner.span(start..start + key.len()));
        }
    }
    let (name, _) = key_of(first.content)?;
    let (key, _) = key_of(field.content)?;
    let start = field.range().start;
    let slip = Slip::Beside(Written(key), Written(name));
    const MOST_LABELS: usize = 5;
    let found = scanner.found(start..start + key.len(), slip);
    let edits = patches
        .iter()
        .map(|patch| Edit::new(scanner.span(patch.range.clone()), DEEPER));
    let report = found
        .report
        .each(places.into_iter().skip(1), MOST_LABELS, "and here");
    Some((report.edits(true, edits.collect()), patches))
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

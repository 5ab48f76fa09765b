//! Reading on after a mistake: the text is repaired where its author's meaning is plain, what is
//! not plain is lost, and the rest is read again.
//!
//! No parser of either syntax goes on after its first mistake in a way that can be trusted. So:
//! explain the first mistake, try the repairs for it from the one that keeps most to the one
//! that keeps least, take the first that lets the parser pass, and read again. This is bounded
//! by [`MAX_MISTAKES`] and [`MAX_WORK`] and done only for files that have failed.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics, Edit};

use super::draft::{Draft, Patch, StandsFor};

/// How many mistakes of syntax are looked for in one file.
const MAX_MISTAKES: usize = 20;

/// How many bytes are read again, at most, in search of them.
const MAX_WORK: usize = 4 * 1024 * 1024;

/// Said where the rest of a text is left out.
pub(super) const NOT_READ: &str = "the file was not read beyond this";

/// What lets the parser read on: patches that belong together, in the order of the text.
pub(super) type Repair = Vec<Patch>;

/// A mistake that stops a parser.
#[derive(Debug)]
pub(super) struct Mistake {
    /// What to say about it.
    pub report: Diagnostic,
    /// Where it was made, in bytes of the draft.
    pub at: usize,
    /// What can be done about it; the first that works is done.
    pub repairs: Vec<Repair>,
    /// Where the entry of the root begins that holds the place, in bytes of the draft.
    pub entry: usize,
}

/// An entry of the root map, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its key, as far as it can be told.
    pub key: Option<String>,
}

/// Reports `mistake` and those after it, and repairs the draft until nothing stops the parser.
/// Where that cannot be done, the rest of the text is left out. `check` finds the first mistake
/// in a draft.
pub(super) fn repaired<'s>(
    mut draft: Draft<'s>,
    mistake: Mistake,
    out: &mut Diagnostics,
    check: impl Fn(&Draft<'s>) -> Option<Mistake>,
) -> Draft<'s> {
    let mut search = Search { check, work: 0 };
    let mut next = Some(mistake);
    let mut count = 0;
    while let Some(mistake) = next {
        count += 1;
        let repaired = match count < MAX_MISTAKES {
            true => search.repair(&draft, &mistake),
            false => None,
        };
        let Some((repair, better, follows)) = repaired else {
            let rest = mistake.entry..draft.text.len();
            out.push(mistake.report.note(NOT_READ));
            return draft.with_all(&[nothing(rest, None)]);
        };
        let report = fixed_by(&mistake, &draft, repair);
        out.push(report);
        draft = better;
        next = follows;
    }
    draft
}

/// The report with what `repair` does as its fix, where that is what was plainly meant, and where it has none.
fn fixed_by(mistake: &Mistake, draft: &Draft<'_>, repair: &[Patch]) -> Diagnostic {
    let is_source =
        |patch: &Patch| !draft.is_patched(patch.range.start) && !draft.is_patched(patch.range.end);
    let is_meant = |patch: &Patch| patch.stands_for == StandsFor::Itself && is_source(patch);
    let report = mistake.report.clone();
    if report.fix.is_some() || !repair.iter().all(is_meant) {
        return report;
    }
    let edit = |patch: &Patch| Edit::new(draft.place(patch.range.clone()), patch.text.clone());
    report.edits(false, repair.iter().map(edit).collect())
}

/// The patch that leaves out `range`, an entry of the root with this key or more than one.
pub(super) fn nothing(range: Range<usize>, key: Option<String>) -> Patch {
    Patch {
        range,
        text: "\n".to_owned(),
        stands_for: StandsFor::Nothing(key),
    }
}

/// The search for a repair that works.
struct Search<C> {
    check: C,
    /// How many bytes it has read.
    work: usize,
}

impl<'s, C: Fn(&Draft<'s>) -> Option<Mistake>> Search<C> {
    /// The first repair that works, the draft after it, and the mistake that stops the parser next.
    fn repair<'m>(
        &mut self,
        draft: &Draft<'s>,
        mistake: &'m Mistake,
    ) -> Option<(&'m Repair, Draft<'s>, Option<Mistake>)> {
        for repair in &mistake.repairs {
            if self.work > MAX_WORK {
                return None;
            }
            self.work += draft.text.len();
            let better = draft.with_all(repair);
            let follows = (self.check)(&better);
            let end = repair.iter().map(|patch| patch.range.end).max();
            let end = draft.in_source(0..end.unwrap_or(0)).end;
            let made = draft.in_source(mistake.at..mistake.at).start;
            if passes(&better, follows.as_ref(), end.max(made)) {
                return Some((repair, better, follows));
            }
        }
        None
    }
}

/// Whether what stops the parser in the draft is another mistake than the one that was made and
/// repaired before `end` (in bytes of the source).
fn passes(draft: &Draft<'_>, follows: Option<&Mistake>, end: usize) -> bool {
    follows.is_none_or(|next| {
        !draft.is_patched(next.at) && draft.in_source(next.at..next.at).start >= end
    })
}

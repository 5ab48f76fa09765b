//! Misspelt names of tables: in TOML, each header says the name again.

use crate::diagnostic::{Diagnostic, Diagnostics, Edit};
use crate::fields::unknown_fields;
use crate::source::{Source, Span, Syntax};
use crate::syntax;

/// Adds to each report about a misspelt field the other places where its table is named, so that it is
/// one mistake with one fix.
pub(super) fn name_all_places(source: &Source, out: &mut Diagnostics) {
    const MOST_LABELS: usize = 4;
    if source.syntax() != Syntax::Toml {
        return;
    }
    let is_ours = |d: &&mut Diagnostic| {
        d.code == &unknown_fields::CODE && d.fix.as_ref().is_some_and(|fix| fix.edits.len() == 1)
    };
    let mut found: Vec<_> = out.items_mut().iter_mut().filter(is_ours).collect();
    if found.is_empty() {
        return;
    }
    let keys: Vec<Span> = found.iter().map(|d| d.primary().span).collect();
    let others = syntax::other_places(source, &keys);
    for (report, places) in found.iter_mut().zip(others) {
        **report = report
            .clone()
            .each(places.iter().copied(), MOST_LABELS, "and here");
        if let Some(fix) = &mut report.fix {
            let text = fix.edits[0].text.clone();
            fix.edits
                .extend(places.iter().map(|at| Edit::new(*at, text.clone())));
        }
    }
}

//! What concerns several sources of a run.

use crate::hashing::HashMap;

use super::{Compilation, Options};
use crate::diagnostic::{Diagnostic, Diagnostics, Levels, Severity};
use crate::projects::{self, Outline};
use crate::rules::Checked;
use crate::source::SourceId;
use crate::targets;

/// Checks what concerns several sources of a run together. What is found is added to the
/// compilation of the source that it points at first, and a source that has a part in an error may
/// no longer be compiled: where it is of one product, for that. No two compilations may be of sources with one id.
///
/// `options` are those of each source: it is held against others only for products that it is for
/// itself, and what is found is told as the source asks for it that it points at first.
pub fn check_together<'o>(
    compilations: &mut [Compilation],
    options: impl Fn(SourceId) -> Option<&'o Options>,
) {
    if compilations.len() < 2 {
        return;
    }
    let settled = |found: Diagnostics| -> Vec<Diagnostic> {
        let own = Levels::default();
        let levels = |d: &Diagnostic| {
            options(d.primary().span.source).map_or(&own, |options| &options.levels)
        };
        let keep = |mut d: Diagnostic| levels(&d).keep(&mut d).then_some(d);
        found.into_iter().filter_map(keep).collect()
    };
    let mut of_projects = Diagnostics::new();
    let outlines: Vec<_> = compilations.iter().map(Compilation::outline).collect();
    let run: Vec<&Outline> = outlines.iter().filter_map(|o| o.as_deref()).collect();
    projects::check(&run, &mut of_projects);
    let of_targets = settled(hold_together(compilations, &options));
    let mut found = settled(of_projects);
    found.retain(|warning| !is_said_better(warning, &of_targets));
    found.extend(of_targets);
    add_to(compilations, found);
}

/// Holds the workflows that are for one product against each other.
fn hold_together<'o>(
    compilations: &[Compilation],
    options: impl Fn(SourceId) -> Option<&'o Options>,
) -> Diagnostics {
    let mut found = Diagnostics::new();
    for target in targets::ALL {
        let is_for = |checked: &&Checked| {
            let resolved = checked.resolved();
            match options(resolved.workflow().place.source) {
                Some(options) => options.targets.include(target, resolved),
                None => targets::block(resolved, target.name).is_some(),
            }
        };
        let checked = compilations.iter().filter_map(|c| c.checked_for(target));
        let members: Vec<&Checked> = checked.filter(is_for).collect();
        if members.len() > 1 {
            let mut of_target = Diagnostics::new();
            target.hold_together(&members, &mut of_target);
            found.about(target.name, |found| found.add_blocking(of_target));
        }
    }
    found
}

/// Whether one of `errors` lies on the places of a warning, and so says more about them.
fn is_said_better(warning: &Diagnostic, errors: &[Diagnostic]) -> bool {
    let at = |error: &Diagnostic| {
        let mut places = error.labels.iter().map(|label| label.span);
        places.all(|span| warning.labels.iter().any(|label| label.span == span))
    };
    let errors = || errors.iter().filter(|e| e.severity == Severity::Error);
    warning.severity == Severity::Warning && errors().any(at)
}

fn add_to(compilations: &mut [Compilation], found: Vec<Diagnostic>) {
    if found.is_empty() {
        return;
    }
    let numbered = compilations.iter().enumerate();
    let numbered = numbered.filter_map(|(index, c)| Some((c.source()?, index)));
    let at: HashMap<SourceId, usize> = numbered.collect();
    for diagnostic in found {
        let source = at.get(&diagnostic.primary().span.source);
        let mut diagnostic = match source {
            Some(index) => compilations[*index].at_use(diagnostic),
            None => diagnostic,
        };
        if source.is_some_and(|index| compilations[*index].silences_with_others(&mut diagnostic)) {
            continue;
        }
        if diagnostic.severity == Severity::Error {
            let sources = diagnostic.labels.iter().map(|label| label.span.source);
            sources
                .filter_map(|id| at.get(&id))
                .for_each(|index| compilations[*index].spoil(diagnostic.target));
        }
        if let Some(index) = source {
            compilations[*index].add(diagnostic);
        }
    }
}

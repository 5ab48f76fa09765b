//! What a change breaks: the files of a run held against an older version of them.

use std::collections::HashSet;

use super::{Compilation, Options, Reading};
use crate::changes::pairing::Workflows;
use crate::changes::rules::{self, Changed, removed_workflows};
use crate::changes::{Difference, Version};
use crate::diagnostic::{Diagnostic, Diagnostics, Group, Level, Levels};
use crate::hashing;
use crate::model::Text;
use crate::silencing::Silencing;
use crate::source::{Source, SourceId, Span};

/// An older version that files are held against.
pub struct Against<'a> {
    /// Its files as far as they may differ, each with its path and what it says.
    pub old: Vec<(&'a str, &'a Source, &'a Reading)>,
    /// The new files that may differ, by the numbers of their compilations, each with its path.
    pub new: Vec<(usize, &'a str)>,
    /// Whether the new files are all that there are, so that a workflow which is not among them is gone.
    pub is_everything: bool,
    /// Where to report an old file, by its number in `old`, that is gone.
    pub gone: &'a dyn Fn(usize) -> Span,
    /// The levels for that.
    pub levels: &'a Levels,
}

/// Holds files against an older version of them. What is found is added to the compilation of the new
/// file; what is found of files that are gone is answered.
///
/// `options` are those of each source. A comment silences what it accepts only where the old version has
/// not the same one; those that then silence nothing are reported.
pub fn check_against<'o>(
    compilations: &mut [Compilation],
    sources: &[Source],
    against: &Against,
    options: impl Fn(SourceId) -> Option<&'o Options>,
) -> Vec<Diagnostic> {
    let own = Levels::default();
    let levels = |source: &Source| options(source.id()).map_or(&own, |options| &options.levels);
    let types = types(compilations);
    let types: hashing::HashSet<&str> = types.iter().map(|text| text.value.as_str()).collect();
    let mut found = Vec::new();
    let mut gone = Diagnostics::new();
    {
        let old: Vec<Version> = against
            .old
            .iter()
            .map(|(path, _, reading)| Version {
                path,
                resolved: reading.resolved.as_ref(),
                is_whole: reading.errors.is_empty(),
            })
            .collect();
        let new: Vec<Version> = against
            .new
            .iter()
            .map(|(index, path)| Version {
                path,
                resolved: compilations[*index].resolved(),
                is_whole: compilations[*index].is_whole(),
            })
            .collect();
        let workflows = Workflows::of(&old, &new);
        for (was, is) in &workflows.pairs {
            let Some(difference) = Difference::of(old[*was], new[*is]) else {
                continue;
            };
            let (index, _) = against.new[*is];
            let mut out = Diagnostics::new();
            let changed = Changed::new(&difference);
            rules::check(&changed, levels(&sources[index]), &mut out);
            if against.is_everything && new[*is].is_whole {
                let [was, is] = [difference.pair.old, difference.pair.new].map(|r| r.workflow());
                removed_workflows::left_alone(was, is, &types, &mut out);
            }
            let stranded: Vec<Span> = changed
                .stranded()
                .map(|id| difference.pair.new.state(id).name.span)
                .collect();
            found.push((index, *was, stranded, out));
        }
        for index in workflows.removed.iter().filter(|_| against.is_everything) {
            if let Some(resolved) = old[*index].resolved {
                let place = (against.gone)(*index);
                removed_workflows::gone(resolved.workflow(), &types, place, &mut gone);
            }
        }
    }
    let mut paired = HashSet::new();
    for (index, was, stranded, out) in found {
        let (_, old_source, reading) = against.old[was];
        let before = reading.silencing.on_changes(old_source);
        let source = &sources[index];
        compilations[index].accept_changes(out, source, levels(source), &stranded, &before);
        paired.insert(index);
    }
    // In files that do not differ there is nothing to accept.
    for (index, compilation) in compilations.iter_mut().enumerate() {
        if !paired.contains(&index) {
            let source = &sources[index];
            compilation.accept_changes(
                Diagnostics::new(),
                source,
                levels(source),
                &[],
                &HashSet::new(),
            );
        }
    }
    against.levels.apply(&mut gone);
    gone.into_sorted()
}

/// All ticket types that the workflows apply to.
fn types(compilations: &[Compilation]) -> Vec<Text> {
    let outlines = compilations.iter().filter_map(Compilation::outline);
    outlines
        .flat_map(|outline| outline.applies_to.clone())
        .collect()
}

/// What `stranded-states` says better where it is of the same states.
const SAID_BETTER: [&str; 2] = ["trapped-states", "dead-ends"];

impl Compilation {
    /// Takes what a change breaks, but for what comments accept.
    fn accept_changes(
        &mut self,
        found: Diagnostics,
        source: &Source,
        levels: &Levels,
        stranded: &[Span],
        before: &HashSet<String>,
    ) {
        for mut report in found.into_sorted() {
            if levels.keep(&mut report) {
                let report = self.at_use(report);
                if !self.silencing.accepts(&report, source, before) {
                    self.add(report);
                }
            }
        }
        let is_on = levels.of(&rules::stranded_states::CODE) != Level::Allow;
        if is_on && !stranded.is_empty() {
            let is_better = |d: &Diagnostic| {
                SAID_BETTER.contains(&d.code.name) && stranded.contains(&d.primary().span)
            };
            self.diagnostics.retain(|d| !is_better(d));
        }
        self.report_unused_acceptances(source, levels);
    }

    fn report_unused_acceptances(&mut self, source: &Source, levels: &Levels) {
        if self.silencing.is_empty() {
            return;
        }
        let mut unused = Diagnostics::new();
        let is_of_changes = |code: &crate::diagnostic::Code| code.group == Group::Changes;
        Silencing::report_unused(
            &self.silencing,
            levels,
            is_of_changes,
            is_of_changes,
            source,
            &mut unused,
        );
        for mut report in unused.into_sorted() {
            if levels.keep(&mut report) {
                let note =
                    "a comment accepts a change where the version before has not the same comment";
                self.add(report.note(note));
            }
        }
    }
}

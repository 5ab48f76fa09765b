//! What a change breaks: the files of a run held against an older version of them.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::{Compilation, Options, Reading};
use crate::changes::pairing::Workflows;
use crate::changes::rules::{self, Arrival, Changed, removed_workflows};
use crate::changes::tickets::{self, Called, Tickets};
use crate::changes::{Difference, Version};
use crate::diagnostic::{Diagnostic, Diagnostics, Group, Level, Levels};
use crate::graph::Resolved;
use crate::hashing;
use crate::model::Text;
use crate::silencing::Silencing;
use crate::silencing::acceptances::{Acceptances, Accepting};
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
    /// The tickets that there are, if that is known.
    pub tickets: Option<&'a Tickets>,
    /// What the configurations accept.
    pub acceptances: Acceptances<'a>,
}

/// What is found of an older version beside the reports of the files.
#[derive(Debug, Default)]
pub struct Broken {
    /// What is found of files that are gone.
    pub gone: Vec<Diagnostic>,
    /// What is found of configurations.
    pub of_configs: Vec<Diagnostic>,
    /// What is to be told of tickets, a sentence each.
    pub told: Vec<String>,
}

/// Holds files against an older version of them. What is found is added to the compilation of the new
/// file; what is found of files that are gone is answered.
///
/// `options` are those of each source. A comment silences what it accepts only where the old version has
/// not the same one; those that then silence nothing are reported. So it is with the entries of configurations.
pub fn check_against<'o>(
    compilations: &mut [Compilation],
    sources: &[Source],
    against: &Against,
    options: impl Fn(SourceId) -> Option<&'o Options>,
) -> Broken {
    let mut told = Vec::new();
    let own = Levels::default();
    let levels = |source: &Source| options(source.id()).map_or(&own, |options| &options.levels);
    let types = types(compilations);
    let types: hashing::HashSet<&str> = types.iter().map(|text| text.value.as_str()).collect();
    let mut found = Vec::new();
    let mut gone = Diagnostics::new();
    let acceptances = &against.acceptances;
    let mut accepting = Accepting::of(acceptances);
    let config_of = |all: &[Option<usize>], index: usize| all.get(index).copied().flatten();
    for (compilation, config) in compilations.iter().zip(&acceptances.of_sources) {
        if let Some(outline) = compilation
            .outline()
            .filter(|_| accepting.may_accept(*config))
        {
            let identifier = outline.identifier.iter();
            accepting.saw(*config, identifier.map(|text| text.value.as_str()));
        }
    }
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
        let elsewhere = Elsewhere {
            compilations,
            sources,
            is_everything: against.is_everything,
            by_identifier: OnceCell::new(),
        };
        let others = |workflow: &str, state: &str| elsewhere.find(workflow, state);
        let pairs = workflows.pairs.iter();
        let differences = pairs.map(|(was, is)| Difference::of(old[*was], new[*is]));
        let mut differences: Vec<Option<Difference>> = differences.collect();
        let removed: Vec<&Resolved> = workflows
            .removed
            .iter()
            .filter_map(|index| old[*index].resolved)
            .collect();
        let census = against.tickets.map(|tickets| {
            let looked_at = against.new.iter().map(|(index, _)| *index);
            let looked_at: HashSet<usize> = looked_at.collect();
            let others = compilations.iter().enumerate();
            let others = others.filter(|(index, _)| !looked_at.contains(index));
            let others = others.filter_map(|(_, compilation)| compilation.outline());
            let text = |text: &Text| text.value.to_string();
            let others = others.map(|outline| Called {
                identifiers: outline.identifier.iter().map(text).collect(),
                types: outline.applies_to.iter().map(text).collect(),
                names: Vec::new(),
            });
            let counted = tickets::count(tickets, &mut differences, &removed, others.collect());
            told.extend(counted.told());
            (counted.gone, counted.is_whole)
        });
        let mut stranded_tickets = (0_u64, 0);
        for ((was, is), difference) in workflows.pairs.iter().zip(&differences) {
            let Some(difference) = difference else {
                continue;
            };
            let (index, _) = against.new[*is];
            let mut out = Diagnostics::new();
            let changed = Changed::new(difference).among(&others);
            let (count, states) = changed.count_stranded();
            stranded_tickets.0 = u64::saturating_add(stranded_tickets.0, count);
            stranded_tickets.1 += states;
            rules::check(&changed, levels(&sources[index]), &mut out);
            if against.is_everything && new[*is].is_whole {
                let [was, is] = [difference.pair.old, difference.pair.new].map(|r| r.workflow());
                removed_workflows::left_alone(was, is, &types, &mut out);
            }
            let stranded: Vec<Span> = changed
                .stranded()
                .map(|id| difference.pair.new.state(id).name.span)
                .collect();
            let both = [difference.pair.old, difference.pair.new];
            let identifiers = both.map(|resolved| resolved.workflow().identifier.as_ref());
            let names = identifiers.into_iter().flatten();
            let names: Vec<String> = names.map(|text| text.value.to_string()).collect();
            found.push((index, *was, stranded, out, names));
        }
        let gone_files = workflows.removed.iter().filter(|_| against.is_everything);
        let known = gone_files.filter_map(|index| Some((*index, old[*index].resolved?)));
        for (at, (index, resolved)) in known.enumerate() {
            let place = (against.gone)(index);
            let tickets = census.as_ref().map(|(all, is_whole)| (all[at], *is_whole));
            let workflow = resolved.workflow();
            let mut out = Diagnostics::new();
            removed_workflows::gone(workflow, &types, place, tickets, &mut out);
            let config = config_of(&acceptances.of_old, index);
            let identifier = workflow.identifier.iter().map(|text| text.value.as_str());
            let names: Vec<&str> = identifier.collect();
            accepting.saw(config, names.iter().copied());
            let found = out.into_sorted().into_iter();
            gone.extend(found.filter(|report| !accepting.accepts(config, &names, report)));
        }
        if census.is_some() {
            let (count, states) = stranded_tickets;
            told.insert(0, tickets::stranded(count, states));
        }
    }
    let mut paired = HashSet::new();
    for (index, was, stranded, out, names) in found {
        let (_, old_source, reading) = against.old[was];
        let before = reading.silencing.on_changes(old_source);
        let source = &sources[index];
        let config = config_of(&acceptances.of_sources, index);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        accepting.saw(config, names.iter().copied());
        let mut by_config = |report: &Diagnostic| accepting.accepts(config, &names, report);
        let accepted = Accepted {
            before: &before,
            by_config: &mut by_config,
        };
        compilations[index].accept_changes(out, source, levels(source), &stranded, accepted);
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
                Accepted {
                    before: &HashSet::new(),
                    by_config: &mut |_| false,
                },
            );
        }
    }
    against.levels.apply(&mut gone);
    Broken {
        gone: gone.into_sorted(),
        of_configs: accepting.report_unused(),
        told,
    }
}

/// The workflows of the new version, to follow tickets that go to another one.
struct Elsewhere<'c> {
    compilations: &'c [Compilation],
    sources: &'c [Source],
    is_everything: bool,
    by_identifier: OnceCell<hashing::HashMap<String, usize>>,
}

impl Elsewhere<'_> {
    fn find(&self, workflow: &str, state: &str) -> Arrival {
        let by_identifier = self.by_identifier.get_or_init(|| {
            let outlines = self.compilations.iter().enumerate();
            let named = outlines.filter_map(|(index, compilation)| {
                let identifier = compilation
                    .outline()?
                    .identifier
                    .as_ref()?
                    .value
                    .to_string();
                Some((identifier, index))
            });
            named.collect()
        });
        let (mut workflow, mut state) = (workflow.to_owned(), state.to_owned());
        // A chain that does not end is reported of the workflow that it is in.
        for _ in 0..MOST_STEPS {
            let Some(index) = by_identifier.get(&workflow).copied() else {
                return match self.is_everything {
                    true => Arrival::NoWorkflow,
                    false => Arrival::Unknown,
                };
            };
            let compilation = &self.compilations[index];
            let Some(outline) = compilation.outline() else {
                return Arrival::Unknown;
            };
            let mut states = outline.states.iter();
            if let Some((_, category)) = states.find(|(name, _)| name.value.as_str() == state) {
                let category = category.map(|category| category.value);
                return Arrival::There {
                    workflow,
                    state,
                    category,
                };
            }
            if !compilation.is_whole() {
                return Arrival::Unknown;
            }
            // Of what did not change the workflow is dropped already.
            let again;
            let resolved = match compilation.resolved() {
                Some(resolved) => Some(resolved),
                None => {
                    again = super::read(&self.sources[index]);
                    again.resolved.as_ref()
                }
            };
            let migrate = resolved.map_or(&[][..], |resolved| &resolved.workflow().migrate);
            let Some(next) = migrate.iter().find(|one| one.from.value.as_str() == state) else {
                return Arrival::NoState;
            };
            if let Some(other) = &next.workflow {
                workflow = other.value.to_string();
            }
            state = next.to.value.to_string();
        }
        Arrival::Unknown
    }
}

/// So many workflows and states are followed.
const MOST_STEPS: usize = 100;

/// All ticket types that the workflows apply to.
fn types(compilations: &[Compilation]) -> Vec<Text> {
    let outlines = compilations.iter().filter_map(Compilation::outline);
    outlines
        .flat_map(|outline| outline.applies_to.clone())
        .collect()
}

/// What `stranded-states` says better where it is of the same states.
const SAID_BETTER: [&str; 2] = ["trapped-states", "dead-ends"];

/// By what a change is accepted.
struct Accepted<'a> {
    /// The comments that the version before has.
    before: &'a HashSet<String>,
    /// Whether the configuration accepts a report.
    by_config: &'a mut dyn FnMut(&Diagnostic) -> bool,
}

impl Compilation {
    /// Takes what a change breaks, but for what is accepted.
    fn accept_changes(
        &mut self,
        found: Diagnostics,
        source: &Source,
        levels: &Levels,
        stranded: &[Span],
        accepted: Accepted,
    ) {
        for mut report in found.into_sorted() {
            if levels.keep(&mut report) {
                let report = self.at_use(report);
                let by_comment = self.silencing.accepts(&report, source, accepted.before);
                // What both accept is accepted by the comment alone, so that the entry is told.
                if !by_comment && !(accepted.by_config)(&report) {
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

//! What configurations accept of changes: a report by its code, its workflow and the names in it, with a
//! reason. It is for what no comment can stand beside, such as a workflow that is gone.

use std::collections::HashSet;

use super::unused_suppressions;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, Levels};
use crate::source::{Span, Text};
use crate::suggest;

/// An entry of `accept` in a configuration.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// What is accepted.
    pub code: &'static Code,
    /// Where the code is named.
    pub at: Span,
    /// The workflow in which it is, by its identifier in either version.
    pub workflow: Text,
    /// Names of which the report has to speak; without any, all of the code is meant.
    pub names: Vec<Text>,
    /// Why it is accepted.
    pub reason: Text,
}

impl Acceptance {
    /// What it says, whatever the layout.
    pub fn said(&self) -> String {
        let mut names: Vec<&str> = self.names.iter().map(|name| &*name.value).collect();
        names.sort_unstable();
        let reason: Vec<&str> = self.reason.value.split_whitespace().collect();
        let said = (self.code.name, &*self.workflow.value, names, reason);
        format!("{said:?}")
    }

    fn is_of(&self, found: &Diagnostic, workflows: &[&str]) -> bool {
        let mut names = self.names.iter().map(|name| name.value.as_str());
        self.code == found.code
            && workflows.contains(&self.workflow.value.as_str())
            && names.all(|name| found.speaks_of(name))
    }
}

/// What the configurations of a run accept.
#[derive(Debug, Default)]
pub struct Acceptances<'a> {
    /// Those of each configuration.
    pub configs: Vec<OfConfig<'a>>,
    /// The configuration of each source that is checked.
    pub of_sources: Vec<Option<usize>>,
    /// The configuration that each file of the older version would have.
    pub of_old: Vec<Option<usize>>,
    /// What the configurations of the older version [say](Acceptance::said).
    pub before: HashSet<String>,
}

/// What a configuration accepts.
#[derive(Debug)]
pub struct OfConfig<'a> {
    /// Its entries.
    pub entries: &'a [Acceptance],
    /// The levels for what is wrong with them.
    pub levels: Levels,
    /// Whether all files are looked at that it is for.
    pub is_whole: bool,
}

/// Which entries of a run were needed.
pub struct Accepting<'a> {
    all: &'a Acceptances<'a>,
    used: HashSet<Span>,
    /// The workflows that were looked at, with their configurations.
    seen: HashSet<(usize, String)>,
}

impl<'a> Accepting<'a> {
    /// None so far.
    pub fn of(all: &'a Acceptances<'a>) -> Accepting<'a> {
        Accepting {
            all,
            used: HashSet::new(),
            seen: HashSet::new(),
        }
    }

    /// Whether the configuration accepts anything.
    pub fn may_accept(&self, config: Option<usize>) -> bool {
        config.is_some_and(|number| !self.entries(number).is_empty())
    }

    /// Notes that a workflow with this configuration is looked at.
    pub fn saw<'w>(&mut self, config: Option<usize>, workflows: impl IntoIterator<Item = &'w str>) {
        if let Some(number) = config.filter(|_| self.may_accept(config)) {
            let names = workflows.into_iter().map(|name| (number, name.to_owned()));
            self.seen.extend(names);
        }
    }

    /// Whether the configuration accepts `found`, of a workflow with these identifiers. An entry that the
    /// older version has, too, accepted an earlier change, and not this one.
    pub fn accepts(
        &mut self,
        config: Option<usize>,
        workflows: &[&str],
        found: &Diagnostic,
    ) -> bool {
        let entries = config.map_or(&[][..], |number| self.entries(number));
        let before = &self.all.before;
        let by = entries
            .iter()
            .filter(|entry| entry.is_of(found, workflows) && !before.contains(&entry.said()));
        let by: Vec<Span> = by.map(|entry| entry.at).collect();
        self.used.extend(&by);
        !by.is_empty()
    }

    /// Reports the entries that accepted nothing, but for those of which that cannot be told.
    pub fn report_unused(self) -> Vec<Diagnostic> {
        let mut reports = Vec::new();
        for (number, config) in self.all.configs.iter().enumerate() {
            let mut out = Diagnostics::new();
            for entry in config.entries {
                let is_off = config.levels.of(entry.code) == Level::Allow;
                if !self.used.contains(&entry.at) && !is_off {
                    out.extend(self.unused(number, config, entry));
                }
            }
            config.levels.apply(&mut out);
            reports.extend(out.into_sorted());
        }
        reports
    }

    fn unused(&self, number: usize, config: &OfConfig, entry: &Acceptance) -> Option<Diagnostic> {
        let workflow = entry.workflow.value.as_str();
        let at = |place: Span, label: &str| {
            unused_suppressions::acceptance(entry.code.name, workflow, place, label)
        };
        if self.all.before.contains(&entry.said()) {
            let why = "what was accepted of one change is no acceptance of the next";
            return Some(at(entry.at, "the version before has the same entry").note(why));
        }
        if self.seen.contains(&(number, workflow.to_owned())) {
            return Some(at(entry.at, "the change is not reported so"));
        }
        if !config.is_whole {
            return None;
        }
        let of_config = self.seen.iter().filter(|(other, _)| *other == number);
        let mut names: Vec<&str> = of_config.map(|(_, name)| name.as_str()).collect();
        names.sort_unstable();
        let label = "no workflow with this configuration has this identifier";
        let report = at(entry.workflow.span, label);
        Some(match suggest::nearest(workflow, names) {
            Some(near) => report.help(format!("change `{workflow}` to `{near}`")),
            None => report,
        })
    }

    fn entries(&self, config: usize) -> &'a [Acceptance] {
        let config = self.all.configs.get(config);
        config.map_or(&[], |config| config.entries)
    }
}

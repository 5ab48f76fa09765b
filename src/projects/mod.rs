//! What is wrong with several workflows together: one file a rule, its page beside it.
//!
//! These rules look at all workflows of a run, however faulty each of them is, and report only
//! what none of them could tell alone. To add one: write its file and its page, and put it in
//! [`ALL`].

use crate::hashing::HashSet;

use crate::diagnostic::{Code, Diagnostics};
use crate::model::{Category, Migration, Text, Workflow};
use crate::source::{SourceId, Spanned};

pub mod conflicting_categories;
pub mod duplicate_workflows;
pub mod lost_migrations;
pub mod overlapping_assignments;

#[cfg(test)]
mod tests;

/// A check of one kind of mistake that several files make together.
#[derive(Debug)]
pub struct Rule {
    /// What it reports.
    pub code: &'static Code,
    /// Looks for it in all workflows of a run, in the order of their files. Never stops at the
    /// first.
    pub check: fn(&[&Outline], &mut Diagnostics),
    /// Whether its reports name every workflow that they are about, so that one among fewer files is
    /// known by its names as a part of one among more.
    pub names_workflows: bool,
}

/// What these rules look at of a workflow. It is little, so that a run over thousands of files need
/// not keep them all.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The source that the workflow is written in.
    pub source: SourceId,
    /// Its identifier; `None` where that is missing, which is reported.
    pub identifier: Option<Text>,
    /// The oldest of the names that it had before, if it had any.
    pub was: Option<Text>,
    /// The ticket types or categories that use it.
    pub applies_to: Vec<Text>,
    /// Its states, each with its category if that could be read.
    pub states: Vec<(Text, Option<Spanned<Category>>)>,
    /// Whether all of its states could be read.
    pub knows_states: bool,
    /// Its former states, whose tickets it sends on.
    pub gone: Vec<Text>,
    /// Where tickets of its former states go that go to other workflows.
    pub to_others: Vec<Migration>,
}

impl Outline {
    /// That of `workflow`.
    pub fn of(workflow: &Workflow) -> Self {
        let states = workflow.states.iter();
        Outline {
            source: workflow.place.source,
            identifier: workflow.identifier.clone(),
            was: workflow
                .was
                .iter()
                .flat_map(|was| &was.value)
                .next_back()
                .cloned(),
            applies_to: workflow.applies_to().to_vec(),
            states: states.map(|s| (s.name.clone(), s.category)).collect(),
            knows_states: !workflow.doubts.states,
            gone: workflow.migrate.iter().map(|m| m.from.clone()).collect(),
            to_others: workflow
                .migrate
                .iter()
                .filter(|migration| migration.workflow.is_some())
                .cloned()
                .collect(),
        }
    }
}

/// Every rule, in the order of the catalogue.
pub const ALL: &[Rule] = &[
    duplicate_workflows::RULE,
    overlapping_assignments::RULE,
    conflicting_categories::RULE,
    lost_migrations::RULE,
];

/// Whether reports of this code name every workflow that they are about.
pub fn name_workflows(code: &Code) -> bool {
    let mut rules = ALL.iter();
    rules.any(|rule| rule.code == code && rule.names_workflows)
}

/// Runs every rule over the workflows of a run, in the order of their files; each of these may
/// have levels of its own. Linear in what the workflows say.
pub fn check(run: &[&Outline], out: &mut Diagnostics) {
    for rule in ALL {
        (rule.check)(run, out);
    }
}

/// The workflows with their identifiers, of one identifier only the first: what a copy of a file
/// says again is no mistake of its own. Without an identifier, which is reported, there is no
/// name to report a workflow by.
fn told_apart<'w>(workflows: &[&'w Outline]) -> Vec<(&'w Text, &'w Outline)> {
    let mut seen = HashSet::default();
    let named = workflows
        .iter()
        .filter_map(|w| Some((w.identifier.as_ref()?, *w)));
    named
        .filter(|(identifier, _)| seen.insert(identifier.value.as_str()))
        .collect()
}

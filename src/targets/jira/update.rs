//! The body that changes workflows that are there.

use super::block::Settings;
use super::site::{Member, Together};
use super::{NAME, description, of_one_scope, statuses, transitions, wire};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::hashing::HashMap;
use crate::model::Migration;
use crate::rules::Checked;
use crate::targets::{self, blocks, ids, lossy_targets, missing_target_fields};

/// What the site knows of a workflow that is there, and its file need not say.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: wire::Version,
    /// The statuses that it has, and that the file only names under `migrate`.
    pub removed: Vec<wire::Status>,
}

/// The body for workflows of one scope, with the ids and versions that their files have.
pub fn emit(workflows: &[&Checked], out: &mut Diagnostics) -> Option<wire::UpdateRequest> {
    let together = of_one_scope(workflows, out)?;
    let known = workflows.iter().map(|checked| said(checked, out));
    let known: Vec<Option<Known>> = known.collect();
    let known: Option<Vec<Known>> = known.into_iter().collect();
    Some(body(together, &known?, out))
}

pub fn validate(
    workflows: &[&Checked],
    out: &mut Diagnostics,
) -> Option<wire::ValidateUpdateRequest> {
    Some(wire::ValidateUpdateRequest {
        payload: emit(workflows, out)?,
        validation_options: wire::ValidationOptions::ALL,
    })
}

/// What the block of a workflow says that the site knows.
pub fn said(checked: &Checked, out: &mut Diagnostics) -> Option<Known> {
    let settings = blocks::of::<Settings>(checked);
    let mut missing = Vec::new();
    if settings.workflow_id.is_none() {
        missing.push(("workflow-id", "b9ff2384-d3b6-4d4e-9509-3ee19f607168"));
    }
    if settings.version.is_none() {
        missing.push((
            "version",
            "{ id: f010ac1b-3dd3-43a3-aa66-0ee8a447f76e, number: 0 }",
        ));
    }
    let place = targets::place_of(checked, NAME);
    let report = missing_target_fields::report(NAME, None, &missing, place);
    out.extend(report.map(|report| report.note("the answer of `jira:workflows` has both")));
    let migrate = checked.workflow().migrate.iter();
    let removed = migrate.filter_map(|entry| {
        let (id, category) = settings.removed.get(entry.from.value.as_str())?;
        Some(removed(checked, &entry.from.value, id, *category))
    });
    Some(Known {
        removed: removed.collect(),
        id: settings.workflow_id.as_ref()?.value.to_string(),
        version: settings.version.clone()?,
    })
}

/// A status that a workflow loses and the site keeps.
pub fn removed(
    checked: &Checked,
    name: &str,
    id: &str,
    category: wire::StatusCategory,
) -> wire::Status {
    wire::Status {
        id: Some(id.to_owned()),
        name: name.to_owned(),
        description: None,
        status_category: category,
        // The name of a state that is there may be the former one of another.
        status_reference: ids::part(&ids::part(&ids::of(checked.workflow()), "removed"), name)
            .to_string(),
    }
}

/// The body, where `known` is what the site knows of each of the workflows, in their order.
pub fn body(mut together: Together, known: &[Known], out: &mut Diagnostics) -> wire::UpdateRequest {
    let mut references: HashMap<String, String> = HashMap::default();
    for status in &together.statuses {
        references.insert(status.name.clone(), status.status_reference.clone());
    }
    let mut workflows = Vec::with_capacity(known.len());
    for (member, known) in together.workflows.iter().zip(known) {
        for status in &known.removed {
            // Another workflow of the request may have it still.
            if !references.contains_key(&status.name) {
                references.insert(status.name.clone(), status.status_reference.clone());
                together.statuses.push(status.clone());
            }
        }
        let ways = transitions::lower(member.checked, &member.references);
        workflows.push(wire::WorkflowUpdate {
            id: known.id.clone(),
            version: known.version.clone(),
            description: description(member.checked),
            default_status_mappings: mappings(member, known, &references, out),
            statuses: statuses::uses(member, &ways),
            transitions: ways.all,
        });
    }
    wire::UpdateRequest {
        workflows,
        statuses: together.statuses,
    }
}

/// Where the issues of the removed statuses go: as `migrate` says, and nowhere else.
fn mappings(
    member: &Member,
    known: &Known,
    references: &HashMap<String, String>,
    out: &mut Diagnostics,
) -> Vec<wire::StatusMigration> {
    let migrate = &member.checked.workflow().migrate;
    let mut entries: HashMap<&str, &Migration> = HashMap::default();
    for entry in migrate {
        entries.entry(&entry.from.value).or_insert(entry);
    }
    let mut found = Vec::with_capacity(known.removed.len());
    for status in &known.removed {
        let mut at = status.name.as_str();
        // That the entries lead to a state is proved, and that they do not go round.
        for _ in 0..=migrate.len() {
            let Some(entry) = entries.get(at) else { break };
            if entry.workflow.is_some() {
                out.push(to_another_workflow(entry));
                break;
            }
            at = &entry.to.value;
            if let Some(state) = member.checked.resolved().find(at) {
                found.extend(
                    references
                        .get(&status.name)
                        .map(|old| wire::StatusMigration {
                            old_status_reference: old.clone(),
                            new_status_reference: member.references[state.index()].clone(),
                        }),
                );
                break;
            }
        }
    }
    found
}

fn to_another_workflow(entry: &Migration) -> Diagnostic {
    let from = &entry.from.value;
    let message = format!("target `{NAME}` moves no issues of `{from}` to another workflow");
    let label = "a status of another workflow";
    Diagnostic::new(&lossy_targets::CODE, message, entry.to.span, label)
        .help(format!("move the issues of `{from}` before the update"))
        .note(
            "an update maps statuses of one workflow; issues change it with their type or project",
        )
}

//! Jira Cloud: a workflow with its statuses, as the operation that creates workflows takes it.

mod block;
mod limits;
mod losses;
mod read;
mod transitions;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use schemars::SchemaGenerator;

use crate::diagnostic::Diagnostics;
use crate::graph::StateId;
use crate::model::{Category, State};
use crate::rules::Checked;
use crate::targets::{self, Document, Target};
use block::{Scope, Settings, settings};

const NAME: &str = "jira";
/// The property of a status that lets nothing be edited where it is `false`.
const EDITABLE: &str = "jira.issue.editable";

/// See the README beside this file.
pub const TARGET: Target = Target {
    name: NAME,
    title: "Jira Cloud",
    readme: include_str!("README.md"),
    documents: &[CREATE, VALIDATE, WORKFLOWS],
    check_block: |resolved, block, out| {
        settings(resolved, block, out);
    },
    check: |checked, out| {
        (CREATE.emit)(checked, out);
    },
    imports: read::IMPORTS,
    block_schema: SchemaGenerator::subschema_for::<block::Block>,
};

const CREATE: Document = Document {
    name: "create",
    about: "the body that creates the workflow and its new statuses",
    emit: |checked, out| targets::to_json(&create(checked, out)?),
    schema: || targets::schema_of::<wire::CreateRequest>(targets::Required::AsWritten),
};

const VALIDATE: Document = Document {
    name: "validate",
    about: "the body that asks whether the workflow could be created",
    emit: |checked, out| targets::to_json(&validate(checked, out)?),
    schema: || targets::schema_of::<wire::ValidateRequest>(targets::Required::AsWritten),
};

const WORKFLOWS: Document = Document {
    name: "workflows",
    about: "the workflow and its statuses as Jira shows them",
    emit: |checked, out| targets::to_json(&answer(checked, out)?),
    schema: || targets::schema_of::<wire::Answer>(targets::Required::AsWritten),
};

fn validate(checked: &Checked, out: &mut Diagnostics) -> Option<wire::ValidateRequest> {
    Some(wire::ValidateRequest {
        payload: create(checked, out)?,
        validation_options: wire::ValidationOptions {
            levels: vec![wire::Level::Error, wire::Level::Warning],
        },
    })
}

/// What Jira would answer once it has what [`create`] says.
fn answer(checked: &Checked, out: &mut Diagnostics) -> Option<wire::Answer> {
    let request = create(checked, out)?;
    let scope = request.scope;
    let status = |status: wire::Status| wire::ShownStatus {
        description: status.description,
        id: status.id,
        name: status.name,
        scope: scope.clone(),
        status_category: status.status_category,
        status_reference: status.status_reference,
    };
    let workflow = |workflow: wire::Workflow| wire::ShownWorkflow {
        description: workflow.description,
        name: workflow.name,
        scope: scope.clone(),
        statuses: workflow.statuses,
        transitions: workflow.transitions,
    };
    Some(wire::Answer {
        statuses: request.statuses.into_iter().map(status).collect(),
        workflows: request.workflows.into_iter().map(workflow).collect(),
    })
}

/// `None` where Jira is known to refuse it, which is reported.
fn create(checked: &Checked, out: &mut Diagnostics) -> Option<wire::CreateRequest> {
    let resolved = checked.resolved();
    let settings = targets::block(resolved, NAME)
        .map(|block| settings(resolved, block, out))
        .unwrap_or_default();
    losses::report(checked, &settings, out);
    if !limits::keeps(checked, out) {
        return None;
    }
    let reference = |(id, state): (StateId, &State)| {
        settings.reference(checked.identifier(), id, &state.name.value)
    };
    let references: Vec<String> = checked.states().map(reference).collect();
    let description = checked.workflow().description.as_ref();
    Some(wire::CreateRequest {
        scope: scope(&settings.scope),
        statuses: statuses(checked, &settings, &references),
        workflows: vec![wire::Workflow {
            name: checked.title().to_owned(),
            description: description.map_or_else(String::new, |d| d.value.clone()),
            statuses: uses(checked, &references),
            transitions: transitions::lower(checked, &references),
        }],
    })
}

fn scope(scope: &Scope) -> wire::Scope {
    match scope {
        Scope::Global => wire::Scope {
            kind: wire::ScopeKind::Global,
            project: None,
        },
        Scope::Project(id) => wire::Scope {
            kind: wire::ScopeKind::Project,
            project: Some(wire::Project { id: id.clone() }),
        },
    }
}

fn statuses(checked: &Checked, settings: &Settings, references: &[String]) -> Vec<wire::Status> {
    let starts = checked.resolved().start_states();
    let mut is_start = vec![false; references.len()];
    for id in starts {
        is_start[id.index()] = true;
    }
    let status = |(id, state): (StateId, &State)| wire::Status {
        id: settings.ids.get(&id).map(|id| id.value.clone()),
        name: state.name.value.clone(),
        description: state
            .description
            .as_ref()
            .map_or_else(String::new, |d| d.value.clone()),
        status_category: settings.categories.get(&id).map_or_else(
            || status_category(checked.category(id), is_start[id.index()]),
            |c| c.value,
        ),
        status_reference: references[id.index()].clone(),
    };
    checked.states().map(status).collect()
}

/// Jira parts what is open by whether work has begun; tickets begin where it has not.
fn status_category(category: Category, is_start: bool) -> wire::StatusCategory {
    match category {
        Category::Draft => wire::StatusCategory::Todo,
        Category::Open if is_start => wire::StatusCategory::Todo,
        Category::Open | Category::Waiting => wire::StatusCategory::InProgress,
        Category::Closed => wire::StatusCategory::Done,
    }
}

fn uses(checked: &Checked, references: &[String]) -> Vec<wire::StatusUse> {
    let one = |((_, state), reference): ((StateId, &State), &String)| wire::StatusUse {
        status_reference: reference.clone(),
        properties: properties(state),
    };
    checked.states().zip(references).map(one).collect()
}

/// Jira's property is all or nothing: a state in which some fields may be edited has none.
fn properties(state: &State) -> BTreeMap<String, String> {
    let nothing = state.editable.as_ref().is_some_and(|e| e.value.is_empty());
    let property = nothing.then(|| (EDITABLE.to_owned(), "false".to_owned()));
    property.into_iter().collect()
}

//! Jira Cloud: workflows with their statuses, as the operation that creates workflows takes them.

mod approvals;
mod block;
mod entries;
mod holders;
mod limits;
mod losses;
mod parts;
mod people;
mod plan;
mod read;
mod requests;
mod rules;
mod site;
mod statuses;
mod transitions;
mod update;
mod wire;

#[cfg(test)]
mod tests;

use schemars::SchemaGenerator;
use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::model::Category;
use crate::rules::Checked;
use crate::targets::{self, Document, Emit, Json, Target, blocks};
use block::{Scope, Settings};
use site::{Called, Member, Together};

pub use read::called_by_name;

const NAME: &str = "jira";
/// How many workflows a page of a search has where nothing else is asked for.
const PAGE: usize = 50;

/// See the README beside this file.
pub const TARGET: Target = Target {
    name: NAME,
    title: "Jira Cloud",
    readme: include_str!("README.md"),
    documents: &[
        CREATE,
        VALIDATE,
        UPDATE,
        VALIDATE_UPDATE,
        WORKFLOWS,
        SEARCH,
        REQUESTS,
        FETCH,
    ],
    read_block: blocks::read::<Settings>,
    check: |checked, out| CREATE.check(checked, out),
    by_hand: None,
    unique: site::UNIQUE,
    check_together: |workflows, out| {
        site::groups(workflows, Called::ForNow, out);
    },
    losses: &[
        losses::LOSSES,
        people::LOSSES,
        targets::losses::OF_WORKFLOWS,
        targets::losses::OF_STATES,
    ],
    imports: read::IMPORTS,
    refusals: &read::REFUSALS,
    block_schema: SchemaGenerator::subschema_for::<Settings>,
};

const CREATE: Document = Document {
    name: "create",
    about: "the body that creates the workflows and their new statuses",
    emit: Emit::All(|workflows, out| Some(Json::new(create(workflows, out)?))),
    schema: || targets::schema_of::<wire::CreateRequest>(targets::Required::AsWritten),
};

const VALIDATE: Document = Document {
    name: "validate",
    about: "the body that asks whether the workflows could be created",
    emit: Emit::All(|workflows, out| Some(Json::new(validate(workflows, out)?))),
    schema: || targets::schema_of::<wire::ValidateRequest>(targets::Required::AsWritten),
};

const UPDATE: Document = Document {
    name: "update",
    about: "the body that changes workflows that are there, and their statuses",
    emit: Emit::All(|workflows, out| Some(Json::new(update::emit(workflows, out)?))),
    schema: || targets::schema_of::<wire::UpdateRequest>(targets::Required::AsWritten),
};

const VALIDATE_UPDATE: Document = Document {
    name: "validate-update",
    about: "the body that asks whether the workflows could be changed",
    emit: Emit::All(|workflows, out| Some(Json::new(update::validate(workflows, out)?))),
    schema: || targets::schema_of::<wire::ValidateUpdateRequest>(targets::Required::AsWritten),
};

const WORKFLOWS: Document = Document {
    name: "workflows",
    about: "the workflows and their statuses as Jira shows them",
    emit: Emit::All(|workflows, out| Some(Json::new(answer(workflows, out)?))),
    schema: || targets::schema_of::<wire::Answer>(targets::Required::AsWritten),
};

const SEARCH: Document = Document {
    name: "search",
    about: "a page of the workflows and their statuses as Jira lists them",
    emit: Emit::All(|workflows, out| Some(Json::new(search(workflows, out)?))),
    schema: || targets::schema_of::<wire::Page>(targets::Required::AsWritten),
};

const REQUESTS: Document = targets::requests::document(requests::emit);

const FETCH: Document = targets::requests::fetching(requests::fetch);

/// The workflows by their scopes, with what is lost on the way. `None` where Jira is known to
/// refuse one of them, which is reported.
fn lower<'w>(
    workflows: &[&'w Checked],
    called: Called,
    out: &mut Diagnostics,
) -> Option<Vec<Together<'w>>> {
    let mut found = Diagnostics::new();
    for checked in workflows {
        TARGET.report_losses(checked, CREATE.name, &mut found);
        found.extend(losses::other_done(checked));
        limits::report(checked, &mut found);
    }
    TARGET.hold_together(workflows, &mut found);
    let groups = site::groups(workflows, called, &mut Diagnostics::new());
    out.add_blocking(found).then_some(groups)
}

/// The workflows by their scopes, each as many as one request takes.
fn requested<'w>(workflows: &[&'w Checked], out: &mut Diagnostics) -> Option<Vec<Together<'w>>> {
    let groups = lower(workflows, Called::ForNow, out)?;
    let mut found = Diagnostics::new();
    for together in &groups {
        limits::report_request(together, &mut found);
    }
    out.add_blocking(found).then_some(groups)
}

/// The workflows of one request, which have to be of one scope.
fn of_one_scope<'w>(workflows: &[&'w Checked], out: &mut Diagnostics) -> Option<Together<'w>> {
    let mut groups = requested(workflows, out)?.into_iter();
    let first = groups.next()?;
    let Some(other) = groups.next() else {
        return Some(first);
    };
    out.extend(limits::two_scopes(&first, &other));
    None
}

fn body(together: Together) -> wire::CreateRequest {
    let workflow = |member: &Member| {
        let ways = transitions::lower(member.checked, &member.references);
        wire::Workflow {
            name: member.checked.title().to_owned(),
            description: description(member.checked),
            statuses: statuses::uses(member, &ways),
            transitions: ways.all,
        }
    };
    wire::CreateRequest {
        scope: scope(&together.scope),
        workflows: together.workflows.iter().map(workflow).collect(),
        statuses: together.statuses,
    }
}

fn create(workflows: &[&Checked], out: &mut Diagnostics) -> Option<wire::CreateRequest> {
    of_one_scope(workflows, out).map(body)
}

fn validate(workflows: &[&Checked], out: &mut Diagnostics) -> Option<wire::ValidateRequest> {
    Some(wire::ValidateRequest {
        payload: create(workflows, out)?,
        validation_options: wire::ValidationOptions::ALL,
    })
}

fn answer(workflows: &[&Checked], out: &mut Diagnostics) -> Option<wire::Answer> {
    Some(answer_of(lower(workflows, Called::ById, out)?))
}

/// One page with all there is.
fn search(workflows: &[&Checked], out: &mut Diagnostics) -> Option<wire::Page> {
    let wire::Answer {
        statuses,
        workflows: values,
    } = answer(workflows, out)?;
    Some(page(statuses, values))
}

fn page(statuses: Vec<wire::ShownStatus>, values: Vec<wire::ShownWorkflow>) -> wire::Page {
    wire::Page {
        is_last: true,
        max_results: PAGE.max(values.len()),
        start_at: 0,
        statuses,
        total: values.len(),
        values,
    }
}

/// The answer whatever Jira would refuse of it: it has answered so before.
fn answered(workflows: &[&Checked], _: &mut Diagnostics) -> Option<Value> {
    let groups = site::groups(workflows, Called::ById, &mut Diagnostics::new());
    let mut answer = answer_of(groups);
    // Of thousands of workflows both kinds would be much at a time.
    let workflows = std::mem::take(&mut answer.workflows).into_iter();
    let workflows: Option<Value> = workflows.map(|one| targets::to_json(&one)).collect();
    let mut built = targets::to_json(&answer)?;
    *built.get_mut("workflows")? = workflows?;
    Some(built)
}

/// The body whatever Jira would refuse of it, with the workflows of the first scope.
fn created(workflows: &[&Checked], _: &mut Diagnostics) -> Option<Value> {
    let groups = site::groups(workflows, Called::ForNow, &mut Diagnostics::new());
    let mut built = targets::to_json(&body(groups.into_iter().next()?))?;
    read::called_by_name(&mut built);
    Some(built)
}

fn answer_of(groups: Vec<Together>) -> wire::Answer {
    let mut answer = wire::Answer {
        statuses: Vec::new(),
        workflows: Vec::new(),
    };
    for together in groups {
        let scope = scope(&together.scope);
        let status = |status: wire::Status| wire::ShownStatus {
            description: status.description.unwrap_or_default(),
            id: status.id,
            name: status.name,
            scope: scope.clone(),
            status_category: status.status_category,
            status_reference: status.status_reference,
        };
        let workflow = |member: &Member| {
            let settings = blocks::of::<Settings>(member.checked);
            let ways = transitions::lower(member.checked, &member.references);
            wire::ShownWorkflow {
                description: description(member.checked),
                id: settings.workflow_id.as_ref().map(|id| id.value.to_string()),
                name: member.checked.title().to_owned(),
                scope: scope.clone(),
                statuses: statuses::uses(member, &ways),
                transitions: ways.all,
            }
        };
        answer
            .workflows
            .extend(together.workflows.iter().map(workflow));
        answer
            .statuses
            .extend(together.statuses.into_iter().map(status));
    }
    answer
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

fn description(checked: &Checked) -> String {
    let description = checked.workflow().description.as_ref();
    description.map_or_else(String::new, |d| d.value.to_string())
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

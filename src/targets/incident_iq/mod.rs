//! Incident IQ: steps and the moves between them, as its API lists the steps of a workflow.

mod losses;
mod read;
mod requests;
mod site;
mod wire;

#[cfg(test)]
mod tests;

use crate::hashing::HashMap;
use std::collections::BTreeMap;

use schemars::{JsonSchema, SchemaGenerator};
use uuid::Uuid;

use crate::diagnostic::Diagnostics;
use crate::fields::{Fields, Subject};
use crate::graph::{Resolved, StateId};
use crate::model::{Category, TargetBlock, Text};
use crate::node::Node;
use crate::rules::Checked;
use crate::targets::blocks::{self, UuidText};
use crate::targets::target_collisions::{self, Holder};
use crate::targets::{self, Document, Emit, Json, Target, ids};

const NAME: &str = "incident-iq";

/// See the README beside this file.
pub const TARGET: Target = Target {
    name: NAME,
    title: "Incident IQ",
    readme: include_str!("README.md"),
    documents: &[STEPS, WORKFLOWS, REQUESTS],
    check_block: |resolved, block, out| {
        settings(resolved, block, out);
    },
    check: |checked, out| STEPS.check(checked, out),
    losses: losses::LOSSES,
    imports: read::IMPORTS,
    refusals: &read::REFUSALS,
    check_together: site::check,
    block_schema: SchemaGenerator::subschema_for::<Block>,
};

const STEPS: Document = Document {
    name: "steps",
    about: "the steps of the workflow, with the moves between them",
    emit: Emit::Each(emit_steps),
    schema: || targets::schema_of::<wire::Steps>(targets::Required::AsWritten),
};

const WORKFLOWS: Document = Document {
    name: "workflows",
    about: "the workflows of a site, each with its steps",
    emit: Emit::All(emit_workflows),
    schema: || targets::schema_of::<wire::Workflows>(targets::Required::AsWritten),
};

const REQUESTS: Document = targets::requests::document(requests::emit);

/// What the block `incident-iq` may hold.
#[derive(JsonSchema)]
#[schemars(rename = "IncidentIq", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(dead_code)] // read field by field, for reports with places
struct Block {
    /// The workflow's id on the site: the one in the address of its steps.
    workflow_id: Option<UuidText>,
    /// The steps' ids on the site, by state; derived for the states that are not named.
    step_ids: Option<BTreeMap<String, UuidText>>,
}

const FIELDS: &[&str] = &["workflow-id", "step-ids"];

#[derive(Default)]
struct Settings {
    workflow_id: Option<Text>,
    step_ids: HashMap<StateId, Text>,
}

fn settings(resolved: &Resolved, block: &TargetBlock, out: &mut Diagnostics) -> Settings {
    let owner = Subject::named("target", NAME);
    let Some(fields) = Fields::of(&block.body, owner, block.name.span, FIELDS, out) else {
        return Settings::default();
    };
    let workflow_id = fields.get("workflow-id");
    let step_ids = fields.get("step-ids");
    let settings = Settings {
        workflow_id: workflow_id
            .and_then(|node| blocks::uuid(node, fields.field("workflow-id"), out)),
        step_ids: step_ids
            .map(|node| read_step_ids(resolved, node, &fields, out))
            .unwrap_or_default(),
    };
    report_shared_ids(resolved, &settings, out);
    settings
}

fn read_step_ids(
    resolved: &Resolved,
    node: &Node<'static>,
    fields: &Fields,
    out: &mut Diagnostics,
) -> HashMap<StateId, Text> {
    let of_block = fields.field("step-ids");
    let owner = Subject::named("`step-ids` of target", NAME);
    blocks::by_state(resolved, node, of_block, out)
        .into_iter()
        .filter_map(|(id, entry)| {
            let field = owner.field(entry.key.text());
            Some((id, blocks::uuid(&entry.value, field, out)?))
        })
        .collect()
}

/// Steps are told apart by their ids. A written id may also be one that is derived for another
/// state: a line of the output that was copied to the wrong state.
fn report_shared_ids(resolved: &Resolved, settings: &Settings, out: &mut Diagnostics) {
    let Some(identifier) = &resolved.workflow().identifier else {
        return;
    };
    let workflow = ids::workflow(&identifier.value);
    let mut holders: HashMap<String, Holder> = HashMap::default();
    // Derived ids first: the written one is the one to blame.
    let (written, derived): (Vec<_>, Vec<_>) = resolved
        .states()
        .partition(|(id, _)| settings.step_ids.contains_key(id));
    for (id, state) in derived.into_iter().chain(written) {
        let given = settings.step_ids.get(&id);
        let step_id = step_id(&workflow, &state.name.value, given);
        let holder = Holder {
            state: &state.name.value,
            place: given.map_or(state.name.span, |text| text.span),
        };
        match holders.get(&step_id.to_lowercase()) {
            Some(first) => {
                out.push(target_collisions::report(
                    NAME, "step", &step_id, *first, holder,
                ));
            }
            None => {
                holders.insert(step_id.to_lowercase(), holder);
            }
        }
    }
}

fn step_id(workflow: &Uuid, state: &str, given: Option<&Text>) -> String {
    given.map_or_else(
        || ids::part(workflow, state).to_string(),
        |text| text.value.to_string(),
    )
}

fn emit_steps(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let settings = settings_of(checked);
    TARGET.report_losses(checked, STEPS.name, out);
    Some(Json::new(wire::Steps {
        items: steps(checked, &step_ids(checked, &settings)),
    }))
}

fn emit_workflows(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Json> {
    let mut found = Diagnostics::new();
    site::check(workflows, &mut found);
    let agreed = out.add_blocking(found);
    let workflow = |checked: &&Checked| {
        let settings = settings_of(checked);
        TARGET.report_losses(checked, WORKFLOWS.name, out);
        let step_ids = step_ids(checked, &settings);
        let (first, _) = checked.starts().next()?;
        Some(wire::Workflow {
            workflow_id: workflow_id(checked, &settings),
            name: checked.title().to_owned(),
            initial_step_id: step_ids.get(first.index())?.clone(),
            steps: steps(checked, &step_ids),
        })
    };
    let items: Option<Vec<_>> = workflows.iter().map(workflow).collect();
    Some(Json::new(wire::Workflows {
        items: items.filter(|_| agreed)?,
    }))
}

/// What the block says.
fn settings_of(checked: &Checked) -> Settings {
    targets::settings_of(checked, NAME, settings)
}

fn workflow_id(checked: &Checked, settings: &Settings) -> String {
    settings.workflow_id.as_ref().map_or_else(
        || ids::workflow(checked.identifier()).to_string(),
        |id| id.value.to_string(),
    )
}

/// The steps' ids, in the order of the states.
fn step_ids(checked: &Checked, settings: &Settings) -> Vec<String> {
    let workflow = ids::workflow(checked.identifier());
    let id = |(id, state): (StateId, &crate::model::State)| {
        let given = settings.step_ids.get(&id);
        step_id(&workflow, &state.name.value, given)
    };
    checked.states().map(id).collect()
}

fn steps(checked: &Checked, step_ids: &[String]) -> Vec<wire::Step> {
    let next = next_states(checked);
    let step = |(id, state): (StateId, &crate::model::State)| wire::Step {
        step_id: step_ids[id.index()].clone(),
        name: state.name.value.to_string(),
        status_type: status_type(checked.category(id)),
        allowed_transitions: next[id.index()]
            .iter()
            .map(|to| step_ids[to.index()].clone())
            .collect(),
    };
    checked.states().map(step).collect()
}

/// For each state the others that a ticket may move to, each once, in the order of the file.
fn next_states(checked: &Checked) -> Vec<Vec<StateId>> {
    let mut next: Vec<Vec<StateId>> = vec![Vec::new(); checked.states().len()];
    let mut seen = crate::hashing::HashSet::default();
    for step in checked.steps() {
        if step.from != step.to && seen.insert((step.from, step.to)) {
            next[step.from.index()].push(step.to);
        }
    }
    next
}

fn status_type(category: Category) -> wire::StatusType {
    match category {
        Category::Draft | Category::Open => wire::StatusType::Open,
        Category::Waiting => wire::StatusType::Waiting,
        Category::Closed => wire::StatusType::Closed,
    }
}

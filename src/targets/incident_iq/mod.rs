//! Incident IQ: steps and the moves between them, as its API lists the steps of a workflow.

mod losses;
mod read;
mod requests;
mod spelling;
mod tickets;
mod wire;

#[cfg(test)]
mod tests;

use schemars::SchemaGenerator;
use uuid::Uuid;

use crate::diagnostic::Diagnostics;
use crate::fields::Fields;
use crate::graph::{Resolved, StateId};
use crate::model::{Category, State, Text};
use crate::rules::Checked;
use crate::targets::blocks::{self, Block, ByState, described};
use crate::targets::target_collisions::{self, Claim};
use crate::targets::{self, ByHand, Document, Emit, Json, Target, Unique, ids};

const NAME: &str = "incident-iq";

/// See the README beside this file.
pub const TARGET: Target = Target {
    name: NAME,
    title: "Incident IQ",
    readme: include_str!("README.md"),
    documents: &[STEPS, WORKFLOWS, WORKFLOW, TICKETS, REQUESTS, FETCH],
    read_block: blocks::read::<Settings>,
    check: |checked, out| STEPS.check(checked, out),
    losses: &[
        losses::LOSSES,
        targets::losses::OF_WORKFLOWS,
        targets::losses::OF_STATES,
        targets::losses::OF_TRANSITIONS,
    ],
    imports: read::IMPORTS,
    refusals: &read::REFUSALS,
    by_hand: Some(&BY_HAND),
    unique: &[IDS],
    check_together: |_, _| {},
    block_schema: SchemaGenerator::subschema_for::<Settings>,
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

const WORKFLOW: Document = Document {
    name: "workflow",
    about: "the workflow alone, with its steps",
    emit: Emit::Each(emit_workflow),
    schema: || targets::schema_of::<wire::Alone>(targets::Required::AsWritten),
};

const TICKETS: Document = Document {
    name: "tickets",
    about: "the request that moves a ticket by each transition",
    emit: Emit::Each(tickets::emit),
    schema: || targets::schema_of::<Vec<wire::Move>>(targets::Required::AsWritten),
};

/// As the page has them.
const BY_HAND: ByHand = ByHand {
    state: "step",
    ticket: "ticket",
    tickets: "tickets",
    names_transitions: false,
    fields: &[("category", "Status Type")],
    words: &[
        ("open", "Open"),
        ("waiting", "Waiting"),
        ("closed", "Closed"),
    ],
};

const REQUESTS: Document = targets::requests::document(requests::emit);

const FETCH: Document = targets::requests::fetching(requests::fetch);

described! {
    /// What the block `incident-iq` may hold.
    "IncidentIq",
    pub struct Settings {
        /// The workflow's id on the site: the one in the address of its steps.
        workflow_id: blocks::Id = "workflow-id",
        /// The steps' ids on the site, by state; derived for the states that are not named.
        step_ids: ByState<blocks::Id> = "step-ids",
    }
}

impl Block for Settings {
    const TARGET: &'static str = NAME;

    fn finish(&mut self, _: &Fields, resolved: &Resolved, out: &mut Diagnostics) {
        report_shared_ids(resolved, self, out);
    }
}

/// Steps are told apart by their ids. A written id may also be one that is derived for another
/// state: a line of the output that was copied to the wrong state.
fn report_shared_ids(resolved: &Resolved, settings: &Settings, out: &mut Diagnostics) {
    if resolved.workflow().identifier.is_none() {
        return;
    }
    let workflow = ids::of(resolved.workflow());
    // Derived ids first: the written one is the one to blame.
    let (written, derived): (Vec<_>, Vec<_>) = resolved
        .states()
        .partition(|(id, _)| settings.step_ids.contains_key(id));
    let ids = derived.into_iter().chain(written).map(|(id, state)| {
        let given = settings.step_ids.get(&id);
        let (name, place) = (state.name.value.as_str(), state.name.span);
        let place = given.map_or(place, |text| text.span);
        (step_id(&workflow, state, given), name, place)
    });
    out.extend(target_collisions::of_states(NAME, "step", ids));
}

/// Workflows and steps have their ids on one site.
const IDS: Unique = Unique {
    states: "become one step",
    workflows: "become one workflow",
    claims: ids_on_site,
    ..Unique::IDS
};

fn ids_on_site<'w>(workflows: &[&'w Checked]) -> Vec<Claim<'w>> {
    let of_one = |checked: &&'w Checked| {
        let settings = blocks::of::<Settings>(checked);
        let claim = |value: String, state, written: Option<&Text>, place| {
            let place = written.map_or(place, |id| id.span);
            Claim::new(value.to_lowercase(), checked.identifier(), state, place)
        };
        let (whole, place) = (workflow_id(checked, &settings), checked.workflow().place);
        let mut all = vec![claim(whole, None, settings.workflow_id.as_ref(), place)];
        let steps = checked.states().zip(step_ids(checked, &settings));
        all.extend(steps.map(|((id, state), step_id)| {
            let (name, written) = (state.name.value.as_str(), settings.step_ids.get(&id));
            claim(step_id, Some(name), written, state.name.span)
        }));
        all
    };
    workflows.iter().flat_map(of_one).collect()
}

fn step_id(workflow: &Uuid, state: &State, given: Option<&Text>) -> String {
    given.map_or_else(
        || ids::of_state(workflow, state).to_string(),
        |text| text.value.to_string(),
    )
}

fn emit_steps(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let settings = blocks::of::<Settings>(checked);
    TARGET.report_losses(checked, STEPS.name, out);
    Some(Json::new(wire::Steps {
        items: steps(checked, &step_ids(checked, &settings)),
    }))
}

fn emit_workflows(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Json> {
    let mut found = Diagnostics::new();
    TARGET.hold_together(workflows, &mut found);
    let agreed = out.add_blocking(found);
    let one = |checked: &&Checked| workflow(checked, WORKFLOWS.name, out);
    let items: Option<Vec<_>> = workflows.iter().map(one).collect();
    Some(Json::new(wire::Workflows {
        items: items.filter(|_| agreed)?,
    }))
}

fn emit_workflow(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let item = workflow(checked, WORKFLOW.name, out)?;
    Some(Json::new(wire::Alone { item }))
}

fn workflow(checked: &Checked, document: &str, out: &mut Diagnostics) -> Option<wire::Workflow> {
    let settings = blocks::of::<Settings>(checked);
    TARGET.report_losses(checked, document, out);
    let step_ids = step_ids(checked, &settings);
    let (first, _) = checked.starts().next()?;
    Some(wire::Workflow {
        workflow_id: workflow_id(checked, &settings),
        name: checked.title().to_owned(),
        initial_step_id: step_ids.get(first.index())?.clone(),
        steps: steps(checked, &step_ids),
    })
}

fn workflow_id(checked: &Checked, settings: &Settings) -> String {
    settings.workflow_id.as_ref().map_or_else(
        || ids::of(checked.workflow()).to_string(),
        |id| id.value.to_string(),
    )
}

/// The steps' ids, in the order of the states.
fn step_ids(checked: &Checked, settings: &Settings) -> Vec<String> {
    let workflow = ids::of(checked.workflow());
    let id = |(id, state): (StateId, &State)| step_id(&workflow, state, settings.step_ids.get(&id));
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

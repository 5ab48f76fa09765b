//! Bentley iTwin Issues: the whole graph, as its API shows a workflow. The API has no operation
//! that writes one, so the output is for comparison and review, not for sending.

mod losses;
mod read;
mod requests;
mod wire;

#[cfg(test)]
mod tests;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::SchemaGenerator;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::Fields;
use crate::graph::Resolved;
use crate::model::{Category, Notes, Text};
use crate::rules::Checked;
use crate::targets::ByHand;
use crate::targets::blocks::{self, Block, Name, Required, described};
use crate::targets::target_collisions::Claim;
use crate::targets::{
    self, Document, Emit, Json, Target, Unique, ids, missing_target_fields, unknown_values,
};

const NAME: &str = "itwin";

/// See the README beside this file.
pub const TARGET: Target = Target {
    name: NAME,
    title: "Bentley iTwin Issues",
    readme: include_str!("README.md"),
    documents: &[WORKFLOW, REQUESTS, FETCH],
    read_block: blocks::read::<Settings>,
    check: |checked, out| WORKFLOW.check(checked, out),
    losses: &[
        losses::LOSSES,
        targets::losses::OF_WORKFLOWS,
        targets::losses::OF_STATES,
        targets::losses::OF_TRANSITIONS,
    ],
    imports: read::IMPORTS,
    refusals: &read::REFUSALS,
    by_hand: Some(&BY_HAND),
    unique: &[ONE_TYPE],
    check_together: |_, _| {},
    block_schema: SchemaGenerator::subschema_for::<Settings>,
};

/// A warning: two workflows may be meant for different iTwins, which no file names.
const ONE_TYPE: Unique = Unique {
    workflows: "are for one issue type",
    what: "type",
    help: "write another `type` in one of them, unless they are for different iTwins",
    note: Some("an iTwin has one workflow for each issue type"),
    is_warning: true,
    claims: issue_types,
    ..Unique::IDS
};

fn issue_types<'w>(workflows: &[&'w Checked]) -> Vec<Claim<'w>> {
    let claim = |checked: &&'w Checked| {
        let settings = blocks::of::<Settings>(checked);
        let issue_type = settings.issue_type.as_ref()?;
        let value = issue_type.value.to_string();
        Some(Claim::new(
            value,
            checked.identifier(),
            None,
            issue_type.span,
        ))
    };
    workflows.iter().filter_map(claim).collect()
}

const WORKFLOW: Document = Document {
    name: "workflow",
    about: "the response to \"get workflow\"",
    emit: Emit::Each(emit),
    schema: || targets::schema_of::<wire::WorkflowResponse>(targets::Required::None),
};

/// As the page has them.
const BY_HAND: ByHand = ByHand {
    state: "state",
    ticket: "issue",
    tickets: "issues",
    names_transitions: true,
    fields: &[
        ("category", "state category"),
        ("color", "colour"),
        ("editable", "editable properties"),
        ("notes", "workflow note"),
    ],
    words: &[
        ("open", "Open"),
        ("closed", "Closed"),
        ("draft", "Draft"),
        ("none", "None"),
        ("optional", "Optional"),
        ("required", "Required"),
    ],
};

const REQUESTS: Document = targets::requests::document(requests::emit);

const FETCH: Document = targets::requests::fetching(requests::fetch);

described! {
    /// What the block `itwin` may hold.
    "ITwin",
    pub struct Settings {
        /// The workflow's id in iTwin; derived from the identifier where absent.
        id: Name = "id",
        /// The issue type that the workflow is for, such as `Issue` or `RFI`.
        issue_type: Required<Name> = "type",
    }
}

impl Block for Settings {
    const TARGET: &'static str = NAME;

    fn finish(&mut self, _: &Fields, _: &Resolved, out: &mut Diagnostics) {
        out.extend(self.issue_type.as_ref().and_then(unlisted_type));
    }
}

/// The issue types that Bentley's sample client knew in 2022. The service documents no list, so
/// another one is only a warning.
const KNOWN_TYPES: &[&str] = &[
    "Civil Design",
    "Clash",
    "Closeout",
    "Communication",
    "Deficiency",
    "Design",
    "Field Data",
    "Issue",
    "Observation",
    "Other",
    "Punchlist",
    "Risk",
    "RFI",
    "Submittal Issue",
    "Task",
    "Transmittal Issue",
];

fn unlisted_type(written: &Text) -> Option<Diagnostic> {
    if KNOWN_TYPES.contains(&written.value.as_str()) {
        return None;
    }
    Some(unknown_values::report(
        "`type` of target `itwin`",
        &written.value,
        written.span,
        KNOWN_TYPES,
    ))
}

fn emit(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let settings = blocks::of::<Settings>(checked);
    let Some(issue_type) = &settings.issue_type else {
        let place = targets::place_of(checked, NAME);
        let missing = [("type", "Other")];
        out.extend(missing_target_fields::report(NAME, None, &missing, place));
        return None;
    };
    TARGET.report_losses(checked, WORKFLOW.name, out);
    losses::report(checked, out);
    Some(Json::new(wire::WorkflowResponse {
        workflow: workflow(checked, issue_type.value.to_string()),
    }))
}

/// The workflow in the answer, for this issue type.
fn workflow(checked: &Checked, issue_type: String) -> wire::Workflow {
    let settings = blocks::of::<Settings>(checked);
    let new_ticket = checked.workflow().new_ticket.as_ref();
    wire::Workflow {
        id: settings
            .id
            .as_ref()
            .map_or_else(|| derived_id(checked), |id| id.value.to_string()),
        start_states: start_states(checked),
        issue_type,
        states: states(checked),
        transitions: transitions(checked),
        starting_transitions: starting_transitions(checked),
        uninitialized_state: new_ticket.map(|new| wire::UninitializedState {
            editable_properties: new.editable.as_ref().map(|e| targets::values(&e.value)),
        }),
    }
}

/// Forty-three characters in the alphabet of the page's example (base64 for URLs, RFC 4648 §5,
/// of 32 bytes), always the same for the same identifier.
fn derived_id(checked: &Checked) -> String {
    let workflow = ids::of(checked.workflow());
    let halves = [workflow, ids::part(&workflow, NAME)];
    let bytes: Vec<u8> = halves
        .iter()
        .flat_map(|half| half.as_bytes())
        .copied()
        .collect();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Each once: a ticket may be created in one state in several ways.
fn start_states(checked: &Checked) -> Vec<String> {
    let starts = checked.resolved().start_states();
    starts
        .into_iter()
        .map(|id| checked.name(id).to_owned())
        .collect()
}

fn states(checked: &Checked) -> Vec<wire::State> {
    let state = |(id, state): (_, &crate::model::State)| wire::State {
        name: state.name.value.to_string(),
        color: state.color.as_ref().map(|c| c.value.to_string()),
        editable_properties: state.editable.as_ref().map(|e| targets::values(&e.value)),
        state_category: match checked.category(id) {
            Category::Draft => wire::StateCategory::Draft,
            Category::Open | Category::Waiting => wire::StateCategory::Open,
            Category::Closed => wire::StateCategory::Closed,
        },
    };
    checked.states().map(state).collect()
}

fn transitions(checked: &Checked) -> Vec<wire::Transition> {
    let transition = |step: &crate::rules::Step| {
        let transition = checked.transition(step);
        wire::Transition {
            display_name: transition.label().to_owned(),
            start: checked.name(step.from).to_owned(),
            end: checked.name(step.to).to_owned(),
            notes: notes(transition.notes()),
        }
    };
    checked.steps().iter().map(transition).collect()
}

/// `null` where every start state is only named: the page lets clients offer them all the same.
fn starting_transitions(checked: &Checked) -> Option<Vec<wire::StartingTransition>> {
    let transition = |(id, start): (_, &crate::model::Start)| {
        let said = start.transition.as_ref()?;
        let end = checked.name(id).to_owned();
        Some(wire::StartingTransition {
            display_name: said
                .name
                .as_ref()
                .map_or_else(|| end.clone(), |n| n.value.to_string()),
            end,
            notes: notes(said.notes()),
        })
    };
    let all: Vec<_> = checked.starts().filter_map(transition).collect();
    (!all.is_empty()).then_some(all)
}

fn notes(notes: Notes) -> wire::Notes {
    match notes {
        Notes::None => wire::Notes::None,
        Notes::Optional => wire::Notes::Optional,
        Notes::Required => wire::Notes::Required,
    }
}

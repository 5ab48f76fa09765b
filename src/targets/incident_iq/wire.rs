//! The shapes of Incident IQ's Workflows API: the four fields that its page names for a step, in
//! the page's order and case. The page gives no types; see the README for what we chose.

use schemars::JsonSchema;
use serde::Serialize;

use crate::targets::values::UuidText;

/// The response of `GET /workflows/{workflowId}/steps`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Steps {
    /// The steps, in the order of the workflow file.
    pub items: Vec<Step>,
}

/// The response of `GET /workflows`. The page shows only that the workflows are its `Items`; the
/// names of their fields are those of the vendor's own description of the API.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Workflows {
    /// The workflows, in the order of their files.
    pub items: Vec<Workflow>,
}

/// The response of `GET /workflows/{workflowId}`. The page shows only the request; that the workflow
/// is its `Item` is what the vendor's own description of the API says.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Alone {
    /// The workflow.
    pub item: Workflow,
}

/// How a ticket is moved: no answer of the product, but a request for each transition.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Move {
    /// What the workflow file calls the transition.
    pub transition: String,
    /// The step that the ticket is in.
    pub from: String,
    /// The step that it comes to.
    pub to: String,
    /// The method.
    pub method: &'static str,
    /// What follows the address; `{ticketId}` is the ticket's id.
    pub path: &'static str,
}

/// A workflow of a site.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Workflow {
    /// A UUID, unique on the site.
    #[schemars(with = "UuidText")]
    pub workflow_id: String,
    /// Shown to people.
    pub name: String,
    /// The `StepId` of the step that a new ticket begins in.
    #[schemars(with = "UuidText")]
    pub initial_step_id: String,
    /// The steps, in the order of the workflow file.
    pub steps: Vec<Step>,
}

/// A stage of a workflow.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Step {
    /// A UUID, unique in the workflow.
    #[schemars(with = "UuidText")]
    pub step_id: String,
    /// Shown to people.
    pub name: String,
    /// What the step means for the SLA timer.
    pub status_type: StatusType,
    /// The `StepId`s of the steps that a ticket may move to from here.
    #[schemars(with = "Vec<UuidText>")]
    pub allowed_transitions: Vec<String>,
}

/// The values of `StatusType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(inline)]
pub enum StatusType {
    /// The SLA timer runs.
    Open,
    /// The SLA timer is paused.
    Waiting,
    /// The SLA timer has stopped.
    Closed,
}

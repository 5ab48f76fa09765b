//! The shapes of Bentley's Issues API, operation "Get workflow": fields, order, `null` and enums
//! as its page shows them. Every object is closed (`additionalProperties: false`) and the page
//! requires no field; we always write all of them, as its example does.

use schemars::JsonSchema;
use serde::Serialize;

/// The response of `GET https://api.bentley.com/issues/workflows/{type}`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkflowResponse {
    /// The workflow.
    pub workflow: Workflow,
}

/// "Workflow (get)" on the page.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Workflow {
    /// An opaque identifier.
    pub id: String,
    /// The states that a new issue's `status` may have.
    pub start_states: Vec<String>,
    /// The issue type that the workflow is for.
    #[serde(rename = "type")]
    pub issue_type: String,
    /// The values that an issue's `status` may have.
    pub states: Vec<State>,
    /// How `status` may change.
    pub transitions: Vec<Transition>,
    /// The words for creating an issue in a start state; `null` where there are none.
    pub starting_transitions: Option<Vec<StartingTransition>>,
    /// What may be set before the first save; `null` for no restriction.
    pub uninitialized_state: Option<UninitializedState>,
}

/// "Workflow State" on the page.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct State {
    /// Shown to people, and unique in the workflow.
    pub name: String,
    /// A hint for clients, `#rrggbb`.
    pub color: Option<String>,
    /// The properties that may be edited while an issue is in this state.
    pub editable_properties: Option<Vec<String>>,
    /// What the issue's `state` is set to.
    pub state_category: StateCategory,
}

/// The values of `stateCategory`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(inline)]
pub enum StateCategory {
    /// Done with.
    Closed,
    /// In work.
    Open,
    /// Not yet submitted.
    Draft,
}

/// The values of `notes`: whether a transition lets or makes people write a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(inline)]
pub enum Notes {
    /// No note.
    None,
    /// A note may be written.
    Optional,
    /// A note must be written.
    Required,
}

/// "Workflow Transition" on the page.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Transition {
    /// What the button says.
    pub display_name: String,
    /// The name of the state it leaves.
    pub start: String,
    /// The name of the state it leads to.
    pub end: String,
    /// Whether a note is asked for.
    pub notes: Notes,
}

/// "Starting Transition" on the page. Its prose speaks of a `start` that is null; its schema and
/// its example have none, and so have we.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartingTransition {
    /// What the button says.
    pub display_name: String,
    /// The start state it leads to.
    pub end: String,
    /// Whether a note is asked for.
    pub notes: Notes,
}

/// "Uninitialized State" on the page. It has no `name`, although the prose speaks of one.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UninitializedState {
    /// The properties that may be set; `null` for no restriction.
    pub editable_properties: Option<Vec<String>>,
}

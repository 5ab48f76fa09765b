//! The shapes of actiTIME's resource "workflow statuses", as the examples of its page show them.

use std::num::NonZeroU64;

use schemars::JsonSchema;
use serde::Serialize;

/// The response of `GET /workflowStatuses`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statuses {
    /// How many statuses are left out at the start.
    pub offset: u32,
    /// How many statuses are listed at most.
    pub limit: u32,
    /// The statuses.
    pub items: Vec<Status>,
}

/// A status in the list. The page's list has no `allowedActions`: only the server knows them.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// Set by the server; absent where the workflow file does not know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<NonZeroU64>,
    /// Shown to people.
    pub name: String,
    /// The group that the status belongs to.
    #[serde(rename = "type")]
    pub group: Group,
}

/// The response of `GET /workflowStatuses/{id}`, and of `PATCH` and `POST`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Set by the server.
    pub id: NonZeroU64,
    /// Shown to people.
    pub name: String,
    /// The group that the status belongs to.
    #[serde(rename = "type")]
    pub group: Group,
    /// What the user who asks may do; absent where the workflow file does not know it.
    #[serde(rename = "allowedActions", skip_serializing_if = "Option::is_none")]
    pub allowed_actions: Option<AllowedActions>,
}

/// What a user may do with a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AllowedActions {
    /// Whether it may be named anew.
    pub can_modify: bool,
    /// Whether it may be deleted: not while a task has it.
    pub can_delete: bool,
}

/// The body of `POST /workflowStatuses`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStatus {
    /// Shown to people.
    pub name: String,
    /// The group that the status belongs to; it cannot be changed later.
    #[serde(rename = "type")]
    pub group: Group,
}

/// The body of `PATCH /workflowStatuses/{id}`, which changes nothing else.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Shown to people.
    pub name: String,
}

/// The values of `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum Group {
    /// Work is left to do.
    Open,
    /// Work is done.
    Completed,
}

impl Group {
    /// The value as the product writes it.
    pub fn word(self) -> &'static str {
        match self {
            Group::Open => "open",
            Group::Completed => "completed",
        }
    }
}

//! The shapes of Jira Cloud's resource "workflows", of the generation that writes `links` and
//! `toStatusReference`; the one before it wrote `from` and `to`, and a request mixes them never.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::targets::blocks::Words;

/// The body of `POST /rest/api/3/workflows/create`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRequest {
    /// Where the workflows may be used.
    pub scope: Scope,
    /// The statuses of all the workflows, each once.
    #[schemars(length(max = 1000))]
    pub statuses: Vec<Status>,
    /// The workflows.
    #[schemars(length(max = 20))]
    pub workflows: Vec<Workflow>,
}

/// The body of `POST /rest/api/3/workflows/create/validation`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ValidateRequest {
    /// What would be sent to create the workflows.
    pub payload: CreateRequest,
    /// What should be answered.
    pub validation_options: ValidationOptions,
}

/// The body of `POST /rest/api/3/workflows/update`, which changes workflows that are there. It has
/// neither a scope nor names of workflows: these stay.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateRequest {
    /// The statuses of all the workflows, each once, and those that they lose.
    #[schemars(length(max = 1000))]
    pub statuses: Vec<Status>,
    /// The workflows.
    pub workflows: Vec<WorkflowUpdate>,
}

/// A workflow as it is to be.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkflowUpdate {
    /// Which one.
    pub id: String,
    /// The version that the changes are made to; Jira refuses them where it has a later one.
    pub version: Version,
    /// Shown to people, and may be empty.
    pub description: String,
    /// Where the issues of statuses go that the workflow loses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("minItems" = 1))]
    pub default_status_mappings: Vec<StatusMigration>,
    /// The statuses that an issue may have.
    pub statuses: Vec<StatusUse>,
    /// How an issue's status may change.
    pub transitions: Vec<Transition>,
}

/// A version of a workflow. Each change makes a new one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Version {
    /// Its id.
    pub id: String,
    /// Its number.
    pub version_number: u64,
}

/// Where the issues of a status go.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatusMigration {
    /// The status that the workflow loses.
    pub old_status_reference: String,
    /// The status that takes its issues.
    pub new_status_reference: String,
}

/// The body of `POST /rest/api/3/workflows/update/validation`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ValidateUpdateRequest {
    /// What would be sent to update the workflows.
    pub payload: UpdateRequest,
    /// What should be answered.
    pub validation_options: ValidationOptions,
}

/// A page of the answer of `GET /rest/api/3/workflows/search` with `expand=values.transitions`. What
/// only Jira knows, such as versions and uses, is left out.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Page {
    /// Whether no page follows.
    pub is_last: bool,
    /// How many workflows a page has at most.
    pub max_results: usize,
    /// The number of the first workflow of the page, from 0.
    pub start_at: usize,
    /// The statuses of the workflows, each once.
    pub statuses: Vec<ShownStatus>,
    /// How many workflows there are on all pages.
    pub total: usize,
    /// The workflows.
    pub values: Vec<ShownWorkflow>,
}

/// The answer of `POST /rest/api/3/workflows`, which shows workflows by their ids or names. What
/// only Jira knows, such as versions and uses, is left out.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The statuses of all the workflows, each once.
    pub statuses: Vec<ShownStatus>,
    /// The workflows.
    pub workflows: Vec<ShownWorkflow>,
}

/// A status as Jira shows it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ShownStatus {
    /// Shown to people, and may be empty.
    pub description: String,
    /// Absent where the workflow file does not know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Shown to people.
    pub name: String,
    /// Where the status may be used.
    pub scope: Scope,
    /// What the status means for boards and reports.
    pub status_category: StatusCategory,
    /// What the rest of the answer calls the status.
    pub status_reference: String,
}

/// A workflow as Jira shows it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShownWorkflow {
    /// Shown to people, and may be empty.
    pub description: String,
    /// Absent where the workflow file does not know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Shown to people.
    pub name: String,
    /// Where the workflow may be used.
    pub scope: Scope,
    /// The statuses that an issue may have.
    pub statuses: Vec<StatusUse>,
    /// How an issue's status may change.
    pub transitions: Vec<Transition>,
}

/// Which faults a validation should name.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidationOptions {
    /// How grave they are.
    pub levels: [Level; 2],
}

impl ValidationOptions {
    /// Whatever Jira has to say.
    pub const ALL: ValidationOptions = ValidationOptions {
        levels: [Level::Error, Level::Warning],
    };
}

/// How grave a fault is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(inline)]
pub enum Level {
    /// The workflow cannot be created.
    Error,
    /// It can, and may not do what is meant.
    Warning,
}

/// Where workflows may be used.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The kind of scope.
    #[serde(rename = "type")]
    pub kind: ScopeKind,
    /// The project, where the workflows are its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<Project>,
}

/// The kinds of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(inline)]
pub enum ScopeKind {
    /// Every company-managed project of the site.
    Global,
    /// One team-managed project.
    Project,
}

/// A project.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Its id, a number as text.
    pub id: String,
}

/// A status that workflows refer to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Status {
    /// The id of an existing status; absent for one that is to be created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Shown to people.
    #[schemars(length(min = 1, max = 255))]
    pub name: String,
    /// Shown to people, and may be empty. Absent where the file has none and the status exists: an
    /// empty one would wipe that which others have written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What the status means for boards and reports.
    pub status_category: StatusCategory,
    /// What the rest of the request calls the status.
    #[schemars(extend("format" = "uuid"))]
    pub status_reference: String,
}

/// The values of `statusCategory`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[schemars(inline)]
pub enum StatusCategory {
    /// Not begun.
    Todo,
    /// In work.
    InProgress,
    /// Done with.
    Done,
}

impl Words for StatusCategory {
    const WORDS: &'static [(&'static str, StatusCategory)] = &[
        ("TODO", StatusCategory::Todo),
        ("IN_PROGRESS", StatusCategory::InProgress),
        ("DONE", StatusCategory::Done),
    ];
}

impl fmt::Display for StatusCategory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl StatusCategory {
    /// Its word.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// A workflow.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Workflow {
    /// Shown to people, and unique on the site.
    pub name: String,
    /// Shown to people, and may be empty.
    pub description: String,
    /// The statuses that an issue may have.
    pub statuses: Vec<StatusUse>,
    /// How an issue's status may change.
    pub transitions: Vec<Transition>,
}

/// A status as one of a workflow's.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatusUse {
    /// The status.
    pub status_reference: String,
    /// Words that Jira gives a meaning, such as `jira.issue.editable`.
    pub properties: BTreeMap<String, String>,
    /// Who has to approve before an issue leaves the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_configuration: Option<Approval>,
}

/// An approval of Jira Service Management.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Approval {
    /// `true` or `false`.
    #[schemars(extend("enum" = ["true", "false"]))]
    pub active: String,
    /// What `conditionValue` counts.
    pub condition_type: ApprovalCount,
    /// How many approvals are needed: 20 at most, or 100 percent.
    pub condition_value: String,
    /// Who cannot approve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude: Option<Vec<Excluded>>,
    /// The id of the field that names those who approve.
    pub field_id: String,
    /// The id of the field from which that one is filled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pre_populated_field_id: Option<String>,
    /// The id of the transition that is made when it is approved.
    pub transition_approved: String,
    /// The id of the transition that is made when it is declined.
    pub transition_rejected: String,
}

/// What the number of an approval counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(inline)]
pub enum ApprovalCount {
    /// People.
    Number,
    /// People of each group.
    NumberPerPrincipal,
    /// Hundredths of the people.
    Percent,
}

impl Words for ApprovalCount {
    const WORDS: &'static [(&'static str, ApprovalCount)] = &[
        ("number", ApprovalCount::Number),
        ("numberPerPrincipal", ApprovalCount::NumberPerPrincipal),
        ("percent", ApprovalCount::Percent),
    ];
}

/// Who can be kept from approving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(inline)]
pub enum Excluded {
    /// Whoever the issue is assigned to.
    Assignee,
    /// Whoever reported the issue.
    Reporter,
}

impl Words for Excluded {
    const WORDS: &'static [(&'static str, Excluded)] = &[
        ("assignee", Excluded::Assignee),
        ("reporter", Excluded::Reporter),
    ];
}

/// A transition.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Transition {
    /// A number as text, unique in the workflow.
    pub id: String,
    /// What the button says.
    pub name: String,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where the transition begins.
    #[serde(rename = "type")]
    pub kind: TransitionKind,
    /// The status that it leads to.
    pub to_status_reference: String,
    /// The statuses in which a `DIRECTED` transition begins; empty for the other types.
    pub links: Vec<Link>,
    /// As of a status.
    pub properties: BTreeMap<String, String>,
    /// What happens on the way.
    pub actions: Vec<Rule>,
    /// On what it can be made; absent where anybody can, at any time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conditions: Option<ConditionGroup>,
    /// What must be true to go.
    pub validators: Vec<Rule>,
    /// What makes it happen by itself.
    pub triggers: Vec<Rule>,
    /// The screen that is shown on the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transition_screen: Option<Rule>,
    /// The id of an event that the site has made for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_issue_event_id: Option<String>,
}

/// A rule of Jira's own or of an app's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// Its id, where it is there already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Which rule it is.
    pub rule_key: String,
    /// What it is about: all of it is text, lists with commas between.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<BTreeMap<String, String>>,
}

/// Conditions, and groups of them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConditionGroup {
    /// Whether all of them must hold.
    pub operation: Operation,
    /// Groups in the group. Jira refuses a group that does not list them, if there are none, too
    /// (JRACLOUD-82794).
    pub condition_groups: Vec<ConditionGroup>,
    /// The conditions.
    pub conditions: Vec<Rule>,
}

/// How many of several conditions must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(inline)]
pub enum Operation {
    /// All.
    All,
    /// One.
    Any,
}

/// The types of transitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schemars(inline)]
pub enum TransitionKind {
    /// Creates an issue; a workflow has one.
    Initial,
    /// Begins in every status, also in the one it leads to.
    Global,
    /// Begins in the statuses of its links.
    Directed,
}

/// A status in which a transition begins.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Link {
    /// The status.
    pub from_status_reference: String,
}

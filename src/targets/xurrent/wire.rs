//! The shapes of Xurrent's workflow record. The order of fields is that of the page's example of
//! a single workflow; fields that the example lacks follow, in the order of the page's list.

use std::num::NonZeroU64;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::page::{CATEGORIES, COMPLETION_REASONS, JUSTIFICATIONS, STATUSES};

/// A link to another record, as the page shows it: its id, and texts to tell it by.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Reference {
    /// The id of the record.
    pub id: NonZeroU64,
    /// What else is written of it, such as its name.
    #[serde(flatten)]
    pub labels: Map<String, Value>,
}

impl Reference {
    /// To a record of which only the id is known.
    pub fn to(id: NonZeroU64) -> Self {
        Reference {
            id,
            labels: Map::new(),
        }
    }
}

/// The body of a request that creates or updates a workflow. The page shows no body: it says
/// that its fields are available, so nothing that is not set is written.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the page's own field names, each explained there
pub struct Body {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = COMPLETION_REASONS.all()))]
    pub completion_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = CATEGORIES.all()))]
    pub category: Option<String>,
    #[serde(rename = "sourceID", skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 128))]
    pub source_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_id: Option<NonZeroU64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<NonZeroU64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<NonZeroU64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<NonZeroU64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 255))]
    pub subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = JUSTIFICATIONS.all()))]
    pub justification: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = STATUSES.all()))]
    pub status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 30))]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template_id: Option<NonZeroU64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_fields: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_fields_attachments: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note_attachments: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prevent_request_completion: Option<bool>,
}

/// One workflow as `GET /workflows/:id` shows it: the fields of the page's example, `null` for
/// what is not known or not set. The answers to the requests that archive and trash it say so first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the page's own field names, each explained there
pub struct Workflow {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trashed: Option<&'static str>,
    pub completion_reason: Option<String>,
    pub completed_at: Option<String>,
    pub created_at: Option<String>,
    #[schemars(extend("enum" = CATEGORIES.all()))]
    pub category: String,
    #[serde(rename = "sourceID")]
    pub source_id: Option<String>,
    pub updated_at: Option<String>,
    pub release: Option<Reference>,
    pub project: Option<Reference>,
    pub service: Reference,
    pub manager: Option<Reference>,
    pub subject: String,
    pub start_at: Option<String>,
    pub id: Option<NonZeroU64>,
    #[schemars(extend("enum" = JUSTIFICATIONS.all()))]
    pub justification: String,
    pub impact: String,
    #[schemars(extend("enum" = STATUSES.all()))]
    pub status: String,
    pub source: Option<String>,
    pub workflow_type: String,
    pub completion_target_at: Option<String>,
    pub template: Reference,
    pub custom_fields: Option<Value>,
}

/// One workflow as `GET /workflows` lists it: the fields that a collection has where no others
/// are asked for, `null` for what is not known or not set.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the page's own field names, each explained there
pub struct Listed {
    pub completed_at: Option<String>,
    pub created_at: Option<String>,
    #[schemars(extend("enum" = CATEGORIES.all()))]
    pub category: String,
    #[serde(rename = "sourceID")]
    pub source_id: Option<String>,
    pub updated_at: Option<String>,
    pub service: Reference,
    pub manager: Option<Reference>,
    pub subject: String,
    pub id: Option<NonZeroU64>,
    pub impact: String,
    #[schemars(extend("enum" = STATUSES.all()))]
    pub status: String,
    pub completion_target_at: Option<String>,
}

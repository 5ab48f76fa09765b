//! What the block `xurrent` may hold, for the schema of workflow files.
#![allow(dead_code)] // the block is read field by field, for reports with places

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use schemars::JsonSchema;
use serde_json::{Map, Value};

use super::page::{CATEGORIES, COMPLETION_REASONS, JUSTIFICATIONS, STATUSES};

/// What the block `xurrent` may hold.
#[derive(JsonSchema)]
#[schemars(rename = "Xurrent", deny_unknown_fields)]
pub struct Block {
    /// The workflow record, in the product's own field names.
    record: Option<Record>,
    /// The product's status for states, by state; the start state's is written to a new record.
    status: Option<BTreeMap<String, Status>>,
    /// How requests write references: `nested` as `{"manager": {"id": 77}}`, `ids` as
    /// `{"manager_id": 77}`. Nested where absent.
    references: Option<References>,
}

/// How requests write references.
#[derive(JsonSchema)]
#[schemars(inline, rename_all = "lowercase")]
enum References {
    Nested,
    Ids,
}

/// A status of the product.
#[derive(JsonSchema)]
#[schemars(inline, extend("enum" = STATUSES.all()))]
struct Status(String);

/// Another record of the product.
#[derive(JsonSchema)]
#[schemars(rename = "XurrentReference", untagged)]
enum Reference {
    /// Its id.
    Id(NonZeroU64),
    /// Its id, and texts to tell it by, such as its name.
    Nested {
        /// The id of the record.
        id: NonZeroU64,
        #[schemars(flatten)]
        labels: Map<String, Value>,
    },
}

/// The writable fields of a workflow record.
#[derive(JsonSchema)]
#[schemars(rename = "XurrentRecord", deny_unknown_fields)]
pub struct Record {
    /// Planned with an approved template, planned without one, or not planned. Required to create.
    #[schemars(extend("enum" = CATEGORIES.all()))]
    category: Option<String>,
    /// How it ended; only with the status `completed`.
    #[schemars(extend("enum" = COMPLETION_REASONS.all()))]
    completion_reason: Option<String>,
    /// What the template's form asks for, in the product's own JSON.
    custom_fields: Option<Value>,
    /// Files for the custom fields, in the product's own JSON.
    custom_fields_attachments: Option<Value>,
    /// Why it was asked for. Required to create.
    #[schemars(extend("enum" = JUSTIFICATIONS.all()))]
    justification: Option<String>,
    /// The person who coordinates it; the one who sends the request where absent.
    manager: Option<Reference>,
    /// What it should achieve, at most 64 KB; the workflow's description where absent.
    note: Option<String>,
    /// Files for the note, in the product's own JSON.
    note_attachments: Option<Value>,
    /// The project that it belongs to.
    project: Option<Reference>,
    /// The release that it belongs to.
    release: Option<Reference>,
    /// The service that it affects. Required to create.
    service: Option<Reference>,
    /// The system that the record comes from.
    #[schemars(length(max = 30))]
    source: Option<String>,
    /// The record's id in that system.
    #[schemars(rename = "sourceID", length(max = 128))]
    source_id: Option<String>,
    /// When its first tasks are assigned, such as `2016-03-14T09:14:13Z`.
    start_at: Option<String>,
    /// Where it stands; the product sets it from its tasks.
    #[schemars(extend("enum" = STATUSES.all()))]
    status: Option<String>,
    /// What it is about; the workflow's name where absent. Required to create.
    #[schemars(length(min = 1, max = 255))]
    subject: Option<String>,
    /// The template that it is made from. Required to create.
    template: Option<Reference>,
    /// The reference of one of the account's workflow types. Required to create.
    workflow_type: Option<String>,
    /// As `manager`, its id alone.
    manager_id: Option<NonZeroU64>,
    /// As `project`, its id alone.
    project_id: Option<NonZeroU64>,
    /// As `release`, its id alone.
    release_id: Option<NonZeroU64>,
    /// As `service`, its id alone.
    service_id: Option<NonZeroU64>,
    /// As `template`, its id alone.
    template_id: Option<NonZeroU64>,
}

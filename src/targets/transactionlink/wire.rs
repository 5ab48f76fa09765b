//! The request bodies of TransactionLink's Workflows API: fields and order of its page.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::targets::values::UuidText;

/// The body of `POST /workflows/run`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Run {
    /// The case to run it for.
    #[schemars(with = "UuidText")]
    pub case_id: String,
    /// The workflow definition on the server.
    pub workflow_definition_id: String,
    /// A set of parameters on the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters_id: Option<String>,
}

/// The body of `POST /cases`: text or nothing for each field.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// First name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// A number that a state or a company gives a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personal_number: Option<String>,
    /// An e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The company's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_name: Option<String>,
    /// The company's number in a register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_number: Option<String>,
    /// The company's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_address: Option<String>,
}

/// The body of `POST /parameters`. The page of the API leaves it blank; the vendor's guide to
/// running workflows shows these two fields.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Parameters {
    /// The workflow definition on the server.
    pub workflow_definition_id: String,
    /// What the definition's dashboard says.
    pub parameters: Map<String, Value>,
}

/// The response of `POST /workflows/run` and of `GET /workflows/{workflowId}`. The page leaves the
/// list of what `status` may be blank.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Status {
    /// The run.
    #[schemars(with = "UuidText")]
    pub id: String,
    /// The case that it is for.
    pub case_id: String,
    /// Where it stands.
    pub status: String,
}

/// The body of `POST /workflows` in the newer version of the API, which knows no cases.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Workflow {
    /// The workflow definition on the server.
    pub workflow_definition_id: String,
    /// The language of the run.
    pub locale: String,
    /// What the definition's dashboard says.
    pub parameters: Map<String, Value>,
    /// The record that it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<UuidText>")]
    pub record_id: Option<String>,
    /// When it ends at the latest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// The body of `POST /auth/authorize`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// The key of the dashboard.
    pub key: String,
    /// Its secret.
    pub secret: String,
}

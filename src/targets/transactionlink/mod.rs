//! TransactionLink: the request that runs a definition kept on its server. The API has no words
//! for states and transitions.

mod read;
mod requests;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostics, Severity};
use crate::fields::{self, Field, Fields, Subject, invalid_values, wrong_types};
use crate::graph::Resolved;
use crate::model::{TargetBlock, Text};
use crate::node::{Entry, Node};
use crate::rules::Checked;
use crate::source::{Span, Spanned};
use crate::targets::blocks::{self, UuidText};
use crate::targets::missing_target_fields::{self, Missing};
use crate::targets::{self, Document, Emit, Json, Loss, Target, losses, unknown_values};

const NAME: &str = "transactionlink";

/// See the README beside this file.
pub const TARGET: Target = Target {
    name: NAME,
    title: "TransactionLink",
    readme: include_str!("README.md"),
    documents: &[RUN, CASE, PARAMETERS, REQUESTS],
    check_block: |resolved, block, out| {
        settings(resolved, block, out);
    },
    check: |checked, out| {
        run_settings(checked, out);
    },
    losses: LOSSES,
    imports: read::IMPORTS,
    refusals: &read::REFUSALS,
    // Each run is for itself.
    check_together: |_, _| {},
    block_schema: SchemaGenerator::subschema_for::<Block>,
};

const LOSSES: &[Loss] = &[
    Loss::of_all(
        losses::STATES_AND_TRANSITIONS,
        "keeps no states and no transitions",
        "it runs the definition that its dashboard has drawn, and without people at the keyboard",
    )
    .label("only a run is compiled for this product"),
    losses::TITLES,
    losses::TICKET_TYPES,
];

const RUN: Document = Document {
    name: "run",
    about: "the body that runs the workflow for a case",
    emit: Emit::Each(emit_run),
    schema: || targets::schema_of::<wire::Run>(targets::Required::AsWritten),
};

const CASE: Document = Document {
    name: "case",
    about: "the body that creates a case",
    emit: Emit::Each(emit_case),
    schema: || targets::schema_of::<wire::Case>(targets::Required::AsWritten),
};

const PARAMETERS: Document = Document {
    name: "parameters",
    about: "the body that creates a set of parameters",
    emit: Emit::Each(emit_parameters),
    schema: || targets::schema_of::<wire::Parameters>(targets::Required::AsWritten),
};

const REQUESTS: Document = targets::requests::document(requests::emit);

/// What the block `transactionlink` may hold.
#[derive(JsonSchema)]
#[schemars(
    rename = "TransactionLink",
    rename_all = "kebab-case",
    deny_unknown_fields
)]
#[allow(dead_code)] // read field by field, for reports with places
struct Block {
    /// The id of the workflow definition on the server; required for a run.
    workflow_definition_id: Option<String>,
    /// The id of the case to run the workflow for; required for a run.
    case_id: Option<UuidText>,
    /// A case to create, in the product's own field names.
    case: Option<CaseRecord>,
    /// The id of a set of parameters on the server.
    parameters_id: Option<String>,
    /// Parameters to create: names and values as the definition's dashboard has them.
    parameters: Option<BTreeMap<String, Value>>,
}

const FIELDS: &[&str] = &[
    "workflow-definition-id",
    "case-id",
    "case",
    "parameters-id",
    "parameters",
];

/// A case, in the product's own field names.
#[derive(JsonSchema)]
#[schemars(
    rename = "TransactionLinkCase",
    rename_all = "camelCase",
    deny_unknown_fields
)]
#[allow(dead_code)] // only its schema is used
struct CaseRecord {
    /// First name.
    first_name: Option<String>,
    /// Last name.
    last_name: Option<String>,
    /// A number that a state or a company gives a person.
    personal_number: Option<String>,
    /// An e-mail address.
    email: Option<String>,
    /// The company's name.
    company_name: Option<String>,
    /// The company's number in a register.
    company_number: Option<String>,
    /// The company's address.
    company_address: Option<String>,
}

const CASE_FIELDS: &[&str] = &[
    "firstName",
    "lastName",
    "personalNumber",
    "email",
    "companyName",
    "companyNumber",
    "companyAddress",
];

/// The page's own example, for helps.
const EXAMPLE_ID: &str = "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c";

#[derive(Default)]
struct Settings {
    definition: Option<Text>,
    case_id: Option<Text>,
    case: Option<Spanned<wire::Case>>,
    parameters_id: Option<Text>,
    parameters: Option<Spanned<Map<String, Value>>>,
}

fn settings(_: &Resolved, block: &TargetBlock, out: &mut Diagnostics) -> Settings {
    let owner = Subject::named("target", NAME);
    let Some(fields) = Fields::of(&block.body, owner, block.name.span, FIELDS, out) else {
        return Settings::default();
    };
    let definition = name(&fields, "workflow-definition-id", out);
    if let Some(id) = definition.as_ref().filter(|id| !blocks::is_uuid(&id.value)) {
        let field = fields.field("workflow-definition-id").to_string();
        out.push(unknown_values::unusual(
            &field, &id.value, id.span, "a UUID",
        ));
    }
    Settings {
        definition,
        case_id: fields
            .get("case-id")
            .and_then(|node| blocks::uuid(node, fields.field("case-id"), out)),
        case: fields.entry("case").and_then(|entry| case(entry, out)),
        parameters_id: name(&fields, "parameters-id", out),
        parameters: fields
            .entry("parameters")
            .and_then(|entry| parameters(entry, fields.field("parameters"), out)),
    }
}

fn name(fields: &Fields, name: &'static str, out: &mut Diagnostics) -> Option<Text> {
    let node = fields.get(name)?;
    fields::name(node, fields.owner().field(name), out)
}

fn case(entry: &Entry, out: &mut Diagnostics) -> Option<Spanned<wire::Case>> {
    let owner = Subject::named("`case` of target", NAME);
    let fields = Fields::of(&entry.value, owner, entry.key_span(), CASE_FIELDS, out)?;
    let mut text = |name: &'static str| -> Option<Text> {
        fields::text(fields.get(name)?, fields.field(name), out)
    };
    let mut value = |name| text(name).map(|t| t.value.to_string());
    let case = wire::Case {
        first_name: value("firstName"),
        last_name: value("lastName"),
        personal_number: value("personalNumber"),
        email: value("email"),
        company_name: value("companyName"),
        company_number: value("companyNumber"),
        company_address: value("companyAddress"),
    };
    if let (Some(email), Some(node)) = (&case.email, fields.get("email")) {
        report_odd_email(email, fields.field("email"), node, out);
    }
    Some(Spanned::new(case, entry.key_span()))
}

fn report_odd_email(email: &str, field: Field, node: &Node, out: &mut Diagnostics) {
    if email.contains('@') {
        return;
    }
    let wanted = "an e-mail address";
    let report = invalid_values::malformed(field, email, node.span, wanted, "ada@example.org");
    out.push(report.severity(Severity::Warning));
}

fn parameters(
    entry: &Entry,
    field: Field,
    out: &mut Diagnostics,
) -> Option<Spanned<Map<String, Value>>> {
    if entry.value.is_lost() {
        return None;
    }
    if entry.value.entries().is_none() {
        out.push(wrong_types::report(
            field,
            &entry.value,
            "a map of parameters",
        ));
        return None;
    }
    match blocks::json(&entry.value, field, out)? {
        Value::Object(map) => Some(Spanned::new(map, entry.key_span())),
        _ => None,
    }
}

/// What the block says.
fn settings_of(checked: &Checked) -> Settings {
    targets::settings_of(checked, NAME, settings)
}

const DEFINITION: Missing = ("workflow-definition-id", EXAMPLE_ID);

/// What a run needs, as far as the file can say it: a case and parameters that are only to be
/// created are as good as their ids here.
fn run_settings(checked: &Checked, out: &mut Diagnostics) -> Settings {
    let settings = settings_of(checked);
    TARGET.report_losses(checked, RUN.name, out);
    let whole = targets::place_of(checked, NAME);
    let missing: Vec<Missing> = [
        settings.definition.is_none().then_some(DEFINITION),
        (settings.case_id.is_none() && settings.case.is_none()).then_some(("case-id", EXAMPLE_ID)),
    ]
    .into_iter()
    .flatten()
    .collect();
    out.extend(missing_target_fields::report(NAME, None, &missing, whole));
    settings
}

fn emit_run(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let settings = run_settings(checked, out);
    if not_yet_created(&settings, out) {
        return None;
    }
    let run = wire::Run {
        case_id: settings.case_id?.value.to_string(),
        workflow_definition_id: settings.definition?.value.to_string(),
        parameters_id: settings.parameters_id.map(|id| id.value.to_string()),
    };
    Some(Json::new(run))
}

/// Reports a case and parameters that have to be created first: only the answer of the product
/// tells their ids, and the run names nothing but ids.
fn not_yet_created(settings: &Settings, out: &mut Diagnostics) -> bool {
    let case = settings
        .case
        .as_ref()
        .filter(|_| settings.case_id.is_none());
    let parameters = settings.parameters.as_ref();
    let parameters = parameters.filter(|_| settings.parameters_id.is_none());
    let unsent = [
        case.map(|case| (case.span, "case", "case-id", "/cases")),
        parameters.map(|all| (all.span, "parameters", "parameters-id", "/parameters")),
    ];
    for (place, field, id, path) in unsent.into_iter().flatten() {
        out.push(missing_target_fields::not_created(
            NAME, field, id, path, place,
        ));
    }
    case.is_some() || parameters.is_some()
}

fn emit_case(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let Some(case) = settings_of(checked).case else {
        return missing(checked, &[("case", "{}")], out);
    };
    TARGET.report_losses(checked, RUN.name, out);
    Some(Json::new(case.value))
}

fn emit_parameters(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let settings = settings_of(checked);
    let (definition, parameters) = match (settings.definition, settings.parameters) {
        (Some(definition), Some(parameters)) => (definition, parameters),
        (definition, parameters) => {
            let fields = [
                definition.is_none().then_some(DEFINITION),
                parameters.is_none().then_some(("parameters", "{}")),
            ];
            let fields: Vec<Missing> = fields.into_iter().flatten().collect();
            return missing(checked, &fields, out);
        }
    };
    TARGET.report_losses(checked, RUN.name, out);
    Some(Json::new(wire::Parameters {
        workflow_definition_id: definition.value.to_string(),
        parameters: parameters.value,
    }))
}

fn missing(checked: &Checked, fields: &[Missing], out: &mut Diagnostics) -> Option<Json> {
    let whole: Span = targets::place_of(checked, NAME);
    out.extend(missing_target_fields::report(NAME, None, fields, whole));
    None
}

//! TransactionLink: the request that runs a definition kept on its server. The API has no words
//! for states and transitions.

mod read;
mod requests;
mod wire;

#[cfg(test)]
mod tests;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::diagnostic::{Diagnostics, Severity};
use crate::fields::{Field, Fields, Subject, invalid_values, wrong_types};
use crate::graph::Resolved;
use crate::model::Text;
use crate::rules::Checked;
use crate::source::{Span, Spanned};
use crate::targets::blocks::{self, AnyText, Block, Described, Given, Kind, Name, described};
use crate::targets::missing_target_fields::{self, Missing};
use crate::targets::{self, Document, Emit, Json, Loss, Target, losses, unknown_values, values};

const NAME: &str = "transactionlink";

/// See the README beside this file.
pub const TARGET: Target = Target {
    name: NAME,
    title: "TransactionLink",
    readme: include_str!("README.md"),
    documents: &[
        RUN, CASE, PARAMETERS, STATUS, WORKFLOW, TOKEN, REQUESTS, FETCH,
    ],
    read_block: blocks::read::<Settings>,
    check: |checked, out| {
        run_settings(checked, out);
    },
    losses: &[LOSSES, &[losses::FORMER_IDENTIFIERS], losses::OF_WORKFLOWS],
    imports: read::IMPORTS,
    refusals: &read::REFUSALS,
    // Each run is for itself.
    by_hand: None,
    unique: &[],
    check_together: |_, _| {},
    block_schema: SchemaGenerator::subschema_for::<Settings>,
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

const STATUS: Document = Document {
    name: "status",
    about: "the answer that tells whether the run has ended",
    emit: Emit::Each(emit_status),
    schema: || targets::schema_of::<wire::Status>(targets::Required::AsWritten),
};

const WORKFLOW: Document = Document {
    name: "workflow",
    about: "the body that runs the workflow in the newer version of the API, without a case",
    emit: Emit::Each(emit_workflow),
    schema: || targets::schema_of::<wire::Workflow>(targets::Required::AsWritten),
};

const TOKEN: Document = Document {
    name: "token",
    about: "the body that asks for a token; key and secret are for who sends it to fill in",
    emit: Emit::Each(emit_token),
    schema: || targets::schema_of::<wire::Token>(targets::Required::AsWritten),
};

const REQUESTS: Document = targets::requests::document(requests::emit);

const FETCH: Document = targets::requests::fetching(requests::fetch);

described! {
    /// What the block `transactionlink` may hold.
    "TransactionLink",
    pub struct Settings {
        /// The id of the workflow definition on the server; required for a run.
        definition: Name = "workflow-definition-id",
        /// The id of the case to run the workflow for; required for a run.
        case_id: blocks::Id = "case-id",
        /// A case to create, in the product's own field names.
        case: Case = "case",
        /// The id of a set of parameters on the server.
        parameters_id: Name = "parameters-id",
        /// Parameters to create: names and values as the definition's dashboard has them.
        parameters: Parameters = "parameters",
        /// The id of the run that the product answered with.
        run_id: blocks::Id = "run-id",
        /// The language of a run without a case, such as `en`.
        locale: Name = "locale",
        /// The id of the record that a run without a case is for.
        record_id: blocks::Id = "record-id",
        /// When a run without a case ends at the latest, such as `2026-03-14T09:14:13Z`.
        expires_at: Name = "expires-at",
    }
}

impl Block for Settings {
    const TARGET: &'static str = NAME;

    fn finish(&mut self, fields: &Fields, _: &Resolved, out: &mut Diagnostics) {
        let unusual = |id: &&Text| !values::is_uuid(&id.value);
        if let Some(id) = self.definition.as_ref().filter(unusual) {
            let field = fields.field("workflow-definition-id").to_string();
            let report = unknown_values::unusual(&field, &id.value, id.span, "a UUID");
            out.push(report);
        }
    }
}

described! {
    /// A case, in the product's own field names.
    "TransactionLinkCase",
    pub struct Case {
        /// First name.
        first_name: AnyText = "firstName",
        /// Last name.
        last_name: AnyText = "lastName",
        /// A number that a state or a company gives a person.
        personal_number: AnyText = "personalNumber",
        /// An e-mail address.
        email: AnyText = "email",
        /// The company's name.
        company_name: AnyText = "companyName",
        /// The company's number in a register.
        company_number: AnyText = "companyNumber",
        /// The company's address.
        company_address: AnyText = "companyAddress",
    }
}

impl Kind for Case {
    type Is = Option<Spanned<wire::Case>>;

    fn read(Given { entry, field, .. }: Given, out: &mut Diagnostics) -> Self::Is {
        let kind = format!("`case` of {}", field.owner.kind);
        let owner = Subject::named(&kind, NAME);
        let fields = Fields::of(&entry.value, owner, entry.key_span(), Case::NAMES, out)?;
        let case: Case = Described::read(&fields, None, out);
        if let Some(email) = &case.email {
            report_odd_email(email, fields.field("email"), out);
        }
        let value = |text: Option<Text>| text.map(|text| text.value.to_string());
        let body = wire::Case {
            first_name: value(case.first_name),
            last_name: value(case.last_name),
            personal_number: value(case.personal_number),
            email: value(case.email),
            company_name: value(case.company_name),
            company_number: value(case.company_number),
            company_address: value(case.company_address),
        };
        Some(Spanned::new(body, entry.key_span()))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Case>()
    }
}

/// The page's own example, for helps.
const EXAMPLE_ID: &str = "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c";
const EXAMPLE_RUN: &str = "63131229-edc5-49d0-888b-7724e65d7d2d";

fn report_odd_email(email: &Text, field: Field, out: &mut Diagnostics) {
    if email.value.contains('@') {
        return;
    }
    let (wanted, example) = ("an e-mail address", "ada@example.org");
    let report = invalid_values::malformed(field, &email.value, email.span, wanted, example);
    out.push(report.severity(Severity::Warning));
}

/// Parameters to create.
pub enum Parameters {}

impl Kind for Parameters {
    type Is = Option<Spanned<Map<String, Value>>>;

    fn read(Given { entry, field, .. }: Given, out: &mut Diagnostics) -> Self::Is {
        if entry.value.entries().is_none() {
            let report = wrong_types::report(field, &entry.value, "a map of parameters");
            out.push(report);
            return None;
        }
        match values::json(&entry.value, field, out)? {
            Value::Object(map) => Some(Spanned::new(map, entry.key_span())),
            _ => None,
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": true })
    }
}

const DEFINITION: Missing = ("workflow-definition-id", EXAMPLE_ID);

/// What a run needs, as far as the file can say it: a case and parameters that are only to be
/// created are as good as their ids here.
fn run_settings(checked: &Checked, out: &mut Diagnostics) -> Settings {
    let settings = blocks::of::<Settings>(checked).into_owned();
    TARGET.report_losses(checked, RUN.name, out);
    let whole = targets::place_of(checked, NAME);
    let lacks_case = settings.case_id.is_none() && settings.case.is_none();
    let missing: Vec<Missing> = [
        settings.definition.is_none().then_some(DEFINITION),
        // The newer version of the API knows no cases.
        (lacks_case && settings.locale.is_none()).then_some(("case-id", EXAMPLE_ID)),
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
    let Some(case) = blocks::of::<Settings>(checked).into_owned().case else {
        return missing(checked, &[("case", "{}")], out);
    };
    TARGET.report_losses(checked, RUN.name, out);
    Some(Json::new(case.value))
}

fn emit_parameters(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let settings = blocks::of::<Settings>(checked).into_owned();
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

/// The status of a run that goes on.
const BEGUN: &str = "RUNNING";

/// What is answered to a run as it begins, and to questions for it until it has ended.
fn emit_status(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let settings = blocks::of::<Settings>(checked).into_owned();
    let (Some(run), Some(case)) = (&settings.run_id, &settings.case_id) else {
        let fields = [
            settings.run_id.is_none().then_some(("run-id", EXAMPLE_RUN)),
            settings
                .case_id
                .is_none()
                .then_some(("case-id", EXAMPLE_ID)),
        ];
        let fields: Vec<Missing> = fields.into_iter().flatten().collect();
        return missing(checked, &fields, out);
    };
    TARGET.report_losses(checked, RUN.name, out);
    Some(Json::new(wire::Status {
        id: run.value.to_string(),
        case_id: case.value.to_string(),
        status: BEGUN.to_owned(),
    }))
}

/// As it is answered, and read: a run of today has no case, and of a file without a run the answer tells the
/// id, which is no difference.
fn status_again(workflows: &[&Checked], _: &mut Diagnostics) -> Option<Value> {
    let settings = blocks::of::<Settings>(workflows.first()?).into_owned();
    let id = |id: Option<Text>| id.map(|id| Value::from(id.value.as_str()));
    let mut body = Map::new();
    let run = id(settings.run_id);
    body.insert(
        "id".to_owned(),
        run.unwrap_or_else(|| Uuid::nil().to_string().into()),
    );
    body.extend(id(settings.case_id).map(|id| ("caseId".to_owned(), id)));
    body.insert("status".to_owned(), Value::from(BEGUN));
    Some(Value::Object(body))
}

/// The body, with the id of the run that it has become.
fn workflow_again(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Value> {
    let checked = workflows.first()?;
    let mut body = emit_workflow(checked, out)?.value()?;
    if let Some(run) = blocks::of::<Settings>(checked).into_owned().run_id {
        let fields = body.as_object_mut()?;
        fields.insert("id".to_owned(), Value::from(run.value.as_str()));
    }
    Some(body)
}

fn emit_workflow(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let settings = blocks::of::<Settings>(checked).into_owned();
    let fields = [
        settings.definition.is_none().then_some(DEFINITION),
        settings.locale.is_none().then_some(("locale", "en")),
    ];
    match workflow(settings) {
        Some(body) => {
            TARGET.report_losses(checked, RUN.name, out);
            Some(Json::new(body))
        }
        None => {
            let fields: Vec<Missing> = fields.into_iter().flatten().collect();
            missing(checked, &fields, out)
        }
    }
}

/// A run without a case.
fn workflow(settings: Settings) -> Option<wire::Workflow> {
    let value = |text: Option<Text>| text.map(|text| text.value.to_string());
    Some(wire::Workflow {
        workflow_definition_id: value(settings.definition)?,
        locale: value(settings.locale)?,
        parameters: settings.parameters.map(|all| all.value).unwrap_or_default(),
        record_id: value(settings.record_id),
        expires_at: value(settings.expires_at),
    })
}

/// No file has secrets in it.
fn emit_token(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    TARGET.report_losses(checked, RUN.name, out);
    Some(Json::new(wire::Token {
        key: "{key}".to_owned(),
        secret: "{secret}".to_owned(),
    }))
}

fn missing(checked: &Checked, fields: &[Missing], out: &mut Diagnostics) -> Option<Json> {
    let whole: Span = targets::place_of(checked, NAME);
    out.extend(missing_target_fields::report(NAME, None, fields, whole));
    None
}

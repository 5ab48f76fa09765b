//! Xurrent (formerly 4me): one record, whose status is one of a fixed few and follows its tasks.
//! The API has no words for states and transitions of one's own.

mod moment;
mod page;
mod plan;
mod read;
mod record;
mod requests;
mod shown;
mod wire;

#[cfg(test)]
mod tests;

use schemars::{Schema, SchemaGenerator};
use serde_json::json;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Text;
use crate::rules::Checked;
use crate::source::Span;
use crate::targets::missing_target_fields::{self, Missing};
use crate::targets::{
    self, Document, Emit, Json, Loss, Target, blocks, losses, omitted_details, read_only_fields,
};
use record::{Record, References, Settings};
use wire::Reference;

const NAME: &str = "xurrent";

/// See the README beside this file.
pub const TARGET: Target = Target {
    name: NAME,
    title: "Xurrent",
    readme: include_str!("README.md"),
    documents: &[
        CREATE, UPDATE, WORKFLOW, WORKFLOWS, ARCHIVED, TRASHED, REQUESTS, ARCHIVE, TRASH, RESTORE,
        FETCH,
    ],
    read_block: blocks::read::<Settings>,
    // A record that exists is not created.
    check: |checked, out| match blocks::of::<Settings>(checked).id {
        Some(_) => UPDATE.check(checked, out),
        None => CREATE.check(checked, out),
    },
    losses: &[LOSSES, &[losses::FORMER_IDENTIFIERS], losses::OF_WORKFLOWS],
    imports: read::IMPORTS,
    refusals: &read::REFUSALS,
    // Records are told apart by ids that only the product gives.
    by_hand: None,
    unique: &[],
    check_together: |_, _| {},
    block_schema: SchemaGenerator::subschema_for::<Settings>,
};

const LOSSES: &[Loss] = &[
    // Of the states, the first start gives a new record its status.
    Loss::of_all(
        losses::STATES_AND_TRANSITIONS.split_at(1).1,
        "keeps no states and no transitions",
        "a workflow there has one of a few fixed statuses, which follows from its tasks",
    )
    .label("only one record is compiled for this product"),
    losses::TITLES
        .what("a name and description beside its `subject` and `note`")
        .at(unused_titles),
    losses::TICKET_TYPES,
];

const CREATE: Document = Document {
    name: "create",
    about: "the body that creates a workflow record",
    emit: Emit::Each(emit_create),
    schema: create_schema,
};

const UPDATE: Document = Document {
    name: "update",
    about: "the body that updates a workflow record",
    emit: Emit::Each(emit_update),
    schema: || targets::schema_of::<wire::Body>(targets::Required::AsWritten),
};

const WORKFLOW: Document = Document {
    name: "workflow",
    about: "the workflow record as the product shows it",
    emit: Emit::Each(shown::emit_workflow),
    schema: || targets::schema_of::<wire::Workflow>(targets::Required::AsWritten),
};

const WORKFLOWS: Document = Document {
    name: "workflows",
    about: "the workflow records as the product lists them",
    emit: Emit::All(shown::emit_workflows),
    schema: || targets::schema_of::<Vec<wire::Listed>>(targets::Required::AsWritten),
};

const ARCHIVED: Document = Document {
    name: "archived",
    about: "the answer to the request that moves the record to the archive",
    emit: Emit::Each(shown::emit_archived),
    schema: || targets::schema_of::<wire::Workflow>(targets::Required::AsWritten),
};

const TRASHED: Document = Document {
    name: "trashed",
    about: "the answer to the request that moves the record to the trash",
    emit: Emit::Each(shown::emit_trashed),
    schema: || targets::schema_of::<wire::Workflow>(targets::Required::AsWritten),
};

const REQUESTS: Document = targets::requests::document(requests::emit);

const FETCH: Document = targets::requests::fetching(requests::fetch);

const ARCHIVE: Document = Document {
    name: "archive",
    about: "the HTTP requests that move the records to the archive",
    ..targets::requests::document(requests::archive)
};

const TRASH: Document = Document {
    name: "trash",
    about: "the HTTP requests that move the records to the trash",
    ..targets::requests::document(requests::trash)
};

const RESTORE: Document = Document {
    name: "restore",
    about: "the HTTP requests that bring the records back",
    ..targets::requests::document(requests::restore)
};

/// What the page requires of a new workflow, with values of its example. It requires `manager`,
/// too, and says what happens without one, so that is no mistake.
const REQUIRED: &[Missing] = &[
    ("category", "standard"),
    ("justification", "expansion"),
    ("service", "26"),
    ("subject", "Install new rack"),
    ("template", "37"),
    ("workflow_type", "infrastructure_change"),
];

/// The body's schema with what creating requires; a reference may be written in two ways.
fn create_schema() -> Schema {
    let mut schema = targets::schema_of::<wire::Body>(targets::Required::AsWritten);
    let required: Vec<&str> = REQUIRED.iter().map(|(name, _)| *name).collect();
    let (references, values): (Vec<&str>, Vec<&str>) = required
        .iter()
        .partition(|name| record::REFERENCE_IDS.contains(&format!("{name}_id").as_str()));
    // Strict validators want to see a field where it is required.
    let has = |name: &str| json!({"properties": {name: true}, "required": [name]});
    let either = references
        .iter()
        .map(|name| json!({"anyOf": [has(name), has(&format!("{name}_id"))]}));
    schema.insert("required".to_owned(), json!(values));
    schema.insert("allOf".to_owned(), either.collect());
    schema
}

fn emit_create(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let mut settings = blocks::of::<Settings>(checked).into_owned();
    TARGET.report_losses(checked, CREATE.name, out);
    take_titles(&mut settings.record, checked, out)?;
    report_missing(&settings, record::WRITABLE, checked, out)?;
    let status = status_at_start(&settings, checked);
    if let Some(status) = status.as_ref().filter(|s| s.value != page::DEFAULT_STATUS) {
        out.push(follows_tasks(status));
    }
    Some(Json::new(body(settings, status)))
}

fn emit_update(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    let mut settings = blocks::of::<Settings>(checked).into_owned();
    TARGET.report_losses(checked, UPDATE.name, out);
    take_titles(&mut settings.record, checked, out)?;
    let place = place_of_record(&settings, checked);
    let status = settings.record.status.take();
    // That of a record which exists is what the product says, and says better.
    let status = match (status, settings.id) {
        (Some(status), Some(_)) => {
            let what = "the `status` of a record that exists, in an update";
            out.extend(omitted_details::report(NAME, what, &[status.span]));
            None
        }
        (status, _) => status,
    };
    out.extend(status.as_ref().map(follows_tasks));
    let body = targets::to_json(&body(settings, status))?;
    if body.as_object().is_some_and(|fields| fields.is_empty()) {
        let some = [("subject", "Install new rack")];
        out.extend(missing_target_fields::report(
            NAME,
            Some("record"),
            &some,
            place,
        ));
        return None;
    }
    Some(Json::new(body))
}

/// The workflow's name and description stand for a subject and a note that are not written. `None`
/// where one is too long for the product.
fn take_titles(record: &mut Record, checked: &Checked, out: &mut Diagnostics) -> Option<()> {
    let workflow = checked.workflow();
    let mut too_long = Vec::new();
    if let (None, Some(name)) = (&record.subject, &workflow.name) {
        let what = "`name` of the workflow, used as `subject`,";
        too_long.extend(record::too_long(what, name, page::SUBJECT_MAX));
        record.subject = Some(name.clone());
    }
    if let (None, Some(description)) = (&record.note, &workflow.description) {
        let what = "`description` of the workflow, used as `note`,";
        too_long.extend(record::note_too_long(what, description));
        record.note = Some(description.clone());
    }
    let fits = too_long.is_empty();
    out.extend(too_long);
    fits.then_some(())
}

/// Texts of the workflow that stand for nothing, because the record has its own.
fn unused_titles(checked: &Checked) -> Vec<Span> {
    let (workflow, settings) = (checked.workflow(), blocks::of::<Settings>(checked));
    let record = &settings.record;
    let name = workflow.name.iter().filter(|_| record.subject.is_some());
    let description = workflow.description.iter();
    let unused = name.chain(description.filter(|_| record.note.is_some()));
    unused.map(|text| text.span).collect()
}

fn place_of_record(settings: &Settings, checked: &Checked) -> Span {
    let place = settings.record.place;
    place.unwrap_or_else(|| targets::place_of(checked, NAME))
}

/// Reports which of the `wanted` fields that creating requires are not there.
fn report_missing(
    settings: &Settings,
    wanted: &[&str],
    checked: &Checked,
    out: &mut Diagnostics,
) -> Option<()> {
    let record = &settings.record;
    let written = |name: &str| match name {
        "category" => record.category.is_some(),
        "justification" => record.justification.is_some(),
        "service" => record.service.is_some(),
        "subject" => record.subject.is_some(),
        "template" => record.template.is_some(),
        _ => record.workflow_type.is_some(),
    };
    let missing: Vec<Missing> = REQUIRED
        .iter()
        .filter(|(name, _)| wanted.contains(name) && !written(name))
        .copied()
        .collect();
    let place = place_of_record(settings, checked);
    let report = missing_target_fields::report(NAME, Some("record"), &missing, place);
    let whole = report.is_none();
    out.extend(report);
    whole.then_some(())
}

/// What the file says of the status of a new record: the record's own, or else the one that the
/// first start state stands for. The product has a default for one of which nothing is said.
fn status_at_start(settings: &Settings, checked: &Checked) -> Option<Text> {
    let own = settings.record.status.clone();
    own.or_else(|| {
        let (first, _) = checked.starts().next()?;
        settings.status.get(&first).cloned()
    })
}

fn follows_tasks(status: &Text) -> Diagnostic {
    let field = format!("`status` of target `{NAME}`");
    read_only_fields::overwritten(&field, &status.value, "the workflow's tasks", status.span)
}

fn body(settings: Settings, status: Option<Text>) -> wire::Body {
    let record = settings.record;
    let nested = settings
        .references
        .is_some_and(|r| r.value == References::Nested);
    // A reference goes into one of two fields.
    let split = |reference: Option<Reference>| match nested {
        true => (reference, None),
        false => (None, reference.map(|r| r.id)),
    };
    let (release, release_id) = split(record.release);
    let (project, project_id) = split(record.project);
    let (service, service_id) = split(record.service);
    let (manager, manager_id) = split(record.manager);
    let (template, template_id) = split(record.template);
    wire::Body {
        completion_reason: value(record.completion_reason),
        category: value(record.category),
        source_id: value(record.source_id),
        release,
        release_id,
        project,
        project_id,
        service,
        service_id,
        manager,
        manager_id,
        subject: value(record.subject),
        start_at: value(record.start_at),
        justification: value(record.justification),
        status: value(status),
        source: value(record.source),
        workflow_type: value(record.workflow_type),
        template,
        template_id,
        custom_fields: record.custom_fields,
        custom_fields_attachments: record.custom_fields_attachments,
        note: value(record.note),
        note_attachments: record.note_attachments,
        prevent_request_completion: record.prevent_request_completion,
    }
}

fn value(text: Option<Text>) -> Option<String> {
    text.map(|t| t.value.to_string())
}

//! The bodies of requests, read.

use super::Case;
use crate::fields::{self, Fields, Subject, wrong_types};
use crate::model::{Category, Notes};
use crate::node::Node;
use crate::targets::blocks::Described;
use crate::targets::gathering::Holds;
use crate::targets::reading::{Reading, given, nothing_said};
use crate::targets::{Import, Refusals, values};
use crate::write::value::{Field, Style, Value};
use crate::write::{Begins, Definition, Remarked, Start, State, Transition};

/// Each reads one body or a list of them.
pub const IMPORTS: &[Import] = &[
    each("run", RUN, |root, reading| all(root, run, reading)).sent(),
    each("case", Case::NAMES, |root, reading| {
        all(root, case, reading)
    })
    .sent(),
    each("parameters", PARAMETERS, |root, reading| {
        all(root, parameters, reading)
    })
    .sent(),
    each("status", STATUS, |root, reading| all(root, status, reading))
        .rebuilt(super::status_again)
        .set_by_product(&[("", &["status"])]),
    each("workflow", WORKFLOW, |root, reading| {
        all(root, workflow, reading)
    })
    .rebuilt(super::workflow_again)
    .set_by_product(&[("", SET_BY_PRODUCT)]),
];

const RUN: &[&str] = &["caseId", "workflowDefinitionId", "parametersId"];
const PARAMETERS: &[&str] = &["workflowDefinitionId", "parameters"];
const STATUS: &[&str] = &["id", "caseId", "status"];
const WORKFLOW: &[&str] = &[
    "workflowDefinitionId",
    "locale",
    "parameters",
    "recordId",
    "expiresAt",
];

/// What the answer to a run of the newer version has beside what was sent.
const SET_BY_PRODUCT: &[&str] = &[
    "createdDate",
    "executionType",
    "executionVersion",
    "id",
    "name",
    "revision",
    "status",
    "uiOptions",
    "workspaceId",
];

const fn each(
    document: &'static str,
    fields: &'static [&'static str],
    read: fn(&Node, &mut Reading) -> Vec<Definition>,
) -> Import {
    Import::new(document, read)
        .holds(Holds::list("", fields))
        .members("")
}

/// The page has the status codes alone: 400 for a body that is wrong, 404 for an id that is unknown.
pub const REFUSALS: Refusals = Refusals {
    messages: &["message"],
    code: None,
    advice: &[],
    otherwise: "import the body that is sent: what is answered to it names no definition",
};

fn all(
    root: &Node,
    read: fn(&Node, &mut Reading) -> Option<Vec<Field>>,
    reading: &mut Reading,
) -> Vec<Definition> {
    let bodies = match root.items() {
        // What is no body is told by whoever reads one.
        None => std::slice::from_ref(root),
        Some([]) => reading.root_items(root, "the JSON", "bodies"),
        Some(bodies) => bodies,
    };
    reading.each("body", bodies, None, |reading, _, item| {
        let block = read(item, reading)?;
        Some(Definition {
            place: Some(item.span),
            ..definition(block)
        })
    })
}

fn run(root: &Node, reading: &mut Reading) -> Option<Vec<Field>> {
    let fields = body(root, RUN, reading)?;
    let case = reading.required(&fields, "caseId");
    let case = case.and_then(|node| values::uuid(node, fields.field("caseId"), reading.out));
    let mut block: Vec<Field> = definition_id(&fields, reading).into_iter().collect();
    block.extend(case.map(|id| Field::text("case-id", id.value)));
    reading.no_null(&fields, &["parametersId"]);
    if let Some(node) = given(&fields, "parametersId") {
        let id = fields::name(node, fields.field("parametersId"), reading.out);
        block.extend(id.map(|id| Field::text("parameters-id", id.value)));
    }
    Some(block)
}

fn case(root: &Node, reading: &mut Reading) -> Option<Vec<Field>> {
    let fields = body(root, Case::NAMES, reading)?;
    if Case::NAMES
        .iter()
        .all(|name| given(&fields, name).is_none())
    {
        let report = nothing_said(fields.owner(), root.span, Case::NAMES);
        reading.out.push(report);
        return None;
    }
    reading.no_null(&fields, Case::NAMES);
    let mut case = Vec::new();
    for name in Case::NAMES
        .iter()
        .filter(|name| given(&fields, name).is_some())
    {
        let text = reading.optional(&fields, name, fields::text);
        case.extend(text.map(|text| Field::text(*name, text.value)));
    }
    Some(vec![Field::new("case", Value::Map(case, Style::Lines))])
}

fn parameters(root: &Node, reading: &mut Reading) -> Option<Vec<Field>> {
    let fields = body(root, PARAMETERS, reading)?;
    let mut block: Vec<Field> = definition_id(&fields, reading).into_iter().collect();
    let node = reading.required(&fields, "parameters")?;
    block.extend(parameters_field(node, &fields, reading));
    Some(block)
}

fn parameters_field(node: &Node, fields: &Fields, reading: &mut Reading) -> Option<Field> {
    match Value::of(node) {
        Value::Map(all, _) => Some(Field::new("parameters", Value::Map(all, Style::Lines))),
        _ => {
            let field = fields.field("parameters");
            let report = wrong_types::report(field, node, "a map of parameters");
            reading.out.push(report);
            None
        }
    }
}

/// Nothing of the definition, but what run and case it is.
fn status(root: &Node, reading: &mut Reading) -> Option<Vec<Field>> {
    let fields = body(root, STATUS, reading)?;
    let id = reading.required(&fields, "id");
    let id = id.and_then(|node| values::uuid(node, fields.field("id"), reading.out));
    let case = reading.optional(&fields, "caseId", values::uuid);
    let mut block = vec![Field::text("run-id", id?.value)];
    block.extend(case.map(|id| Field::text("case-id", id.value)));
    Some(block)
}

/// The body that is sent, or what is answered to it.
fn workflow(root: &Node, reading: &mut Reading) -> Option<Vec<Field>> {
    let fields = body(root, &[WORKFLOW, SET_BY_PRODUCT].concat(), reading)?;
    let mut block: Vec<Field> = definition_id(&fields, reading).into_iter().collect();
    let locale = reading.name(&fields, "locale");
    block.extend(locale.map(|locale| Field::text("locale", locale.value)));
    if let Some(node) = given(&fields, "parameters") {
        block.extend(parameters_field(node, &fields, reading));
    }
    let record = reading.optional(&fields, "recordId", values::uuid);
    block.extend(record.map(|id| Field::text("record-id", id.value)));
    let expires = reading.optional(&fields, "expiresAt", fields::name);
    block.extend(expires.map(|time| Field::text("expires-at", time.value)));
    let id = reading.optional(&fields, "id", values::uuid);
    block.extend(id.map(|id| Field::text("run-id", id.value)));
    Some(block)
}

fn body<'n, 's>(
    root: &'n Node<'s>,
    known: &[&'static str],
    reading: &mut Reading,
) -> Option<Fields<'n, 's, 'static>> {
    reading.whole(root, Subject::only("the body"), known)
}

fn definition_id(fields: &Fields, reading: &mut Reading) -> Option<Field> {
    let id = reading.name(fields, "workflowDefinitionId")?;
    Some(Field::text("workflow-definition-id", id.value))
}

/// The page knows no states. The two are the statuses that answers are known to have.
fn definition(block: Vec<Field>) -> Definition {
    let mut completed = State::new("Completed", Category::Closed);
    completed.is_final = true;
    let states = vec![State::new("Running", Category::Open), completed];
    Definition {
        start: vec![Start::plain(0)].into(),
        states: Remarked::from(states).remark(
            "TransactionLink keeps the definition itself: these two stand for a run and its end.",
        ),
        transitions: vec![Transition {
            name: Some("Complete".to_owned()),
            from: Begins::States(vec![0]),
            to: 1,
            notes: Notes::None,
            more: Vec::new(),
        }]
        .into(),
        targets: vec![(super::NAME, block)],
        ..Definition::default()
    }
}

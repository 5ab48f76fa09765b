//! The bodies of requests, read.

use super::Case;
use crate::fields::{self, Fields, Subject, wrong_types};
use crate::model::{Category, Notes};
use crate::node::Node;
use crate::targets::blocks::Described;
use crate::targets::reading::{Reading, given, nothing_said};
use crate::targets::{Import, Refusals, values};
use crate::write::value::{Field, Style, Value};
use crate::write::{Begins, Definition, Remarked, Start, State, Transition};

pub const IMPORTS: &[Import] = &[
    Import::new("run", run).sent(),
    Import::new("case", case).sent(),
    Import::new("parameters", parameters).sent(),
];

/// The page has the status codes alone: 400 for a body that is wrong, 404 for an id that is unknown.
pub const REFUSALS: Refusals = Refusals {
    messages: &["message"],
    code: None,
    advice: &[],
    otherwise: "import the body that is sent: what is answered to it names no definition",
};

fn run(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let known = &["caseId", "workflowDefinitionId", "parametersId"];
    let Some(fields) = body(root, known, reading) else {
        return Vec::new();
    };
    let case = reading.required(&fields, "caseId");
    let case = case.and_then(|node| values::uuid(node, fields.field("caseId"), reading.out));
    let mut block: Vec<Field> = definition_id(&fields, reading).into_iter().collect();
    block.extend(case.map(|id| Field::text("case-id", id.value)));
    reading.no_null(&fields, &["parametersId"]);
    if let Some(node) = given(&fields, "parametersId") {
        let id = fields::name(node, fields.field("parametersId"), reading.out);
        block.extend(id.map(|id| Field::text("parameters-id", id.value)));
    }
    vec![definition(block)]
}

fn case(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let Some(fields) = body(root, Case::NAMES, reading) else {
        return Vec::new();
    };
    if Case::NAMES
        .iter()
        .all(|name| given(&fields, name).is_none())
    {
        let report = nothing_said(fields.owner(), root.span, Case::NAMES);
        reading.out.push(report);
        return Vec::new();
    }
    reading.no_null(&fields, Case::NAMES);
    let mut case = Vec::new();
    for name in Case::NAMES {
        let node = given(&fields, name);
        let text = node.and_then(|node| fields::text(node, fields.field(name), reading.out));
        case.extend(text.map(|text| Field::text(*name, text.value)));
    }
    vec![definition(vec![Field::new(
        "case",
        Value::Map(case, Style::Lines),
    )])]
}

fn parameters(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let Some(fields) = body(root, &["workflowDefinitionId", "parameters"], reading) else {
        return Vec::new();
    };
    let mut block: Vec<Field> = definition_id(&fields, reading).into_iter().collect();
    if let Some(node) = reading.required(&fields, "parameters") {
        match Value::of(node) {
            Value::Map(all, _) => {
                block.push(Field::new("parameters", Value::Map(all, Style::Lines)))
            }
            _ => {
                let field = fields.field("parameters");
                reading
                    .out
                    .push(wrong_types::report(field, node, "a map of parameters"));
            }
        }
    }
    vec![definition(block)]
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
        }]
        .into(),
        targets: vec![(super::NAME, block)],
        ..Definition::default()
    }
}

//! A workflow record, a list of them, or the body that writes one, read.

use super::page::{DEFAULT_STATUS, READ_ONLY};
use super::record::{self, REFERENCE_IDS, WRITABLE};
use super::shown::{all_of, body_of};
use crate::fields::Subject;
use crate::model::{Category, Notes};
use crate::node::{Entry, Kind, Node, Scalar, ScalarKind};
use crate::targets::reading::{Reading, nothing_said, numbered, subject};
use crate::targets::{Import, List, Refusals};
use crate::write::value::{Field, Style, Value};
use crate::write::{Begins, Definition, Remarked, Start, State, Transition};

pub const IMPORTS: &[Import] = &[
    Import::new("workflow", |root, reading| {
        definition(root, Document::Answer, reading)
    })
    .set_by_product(READ_ONLY)
    .rebuilt(all_of)
    .lists(CUSTOM_FIELDS),
    Import::new("workflows", list)
        .members("")
        .set_by_product(READ_ONLY)
        .rebuilt(all_of)
        .lists(CUSTOM_FIELDS),
    Import::new("create", |root, reading| {
        definition(root, Document::Body, reading)
    })
    .sent()
    .rebuilt(body_of)
    .lists(CUSTOM_FIELDS),
    Import::new("update", |root, reading| {
        definition(root, Document::Body, reading)
    })
    .sent()
    .rebuilt(body_of)
    .lists(CUSTOM_FIELDS),
];

/// As the vendor's pages and client libraries have them.
pub const REFUSALS: Refusals = Refusals {
    messages: &["message", "errors[]"],
    code: None,
    advice: &[
        (
            "Not Found",
            "ask with the id of a workflow that this account has and this person may see",
        ),
        (
            "Validation Failed",
            "correct the fields that the answer names under `errors`, and send the body again",
        ),
    ],
    otherwise: "look at the token and the account in the headers of the request, and ask again",
};

const CUSTOM_FIELDS: &[List] = &[List::new("custom_fields", "custom field", "id", &[&["id"]])];

/// The fields of a record, in the order in which a person fills them in; the others follow.
const FIRST: &[&str] = &[
    "subject",
    "category",
    "justification",
    "workflow_type",
    "manager",
    "service",
    "template",
    "project",
    "release",
    "status",
    "completion_reason",
    "start_at",
    "source",
    "sourceID",
    "note",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Document {
    /// What the product answers with: it sets a status where nobody does.
    Answer,
    /// What is sent to it.
    Body,
}

/// The records of a collection.
fn list(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let items = reading.root_items(root, "the answer", "records");
    let numbered_items = items.iter().enumerate();
    numbered_items
        .filter_map(|(at, item)| {
            let number = numbered("record", at);
            let owner = subject(item, "subject", "record", &number);
            let definition = record_of(item, owner, Document::Answer, reading)?;
            Some(remark_missing(definition, item))
        })
        .collect()
}

/// A list lacks fields that the record has, and that creating it requires.
fn remark_missing(mut definition: Definition, item: &Node) -> Definition {
    let is_missing = |name: &&str| {
        let value = item.get(name);
        value.is_none_or(is_null) && item.get(&format!("{name}_id")).is_none_or(is_null)
    };
    let required = super::REQUIRED.iter().map(|(name, _)| *name);
    let missing: Vec<&str> = required.filter(is_missing).collect();
    if !missing.is_empty() {
        definition.remarks.push(format!(
            "Not in the list, and to be added to `record` before anything else is built: {}.",
            missing.join(", ")
        ));
    }
    definition
}

fn definition(root: &Node, kind: Document, reading: &mut Reading) -> Vec<Definition> {
    let owner = Subject::only("the record");
    record_of(root, owner, kind, reading).into_iter().collect()
}

fn record_of(
    root: &Node,
    owner: Subject,
    kind: Document,
    reading: &mut Reading,
) -> Option<Definition> {
    let known = [WRITABLE, REFERENCE_IDS, READ_ONLY].concat();
    // An answer of a server may have a `status`, too.
    let is_record = |name: &&&str| **name != "status" && root.get(name).is_some();
    let mut writable = WRITABLE.iter().chain(REFERENCE_IDS);
    if writable.find(is_record).is_none() && root.entries().is_some() && reading.is_refusal(root) {
        return None;
    }
    let fields = reading.whole(root, owner, &known)?;
    if kind == Document::Body {
        reading.no_null(&fields, &known);
    }
    let written = fields.entries().iter();
    let written = written.filter(|entry| !is_null(&entry.value));
    let (writable, read_only): (Vec<&Entry>, Vec<&Entry>) = written
        .filter(|entry| known.contains(&entry.key.text()))
        .partition(|entry| !READ_ONLY.contains(&entry.key.text()));
    if writable.is_empty() {
        reading.out.push(nothing_said(owner, root.span, WRITABLE));
        return None;
    }
    check(root, &writable, reading);
    let mut block = vec![Field::new(
        "record",
        Value::Map(record_fields(&writable, kind), Style::Lines),
    )];
    if kind == Document::Answer {
        block.push(statuses());
    }
    if is_by_ids(&writable) {
        block.push(Field::text("references", "ids"));
    }
    let subject = root.get("subject").and_then(Node::scalar);
    Some(Definition {
        remarks: remarks(&read_only),
        name: subject.map(|s| s.text().to_string()),
        start: vec![Start::plain(0)].into(),
        states: states(),
        transitions: vec![complete()].into(),
        targets: vec![(super::NAME, block)],
        place: Some(root.span),
        ..Definition::default()
    })
}

/// Holds the fields against what the page says of each, as those of a workflow file are.
fn check(root: &Node, writable: &[&Entry], reading: &mut Reading) {
    let entries = writable.iter().map(|entry| (*entry).clone()).collect();
    let fields = Node::new(root.span, Kind::Map(entries));
    let record = Entry::new(Scalar::text_only("record"), root.span, fields);
    record::record(&record, reading.out);
}

fn is_null(node: &Node) -> bool {
    node.scalar().is_some_and(|s| s.kind() == ScalarKind::Null)
}

/// Whether references are written as ids alone: all of them, as one word in the block says.
fn is_by_ids(writable: &[&Entry]) -> bool {
    let has = |name: &str| writable.iter().any(|entry| entry.key.text() == name);
    let nested = |name: &&str| name.strip_suffix("_id").is_some_and(&has);
    REFERENCE_IDS.iter().any(|name| has(name)) && !REFERENCE_IDS.iter().any(nested)
}

fn record_fields(writable: &[&Entry], kind: Document) -> Vec<Field> {
    let place = |entry: &&&Entry| {
        let name = field_name(entry);
        FIRST
            .iter()
            .position(|first| *first == name)
            .unwrap_or(FIRST.len())
    };
    let default = |entry: &&&Entry| {
        let status = entry.value.scalar().map(|s| s.text());
        kind == Document::Answer && entry.key.text() == "status" && status == Some(DEFAULT_STATUS)
    };
    let mut sorted: Vec<&&Entry> = writable.iter().filter(|entry| !default(entry)).collect();
    sorted.sort_by_key(place);
    let field = |entry: &&Entry| {
        let name = field_name(entry);
        let value = match REFERENCE_IDS.contains(&format!("{name}_id").as_str()) {
            true => reference(&entry.value),
            false => Value::of(&entry.value),
        };
        Field::new(name, value)
    };
    sorted.into_iter().map(field).collect()
}

/// The name in the block, where `manager_id` is `manager`, too.
fn field_name<'e>(entry: &'e Entry) -> &'e str {
    let name = entry.key.text();
    match REFERENCE_IDS.contains(&name) {
        true => name.strip_suffix("_id").unwrap_or(name),
        false => name,
    }
}

/// A reference of which only the id is known is that id; of others, the id stands first.
fn reference(node: &Node) -> Value {
    match (node.entries(), Value::of(node)) {
        (Some([only]), _) if only.key.text() == "id" => Value::of(&only.value),
        (_, Value::Map(mut fields, style)) => {
            fields.sort_by_key(|field| field.name != "id");
            Value::Map(fields, style)
        }
        (_, value) => value,
    }
}

fn statuses() -> Field {
    let pairs = [("Registered", "registered"), ("Completed", "completed")];
    let fields = pairs.map(|(state, status)| Field::text(state, status));
    Field::new("status", Value::Map(fields.into(), Style::Line))
}

fn remarks(read_only: &[&Entry]) -> Vec<String> {
    if read_only.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = read_only.iter().map(|entry| entry.key.text()).collect();
    vec![format!(
        "Left out, because only Xurrent sets it: {}.",
        names.join(", ")
    )]
}

fn states() -> Remarked<Vec<State>> {
    let mut completed = State::new("Completed", Category::Closed);
    completed.is_final = true;
    let states = vec![State::new("Registered", Category::Open), completed];
    Remarked::from(states)
        .remark(
            "Xurrent has no states of one's own: these two stand for the first and the last status",
        )
        .remark("of a record, which follows from its tasks.")
}

fn complete() -> Transition {
    Transition {
        name: Some("Complete".to_owned()),
        from: Begins::States(vec![0]),
        to: 1,
        notes: Notes::None,
    }
}

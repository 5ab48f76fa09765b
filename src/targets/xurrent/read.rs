//! A workflow record, a list of them, or the body that writes one, read.

use super::page::{DEFAULT_STATUS, LABELS, READ_ONLY, SET_BY_PRODUCT};
use super::record::{self, REFERENCE_IDS, Record, WRITABLE};
use super::shown::{all_of, body_of};
use crate::diagnostic::Severity;
use crate::fields::Subject;
use crate::model::{Category, Notes};
use crate::node::{Entry, Kind, Node, Scalar, ScalarKind};
use crate::targets::blocks::Described;
use crate::targets::gathering::Holds;
use crate::targets::lossy_imports::{self, Reason};
use crate::targets::reading::{Reading, nothing_said, numbered, subject};
use crate::targets::{Import, List, Refusals, SetByProduct, values};
use crate::write::value::{Field, Style, Value};
use crate::write::{Begins, Definition, Remarked, Start, State, Transition};

/// Each reads one record or many.
pub const IMPORTS: &[Import] = &[
    records("workflow", answers).rebuilt(all_of),
    records("workflows", answers).rebuilt(all_of),
    records("create", bodies).rebuilt(body_of).sent(),
    records("update", bodies).rebuilt(body_of).sent(),
];

const fn records(
    document: &'static str,
    read: fn(&Node, &mut Reading) -> Vec<Definition>,
) -> Import {
    Import::new(document, read)
        .holds(Holds::list("", RECORD))
        .members("")
        .set_by_product(SET_BY_XURRENT)
        .lists(CUSTOM_FIELDS)
}

const RECORD: &[&str] = Record::NAMES;

/// What only the product sets, and what an answer says of the records that it refers to.
const SET_BY_XURRENT: &[SetByProduct] = &[
    ("", SET_BY_PRODUCT),
    ("manager.", LABELS),
    ("project.", LABELS),
    ("release.", LABELS),
    ("service.", LABELS),
    ("template.", LABELS),
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

fn answers(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    list(root, Document::Answer, reading)
}

fn bodies(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    list(root, Document::Body, reading)
}

/// The records of a collection, or the one that there is.
fn list(root: &Node, kind: Document, reading: &mut Reading) -> Vec<Definition> {
    if root.entries().is_some() {
        // It is no record, or it would be one in a list.
        reading.whole(root, Subject::only("the record"), RECORD);
        return Vec::new();
    }
    let items = reading.root_items(root, "the answer", "records");
    reading.each("record", items, None, |reading, at, item| {
        let number = numbered("record", at);
        let owner = match items {
            [_] => Subject::only("the record"),
            _ => subject(item, "subject", "record", &number),
        };
        let definition = record_of(item, owner, kind, reading)?;
        Some(match kind {
            Document::Answer => remark_missing(definition, item),
            Document::Body => definition,
        })
    })
}

/// A list lacks fields that the record has, and that creating it requires; one with an id is there.
fn remark_missing(mut definition: Definition, item: &Node) -> Definition {
    if item.get("id").is_some_and(|id| !is_null(id)) {
        return definition;
    }
    let is_missing = |name: &&str| {
        let value = item.get(name);
        value.is_none_or(is_null) && item.get(&format!("{name}_id")).is_none_or(is_null)
    };
    let required = super::REQUIRED.iter().map(|(name, _)| *name);
    let missing: Vec<&str> = required.filter(is_missing).collect();
    if !missing.is_empty() {
        definition.remarks.push(format!(
            "Not in the answer, and to be added to `record` before anything else is built: {}.",
            missing.join(", ")
        ));
    }
    definition
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
    let writable = sound(root, writable, reading);
    let mut block = Vec::new();
    if kind == Document::Answer {
        let id = reading.optional(&fields, "id", values::positive);
        block.extend(id.map(|id| Field::new("id", Value::Word(id.value.to_string()))));
    }
    let record = record_fields(&writable, kind, reading);
    block.push(Field::new("record", Value::Map(record, Style::Lines)));
    // A file that says nothing of a status stands for an answer that does not show it.
    let shows_status = root.get("status").is_some_and(|status| !is_null(status));
    if kind == Document::Answer && shows_status {
        block.push(statuses());
    }
    if kind == Document::Body && has_nested(&writable) {
        block.push(Field::text("references", "nested"));
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

/// The fields that are as the page says of each, as those of a workflow file are; the others are left
/// out with a warning.
fn sound<'n, 's>(
    root: &Node<'s>,
    writable: Vec<&'n Entry<'s>>,
    reading: &mut Reading,
) -> Vec<&'n Entry<'s>> {
    let entries = writable.iter().map(|entry| (*entry).clone()).collect();
    let fields = Node::new(root.span, Kind::Map(entries));
    let record = Entry::new(Scalar::text_only("record"), root.span, fields);
    let mut found = reading.out.aside();
    record::record(&record, &mut found);
    let mut odd = Vec::new();
    for report in found {
        let place = report.primary().span;
        let holds = |entry: &&&Entry| entry.key_span() == place || entry.value.span.contains(place);
        match writable.iter().find(holds) {
            Some(entry) if report.severity == Severity::Error => {
                if !odd.contains(&entry.key_span()) {
                    odd.push(entry.key_span());
                    reading.say_no_more(entry.key_span());
                    reading.out.push(lossy_imports::odd(report));
                }
            }
            _ => reading.out.push(report),
        }
    }
    let is_sound = |entry: &&Entry| !odd.contains(&entry.key_span());
    writable.into_iter().filter(is_sound).collect()
}

fn is_null(node: &Node) -> bool {
    node.scalar().is_some_and(|s| s.kind() == ScalarKind::Null)
}

/// Whether a reference is written as an object: one word in the block says so of all of them.
fn has_nested(writable: &[&Entry]) -> bool {
    let is_reference = |entry: &&&Entry| is_reference(entry.key.text());
    let mut references = writable.iter().filter(is_reference);
    references.any(|entry| entry.value.entries().is_some())
}

fn is_reference(name: &str) -> bool {
    let id = |reference: &&str| reference.strip_suffix("_id") == Some(name);
    REFERENCE_IDS.iter().any(id)
}

fn record_fields(writable: &[&Entry], kind: Document, reading: &mut Reading) -> Vec<Field> {
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
        match (is_reference(name), kind) {
            (true, Document::Answer) => referred(name, &entry.value, reading),
            (true, Document::Body) => Field::new(name, reference(&entry.value)),
            (false, _) => Field::new(name, Value::of(&entry.value)),
        }
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

/// The id of another record, with what an answer calls it beside it.
fn referred(name: &str, node: &Node, reading: &mut Reading) -> Field {
    let (Some(entries), Some(id)) = (node.entries(), node.get("id")) else {
        return Field::new(name, Value::of(node));
    };
    let owner = Subject::named("reference", name);
    let is_known = |entry: &&Entry| entry.key.is("id") || LABELS.contains(&entry.key.text());
    for entry in entries.iter().filter(|entry| !is_known(entry)) {
        reading.leave_out(owner, entry, Reason::NotDocumented);
    }
    let called = ["name", "subject"]
        .into_iter()
        .filter_map(|label| node.get(label));
    let called = called
        .filter_map(Node::scalar)
        .map(|text| text.text().to_string());
    Field::new(name, Value::of(id)).beside(called.take(1).next())
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
    let names = read_only.iter().map(|entry| entry.key.text());
    let names: Vec<&str> = names.filter(|name| *name != "id").collect();
    if names.is_empty() {
        return Vec::new();
    }
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
        more: Vec::new(),
    }
}

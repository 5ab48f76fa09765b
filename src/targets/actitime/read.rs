//! Statuses of an installation, read.

use crate::diagnostic::Diagnostic;
use crate::fields::{self, Fields, Subject};
use crate::model::{Category, Notes};
use crate::node::Node;
use crate::source::Spanned;
use crate::targets::reading::{Index, Reading, numbered, subject};
use crate::targets::{Import, List, Refusals, lossy_imports, values};
use crate::write::value::{Field, Style, Value};
use crate::write::{Begins, Definition, Remarked, Start, State, Transition};

pub const IMPORTS: &[Import] = &[
    Import::new("statuses", list)
        .set_by_product(&["offset", "limit", "items[].allowedActions"])
        .lists(&[List::new("items", "status", "name", KEYS)]),
    Import::new("create", bodies)
        .sent()
        .lists(&[List::new("", "status", "name", KEYS)]),
];

/// As the page shows one.
pub const REFUSALS: Refusals = Refusals {
    messages: &["message"],
    code: Some("key"),
    advice: &[(
        "api.error.workflow_status_used",
        "give the tasks that have this status another one before it is deleted",
    )],
    otherwise: "ask again with the name and password of a user, and save the answer that has `items` in it",
};

const KEYS: &[&[&str]] = &[&["name"], &["id"]];

const GROUPS: &[(&str, Category)] = &[("open", Category::Open), ("completed", Category::Closed)];

/// The answer to a request for the list.
fn list(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let owner = Subject::only("the list of statuses");
    let known = &["offset", "limit", "items"];
    let Some(fields) = reading.whole(root, owner, known) else {
        return Vec::new();
    };
    let Some(items) = reading.filled(&fields, "items") else {
        return Vec::new();
    };
    report_part(&fields, items.len(), reading);
    vec![definition(items, reading)]
}

/// The bodies that create statuses.
fn bodies(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    match reading.root_items(root, "the JSON", "bodies") {
        [] => Vec::new(),
        items => vec![definition(items, reading)],
    }
}

/// The list is one page of a longer one where it begins later or is as long as it may be.
fn report_part(fields: &Fields, length: usize, reading: &mut Reading) {
    let mut number = |name| reading.optional(fields, name, fields::integer);
    let (offset, limit) = (number("offset"), number("limit"));
    if let Some(offset) = offset.filter(|offset| offset.value != 0) {
        reading.out.push(partial(
            format!("the list leaves out {} statuses at its start", offset.value),
            offset,
            "statuses before these are not here",
        ));
    }
    let is_full = |limit: &Spanned<i64>| usize::try_from(limit.value) == Ok(length);
    if let Some(limit) = limit.filter(is_full) {
        reading.out.push(partial(
            format!("the list has {length} statuses, which is its limit"),
            limit,
            "there may be more statuses than these",
        ));
    }
}

fn partial(message: String, number: Spanned<i64>, label: &str) -> Diagnostic {
    let help = "ask for the whole list, with `offset=0` and a `limit` above the number of statuses";
    lossy_imports::other(message, number.span, label, help)
}

fn definition(items: &[Node], reading: &mut Reading) -> Definition {
    let mut index = Index::of("status", "name");
    let mut ids = Index::of("status", "`id`");
    let mut states: Vec<State> = Vec::new();
    let mut known = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let number = numbered("status", at);
        let owner = subject(item, "name", "status", &number);
        let fields = &["id", "name", "type", "allowedActions"];
        let Some(fields) = reading.whole(item, owner, fields) else {
            continue;
        };
        let id = reading.optional(&fields, "id", values::positive);
        let group = reading.word(&fields, "type", GROUPS);
        let (Some(name), Some(group)) = (reading.state_name(&fields, "name"), group) else {
            continue;
        };
        index.add(&name, states.len(), reading.out);
        if let Some(id) = id {
            ids.add(
                &id.map(|id| smol_str::format_smolstr!("{id}")),
                states.len(),
                reading.out,
            );
            known.push(Field::new(
                name.value.as_str(),
                Value::Word(id.value.to_string()),
            ));
        }
        states.push(State::new(name.value, group));
    }
    let block = Field::new("ids", Value::Map(known, Style::Line));
    let has_ids = matches!(&block.value, Value::Map(ids, _) if !ids.is_empty());
    Definition {
        start: start(&states),
        transitions: every_to_every(&states),
        targets: vec![(super::NAME, has_ids.then_some(block).into_iter().collect())],
        states: states.into(),
        ..Definition::default()
    }
}

fn start(states: &[State]) -> Remarked<Vec<Start>> {
    let open = states.iter().position(|s| s.category == Category::Open);
    let start = Remarked::from(vec![Start::plain(open.unwrap_or(0))]);
    start.remark(match open {
        Some(_) => "actiTIME does not say where tasks begin: this is the first open status.",
        None => "actiTIME does not say where tasks begin: this is the first status.",
    })
}

/// The product keeps no transitions, and so lets any status follow any other.
fn every_to_every(states: &[State]) -> Remarked<Vec<Transition>> {
    let one_to = |to| Transition {
        name: None,
        from: Begins::Every { except: Vec::new() },
        to,
        notes: Notes::None,
    };
    let all = match states.len() {
        1 => Vec::new(),
        many => (0..many).map(one_to).collect(),
    };
    Remarked::from(all).remark("actiTIME lets any status follow any other.")
}

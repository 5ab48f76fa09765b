//! The steps of a workflow, read.

use super::step_id;
use crate::fields::{self, Fields, Subject};
use crate::model::{Category, Text};
use crate::node::Node;
use crate::source::Spanned;
use crate::targets::reading::{Index, Reading, numbered, subject};
use crate::targets::{Import, blocks};
use crate::write::gather::{self, Move};
use crate::write::value::{Field, Style, Value};
use crate::write::{Definition, Remarked, State, starts};

pub const IMPORTS: &[Import] = &[Import {
    document: "steps",
    read: steps,
    set_by_product: &[],
    unordered: &[],
}];

const CATEGORIES: &[(&str, Category)] = &[
    ("Open", Category::Open),
    ("Waiting", Category::Waiting),
    ("Closed", Category::Closed),
];

const STEP: &[&str] = &["StepId", "Name", "StatusType", "AllowedTransitions"];

/// A step, its transitions still by their ids.
struct Step {
    id: Text,
    name: Text,
    category: Category,
    next: Vec<Text>,
}

fn steps(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let owner = Subject::only("the list of steps");
    let Some(fields) = reading.fields(root, owner, root.span, &["Items"]) else {
        return Vec::new();
    };
    let items = reading.list(&fields, "Items").unwrap_or(&[]);
    if items.is_empty()
        && let Some(node) = fields.get("Items")
        && node.items().is_some()
    {
        let report = fields::invalid_values::empty(fields.field("Items"), node.span);
        reading.out.push(report);
    }
    let numbered = items.iter().enumerate();
    let steps: Vec<Step> = numbered
        .filter_map(|(at, item)| step(at, item, reading))
        .collect();
    let is_whole = steps.len() == items.len();
    vec![definition(&steps, is_whole, reading)]
}

fn step(at: usize, item: &Node, reading: &mut Reading) -> Option<Step> {
    let number = numbered("step", at);
    let owner = subject(item, "Name", "step", &number);
    let fields = reading.fields(item, owner, item.span, STEP)?;
    let id = fields.required("StepId", reading.out);
    let id = id.and_then(|node| blocks::uuid(node, fields.field("StepId"), reading.out));
    let category = reading.word(&fields, "StatusType", CATEGORIES);
    let next = next(&fields, reading);
    Some(Step {
        name: reading.state_name(&fields, "Name")?,
        id: id?,
        category: category?,
        next: next?,
    })
}

fn next(fields: &Fields, reading: &mut Reading) -> Option<Vec<Text>> {
    let items = reading.list(fields, "AllowedTransitions")?;
    let field = fields.field("AllowedTransitions");
    let ids = items
        .iter()
        .map(|item| fields::name(item, field, reading.out));
    ids.collect()
}

fn definition(steps: &[Step], is_whole: bool, reading: &mut Reading) -> Definition {
    let (mut ids, mut names) = (Index::of("step", "`StepId`"), Index::of("step", "`Name`"));
    for (at, step) in steps.iter().enumerate() {
        ids.add(&lower(&step.id), at, reading.out);
        names.add(&step.name, at, reading.out);
    }
    if !is_whole {
        ids.doubt();
    }
    let next: Vec<Vec<usize>> = steps
        .iter()
        .map(|step| {
            let speaker = format!("step `{}` leads to", step.name.value);
            let found = step.next.iter();
            found
                .filter_map(|id| ids.find(&lower(id), &speaker, reading.out))
                .collect()
        })
        .collect();
    let state = |step: &Step| State::new(&step.name.value, step.category);
    let mut states: Vec<State> = steps.iter().map(state).collect();
    gather::mark_final(&mut states, &moves(&next));
    Definition {
        start: start(&next),
        transitions: Remarked::from(gather::by_state(&next, &states))
            .remark("Without names, because Incident IQ gives none: each is called after the state it leads to."),
        targets: vec![(super::NAME, block(steps, reading.called))],
        states: states.into(),
        ..Definition::default()
    }
}

/// UUIDs are the same in either case of letters (RFC 9562, §4).
fn lower(id: &Text) -> Text {
    Spanned::new(id.value.to_lowercase(), id.span)
}

fn moves(next: &[Vec<usize>]) -> Vec<Move> {
    let from_each = next.iter().enumerate();
    from_each
        .flat_map(|(from, all)| {
            all.iter().map(move |to| Move {
                name: None,
                from,
                to: *to,
                notes: Default::default(),
            })
        })
        .collect()
}

fn start(next: &[Vec<usize>]) -> Remarked<Vec<crate::write::Start>> {
    let starts = starts::guess(next);
    let others = starts.len() > 1;
    let start = Remarked::from(starts)
        .remark("Incident IQ does not say where tickets begin: this is the first step.");
    match others {
        true => start.remark("The others are those that no step leads to."),
        false => start,
    }
}

/// The ids that are not derived anyway.
fn block(steps: &[Step], called: &str) -> Vec<Field> {
    let derived = |step: &&Step| step_id(called, &step.name.value, None) == step.id.value;
    let given = steps.iter().filter(|step| !derived(step));
    let id = |step: &Step| Field::text(&step.name.value, &step.id.value);
    let ids: Vec<Field> = given.map(id).collect();
    if ids.is_empty() {
        return Vec::new();
    }
    vec![Field::new("step-ids", Value::Map(ids, Style::Lines))]
}

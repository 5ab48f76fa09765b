//! The steps of a workflow, and the workflows of a site, read.

use super::step_id;
use crate::fields::{self, Fields, Subject};
use crate::model::{Category, Text};
use crate::node::Node;
use crate::source::Spanned;
use crate::targets::reading::{Index, Reading, given, numbered, subject};
use crate::targets::{Import, List, Refusals, ids, lossy_imports, values};
use crate::write::gather::{self, Move};
use crate::write::value::{Field, Style, Value};
use crate::write::{Definition, Remarked, State, starts};

pub const IMPORTS: &[Import] = &[
    Import::new("steps", answer).lists(&[List::new("Items", "step", "Name", STEP_KEYS)]),
    Import::new("workflows", workflows)
        .members("Items")
        .lists(&[List::new("Steps", "step", "Name", STEP_KEYS)]),
];

/// As the vendor's description of the API has them; the page shows none.
pub const REFUSALS: Refusals = Refusals {
    messages: &["Message", "Errors[].Message"],
    code: Some("StatusCode"),
    advice: &[
        (
            "401",
            "send a valid token, and the headers `SiteId` and `Client`, with the request",
        ),
        (
            "403",
            "ask with the token of a user who may read the configuration of workflows",
        ),
        (
            "404",
            "ask with the id of a workflow of this site: `incident-iq:workflows` lists them",
        ),
    ],
    otherwise: "ask again, and save the answer that has `Items` in it",
};

const STEP_KEYS: &[&[&str]] = &[&["StepId"], &["Name"]];

const CATEGORIES: &[(&str, Category)] = &[
    ("Open", Category::Open),
    ("Waiting", Category::Waiting),
    ("Closed", Category::Closed),
];

const WORKFLOW: &[&str] = &["WorkflowId", "Name", "InitialStepId", "Steps"];

const STEP: &[&str] = &["StepId", "Name", "StatusType", "AllowedTransitions"];

/// A step, its transitions still by their ids.
struct Step {
    id: Text,
    name: Text,
    category: Category,
    next: Vec<Text>,
}

/// The steps of a workflow, with the positions of those that may follow each.
struct Steps {
    all: Vec<Step>,
    next: Vec<Vec<usize>>,
    ids: Index,
}

/// The answer with the steps of one workflow.
fn answer(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let owner = Subject::only("the list of steps");
    let Some(fields) = reading.whole(root, owner, &["Items"]) else {
        return Vec::new();
    };
    let items = reading.filled(&fields, "Items").unwrap_or(&[]);
    let steps = steps(items, reading);
    let called = reading.called;
    let workflow = ids::workflow(called);
    // The ids that are not derived anyway.
    let is_derived = |step: &Step| step_id(&workflow, &step.name.value, None) == step.id.value;
    let ids = step_ids(&steps, |step| !is_derived(step));
    vec![Definition {
        start: start(&steps.next),
        targets: vec![(super::NAME, ids.into_iter().collect())],
        ..definition(&steps)
    }]
}

/// The answer with the workflows of a site.
fn workflows(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let owner = Subject::only("the list of workflows");
    let Some(fields) = reading.whole(root, owner, &["Items"]) else {
        return Vec::new();
    };
    let mut ids = Index::of("workflow", "`WorkflowId`");
    let all = reading.filled(&fields, "Items").unwrap_or(&[]);
    let has_steps = |item: &&Node| item.entries().is_none() || item.get("Steps").is_some();
    let any_has_steps = all.iter().any(|item| has_steps(&item));
    let is_workflow = |item: &&Node| WORKFLOW.iter().any(|name| item.get(name).is_some());
    let mut found = Vec::new();
    for (at, item) in all.iter().enumerate() {
        // Where all are so, the list is of no use, and each is told as a mistake.
        match has_steps(&item) || !is_workflow(&item) || !any_has_steps {
            true => found.extend(workflow(at, item, &mut ids, reading)),
            false => report_without_steps(at, item, reading),
        }
    }
    found
}

/// The answer to another request lists workflows without what they are made of.
fn report_without_steps(at: usize, item: &Node, reading: &mut Reading) {
    let number = numbered("workflow", at);
    let owner = subject(item, "Name", "workflow", &number);
    let message = format!("{owner} has no `Steps`, and will be left out");
    let help = "ask for this workflow alone, and import its `Steps` as `incident-iq:steps`";
    reading.say_no_more(item.span);
    reading.out.push(lossy_imports::other(
        message,
        item.span,
        "nothing to make states of",
        help,
    ));
}

fn workflow(at: usize, item: &Node, ids: &mut Index, reading: &mut Reading) -> Option<Definition> {
    let number = numbered("workflow", at);
    let owner = subject(item, "Name", "workflow", &number);
    let fields = reading.whole(item, owner, WORKFLOW)?;
    let id = uuid(&fields, "WorkflowId", reading);
    if let Some(id) = &id {
        ids.add(&lower(id), at, reading.out);
    }
    let name = reading.name(&fields, "Name");
    let initial = uuid(&fields, "InitialStepId", reading);
    let steps = steps(reading.filled(&fields, "Steps").unwrap_or(&[]), reading);
    let speaker = format!("{owner} begins with");
    let initial = steps.ids.find(&lower(&initial?), &speaker, reading.out)?;
    // The identifier is not settled before every workflow is read, so that no id is left to it.
    let mut block = vec![Field::text("workflow-id", id?.value.as_str())];
    block.extend(step_ids(&steps, |_| true));
    Some(Definition {
        name: Some(name?.value.to_string()),
        start: start_at(initial, &steps.next),
        targets: vec![(super::NAME, block)],
        place: Some(item.span),
        ..definition(&steps)
    })
}

fn uuid(fields: &Fields, name: &'static str, reading: &mut Reading) -> Option<Text> {
    let node = reading.required(fields, name)?;
    values::uuid(node, fields.field(name), reading.out)
}

fn steps(items: &[Node], reading: &mut Reading) -> Steps {
    let numbered = items.iter().enumerate();
    let all: Vec<Step> = numbered
        .filter_map(|(at, item)| step(at, item, reading))
        .collect();
    let (mut ids, mut names) = (Index::of("step", "`StepId`"), Index::of("step", "`Name`"));
    for (at, step) in all.iter().enumerate() {
        ids.add(&lower(&step.id), at, reading.out);
        names.add(&step.name, at, reading.out);
    }
    // Where there is no step at all, that is reported instead.
    if items.is_empty() || all.len() < items.len() {
        ids.doubt();
    }
    let next = |step: &Step| {
        let speaker = format!("step `{}` leads to", step.name.value);
        let found = step.next.iter();
        found
            .filter_map(|id| ids.find(&lower(id), &speaker, reading.out))
            .collect()
    };
    let next = all.iter().map(next).collect();
    Steps { all, next, ids }
}

fn step(at: usize, item: &Node, reading: &mut Reading) -> Option<Step> {
    let number = numbered("step", at);
    let owner = subject(item, "Name", "step", &number);
    let fields = reading.whole(item, owner, STEP)?;
    let id = uuid(&fields, "StepId", reading);
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
    // Nothing, in other words; that it does not come back so is told.
    let is_null =
        fields.get("AllowedTransitions").is_some() && given(fields, "AllowedTransitions").is_none();
    let items = match is_null {
        true => &[],
        false => reading.list(fields, "AllowedTransitions")?,
    };
    let field = fields.field("AllowedTransitions");
    let ids = items
        .iter()
        .map(|item| fields::name(item, field, reading.out));
    ids.collect()
}

/// The states and transitions.
fn definition(steps: &Steps) -> Definition {
    let state = |step: &Step| State::new(step.name.value.as_str(), step.category);
    let mut states: Vec<State> = steps.all.iter().map(state).collect();
    gather::mark_final(&mut states, &moves(&steps.next));
    Definition {
        transitions: Remarked::from(gather::by_state(&steps.next, &states))
            .remark("Without names, because Incident IQ gives none: each is called after the state it leads to."),
        states: states.into(),
        ..Definition::default()
    }
}

/// UUIDs are the same in either case of letters (RFC 9562, §4).
fn lower(id: &Text) -> Text {
    Spanned::new(id.value.to_lowercase().into(), id.span)
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

/// Where the product says that tickets begin.
fn start_at(initial: usize, next: &[Vec<usize>]) -> Remarked<Vec<crate::write::Start>> {
    let starts = starts::with_first(initial, next);
    match starts.len() > 1 {
        true => Remarked::from(starts).remark(
            "Incident IQ names the first of these; no step leads from there to the others.",
        ),
        false => starts.into(),
    }
}

/// The ids of those steps whose own ids are to be written.
fn step_ids(steps: &Steps, is_written: impl Fn(&Step) -> bool) -> Option<Field> {
    let given = steps.all.iter().filter(|step| is_written(step));
    let id = |step: &Step| Field::text(step.name.value.as_str(), step.id.value.as_str());
    let ids: Vec<Field> = given.map(id).collect();
    (!ids.is_empty()).then(|| Field::new("step-ids", Value::Map(ids, Style::Lines)))
}

//! The answer to "Get workflow", read.

use crate::hashing::{HashMap, HashSet};

use super::KNOWN_TYPES;
use crate::fields::{self, Fields, Subject, invalid_values};
use crate::model::{Category, Notes, Text};
use crate::node::Node;
use crate::targets::reading::{Index, Reading, color, given, numbered, subject};
use crate::targets::{Import, List, Refusals};
use crate::write::gather::{self, Move};
use crate::write::value::Field;
use crate::write::{Definition, NewTicket, Start, State};

pub const IMPORTS: &[Import] = &[Import::new("workflow", response).lists(&[
    List::new("workflow.states", "state", "name", &[&["name"]]),
    List::new(
        "workflow.transitions",
        "transition",
        "displayName",
        &[
            &["displayName", "start", "end", "notes"],
            &["displayName", "start", "end"],
            &["displayName", "start"],
            &["start", "end"],
        ],
    ),
    List::new(
        "workflow.startingTransitions",
        "starting transition",
        "displayName",
        &[
            &["displayName", "end", "notes"],
            &["displayName", "end"],
            &["displayName"],
        ],
    ),
])];

/// As the page lists them.
pub const REFUSALS: Refusals = Refusals {
    messages: &["error.details[].message", "error.message"],
    code: Some("error.code"),
    advice: &[
        (
            "WorkflowNotFound",
            "do without: nobody has set a workflow for this type of issue, which is no mistake",
        ),
        (
            "RepositoryNotFound",
            "ask with the id of an iTwin or a project that exists",
        ),
        (
            "HeaderNotFound",
            "send the header `Authorization` with a token for the scope `itwin-platform`",
        ),
        (
            "InvalidWorkflowRequest",
            "ask with both `type` and `iTwinId`, which is a GUID",
        ),
        (
            "RateLimitExceeded",
            "ask again after as many seconds as the headers of the answer say",
        ),
    ],
    otherwise: "ask again, and save the answer that has `workflow` in it",
};

const CATEGORIES: &[(&str, Category)] = &[
    ("Open", Category::Open),
    ("Closed", Category::Closed),
    ("Draft", Category::Draft),
];

const NOTES: &[(&str, Notes)] = &[
    ("None", Notes::None),
    ("Optional", Notes::Optional),
    ("Required", Notes::Required),
];

const WORKFLOW: &[&str] = &[
    "id",
    "startStates",
    "type",
    "states",
    "transitions",
    "startingTransitions",
    "uninitializedState",
];

fn response(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let owner = Subject::only("the answer");
    let Some(answer) = reading.whole(root, owner, &["workflow"]) else {
        return Vec::new();
    };
    let workflow = reading.required(&answer, "workflow");
    let definition = workflow.and_then(|node| workflow_of(node, reading));
    definition.into_iter().collect()
}

fn workflow_of(node: &Node, reading: &mut Reading) -> Option<Definition> {
    let fields = reading.whole(node, Subject::only(fields::WORKFLOW), WORKFLOW)?;
    let id = reading.optional(&fields, "id", fields::name);
    let issue_type = reading.name(&fields, "type");
    let (mut states, index) = states(&fields, reading);
    let moves = transitions(&fields, &index, reading);
    let start = start(&fields, &index, reading);
    let new_ticket = new_ticket(&fields, reading);
    gather::mark_final(&mut states, &moves);
    let transitions = gather::in_order(&moves, &states);
    let issue_type = issue_type?;
    let mut block = Vec::new();
    block.extend(id.map(|id| Field::text("id", id.value)));
    block.push(Field::text("type", issue_type.value.as_str()));
    let mut definition = Definition {
        identifier: issue_type.value.to_string(),
        start: start.into(),
        new_ticket,
        states: states.into(),
        transitions: transitions.into(),
        targets: vec![(super::NAME, block)],
        ..Definition::default()
    };
    if !KNOWN_TYPES.contains(&issue_type.value.as_str()) {
        reading.out.extend(super::unlisted_type(&issue_type));
    }
    definition.remarks.push(
        "iTwin gives a workflow no name; the identifier is that of its issue type.".to_owned(),
    );
    Some(definition)
}

fn states(fields: &Fields, reading: &mut Reading) -> (Vec<State>, Index) {
    const FIELDS: &[&str] = &["name", "color", "editableProperties", "stateCategory"];
    let mut states = Vec::new();
    let mut index = Index::of("state", "name");
    let Some(items) = reading.filled(fields, "states") else {
        index.doubt();
        return (states, index);
    };
    for (at, item) in items.iter().enumerate() {
        let number = numbered("state", at);
        let owner = subject(item, "name", "state", &number);
        let Some(fields) = reading.fields(item, owner, FIELDS) else {
            index.doubt();
            continue;
        };
        let category = reading.word(&fields, "stateCategory", CATEGORIES);
        let color = reading.optional(&fields, "color", color);
        let editable = reading.names(&fields, "editableProperties");
        let Some(name) = reading.state_name(&fields, "name") else {
            index.doubt();
            continue;
        };
        index.add(&name, states.len(), reading.out);
        states.push(State {
            color,
            editable,
            ..State::new(name.value, category.unwrap_or(Category::Open))
        });
    }
    (states, index)
}

fn transitions(fields: &Fields, index: &Index, reading: &mut Reading) -> Vec<Move> {
    const FIELDS: &[&str] = &["displayName", "start", "end", "notes"];
    let items = reading.list(fields, "transitions").unwrap_or(&[]);
    let mut moves = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let number = numbered("transition", at);
        let owner = subject(item, "displayName", "transition", &number);
        let Some(fields) = reading.fields(item, owner, FIELDS) else {
            continue;
        };
        let name = reading.name(&fields, "displayName");
        let notes = reading.word(&fields, "notes", NOTES);
        let from = state(&fields, "start", "starts from", index, reading);
        let to = state(&fields, "end", "leads to", index, reading);
        if let (Some(name), Some(notes), Some((from, _)), Some((to, end))) = (name, notes, from, to)
        {
            moves.push(Move {
                name: (name.value != end.value).then_some(name.value.to_string()),
                from,
                to,
                notes,
            });
        }
    }
    moves
}

/// The state that a field of a transition names.
fn state(
    fields: &Fields,
    field: &'static str,
    does: &str,
    index: &Index,
    reading: &mut Reading,
) -> Option<(usize, Text)> {
    let name = reading.name(fields, field)?;
    let speaker = format!("{} {does}", fields.owner());
    let found = index.find(&name, &speaker, reading.out)?;
    Some((found, name))
}

/// Both what `startStates` and what `startingTransitions` say, each in its order.
fn start(fields: &Fields, index: &Index, reading: &mut Reading) -> Vec<Start> {
    let listed = start_states(fields, index, reading);
    let transitions = starting_transitions(fields, index, &listed, reading);
    let positions = listed.iter().enumerate().map(|(at, state)| (*state, at));
    let position: HashMap<usize, usize> = positions.collect();
    // Naming a state and beginning in it under its own name would be the same twice.
    let own = transitions.iter().filter(|start| start.is_own_name);
    let mut is_begun: Vec<bool> = vec![false; listed.len()];
    let mut own_name: Vec<bool> = vec![false; listed.len()];
    own.for_each(|start| own_name[position[&start.to]] = true);
    let mut starts: Vec<Start> = Vec::new();
    let mut named = 0;
    for start in transitions {
        let at = position[&start.to];
        // The states that are listed before this one have to be named before it.
        for before in named..at {
            if !is_begun[before] && !own_name[before] {
                is_begun[before] = true;
                starts.push(Start::plain(listed[before]));
            }
        }
        named = named.max(at);
        is_begun[at] = true;
        starts.push(Start {
            to: start.to,
            transition: Some((start.name, start.notes)),
        });
    }
    let rest = listed.iter().zip(is_begun).filter(|(_, begun)| !begun);
    starts.extend(rest.map(|(state, _)| Start::plain(*state)));
    starts
}

/// A starting transition.
struct Beginning {
    /// One of the start states.
    to: usize,
    name: String,
    is_own_name: bool,
    notes: Notes,
}

fn start_states(fields: &Fields, index: &Index, reading: &mut Reading) -> Vec<usize> {
    let Some(node) = reading.required(fields, "startStates") else {
        return Vec::new();
    };
    let field = fields.field("startStates");
    let names = fields::names(node, field, reading.out).unwrap_or_default();
    if node.items().is_some_and(<[Node]>::is_empty) {
        let report = invalid_values::empty(field, node.span);
        reading.out.push(report);
    }
    let mut seen = Index::of("start state", "name");
    let mut states = Vec::new();
    for name in names {
        seen.add(&name, states.len(), reading.out);
        states.extend(index.find(&name, "the workflow starts in", reading.out));
    }
    states
}

fn starting_transitions(
    fields: &Fields,
    index: &Index,
    listed: &[usize],
    reading: &mut Reading,
) -> Vec<Beginning> {
    const FIELDS: &[&str] = &["displayName", "end", "notes"];
    if given(fields, "startingTransitions").is_none() {
        return Vec::new();
    }
    let items = reading.list(fields, "startingTransitions").unwrap_or(&[]);
    let among: HashSet<usize> = listed.iter().copied().collect();
    let mut found = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let number = numbered("starting transition", at);
        let owner = subject(item, "displayName", "starting transition", &number);
        let Some(fields) = reading.fields(item, owner, FIELDS) else {
            continue;
        };
        let name = reading.name(&fields, "displayName");
        let notes = reading.word(&fields, "notes", NOTES);
        let to = state(&fields, "end", "leads to", index, reading);
        let (Some(name), Some(notes), Some((to, end))) = (name, notes, to) else {
            continue;
        };
        match among.contains(&to) {
            true => found.push(Beginning {
                to,
                is_own_name: name.value == end.value,
                name: name.value.to_string(),
                notes,
            }),
            false => reading.out.push(no_start_state(&owner.to_string(), &end)),
        }
    }
    found
}

fn no_start_state(owner: &str, end: &Text) -> crate::diagnostic::Diagnostic {
    let name = &end.value;
    invalid_values::other(
        format!("{owner} leads to `{name}`, which is no start state"),
        end.span,
        "not among `startStates`",
        format!("add `{name}` to `startStates`, or name one of those"),
    )
}

fn new_ticket(fields: &Fields, reading: &mut Reading) -> Option<NewTicket> {
    let node = given(fields, "uninitializedState")?;
    let owner = Subject::only("the uninitialized state");
    let fields = reading.fields(node, owner, &["editableProperties"])?;
    Some(NewTicket {
        editable: reading.names(&fields, "editableProperties"),
    })
}

//! The answer to "Get workflow", read.

use crate::hashing::{HashMap, HashSet};

use super::Settings;
use crate::diagnostic::Diagnostics;
use crate::fields::{self, Fields, Subject, invalid_values};
use crate::model::{Category, Notes, Text};
use crate::node::{Entry, Node};
use crate::rules::Checked;
use crate::targets::blocks;
use crate::targets::gathering::{self, Holds};
use crate::targets::reading::{Index, Reading, color, given, numbered, subject};
use crate::targets::{Import, List, Refusals, lossy_imports};
use crate::write::gather::{self, Move};
use crate::write::value::Field;
use crate::write::{Definition, NewTicket, Remarked, Start, State, starts};

/// One answer or several, for an issue type each, with or without what is around the workflow.
pub const IMPORTS: &[Import] = &[Import::new("workflow", response)
    .holds(
        Holds::list("", WORKFLOW)
            .alone("workflow")
            .pages(gathering::nothing_beside),
    )
    .members("")
    .rebuilt(rebuilt)
    .lists(&[
        List::new("states", "state", "name", &[&["name"]]),
        List::new(
            "transitions",
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
            "startingTransitions",
            "starting transition",
            "displayName",
            &[
                &["displayName", "end", "notes"],
                &["displayName", "end"],
                &["displayName"],
            ],
        ),
    ])];

/// What stands in the answer. One without a type, which is told, is compared all the same.
fn rebuilt(workflows: &[&Checked], _: &mut Diagnostics) -> Option<serde_json::Value> {
    let [checked] = workflows else { return None };
    let issue_type = &blocks::of::<Settings>(checked).issue_type;
    let named = issue_type.as_ref().map(|one| one.value.to_string());
    let is_named = named.is_some();
    let workflow = super::workflow(checked, named.unwrap_or_default());
    let mut built = serde_json::to_value(workflow).ok()?;
    if !is_named {
        built.as_object_mut()?.remove("type");
    }
    Some(built)
}

/// The product's word for that nobody has drawn a workflow for an issue type.
const NOT_FOUND: &str = "WorkflowNotFound";

/// As the page lists them.
pub const REFUSALS: Refusals = Refusals {
    messages: &["error.details[].message", "error.message"],
    code: Some("error.code"),
    advice: &[
        (
            NOT_FOUND,
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
    let Some(workflows) = root.items() else {
        // It is no answer with a workflow, or that would be in a list.
        reading.whole(root, Subject::only("the answer"), &["workflow"]);
        return Vec::new();
    };
    if workflows.is_empty() {
        reading.root_items(root, "the JSON", "answers");
    }
    let is_missing = |item: &Node| {
        let code = item.get("error").and_then(|error| error.get("code"));
        code.and_then(Node::scalar)
            .is_some_and(|code| code.text() == NOT_FOUND)
    };
    let is_any = !workflows.iter().all(is_missing);
    reading.each("workflow", workflows, None, |reading, at, item| {
        if is_any && is_missing(item) {
            reading.out.push(lossy_imports::other(
                format!("answer {} says that there is no workflow", at + 1),
                item.span,
                "nobody has drawn one for this issue type",
                "draw one in the Form Manager, or leave this answer out",
            ));
            return None;
        }
        let number = numbered("workflow", at);
        let owner = match workflows {
            [_] => Subject::only(fields::WORKFLOW),
            _ => subject(item, "type", "workflow", &number),
        };
        workflow_of(item, owner, reading)
    })
}

fn workflow_of(node: &Node, owner: Subject, reading: &mut Reading) -> Option<Definition> {
    let fields = reading.whole(node, owner, WORKFLOW)?;
    let id = reading.optional(&fields, "id", fields::name);
    let issue_type = issue_type(&fields, reading);
    let (mut states, index) = states(&fields, reading);
    let moves = gather::once(transitions(&fields, &index, reading));
    let mut start: Remarked<Vec<Start>> = start(&fields, &index, reading).into();
    if start.value.is_empty() && !states.is_empty() {
        start = guessed(&fields, &states, &moves, reading);
    }
    let new_ticket = new_ticket(&fields, reading);
    gather::mark_final(&mut states, &moves);
    let transitions = gather::in_order(&moves, &states);
    let named = issue_type.as_ref().map(|named| named.value.as_str());
    let mut block = Vec::new();
    block.extend(id.map(|id| Field::text("id", id.value)));
    block.extend(named.map(|named| Field::text("type", named)));
    let remark = match named {
        Some(_) => "iTwin gives a workflow no name; the identifier is that of its issue type.",
        None => "The answer names no issue type: write it as `type` of target `itwin`.",
    };
    let mut definition = Definition {
        identifier: named.unwrap_or_default().to_owned(),
        start,
        new_ticket,
        states: states.into(),
        transitions: transitions.into(),
        targets: vec![(super::NAME, block)],
        place: Some(node.span),
        ..Definition::default()
    };
    let unlisted = issue_type.as_ref().and_then(super::unlisted_type);
    reading.out.extend(unlisted);
    definition.remarks.push(remark.to_owned());
    Some(definition)
}

/// The schema requires no field, and an answer without this one has all the rest.
fn issue_type(fields: &Fields, reading: &mut Reading) -> Option<Text> {
    const HELP: &str = "write the issue type as `type` of target `itwin` into the workflow file";
    if given(fields, "type").is_some() {
        return reading.optional(fields, "type", fields::name);
    }
    let message = format!("{} has no `type`", fields.owner());
    let place = fields.entry("type").map_or(fields.place(), Entry::key_span);
    let report = lossy_imports::other(message, place, "no issue type is named", HELP);
    reading.out.push(report);
    None
}

/// The first state, and as few others as are needed to come to all.
fn guessed(
    fields: &Fields,
    states: &[State],
    moves: &[Move],
    reading: &mut Reading,
) -> Remarked<Vec<Start>> {
    let mut next = vec![Vec::new(); states.len()];
    moves.iter().for_each(|step| next[step.from].push(step.to));
    let guess = starts::guess(&next);
    let place = fields
        .entry("startStates")
        .map_or(fields.place(), Entry::key_span);
    // What is no list is told as such.
    if given(fields, "startStates").is_none_or(|states| states.items().is_some()) {
        reading.out.push(lossy_imports::other(
            format!("{} names no state that tickets begin in", fields.owner()),
            place,
            "so they begin in the first state",
            "look at `start` in the workflow file, and correct it there",
        ));
    }
    reading.say_no_more(place);
    Remarked::from(guess)
        .remark("The answer does not say where tickets begin: this is the first state.")
}

fn states(fields: &Fields, reading: &mut Reading) -> (Vec<State>, Index) {
    const FIELDS: &[&str] = &["name", "color", "editableProperties", "stateCategory"];
    let mut index = Index::of("state", "name");
    let Some(items) = reading.filled(fields, "states") else {
        index.doubt();
        return (Vec::new(), index);
    };
    let mut count = 0;
    let with_it = Some("with the transitions from it and to it");
    let states = reading.each("state", items, with_it, |reading, at, item| {
        let number = numbered("state", at);
        let owner = subject(item, "name", "state", &number);
        let fields = reading.fields(item, owner, FIELDS)?;
        let name = reading.state_name(&fields, "name")?;
        let category = reading.word_or(&fields, "stateCategory", CATEGORIES, "Open")?;
        let color = reading.optional(&fields, "color", color);
        let editable = reading.names(&fields, "editableProperties");
        index.add(&name, count, reading.out);
        if reading.out.has_errors() {
            return None;
        }
        count += 1;
        Some(State {
            color,
            editable,
            ..State::new(name.value, category)
        })
    });
    if states.len() < items.len() {
        index.doubt();
    }
    (states, index)
}

fn transitions(fields: &Fields, index: &Index, reading: &mut Reading) -> Vec<Move> {
    const FIELDS: &[&str] = &["displayName", "start", "end", "notes"];
    let items = match given(fields, "transitions") {
        Some(_) => reading.or_odd(|reading| reading.list(fields, "transitions")),
        None => None,
    };
    let items = items.unwrap_or(&[]);
    let read = |reading: &mut Reading, at: usize, item: &Node| {
        let number = numbered("transition", at);
        let owner = subject(item, "displayName", "transition", &number);
        let fields = reading.fields(item, owner, FIELDS)?;
        let name = reading.optional(&fields, "displayName", fields::name);
        let notes = notes(&fields, reading)?;
        let from = state(&fields, "start", "starts from", index, reading);
        let to = state(&fields, "end", "leads to", index, reading);
        let (Some((from, _)), Some((to, end))) = (from, to) else {
            // With a state that is left out.
            reading.say_no_more(item.span);
            return None;
        };
        let name = name.filter(|name| name.value != end.value);
        Some(Move {
            name: name.map(|name| name.value.to_string()),
            from,
            to,
            notes,
        })
    };
    reading.each_or_none("transition", items, read)
}

/// The schema requires no field; that this one is not there is told where what is built has it.
fn notes(fields: &Fields, reading: &mut Reading) -> Option<Notes> {
    match given(fields, "notes") {
        Some(_) => reading.word_or(fields, "notes", NOTES, "None"),
        None => Some(Notes::None),
    }
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
    let listed = match given(fields, "startStates") {
        Some(_) => start_states(fields, index, reading),
        None => begun(fields, index),
    };
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
            more: Vec::new(),
        });
    }
    let rest = listed.iter().zip(is_begun).filter(|(_, begun)| !begun);
    starts.extend(rest.map(|(state, _)| Start::plain(*state)));
    starts
}

/// Where the starting transitions lead, each once, of an answer that lists no start states.
fn begun(fields: &Fields, index: &Index) -> Vec<usize> {
    let items = given(fields, "startingTransitions").and_then(Node::items);
    let ends = items.unwrap_or(&[]).iter();
    let ends = ends.filter_map(|item| index.get(item.get("end")?.scalar()?.text()));
    let mut seen = HashSet::default();
    ends.filter(|state| seen.insert(*state)).collect()
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
    let names = reading.optional(fields, "startStates", fields::names);
    let mut seen = Index::of("start state", "name");
    let mut states = Vec::new();
    for name in names.unwrap_or_default() {
        reading.or_odd(|reading| {
            let known = reading.out.len();
            seen.add(&name, states.len(), reading.out);
            let found = index.find(&name, "the workflow starts in", reading.out);
            match found.filter(|_| reading.out.len() == known) {
                Some(state) => states.push(state),
                None => reading.say_no_more(name.span),
            }
        });
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
    let items = reading.or_odd(|reading| reading.list(fields, "startingTransitions"));
    let among: HashSet<usize> = listed.iter().copied().collect();
    let read = |reading: &mut Reading, at: usize, item: &Node| {
        let number = numbered("starting transition", at);
        let owner = subject(item, "displayName", "starting transition", &number);
        let fields = reading.fields(item, owner, FIELDS)?;
        let name = reading.optional(&fields, "displayName", fields::name);
        let notes = notes(&fields, reading)?;
        let Some((to, end)) = state(&fields, "end", "leads to", index, reading) else {
            reading.say_no_more(item.span);
            return None;
        };
        if !among.contains(&to) {
            reading.out.push(no_start_state(&owner.to_string(), &end));
            return None;
        }
        let name = name.unwrap_or_else(|| end.clone());
        Some(Beginning {
            to,
            is_own_name: name.value == end.value,
            name: name.value.to_string(),
            notes,
        })
    };
    reading.each_or_none("starting transition", items.unwrap_or(&[]), read)
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
    let entry = fields.entry("uninitializedState")?;
    let node = given(fields, "uninitializedState")?;
    let owner = Subject::only("the uninitialized state");
    let inner = reading.or_odd(|reading| reading.fields(node, owner, &["editableProperties"]));
    if inner.is_none() {
        reading.say_no_more(entry.key_span());
    }
    let fields = inner?;
    Some(NewTicket {
        editable: reading.names(&fields, "editableProperties"),
    })
}

//! Workflows as Jira shows them and as a request creates them, read.

mod rules;
mod spelling;
mod statuses;
mod transitions;

use std::collections::BTreeMap;

use crate::hashing::{HashMap, HashSet};

use super::NAME;
use super::holders::Holder;
use super::parts::is_id;
use super::wire::StatusCategory;
use crate::diagnostic::Diagnostics;
use crate::fields::{self, Fields, Subject, invalid_values};
use crate::model::decode::EVERY;
use crate::model::{Category, Text};
use crate::node::Node;
use crate::targets::blocks::Words;
use crate::targets::lossy_imports;
use crate::targets::reading::{Index, Reading, given, numbered, subject};
use crate::targets::{Import, List, Refusals, values};
use crate::write::gather;
use crate::write::value::{Field, Style, Value};
use crate::write::{Begins, Definition, State};

pub use spelling::{PAGING, called_by_name};

pub const IMPORTS: &[Import] = &[
    ANSWER,
    Import {
        document: "search",
        ..ANSWER
    },
    REQUEST,
    Import {
        document: "validate",
        ..REQUEST
    },
];

const ANSWER: Import = Import::new("workflows", |root, reading| {
    read(root, Document::Answer, reading)
})
.of_pages()
.respelt(spelling::answer)
.rebuilt(super::answered)
.set_by_product(&[("", SET_BY_JIRA)])
.numbered(NUMBERED)
.lists(LISTS);

const REQUEST: Import = Import::new("create", |root, reading| {
    read(root, Document::Request, reading)
})
.sent()
.respelt(spelling::request)
.rebuilt(super::created)
// Ids of workflows say nothing in a body that creates these.
.set_by_product(&[("", SET_BY_JIRA), ("", &["workflows[].id"])])
.numbered(NUMBERED)
.lists(LISTS);

/// As Jira answers everywhere, and as a validation does.
pub const REFUSALS: Refusals = Refusals {
    messages: &["errorMessages[]", "errors.*", "errors[].message"],
    code: None,
    advice: &[],
    otherwise: "ask as an administrator of Jira, with an API token, and save the answer that has `workflows` in it",
};

/// What a file does not say because Jira does: among it where its editor draws statuses and lines.
const SET_BY_JIRA: &[&str] = &[
    "isLast",
    "maxResults",
    "nextPage",
    "self",
    "startAt",
    "statuses[].usages",
    "total",
    "workflows[].created",
    "workflows[].isEditable",
    "workflows[].loopedTransitionContainerLayout",
    "workflows[].startPointLayout",
    // Numbers of transitions, which files call by their names.
    "workflows[].statuses[].approvalConfiguration.transitionApproved",
    "workflows[].statuses[].approvalConfiguration.transitionRejected",
    "workflows[].statuses[].deprecated",
    "workflows[].statuses[].layout",
    "workflows[].taskId",
    "workflows[].transitions[].links[].fromPort",
    "workflows[].transitions[].links[].toPort",
    "workflows[].transitions[].toPort",
    "workflows[].updated",
    "workflows[].usages",
    "workflows[].version",
];

/// Transitions are numbered in their order, as Jira numbers those of a new workflow.
const NUMBERED: &[&str] = &["workflows[].transitions[].id"];

/// Jira answers in no order of its own.
const LISTS: &[List] = &[
    List::new(
        "statuses",
        "status",
        "name",
        &[&["statusReference"], &["name"]],
    )
    .unordered(),
    List::new(
        "workflows",
        "workflow",
        "name",
        &[&["name", "scope.project.id"], &["name"]],
    )
    .unordered(),
    List::new(
        "workflows[].statuses",
        "status",
        "statusReference",
        &[&["statusReference"]],
    )
    .unordered(),
    List::new(
        "workflows[].transitions",
        "transition",
        "name",
        &[
            &[
                "name",
                "type",
                "toStatusReference",
                "links[].fromStatusReference",
            ],
            &["name", "type", "toStatusReference"],
            &["name", "type"],
            &["name"],
        ],
    )
    .unordered(),
    List::new(
        "workflows[].transitions[].validators",
        "",
        "ruleKey",
        &[
            &[
                "ruleKey",
                "parameters.ruleType",
                "parameters.fieldsRequired",
            ],
            &["ruleKey"],
        ],
    )
    .unordered(),
    List::new(
        "workflows[].transitions[].conditions.conditions",
        "",
        "ruleKey",
        &[
            &[
                "ruleKey",
                "parameters.roleIds",
                "parameters.groupIds",
                "parameters.permissionKeys",
                "parameters.accountIds",
                "parameters.fromStatusId",
                "parameters.toStatusId",
            ],
            &["ruleKey"],
        ],
    )
    .unordered(),
    List::new(
        "workflows[].transitions[].links",
        "",
        "fromStatusReference",
        &[&["fromStatusReference"]],
    )
    .unordered(),
];

const STATUS: &[&str] = &[
    "description",
    "id",
    "name",
    "scope",
    "statusCategory",
    "statusReference",
    "usages",
];

const WORKFLOW: &[&str] = &[
    "created",
    "description",
    "id",
    "isEditable",
    "loopedTransitionContainerLayout",
    "name",
    "scope",
    "startPointLayout",
    "statuses",
    "taskId",
    "transitions",
    "updated",
    "usages",
    "version",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Document {
    /// What Jira answers with: where it knows no description, it writes an empty one.
    Answer,
    /// What is sent to it: there an empty description wipes that of a status which exists.
    Request,
}

/// A status, which several workflows may have.
struct Status {
    name: String,
    description: Option<String>,
    category: StatusCategory,
    id: Option<String>,
    reference: String,
}

/// The statuses of all workflows, by their references.
struct Statuses {
    all: Vec<Status>,
    index: Index,
}

fn read(root: &Node, document: Document, reading: &mut Reading) -> Vec<Definition> {
    let owner = Subject::only("the list of workflows");
    let known: Vec<&str> = ["scope", "statuses", "workflows"]
        .into_iter()
        .chain(
            PAGING
                .iter()
                .copied()
                .filter(|_| document == Document::Answer),
        )
        .collect();
    let Some(fields) = reading.whole(root, owner, &known) else {
        return Vec::new();
    };
    report_missing_pages(&fields, reading);
    let scope = scope(&fields, reading);
    let statuses = statuses(&fields, document, reading);
    let items = reading.filled(&fields, "workflows").unwrap_or(&[]);
    reading.each("workflow", items, None, |reading, at, item| {
        workflow(at, item, scope.clone(), &statuses, reading)
    })
}

/// A page that is not the last, of which none follows here.
fn report_missing_pages(fields: &Fields, reading: &mut Reading) {
    let here = fields.get("workflows").and_then(Node::items);
    let here = here.map_or(0, <[Node]>::len);
    let total = reading.optional(fields, "total", fields::integer);
    let here = i64::try_from(here).unwrap_or(i64::MAX);
    let missing = total.as_ref().map(|total| total.value.saturating_sub(here));
    let is_last = reading.optional(fields, "isLast", fields::boolean);
    let (message, name) = match (missing, is_last) {
        (Some(missing @ 1..), _) => {
            let total = missing.saturating_add(here);
            (
                format!("the answer has {here} of {total} workflows"),
                "total",
            )
        }
        (_, Some(false)) => (
            "the answer is a page that is not the last".to_owned(),
            "isLast",
        ),
        _ => return,
    };
    let place = fields.get(name).map_or(fields.place(), |node| node.span);
    let label = "others are on other pages";
    let help = "name the files of all pages, one after the other";
    reading
        .out
        .push(lossy_imports::other(message, place, label, help));
}

fn statuses(fields: &Fields, document: Document, reading: &mut Reading) -> Statuses {
    let mut statuses = Statuses {
        all: Vec::new(),
        index: Index::of("status", "`statusReference`"),
    };
    // Each scope has names of its own.
    let mut names: BTreeMap<Option<String>, Index> = BTreeMap::new();
    let Some(items) = reading.list(fields, "statuses") else {
        statuses.index.doubt();
        return statuses;
    };
    let Statuses { all, index } = &mut statuses;
    let more = Some("with the transitions from it and to it");
    let mut count = 0;
    *all = reading.each("status", items, more, |reading, at, item| {
        let (name, scope, reference, status) = status(at, item, document, reading)?;
        let of_scope = names.entry(scope);
        let of_scope = of_scope.or_insert_with(|| Index::of("status", "name"));
        let keys = [(of_scope, &name), (&mut *index, &reference)];
        Index::add_to_all(keys, count, reading.out);
        if reading.out.has_errors() {
            return None;
        }
        count += 1;
        Some(status)
    });
    if all.len() < items.len() {
        index.doubt();
    }
    statuses
}

type Read = (Text, Option<String>, Text, Status);

fn status(at: usize, item: &Node, document: Document, reading: &mut Reading) -> Option<Read> {
    let number = numbered("status", at);
    let owner = subject(item, "name", "status", &number);
    let fields = reading.whole(item, owner, STATUS)?;
    let words = StatusCategory::WORDS;
    let category = reading.word_or(&fields, "statusCategory", words, "IN_PROGRESS");
    let reference = reading.name(&fields, "statusReference");
    let scope = scope(&fields, reading);
    let id = reading.optional(&fields, "id", id);
    let text = reading.optional(&fields, "description", fields::text);
    let is_order = document == Document::Request && id.is_some();
    let text = text.filter(|text| is_order || !text.value.is_empty());
    let description = text.map(|text| text.value.to_string());
    let (name, reference) = (reading.state_name(&fields, "name")?, reference?);
    let status = Status {
        name: name.value.to_string(),
        description,
        category: category?,
        id: id.map(|id| id.value.to_string()),
        reference: reference.value.to_string(),
    };
    Some((name, scope, reference, status))
}

fn id(node: &Node, field: fields::Field, out: &mut Diagnostics) -> Option<Text> {
    let id = fields::name(node, field, out)?;
    if !is_id(&id.value) {
        out.push(invalid_values::malformed(
            field, &id.value, id.span, "a number", "10001",
        ));
    }
    Some(id)
}

/// Jira writes no description as an empty one.
fn description(fields: &Fields, reading: &mut Reading) -> Option<String> {
    let text = reading.optional(fields, "description", fields::text)?;
    (!text.value.is_empty()).then_some(text.value.to_string())
}

/// The id of the project whose own the workflows are.
fn scope(fields: &Fields, reading: &mut Reading) -> Option<String> {
    let entry = fields.entry("scope")?;
    let node = given(fields, "scope")?;
    let found = reading.or_odd(|reading| {
        let owner = Subject::only("the scope");
        let fields = reading.fields(node, owner, &["type", "project"])?;
        let kinds = &[("GLOBAL", false), ("PROJECT", true)];
        let is_project = reading.word(&fields, "type", kinds)?;
        if !is_project {
            return Some(None);
        }
        let node = reading.required(&fields, "project")?;
        let owner = Subject::only("the project");
        let fields = reading.fields(node, owner, &["id"])?;
        Some(Some(reading.name(&fields, "id")?.value.to_string()))
    });
    if found.is_none() {
        reading.say_no_more(entry.key_span());
    }
    found.flatten()
}

fn workflow(
    at: usize,
    item: &Node,
    outer: Option<String>,
    statuses: &Statuses,
    reading: &mut Reading,
) -> Option<Definition> {
    let number = numbered("workflow", at);
    let owner = subject(item, "name", "workflow", &number);
    let fields = reading.whole(item, owner, WORKFLOW)?;
    let name = reading.name(&fields, "name");
    let description = description(&fields, reading);
    let scope = scope(&fields, reading).or(outer);
    report_uneditable(&fields, reading);
    let (used, mut states, has) = states(&fields, statuses, reading)?;
    let positions = used.iter().enumerate();
    let position: HashMap<usize, usize> = positions.map(|(at, status)| (*status, at)).collect();
    let id = reading.optional(&fields, "id", fields::name);
    let ways = transitions::read(&fields, statuses, &position, reading)?;
    gather::mark_final(&mut states, &ways.out);
    let rest = [
        of_statuses(&states, &has, &ways, reading),
        kept(&ways, &states),
    ]
    .concat();
    let used: Vec<&Status> = used.iter().filter_map(|at| statuses.all.get(*at)).collect();
    let starts = ways.start.iter().map(|start| start.to).next();
    Some(Definition {
        name: Some(name?.value.to_string()),
        description,
        start: ways.start.into(),
        states: states.into(),
        transitions: ways.transitions.into(),
        targets: vec![(NAME, [block(scope, id, &used, starts), rest].concat())],
        place: Some(item.span),
        ..Definition::default()
    })
}

/// Jira's own workflows, and those in use by some plans, cannot be changed.
fn report_uneditable(fields: &Fields, reading: &mut Reading) {
    let editable = reading.optional(fields, "isEditable", fields::boolean);
    if let (Some(false), Some(node)) = (editable, fields.get("isEditable")) {
        let message = format!("{} cannot be edited in Jira", fields.owner());
        let label = "no request changes this workflow";
        let help = "create another one from the file, under another name";
        let report = lossy_imports::other(message, node.span, label, help);
        reading.out.push(report);
    }
}

/// The statuses of a workflow, by their position among all, the states they become, and what else they
/// have.
type States<'n, 's> = (Vec<usize>, Vec<State>, Vec<statuses::Status<'n, 's>>);

fn states<'n, 's>(
    fields: &Fields<'n, 's, '_>,
    statuses: &Statuses,
    reading: &mut Reading,
) -> Option<States<'n, 's>> {
    const FIELDS: &[&str] = &[
        "approvalConfiguration",
        "deprecated",
        "layout",
        "properties",
        "statusReference",
    ];
    let items = reading.filled(fields, "statuses")?;
    let mut seen = Index::of("status", "`statusReference`");
    let workflow = fields.owner().to_string();
    let more = Some("with the transitions from it and to it");
    let found = reading.each("status", items, more, |reading, at, item| {
        let number = numbered("status", at);
        let owner = Subject::only(&number);
        let fields = reading.fields(item, owner, FIELDS)?;
        let reference = reading.name(&fields, "statusReference")?;
        seen.add(&reference, at, reading.out);
        let speaker = format!("{workflow} has");
        let Some(at) = statuses.index.find(&reference, &speaker, reading.out) else {
            // Where it is in doubt, this is where the workflow lacks it.
            if !reading.out.has_errors() {
                let id = &reference.value;
                reading.out.push(lossy_imports::other(
                    format!("{workflow} has the status `{id}`, which could not be read"),
                    reference.span,
                    "left out with the transitions from it and to it",
                    "correct that status in the JSON",
                ));
                reading.say_no_more(item.span);
            }
            return None;
        };
        let status = statuses.all.get(at)?;
        let rest = statuses::Status::of(&fields, &status.name, reading);
        let state = State {
            description: status.description.clone(),
            editable: rest.forbids_edits.then(Vec::new),
            ..State::new(&status.name, category(status.category))
        };
        Some((at, state, rest))
    });
    let (mut used, mut states, mut has) = (Vec::new(), Vec::new(), Vec::new());
    for (at, state, rest) in found {
        used.push(at);
        states.push(state);
        has.push(rest);
    }
    Some((used, states, has))
}

/// What is kept of the statuses in Jira's words.
fn of_statuses(
    states: &[State],
    has: &[statuses::Status],
    ways: &transitions::Ways,
    reading: &mut Reading,
) -> Vec<Field> {
    let (mut properties, mut approvals) = (Vec::new(), Vec::new());
    for (at, (state, has)) in states.iter().zip(has).enumerate() {
        let kept = has.properties();
        properties.extend(kept.map(|kept| Field::new(&state.name, kept)));
        let kept = has.approval(at, &state.name, ways, reading);
        approvals.extend(kept.map(|kept| Field::new(&state.name, kept)));
    }
    let maps = [
        ("status-properties", properties),
        ("status-approvals", approvals),
    ];
    let maps = maps.into_iter().filter(|(_, map)| !map.is_empty());
    maps.map(|(name, map)| Field::new(name, Value::Map(map, Style::Lines)))
        .collect()
}

fn category(category: StatusCategory) -> Category {
    match category {
        StatusCategory::Todo | StatusCategory::InProgress => Category::Open,
        StatusCategory::Done => Category::Closed,
    }
}

/// What of the statuses does not follow from the states.
fn block(
    scope: Option<String>,
    workflow: Option<Text>,
    used: &[&Status],
    start: Option<usize>,
) -> Vec<Field> {
    let mut ids = Vec::new();
    let mut references = Vec::new();
    let mut categories = Vec::new();
    for (at, status) in used.iter().enumerate() {
        if let Some(id) = &status.id {
            ids.push(Field::new(&status.name, number(id)));
        }
        if values::is_uuid(&status.reference) {
            references.push(Field::text(&status.name, &status.reference));
        }
        let usual = super::status_category(category(status.category), start == Some(at));
        if status.category != usual {
            let word = status.category.word();
            categories.push(Field::text(&status.name, word));
        }
    }
    let scope = scope.map(|id| Field::new("scope", number(&id)));
    let maps = [
        ("status-ids", ids),
        ("status-references", references),
        ("status-categories", categories),
    ];
    let maps = maps.into_iter().filter(|(_, map)| !map.is_empty());
    let maps = maps.map(|(name, map)| Field::new(name, Value::Map(map, Style::Lines)));
    let id = workflow.map(|id| Field::text("workflow-id", id.value));
    scope.into_iter().chain(id).chain(maps).collect()
}

/// What of the transitions does not follow from them: who is meant, which fields, and the rest.
fn kept(ways: &transitions::Ways, states: &[State]) -> Vec<Field> {
    let mut seen = HashSet::default();
    let roles = ways.roles.iter().filter(|(name, _)| seen.insert(name));
    let role = |(name, holder): &(String, Holder)| {
        Field::new(
            name,
            match holder {
                Holder::Role(id) => number(id),
                Holder::Group(id) | Holder::Permission(id) => Value::Text(id.clone()),
                Holder::Reporter => Value::Text("reporter".to_owned()),
                Holder::Assignee => Value::Text("assignee".to_owned()),
            },
        )
    };
    let roles: Vec<Field> = roles.map(role).collect();
    let mut seen = HashSet::default();
    // The id of a field that the site has made is as good as a name.
    let asked = ways
        .asked
        .iter()
        .filter(|id| !id.starts_with("customfield_"));
    let asked = asked.filter(|id| seen.insert(*id));
    let fields: Vec<Field> = asked.map(|id| Field::text(id, id)).collect();
    let maps = [("roles", roles), ("fields", fields)].into_iter();
    let maps = maps.filter(|(_, map)| !map.is_empty());
    let maps = maps.map(|(name, map)| Field::new(name, Value::Map(map, Style::Lines)));
    let rules = ways
        .rules
        .iter()
        .map(|rest| Value::Map(entry(rest, states), Style::Lines));
    let rules: Vec<Value> = rules.collect();
    let is_some = !rules.is_empty();
    let rules = is_some.then(|| Field::new("rules", Value::List(rules, Style::Lines)));
    maps.chain(rules).collect()
}

fn entry(rest: &transitions::Rest, states: &[State]) -> Vec<Field> {
    let named = |at: &usize| states.get(*at).map_or("", |state| &state.name);
    let to = named(&rest.to);
    let mut fields = vec![Field::text("name", rest.name.as_deref().unwrap_or(to))];
    let from = match &rest.from {
        Some(Begins::Every { .. }) => Some(Value::Text(EVERY.to_owned())),
        Some(Begins::States(from)) => Some(match from.as_slice() {
            [one] => Value::Text(named(one).to_owned()),
            all => Value::texts(all.iter().map(named)),
        }),
        None => None,
    };
    fields.extend(from.map(|from| Field::new("from", from)));
    fields.push(Field::text("to", to));
    fields.extend(rest.kept.iter().cloned());
    fields
}

/// An id without quotes, as people write it.
fn number(id: &str) -> Value {
    const MOST_DIGITS: usize = 18;
    match is_id(id) && id.len() <= MOST_DIGITS {
        true => Value::Word(id.to_owned()),
        false => Value::Text(id.to_owned()),
    }
}

//! The steps of a workflow, and the workflows of a site, read.

use super::spelling::{self, CATEGORIES, MORE_OF_NEXT, OF_SITE};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{self, Fields, Subject, invalid_values};
use crate::hashing::HashSet;
use crate::model::{Category, Text};
use crate::node::{Entry, Node};
use crate::rules::Checked;
use crate::source::Spanned;
use crate::targets::gathering::{Holds, Page};
use crate::targets::lossy_imports::Reason;
use crate::targets::reading::{Index, Reading, color, given, numbered, subject};
use crate::targets::{Import, List, Refusals, SetByProduct, ids, lossy_imports, values};
use crate::write::gather::{self, Move};
use crate::write::value::{Field, Style, Value};
use crate::write::{Definition, Remarked, State, starts};

pub const IMPORTS: &[Import] = &[
    Import::new("steps", answer)
        .holds(Holds::list("Items", ANY_STEP).pages(report_part))
        .respelt(spelling::of_page)
        .set_by_product(SET_IN_STEPS)
        .lists(&[List::new("Items", "step", "Name", STEP_KEYS)]),
    site("workflows"),
    site("workflow"),
];

const fn site(document: &'static str) -> Import {
    Import::new(document, workflows)
        .holds(
            Holds::list("Items", WORKFLOW)
                .alone("Item")
                .pages(report_part),
        )
        .respelt(spelling::of_page)
        .members("Items")
        .set_by_product(SET_IN_WORKFLOW)
        .rebuilt(rebuilt)
        .lists(OF_WORKFLOW)
}

const OF_WORKFLOW: &[List] = &[List::new("Steps", "step", "Name", STEP_KEYS)];

/// A workflow, as it stands in the list.
fn rebuilt(workflows: &[&Checked], out: &mut Diagnostics) -> Option<serde_json::Value> {
    let mut list = super::WORKFLOWS.of_all(workflows, out)?;
    Some(list.get_mut("Items")?.get_mut(0)?.take())
}

/// What the vendor's description has around every answer.
const ENVELOPE: &[&str] = &[
    "ExecutionTime",
    "ItemCount",
    "OperationId",
    "Paging",
    "ProcessId",
    "Properties",
    "RequestDate",
    "ServerName",
    "StatusCode",
    "UserToken",
];

/// What the product sets in a list of steps.
const SET_IN_STEPS: &[SetByProduct] =
    &[("", ENVELOPE), ("Items[].", OF_SITE), ("Items[].", OF_STEP)];

/// The same in a workflow, and in each of its steps.
const SET_IN_WORKFLOW: &[SetByProduct] =
    &[("", OF_SITE), ("Steps[].", OF_SITE), ("Steps[].", OF_STEP)];

/// The list is a part of a longer one where it has fewer items than its pages are to have.
fn report_part(pages: &[Page], out: &mut Diagnostics) {
    let all: usize = pages.iter().map(|page| page.items).sum();
    let total = pages.iter().find_map(|page| {
        let total = page.get("Paging")?.get("TotalRows")?;
        let count: usize = total.scalar()?.text().parse().ok()?;
        Some((count, total.span))
    });
    if let Some((count, place)) = total.filter(|(count, _)| *count > all) {
        out.push(lossy_imports::other(
            format!("the list has {all} of {count} items"),
            place,
            "there are more than these",
            "ask for the other pages, too, and import all of them together",
        ));
    }
}

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

const WORKFLOW: &[&str] = &["WorkflowId", "Name", "InitialStepId", "Steps"];

/// What the vendor's description has beside them, for which a workflow file has no word.
const MORE_OF_WORKFLOW: &[&str] = &[
    "ApprovalTypeId",
    "ProductId",
    "PromptLocations",
    "PromptSystems",
    "PromptUsers",
];

/// The same in a step: the id of its workflow.
const OF_STEP: &[&str] = &["WorkflowId"];

const STEP: &[&str] = &["StepId", "Name", "StatusType", "AllowedTransitions"];

/// As [`MORE_OF_WORKFLOW`], of a step.
const MORE_OF_STEP: &[&str] = &[
    "Actions",
    "CommandApprovalStage",
    "CommandApprovalTypeId",
    "CommandMore",
    "CommandName",
    "CommandSortOrder",
    "StatusId",
    "StatusName",
];

/// Fields that tell a step, in the page's words and in the vendor's.
const ANY_STEP: &[&str] = &[
    "StepId",
    "StatusType",
    "AllowedTransitions",
    "WorkflowStepId",
    "StepName",
    "NextSteps",
];

/// A step, its transitions still by their ids.
struct Step {
    /// As other steps speak of it.
    id: Option<Text>,
    /// Whether that is a UUID, as every id of the product is.
    is_uuid: bool,
    name: Text,
    category: Category,
    color: Option<String>,
    description: Option<String>,
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
    let Some(fields) = reading.whole(root, owner, &[&["Items"], ENVELOPE].concat()) else {
        return Vec::new();
    };
    let items = reading.filled(&fields, "Items").unwrap_or(&[]);
    if let Some(report) = of_several(items) {
        reading.out.push(report);
        return Vec::new();
    }
    let steps = steps(items, reading);
    let called = reading.called;
    let workflow = ids::workflow(called);
    // The ids that are not derived anyway.
    let is_derived = |step: &Step| {
        let id = step.id.as_ref().map(|id| id.value.as_str());
        id == Some(&*ids::part(&workflow, &step.name.value).to_string())
    };
    let ids = step_ids(&steps, |step| !is_derived(step));
    vec![Definition {
        start: start(&steps.next),
        targets: vec![(super::NAME, ids.into_iter().collect())],
        ..definition(&steps)
    }]
}

/// The vendor's description has a list of the steps of all workflows, too, which is no workflow.
fn of_several(items: &[Node]) -> Option<Diagnostic> {
    let mut first: Option<&Node> = None;
    let other = items
        .iter()
        .filter_map(|item| item.get("WorkflowId"))
        .find(|id| {
            let first = *first.get_or_insert(*id);
            !first.says_the_same(id)
        })?;
    let report = invalid_values::other(
        "the list has steps of several workflows".to_owned(),
        other.span,
        "another workflow than that of the first step",
        "ask for the steps of one workflow at a time".to_owned(),
    );
    Some(report.label(first?.span, "the workflow of the first step"))
}

/// The answer with the workflows of a site, or with one of them.
fn workflows(root: &Node, reading: &mut Reading) -> Vec<Definition> {
    let owner = Subject::only("the list of workflows");
    let Some(fields) = reading.whole(root, owner, &[&["Items"], ENVELOPE].concat()) else {
        return Vec::new();
    };
    let mut ids = Index::of("workflow", "`WorkflowId`");
    let all = reading.filled(&fields, "Items").unwrap_or(&[]);
    let has_steps = |item: &&Node| item.entries().is_none() || item.get("Steps").is_some();
    let any_has_steps = all.iter().any(|item| has_steps(&item));
    let is_workflow = |item: &&Node| WORKFLOW.iter().any(|name| item.get(name).is_some());
    let with_steps: Vec<&Node> = match any_has_steps {
        // Where all are so, the list is of no use, and each is told as a mistake.
        false => all.iter().collect(),
        true => {
            let (without, with): (Vec<_>, Vec<_>) = all
                .iter()
                .enumerate()
                .partition(|(_, item)| !has_steps(item) && is_workflow(item));
            for (at, item) in without {
                report_without_steps(at, item, reading);
            }
            with.into_iter().map(|(_, item)| item).collect()
        }
    };
    reading.each("workflow", with_steps, None, |reading, at, item| {
        workflow(at, item, &mut ids, reading)
    })
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
    let known = [WORKFLOW, MORE_OF_WORKFLOW, OF_SITE].concat();
    let fields = reading.whole(item, owner, &known)?;
    reading.no_word(&fields, MORE_OF_WORKFLOW.iter().copied());
    // One of another form is not to be found again: the file gets one that follows from its name.
    let id = reading.or_odd(|reading| uuid(&fields, "WorkflowId", reading));
    if id.is_none()
        && let Some(entry) = fields.entry("WorkflowId")
    {
        reading.say_no_more(entry.key_span());
    }
    let name = reading.name(&fields, "Name");
    let steps = steps(reading.filled(&fields, "Steps").unwrap_or(&[]), reading);
    let speaker = format!("{owner} begins with");
    let reported = reading.out.len();
    let initial = reading.or_odd(|reading| {
        let initial = uuid(&fields, "InitialStepId", reading)?;
        steps.ids.find(&lower(&initial), &speaker, reading.out)
    });
    // One that is left out is told by what is built instead.
    if initial.is_none()
        && reading.out.len() > reported
        && let Some(entry) = fields.entry("InitialStepId")
    {
        reading.say_no_more(entry.key_span());
    }
    let name = name?;
    let mut block = Vec::new();
    if let Some(id) = id {
        ids.add(&lower(&id), at, reading.out);
        // The identifier is not settled before every workflow is read, so that no id is left to it.
        block.push(Field::text("workflow-id", id.value.as_str()));
    }
    block.extend(step_ids(&steps, |_| true));
    Some(Definition {
        name: Some(name.value.to_string()),
        start: match initial {
            Some(initial) => start_at(initial, &steps.next),
            None => start(&steps.next),
        },
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
    let (mut ids, mut names) = (Index::of("step", "`StepId`"), Index::of("step", "`Name`"));
    let mut count = 0;
    let with_it = Some("with the moves that lead to it");
    let all = reading.each("step", items, with_it, |reading, at, item| {
        let step = step(at, item, reading)?;
        // What is left out has no position that another may be taken for.
        if reading.out.has_errors() {
            return None;
        }
        match &step.id {
            Some(id) => {
                let keys = [(&mut ids, &lower(id)), (&mut names, &step.name)];
                Index::add_to_all(keys, count, reading.out);
            }
            None => names.add(&step.name, count, reading.out),
        }
        if reading.out.has_errors() {
            return None;
        }
        count += 1;
        Some(step)
    });
    // Where there is no step at all, that is reported instead.
    if items.is_empty() || all.len() < items.len() {
        ids.doubt();
    }
    let next = |step: &Step| {
        let speaker = format!("step `{}` leads to", step.name.value);
        let find = |reading: &mut Reading, id: &Text| {
            let found = ids.find(&lower(id), &speaker, reading.out);
            if found.is_none() {
                reading.say_no_more(id.span);
            }
            found
        };
        let found = step.next.iter();
        let found = found.filter_map(|id| reading.or_odd(|reading| find(reading, id)));
        // One that is named twice is one, which is told by what is built.
        let mut seen = HashSet::default();
        found.filter(|at| seen.insert(*at)).collect()
    };
    let next = all.iter().map(next).collect();
    Steps { all, next, ids }
}

fn step(at: usize, item: &Node, reading: &mut Reading) -> Option<Step> {
    let number = numbered("step", at);
    let owner = subject(item, "Name", "step", &number);
    let known = [
        STEP,
        MORE_OF_STEP,
        OF_SITE,
        OF_STEP,
        MORE_OF_NEXT,
        &["Color", "StepDescription"],
    ]
    .concat();
    let fields = reading.whole(item, owner, &known)?;
    let of_next = |entry: &&Entry| MORE_OF_NEXT.contains(&entry.key.text());
    for entry in fields.entries().iter().filter(of_next) {
        reading.leave_out(owner, entry, Reason::NoWord);
    }
    reading.no_word(&fields, MORE_OF_STEP.iter().copied());
    if let Some(deleted) = item
        .get("IsDeleted")
        .filter(|is| is.scalar().is_some_and(|s| s.text() == "true"))
    {
        reading.out.push(invalid_values::other(
            format!("{owner} is deleted"),
            deleted.span,
            "not in use any more",
            "import the steps that are in use".to_owned(),
        ));
    }
    let color = reading.optional(&fields, "Color", color);
    let description = reading.optional(&fields, "StepDescription", fields::text);
    reading.without_a_word(&fields, &["Color", "StepDescription"]);
    let (id, is_uuid) = id(&fields, reading);
    let category = reading.word_or(&fields, "StatusType", CATEGORIES, "Open")?;
    let next = next(&fields, reading);
    let description = description.map(|text| text.value.to_string());
    Some(Step {
        name: reading.state_name(&fields, "Name")?,
        id,
        is_uuid,
        category,
        color,
        description: description.filter(|text| !text.trim().is_empty()),
        next,
    })
}

/// An id of another form is good for finding the step, and not for its block.
fn id(fields: &Fields, reading: &mut Reading) -> (Option<Text>, bool) {
    let found = reading.or_odd(|reading| {
        let node = reading.required(fields, "StepId")?;
        values::uuid(node, fields.field("StepId"), reading.out)
    });
    if let Some(id) = found {
        return (Some(id), true);
    }
    let Some(entry) = fields.entry("StepId") else {
        return (None, false);
    };
    reading.say_no_more(entry.key_span());
    let text = entry.value.scalar().map(|s| s.text());
    let text = text.filter(|text| !text.trim().is_empty());
    (
        text.map(|text| Text::new(text.into(), entry.value.span)),
        false,
    )
}

fn next(fields: &Fields, reading: &mut Reading) -> Vec<Text> {
    // Nothing, in other words; that it does not come back so is told.
    let is_null =
        fields.get("AllowedTransitions").is_some() && given(fields, "AllowedTransitions").is_none();
    if is_null {
        return Vec::new();
    }
    let items = reading.or_odd(|reading| reading.list(fields, "AllowedTransitions"));
    if items.is_none()
        && let Some(entry) = fields.entry("AllowedTransitions")
    {
        reading.say_no_more(entry.key_span());
    }
    let field = fields.field("AllowedTransitions");
    let id = |item: &Node| {
        // A number is the text of one.
        let text = item
            .scalar()
            .map(|s| s.text())
            .filter(|text| !text.trim().is_empty());
        if let Some(text) = text {
            return Some(Text::new(text.into(), item.span));
        }
        reading.say_no_more(item.span);
        reading.or_odd(|reading| fields::name(item, field, reading.out))
    };
    items.unwrap_or(&[]).iter().filter_map(id).collect()
}

/// The states and transitions.
fn definition(steps: &Steps) -> Definition {
    let state = |step: &Step| State {
        color: step.color.clone(),
        description: step.description.clone(),
        ..State::new(step.name.value.as_str(), step.category)
    };
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
    let given = steps.all.iter();
    let given = given.filter(|step| step.is_uuid && is_written(step));
    let id = |step: &Step| {
        let id = step.id.as_ref()?;
        Some(Field::text(step.name.value.as_str(), id.value.as_str()))
    };
    let ids: Vec<Field> = given.filter_map(id).collect();
    (!ids.is_empty()).then(|| Field::new("step-ids", Value::Map(ids, Style::Lines)))
}

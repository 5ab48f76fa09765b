//! The vendor's description of the API calls the fields of a step otherwise than its page does, and
//! says with `IsClosed` what the page says with `StatusType`. Both are read, and compared, in the
//! page's words.

use crate::hashing::HashMap;
use crate::model::Category;
use crate::node::{Entry, Kind, Node, Scalar};
use crate::targets::reading::says_nothing;

/// The page's words for what a step means for the SLA timer.
pub const CATEGORIES: &[(&str, Category)] = &[
    ("Open", Category::Open),
    ("Waiting", Category::Waiting),
    ("Closed", Category::Closed),
];

/// The same in the page's words: `Items` are steps, or workflows with `Steps`.
pub fn of_page<'s>(root: &Node<'s>) -> Option<Node<'s>> {
    root.get("Items")?.items()?;
    Some(with_list(root, "Items", |items| {
        let is_workflow = |item: &&Node| item.get("Steps").is_some();
        if items.iter().any(|item| is_workflow(&item)) {
            let workflow = |item: &Node<'s>| with_list(item, "Steps", steps);
            return items.iter().map(workflow).collect();
        }
        steps(items)
    }))
}

/// `node` with what `make` makes of the list under `name`.
fn with_list<'s>(
    node: &Node<'s>,
    name: &str,
    make: impl FnOnce(&[Node<'s>]) -> Vec<Node<'s>>,
) -> Node<'s> {
    let (Some(entries), Some(items)) = (node.entries(), node.get(name).and_then(Node::items))
    else {
        return node.clone();
    };
    let items: Box<[Node]> = make(items).into();
    let mut entries = entries.to_vec();
    if let Some(entry) = entries.iter_mut().find(|entry| entry.key.is(name)) {
        entry.value = Node::new(entry.value.span, Kind::List(items));
    }
    Node::new(node.span, Kind::Map(entries.into()))
}

fn steps<'s>(items: &[Node<'s>]) -> Vec<Node<'s>> {
    let mut steps: Vec<Node> = items.iter().map(step).collect();
    // A move may name the step that it leads to by its name, too.
    let id = |step: &Node<'s>| step.get("StepId").and_then(Node::scalar).cloned();
    let ids: HashMap<String, ()> = steps
        .iter()
        .filter_map(|step| Some((id(step)?.text().to_lowercase(), ())))
        .collect();
    let by_name: HashMap<String, Scalar> = steps
        .iter()
        .filter_map(|step| Some((step.get("Name")?.scalar()?.text().to_string(), id(step)?)))
        .collect();
    for step in &mut steps {
        let named = |next: &Node<'s>| {
            let text = next.scalar()?.text();
            let is_id = ids.contains_key(&text.to_lowercase());
            by_name.get(text).filter(|_| !is_id).cloned()
        };
        let next = step.get("AllowedTransitions").and_then(Node::items);
        if next.is_some_and(|next| next.iter().any(|next| named(next).is_some())) {
            *step = with_list(step, "AllowedTransitions", |next| {
                let meant = |next: &Node<'s>| match named(next) {
                    Some(id) => Node::new(next.span, Kind::Scalar(id)),
                    None => next.clone(),
                };
                next.iter().map(meant).collect()
            });
        }
    }
    steps
}

/// A step with the page's four fields, and what else stands in it.
fn step<'s>(step: &Node<'s>) -> Node<'s> {
    let Some(entries) = step.entries() else {
        return step.clone();
    };
    let has = |name: &str| step.get(name).is_some();
    let renamed = |entry: &Entry<'s>, name: &'static str, value: Node<'s>| {
        Entry::new(Scalar::text_only(name), entry.key_span(), value)
    };
    let mut made = Vec::with_capacity(entries.len());
    let mut closed = None;
    let mut status = None;
    let mut more = Vec::new();
    for entry in entries {
        match entry.key.text() {
            "WorkflowStepId" if !has("StepId") => {
                made.push(renamed(entry, "StepId", entry.value.clone()));
            }
            "StepName" if !has("Name") => made.push(renamed(entry, "Name", entry.value.clone())),
            "NextSteps" if !has("AllowedTransitions") => {
                made.push(renamed(
                    entry,
                    "AllowedTransitions",
                    next(&entry.value, &mut more),
                ));
            }
            "AllowedTransitions" => {
                made.push(renamed(
                    entry,
                    "AllowedTransitions",
                    next(&entry.value, &mut more),
                ));
            }
            "IsClosed" if !has("StatusType") => closed = Some(entry),
            "StatusName" if !has("StatusType") => status = Some(entry),
            _ => made.push(entry.clone()),
        }
    }
    made.extend(more);
    let word = |entry: &Entry| {
        let text = entry.value.scalar()?.text().to_string();
        CATEGORIES
            .iter()
            .map(|(word, _)| *word)
            .find(|word| *word == text)
    };
    let is = |entry: &Entry, text: &str| entry.value.scalar().is_some_and(|s| s.text() == text);
    // What is closed is so whatever it is called; what is not may wait.
    let named = status.and_then(word).filter(|word| *word != "Closed");
    let found = match closed {
        Some(entry) if is(entry, "true") => Some((entry, "Closed")),
        Some(entry) if is(entry, "false") => Some((entry, named.unwrap_or("Open"))),
        _ => status.and_then(|entry| Some((entry, word(entry)?))),
    };
    if let Some((entry, word)) = found {
        let kind = Kind::Scalar(Scalar::text_only(word));
        made.push(renamed(
            entry,
            "StatusType",
            Node::new(entry.value.span, kind),
        ));
    } else {
        made.extend(closed.cloned());
    }
    // A word of the site's own is told.
    let is_said = |entry: &&Entry| found.is_some_and(|(_, said)| word(entry) == Some(said));
    made.extend(status.filter(|entry| !is_said(entry)).cloned());
    Node::new(step.span, Kind::Map(made.into()))
}

/// What says nothing that is not said elsewhere.
pub const OF_SITE: &[&str] = &[
    "CreatedBy",
    "CreatedDate",
    "DisplayOrder",
    "InitialStep",
    "IsDeleted",
    "ModifiedBy",
    "ModifiedDate",
    "OriginId",
    "OriginSource",
    "OriginalWorkflowStepId",
    "SiteId",
    "SourceEntityId",
    "SourceEntityTypeId",
    "WorkflowName",
];

/// What is asked before a move, for which a workflow file has no word.
pub const MORE_OF_NEXT: &[&str] = &["AllowedTransitions[].IsAllActionsCompleteRequired"];

/// The ids of the steps that may follow, in place of objects that name them. What else these say goes
/// to `more`, as fields of the step.
fn next<'s>(list: &Node<'s>, more: &mut Vec<Entry<'s>>) -> Node<'s> {
    const IDS: &[&str] = &["AllowedNextWorkflowStepId", "StepId", "WorkflowStepId"];
    const SAID_ELSEWHERE: &[&str] = &["Name", "StepName", "WorkflowNextStepId"];
    let Some(items) = list.items() else {
        return list.clone();
    };
    let says_more = |entry: &&Entry| {
        let name = entry.key.text();
        let is_no =
            says_nothing(&entry.value) || entry.value.scalar().is_some_and(|s| s.text() == "false");
        !is_no
            && ![IDS, SAID_ELSEWHERE, OF_SITE]
                .iter()
                .any(|known| known.contains(&name))
    };
    let id = |item: &Node<'s>| {
        let Some(found) = IDS.iter().find_map(|name| item.get(name)) else {
            return item.clone();
        };
        let entries = item.entries().unwrap_or_default();
        more.extend(entries.iter().filter(says_more).map(|entry| {
            let name = format!("AllowedTransitions[].{}", entry.key.text());
            Entry::new(
                Scalar::text_only(name),
                entry.key_span(),
                entry.value.clone(),
            )
        }));
        found.clone()
    };
    Node::new(list.span, Kind::List(items.iter().map(id).collect()))
}

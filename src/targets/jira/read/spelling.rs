//! What is written in other words than those that are built, put into these: pages and single
//! bodies, the members of a search, and `from` and `to` of the generation before, which wrote these
//! where Jira now writes `links` and `toStatusReference`. All of it is read, and compared, so.

use std::collections::hash_map::Entry as At;

use serde_json::Value;

use crate::hashing::{HashMap, HashSet};
use crate::node::{Entry, Kind, Node, Scalar, ScalarKind};
use crate::targets::reading::says_nothing;

/// The members of an answer that Jira gives in pages, beside its lists.
pub const PAGING: &[&str] = &[
    "isLast",
    "maxResults",
    "nextPage",
    "self",
    "startAt",
    "total",
];

/// One answer, in the words of today, of one or of several pages.
pub fn answer<'s>(root: &Node<'s>) -> Option<Node<'s>> {
    let one = match pages(root) {
        Some(pages) => together(pages),
        None => with_list(&renamed_list(root)),
    };
    Some(of_transitions(&one, |t| without_ids(&newer(t))))
}

/// One request, in the words of today. What it calls its statuses means nothing outside of it: there
/// they are known by their names.
pub fn request<'s>(root: &Node<'s>) -> Option<Node<'s>> {
    let root = match root.items() {
        Some([only]) => only,
        _ => root,
    };
    let root = root.get("payload").unwrap_or(root);
    let one = of_transitions(&with_list(root), newer);
    let names = names(&one);
    Some(match names {
        Some(names) => called(&one, &names),
        None => one,
    })
}

/// The same of what is built.
pub fn called_by_name(body: &mut Value) {
    let statuses = body.get("statuses").and_then(Value::as_array);
    let mut names = HashMap::default();
    let mut seen = HashSet::default();
    for status in statuses.into_iter().flatten() {
        let reference = match status.get("statusReference") {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => return,
        };
        let Some(name) = status.get("name").and_then(Value::as_str) else {
            return;
        };
        if !seen.insert(name.to_owned()) || names.insert(reference, name.to_owned()).is_some() {
            return;
        }
    }
    rename(body, &names);
}

/// The fields that hold what a request calls a status.
const REFERENCES: &[&str] = &[
    "statusReference",
    "fromStatusReference",
    "toStatusReference",
];

/// Rules hold other things, and are passed over. Calls itself as deep as the body is.
fn rename(value: &mut Value, names: &HashMap<String, String>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, names)),
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(_) | Value::Number(_) if REFERENCES.contains(&key.as_str()) => {
                        // A number is the text of one.
                        let name = match &*value {
                            Value::String(text) => names.get(text),
                            number => names.get(&number.to_string()),
                        };
                        if let Some(name) = name {
                            *value = Value::from(name.as_str());
                        }
                    }
                    _ if is_place(key) => rename(value, names),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Whether references to statuses stand below a field of this name.
fn is_place(key: &str) -> bool {
    matches!(key, "statuses" | "workflows" | "transitions" | "links")
}

fn called<'s>(node: &Node<'s>, names: &HashMap<&str, &str>) -> Node<'s> {
    if let Some(items) = node.items() {
        let items = items.iter().map(|item| called(item, names)).collect();
        return Node::new(node.span, Kind::List(items));
    }
    changed(node, |entry| {
        let key = entry.key.text();
        let value = match REFERENCES.contains(&key) {
            true => names.get(text(&entry.value)).map(|name| {
                let name = Scalar::text_only((*name).to_owned());
                Node::new(entry.value.span, Kind::Scalar(name))
            }),
            false => is_place(key).then(|| called(&entry.value, names)),
        };
        let value = value.unwrap_or_else(|| entry.value.clone());
        vec![Entry::new(entry.key.clone(), entry.key_span(), value)]
    })
}

/// The names of the statuses by what a request calls them; `None` where one is not to be told apart.
fn names<'n>(root: &'n Node) -> Option<HashMap<&'n str, &'n str>> {
    let statuses = root.get("statuses")?.items()?;
    let mut names = HashMap::default();
    let mut seen = HashSet::default();
    for status in statuses {
        let reference = status.get("statusReference").map(text)?;
        let name = status.get("name").map(text)?;
        if names.insert(reference, name).is_some() || !seen.insert(name) {
            return None;
        }
    }
    Some(names)
}

/// The answers in a list of them.
fn pages<'n, 's>(root: &'n Node<'s>) -> Option<&'n [Node<'s>]> {
    const LISTS: [&str; 3] = ["statuses", "workflows", "values"];
    let is_page = |node: &Node| LISTS.iter().any(|list| node.get(list).is_some());
    let pages = root.items()?;
    (!pages.is_empty() && pages.iter().all(is_page)).then_some(pages)
}

/// One answer of several. A status that several pages show alike is one.
fn together<'s>(pages: &[Node<'s>]) -> Node<'s> {
    let pages: Vec<Node> = pages.iter().map(renamed_list).collect();
    let last = pages.iter().find(|page| is_last(page)).or(pages.last());
    let mut known: HashMap<String, Vec<String>> = HashMap::default();
    let mut is_new = |status: &Node<'s>| {
        let said = |name: &str| status.get(name).map(text).unwrap_or_default().to_owned();
        let all = ["id", "name", "description", "statusCategory"].map(said);
        match known.entry(said("statusReference")) {
            At::Occupied(known) => *known.get() != all,
            At::Vacant(new) => {
                new.insert(all.to_vec());
                true
            }
        }
    };
    let mut list = |name: &str, is_statuses: bool| {
        let mut items = Vec::new();
        for page in &pages {
            let all = page.get(name).and_then(Node::items).unwrap_or(&[]);
            let new = all.iter().filter(|item| !is_statuses || is_new(item));
            items.extend(new.cloned());
        }
        Kind::List(items.into())
    };
    let (statuses, workflows) = (list("statuses", true), list("workflows", false));
    match last {
        Some(last) => changed(last, |entry| {
            let kind = match entry.key.text() {
                "statuses" => statuses.clone(),
                "workflows" => workflows.clone(),
                _ => return vec![entry.clone()],
            };
            let value = Node::new(entry.value.span, kind);
            vec![Entry::new(entry.key.clone(), entry.key_span(), value)]
        }),
        None => Node::new(pages[0].span, Kind::Lost),
    }
}

fn is_last(page: &Node) -> bool {
    page.get("isLast").is_some_and(|last| text(last) == "true")
}

/// What a search calls `values`, the others call `workflows`.
fn renamed_list<'s>(page: &Node<'s>) -> Node<'s> {
    if page.get("workflows").is_some() {
        return page.clone();
    }
    changed(page, |entry| match entry.key.text() {
        "values" => vec![renamed(entry, "workflows", entry.value.clone())],
        _ => vec![entry.clone()],
    })
}

/// A list of one where one workflow stands alone.
fn with_list<'s>(root: &Node<'s>) -> Node<'s> {
    changed(root, |entry| {
        let is_one = entry
            .value
            .entries()
            .is_some_and(|fields| !fields.is_empty());
        if entry.key.text() != "workflows" || !is_one {
            return vec![entry.clone()];
        }
        let items = vec![entry.value.clone()].into();
        let value = Node::new(entry.value.span, Kind::List(items));
        vec![Entry::new(entry.key.clone(), entry.key_span(), value)]
    })
}

/// An answer with each of its transitions made anew.
fn of_transitions<'s>(root: &Node<'s>, make: impl Fn(&Node<'s>) -> Node<'s> + Copy) -> Node<'s> {
    each(root, "workflows", |workflow| {
        each(workflow, "transitions", make)
    })
}

/// A transition without what Jira numbers its rules by, and without the parameters that it lists and
/// nobody has set. Calls itself as deep as groups of conditions are.
fn without_ids<'s>(node: &Node<'s>) -> Node<'s> {
    let each_of = |node: &Node<'s>, make: fn(&Node<'s>) -> Node<'s>| match node.items() {
        Some(items) => Node::new(node.span, Kind::List(items.iter().map(make).collect())),
        None => make(node),
    };
    changed(node, |entry| {
        let value = match entry.key.text() {
            "conditionGroups" => each_of(&entry.value, without_ids),
            "conditions" if entry.value.items().is_none() => without_ids(&entry.value),
            "conditions" | "actions" | "validators" | "triggers" | "transitionScreen" => {
                each_of(&entry.value, rule)
            }
            _ => return vec![entry.clone()],
        };
        vec![Entry::new(entry.key.clone(), entry.key_span(), value)]
    })
}

fn rule<'s>(node: &Node<'s>) -> Node<'s> {
    let is_empty = |value: &Node| {
        let scalar = value.scalar();
        scalar.is_some_and(|s| s.kind() == ScalarKind::Text && s.text().is_empty())
    };
    changed(node, |entry| match entry.key.text() {
        "id" => Vec::new(),
        "parameters" => {
            let value = changed(&entry.value, |parameter| {
                let is_set = !is_empty(&parameter.value);
                is_set.then(|| parameter.clone()).into_iter().collect()
            });
            vec![Entry::new(entry.key.clone(), entry.key_span(), value)]
        }
        _ => vec![entry.clone()],
    })
}

/// `node` with each item of the list `name` made anew.
fn each<'s>(node: &Node<'s>, name: &str, make: impl Fn(&Node<'s>) -> Node<'s>) -> Node<'s> {
    changed(node, |entry| match entry.value.items() {
        Some(items) if entry.key.text() == name => {
            let items = items.iter().map(&make).collect();
            let value = Node::new(entry.value.span, Kind::List(items));
            vec![Entry::new(entry.key.clone(), entry.key_span(), value)]
        }
        _ => vec![entry.clone()],
    })
}

/// `node` with what `make` gives for each of its entries.
fn changed<'s>(node: &Node<'s>, make: impl Fn(&Entry<'s>) -> Vec<Entry<'s>>) -> Node<'s> {
    match node.entries() {
        Some(entries) => {
            let entries = entries.iter().flat_map(make).collect();
            Node::new(node.span, Kind::Map(entries))
        }
        None => node.clone(),
    }
}

/// A transition in the words of today. Where both generations say something, and not the same, the
/// newer word counts, and the other is left to be told of.
fn newer<'s>(node: &Node<'s>) -> Node<'s> {
    if node.get("from").is_none() && node.get("to").is_none() {
        return node.clone();
    }
    let said = |name: &str| node.get(name).filter(|value| !says_nothing(value));
    let links = said("links").map(|links| references(links, "fromStatusReference"));
    let from = node.get("from").filter(|from| from.items().is_some());
    let end = said("toStatusReference").map(text);
    changed(node, |entry| match entry.key.text() {
        "links" if links.is_none() && from.is_some() => Vec::new(),
        "from" if from.is_some() => match &links {
            None => vec![renamed(entry, "links", froms(&entry.value))],
            Some(links) => {
                let from = references(&entry.value, "statusReference");
                let is_told = from.is_empty() || from == *links;
                (!is_told).then(|| entry.clone()).into_iter().collect()
            }
        },
        "from" | "to" if says_nothing(&entry.value) => Vec::new(),
        "toStatusReference" if end.is_none() && said("to").is_some() => Vec::new(),
        "to" => match (entry.value.entries(), &end) {
            (Some(parts), None) if entry.value.get("statusReference").is_some() => {
                // What else stands there is not said of the transition, and is left to be told of.
                let mut rest = Vec::new();
                let mut made = Vec::new();
                for part in parts {
                    match part.key.text() {
                        "statusReference" => {
                            made.push(renamed(entry, "toStatusReference", part.value.clone()));
                        }
                        "port" => made.push(renamed(part, "toPort", part.value.clone())),
                        _ => rest.push(part.clone()),
                    }
                }
                if !rest.is_empty() {
                    let rest = Node::new(entry.value.span, Kind::Map(rest.into()));
                    made.push(renamed(entry, "to", rest));
                }
                made
            }
            (_, Some(end)) if entry.value.get("statusReference").map(text) == Some(*end) => {
                Vec::new()
            }
            _ => vec![entry.clone()],
        },
        _ => vec![entry.clone()],
    })
}

fn froms<'s>(list: &Node<'s>) -> Node<'s> {
    let link = |item: &Node<'s>| {
        changed(item, |entry| {
            vec![match entry.key.text() {
                "statusReference" => renamed(entry, "fromStatusReference", entry.value.clone()),
                "port" => renamed(entry, "fromPort", entry.value.clone()),
                _ => entry.clone(),
            }]
        })
    };
    let items = list.items().unwrap_or(&[]).iter().map(link).collect();
    Node::new(list.span, Kind::List(items))
}

fn renamed<'s>(entry: &Entry<'s>, name: &'static str, value: Node<'s>) -> Entry<'s> {
    Entry::new(Scalar::text_only(name), entry.key_span(), value)
}

/// What the items of a list refer to.
fn references<'n>(list: &'n Node, name: &str) -> Vec<&'n str> {
    let items = list.items().unwrap_or(&[]).iter();
    let mut all: Vec<&str> = items.filter_map(|item| item.get(name)).map(text).collect();
    all.sort_unstable();
    all
}

fn text<'n>(node: &'n Node) -> &'n str {
    node.scalar().map_or("", |scalar| scalar.text())
}

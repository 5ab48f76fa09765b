//! The generation before wrote `from` and `to` where Jira now writes `links` and
//! `toStatusReference`. Both are read, and compared, in the newer words.

use crate::node::{Entry, Kind, Node, Scalar};
use crate::targets::reading::says_nothing;

/// The same in the newer words; `None` where it is in them already.
pub fn newer<'s>(root: &Node<'s>) -> Option<Node<'s>> {
    let workflows = root.get("workflows").and_then(Node::items).unwrap_or(&[]);
    let transitions = workflows
        .iter()
        .filter_map(|workflow| workflow.get("transitions")?.items());
    let is_older = |t: &Node| t.get("from").is_some() || t.get("to").is_some();
    let is_older = transitions.flatten().any(is_older);
    is_older.then(|| {
        each(root, "workflows", |workflow| {
            each(workflow, "transitions", transition)
        })
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

/// Where both generations say something, and not the same, the newer word counts, and the other is
/// left to be told of.
fn transition<'s>(node: &Node<'s>) -> Node<'s> {
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
                let part = |part: &Entry<'s>| match part.key.text() {
                    "statusReference" => renamed(entry, "toStatusReference", part.value.clone()),
                    "port" => renamed(part, "toPort", part.value.clone()),
                    _ => part.clone(),
                };
                parts.iter().map(part).collect()
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

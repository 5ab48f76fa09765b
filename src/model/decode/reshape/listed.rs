//! Fields with a dash, or in square brackets, where they belong in a map.

use super::super::FILE;
use super::Tree;
use super::parts::owner_of;
use crate::diagnostic::{Diagnostic, Edit};
use crate::fields::{Subject, wrong_types};
use crate::language::{state, transition};
use crate::node::{Entry, Kind, Node};

/// The fields that the items of a list hold, where each is a map of some and none is there twice.
fn fields_of<'s>(node: &Node<'s>, known: &[&str]) -> Option<Vec<Entry<'s>>> {
    let items = node
        .items()
        .filter(|items| node.is_own() && !items.is_empty())?;
    let mut all: Vec<Entry<'s>> = Vec::new();
    for item in items {
        let entries = item
            .entries()
            .filter(|entries| item.is_own() && !entries.is_empty())?;
        for entry in entries {
            let name = entry.key.text();
            let is_there = all.iter().any(|other| other.key.is(name));
            if is_there || !known.contains(&name) {
                return None;
            }
            all.push(entry.clone());
        }
    }
    Some(all)
}

impl<'s> Tree<'_, 's> {
    /// `New: [category: open]`, `New:` with `- category: open` below it, and transitions like these.
    pub(super) fn take_out_of_lists(&mut self) {
        let is_list = |node: &Node| node.items().is_some();
        let states = self.value(FILE.states.name).and_then(Node::entries);
        if states.is_some_and(|states| states.iter().any(|state| is_list(&state.value)))
            && let Some((at, mut states)) = self.take_entries(FILE.states.name)
        {
            for state in &mut states {
                let name = state.key.text().to_owned();
                if let Some(fields) = fields_of(&state.value, state::THING.names) {
                    let owner = Subject::named("state", &name);
                    state.value = self.taken_out(owner, &state.value, fields);
                }
            }
            self.put(at, Kind::Map(states.into()));
        }
        let items = self.value(FILE.transitions.name).and_then(Node::items);
        if items.is_some_and(|items| items.iter().any(is_list))
            && let Some((at, mut items)) = self.take_items(FILE.transitions.name)
        {
            for item in &mut items {
                if let Some(fields) = fields_of(item, transition::THING.names) {
                    let shown = fields.clone();
                    *item = self.taken_out(owner_of(&shown), item, fields);
                }
            }
            self.put(at, Kind::List(items.into()));
        }
    }

    fn taken_out(&mut self, owner: Subject, list: &Node<'s>, fields: Vec<Entry<'s>>) -> Node<'s> {
        let report = wrong_types::not_fields(owner, list, &[], Some(self.syntax()));
        self.out.push(self.with_braces(report, list));
        Node::new(list.span, Kind::Map(fields.into()))
    }

    /// The report with what makes a map of `list`.
    fn with_braces(&self, report: Diagnostic, list: &Node) -> Diagnostic {
        let text = self.text();
        let range = list.span.range();
        let items = list.items().unwrap_or(&[]);
        let starts = || items.iter().map(|item| item.span.range().start);
        if text[range.clone()].starts_with('[') && text[range.clone()].ends_with(']') {
            let has_braces = starts().any(|start| text[start..].starts_with('{'));
            let fields = text[range.start + 1..range.end - 1].trim();
            let map = format!("{{ {fields} }}");
            return match has_braces || self.is_toml() {
                true => report,
                false => report.help(format!("write `{map}`")).fix(list.span, map),
            };
        }
        let dash = |start| {
            let dash = self.dash_before(start)?;
            Some(self.edit(dash..dash + 1, " "))
        };
        let dashes: Option<Vec<Edit>> = starts().map(dash).collect();
        let is_flow = starts().any(|start| text[start..].starts_with('{'));
        match dashes.filter(|_| !is_flow) {
            Some(dashes) => report
                .help("delete the `-` before each field")
                .edits(true, dashes),
            None => report,
        }
    }
}

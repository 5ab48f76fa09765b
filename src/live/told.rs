//! What a definition says of itself, and which of that the files say, too.

use crate::hashing::{HashMap, HashSet};
use crate::node::Node;
use crate::rules::Checked;
use crate::targets::losses::{Concept, Fate};
use crate::targets::{self, Target};
use crate::write::Definition;
use crate::write::value::{Field, Value};

/// The id of a workflow in its product, or of what the product has instead of one.
pub fn id(definition: &Definition) -> Option<String> {
    let mut names = ["workflow-id", "id", "run-id"].into_iter();
    let id = names.find_map(|name| field(definition, name));
    id.map(str::to_lowercase)
}

/// The ticket type of a workflow, where the product has one workflow for each.
pub fn kind(definition: &Definition) -> Option<String> {
    field(definition, "type").map(str::to_owned)
}

/// The name of a workflow, and where it belongs.
pub fn name(definition: &Definition) -> Option<String> {
    let name = definition.name.as_ref()?;
    let scope = field(definition, "scope").unwrap_or("");
    Some(format!("{scope}\n{name}"))
}

/// What people call a workflow.
pub fn title(definition: Definition) -> String {
    definition.name.unwrap_or(definition.identifier)
}

fn field<'d>(definition: &'d Definition, name: &str) -> Option<&'d str> {
    let (_, block) = definition.targets.first()?;
    text(&block.iter().find(|field| field.name == name)?.value)
}

/// What the files say in the product's own blocks, and what their states were called.
pub struct Own<'w> {
    blocks: Vec<&'w Node<'static>>,
    former: HashMap<&'w str, Vec<&'w str>>,
}

impl<'w> Own<'w> {
    /// What these workflows say.
    pub fn of(target: &str, workflows: &[&'w Checked]) -> Self {
        let mut former: HashMap<&str, Vec<&str>> = HashMap::default();
        for state in workflows.iter().flat_map(|one| &one.workflow().states) {
            let was = state
                .details
                .as_ref()
                .and_then(|details| details.was.as_ref());
            let names = was.iter().flat_map(|was| &was.value);
            let names: Vec<&str> = names.map(|name| name.value.as_str()).collect();
            if !names.is_empty() {
                former.insert(&state.name.value, names);
            }
        }
        let blocks = workflows
            .iter()
            .filter_map(|one| targets::block(one.resolved(), target));
        Own {
            blocks: blocks.map(|block| &block.body).collect(),
            former,
        }
    }

    /// Tells what states were called: what the files say, and what the status of the same id is called live.
    /// Ids are then those of states as the files call them.
    pub fn name_states(&self, live: &mut Definition, files: &mut Definition) {
        self.tell_former(live, files);
        let known: HashSet<&str> = live.states.value.iter().map(|s| s.name.as_str()).collect();
        let mut now: HashMap<String, String> = HashMap::default();
        for state in &files.states.value {
            let was = state.was.iter().find(|name| known.contains(name.as_str()));
            now.extend(was.map(|was| (was.clone(), state.name.clone())));
        }
        let blocks = live.targets.iter_mut().flat_map(|(_, block)| block);
        let is_by_state = |name: &str| name.ends_with("ids") || name.starts_with("status-");
        for field in blocks.filter(|field| is_by_state(&field.name)) {
            if let Value::Map(fields, _) = &mut field.value {
                for inner in fields {
                    if let Some(name) = now.get(&inner.name) {
                        name.clone_into(&mut inner.name);
                    }
                }
            }
        }
    }

    fn tell_former(&self, live: &Definition, files: &mut Definition) {
        let mut live_names: HashMap<(&str, String), &str> = HashMap::default();
        for (of, field) in ids(live) {
            if let Some(id) = text(&field.value) {
                live_names.insert((of, id.to_lowercase()), &field.name);
            }
        }
        let known: HashSet<&str> = live.states.value.iter().map(|s| s.name.as_str()).collect();
        let mut by_id: HashMap<String, String> = HashMap::default();
        for (of, field) in ids(files) {
            let id = text(&field.value).filter(|_| self.says(of, &field.name));
            let name = id.and_then(|id| live_names.get(&(of, id.to_lowercase())));
            if let Some(name) = name.filter(|name| **name != field.name) {
                by_id.insert(field.name.clone(), (*name).to_owned());
            }
        }
        for state in &mut files.states.value {
            let former = self.former.get(state.name.as_str());
            let was = by_id.remove(&state.name);
            state.was = match was {
                Some(name) => vec![name],
                // A name that is live under its own right is no former one.
                None if known.contains(state.name.as_str()) => Vec::new(),
                None => former
                    .into_iter()
                    .flatten()
                    .map(|name| (*name).to_owned())
                    .collect(),
            };
        }
    }

    /// Leaves out of a block what no file says: ids that the product gave, and those that are derived.
    pub fn leave_said(&self, target: &Target, definition: &mut Definition) {
        let is_all = target.fate(Concept::StateNames) == Fate::LeftOut;
        for (_, block) in &mut definition.targets {
            block.retain_mut(|field| {
                if is_all && field.name == "record" {
                    if let Value::Map(fields, _) = &mut field.value {
                        // Where it stands follows from its tasks.
                        fields.retain(|field| {
                            !["status", "completion_reason"].contains(&field.name.as_str())
                        });
                        fields.iter_mut().for_each(by_id);
                    }
                    return true;
                }
                let name = field.name.clone();
                let is_left = is_all || is_given(&name);
                if !self.blocks.iter().any(|block| block.get(&name).is_some()) {
                    return !is_left;
                }
                if let (Value::Map(fields, _), true) = (&mut field.value, is_left) {
                    fields.retain(|inner| self.says(&name, &inner.name));
                }
                true
            });
        }
    }

    fn says(&self, map: &str, key: &str) -> bool {
        let mut maps = self.blocks.iter().filter_map(|block| block.get(map));
        maps.any(|map| map.get(key).is_some())
    }
}

/// Whether the product gives this field, or derives it, so that files need not have it.
fn is_given(field: &str) -> bool {
    let ends = ["id", "ids", "references", "actions"];
    ends.iter()
        .any(|end| field == *end || field.ends_with(&format!("-{end}")))
}

/// Leaves out the descriptions of states of which the files say none: no request touches them, since
/// others may have the same states.
pub fn leave_described(live: &mut Definition, files: &Definition) {
    let silent = files.states.value.iter();
    let silent = silent.filter(|state| state.description.is_none());
    let names: HashSet<&str> = silent
        .flat_map(|state| state.was.iter().chain([&state.name]))
        .map(String::as_str)
        .collect();
    for state in &mut live.states.value {
        if names.contains(state.name.as_str()) {
            state.description = None;
        }
    }
}

/// Says of the files where the tickets of states go that are gone, which no product answers.
pub fn say_migrations(workflows: &[&Checked], files: &mut Definition) {
    let states = files.states.value.iter();
    let states: HashSet<&str> = states.map(|state| state.name.as_str()).collect();
    let entries = workflows.iter().flat_map(|one| &one.workflow().migrate);
    let within = entries.filter(|entry| entry.workflow.is_none());
    let known = within.filter(|entry| {
        let (from, to) = (entry.from.value.as_str(), entry.to.value.as_str());
        !states.contains(from) && states.contains(to)
    });
    files.migrate = known
        .map(|entry| (entry.from.value.to_string(), entry.to.value.to_string()))
        .collect();
}

/// A reference is known by its id, however much more is said of what it leads to.
fn by_id(field: &mut Field) {
    let id = match &field.value {
        Value::Map(fields, _) => fields.iter().find(|field| field.name == "id"),
        _ => None,
    };
    if let Some(id) = id.map(|id| id.value.clone()) {
        field.value = id;
    }
    field.remarks.clear();
}

/// What the product gives a record that says nothing of it.
const BY_DEFAULT: &[&str] = &["manager"];

/// Leaves out of a record of the files what the answer does not show, such as a list of records, and of
/// that of the answer what it has because the files say nothing.
pub fn leave_shown(live: &mut Definition, files: &mut Definition, is_shown: impl Fn(&str) -> bool) {
    let said: HashSet<String> = records(files)
        .flat_map(|fields| fields.iter().map(|field| field.name.clone()))
        .collect();
    for fields in records(live) {
        fields.retain(|field| {
            let name = field.name.as_str();
            !BY_DEFAULT.contains(&name) || said.contains(name)
        });
    }
    let is_there = |(_, block): &(&str, Vec<Field>)| block.iter().any(|f| f.name == "record");
    if !live.targets.iter().any(is_there) {
        return;
    }
    for fields in records(files) {
        fields.retain(|field| is_shown(&field.name));
    }
}

/// The fields of its records.
fn records(definition: &mut Definition) -> impl Iterator<Item = &mut Vec<Field>> {
    let blocks = definition.targets.iter_mut().flat_map(|(_, block)| block);
    blocks.filter_map(|field| match &mut field.value {
        Value::Map(fields, _) if field.name == "record" => Some(fields),
        _ => None,
    })
}

/// The maps of a block by states, each entry with the name of its map.
fn ids(definition: &Definition) -> impl Iterator<Item = (&str, &Field)> {
    let blocks = definition.targets.iter().flat_map(|(_, block)| block);
    blocks.flat_map(|field| {
        let fields: &[Field] = match &field.value {
            Value::Map(fields, _) if field.name.ends_with("ids") => fields,
            _ => &[],
        };
        fields.iter().map(|inner| (field.name.as_str(), inner))
    })
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) | Value::Word(text) | Value::Number(text, _) => Some(text),
        Value::Null(_) | Value::List(..) | Value::Map(..) => None,
    }
}

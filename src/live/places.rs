//! Where an answer and the files speak of what differs.

use crate::changes::{Change, Subject, What};
use crate::hashing::{HashMap, HashSet};
use crate::node::{Kind, Node};
use crate::rules::Checked;
use crate::source::Span;
use crate::targets;

/// The names in an answer, each with the places where it stands, in their order.
#[derive(Clone, Debug, Default)]
pub struct Places {
    of_names: HashMap<String, Vec<Span>>,
    /// The fields of each object, by its place.
    of_fields: HashMap<Span, HashSet<String>>,
    /// Where each object ends, of which only the beginning is its place.
    ends: HashMap<Span, u32>,
    whole: Option<Span>,
}

/// Fields that hold names.
const NAMES: &[&str] = &["name", "Name", "displayName", "subject"];

impl Places {
    /// All that stand in `root`.
    pub fn of(root: &Node) -> Self {
        let mut places = Places {
            whole: Some(root.span),
            ..Places::default()
        };
        places.add(root);
        // Several pages are read list by list.
        for spans in places.of_names.values_mut() {
            spans.sort_unstable();
        }
        places
    }

    /// Answers where the node ends. Calls itself as deep as the node is, which [`crate::syntax`] bounds.
    fn add(&mut self, node: &Node) -> u32 {
        let mut end = node.span.end;
        match node.kind() {
            Kind::List(items) => {
                for item in items {
                    end = end.max(self.add(item));
                }
            }
            Kind::Map(entries) => {
                let fields = entries.iter().map(|entry| entry.key.text().to_owned());
                self.of_fields.insert(node.span, fields.collect());
                for entry in entries {
                    if let Some(name) = entry.value.scalar()
                        && NAMES.contains(&entry.key.text())
                    {
                        let places = self.of_names.entry(name.text().to_owned());
                        places.or_default().push(entry.value.span);
                    }
                    end = end.max(self.add(&entry.value));
                }
                self.ends.insert(node.span, end);
            }
            _ => {}
        }
        end
    }

    /// Where the object at this place ends.
    pub fn end_of(&self, object: Span) -> u32 {
        self.ends.get(&object).copied().unwrap_or(object.end)
    }

    /// Whether the object at this place, or else the answer, has such a field.
    pub fn has_field(&self, object: Option<Span>, name: &str) -> bool {
        let fields = object
            .or(self.whole)
            .and_then(|place| self.of_fields.get(&place));
        fields.is_none_or(|fields| fields.contains(name) || fields.contains(&format!("{name}_id")))
    }

    /// The place of the first of these names that stands within `object`, or anywhere; else that of the object.
    pub fn find(&self, object: Option<Span>, names: &[&str]) -> Option<Span> {
        // They are in their order, and a name may stand in many workflows.
        let within = |places: &Vec<Span>| {
            let object = object?;
            let first = places.partition_point(|place| place.start < object.start);
            let place = *places.get(first)?;
            (place.end <= self.end_of(object)).then_some(place)
        };
        let places = names.iter().filter_map(|name| self.of_names.get(*name));
        let mut found = places.filter_map(|places| within(places).or(places.first().copied()));
        found.next().or(object).or(self.whole)
    }
}

/// What a change is known by in an answer, the best first.
pub fn names_of<'c>(of: &Subject<'c>, what: &What<'c>) -> Vec<&'c str> {
    let mut names = Vec::new();
    if let What::Renamed(was) = what {
        names.push(*was);
    }
    match of {
        Subject::State(name) => names.push(*name),
        Subject::Start { to, name } => names.extend([*name, *to]),
        Subject::Moves { name, from, to } => {
            names.push(*name);
            names.extend(from.first().copied());
            names.push(*to);
        }
        _ => {}
    }
    names
}

/// Where the files speak of states and transitions.
pub struct OfFiles<'w> {
    states: HashMap<&'w str, Span>,
    moves: HashMap<(&'w str, &'w str), Span>,
    starts: HashMap<&'w str, Span>,
    /// The block of the product, and the keys of its fields.
    block: Option<Span>,
    fields: HashMap<&'w str, Span>,
    whole: Option<Span>,
}

/// Those of these workflows, with the block of this product, the first of each.
pub fn of_files<'w>(workflows: &[&'w Checked], target: &str) -> OfFiles<'w> {
    let mut places = OfFiles {
        states: HashMap::default(),
        moves: HashMap::default(),
        starts: HashMap::default(),
        block: None,
        fields: HashMap::default(),
        whole: workflows.first().map(|one| one.workflow().place),
    };
    for checked in workflows {
        let workflow = checked.workflow();
        for state in &workflow.states {
            let place = places.states.entry(&state.name.value);
            place.or_insert(state.name.span);
        }
        for transition in &workflow.transitions {
            let Some(to) = transition.to.as_ref().map(|to| to.value.as_str()) else {
                continue;
            };
            let name = transition.label();
            places.moves.entry((name, to)).or_insert(transition.place());
            places.moves.entry(("", to)).or_insert(transition.place());
        }
        for start in &workflow.start {
            places
                .starts
                .entry(&start.to.value)
                .or_insert(start.to.span);
        }
        let Some(block) = targets::block(checked.resolved(), target) else {
            continue;
        };
        places.block.get_or_insert(block.name.span);
        for entry in block.body.entries().unwrap_or_default() {
            let place = places.fields.entry(entry.key.text());
            place.or_insert(entry.key_span());
        }
    }
    places
}

impl OfFiles<'_> {
    /// Where the files say it.
    pub fn of(&self, change: &Change) -> Option<Span> {
        let field = change.block_field();
        let own = match &change.of {
            Subject::Target(_) => {
                let field = field.and_then(|field| self.fields.get(field));
                field.or(self.block.as_ref())
            }
            Subject::State(name) => self.states.get(name),
            Subject::Start { to, .. } => self.starts.get(to),
            Subject::Moves { name, to, .. } => {
                let named = self.moves.get(&(*name, *to));
                named.or_else(|| self.moves.get(&("", *to)))
            }
            _ => None,
        };
        own.copied().or(self.whole)
    }
}

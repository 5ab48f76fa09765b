//! From moves to Jira's three types of transitions.

use crate::hashing::{HashMap, HashSet};

use super::block::Settings;
use super::entries::{CREATE, end, froms, names};
use super::people::{self, Apart};
use super::rules::Entry;
use super::wire;
use crate::graph::StateId;
use crate::model::{From, Text, Transition};
use crate::rules::Checked;
use crate::targets::blocks;

/// How an entry of `transitions` is said in Jira.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `"*"` that leaves out no state but the one it leads to.
    Global,
    /// From each of these states, each once. Empty for `"*"` that matches none.
    Directed(Vec<StateId>),
}

/// The shape of each entry of `transitions`.
pub fn shapes(checked: &Checked) -> Vec<Shape> {
    let (froms, names) = (froms(checked), names(checked.resolved()));
    let transitions = &checked.workflow().transitions;
    let mut called: HashMap<&str, usize> = HashMap::default();
    for name in &names {
        *called.entry(name).or_default() += 1;
    }
    let mut global_ends = HashSet::default();
    let shape = |((transition, name), froms): ((&Transition, &String), Vec<StateId>)| {
        let every = matches!(transition.from, Some(From::Every { .. }));
        let covers_all = !froms.is_empty() && froms.len() + 1 == checked.states().len();
        let only_one = called.get(name.as_str()) == Some(&1);
        // By the rules for the operation before this one: the name of a global transition is its
        // own, and no other leads to its status.
        let is_global =
            every && covers_all && only_one && { global_ends.insert(end(checked, transition)) };
        match is_global {
            true => Shape::Global,
            false => Shape::Directed(froms),
        }
    };
    transitions
        .iter()
        .map(|t| &**t)
        .zip(&names)
        .zip(froms)
        .map(shape)
        .collect()
}

/// The transitions of a workflow.
pub struct Ways {
    /// All of them, the one that creates an issue first.
    pub all: Vec<wire::Transition>,
    /// Which of them each entry of `transitions` is.
    at: HashMap<usize, usize>,
}

impl Ways {
    /// The id of that of an entry of `transitions`.
    pub fn id_of(&self, entry: usize) -> Option<&str> {
        Some(&self.all.get(*self.at.get(&entry)?)?.id)
    }
}

/// The transitions, where `references` are those of the statuses, in the order of the states.
pub fn lower(checked: &Checked, references: &[String]) -> Ways {
    let settings = blocks::of::<Settings>(checked);
    let apart = Apart::of(checked, &settings);
    let names = names(checked.resolved());
    let mut all: Vec<wire::Transition> = initial(checked, &settings, references)
        .into_iter()
        .collect();
    let mut of_entries = HashMap::default();
    let transitions = checked.workflow().transitions.iter();
    let transitions = transitions.zip(shapes(checked)).zip(names).enumerate();
    for (at, ((transition, shape), name)) in transitions {
        let Some(to) = end(checked, transition) else {
            continue;
        };
        let (kind, links) = match shape {
            Shape::Global => (wire::TransitionKind::Global, Vec::new()),
            // `"*"` that matches no state, which is reported.
            Shape::Directed(froms) if froms.is_empty() => continue,
            Shape::Directed(froms) => (wire::TransitionKind::Directed, links(&froms, references)),
        };
        let to_status_reference = references[to.index()].clone();
        let details = transition.details();
        let who = people::of_who(&settings, transition);
        let made = Made {
            description: details.description.as_ref(),
            conditions: who.into_iter().chain(apart.conditions(at)).collect(),
            validators: people::of_asks(&settings, details.asks.as_ref()),
            kept: settings.rules.of.get(&at),
        };
        of_entries.insert(at, all.len());
        all.push(made.transition(name, kind, to_status_reference, links));
    }
    for (index, transition) in all.iter_mut().enumerate() {
        transition.id = id(index);
    }
    Ways {
        all,
        at: of_entries,
    }
}

/// The published ids: 1 for the transition that creates an issue, then 11, 21, 31 …
fn id(index: usize) -> String {
    (index * 10 + 1).to_string()
}

fn initial(
    checked: &Checked,
    settings: &Settings,
    references: &[String],
) -> Option<wire::Transition> {
    let (to, start) = checked.starts().next()?;
    let words = start.transition.as_ref();
    let name = words.and_then(|words| words.name.as_ref());
    let name = name.map_or(CREATE, |name| &name.value);
    let details = words.map(|words| words.details());
    let made = Made {
        description: details.and_then(|details| details.description.as_ref()),
        // A transition of this type has no conditions.
        conditions: Vec::new(),
        validators: people::of_asks(settings, details.and_then(|details| details.asks.as_ref())),
        kept: settings.rules.start.as_ref(),
    };
    let to_status_reference = references[to.index()].clone();
    let kind = wire::TransitionKind::Initial;
    Some(made.transition(name.to_owned(), kind, to_status_reference, Vec::new()))
}

fn links(froms: &[StateId], references: &[String]) -> Vec<wire::Link> {
    let link = |from: &StateId| wire::Link {
        from_status_reference: references[from.index()].clone(),
    };
    froms.iter().map(link).collect()
}

/// What a transition is made of beside its ends: what the workflow says, and what the block keeps of Jira.
struct Made<'m> {
    description: Option<&'m Text>,
    conditions: Vec<wire::Rule>,
    validators: Vec<wire::Rule>,
    kept: Option<&'m Entry>,
}

impl Made<'_> {
    fn transition(
        self,
        name: String,
        kind: wire::TransitionKind,
        to_status_reference: String,
        links: Vec<wire::Link>,
    ) -> wire::Transition {
        let kept = self.kept.cloned().unwrap_or_default();
        let mut validators = self.validators;
        validators.extend(kept.validators.unwrap_or_default());
        wire::Transition {
            id: String::new(),
            name,
            description: self.description.map(|text| text.value.to_string()),
            kind,
            to_status_reference,
            links,
            properties: kept.properties.unwrap_or_default(),
            actions: kept.actions.unwrap_or_default(),
            conditions: conditions(self.conditions, kept.conditions),
            validators,
            triggers: kept.triggers.unwrap_or_default(),
            transition_screen: kept.screen,
            custom_issue_event_id: kept.event.map(|event| event.value.to_string()),
        }
    }
}

/// Conditions that must hold, and those that are kept.
fn conditions(
    mut made: Vec<wire::Rule>,
    kept: Option<wire::ConditionGroup>,
) -> Option<wire::ConditionGroup> {
    let Some(mut group) = kept else {
        return (!made.is_empty()).then(|| wire::ConditionGroup {
            operation: wire::Operation::All,
            condition_groups: Vec::new(),
            conditions: made,
        });
    };
    let is_empty = group.conditions.is_empty() && group.condition_groups.is_empty();
    let is_one = is_empty && made.len() <= 1;
    if group.operation == wire::Operation::All || is_one {
        made.append(&mut group.conditions);
        group.conditions = made;
        return Some(group);
    }
    Some(match made.is_empty() {
        true => group,
        // Of any of these, and of each of those.
        false => wire::ConditionGroup {
            operation: wire::Operation::All,
            condition_groups: if is_empty { Vec::new() } else { vec![group] },
            conditions: made,
        },
    })
}

//! From moves to Jira's three types of transitions.

use crate::hashing::{HashMap, HashSet};

use super::wire;
use crate::graph::StateId;
use crate::model::{From, Transition};
use crate::rules::Checked;

/// What the transition that creates an issue is called where the file does not say.
pub const CREATE: &str = "Create";

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
    let froms = froms(checked);
    let transitions = &checked.workflow().transitions;
    let mut called: HashMap<&str, usize> = HashMap::default();
    for transition in transitions {
        *called.entry(transition.label()).or_default() += 1;
    }
    let mut global_ends = HashSet::default();
    let shape = |(transition, froms): (&Transition, Vec<StateId>)| {
        let every = matches!(transition.from, Some(From::Every { .. }));
        let covers_all = !froms.is_empty() && froms.len() + 1 == checked.states().len();
        let only_one = called.get(transition.label()) == Some(&1);
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
        .zip(froms)
        .map(shape)
        .collect()
}

/// The state that a transition leads to.
fn end(checked: &Checked, transition: &Transition) -> Option<StateId> {
    checked.resolved().find(&transition.to.as_ref()?.value)
}

/// For each entry of `transitions` the states it begins in, each once, in the order of the file.
fn froms(checked: &Checked) -> Vec<Vec<StateId>> {
    let mut froms = vec![Vec::new(); checked.workflow().transitions.len()];
    let mut seen = HashSet::default();
    for step in checked.steps() {
        if seen.insert((step.transition, step.from)) {
            froms[step.transition].push(step.from);
        }
    }
    froms
}

/// All transitions, the one that creates an issue first. `references` are those of the statuses,
/// in the order of the states.
pub fn lower(checked: &Checked, references: &[String]) -> Vec<wire::Transition> {
    let mut all: Vec<wire::Transition> = initial(checked, references).into_iter().collect();
    for (transition, shape) in checked.workflow().transitions.iter().zip(shapes(checked)) {
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
        all.push(plain(transition.label(), kind, to_status_reference, links));
    }
    for (index, transition) in all.iter_mut().enumerate() {
        transition.id = id(index);
    }
    all
}

/// The published ids: 1 for the transition that creates an issue, then 11, 21, 31 …
fn id(index: usize) -> String {
    (index * 10 + 1).to_string()
}

fn initial(checked: &Checked, references: &[String]) -> Option<wire::Transition> {
    let (to, start) = checked.starts().next()?;
    let said = start.transition.as_ref().and_then(|t| t.name.as_ref());
    let name = said.map_or(CREATE, |name| &name.value);
    let to_status_reference = references[to.index()].clone();
    let kind = wire::TransitionKind::Initial;
    Some(plain(name, kind, to_status_reference, Vec::new()))
}

fn links(froms: &[StateId], references: &[String]) -> Vec<wire::Link> {
    let link = |from: &StateId| wire::Link {
        from_status_reference: references[from.index()].clone(),
    };
    froms.iter().map(link).collect()
}

fn plain(
    name: &str,
    kind: wire::TransitionKind,
    to_status_reference: String,
    links: Vec<wire::Link>,
) -> wire::Transition {
    wire::Transition {
        id: String::new(),
        name: name.to_owned(),
        kind,
        to_status_reference,
        links,
        properties: Default::default(),
        actions: [],
        validators: [],
        triggers: [],
    }
}

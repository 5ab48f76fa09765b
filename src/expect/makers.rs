//! Who may make a transition.

use std::collections::VecDeque;

use crate::graph::{Resolved, StateId, Walk};
use crate::hashing::{HashMap, HashSet};
use crate::model::{Start, Text, Transition};

/// Which transitions some roles together may make.
pub struct Makers {
    /// For each of the workflow's transitions.
    may: Vec<May>,
}

#[derive(Clone, Copy, PartialEq)]
enum May {
    /// They may make it, as anybody may who is not kept out.
    Make,
    /// It happens by itself.
    Wait,
    /// It is for others.
    Not,
}

impl Makers {
    /// Of these roles; `None` for anybody, who may make all that somebody may.
    pub fn new(resolved: &Resolved, by: Option<&[Text]>) -> Self {
        let by = by.map(|by| by.iter().map(|role| role.value.as_str()).collect());
        let transitions = resolved.workflow().transitions.iter();
        Makers {
            may: transitions.map(|t| may(t, by.as_ref())).collect(),
        }
    }

    /// Whether they may make the move of this index into [`Resolved::moves`].
    pub fn may_make(&self, resolved: &Resolved, index: usize) -> bool {
        self.may[resolved.moves()[index].transition] == May::Make
    }

    /// Whether they may make this move, or it happens by itself.
    pub fn may_see(&self, resolved: &Resolved, index: usize) -> bool {
        self.may[resolved.moves()[index].transition] != May::Not
    }
}

fn may(transition: &Transition, by: Option<&HashSet<&str>>) -> May {
    if transition.is_automatic() {
        return May::Wait;
    }
    match (transition.who(), by) {
        (Some(who), Some(by)) if !who.iter().any(|role| by.contains(role.value.as_str())) => {
            May::Not
        }
        _ => May::Make,
    }
}

/// Every role that the workflow names as one that there is, or that may do something.
pub fn mentions(resolved: &Resolved) -> impl Iterator<Item = &Text> {
    let workflow = resolved.workflow();
    let declared = workflow.roles.iter().flat_map(|roles| &roles.value);
    let declared = declared.map(|role| &role.name);
    let starts = workflow.start.iter().filter_map(Start::who).flatten();
    let transitions = workflow.transitions.iter();
    let transitions = transitions.filter_map(|t| t.details().who.as_ref());
    declared
        .chain(starts)
        .chain(transitions.flat_map(|who| &who.value))
}

/// That one role may make transitions of two names on one walk.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// The role.
    pub role: String,
    /// The two names, by their positions in the list, in the order of the walk.
    pub names: [usize; 2],
    /// The start that the walk begins with, as an index into [`crate::model::Workflow::start`].
    pub start: usize,
    /// The walk from there.
    pub walk: Walk,
}

/// What has one of the names that must be apart.
struct Named {
    /// For each transition, the position of its name in the list.
    transitions: Vec<Option<usize>>,
    /// For each start.
    starts: Vec<Option<usize>>,
}

impl Named {
    fn new(resolved: &Resolved, names: &[Text]) -> Self {
        let mut positions = HashMap::default();
        for (at, name) in names.iter().enumerate() {
            positions.entry(name.value.as_str()).or_insert(at);
        }
        let workflow = resolved.workflow();
        let transitions = workflow.transitions.iter();
        // Nobody makes what happens by itself.
        let of = |t: &Transition| match t.is_automatic() {
            true => None,
            false => positions.get(t.label()).copied(),
        };
        let starts = workflow.start.iter();
        Named {
            transitions: transitions.map(|t| of(t)).collect(),
            starts: starts.map(|s| positions.get(s.label()).copied()).collect(),
        }
    }

    /// As this role may make them: those that it may not have no name.
    fn by(&self, resolved: &Resolved, role: &str) -> Named {
        let workflow = resolved.workflow();
        let may = |who: Option<&[Text]>| who.is_none_or(|who| who.iter().any(|r| r.value == role));
        let transitions = workflow.transitions.iter().zip(&self.transitions);
        let starts = workflow.start.iter().zip(&self.starts);
        Named {
            transitions: transitions
                .map(|(t, name)| name.filter(|_| may(t.who())))
                .collect(),
            starts: starts
                .map(|(s, name)| name.filter(|_| may(s.who())))
                .collect(),
        }
    }
}

/// The shortest walk of a ticket on which one role may make transitions of two of the names; of equally
/// short ones that of the role which is named first.
pub fn joined(resolved: &Resolved, names: &[Text]) -> Option<Joined> {
    let named = Named::new(resolved, names);
    let mut known = HashSet::default();
    let mut seen = HashSet::default();
    let mut shortest: Option<Joined> = None;
    for role in mentions(resolved) {
        if !known.insert(role.value.as_str()) {
            continue;
        }
        let mine = named.by(resolved, &role.value);
        // Roles that may make the same need one search.
        if !seen.insert((mine.transitions.clone(), mine.starts.clone())) {
            continue;
        }
        let found = search(resolved, names.len(), &mine).map(|(names, start, walk)| Joined {
            role: role.value.to_string(),
            names,
            start,
            walk,
        });
        let length = |joined: &Joined| joined.walk.moves.len();
        shortest = match (shortest, found) {
            (Some(old), Some(new)) if length(&new) < length(&old) => Some(new),
            (None, new) => new,
            (old, _) => old,
        };
    }
    shortest
}

/// A search in as many layers as there are names, and one: in the layer of a name, the role has made a
/// transition of it.
fn search(resolved: &Resolved, names: usize, mine: &Named) -> Option<([usize; 2], usize, Walk)> {
    let states = resolved.workflow().states.len();
    let node = |layer: usize, id: StateId| layer * states + id.index();
    let mut came_by: HashMap<usize, (usize, usize)> = HashMap::default();
    let mut begun: HashMap<usize, usize> = HashMap::default();
    let mut seen = vec![false; states * (names + 1)];
    let mut todo = VecDeque::new();
    for (index, start) in resolved.starts().iter().enumerate() {
        let Some(id) = resolved.meant(start.value) else {
            continue;
        };
        let layer = mine.starts[index].map_or(0, |name| name + 1);
        let at = node(layer, id);
        if !std::mem::replace(&mut seen[at], true) {
            begun.insert(at, index);
            todo.push_back(at);
        }
    }
    while let Some(at) = todo.pop_front() {
        let (layer, id) = (at / states, StateId((at % states) as u32));
        for index in resolved.move_indexes_from(id) {
            let step = &resolved.moves()[index];
            let Some(to) = resolved.meant(step.to) else {
                continue;
            };
            let name = mine.transitions[step.transition];
            if let (Some(name), Some(made)) = (name, layer.checked_sub(1))
                && name != made
            {
                let (start, walk) = walk_back(at, states, &came_by, &begun, (index, to));
                return Some(([made, name], start, walk));
            }
            let next = node(name.map_or(layer, |name| name + 1), to);
            if !std::mem::replace(&mut seen[next], true) {
                came_by.insert(next, (at, index));
                todo.push_back(next);
            }
        }
    }
    None
}

fn walk_back(
    last: usize,
    states: usize,
    came_by: &HashMap<usize, (usize, usize)>,
    begun: &HashMap<usize, usize>,
    (index, to): (usize, StateId),
) -> (usize, Walk) {
    let id = |node: usize| StateId((node % states) as u32);
    let mut walk = Walk {
        states: vec![to, id(last)],
        moves: vec![index],
    };
    let mut at = last;
    while let Some((before, index)) = came_by.get(&at) {
        walk.moves.push(*index);
        walk.states.push(id(*before));
        at = *before;
    }
    walk.moves.reverse();
    walk.states.reverse();
    (begun[&at], walk)
}

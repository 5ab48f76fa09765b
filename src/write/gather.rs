//! Single moves to the transitions that a person would write: one for several states, or for all.
//!
//! What is built again must come in the same order, so only such moves are gathered as lead to
//! that order.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use super::{Begins, State, Transition};
use crate::model::{Category, Notes};

/// One way from one state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// What the button says; `None` for the name of the state that it leads to.
    pub name: Option<String>,
    /// Where it begins.
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// Whether a note is asked for.
    pub notes: Notes,
}

/// Marks as final the closed states that nothing leaves and in which nothing can be edited.
pub fn mark_final(states: &mut [State], moves: &[Move]) {
    let mut left = vec![false; states.len()];
    for step in moves {
        if let Some(left) = left.get_mut(step.from) {
            *left = true;
        }
    }
    for (state, left) in states.iter_mut().zip(left) {
        let editable = state.editable.as_ref().is_some_and(|all| !all.is_empty());
        state.is_final = state.category == Category::Closed && !left && !editable;
    }
}

/// Each way under its name once: a file may say it no second time.
pub fn once(mut moves: Vec<Move>) -> Vec<Move> {
    let mut seen: HashSet<(Option<String>, usize, usize)> = HashSet::new();
    moves.retain(|one| seen.insert((one.name.clone(), one.from, one.to)));
    moves
}

/// Transitions that make `moves`, in this very order.
pub fn in_order(moves: &[Move], states: &[State]) -> Vec<Transition> {
    let mut groups: Vec<Transition> = Vec::new();
    let mut members: HashMap<usize, usize> = HashMap::new();
    for step in moves {
        let group = groups.len();
        match groups.last_mut() {
            Some(last) if is_same(last, step) && members.get(&step.from) != Some(&group) => {
                if let Begins::States(from) = &mut last.from {
                    from.push(step.from);
                }
                members.insert(step.from, group);
            }
            _ => {
                groups.push(transition(step, vec![step.from]));
                members.insert(step.from, group + 1);
            }
        }
    }
    with_every(groups, states)
}

fn is_same(transition: &Transition, step: &Move) -> bool {
    transition.name == step.name && transition.to == step.to && transition.notes == step.notes
}

fn transition(step: &Move, from: Vec<usize>) -> Transition {
    Transition {
        name: step.name.clone(),
        from: Begins::States(from),
        to: step.to,
        notes: step.notes,
        more: Vec::new(),
    }
}

/// Transitions without names that lead from each state to the states listed for it, and from
/// none of them in another order than listed. Ways to one state are one transition wherever
/// that order allows.
pub fn by_state(next: &[Vec<usize>], states: &[State]) -> Vec<Transition> {
    let mut merge = Merge::new(next, states.len());
    let mut groups = Vec::new();
    while let Some((to, from)) = merge.next() {
        groups.push(Transition {
            name: None,
            from: Begins::States(from),
            to,
            notes: Notes::None,
            more: Vec::new(),
        });
    }
    with_every(groups, states)
}

/// Merges the lists: a state is taken when it is the next one in every list that still has it;
/// where lists contradict each other, from those in which it is the next one.
struct Merge<'n> {
    next: &'n [Vec<usize>],
    /// How much of each list is taken.
    taken: Vec<usize>,
    /// For each state, how many lists still have it.
    wanted: Vec<usize>,
    /// For each state, the lists in which it is next, in order.
    heads: Vec<Vec<usize>>,
    /// States that are next somewhere: those first that are next everywhere, then in the order
    /// in which they came up. Entries grow old: what they say is looked at again.
    queue: BinaryHeap<Reverse<(bool, usize, usize)>>,
    /// When each state came up.
    since: Vec<usize>,
    count: usize,
}

impl<'n> Merge<'n> {
    fn new(next: &'n [Vec<usize>], states: usize) -> Self {
        let mut merge = Merge {
            next,
            taken: vec![0; next.len()],
            wanted: vec![0; states],
            heads: vec![Vec::new(); states],
            queue: BinaryHeap::new(),
            since: vec![usize::MAX; states],
            count: 0,
        };
        for to in next.iter().flatten() {
            merge.wanted[*to] += 1;
        }
        for list in 0..next.len() {
            merge.advance(list);
        }
        merge
    }

    /// Lets the next state of a list come up.
    fn advance(&mut self, list: usize) {
        let Some(&to) = self.next[list].get(self.taken[list]) else {
            return;
        };
        self.heads[to].push(list);
        if self.since[to] == usize::MAX {
            self.since[to] = self.count;
            self.count += 1;
        }
        self.enqueue(to);
    }

    fn enqueue(&mut self, to: usize) {
        let partly = self.heads[to].len() < self.wanted[to];
        self.queue.push(Reverse((partly, self.since[to], to)));
    }

    /// A state, and those from which it is reached by one transition.
    fn next(&mut self) -> Option<(usize, Vec<usize>)> {
        loop {
            let Reverse((partly, _, to)) = self.queue.pop()?;
            let now = self.heads[to].len() < self.wanted[to];
            if self.heads[to].is_empty() || partly != now {
                continue;
            }
            let mut from = std::mem::take(&mut self.heads[to]);
            from.sort_unstable();
            // A list may name one state twice.
            from.dedup();
            self.wanted[to] -= from.len();
            self.since[to] = usize::MAX;
            for list in &from {
                self.taken[*list] += 1;
                self.advance(*list);
            }
            return Some((to, from));
        }
    }
}

/// Writes `"*"` for lists of nearly all states.
fn with_every(mut groups: Vec<Transition>, states: &[State]) -> Vec<Transition> {
    let mut count: HashMap<(&str, usize, usize), usize> = HashMap::new();
    for group in &groups {
        for from in listed(group) {
            *count
                .entry((label(group, states), *from, group.to))
                .or_default() += 1;
        }
    }
    // A way that is written twice must stay so: `"*"` would hide it.
    let once = |group: &Transition| {
        let label = label(group, states);
        let counted = |from: &usize| count.get(&(label, *from, group.to)) == Some(&1);
        listed(group).iter().all(counted)
    };
    let open = (0..states.len()).filter(|at| !states[*at].is_final).count();
    let every: Vec<Option<Vec<usize>>> = groups
        .iter()
        .map(|group| exceptions(group, states, open).filter(|_| once(group)))
        .collect();
    for (group, every) in groups.iter_mut().zip(every) {
        if let Some(except) = every {
            group.from = Begins::Every { except };
        }
    }
    groups
}

fn listed(group: &Transition) -> &[usize] {
    match &group.from {
        Begins::States(states) => states,
        Begins::Every { .. } => &[],
    }
}

fn label<'d>(group: &'d Transition, states: &'d [State]) -> &'d str {
    let to = states.get(group.to).map_or("", |state| &state.name);
    group.name.as_deref().unwrap_or(to)
}

/// The states that `"*"` has to leave out to mean just the listed ones, in their order; `None`
/// where the list says it better. `open` is how many states are not final.
fn exceptions(group: &Transition, states: &[State], open: usize) -> Option<Vec<usize>> {
    const FEWEST_LISTED: usize = 3;
    let from = listed(group);
    let few = (from.len() / 4).min(2);
    // Looked at only where the list is nearly as long as all states.
    if from.len() < FEWEST_LISTED || from.len() + few + 1 < open {
        return None;
    }
    let mut listed = from.iter().peekable();
    let mut except = Vec::new();
    for at in (0..states.len()).filter(|at| !states[*at].is_final && *at != group.to) {
        match listed.next_if_eq(&&at) {
            Some(_) => {}
            None => except.push(at),
        }
    }
    (listed.peek().is_none() && except.len() <= few).then_some(except)
}

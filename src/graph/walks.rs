//! What tickets can reach: walks through the graph.
//!
//! Everything here is breadth-first or depth-first search and so linear in states and moves
//! (Cormen, Leiserson, Rivest and Stein, *Introduction to Algorithms*, ch. 20).

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::{Move, Resolved, StateId};
use crate::model::Category;

/// Moves one after another, each beginning where the one before leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The states passed, the first and the last included. Never empty.
    pub states: Vec<StateId>,
    /// The moves between them, as indexes into [`Resolved::moves`]: one fewer than states.
    pub moves: Vec<usize>,
}

impl Resolved {
    /// For each state, whether a ticket can come to it from a start state. `None` where mistakes
    /// already reported leave that open.
    ///
    /// An undefined state that may be any counts as reached: what it leads to is not blamed.
    pub fn reached_from_start(&self) -> Option<Vec<bool>> {
        let doubts = self.workflow.doubts;
        let unsure = doubts.start || doubts.states || doubts.transitions;
        let starts = self.start_states();
        let misses = self.starts.iter().any(|s| self.meant(s.value).is_none());
        if unsure || misses || starts.is_empty() {
            return None;
        }
        let from = starts.iter().map(|id| node(*id)).chain([self.unknown()]);
        Some(self.spread(from, Direction::Outgoing, |_| true))
    }

    /// For each state, whether a closed state can be reached from it (a closed state reaches
    /// itself). `None` where mistakes already reported leave that open.
    ///
    /// A state whose category is missing, and an undefined state that may be any, count as closed.
    pub fn reaches_closed(&self) -> Option<Vec<bool>> {
        let doubts = self.workflow.doubts;
        if doubts.states || doubts.transitions {
            return None;
        }
        let closed = self
            .states()
            .filter(|(_, s)| s.is(Category::Closed) || s.category.is_none());
        let from = closed.map(|(id, _)| node(id)).chain([self.unknown()]);
        Some(self.spread(from, Direction::Incoming, |_| true))
    }

    /// For each state, whether one of `from` leads to it by moves alone, each of `from` itself
    /// included. Moves that were not read and undefined names lead nowhere here.
    pub fn reached_from(&self, from: &[StateId]) -> Vec<bool> {
        let unknown = self.unknown();
        self.spread(from.iter().map(|id| node(*id)), Direction::Outgoing, |n| {
            n != unknown
        })
    }

    /// For each state, whether it leads to one of `to`, each of `to` itself included.
    pub fn leading_to(&self, to: &[StateId]) -> Vec<bool> {
        let unknown = self.unknown();
        self.spread(to.iter().map(|id| node(*id)), Direction::Incoming, |n| {
            n != unknown
        })
    }

    fn spread(
        &self,
        from: impl Iterator<Item = NodeIndex>,
        direction: Direction,
        enter: impl Fn(NodeIndex) -> bool,
    ) -> Vec<bool> {
        let mut seen = vec![false; self.graph.node_count()];
        let mut todo: Vec<NodeIndex> = Vec::new();
        for start in from {
            if !std::mem::replace(&mut seen[start.index()], true) {
                todo.push(start);
            }
        }
        while let Some(at) = todo.pop() {
            for next in self.graph.neighbors_directed(at, direction) {
                if enter(next) && !std::mem::replace(&mut seen[next.index()], true) {
                    todo.push(next);
                }
            }
        }
        seen.truncate(self.workflow.states.len());
        seen
    }

    /// The strongly connected components: sets of states that all lead to each other, each in
    /// file order, in the order of their first state (Kosaraju's algorithm, as by Sharir 1981;
    /// petgraph's is iterative, so a long chain of states cannot exhaust the stack).
    pub fn components(&self) -> Vec<Vec<StateId>> {
        let unknown = self.unknown();
        let mut found: Vec<Vec<StateId>> = kosaraju_scc(&self.graph)
            .into_iter()
            .map(|nodes| {
                let states = nodes.into_iter().filter(|n| *n != unknown);
                let mut states: Vec<_> = states.map(|n| StateId(n.index() as u32)).collect();
                states.sort_unstable();
                states
            })
            .filter(|states| !states.is_empty())
            .collect();
        found.sort_unstable();
        found
    }

    /// A shortest walk from one of `from` to a state that `goal` accepts, through states that
    /// `pass` lets through (the first state is not asked, the last one is). Of equally short walks the one
    /// whose moves come first in the file. `None` where there is no such walk. The walk has no
    /// move where one of `from` is a goal itself.
    pub fn shortest_walk(
        &self,
        from: &[StateId],
        goal: impl Fn(StateId) -> bool,
        pass: impl Fn(StateId) -> bool,
    ) -> Option<Walk> {
        let states = self.workflow.states.len();
        let mut came_by: Vec<Option<usize>> = vec![None; states];
        let mut seen = vec![false; states];
        let mut queue = VecDeque::new();
        for id in from {
            if !std::mem::replace(&mut seen[id.index()], true) {
                queue.push_back(*id);
            }
        }
        while let Some(at) = queue.pop_front() {
            if goal(at) {
                return Some(self.walk_back(at, &came_by));
            }
            for edge in self.graph.edges(node(at)) {
                let next = StateId(edge.target().index() as u32);
                let index = *edge.weight() as usize;
                let read = next.index() < states && index < self.moves.len();
                if read && !seen[next.index()] && pass(next) {
                    seen[next.index()] = true;
                    came_by[next.index()] = Some(index);
                    queue.push_back(next);
                }
            }
        }
        None
    }

    fn walk_back(&self, to: StateId, came_by: &[Option<usize>]) -> Walk {
        let mut walk = Walk {
            states: vec![to],
            moves: Vec::new(),
        };
        let mut at = to;
        while let Some(index) = came_by[at.index()] {
            let Some(from) = self.meant(self.moves[index].from) else {
                break;
            };
            walk.moves.push(index);
            walk.states.push(from);
            at = from;
        }
        walk.moves.reverse();
        walk.states.reverse();
        walk
    }

    /// A walk as a report shows it: "`New` → `Assigned` → `Closed`".
    pub fn phrase_of(&self, walk: &Walk) -> String {
        let names: Vec<String> = walk
            .states
            .iter()
            .map(|id| format!("`{}`", self.name(*id)))
            .collect();
        names.join(" → ")
    }

    /// The moves that lead straight from one state to another, in the order of the file.
    pub fn moves_between(&self, from: StateId, to: StateId) -> impl Iterator<Item = &Move> {
        self.moves_from(from)
            .filter(move |m| self.meant(m.to) == Some(to))
    }
}

fn node(id: StateId) -> NodeIndex {
    NodeIndex::new(id.index())
}

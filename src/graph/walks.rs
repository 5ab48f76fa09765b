//! What tickets can reach: walks through the graph.
//!
//! Everything here is breadth-first or depth-first search and so linear in states and moves
//! (Cormen, Leiserson, Rivest and Stein, *Introduction to Algorithms*, ch. 20).

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeFiltered, EdgeRef, NodeFiltered};

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

/// A shortest walk of every state ([`Resolved::shortest_walks`]).
pub struct ShortestWalks {
    first_moves: Vec<Option<(usize, StateId)>>,
    lengths: Vec<Option<usize>>,
    nearest_first: Vec<StateId>,
}

impl ShortestWalks {
    /// The first move of a state's walk, as an index into [`Resolved::moves`], and where it leads; `None`
    /// for a goal, and where there is no walk.
    pub fn first_move(&self, id: StateId) -> Option<(usize, StateId)> {
        self.first_moves[id.index()]
    }

    /// How many moves a state's walk has; `None` where there is no walk.
    pub fn length(&self, id: StateId) -> Option<usize> {
        self.lengths[id.index()]
    }

    /// The states that have a walk, each after the one to which its first move leads.
    pub fn nearest_first(&self) -> &[StateId] {
        &self.nearest_first
    }

    /// The states of a state's walk, the first and the last included.
    pub fn states(&self, id: StateId) -> impl Iterator<Item = StateId> {
        std::iter::successors(Some(id), |at| Some(self.first_move(*at)?.1))
    }
}

impl Resolved {
    /// For each state, whether a ticket can come to it from a start state. `None` where mistakes
    /// already reported leave that open.
    ///
    /// An undefined state that may be any counts as reached: what it leads to is not blamed.
    pub fn reached_from_start(&self) -> Option<Vec<bool>> {
        let doubts = self.workflow.doubts;
        let unread = self.unread.to || self.unread.cut_short;
        let unsure = doubts.start || doubts.states || doubts.transitions || unread;
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
        // A name that is near none may be that of any state, and its transitions their ways out.
        if self.unread.from || !self.knows_all_ways_out() {
            return None;
        }
        let closed = self
            .states()
            .filter(|(_, s)| s.is(Category::Closed) || s.category.is_none());
        let from = closed.map(|(id, _)| node(id)).chain([self.unknown()]);
        Some(self.spread(from, Direction::Incoming, |_| true))
    }

    /// Whether some state is closed, or may be: its category is missing.
    pub fn may_close(&self) -> bool {
        let mut states = self.workflow.states.iter();
        states.any(|s| s.is(Category::Closed) || s.category.is_none())
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

    /// As [`Resolved::leading_to`], by moves alone that `keep` accepts, as indexes into
    /// [`Resolved::moves`].
    pub fn leading_to_by(&self, to: &[StateId], keep: impl Fn(usize) -> bool) -> Vec<bool> {
        self.spread_by(to, Direction::Incoming, keep)
    }

    /// As [`Resolved::reached_from`], by moves alone that `keep` accepts.
    pub fn reached_from_by(&self, from: &[StateId], keep: impl Fn(usize) -> bool) -> Vec<bool> {
        self.spread_by(from, Direction::Outgoing, keep)
    }

    fn spread_by(
        &self,
        from: &[StateId],
        direction: Direction,
        keep: impl Fn(usize) -> bool,
    ) -> Vec<bool> {
        let mut seen = vec![false; self.graph.node_count()];
        // What could not be read is not gone through.
        seen[self.unknown().index()] = true;
        let mut todo: Vec<NodeIndex> = Vec::new();
        for id in from {
            if !std::mem::replace(&mut seen[id.index()], true) {
                todo.push(node(*id));
            }
        }
        while let Some(at) = todo.pop() {
            for edge in self.graph.edges_directed(at, direction) {
                let next = match direction {
                    Direction::Outgoing => edge.target(),
                    Direction::Incoming => edge.source(),
                };
                let is_kept = self.is_move(*edge.weight()) && keep(*edge.weight() as usize);
                if is_kept && !std::mem::replace(&mut seen[next.index()], true) {
                    todo.push(next);
                }
            }
        }
        seen.truncate(self.workflow.states.len());
        seen
    }

    /// Whether the weight of an edge is the index of a move.
    fn is_move(&self, weight: u32) -> bool {
        (weight as usize) < self.moves.len()
    }

    /// For each state, whether it leads to something unread or to a name that is near none, and
    /// so perhaps anywhere.
    pub fn leading_to_unknown(&self) -> Vec<bool> {
        self.spread([self.unknown()].into_iter(), Direction::Incoming, |_| true)
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
        self.sorted(kosaraju_scc(&self.graph))
    }

    /// As [`Resolved::components`], of the states that `keep` accepts and the moves between them.
    pub fn components_within(&self, keep: impl Fn(StateId) -> bool) -> Vec<Vec<StateId>> {
        let unknown = self.unknown();
        let kept = |n: NodeIndex| n != unknown && keep(StateId(n.index() as u32));
        self.sorted(kosaraju_scc(&NodeFiltered::from_fn(&self.graph, kept)))
    }

    fn sorted(&self, components: Vec<Vec<NodeIndex>>) -> Vec<Vec<StateId>> {
        let unknown = self.unknown();
        let mut found: Vec<Vec<StateId>> = components
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
        if let Some(at) = from.iter().copied().find(|id| goal(*id)) {
            return Some(Walk {
                states: vec![at],
                moves: Vec::new(),
            });
        }
        self.shortest_walk_onward(from, goal, pass)
    }

    /// As [`Resolved::shortest_walk`], by moves alone that `keep` accepts, as indexes into
    /// [`Resolved::moves`].
    pub fn shortest_walk_by(
        &self,
        from: &[StateId],
        to: StateId,
        keep: impl Fn(usize) -> bool,
    ) -> Option<Walk> {
        if from.contains(&to) {
            return self.shortest_walk(from, |id| id == to, |_| true);
        }
        let mut search = Search::from(self, from);
        let found = search.spread(self, |id, _| id == to, |_, index| keep(index))?;
        Some(self.walk_on(found, &search.came_by))
    }

    /// A shortest walk of one move at least from one of `from` to a state that `goal` accepts, whose
    /// last move `last` accepts, as an index into [`Resolved::moves`].
    pub fn shortest_walk_ending(
        &self,
        from: &[StateId],
        goal: impl Fn(StateId) -> bool,
        last: impl Fn(usize) -> bool,
    ) -> Option<Walk> {
        let mut search = Search::from(self, from);
        let ends = |id, index| goal(id) && last(index);
        let found = search.spread(self, ends, |_, _| true)?;
        Some(self.walk_on(found, &search.came_by))
    }

    /// As [`Resolved::shortest_walk`], but of one move at least: where one of `from` is a goal
    /// itself, the walk leads back to it or on to another.
    pub fn shortest_walk_onward(
        &self,
        from: &[StateId],
        goal: impl Fn(StateId) -> bool,
        pass: impl Fn(StateId) -> bool,
    ) -> Option<Walk> {
        let mut search = Search::from(self, from);
        let found = search.spread(self, |id, _| goal(id), |id, _| pass(id))?;
        Some(self.walk_on(found, &search.came_by))
    }

    /// Of every state the shortest walk to one that `goal` accepts, as [`Resolved::shortest_walk`] finds it
    /// for one; all of them together in the time that it takes for one.
    pub fn shortest_walks(&self, goal: impl Fn(StateId) -> bool) -> ShortestWalks {
        let states = self.workflow.states.len();
        let mut walks = ShortestWalks {
            first_moves: vec![None; states],
            lengths: vec![None; states],
            nearest_first: self
                .states()
                .map(|(id, _)| id)
                .filter(|id| goal(*id))
                .collect(),
        };
        for id in &walks.nearest_first {
            walks.lengths[id.index()] = Some(0);
        }
        let mut at = 0;
        while let Some(to) = walks.nearest_first.get(at).copied() {
            at += 1;
            let longer = walks.lengths[to.index()].map(|length| length + 1);
            for edge in self.graph.edges_directed(node(to), Direction::Incoming) {
                let from = edge.source().index();
                let is_new = self.is_move(*edge.weight()) && walks.lengths.get(from) == Some(&None);
                if is_new {
                    walks.lengths[from] = longer;
                    walks.nearest_first.push(StateId(from as u32));
                }
            }
        }
        for id in &walks.nearest_first {
            let Some(rest) =
                walks.lengths[id.index()].and_then(|length: usize| length.checked_sub(1))
            else {
                continue;
            };
            let mut moves = self.steps_from(*id);
            let first = moves.find(|(_, to)| walks.lengths[to.index()] == Some(rest));
            walks.first_moves[id.index()] = first;
        }
        walks
    }

    /// The moves that leave a state, as indexes into [`Resolved::moves`], each with the state to which it
    /// leads, where that is known.
    pub fn steps_from(&self, id: StateId) -> impl Iterator<Item = (usize, StateId)> {
        let states = self.workflow.states.len();
        let edges = self.graph.edges(node(id));
        let steps = edges.map(|edge| (*edge.weight(), edge.target().index()));
        let read = steps.filter(move |(weight, to)| self.is_move(*weight) && *to < states);
        read.map(|(weight, to)| (weight as usize, StateId(to as u32)))
    }

    /// The strongly connected components that no move leaves: wherever a ticket goes, it ends in
    /// one of them. A component that something unread may leave is none.
    pub fn sinks(&self) -> Vec<Vec<StateId>> {
        self.sinks_within(|_| true)
    }

    /// As [`Resolved::sinks`], of the states that `keep` accepts and the moves between them.
    pub fn sinks_within(&self, keep: impl Fn(StateId) -> bool) -> Vec<Vec<StateId>> {
        let kept = |n: NodeIndex| n == self.unknown() || keep(StateId(n.index() as u32));
        let components = self.sorted(kosaraju_scc(&NodeFiltered::from_fn(&self.graph, kept)));
        let mut component_of = vec![usize::MAX; self.graph.node_count()];
        for (index, component) in components.iter().enumerate() {
            for id in component {
                component_of[id.index()] = index;
            }
        }
        // The unknown state keeps a number of its own, so that a move to it leaves.
        let stays = |id: &StateId| {
            let mut next = self.graph.neighbors(node(*id)).filter(|to| kept(*to));
            next.all(|to| component_of[to.index()] == component_of[id.index()])
        };
        let closed_in = |component: &Vec<StateId>| component.iter().all(&stays);
        components.into_iter().filter(closed_in).collect()
    }

    /// Sets of states that lead round by moves that `keep` accepts, as indexes into
    /// [`Resolved::moves`]: each in file order, also of one state that leads to itself.
    pub fn loops_by(&self, keep: impl Fn(usize) -> bool) -> Vec<Vec<StateId>> {
        let kept = |weight: u32| self.is_move(weight) && keep(weight as usize);
        let graph = EdgeFiltered::from_fn(&self.graph, |edge| kept(*edge.weight()));
        let leads_back = |id: StateId| {
            let mut edges = self.graph.edges(node(id));
            edges.any(|edge| edge.target() == node(id) && kept(*edge.weight()))
        };
        let components = self.sorted(kosaraju_scc(&graph)).into_iter();
        components
            .filter(|states| states.len() > 1 || leads_back(states[0]))
            .collect()
    }

    /// As [`Resolved::sinks`], of the moves that `keep` accepts, as indexes into [`Resolved::moves`].
    pub fn sinks_by(&self, keep: impl Fn(usize) -> bool) -> Vec<Vec<StateId>> {
        let kept = |weight: u32| !self.is_move(weight) || keep(weight as usize);
        let graph = EdgeFiltered::from_fn(&self.graph, |edge| kept(*edge.weight()));
        let components = self.sorted(kosaraju_scc(&graph));
        let mut component_of = vec![usize::MAX; self.graph.node_count()];
        for (index, component) in components.iter().enumerate() {
            for id in component {
                component_of[id.index()] = index;
            }
        }
        let stays = |id: &StateId| {
            let edges = self.graph.edges(node(*id));
            let mut edges = edges.filter(|edge| kept(*edge.weight()));
            let own = component_of[id.index()];
            edges.all(|edge| component_of[edge.target().index()] == own)
        };
        let closed_in = |component: &Vec<StateId>| component.iter().all(&stays);
        components.into_iter().filter(closed_in).collect()
    }

    /// Whether a move leads from this state to another one, or something unread may.
    pub fn has_way_out(&self, id: StateId) -> bool {
        self.graph.neighbors(node(id)).any(|to| to != node(id))
    }

    /// The states that every walk from one of `from` to one of `to` passes, in the order in which
    /// it passes them; none where there is no such walk. Moves that were not read and undefined
    /// names lead nowhere here.
    ///
    /// One walk is found first; a state of it is passed by every walk unless some detour leads
    /// around it, and the detours are searched in the order of the walk, each state once (as in
    /// Cairo, Khan, Rizzi, Schmidt, Tomescu and Zirondelli, *A simplified algorithm computing all
    /// s-t bridges and articulation points*, 2021). Linear, where dominator trees are not.
    pub fn always_passed(&self, from: &[StateId], to: &[StateId]) -> Vec<StateId> {
        let states = self.workflow.states.len();
        let mut is_goal = vec![false; states];
        to.iter().for_each(|id| is_goal[id.index()] = true);
        let Some(walk) = self.shortest_walk(from, |id| is_goal[id.index()], |_| true) else {
            return Vec::new();
        };
        // Positions on the walk count from 1; 0 stands before all of `from`, the one after the
        // last state behind all of `to`.
        let end = walk.states.len() + 1;
        let mut position = vec![0; states];
        for (at, id) in walk.states.iter().enumerate() {
            position[id.index()] = at + 1;
        }
        let mut seen = vec![false; states];
        let mut furthest = 0;
        let mut passed = Vec::new();
        let mut todo: Vec<StateId> = Vec::new();
        let reach = |id: StateId, todo: &mut Vec<StateId>, furthest: &mut usize| match position
            [id.index()]
        {
            0 => todo.push(id),
            at => *furthest = at.max(*furthest),
        };
        from.iter()
            .for_each(|id| reach(*id, &mut todo, &mut furthest));
        for at in 0..end {
            if at > 0 {
                let id = walk.states[at - 1];
                if furthest == at {
                    passed.push(id);
                }
                todo.push(id);
            }
            while let Some(id) = todo.pop() {
                if std::mem::replace(&mut seen[id.index()], true) {
                    continue;
                }
                if is_goal[id.index()] {
                    furthest = end;
                }
                for next in self.graph.neighbors(node(id)) {
                    if next != self.unknown() && !seen[next.index()] {
                        reach(StateId(next.index() as u32), &mut todo, &mut furthest);
                    }
                }
            }
        }
        passed
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

    /// The walk up to a state that the search came to, and the move it found there.
    fn walk_on(&self, (at, index): (StateId, usize), came_by: &[Option<usize>]) -> Walk {
        let mut walk = self.walk_back(at, came_by);
        walk.moves.push(index);
        walk.states.extend(self.meant(self.moves[index].to));
        walk
    }

    /// A walk as a report shows it: "`New` → `Assigned` → `Closed`". Of a long one the middle is
    /// only counted.
    pub fn phrase_of(&self, walk: &Walk) -> String {
        let names = walk.states.iter().map(|id| self.name(*id));
        phrase_of(&names.collect::<Vec<_>>())
    }

    /// The moves that lead straight from one state to another, in the order of the file.
    pub fn moves_between(&self, from: StateId, to: StateId) -> impl Iterator<Item = &Move> {
        self.moves_from(from)
            .filter(move |m| self.meant(m.to) == Some(to))
    }
}

/// A walk through states of these names as a report shows it ([`Resolved::phrase_of`]).
pub fn phrase_of(names: &[&str]) -> String {
    let name = |name: &&str| format!("`{name}`");
    let count = names.len();
    let names: Vec<String> = match count > MOST_SHOWN {
        false => names.iter().map(name).collect(),
        true => {
            let (head, tail) = (MOST_SHOWN - 3, 2);
            let first = names[..head].iter().map(name);
            let more = format!("{} more states", count - head - tail);
            let last = names[count - tail..].iter().map(name);
            first.chain([more]).chain(last).collect()
        }
    };
    names.join(" → ")
}

fn node(id: StateId) -> NodeIndex {
    NodeIndex::new(id.index())
}

/// Walks of more states than this are shortened where they are shown.
const MOST_SHOWN: usize = 12;

/// A breadth-first search over moves that were read.
struct Search {
    /// The move by which each state was first come to.
    came_by: Vec<Option<usize>>,
    seen: Vec<bool>,
    queue: VecDeque<StateId>,
}

impl Search {
    fn from(resolved: &Resolved, from: &[StateId]) -> Self {
        let states = resolved.workflow.states.len();
        let mut search = Search {
            came_by: vec![None; states],
            seen: vec![false; states],
            queue: VecDeque::new(),
        };
        for id in from {
            if !std::mem::replace(&mut search.seen[id.index()], true) {
                search.queue.push_back(*id);
            }
        }
        search
    }

    /// Goes on to the first state by a move that leads to a goal: that state, and the move. Both are asked
    /// about a state and the move that leads to it.
    fn spread(
        &mut self,
        resolved: &Resolved,
        goal: impl Fn(StateId, usize) -> bool,
        pass: impl Fn(StateId, usize) -> bool,
    ) -> Option<(StateId, usize)> {
        while let Some(at) = self.queue.pop_front() {
            for edge in resolved.graph.edges(node(at)) {
                let next = StateId(edge.target().index() as u32);
                let index = *edge.weight() as usize;
                let read = next.index() < self.seen.len() && index < resolved.moves.len();
                if !read || !pass(next, index) {
                    continue;
                }
                if goal(next, index) {
                    return Some((at, index));
                }
                if !std::mem::replace(&mut self.seen[next.index()], true) {
                    self.came_by[next.index()] = Some(index);
                    self.queue.push_back(next);
                }
            }
        }
        None
    }
}

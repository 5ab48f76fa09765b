//! The workflow with its names looked up: states as numbers, moves between them.
//!
//! [`Resolved`] answers questions about the graph and judges nothing: what an undefined name or
//! an unreachable state means is for [`crate::rules`] to say. A misspelt name counts as the state
//! it most likely means, and a name that is near none as a place from which and to which every
//! walk might lead, so that one mistake does not look like several.

use std::sync::OnceLock;

use crate::hashing::HashMap;
use smol_str::SmolStr;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{From, State, Text, Transition, Workflow};
use crate::source::{Span, Spanned};
use crate::suggest;

mod apart;
mod names;
#[cfg(test)]
mod tests;
mod walks;

pub use apart::{FirstBy, condition};
use names::{Resolver, drop_covered};
pub use walks::{ShortestWalks, Walk, phrase_of};

/// The number of a state: its position in the file, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId(pub u32);

impl StateId {
    /// As an index into [`Workflow::states`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a name turned out to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// This state.
    State(StateId),
    /// No state: the undefined name with this index in [`Resolved::undefined`].
    Undefined(u32),
}

/// A name that no state has.
#[derive(Clone, Debug)]
pub struct Undefined {
    /// The name as first written.
    pub name: String,
    /// The state that it is taken for: the one whose name is the likest.
    pub near: Option<StateId>,
    /// Whether the name may be a misspelling of that, and not only like it.
    pub is_slip: bool,
    /// Every place where it is written.
    pub mentions: Vec<Mention>,
}

/// A place where an undefined name is written.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// As what.
    pub role: Role,
}

/// What a state is named as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A start state.
    Start,
    /// Where the transition with this index in [`Workflow::transitions`] begins.
    From(usize),
    /// Where the transition leads.
    To(usize),
    /// What the transition's `"*"` leaves out.
    Except(usize),
    /// In the promise with this index in [`Workflow::expect`].
    Promise(usize),
}

/// One way from one state to another: a transition with several states under `from` makes one
/// from each.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// Where it begins.
    pub from: Place,
    /// Where it leads.
    pub to: Place,
    /// The transition that says so, as an index into [`Workflow::transitions`].
    pub transition: usize,
    /// Where the state that it begins in is written, or `"*"`.
    pub from_span: Span,
    /// Whether `"*"` made it.
    pub every: bool,
}

/// A move that a transition from `"*"` would make and another transition already makes, under the
/// same name. The one written out counts.
#[derive(Clone, Copy, Debug)]
pub struct Covered {
    /// The move that is written out, as an index into [`Resolved::moves`].
    pub written: usize,
    /// The transition from `"*"`, as an index into [`Workflow::transitions`].
    pub every: usize,
}

/// A workflow whose names are looked up.
#[derive(Debug)]
pub struct Resolved {
    workflow: Workflow,
    by_name: HashMap<SmolStr, StateId>,
    starts: Vec<Spanned<Place>>,
    moves: Vec<Move>,
    covered: Vec<Covered>,
    undefined: Vec<Undefined>,
    undefined_by_name: HashMap<SmolStr, u32>,
    spelling: OnceLock<suggest::Index>,
    /// Whether moves of one name leave one state, once it was asked.
    namesakes: OnceLock<bool>,
    /// What the states named by each promise turned out to be, in the order of
    /// [`crate::model::Promise::states`].
    promised: Vec<Vec<Place>>,
    unread: Unread,
    /// Nodes 0.. are the states in file order; the one after them is the unknown state, which
    /// stands for every name that is near none and every part that could not be read. The
    /// weight of an edge is the index of its move, `u32::MAX` where no move was read.
    graph: DiGraph<(), u32>,
}

/// What of the transitions could not be read or is not kept.
#[derive(Clone, Copy, Debug, Default)]
struct Unread {
    /// A transition does not say where it begins.
    from: bool,
    /// A transition does not say where it leads.
    to: bool,
    /// There are more moves than [`MAX_MOVES`].
    cut_short: bool,
}

/// More moves than this are not made from `"*"` and lists; [`Resolved::is_cut_short`] then says so.
pub const MAX_MOVES: usize = 250_000;

impl Resolved {
    /// Looks up every name of the workflow. Cannot fail; what is not found is kept as
    /// [`Undefined`].
    pub fn new(workflow: Workflow) -> Self {
        let mut resolver = Resolver::new(&workflow);
        let starts: Vec<_> = workflow
            .start
            .iter()
            .map(|s| resolver.mention(&s.to, Role::Start))
            .collect();
        let mut moves = Vec::with_capacity(workflow.transitions.len());
        for (index, transition) in workflow.transitions.iter().enumerate() {
            resolver.moves_of(index, transition, &mut moves);
        }
        let mut promised = Vec::with_capacity(workflow.expect.len());
        for (index, expectation) in workflow.expect.iter().enumerate() {
            let names = expectation.promise.states();
            promised.push(
                names
                    .map(|n| resolver.mention(n, Role::Promise(index)))
                    .collect(),
            );
        }
        let unread = Unread {
            from: workflow.transitions.iter().any(|t| t.from.is_none()),
            to: workflow.transitions.iter().any(|t| t.to.is_none()),
            cut_short: moves.len() >= MAX_MOVES,
        };
        let covered = drop_covered(&workflow, &mut moves);
        let Resolver {
            by_name,
            undefined,
            undefined_by_name,
            spelling,
            ..
        } = resolver;
        let mut resolved = Resolved {
            by_name,
            starts: workflow
                .start
                .iter()
                .map(|s| s.to.span)
                .zip(starts)
                .map(|(span, p)| Spanned::new(p, span))
                .collect(),
            moves,
            covered,
            undefined,
            undefined_by_name,
            spelling,
            promised,
            namesakes: OnceLock::new(),
            unread,
            graph: DiGraph::new(),
            workflow,
        };
        resolved.graph = resolved.build_graph();
        resolved
    }

    fn build_graph(&self) -> DiGraph<(), u32> {
        let states = self.workflow.states.len();
        let mut graph = DiGraph::with_capacity(states + 1, self.moves.len());
        for _ in 0..=states {
            graph.add_node(());
        }
        for (from, to) in self.unread_moves() {
            graph.add_edge(from, to, u32::MAX);
        }
        for id in self.perhaps_renamed() {
            let node = NodeIndex::new(id.index());
            graph.add_edge(node, self.unknown(), u32::MAX);
            graph.add_edge(self.unknown(), node, u32::MAX);
        }
        // petgraph visits the newest edge first; backwards, every walk prefers the order of the file.
        for (index, step) in self.moves.iter().enumerate().rev() {
            graph.add_edge(
                self.node_of(Some(step.from)),
                self.node_of(Some(step.to)),
                index as u32,
            );
        }
        graph
    }

    /// Transitions with an end that could not be read, which is reported: they lead from or to
    /// the unknown state.
    fn unread_moves(&self) -> Vec<(NodeIndex, NodeIndex)> {
        let node = |name: &Text| self.node_of(self.find(&name.value).map(Place::State));
        let mut found = Vec::new();
        let mut every_to_unknown = false;
        for transition in &self.workflow.transitions {
            match (&transition.from, &transition.to) {
                (None, to) => {
                    let to = to.as_ref().map_or(self.unknown(), node);
                    found.push((self.unknown(), to));
                }
                (Some(From::States(from)), None) => {
                    found.extend(from.iter().map(|f| (node(f), self.unknown())));
                }
                (Some(From::Every { .. }), None) => every_to_unknown = true,
                (Some(_), Some(_)) => {}
            }
        }
        if every_to_unknown {
            let states = self.states().filter(|(_, s)| !s.is_final());
            found.extend(states.map(|(id, _)| (NodeIndex::new(id.index()), self.unknown())));
        }
        found
    }

    /// States that no start and no transition names, where some name in such a place is near no
    /// state: a state renamed in one place and not in the other looks so, and is one mistake.
    pub fn perhaps_renamed(&self) -> Vec<StateId> {
        let of_the_graph =
            |m: &Mention| matches!(m.role, Role::Start | Role::From(_) | Role::To(_));
        let lost = |u: &Undefined| u.near.is_none() && u.mentions.iter().any(of_the_graph);
        if !self.undefined.iter().any(lost) {
            return Vec::new();
        }
        let mut named = vec![false; self.workflow.states.len()];
        let starts = self.starts.iter().map(|s| s.value);
        let froms = self.moves.iter().filter(|m| !m.every).map(|m| m.from);
        let tos = self.moves.iter().map(|m| m.to);
        for place in starts.chain(froms).chain(tos) {
            if let Some(id) = self.meant(place) {
                named[id.index()] = true;
            }
        }
        let all = self.states().map(|(id, _)| id);
        all.filter(|id| !named[id.index()]).collect()
    }

    fn node_of(&self, place: Option<Place>) -> NodeIndex {
        let state = match place {
            Some(Place::State(id)) => Some(id),
            Some(Place::Undefined(index)) => self.undefined[index as usize].near,
            None => None,
        };
        state.map_or(self.unknown(), |id| NodeIndex::new(id.index()))
    }

    fn unknown(&self) -> NodeIndex {
        NodeIndex::new(self.workflow.states.len())
    }

    /// The workflow as written.
    pub fn workflow(&self) -> &Workflow {
        &self.workflow
    }

    /// Every state with its number, in the order of the file.
    pub fn states(&self) -> impl DoubleEndedIterator<Item = (StateId, &State)> + ExactSizeIterator {
        self.workflow
            .states
            .iter()
            .enumerate()
            .map(|(i, s)| (StateId(i as u32), &**s))
    }

    /// The state with this number.
    pub fn state(&self, id: StateId) -> &State {
        &self.workflow.states[id.index()]
    }

    /// The name of a state.
    pub fn name(&self, id: StateId) -> &str {
        &self.state(id).name.value
    }

    /// The names of several states.
    pub fn names(&self, ids: &[StateId]) -> Vec<&str> {
        ids.iter().map(|id| self.name(*id)).collect()
    }

    /// Where these states are defined.
    pub fn places(&self, ids: &[StateId]) -> impl Iterator<Item = Span> {
        ids.iter().map(|id| self.state(*id).name.span)
    }

    /// The state of exactly this name.
    pub fn find(&self, name: &str) -> Option<StateId> {
        self.by_name.get(name).copied()
    }

    /// The state whose name is nearest to this one, as a [`suggest::Index`] finds it.
    pub fn nearest(&self, name: &str) -> Option<StateId> {
        let like = names::likest(&self.spelling, &self.workflow, name)?;
        like.may_be_meant.then_some(StateId(like.at as u32))
    }

    /// The undefined name that is written so.
    pub fn find_undefined(&self, name: &str) -> Option<&Undefined> {
        let index = self.undefined_by_name.get(name)?;
        self.undefined.get(*index as usize)
    }

    /// The state of this name or else the nearest one: what a misspelt name is taken for.
    pub fn find_or_nearest(&self, name: &str) -> Option<StateId> {
        self.find(name).or_else(|| {
            let known = self.find_undefined(name);
            known.map_or_else(|| self.nearest(name), |u| u.near)
        })
    }

    /// The start states as written, in the order of the file.
    pub fn starts(&self) -> &[Spanned<Place>] {
        &self.starts
    }

    /// The start states that exist, a misspelt one taken for its nearest, each once.
    pub fn start_states(&self) -> Vec<StateId> {
        let mut found = Vec::new();
        let mut seen = vec![false; self.workflow.states.len()];
        for start in &self.starts {
            if let Some(id) = self.meant(start.value)
                && !std::mem::replace(&mut seen[id.index()], true)
            {
                found.push(id);
            }
        }
        found
    }

    /// What the states that a promise names turned out to be, in the order of [`crate::model::Promise::states`];
    /// `index` counts [`Workflow::expect`].
    pub fn promised(&self, index: usize) -> &[Place] {
        &self.promised[index]
    }

    /// Whether there are more than [`MAX_MOVES`] moves, so that not all of them are here.
    pub fn is_cut_short(&self) -> bool {
        self.unread.cut_short
    }

    /// Whether every way out of every state is here: no transition is without a `from` that
    /// could be read, or begins in a name that may be any state.
    pub fn knows_all_ways_out(&self) -> bool {
        let doubts = self.workflow.doubts;
        let from_unknown = self.graph.neighbors(self.unknown()).next().is_some();
        !(doubts.states || doubts.transitions || self.unread.cut_short || from_unknown)
    }

    /// Every move, in the order of the file.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// The moves that `"*"` would make again.
    pub fn covered(&self) -> &[Covered] {
        &self.covered
    }

    /// The transition that makes a move.
    pub fn transition(&self, step: &Move) -> &Transition {
        &self.workflow.transitions[step.transition]
    }

    /// Names that no state has, in the order in which they are first written.
    pub fn undefined(&self) -> &[Undefined] {
        &self.undefined
    }

    /// The state that a place stands for, a misspelt name taken for its nearest.
    pub fn meant(&self, place: Place) -> Option<StateId> {
        match place {
            Place::State(id) => Some(id),
            Place::Undefined(index) => self.undefined[index as usize].near,
        }
    }

    /// Both ends of a move, where neither name is misspelt.
    pub fn exact(&self, step: &Move) -> Option<(StateId, StateId)> {
        match (step.from, step.to) {
            (Place::State(from), Place::State(to)) => Some((from, to)),
            _ => None,
        }
    }

    /// The moves that leave a state, in the order of the file.
    pub fn moves_from(&self, id: StateId) -> impl Iterator<Item = &Move> {
        self.move_indexes_from(id).map(|index| &self.moves[index])
    }

    /// As [`Resolved::moves_from`], as indexes into [`Resolved::moves`].
    pub fn move_indexes_from(&self, id: StateId) -> impl Iterator<Item = usize> {
        let edges = self.graph.edges(NodeIndex::new(id.index()));
        let indexes = edges.map(|edge| *edge.weight() as usize);
        indexes.filter(|index| *index < self.moves.len())
    }

    /// The moves that lead to a state, in the order of the file.
    pub fn moves_to(&self, id: StateId) -> impl Iterator<Item = &Move> {
        let edges = self
            .graph
            .edges_directed(NodeIndex::new(id.index()), petgraph::Incoming);
        edges.filter_map(|edge| self.moves.get(*edge.weight() as usize))
    }

    /// Whether moves of one name leave one state. In nearly every file none do, and then rules
    /// about such moves need not remember all of them.
    pub fn has_namesakes(&self) -> bool {
        *self.namesakes.get_or_init(|| {
            let mut labels = Vec::new();
            self.states().any(|(id, _)| {
                labels.clear();
                labels.extend(self.moves_from(id).map(|m| self.transition(m).label()));
                labels.sort_unstable();
                labels.windows(2).any(|pair| pair[0] == pair[1])
            })
        })
    }

    /// Whether something that could not be read, or a name that is near none, may lead out of
    /// this state.
    pub fn may_lead_anywhere(&self, id: StateId) -> bool {
        self.graph
            .neighbors(NodeIndex::new(id.index()))
            .any(|to| to == self.unknown())
    }
}

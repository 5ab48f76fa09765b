//! Looking up names: from what is written to states and moves.

use std::sync::OnceLock;

use crate::hashing::HashMap;
use smol_str::SmolStr;

use super::apart::{FirstBy, condition};
use super::{Covered, MAX_MOVES, Mention, Move, Place, Role, StateId, Undefined};
use crate::model::{From, Text, Transition, Workflow};
use crate::suggest;

/// Takes out the moves from `"*"` that another transition makes under the same name, on the same
/// condition and for the same people.
pub(super) fn drop_covered(workflow: &Workflow, moves: &mut Vec<Move>) -> Vec<Covered> {
    if moves.iter().all(|m| !m.every) {
        return Vec::new();
    }
    let transitions = &workflow.transitions;
    let key = |m: &Move| {
        let transition = &transitions[m.transition];
        (transition.label(), m.from, m.to, condition(transition))
    };
    let is_plain = transitions.iter().all(|t| t.details.is_none());
    // Those that are written out, numbered; the position that each will have is known further down.
    let mut written = FirstBy::with_capacity(0, is_plain);
    let mut positions = Vec::new();
    for step in moves.iter().filter(|m| !m.every) {
        let transition = &*transitions[step.transition];
        written.add(key(step), transition, positions.len(), ());
        positions.push(0);
    }
    if positions.is_empty() {
        return Vec::new();
    }
    let mut dropped = Vec::new();
    let (mut position, mut number) = (0, 0);
    moves.retain(|step| {
        if step.every {
            if let Some(by) = written.meeting(&key(step), &*transitions[step.transition]) {
                dropped.push((by, step.transition));
                return false;
            }
        } else {
            positions[number] = position;
            number += 1;
        }
        position += 1;
        true
    });
    let covered = dropped.into_iter().map(|(by, every)| Covered {
        written: positions[by],
        every,
    });
    covered.collect()
}

/// Looks up names and remembers the ones that are not found.
pub(super) struct Resolver<'w> {
    workflow: &'w Workflow,
    pub(super) by_name: HashMap<SmolStr, StateId>,
    pub(super) undefined: Vec<Undefined>,
    pub(super) undefined_by_name: HashMap<SmolStr, u32>,
    /// Made of the states' names once one is misspelt.
    pub(super) spelling: OnceLock<suggest::Index>,
    /// The states that `"*"` stands for.
    not_final: Vec<usize>,
    /// For each state, the last transition from `"*"` that leaves it out, counted from 1.
    left_out_by: Vec<usize>,
}

impl<'w> Resolver<'w> {
    pub(super) fn new(workflow: &'w Workflow) -> Self {
        let numbered = workflow.states.iter().enumerate();
        Resolver {
            workflow,
            by_name: numbered
                .map(|(i, s)| (s.name.value.clone(), StateId(i as u32)))
                .collect(),
            undefined: Vec::new(),
            undefined_by_name: HashMap::default(),
            spelling: OnceLock::new(),
            not_final: Vec::new(),
            left_out_by: Vec::new(),
        }
    }

    /// Looks which states `"*"` stands for, which only some workflows need.
    fn look_for_final_states(&mut self) {
        if self.left_out_by.is_empty() {
            let states = self.workflow.states.iter().enumerate();
            let not_final = states.filter(|(_, state)| !state.is_final());
            self.not_final = not_final.map(|(at, _)| at).collect();
            self.left_out_by = vec![0; self.workflow.states.len()];
        }
    }

    pub(super) fn mention(&mut self, name: &'w Text, role: Role) -> Place {
        if let Some(id) = self.by_name.get(name.value.as_str()) {
            return Place::State(*id);
        }
        let mention = Mention {
            span: name.span,
            role,
        };
        if let Some(&index) = self.undefined_by_name.get(name.value.as_str()) {
            self.undefined[index as usize].mentions.push(mention);
            return Place::Undefined(index);
        }
        let like = likest(&self.spelling, self.workflow, &name.value);
        self.undefined.push(Undefined {
            name: name.value.to_string(),
            near: like.map(|like| StateId(like.at as u32)),
            is_slip: like.is_some_and(|like| like.may_be_meant),
            mentions: vec![mention],
        });
        let index = self.undefined.len() as u32 - 1;
        self.undefined_by_name.insert(name.value.clone(), index);
        Place::Undefined(index)
    }

    pub(super) fn moves_of(
        &mut self,
        index: usize,
        transition: &'w Transition,
        moves: &mut Vec<Move>,
    ) {
        let to = transition
            .to
            .as_ref()
            .map(|to| self.mention(to, Role::To(index)));
        let push = |moves: &mut Vec<Move>, from, from_span, every| {
            if let (Some(to), true) = (to, moves.len() < MAX_MOVES) {
                moves.push(Move {
                    from,
                    to,
                    transition: index,
                    from_span,
                    every,
                });
            }
        };
        match &transition.from {
            None => {}
            Some(From::States(states)) => {
                for state in states.iter() {
                    // What is beyond the limit would take its memory all the same.
                    if moves.len() >= MAX_MOVES {
                        return;
                    }
                    let from = self.mention(state, Role::From(index));
                    push(moves, from, state.span, false);
                }
            }
            Some(From::Every { span, except }) => {
                let excepted: Vec<_> = except
                    .iter()
                    .map(|e| self.mention(e, Role::Except(index)))
                    .collect();
                if moves.len() >= MAX_MOVES {
                    return;
                }
                self.look_for_final_states();
                let mark = index + 1;
                for place in excepted.into_iter().chain(to) {
                    if let Some(id) = self.meant(place) {
                        self.left_out_by[id.index()] = mark;
                    }
                }
                for &at in &self.not_final {
                    if self.left_out_by[at] != mark {
                        push(moves, Place::State(StateId(at as u32)), *span, true);
                    }
                }
            }
        }
    }

    fn meant(&self, place: Place) -> Option<StateId> {
        match place {
            Place::State(id) => Some(id),
            Place::Undefined(index) => self.undefined[index as usize].near,
        }
    }
}

/// The state whose name is most like this one. `spelling` is of the workflow's states.
pub(super) fn likest(
    spelling: &OnceLock<suggest::Index>,
    workflow: &Workflow,
    name: &str,
) -> Option<suggest::Like> {
    let known = |at: usize| workflow.states[at].name.value.as_str();
    let all = || suggest::Index::of((0..workflow.states.len()).map(known));
    spelling.get_or_init(all).likest(name, known)
}

//! What is wrong with a workflow: one file a rule, its page beside it.
//!
//! A rule looks at the [`Resolved`] graph, which any file has, however faulty, and reports. It
//! knows no syntax, no product, no output and no other rule. To add one: write its file and its
//! page, and put it in [`ALL`].

use std::any::Any;

use crate::diagnostic::{Code, Diagnostics, Level, Levels};
use crate::graph::{Resolved, StateId};
use crate::model::{Category, Start, State, Transition, Workflow};

pub mod ambiguous_transitions;
pub mod automatic_loops;
pub mod bottlenecks;
pub mod broken_migrations;
pub mod competing_transitions;
pub mod confusable_states;
pub mod contradicting_fields;
pub mod dead_ends;
pub mod duplicate_transitions;
pub mod editable_after_final;
pub mod empty_wildcards;
mod ends;
pub mod frozen_work;
mod lists;
pub mod lone_alternatives;
pub mod missing_start;
pub mod pause_loops;
pub mod paused_starts;
pub mod redundant_transitions;
pub mod repeated_names;
pub mod self_transitions;
pub mod shared_origins;
pub mod skipped_work;
pub mod stale_migrations;
pub mod stuck_waiting;
pub mod transitions_from_final;
pub mod trapped_states;
pub mod unclosed_workflows;
pub mod undefined_roles;
pub mod undefined_states;
pub mod undefined_transitions;
pub mod unreachable_states;
pub mod unused_roles;

#[cfg(test)]
pub(crate) mod tests;

/// A check of one kind of mistake.
#[derive(Debug)]
pub struct Rule {
    /// What it reports.
    pub code: &'static Code,
    /// Looks for it. Never stops at the first.
    pub check: fn(&Resolved, &mut Diagnostics),
}

/// Every rule, in the order of the catalogue.
pub const ALL: &[Rule] = &[
    missing_start::RULE,
    undefined_states::RULE,
    undefined_roles::RULE,
    unused_roles::RULE,
    undefined_transitions::RULE,
    confusable_states::RULE,
    shared_origins::RULE,
    broken_migrations::RULE,
    stale_migrations::RULE,
    repeated_names::RULE,
    duplicate_transitions::RULE,
    ambiguous_transitions::RULE,
    lone_alternatives::RULE,
    competing_transitions::RULE,
    contradicting_fields::RULE,
    redundant_transitions::RULE,
    empty_wildcards::RULE,
    transitions_from_final::RULE,
    self_transitions::RULE,
    unclosed_workflows::RULE,
    unreachable_states::RULE,
    dead_ends::RULE,
    trapped_states::RULE,
    automatic_loops::RULE,
    skipped_work::RULE,
    bottlenecks::RULE,
    stuck_waiting::RULE,
    paused_starts::RULE,
    pause_loops::RULE,
    editable_after_final::RULE,
    frozen_work::RULE,
];

/// Runs every rule that `levels` does not allow away.
pub fn check(resolved: &Resolved, levels: &Levels, out: &mut Diagnostics) {
    run(ALL, resolved, levels, out);
}

/// Runs those of `rules` that `levels` does not allow away.
pub fn run(rules: &[Rule], resolved: &Resolved, levels: &Levels, out: &mut Diagnostics) {
    for rule in rules {
        if levels.of(rule.code) != Level::Allow {
            (rule.check)(resolved, out);
        }
    }
}

/// A workflow that may be compiled for a product: every name in it is a state, every state has a
/// category, tickets can begin somewhere, nothing was left unread. Only [`Checked::new`] makes one.
#[derive(Debug)]
pub struct Checked {
    resolved: Resolved,
    identifier: String,
    categories: Vec<Category>,
    starts: Vec<StateId>,
    steps: Vec<Step>,
    blocks: Blocks,
}

/// What the block of a product says, as the product decoded it.
pub type Decoded = Box<dyn Any + Send + Sync>;

/// What the blocks of a file say, each with its product.
pub type Blocks = Vec<(&'static str, Decoded)>;

/// A move whose both ends are states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where it begins.
    pub from: StateId,
    /// Where it leads.
    pub to: StateId,
    /// The transition that says so, as an index into [`Workflow::transitions`].
    pub transition: usize,
}

impl Checked {
    /// The proof that `resolved`, with what its blocks say, is whole, or `resolved` again where it is not. Whoever calls
    /// this has seen to it that no error was reported.
    // The large error is the value that was given; it is looked at again, not propagated.
    #[allow(clippy::result_large_err)]
    pub fn new(resolved: Resolved, blocks: Blocks) -> Result<Checked, Resolved> {
        let workflow = resolved.workflow();
        let exact = |place| match place {
            crate::graph::Place::State(id) => Some(id),
            crate::graph::Place::Undefined(_) => None,
        };
        let step = |m: &crate::graph::Move| {
            Some(Step {
                from: exact(m.from)?,
                to: exact(m.to)?,
                transition: m.transition,
            })
        };
        let whole = workflow.doubts == crate::model::Doubts::default();
        let identifier = workflow.identifier.as_ref().map(|i| i.value.clone());
        let categories: Option<Vec<_>> = workflow
            .states
            .iter()
            .map(|s| Some(s.category?.value))
            .collect();
        let starts: Option<Vec<_>> = resolved.starts().iter().map(|s| exact(s.value)).collect();
        let steps: Option<Vec<_>> = resolved.moves().iter().map(step).collect();
        match (identifier, categories, starts, steps) {
            (Some(identifier), Some(categories), Some(starts), Some(steps))
                if whole && !starts.is_empty() && !resolved.is_cut_short() =>
            {
                Ok(Checked {
                    resolved,
                    identifier: identifier.to_string(),
                    categories,
                    starts,
                    steps,
                    blocks,
                })
            }
            _ => Err(resolved),
        }
    }

    /// What the block for a product says, as that decoded it; `None` where the file has none.
    pub fn block<T: 'static>(&self, target: &str) -> Option<&T> {
        let (_, said) = self.blocks.iter().find(|(name, _)| *name == target)?;
        said.downcast_ref()
    }

    /// The graph.
    pub fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    /// The workflow as written.
    pub fn workflow(&self) -> &Workflow {
        self.resolved.workflow()
    }

    /// The identifier.
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// The name that people see: the workflow's own, or its identifier.
    pub fn title(&self) -> &str {
        self.workflow()
            .name
            .as_ref()
            .map_or(self.identifier(), |n| &n.value)
    }

    /// Every state with its number, in the order of the file.
    pub fn states(&self) -> impl DoubleEndedIterator<Item = (StateId, &State)> + ExactSizeIterator {
        self.resolved.states()
    }

    /// The name of a state.
    pub fn name(&self, id: StateId) -> &str {
        self.resolved.name(id)
    }

    /// The category of a state.
    pub fn category(&self, id: StateId) -> Category {
        self.categories[id.index()]
    }

    /// The start states with what is said of them, in the order of the file.
    pub fn starts(&self) -> impl ExactSizeIterator<Item = (StateId, &Start)> {
        self.starts.iter().copied().zip(&self.workflow().start)
    }

    /// Every move, in the order of the file; lists under `from` and `"*"` are spelt out.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The transition that makes a move.
    pub fn transition(&self, step: &Step) -> &Transition {
        &self.workflow().transitions[step.transition]
    }
}

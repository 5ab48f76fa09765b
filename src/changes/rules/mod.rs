//! What a change breaks: one file a rule, its page beside it.
//!
//! A rule looks at what changed in one workflow, and reports in the new version, at the nearest thing
//! that is left; the old place goes with it. To add one: write its file and its page, and put it in
//! [`ALL`].

use super::pairing::Side;
use super::{Change, Difference, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, Levels};
use crate::graph::StateId;
use crate::model::{Category, Workflow};
use crate::source::Span;

mod asked;
pub mod changed_categories;
pub mod changed_identifiers;
pub mod changed_timers;
pub mod dropped_promises;
pub mod loosened_transitions;
pub mod narrowed_editing;
pub mod removed_starts;
pub mod removed_states;
pub mod removed_transitions;
pub mod removed_workflows;
pub mod stranded_states;
pub mod tightened_transitions;

/// A check of one kind of thing that a change breaks.
#[derive(Debug)]
pub struct Rule {
    /// What it reports.
    pub code: &'static Code,
    /// Looks for it. Never stops at the first.
    pub check: fn(&Changed, &mut Diagnostics),
}

/// Every rule on one workflow, in the order of the catalogue.
pub const ALL: &[Rule] = &[
    removed_states::RULE,
    stranded_states::RULE,
    changed_identifiers::RULE,
    changed_categories::RULE,
    changed_timers::RULE,
    tightened_transitions::RULE,
    loosened_transitions::RULE,
    removed_transitions::RULE,
    removed_starts::RULE,
    dropped_promises::RULE,
    narrowed_editing::RULE,
];

/// Every code, in the order of the catalogue.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    let of_one = ALL.iter().map(|rule| rule.code);
    of_one.chain([&removed_workflows::CODE])
}

/// What changed in a workflow, and what that does to tickets on their way.
#[derive(Debug)]
pub struct Changed<'c> {
    /// What changed.
    pub difference: &'c Difference<'c>,
    /// For each state of the new version, whether its tickets are stranded.
    stranded: Vec<bool>,
}

impl<'c> Changed<'c> {
    /// That of a difference.
    pub fn new(difference: &'c Difference<'c>) -> Self {
        Changed {
            stranded: stranded_states::find(&difference.pair),
            difference,
        }
    }

    /// The states of the new version whose tickets are stranded.
    pub fn stranded(&self) -> impl Iterator<Item = StateId> {
        let all = self.difference.pair.new.states();
        all.map(|(id, _)| id).filter(|id| self.stranded[id.index()])
    }

    /// The new version.
    fn now(&self) -> &'c Workflow {
        self.difference.pair.new.workflow()
    }

    /// Where to report what is not among the states.
    fn states_place(&self) -> Span {
        self.now().headings.states.unwrap_or(self.now().place)
    }

    /// Where to report what is not among the transitions.
    fn transitions_place(&self) -> Span {
        let transitions = self.now().headings.transitions;
        transitions.unwrap_or_else(|| self.states_place())
    }

    /// Where the new version says what changed, or else where the file begins.
    fn place_of(&self, change: &Change) -> Span {
        change.new.unwrap_or(self.now().place)
    }

    /// The changes, with the names of the states that a move leaves which are in both versions.
    fn of_moves(&self) -> impl Iterator<Item = (&'c Change<'c>, Vec<&'c str>)> {
        let difference = self.difference;
        let changes = difference.changes.iter();
        changes.filter_map(move |change| match &change.of {
            Subject::Moves { from, .. } => {
                let kept = from
                    .iter()
                    .copied()
                    .filter(|name| is_kept(difference, name));
                let kept: Vec<&str> = kept.collect();
                (!kept.is_empty()).then_some((change, kept))
            }
            Subject::Start { .. } => Some((change, Vec::new())),
            _ => None,
        })
    }
}

/// Whether the state of this name, the new one where it has one, is in both versions.
fn is_kept(difference: &Difference, name: &str) -> bool {
    let pair = &difference.pair;
    let of_new = |id: StateId| pair.states[id.index()].old.is_some();
    pair.new.find(name).is_some_and(of_new)
}

/// Runs those of [`ALL`] that `levels` does not allow away.
pub fn check(changed: &Changed, levels: &Levels, out: &mut Diagnostics) {
    for rule in ALL {
        if levels.of(rule.code) != Level::Allow {
            (rule.check)(changed, out);
        }
    }
}

/// With the place of the old version.
fn before(report: Diagnostic, old: Option<Span>, label: &str) -> Diagnostic {
    match old {
        Some(span) => report.label(span, label),
        None => report,
    }
}

/// What the clock does in a category.
fn clock(category: Category) -> &'static str {
    match category {
        Category::Draft => "has not started",
        Category::Open => "runs",
        Category::Waiting => "is paused",
        Category::Closed => "has stopped",
    }
}

/// Where the tickets of a state of the old version are that is gone, by `migrate`.
enum Destination {
    /// In this state.
    Here(StateId),
    /// In a state of another workflow, or where that cannot be told, which is reported already.
    Elsewhere,
    /// Nobody says.
    Nowhere,
}

/// Where the tickets of an old state go that is gone.
fn destination(difference: &Difference, old: StateId) -> Destination {
    let pair = &difference.pair;
    let migrate = &pair.new.workflow().migrate;
    let mut name = pair.side(Side::Old).name(old);
    // A chain that does not end is reported already.
    for step in 0..=migrate.len() {
        let Some(next) = migrate.iter().find(|one| one.from.value == name) else {
            return match step {
                0 => Destination::Nowhere,
                _ => Destination::Elsewhere,
            };
        };
        if next.workflow.is_some() {
            return Destination::Elsewhere;
        }
        if let Some(id) = pair.new.find(&next.to.value) {
            return Destination::Here(id);
        }
        name = &next.to.value;
    }
    Destination::Elsewhere
}

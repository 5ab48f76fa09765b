//! What a change breaks: one file a rule, its page beside it.
//!
//! A rule looks at what changed in one workflow, and reports in the new version, at the nearest thing
//! that is left; the old place goes with it. To add one: write its file and its page, and put it in
//! [`ALL`].

use super::listing::first_by;
use super::pairing::Pair;
use super::tickets;
use super::{Change, Counts, Difference, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, Levels, Severity};
use crate::graph::StateId;
use crate::hashing::HashMap;
use crate::model::{Category, Migration, Workflow};
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
pub struct Changed<'c> {
    /// What changed.
    pub difference: &'c Difference<'c>,
    /// What other workflows there are.
    others: Option<&'c Others<'c>>,
    /// For each state of the new version, whether its tickets are stranded.
    stranded: Vec<bool>,
    migrations: Migrations<'c>,
}

impl<'c> Changed<'c> {
    /// That of a difference.
    pub fn new(difference: &'c Difference<'c>) -> Self {
        Changed {
            stranded: stranded_states::find(&difference.pair),
            migrations: Migrations::of(&difference.pair),
            difference,
            others: None,
        }
    }

    /// Among these other workflows.
    pub fn among(self, others: &'c Others<'c>) -> Self {
        Changed {
            others: Some(others),
            ..self
        }
    }

    /// Where the tickets of an old state go that is gone.
    pub(super) fn destination(&self, old: StateId) -> Destination<'c> {
        let pair = &self.difference.pair;
        match self.migrations.last(pair.old.name(old)) {
            None => Destination::Nowhere(None),
            // A chain that does not end is reported already.
            Some(None) => Destination::Unknown,
            Some(Some(last)) => match &last.workflow {
                Some(workflow) => self.elsewhere(last, &workflow.value),
                None => match pair.new.find(&last.to.value) {
                    Some(id) => Destination::Here(id),
                    None => Destination::Unknown,
                },
            },
        }
    }

    /// Where tickets go that this entry sends to another workflow.
    fn elsewhere(&self, entry: &'c Migration, workflow: &str) -> Destination<'c> {
        let state = &entry.to.value;
        let unknown = || Destination::Away {
            workflow: workflow.to_owned(),
            state: state.to_string(),
            category: None,
        };
        match self.others.map(|others| others(workflow, state)) {
            Some(Arrival::There {
                workflow,
                state,
                category,
            }) => Destination::Away {
                workflow,
                state,
                category,
            },
            Some(missing @ (Arrival::NoState | Arrival::NoWorkflow)) => {
                Destination::Nowhere(Some((entry, missing)))
            }
            Some(Arrival::Unknown) | None => unknown(),
        }
    }

    /// The entry of `migrate` that says where the tickets of a state go next.
    fn migration(&self, name: &str) -> Option<&'c Migration> {
        self.migrations.by_name.get(name).copied()
    }

    /// The old states whose tickets are stranded: in what is gone, or where no closed state is reached.
    pub fn stranded_tickets(&self) -> Vec<StateId> {
        let pair = &self.difference.pair;
        let gone = pair.removed().filter(|old| {
            let is_read = !pair.new.workflow().doubts.states;
            is_read && matches!(self.destination(*old), Destination::Nowhere(_))
        });
        let left = self
            .stranded()
            .filter_map(|new| pair.states[new.index()].old);
        gone.chain(left).collect()
    }

    /// How many tickets are stranded, and in how many states, as far as they are known.
    pub fn count_stranded(&self) -> (u64, usize) {
        let counts = self.difference.tickets.as_ref();
        let of = counts.map_or(&[][..], |counts| &counts.of);
        let stranded = self.stranded_tickets().into_iter();
        let counts = stranded.filter_map(|id| of.get(id.index()).copied());
        let counts = counts.filter(|count| *count > 0);
        counts.fold((0, 0), |(count, states), more| {
            (u64::saturating_add(count, more), states + 1)
        })
    }

    /// A report with how many tickets are in the old states that it concerns, where that is known. An
    /// error that concerns none becomes a warning: it will concern the next one.
    fn concerning(&self, report: Diagnostic, old: impl IntoIterator<Item = StateId>) -> Diagnostic {
        let Some(Counts { of, is_whole }) = &self.difference.tickets else {
            return report;
        };
        let mut states: Vec<StateId> = old.into_iter().collect();
        states.sort_unstable();
        states.dedup();
        if states.is_empty() {
            return report;
        }
        let counts = states
            .iter()
            .map(|id| of.get(id.index()).copied().unwrap_or(0));
        let count = counts.fold(0, u64::saturating_add);
        weighed(report, count, *is_whole)
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

/// How many tickets are stranded in how many states, in a sentence.
pub fn stranded<'c>(differences: impl Iterator<Item = &'c Difference<'c>>) -> String {
    let all = differences.map(|difference| Changed::new(difference).count_stranded());
    let (count, states) = all.fold((0_u64, 0), |sum, one| {
        (sum.0.saturating_add(one.0), sum.1 + one.1)
    });
    tickets::stranded(count, states)
}

/// A report with how many tickets it concerns. An error that concerns none becomes a warning where all
/// are known.
pub fn weighed(report: Diagnostic, count: u64, is_whole: bool) -> Diagnostic {
    let is_spared = count == 0 && is_whole && report.severity == Severity::Error;
    let note = match (count, is_whole) {
        (0, true) if is_spared => "no ticket is concerned now, so that it is a warning".to_owned(),
        (0, false) => "no ticket is concerned as far as they are known".to_owned(),
        (1, _) => "1 ticket is concerned".to_owned(),
        (count, _) => format!("{} are concerned", tickets::tickets(count)),
    };
    let report = report.note(note);
    match is_spared {
        true => report.severity(Severity::Warning),
        false => report,
    }
}

/// What the clock did in a category.
pub(super) fn clock_before(category: Category) -> &'static str {
    match category {
        Category::Draft => "had not started",
        Category::Open => "ran",
        Category::Waiting => "was paused",
        Category::Closed => "had stopped",
    }
}

/// The state of the new version that one move led to from an old state.
pub(super) fn next_of<'c>(pair: &Pair<'c>, old: StateId) -> Option<&'c str> {
    let moves = pair.old.moves_from(old);
    let mut next = moves.filter_map(|step| pair.new_of(pair.old.meant(step.to)?));
    next.next().map(|new| pair.new.name(new))
}

/// What the clock does in a category.
pub(super) fn clock(category: Category) -> &'static str {
    match category {
        Category::Draft => "has not started",
        Category::Open => "runs",
        Category::Waiting => "is paused",
        Category::Closed => "has stopped",
    }
}

/// Other workflows of the new version: whether one has a state, or where tickets go from there, by its
/// identifier and the name of the state.
pub type Others<'o> = dyn Fn(&str, &str) -> Arrival + 'o;

/// What is found of a state of another workflow.
#[derive(Clone, Debug)]
pub enum Arrival {
    /// It is there, in this category.
    There {
        /// The identifier of the workflow in which tickets come to rest.
        workflow: String,
        /// The state.
        state: String,
        /// Its category.
        category: Option<Category>,
    },
    /// The workflow has no such state, and does not say where its tickets go.
    NoState,
    /// There is no such workflow.
    NoWorkflow,
    /// Not everything is known that there is.
    Unknown,
}

/// Where the tickets of a state of the old version are that is gone, by `migrate`.
pub(super) enum Destination<'c> {
    /// In this state.
    Here(StateId),
    /// In a state of another workflow, in this category if that is known.
    Away {
        workflow: String,
        state: String,
        category: Option<Category>,
    },
    /// That cannot be told, which is reported already.
    Unknown,
    /// Nobody says; or this entry says so, of a state that is not there.
    Nowhere(Option<(&'c Migration, Arrival)>),
}

/// What the new version says of where tickets go.
struct Migrations<'c> {
    by_name: HashMap<&'c str, &'c Migration>,
    /// For each name, the last entry of the chain that begins with it; `None` where it does not end in a
    /// state.
    last: HashMap<&'c str, Option<&'c Migration>>,
}

impl<'c> Migrations<'c> {
    fn of(pair: &Pair<'c>) -> Self {
        let migrate = pair.new.workflow().migrate.as_slice();
        let by_name = first_by(migrate, |one| one.from.value.as_str());
        let mut last: HashMap<&str, Option<&Migration>> = HashMap::default();
        for one in migrate {
            let mut chain = Vec::new();
            let mut name = one.from.value.as_str();
            // Nothing is known of those on the way until the end is: a circle meets them again.
            let end = loop {
                if let Some(known) = last.get(name) {
                    break *known;
                }
                let Some(next) = by_name.get(name).copied() else {
                    break None;
                };
                last.insert(name, None);
                chain.push(name);
                if next.workflow.is_some() || pair.new.find(&next.to.value).is_some() {
                    break Some(next);
                }
                name = &next.to.value;
            };
            last.extend(chain.into_iter().map(|name| (name, end)));
        }
        Migrations { by_name, last }
    }

    /// The last entry of the chain that begins with a name, if one does.
    fn last(&self, name: &str) -> Option<Option<&'c Migration>> {
        self.last.get(name).copied()
    }
}

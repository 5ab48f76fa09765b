//! What Incident IQ's steps cannot say.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::graph::StateId;
use crate::model::Category;
use crate::rules::{Checked, Step};
use crate::source::Span;
use crate::suggest;
use crate::targets::losses::Concept::*;
use crate::targets::losses::{self, Loss};

/// What the list of a workflow's steps has no place for, and that of workflows has.
const STEPS: &str = super::STEPS.name;
const WORKFLOWS: &str = super::WORKFLOWS.name;

pub const LOSSES: &[Loss] = &[
    Loss::changes(
        &[MoreStarts],
        "has no place for start states",
        ONE_STEP,
        later_starts,
    )
    .label(LATER)
    .only(STEPS),
    Loss::changes(
        &[MoreStarts],
        "takes the first start state",
        ONE_STEP,
        later_starts,
    )
    .label(LATER)
    .only(WORKFLOWS),
    Loss::no_draft(
        "the SLA timer runs in a step of type `Open`, so it runs before the ticket is submitted",
    )
    .label("becomes `Open`"),
    Loss::no_required_notes("a transition there says only which step may follow"),
    Loss::no_place(
        &[SelfTransitions],
        "transitions from a state to itself",
        "a transition there is a move from one step to another",
        self_transitions,
    ),
    Loss::changes(
        &[ParallelTransitions],
        "makes one move of transitions between the same two states",
        "a step there lists each step that may follow once, whatever the transitions are called",
        |checked| places(checked, &merged(checked)),
    )
    .label("shares its two states with another transition")
    .worded(names_of_merged),
    Loss::changes(
        &[],
        "takes state `Closed` for final",
        "tickets that are closed there do not reopen; one that may is called resolved",
        ways_out_of_closed,
    )
    .label("leads out of `Closed`"),
    losses::TITLES.only(STEPS),
    Loss::omits(&[Description], "the workflow's description", |checked| {
        let description = checked.workflow().description.iter();
        description.map(|text| text.span).collect()
    })
    .only(WORKFLOWS),
    losses::TICKET_TYPES,
    Loss::omits(&[FirstStart], "the start state", single_start).only(STEPS),
    losses::COLORS,
    losses::STATE_DESCRIPTIONS,
    losses::EDITABLES,
    Loss::omits(
        &[StartNames, TransitionNames],
        "names of transitions",
        transition_names,
    ),
    losses::OPTIONAL_NOTES,
];

const LATER: &str = "tickets may start here, too";
const ONE_STEP: &str = "which step a new ticket begins in is set on the site, and it is one step";

/// The start states after the first, as `start` names them.
fn later_starts(checked: &Checked) -> Vec<Span> {
    let start = &checked.workflow().start;
    let first = start.first().map(|first| &first.to.value);
    let later = start.iter().filter(|s| Some(&s.to.value) != first);
    later.map(|s| s.to.span).collect()
}

fn single_start(checked: &Checked) -> Vec<Span> {
    let starts = &checked.workflow().start;
    match later_starts(checked).is_empty() {
        true => starts.iter().map(|s| s.to.span).take(1).collect(),
        false => Vec::new(),
    }
}

/// The names of transitions, those that create a ticket included.
fn transition_names(checked: &Checked) -> Vec<Span> {
    let workflow = checked.workflow();
    let starts = workflow.start.iter().filter_map(|s| s.transition.as_ref());
    let starting = starts.filter_map(|t| t.name.as_ref());
    let others = workflow.transitions.iter().filter_map(|t| t.name.as_ref());
    starting.chain(others).map(|name| name.span).collect()
}

fn self_transitions(checked: &Checked) -> Vec<Span> {
    let to_itself = |step: &&Step| step.from == step.to;
    let mut places: Vec<Span> = checked
        .steps()
        .iter()
        .filter(to_itself)
        .map(|step| checked.transition(step).place())
        .collect();
    places.dedup();
    places
}

/// The page keeps two last steps apart: resolved tickets may reopen, closed ones are final. A
/// state with the very name of the second one is taken at its word.
fn ways_out_of_closed(checked: &Checked) -> Vec<Span> {
    let closed = checked
        .resolved()
        .find("Closed")
        .filter(|id| checked.category(*id) == Category::Closed);
    let leaves = |step: &&Step| Some(step.from) == closed && step.from != step.to;
    let steps = checked.steps().iter().filter(leaves);
    steps.map(|step| checked.transition(step).place()).collect()
}

/// Transitions between the same two states, each group once: a step lists each next step once,
/// without a name.
fn merged(checked: &Checked) -> BTreeSet<Vec<usize>> {
    let mut between: BTreeMap<(StateId, StateId), Vec<usize>> = BTreeMap::new();
    for step in checked.steps().iter().filter(|s| s.from != s.to) {
        let pair = between.entry((step.from, step.to)).or_default();
        pair.push(step.transition);
    }
    // Lists under `from` and `"*"` make the same pair of transitions meet many times.
    between.into_values().filter(|t| t.len() > 1).collect()
}

fn places(checked: &Checked, groups: &BTreeSet<Vec<usize>>) -> Vec<Span> {
    let transitions = &checked.workflow().transitions;
    let all = groups.iter().flatten();
    all.map(|index| transitions[*index].place()).collect()
}

fn names_of_merged(checked: &Checked, report: Diagnostic) -> Diagnostic {
    const MOST_OTHERS: usize = 3;
    let names = |group: &Vec<usize>| {
        let transitions = &checked.workflow().transitions;
        let labels: Vec<&str> = group.iter().map(|i| transitions[*i].label()).collect();
        suggest::phrase_up_to(&labels, 3)
    };
    let mut groups = merged(checked).into_iter();
    let first = groups.next().map(|group| names(&group)).unwrap_or_default();
    let target = super::NAME;
    let report = report.saying(format!(
        "target `{target}` makes one move of transitions {first}"
    ));
    let noted = groups.take(MOST_OTHERS);
    noted.fold(report, |report, group| {
        report.note(format!("and one of {}", names(&group)))
    })
}

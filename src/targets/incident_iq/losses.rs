//! What Incident IQ's steps cannot say.

use std::collections::{BTreeMap, BTreeSet};

use super::NAME;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::StateId;
use crate::model::{Category, Notes};
use crate::rules::{Checked, Step};
use crate::source::Span;
use crate::suggest;
use crate::targets::{lossy_targets, omitted_details, places};

/// What a document has a place for beside the steps.
pub struct Keeps {
    /// The name of the workflow.
    name: bool,
    /// The step that a new ticket begins in.
    start: bool,
}

/// `incident-iq:steps`.
pub const OF_STEPS: Keeps = Keeps {
    name: false,
    start: false,
};

/// `incident-iq:workflows`.
pub const OF_WORKFLOWS: Keeps = Keeps {
    name: true,
    start: true,
};

/// Reports what changes its meaning, and what is left out.
pub fn report(checked: &Checked, keeps: &Keeps, out: &mut Diagnostics) {
    let workflow = checked.workflow();
    report_changes(checked, keeps, out);
    let titles = match keeps.name {
        true => (
            "the workflow's description",
            places::of_description(workflow),
        ),
        false => (
            "the workflow's name and description",
            places::of_titles(workflow),
        ),
    };
    let start = match keeps.start {
        true => Vec::new(),
        false => single_start(checked),
    };
    let details = [
        titles,
        ("`applies-to`", places::of_assignments(workflow)),
        ("the start state", start),
        ("colours", places::of_colors(workflow)),
        ("descriptions of states", places::of_descriptions(workflow)),
        ("editable properties", places::of_editables(workflow)),
        (
            "names of transitions",
            places::of_transition_names(workflow),
        ),
        (
            "optional notes",
            places::of_notes(workflow, Notes::Optional),
        ),
    ];
    for (what, places) in details {
        out.extend(omitted_details::report(NAME, what, &places));
    }
}

fn report_changes(checked: &Checked, keeps: &Keeps, out: &mut Diagnostics) {
    let workflow = checked.workflow();
    out.extend(lossy_targets::report(
        format!("target `{NAME}` has no category `draft`"),
        &places::of_category(checked, Category::Draft),
        "becomes `Open`",
        "the SLA timer runs in a step of type `Open`, so it runs before the ticket is submitted",
    ));
    out.extend(lossy_targets::report(
        match keeps.start {
            true => format!("target `{NAME}` takes the first start state"),
            false => format!("target `{NAME}` has no place for start states"),
        },
        &places::of_later_starts(workflow),
        "tickets may start here, too",
        "which step a new ticket begins in is set on the site, and it is one step",
    ));
    out.extend(lossy_targets::no_place(
        NAME,
        "required notes",
        &places::of_notes(workflow, Notes::Required),
        "this note will not be asked for",
        "a transition there says only which step may follow",
    ));
    out.extend(lossy_targets::no_place(
        NAME,
        "transitions from a state to itself",
        &self_transitions(checked),
        "left out of the output",
        "a transition there is a move from one step to another",
    ));
    out.extend(merged(checked));
    out.extend(lossy_targets::report(
        format!("target `{NAME}` takes state `Closed` for final"),
        &ways_out_of_closed(checked),
        "leads out of `Closed`",
        "tickets that are closed there do not reopen; one that may is called resolved",
    ));
}

fn single_start(checked: &Checked) -> Vec<Span> {
    let starts = &checked.workflow().start;
    match places::of_later_starts(checked.workflow()).is_empty() {
        true => starts.iter().map(|s| s.to.span).take(1).collect(),
        false => Vec::new(),
    }
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

/// Transitions between the same two states: a step lists each next step once, without a name.
fn merged(checked: &Checked) -> Option<Diagnostic> {
    let mut between: BTreeMap<(StateId, StateId), Vec<usize>> = BTreeMap::new();
    for step in checked.steps().iter().filter(|s| s.from != s.to) {
        between
            .entry((step.from, step.to))
            .or_default()
            .push(step.transition);
    }
    // Lists under `from` and `"*"` make the same pair of transitions meet many times.
    let groups: BTreeSet<Vec<usize>> = between.into_values().filter(|t| t.len() > 1).collect();
    let groups: Vec<Vec<usize>> = groups.into_iter().collect();
    let transition = |index: &usize| &checked.workflow().transitions[*index];
    let names = |group: &[usize]| {
        let labels: Vec<&str> = group.iter().map(|i| transition(i).label()).collect();
        suggest::phrase_up_to(&labels, 3)
    };
    let places: Vec<Span> = groups
        .iter()
        .flatten()
        .map(|i| transition(i).place())
        .collect();
    let (first, others) = groups.split_first()?;
    let report = lossy_targets::report(
        format!(
            "target `{NAME}` makes one move of transitions {}",
            names(first)
        ),
        &places,
        "shares its two states with another transition",
        "a step there lists each step that may follow once, whatever the transitions are called",
    )?;
    const MOST_OTHERS: usize = 3;
    let noted = others.iter().take(MOST_OTHERS);
    Some(noted.fold(report, |r, group| {
        r.note(format!("and one of {}", names(group)))
    }))
}

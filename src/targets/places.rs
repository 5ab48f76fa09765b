//! Where a workflow says what some product has no place for.

use crate::model::{Category, Notes, State, Workflow};
use crate::rules::Checked;
use crate::source::Span;
use crate::targets;

/// Where to report what concerns a product as a whole: its block, or the workflow where the file
/// does not name it.
pub fn of_target(checked: &Checked, target: &str) -> Span {
    let block = targets::block(checked.resolved(), target);
    block.map_or(checked.workflow().place, |block| block.name.span)
}

/// Where the states of this category say so.
pub fn of_category(checked: &Checked, category: Category) -> Vec<Span> {
    let of_category = |(id, state): (_, &State)| {
        (checked.category(id) == category).then_some(state.category?.span)
    };
    checked.states().filter_map(of_category).collect()
}

/// The workflow's name and description.
pub fn of_titles(workflow: &Workflow) -> Vec<Span> {
    let texts = workflow.name.iter().chain(&workflow.description);
    texts.map(|t| t.span).collect()
}

/// The workflow's description.
pub fn of_description(workflow: &Workflow) -> Vec<Span> {
    workflow.description.iter().map(|t| t.span).collect()
}

/// The ticket types that use the workflow.
pub fn of_assignments(workflow: &Workflow) -> Vec<Span> {
    workflow.applies_to.iter().map(|t| t.span).collect()
}

/// The states' descriptions.
pub fn of_descriptions(workflow: &Workflow) -> Vec<Span> {
    let descriptions = workflow
        .states
        .iter()
        .filter_map(|s| s.description.as_ref());
    descriptions.map(|description| description.span).collect()
}

/// The states' colours.
pub fn of_colors(workflow: &Workflow) -> Vec<Span> {
    let colors = workflow.states.iter().filter_map(|s| s.color.as_ref());
    colors.map(|color| color.span).collect()
}

/// What says which properties may be edited, before the first save and in a state.
pub fn of_editables(workflow: &Workflow) -> Vec<Span> {
    let before = workflow.new_ticket.iter().map(|new| new.span);
    let states = workflow.states.iter();
    before
        .chain(states.filter_map(|s| Some(s.editable.as_ref()?.span)))
        .collect()
}

/// The names of transitions, those that create a ticket included.
pub fn of_transition_names(workflow: &Workflow) -> Vec<Span> {
    let starts = workflow.start.iter().filter_map(|s| s.transition.as_ref());
    let starting = starts.filter_map(|t| t.name.as_ref());
    let others = workflow.transitions.iter().filter_map(|t| t.name.as_ref());
    starting.chain(others).map(|name| name.span).collect()
}

/// Where transitions ask for notes in this way, those that create a ticket included.
pub fn of_notes(workflow: &Workflow, notes: Notes) -> Vec<Span> {
    let starts = workflow.start.iter().filter_map(|s| s.transition.as_ref());
    let starting = starts.map(|t| (t.notes, t.notes_span));
    let others = workflow.transitions.iter().map(|t| (t.notes, t.notes_span));
    let these = starting.chain(others).filter(|(asked, _)| *asked == notes);
    these.filter_map(|(_, span)| span).collect()
}

/// The start states after the first, as `start` names them.
pub fn of_later_starts(workflow: &Workflow) -> Vec<Span> {
    let Some(first) = workflow.start.first() else {
        return Vec::new();
    };
    let later = workflow
        .start
        .iter()
        .filter(|s| s.to.value != first.to.value);
    later.map(|s| s.to.span).collect()
}

//! What a workflow of Jira cannot say.

use crate::hashing::HashSet;

use super::block::Settings;
use super::transitions::{self, Shape};
use super::{NAME, limits, wire};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::graph::StateId;
use crate::model::{Category, Notes, Start, State, Workflow};
use crate::rules::Checked;
use crate::source::Span;
use crate::targets::{at_all, lossy_targets, omitted_details, places};

/// Reports what changes its meaning, and what is left out.
pub fn report(checked: &Checked, settings: &Settings, out: &mut Diagnostics) {
    let workflow = checked.workflow();
    out.extend(lossy_targets::report(
        format!("target `{NAME}` has no category `waiting`"),
        &undecided_waiting(checked, settings),
        "becomes `IN_PROGRESS`",
        "a status there is `TODO`, `IN_PROGRESS` or `DONE`: an issue that waits looks like one in work",
    ));
    out.extend(other_done(checked, settings));
    out.extend(other_starts(checked));
    out.extend(lossy_targets::no_place(
        NAME,
        "required notes",
        &places::of_notes(workflow, Notes::Required),
        "this note will not be asked for",
        "a screen with a validator asks for a comment there, and both are set up in Jira",
    ));
    let details = [
        ("`applies-to`", places::of_assignments(workflow)),
        ("colours", places::of_colors(workflow)),
        ("editable properties", some_editables(workflow)),
        (
            "optional notes",
            places::of_notes(workflow, Notes::Optional),
        ),
    ];
    for (what, places) in details {
        out.extend(omitted_details::report(NAME, what, &places));
    }
    out.extend(begins_everywhere(checked));
}

/// Waiting states for which the file does not choose one of Jira's categories itself.
fn undecided_waiting(checked: &Checked, settings: &Settings) -> Vec<Span> {
    let undecided = |(id, state): (StateId, &State)| {
        let waits = checked.category(id) == Category::Waiting;
        let category = state.category?.span;
        (waits && !settings.categories.contains_key(&id)).then_some(category)
    };
    checked.states().filter_map(undecided).collect()
}

/// States that are closed here and not done there, or the other way round, as the file has it.
fn other_done(checked: &Checked, settings: &Settings) -> Option<Diagnostic> {
    let differ = |(id, _): (StateId, &State)| {
        let written = settings.categories.get(&id)?;
        let done = written.value == wire::StatusCategory::Done;
        let closed = checked.category(id) == Category::Closed;
        (done != closed).then_some((id, *written))
    };
    let all: Vec<_> = checked.states().filter_map(differ).collect();
    let (id, first) = *all.first()?;
    let places: Vec<Span> = all.iter().map(|(_, written)| written.span).collect();
    let (state, word) = (checked.name(id), checked.category(id).word());
    lossy_targets::report(
        format!(
            "state `{state}` is `{word}`, and `{}` in target `{NAME}`",
            first.value.word()
        ),
        &places,
        "not what the state's category says",
        "boards and reports there count an issue as done when its status is `DONE`",
    )
}

/// Jira creates an issue in one way, so in one state. The first that the file names is taken.
/// Others to which nothing leads are refused, which says enough of them.
fn other_starts(checked: &Checked) -> Option<Diagnostic> {
    let starts: Vec<(StateId, &Start)> = checked.starts().collect();
    let ((taken, first), others) = starts.split_first()?;
    let refused: HashSet<StateId> = limits::without_way_in(checked).into_iter().collect();
    let kept = others.iter().filter(|(id, _)| !refused.contains(id));
    let places: Vec<Span> = kept.map(|(_, start)| start.to.span).collect();
    let said = first.transition.as_ref().and_then(|t| t.name.as_ref());
    let way = match said {
        Some(name) => format!("`{}` to `{}`", name.value, checked.name(*taken)),
        None => format!("`{}`", checked.name(*taken)),
    };
    lossy_targets::report(
        format!("target `{NAME}` has one start, and {way} is taken"),
        &places,
        "this start is left out",
        "an issue is created by the one `INITIAL` transition of its workflow: the first of `start`",
    )
}

/// What says which properties may be edited, where it is not "none": that Jira can say.
fn some_editables(workflow: &Workflow) -> Vec<Span> {
    let before = workflow.new_ticket.iter().map(|new| new.span);
    let lists = workflow.states.iter().filter_map(|s| s.editable.as_ref());
    let some = lists.filter(|list| !list.value.is_empty());
    before.chain(some.map(|list| list.span)).collect()
}

/// A global transition begins in every status, also in the one it leads to. Taking it there changes
/// no status, so this is a detail.
fn begins_everywhere(checked: &Checked) -> Option<Diagnostic> {
    let transitions = checked.workflow().transitions.iter();
    let shaped = transitions.zip(transitions::shapes(checked));
    let globals = shaped.filter(|(_, shape)| *shape == Shape::Global);
    let places: Vec<Span> = globals.map(|(t, _)| t.place()).collect();
    let message = format!("target `{NAME}` offers `\"*\"` also in the state that it leads to");
    let label = "becomes a `GLOBAL` transition";
    at_all(&omitted_details::CODE, message, &places, label)
}

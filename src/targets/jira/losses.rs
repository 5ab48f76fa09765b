//! What a workflow of Jira cannot say.

use crate::hashing::HashSet;

use super::block::Settings;
use super::transitions::{self, Shape};
use super::{NAME, entries, limits, wire};
use crate::diagnostic::Diagnostic;
use crate::graph::StateId;
use crate::model::{Category, State};
use crate::rules::Checked;
use crate::source::Span;
use crate::targets::losses::Concept::*;
use crate::targets::losses::{self, Loss};
use crate::targets::{at_all, blocks, lossy_targets};

pub const LOSSES: &[Loss] = &[
    Loss::changes(
        &[MoreStarts, StartNames],
        "has one start, and the first of `start` is taken",
        "an issue is created by the one `INITIAL` transition of its workflow: the first of `start`",
        other_starts,
    )
    .label("this start is left out")
    .worded(names_of_starts),
    Loss::no_waiting(
        "a status there is `TODO`, `IN_PROGRESS` or `DONE`: an issue that waits looks like one in work",
    )
    .at(undecided_waiting)
    .label("becomes `IN_PROGRESS`"),
    Loss::no_required_notes(
        "a screen with a validator asks for a comment there, and both are set up in Jira",
    ),
    losses::TICKET_TYPES,
    losses::COLORS,
    // That nothing may be edited, Jira can say.
    Loss::omits(&[NewTicket, SomeEditable], "editable properties", |checked| {
        losses::of_editables(checked, |list| !list.is_empty())
    }),
    losses::OPTIONAL_NOTES,
    Loss::changes(
        &[Conditions],
        "writes conditions into names of transitions",
        "Jira takes one transition of a name out of one status, and nothing looks at the condition",
        |checked| telling(checked, true),
    )
    .label("becomes a part of the name"),
    losses::CONDITIONS.at(lone_conditions),
    Loss::changes(
        &[],
        "writes roles into names of transitions",
        "Jira takes one transition of a name out of one status",
        |checked| telling(checked, false),
    )
    .label("becomes a part of the name"),
    losses::EFFECTS,
    losses::OPTIONAL_FIELDS,
    losses::TRANSITION_LABELS,
    losses::TRANSITION_META,
    // Taking a global transition in the state that it leads to changes no status.
    Loss::alters(&[], "offers `\"*\"` also in the state that it leads to", globals)
        .label("becomes a `GLOBAL` transition"),
];

/// What tells transitions of one name apart: conditions, or who may make them.
fn telling(checked: &Checked, is_condition: bool) -> Vec<Span> {
    let tellings = entries::tellings(checked.resolved()).into_iter();
    let such = tellings
        .flatten()
        .filter(|t| t.is_condition == is_condition);
    such.map(|telling| telling.place).collect()
}

/// Conditions of transitions that have a name of their own.
fn lone_conditions(checked: &Checked) -> Vec<Span> {
    let tellings = entries::tellings(checked.resolved());
    let transitions = checked.workflow().transitions.iter().zip(tellings);
    let lone = transitions.filter(|(_, telling)| telling.is_none());
    lone.filter_map(|(t, _)| Some(t.details().when.as_ref()?.span))
        .collect()
}

/// Waiting states for which the file does not choose one of Jira's categories itself.
fn undecided_waiting(checked: &Checked) -> Vec<Span> {
    let settings = blocks::of::<Settings>(checked);
    let undecided = |(id, state): (StateId, &State)| {
        let waits = checked.category(id) == Category::Waiting;
        let category = state.category?.span;
        (waits && !settings.categories.contains_key(&id)).then_some(category)
    };
    checked.states().filter_map(undecided).collect()
}

/// States that are closed here and not done there, or the other way round, as the file has it.
pub fn other_done(checked: &Checked) -> Option<Diagnostic> {
    let settings = blocks::of::<Settings>(checked);
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
    let message = format!(
        "state `{state}` is `{word}`, and `{}` in target `{NAME}`",
        first.value.word()
    );
    let label = "not what the state's category says";
    let report = at_all(&lossy_targets::CODE, message, &places, label)?;
    Some(report.note("boards and reports there count an issue as done when its status is `DONE`"))
}

/// Jira creates an issue in one way, so in one state. The first that the file names is taken.
/// Others to which nothing leads are refused, which says enough of them.
fn other_starts(checked: &Checked) -> Vec<Span> {
    let refused: HashSet<StateId> = limits::without_way_in(checked).into_iter().collect();
    let others = checked.starts().skip(1);
    let kept = others.filter(|(id, _)| !refused.contains(id));
    kept.map(|(_, start)| start.to.span).collect()
}

fn names_of_starts(checked: &Checked, report: Diagnostic) -> Diagnostic {
    let Some((taken, first)) = checked.starts().next() else {
        return report;
    };
    let said = first.transition.as_ref().and_then(|t| t.name.as_ref());
    let way = match said {
        Some(name) => format!("`{}` to `{}`", name.value, checked.name(taken)),
        None => format!("`{}`", checked.name(taken)),
    };
    report.saying(format!("target `{NAME}` has one start, and {way} is taken"))
}

/// A global transition begins in every status, also in the one it leads to.
fn globals(checked: &Checked) -> Vec<Span> {
    let transitions = checked.workflow().transitions.iter();
    let shaped = transitions.zip(transitions::shapes(checked));
    let globals = shaped.filter(|(_, shape)| *shape == Shape::Global);
    globals.map(|(t, _)| t.place()).collect()
}

//! An answer for programs: one JSON object.

use serde::Serialize;

use super::{Answer, Route, text};
use crate::graph::{Move, Resolved, StateId};
use crate::model::telling;

/// The answer as it is written. States are named as they are in the file; `walks` holds the shortest ones and
/// `count` says how many there are, `null` where that is more than can be counted.
///
/// Between two states there may be hundreds of thousands of transitions, each of which is told: so this is no
/// tree of values, which would take ten times the file.
#[derive(Serialize)]
pub struct Object<'r> {
    from: Vec<&'r str>,
    to: &'r str,
    sure: bool,
    #[serde(flatten)]
    route: Told<'r>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Told<'r> {
    Walks {
        steps: usize,
        count: Option<u64>,
        walks: Vec<Vec<Step<'r>>>,
        always: Vec<&'r str>,
    },
    Nothing {
        walks: [(); 0],
        reached: Vec<&'r str>,
        ends: Vec<&'r str>,
        leading: Vec<&'r str>,
    },
}

/// A state with the transitions by which it is come to.
#[derive(Serialize)]
struct Step<'r> {
    by: Vec<By<'r>>,
    state: &'r str,
    category: Option<&'static str>,
    clock: &'static str,
    editable: Option<Vec<&'r str>>,
}

#[derive(Serialize)]
struct By<'r> {
    name: &'r str,
    notes: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    says: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'r str>,
}

/// See [`Object`].
pub fn object<'r>(resolved: &'r Resolved, answer: &Answer) -> Object<'r> {
    let names = |ids: &[StateId]| resolved.names(ids);
    Object {
        from: names(&answer.from),
        to: resolved.name(answer.to),
        sure: !answer.unsure,
        route: match &answer.route {
            Route::Walks {
                shortest,
                count,
                always,
            } => Told::Walks {
                steps: shortest[0].len() - 1,
                count: Some(*count).filter(|count| *count < u64::MAX),
                walks: shortest.iter().map(|w| walk(resolved, w)).collect(),
                always: names(always),
            },
            Route::Nothing {
                reached,
                ends,
                leading,
            } => Told::Nothing {
                walks: [],
                reached: names(reached),
                ends: names(ends),
                leading: names(leading),
            },
        },
    }
}

fn walk<'r>(resolved: &'r Resolved, states: &[StateId]) -> Vec<Step<'r>> {
    let by = |step: &'r Move| {
        let transition = resolved.transition(step);
        By {
            name: transition.label(),
            notes: transition.notes().word(),
            says: match transition.details {
                Some(_) => telling::of_transition(
                    transition,
                    resolved.meant(step.from).map(|id| resolved.name(id)),
                ),
                None => Vec::new(),
            },
            description: transition
                .details()
                .description
                .as_ref()
                .map(|text| text.value.as_str()),
        }
    };
    let step = |(at, id): (usize, &StateId)| {
        let state = resolved.state(*id);
        let before = at.checked_sub(1).map(|before| states[before]);
        let moves = before.map(|before| resolved.moves_between(before, *id));
        let editable = state.editable.as_ref();
        Step {
            by: moves.into_iter().flatten().map(by).collect(),
            state: &state.name.value,
            category: state.category.map(|c| c.value.word()),
            clock: text::clock(state),
            editable: editable.map(|list| list.value.iter().map(|f| f.value.as_str()).collect()),
        }
    };
    states.iter().enumerate().map(step).collect()
}

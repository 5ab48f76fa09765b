//! What is pointed out: findings beside the states they concern, the walk that breaks a promise,
//! the walk that was asked for.

use std::collections::HashSet;

use super::{Emphasis, Kind, Picture};
use crate::diagnostic::Diagnostic;
use crate::diagrams::Style;
use crate::graph::{Resolved, StateId, promised_states};
use crate::model::Promise;
use crate::source::Span;

/// What the graph alone tells and every figure knows.
const OF_THE_GRAPH: &[&str] = &["unreachable-states", "dead-ends", "undefined-states"];
const BROKEN: &str = "broken-expectations";

/// Marks what the style asks for. `arrow_of_move` tells which arrow shows each move.
pub fn apply(picture: &mut Picture, resolved: &Resolved, style: &Style) {
    for figure in &mut picture.figures {
        figure.unreachable &= style.show.names("unreachable-states");
        figure.dead_end &= style.show.names("dead-ends");
    }
    for finding in style.findings.iter().filter(|d| style.show.has(d.code)) {
        if finding.code.name == BROKEN {
            break_promise(picture, resolved, finding);
        } else if !OF_THE_GRAPH.contains(&finding.code.name) {
            let words = words_of(finding);
            for id in concerned(resolved, finding) {
                let said = &mut picture.figures[id.index()].findings;
                if !said.contains(&words) {
                    said.push(words.clone());
                }
            }
        }
    }
    let pairs: HashSet<(StateId, StateId)> = style
        .walk
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .collect();
    emphasize(picture, resolved, Emphasis::Walk, |step| {
        pairs.contains(&step)
    });
    for id in &style.walk {
        let emphasis = &mut picture.figures[id.index()].emphasis;
        *emphasis = (*emphasis).max(Emphasis::Walk);
    }
    let first = style.walk.first().map(|id| id.index());
    for start in &mut picture.starts {
        if Some(start.to) == first {
            start.emphasis = Emphasis::Walk;
        }
    }
}

/// A finding in two or three words for below a name.
fn words_of(finding: &Diagnostic) -> String {
    match finding.code.name {
        "trapped-states" => "trapped".to_owned(),
        name => name.replace('-', " "),
    }
}

/// The states that a finding blames: the one that it points to, and those that it says are so, too.
pub fn concerned(resolved: &Resolved, finding: &Diagnostic) -> Vec<StateId> {
    let mut labels = finding.labels.iter();
    let primary = labels.next();
    let alike = labels.filter(|label| label.message.ends_with(", too"));
    primary
        .into_iter()
        .chain(alike)
        .filter_map(|label| state_at(resolved, label.span))
        .collect()
}

/// The state whose name is written at a place.
fn state_at(resolved: &Resolved, place: Span) -> Option<StateId> {
    let named = |state: &crate::model::State| {
        let name = state.name.span;
        name.source == place.source && name.start <= place.start && place.end <= name.end
    };
    let mut states = resolved.states();
    states.find(|(_, state)| named(state)).map(|(id, _)| id)
}

/// Points out the counterexample that a report of a broken promise draws on the file: the moves of
/// the transitions it points to that follow on each other, and the states it points to.
fn break_promise(picture: &mut Picture, resolved: &Resolved, finding: &Diagnostic) {
    let places: HashSet<Span> = finding.labels.iter().map(|label| label.span).collect();
    for place in &places {
        if let Some(id) = state_at(resolved, *place) {
            picture.figures[id.index()].emphasis = Emphasis::Broken;
        }
    }
    let ends = |step: &crate::graph::Move| {
        let (from, to) = (resolved.meant(step.from)?, resolved.meant(step.to)?);
        let pointed_to = places.contains(&resolved.transition(step).place());
        pointed_to.then_some((from, to))
    };
    let steps: HashSet<(StateId, StateId)> = resolved.moves().iter().filter_map(ends).collect();
    // A transition from several states makes several moves: the ones meant begin where another
    // leads, where tickets begin, or in a state that the promise itself names.
    let mut begins: HashSet<StateId> = steps.iter().map(|(_, to)| *to).collect();
    begins.extend(resolved.start_states());
    for (index, expectation) in resolved.workflow().expect.iter().enumerate() {
        let named = promised_states(&expectation.promise).map(|name| name.span);
        let mut written = named.chain([expectation.place]);
        // A walk that should pass somewhere begins where tickets do.
        let begins_there = !matches!(expectation.promise, Promise::Pass { .. });
        if begins_there && written.any(|place| places.contains(&place)) {
            let promised = resolved.promised(index).iter();
            begins.extend(promised.filter_map(|place| resolved.meant(*place)));
        }
    }
    emphasize(picture, resolved, Emphasis::Broken, |step| {
        steps.contains(&step) && begins.contains(&step.0)
    });
}

/// Points out the arrows of some moves.
fn emphasize(
    picture: &mut Picture,
    resolved: &Resolved,
    emphasis: Emphasis,
    wanted: impl Fn((StateId, StateId)) -> bool,
) {
    for (step, arrow) in resolved.moves().iter().zip(&picture.arrow_of_move) {
        let (Some(from), Some(to), Some(arrow)) =
            (resolved.meant(step.from), resolved.meant(step.to), arrow)
        else {
            continue;
        };
        if wanted((from, to)) {
            let arrow = &mut picture.arrows[*arrow];
            arrow.emphasis = arrow.emphasis.max(emphasis);
            let from = &mut picture.figures[arrow.from];
            if from.kind == Kind::AnyState {
                from.emphasis = from.emphasis.max(emphasis);
            }
        }
    }
}

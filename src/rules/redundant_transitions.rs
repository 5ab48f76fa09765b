//! `redundant-transitions`: a transition that `"*"` makes anyway.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{FirstBy, Move, Resolved, StateId, condition};
use crate::model::{From, Transition};
use crate::rules::Rule;
use crate::rules::lists::List;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "redundant-transitions",
    since: "0.1.0",
    group: Group::States,
    level: Level::Warn,
    summary: "a transition that a `\"*\"` transition already covers",
    page: include_str!("redundant_transitions.md"),
};

/// Looks at the moves that are written out and that `"*"` makes, too. Where they differ in a field, or
/// the move is written out twice, `duplicate-transitions` has the word.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let transitions = &resolved.workflow().transitions;
    let mut disputed = written_twice(resolved);
    for covered in resolved.covered() {
        let step = &resolved.moves()[covered.written];
        let written = &transitions[step.transition];
        disputed[covered.written] |= written.difference(&transitions[covered.every]).is_some();
    }
    let mut found: Vec<(usize, &Move)> = Vec::new();
    for covered in resolved.covered() {
        let step = &resolved.moves()[covered.written];
        if resolved.exact(step).is_some() && !disputed[covered.written] {
            found.push((covered.every, step));
        }
    }
    found.sort_by_key(|(every, step)| (step.transition, *every));
    // Several `"*"` may make one transition again; they are each other's duplicates.
    let groups = found.chunk_by(|a, b| a.1.transition == b.1.transition);
    for group in groups {
        let every = group[0].0;
        let moves = group.iter().filter(|(e, _)| *e == every);
        let moves: Vec<&Move> = moves.map(|(_, step)| *step).collect();
        out.push_made(&CODE, || report(resolved, every, &moves));
    }
}

/// For each move, whether it is the first of several that are the same.
fn written_twice(resolved: &Resolved) -> Vec<bool> {
    let mut twice = vec![false; resolved.moves().len()];
    if resolved.covered().is_empty() {
        return twice;
    }
    let is_plain = resolved
        .workflow()
        .transitions
        .iter()
        .all(|t| t.details.is_none());
    let mut first_of = FirstBy::with_capacity(resolved.moves().len(), is_plain);
    for (index, step) in resolved.moves().iter().enumerate() {
        let transition = resolved.transition(step);
        let key = (
            transition.label(),
            step.from,
            step.to,
            condition(transition),
        );
        match first_of.meeting(&key, transition) {
            Some(first) => twice[first] = true,
            None => first_of.add(key, transition, index, ()),
        }
    }
    twice
}

fn report(resolved: &Resolved, every: usize, moves: &[&Move]) -> Diagnostic {
    let transition = resolved.transition(moves[0]);
    let states: Vec<StateId> = moves
        .iter()
        .filter_map(|m| resolved.exact(m))
        .map(|(from, _)| from)
        .collect();
    let names = suggest::phrase_up_to(&resolved.names(&states), 3);
    let whole = transition.listed().len() <= moves.len();
    let place = match whole {
        true => transition.place(),
        false => moves[0].from_span,
    };
    let report = Diagnostic::new(
        &CODE,
        format!(
            "transition `{}` from {names} is already covered by `\"*\"`",
            transition.label()
        ),
        place,
        "changes nothing",
    );
    let report = match &resolved.workflow().transitions[every].from {
        Some(From::Every { span, .. }) => report.label(*span, format!("covers {names}, too")),
        _ => report,
    };
    let report = report.each(resolved.places(&states), 0, "covered already");
    if whole {
        return report.help(format!("delete this transition `{}`", transition.label()));
    }
    let report = report.help(format!("delete {names} from `from`"));
    with_cut(report, transition, moves)
}

fn with_cut(report: Diagnostic, transition: &Transition, moves: &[&Move]) -> Diagnostic {
    let Some(From::States(listed)) = &transition.from else {
        return report;
    };
    match List::of(listed).without_places(moves.iter().map(|step| step.from_span)) {
        Some(edits) => report.edits(true, edits),
        None => report,
    }
}

//! `transitions-from-final`: a state is final, and still something leaves it.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Move, Resolved};
use crate::model::State;
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "transitions-from-final",
    since: "0.1.0",
    group: Group::States,
    level: Level::Deny,
    summary: "a transition that leaves a final state",
    page: include_str!("transitions_from_final.md"),
};

/// Looks at every final state. `"*"` never begins in one, so only written moves can be wrong.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    for (id, state) in resolved.states().filter(|(_, s)| s.is_final()) {
        let moves: Vec<&Move> = resolved.moves_from(id).collect();
        if !moves.is_empty() {
            out.push_made(&CODE, || report(resolved, state, &moves));
        }
    }
}

/// One report a state: either the state is not final, or none of the transitions belongs there.
fn report(resolved: &Resolved, state: &State, moves: &[&Move]) -> Diagnostic {
    let name = &state.name.value;
    let mut names: Vec<&str> = moves
        .iter()
        .map(|m| resolved.transition(m).label())
        .collect();
    names.dedup();
    let transitions = suggest::phrase_up_to(&names, 3);
    let (message, delete) = match names.len() {
        1 => (
            format!("transition {transitions} leaves final state `{name}`"),
            "the transition",
        ),
        _ => (
            format!("transitions {transitions} leave final state `{name}`"),
            "the transitions",
        ),
    };
    let report = Diagnostic::new(
        &CODE,
        message,
        moves[0].from_span,
        "a ticket never leaves this state",
    );
    let places = moves.iter().skip(1).map(|step| step.from_span);
    let report = report.each(places, MOST_LABELS, "leaves it, too");
    let Some(is_final) = state.is_final else {
        return report;
    };
    report
        .label(is_final.span, "declared final here")
        .help(format!(
            "delete {delete}, or change `final` of state `{name}` to `false`"
        ))
        .unsafe_fix(is_final.span, "false")
}

const MOST_LABELS: usize = 4;

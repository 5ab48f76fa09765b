//! `skipped-work`: one step from the first state to the last.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Move, Resolved};
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "skipped-work",
    since: "0.1.0",
    group: Group::Walks,
    level: Level::Allow,
    summary: "a transition from a start state straight to a final state",
    page: include_str!("skipped_work.md"),
};

/// Looks at every move. Off until asked for: cancelling is an honest use.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let mut is_start = vec![false; resolved.workflow().states.len()];
    for id in resolved.start_states() {
        is_start[id.index()] = true;
    }
    for step in resolved.moves() {
        let Some((from, to)) = resolved.exact(step) else {
            continue;
        };
        if from != to && is_start[from.index()] && resolved.state(to).is_final() {
            let (from, to) = (resolved.name(from), resolved.name(to));
            out.push_made(&CODE, || report(resolved, step, from, to));
        }
    }
}

fn report(resolved: &Resolved, step: &Move, from: &str, to: &str) -> Diagnostic {
    let transition = resolved.transition(step);
    let message = format!(
        "transition `{}` leads from start state `{from}` straight to final state `{to}`",
        transition.label()
    );
    let report = Diagnostic::new(&CODE, message, step.from_span, "a ticket can begin here");
    match &transition.to {
        Some(to) => report.label(to.span, "and ends here"),
        None => report,
    }
    .help(format!(
        "let the transition start from a later state than `{from}`, or delete it"
    ))
    .note("the ticket is over before anybody works on it")
}

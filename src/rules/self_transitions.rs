//! `self-transitions`: a transition that changes nothing.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Move, Resolved};
use crate::model::Notes;
use crate::rules::Rule;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "self-transitions",
    since: "0.1.0",
    group: Group::States,
    level: Level::Allow,
    summary: "a transition that leads back to its own state and takes no note",
    page: include_str!("self_transitions.md"),
};

/// Looks at every move. Off until asked for: a reminder is an honest use.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let unchanged = |step: &&Move| {
        resolved.meant(step.from).is_some()
            && resolved.meant(step.from) == resolved.meant(step.to)
            && resolved.transition(step).notes() == Notes::None
    };
    for step in resolved.moves().iter().filter(unchanged) {
        out.push_made(&CODE, || report(resolved, step));
    }
}

fn report(resolved: &Resolved, step: &Move) -> Diagnostic {
    let transition = resolved.transition(step);
    let state = resolved.meant(step.to).map_or("", |id| resolved.name(id));
    let message = format!(
        "transition `{}` leads from `{state}` back to `{state}`",
        transition.label()
    );
    let report = Diagnostic::new(&CODE, message, step.from_span, "begins here");
    match &transition.to {
        Some(to) => report.label(to.span, "and leads to the same state"),
        None => report,
    }
    .help("add `notes` with `optional` or `required`, or delete the transition")
    .note("the ticket stays as it is, and no note says why")
}

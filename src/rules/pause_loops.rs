//! `pause-loops`: from one pause to the next and back.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId};
use crate::model::Category;
use crate::rules::Rule;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "pause-loops",
    since: "0.1.0",
    group: Group::Clock,
    level: Level::Allow,
    summary: "waiting states that lead to each other",
    page: include_str!("pause_loops.md"),
};

/// Looks at the strongly connected components among the waiting states. Off until asked for:
/// tickets that wait now for one side, now for the other, are honest.
///
/// States that lead to no open or closed state at all are left to `stuck-waiting`.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let Some(reached) = resolved.reached_from_start() else {
        return;
    };
    if !resolved.knows_all_ways_out() {
        return;
    }
    let is = |id: StateId, category| resolved.state(id).is(category);
    let all = resolved.states().map(|(id, _)| id);
    let running = all.filter(|id| is(*id, Category::Open) || is(*id, Category::Closed));
    let goes_on = resolved.leading_to(&running.collect::<Vec<_>>());
    let loops = resolved.components_within(|id| is(id, Category::Waiting));
    for members in loops.iter().filter(|m| m.len() > 1) {
        let first = members[0].index();
        if reached[first] && goes_on[first] {
            out.push_made(&CODE, || report(resolved, members));
        }
    }
}

fn report(resolved: &Resolved, members: &[StateId]) -> Diagnostic {
    let names = suggest::phrase_up_to(&resolved.names(members), 4);
    let place = |id: StateId| resolved.state(id).name.span;
    let mut report = Diagnostic::new(
        &CODE,
        format!("waiting states {names} lead to each other"),
        place(members[0]),
        "a ticket can come back here without its clock running",
    );
    let places = members.iter().skip(1).map(|id| place(*id));
    report = report.each(places, MOST_LABELS, "waits, too");
    let first = members[0];
    let inside = |id: StateId| members.binary_search(&id).is_ok();
    // It is looked for in all of the graph.
    let walk = resolved.shortest_walk_onward(&[first], |id| id == first, inside);
    if let Some(walk) = walk {
        let walk = resolved.phrase_of(&walk);
        report = report.note(format!("{walk} can go on forever with the clock paused"));
    }
    report.help("let one of the transitions between them lead through an open state")
}

const MOST_LABELS: usize = 6;

//! Names that are looked up, and walks as reports show them.

use super::walks::Walk;
use super::{MAX_MOVES, Resolved, StateId};
use crate::model::{From, OneOrMore};
use crate::rules::tests::reading::{large, read};
use crate::source::Text;

fn states_of_a_line(count: usize) -> (Resolved, Walk) {
    let moves = (1..count).map(|to| (to - 1, to));
    let walk = Walk {
        states: (0..count as u32).map(StateId).collect(),
        moves: (0..count - 1).collect(),
    };
    (Resolved::new(large(count, &[count - 1], moves)), walk)
}

#[test]
fn twelve_states_of_a_walk_are_shown_and_of_more_the_middle_is_counted() {
    let shown = |count| {
        let (resolved, walk) = states_of_a_line(count);
        resolved.phrase_of(&walk).replace('`', "")
    };
    assert_eq!(shown(2), "0 → 1");
    assert_eq!(shown(12), "0 → 1 → 2 → 3 → 4 → 5 → 6 → 7 → 8 → 9 → 10 → 11");
    let begin = "0 → 1 → 2 → 3 → 4 → 5 → 6 → 7 → 8";
    assert_eq!(shown(13), format!("{begin} → 2 more states → 11 → 12"));
    assert_eq!(shown(100), format!("{begin} → 89 more states → 98 → 99"));
}

/// A block of a product may have the slips of the workflow again.
#[test]
fn each_slip_is_taken_for_its_own_state() {
    let reading = read(
        "workflow: w\nstart: Nwe\nstates:\n  New: { category: open }\n  Closed: { category: closed }\n\
         transitions:\n  - { from: Nwe, to: Colsed }\n  - { from: New, to: Elsewhere }\n",
    );
    let named = |name| {
        let found = reading.resolved.find_or_nearest(name);
        found.map(|id| reading.resolved.name(id))
    };
    assert_eq!(named("New"), Some("New"));
    assert_eq!(named("Nwe"), Some("New"));
    assert_eq!(named("Colsed"), Some("Closed"));
    assert_eq!(named("Closedd"), Some("Closed"), "no other place has it");
    assert_eq!(named("Elsewhere"), None);
}

/// A file of so many wrong names was not mistyped, and to compare each with each takes its time.
#[test]
fn after_two_hundred_unknown_names_none_is_taken_for_its_nearest() {
    let with = |unknown: usize| {
        let mut workflow = large(1, &[0], std::iter::empty());
        let start = workflow.start[0].clone();
        let names = (0..unknown).map(|at| format!("unknown {at}"));
        workflow.states[0].name.value = "Closed".into();
        workflow.start = names
            .chain(["Colsed".to_owned()])
            .map(|name| {
                let mut start = start.clone();
                start.to.value = name.into();
                start
            })
            .collect();
        Resolved::new(workflow).start_states().len()
    };
    assert_eq!(with(199), 1);
    assert_eq!(with(200), 0);
}

/// So many moves are no workflow, and would need more memory than a build server has.
#[test]
fn more_moves_than_may_be_are_not_made() {
    let with = |states: usize| {
        let mut workflow = large(states, &[0], (1..states).map(|to| (0, to)));
        for transition in &mut workflow.transitions {
            let span = transition.span;
            let except = Vec::new();
            transition.from = Some(From::Every { span, except });
        }
        Resolved::new(workflow)
    };
    let usual = with(100);
    assert_eq!(
        (usual.moves().len(), usual.is_cut_short()),
        (99 * 99, false)
    );
    let huge = with(600);
    assert_eq!((huge.moves().len(), huge.is_cut_short()), (MAX_MOVES, true));
}

/// Each name that no state has would be remembered.
#[test]
fn names_after_too_many_moves_are_not_looked_up() {
    let mut workflow = large(1, &[0], std::iter::once((0, 0)));
    let transition = &mut workflow.transitions[0];
    let span = transition.span;
    let name = |at: usize| Text::new(format!("nowhere {at}").into(), span);
    transition.from = Some(From::States(OneOrMore::More(
        (0..MAX_MOVES + 9).map(name).collect(),
    )));
    let resolved = Resolved::new(workflow);
    assert_eq!(resolved.undefined().len(), MAX_MOVES);
    assert!(resolved.is_cut_short());
}

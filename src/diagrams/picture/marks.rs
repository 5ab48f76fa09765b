//! What is pointed out: findings beside the states they concern, the walk that breaks a promise,
//! the walk that was asked for.

use crate::hashing::{HashMap, HashSet};

use super::{Emphasis, Kind, Picture};
use crate::diagnostic::Diagnostic;
use crate::diagrams::Style;
use crate::graph::{Resolved, StateId};
use crate::source::Span;

/// What the graph alone tells and every figure knows.
const OF_THE_GRAPH: &[&str] = &["unreachable-states", "dead-ends", "undefined-states"];
/// Those that point to nothing but states that are all alike.
const OF_SEVERAL: &[&str] = &["stuck-waiting", "bottlenecks"];
const BROKEN: &str = "broken-expectations";

/// Marks what the style asks for.
pub fn apply(picture: &mut Picture, resolved: &Resolved, style: &Style) {
    for figure in &mut picture.figures {
        figure.unreachable &= style.show.names("unreachable-states");
        figure.dead_end &= style.show.names("dead-ends");
    }
    let shown = || style.findings.iter().filter(|d| style.show.has(d.code));
    let (names, is_broken) = (Names::of(resolved), |d: &&Diagnostic| d.code.name == BROKEN);
    for finding in shown().filter(|d| !is_broken(d) && !OF_THE_GRAPH.contains(&d.code.name)) {
        let words = words_of(finding);
        for id in names.concerned(finding) {
            let said = &mut picture.figures[id.index()].findings;
            if !said.contains(&words) {
                said.push(words.clone());
            }
        }
    }
    if style.walk.is_empty() && !shown().any(|finding| is_broken(&finding)) {
        return;
    }
    let moves = Moves::of(resolved);
    for finding in shown().filter(is_broken) {
        moves.break_promise(picture, &names, finding);
    }
    for pair in style.walk.windows(2) {
        moves.emphasize(picture, (pair[0], pair[1]), Emphasis::Walk);
    }
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

/// Where the names of the states are written, to be found without looking through all of them for
/// each finding.
pub struct Names(Vec<(Span, StateId)>);

impl Names {
    /// The names of a workflow's states.
    pub fn of(resolved: &Resolved) -> Self {
        let names = resolved.states().map(|(id, state)| (state.name.span, id));
        let mut names: Vec<(Span, StateId)> = names.collect();
        names.sort_unstable();
        Names(names)
    }

    /// The states that a finding blames: the one that it points to, and those that it says are so,
    /// too.
    pub fn concerned(&self, finding: &Diagnostic) -> Vec<StateId> {
        let mut labels = finding.labels.iter();
        let primary = labels.next();
        let is_of_several = OF_SEVERAL.contains(&finding.code.name);
        let alike = labels.filter(|label| is_of_several || label.message.ends_with(", too"));
        primary
            .into_iter()
            .chain(alike)
            .filter_map(|label| self.state_at(label.span))
            .collect()
    }

    /// The state whose name is written at a place.
    fn state_at(&self, place: Span) -> Option<StateId> {
        let begins = |name: &Span| (name.source, name.start) <= (place.source, place.start);
        let after = self.0.partition_point(|(name, _)| begins(name));
        let (name, id) = self.0.get(after.checked_sub(1)?)?;
        name.contains(place).then_some(*id)
    }
}

/// The moves of a workflow, and its promises, by where they are.
struct Moves<'r> {
    resolved: &'r Resolved,
    /// Those of the transition that stands at a place: where they lead from and to.
    at: HashMap<Span, Vec<(StateId, StateId)>>,
    /// Those from one state to another, as indexes into [`Resolved::moves`].
    between: HashMap<(StateId, StateId), Vec<usize>>,
    /// The promise that stands at a place or names a state there. A walk that should pass somewhere
    /// begins where tickets do, so that such promises are left out.
    promises: HashMap<Span, Vec<usize>>,
}

impl<'r> Moves<'r> {
    fn of(resolved: &'r Resolved) -> Self {
        let (mut at, mut between) = (
            HashMap::<_, Vec<_>>::default(),
            HashMap::<_, Vec<_>>::default(),
        );
        for (index, step) in resolved.moves().iter().enumerate() {
            if let (Some(from), Some(to)) = (resolved.meant(step.from), resolved.meant(step.to)) {
                let place = resolved.transition(step).place();
                at.entry(place).or_default().push((from, to));
                between.entry((from, to)).or_default().push(index);
            }
        }
        let mut promises = HashMap::<_, Vec<_>>::default();
        for (index, expectation) in resolved.workflow().expect.iter().enumerate() {
            if !expectation.promise.shape.is_of_tickets {
                let named = expectation.promise.states().map(|name| name.span);
                for place in named.chain([expectation.place]) {
                    promises.entry(place).or_default().push(index);
                }
            }
        }
        Moves {
            resolved,
            at,
            between,
            promises,
        }
    }

    /// Points out the counterexample that a report of a broken promise draws on the file: the moves
    /// of the transitions it points to that follow on each other, and the states it points to.
    fn break_promise(&self, picture: &mut Picture, names: &Names, finding: &Diagnostic) {
        let places: HashSet<Span> = finding.labels.iter().map(|label| label.span).collect();
        for id in places.iter().filter_map(|place| names.state_at(*place)) {
            picture.figures[id.index()].emphasis = Emphasis::Broken;
        }
        let steps = places.iter().filter_map(|place| self.at.get(place));
        let steps: HashSet<(StateId, StateId)> = steps.flatten().copied().collect();
        // A transition from several states makes several moves: the ones meant begin where another
        // leads, where tickets begin, or in a state that the promise itself names.
        let mut begins: HashSet<StateId> = steps.iter().map(|(_, to)| *to).collect();
        begins.extend(self.resolved.start_states());
        let promises = places.iter().filter_map(|place| self.promises.get(place));
        for promise in promises.flatten() {
            let promised = self.resolved.promised(*promise).iter();
            begins.extend(promised.filter_map(|place| self.resolved.meant(*place)));
        }
        for ends in steps.into_iter().filter(|(from, _)| begins.contains(from)) {
            self.emphasize(picture, ends, Emphasis::Broken);
        }
    }

    /// Points out the arrows from one state to another.
    fn emphasize(&self, picture: &mut Picture, ends: (StateId, StateId), emphasis: Emphasis) {
        for step in self.between.get(&ends).into_iter().flatten() {
            let Some(Some(arrow)) = picture.arrow_of_move.get(*step) else {
                continue;
            };
            let arrow = &mut picture.arrows[*arrow];
            arrow.emphasis = arrow.emphasis.max(emphasis);
            let from = &mut picture.figures[arrow.from];
            if from.kind == Kind::AnyState {
                from.emphasis = from.emphasis.max(emphasis);
            }
        }
    }
}

//! `broken-expectations`: a promise that the workflow does not keep.

use super::proof::{Prover, Refutation};
use super::{Claim, contradicting_expectations, either, mention, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId, Walk};
use crate::model::From;
use crate::rules::Rule;
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "broken-expectations",
    group: Group::Promises,
    level: Level::Deny,
    summary: "a promise that the workflow does not keep",
    page: include_str!("broken_expectations.md"),
};

/// Looks for the shortest counterexample to each promise. Of two promises that contradict each
/// other one is always broken; that is one mistake and has its own code.
pub const RULE: Rule = Rule { code: &CODE, check };

fn check(resolved: &Resolved, out: &mut Diagnostics) {
    let Some(prover) = Prover::new(resolved) else {
        return;
    };
    let contradicted = contradicting_expectations::involved(resolved, prover.claims());
    for (index, claim) in prover.claims().iter().enumerate() {
        if let (Some(claim), false) = (claim, contradicted[index])
            && let Some(refutation) = prover.refute(claim)
        {
            let report = Report { resolved, index };
            out.push_made(&CODE, || report.with_reason(report.of(claim, &refutation)));
        }
    }
}

/// The wording of what is said about one promise.
struct Report<'r> {
    resolved: &'r Resolved,
    index: usize,
}

impl Report<'_> {
    fn of(&self, claim: &Claim, refutation: &Refutation) -> Diagnostic {
        match (claim, refutation) {
            (Claim::Allow(walk), Refutation::NoMove { at, detour }) => {
                self.no_move(walk[*at], walk[at + 1], *at, detour.as_ref())
            }
            (Claim::Forbid(from, to), Refutation::Moves(moves)) => self.moves(*from, *to, moves),
            (Claim::Pass { pass, .. }, Refutation::Walk(walk)) => self.around(pass, walk),
            (_, Refutation::Walk(walk)) => self.onward(walk),
            (Claim::Reach { reach, .. }, Refutation::NoWalk { from, ends }) => {
                self.no_walk(reach, from, ends)
            }
            // No other pair is made.
            _ => self.broken("it does not hold".to_owned(), self.place(), "does not hold"),
        }
    }

    fn broken(&self, why: String, place: Span, label: impl Into<String>) -> Diagnostic {
        let word = word(&self.resolved.workflow().expect[self.index]);
        Diagnostic::new(
            &CODE,
            format!("promise `{word}` is broken: {why}"),
            place,
            label,
        )
    }

    fn with_reason(&self, report: Diagnostic) -> Diagnostic {
        match &self.resolved.workflow().expect[self.index].because {
            Some(because) => {
                report.note(format!("the promise gives a reason: `{}`", because.value))
            }
            None => report,
        }
    }

    /// The word of the promise.
    fn place(&self) -> Span {
        self.resolved.workflow().expect[self.index].place
    }

    /// Where the promise names a state, from position `skip` on.
    fn named(&self, id: StateId, skip: usize) -> Span {
        let name = mention(self.resolved, self.index, skip, id);
        name.map_or(self.place(), |name| name.span)
    }

    fn no_move(&self, from: StateId, to: StateId, at: usize, detour: Option<&Walk>) -> Diagnostic {
        let (from, name) = (self.resolved.name(from), self.resolved.name(to));
        let report = self
            .broken(
                format!("no transition leads from `{from}` to `{name}`"),
                self.named(to, at + 1),
                format!("no transition leads here from `{from}`"),
            )
            .help(format!(
                "add a transition from `{from}` to `{name}`, or change the promise"
            ));
        match detour {
            Some(walk) => {
                let walk = self.resolved.phrase_of(walk);
                report.note(format!("the shortest walk is {walk}"))
            }
            None => report,
        }
    }

    fn moves(&self, from: StateId, to: StateId, moves: &[usize]) -> Diagnostic {
        let resolved = self.resolved;
        let transition = |index: usize| resolved.transition(&resolved.moves()[index]);
        let (from, name) = (resolved.name(from), resolved.name(to));
        let labels: Vec<&str> = moves.iter().map(|m| transition(*m).label()).collect();
        let report = self.broken(
            match labels.as_slice() {
                [one] => format!("transition `{one}` leads from `{from}` to `{name}`"),
                _ => format!(
                    "transitions {} lead from `{from}` to `{name}`",
                    suggest::phrase_up_to(&labels, 3)
                ),
            },
            self.named(to, 1),
            format!("no transition may lead here from `{from}`"),
        );
        let places = moves.iter().map(|index| transition(*index).place());
        let said = format!("leads from `{from}` to `{name}`");
        let report = report.each(places, MOST_LABELS, &said);
        let every = |m: &usize| matches!(transition(*m).from, Some(From::Every { .. }));
        match moves.iter().all(every) {
            true => report.help(format!("add `{from}` to `except`, or change the promise")),
            false => report.help(format!(
                "let the transition start from another state than `{from}`, or change the promise"
            )),
        }
    }

    fn around(&self, pass: &[StateId], walk: &Walk) -> Diagnostic {
        let resolved = self.resolved;
        let (first, last) = (walk.states[0], walk.states[walk.states.len() - 1]);
        let avoided = either(resolved, pass);
        let name = resolved.name(last);
        let report = self.broken(
            format!("`{name}` can be reached without {avoided}"),
            self.named(last, pass.len()),
            format!("a walk leads here without {avoided}"),
        );
        let start = resolved
            .starts()
            .iter()
            .find(|s| resolved.meant(s.value) == Some(first));
        let report = match start {
            Some(start) => report.label(start.span, "the walk begins here"),
            None => report,
        };
        let shown = match walk.moves.is_empty() {
            true => format!("`{name}` is a start state"),
            false => {
                let all = suggest::phrase_up_to(&resolved.names(pass), 4);
                format!("{} avoids {all}", resolved.phrase_of(walk))
            }
        };
        let help = match walk.moves.is_empty() {
            true => format!("start the workflow elsewhere than in `{name}`, or change the promise"),
            false => format!("let the walk lead through {avoided}, or change the promise"),
        };
        self.steps(report, walk).help(help).note(shown)
    }

    fn onward(&self, walk: &Walk) -> Diagnostic {
        let resolved = self.resolved;
        let (first, last) = (walk.states[0], walk.states[walk.states.len() - 1]);
        let (from, to) = (resolved.name(first), resolved.name(last));
        let back = if first == last { "back to" } else { "to" };
        let report = self.broken(
            format!("a walk leads from `{from}` {back} `{to}`"),
            self.named(last, 0),
            format!("a walk leads here from `{from}`"),
        );
        self.steps(report, walk)
            .help("delete a transition of this walk, or change the promise")
            .note(format!("the shortest is {}", resolved.phrase_of(walk)))
    }

    fn no_walk(&self, reach: &[StateId], from: &[StateId], ends: &[StateId]) -> Diagnostic {
        let resolved = self.resolved;
        let goal = either(resolved, reach);
        let names = either(resolved, from);
        let mut report = self.broken(
            format!("no walk leads from {names} to {goal}"),
            self.named(reach[0], 0),
            format!("cannot be reached from {names}"),
        );
        let places = from.iter().map(|id| resolved.state(*id).name.span);
        let said = format!("no walk leads from here to {goal}");
        report = report.each(places, MOST_LABELS, &said);
        let end = ends.first().unwrap_or(&from[0]);
        let last = suggest::phrase_up_to(&resolved.names(ends), 4);
        report = report.help(format!(
            "add a transition from `{}` that leads on to {goal}, or change the promise",
            resolved.name(*end)
        ));
        match ends == from {
            true => report,
            false => report.note(format!("every walk from there ends in {last}")),
        }
    }

    /// With a label on each transition of a walk. One that makes several steps has one label.
    fn steps(&self, mut report: Diagnostic, walk: &Walk) -> Diagnostic {
        let resolved = self.resolved;
        let mut steps: Vec<(usize, String)> = Vec::new();
        for (at, index) in walk.moves.iter().enumerate().take(MOST_LABELS) {
            let transition = resolved.moves()[*index].transition;
            let (from, to) = (walk.states[at], walk.states[at + 1]);
            let (from, to) = (resolved.name(from), resolved.name(to));
            let said = format!("step {}: `{from}` → `{to}`", at + 1);
            match steps.iter_mut().find(|(t, _)| *t == transition) {
                Some((_, all)) => *all = format!("{all}, {said}"),
                None => steps.push((transition, said)),
            }
        }
        let place = |transition: usize| resolved.workflow().transitions[transition].place();
        for (transition, said) in steps {
            report = report.label(place(transition), said);
        }
        let later = walk.moves.iter().skip(MOST_LABELS);
        let later = later.map(|index| place(resolved.moves()[*index].transition));
        report.each(later, 0, "a later step of this walk")
    }
}

const MOST_LABELS: usize = 10;

//! `broken-expectations`: a promise that the workflow does not keep.

use super::proof::Prover;
use super::{contradicting_expectations, mention, word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level};
use crate::graph::{Resolved, StateId, Walk};
use crate::rules::Rule;
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "broken-expectations",
    since: "0.1.0",
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
            && let Some(refutation) = claim.kind.refute(&prover, claim)
        {
            let report = Report { resolved, index };
            let broken = || claim.kind.broken(&report, claim, &refutation);
            out.push_made(&CODE, || report.with_reason(broken()));
        }
    }
}

/// A report that one promise is broken.
pub(super) struct Report<'r> {
    /// The workflow.
    pub resolved: &'r Resolved,
    index: usize,
}

impl Report<'_> {
    /// Where nothing is known of why.
    pub fn plain(&self) -> Diagnostic {
        self.broken("it does not hold".to_owned(), self.place(), "does not hold")
    }

    /// That it is broken, and why.
    pub fn broken(&self, why: String, place: Span, label: impl Into<String>) -> Diagnostic {
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
    pub fn named(&self, id: StateId, skip: usize) -> Span {
        let name = mention(self.resolved, self.index, skip, id);
        name.map_or(self.place(), |name| name.span)
    }

    /// With a label on each transition that others may make.
    pub fn of_others(&self, report: Diagnostic, others: &[usize]) -> Diagnostic {
        let moves = self.resolved.moves();
        let mut transitions: Vec<usize> = others.iter().map(|m| moves[*m].transition).collect();
        transitions.sort_unstable();
        transitions.dedup();
        let transitions = transitions.into_iter().take(MOST_LABELS);
        transitions.fold(report, |report, index| {
            let transition = &self.resolved.workflow().transitions[index];
            let who = transition.who().unwrap_or_default().iter();
            let who: Vec<&str> = who.map(|role| role.value.as_str()).collect();
            let said = format!("only for {}", suggest::phrase_up_to(&who, 3));
            report.label(transition.place(), said)
        })
    }

    /// With a label on each transition of a walk. One that makes several steps has one label.
    pub fn steps(&self, mut report: Diagnostic, walk: &Walk) -> Diagnostic {
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
        report.is_walk = true;
        let later = walk.moves.iter().skip(MOST_LABELS);
        let later = later.map(|index| place(resolved.moves()[*index].transition));
        report.each(later, 0, "a later step of this walk")
    }
}

/// So many moves or states are pointed out, the others counted.
pub(super) const MOST_LABELS: usize = 10;

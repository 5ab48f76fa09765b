//! `separate`: transitions of which nobody may make two on one ticket.

use super::makers::Joined;
use super::*;

promise! {
    /// On no walk of a ticket may one role make transitions of two of these names.
    Separate, is_of_tickets: true;
    /// Names of transitions or starts: two or more.
    "separate": Takes::Transitions, Missing("add `separate` with the names of two transitions"), r#"["Request", "Approve"]"#;
}

impl Kind for Separate {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn refute(&self, prover: &Prover, claim: &Claim) -> Option<Refutation> {
        let resolved = prover.resolved();
        // Where mistakes leave open where tickets begin, walks of tickets are not known, and where a
        // transition has no name, it may be one of these.
        resolved.reached_from_start()?;
        makers::joined(resolved, &claim.transitions).map(Refutation::Joined)
    }

    fn broken(&self, report: &Report, claim: &Claim, refutation: &Refutation) -> Diagnostic {
        let Refutation::Joined(Joined {
            role,
            names,
            start,
            walk,
        }) = refutation
        else {
            return report.plain();
        };
        let resolved = report.resolved;
        let [one, other] = names.map(|at| &claim.transitions[at]);
        let broken = report.broken(
            format!(
                "`{role}` may make both `{}` and `{}`",
                one.value, other.value
            ),
            other.span,
            format!("`{role}` may make it after `{}`", one.value),
        );
        let begins = &resolved.workflow().start[*start];
        let broken = broken.label(begins.to.span, "the walk begins here");
        report
            .steps(broken, walk)
            .help("let `who` of the two have no role in common, or change the promise")
            .note(format!(
                "the shortest such walk is {}",
                resolved.phrase_of(walk)
            ))
    }

    fn idle(&self, resolved: &Resolved, _: Option<&Tickets>, _: &Claim) -> Option<Idle> {
        makers::mentions(resolved).next().is_none().then_some(Idle {
            states: Vec::new(),
            why: "no transition and no start says `who`",
            end: "",
        })
    }
}

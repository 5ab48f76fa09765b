//! `pass` … `before`: a state that cannot be avoided.

use super::*;

promise! {
    /// Every walk from a start state to `before` goes through `pass`.
    Pass, is_of_tickets: true;
    /// The state to go through; of several, any one.
    "pass": Takes::States, Missing("add `pass` with the state to go through"), "Approval";
    /// The state that is not reached otherwise.
    "before": Takes::States, Missing("add `before` with the state that is not reached otherwise"), "Resolved";
}

impl Kind for Pass {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn refute(&self, prover: &Prover, claim: &Claim) -> Option<Refutation> {
        let (pass, before) = (prover.set(claim.list(0)), prover.set(claim.list(1)));
        let mut starts = prover.resolved().start_states();
        starts.retain(|id| !pass[id.index()]);
        let goal = |id: StateId| before[id.index()];
        let free = |id: StateId| !pass[id.index()];
        let walk = prover.resolved().shortest_walk(&starts, goal, free)?;
        Some(Refutation::Walk(walk))
    }

    fn broken(&self, report: &Report, claim: &Claim, refutation: &Refutation) -> Diagnostic {
        let Refutation::Walk(walk) = refutation else {
            return report.plain();
        };
        let (resolved, pass) = (report.resolved, claim.list(0));
        let (first, last) = (walk.states[0], walk.states[walk.states.len() - 1]);
        let avoided = either(resolved, pass);
        let name = resolved.name(last);
        let broken = report.broken(
            format!("`{name}` can be reached without {avoided}"),
            report.named(last, pass.len()),
            format!("a walk leads here without {avoided}"),
        );
        let start = resolved
            .starts()
            .iter()
            .find(|s| resolved.meant(s.value) == Some(first));
        let broken = match start {
            Some(start) => broken.label(start.span, "the walk begins here"),
            None => broken,
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
        report.steps(broken, walk).help(help).note(shown)
    }

    fn idle(&self, resolved: &Resolved, tickets: Option<&Tickets>, claim: &Claim) -> Option<Idle> {
        let (pass, before) = (claim.list(0), claim.list(1));
        if is_within(resolved, before, pass) {
            return Some(Idle {
                states: before.to_vec(),
                why: "it asks to pass through",
                end: " before itself",
            });
        }
        let starts = tickets.map(|tickets| tickets.starts);
        let starts = starts.filter(|starts| is_within(resolved, starts, pass))?;
        Some(Idle {
            states: starts.to_vec(),
            why: "every walk begins in",
            end: "",
        })
    }

    fn rules_out(&self, tickets: &Tickets, claim: &Claim, asked: &Asked) -> Option<Why> {
        let Asked::Walk(walk) = asked else {
            return None;
        };
        let (pass, before) = (claim.list(0), claim.list(1));
        let begins = walk.iter().filter(|id| tickets.starts.contains(id));
        let (begin, end) = tickets.made_possible(walk, begins, before, pass)?;
        let around = either(tickets.resolved, pass);
        let walk = format!("a walk from {begin} to {end} without {around}");
        Some(Why::always(walk))
    }
}

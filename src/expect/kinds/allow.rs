//! `allow`: a walk that is possible.

use super::*;

promise! {
    /// This walk is possible.
    Allow, is_of_tickets: false;
    /// States that a ticket can go through, in this order.
    "allow": Takes::Walk, Missing("add `allow` with the states of a walk"), r#"["New", "Assigned", "Closed"]"#;
}

impl Kind for Allow {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn refute(&self, prover: &Prover, claim: &Claim) -> Option<Refutation> {
        let (walk, resolved) = (claim.list(0), prover.resolved());
        let at = walk
            .windows(2)
            .position(|pair| prover.moves(pair[0], pair[1]).is_empty())?;
        let (from, to) = (walk[at], walk[at + 1]);
        if resolved.may_lead_anywhere(from) || !resolved.knows_all_ways_out() {
            return None;
        }
        let goal = |id: StateId| id == to;
        let detour = match from == to {
            true => None,
            false => resolved.shortest_walk(&[from], goal, |_| true),
        };
        Some(Refutation::NoMove { at, detour })
    }

    fn broken(&self, report: &Report, claim: &Claim, refutation: &Refutation) -> Diagnostic {
        let Refutation::NoMove { at, detour } = refutation else {
            return report.plain();
        };
        let (from, to) = (claim.list(0)[*at], claim.list(0)[at + 1]);
        let (from, name) = (report.resolved.name(from), report.resolved.name(to));
        let broken = report
            .broken(
                format!("no transition leads from `{from}` to `{name}`"),
                report.named(to, at + 1),
                format!("no transition leads here from `{from}`"),
            )
            .help(format!(
                "add a transition from `{from}` to `{name}`, or change the promise"
            ));
        match detour {
            Some(walk) => {
                let walk = report.resolved.phrase_of(walk);
                broken.note(format!("the shortest walk is {walk}"))
            }
            None => broken,
        }
    }

    fn asks<'c>(&self, claim: &'c Claim) -> Option<Asked<'c>> {
        Some(Asked::Walk(claim.list(0)))
    }
}

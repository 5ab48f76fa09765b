//! `allow`: a walk that is possible.

use super::*;

promise! {
    /// This walk is possible.
    Allow, is_of_tickets: false;
    /// States that a ticket can go through, in this order.
    "allow": Takes::Walk, Missing("add `allow` with the states of a walk"), r#"["New", "Assigned", "Closed"]"#;
    /// The role that makes the moves, or several taken together.
    "by": Takes::RoleNames, Means("anybody"), "agent";
}

impl Kind for Allow {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn refute(&self, prover: &Prover, claim: &Claim) -> Option<Refutation> {
        let (walk, resolved) = (claim.list(0), prover.resolved());
        let makers = Makers::new(resolved, claim.by.as_deref());
        let may_see = |index: usize| makers.may_see(resolved, index);
        let is_there = |from, to| prover.moves(from, to).iter().any(|index| may_see(*index));
        let mut pairs = walk.windows(2);
        let at = pairs.position(|pair| !is_there(pair[0], pair[1]))?;
        let (from, to) = (walk[at], walk[at + 1]);
        if resolved.may_lead_anywhere(from) || !resolved.knows_all_ways_out() {
            return None;
        }
        let detour = match from == to {
            true => None,
            false => resolved.shortest_walk_by(&[from], to, may_see),
        };
        let others = prover.moves(from, to).to_vec();
        Some(Refutation::NoMove { at, detour, others })
    }

    fn broken(&self, report: &Report, claim: &Claim, refutation: &Refutation) -> Diagnostic {
        let Refutation::NoMove { at, detour, others } = refutation else {
            return report.plain();
        };
        let (from, to) = (claim.list(0)[*at], claim.list(0)[at + 1]);
        let (from, name) = (report.resolved.name(from), report.resolved.name(to));
        let by = claim.by_phrase();
        let broken = report.broken(
            format!("no transition leads from `{from}` to `{name}`{by}"),
            report.named(to, at + 1),
            format!("no transition leads here from `{from}`{by}"),
        );
        let broken = report.of_others(broken, others);
        let broken = match others.is_empty() {
            true => broken.help(format!(
                "add a transition from `{from}` to `{name}`, or change the promise"
            )),
            false => broken.help("add a role of the promise to `who`, or change the promise"),
        };
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

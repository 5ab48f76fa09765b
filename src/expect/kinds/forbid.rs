//! `forbid`: a move that is not possible.

use super::*;

promise! {
    /// This move is not possible.
    Forbid, is_of_tickets: false;
    /// Two states: no transition leads from the first straight to the second.
    "forbid": Takes::Move, Missing("add `forbid` with the two states of a move"), r#"["New", "Closed"]"#;
    /// The role that may not make it, or several taken together.
    "by": Takes::RoleNames, Means("anybody"), "agent";
}

impl Kind for Forbid {
    fn shape(&self) -> &'static Shape {
        &SHAPE
    }

    fn refute(&self, prover: &Prover, claim: &Claim) -> Option<Refutation> {
        let [from, to] = claim.list(0) else {
            return None;
        };
        let moves = prover.moves(*from, *to).iter().copied();
        let moves: Vec<usize> = match &claim.by {
            None => moves.collect(),
            Some(by) => {
                let resolved = prover.resolved();
                let makers = Makers::new(resolved, Some(by));
                moves
                    .filter(|index| makers.may_make(resolved, *index))
                    .collect()
            }
        };
        (!moves.is_empty()).then_some(Refutation::Moves(moves))
    }

    fn broken(&self, report: &Report, claim: &Claim, refutation: &Refutation) -> Diagnostic {
        let (Refutation::Moves(moves), [from, to]) = (refutation, claim.list(0)) else {
            return report.plain();
        };
        let resolved = report.resolved;
        let transition = |index: usize| resolved.transition(&resolved.moves()[index]);
        let (from, name) = (resolved.name(*from), resolved.name(*to));
        let labels: Vec<&str> = moves.iter().map(|m| transition(*m).label()).collect();
        let by = claim.by_phrase();
        let broken = report.broken(
            match labels.as_slice() {
                [one] if by.is_empty() => {
                    format!("transition `{one}` leads from `{from}` to `{name}`")
                }
                // With roles, the sentence has no room for what a reader knows.
                [one] => format!("`{one}` leads from `{from}` to `{name}`{by}"),
                _ => format!(
                    "transitions {} lead from `{from}` to `{name}`{by}",
                    suggest::phrase_up_to(&labels, 3)
                ),
            },
            report.named(*to, 1),
            format!("no transition may lead here from `{from}`{by}"),
        );
        let places = moves.iter().map(|index| transition(*index).place());
        let said = format!("leads from `{from}` to `{name}`");
        let broken = broken.each(places, MOST_LABELS, &said);
        if claim.by.is_some() {
            return broken
                .help("say in `who` which other roles may make it, or change the promise");
        }
        let every = |m: &usize| matches!(transition(*m).from, Some(From::Every { .. }));
        match moves.iter().all(every) {
            true => broken.help(format!("add `{from}` to `except`, or change the promise")),
            false => broken.help(format!(
                "let the transition start from another state than `{from}`, or change the promise"
            )),
        }
    }

    fn rules_out(&self, tickets: &Tickets, claim: &Claim, asked: &Asked) -> Option<Why> {
        let (Asked::Walk(walk), [from, to], None) = (asked, claim.list(0), &claim.by) else {
            // What some roles may not do, others may, or it happens by itself.
            return None;
        };
        let forbidden = walk.windows(2).any(|pair| pair == [*from, *to]);
        let (from, to) = (tickets.named(*from), tickets.named(*to));
        forbidden.then(|| Why::always(format!("the move {from} → {to}")))
    }
}

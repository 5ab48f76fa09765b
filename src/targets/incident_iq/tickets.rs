//! The endpoints of the Tickets API that move a ticket along a workflow, by transition. The page says
//! of `/start` that it begins work and of `/resolve` that it resolves, and names `/stop` and `/close`.

use super::{TARGET, TICKETS, wire};
use crate::diagnostic::Diagnostics;
use crate::graph::StateId;
use crate::model::Category;
use crate::rules::Checked;
use crate::targets::Json;

/// One request for each single transition, in their order.
pub fn emit(checked: &Checked, out: &mut Diagnostics) -> Option<Json> {
    TARGET.report_losses(checked, TICKETS.name, out);
    let mut leaves = vec![false; checked.states().len()];
    for step in checked.steps() {
        leaves[step.from.index()] |= step.from != step.to;
    }
    // A step that leads to itself is no move there.
    let moves = checked.steps().iter().filter(|step| step.from != step.to);
    let one = |step: &crate::rules::Step| wire::Move {
        transition: checked.transition(step).label().to_owned(),
        from: checked.name(step.from).to_owned(),
        to: checked.name(step.to).to_owned(),
        method: "POST",
        path: path(checked, step.to, leaves[step.to.index()]),
    };
    Some(Json::new(moves.map(one).collect::<Vec<_>>()))
}

/// Resolved tickets may reopen and closed ones are final; work begins in an open step and stops in one
/// that waits.
fn path(checked: &Checked, to: StateId, may_reopen: bool) -> &'static str {
    match (checked.category(to), may_reopen) {
        (Category::Closed, true) => "/tickets/{ticketId}/resolve",
        (Category::Closed, false) => "/tickets/{ticketId}/close",
        (Category::Waiting, _) => "/tickets/{ticketId}/stop",
        (Category::Draft | Category::Open, _) => "/tickets/{ticketId}/start",
    }
}

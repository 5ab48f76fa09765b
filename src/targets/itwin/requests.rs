//! No requests: the API has no operation that writes a workflow.

use super::NAME;
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::requests::{Api, Authorization, Plan, Requests};

const API: Api = Api {
    address: "https://api.bentley.com/issues",
    authorization: Authorization::Bearer,
    variables: &[],
    headers: &[],
};

/// The empty list, and why it is empty. What the workflow would lose is reported all the same.
pub fn emit(workflows: &[&Checked], _: Plan, out: &mut Diagnostics) -> Option<Requests> {
    for checked in workflows {
        super::WORKFLOW.emitted(&[checked], out)?;
    }
    Some(Requests::of(NAME, API).note(
        "the API has no request that writes a workflow: draw it in the Bentley Form Manager, and compare it with `itwin:workflow`",
    ))
}

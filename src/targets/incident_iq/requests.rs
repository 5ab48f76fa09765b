//! No requests: the API's page shows how to read workflows, and nothing that writes one.

use super::NAME;
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::requests::{Api, Authorization, Header, Plan, Requests, Variable};

/// As the page's examples have it.
const API: Api = Api {
    address: "{address}/api/v1.0",
    authorization: Authorization::Bearer,
    variables: &[
        Variable {
            name: "address",
            about: "the address of the site",
            example: "https://your-site.incidentiq.com",
        },
        Variable {
            name: "site",
            about: "the id of the site",
            example: "3b2d8a4f-579f-4e2e-a51c-f859e532fe8c",
        },
    ],
    headers: &[
        Header {
            name: "SiteId",
            value: "{site}",
        },
        Header {
            name: "Client",
            value: "ApiClient",
        },
    ],
};

/// The empty list, and why it is empty. What the workflow would lose is reported all the same.
pub fn emit(workflows: &[&Checked], _: Plan, out: &mut Diagnostics) -> Option<Requests> {
    super::WORKFLOWS.emitted(workflows, out)?;
    Some(Requests::of(NAME, API).note(
        "the API's page has no request that writes a workflow: configure it on the site, and compare it with `incident-iq:steps`",
    ))
}

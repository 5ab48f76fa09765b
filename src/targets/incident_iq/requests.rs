//! Requests that read: the API's page shows nothing that writes a workflow.

use super::{NAME, Settings};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::blocks;
use crate::targets::requests::{Api, Authorization, Header, Plan, Request, Requests, Variable};

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
    Some(
        Requests::of(NAME, API)
            .note("the API's page has no request that writes a workflow: configure it on the site"),
    )
}

/// The list of workflows, which tells their ids, and the steps of each of which the id is known.
pub fn fetch(workflows: &[&Checked], _: Plan, _: &mut Diagnostics) -> Option<Requests> {
    let mut requests = Requests::of(NAME, API);
    let keep = "incident-iq.workflows.json".to_owned();
    let list = Request::reading("/workflows".to_owned(), keep, None);
    let about = "read the list of workflows, which tells their ids".to_owned();
    let list = list.named("workflows".to_owned(), about);
    requests.requests.push(list);
    for (index, checked) in workflows.iter().enumerate() {
        let (settings, of) = (blocks::of::<Settings>(checked), checked.identifier());
        let Some(id) = &settings.workflow_id else {
            requests.notes.push(format!(
                "workflow `{of}` has no `workflow-id`, by which its steps are asked for: the list tells it"
            ));
            continue;
        };
        let path = format!("/workflows/{}/steps", id.value);
        let keep = format!("incident-iq.{of}.live.json");
        let about = format!("read the steps of workflow `{of}`");
        let request = Request::reading(path, keep.clone(), None);
        let name = format!("steps{}", index + 1);
        requests.requests.push(request.named(name, about));
        requests.afterwards.push(format!(
            "compare them with their file: `statewright diff --live incident-iq:steps={keep}`"
        ));
    }
    Some(requests)
}

//! The requests that put statuses in place: known ones get their names, new ones are created.

use std::num::NonZeroU64;

use super::plan::{self, create, delete, rename};
use super::{Status, statuses};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::requests::{
    Api, Authorization, Header, Pages, Plan, Request, Requests, Variable,
};

/// As the page's examples have it.
const API: Api = Api {
    address: "{address}/api/v1",
    authorization: Authorization::Basic,
    variables: &[Variable {
        name: "address",
        about: "the address of the installation",
        example: "https://actitime.example.org",
    }],
    headers: &[
        Header {
            name: "accept",
            value: "application/json; charset=UTF-8",
        },
        Header {
            name: "Content-Type",
            value: "application/json; charset=UTF-8",
        },
    ],
};

const PERMISSION: &str = "the user needs the permission \"Manage System Settings\"";

/// The requests that are needed, as far as can be told.
pub fn emit(workflows: &[&Checked], plan: Plan, out: &mut Diagnostics) -> Option<Requests> {
    let statuses = statuses(workflows, out)?;
    let mut requests = Requests::of(super::NAME, API).note(PERMISSION);
    let lacks_ids = match plan.live {
        Some(live) => {
            let planned = plan::against(workflows, &statuses, live, plan.delete)?;
            requests = requests.wanted(planned.wanted);
            planned.lacks_ids
        }
        None => blindly(&statuses, &mut requests)?,
    };
    if lacks_ids {
        requests.afterwards.push(
            "fetch what is live, and write its ids into the files, so that a status keeps its tasks under another name: `statewright ids --live actitime=actitime.live.json`"
                .to_owned(),
        );
    }
    Some(requests.or_nothing())
}

/// Where nothing is known of the installation: names first, so that a name that a status gives up is free
/// for a new one.
fn blindly(statuses: &[Status], requests: &mut Requests) -> Option<bool> {
    for status in statuses {
        let id = status.id.map(NonZeroU64::get);
        requests
            .requests
            .extend(id.and_then(|id| rename(id, status.name)));
    }
    let known = requests.requests.len();
    for (index, status) in statuses.iter().filter(|s| s.id.is_none()).enumerate() {
        requests.requests.push(create(index, status)?);
    }
    if known > 0 {
        requests.notes.push(
            "the type of a status cannot change: the status has to be deleted and created again"
                .to_owned(),
        );
    }
    let creates = known < requests.requests.len();
    if creates {
        requests.notes.push(
            "a state without an id is taken for a status that is not there: `actitime:fetch` asks, and --live FILE plans by the answer"
                .to_owned(),
        );
    }
    Some(creates)
}

/// All statuses, page by page.
pub fn fetch(_: &[&Checked], _: Plan, _: &mut Diagnostics) -> Option<Requests> {
    let path = format!("/workflowStatuses?limit={}", super::DEFAULT_LIMIT);
    let request = Request::reading(path, "actitime.live.json".to_owned(), Some(PAGES));
    let request = request.named("statuses".to_owned(), "read the statuses".to_owned());
    let mut requests = Requests::of(super::NAME, API);
    requests.requests.push(request);
    requests.afterwards.push(
        "compare it with the files: `statewright diff --live actitime=actitime.live.json`"
            .to_owned(),
    );
    Some(requests)
}

const PAGES: Pages = Pages {
    parameter: "offset",
    first: 0,
    counts_pages: false,
    items: "items",
    last: None,
    of_page: &["offset", "limit"],
};

/// What there is is deleted; a state without a known id is no status yet.
pub fn emit_delete(workflows: &[&Checked], _: Plan, out: &mut Diagnostics) -> Option<Requests> {
    let statuses = statuses(workflows, out)?;
    let delete = |status: &Status| Some(delete(status.id?.get(), status.name));
    Some(
        Requests {
            requests: statuses.iter().filter_map(delete).collect(),
            ..Requests::of(super::NAME, API)
        }
        .note(PERMISSION)
        .note("the answer is 204 and empty; 403 with `api.error.workflow_status_used` where a task still has the status"),
    )
}

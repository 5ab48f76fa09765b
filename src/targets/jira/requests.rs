//! The requests that change workflows and create them, and those that read them.

use super::read::PAGING;
use super::{Called, NAME, PAGE, lower, plan};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::requests::{
    Api, Authorization, Header, Pages, Plan, Request, Requests, Variable,
};

/// A user's address and an API token, as Atlassian documents for scripts.
const API: Api = Api {
    address: "{address}",
    authorization: Authorization::Basic,
    variables: &[Variable {
        name: "address",
        about: "the address of the site",
        example: "https://your-site.atlassian.net",
    }],
    headers: &[
        Header {
            name: "Accept",
            value: "application/json",
        },
        Header {
            name: "Content-Type",
            value: "application/json",
        },
    ],
};

const WHO: &str =
    "the user name is an e-mail address and the password an API token, of an administrator";

/// What the site is asked before each, and then each.
pub fn emit(workflows: &[&Checked], plan: Plan, out: &mut Diagnostics) -> Option<Requests> {
    lower(workflows, Called::ForNow, out)?;
    let planned = match plan.live {
        Some(live) => plan::against(workflows, live, plan, out)?,
        None => plan::blindly(workflows, out)?,
    };
    let mut requests = Requests::of(NAME, API).note(WHO).wanted(planned.wanted);
    if plan.live.is_none() {
        requests = requests
            .note("a workflow without `workflow-id` is taken for one that is not there: `jira:fetch` asks, and --live FILE plans by the answer")
            .note("a status with an id keeps its description where the file has none");
    }
    if planned.creates {
        requests.afterwards.push(
            "map an issue type to each new workflow in a workflow scheme: nothing uses it until then"
                .to_owned(),
        );
    }
    if !requests.requests.is_empty() {
        requests.afterwards.push(
            "fetch what is live, and write its ids into the files, so that a status keeps its issues under another name: `statewright ids --live jira=jira.live.json`"
                .to_owned(),
        );
    }
    Some(requests.or_nothing())
}

/// All workflows with their transitions, page by page.
pub fn fetch(_: &[&Checked], _: Plan, _: &mut Diagnostics) -> Option<Requests> {
    let path = format!("/rest/api/3/workflows/search?expand=values.transitions&maxResults={PAGE}");
    let request = Request::reading(path, "jira.live.json".to_owned(), Some(PAGES));
    let request = request.named("workflows".to_owned(), "read the workflows".to_owned());
    let mut requests = Requests::of(NAME, API).note(WHO);
    requests.requests.push(request);
    requests.afterwards.push(
        "compare it with the files: `statewright diff --live jira=jira.live.json`".to_owned(),
    );
    Some(requests)
}

const PAGES: Pages = Pages {
    parameter: "startAt",
    first: 0,
    counts_pages: false,
    items: "values",
    last: Some("isLast"),
    of_page: PAGING,
};

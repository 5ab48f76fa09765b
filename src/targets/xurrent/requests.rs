//! The requests that create, update, archive, trash, restore and read records.

use super::record::Settings;
use super::{CREATE, NAME, UPDATE, page, plan};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::blocks;
use crate::targets::requests::{
    Api, Authorization, Header, Method, Pages, Plan, Request, Requests, Variable,
};

/// The page shows paths alone. The rest is what the product's pages say of all its resources; until
/// the product was renamed, the header was `X-4me-Account`.
const API: Api = Api {
    address: "{address}/v1",
    authorization: Authorization::Bearer,
    variables: &[
        Variable {
            name: "address",
            about: "the address of the region's API",
            example: "https://api.xurrent.com",
        },
        Variable {
            name: "account",
            about: "the id of the account",
            example: "widget",
        },
    ],
    headers: &[
        Header {
            name: "X-Xurrent-Account",
            value: "{account}",
        },
        Header {
            name: "Content-Type",
            value: "application/json",
        },
    ],
};

/// Written of every request that creates a record.
const IDS: &str = "fetch what is live, and write its ids into the files, so that the records are updated from then on: `statewright ids --live xurrent:workflows=xurrent.live.json`";

/// The requests that are needed, as far as can be told.
pub fn emit(workflows: &[&Checked], plan: Plan, out: &mut Diagnostics) -> Option<Requests> {
    let Some(live) = plan.live else {
        return blindly(workflows, out);
    };
    let planned = plan::against(workflows, live, plan, out)?;
    let mut requests = Requests::of(NAME, API).wanted(planned.wanted);
    if planned.trashes {
        requests = requests.note(ROLES);
    }
    if planned.lacks_ids {
        requests.afterwards.push(IDS.to_owned());
    }
    Some(requests.or_nothing())
}

/// Where nothing is known of the account: one that has an id is updated, and the others are created.
fn blindly(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Requests> {
    let mut creates = false;
    let one = |(index, checked): (usize, &&Checked)| {
        let (number, of) = (index + 1, checked.identifier());
        Some(match blocks::of::<Settings>(checked).id {
            Some(id) => {
                let id = id.value;
                let body = UPDATE.of_one(checked, out)?;
                let request = Request::new(Method::Patch, format!("/workflows/{id}"), body);
                let about = format!("update record {id} of workflow `{of}`");
                request.named(format!("updateWorkflow{number}"), about)
            }
            None => {
                creates = true;
                let body = CREATE.of_one(checked, out)?;
                let request = Request::new(Method::Post, "/workflows".to_owned(), body).for_once();
                let about = format!("create the record of workflow `{of}`");
                request.named(format!("createWorkflow{number}"), about)
            }
        })
    };
    let requests: Vec<Option<Request>> = workflows.iter().enumerate().map(one).collect();
    let requests: Option<Vec<Request>> = requests.into_iter().collect();
    let mut all = Requests::of(NAME, API);
    all.requests = requests?;
    if creates {
        all.afterwards.push(IDS.to_owned());
        all = all.note("a workflow without `id` is taken for a record that is not there: `xurrent:fetch` asks, and --live FILE plans by the answer");
    }
    Some(all)
}

const ROLES: &str = "the sender needs the role of Account Administrator or Directory Administrator in the account of the record";

/// The requests that move records to the archive.
pub fn archive(workflows: &[&Checked], _: Plan, _: &mut Diagnostics) -> Option<Requests> {
    let answer = "the answer is the record with `\"archived\": \"true\"`";
    Some(actions(
        "archive",
        "move record {id} to the archive",
        answer,
        workflows,
    ))
}

/// The requests that move records to the trash.
pub fn trash(workflows: &[&Checked], _: Plan, _: &mut Diagnostics) -> Option<Requests> {
    let answer = "the answer is the record with `\"trashed\": \"true\"`";
    Some(actions(
        "trash",
        "move record {id} to the trash",
        answer,
        workflows,
    ))
}

/// The requests that bring records back from either.
pub fn restore(workflows: &[&Checked], _: Plan, _: &mut Diagnostics) -> Option<Requests> {
    let answer = "the record is among the completed workflows again, and the answer shows it";
    let about = "bring record {id} back from the archive or the trash";
    Some(actions("restore", about, answer, workflows))
}

/// One request for each record that exists.
fn actions(action: &str, about: &str, answer: &str, workflows: &[&Checked]) -> Requests {
    let one = |checked: &&Checked| {
        let id = blocks::of::<Settings>(checked).id?.value;
        let path = format!("/workflows/{id}/{action}");
        let request = Request::without_body(Method::Post, path);
        let about = about.replace("{id}", &id.to_string());
        let about = format!("{about}: workflow `{}`", checked.identifier());
        Some(request.named(format!("{action}Workflow{id}"), about))
    };
    Requests {
        requests: workflows.iter().filter_map(one).collect(),
        notes: vec![ROLES.to_owned(), answer.to_owned()],
        ..Requests::of(NAME, API)
    }
}

/// The page says that collections have pages, and the product's pages on all resources how: at most
/// a hundred records each.
const PAGES: Pages = Pages {
    parameter: "page",
    first: 1,
    counts_pages: true,
    items: "",
    last: None,
    of_page: &[],
};

/// The collection with every field that an import reads, which it does not have by default. The page
/// allows no `note` among them.
pub fn fetch(_: &[&Checked], _: Plan, _: &mut Diagnostics) -> Option<Requests> {
    let fields = page::SHOWN.join(",");
    let path = format!("/workflows?fields={fields}&sort=id&per_page=100");
    let request = Request::reading(path, "xurrent.live.json".to_owned(), Some(PAGES));
    let mut requests = Requests::of(NAME, API);
    let name = ("records".to_owned(), "read the records".to_owned());
    requests.requests.push(request.named(name.0, name.1));
    requests.notes.push(format!(
        "add a filter to the path for fewer records, such as `&status=registered`; the fields are {}",
        page::FILTERS.join(", ")
    ));
    requests.afterwards.push(
        "compare it with the files: `statewright diff --live xurrent:workflows=xurrent.live.json`"
            .to_owned(),
    );
    requests.afterwards.push(
        "or make files of it: `statewright import --from xurrent:workflows xurrent.live.json --out DIR`"
            .to_owned(),
    );
    Some(requests)
}

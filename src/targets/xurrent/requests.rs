//! The requests that create records.

use super::{CREATE, NAME};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::requests::{
    Api, Authorization, Header, Method, Plan, Request, Requests, Variable,
};

/// The page shows paths alone. The rest is what the product's client libraries send.
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
            name: "X-4me-Account",
            value: "{account}",
        },
        Header {
            name: "Content-Type",
            value: "application/json",
        },
    ],
};

/// One request a record.
pub fn emit(workflows: &[&Checked], _: Plan, out: &mut Diagnostics) -> Option<Requests> {
    let create = |(index, checked): (usize, &&Checked)| {
        let body = CREATE.of_one(checked, out)?;
        let request = Request::new(Method::Post, "/workflows".to_owned(), body);
        let about = format!("create the record of workflow `{}`", checked.identifier());
        Some(request.named(format!("createWorkflow{}", index + 1), about))
    };
    let requests: Vec<Option<Request>> = workflows.iter().enumerate().map(create).collect();
    let requests: Option<Vec<Request>> = requests.into_iter().collect();
    Some(
        Requests {
            requests: requests?,
            ..Requests::of(NAME, API)
        }
        .note("sending a request twice creates two records"),
    )
}

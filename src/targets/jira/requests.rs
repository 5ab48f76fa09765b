//! The requests that create workflows.

use super::{CREATE, NAME};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::requests::{Api, Authorization, Header, Method, Request, Requests, Variable};

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

/// One request a workflow.
pub fn emit(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Requests> {
    let create = |(index, checked): (usize, &&Checked)| {
        let body = CREATE.of_one(checked, out)?;
        let path = "/rest/api/3/workflows/create".to_owned();
        let about = format!("create workflow `{}`", checked.identifier());
        let request = Request::new(Method::Post, path, body);
        Some(request.named(format!("createWorkflow{}", index + 1), about))
    };
    let requests: Vec<Option<Request>> = workflows.iter().enumerate().map(create).collect();
    let requests: Option<Vec<Request>> = requests.into_iter().collect();
    Some(Requests {
        target: NAME,
        api: API,
        requests: requests?,
        notes: vec![
            "the user name is an e-mail address and the password an API token, of an administrator"
                .to_owned(),
            "`jira:validate` asks the site first what it would refuse".to_owned(),
        ],
    })
}

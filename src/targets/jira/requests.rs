//! The requests that create workflows.

use super::NAME;
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::suggest;
use crate::targets;
use crate::targets::requests::{
    Api, Authorization, Header, Method, Plan, Request, Requests, Variable,
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

/// One request for the workflows of each scope.
pub fn emit(workflows: &[&Checked], _: Plan, out: &mut Diagnostics) -> Option<Requests> {
    let mut requests = Vec::new();
    for (index, (members, body)) in super::bodies(workflows, out)?.into_iter().enumerate() {
        let names: Vec<&str> = members.iter().map(|checked| checked.identifier()).collect();
        let what = if names.len() == 1 {
            "workflow"
        } else {
            "workflows"
        };
        let about = format!("create {what} {}", suggest::phrase_up_to(&names, 3));
        let path = "/rest/api/3/workflows/create".to_owned();
        let request = Request::new(Method::Post, path, targets::to_json(&body)?);
        requests.push(request.named(format!("createWorkflows{}", index + 1), about));
    }
    Some(
        Requests {
            requests,
            ..Requests::of(NAME, API)
        }
        .note(
            "the user name is an e-mail address and the password an API token, of an administrator",
        )
        .note("`jira:validate` asks the site first what it would refuse")
        .note("nothing uses a new workflow until a workflow scheme maps an issue type to it")
        .note("a status with an id keeps its description where the file has none"),
    )
}

//! The requests that put statuses in place: known ones get their names, new ones are created.

use super::{Status, statuses, wire};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::requests::{Api, Authorization, Header, Method, Request, Requests, Variable};
use crate::targets::{self};

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

/// Names first, so that a name that a status gives up is free for a new one.
pub fn emit(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Requests> {
    let statuses = statuses(workflows, out)?;
    let mut requests = Vec::with_capacity(statuses.len());
    for status in &statuses {
        requests.extend(rename(status));
    }
    let known = requests.len();
    for (index, status) in statuses.iter().filter(|s| s.id.is_none()).enumerate() {
        requests.push(create(index, status)?);
    }
    let mut notes = vec![PERMISSION.to_owned()];
    if known > 0 {
        notes.push(
            "the type of a status cannot change: the status has to be deleted and created again"
                .to_owned(),
        );
    }
    if known < requests.len() {
        notes.push(
            "write the ids of the answers as `ids`, or the same statuses are created again"
                .to_owned(),
        );
    }
    Some(Requests {
        target: super::NAME,
        api: API,
        requests,
        notes,
    })
}

/// Only the name of a status can be changed.
fn rename(status: &Status) -> Option<Request> {
    let id = status.id?;
    let body = targets::to_json(&wire::Name {
        name: status.name.to_owned(),
    })?;
    let request = Request::new(Method::Patch, format!("/workflowStatuses/{id}"), body);
    let about = format!("name status {id} `{}`", status.name);
    Some(request.named(format!("nameStatus{id}"), about))
}

fn create(index: usize, status: &Status) -> Option<Request> {
    let body = targets::to_json(&wire::NewStatus {
        name: status.name.to_owned(),
        group: status.group,
    })?;
    let request = Request::new(Method::Post, "/workflowStatuses".to_owned(), body);
    let about = format!("create status `{}`", status.name);
    Some(request.named(format!("createStatus{}", index + 1), about))
}

/// What there is is deleted; a state without a known id is no status yet.
pub fn emit_delete(workflows: &[&Checked], out: &mut Diagnostics) -> Option<Requests> {
    let statuses = statuses(workflows, out)?;
    let delete = |status: &Status| {
        let id = status.id?;
        let request = Request::without_body(Method::Delete, format!("/workflowStatuses/{id}"));
        let about = format!("delete status {id} `{}`", status.name);
        Some(request.named(format!("deleteStatus{id}"), about))
    };
    let requests = statuses.iter().filter_map(delete).collect();
    let notes = [
        PERMISSION,
        "the answer is 204 and empty; 403 with `api.error.workflow_status_used` where a task still has the status",
    ];
    Some(Requests {
        target: super::NAME,
        api: API,
        requests,
        notes: notes.map(str::to_owned).into(),
    })
}

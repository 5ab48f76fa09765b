//! Requests that read; the API has no operation that writes a workflow.

use super::NAME;
use super::Settings;
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::blocks;
use crate::targets::requests::{Api, Authorization, Header, Plan, Request, Requests, Variable};

const API: Api = Api {
    address: "https://api.bentley.com/issues",
    authorization: Authorization::Bearer,
    variables: &[Variable {
        name: "itwin",
        about: "the id of the iTwin or project",
        example: "78202ffd-272b-4207-a413-ac4b4d6ddd32",
    }],
    headers: &[Header {
        name: "Accept",
        value: "application/vnd.bentley.itwin-platform.v1+json",
    }],
};

/// Where people draw a workflow, by the page.
const DRAWN: &str = "the API has no request that writes a workflow: a project administrator draws it in the Bentley Form Manager, https://connect-formmanager.bentley.com/designer/#/ and the id of the iTwin";

/// The empty list, and why it is empty. What the workflow would lose is reported all the same.
pub fn emit(workflows: &[&Checked], _: Plan, out: &mut Diagnostics) -> Option<Requests> {
    for checked in workflows {
        super::WORKFLOW.emitted(&[checked], out)?;
    }
    Some(Requests::of(NAME, API).note(DRAWN))
}

/// One workflow for each issue type that a file names.
pub fn fetch(workflows: &[&Checked], _: Plan, _: &mut Diagnostics) -> Option<Requests> {
    let mut requests = Requests::of(NAME, API).note(
        "the token needs the scope `itwin-platform`; 404 with `WorkflowNotFound` says that nobody has drawn a workflow for the issue type",
    );
    for (index, checked) in workflows.iter().enumerate() {
        let (settings, of) = (blocks::of::<Settings>(checked), checked.identifier());
        let Some(kind) = &settings.issue_type else {
            let note = format!("workflow `{of}` has no `type`, by which it is asked for");
            requests.notes.push(note);
            continue;
        };
        let path = format!("/workflows/{}?iTwinId={{itwin}}", encoded(&kind.value));
        let keep = format!("itwin.{of}.live.json");
        let about = format!("read the workflow of issue type `{}`", kind.value);
        let request = Request::reading(path, keep.clone(), None);
        let name = format!("workflow{}", index + 1);
        let request = request.named(name, about).absent_as("WorkflowNotFound");
        requests.requests.push(request);
        requests.afterwards.push(format!(
            "compare it with its file: `statewright diff --live itwin={keep}`"
        ));
    }
    Some(requests)
}

/// Text as a part of a path (RFC 3986, §2.3).
fn encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(one).collect()
}

//! The requests that run a workflow: a case and parameters are created first, where the file has
//! no ids for them, and the run names the ids of the answers.

use serde_json::{Map, Value};

use super::{NAME, Settings, run_settings, wire};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::requests::{
    Api, Authorization, Header, Method, Plan, Request, Requests, Variable,
};
use crate::targets::{self, blocks};

/// The page shows paths and bodies alone; that a token goes with them is what the vendor's guide
/// to authorization says.
const API: Api = Api {
    address: "{address}",
    authorization: Authorization::Bearer,
    variables: &[Variable {
        name: "address",
        about: "the address of the API",
        example: "https://api.transactionlink.io",
    }],
    headers: &[Header {
        name: "Content-Type",
        value: "application/json",
    }],
};

/// What the answers that create something call its id, of which the page shows none: that to a case is
/// known to have `caseId`, that to a run has `id`.
fn ids(member: &str) -> Value {
    Value::from(vec![member, "id"])
}

/// For each workflow what is to be created, and the run.
pub fn emit(workflows: &[&Checked], _: Plan, out: &mut Diagnostics) -> Option<Requests> {
    let mut requests = Vec::new();
    let mut whole = true;
    for (index, checked) in workflows.iter().enumerate() {
        match of_workflow(index, checked, out) {
            Some(more) => requests.extend(more),
            None => whole = false,
        }
    }
    let creates = requests.iter().any(|r| !r.gives.is_empty());
    let note =
        "create a case for a new person only, and write its id as `case-id` for the next run";
    whole.then(|| Requests {
        requests,
        notes: creates.then(|| note.to_owned()).into_iter().collect(),
        ..Requests::of(NAME, API)
    })
}

fn of_workflow(index: usize, checked: &Checked, out: &mut Diagnostics) -> Option<Vec<Request>> {
    let Settings {
        definition,
        case_id,
        case,
        parameters_id,
        parameters,
        ..
    } = run_settings(checked, out);
    let definition = definition?.value;
    // Names and placeholders are told apart by a number from the second workflow on.
    let number = if index == 0 {
        String::new()
    } else {
        (index + 1).to_string()
    };
    let of = checked.identifier();
    let mut requests = Vec::new();
    let mut needs = Map::new();
    let case_id = match case_id {
        Some(id) => id.value.to_string(),
        None => {
            let body = targets::to_json(&case?.value)?;
            let request = Request::new(Method::Post, "/cases".to_owned(), body);
            let about = format!("create the case of workflow `{of}`");
            let request = request.named(format!("createCase{number}"), about);
            created(
                request,
                format!("caseId{number}"),
                "caseId",
                &mut needs,
                &mut requests,
            )
        }
    };
    let parameters_id = match (parameters_id, parameters) {
        (Some(id), _) => Some(id.value.to_string()),
        (None, None) => None,
        (None, Some(parameters)) => {
            let body = targets::to_json(&wire::Parameters {
                workflow_definition_id: definition.to_string(),
                parameters: parameters.value,
            })?;
            let request = Request::new(Method::Post, "/parameters".to_owned(), body);
            let about = format!("create the parameters of workflow `{of}`");
            let request = request.named(format!("createParameters{number}"), about);
            let placeholder = format!("parametersId{number}");
            Some(created(
                request,
                placeholder,
                "parametersId",
                &mut needs,
                &mut requests,
            ))
        }
    };
    let body = targets::to_json(&wire::Run {
        case_id,
        workflow_definition_id: definition.to_string(),
        parameters_id,
    })?;
    let run = Request::new(Method::Post, "/workflows/run".to_owned(), body);
    let mut run = run.named(
        format!("runWorkflow{number}"),
        format!("run workflow `{of}`"),
    );
    run.needs = needs;
    requests.push(run);
    Some(requests)
}

/// Adds a request that creates something, whose id is known by the answer. What stands for the id
/// until then.
fn created(
    mut request: Request,
    placeholder: String,
    member: &str,
    needs: &mut Map<String, Value>,
    requests: &mut Vec<Request>,
) -> String {
    let stands_for_it = format!("{{{placeholder}}}");
    needs.insert(member.to_owned(), Value::from(placeholder.clone()));
    request.gives.insert(placeholder, ids(member));
    requests.push(request);
    stands_for_it
}

/// Where the run of each workflow stands, and what it came to.
pub fn fetch(workflows: &[&Checked], _: Plan, _: &mut Diagnostics) -> Option<Requests> {
    let mut requests = Requests::of(NAME, API);
    for (index, checked) in workflows.iter().enumerate() {
        let of = checked.identifier();
        let Some(run) = blocks::of::<Settings>(checked).into_owned().run_id else {
            requests.notes.push(format!(
                "workflow `{of}` has no `run-id`, by which its run is asked for: the answer to the run tells it"
            ));
            continue;
        };
        let path = format!("/workflows/{}", run.value);
        for (what, path, ending) in [
            ("status", path.clone(), "live"),
            ("result", format!("{path}/result"), "result"),
        ] {
            let keep = format!("transactionlink.{of}.{ending}.json");
            let about = format!("read the {what} of the run of workflow `{of}`");
            let request = Request::reading(path, keep, None);
            let name = format!("{what}{}", index + 1);
            requests.requests.push(request.named(name, about));
        }
    }
    if !requests.requests.is_empty() {
        requests = requests
            .note("a run has a result once it has ended; until then, asking for it is refused");
    }
    Some(requests)
}

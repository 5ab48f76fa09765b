//! The requests that run a workflow: a case and parameters are created first, where the file has
//! no ids for them, and the run names the ids of the answers.

use serde_json::{Map, Value};

use super::{NAME, Settings, run_settings, wire};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets;
use crate::targets::requests::{
    Api, Authorization, Header, Method, Plan, Request, Requests, Variable,
};

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

/// The page does not show the answers that create something; the answer to a run calls its id so.
const ID: &str = "id";

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
    request.gives.insert(placeholder, Value::from(ID));
    requests.push(request);
    stands_for_it
}

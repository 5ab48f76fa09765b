//! The requests that run a workflow, where it does not run already: a case and parameters are created first, where the file has
//! no ids for them, and the run names the ids of the answers.

use serde_json::{Map, Value};

use super::{NAME, Settings, run_settings, wire, workflow};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;
use crate::targets::requests::{
    Api, Authorization, Header, Method, Plan, Request, Requests, Variable, Wanted,
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

/// What a run without a case is asked for with.
const TODAY: &[Header] = &[Header {
    name: "Accept",
    value: "application/json;version=2",
}];

/// What the answers that create something call its id, of which the page shows none: that to a case is
/// known to have `caseId`, that to a run has `id`.
fn ids(member: &str) -> Value {
    Value::from(vec![member, "id"])
}

/// For each workflow what is to be created, and the run, unless the one that is live is of it.
pub fn emit(workflows: &[&Checked], plan: Plan, out: &mut Diagnostics) -> Option<Requests> {
    let mut wanted = Wanted {
        is_partial: !plan.left.is_empty(),
        ..Wanted::default()
    };
    let mut steps = Vec::new();
    let mut whole = true;
    let runs = plan.live.map(runs).unwrap_or_default();
    for (index, checked) in workflows.iter().enumerate() {
        if plan.leaves(checked) {
            continue;
        }
        let run_id = blocks::of::<Settings>(checked).into_owned().run_id;
        let (id, of) = (
            run_id.as_ref().map(|id| id.value.as_str()),
            checked.identifier(),
        );
        let live = runs.iter().find(|run| id.is_some_and(|id| run.id == id));
        match (id, live) {
            (Some(id), None) if plan.live.is_some() => {
                wanted.leave(format!(
                    "workflow `{of}` is not planned: the answer does not have its run {id}"
                ));
                continue;
            }
            _ if plan.live.is_some() && !plan.differs(checked) => {
                let run = live.or(runs.first());
                wanted.notes.extend(run.map(|run| {
                    let Run { id, status } = run;
                    format!("the run of workflow `{of}` is there: {id}, with the status `{status}`")
                }));
                continue;
            }
            (Some(id), Some(_)) => steps.push(format!(
                "Look in the dashboard at run {id} of workflow `{of}`: no request changes or ends it"
            )),
            _ => {}
        }
        match of_workflow(index, checked, out) {
            Some(more) => wanted.requests.extend(more),
            None => whole = false,
        }
    }
    if wanted
        .requests
        .iter()
        .any(|r| r.gives.contains_key("caseId"))
    {
        wanted.notes.push(
            "create a case for a new person only, and write its id as `case-id` for the next run"
                .to_owned(),
        );
    }
    if !wanted.requests.is_empty() {
        wanted.notes.push(DRAWN.to_owned());
    }
    let sends = !wanted.requests.is_empty();
    let mut requests = Requests::of(NAME, API).wanted(wanted);
    requests.steps = steps;
    if sends {
        requests.afterwards.push(AFTERWARDS.to_owned());
    }
    whole.then(|| requests.or_nothing())
}

const DRAWN: &str = "the definition is drawn in the dashboard, and its parameters are set up there: no request does";

const AFTERWARDS: &str = "write the ids of the run and its case into the file: `statewright ids --live transactionlink:status=FILE`, where FILE is the answer to the run in `answers`";

/// A run that is live.
struct Run<'l> {
    id: &'l str,
    status: &'l str,
}

/// One answer for a run, or several.
fn runs(live: &Value) -> Vec<Run<'_>> {
    let all = live
        .as_array()
        .map_or(std::slice::from_ref(live), Vec::as_slice);
    fn run(run: &Value) -> Option<Run<'_>> {
        let status = run.get("status").and_then(Value::as_str);
        Some(Run {
            id: run.get("id")?.as_str()?,
            status: status.unwrap_or("unknown"),
        })
    }
    all.iter().filter_map(run).collect()
}

fn of_workflow(index: usize, checked: &Checked, out: &mut Diagnostics) -> Option<Vec<Request>> {
    let settings = run_settings(checked, out);
    // Names and placeholders are told apart by a number from the second workflow on.
    let number = if index == 0 {
        String::new()
    } else {
        (index + 1).to_string()
    };
    let of = checked.identifier();
    if settings.case_id.is_none() && settings.case.is_none() {
        let body = targets::to_json(&workflow(settings)?)?;
        let run = Request::new(Method::Post, "/workflows".to_owned(), body).for_once();
        let run = run.named(
            format!("runWorkflow{number}"),
            format!("run workflow `{of}`"),
        );
        return Some(vec![run.headed(TODAY)]);
    }
    let Settings {
        definition,
        case_id,
        case,
        parameters_id,
        parameters,
        ..
    } = settings;
    let definition = definition?.value;
    let mut requests = Vec::new();
    let mut needs = Map::new();
    let case_id = match case_id {
        Some(id) => id.value.to_string(),
        None => {
            let body = targets::to_json(&case?.value)?;
            let request = Request::new(Method::Post, "/cases".to_owned(), body).for_once();
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
            let request = Request::new(Method::Post, "/parameters".to_owned(), body).for_once();
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
    let run = Request::new(Method::Post, "/workflows/run".to_owned(), body).for_once();
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

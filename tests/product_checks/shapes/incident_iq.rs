//! Incident IQ, *Workflows API*.

use super::{Fact, Shape};

const FILE: &str = "
workflow: repair
name: Hardware Repair
start: New
states:
  New: { category: open }
  Waiting for Parts: { category: waiting }
  Resolved: { category: closed }
  Closed: { category: closed, final: true }
transitions:
  - { name: Order, from: New, to: Waiting for Parts }
  - { name: Arrived, from: Waiting for Parts, to: New }
  - { name: Resolve, from: New, to: Resolved }
  - { name: Reopen, from: Resolved, to: New }
  - { name: Confirm, from: Resolved, to: Closed }
targets:
  incident-iq:
    workflow-id: 11111111-2222-4333-8444-555555555555
    step-ids:
      New: 00000000-0000-4000-8000-000000000001
      Waiting for Parts: 00000000-0000-4000-8000-000000000002
      Resolved: 00000000-0000-4000-8000-000000000003
      Closed: 00000000-0000-4000-8000-000000000004
";

#[rustfmt::skip] // one row a fact
const WORKFLOW: &[Fact] = &[
    ("/WorkflowId", r#""11111111-2222-4333-8444-555555555555""#, "the id in the address of the workflow (the vendor's description)"),
    ("/Name", r#""Hardware Repair""#, "a workflow is a complete process definition with a name"),
    ("/InitialStepId", r#""00000000-0000-4000-8000-000000000001""#, "the vendor's description: one initial step"),
];

#[rustfmt::skip] // one row a fact
const STEPS: &[Fact] = &[
    ("/0/StepId", r#""00000000-0000-4000-8000-000000000001""#, "each step includes StepId"),
    ("/0/Name", r#""New""#, "each step includes Name"),
    ("/0/StatusType", r#""Open""#, "each step includes StatusType: Open, Waiting or Closed"),
    ("/0/AllowedTransitions/0", r#""00000000-0000-4000-8000-000000000002""#, "each step includes AllowedTransitions (that these are StepIds is a reading)"),
    ("/0/AllowedTransitions/1", r#""00000000-0000-4000-8000-000000000003""#, "each step includes AllowedTransitions (that these are StepIds is a reading)"),
    ("/1/StepId", r#""00000000-0000-4000-8000-000000000002""#, "each step includes StepId"),
    ("/1/Name", r#""Waiting for Parts""#, "each step includes Name"),
    ("/1/StatusType", r#""Waiting""#, "each step includes StatusType: Open, Waiting or Closed"),
    ("/1/AllowedTransitions/0", r#""00000000-0000-4000-8000-000000000001""#, "each step includes AllowedTransitions (that these are StepIds is a reading)"),
    ("/2/StepId", r#""00000000-0000-4000-8000-000000000003""#, "each step includes StepId"),
    ("/2/Name", r#""Resolved""#, "each step includes Name"),
    ("/2/StatusType", r#""Closed""#, "each step includes StatusType: Open, Waiting or Closed"),
    ("/2/AllowedTransitions/0", r#""00000000-0000-4000-8000-000000000001""#, "each step includes AllowedTransitions (that these are StepIds is a reading)"),
    ("/2/AllowedTransitions/1", r#""00000000-0000-4000-8000-000000000004""#, "each step includes AllowedTransitions (that these are StepIds is a reading)"),
    ("/3/StepId", r#""00000000-0000-4000-8000-000000000004""#, "each step includes StepId"),
    ("/3/Name", r#""Closed""#, "each step includes Name"),
    ("/3/StatusType", r#""Closed""#, "each step includes StatusType: Open, Waiting or Closed"),
    ("/3/AllowedTransitions", "[]", "each step includes AllowedTransitions (that these are StepIds is a reading)"),
];

#[rustfmt::skip] // one row a fact
pub const SHAPES: &[Shape] = &[
    Shape { document: "incident-iq:steps", of: "GET /workflows/{workflowId}/steps", file: FILE, shared: &[("/Items", STEPS)], facts: &[] },
    Shape { document: "incident-iq:workflows", of: "GET /workflows", file: FILE, shared: &[("/Items/0", WORKFLOW), ("/Items/0/Steps", STEPS)], facts: &[] },
    Shape { document: "incident-iq:workflow", of: "GET /workflows/{workflowId}", file: FILE, shared: &[("/Item", WORKFLOW), ("/Item/Steps", STEPS)], facts: &[] },
    Shape { document: "incident-iq:tickets", of: "POST /tickets/{ticketId}/…", file: FILE, shared: &[], facts: &[
        ("/0/transition", r#""Order""#, "a valid move from one step to another"),
        ("/0/from", r#""New""#, "the step it leaves"),
        ("/0/to", r#""Waiting for Parts""#, "the step it enters"),
        ("/0/method", r#""POST""#, "POST"),
        ("/0/path", r#""/tickets/{ticketId}/stop""#, "/start, /stop, /resolve, /close (that stopping waits is a reading)"),
        ("/1/transition", r#""Arrived""#, "a valid move from one step to another"),
        ("/1/from", r#""Waiting for Parts""#, "the step it leaves"),
        ("/1/to", r#""New""#, "the step it enters"),
        ("/1/method", r#""POST""#, "POST"),
        ("/1/path", r#""/tickets/{ticketId}/start""#, "/start, /stop, /resolve, /close"),
        ("/2/transition", r#""Resolve""#, "a valid move from one step to another"),
        ("/2/from", r#""New""#, "the step it leaves"),
        ("/2/to", r#""Resolved""#, "the step it enters"),
        ("/2/method", r#""POST""#, "POST"),
        ("/2/path", r#""/tickets/{ticketId}/resolve""#, "/start, /stop, /resolve, /close"),
        ("/3/transition", r#""Reopen""#, "a valid move from one step to another"),
        ("/3/from", r#""Resolved""#, "the step it leaves"),
        ("/3/to", r#""New""#, "the step it enters"),
        ("/3/method", r#""POST""#, "POST"),
        ("/3/path", r#""/tickets/{ticketId}/start""#, "/start, /stop, /resolve, /close"),
        ("/4/transition", r#""Confirm""#, "a valid move from one step to another"),
        ("/4/from", r#""Resolved""#, "the step it leaves"),
        ("/4/to", r#""Closed""#, "the step it enters"),
        ("/4/method", r#""POST""#, "POST"),
        ("/4/path", r#""/tickets/{ticketId}/close""#, "/start, /stop, /resolve, /close"),
    ] },
    Shape { document: "incident-iq:requests", of: "no request", file: FILE, shared: &[("", REQUESTS)], facts: &[
        ("/requests", "[]", "no request writes a workflow"),
        ("/notes/0", r#""the API's page has no request that writes a workflow: configure it on the site""#, "what to do instead"),
    ] },
    Shape { document: "incident-iq:fetch", of: "GET /workflows, GET /workflows/{workflowId}/steps", file: FILE, shared: &[("", REQUESTS)], facts: &[
        ("/requests/0/name", r#""workflows""#, "a name of its own"),
        ("/requests/0/about", r#""read the list of workflows, which tells their ids""#, "for people"),
        ("/requests/0/method", r#""GET""#, "list workflows"),
        ("/requests/0/path", r#""/workflows""#, "list workflows"),
        ("/requests/0/keep", r#""incident-iq.workflows.json""#, "where the answer is kept"),
        ("/requests/1/name", r#""steps1""#, "a name of its own"),
        ("/requests/1/about", r#""read the steps of workflow `repair`""#, "for people"),
        ("/requests/1/method", r#""GET""#, "the steps of a workflow"),
        ("/requests/1/path", r#""/workflows/11111111-2222-4333-8444-555555555555/steps""#, "/workflows/{workflowId}/steps"),
        ("/requests/1/keep", r#""incident-iq.repair.live.json""#, "where the answer is kept"),
        ("/notes", "[]", "all is known"),
        ("/afterwards/0", r#""compare them with their file: `statewright diff --live incident-iq:steps=incident-iq.repair.live.json`""#, "what the answer is for"),
    ] },
];

/// What all requests have in common.
#[rustfmt::skip] // one row a fact
const REQUESTS: &[Fact] = &[
    ("/target", r#""incident-iq""#, "the name here"),
    ("/address", r#""{address}/api/v1.0""#, "the page's address"),
    ("/authorization", r#""bearer""#, "Authorization: Bearer"),
    ("/variables/0/name", r#""address""#, "a name"),
    ("/variables/0/about", r#""the address of the site""#, "for people"),
    ("/variables/0/example", r#""https://your-site.incidentiq.com""#, "such as the page has"),
    ("/variables/1/name", r#""site""#, "a name"),
    ("/variables/1/about", r#""the id of the site""#, "for people"),
    ("/variables/1/example", r#""3b2d8a4f-579f-4e2e-a51c-f859e532fe8c""#, "YOUR_SITE_ID on the page; that ids are UUIDs: the vendor's description"),
    ("/headers/0/name", r#""SiteId""#, "a name"),
    ("/headers/0/value", r#""{site}""#, "SiteId: YOUR_SITE_ID"),
    ("/headers/1/name", r#""Client""#, "a name"),
    ("/headers/1/value", r#""ApiClient""#, "Client: ApiClient"),
];

//! TransactionLink, *Running workflow*; what is newer than that page says so.

use super::{Fact, Shape};

const FILE: &str = "
workflow: company-check
start: Running
states:
  Running: { category: open }
  Completed: { category: closed }
transitions:
  - { name: Complete, from: Running, to: Completed }
targets:
  transactionlink:
    workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c
    case-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c
    parameters-id: 4b6ffcb6-ab6d-44b9-b5ab-4b5147b0b302
    run-id: 63131229-edc5-49d0-888b-7724e65d7d2d
    locale: en
    record-id: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed
    expires-at: 2026-03-14T09:14:13Z
    case: { firstName: Ada, lastName: L, personalNumber: '1', email: ada@example.org, companyName: A, companyNumber: '2', companyAddress: London }
    parameters: { param0: 0, param3: text }
";

#[rustfmt::skip] // one row a fact
pub const SHAPES: &[Shape] = &[
    Shape { document: "transactionlink:run", of: "POST /workflows/run", file: FILE, shared: &[], facts: &[
        ("/caseId", r#""3b2d8a4f-579f-4e2e-a51c-f859e532fe8c""#, "caseId: uuid, required"),
        ("/workflowDefinitionId", r#""3b2d8a4f-579f-4e2e-a51c-f859e532fe8c""#, "workflowDefinitionId: required"),
        ("/parametersId", r#""4b6ffcb6-ab6d-44b9-b5ab-4b5147b0b302""#, "parametersId: optional"),
    ] },
    Shape { document: "transactionlink:case", of: "POST /cases", file: FILE, shared: &[], facts: &[
        ("/firstName", r#""Ada""#, "firstName: optional"),
        ("/lastName", r#""L""#, "lastName: optional"),
        ("/personalNumber", r#""1""#, "personalNumber: optional"),
        ("/email", r#""ada@example.org""#, "email: optional"),
        ("/companyName", r#""A""#, "companyName: optional"),
        ("/companyNumber", r#""2""#, "companyNumber: optional"),
        ("/companyAddress", r#""London""#, "companyAddress: optional"),
    ] },
    Shape { document: "transactionlink:parameters", of: "POST /parameters", file: FILE, shared: &[], facts: &[
        ("/workflowDefinitionId", r#""3b2d8a4f-579f-4e2e-a51c-f859e532fe8c""#, "a set of parameters for given workflow definition"),
        ("/parameters/param0", "0", "any value (the vendor's guide)"),
        ("/parameters/param3", r#""text""#, "any value (the vendor's guide)"),
    ] },
    Shape { document: "transactionlink:status", of: "GET /workflows/{workflowId}", file: FILE, shared: &[], facts: &[
        ("/id", r#""63131229-edc5-49d0-888b-7724e65d7d2d""#, "id of the workflow: uuid, required"),
        ("/caseId", r#""3b2d8a4f-579f-4e2e-a51c-f859e532fe8c""#, "id of the case: required"),
        ("/status", r#""RUNNING""#, "status of the workflow: required; the list is blank"),
    ] },
    Shape { document: "transactionlink:workflow", of: "POST /workflows", file: FILE, shared: &[], facts: &[
        ("/workflowDefinitionId", r#""3b2d8a4f-579f-4e2e-a51c-f859e532fe8c""#, "required (newer)"),
        ("/locale", r#""en""#, "required (newer)"),
        ("/parameters/param0", "0", "parameters: required, an object (newer)"),
        ("/parameters/param3", r#""text""#, "parameters: required, an object (newer)"),
        ("/recordId", r#""1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed""#, "optional (newer)"),
        ("/expiresAt", r#""2026-03-14T09:14:13Z""#, "optional (newer)"),
    ] },
    Shape { document: "transactionlink:token", of: "POST /auth/authorize", file: FILE, shared: &[], facts: &[
        ("/key", r#""{key}""#, "key and secret (newer)"),
        ("/secret", r#""{secret}""#, "key and secret (newer)"),
    ] },
    Shape { document: "transactionlink:requests", of: "POST /workflows/run", file: FILE, shared: &[("", REQUESTS)], facts: &[
        ("/requests/0/name", r#""runWorkflow""#, "a name"),
        ("/requests/0/about", r#""run workflow `company-check`""#, "for people"),
        ("/requests/0/method", r#""POST""#, "the method"),
        ("/requests/0/path", r#""/workflows/run""#, "the path"),
        ("/requests/0/body/caseId", r#""3b2d8a4f-579f-4e2e-a51c-f859e532fe8c""#, "the run's case"),
        ("/requests/0/body/workflowDefinitionId", r#""3b2d8a4f-579f-4e2e-a51c-f859e532fe8c""#, "the run's definition"),
        ("/requests/0/body/parametersId", r#""4b6ffcb6-ab6d-44b9-b5ab-4b5147b0b302""#, "the run's parameters"),
        ("/notes/0", r#""the definition is drawn in the dashboard, and its parameters are set up there: no request does""#, "Configuration of this should be done from the dashboard; no request writes a definition"),
        ("/afterwards/0", r#""write the ids of the run and its case into the file: `statewright ids --live transactionlink:status=FILE`, where FILE is the answer to the run in `answers`""#, "the answer has the id of the workflow and of the case"),
    ] },
    Shape { document: "transactionlink:fetch", of: "GET /workflows/{workflowId}", file: FILE, shared: &[("", REQUESTS)], facts: &[
        ("/requests/0/name", r#""status1""#, "a name of its own"),
        ("/requests/0/about", r#""read the status of the run of workflow `company-check`""#, "for people"),
        ("/requests/0/method", r#""GET""#, "Check Workflow Status"),
        ("/requests/0/path", r#""/workflows/63131229-edc5-49d0-888b-7724e65d7d2d""#, "/workflows/{workflowId}"),
        ("/requests/0/keep", r#""transactionlink.company-check.live.json""#, "where the answer is kept"),
        ("/requests/1/name", r#""result1""#, "a name of its own"),
        ("/requests/1/about", r#""read the result of the run of workflow `company-check`""#, "for people"),
        ("/requests/1/method", r#""GET""#, "Get Workflow Result"),
        ("/requests/1/path", r#""/workflows/63131229-edc5-49d0-888b-7724e65d7d2d/result""#, "the result of the process (the path: the vendor's description)"),
        ("/requests/1/keep", r#""transactionlink.company-check.result.json""#, "where the answer is kept"),
        ("/notes/0", r#""a run has a result once it has ended; until then, asking for it is refused""#, "the result will only be available upon completion"),
    ] },
];

/// What all requests have in common.
#[rustfmt::skip] // one row a fact
const REQUESTS: &[Fact] = &[
    ("/target", r#""transactionlink""#, "the name here"),
    ("/address", r#""{address}""#, "not on the page, which has paths alone"),
    ("/authorization", r#""bearer""#, "not on the page: the vendor's guide to authorization"),
    ("/variables/0/name", r#""address""#, "a name"),
    ("/variables/0/about", r#""the address of the API""#, "for people"),
    ("/variables/0/example", r#""https://api.transactionlink.io""#, "not on the page: the vendor's guide"),
    ("/headers/0/name", r#""Content-Type""#, "a name"),
    ("/headers/0/value", r#""application/json""#, "bodies and answers are application/json"),
];

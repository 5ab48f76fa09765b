//! actiTIME, *Workflow Statuses Resource*.

use super::{Fact, Shape};

/// Two statuses of the page's examples, one of them known, and one that is still to be created.
const FILE: &str = "
workflow: tasks
start: New
states:
  New: { category: open }
  Reviewed: { category: open }
  new status: { category: closed }
transitions:
  - { from: New, to: Reviewed }
  - { from: Reviewed, to: new status }
targets:
  actitime:
    ids: { New: 1, Reviewed: 5 }
    allowed-actions:
      New: { canModify: true, canDelete: false }
";

const PERMISSION: Fact = (
    "/notes/0",
    r#""the user needs the permission \"Manage System Settings\"""#,
    "Required Permissions of PATCH, POST and DELETE",
);

/// What every document of requests has.
#[rustfmt::skip] // one row a fact
const REQUESTS: &[Fact] = &[
    ("/target", r#""actitime""#, "the name here"),
    ("/address", r#""{address}/api/v1""#, "<actiTIME URL>/api/v1 in every example"),
    ("/authorization", r#""basic""#, "-u \"username:password\" in every example"),
    ("/variables/0/name", r#""address""#, "<actiTIME URL>"),
    ("/variables/0/about", r#""the address of the installation""#, "<actiTIME URL>"),
    ("/variables/0/example", r#""https://actitime.example.org""#, "<actiTIME URL>"),
    ("/headers/0/name", r#""accept""#, "-H \"accept: …\""),
    ("/headers/0/value", r#""application/json; charset=UTF-8""#, "the same header"),
    ("/headers/1/name", r#""Content-Type""#, "-H \"Content-Type: …\""),
    ("/headers/1/value", r#""application/json; charset=UTF-8""#, "the same header"),
];

#[rustfmt::skip] // one row a fact
pub const SHAPES: &[Shape] = &[
    Shape { document: "actitime:statuses", of: "GET /workflowStatuses", file: FILE, shared: &[], facts: &[
        ("/offset", "0", "offset: the first n are not shown; 0 in the example"),
        ("/limit", "1000", "limit: 1000 if not provided"),
        ("/items/0/id", "1", "id: unique workflow status identifier"),
        ("/items/0/name", r#""New""#, "name: workflow status name"),
        ("/items/0/type", r#""open""#, "type: open or completed"),
        ("/items/1/id", "5", "id"),
        ("/items/1/name", r#""Reviewed""#, "name"),
        ("/items/1/type", r#""open""#, "type"),
        ("/items/2/name", r#""new status""#, "name; an id is given by the server"),
        ("/items/2/type", r#""completed""#, "type"),
    ] },
    Shape { document: "actitime:status", of: "GET /workflowStatuses/{id}", file: FILE, shared: &[], facts: &[
        ("/0/id", "1", "the example's first status"),
        ("/0/name", r#""New""#, "its name"),
        ("/0/type", r#""open""#, "its type"),
        ("/0/allowedActions/canModify", "true", "allowedActions is also returned: whether the user can modify it"),
        ("/0/allowedActions/canDelete", "false", "and whether the user can delete it"),
        ("/1/id", "5", "the example of PATCH"),
        ("/1/name", r#""Reviewed""#, "its name"),
        ("/1/type", r#""open""#, "its type"),
    ] },
    Shape { document: "actitime:create", of: "POST /workflowStatuses", file: FILE, shared: &[], facts: &[
        ("/0/name", r#""new status""#, "name must be specified"),
        ("/0/type", r#""completed""#, "type must be specified"),
    ] },
    Shape { document: "actitime:update", of: "PATCH /workflowStatuses/{id}", file: FILE, shared: &[], facts: &[
        ("/0/name", r#""New""#, "only the name can be updated"),
        ("/1/name", r#""Reviewed""#, "only the name can be updated"),
    ] },
    Shape { document: "actitime:requests", of: "PATCH and POST", file: FILE, shared: &[("", REQUESTS)], facts: &[
        PERMISSION,
        ("/requests/0/name", r#""nameStatus1""#, "a name of its own"),
        ("/requests/0/about", r#""name status 1 `New`""#, "for people"),
        ("/requests/0/method", r#""PATCH""#, "PATCH/workflowStatuses/{id}"),
        ("/requests/0/path", r#""/workflowStatuses/1""#, "the id stands in the path"),
        ("/requests/0/body/name", r#""New""#, "only the name can be updated"),
        ("/requests/1/name", r#""nameStatus5""#, "a name of its own"),
        ("/requests/1/about", r#""name status 5 `Reviewed`""#, "for people"),
        ("/requests/1/method", r#""PATCH""#, "PATCH/workflowStatuses/{id}"),
        ("/requests/1/path", r#""/workflowStatuses/5""#, "the example's path"),
        ("/requests/1/body/name", r#""Reviewed""#, "the example's body"),
        ("/requests/2/name", r#""createStatus1""#, "a name of its own"),
        ("/requests/2/about", r#""create status `new status`""#, "for people"),
        ("/requests/2/method", r#""POST""#, "POST/workflowStatuses"),
        ("/requests/2/path", r#""/workflowStatuses""#, "no id yet"),
        ("/requests/2/body/name", r#""new status""#, "the example's body"),
        ("/requests/2/body/type", r#""completed""#, "the example's body"),
        ("/notes/1", r#""the type of a status cannot change: the status has to be deleted and created again""#, "only the name can be updated"),
        ("/notes/2", r#""a state without an id is taken for a status that is not there: `actitime:fetch` asks, and --live FILE plans by the answer""#, "GET/workflowStatuses tells what is there"),
        ("/afterwards/0", r#""fetch what is live, and write its ids into the files, so that a status keeps its tasks under another name: `statewright ids --live actitime=actitime.live.json`""#, "the answer of POST has the id"),
    ] },
    Shape { document: "actitime:delete", of: "DELETE /workflowStatuses/{id}", file: FILE, shared: &[("", REQUESTS)], facts: &[
        PERMISSION,
        ("/requests/0/name", r#""deleteStatus1""#, "a name of its own"),
        ("/requests/0/about", r#""delete status 1 `New`""#, "for people"),
        ("/requests/0/method", r#""DELETE""#, "DELETE/workflowStatuses/{id}, without a body"),
        ("/requests/0/path", r#""/workflowStatuses/1""#, "the id stands in the path"),
        ("/requests/1/name", r#""deleteStatus5""#, "a name of its own"),
        ("/requests/1/about", r#""delete status 5 `Reviewed`""#, "for people"),
        ("/requests/1/method", r#""DELETE""#, "DELETE/workflowStatuses/{id}, without a body"),
        ("/requests/1/path", r#""/workflowStatuses/5""#, "the id stands in the path"),
        ("/notes/1", r#""the answer is 204 and empty; 403 with `api.error.workflow_status_used` where a task still has the status""#, "the two answers of the page"),
    ] },
    Shape { document: "actitime:fetch", of: "GET /workflowStatuses", file: FILE, shared: &[("", REQUESTS)], facts: &[
        ("/requests/0/name", r#""statuses""#, "a name of its own"),
        ("/requests/0/about", r#""read the statuses""#, "for people"),
        ("/requests/0/method", r#""GET""#, "GET/workflowStatuses"),
        ("/requests/0/path", r#""/workflowStatuses?limit=1000""#, "limit: 1000 if not provided"),
        ("/requests/0/keep", r#""actitime.live.json""#, "a file here"),
        ("/requests/0/pages/parameter", r#""offset""#, "offset: the first n are not shown"),
        ("/requests/0/pages/first", "0", "none is left out"),
        ("/requests/0/pages/countsPages", "false", "offset counts statuses"),
        ("/requests/0/pages/items", r#""items""#, "the example's list"),
        ("/requests/0/pages/ofPage/0", r#""offset""#, "of one page"),
        ("/requests/0/pages/ofPage/1", r#""limit""#, "of one page"),
        ("/notes", "[]", "GET needs no permission"),
        ("/afterwards/0", r#""compare it with the files: `statewright diff --live actitime=actitime.live.json`""#, "for people"),
    ] },
];

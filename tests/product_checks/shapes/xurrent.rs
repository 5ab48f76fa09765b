//! Xurrent, *Workflows API*.

use super::{Fact, Shape};

/// The page's example of a single workflow.
const FILE: &str = "
workflow: install-new-rack
start: Registered
states:
  Registered: { category: open }
  Completed: { category: closed, final: true }
transitions:
  - { name: Complete, from: Registered, to: Completed }
targets:
  xurrent:
    id: 238
    record:
      subject: Install new rack
      category: standard
      justification: expansion
      workflow_type: infrastructure_change
      manager: { id: 77, name: Carla Cluster, account: { id: widget, name: Widget International } }
      service: { id: 26, name: Rack Space, provider: { id: 44, name: \"Widget Data Center, External IT\" } }
      template: { id: 37, subject: Non-standard infrastructure change }
      project: 9
      release: 10
      status: completed
      completion_reason: complete
      start_at: 2016-03-14T09:14:13Z
      source: 4me
      sourceID: '7'
      note: By noon
      prevent_request_completion: true
      custom_fields: [{ id: floor, value: 3 }]
      custom_fields_attachments: [{ key: plan.pdf }]
      note_attachments: [{ key: rack.jpg }]
";

/// The same, still to be created.
const NEW: &str = "
workflow: install-new-rack
start: Registered
states:
  Registered: { category: open }
  Completed: { category: closed, final: true }
transitions:
  - { name: Complete, from: Registered, to: Completed }
targets:
  xurrent:
    record:
      subject: Install new rack
      category: standard
      justification: expansion
      workflow_type: infrastructure_change
      manager: 77
      service: 26
      template: 37
    status: { Registered: registered }
";

const ROLES: Fact = (
    "/notes/0",
    r#""the sender needs the role of Account Administrator or Directory Administrator in the account of the record""#,
    "archive, trash and restore require one of the two roles",
);

/// What every document of requests has.
#[rustfmt::skip] // one row a fact
const REQUESTS: &[Fact] = &[
    ("/target", r#""xurrent""#, "the name here"),
    ("/address", r#""{address}/v1""#, "api.xurrent.com and regional hosts, version 1 (today)"),
    ("/authorization", r#""bearer""#, "Authorization: Bearer (today)"),
    ("/variables/0/name", r#""address""#, "each region has a host of its own"),
    ("/variables/0/about", r#""the address of the region's API""#, "the same"),
    ("/variables/0/example", r#""https://api.xurrent.com""#, "the same"),
    ("/variables/1/name", r#""account""#, "the account's id"),
    ("/variables/1/about", r#""the id of the account""#, "the same"),
    ("/variables/1/example", r#""widget""#, "the account of the examples"),
    ("/headers/0/name", r#""X-Xurrent-Account""#, "X-4me-Account before the product was renamed (today)"),
    ("/headers/0/value", r#""{account}""#, "the same header"),
    ("/headers/1/name", r#""Content-Type""#, "bodies are JSON"),
    ("/headers/1/value", r#""application/json""#, "bodies are JSON"),
];

/// The body that creates a record.
#[rustfmt::skip] // one row a fact
const CREATE: &[Fact] = &[
    ("/category", r#""standard""#, "category: required"),
    ("/service_id", "26", "service: required; in the input only the id (today)"),
    ("/manager_id", "77", "manager: the API user where absent"),
    ("/subject", r#""Install new rack""#, "subject: required, at most 255 characters"),
    ("/justification", r#""expansion""#, "justification: required"),
    ("/status", r#""registered""#, "status: optional, registered by default"),
    ("/workflow_type", r#""infrastructure_change""#, "workflow_type: required"),
    ("/template_id", "37", "template: required"),
];

/// The record in an answer, beside what only that answer has.
#[rustfmt::skip] // one row a fact
const RECORD: &[Fact] = &[
    ("/completion_reason", "null", "similar to a single workflow"),
    ("/completed_at", "null", "similar to a single workflow"),
    ("/created_at", "null", "similar to a single workflow"),
    ("/category", r#""standard""#, "similar to a single workflow"),
    ("/sourceID", "null", "similar to a single workflow"),
    ("/updated_at", "null", "similar to a single workflow"),
    ("/release", "null", "similar to a single workflow"),
    ("/project", "null", "similar to a single workflow"),
    ("/service/id", "26", "similar to a single workflow"),
    ("/manager/id", "77", "similar to a single workflow"),
    ("/subject", r#""Install new rack""#, "similar to a single workflow"),
    ("/start_at", "null", "similar to a single workflow"),
    ("/id", "null", "similar to a single workflow"),
    ("/justification", r#""expansion""#, "similar to a single workflow"),
    ("/impact", r#""none""#, "similar to a single workflow"),
    ("/status", r#""registered""#, "similar to a single workflow"),
    ("/source", "null", "similar to a single workflow"),
    ("/workflow_type", r#""infrastructure_change""#, "similar to a single workflow"),
    ("/completion_target_at", "null", "similar to a single workflow"),
    ("/template/id", "37", "similar to a single workflow"),
    ("/custom_fields", "null", "similar to a single workflow"),
];

#[rustfmt::skip] // one row a fact
pub const SHAPES: &[Shape] = &[
    Shape { document: "xurrent:create", of: "POST /workflows", file: NEW, shared: &[("", CREATE)], facts: &[] },
    Shape { document: "xurrent:update", of: "PATCH /workflows/:id", file: FILE, shared: &[], facts: &[
        ("/completion_reason", r#""complete""#, "completion_reason: optional"),
        ("/category", r#""standard""#, "category"),
        ("/sourceID", r#""7""#, "sourceID: optional, at most 128 characters"),
        ("/release_id", "10", "release: optional reference"),
        ("/project_id", "9", "project: optional reference"),
        ("/service_id", "26", "service: reference"),
        ("/manager_id", "77", "manager: reference"),
        ("/subject", r#""Install new rack""#, "subject"),
        ("/start_at", r#""2016-03-14T09:14:13Z""#, "start_at: optional datetime"),
        ("/justification", r#""expansion""#, "justification"),
        ("/source", r#""4me""#, "source: optional, at most 30 characters"),
        ("/workflow_type", r#""infrastructure_change""#, "workflow_type"),
        ("/template_id", "37", "template: reference"),
        ("/custom_fields/0/id", r#""floor""#, "custom_fields: optional, JSON"),
        ("/custom_fields/0/value", "3", "custom_fields: optional, JSON"),
        ("/custom_fields_attachments/0/key", r#""plan.pdf""#, "custom_fields_attachments: only written"),
        ("/note", r#""By noon""#, "note: optional, at most 64 KB"),
        ("/note_attachments/0/key", r#""rack.jpg""#, "note_attachments: only written"),
        ("/prevent_request_completion", "true", "newer than the page (today)"),
    ] },
    Shape { document: "xurrent:workflow", of: "GET /workflows/:id", file: FILE, shared: &[], facts: &[
        ("/completion_reason", r#""complete""#, "the example"),
        ("/completed_at", "null", "read only: set when it is completed"),
        ("/created_at", "null", "read only"),
        ("/category", r#""standard""#, "the example"),
        ("/sourceID", r#""7""#, "null in the example"),
        ("/updated_at", "null", "read only"),
        ("/release/id", "10", "a reference nests the id"),
        ("/project/id", "9", "a reference nests the id"),
        ("/service/id", "26", "the example"),
        ("/service/name", r#""Rack Space""#, "the example"),
        ("/service/provider/id", "44", "the example"),
        ("/service/provider/name", r#""Widget Data Center, External IT""#, "the example"),
        ("/manager/id", "77", "the example"),
        ("/manager/name", r#""Carla Cluster""#, "the example"),
        ("/manager/account/id", r#""widget""#, "the example"),
        ("/manager/account/name", r#""Widget International""#, "the example"),
        ("/subject", r#""Install new rack""#, "the example"),
        ("/start_at", r#""2016-03-14T09:14:13Z""#, "the example"),
        ("/id", "238", "the example"),
        ("/justification", r#""expansion""#, "the example"),
        ("/impact", r#""none""#, "read only, none by default"),
        ("/status", r#""completed""#, "the example"),
        ("/source", r#""4me""#, "the example"),
        ("/workflow_type", r#""infrastructure_change""#, "the example"),
        ("/completion_target_at", "null", "read only: of the last task"),
        ("/template/id", "37", "the example"),
        ("/template/subject", r#""Non-standard infrastructure change""#, "the example"),
        ("/custom_fields/0/id", r#""floor""#, "null in the example"),
        ("/custom_fields/0/value", "3", "null in the example"),
    ] },
    Shape { document: "xurrent:workflows", of: "GET /workflows", file: NEW, shared: &[], facts: &[
        ("/0/completed_at", "null", "Collection Fields"),
        ("/0/created_at", "null", "Collection Fields"),
        ("/0/category", r#""standard""#, "Collection Fields"),
        ("/0/sourceID", "null", "Collection Fields"),
        ("/0/updated_at", "null", "Collection Fields"),
        ("/0/service/id", "26", "Collection Fields"),
        ("/0/manager/id", "77", "Collection Fields"),
        ("/0/subject", r#""Install new rack""#, "Collection Fields"),
        ("/0/id", "null", "Collection Fields; the product gives it"),
        ("/0/impact", r#""none""#, "Collection Fields"),
        ("/0/status", r#""registered""#, "Collection Fields"),
        ("/0/completion_target_at", "null", "Collection Fields"),
    ] },
    Shape { document: "xurrent:archived", of: "POST /workflows/:id/archive", file: NEW, shared: &[("", RECORD)], facts: &[
        ("/archived", r#""true""#, "the answer: a text, not a boolean"),
    ] },
    Shape { document: "xurrent:trashed", of: "POST /workflows/:id/trash", file: NEW, shared: &[("", RECORD)], facts: &[
        ("/trashed", r#""true""#, "the answer: a text, not a boolean"),
    ] },
    Shape { document: "xurrent:requests", of: "POST /workflows", file: NEW, shared: &[("", REQUESTS), ("/requests/0/body", CREATE)], facts: &[
        ("/requests/0/name", r#""createWorkflow1""#, "a name of its own"),
        ("/requests/0/about", r#""create the record of workflow `install-new-rack`""#, "for people"),
        ("/requests/0/method", r#""POST""#, "Create a workflow"),
        ("/requests/0/path", r#""/workflows""#, "Create a workflow"),
        ("/notes/0", r#""a workflow without `id` is taken for a record that is not there: `xurrent:fetch` asks, and --live FILE plans by the answer""#, "POST creates"),
        ("/afterwards/0", r#""fetch what is live, and write its ids into the files, so that the records are updated from then on: `statewright ids --live xurrent:workflows=xurrent.live.json`""#, "the answer has all fields"),
    ] },
    Shape { document: "xurrent:archive", of: "POST /workflows/:id/archive", file: FILE, shared: &[("", REQUESTS)], facts: &[
        ROLES,
        ("/requests/0/name", r#""archiveWorkflow238""#, "a name of its own"),
        ("/requests/0/about", r#""move record 238 to the archive: workflow `install-new-rack`""#, "for people"),
        ("/requests/0/method", r#""POST""#, "Archive a workflow, without a body"),
        ("/requests/0/path", r#""/workflows/238/archive""#, "Archive a workflow"),
        ("/notes/1", r#""the answer is the record with `\"archived\": \"true\"`""#, "the answer"),
    ] },
    Shape { document: "xurrent:trash", of: "POST /workflows/:id/trash", file: FILE, shared: &[("", REQUESTS)], facts: &[
        ROLES,
        ("/requests/0/name", r#""trashWorkflow238""#, "a name of its own"),
        ("/requests/0/about", r#""move record 238 to the trash: workflow `install-new-rack`""#, "for people"),
        ("/requests/0/method", r#""POST""#, "Trash a workflow, without a body"),
        ("/requests/0/path", r#""/workflows/238/trash""#, "Trash a workflow"),
        ("/notes/1", r#""the answer is the record with `\"trashed\": \"true\"`""#, "the answer"),
    ] },
    Shape { document: "xurrent:restore", of: "POST /workflows/:id/restore", file: FILE, shared: &[("", REQUESTS)], facts: &[
        ROLES,
        ("/requests/0/name", r#""restoreWorkflow238""#, "a name of its own"),
        ("/requests/0/about", r#""bring record 238 back from the archive or the trash: workflow `install-new-rack`""#, "for people"),
        ("/requests/0/method", r#""POST""#, "Restore a workflow, without a body"),
        ("/requests/0/path", r#""/workflows/238/restore""#, "Restore a workflow"),
        ("/notes/1", r#""the record is among the completed workflows again, and the answer shows it""#, "back into the view of completed workflows"),
    ] },
    Shape { document: "xurrent:fetch", of: "GET /workflows", file: NEW, shared: &[("", REQUESTS)], facts: &[
        ("/requests/0/name", r#""records""#, "a name of its own"),
        ("/requests/0/about", r#""read the records""#, "for people"),
        ("/requests/0/method", r#""GET""#, "List workflows"),
        ("/requests/0/path", r#""/workflows?fields=completion_reason,completed_at,created_at,category,sourceID,updated_at,release,project,service,manager,subject,start_at,id,justification,impact,status,source,workflow_type,completion_target_at,template,custom_fields&sort=id&per_page=100""#, "?fields= for a different set of fields, but `note`; ?sort= takes `id`; pages of at most 100 (today)"),
        ("/requests/0/keep", r#""xurrent.live.json""#, "where the answer is kept"),
        ("/requests/0/pages/parameter", r#""page""#, "pagination is available; by page (today)"),
        ("/requests/0/pages/first", "1", "the first page (today)"),
        ("/requests/0/pages/countsPages", "true", "by page (today)"),
        ("/requests/0/pages/items", r#""""#, "the answer is a bare list"),
        ("/requests/0/pages/ofPage", "[]", "nothing stands beside the list"),
        ("/notes/0", r#""add a filter to the path for fewer records, such as `&status=registered`; the fields are id, source, sourceID, subject, manager, category, impact, status, completion_target_at, completed_at, service, created_at, updated_at, template, start_at, project, release""#, "Filtering is available for these fields"),
        ("/afterwards/0", r#""compare it with the files: `statewright diff --live xurrent:workflows=xurrent.live.json`""#, "what the answer is for"),
        ("/afterwards/1", r#""or make files of it: `statewright import --from xurrent:workflows xurrent.live.json --out DIR`""#, "what the answer is for"),
    ] },
];

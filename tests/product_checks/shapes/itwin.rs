//! iTwin Issues, *Get workflow*.

use super::{Fact, Shape};

const FILE: &str = "
workflow: other
start:
  - { to: Open, name: Create as Open }
  - { to: Closed, name: Create as Closed }
new-ticket: { editable: [subject] }
states:
  Open: { category: open, color: \"#ff0000\", editable: [subject] }
  Closed: { category: closed, color: \"#274e13\", editable: [] }
transitions:
  - { name: Close, from: Open, to: Closed, notes: required }
  - { name: Reopen, from: Closed, to: Open, notes: optional }
targets:
  itwin:
    id: e5Ue5Ue5U02hNz19awLcRh3pqLoNXpZDuR123456789
    type: Other
";

#[rustfmt::skip] // one row a fact
pub const SHAPES: &[Shape] = &[
    Shape { document: "itwin:workflow", of: "GET /issues/workflows/{type}", file: FILE, shared: &[], facts: &[
        ("/workflow/id", r#""e5Ue5Ue5U02hNz19awLcRh3pqLoNXpZDuR123456789""#, "Unique identifier for this workflow"),
        ("/workflow/startStates/0", r#""Open""#, "the names of the states for a newly created issue"),
        ("/workflow/startStates/1", r#""Closed""#, "the names of the states for a newly created issue"),
        ("/workflow/type", r#""Other""#, "the issue type it applies to"),
        ("/workflow/states/0/name", r#""Open""#, "unique in the workflow"),
        ("/workflow/states/0/color", r##""#ff0000""##, "a hexadecimal RGB color string"),
        ("/workflow/states/0/editableProperties/0", r#""subject""#, "the properties that can be edited in the state"),
        ("/workflow/states/0/stateCategory", r#""Open""#, "Closed, Open or Draft"),
        ("/workflow/states/1/name", r#""Closed""#, "unique in the workflow"),
        ("/workflow/states/1/color", r##""#274e13""##, "a hexadecimal RGB color string"),
        ("/workflow/states/1/editableProperties", "[]", "the properties that can be edited in the state"),
        ("/workflow/states/1/stateCategory", r#""Closed""#, "Closed, Open or Draft"),
        ("/workflow/transitions/0/displayName", r#""Close""#, "the text of the UI element that triggers it"),
        ("/workflow/transitions/0/start", r#""Open""#, "the name of the state where it begins"),
        ("/workflow/transitions/0/end", r#""Closed""#, "the name of the state where it ends"),
        ("/workflow/transitions/0/notes", r#""Required""#, "None, Optional or Required"),
        ("/workflow/transitions/1/displayName", r#""Reopen""#, "the text of the UI element that triggers it"),
        ("/workflow/transitions/1/start", r#""Closed""#, "the name of the state where it begins"),
        ("/workflow/transitions/1/end", r#""Open""#, "the name of the state where it ends"),
        ("/workflow/transitions/1/notes", r#""Optional""#, "None, Optional or Required"),
        ("/workflow/startingTransitions/0/displayName", r#""Create as Open""#, "the text of the UI element that triggers it"),
        ("/workflow/startingTransitions/0/end", r#""Open""#, "the name of the state where it ends"),
        ("/workflow/startingTransitions/0/notes", r#""None""#, "None, Optional or Required"),
        ("/workflow/startingTransitions/1/displayName", r#""Create as Closed""#, "the text of the UI element that triggers it"),
        ("/workflow/startingTransitions/1/end", r#""Closed""#, "the name of the state where it ends"),
        ("/workflow/startingTransitions/1/notes", r#""None""#, "None, Optional or Required"),
        ("/workflow/uninitializedState/editableProperties/0", r#""subject""#, "the properties that can be set on the first save"),
    ] },
    Shape { document: "itwin:requests", of: "no request", file: FILE, shared: &[("", REQUESTS)], facts: &[
        ("/requests", "[]", "no request writes a workflow"),
        ("/notes/0", r#""the API has no request that writes a workflow: a project administrator draws it in the Bentley Form Manager, https://connect-formmanager.bentley.com/designer/#/ and the id of the iTwin""#, "workflows are changed by project administrators through the Form Manager, at this address"),
    ] },
    Shape { document: "itwin:fetch", of: "get workflow", file: FILE, shared: &[("", REQUESTS)], facts: &[
        ("/requests/0/name", r#""workflow1""#, "a name of its own"),
        ("/requests/0/about", r#""read the workflow of issue type `Other`""#, "for people"),
        ("/requests/0/method", r#""GET""#, "retrieves the workflow"),
        ("/requests/0/path", r#""/workflows/Other?iTwinId={itwin}""#, "for the given issue type; iTwinId in the query (the path: the vendor's description)"),
        ("/requests/0/keep", r#""itwin.other.live.json""#, "where the answer is kept"),
        ("/requests/0/absentAs", r#""WorkflowNotFound""#, "404 with this code: no workflow is set, which is no error"),
        ("/notes/0", r#""the token needs the scope `itwin-platform`; 404 with `WorkflowNotFound` says that nobody has drawn a workflow for the issue type""#, "the scope, and the answer 404"),
        ("/afterwards/0", r#""compare it with its file: `statewright diff --live itwin=itwin.other.live.json`""#, "what the answer is for"),
    ] },
];

/// What all requests have in common.
#[rustfmt::skip] // one row a fact
const REQUESTS: &[Fact] = &[
    ("/target", r#""itwin""#, "the name here"),
    ("/address", r#""https://api.bentley.com/issues""#, "not on the page: the vendor's description"),
    ("/authorization", r#""bearer""#, "Authorization: Bearer"),
    ("/variables/0/name", r#""itwin""#, "a name"),
    ("/variables/0/about", r#""the id of the iTwin or project""#, "iTwinId: the iTwin or project"),
    ("/variables/0/example", r#""78202ffd-272b-4207-a413-ac4b4d6ddd32""#, "a GUID"),
    ("/headers/0/name", r#""Accept""#, "a header of the request"),
    ("/headers/0/value", r#""application/vnd.bentley.itwin-platform.v1+json""#, "setting Accept to this is recommended"),
];

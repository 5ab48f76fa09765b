//! Jira's own JSON in, a workflow file, and the same JSON out.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::compile::{self, Targets};
use crate::diagnostic::{Diagnostics, Levels};
use crate::import::{Imported, Input, Options, import};
use crate::source::{Source, SourceId, Syntax};
use crate::targets::Output;
use crate::targets::jira::TARGET;
use crate::targets::jira::read::called_by_name;

pub fn imported(document: &str, json: &Value, syntax: Syntax) -> Imported {
    let import_of = TARGET.import(document).expect("it can be imported");
    let source = Source::new(SourceId(0), "t.json", Syntax::Json, json.to_string());
    let options = Options {
        syntax,
        identifier: None,
        fallback: "test".to_owned(),
        levels: Levels::default(),
    };
    let input = Input {
        target: &TARGET,
        import: import_of,
    };
    import(&source, input, &options)
}

pub fn messages(imported: &Imported) -> Vec<&str> {
    let all = imported.diagnostics.iter();
    all.map(|d| d.message.as_str()).collect()
}

pub fn built(text: &str, syntax: Syntax, name: &str) -> Value {
    let document = TARGET.document(name).expect("a document");
    let output = Output {
        target: &TARGET,
        document,
    };
    let options = compile::Options {
        targets: Targets::Only(vec![output]),
        ..compile::Options::default()
    };
    let source = Source::new(SourceId(0), "t", syntax, text);
    let compilation = compile::compile(&source, &options);
    let checked = compilation.checked();
    let checked = checked.unwrap_or_else(|| panic!("{text}\n{:#?}", compilation.diagnostics));
    document
        .of_one(checked, &mut Diagnostics::new())
        .expect("a document")
}

const REFERENCES: [&str; 3] = ["10001", "10002", "10003"];

/// The answer that Atlassian's documentation shows, in the generation that writes `links`.
pub fn answer() -> Value {
    let [todo, doing, done] = REFERENCES;
    let scope = json!({"type": "GLOBAL"});
    let status = |name: &str, category: &str, id: &str| {
        json!({"description": "", "id": id, "name": name, "scope": scope,
            "statusCategory": category, "statusReference": id, "usages": []})
    };
    let used = |id: &str| json!({"deprecated": false, "properties": {}, "statusReference": id});
    let transition = |id: &str, name: &str, kind: &str, to: &str| {
        json!({"actions": [], "id": id, "links": [], "name": name, "properties": {},
            "toStatusReference": to, "triggers": [], "type": kind, "validators": []})
    };
    json!({
        "statuses": [
            status("To Do", "TODO", todo),
            status("In Progress", "IN_PROGRESS", doing),
            status("Done", "DONE", done)
        ],
        "workflows": [{
            "description": "",
            "id": "b9ff2384-d3b6-4d4e-9509-3ee19f607168",
            "isEditable": true,
            "name": "Software workflow 1",
            "scope": scope,
            "statuses": [used(todo), used(doing), used(done)],
            "transitions": [
                transition("31", "Done", "GLOBAL", done),
                transition("11", "To Do", "GLOBAL", todo),
                transition("21", "In Progress", "GLOBAL", doing),
                transition("1", "Create", "INITIAL", todo)
            ],
            "usages": [],
            "version": {"id": "f010ac1b-3dd3-43a3-aa66-0ee8a447f76e", "versionNumber": 0}
        }]
    })
}

#[test]
fn the_answer_of_the_documentation_is_a_short_file() {
    let imported = imported("workflows", &answer(), Syntax::Yaml);
    assert_eq!(messages(&imported), Vec::<&str>::new());
    let [file] = imported.files.as_slice() else {
        panic!("one file")
    };
    let expected = "\
# Imported from Jira Cloud: statewright import --from jira:workflows
workflow: software-workflow-1
name: Software workflow 1

start: To Do

states:
  To Do: { category: open }
  In Progress: { category: open }
  Done: { category: closed }

transitions:
  - { from: \"*\", to: To Do }
  - { from: \"*\", to: In Progress }
  - { from: \"*\", to: Done }

targets:
  jira:
    workflow-id: b9ff2384-d3b6-4d4e-9509-3ee19f607168
    status-ids:
      To Do: 10001
      In Progress: 10002
      Done: 10003
";
    assert_eq!(file.text, expected);
    assert_eq!(file.findings, (0, 0));
}

/// The documentation still shows the generation before.
#[test]
fn from_and_to_are_read_as_links() {
    let mut old = answer();
    for transition in old["workflows"][0]["transitions"]
        .as_array_mut()
        .expect("a list")
    {
        let fields = transition.as_object_mut().expect("an object");
        let to = fields.remove("toStatusReference");
        fields.remove("links");
        fields.insert("from".to_owned(), json!([]));
        fields.insert("to".to_owned(), json!({"statusReference": to}));
    }
    let text = |json: &Value| {
        let imported = imported("workflows", json, Syntax::Yaml);
        assert_eq!(messages(&imported), Vec::<&str>::new());
        imported.files[0].text.clone()
    };
    assert_eq!(text(&old), text(&answer()));
}

/// Some answers have both: what is empty says nothing, and `links` is the newer word.
#[test]
fn links_and_from_may_stand_side_by_side() {
    let with = |links: Value, from: Value, told: &[&str]| {
        let mut json = answer();
        let transition = &mut json["workflows"][0]["transitions"][2];
        transition["type"] = json!("DIRECTED");
        transition["links"] = links;
        transition["from"] = from;
        let imported = imported("workflows", &json, Syntax::Yaml);
        assert_eq!(messages(&imported), told);
        let lines = imported.files[0].text.lines();
        let lines: Vec<String> = lines
            .filter(|l| l.contains("to: In Progress"))
            .map(|l| l.trim().to_owned())
            .collect();
        lines.concat()
    };
    let links = |id: &str| json!([{"fromStatusReference": id}]);
    let from = |id: &str| json!([{"statusReference": id}]);
    let of_to_do = "- { from: To Do, to: In Progress }";
    assert_eq!(with(links("10001"), Value::Null, &[]), of_to_do);
    assert_eq!(with(json!([]), from("10001"), &[]), of_to_do);
    assert_eq!(with(links("10001"), json!([]), &[]), of_to_do);
    assert_eq!(with(links("10001"), from("10001"), &[]), of_to_do);
    let told = ["field `from` of transition `In Progress` will be left out"];
    assert_eq!(with(links("10001"), from("10003"), &told), of_to_do);
}

/// A search answers in pages, of which several can be read together; the names in a request mean
/// nothing outside of it.
#[test]
fn pages_and_bodies_are_read_as_they_come() {
    let page = |at: usize, is_last: bool, name: &str| {
        let mut json = answer();
        let mut workflows = json["workflows"].take();
        (workflows[0]["name"], workflows[0]["id"]) = (json!(name), Value::Null);
        json!({"statuses": json["statuses"], "values": workflows, "isLast": is_last, "startAt": at,
            "maxResults": 1, "total": 2, "self": "https://x"})
    };
    let pages = json!([page(0, false, "One"), page(1, true, "Two")]);
    let both = imported("search", &pages, Syntax::Yaml);
    assert_eq!(messages(&both), Vec::<&str>::new());
    let names: Vec<_> = both.files.iter().map(|f| f.identifier.as_str()).collect();
    assert_eq!(names, ["one", "two"]);
    let first = imported("search", &page(0, false, "One"), Syntax::Yaml);
    assert_eq!(messages(&first), ["the answer has 1 of 2 workflows"]);
    let mut body = answer();
    body.as_object_mut()
        .expect("fields")
        .insert("scope".to_owned(), json!({"type": "GLOBAL"}));
    body["workflows"] = body["workflows"][0].take();
    let payload = json!({"payload": body, "validationOptions": {"levels": ["ERROR"]}});
    let of_request = imported("validate", &payload, Syntax::Yaml);
    assert_eq!(of_request.files.len(), 1, "{:?}", messages(&of_request));
}

/// The answer with one value in place of another, and what importing it reports.
fn reported(path: &str, value: Value) -> Vec<String> {
    let mut json = answer();
    *json.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value;
    let imported = imported("workflows", &json, Syntax::Yaml);
    let all = imported.diagnostics.iter();
    all.map(|d| format!("{}: {}", d.code.name, d.message))
        .collect()
}

/// J1, J3, J4, J7 and J9 of JSON that Jira would not have answered: what is odd is left out, but for the
/// transition without which there is no workflow.
#[test]
fn what_jira_would_not_answer_is_reported() {
    let transition = |at: usize, field: &str| format!("/workflows/0/transitions/{at}/{field}");
    let of = "workflow `Software workflow 1`";
    for (path, value, expected) in [
        (
            transition(3, "type"),
            json!("GLOBAL"),
            format!("invalid-values: {of} has no transition of the type `INITIAL`"),
        ),
        (
            transition(1, "type"),
            json!("INITIAL"),
            format!("invalid-values: {of} has two transitions of the type `INITIAL`"),
        ),
        (
            transition(1, "type"),
            json!("DIRECTED"),
            "lossy-imports: transition `To Do` is `DIRECTED` and begins in no status".to_owned(),
        ),
        (
            transition(1, "links"),
            json!([{"fromStatusReference": "10002"}]),
            "lossy-imports: transition `To Do` is `GLOBAL` and begins in a status of its own"
                .to_owned(),
        ),
        (
            transition(1, "toStatusReference"),
            json!("10009"),
            "lossy-imports: transition `To Do` leads to `10009`, which is no status".to_owned(),
        ),
        (
            transition(3, "toStatusReference"),
            Value::Null,
            "invalid-values: transition `Create` is `INITIAL` and leads to no status".to_owned(),
        ),
        (
            transition(1, "id"),
            json!("21"),
            "lossy-imports: two transitions have the id `21`".to_owned(),
        ),
        (
            transition(1, "id"),
            json!("x"),
            "lossy-imports: `id` of transition `To Do` is not a number: `x`".to_owned(),
        ),
        (
            "/statuses/0/statusCategory".to_owned(),
            json!("NEW"),
            "lossy-imports: `statusCategory` of status `To Do` is `NEW`, which is not documented"
                .to_owned(),
        ),
        (
            "/statuses/0/statusReference".to_owned(),
            json!("10002"),
            "lossy-imports: two statuses have the `statusReference` `10002`".to_owned(),
        ),
    ] {
        let found = reported(&path, value);
        assert!(found.contains(&expected), "{found:#?} has no {expected}");
    }
}

/// J11 and J12, and what a workflow file has no words for.
#[test]
fn what_the_file_does_not_say_is_told() {
    let editable = reported("/workflows/0/isEditable", json!(false));
    let message = "lossy-imports: workflow `Software workflow 1` cannot be edited in Jira";
    assert_eq!(editable, [message]);
    let looped = reported("/workflows/0/transitions/1/toStatusReference", Value::Null);
    let message = "lossy-imports: transition `To Do` leads from every status to itself, and will \
                   be left out";
    assert!(looped.contains(&message.to_owned()), "{looped:#?}");
    // A rule of another form than those of Jira.
    let rules = json!([{"ruleKey": "system:update-field", "parameters": {}, "more": 1}]);
    let rules = reported("/workflows/0/transitions/0/actions", rules);
    let message = "lossy-imports: field `actions` of transition `Done` will be left out";
    assert_eq!(rules, [message]);
    let property = json!({"jira.permission.comment": 7});
    let property = reported("/workflows/0/statuses/1/properties", property);
    let message =
        "lossy-imports: field `jira.permission.comment` of status `In Progress` will be left out";
    assert_eq!(property, [message]);
}

/// What is written beside names: descriptions, ids of more digits than a number has, ids that are
/// none.
#[test]
fn descriptions_and_odd_ids_are_kept() {
    let mut json = answer();
    json["workflows"][0]["description"] = json!("For laptops");
    json["statuses"][0]["description"] = json!("Not begun");
    let odd = "18446744073709551616";
    json["statuses"][1]["id"] = json!(odd);
    json["statuses"][1]["statusReference"] = json!(odd);
    json["workflows"][0]["statuses"][1]["statusReference"] = json!(odd);
    json["workflows"][0]["transitions"][2]["toStatusReference"] = json!(odd);
    for syntax in [Syntax::Yaml, Syntax::Toml] {
        let imported = imported("workflows", &json, syntax);
        assert_eq!(messages(&imported), Vec::<&str>::new());
        let again = built(&imported.files[0].text, syntax, "create");
        assert_eq!(again["workflows"][0]["description"], "For laptops");
        assert_eq!(again["statuses"][0]["description"], "Not begun");
        assert_eq!(again["statuses"][1]["id"], "18446744073709551616");
    }
}

/// Two buttons of one status, both shown everywhere: it has still no way out, and so is final.
#[test]
fn two_ways_from_everywhere_to_one_status_are_no_way_out_of_it() {
    let mut json = answer();
    let transitions = json["workflows"][0]["transitions"]
        .as_array_mut()
        .expect("a list");
    transitions.retain(|t| t["id"] != "11" && t["id"] != "21");
    let mut second = transitions[0].clone();
    (second["id"], second["name"]) = (json!("41"), json!("Give up"));
    let mut start = transitions[0].clone();
    (start["id"], start["name"], start["type"]) = (json!("51"), json!("Start"), json!("DIRECTED"));
    start["toStatusReference"] = json!("10002");
    start["links"] = json!([{"fromStatusReference": "10001"}]);
    transitions.extend([second, start]);
    let imported = imported("workflows", &json, Syntax::Yaml);
    let text = &imported.files[0].text;
    assert!(
        text.contains("Done: { category: closed, final: true }"),
        "{text}"
    );
}

/// Each workflow of an answer is a file of its own, with the ids of its statuses.
#[test]
fn several_workflows_are_several_files() {
    let mut json = answer();
    let mut second = json["workflows"][0].clone();
    second["name"] = json!("Another");
    json["workflows"]
        .as_array_mut()
        .expect("a list")
        .push(second);
    let imported = imported("workflows", &json, Syntax::Toml);
    let names: Vec<_> = imported
        .files
        .iter()
        .map(|f| f.identifier.as_str())
        .collect();
    assert_eq!(names, ["software-workflow-1", "another"]);
}

/// A request for a workflow of some statuses: its transitions are named by where they lead, so
/// that no name is ambiguous, and every status has a way in.
fn request() -> impl Strategy<Value = Value> {
    let kinds = prop::collection::vec((0..3usize, any::<bool>(), any::<bool>()), 2..7);
    let project = prop::option::of(1..99_999u32);
    (kinds, project, "[A-Z][a-z]{0,9}").prop_flat_map(|(kinds, project, title)| {
        let count = kinds.len();
        let froms = prop::collection::vec(prop::sample::subsequence((0..count).collect::<Vec<_>>(), 1..=count), count);
        let globals = prop::collection::vec(any::<bool>(), count);
        (Just((kinds, project, title)), froms, globals).prop_map(|((kinds, project, title), froms, globals)| {
            let reference = |at: usize| uuid::Uuid::from_u128(at as u128 + 7).to_string();
            let category = |at: usize| ["TODO", "IN_PROGRESS", "DONE"][kinds[at].0];
            let statuses: Vec<Value> = kinds.iter().enumerate().map(|(at, (_, known, _))| {
                let mut status = json!({"name": format!("Status {at}"), "description": "", "statusCategory": category(at), "statusReference": reference(at)});
                if *known {
                    status["id"] = json!((10_000 + at).to_string());
                }
                status
            }).collect();
            let uses: Vec<Value> = kinds.iter().enumerate().map(|(at, (_, _, frozen))| {
                let properties = if *frozen { json!({"jira.issue.editable": "false"}) } else { json!({}) };
                json!({"statusReference": reference(at), "properties": properties})
            }).collect();
            let transition = |at: usize, name: String, kind: &str, to: usize, links: Vec<Value>| {
                json!({"id": (at * 10 + 1).to_string(), "name": name, "type": kind, "toStatusReference": reference(to),
                    "links": links, "properties": {}, "actions": [], "validators": [], "triggers": []})
            };
            let mut transitions = vec![transition(0, "Create".to_owned(), "INITIAL", 0, Vec::new())];
            for (to, from) in froms.iter().enumerate() {
                // Each status is led to from the one before it, so that all of them are reached.
                let mut from: Vec<usize> = from.iter().copied().filter(|from| *from != to).collect();
                if to > 0 && !from.contains(&(to - 1)) {
                    from.push(to - 1);
                    from.sort_unstable();
                }
                let links: Vec<Value> = from.iter().map(|from| json!({"fromStatusReference": reference(*from)})).collect();
                let at = transitions.len();
                match (globals[to], links.is_empty()) {
                    (true, _) => transitions.push(transition(at, format!("Go {to}"), "GLOBAL", to, Vec::new())),
                    (false, false) => transitions.push(transition(at, format!("Go {to}"), "DIRECTED", to, links)),
                    (false, true) => {}
                }
            }
            let scope = match project {
                Some(id) => json!({"type": "PROJECT", "project": {"id": id.to_string()}}),
                None => json!({"type": "GLOBAL"}),
            };
            json!({"scope": scope, "statuses": statuses, "workflows": [
                {"name": title, "description": "", "statuses": uses, "transitions": transitions}]})
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_request_is_kept(json in request()) {
        for syntax in [Syntax::Yaml, Syntax::Toml] {
            let imported = imported("create", &json, syntax);
            prop_assert_eq!(messages(&imported), Vec::<&str>::new());
            let again = built(&imported.files[0].text, syntax, "create");
            let (mut again, mut json) = (again, json.clone());
            [&mut again, &mut json].into_iter().for_each(called_by_name);
            prop_assert_eq!(&again, &json, "{}", imported.files[0].text);
            prop_assert!(!imported.files[0].text.contains("status-references"));
        }
    }
}

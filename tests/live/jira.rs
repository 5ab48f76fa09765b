//! What Jira answers and no workflow of the tests' own server has, read and planned.

use serde_json::{Value, json};

use crate::common::folder::Folder;

fn transition(id: &str, name: &str, kind: &str, froms: &[&str], to: &str) -> Value {
    let links = froms.iter();
    let links =
        links.map(|from| json!({"fromStatusReference": from, "fromPort": null, "toPort": null}));
    json!({
        "id": id, "name": name, "description": "", "type": kind, "links": links.collect::<Vec<_>>(),
        "toStatusReference": to, "properties": {}, "actions": [], "validators": [], "triggers": [],
        "conditions": null, "transitionScreen": null, "customIssueEventId": null,
    })
}

/// A search with one workflow of three statuses and these transitions after the first.
fn answer(transitions: &[Value]) -> Value {
    let status = |id: &str, name: &str, category: &str| {
        json!({
            "description": "", "id": id, "name": name, "scope": {"type": "GLOBAL"},
            "statusCategory": category, "statusReference": id, "usages": [],
        })
    };
    let used = |id: &str| json!({"statusReference": id, "properties": {}, "deprecated": false});
    let create = transition("1", "Create", "INITIAL", &[], "10001");
    let all: Vec<Value> = std::iter::once(create)
        .chain(transitions.iter().cloned())
        .collect();
    json!({
        "isLast": true, "maxResults": 50, "startAt": 0, "total": 1,
        "statuses": [status("10001", "New", "TODO"), status("10002", "Checking", "IN_PROGRESS"), status("10003", "Done", "DONE")],
        "values": [{
            "id": "w1", "name": "Desk", "description": "", "scope": {"type": "GLOBAL"}, "isEditable": true,
            "version": {"id": "v", "versionNumber": 3}, "usages": [], "taskId": null,
            "statuses": [used("10001"), used("10002"), used("10003")], "transitions": all,
        }],
    })
}

/// Nobody can tell two buttons of one name apart that do the same, and a file says them once.
#[test]
fn a_transition_that_is_there_twice_is_written_once_and_told() {
    let begin = |id| transition(id, "Begin", "DIRECTED", &["10001"], "10002");
    let finish = |id| transition(id, "Finish", "DIRECTED", &["10002"], "10003");
    let twice = answer(&[begin("11"), begin("12"), finish("21")]);
    let folder = Folder::with(&[("live.json", twice.to_string().as_str())]);
    let import = [
        "import",
        "--from",
        "jira:search",
        "live.json",
        "--format",
        "short",
    ];
    let imported = folder.run(&import).is(0);
    let told = "transition `Begin` to `Checking` is there twice, and will be written once";
    assert_eq!(
        imported.err.matches("warning[").count(),
        1,
        "{}",
        imported.err
    );
    assert!(imported.err.contains(told), "{}", imported.err);
    assert_eq!(
        imported.out.matches("name: Begin").count(),
        1,
        "{}",
        imported.out
    );
    folder.write("desk.workflow.yaml", &imported.out);
    folder.run(&["check", "."]).is(0);
    // The same as of an answer without the second one.
    let once = answer(&[begin("11"), finish("21")]);
    folder.write("live.json", &once.to_string());
    let same = folder.run(&import).is(0);
    assert!(!same.err.contains("warning["), "{}", same.err);
    assert_eq!(same.out, imported.out);
    // Two that differ in what they need are both written, and that a person has to tell them apart is told.
    let mut other = begin("12");
    other["conditions"] = json!({"operation": "ALL", "conditionGroups": [], "conditions": [
        {"ruleKey": "system:restrict-issue-transition", "parameters": {"roleIds": "10010"}},
    ]});
    folder.write(
        "live.json",
        &answer(&[begin("11"), other, finish("21")]).to_string(),
    );
    let both = folder.run(&import).is(0);
    assert_eq!(both.out.matches("name: Begin").count(), 2, "{}", both.out);
    folder.write("desk.workflow.yaml", &both.out);
    let check = folder.run(&["check", ".", "--format", "short"]).is(1);
    assert!(
        check.out.contains("error[duplicate-transitions]"),
        "{}",
        check.out
    );
}

/// An approval names its transitions by their numbers, which are those of the site and not the file's own.
#[test]
fn an_approval_follows_the_numbers_of_the_site() {
    let mut live = answer(&[
        transition("105", "Ask", "DIRECTED", &["10001"], "10002"),
        transition("207", "Approve", "DIRECTED", &["10002"], "10003"),
        transition("301", "Refuse", "DIRECTED", &["10002"], "10001"),
    ]);
    live["values"][0]["statuses"][1]["approvalConfiguration"] = json!({
        "active": "true", "conditionType": "number", "conditionValue": "1", "exclude": null,
        "fieldId": "customfield_10050", "prePopulatedFieldId": null,
        "transitionApproved": "207", "transitionRejected": "301",
    });
    let folder = Folder::with(&[("live.json", live.to_string().as_str())]);
    let import = ["import", "--from", "jira:search", "live.json"];
    let text = folder.run(&import).is(0).out;
    folder.write("desk.workflow.yaml", &text);
    let plan = [
        "build",
        ".",
        "--target",
        "jira:requests",
        "--live",
        "live.json",
    ];
    let same = folder.run(&plan).is(0).out;
    assert!(same.contains("nothing to do"), "{same}");
    // One more transition before them moves the numbers that the file alone would give.
    let more = "transitions:\n  - { name: Close at once, from: New, to: Done }\n";
    folder.write("desk.workflow.yaml", &text.replace("transitions:\n", more));
    let planned: Value = serde_json::from_str(&folder.run(&plan).is(0).out).expect("JSON");
    let workflow = &planned["requests"][1]["body"]["workflows"][0];
    let number = |name: &str| {
        let all = workflow["transitions"]
            .as_array()
            .expect("transitions")
            .iter();
        let mut named = all.filter(|one| one["name"] == name);
        named.next().unwrap_or_else(|| panic!("{name}: {workflow}"))["id"].clone()
    };
    assert_eq!(
        [number("Ask"), number("Approve"), number("Refuse")],
        ["105", "207", "301"]
    );
    let approvals = workflow["statuses"].as_array().expect("statuses").iter();
    let approvals: Vec<&Value> = approvals
        .map(|status| &status["approvalConfiguration"])
        .filter(|approval| approval.is_object())
        .collect();
    let [approval] = approvals.as_slice() else {
        panic!("{workflow}");
    };
    assert_eq!(approval["transitionApproved"], "207");
    assert_eq!(approval["transitionRejected"], "301");
    // Its question has the same.
    assert_eq!(
        planned["requests"][0]["body"]["payload"]["workflows"][0],
        *workflow
    );
    // An approval that is made by the new one gets its new number.
    let renamed = text.replace(
        "transitions:\n",
        "transitions:\n  - { name: Accept, from: Checking, to: Done }\n",
    );
    let renamed = renamed.replace("transitionApproved: Approve", "transitionApproved: Accept");
    assert_ne!(renamed, text);
    folder.write("desk.workflow.yaml", &renamed);
    let planned: Value = serde_json::from_str(&folder.run(&plan).is(0).out).expect("JSON");
    let workflow = &planned["requests"][1]["body"]["workflows"][0];
    let all = workflow["transitions"]
        .as_array()
        .expect("transitions")
        .iter();
    let accept = all
        .clone()
        .find(|one| one["name"] == "Accept")
        .expect("the new one");
    let of_status = workflow["statuses"].as_array().expect("statuses").iter();
    let mut of_status = of_status.filter(|status| status["approvalConfiguration"].is_object());
    let approval = &of_status.next().expect("an approval")["approvalConfiguration"];
    assert_eq!(approval["transitionApproved"], accept["id"]);
    assert!(!["1", "105", "207", "301"].contains(&accept["id"].as_str().expect("a text")));
}

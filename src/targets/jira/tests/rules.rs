//! Who may make a transition, what is asked, and the rules of Jira that a workflow has no words for.

use serde_json::{Value, json};

use super::super::read::called_by_name;
use super::import::{built, imported, messages};
use super::{create, file, with_transitions};
use crate::source::Syntax;
use crate::targets::testing::Outcome;

/// The last transition that is built.
fn last(outcome: &Outcome) -> Value {
    let json = outcome.json.as_ref().expect("a document");
    let all = json["workflows"][0]["transitions"].as_array();
    all.expect("transitions").last().expect("one").clone()
}

/// A way to a closed state that says this, with this in the block.
fn saying(said: &str, block: &str) -> Outcome {
    let moves = format!(
        "  - {{ name: Go, from: A, to: B }}\n  - {{ name: Close, from: B, to: C, {said} }}"
    );
    create(&with_transitions(&moves).replace("jira: {  }", &format!("jira: {{ {block} }}")))
}

fn rule(key: &str, parameters: Value) -> Value {
    json!({"ruleKey": key, "parameters": parameters})
}

fn all_of(conditions: Value) -> Value {
    json!({"operation": "ALL", "conditionGroups": [], "conditions": conditions})
}

const GROUP: &str = "703ff44a-7dc8-4f4b-9aa6-a65bf3574fa4";

#[test]
fn who_may_make_a_transition_is_a_condition() {
    let roles = format!(
        "roles: {{ agent: [10002, {GROUP}], lead: [10004, reporter], boss: ADMINISTER_PROJECTS }}"
    );
    let outcome = saying("who: [agent, lead, boss]", &roles);
    assert_eq!(outcome.reported(), Vec::<String>::new());
    let parameters = json!({"accountIds": "allow-reporter", "groupIds": GROUP,
        "permissionKeys": "ADMINISTER_PROJECTS", "roleIds": "10002,10004"});
    let condition = rule("system:restrict-issue-transition", parameters);
    assert_eq!(last(&outcome)["conditions"], all_of(json!([condition])));
}

/// Whom Jira is not told of may not make it there, or anybody may where it is told of nobody.
#[test]
fn roles_that_are_nobody_are_told() {
    let some = saying("who: [agent, lead]", "roles: { agent: 10002 }");
    let report = some.report("lossy-targets");
    assert_eq!(
        report.message,
        "target `jira` leaves out roles of a transition"
    );
    let help = "add `lead` to `roles` of target `jira`: the id of a role or group, a permission, \
                `reporter` or `assignee`";
    assert_eq!(report.help.as_deref(), Some(help));
    let condition = rule(
        "system:restrict-issue-transition",
        json!({"roleIds": "10002"}),
    );
    assert_eq!(last(&some)["conditions"], all_of(json!([condition])));
    let none = saying("who: [agent, lead]", "");
    let message = "lossy-targets: target `jira` has no place for who may make a transition";
    assert_eq!(none.reported(), [message]);
    assert_eq!(last(&none).get("conditions"), None);
}

#[test]
fn people_are_kept_from_what_happens_by_itself() {
    for said in ["automatic: true", "after: 3d"] {
        let outcome = saying(said, "");
        assert_eq!(outcome.reported().len(), 1, "{:?}", outcome.reported());
        assert!(outcome.reported()[0].contains("to its rules of automation"));
        let condition = rule(
            "system:restrict-from-all-users",
            json!({"restrictMode": "users"}),
        );
        assert_eq!(last(&outcome)["conditions"], all_of(json!([condition])));
    }
}

#[test]
fn what_must_be_filled_in_is_validated() {
    let asks = "asks: { cost: required, customfield_7: required, hint: optional }";
    let outcome = saying(asks, "fields: { cost: customfield_10050 }");
    assert_eq!(outcome.reported(), Vec::<String>::new());
    let validator = |id: &str| {
        let parameters =
            json!({"ruleType": "fieldRequired", "fieldsRequired": id, "ignoreContext": "true"});
        rule("system:validate-field-value", parameters)
    };
    let both = json!([validator("customfield_10050"), validator("customfield_7")]);
    assert_eq!(last(&outcome)["validators"], both);
    let unknown = saying(asks, "");
    let report = unknown.report("lossy-targets");
    let help =
        "add `cost` to `fields` of target `jira` with the field's id, such as `customfield_10050`";
    assert_eq!(report.help.as_deref(), Some(help));
    assert_eq!(
        last(&unknown)["validators"],
        json!([validator("customfield_7")])
    );
}

/// Each is kept from whoever made one of the others.
#[test]
fn persons_are_kept_apart_where_statuses_have_ids() {
    let yaml = |block: &str| {
        let moves = "  - { name: Ask, from: A, to: B, who: one }\n  - { name: Grant, from: [A, B], to: C, who: two }";
        let roles = "roles: { one: 1, two: 2 }";
        let yaml =
            with_transitions(moves).replace("jira: {  }", &format!("jira: {{ {roles}, {block} }}"));
        create(&format!("{yaml}expect: [{{ separate: [Ask, Grant] }}]\n"))
    };
    let outcome = yaml("status-ids: { A: 11, B: 12, C: 13 }");
    assert_eq!(outcome.reported(), Vec::<String>::new());
    let apart = |from: &str, to: &str| {
        rule(
            "system:separation-of-duties",
            json!({"fromStatusId": from, "toStatusId": to}),
        )
    };
    assert_eq!(
        last(&outcome)["conditions"]["conditions"][1],
        apart("11", "12")
    );
    let json = outcome.json.as_ref().expect("a document");
    let ask = &json["workflows"][0]["transitions"][1]["conditions"]["conditions"];
    assert_eq!(
        ask.as_array().map(|all| &all[1..]),
        Some(&[apart("11", "13"), apart("12", "13")][..])
    );
    let without = yaml("status-ids: { A: 11, B: 12 }");
    let help = "add `C` to `status-ids` of target `jira`, once the statuses are there";
    assert_eq!(without.report("lossy-targets").help.as_deref(), Some(help));
}

/// Jira refuses two transitions of one name out of one status.
#[test]
fn what_tells_transitions_of_one_name_apart_becomes_a_part_of_it() {
    let moves = "  - { name: Decide, from: A, to: B, when: \"the  cost is low\" }\n  \
                 - { name: Decide, from: A, to: C, when: otherwise }\n  \
                 - { name: End, from: A, to: C, who: one }\n  - { name: End, from: A, to: B, who: [two, three] }\n  \
                 - { name: Close, from: B, to: C }";
    let yaml = with_transitions(moves);
    let roles = "roles: { one: 1, two: 2, three: 3 }";
    let outcome = create(&yaml.replace("jira: {  }", &format!("jira: {{ {roles} }}")));
    let lossy = "lossy-targets: target `jira` writes";
    let expected = [
        format!("{lossy} conditions into names of transitions"),
        format!("{lossy} roles into names of transitions"),
    ];
    assert_eq!(outcome.reported(), expected);
    let json = outcome.json.expect("a document");
    let all = json["workflows"][0]["transitions"]
        .as_array()
        .expect("a list");
    let names: Vec<&str> = all.iter().filter_map(|t| t["name"].as_str()).collect();
    let expected = [
        "Create",
        "Decide: the cost is low",
        "Decide: otherwise",
        "End: one",
        "End: two, three",
        "Close",
    ];
    assert_eq!(names, expected);
}

/// Rules that the language has no words for, in the words of Jira.
#[test]
fn what_is_kept_is_sent_again() {
    let rules = "rules: [{ name: Close, from: B, to: C, actions: [{ ruleKey: system:trigger-webhook, \
                 parameters: { webhookId: 7 } }], conditions: { operation: ANY, conditions: [{ ruleKey: a }, \
                 { ruleKey: b }] }, transitionScreen: { ruleKey: system:transition-screen, parameters: \
                 { screenId: \"3\" } }, properties: { jira.permission.x: denied }, customIssueEventId: \"9\" }, \
                 { name: Create, to: A, triggers: [{ ruleKey: t, parameters: {} }] }]";
    let outcome = saying("automatic: true, description: Done with", rules);
    let closing = last(&outcome);
    assert_eq!(
        closing["actions"],
        json!([rule("system:trigger-webhook", json!({"webhookId": "7"}))])
    );
    let kept = json!({"operation": "ANY", "conditionGroups": [], "conditions": [{"ruleKey": "a"}, {"ruleKey": "b"}]});
    assert_eq!(closing["conditions"]["conditionGroups"], json!([kept]));
    assert_eq!(closing["conditions"]["operation"], "ALL");
    assert_eq!(
        closing["transitionScreen"],
        rule("system:transition-screen", json!({"screenId": "3"}))
    );
    assert_eq!(
        closing["properties"],
        json!({"jira.permission.x": "denied"})
    );
    assert_eq!(
        (
            closing["customIssueEventId"].as_str(),
            closing["description"].as_str()
        ),
        (Some("9"), Some("Done with"))
    );
    let json = outcome.json.expect("a document");
    let start = &json["workflows"][0]["transitions"][0]["triggers"];
    assert_eq!(*start, json!([{"ruleKey": "t", "parameters": {}}]));
}

/// A rule is never lost because of a name that is written otherwise.
#[test]
fn a_rule_that_fits_nothing_is_an_error() {
    for (entry, expected) in [
        (
            "name: Clse, from: B, to: C",
            "undefined-transitions: `rules` of target `jira` has an entry `Clse` that fits nothing",
        ),
        (
            "name: Close, from: A, to: C",
            "undefined-transitions: `rules` of target `jira` has an entry `Close` that fits nothing",
        ),
        (
            "name: Close, from: B",
            "missing-fields: an entry under `rules` of target `jira` has no `to`",
        ),
        (
            "name: Close, from: B, to: C }, { name: Close, from: B, to: C",
            "invalid-values: `rules` of target `jira` has two entries of `Close`",
        ),
        (
            "name: Close, from: B, to: C, actions: [{ parameters: {} }]",
            "missing-fields: a rule in `actions` of an entry under `rules` of target `jira` has no `ruleKey`",
        ),
        (
            "name: Close, from: B, to: C, screen: 7",
            "unknown-fields: an entry under `rules` of target `jira` has no field `screen`",
        ),
    ] {
        let outcome = saying(
            "who: one",
            &format!("roles: {{ one: 1 }}, rules: [{{ {entry} }}]"),
        );
        assert_eq!(outcome.reported(), [expected]);
        assert!(outcome.json.is_none());
    }
    for (block, expected) in [
        (
            "roles: { agent: 1, agnt: 2 }",
            "undefined-roles: `roles` of target `jira` names `agnt`, which is no role",
        ),
        (
            "roles: { agent: nobody }",
            "invalid-values: `agent` of `roles` of target `jira` is not the id of a role or of a group, a permission, `reporter` or `assignee`: `nobody`",
        ),
        (
            "roles: { agent: 1 }, fields: { cost: customfield_1 }",
            "unknown-fields: `fields` of target `jira` names `cost`, which is no field under `asks`",
        ),
    ] {
        assert_eq!(saying("who: agent", block).reported(), [expected]);
    }
}

/// A body with rules of every kind that Jira documents.
fn every_rule() -> Value {
    let reference = |at: u128| uuid::Uuid::from_u128(at + 7).to_string();
    let status = |at: u128, name: &str, category: &str| json!({"name": name, "description": "", "statusCategory": category, "statusReference": reference(at)});
    let used = |at: u128| json!({"statusReference": reference(at), "properties": {}});
    let transition = |id: &str, name: &str, kind: &str, to: u128, from: &[u128]| {
        let links: Vec<Value> = from
            .iter()
            .map(|at| json!({"fromStatusReference": reference(*at)}))
            .collect();
        json!({"id": id, "name": name, "type": kind, "toStatusReference": reference(to), "links": links,
            "properties": {}, "actions": [], "validators": [], "triggers": []})
    };
    let field = |kind: &str, more: Value| {
        let mut parameters = json!({"ruleType": kind});
        for (name, value) in more.as_object().expect("fields") {
            parameters[name] = value.clone();
        }
        rule("system:validate-field-value", parameters)
    };
    let required = |id: &str| {
        field(
            "fieldRequired",
            json!({"fieldsRequired": id, "ignoreContext": "true"}),
        )
    };
    let who = rule(
        "system:restrict-issue-transition",
        json!({"accountIds": "allow-assignee",
        "roleIds": "10002,10004", "groupIds": GROUP, "permissionKeys": "ADMINISTER_PROJECTS"}),
    );
    let mut create = transition("1", "Raise", "INITIAL", 0, &[]);
    create["validators"] = json!([
        required("summary"),
        rule(
            "system:check-permission-validator",
            json!({"permissionKey": "CREATE_ISSUES"})
        )
    ]);
    let mut start = transition("11", "Start", "DIRECTED", 1, &[0]);
    start["description"] = json!("Begin to work");
    start["conditions"] = all_of(json!([
        who,
        rule("system:block-in-progress-approval", json!({}))
    ]));
    start["validators"] = json!([
        required("assignee"),
        required("customfield_10050"),
        field(
            "fieldRequired",
            json!({"fieldsRequired": "priority", "ignoreContext": "false", "errorMessage": "How urgent?"})
        ),
        field(
            "fieldChanged",
            json!({"groupsExemptFromValidation": GROUP, "fieldKey": "versions"})
        ),
        field(
            "fieldHasSingleValue",
            json!({"fieldKey": "created", "excludeSubtasks": "true"})
        ),
        field(
            "fieldMatchesRegularExpression",
            json!({"regexp": "[0-9]{4}: #1", "fieldKey": "description"})
        ),
        field(
            "dateFieldComparison",
            json!({"date1FieldKey": "duedate", "date2FieldKey": "customfield_1",
            "includeTime": "true", "conditionSelected": ">="})
        ),
        field(
            "windowDateComparison",
            json!({"date1FieldKey": "customfield_1", "date2FieldKey": "customfield_2", "numberOfDays": "3"})
        ),
        rule(
            "system:parent-or-child-blocking-validator",
            json!({"blocker": "PARENT", "statusIds": "1,2,3"})
        ),
        rule(
            "system:previous-status-validator",
            json!({"previousStatusIds": "10014", "mostRecentStatusOnly": "true"})
        ),
        rule("system:proforma-forms-attached", json!({})),
        rule("system:proforma-forms-submitted", json!({})),
        rule(
            "forge:expression-validator",
            json!({"key": "ari:cloud:ecosystem::extension/a/b/static/c",
            "config": "{\"searchString\":\"workflow \\\"validator\\\"\"}", "id": "a865ddf6", "disabled": "false", "tag": ""})
        )
    ]);
    start["actions"] = json!([
        rule(
            "system:change-assignee",
            json!({"type": "to-selected-user", "accountId": "557058:a-b"})
        ),
        rule(
            "system:copy-value-from-other-field",
            json!({"sourceFieldKey": "a", "targetFieldKey": "b", "issueSource": "SAME"})
        ),
        rule(
            "system:update-field",
            json!({"field": "customfield_10056", "value": "two\nlines", "mode": "append"})
        ),
        rule("system:trigger-webhook", json!({"webhookId": "1"})),
        rule(
            "connect:remote-workflow-function",
            json!({"appKey": "com.x", "config": "", "id": "9", "disabled": "false", "tag": ""})
        )
    ]);
    start["triggers"] = json!([rule(
        "system:development-triggers",
        json!({"enabledTriggers": "a-trigger,b-trigger"})
    )]);
    start["transitionScreen"] = rule("system:transition-screen", json!({"screenId": "3"}));
    start["customIssueEventId"] = json!("10100");
    start["properties"] = json!({"jira.permission.assign": "denied", "opsbar-sequence": "10"});
    let mut close = transition("21", "Close", "GLOBAL", 2, &[]);
    let ask = |field: &str| {
        rule(
            "system:check-field-value",
            json!({"fieldId": field, "fieldValue": "[\"Done\"]",
        "comparator": "=", "comparisonType": "STRING"}),
        )
    };
    let inner = json!({"operation": "ANY", "conditionGroups": [all_of(json!([ask("a")]))], "conditions": [ask("b"),
        rule("system:restrict-from-all-users", json!({"restrictMode": "usersAndAPI"}))]});
    close["conditions"] = json!({"operation": "ALL", "conditionGroups": [inner], "conditions": [
        rule("system:previous-status-condition", json!({"previousStatusIds": "10004", "not": "true"})),
        rule("system:parent-or-child-blocking-condition", json!({"blocker": "CHILD", "statusIds": "1,2"})),
        rule("system:separation-of-duties", json!({"fromStatusId": "10161", "toStatusId": "10160"})),
        rule("system:restrict-issue-transition", json!({"accountIds": "5e68ac137d64450d01a77fa0"}))
    ]});
    let mut auto = transition("31", "Give up", "DIRECTED", 2, &[1]);
    auto["conditions"] = all_of(json!([rule(
        "system:restrict-from-all-users",
        json!({"restrictMode": "users"})
    )]));
    auto["transitionScreen"] = rule(
        "system:remind-people-to-update-fields",
        json!({"remindingFieldIds": "assignee,b", "remindingMessage": "The message", "remindingAlwaysAsk": "true"}),
    );
    let mut again = transition("41", "Again", "DIRECTED", 1, &[2]);
    let one = rule(
        "system:restrict-issue-transition",
        json!({"roleIds": "10002"}),
    );
    again["conditions"] = json!({"operation": "ANY", "conditionGroups": [], "conditions": [one]});
    json!({
        "scope": {"type": "GLOBAL"},
        "statuses": [status(0, "To Do", "TODO"), status(1, "Doing", "IN_PROGRESS"), status(2, "Done", "DONE")],
        "workflows": [{"name": "Everything", "description": "", "statuses": [used(0), used(1), used(2)],
            "transitions": [create, start, close, auto, again]}]
    })
}

/// Rules of every kind come in and go out again, and what the language has words for is in its words.
#[test]
fn no_rule_is_lost_by_an_import() {
    for syntax in [Syntax::Yaml, Syntax::Toml] {
        let mut json = every_rule();
        let imported = imported("create", &json, syntax);
        assert_eq!(messages(&imported), Vec::<&str>::new());
        let file = &imported.files[0];
        assert_eq!(file.findings.0, 0, "{}", file.text);
        let mut again = built(&file.text, syntax, "create");
        [&mut again, &mut json].into_iter().for_each(called_by_name);
        assert_eq!(again, json, "{}", file.text);
        if syntax == Syntax::Yaml {
            insta::assert_snapshot!(file.text);
        }
    }
}

/// What Jira numbers and what it lists unset is no part of a rule.
#[test]
fn ids_and_unset_parameters_of_an_answer_are_not_kept() {
    let mut json = super::import::answer();
    json["workflows"][0]["transitions"][1]["conditions"] = json!({"operation": "ALL", "conditionGroups": [], "conditions":
        [{"id": "f0", "ruleKey": "system:restrict-issue-transition", "parameters":
            {"accountIds": "", "roleIds": "10002", "groupIds": "", "permissionKeys": ""}}]});
    let imported = imported("workflows", &json, Syntax::Yaml);
    assert_eq!(messages(&imported), Vec::<&str>::new());
    let text = &imported.files[0].text;
    assert!(
        text.contains("- { from: \"*\", to: To Do, who: role-10002 }"),
        "{text}"
    );
    assert!(text.contains("roles:\n      role-10002: 10002\n"), "{text}");
}

/// Two that nothing tells apart cannot both happen by themselves: they are kept as they are.
#[test]
fn what_would_compete_is_not_said_to_be_automatic() {
    let restricted = all_of(json!([rule(
        "system:restrict-from-all-users",
        json!({"restrictMode": "users"})
    )]));
    let mut json = super::import::answer();
    for at in [0, 2] {
        json["workflows"][0]["transitions"][at]["conditions"] = restricted.clone();
    }
    let imported = imported("workflows", &json, Syntax::Yaml);
    assert_eq!(messages(&imported), Vec::<&str>::new());
    let file = &imported.files[0];
    assert!(!file.text.contains("automatic"), "{}", file.text);
    assert_eq!(
        file.text.matches("system:restrict-from-all-users").count(),
        2
    );
    assert_eq!(file.findings, (0, 0));
}

/// Something of everything under `rules` at the start, too.
#[test]
fn a_start_asks_and_is_described() {
    let start = "{ to: A, name: Raise, description: For anything, asks: [cost], who: one }";
    let states = "A: { category: open }, C: { category: closed }";
    let moves = "  - { name: Close, from: A, to: C }";
    let outcome = create(&file(
        start,
        states,
        moves,
        "fields: { cost: customfield_1 }, roles: { one: 1 }",
    ));
    let lost = "lossy-targets: target `jira` has no place for who may begin a ticket";
    assert_eq!(outcome.reported(), [lost]);
    let json = outcome.json.expect("a document");
    let raise = &json["workflows"][0]["transitions"][0];
    assert_eq!(raise["description"], "For anything");
    assert_eq!(
        raise["validators"][0]["parameters"]["fieldsRequired"],
        "customfield_1"
    );
}

/// Properties and approvals of statuses come in and go out again; transitions are known by their names.
#[test]
fn no_status_loses_what_it_has() {
    let mut json = every_rule();
    let uses = &mut json["workflows"][0]["statuses"];
    uses[0]["properties"] =
        json!({"jira.issue.editable": "false", "jira.permission.comment.group": "agents"});
    uses[1]["properties"] = json!({"issueEditable": "true", "approval.note": "#1: yes"});
    uses[1]["approvalConfiguration"] = json!({"active": "true", "conditionType": "percent",
        "conditionValue": "100", "exclude": ["reporter", "assignee"], "fieldId": "customfield_10003",
        "prePopulatedFieldId": "customfield_10009", "transitionApproved": "21", "transitionRejected": "31"});
    for syntax in [Syntax::Yaml, Syntax::Toml] {
        let imported = imported("create", &json, syntax);
        assert_eq!(messages(&imported), Vec::<&str>::new());
        let text = &imported.files[0].text;
        assert_eq!(imported.files[0].findings.0, 0, "{text}");
        let mut again = built(text, syntax, "create");
        let mut json = json.clone();
        [&mut again, &mut json].into_iter().for_each(called_by_name);
        assert_eq!(again, json, "{text}");
        if syntax == Syntax::Yaml {
            let block = text.split("status-properties").nth(1).expect("a block");
            let block = block.split("    roles:").next().expect("more");
            insta::assert_snapshot!(format!("    status-properties{block}"));
        }
    }
}

/// What Jira does not document of an approval is told and left out.
#[test]
fn an_approval_of_another_form_is_told() {
    let whole = json!({"active": "true", "conditionType": "number", "conditionValue": "1",
        "fieldId": "customfield_1", "transitionApproved": "21", "transitionRejected": "31"});
    for (part, value) in [
        ("active", json!("yes")),
        ("conditionType", json!("all")),
        ("conditionValue", json!("21")),
        ("conditionValue", json!("0")),
        ("exclude", json!(["agent"])),
        ("fieldId", json!("")),
        ("transitionApproved", json!("99")),
        // The one that creates issues, and one that begins elsewhere.
        ("transitionApproved", json!("1")),
        ("transitionRejected", json!("11")),
        ("approvers", json!("anybody")),
    ] {
        let mut json = every_rule();
        let mut approval = whole.clone();
        approval[part] = value;
        json["workflows"][0]["statuses"][1]["approvalConfiguration"] = approval;
        let imported = imported("create", &json, Syntax::Yaml);
        let [message] = messages(&imported)[..] else {
            panic!("{part}: {:?}", messages(&imported))
        };
        let expected = "field `approvalConfiguration` of status `Doing` will be left out";
        assert_eq!(message, expected, "{part}");
        assert!(!imported.files[0].text.contains("status-approvals"));
    }
}

/// What an approval names has to be there, and leave its status.
#[test]
fn what_an_approval_says_is_checked() {
    let approval = |more: &str| {
        let usual = "active: true, conditionType: number, conditionValue: 2, fieldId: customfield_1, \
                     transitionApproved: Close, transitionRejected: Back";
        let mut parts: Vec<&str> = usual.split(", ").collect();
        for part in more.split("; ").filter(|part| !part.is_empty()) {
            let name = part.split(':').next().expect("a name");
            parts.retain(|usual| !usual.starts_with(name));
            if part.contains(':') {
                parts.push(part);
            }
        }
        format!("status-approvals: {{ B: {{ {} }} }}", parts.join(", "))
    };
    let moves = "  - { name: Go, from: A, to: B }\n  - { name: Back, from: B, to: A }\n  \
                 - { name: Close, from: B, to: C }";
    let said = |block: &str| {
        let yaml = with_transitions(moves);
        create(&yaml.replace("jira: {  }", &format!("jira: {{ {block} }}")))
    };
    let good = said(&approval("exclude: [reporter]"));
    assert_eq!(good.reported(), Vec::<String>::new());
    let json = good.json.expect("a document");
    let sent = &json["workflows"][0]["statuses"][1]["approvalConfiguration"];
    assert_eq!(
        *sent,
        json!({"active": "true", "conditionType": "number", "conditionValue": "2",
            "exclude": ["reporter"], "fieldId": "customfield_1",
            "transitionApproved": "31", "transitionRejected": "21"})
    );
    let of = "of `B` of `status-approvals` of target `jira`";
    for (block, expected) in [
        (
            approval("transitionApproved: Clse"),
            "undefined-transitions: `transitionApproved` of status `B` names `Clse`, which does not leave it".to_owned(),
        ),
        (
            approval("transitionApproved: Go"),
            "undefined-transitions: `transitionApproved` of status `B` names `Go`, which does not leave it".to_owned(),
        ),
        (
            approval("transitionRejected"),
            "missing-fields: `B` of `status-approvals` of target `jira` has no `transitionRejected`".to_owned(),
        ),
        (
            approval("conditionValue: 21"),
            format!("invalid-values: `conditionValue` {of} is not a number from 1 to 20: `21`"),
        ),
        (
            approval("conditionType: percent; conditionValue: 101"),
            format!("invalid-values: `conditionValue` {of} is not a number from 1 to 100: `101`"),
        ),
        (
            approval("conditionType: count"),
            format!("invalid-values: `conditionType` {of} cannot be `count`"),
        ),
        (
            approval("exclude: [agent]"),
            format!("invalid-values: `exclude` {of} cannot be `agent`"),
        ),
        (
            approval("fieldId: the approvers"),
            format!("invalid-values: `fieldId` {of} is not the id of a field: `the approvers`"),
        ),
        (
            approval("approvers: 7"),
            "unknown-fields: `B` of `status-approvals` of target `jira` has no field `approvers`".to_owned(),
        ),
        (
            approval("").replace("{ B:", "{ D:"),
            "undefined-states: `status-approvals` of target `jira` names undefined state `D`".to_owned(),
        ),
        (
            "status-properties: { E: { a: b } }".to_owned(),
            "undefined-states: `status-properties` of target `jira` names undefined state `E`".to_owned(),
        ),
        (
            "status-properties: { A: [a] }".to_owned(),
            "wrong-types: `A` of `status-properties` of target `jira` is a list, not a map of texts".to_owned(),
        ),
    ] {
        let outcome = said(&block);
        assert_eq!(outcome.reported(), [expected], "{block}");
        assert!(outcome.json.is_none());
    }
    let frozen = with_transitions(moves).replace(
        "B: { category: open }",
        "B: { category: open, editable: [] }",
    );
    let block = "jira: { status-properties: { B: { jira.issue.editable: true } } }";
    let outcome = create(&frozen.replace("jira: {  }", block));
    let expected = [
        "frozen-work: open state `B` lets nothing be edited",
        "invalid-values: `jira.issue.editable` of status `B` is `true`, unlike its state",
    ];
    assert_eq!(outcome.reported(), expected);
}

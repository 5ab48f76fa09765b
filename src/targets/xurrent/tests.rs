//! Xurrent: the record of the page's example in and out, and every check of its fields.

use super::*;
use crate::targets::testing::{build, build_all};

/// A workflow with this block.
fn rack(block: &str) -> String {
    format!(
        "
workflow: install-rack
start: Registered
states:
  Registered: {{ category: open }}
  In Progress: {{ category: open }}
  Completed: {{ category: closed }}
transitions:
  - {{ name: Start, from: Registered, to: In Progress }}
  - {{ name: Complete, from: In Progress, to: Completed }}
targets:
  xurrent:
{block}"
    )
}

/// The writable fields of the page's example of a single workflow.
const PAGE: &str = "
    record:
      completion_reason: complete
      category: standard
      service: { name: Rack Space, id: 26, provider: { name: \"Widget Data Center, External IT\", id: 44 } }
      manager: { id: 77, name: Carla Cluster, account: { id: widget, name: Widget International } }
      subject: Install new rack
      start_at: 2016-03-14T09:14:13Z
      justification: expansion
      status: completed
      source: 4me
      workflow_type: infrastructure_change
      template: { id: 37, subject: Non-standard infrastructure change }
";

/// What creating requires, as short as it goes.
const SHORT: &str = "
    record:
      category: standard
      justification: expansion
      service: 26
      subject: Install new rack
      template: 37
      workflow_type: infrastructure_change
";

const KEEPS_NO_GRAPH: &str = "lossy-targets: target `xurrent` keeps no states and no transitions";

fn reported(block: &str) -> Vec<String> {
    build(&TARGET, "create", &rack(block)).reported()
}

#[test]
fn the_record_of_the_page_as_it_is_returned() {
    let outcome = build(&TARGET, "workflow", &rack(PAGE));
    assert_eq!(
        outcome.text(),
        concat!(
            r#"{"completion_reason":"complete","completed_at":null,"created_at":null,"#,
            r#""category":"standard","sourceID":null,"updated_at":null,"release":null,"project":null,"#,
            r#""service":{"id":26,"name":"Rack Space","provider":{"name":"Widget Data Center, External IT","id":44}},"#,
            r#""manager":{"id":77,"name":"Carla Cluster","account":{"id":"widget","name":"Widget International"}},"#,
            r#""subject":"Install new rack","start_at":"2016-03-14T09:14:13Z","id":null,"#,
            r#""justification":"expansion","impact":"none","status":"completed","source":"4me","#,
            r#""workflow_type":"infrastructure_change","completion_target_at":null,"#,
            r#""template":{"id":37,"subject":"Non-standard infrastructure change"},"custom_fields":null}"#
        )
    );
    assert_eq!(outcome.reported(), [KEEPS_NO_GRAPH]);
}

#[test]
fn a_collection_is_a_bare_list_of_fewer_fields() {
    let second = rack(SHORT).replace("install-rack", "install-shelf");
    let outcome = build_all(&TARGET, "workflows", &[&rack(PAGE), &second]);
    assert_eq!(
        outcome.text(),
        concat!(
            r#"[{"completed_at":null,"created_at":null,"category":"standard","sourceID":null,"updated_at":null,"#,
            r#""service":{"id":26,"name":"Rack Space","provider":{"name":"Widget Data Center, External IT","id":44}},"#,
            r#""manager":{"id":77,"name":"Carla Cluster","account":{"id":"widget","name":"Widget International"}},"#,
            r#""subject":"Install new rack","id":null,"impact":"none","status":"completed","completion_target_at":null},"#,
            r#"{"completed_at":null,"created_at":null,"category":"standard","sourceID":null,"updated_at":null,"#,
            r#""service":{"id":26},"manager":null,"#,
            r#""subject":"Install new rack","id":null,"impact":"none","status":"registered","completion_target_at":null}]"#,
        )
    );
    let left_out = "omitted-details: target `xurrent` has no place for `completion_reason` and 5 more in a \
                    collection of records";
    assert!(
        outcome.all().contains(&left_out.to_owned()),
        "{:#?}",
        outcome.all()
    );
}

#[test]
fn what_is_only_written_is_not_shown() {
    let block = format!(
        "{SHORT}      manager_id: 77\n      note: By noon\n      note_attachments: []\n      custom_fields_attachments: []\n"
    );
    let outcome = build(&TARGET, "workflow", &rack(&block));
    let left_out = "omitted-details: target `xurrent` has no place for `note` and 2 more in a record as it \
                    is shown";
    assert_eq!(outcome.all(), [KEEPS_NO_GRAPH, left_out]);
    assert_eq!(outcome.json.unwrap()["manager"], json!({"id": 77}));
}

/// The workflow's description is the note, which a record as it is shown does not have.
#[test]
fn a_description_is_not_shown_either() {
    let yaml = rack(SHORT).replace("start:", "description: More room\nstart:");
    let left_out =
        "omitted-details: target `xurrent` has no place for `note` in a record as it is shown";
    assert_eq!(
        build(&TARGET, "workflow", &yaml).all(),
        [left_out, KEEPS_NO_GRAPH]
    );
}

#[test]
fn a_new_record_says_only_what_the_file_says() {
    let outcome = build(&TARGET, "create", &rack(SHORT));
    assert_eq!(
        outcome.text(),
        concat!(
            r#"{"category":"standard","service_id":26,"subject":"Install new rack","#,
            r#""justification":"expansion","workflow_type":"infrastructure_change","template_id":37}"#
        )
    );
    assert_eq!(
        outcome.reported(),
        [KEEPS_NO_GRAPH],
        "no manager is no mistake"
    );
}

#[test]
fn references_may_be_written_as_answers_have_them() {
    let block = format!("    references: nested{SHORT}      manager_id: 77\n");
    let outcome = build(&TARGET, "create", &rack(&block));
    assert_eq!(
        outcome.text(),
        concat!(
            r#"{"category":"standard","service":{"id":26},"manager":{"id":77},"subject":"Install new rack","#,
            r#""justification":"expansion","workflow_type":"infrastructure_change","template":{"id":37}}"#
        )
    );
}

#[test]
fn a_new_record_has_the_status_of_the_start_state() {
    let with = |map: &str| {
        build(
            &TARGET,
            "create",
            &rack(&format!("    status: {map}{SHORT}")),
        )
    };
    let registered = with("{ Registered: registered, In Progress: implementation }");
    assert_eq!(registered.json.as_ref().unwrap()["status"], "registered");
    assert_eq!(registered.reported(), [KEEPS_NO_GRAPH]);
    let other = with("{ Registered: approval }");
    assert_eq!(other.json.as_ref().unwrap()["status"], "approval");
    assert_eq!(
        other.reported(),
        [
            KEEPS_NO_GRAPH,
            "read-only-fields: `status` of target `xurrent` is `approval`, and the product sets it \
             from the workflow's tasks",
        ]
    );
    let unmapped = with("{ Completed: completed }");
    assert_eq!(
        unmapped.json.unwrap().get("status"),
        None,
        "the product has a default"
    );
}

#[test]
fn an_update_requires_nothing_but_something() {
    let block = "    record: { note: Done by noon }\n    status: { Registered: approval }";
    let outcome = build(&TARGET, "update", &rack(block));
    assert_eq!(outcome.text(), r#"{"note":"Done by noon"}"#);
    assert_eq!(
        build(&TARGET, "update", &rack("    record: {}")).reported(),
        [
            KEEPS_NO_GRAPH,
            "missing-target-fields: `record` of target `xurrent` has no `subject`",
        ]
    );
}

#[test]
fn name_and_description_stand_for_subject_and_note() {
    let titled = |block: &str| {
        rack(block).replace(
            "workflow: install-rack",
            "workflow: install-rack\nname: Racks\ndescription: More room",
        )
    };
    let block = SHORT.replace("      subject: Install new rack\n", "");
    let json = build(&TARGET, "create", &titled(&block)).json.unwrap();
    assert_eq!(
        (&json["subject"], &json["note"]),
        (&json!("Racks"), &json!("More room"))
    );
    let outcome = build(&TARGET, "create", &titled(SHORT));
    assert_eq!(
        outcome.json.as_ref().unwrap()["subject"],
        "Install new rack"
    );
    assert!(outcome.all().contains(
        &"omitted-details: target `xurrent` has no place for a name and description beside its `subject` and `note`".to_owned()
    ));
    let long = titled(&block).replace("Racks", &"r".repeat(256));
    assert_eq!(
        build(&TARGET, "create", &long).reported(),
        [
            "target-limits: `name` of the workflow, used as `subject`, has 256 characters, and the product takes 255",
            "lossy-targets: target `xurrent` keeps no states and no transitions",
        ]
    );
}

#[test]
fn limits_are_those_of_the_page() {
    let exact = format!(
        "{}      source: {}\n      sourceID: {}\n      note: {}\n",
        SHORT.replace("Install new rack", &"é".repeat(255)),
        "s".repeat(30),
        "i".repeat(128),
        "n".repeat(65_536),
    );
    assert_eq!(reported(&exact), [KEEPS_NO_GRAPH], "characters, not bytes");
    let over = exact
        .replace(&"é".repeat(255), &"é".repeat(256))
        .replace(&"s".repeat(30), &"s".repeat(31))
        .replace(&"i".repeat(128), &"i".repeat(129))
        .replace(&"n".repeat(65_536), &format!("{}é", "n".repeat(65_535)));
    assert_eq!(
        reported(&over),
        [
            "target-limits: `subject` of `record` of target `xurrent` has 256 characters, and the product takes 255",
            "target-limits: `source` of `record` of target `xurrent` has 31 characters, and the product takes 30",
            "target-limits: `sourceID` of `record` of target `xurrent` has 129 characters, and the product takes 128",
            "target-limits: `note` of `record` of target `xurrent` has 65537 bytes, and the product takes 65536",
        ]
    );
}

#[test]
fn a_date_and_time_of_toml_is_kept_as_written() {
    const TOML: &str = r#"workflow = "install-new-rack"
start = "New"
states = { New = { category = "open" }, Done = { category = "closed" } }
transitions = [{ from = "New", to = "Done" }]

[targets.xurrent.record]
subject = "Install new rack"
category = "standard"
justification = "expansion"
workflow_type = "infrastructure_change"
manager = 77
service = 26
template = 37
"#;
    let at = |moment: &str| build(&TARGET, "create", &format!("{TOML}start_at = {moment}\n"));
    let outcome = at("2016-03-14T09:14:13Z");
    assert_eq!(
        outcome.json.as_ref().unwrap()["start_at"],
        "2016-03-14T09:14:13Z"
    );
    assert_eq!(outcome.reported(), [KEEPS_NO_GRAPH]);
    let outcome = at("2016-03-14 09:14Z");
    let report = outcome.report("invalid-values");
    assert_eq!(
        report.help.as_deref(),
        Some("change it to `2016-03-14T09:14:00Z`")
    );
    let fix = &report.fix.as_ref().unwrap().edits[0];
    assert_eq!(
        fix.text, "2016-03-14T09:14:00Z",
        "without quotes, as it was"
    );
}

#[test]
fn custom_fields_are_whatever_the_template_asks_for() {
    let block = format!("{SHORT}      custom_fields: [{{ id: floor, value: 3 }}]\n");
    let json = build(&TARGET, "create", &rack(&block)).json.unwrap();
    assert_eq!(json["custom_fields"], json!([{"id": "floor", "value": 3}]));
}

#[test]
fn a_workflow_type_is_written_by_its_reference() {
    let outcome = build(
        &TARGET,
        "create",
        &rack(&SHORT.replace("infrastructure_change", "Infrastructure Change")),
    );
    let report = outcome.report("unknown-values");
    assert_eq!(
        report.help.as_deref(),
        Some("write its reference, such as `infrastructure_change`")
    );
    assert!(outcome.json.is_some(), "a warning");
}

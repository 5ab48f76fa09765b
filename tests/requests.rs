//! The requests that put definitions in place, sent by the real shell and the real curl to a
//! product that only listens.

use std::process::{Command, Stdio};

use crate::common::desk::Desk;
use crate::common::folder::{Folder, Ran};
use serde_json::json;

/// Text that means something to a shell, to curl, to editors and to build logs.
const NASTY: &[&str] = &[
    "it's \"quoted\" \\ and \\\\ more",
    "$(touch pwned) `touch pwned` ${HOME} $HOME",
    "'; touch pwned; echo '",
    "END_OF_BODY",
    "{{$processEnv HOME}} {{token}} {caseId}",
    "### not a request",
    "##[error] ##vso[task.complete]",
    "@address = https://example.net",
    "< /etc/passwd",
    "# @name other",
    "Überprüfung 確認 🎫",
    "%s %d %n",
];

fn nasty_statuses() -> String {
    let quoted: Vec<String> = NASTY.iter().map(|n| statewright::node::quoted(n)).collect();
    let states: String = quoted
        .iter()
        .map(|name| format!("  {name}: {{ category: open }}\n"))
        .collect();
    format!(
        "workflow: nasty\nstart: [{}]\nstates:\n{states}  Done: {{ category: closed }}\ntransitions:\n  - {{ from: \"*\", to: Done }}\ntargets: {{ actitime: {{ ids: {{ Done: 9 }} }} }}\n",
        quoted.join(", ")
    )
}

const CASE: &str = "workflow: onboarding
start: Running
states:
  Running: { category: open }
  Completed: { category: closed }
transitions:
  - { name: Complete, from: Running, to: Completed }
targets:
  transactionlink:
    workflow-definition-id: '{caseId}'
    case: { firstName: Ada, companyName: \"{caseId}'; exit\" }
    parameters: { limit: 100, text: '{parametersId}' }
";

/// The script, or `None` where it cannot be run here.
fn script(folder: &Folder, target: &str) -> Option<String> {
    let tools = ["sh", "curl", "jq"];
    let there = |tool: &&str| {
        let version = Command::new(tool)
            .arg("--version")
            .stdin(Stdio::null())
            .output();
        *tool == "sh" || version.is_ok()
    };
    if !tools.iter().all(there) {
        eprintln!("skipped: curl or jq is not installed");
        return None;
    }
    let target = format!("{target}:requests");
    let ran = folder.run(&[
        "build", ".", "--target", &target, "--as", "curl", "--out", "made",
    ]);
    assert!(ran.code == 0, "{}", ran.err);
    Some(format!(
        "made/{}.requests.sh",
        target.split(':').next().unwrap_or("")
    ))
}

fn run(folder: &Folder, script: &str, environment: &[(&str, &str)]) -> Ran {
    run_with("sh", folder, script, environment)
}

fn run_with(shell: &str, folder: &Folder, script: &str, environment: &[(&str, &str)]) -> Ran {
    let mut command = Command::new(shell);
    command.arg(script).current_dir(&folder.0).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("TMPDIR", &folder.0);
    command.envs(environment.iter().copied());
    Ran::of(command.stdin(Stdio::null()).output().expect("a shell"))
}

#[test]
fn names_arrive_as_they_are_written() {
    let folder = Folder::with(&[("a.workflow.yaml", &nasty_statuses())]);
    let Some(script) = script(&folder, "actitime") else {
        return;
    };
    let desk = Desk::answering(&[(200, "{}"); 13]);
    let address = format!("{}/", desk.address);
    run(
        &folder,
        &script,
        &[
            ("ACTITIME_ADDRESS", address.as_str()),
            ("ACTITIME_USERNAME", "ada"),
            ("ACTITIME_PASSWORD", "pass\"word\\ $HOME `id`"),
        ],
    )
    .is(0);
    let received = desk.received();
    let first = &received[0];
    assert_eq!(first.line, "PATCH /api/v1/workflowStatuses/9");
    assert_eq!(
        first.body,
        json!({"name": "Done"}),
        "a known status keeps its type"
    );
    // `ada:pass"word\ $HOME `id``
    let known = "authorization: Basic YWRhOnBhc3Mid29yZFwgJEhPTUUgYGlkYA==".to_owned();
    assert!(first.head.contains(&known), "{:?}", first.head);
    assert!(
        first
            .head
            .contains(&"content-type: application/json; charset=UTF-8".to_owned())
    );
    for (request, name) in received[1..].iter().zip(NASTY) {
        assert_eq!(request.line, "POST /api/v1/workflowStatuses");
        assert_eq!(request.body, json!({"name": name, "type": "open"}));
    }
    assert_eq!(received.len(), NASTY.len() + 1);
    assert!(!folder.0.join("pwned").exists());
    let left: Vec<_> = std::fs::read_dir(&folder.0).expect("a folder").collect();
    assert_eq!(left.len(), 3, "secrets are not left behind: {left:?}");
}

/// zsh, which many have for `sh` in their fingers, keeps some names of variables for itself.
#[test]
fn a_script_runs_in_every_shell() {
    let folder = Folder::with(&[("a.workflow.yaml", CASE)]);
    let Some(script) = script(&folder, "transactionlink") else {
        return;
    };
    let text = folder.read(&script);
    for taken in [
        "status",
        "path",
        "argv",
        "pipestatus",
        "prompt",
        "signals",
        "words",
    ] {
        let set = format!("{taken}=");
        let mut lines = text.lines();
        assert!(
            !lines.any(|line| line.trim_start().starts_with(&set)),
            "zsh sets `{taken}` itself"
        );
    }
    let is_there = |shell: &&str| Command::new(shell).arg("-c").arg("true").output().is_ok();
    for shell in ["dash", "bash", "zsh"].into_iter().filter(is_there) {
        let desk = Desk::answering(&[
            (201, r#"{"id": "case-1"}"#),
            (200, r#"{"id": 42}"#),
            (200, r#"{"id": "run-1"}"#),
        ]);
        let environment = [
            ("TRANSACTIONLINK_ADDRESS", desk.address.as_str()),
            ("TRANSACTIONLINK_TOKEN", "secret"),
        ];
        let ran = run_with(shell, &folder, &script, &environment);
        assert_eq!(ran.code, 0, "{shell}: {}", ran.err);
        let received = desk.received();
        assert_eq!(received[2].body["caseId"], "case-1", "{shell}");
    }
}

#[test]
fn ids_of_answers_go_into_the_requests_after_them() {
    let folder = Folder::with(&[("a.workflow.yaml", CASE)]);
    let Some(script) = script(&folder, "transactionlink") else {
        return;
    };
    let desk = Desk::answering(&[
        (201, r#"{"id": "case-1"}"#),
        (200, r#"{"name": "x", "id": 42}"#),
        (
            200,
            r#"{"id": "run-1", "caseId": "case-1", "status": "RUNNING"}"#,
        ),
    ]);
    let environment = [
        ("TRANSACTIONLINK_ADDRESS", desk.address.as_str()),
        ("TRANSACTIONLINK_TOKEN", "secret"),
    ];
    run(&folder, &script, &environment).is(0);
    let received = desk.received();
    let lines: Vec<&str> = received.iter().map(|r| r.line.as_str()).collect();
    assert_eq!(
        lines,
        ["POST /cases", "POST /parameters", "POST /workflows/run"]
    );
    assert_eq!(
        received[0].body,
        json!({"firstName": "Ada", "companyName": "{caseId}'; exit"})
    );
    assert_eq!(
        received[1].body,
        json!({"workflowDefinitionId": "{caseId}", "parameters": {"limit": 100, "text": "{parametersId}"}})
    );
    assert_eq!(
        received[2].body,
        json!({"caseId": "case-1", "workflowDefinitionId": "{caseId}", "parametersId": "42"}),
        "text of the file is no placeholder"
    );
    let bearer = "authorization: Bearer secret".to_owned();
    assert!(received.iter().all(|r| r.head.contains(&bearer)));
}

#[test]
fn nothing_is_sent_after_a_failure() {
    let folder = Folder::with(&[("a.workflow.yaml", CASE)]);
    let Some(script) = script(&folder, "transactionlink") else {
        return;
    };
    for (answer, said) in [
        ((403, r#"{"message": "no such key"}"#), "no such key"),
        ((302, ""), "the answer was 302"),
        (
            (201, r#"{"id": "x\"; touch pwned"}"#),
            "no id in `caseId` or `id`",
        ),
        ((201, r#"{"name": "x"}"#), "no id in `caseId` or `id`"),
    ] {
        let desk = Desk::answering(&[answer, (200, r#"{"id": 1}"#)]);
        let environment = [
            ("TRANSACTIONLINK_ADDRESS", desk.address.as_str()),
            ("TRANSACTIONLINK_TOKEN", "secret"),
        ];
        let ran = run(&folder, &script, &environment).is(1);
        assert!(ran.err.contains(said), "{}", ran.err);
        assert!(
            ran.err.contains("nothing after this was sent"),
            "{}",
            ran.err
        );
        assert_eq!(desk.received().len(), 1);
    }
    assert!(!folder.0.join("pwned").exists());
}

#[test]
fn what_is_missing_is_said_before_anything_is_sent() {
    let folder = Folder::with(&[("a.workflow.yaml", CASE)]);
    let Some(script) = script(&folder, "transactionlink") else {
        return;
    };
    let ran = run(&folder, &script, &[("TRANSACTIONLINK_TOKEN", "secret")]).is(2);
    assert_eq!(
        ran.err,
        "nothing was sent; set these variables first: TRANSACTIONLINK_ADDRESS\n"
    );
}

#[test]
fn an_editor_sees_one_request_for_each() {
    let folder = Folder::with(&[("a.workflow.yaml", &nasty_statuses())]);
    let file = folder
        .run(&[
            "build",
            ".",
            "--target",
            "actitime:requests",
            "--as",
            "http",
        ])
        .is(0)
        .out;
    let requests = NASTY.len() + 1;
    let count = |test: &dyn Fn(&str) -> bool| file.lines().filter(|line| test(line)).count();
    assert_eq!(count(&|line| line.starts_with("###")), requests);
    assert_eq!(count(&|line| line.starts_with("# @name ")), requests);
    assert_eq!(count(&|line| line.starts_with('@')), 1, "{file}");
    assert_eq!(count(&|line| line.starts_with('<')), 0);
    // Each variable of an editor is one of ours.
    let variables: Vec<&str> = file
        .split("{{")
        .skip(1)
        .filter_map(|v| v.split("}}").next())
        .collect();
    assert_eq!(variables.len(), 3 * requests, "{variables:?}");
    let ours = ["address", "username", "password"];
    assert!(variables.iter().all(|v| ours.contains(v)), "{variables:?}");
    assert!(!file.contains("##["), "{file}");
    let bodies = file.split("\n\n{").skip(1).map(|rest| {
        let body = rest.split("\n}").next().expect("a body");
        serde_json::from_str::<serde_json::Value>(&format!("{{{body}\n}}")).expect("JSON")
    });
    let names: Vec<String> = bodies
        .map(|b| b["name"].as_str().expect("text").to_owned())
        .collect();
    assert_eq!(
        names[1..],
        NASTY.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()
    );
}

#[test]
fn requests_look_as_before() {
    for (name, file, target) in [
        ("case", CASE, "transactionlink"),
        (
            "none",
            &CASE.replace(
                "transactionlink:",
                "itwin:\n    type: Other\n  transactionlink:",
            ),
            "itwin",
        ),
    ] {
        let folder = Folder::with(&[("a.workflow.yaml", file)]);
        let target = format!("{target}:requests");
        for form in ["json", "http", "curl"] {
            let out = folder
                .run(&["build", ".", "--target", &target, "--as", form])
                .is(0)
                .out;
            insta::assert_snapshot!(format!("{name}.{form}"), out);
        }
    }
}

/// Nobody has to install what nothing is read with.
#[test]
fn a_script_that_needs_no_answer_needs_no_jq() {
    let lines = |text: &str, target: &str| -> Vec<String> {
        let folder = Folder::with(&[("a.workflow.yaml", text)]);
        let ran = folder.run(&["build", ".", "--target", target, "--as", "curl"]);
        let script = ran.is(0).out;
        let tools = |l: &&str| l.starts_with("for tool in ") || l.starts_with("take()");
        script.lines().filter(tools).map(str::to_owned).collect()
    };
    let statuses = lines(&nasty_statuses(), "actitime:requests");
    assert_eq!(statuses, ["for tool in curl; do"]);
    let case = lines(CASE, "transactionlink:requests");
    assert_eq!(case, ["for tool in curl jq; do", "take() {"]);
}

#[test]
fn only_requests_can_be_written_otherwise() {
    let folder = Folder::with(&[("a.workflow.yaml", CASE)]);
    let ran = folder
        .run(&["build", ".", "--target", "itwin", "--as", "curl"])
        .is(2);
    assert!(ran.err.contains("--target itwin:requests"), "{}", ran.err);
    let ran = folder
        .run(&["build", ".", "--target", "all", "--as", "http"])
        .is(2);
    assert!(ran.err.contains("--target all:requests"), "{}", ran.err);
    let all = [
        "build",
        ".",
        "--target",
        "all:requests",
        "--as",
        "http",
        "--out",
        "made",
    ];
    folder.run(&all).is(0);
    assert!(
        folder
            .read("made/transactionlink.requests.http")
            .contains("POST {{address}}/cases")
    );
    folder.run(&["build", ".", "--target", "all:reqests"]).is(2);
}

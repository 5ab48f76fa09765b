//! What is live, against products that answer and refuse as their pages say: asked for, compared, planned,
//! sent, asked for again, with the real shells, curl, jq and Python.

mod faults;
mod jira;
mod records;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::common::folder::{Folder, Ran};

/// The products, as `tests/live/server.py` plays them, until this is dropped.
struct Products {
    child: Child,
    address: String,
}

impl Products {
    /// With faults such as `{"429": 1}`. `None` where a tool is missing, which is told.
    fn with(faults: &str) -> Option<Self> {
        for tool in ["python3", "curl", "jq"] {
            let version = Command::new(tool).arg("--version").output();
            if !version.is_ok_and(|version| version.status.success()) {
                eprintln!("skipped: {tool} is not installed");
                return None;
            }
        }
        let server = crate::common::root().join("tests/live/server.py");
        let mut child = Command::new("python3")
            .arg(server)
            .arg(faults)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let mut port = String::new();
        let out = child.stdout.take().expect("a pipe");
        BufReader::new(out).read_line(&mut port).expect("a port");
        let address = format!("http://127.0.0.1:{}", port.trim());
        Some(Products { child, address })
    }

    /// Runs what `build` writes of `target` in this form.
    fn run(&self, folder: &Folder, target: &str, more: &[&str], form: &str) -> Ran {
        self.run_with(folder, target, more, form, &[])
    }

    /// The same, with other words in the environment.
    fn run_with(
        &self,
        folder: &Folder,
        target: &str,
        more: &[&str],
        form: &str,
        environment: &[(&str, &str)],
    ) -> Ran {
        let (form, program, name) = match form {
            "python" => ("python", "python3", "script.py"),
            "zsh" => ("curl", "zsh", "script.sh"),
            _ => ("curl", "sh", "script.sh"),
        };
        let words = [&["build", ".", "--target", target, "--as", form], more].concat();
        let script = folder.run(&words).is(0).out;
        // The address of this product is no variable.
        let own = format!("{}/itwin", self.address);
        let script = script.replace("https://api.bentley.com/issues", &own);
        folder.write(name, &script);
        self.start(folder, program, name, environment)
    }

    fn start(
        &self,
        folder: &Folder,
        program: &str,
        script: &str,
        environment: &[(&str, &str)],
    ) -> Ran {
        let mut command = Command::new(program);
        command.arg(script).current_dir(&folder.0).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (product, words) in [
            ("ACTITIME", &["USERNAME=ada", "PASSWORD=secret"][..]),
            ("XURRENT", &["TOKEN=secret", "ACCOUNT=widget"]),
            ("TRANSACTIONLINK", &["TOKEN=secret"]),
            ("ITWIN", &["TOKEN=secret", "ITWIN=here"]),
            ("JIRA", &["USERNAME=ada", "PASSWORD=secret"]),
        ] {
            let address = format!("{}/{}", self.address, product.to_lowercase());
            command.env(format!("{product}_ADDRESS"), address);
            for word in words {
                let (name, value) = word.split_once('=').expect("a value");
                command.env(format!("{product}_{name}"), value);
            }
        }
        command.envs(environment.iter().copied());
        Ran::of(command.stdin(Stdio::null()).output().expect("it starts"))
    }

    /// How many requests of a method arrived.
    fn count(&self, method: &str) -> usize {
        let url = format!("{}/log", self.address);
        let out = Command::new("curl").args(["-s", &url]).output();
        let log: serde_json::Value =
            serde_json::from_slice(&out.expect("curl").stdout).expect("JSON");
        let lines = log.as_array().expect("a list").iter();
        lines
            .filter(|one| {
                one["line"]
                    .as_str()
                    .is_some_and(|line| line.starts_with(method))
            })
            .count()
    }
}

impl Drop for Products {
    fn drop(&mut self) {
        // It ends with its standard input.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// What scripts are run by, as far as it is installed here.
fn forms() -> Vec<&'static str> {
    let zsh = Command::new("zsh").arg("--version").output();
    if zsh.is_ok_and(|zsh| zsh.status.success()) {
        return vec!["python", "curl", "zsh"];
    }
    eprintln!("skipped: zsh is not installed");
    vec!["python", "curl"]
}

const DESK: &str = "# the statuses of our desk
workflow: desk
start: New
states:
  New: { category: open }
  Working: { category: open, was: [In Progress] }   # a better word
  Parked: { category: open }
  Done Well: { category: closed }
transitions:
  - { from: \"*\", to: Done Well }
  - { from: New, to: Working }
  - { from: Working, to: Parked }
targets:
  actitime: {}
";

fn diff(folder: &Folder, live: &str) -> Ran {
    folder.run(&[
        "diff",
        "--live",
        live,
        ".",
        "--exit-code",
        "--format",
        "short",
    ])
}

#[test]
fn what_differs_in_actitime_is_sent_and_then_nothing_differs() {
    for form in ["python", "curl"] {
        let Some(products) = Products::with(r#"{"429": 1}"#) else {
            return;
        };
        let folder = Folder::with(&[("desk.workflow.yaml", DESK)]);
        let asked = products.run(&folder, "actitime:fetch", &[], form).is(0);
        assert!(asked.err.contains("waiting for 1 seconds"), "{}", asked.err);
        let live = "actitime=actitime.live.json";
        let differs = diff(&folder, live).is(1).out;
        let lines: Vec<&str> = differs.lines().collect();
        assert_eq!(
            lines,
            [
                "desk.workflow.yaml:6:3: ~ state `Working` was called `In Progress` before",
                "desk.workflow.yaml:7:3: + state `Parked` is new: category `open`",
                lines[2],
            ]
        );
        assert!(
            lines[2].ends_with("- state `Rejected` is gone"),
            "{}",
            lines[2]
        );
        assert!(lines[2].starts_with("actitime.live.json:"), "{}", lines[2]);
        let picture = ["diff", "--live", live, ".", "--out", "drift.svg"];
        folder.run(&picture).is(0);
        let drawn = folder.read("drift.svg");
        assert!(drawn.contains("Parked"));
        // The product says nothing of transitions, and so nothing is drawn of them.
        assert!(
            !drawn.contains("any state") && !drawn.contains("dead end"),
            "{drawn}"
        );
        let plan = ["--live", "actitime.live.json"];
        let ran = products
            .run(&folder, "actitime:requests", &plan, form)
            .is(0);
        assert!(
            ran.err
                .contains("next: fetch what is live, and write its ids"),
            "{}",
            ran.err
        );
        assert_eq!((products.count("PATCH"), products.count("POST")), (1, 1));
        // What is done is not sent again, in either form.
        for other in ["python", "curl"] {
            let again = products
                .run(&folder, "actitime:requests", &plan, other)
                .is(0);
            assert!(again.err.contains("done before: POST"), "{}", again.err);
        }
        assert_eq!((products.count("PATCH"), products.count("POST")), (1, 1));
        // The status that a task has cannot be deleted, and the product's own words say so.
        let deletes = ["--live", "actitime.live.json", "--delete"];
        let refused = products
            .run(&folder, "actitime:requests", &deletes, form)
            .is(1);
        assert!(
            refused.err.contains(
                "the answer was 403: Cannot delete workflow status as it is currently in use"
            ),
            "{}",
            refused.err
        );
        assert!(
            refused.err.contains("what to do: give the tasks"),
            "{}",
            refused.err
        );
        folder.write(
            "desk.workflow.yaml",
            &DESK.replace("  Parked", "  Rejected: { category: closed }\n  Parked"),
        );
        folder.write(
            "desk.workflow.yaml",
            &folder.read("desk.workflow.yaml").replace(
                "to: Parked }",
                "to: Parked }\n  - { from: New, to: Rejected }",
            ),
        );
        products.run(&folder, "actitime:fetch", &[], form).is(0);
        assert_eq!(diff(&folder, live).is(0).out, "");
        let ids = folder.run(&["ids", "--live", live, "."]).is(0).out;
        assert_eq!(ids, "desk.workflow.yaml: wrote 5 ids\n");
        let text = folder.read("desk.workflow.yaml");
        let written =
            "  actitime: { ids: { New: 1, Working: 4, Done Well: 7, Rejected: 9, Parked: 10 } }\n";
        assert!(
            text.starts_with("# the statuses of our desk\n") && text.ends_with(written),
            "{text}"
        );
        assert!(text.contains("# a better word"), "{text}");
        assert_eq!(
            folder.run(&["ids", "--live", live, "."]).is(0).out,
            "no id is new\n"
        );
        assert_eq!(diff(&folder, live).is(0).out, "");
        let nothing = folder.run(&[
            "build",
            ".",
            "--target",
            "actitime:requests",
            "--live",
            "actitime.live.json",
        ]);
        assert!(nothing.is(0).out.contains("nothing to do"));
        // What was done is in what is fetched, and does not keep it from being done once more.
        let answers = folder.0.join("answers");
        assert_eq!(folder.read("answers/.gitignore"), "*\n");
        let place = std::fs::read_dir(answers).expect("answers").flatten();
        let place = place
            .map(|entry| entry.path())
            .find(|path| path.is_dir())
            .expect("a place");
        let kept = std::fs::read_dir(&place).expect("a folder").flatten();
        assert_eq!(
            kept.map(|entry| entry.file_name()).collect::<Vec<_>>(),
            ["1"]
        );
    }
}

#[test]
fn a_run_that_breaks_off_says_what_nobody_knows() {
    for form in ["python", "curl"] {
        let Some(products) = Products::with(r#"{"drop": 2}"#) else {
            return;
        };
        let folder = Folder::with(&[("desk.workflow.yaml", DESK)]);
        products.run(&folder, "actitime:fetch", &[], form).is(0);
        let plan = ["--live", "actitime.live.json"];
        let broken = products
            .run(&folder, "actitime:requests", &plan, form)
            .is(1);
        assert!(
            broken
                .err
                .contains("nobody knows whether this request arrived"),
            "{}",
            broken.err
        );
        products.run(&folder, "actitime:fetch", &[], form).is(0);
        let lines = diff(&folder, "actitime=actitime.live.json").is(1).out;
        assert!(
            !lines.contains("Parked") && lines.contains("Rejected"),
            "{lines}"
        );
    }
}

#[test]
fn an_answer_that_is_none_is_never_the_same() {
    let folder = Folder::with(&[("desk.workflow.yaml", DESK)]);
    folder.write(
        "live.json",
        r#"{"key": "api.error.unauthorized", "message": "Wrong name or password"}"#,
    );
    for words in [
        &["diff", "--live", "actitime=live.json", "."][..],
        &["diff", "--live", "actitime=none.json", "."],
        &[
            "build",
            ".",
            "--target",
            "actitime:requests",
            "--live",
            "live.json",
        ],
    ] {
        let ran = folder.run(words).is(3);
        assert_eq!(ran.out, "", "{}", ran.err);
    }
    folder.write(
        "live.json",
        r#"{"offset": 3, "limit": 1000, "items": [{"id": 1, "name": "New", "type": "open"}]}"#,
    );
    let partly = folder
        .run(&["diff", "--live", "actitime=live.json", "."])
        .is(3);
    assert!(partly.out.contains("not all is told"), "{}", partly.out);
    let plan = [
        "build",
        ".",
        "--target",
        "actitime:requests",
        "--live",
        "live.json",
    ];
    let ran = folder.run(&plan).is(3);
    assert!(
        ran.err
            .contains("nothing was planned: not all of `live.json` could be read"),
        "{}",
        ran.err
    );
    let usage = folder.run(&["diff", "--live", "live.json", "."]).is(2);
    assert!(usage.err.contains("TARGET=FILE"), "{}", usage.err);
    let usage = folder
        .run(&["build", ".", "--target", "actitime", "--live", "live.json"])
        .is(2);
    assert!(usage.err.contains("actitime:requests"), "{}", usage.err);
}

const SITE: &str = "workflow: site-issue
start: Open
states:
  Open: { category: open, color: \"#ff0000\" }
  In Review: { category: open }
  Closed: { category: closed }
transitions:
  - { name: Review, from: Open, to: In Review, notes: required }
  - { name: Close, from: In Review, to: Closed }
targets:
  itwin: { type: Other }
";

/// No API draws a workflow there: a person does, by a list of what differs alone.
#[test]
fn what_people_do_by_hand_is_a_list_of_what_differs() {
    let folder = Folder::with(&[("site.workflow.yaml", SITE)]);
    let steps = |more: &[&str]| -> Vec<String> {
        let words = [
            &["build", ".", "--target", "itwin:requests", "--as", "steps"],
            more,
        ]
        .concat();
        let out = folder.run(&words).is(0).out;
        let lines = out
            .lines()
            .filter(|line| line.contains("[ ] ") || line.starts_with("Nothing"));
        lines.map(str::to_owned).collect()
    };
    let same = folder.run(&["build", ".", "--target", "itwin"]).is(0).out;
    folder.write("live.json", &same);
    assert_eq!(
        steps(&["--live", "live.json"]),
        ["Nothing to do: what is live is what the files say."]
    );
    let changed = same
        .replace("\"In Review\"", "\"Checking\"")
        .replace("#ff0000", "#00ff00");
    folder.write("live.json", &changed);
    assert_eq!(
        steps(&["--live", "live.json"]),
        [
            "1. [ ] Add the state `In Review`: state category `Open`",
            "2. [ ] Change the colour of the state `Open` from `#00ff00` to `#ff0000`",
            "3. [ ] Lead the transition `Review` from `Open` to `In Review` instead of to `Checking`",
            "4. [ ] Add the transition `Close` from `In Review` to `Closed`",
            "5. [ ] Delete the transition `Close` from `Checking` to `Closed`",
            "6. [ ] Delete the state `Checking`, once no issue is in it",
        ]
    );
    let all = steps(&[]);
    assert_eq!(
        all[0],
        "1. [ ] Add the state `Open`: state category `Open`, colour `#ff0000`"
    );
    assert_eq!(all.len(), 6, "{all:?}");
    // Of another workflow, it tells nothing of this one.
    folder.write("live.json", &same.replace("\"Other\"", "\"Task\""));
    folder.write(
        "other.workflow.yaml",
        &SITE
            .replace("site-issue", "other")
            .replace("type: Other", "type: Third"),
    );
    let out = folder
        .run(&[
            "build",
            ".",
            "--target",
            "itwin:requests",
            "--live",
            "live.json",
        ])
        .is(0)
        .out;
    assert!(
        !out.contains("nothing to do")
            && out.contains("is not planned: the answer is of another one"),
        "{out}"
    );
}

const JIRA_DESK: &str = "# the workflow of our desk
workflow: desk
name: Desk
start: New
states:
  New: { category: open }
  Working: { category: open, was: [In Progress] }   # a better word
  Parked: { category: open }
  Done: { category: closed }
transitions:
  - { name: Finish, from: [New, Working, Parked], to: Done }
  - { name: Begin, from: New, to: Working }
  - { name: Park, from: Working, to: Parked }
migrate: { Rejected: Done }
targets:
  jira: {}
";

const JIRA_FRESH: &str = "workflow: fresh
name: Fresh
start: New
states:
  New: { category: open, description: Just in }
  Done: { category: closed }
transitions:
  - { name: Finish, from: New, to: Done }
targets:
  jira: {}
";

/// Where a line stands in an answer is each tool's own affair.
fn without_lines(text: &str) -> String {
    let is_number = |word: &&str| !word.bytes().all(|byte| byte.is_ascii_digit());
    let line = |line: &str| {
        line.split(':')
            .filter(is_number)
            .collect::<Vec<_>>()
            .join(":")
    };
    text.lines().map(|text| line(text) + "\n").collect()
}

const LIVE_JIRA: &str = "jira=jira.live.json";
const BY_JIRA: &[&str] = &["--live", "jira.live.json"];

#[test]
fn what_differs_in_jira_is_sent_and_then_nothing_differs() {
    for (form, other) in [("python", "curl"), ("curl", "python")] {
        let Some(products) = Products::with(r#"{"429": 1}"#) else {
            return;
        };
        let folder = Folder::with(&[
            ("desk.workflow.yaml", JIRA_DESK),
            ("fresh.workflow.yaml", JIRA_FRESH),
        ]);
        products.run(&folder, "jira:fetch", &[], form).is(0);
        let differs = without_lines(&diff(&folder, LIVE_JIRA).is(1).out);
        insta::allow_duplicates!(insta::assert_snapshot!("jira.drift", differs));
        let plan = folder.run(&[
            "build",
            ".",
            "--target",
            "jira:requests",
            "--live",
            "jira.live.json",
        ]);
        let plan = plan.is(0).out;
        let plan: serde_json::Value = serde_json::from_str(&plan).expect("JSON");
        let note = "status `In Progress` keeps its id and becomes `Working`, also in `Other`, which has it, too";
        assert!(
            plan["notes"]
                .as_array()
                .expect("notes")
                .contains(&note.into())
        );
        let update = &plan["requests"][1]["body"]["workflows"][0];
        let ids: Vec<&str> = update["transitions"]
            .as_array()
            .expect("transitions")
            .iter()
            .map(|transition| transition["id"].as_str().expect("an id"))
            .collect();
        // Those that are there keep theirs, whatever they are called and where they lead.
        assert_eq!(ids, ["1", "31", "11", "42"]);
        products.run(&folder, "jira:requests", BY_JIRA, form).is(0);
        assert_eq!(products.count("POST"), 4);
        let again = products.run(&folder, "jira:requests", BY_JIRA, other).is(0);
        assert!(again.err.contains("done before: POST"), "{}", again.err);
        assert_eq!(products.count("POST"), 4);
        products.run(&folder, "jira:fetch", &[], form).is(0);
        assert_eq!(diff(&folder, LIVE_JIRA).is(0).out, "");
        let ids = folder.run(&["ids", "--live", LIVE_JIRA, "."]).is(0).out;
        assert_eq!(
            ids,
            "desk.workflow.yaml: wrote 5 ids\nfresh.workflow.yaml: wrote 3 ids\n"
        );
        let text = folder.read("desk.workflow.yaml");
        let written = "jira: { workflow-id: \"w-desk\", status-ids: { New: 10001, Working: 10002, Parked: 10010, Done: 10003 } }\n";
        assert!(text.ends_with(written), "{text}");
        assert_eq!(diff(&folder, LIVE_JIRA).is(0).out, "");
        let nothing = folder.run(&[
            "build",
            ".",
            "--target",
            "jira:requests",
            "--live",
            "jira.live.json",
        ]);
        assert!(nothing.is(0).out.contains("nothing to do"));
        // What two workflows have is described once, and an update of the other one does not wipe it.
        let live = folder.read("jira.live.json");
        assert!(live.contains("Just in") && live.contains("Somebody works on it"));
        // By an older answer, the version is not that which is there.
        let called = |name: &str| text.replace("name: Park,", &format!("name: {name},"));
        folder.write("desk.workflow.yaml", &called("Put aside"));
        products.run(&folder, "jira:requests", BY_JIRA, form).is(0);
        folder.write("desk.workflow.yaml", &called("Put away"));
        let refused = products.run(&folder, "jira:requests", BY_JIRA, form).is(1);
        for said in [
            "the answer was 409: The workflow has a newer version",
            "what to do: somebody else has changed it: fetch what is live, and plan again",
        ] {
            assert!(refused.err.contains(said), "{}", refused.err);
        }
        products.run(&folder, "jira:fetch", &[], form).is(0);
        products.run(&folder, "jira:requests", BY_JIRA, form).is(0);
        products.run(&folder, "jira:fetch", &[], form).is(0);
        assert_eq!(diff(&folder, LIVE_JIRA).is(0).out, "");
        assert!(folder.read("jira.live.json").contains("Put away"));
    }
}

/// The question comes first, and what it says is neither success nor done.
#[test]
fn what_jira_would_refuse_is_not_sent() {
    for form in ["python", "curl"] {
        let Some(products) = Products::with("{}") else {
            return;
        };
        let silent = JIRA_DESK.replace("migrate: { Rejected: Done }\n", "");
        let folder = Folder::with(&[("desk.workflow.yaml", &silent)]);
        products.run(&folder, "jira:fetch", &[], form).is(0);
        for _ in 0..2 {
            let refused = products.run(&folder, "jira:requests", BY_JIRA, form).is(1);
            let said = "refused: Issues are in Rejected, and no mapping says where they go\nstopped: the product would refuse it; nothing after this was sent\n";
            assert!(refused.err.ends_with(said), "{}", refused.err);
        }
        // It is asked again, and nothing else is sent.
        assert_eq!(
            products.count("POST /jira/rest/api/3/workflows/update/validation"),
            2
        );
        assert_eq!(products.count("POST"), 2);
        let plan = folder.run(&[&["build", ".", "--target", "jira:requests"], BY_JIRA].concat());
        let note = "workflow `desk` loses status `Rejected`, and `migrate` of its file does not say where its issues go: Jira refuses that while there are some";
        assert!(plan.is(0).out.contains(note));
    }
}

/// One workflow that Jira keeps as it is does not keep the others from being planned.
#[test]
fn only_what_cannot_be_planned_is_left_out() {
    let Some(products) = Products::with("{}") else {
        return;
    };
    let own = JIRA_FRESH.replace("name: Fresh", "name: jira");
    let folder = Folder::with(&[
        ("fresh.workflow.yaml", JIRA_FRESH),
        (
            "own.workflow.yaml",
            &own.replace("workflow: fresh", "workflow: own")
                .replace(", description: Just in", ""),
        ),
    ]);
    products.run(&folder, "jira:fetch", &[], "python").is(0);
    let plan = folder
        .run(&[&["build", ".", "--target", "jira:requests"], BY_JIRA].concat())
        .is(3);
    assert!(plan.err.contains("workflow `own` is not planned, because of this: workflow `jira` cannot be edited in Jira"), "{}", plan.err);
    assert!(
        plan.out.contains("create workflow `fresh`") && !plan.out.contains("nothing to do"),
        "{}",
        plan.out
    );
    assert!(!plan.out.contains("update workflow"), "{}", plan.out);
    let differs = folder.run(&["diff", "--live", LIVE_JIRA, "."]).is(3);
    assert!(
        differs
            .out
            .contains("workflow `jira` cannot be edited in Jira: `own.workflow.yaml`"),
        "{}",
        differs.out
    );
}

/// A request tells the id of a new status in its answer alone.
#[test]
fn what_needs_a_new_status_of_an_earlier_request_waits() {
    let names: Vec<String> = (0..21)
        .map(|number| format!("w{number:02}.workflow.yaml"))
        .collect();
    let texts: Vec<String> = (0..21).map(|number| format!("workflow: w{number:02}\nstart: New\nstates:\n  New: {{ category: open }}\n  Done: {{ category: closed }}\ntransitions:\n  - {{ from: New, to: Done }}\ntargets:\n  jira: {{}}\n")).collect();
    let files: Vec<(&str, &str)> = names
        .iter()
        .map(String::as_str)
        .zip(texts.iter().map(String::as_str))
        .collect();
    let folder = Folder::with(&files);
    let plan = |live: &str| {
        folder.write("live.json", live);
        let ran = folder.run(&[
            "build",
            ".",
            "--target",
            "jira:requests",
            "--live",
            "live.json",
            "--as",
            "steps",
        ]);
        let out = ran.is(0).out;
        (out.contains("Not planned yet: workflow `w20`, which has statuses that the requests before it create"), out.matches("[ ] Create").count())
    };
    let statuses = r#"[{"id": "1", "name": "New", "description": "", "statusCategory": "TODO", "statusReference": "1", "scope": {"type": "GLOBAL"}}, {"id": "2", "name": "Done", "description": "", "statusCategory": "DONE", "statusReference": "2", "scope": {"type": "GLOBAL"}}]"#;
    let other = r#"[{"id": "x", "name": "Other", "description": "", "scope": {"type": "GLOBAL"}, "statuses": [{"statusReference": "1", "properties": {}}, {"statusReference": "2", "properties": {}}], "transitions": [{"id": "1", "name": "Create", "type": "INITIAL", "toStatusReference": "1", "links": []}, {"id": "2", "name": "Do", "type": "DIRECTED", "toStatusReference": "2", "links": [{"fromStatusReference": "1"}]}]}]"#;
    assert_eq!(
        plan(&format!(
            r#"{{"statuses": {statuses}, "workflows": {other}}}"#
        )),
        (false, 2)
    );
    let unlike = statuses.replace("\"New\"", "\"Fresh\"");
    assert_eq!(
        plan(&format!(
            r#"{{"statuses": {unlike}, "workflows": {other}}}"#
        )),
        (true, 1)
    );
}

const RACK: &str = "workflow: rack
name: Install new rack
start: Registered
states:
  Registered: { category: open }
  Completed: { category: closed }
transitions:
  - { name: Complete, from: Registered, to: Completed }
targets:
  xurrent: # one record
    record:
      category: standard
      justification: expansion
      workflow_type: infrastructure_change
      service: 26
      template: 37
      project: 9
";

#[test]
fn what_differs_in_xurrent_is_sent_and_then_nothing_differs() {
    const LIVE: &str = "xurrent:workflows=xurrent.live.json";
    const BY: &[&str] = &["--live", "xurrent.live.json"];
    for (form, other) in [("python", "curl"), ("curl", "python")] {
        let Some(products) = Products::with(r#"{"429": 1}"#) else {
            return;
        };
        let other_rack = RACK
            .replace(": rack", ": old")
            .replace("Install new", "Remove old");
        let third = RACK
            .replace(": rack", ": third")
            .replace("Install new", "Move the");
        let folder = Folder::with(&[
            ("rack.workflow.yaml", RACK),
            ("old.workflow.yaml", &other_rack),
            ("third.workflow.yaml", &third),
        ]);
        let fetch = || products.run(&folder, "xurrent:fetch", &[], form).is(0);
        // Nothing is there yet, which is an answer, too.
        fetch();
        let new = diff(&folder, LIVE).is(1).out;
        assert_eq!(new.lines().count(), 3, "{new}");
        products.run(&folder, "xurrent:requests", BY, form).is(0);
        let again = products.run(&folder, "xurrent:requests", BY, other).is(0);
        assert!(again.err.contains("done before: POST"), "{}", again.err);
        assert_eq!(products.count("POST"), 3);
        // In two pages, and by subjects until ids are known.
        fetch();
        assert_eq!(diff(&folder, LIVE).is(0).out, "");
        let plan = |more: &[&str]| -> serde_json::Value {
            let words = [&["build", ".", "--target", "xurrent:requests"], BY, more].concat();
            serde_json::from_str(&folder.run(&words).is(0).out).expect("JSON")
        };
        let same = plan(&[]);
        assert_eq!(same["requests"].as_array().map(Vec::len), Some(0));
        let note = "workflow `rack` is taken for record 239, which has its subject";
        assert!(
            same["notes"]
                .as_array()
                .expect("notes")
                .contains(&note.into()),
            "{same}"
        );
        folder.run(&["ids", "--live", LIVE, "."]).is(0);
        let text = folder.read("rack.workflow.yaml");
        assert!(text.ends_with("      project: 9\n    id: 239\n"), "{text}");
        // What the file does not say any more is cleared; what is not shown is not compared.
        let changed = text
            .replace("expansion", "removal")
            .replace("      project: 9\n", "      note: Mind the cables\n");
        folder.write("rack.workflow.yaml", &changed);
        std::fs::remove_file(folder.0.join("third.workflow.yaml")).expect("it is there");
        let differs = diff(&folder, LIVE).is(1).out;
        assert_eq!(
            differs,
            "rack.workflow.yaml:11:5: ~ target `xurrent`: `record` has changed\n"
        );
        let changes = plan(&[]);
        assert_eq!(
            changes["requests"][0]["body"],
            serde_json::json!({"justification": "removal", "project_id": null})
        );
        assert_eq!(
            changes["requests"].as_array().map(Vec::len),
            Some(1),
            "{changes}"
        );
        let hidden = "the answer does not show `note` of workflow `rack`: whether it is the same is not known, and nothing is sent";
        assert!(
            changes["notes"]
                .as_array()
                .expect("notes")
                .contains(&hidden.into())
        );
        let trashed = plan(&["--delete"]);
        assert_eq!(trashed["requests"][1]["path"], "/workflows/240/trash");
        let delete = [BY, &["--delete"]].concat();
        products
            .run(&folder, "xurrent:requests", &delete, form)
            .is(0);
        assert_eq!((products.count("PATCH"), products.count("POST")), (1, 4));
        fetch();
        assert_eq!(diff(&folder, LIVE).is(0).out, "");
        assert!(!folder.read("xurrent.live.json").contains("Move the rack"));
        // A record that is not in the answer is neither created again nor forgotten.
        folder.write(
            "old.workflow.yaml",
            &other_rack.replace("    record:", "    id: 7\n    record:"),
        );
        let missing = plan(&[]);
        let note = "workflow `old` is not planned: record 7 is not in the answer; it may be in the archive or in the trash, or a filter leaves it out";
        assert!(
            missing["notes"]
                .as_array()
                .expect("notes")
                .contains(&note.into()),
            "{missing}"
        );
        assert_eq!(missing["requests"].as_array().map(Vec::len), Some(0));
    }
}

#[test]
fn a_run_is_begun_once_and_asked_for() {
    for (form, other) in [("python", "curl"), ("curl", "python")] {
        let Some(products) = Products::with("{}") else {
            return;
        };
        let text = "workflow: onboarding\nstart: Running\nstates:\n  Running: { category: open }\n  Completed: { category: closed }\ntransitions:\n  - { name: Complete, from: Running, to: Completed }\ntargets:\n  transactionlink:\n    workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c\n    case: { firstName: Ada }\n    parameters: { limit: 100 }\n";
        let folder = Folder::with(&[("onboarding.workflow.yaml", text)]);
        // What the answers call their ids, the answers to a case and to parameters say differently.
        products
            .run(&folder, "transactionlink:requests", &[], form)
            .is(0);
        let again = products
            .run(&folder, "transactionlink:requests", &[], other)
            .is(0);
        assert!(
            again.err.contains("done before: POST /workflows/run"),
            "{}",
            again.err
        );
        assert_eq!(products.count("POST"), 3);
        // The answer to the run has the ids that the file lacks.
        let kept = std::fs::read_dir(folder.0.join("answers")).expect("a folder");
        let places = kept.flatten().filter(|entry| entry.path().is_dir());
        let files = places.flat_map(|place| std::fs::read_dir(place.path()).expect("a folder"));
        let answers = files.flatten().map(|file| file.path());
        let answer = answers
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .find(|text| text.contains("RUNNING"))
            .expect("the answer to the run");
        folder.write("run.json", &answer);
        let ids = folder.run(&["ids", "--live", "transactionlink:status=run.json", "."]);
        assert_eq!(ids.is(0).out, "onboarding.workflow.yaml: wrote 2 ids\n");
        let written = folder.read("onboarding.workflow.yaml");
        for line in [
            RUN_ID,
            "    case-id: \"00000000-0000-0000-0000-000000000001\"\n",
        ] {
            assert!(written.contains(line), "{written}");
        }
        products
            .run(&folder, "transactionlink:fetch", &[], form)
            .is(0);
        let live = "transactionlink:status=transactionlink.onboarding.live.json";
        assert_eq!(diff(&folder, live).is(0).out, "");
        let plan = [
            "build",
            ".",
            "--target",
            "transactionlink:requests",
            "--live",
            live,
        ];
        let plan = folder.run(&plan).is(0).out;
        assert!(
            plan.contains("nothing to do") && plan.contains("with the status `RUNNING`"),
            "{plan}"
        );
        assert!(
            folder
                .read("transactionlink.onboarding.result.json")
                .contains("caseId")
        );
        // A run that is not in the answer is not begun a second time.
        let other = answer.replace("7d0", "7d9");
        folder.write("run.json", &other);
        let live = "transactionlink:status=run.json";
        let plan = [
            "build",
            ".",
            "--target",
            "transactionlink:requests",
            "--live",
            live,
        ];
        let plan = folder.run(&plan).out;
        assert!(
            plan.contains("is not planned") && !plan.contains("/workflows/run"),
            "{plan}"
        );
    }
}

/// The first run of the product, as `tests/live/server.py` numbers it.
const RUN_ID: &str = "    run-id: \"00000000-0000-0000-0000-0000000007d0\"\n";

/// Another definition, or other parameters, are another run: no request changes one.
#[test]
fn a_run_of_today_needs_no_case_and_is_planned_anew_where_it_differs() {
    for form in ["python", "curl"] {
        let Some(products) = Products::with("{}") else {
            return;
        };
        let text = "workflow: onboarding\nstart: Running\nstates:\n  Running: { category: open }\n  Completed: { category: closed }\ntransitions:\n  - { name: Complete, from: Running, to: Completed }\ntargets:\n  transactionlink:\n    workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c\n    locale: en\n    parameters: { limit: 100 }\n";
        let folder = Folder::with(&[("onboarding.workflow.yaml", text)]);
        products
            .run(&folder, "transactionlink:requests", &[], form)
            .is(0);
        assert_eq!(products.count("POST /transactionlink/workflows"), 1);
        let with_id = format!("{text}{RUN_ID}");
        folder.write("onboarding.workflow.yaml", &with_id);
        products
            .run(&folder, "transactionlink:fetch", &[], form)
            .is(0);
        let live = "transactionlink:workflow=transactionlink.onboarding.live.json";
        assert_eq!(diff(&folder, live).is(0).out, "");
        let changed = with_id.replace("100", "200");
        folder.write("onboarding.workflow.yaml", &changed);
        assert_eq!(
            diff(&folder, live).is(1).out,
            "onboarding.workflow.yaml:12:5: ~ target `transactionlink`: `parameters` has changed\n"
        );
        let steps = ["--as", "steps"];
        let plan = [
            "build",
            ".",
            "--target",
            "transactionlink:requests",
            "--live",
            live,
        ];
        let steps = folder.run(&[&plan[..], &steps].concat()).is(0).out;
        assert!(
            steps.contains("1. [ ] Run workflow")
                && steps.contains("2. [ ] Look in the dashboard at run"),
            "{steps}"
        );
    }
}

/// What one type answers is no reason to leave out the others, and that there is no workflow is no mistake.
#[test]
fn each_issue_type_is_asked_for_whatever_another_answers() {
    for form in ["python", "curl"] {
        let Some(products) = Products::with("{}") else {
            return;
        };
        let file = |kind: &str| {
            SITE.replace("site-issue", &kind.to_lowercase())
                .replace("type: Other", &format!("type: {kind}"))
        };
        let folder = Folder::with(&[
            ("a.workflow.yaml", file("Clash").as_str()),
            ("b.workflow.yaml", file("Task").as_str()),
            ("c.workflow.yaml", file("Issue").as_str()),
        ]);
        let asked = || products.run(&folder, "itwin:fetch", &[], form);
        folder.write("itwin.task.live.json", "{}");
        let ran = asked().is(1);
        for said in [
            "the answer was 500: Something went wrong.",
            "the product has none: WorkflowNotFound",
            "wrote itwin.issue.live.json",
            "stopped: 1 of 3 answers could not be read",
        ] {
            assert!(ran.err.contains(said), "{said}: {}", ran.err);
        }
        // What was live before is not what is live.
        assert!(!folder.0.join("itwin.task.live.json").exists());
        std::fs::remove_file(folder.0.join("a.workflow.yaml")).expect("it is there");
        asked().is(0);
    }
}

/// No API draws a workflow there, and still its answer is one script away.
#[test]
fn what_is_live_is_asked_for_by_type_and_by_id() {
    let text = "workflow: repair\nstart: New\nstates:\n  New: { category: open }\n  Closed: { category: closed }\ntransitions:\n  - { from: New, to: Closed }\ntargets:\n  incident-iq: { workflow-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c }\n  itwin: { type: My Type/1 }\n";
    let folder = Folder::with(&[("repair.workflow.yaml", text)]);
    let lines = |target: &str, form: &str, of: &str| -> Vec<String> {
        let ran = folder.run(&["build", ".", "--target", target, "--as", form]);
        let out = ran.is(0).out;
        let lines = out.lines().filter(|line| line.starts_with(of));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(
        lines("itwin:fetch", "http", "GET"),
        ["GET https://api.bentley.com/issues/workflows/My%20Type%2F1?iTwinId={{itwin}}"]
    );
    assert_eq!(
        lines("itwin:fetch", "curl", "fetch '"),
        [
            "fetch 'read the workflow of issue type `My Type/1`' '/workflows/My%20Type%2F1?iTwinId='\"${ITWIN_ITWIN%/}\"'' 'itwin.repair.live.json' 'WorkflowNotFound'"
        ]
    );
    assert_eq!(
        lines("incident-iq:fetch", "http", "GET"),
        [
            "GET {{address}}/api/v1.0/workflows",
            "GET {{address}}/api/v1.0/workflows/3b2d8a4f-579f-4e2e-a51c-f859e532fe8c/steps",
        ]
    );
}

/// That nobody has drawn a workflow for a type is an answer, and no reason to leave out the others.
#[test]
fn a_type_without_a_workflow_does_not_stop_the_others() {
    let missing = r#"{"error": {"code": "WorkflowNotFound", "message": "Requested Workflow is not available."}}"#;
    let folder = Folder::with(&[("site.workflow.yaml", SITE), ("missing.json", missing)]);
    let one = folder.run(&["build", ".", "--target", "itwin"]).is(0).out;
    folder.write("one.json", &one);
    folder.write("list.json", &format!("[{one}, {missing}]"));
    for files in [&["list.json"][..], &["one.json", "missing.json"]] {
        let ran = folder.run(
            &[
                &["import", "--from", "itwin", "--out", "made", "--force"],
                files,
            ]
            .concat(),
        );
        let ran = ran.is(0);
        assert!(
            ran.err.contains("answer 2 says that there is no workflow"),
            "{}",
            ran.err
        );
        assert!(
            folder
                .read("made/other.workflow.yaml")
                .contains("In Review")
        );
    }
    folder
        .run(&["import", "--from", "itwin", "missing.json"])
        .is(1);
    folder.write(
        "list.json",
        &format!(
            "[{one}, {}]",
            missing.replace("WorkflowNotFound", "RepositoryNotFound")
        ),
    );
    folder
        .run(&["import", "--from", "itwin", "list.json"])
        .is(1);
}

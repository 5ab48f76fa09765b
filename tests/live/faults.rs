//! Scripts whose products refuse, or whose connection breaks off: what is told, and what is sent after it.

use super::{BY_JIRA, DESK, JIRA_DESK, JIRA_FRESH, LIVE_JIRA, Products, RACK, SITE, diff, forms};
use crate::common::folder::Folder;

/// The page's four error answers, in its words, with what to do; and nothing more is asked for where the next
/// answer would be the same.
#[test]
fn each_error_answer_of_itwin_is_told_in_its_words() {
    struct Case {
        faults: &'static str,
        environment: (&'static str, &'static str),
        said: &'static [&'static str],
        asked: usize,
    }
    let cases = [
        Case {
            faults: "{}",
            environment: ("ITWIN_TOKEN", "stale"),
            said: &[
                "the answer was 401: Header Authorization was not found in the request. Access denied.\n",
                "what to do: send the header `Authorization` with a token for the scope `itwin-platform`\n",
            ],
            asked: 1,
        },
        Case {
            faults: "{}",
            environment: ("ITWIN_ITWIN", "elsewhere"),
            said: &[
                "the answer was 404: Requested iTwin is not available.\n",
                "what to do: ask with the id of an iTwin or a project that exists\n",
                "stopped: 2 of 2 answers could not be read\n",
            ],
            asked: 2,
        },
        Case {
            faults: "{}",
            environment: ("ITWIN_ITWIN", "our-building"),
            said: &[
                "the answer was 422: The 'projectId' query parameter must be provided.\n",
                "what to do: ask with both `type` and `iTwinId`, which is a GUID\n",
                "stopped: 2 of 2 answers could not be read\n",
            ],
            asked: 2,
        },
        Case {
            faults: r#"{"429": 9, "wait": 3600}"#,
            environment: ("ITWIN_TOKEN", "secret"),
            said: &[
                "the product asks to wait for 3600 seconds, which is too long\n",
                "the answer was 429: The client sent more requests than allowed by this API for the current tier of the client.\n",
                "what to do: ask again after as many seconds as the headers of the answer say\n",
            ],
            asked: 1,
        },
    ];
    for case in &cases {
        for form in forms() {
            let Some(products) = Products::with(case.faults) else {
                return;
            };
            let other = SITE.replace("site-issue", "task");
            let folder = Folder::with(&[
                (
                    "site.workflow.yaml",
                    SITE.replace("Other", "Issue").as_str(),
                ),
                (
                    "task.workflow.yaml",
                    other.replace("Other", "Task").as_str(),
                ),
            ]);
            let environment = [case.environment];
            let ran = products
                .run_with(&folder, "itwin:fetch", &[], form, &environment)
                .is(1);
            for said in case.said {
                assert!(ran.err.contains(said), "{form}: {said}: {}", ran.err);
            }
            assert_eq!(products.count("GET"), case.asked, "{form}: {}", ran.err);
            assert!(!ran.err.contains("Traceback"), "{}", ran.err);
            assert!(!folder.0.join("itwin.site-issue.live.json").exists());
        }
    }
}

/// The faults of a connection: the second request breaks off in its answer, or never arrives.
const BREAKS: [&str; 2] = [r#"{"drop": 2}"#, r#"{"lose": 2}"#];

const UNKNOWN: &str = "nobody knows whether this request arrived";

#[test]
fn after_a_break_actitime_gets_only_what_is_left() {
    for faults in BREAKS {
        for form in forms() {
            let Some(products) = Products::with(faults) else {
                return;
            };
            let file = DESK.replace("  Parked", "  Rejected: { category: closed }\n  Parked");
            let more = "\n  - { from: New, to: Rejected }\ntargets:";
            let folder = Folder::with(&[(
                "desk.workflow.yaml",
                file.replace("\ntargets:", more).as_str(),
            )]);
            let live = "actitime=actitime.live.json";
            products.run(&folder, "actitime:fetch", &[], form).is(0);
            let plan = ["--live", "actitime.live.json"];
            let send = || products.run(&folder, "actitime:requests", &plan, form);
            let broken = send().is(1);
            assert!(broken.err.contains(UNKNOWN), "{}", broken.err);
            products.run(&folder, "actitime:fetch", &[], form).is(0);
            send().is(0);
            // The name that had arrived is not sent again, and the new status is there once.
            assert_eq!(products.count("PATCH"), 1);
            assert_eq!(
                products.count("POST"),
                if faults.contains("lose") { 2 } else { 1 }
            );
            products.run(&folder, "actitime:fetch", &[], form).is(0);
            assert_eq!(diff(&folder, live).is(0).out, "");
        }
    }
}

#[test]
fn after_a_break_jira_gets_only_what_is_left() {
    for faults in BREAKS {
        for form in ["python", "curl"] {
            let Some(products) = Products::with(faults) else {
                return;
            };
            let folder = Folder::with(&[
                ("desk.workflow.yaml", JIRA_DESK),
                ("fresh.workflow.yaml", JIRA_FRESH),
            ]);
            products.run(&folder, "jira:fetch", &[], form).is(0);
            let send = || products.run(&folder, "jira:requests", BY_JIRA, form);
            let broken = send().is(1);
            assert!(broken.err.contains(UNKNOWN), "{}", broken.err);
            products.run(&folder, "jira:fetch", &[], form).is(0);
            send().is(0);
            let sent = |what: &str| {
                let path = format!("POST /jira/rest/api/3/workflows/{what}");
                products.count(&path) - products.count(&format!("{path}/validation"))
            };
            let updates = sent("update");
            assert_eq!(updates, if faults.contains("lose") { 2 } else { 1 });
            assert_eq!(sent("create"), 1);
            products.run(&folder, "jira:fetch", &[], form).is(0);
            assert_eq!(diff(&folder, LIVE_JIRA).is(0).out, "");
        }
    }
}

/// A record that is sent twice would be two records, and so the same script sends it no second time.
#[test]
fn after_a_break_xurrent_gets_no_record_twice() {
    for faults in BREAKS {
        for form in ["python", "curl"] {
            let Some(products) = Products::with(faults) else {
                return;
            };
            let named = |id: &str, subject: &str| {
                RACK.replace(": rack", &format!(": {id}"))
                    .replace("Install new rack", subject)
            };
            let folder = Folder::with(&[
                ("a.workflow.yaml", named("a", "First").as_str()),
                ("b.workflow.yaml", named("b", "Second").as_str()),
                ("c.workflow.yaml", named("c", "Third").as_str()),
            ]);
            products.run(&folder, "xurrent:fetch", &[], form).is(0);
            let plan = ["--live", "xurrent.live.json"];
            let send = |form| products.run(&folder, "xurrent:requests", &plan, form);
            let broken = send(form).is(1);
            assert!(broken.err.contains(UNKNOWN), "{}", broken.err);
            for again in ["python", "curl"] {
                let stopped = send(again).is(1);
                let said = "stopped: this was sent before, and nobody knows whether it arrived: create the record of workflow `b`\nwhat to do: fetch what is live, and plan again; or, where it did not arrive, delete answers/";
                assert!(stopped.err.contains("done before: POST"), "{}", stopped.err);
                assert!(stopped.err.contains(said), "{}", stopped.err);
            }
            assert_eq!(products.count("POST"), 2);
            products.run(&folder, "xurrent:fetch", &[], form).is(0);
            send(form).is(0);
            let lost = usize::from(faults.contains("lose"));
            assert_eq!(products.count("POST"), 3 + lost);
            products.run(&folder, "xurrent:fetch", &[], form).is(0);
            assert_eq!(
                diff(&folder, "xurrent:workflows=xurrent.live.json")
                    .is(0)
                    .out,
                ""
            );
            let live = folder.read("xurrent.live.json");
            assert_eq!(live.matches("\"subject\": \"Second\"").count(), 1, "{live}");
        }
    }
}

/// Nothing lists the runs: whether one was begun, a person sees in the dashboard.
#[test]
fn after_a_break_no_run_is_begun_twice() {
    for form in ["python", "curl"] {
        let Some(products) = Products::with(r#"{"lose": 3}"#) else {
            return;
        };
        let text = "workflow: onboarding\nstart: Running\nstates:\n  Running: { category: open }\n  Completed: { category: closed }\ntransitions:\n  - { name: Complete, from: Running, to: Completed }\ntargets:\n  transactionlink:\n    workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c\n    case: { firstName: Ada }\n    parameters: { limit: 100 }\n";
        let folder = Folder::with(&[("onboarding.workflow.yaml", text)]);
        let send = || products.run(&folder, "transactionlink:requests", &[], form);
        assert!(send().is(1).err.contains(UNKNOWN));
        let stopped = send().is(1).err;
        let (_, mark) = stopped
            .split_once("did not arrive, delete ")
            .unwrap_or_else(|| panic!("{stopped}"));
        let (mark, _) = mark.split_once(" and run").expect("the rest");
        assert_eq!(products.count("POST"), 3);
        std::fs::remove_file(folder.0.join(mark)).expect("it is there");
        let sent = send().is(0);
        assert_eq!(sent.err.matches("done before: POST").count(), 2);
        assert_eq!(products.count("POST"), 4);
    }
}

/// An answer that refuses and breaks off is no answer, and no trace of the script's own.
#[test]
fn a_refusal_that_breaks_off_is_told() {
    for form in forms() {
        let Some(products) = Products::with(r#"{"drop": 1}"#) else {
            return;
        };
        let folder = Folder::with(&[("desk.workflow.yaml", DESK)]);
        products.run(&folder, "actitime:fetch", &[], form).is(0);
        let environment = [("ACTITIME_PASSWORD", "wrong")];
        let plan = ["--live", "actitime.live.json"];
        let ran = products
            .run_with(&folder, "actitime:requests", &plan, form, &environment)
            .is(1);
        assert!(ran.err.contains(UNKNOWN), "{}", ran.err);
        assert!(!ran.err.contains("Traceback"), "{}", ran.err);
    }
}

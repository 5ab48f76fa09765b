//! Which check of the products' documentation is which code: one row a check, compiled.
//!
//! Checks that need something that no workflow file says are not here: answers of a product (what
//! `import` reads), comparisons with what a product holds, and the parameters of queries.

mod shapes;

use std::fmt::Write;

use statewright::compile::check_together;
use statewright::diagnostic::{Level, Severity};
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile};

/// A check: what the documentation calls for, one workflow or several that break it, and what is
/// reported, in the order of the files. A code that is off is turned on by naming it.
struct Check {
    id: &'static str,
    says: &'static str,
    files: &'static [&'static str],
    reported: &'static [&'static str],
}

const fn check(
    id: &'static str,
    says: &'static str,
    files: &'static [&'static str],
    reported: &'static [&'static str],
) -> Check {
    Check {
        id,
        says,
        files,
        reported,
    }
}

/// `STATES | TRANSITIONS | THE REST`, each in lines; absent parts are those of a healthy workflow.
fn workflow(index: usize, short: &str) -> String {
    let mut parts = short.split('|').map(str::trim);
    let part = |text: Option<&str>, usual: &str| match text {
        None | Some("") => usual.to_owned(),
        Some(text) => text.to_owned(),
    };
    let states = part(
        parts.next(),
        "New: { category: open }; Closed: { category: closed }",
    );
    let transitions = part(parts.next(), "{ name: Close, from: New, to: Closed }");
    let rest = part(parts.next(), "");
    let start = if rest.contains("start:") {
        ""
    } else {
        "start: New\n"
    };
    let mut text = format!("workflow: w{index}\n{start}states:\n");
    for state in states.split("; ") {
        let _ = writeln!(text, "  {state}");
    }
    if transitions != "none" {
        text.push_str("transitions:\n");
        for transition in transitions.split("; ") {
            let _ = writeln!(text, "  - {transition}");
        }
    }
    for line in rest.split("; ").filter(|line| !line.is_empty()) {
        let _ = writeln!(text, "{line}");
    }
    text
}

fn reported(check: &Check, files: &[&str]) -> Vec<String> {
    let mut options = Options::default();
    for code in check.reported.iter().filter_map(|r| r.strip_prefix("off ")) {
        options
            .levels
            .set(compile::code(code).expect("a code"), Level::Warn);
    }
    let sources = files.iter().enumerate().map(|(index, short)| {
        let id = SourceId(index as u32);
        Source::new(
            id,
            format!("w{index}.workflow.yaml"),
            Syntax::Yaml,
            workflow(index, short),
        )
    });
    let mut all: Vec<_> = sources.map(|source| compile(&source, &options)).collect();
    check_together(&mut all, |_| Some(&options));
    let line = |d: &statewright::diagnostic::Diagnostic| {
        let severity = match d.severity {
            Severity::Error => "error",
            Severity::Warning if d.code.level == Level::Allow => "off",
            Severity::Warning => "warning",
        };
        format!("{severity} {}", d.code.name)
    };
    // That a product keeps no graph is said of every workflow for it.
    let diagnostics = all.iter().flat_map(|c| &c.diagnostics);
    let blanket = |message: &str| message.contains(" keeps no ");
    diagnostics
        .filter(|d| check.id.ends_with('*') || !blanket(&d.message))
        .map(line)
        .collect()
}

const XURRENT: &str = "category: standard, justification: expansion, service: 26, template: 37, subject: Rack, workflow_type: infrastructure_change";

#[rustfmt::skip] // one row a check
const CHECKS: &[Check] = &[
    check("G1", "names of states are unique", &["New: { category: open }; New: { category: open }; Closed: { category: closed }"], &["error duplicate-keys"]),
    check("G1", "names that people take for one", &["New: { category: open }; new: { category: open }; Closed: { category: closed } | { from: New, to: new }; { from: new, to: Closed }"], &["warning confusable-states"]),
    check("G2", "ends of transitions are states", &["| { from: New, to: Clsed }"], &["error undefined-states"]),
    check("G3", "a start state exists", &["| | start: Nwe"], &["error undefined-states"]),
    check("G3", "there is a start state", &["| | start: []"], &["error missing-start"]),
    check("G4", "every state is reached", &["New: { category: open }; Lost: { category: open }; Closed: { category: closed } | { from: [New, Lost], to: Closed }"], &["error unreachable-states"]),
    check("G5", "open states have a way out", &["New: { category: open }; Stuck: { category: open }; Closed: { category: closed } | { from: New, to: Stuck }; { from: New, to: Closed }"], &["warning dead-ends"]),
    check("G6", "a closed state is reached", &["New: { category: open }; Closed: { category: open } | { from: New, to: Closed }; { from: Closed, to: New }"], &["warning unclosed-workflows"]),
    check("G7", "one transition between two states", &["| { name: Close, from: New, to: Closed }; { name: Reject, from: New, to: Closed } | targets: { itwin: { type: Issue } }"], &["warning target-limits"]),
    check("G8", "no transition is written twice", &["| { name: Close, from: New, to: Closed }; { name: Close, from: New, to: Closed }"], &["error duplicate-transitions"]),
    check("G9", "transitions to the same state", &["| { from: New, to: New }; { from: New, to: Closed }"], &["off self-transitions"]),
    check("G10", "nothing leaves a final state", &["New: { category: open }; Closed: { category: closed, final: true } | { from: New, to: Closed }; { from: Closed, to: New }"], &["error transitions-from-final"]),
    check("G11", "no key is written twice", &["| | name: One; name: Two"], &["error duplicate-keys"]),
    check("I1", "there are no drafts", &["New: { category: draft }; Closed: { category: closed } | | targets: { incident-iq: {} }"], &["warning lossy-targets"]),
    check("I2", "no step leads to itself", &["| { from: New, to: New }; { from: New, to: Closed } | targets: { incident-iq: {} }"], &["warning lossy-targets"]),
    check("I3", "names are not empty", &["New: { category: open }; '': { category: closed } | { from: New, to: '' } | targets: { incident-iq: {} }"], &["error invalid-values", "error invalid-values"]),
    check("I3", "ids of steps are unique", &["| | targets: { incident-iq: { step-ids: { New: 00000000-0000-4000-8000-000000000001, Closed: 00000000-0000-4000-8000-000000000001 } } }"], &["error target-collisions"]),
    check("I3", "ids are unique on a site", &["| | targets: { incident-iq: { workflow-id: 00000000-0000-4000-8000-000000000001 } }", "| | targets: { incident-iq: { workflow-id: 00000000-0000-4000-8000-000000000001 } }"], &["error target-collisions"]),
    check("I4", "closed tickets stay closed", &["| { from: New, to: Closed }; { from: Closed, to: New } | targets: { incident-iq: {} }"], &["warning lossy-targets"]),
    check("I5", "new tickets are not closed at once", &["New: { category: open }; Closed: { category: closed, final: true } | | targets: { incident-iq: {} }"], &["off skipped-work"]),
    check("I6", "resolved tickets may reopen", &["New: { category: open }; Resolved: { category: closed } | { from: New, to: Resolved }; { from: Resolved, to: New } | targets: { incident-iq: {} }"], &[]),
    check("I8", "a second start and required notes are lost", &["New: { category: open }; Mailed: { category: open }; Closed: { category: closed } | { from: [New, Mailed], to: Closed, notes: required } | start: [New, Mailed]; targets: { incident-iq: {} }"], &["warning lossy-targets", "warning lossy-targets"]),
    check("I8", "the start, colours and names of transitions are left out", &["New: { category: open, color: \"#ff0000\" }; Closed: { category: closed } | | start: New; targets: { incident-iq: {} }"], &["off omitted-details", "off omitted-details", "off omitted-details"]),
    check("X1", "what creating requires", &["| | targets: { xurrent: { record: { subject: Rack } } }"], &["error missing-target-fields"]),
    check("X2", "what only the product sets", &["| | targets: { xurrent: { record: { XURRENT, impact: none } } }"], &["error read-only-fields"]),
    check("X4", "fields have the product's names", &["| | targets: { xurrent: { record: { XURRENT, source_id: x } } }"], &["error unknown-fields"]),
    check("X4", "the old names of fields", &["| | targets: { xurrent: { record: { XURRENT, change_type: x } } }"], &["error unknown-fields"]),
    check("X5", "lengths", &["| | targets: { xurrent: { record: { XURRENT, source: a source of more than thirty characters } } }"], &["error target-limits"]),
    check("X6", "words", &["| | targets: { xurrent: { record: { XURRENT, completion_reason: done, status: completed } } }"], &["error invalid-values"]),
    check("X6", "words of later versions", &["| | targets: { xurrent: { record: { XURRENT }, status: { Closed: in_progress } } }"], &[]),
    check("X7", "a reason needs a completion", &["| | targets: { xurrent: { record: { XURRENT, completion_reason: complete } } }"], &["warning invalid-values"]),
    check("X8", "the status follows the tasks", &["| | targets: { xurrent: { record: { XURRENT, status: approval } } }"], &["warning read-only-fields"]),
    check("X9", "dates and times", &["| | targets: { xurrent: { record: { XURRENT, start_at: tomorrow } } }"], &["error invalid-values"]),
    check("X9", "a time in no zone", &["| | targets: { xurrent: { record: { XURRENT, start_at: 2016-03-14T09:14 } } }"], &[]),
    check("X10", "references are ids", &["| | targets: { xurrent: { record: { XURRENT, manager: 0 } } }"], &["error invalid-values"]),
    check("X10", "one manager is enough", &["| | targets: { xurrent: { record: { XURRENT, manager: 77, manager_id: 77 } } }"], &["error invalid-values"]),
    check("X11", "a workflow type's reference", &["| | targets: { xurrent: { record: { category: standard, justification: expansion, service: 26, template: 37, subject: Rack, workflow_type: Infrastructure Change } } }"], &["warning unknown-values"]),
    check("X11", "a workflow type's reference may have other letters", &["| | targets: { xurrent: { record: { category: standard, justification: expansion, service: 26, template: 37, subject: Rack, workflow_type: r&d_änderung } } }"], &[]),
    check("X12", "a record that exists is not created", &["| | targets: { xurrent: { id: 238, record: { subject: Rack } } }"], &[]),
    check("X14*", "there is no graph", &["| | targets: { xurrent: { record: { XURRENT } } }"], &["warning lossy-targets"]),
    check("X15", "archiving is an action", &["| | targets: { xurrent: { record: { XURRENT, archived: 'true' } } }"], &["error read-only-fields"]),
    check("T4", "something leads to another status", &["| none | targets: { itwin: { type: Issue } }; start: [New, Closed]"], &["warning dead-ends"]),
    check("T7", "starts need no words", &["| | targets: { itwin: { type: Issue } }"], &[]),
    check("T8", "nothing waits", &["New: { category: open }; Parts: { category: waiting }; Closed: { category: closed } | { from: New, to: Parts }; { from: Parts, to: Closed } | targets: { itwin: { type: Issue } }"], &["warning lossy-targets"]),
    check("T9", "colours are #rrggbb", &["New: { category: open, color: \"#f00\" }; Closed: { category: closed }"], &["error invalid-values"]),
    check("T11", "properties that issues have", &["New: { category: open, editable: [subjct] }; Closed: { category: closed } | | targets: { itwin: { type: Issue } }"], &["warning unknown-values"]),
    check("T11", "the status changes by transitions", &["New: { category: open, editable: [status] }; Closed: { category: closed } | | targets: { itwin: { type: Issue } }"], &["warning read-only-fields"]),
    check("T12", "nothing is named twice", &["New: { category: open, editable: [subject, subject] }; Closed: { category: closed } | | targets: { itwin: { type: Issue } }"], &["warning repeated-names"]),
    check("T13", "closed issues stay as they are", &["New: { category: open }; Closed: { category: closed, final: true, editable: [subject] } | | targets: { itwin: { type: Issue } }"], &["warning editable-after-final"]),
    check("T14", "known issue types", &["| | targets: { itwin: { type: Bug } }"], &["warning unknown-values"]),
    check("T14", "an issue type is needed", &["| | targets: { itwin: {} }"], &["error missing-target-fields"]),
    check("T14", "an issue type has a name", &["| | targets: { itwin: { type: '' } }"], &["error invalid-values"]),
    check("T15", "two states at least", &["New: { category: closed } | none | targets: { itwin: { type: Issue } }"], &["warning paused-starts", "warning target-limits"]),
    check("T17", "drafts are reached", &["New: { category: open }; Draft: { category: draft }; Closed: { category: closed } | { from: [New, Draft], to: Closed } | targets: { itwin: { type: Issue } }"], &["error unreachable-states"]),
    check("T17", "issues start open or as drafts", &["New: { category: closed }; Open: { category: open } | { from: New, to: Open }; { from: Open, to: New } | targets: { itwin: { type: Issue } }"], &["warning paused-starts"]),
    check("T18", "an issue type has one workflow", &["| | targets: { itwin: { type: Issue } }", "| | targets: { itwin: { type: Issue } }"], &["warning target-collisions"]),
    check("L1", "a run needs a case and a definition", &["| | targets: { transactionlink: {} }"], &["error missing-target-fields"]),
    check("L1", "a case has a UUID", &["| | targets: { transactionlink: { workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c, case-id: 12 } }"], &["error invalid-values"]),
    check("L1", "a definition usually has a UUID", &["| | targets: { transactionlink: { workflow-definition-id: two, case-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c } }"], &["warning unknown-values"]),
    check("L2", "a run has no other fields", &["| | targets: { transactionlink: { definition: x } }"], &["error unknown-fields"]),
    check("L3", "the fields of a case", &["| | targets: { transactionlink: { workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c, case: { age: '36' } } }"], &["error unknown-fields"]),
    check("L3", "an address has an @", &["| | targets: { transactionlink: { workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c, case: { email: ada } } }"], &["warning invalid-values"]),
    check("L5", "parameters are a map", &["| | targets: { transactionlink: { workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c, parameters: [1] } }"], &["error wrong-types"]),
    check("L6*", "there is no graph", &["| | targets: { transactionlink: { workflow-definition-id: 3b2d8a4f-579f-4e2e-a51c-f859e532fe8c, case: {} } }"], &["warning lossy-targets"]),
    check("A3", "only the server says what may be done", &["| | targets: { actitime: { allowedActions: {} } }"], &["error unknown-fields"]),
    check("A4", "names that differ in case alone", &["| | targets: { actitime: {} }", "New: { category: open }; closed: { category: closed } | { from: New, to: closed } | targets: { actitime: {} }"], &["warning confusable-states"]),
    check("A7*", "there is no graph, and nothing waits", &["New: { category: open }; Parts: { category: waiting }; Closed: { category: closed } | { from: New, to: Parts }; { from: Parts, to: Closed } | targets: { actitime: {} }"], &["warning lossy-targets", "warning lossy-targets"]),
    check("A8", "equal names are one status", &["| | targets: { actitime: {} }", "| | targets: { actitime: {} }"], &[]),
    check("A8", "a status has one type", &["| | targets: { actitime: {} }", "New: { category: open }; Closed: { category: open }; Done: { category: closed } | { from: New, to: Closed }; { from: Closed, to: Done } | targets: { actitime: {} }"], &["error target-collisions"]),
    check("A8", "a status has one id", &["| | targets: { actitime: { ids: { New: 1 } } }", "| | targets: { actitime: { ids: { New: 2 } } }"], &["error target-collisions"]),
    check("A9", "some status is completed", &["New: { category: open }; Closed: { category: open } | { from: New, to: Closed }; { from: Closed, to: New } | targets: { actitime: {} }"], &["warning unclosed-workflows"]),
    check("A9", "some status is open", &["New: { category: closed } | none | targets: { actitime: {} }"], &["warning paused-starts"]),
];

#[test]
fn every_check_is_the_code_that_its_row_says() {
    let mut wrong = String::new();
    for check in CHECKS {
        let files: Vec<String> = check
            .files
            .iter()
            .map(|f| f.replace("XURRENT", XURRENT))
            .collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let found = reported(check, &files);
        if found != check.reported {
            let _ = writeln!(
                wrong,
                "{} {}: {found:?}, not {:?}",
                check.id, check.says, check.reported
            );
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

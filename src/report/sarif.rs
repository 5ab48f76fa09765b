//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), which GitHub
//! code scanning, Azure DevOps and editors read: the reports, what their codes mean, the fixes.

use std::collections::BTreeMap;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::fingerprint::{Of, fingerprints};
use super::{Format, Place, Printable, Report, Style, paths, whole_text};
use crate::diagnostic::{Code, Diagnostic, Fix, Level, Severity};
use crate::source::Span;

/// SARIF 2.1.0.
pub const FORMAT: Format = Format {
    name: "sarif",
    about: "SARIF 2.1.0, for GitHub code scanning, Azure DevOps and editors",
    files: &[".sarif", ".sarif.json"],
    counts: false,
    write,
};

/// What paths are relative to: wherever the program was started.
const ROOT: &str = "%SRCROOT%";

/// What may stand in the path of a URI as it is (RFC 3986, "unreserved", and the slash).
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

fn write(report: &Report<'_>, style: &Style, out: &mut Printable) -> fmt::Result {
    let codes = codes(report);
    let fingerprints = fingerprints(report, Of::Mistake);
    let results: Vec<Value> = report
        .diagnostics
        .iter()
        .zip(fingerprints)
        .map(|(diagnostic, fingerprint)| {
            let index = codes.keys().position(|name| *name == diagnostic.code.name);
            result(report, diagnostic, index, &fingerprint)
        })
        .collect();
    out.json(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "statewright",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.values().map(|code| rule(code, style)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: {
                "description": { "text": "the root of the repository; outside of one, where statewright was started" }
            } },
            "invocations": [invocation(report)],
            "results": results,
        }],
    }))
}

/// Whether everything was looked at, and what was not.
fn invocation(report: &Report<'_>) -> Value {
    let unread = report.unread.iter().map(|unread| {
        json!({
            "level": "error",
            "message": { "text": plain(&unread.message()) },
            "locations": [{ "physicalLocation": { "artifactLocation": artifact(report, &unread.path) } }],
        })
    });
    let unread: Vec<Value> = unread.collect();
    let mut invocation = json!({ "executionSuccessful": unread.is_empty() });
    if !unread.is_empty() {
        invocation["toolExecutionNotifications"] = json!(unread);
    }
    invocation
}

/// The codes that are reported, by name.
fn codes(report: &Report<'_>) -> BTreeMap<&'static str, &'static Code> {
    let codes = report.diagnostics.iter().map(|d| (d.code.name, d.code));
    codes.collect()
}

fn rule(code: &Code, style: &Style) -> Value {
    let level = match code.level {
        Level::Deny => "error",
        Level::Warn | Level::Allow => "warning",
    };
    let mut rule = json!({
        "id": code.name,
        "shortDescription": { "text": code.summary },
        "fullDescription": { "text": code.summary },
        "help": { "text": code.page, "markdown": code.page },
        "defaultConfiguration": { "enabled": code.level != Level::Allow, "level": level },
        "properties": {
            "tags": [code.group.title()],
            "precision": "very-high",
            "problem.severity": level,
        },
    });
    if let Some(pages) = &style.pages {
        rule["helpUri"] = pages.of(code).into();
    }
    rule
}

fn result(
    report: &Report<'_>,
    diagnostic: &Diagnostic,
    rule: Option<usize>,
    fingerprint: &str,
) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.code.name,
        "ruleIndex": rule,
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": plain(&whole_text(diagnostic)) },
        "locations": [location(report, diagnostic.primary().span)],
        // GitHub's upload adds a fingerprint of its own, from the text of the line.
        "partialFingerprints": { "statewright/v2": fingerprint },
    });
    let others = diagnostic.labels.iter().enumerate().skip(1);
    let related: Vec<Value> = others
        .map(|(index, label)| {
            let mut place = location(report, label.span);
            place["id"] = json!(index);
            place["message"] = json!({ "text": plain(&label.message) });
            place
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if let Some(found) = &diagnostic.fix {
        result["fixes"] = json!([fix(report, diagnostic, found)]);
    }
    result
}

/// The fix, one change for each file.
fn fix(report: &Report<'_>, diagnostic: &Diagnostic, fix: &Fix) -> Value {
    let mut files: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let file = report.place(edit.span).file;
        files.entry(file).or_default().push(json!({
            "deletedRegion": region(report, edit.span),
            "insertedContent": { "text": edit.text },
        }));
    }
    let changes: Vec<Value> = files
        .into_iter()
        .map(|(file, replacements)| {
            json!({ "artifactLocation": artifact(report, file), "replacements": replacements })
        })
        .collect();
    let what = diagnostic.help.as_deref().unwrap_or(&diagnostic.message);
    json!({
        "description": { "text": plain(what) },
        "artifactChanges": changes,
        "properties": { "safe": fix.safe },
    })
}

fn location(report: &Report<'_>, span: Span) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": artifact(report, report.place(span).file),
        "region": region(report, span),
    } })
}

/// Lines and columns from 1, columns in characters, the end not included; offsets in bytes.
fn region(report: &Report<'_>, span: Span) -> Value {
    let Place { start, end, .. } = report.place(span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": span.start,
        "byteLength": span.end - span.start,
    })
}

fn artifact(report: &Report<'_>, file: &str) -> Value {
    let path = report.path(file);
    let encoded = utf8_percent_encode(&path, IN_PATH).to_string();
    match (path.starts_with('/'), paths::has_drive(&path)) {
        (false, false) => json!({ "uri": encoded, "uriBaseId": ROOT }),
        (true, _) => json!({ "uri": format!("file://{encoded}") }),
        (false, true) => json!({ "uri": format!("file:///{encoded}") }),
    }
}

/// `text` as a plain text message. Readers make a link of `[text](place)`, and undo backslashes
/// before brackets (section 3.11.6).
fn plain(text: &str) -> String {
    if !text.contains("](") {
        return text.to_owned();
    }
    let escaped = text.chars().flat_map(|c| {
        let backslash = matches!(c, '[' | ']' | '\\').then_some('\\');
        backslash.into_iter().chain([c])
    });
    escaped.collect()
}

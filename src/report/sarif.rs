//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), which GitHub
//! code scanning and editors read: the reports, what their codes mean, the fixes.
//!
//! It has no `automationDetails`: GitHub's upload writes its `category` there, unless something is
//! there already. (Azure DevOps wants the numbers of one of its own builds there, and refuses a file
//! without them.)
//!
//! Written as it goes, one result after the other: nothing is built of a whole run.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::fingerprint::{Of, fingerprints};
use super::room::{Each, Room};
use super::{Format, Place, Printable, Report, Style, human, paths, places, whole_text};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Level, Severity};
use crate::source::Span;

/// SARIF 2.1.0.
pub const FORMAT: Format = Format {
    name: "sarif",
    about: "SARIF 2.1.0, for GitHub code scanning and editors",
    files: &[".sarif", ".sarif.json"],
    counts: false,
    write,
};

/// The folder that paths count from.
const ROOT: &str = "%SRCROOT%";

/// How many results of a run GitHub takes; it refuses the whole file for one more
/// (<https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>).
pub(super) const MOST_RESULTS: usize = 25_000;

/// What may stand in the path of a URI as it is (RFC 3986, "unreserved", and the slash).
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [R; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a, R> {
    tool: Tool<'a>,
    column_kind: &'static str,
    original_uri_base_ids: Roots<'a>,
    invocations: [Invocation<'a>; 1],
    results: R,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    full_name: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    information_uri: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
struct Roots<'a> {
    #[serde(rename = "%SRCROOT%")]
    root: Root<'a>,
}

#[derive(Serialize)]
struct Root<'a> {
    description: Text<'a>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: Cow<'a, str>,
}

impl<'a> Text<'a> {
    fn as_is(text: &'a str) -> Self {
        Text { text: text.into() }
    }

    /// `text` as a plain text message. Readers make a link of `[text](place)`, and undo backslashes
    /// before brackets (section 3.11.6).
    fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if !text.contains("](") {
            return Text { text };
        }
        let escaped = text.chars().flat_map(|c| {
            let backslash = matches!(c, '[' | ']' | '\\').then_some('\\');
            backslash.into_iter().chain([c])
        });
        Text {
            text: escaped.collect::<String>().into(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    name: String,
    short_description: Text<'a>,
    full_description: Text<'a>,
    help: Help<'a>,
    default_configuration: Configuration,
    properties: RuleProperties,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties {
    tags: [&'static str; 1],
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Text<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultOf<'a, L, F> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    related_locations: Option<L>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[F; 1]>,
    #[serde(skip_serializing_if = "Unlisted::is_nothing")]
    properties: Unlisted,
}

/// GitHub's upload adds a fingerprint of its own, from the text of the line.
#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "statewright/v2")]
    own: &'a str,
}

/// What is counted where it would be too much to list.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Unlisted {
    #[serde(skip_serializing_if = "is_zero")]
    unlisted_places: usize,
    #[serde(skip_serializing_if = "is_zero")]
    unlisted_edits: usize,
}

impl Unlisted {
    fn is_nothing(&self) -> bool {
        self.unlisted_places == 0 && self.unlisted_edits == 0
    }
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

/// Lines and columns from 1, columns in characters, the end not included; offsets in bytes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    byte_offset: u32,
    byte_length: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FixOf<'a, C> {
    description: Text<'a>,
    artifact_changes: C,
    properties: FixProperties,
}

#[derive(Serialize)]
struct FixProperties {
    safe: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<R> {
    artifact_location: Artifact,
    replacements: R,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Inserted<'a>,
}

#[derive(Serialize)]
struct Inserted<'a> {
    text: &'a str,
}

fn write(report: &Report<'_>, style: &Style, out: &mut Printable) -> fmt::Result {
    let codes = codes(report);
    let fingerprints = fingerprints(report, Of::Mistake);
    let share = Share::of(report.diagnostics);
    let left_out = report.diagnostics.len() - share.errors - share.warnings;
    let room = Room::new();
    let results = || {
        let mut share = share;
        let all = report.diagnostics.iter().zip(&fingerprints);
        let written = all.filter(move |(diagnostic, _)| share.take(diagnostic.severity));
        written.map(|(diagnostic, fingerprint)| {
            let index = codes.keys().position(|name| *name == diagnostic.code.name);
            result(report, diagnostic, index, fingerprint, &room)
        })
    };
    out.json(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "statewright",
                    full_name: concat!("Statewright ", env!("CARGO_PKG_VERSION")),
                    information_uri: env!("CARGO_PKG_HOMEPAGE"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: codes.values().map(|code| rule(code, style)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: Roots {
                root: Root {
                    description: Text::as_is(
                        "the root of the repository; outside of one, where statewright was started",
                    ),
                },
            },
            invocations: [invocation(report, left_out)],
            results: Each(results),
        }],
    })
}

/// How many errors and warnings are written: of too many, errors come first.
#[derive(Clone, Copy)]
struct Share {
    errors: usize,
    warnings: usize,
}

impl Share {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let errors = errors.count();
        let warnings = diagnostics.len() - errors;
        let errors = errors.min(MOST_RESULTS);
        Share {
            errors,
            warnings: warnings.min(MOST_RESULTS - errors),
        }
    }

    /// Whether there is room for one more of this severity, which is then taken.
    fn take(&mut self, severity: Severity) -> bool {
        let left = match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        let is_room = *left > 0;
        *left = left.saturating_sub(1);
        is_room
    }
}

/// The codes that are reported, by name.
fn codes<'a>(report: &Report<'a>) -> BTreeMap<&'static str, &'a Code> {
    let codes = report.diagnostics.iter().map(|d| (d.code.name, d.code));
    codes.collect()
}

fn rule<'a>(code: &'a Code, style: &Style) -> Rule<'a> {
    let level = match code.level {
        Level::Deny | Level::Firm(_) => "error",
        Level::Warn | Level::Allow => "warning",
    };
    Rule {
        id: code.name,
        name: joined(code.name),
        short_description: Text::as_is(code.summary),
        full_description: Text::as_is(code.summary),
        help: Help {
            text: code.page,
            markdown: code.page,
        },
        default_configuration: Configuration {
            enabled: code.level != Level::Allow,
            level,
        },
        properties: RuleProperties {
            tags: [code.group.title()],
            precision: "very-high",
            severity: level,
        },
        help_uri: style.pages.as_ref().map(|pages| pages.of(code)),
    }
}

/// `undefined-states` as readers of names want it: `UndefinedStates`.
fn joined(name: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    };
    name.split('-').map(word).collect()
}

/// Whether everything was looked at and is told, and what is not.
fn invocation<'a>(report: &Report<'a>, left_out: usize) -> Invocation<'a> {
    let unread = report.unread.iter().map(|unread| Notification {
        level: "error",
        message: Text::plain(unread.message()),
        locations: vec![Location {
            physical_location: PhysicalLocation {
                artifact_location: artifact(report, &unread.path),
                region: None,
            },
            id: None,
            message: None,
        }],
    });
    let left_out = (left_out > 0).then(|| Notification {
        level: "warning",
        message: Text::plain(format!(
            "{} left out: no more than {MOST_RESULTS} of a run are taken",
            human::counted(left_out, "result")
        )),
        locations: Vec::new(),
    });
    Invocation {
        execution_successful: report.unread.is_empty(),
        tool_execution_notifications: unread.chain(left_out).collect(),
    }
}

fn result<'a>(
    report: &'a Report<'_>,
    diagnostic: &'a Diagnostic,
    rule: Option<usize>,
    fingerprint: &'a str,
    room: &Room,
) -> impl Serialize + use<'a> {
    let (places, unlisted) = places(diagnostic, room);
    let related = places.enumerate().skip(1);
    let has_related = related.clone().next().is_some();
    let related = move || {
        related.clone().map(move |(id, (span, message))| Location {
            id: Some(id),
            message: Some(Text::plain(message)),
            ..location(report, span)
        })
    };
    let edits = diagnostic.fix.as_ref().map_or(0, |fix| fix.edits.len());
    let fits = room.edits(edits);
    let found = diagnostic.fix.as_ref().filter(|_| fits);
    ResultOf {
        rule_id: diagnostic.code.name,
        rule_index: rule,
        level: diagnostic.severity.name(),
        message: Text::plain(whole_text(diagnostic)),
        locations: [location(report, diagnostic.primary().span)],
        partial_fingerprints: Fingerprints { own: fingerprint },
        related_locations: has_related.then_some(Each(related)),
        fixes: found.map(|found| [fix(report, diagnostic, found)]),
        properties: Unlisted {
            unlisted_places: unlisted,
            unlisted_edits: if fits { 0 } else { edits },
        },
    }
}

/// The fix, one change for each file.
fn fix<'a>(
    report: &'a Report<'_>,
    diagnostic: &'a Diagnostic,
    fix: &'a Fix,
) -> impl Serialize + use<'a> {
    let mut files: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        let file = report.place(edit.span).file;
        files.entry(file).or_default().push(edit);
    }
    let replacement = move |edit: &'a Edit| Replacement {
        deleted_region: region(report, edit.span),
        inserted_content: Inserted { text: &edit.text },
    };
    let changes = files.into_iter().map(move |(file, edits)| Change {
        artifact_location: artifact(report, file),
        replacements: Each(move || edits.clone().into_iter().map(replacement)),
    });
    let what = diagnostic.help.as_deref().unwrap_or(&diagnostic.message);
    FixOf {
        description: Text::plain(what),
        artifact_changes: changes.collect::<Vec<_>>(),
        properties: FixProperties { safe: fix.safe },
    }
}

fn location<'a>(report: &Report<'_>, span: Span) -> Location<'a> {
    Location {
        physical_location: PhysicalLocation {
            artifact_location: artifact(report, report.place(span).file),
            region: Some(region(report, span)),
        },
        id: None,
        message: None,
    }
}

fn region(report: &Report<'_>, span: Span) -> Region {
    let Place { start, end, .. } = report.place(span);
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_offset: span.start,
        byte_length: span.end - span.start,
    }
}

fn artifact(report: &Report<'_>, file: &str) -> Artifact {
    let path = report.path(file);
    let encoded = utf8_percent_encode(&path, IN_PATH).to_string();
    match (path.starts_with('/'), paths::has_drive(&path)) {
        (false, false) => Artifact {
            uri: encoded,
            uri_base_id: Some(ROOT),
        },
        (true, _) => Artifact {
            uri: format!("file://{encoded}"),
            uri_base_id: None,
        },
        (false, true) => Artifact {
            uri: format!("file:///{encoded}"),
            uri_base_id: None,
        },
    }
}

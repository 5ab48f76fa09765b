//! Reading workflows for tests without [`crate::syntax`], and looking at what is reported.
//!
//! An independent parser reads the text; what it read is written again on one line, where every
//! place is known, so that labels and fixes can be tried on real text.

use serde_yaml::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, Levels};
use crate::graph::Resolved;
use crate::model::{Workflow, decode};
use crate::node::{Document, Entry, Kind, Node, Scalar, ScalarKind, quoted};
use crate::source::{Source, SourceId, Span, Syntax};
use crate::{expect, rules};

/// What became of a text.
pub struct Reading {
    /// The text again, on one line: YAML in flow style.
    pub text: String,
    /// The graph.
    pub resolved: Resolved,
    /// What was reported before the rules.
    pub decoding: Vec<Diagnostic>,
}

/// Reads a workflow written in YAML.
pub fn read(yaml: &str) -> Reading {
    read_value(&serde_yaml::from_str(yaml).expect("a test is YAML"))
}

/// Reads a workflow that is parsed already.
pub fn read_value(value: &Value) -> Reading {
    let mut writer = Writer::default();
    let root = writer.node(value);
    let text = writer.text;
    let source = Source::new(
        SourceId(0),
        "test.workflow.yaml",
        Syntax::Yaml,
        text.clone(),
    );
    let document = Document {
        root: Some(root),
        ..Document::default()
    };
    let mut out = Diagnostics::new();
    let workflow = decode::workflow(&document, &source, &mut out).expect("a test has fields");
    Reading {
        text,
        resolved: Resolved::new(workflow),
        decoding: out.into_sorted(),
    }
}

impl Reading {
    /// Every report, the codes `on` switched on.
    pub fn reports(&self, on: &[&'static Code]) -> Vec<Diagnostic> {
        let mut all = self.decoding.clone();
        all.extend(judge(&self.resolved, on));
        all
    }

    /// The text with the fix of a report applied.
    pub fn fixed(&self, report: &Diagnostic) -> String {
        let mut text = self.text.clone();
        for edit in report.fix.as_ref().expect("a fix").edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.text);
        }
        text
    }

    /// A report as text: message, labels on what they point at, help, notes.
    pub fn shown(&self, report: &Diagnostic) -> String {
        let mut lines = vec![format!("{}: {}", report.code.name, report.message)];
        for label in &report.labels {
            let place = &self.text[label.span.range()];
            lines.push(format!("  {place} -- {}", label.message));
        }
        lines.extend(report.help.iter().map(|h| format!("  help: {h}")));
        lines.extend(report.notes.iter().map(|n| format!("  note: {n}")));
        lines.join("\n")
    }
}

/// What the rules and the promises say, the codes `on` switched on.
pub fn judge(resolved: &Resolved, on: &[&'static Code]) -> Vec<Diagnostic> {
    let mut levels = Levels::default();
    for code in on {
        if code.level == Level::Allow {
            levels.set(code, Level::Warn);
        }
    }
    let mut out = Diagnostics::new();
    rules::check(resolved, &levels, &mut out);
    expect::check(resolved, &levels, &mut out);
    levels.apply(&mut out);
    out.into_sorted()
}

/// The reports on a workflow in YAML, as text, the codes `on` switched on.
pub fn shown(yaml: &str, on: &[&'static Code]) -> String {
    let reading = read(yaml);
    let reports = reading.reports(on);
    let all: Vec<String> = reports.iter().map(|r| reading.shown(r)).collect();
    all.join("\n")
}

/// The codes reported on a workflow in YAML.
pub fn codes(yaml: &str) -> Vec<&'static str> {
    let reports = read(yaml).reports(&[]);
    reports.iter().map(|r| r.code.name).collect()
}

/// A workflow of many states, without a text: states `0`, `1` …, moves between them.
pub fn large(
    states: usize,
    closed: &[usize],
    moves: impl Iterator<Item = (usize, usize)>,
) -> Workflow {
    use crate::model::{Category, From, Notes, Start, State, Transition};
    use crate::source::Spanned;
    let span = |at: usize| Span::new(SourceId(0), at, at + 1);
    let text = |at: usize| Spanned::new(at.to_string(), span(at));
    let state = |at: usize| State {
        name: text(at),
        category: Some(Spanned::new(
            match closed.contains(&at) {
                true => Category::Closed,
                false => Category::Open,
            },
            span(at),
        )),
        color: None,
        description: None,
        editable: None,
        is_final: None,
    };
    let transition = |(from, to)| Transition {
        name: None,
        from: Some(From::States(vec![text(from)])),
        to: Some(text(to)),
        notes: Notes::None,
        notes_span: None,
        span: span(from),
    };
    let mut workflow = read("{workflow: large, states: {0: {category: open}}, start: '0'}")
        .resolved
        .workflow()
        .clone();
    workflow.start = vec![Start {
        to: text(0),
        transition: None,
    }];
    workflow.states = (0..states).map(state).collect();
    workflow.transitions = moves.map(transition).collect();
    workflow
}

/// Writes values on one line and remembers where.
#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    fn put(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        Span::new(SourceId(0), start, self.text.len())
    }

    fn node(&mut self, value: &Value) -> Node<'static> {
        let start = self.text.len();
        let kind = match value {
            Value::Sequence(items) => {
                self.put("[");
                let mut nodes = Vec::new();
                for (at, item) in items.iter().enumerate() {
                    self.put(if at > 0 { ", " } else { "" });
                    nodes.push(self.node(item));
                }
                self.put("]");
                Kind::List(nodes)
            }
            Value::Mapping(entries) => {
                self.put("{");
                let mut found = Vec::new();
                for (at, (key, value)) in entries.iter().enumerate() {
                    self.put(if at > 0 { ", " } else { "" });
                    let (key, key_span) = self.scalar(key);
                    self.put(": ");
                    let value = self.node(value);
                    found.push(Entry {
                        key,
                        key_span,
                        value,
                    });
                }
                self.put("}");
                Kind::Map(found)
            }
            Value::Null => Kind::Absent(None),
            _ => Kind::Scalar(self.scalar(value).0),
        };
        Node::new(Span::new(SourceId(0), start, self.text.len()), kind)
    }

    /// Text goes without quotes where it is a word, so that fixes are tried both ways.
    fn scalar(&mut self, value: &Value) -> (Scalar<'static>, Span) {
        let (text, kind) = match value {
            Value::String(text) => (text.clone(), ScalarKind::Text),
            Value::Bool(boolean) => (boolean.to_string(), ScalarKind::Boolean),
            Value::Number(number) if number.is_i64() => (number.to_string(), ScalarKind::Integer),
            Value::Number(number) => (number.to_string(), ScalarKind::Float),
            _ => panic!("no scalar: {value:?}"),
        };
        let word = text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ')
            && !matches!(
                text.as_str(),
                "yes" | "no" | "on" | "off" | "true" | "false"
            );
        let span = match kind == ScalarKind::Text && !word {
            true => self.put(&quoted(&text)),
            false => self.put(&text),
        };
        let scalar = Scalar {
            plain: kind != ScalarKind::Text || word,
            kind,
            ..Scalar::text(text)
        };
        (scalar, span)
    }
}

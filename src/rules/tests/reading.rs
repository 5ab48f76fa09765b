//! Reading workflows for tests of rules and promises, and looking at what is reported.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, Levels};
use crate::graph::Resolved;
use crate::model::{Workflow, decode};
use crate::source::{Source, SourceId, Span, Syntax};
use crate::{expect, rules, syntax};

/// What became of a text.
pub struct Reading {
    /// The text.
    pub text: String,
    /// The graph.
    pub resolved: Resolved,
    /// What was reported before the rules.
    pub decoding: Vec<Diagnostic>,
}

/// Reads a workflow written in YAML.
pub fn read(yaml: &str) -> Reading {
    try_read(yaml).expect("a test has fields")
}

/// Reads a workflow written in YAML; `None` where there is none in it.
pub fn try_read(yaml: &str) -> Option<Reading> {
    let source = Source::new(SourceId(0), "test.workflow.yaml", Syntax::Yaml, yaml);
    let mut out = Diagnostics::new();
    let mut document = syntax::read(&source, &mut out);
    let workflow = decode::workflow(&mut document, &source, &crate::expect::PROMISES, &mut out)?;
    Some(Reading {
        text: yaml.to_owned(),
        resolved: Resolved::new(workflow),
        decoding: out.into_sorted(),
    })
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
    use crate::model::{Category, From, OneOrMore, Start, State, Transition};
    use crate::source::Spanned;
    let span = |at: usize| Span::new(SourceId(0), at, at + 1);
    let text = |at: usize| Spanned::new(at.to_string().into(), span(at));
    let state = |at: usize| {
        let mut state = State::new(text(at));
        let category = match closed.contains(&at) {
            true => Category::Closed,
            false => Category::Open,
        };
        state.category = Some(Spanned::new(category, span(at)));
        state
    };
    let transition = |(from, to)| {
        let begins = From::States(OneOrMore::One(text(from)));
        Transition::new(Some(begins), Some(text(to)), span(from))
    };
    let mut workflow = read("{workflow: large, states: {0: {category: open}}, start: '0'}")
        .resolved
        .workflow()
        .clone();
    workflow.start = vec![Start {
        to: text(0),
        transition: None,
    }];
    workflow.states = (0..states).map(state).map(Box::new).collect();
    workflow.transitions = moves.map(transition).map(Box::new).collect();
    workflow
}

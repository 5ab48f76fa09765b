//! What the world's test suites of YAML and TOML say of the syntax layer.
//!
//! Every input of yaml-test-suite and of toml-test is read. One that its suite calls wrong must be
//! reported, one that it calls right must be read without an error, and into what the suite says
//! it means, as far as the tree of nodes can say that. Where the workflow language wants something
//! else on purpose, the difference is in a table with its reason; a listed difference that is none
//! any more fails, too.

mod toml;
mod yaml;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use statewright::diagnostic::{Diagnostic, Diagnostics, Severity};
use statewright::node::Document;
use statewright::source::{Source, SourceId, Span, Syntax};

/// Inputs that are read otherwise than their suite says, and why that is meant.
struct Difference {
    why: &'static str,
    meant: Meant,
    /// The names of the inputs in their suite, with blanks between.
    inputs: &'static str,
}

/// How an input is meant to be read where its suite says something else.
#[derive(Debug)]
enum Meant {
    /// Its suite calls it right, and it is reported, with these codes.
    Refused(&'static [&'static str]),
    /// Its suite calls it wrong, and it is read.
    Accepted,
}

/// What came of an input.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// It is read as its suite says.
    AsExpected,
    /// It is right to its suite and reported here, with these codes.
    Refused(Vec<&'static str>),
    /// It is wrong to its suite and read here without an error.
    Accepted,
    /// It is read into something else than its suite says.
    OtherTree { expected: String, found: String },
}

impl Meant {
    fn is(&self, outcome: &Outcome) -> bool {
        match (self, outcome) {
            (Meant::Refused(meant), Outcome::Refused(codes)) => codes == meant,
            (Meant::Accepted, Outcome::Accepted) => true,
            _ => false,
        }
    }
}

/// Holds every outcome against the table of meant differences.
fn judge(outcomes: &[(String, Outcome)], differences: &[Difference]) {
    let mut wrong = String::new();
    let listed = |name: &str| {
        let mut all = differences.iter();
        all.find(|difference| difference.inputs.split(' ').any(|input| input == name))
    };
    for (name, outcome) in outcomes {
        match listed(name) {
            Some(difference) if difference.meant.is(outcome) => {}
            Some(Difference { why, meant, .. }) => {
                let _ = writeln!(wrong, "{name}: {outcome:?}, but {meant:?} is listed: {why}");
            }
            None if *outcome == Outcome::AsExpected => {}
            None => {
                let _ = writeln!(wrong, "{name}: {outcome:?}");
            }
        }
    }
    let names: BTreeSet<&str> = outcomes.iter().map(|(name, _)| name.as_str()).collect();
    let listed = differences
        .iter()
        .flat_map(|difference| difference.inputs.split(' '));
    for name in listed {
        if !names.contains(name) {
            let _ = writeln!(wrong, "{name}: listed, and no input of the suite");
        }
    }
    assert!(
        wrong.is_empty(),
        "read otherwise than the suite says:\n{wrong}"
    );
}

/// Reads bytes, and holds every place that comes of them against the text.
fn read<R>(
    name: &str,
    syntax: Syntax,
    bytes: &[u8],
    look: impl FnOnce(&Document<'_>, Vec<Diagnostic>) -> R,
) -> R {
    let source = Source::from_bytes(SourceId(0), name, syntax, bytes.to_vec());
    let mut out = Diagnostics::new();
    let document = statewright::syntax::read(&source, &mut out);
    let reports = out.into_sorted();
    for report in &reports {
        let edits = report.fix.iter().flat_map(|fix| &fix.edits);
        let edits = edits.map(|edit| edit.span);
        let labels = report.labels.iter().map(|label| label.span);
        labels
            .chain(edits)
            .for_each(|at| is_inside(at, &source, &report.message));
    }
    look(&document, reports)
}

fn is_inside(at: Span, source: &Source, message: &str) {
    let text = source.text().get(at.range());
    assert!(
        text.is_some(),
        "{}: {at:?} is no place: {message}",
        source.name()
    );
}

/// The codes of the errors among `reports`, each once.
fn errors(reports: &[Diagnostic]) -> Vec<&'static str> {
    let errors = reports
        .iter()
        .filter(|report| report.severity == Severity::Error);
    let codes: BTreeSet<&str> = errors.map(|report| report.code.name).collect();
    codes.into_iter().collect()
}

/// What came of an input that its suite calls wrong.
fn refusal(reports: &[Diagnostic]) -> Outcome {
    match errors(reports).is_empty() {
        true => Outcome::Accepted,
        false => Outcome::AsExpected,
    }
}

/// What came of an input that its suite calls right, and that says `expected` to it and `found`
/// here.
fn reading(reports: &[Diagnostic], expected: String, found: impl FnOnce() -> String) -> Outcome {
    let errors = errors(reports);
    if !errors.is_empty() {
        return Outcome::Refused(errors);
    }
    let found = found();
    match expected == found {
        true => Outcome::AsExpected,
        false => Outcome::OtherTree { expected, found },
    }
}

//! Workflows for tests of targets.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Level, Severity};
use crate::graph::Resolved;
use crate::model::decode;
use crate::rules::{self, Checked};
use crate::source::{Source, SourceId, Syntax};
use crate::syntax;
use crate::targets::{self, Json, Target};

/// What became of a workflow: the document, if there is one, and everything reported, also
/// what is off until asked for.
pub struct Outcome {
    pub json: Option<Value>,
    pub reports: Vec<Diagnostic>,
}

impl Outcome {
    /// The document, byte for byte; a panic with the reports where there is none.
    pub fn text(&self) -> String {
        match &self.json {
            Some(json) => json.to_string(),
            None => panic!("no document: {:#?}", self.all()),
        }
    }

    /// "code: message" of each report that is not off until asked for.
    pub fn reported(&self) -> Vec<String> {
        self.reports.iter().filter(is_on).map(line).collect()
    }

    /// "code: message" of each report.
    pub fn all(&self) -> Vec<String> {
        self.reports.iter().map(line).collect()
    }

    /// The first report of a code.
    pub fn report(&self, name: &str) -> &Diagnostic {
        let found = self.reports.iter().find(|d| d.code.name == name);
        found.unwrap_or_else(|| panic!("no {name} in {:#?}", self.all()))
    }
}

/// Whether a report is of a code that is not off until asked for.
pub fn is_on(d: &&Diagnostic) -> bool {
    d.code.level != Level::Allow
}

fn line(d: &Diagnostic) -> String {
    format!("{}: {}", d.code.name, d.message)
}

/// Compiles `yaml` for `document` of `target`, and holds what comes out against its schema.
pub fn build(target: &Target, document: &str, yaml: &str) -> Outcome {
    build_all(target, document, &[yaml])
}

/// Compiles several workflows into one document.
pub fn build_all(target: &Target, document: &str, files: &[&str]) -> Outcome {
    let mut out = Diagnostics::new();
    let document = target
        .document(document)
        .expect("the target has the document");
    let workflows: Option<Vec<Checked>> = files
        .iter()
        .enumerate()
        .map(|(index, text)| check(index, text, &mut out))
        .collect();
    let mut json = None;
    if let Some(workflows) = workflows {
        let workflows: Vec<&Checked> = workflows.iter().collect();
        let emitted = document.emitted(&workflows, &mut out);
        json = emitted.as_ref().and_then(Json::value);
        // Text is made without the tree, and says the same.
        let texts = emitted.map(|document| [document.text(), document.compact()]);
        let of_tree = json.as_ref().map(|json| {
            let pretty = serde_json::to_string_pretty(json);
            [pretty.ok(), serde_json::to_string(json).ok()]
        });
        assert_eq!(texts, of_tree);
        // What may be silenced is in no document's way, and without a document something is told.
        let blocks = |d: &Diagnostic| d.severity == Severity::Error && d.is_firm();
        assert_eq!(json.is_none(), out.iter().any(blocks), "{:?}", out);
        if let Some(json) = &json {
            assert_valid(&(document.schema)().to_value(), json);
        }
    }
    Outcome {
        json,
        reports: out.into_sorted(),
    }
}

/// "code: message" of each report that is about several workflows together.
pub fn check_together(target: &Target, files: &[&str]) -> Vec<String> {
    let mut out = Diagnostics::new();
    let workflows: Vec<Checked> = files
        .iter()
        .enumerate()
        .map(|(index, text)| check(index, text, &mut out).expect("a workflow without errors"))
        .collect();
    let workflows: Vec<&Checked> = workflows.iter().collect();
    let mut out = Diagnostics::new();
    target.hold_together(&workflows, &mut out);
    out.into_sorted().iter().map(line).collect()
}

fn check(index: usize, text: &str, out: &mut Diagnostics) -> Option<Checked> {
    let mut found = Diagnostics::new();
    let resolved = read(index, text, &mut found);
    rules::check(&resolved, &Default::default(), &mut found);
    let blocks = targets::read_blocks(&resolved, &mut found);
    let whole = !found.has_errors();
    out.extend(found);
    whole.then(|| Checked::new(resolved, blocks).expect("a workflow without errors is whole"))
}

/// Holds a document against a schema, by a judge of its own.
pub fn assert_valid(schema: &Value, document: &Value) {
    let validator = jsonschema::validator_for(schema).expect("the schema is a schema");
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(
        errors,
        Vec::<String>::new(),
        "{document:#} against {schema:#}"
    );
}

fn read(index: usize, text: &str, out: &mut Diagnostics) -> Resolved {
    let syntax = match text.starts_with("workflow = ") {
        true => Syntax::Toml,
        false => Syntax::Yaml,
    };
    let source = Source::new(SourceId(index as u32), "test", syntax, text);
    let mut document = syntax::read(&source, out);
    Resolved::new(
        decode::workflow(&mut document, &source, &crate::expect::PROMISES, out)
            .expect("a map of fields"),
    )
}

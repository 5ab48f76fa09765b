//! What a target emits: documents of one workflow, and documents of all workflows of a run.

use schemars::Schema;
use serde_json::Value;

use super::requests::{self, Plan, Planner, Requests, Writer};
use super::{Json, Target};
use crate::diagnostic::Diagnostics;
use crate::rules::Checked;

/// One document that a product documents.
#[derive(Debug)]
pub struct Document {
    /// Its name on the command line, after the target's: `itwin:workflow`.
    pub name: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
    /// How it is made of workflows.
    pub emit: Emit,
    /// Its JSON Schema (draft 2020-12).
    pub schema: fn() -> Schema,
}

/// How a document is made. Each function lowers what it is given, reports what the product cannot
/// say, and answers `None` where it reported an error that [blocks] it.
///
/// [blocks]: crate::diagnostic::Diagnostic::blocks
#[derive(Debug)]
pub enum Emit {
    /// One document a workflow.
    Each(fn(&Checked, &mut Diagnostics) -> Option<Json>),
    /// One document of all workflows of a run, in the order of their files: the product lists them
    /// together, or keeps what they say in one place.
    All(fn(&[&Checked], &mut Diagnostics) -> Option<Json>),
    /// Requests for all workflows of a run, to be sent one after the other.
    Requests(Planner),
}

impl Document {
    /// Whether all workflows of a run make one document.
    pub fn is_list(&self) -> bool {
        !matches!(self.emit, Emit::Each(_))
    }

    /// The document of one workflow; a list has only this one in it.
    pub fn of_one(&self, checked: &Checked, out: &mut Diagnostics) -> Option<Value> {
        self.of_all(&[checked], out)
    }

    /// The one document of all these workflows. `None` where an error is reported, and where each
    /// workflow has a document of its own and there is not just one.
    pub fn of_all(&self, workflows: &[&Checked], out: &mut Diagnostics) -> Option<Value> {
        self.emitted(workflows, out)?.value()
    }

    /// As [`Document::of_all`], but neither text nor a tree of values yet.
    pub fn emitted(&self, workflows: &[&Checked], out: &mut Diagnostics) -> Option<Json> {
        match (&self.emit, workflows) {
            (Emit::Each(emit), [one]) => emit(one, out),
            (Emit::Each(_), _) => None,
            (Emit::All(emit), all) => emit(all, out),
            (Emit::Requests(emit), all) => Some(Json::new(emit(all, Plan::default(), out)?)),
        }
    }

    /// Reports what `checked` alone would lose in the document, and what it lacks for it.
    pub fn check(&self, checked: &Checked, out: &mut Diagnostics) {
        // Whoever wants the document asks for it.
        let _ = self.emitted(&[checked], out);
    }

    /// The requests for these workflows; `None` where an error is reported, and of any other document.
    pub fn requests(
        &self,
        workflows: &[&Checked],
        plan: Plan,
        out: &mut Diagnostics,
    ) -> Option<Requests> {
        match self.emit {
            Emit::Requests(emit) => emit(workflows, plan, out),
            Emit::Each(_) | Emit::All(_) => None,
        }
    }

    /// Whether it depends on what is live.
    pub fn is_plan(&self) -> bool {
        self.is_requests() && self.name == requests::REQUESTS
    }

    /// Whether it can be written in ways other than JSON.
    pub fn is_requests(&self) -> bool {
        matches!(self.emit, Emit::Requests(_))
    }
}

/// A document of a target.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// The target.
    pub target: &'static Target,
    /// One of its documents.
    pub document: &'static Document,
}

impl Output {
    /// Its name on the command line.
    pub fn name(&self) -> String {
        format!("{}:{}", self.target.name, self.document.name)
    }

    /// Whether both are the same document.
    pub fn is(&self, other: Output) -> bool {
        self.target == other.target && self.document.name == other.document.name
    }

    /// The name of the file that the document is written to. A list is no workflow's own, so that
    /// it is named after the target alone.
    pub fn file_name(&self, identifier: &str, writer: &Writer) -> String {
        let (target, document) = (self.target.name, self.document.name);
        let ending = writer.ending;
        match self.document.is_list() {
            true => format!("{target}.{document}.{ending}"),
            false => format!("{identifier}.{target}.{document}.{ending}"),
        }
    }
}

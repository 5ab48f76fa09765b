//! One source through every step.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, Levels, Severity};
use crate::graph::{MAX_MOVES, Resolved};
use crate::model::decode;
use crate::rules::{self, Checked};
use crate::source::{Source, SourceId, Span};
use crate::targets::{self, Output, Target};
use crate::{aliases, expect, fields, projects, syntax};

/// What the caller wants to know of a source.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Levels of codes that differ from their own.
    pub levels: Levels,
    /// Which products the workflow is held against.
    pub targets: Targets,
}

/// Which products a workflow is held against.
#[derive(Clone, Debug)]
pub enum Targets {
    /// The ones that the file names, and these.
    NamedAnd(Vec<&'static Target>),
    /// Just these documents. The blocks of all other targets are still read.
    Only(Vec<Output>),
}

impl Default for Targets {
    fn default() -> Self {
        Targets::NamedAnd(Vec::new())
    }
}

/// What became of a source.
#[derive(Debug)]
pub struct Compilation {
    outcome: Outcome,
    /// Everything reported, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Debug)]
enum Outcome {
    /// No error: it may be compiled for a product.
    Checked(Box<Checked>),
    /// There are errors, and a graph to look at all the same.
    Faulty(Box<Resolved>),
    /// There is no workflow to speak of.
    Unreadable,
}

impl Compilation {
    /// The workflow, where it has no error.
    pub fn checked(&self) -> Option<&Checked> {
        match &self.outcome {
            Outcome::Checked(checked) => Some(checked),
            _ => None,
        }
    }

    /// The graph, however faulty; `None` where nothing could be read.
    pub fn resolved(&self) -> Option<&Resolved> {
        match &self.outcome {
            Outcome::Checked(checked) => Some(checked.resolved()),
            Outcome::Faulty(resolved) => Some(resolved),
            Outcome::Unreadable => None,
        }
    }

    /// Whether an error was reported.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
    }

    /// Takes away the proof that the workflow may be compiled for a product.
    fn spoil(&mut self) {
        let outcome = std::mem::replace(&mut self.outcome, Outcome::Unreadable);
        self.outcome = match outcome {
            Outcome::Checked(checked) => Outcome::Faulty(Box::new(checked.into_resolved())),
            other => other,
        };
    }

    fn add(&mut self, diagnostic: Diagnostic) {
        let before = |d: &Diagnostic| d.sort_key() <= diagnostic.sort_key();
        let at = self.diagnostics.partition_point(before);
        self.diagnostics.insert(at, diagnostic);
    }
}

/// Compiles one source: reads, looks up, checks, and holds it against its products. Touches
/// nothing outside, cannot fail and does not panic: whatever is wrong with the source is in
/// [`Compilation::diagnostics`].
pub fn compile(source: &Source, options: &Options) -> Compilation {
    let mut out = Diagnostics::new();
    let document = syntax::read(source, &mut out);
    let workflow = decode::workflow(&document, source, &mut out);
    let outcome = match workflow {
        Some(workflow) => check(Resolved::new(workflow), options, &mut out),
        None => Outcome::Unreadable,
    };
    options.levels.apply(&mut out);
    fields::ambiguous_scalars::merge(&mut out);
    aliases::name_both_places(&document.aliases, &mut out);
    Compilation {
        outcome,
        diagnostics: out.into_sorted(),
    }
}

/// Checks what concerns several sources of a run together. What is found is added to the
/// compilation of the source that it points at first, and a source that has a part in an error may
/// no longer be compiled for a product. No two compilations may be of sources with one id.
pub fn check_together(compilations: &mut [Compilation], options: &Options) {
    let mut out = Diagnostics::new();
    let run: Vec<&Resolved> = compilations.iter().filter_map(|c| c.resolved()).collect();
    projects::check(&run, &options.levels, &mut out);
    hold_together(compilations, options, &mut out);
    if out.is_empty() {
        return;
    }
    let place = |c: &Compilation| c.resolved().map(|r| r.workflow().place.source);
    let numbered = compilations.iter().enumerate();
    let at: HashMap<SourceId, usize> = numbered.filter_map(|(i, c)| Some((place(c)?, i))).collect();
    for diagnostic in out {
        if diagnostic.severity == Severity::Error {
            let sources = diagnostic.labels.iter().map(|label| label.span.source);
            sources
                .filter_map(|id| at.get(&id))
                .for_each(|index| compilations[*index].spoil());
        }
        if let Some(index) = at.get(&diagnostic.primary().span.source) {
            compilations[*index].add(diagnostic);
        }
    }
}

/// Holds the workflows that are for one product against each other. An error there says more than
/// a warning about the same places, which is dropped.
fn hold_together(compilations: &[Compilation], options: &Options, out: &mut Diagnostics) {
    let workflows: Vec<&Checked> = compilations.iter().filter_map(|c| c.checked()).collect();
    let mut found = Diagnostics::new();
    match &options.targets {
        Targets::NamedAnd(more) => targets::check_together(&workflows, more, &mut found),
        Targets::Only(outputs) => {
            let only: Vec<&Target> = outputs.iter().map(|output| output.target).collect();
            for target in targets::ALL.iter().filter(|target| only.contains(target)) {
                (target.check_together)(&workflows, &mut found);
            }
        }
    }
    options.levels.apply(&mut found);
    let errors = found.iter().filter(|d| d.severity == Severity::Error);
    let errors: Vec<Vec<Span>> = errors
        .map(|d| d.labels.iter().map(|label| label.span).collect())
        .collect();
    out.items_mut().retain(|warning| {
        let at = |span: &Span| warning.labels.iter().any(|label| label.span == *span);
        warning.severity == Severity::Error || !errors.iter().any(|spans| spans.iter().all(at))
    });
    out.extend(found);
}

fn check(resolved: Resolved, options: &Options, out: &mut Diagnostics) -> Outcome {
    if resolved.is_cut_short() {
        out.push(syntax::too_many_moves(resolved.workflow().place, MAX_MOVES));
    }
    rules::check(&resolved, &options.levels, out);
    expect::check(&resolved, &options.levels, out);
    targets::check_blocks(&resolved, out);
    options.levels.apply(out);
    if out.has_errors() {
        return Outcome::Faulty(Box::new(resolved));
    }
    let checked = match Checked::new(resolved) {
        Ok(checked) => checked,
        Err(resolved) => return Outcome::Faulty(Box::new(resolved)),
    };
    hold_against(&options.targets, &checked, out);
    options.levels.apply(out);
    match out.has_errors() {
        false => Outcome::Checked(Box::new(checked)),
        true => Outcome::Faulty(Box::new(checked.into_resolved())),
    }
}

fn hold_against(targets: &Targets, checked: &Checked, out: &mut Diagnostics) {
    match targets {
        Targets::Only(outputs) => {
            for output in outputs {
                // Only what is reported matters here; whoever wants the JSON asks for it.
                let _ = output.document.of_one(checked, out);
            }
        }
        Targets::NamedAnd(more) => {
            let named = targets::named(checked.resolved());
            let mut all: Vec<&Target> = named.into_iter().map(|(target, _)| target).collect();
            for target in more {
                if !all.contains(target) {
                    all.push(target);
                }
            }
            for target in all {
                (target.check)(checked, out);
            }
        }
    }
}

/// Every code, in the order of the catalogue.
pub fn codes() -> Vec<&'static Code> {
    let mut all: Vec<&'static Code> = Vec::new();
    all.extend(syntax::CODES);
    all.extend(fields::CODES);
    all.extend(rules::ALL.iter().map(|rule| rule.code));
    all.extend(expect::ALL.iter().map(|rule| rule.code));
    all.extend(projects::ALL.iter().map(|rule| rule.code));
    all.extend(targets::CODES);
    all.sort_by_key(|code| code.group);
    all
}

/// The code of this name.
pub fn code(name: &str) -> Option<&'static Code> {
    codes().into_iter().find(|code| code.name == name)
}

/// Whether a code is off until asked for.
pub fn is_off(code: &Code) -> bool {
    code.level == Level::Allow
}

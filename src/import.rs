//! A product's own JSON to workflow files: [`compile`](fn@crate::compile) the other way round.
//!
//! ```text
//!  Source ─syntax─▶ Node ─targets─▶ Definition ─write─▶ text
//!                    └────────── compared with ◀─compile─┘
//! ```
//!
//! What is written is built again and compared with what was read, so that whatever the workflow
//! file does not say is told, with its place in the JSON.

mod compare;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::compile::{self, Compilation, Targets};
use crate::diagnostic::{Diagnostic, Diagnostics, Level, Levels, Severity};
use crate::model::decode::identifier_like;
use crate::node::Node;
use crate::source::{Source, SourceId, Syntax};
use crate::syntax;
use crate::targets::reading::Reading;
use crate::targets::{Import, Output, Target, lossy_imports};
use crate::write::{self, Definition};

/// A document that can be imported.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// The product.
    pub target: &'static Target,
    /// One of its imports.
    pub import: &'static Import,
}

impl Input {
    /// What is built again to be compared with what is read.
    fn output(self) -> Option<Output> {
        let document = self.target.document(self.import.document)?;
        Some(Output {
            target: self.target,
            document,
        })
    }
}

/// How the workflow files are to be written.
#[derive(Clone, Debug)]
pub struct Options {
    /// The syntax of the files.
    pub syntax: Syntax,
    /// The identifier, where the one that follows from the JSON is not wanted.
    pub identifier: Option<String>,
    /// The identifier of a workflow to which the JSON gives no name.
    pub fallback: String,
    /// Levels of codes that differ from their own.
    pub levels: Levels,
}

/// What became of the JSON.
#[derive(Debug)]
pub struct Imported {
    /// The workflow files; none where an error was reported.
    pub files: Vec<File>,
    /// Everything reported, in the order of the JSON.
    pub diagnostics: Vec<Diagnostic>,
}

/// One workflow file.
#[derive(Debug)]
pub struct File {
    /// The workflow's identifier.
    pub identifier: String,
    /// What to write.
    pub text: String,
    /// What checking the file reports: how many errors, and how many warnings.
    pub findings: (usize, usize),
}

/// Reads `source` as the document `input` and writes each workflow in it as a file. Touches
/// nothing outside, cannot fail and does not panic: whatever is wrong with the JSON is in
/// [`Imported::diagnostics`].
pub fn import(source: &Source, input: Input, options: &Options) -> Imported {
    let mut out = Diagnostics::new();
    let document = syntax::read(source, &mut out);
    let mut files = Vec::new();
    if let Some(root) = &document.root {
        files = workflows(root, input, options, &mut out);
    }
    options.levels.apply(&mut out);
    if out.has_errors() {
        files.clear();
    }
    Imported {
        files,
        diagnostics: out.into_sorted(),
    }
}

fn workflows(root: &Node, input: Input, options: &Options, out: &mut Diagnostics) -> Vec<File> {
    let called = options.identifier.as_ref().unwrap_or(&options.fallback);
    let mut reading = Reading::new(called, out);
    let mut definitions = (input.import.read)(root, &mut reading);
    let left_out = reading.finish();
    if out.has_errors() {
        return Vec::new();
    }
    identify(&mut definitions, options);
    let (mut files, mut checked) = (Vec::new(), Vec::new());
    for definition in &mut definitions {
        let from = format!(
            "Imported from {}: statewright import --from {}:{}",
            input.target.title, input.target.name, input.import.document
        );
        definition.remarks.insert(0, from);
        match write::text(definition, options.syntax) {
            Ok(text) => {
                let usual = compile::Options::default();
                let compilation = compiled(&text, options.syntax, usual);
                files.push(file(&definition.identifier, text, &compilation));
                checked.push(compilation);
            }
            Err(unwritable) => out.extend(lossy_imports::null_in_toml(&unwritable.nulls)),
        }
    }
    if !out.has_errors() {
        let pairs = built_again(root, &files, checked, input, options.syntax);
        let skipped = compare::Skipped {
            paths: input.import.set_by_product,
            unordered: input.import.unordered,
            places: &left_out,
        };
        out.extend(compare::differences(&pairs, &skipped));
    }
    files
}

/// Gives each workflow its identifier, no two the same.
fn identify(definitions: &mut [Definition], options: &Options) {
    let only = definitions.len() == 1;
    let mut taken = BTreeSet::new();
    for definition in definitions {
        let named = Some(&definition.identifier).filter(|name| !name.is_empty());
        let named = named.or(definition.name.as_ref());
        let given = options.identifier.clone().filter(|_| only);
        let wanted = given
            .or_else(|| identifier_like(named?))
            .unwrap_or_else(|| options.fallback.clone());
        let mut identifier = wanted.clone();
        let mut number = 1;
        while !taken.insert(identifier.clone()) {
            number += 1;
            identifier = format!("{wanted}-{number}");
        }
        definition.identifier = identifier;
    }
}

fn compiled(text: &str, syntax: Syntax, options: compile::Options) -> Compilation {
    let source = Source::new(SourceId::default(), "imported", syntax, text);
    crate::compile(&source, &options)
}

/// Builds `output` alone. Names with hidden characters are a mistake in a workflow file, and still
/// what the product's JSON says.
fn for_building(output: Output) -> compile::Options {
    let mut levels = Levels::default();
    if let Some(code) = compile::code("hidden-characters") {
        levels.set(code, Level::Allow);
    }
    compile::Options {
        targets: Targets::Only(vec![output]),
        levels,
    }
}

fn file(identifier: &str, text: String, checked: &Compilation) -> File {
    let errors = checked.diagnostics.iter();
    let errors = errors.filter(|d| d.severity == Severity::Error).count();
    File {
        identifier: identifier.to_owned(),
        text,
        findings: (errors, checked.diagnostics.len() - errors),
    }
}

/// What was read, each with what is built of it: the workflows of a list whose members have nothing
/// in common one by one, and everything else as a whole. A workflow with errors cannot be built;
/// its errors are told as findings. `checked` are the files as they are checked, which serves where
/// no error is in the way.
fn built_again<'n, 's>(
    root: &'n Node<'s>,
    files: &[File],
    checked: Vec<Compilation>,
    input: Input,
    syntax: Syntax,
) -> Vec<(&'n Node<'s>, Value)> {
    let Some(output) = input.output() else {
        return Vec::new();
    };
    let compile = |file: &File| compiled(&file.text, syntax, for_building(output));
    let compilations: Vec<Compilation> = checked
        .into_iter()
        .zip(files)
        .map(|(checked, file)| {
            if checked.checked().is_some() {
                return checked;
            }
            // Of a large file two would be much.
            drop(checked);
            compile(file)
        })
        .collect();
    let Some(list) = input.import.members else {
        let all: Option<Vec<_>> = compilations.iter().map(Compilation::checked).collect();
        let built = all.and_then(|all| output.document.of_all(&all, &mut Diagnostics::new()));
        return built.map(|built| (root, built)).into_iter().collect();
    };
    let members = match list.is_empty() {
        true => root.items(),
        false => root.get(list).and_then(Node::items),
    };
    let members = members.unwrap_or(&[]).iter().zip(&compilations);
    members
        .filter_map(|(member, compilation)| {
            let checked = compilation.checked()?;
            let mut built = output.document.of_one(checked, &mut Diagnostics::new())?;
            let items = match list.is_empty() {
                true => &mut built,
                false => built.get_mut(list)?,
            };
            Some((member, items.get_mut(0)?.take()))
        })
        .collect()
}

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

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::compile::{self, Compilation, Targets};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Level, Levels, Severity};
use crate::fields::invalid_values;
use crate::hashing::{HashMap, HashSet};
use crate::limits::{self, Grouped, Limits};
use crate::model::decode::identifier_like;
use crate::node::{Kind, Node};
use crate::rules::Checked;
use crate::source::{Source, SourceId, Span, Syntax};
use crate::syntax;
use crate::targets::reading::Reading;
use crate::targets::{Import, Output, Target, lossy_imports, target_limits};
use crate::write::{self, Definition};
use compare::Comparison;

/// Each workflow is a file of its own, checked and built again: more than this would take longer
/// than any other run. A large site has about as many.
const MOST_WORKFLOWS: usize = 12_000;

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
    import_together(std::slice::from_ref(source), input, options)
}

/// As [`import`], where several `sources` are parts of one list, such as its pages, each with an id
/// of its own.
pub fn import_together(sources: &[Source], input: Input, options: &Options) -> Imported {
    let mut out = Diagnostics::new();
    let mut roots = Vec::with_capacity(sources.len());
    for source in sources {
        roots.extend(syntax::read(source, &mut out).root);
    }
    let mut files = Vec::new();
    // Of a list that is not whole nothing is made.
    if roots.len() == sources.len()
        && let Some(root) = gathered(roots, input, &mut out)
    {
        // Two trees of a large answer would be much.
        let root = (input.import.respelt)(&root).unwrap_or(root);
        files = workflows(&root, input, options, &mut out);
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

fn gathered<'s>(mut roots: Vec<Node<'s>>, input: Input, out: &mut Diagnostics) -> Option<Node<'s>> {
    match (&input.import.holds, roots.as_slice()) {
        (Some(holds), _) => holds.gathered(roots, out),
        (None, [_]) => roots.pop(),
        (None, [first, ..]) if input.import.is_of_pages => {
            Some(Node::new(first.span, Kind::List(roots.into())))
        }
        (None, [_, second, ..]) => {
            let name = format!("{}:{}", input.target.name, input.import.document);
            let message = format!("several files of `{name}` cannot be imported together");
            let report = invalid_values::other(
                message,
                second.span,
                "the second of them",
                "import each file by itself".to_owned(),
            );
            out.push(report);
            None
        }
        (None, []) => None,
    }
}

fn workflows(root: &Node, input: Input, options: &Options, out: &mut Diagnostics) -> Vec<File> {
    let called = options.identifier.as_ref().unwrap_or(&options.fallback);
    let mut reading = Reading::new(input.target, input.import, called, out);
    // Making them of all would take the memory that the limit is to save.
    if let Some(more) = members(root, input).and_then(|all| too_many(all.len(), root)) {
        reading.out.push(more);
        return Vec::new();
    }
    let mut definitions = (input.import.read)(root, &mut reading);
    let told = reading.finish();
    if out.has_errors() {
        return Vec::new();
    }
    let mut states = definitions.iter().map(|one| one.states.value.len());
    let most = states.find(|count| *count > limits::STATES.usual);
    let report = too_many(definitions.len(), root).or_else(|| too_many_states(most?, root));
    if let Some(report) = report {
        out.push(report);
        return Vec::new();
    }
    identify(&mut definitions, options);
    let mut files = Vec::new();
    let mut again = Again::of(root, input, told, definitions.len() == 1);
    // Of thousands each takes its memory only while it is looked at, where that is possible.
    for mut definition in definitions {
        let from = format!(
            "Imported from {}: statewright import --from {}:{}",
            input.target.title, input.target.name, input.import.document
        );
        definition.remarks.insert(0, from);
        match write::text(&definition, options.syntax) {
            Ok(text) => {
                let usual = compile::Options::default();
                let compilation = compiled(&text, options.syntax, Limits::default(), &usual);
                let file = file(&definition.identifier, text, &compilation);
                let place = definition.place.unwrap_or(root.span);
                again.take(&file, place, compilation, options.syntax);
                files.push(file);
            }
            Err(unwritable) => out.extend(lossy_imports::not_in_toml(&unwritable)),
        }
    }
    if !out.has_errors() {
        out.extend(again.compared());
    }
    files
}

/// The list of workflows, where each is built and compared on its own.
fn members<'n, 's>(root: &'n Node<'s>, input: Input) -> Option<&'n [Node<'s>]> {
    match input.import.members? {
        "" => root.items(),
        list => root.get(list)?.items(),
    }
}

fn too_many(workflows: usize, root: &Node) -> Option<Diagnostic> {
    let message = format!(
        "the JSON has {} workflows, and {} can be imported at once",
        Grouped(workflows),
        Grouped(MOST_WORKFLOWS)
    );
    let report = target_limits::other(message, root.span, "too many at once");
    let report = report.help("ask for fewer at a time, and import each answer by itself");
    (workflows > MOST_WORKFLOWS).then(|| report.severity(Severity::Error))
}

/// No file could be checked that has so many.
fn too_many_states(states: usize, root: &Node) -> Option<Diagnostic> {
    let (count, most) = (Grouped(states), Grouped(limits::STATES.usual));
    let message =
        format!("the JSON has a workflow of {count} states, more than the limit of {most}");
    let report = target_limits::other(message, root.span, "too many in one workflow");
    let report = report.help("import a workflow that has fewer states");
    Some(report.severity(Severity::Error))
}

/// Gives each workflow its identifier, no two the same. Numbers that tell them apart have as many
/// digits as the highest, so that the files stand in their order.
fn identify(definitions: &mut [Definition], options: &Options) {
    let only = definitions.len() == 1;
    let wanted = definitions.iter().map(|definition| {
        let named = Some(&definition.identifier).filter(|name| !name.is_empty());
        let named = named.or(definition.name.as_ref());
        let given = options.identifier.clone().filter(|_| only);
        given
            .or_else(|| Some(cut(identifier_like(named?)?)))
            .unwrap_or_else(|| options.fallback.clone())
    });
    let wanted: Vec<String> = wanted.collect();
    let mut many: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &wanted {
        *many.entry(name).or_default() += 1;
    }
    let digits: BTreeMap<&str, usize> = many
        .into_iter()
        .map(|(name, count)| (name, count.to_string().len()))
        .collect();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (definition, wanted) in definitions.iter_mut().zip(&wanted) {
        let number = last.entry(wanted).or_default();
        let width = digits.get(wanted.as_str()).copied().unwrap_or(1);
        definition.identifier = loop {
            *number += 1;
            let identifier = match *number {
                1 => wanted.clone(),
                number => format!("{wanted}-{number:0width$}"),
            };
            if taken.insert(identifier.clone()) {
                break identifier;
            }
        };
    }
}

/// As much of an identifier as a file system takes with what stands after it in the names of files, in
/// whole words where it has words.
fn cut(mut identifier: String) -> String {
    const MOST: usize = 200;
    if identifier.len() > MOST {
        identifier.truncate(MOST);
        if let Some(end) = identifier.rfind('-') {
            identifier.truncate(end);
        }
    }
    identifier
}

fn compiled(text: &str, syntax: Syntax, limits: Limits, options: &compile::Options) -> Compilation {
    let source = Source::new(SourceId::default(), "imported", syntax, text);
    crate::compile(&source.with_limits(limits), options)
}

/// Reads a file whatever the rules and the products say of the workflow: that is told as findings of
/// its own, and it is still what the product's JSON says.
fn for_building() -> compile::Options {
    let mut levels = Levels::default();
    // What keeps the file from being read stays an error.
    let is_ruled = |code: &&Code| !matches!(code.group, Group::Targets | Group::Upkeep);
    for code in compile::codes().into_iter().filter(is_ruled) {
        levels.set(code, Level::Allow);
    }
    compile::Options {
        targets: Targets::Only(Vec::new()),
        levels,
    }
}

/// The file, read to be built again. A name may be as long as it is.
fn compiled_again(text: &str, syntax: Syntax) -> Compilation {
    let roomy = Limits {
        name: limits::NAME.most,
        ..Limits::default()
    };
    compiled(text, syntax, roomy, &for_building())
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

/// What was imported, to be built again of its files and compared.
struct Again<'n, 's> {
    root: &'n Node<'s>,
    input: Input,
    output: Option<Output>,
    /// Whether there is one workflow alone.
    is_only: bool,
    found: Vec<Diagnostic>,
    comparison: Comparison,
    /// The items of the list in which each workflow is compared on its own.
    items: Option<HashMap<Span, &'n Node<'s>>>,
    /// Otherwise the workflows, each with its identifier.
    whole: Vec<(String, Compilation)>,
}

impl<'n, 's> Again<'n, 's> {
    fn of(root: &'n Node<'s>, input: Input, told: HashSet<Span>, is_only: bool) -> Self {
        let items = input.import.members.map(|_| {
            let items = members(root, input).unwrap_or(&[]).iter();
            items.map(|item| (item.span, item)).collect()
        });
        Again {
            root,
            input,
            output: input.output(),
            is_only,
            found: Vec::new(),
            comparison: Comparison::of(input.import, told),
            items,
            whole: Vec::new(),
        }
    }

    /// Takes a file as it is checked, which serves where no error is in the way, with the place that it was
    /// read from.
    fn take(&mut self, file: &File, place: Span, checked: Compilation, syntax: Syntax) {
        let compilation = match checked.checked() {
            Some(_) => checked,
            None => {
                // Of a large file two would be much.
                drop(checked);
                compiled_again(&file.text, syntax)
            }
        };
        let Some(checked) = compilation.checked() else {
            let why = first_error(&compilation.diagnostics);
            let report = lossy_imports::not_compared(&file.identifier, place, why, self.is_only);
            self.found.push(report);
            self.comparison.leave(place);
            return;
        };
        match &self.items {
            None => self.whole.push((file.identifier.clone(), compilation)),
            Some(items) => {
                let mut out = Diagnostics::new();
                let built = self.built(checked, &mut out);
                match (items.get(&place), built) {
                    (Some(node), Some(built)) => self.comparison.add(node, &built),
                    _ => {
                        let why = first_error(out.iter());
                        let report =
                            lossy_imports::not_compared(&file.identifier, place, why, self.is_only);
                        self.found.push(report);
                    }
                }
            }
        }
    }

    /// What is lost on the way to the files and back.
    fn compared(mut self) -> Vec<Diagnostic> {
        if self.output.is_none() {
            return Vec::new();
        }
        if let Some(built) = self.together() {
            self.comparison.add(self.root, &built);
        }
        self.found.extend(self.comparison.differences());
        self.found
    }

    /// The document of all files, where they make one.
    fn together(&mut self) -> Option<Value> {
        let (first, _) = self.whole.first()?;
        let checked = self.whole.iter().filter_map(|(_, one)| one.checked());
        let checked: Vec<&Checked> = checked.collect();
        let mut out = Diagnostics::new();
        let built = match self.input.import.rebuilt {
            Some(rebuilt) => rebuilt(&checked, &mut out),
            None => self.output?.document.of_all(&checked, &mut out),
        };
        if built.is_none() {
            let why = first_error(out.iter());
            let report = lossy_imports::not_compared(first, self.root.span, why, true);
            self.found.push(report);
        }
        built
    }

    /// The item that a file makes of a list.
    fn built(&self, checked: &Checked, out: &mut Diagnostics) -> Option<Value> {
        if let Some(rebuilt) = self.input.import.rebuilt {
            return rebuilt(&[checked], out);
        }
        let mut built = self.output?.document.of_one(checked, out)?;
        let list = self.input.import.members?;
        // One workflow may be a document of its own.
        if list.is_empty() && !built.is_array() {
            return Some(built);
        }
        let items = match list.is_empty() {
            true => &mut built,
            false => built.get_mut(list)?,
        };
        Some(items.get_mut(0)?.take())
    }
}

/// Why something is not built. An empty answer without a reason would be a mistake of the product's
/// own code, and is told all the same.
fn first_error<'d>(found: impl IntoIterator<Item = &'d Diagnostic>) -> &'d str {
    let mut found = found.into_iter();
    let error = found.find(|d| d.severity == Severity::Error);
    error.map_or("its document is empty", |error| &error.message)
}

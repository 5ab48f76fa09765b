//! The products that workflows are compiled for: one folder a product.
//!
//! A target lowers a [`Checked`] workflow to JSON in the shape that its product documents. What
//! the product cannot say is reported by the code that leaves it out, so that nothing is lost in
//! silence. To add a target: write its folder (`mod.rs` for the lowering, `wire.rs` for the
//! product's shapes, `README.md`), and put it in [`ALL`]. Which check of the products'
//! documentation is which code, `tests/product_checks.rs` says, one row a check.

use schemars::generate::SchemaSettings;
use schemars::transform::Transform;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::fields::unknown_fields;
use crate::graph::Resolved;
use crate::model::{TargetBlock, Text};
use crate::node::respelt;
use crate::rules::{Blocks, Checked, Decoded};
use crate::source::Span;
use crate::suggest;

pub use document::{Document, Emit, Output};
pub use imports::{Import, List, SetByProduct};
pub use json::Json;
pub use losses::Loss;
pub use refusals::Refusals;
pub use target_collisions::Unique;

pub mod actitime;
pub mod blocks;
mod document;
pub mod gathering;
pub mod ids;
mod imports;
pub mod incident_iq;
pub mod itwin;
pub mod jira;
mod json;
pub mod losses;
pub mod lossy_imports;
pub mod lossy_targets;
pub mod missing_target_fields;
pub mod omitted_details;
pub mod read_only_fields;
pub mod reading;
mod refusals;
pub mod requests;
pub mod shared_losses;
pub mod target_collisions;
pub mod target_limits;
pub mod transactionlink;
pub mod unknown_values;
pub mod values;
pub mod xurrent;

#[cfg(test)]
mod page_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

/// A product.
#[derive(Debug)]
pub struct Target {
    /// Its name in a workflow file and on the command line.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The folder's `README.md`.
    pub readme: &'static str,
    /// What can be emitted; the first is the default.
    pub documents: &'static [Document],
    /// Decodes the product's own block, also of a workflow with errors, and reports every mistake in
    /// it. What it says travels in the proof.
    pub read_block: fn(&Resolved, &TargetBlock, &mut Diagnostics) -> Decoded,
    /// Holds a workflow against the product as far as can be told without building anything:
    /// for most products, what emitting the default document reports.
    pub check: fn(&Checked, &mut Diagnostics),
    /// What can be imported.
    pub imports: &'static [Import],
    /// What its documents lose of what a workflow can say, the rows of several tables; they keep the rest.
    pub losses: &'static [&'static [Loss]],
    /// How the product says that it does not do what was asked.
    pub refusals: &'static Refusals,
    /// How a person changes it, where it has no request that does.
    pub by_hand: Option<&'static ByHand>,
    /// What must be unique on a site, so that no two workflows of a run may share it.
    pub unique: &'static [Unique],
    /// Reports what two workflows of a run say differently of what the product keeps once for all of
    /// them, beside what must be [unique](Self::unique).
    pub check_together: fn(&[&Checked], &mut Diagnostics),
    /// What the block may hold, for the schema of workflow files.
    pub block_schema: fn(&mut SchemaGenerator) -> Schema,
}

/// How a person changes a product that has no request for it, in the words of its pages.
#[derive(Debug)]
pub struct ByHand {
    /// What a state is called.
    pub state: &'static str,
    /// What is in a state, and several of it.
    pub ticket: &'static str,
    /// The same of several.
    pub tickets: &'static str,
    /// Whether its transitions have names.
    pub names_transitions: bool,
    /// What fields are called there.
    pub fields: &'static [(&'static str, &'static str)],
    /// What words of the language are called there.
    pub words: &'static [(&'static str, &'static str)],
}

impl ByHand {
    /// What a field is called there.
    pub fn field<'f>(&self, field: &'f str) -> &'f str {
        find_word(self.fields, field)
    }

    /// What a word of the language is called there.
    pub fn word<'w>(&self, word: &'w str) -> &'w str {
        find_word(self.words, word)
    }
}

fn find_word<'w>(words: &[(&'static str, &'static str)], word: &'w str) -> &'w str {
    let found = words.iter().find(|(own, _)| *own == word);
    found.map_or(word, |(_, theirs)| theirs)
}

impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Target {
    /// What the target's name alone means on the command line.
    pub fn default_output(&'static self) -> Output {
        Output {
            target: self,
            document: self.default_document(),
        }
    }

    /// Holds the workflows of a run against each other: what the product keeps once for all of them,
    /// such as ids and names, cannot be said in two ways, so that what is an error keeps documents of
    /// all of them from being made. Reports nothing that one of them alone gets from
    /// [`check`](Self::check).
    pub fn hold_together(&self, workflows: &[&Checked], out: &mut Diagnostics) {
        if workflows.len() < 2 {
            return;
        }
        (self.check_together)(workflows, out);
        for unique in self.unique {
            unique.check(self.name, workflows, out);
        }
    }

    /// How the document of this name is imported, if it can be.
    pub fn import(&self, document: &str) -> Option<&'static Import> {
        self.imports.iter().find(|i| i.document == document)
    }

    /// Its first document.
    pub fn default_document(&self) -> &'static Document {
        &self.documents[0]
    }

    /// The document of this name.
    pub fn document(&self, name: &str) -> Option<&'static Document> {
        self.documents.iter().find(|d| d.name == name)
    }
}

/// Every target, in the order in which help texts and tables list them.
pub const ALL: &[&Target] = &[
    &incident_iq::TARGET,
    &xurrent::TARGET,
    &itwin::TARGET,
    &transactionlink::TARGET,
    &actitime::TARGET,
    &jira::TARGET,
];

/// The codes that only targets report, in the order of the catalogue.
pub const CODES: &[&Code] = &[
    &lossy_targets::CODE,
    &omitted_details::CODE,
    &missing_target_fields::CODE,
    &read_only_fields::CODE,
    &target_limits::CODE,
    &target_collisions::CODE,
    &unknown_values::CODE,
    &lossy_imports::CODE,
];

/// The target of this name.
pub fn find(name: &str) -> Option<&'static Target> {
    ALL.iter().copied().find(|t| t.name == name)
}

/// The targets that a workflow names, each with its block; a misspelt one counts as its nearest.
pub fn named(resolved: &Resolved) -> Vec<(&'static Target, &TargetBlock)> {
    let blocks = resolved.workflow().targets.iter();
    blocks
        .filter_map(|block| {
            Some((
                find(&block.name.value).or_else(|| nearest(&block.name.value))?,
                block,
            ))
        })
        .collect()
}

/// The target whose name is near this one.
pub fn nearest(name: &str) -> Option<&'static Target> {
    suggest::nearest(name, ALL.iter().map(|t| t.name)).and_then(find)
}

/// The block that a workflow has for a target.
pub fn block<'r>(resolved: &'r Resolved, target: &str) -> Option<&'r TargetBlock> {
    named(resolved)
        .into_iter()
        .find(|(t, _)| t.name == target)
        .map(|(_, block)| block)
}

/// Where to report what concerns a product as a whole: its block, or the workflow where the file
/// does not name it.
pub fn place_of(checked: &Checked, target: &str) -> Span {
    let block = block(checked.resolved(), target);
    block.map_or(checked.workflow().place, |block| block.name.span)
}

/// Reports blocks of targets that do not exist, and the mistakes in the others. Answers what these say.
pub fn read_blocks(resolved: &Resolved, out: &mut Diagnostics) -> Blocks {
    for block in &resolved.workflow().targets {
        if find(&block.name.value).is_none() {
            let mut report = unknown(&block.name.value, block.name.span);
            // Two blocks of one target would be a key written twice.
            let mut blocks = resolved.workflow().targets.iter();
            let near = nearest(&block.name.value);
            if near.is_some_and(|near| blocks.any(|block| block.name.value == near.name)) {
                report.fix = None;
            }
            out.push(report);
        }
    }
    let read = |(target, block): (&Target, &TargetBlock)| {
        let read = |out: &mut Diagnostics| (target.read_block)(resolved, block, out);
        (target.name, out.about(target.name, read))
    };
    named(resolved).into_iter().map(read).collect()
}

/// No target is called `name`, which stands at `span`.
pub fn unknown(name: &str, span: Span) -> Diagnostic {
    let message = format!("target `{name}` does not exist");
    let report = Diagnostic::new(
        &unknown_fields::CODE,
        message,
        span,
        "no product has this name here",
    );
    let all: Vec<&str> = ALL.iter().map(|t| t.name).collect();
    let report = report.note(format!("the targets are {}", suggest::phrase(&all)));
    match nearest(name) {
        Some(near) => report
            .help(format!("change `{name}` to `{}`", near.name))
            .fix_if(
                suggest::alike(name, near.name),
                span,
                respelt(name, span, near.name),
            ),
        None => report.help("name one of the targets, or delete this one"),
    }
}

/// A report with one label a place, the first primary; the places after the sixth are counted.
fn at_all(
    code: &'static Code,
    message: String,
    places: &[Span],
    label: &str,
) -> Option<Diagnostic> {
    const MOST_LABELS: usize = 6;
    let (first, rest) = places.split_first()?;
    let report = Diagnostic::new(code, message, *first, label);
    let report = report.each(rest.iter().copied(), MOST_LABELS - 1, "here, too");
    Some(match places.len().saturating_sub(MOST_LABELS) {
        0 => report,
        1 => report.note("and in 1 more place"),
        more => report.note(format!("and in {more} more places")),
    })
}

fn no_place_for(target: &str, what: &str) -> String {
    format!("target `{target}` has no place for {what}")
}

/// A product has no place for `what`, which stands at `places`. `None` where it stands nowhere.
fn no_place(
    code: &'static Code,
    target: &str,
    what: &str,
    places: &[Span],
    label: &str,
) -> Option<Diagnostic> {
    let report = at_all(code, no_place_for(target, what), places, label)?;
    let report = report.with_shared(format!("has no place for {what}"));
    // Of a field, its name tells what it is about.
    Some(match what.contains('`') {
        true => report,
        false => report.with_aspect(what),
    })
}

/// Whether a document's schema requires every field that is always written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    /// As the wire type has it: every field that is not optional.
    AsWritten,
    /// None: the product's own schema requires none.
    None,
}

/// The JSON Schema of a wire type.
pub fn schema_of<T: schemars::JsonSchema>(required: Required) -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schemars::transform::RecursiveTransform(list_words).transform(&mut schema);
    schemars::transform::RecursiveTransform(leave_out_absent).transform(&mut schema);
    if required == Required::None {
        let mut drop_required = |schema: &mut Schema| {
            schema.remove("required");
        };
        schemars::transform::RecursiveTransform(&mut drop_required).transform(&mut schema);
    }
    schema
}

/// A field that need not be there is left out where it is absent, and never null.
fn leave_out_absent(schema: &mut Schema) {
    let required = schema.get("required").and_then(Value::as_array).cloned();
    let required = required.unwrap_or_default();
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (name, property) in properties.into_iter().flatten() {
        if !required.iter().any(|other| other == name) {
            property.as_object_mut().map(without_null);
        }
    }
}

/// Takes away the `null` that a schema allows.
pub fn without_null(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|t| t != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(kinds)) = schema.get_mut("anyOf") {
        kinds.retain(|kind| kind.get("type").is_none_or(|t| t != "null"));
        if kinds.len() == 1
            && let Some(Value::Object(only)) = kinds.pop()
        {
            schema.remove("anyOf");
            // What is said of the field itself says more than what is said of its kind.
            for (word, value) in only {
                schema.entry(word).or_insert(value);
            }
        }
    }
}

/// Writes an enum as the list of its words, as the products' own schemas do; schemars writes one
/// schema for each word that has a documentation comment.
fn list_words(schema: &mut Schema) {
    let words: Option<Vec<Value>> = schema
        .get("oneOf")
        .and_then(Value::as_array)
        .and_then(|all| {
            let word = |one: &Value| one.get("const").cloned();
            all.iter().map(word).collect()
        });
    if let Some(words) = words {
        schema.remove("oneOf");
        schema.insert("type".to_owned(), "string".into());
        schema.insert("enum".to_owned(), words.into());
    }
}

/// A wire value as JSON, in the order of its fields. `None` cannot happen for the wire types,
/// which have only text keys; it is an answer and not a panic all the same.
fn to_json(value: &impl serde::Serialize) -> Option<Value> {
    serde_json::to_value(value).ok()
}

fn values(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|t| t.value.to_string()).collect()
}

//! `statewright.toml`: what a repository says about all of its workflow files.
//!
//! It is read as workflow files are, with a place on everything, and its mistakes are reported in
//! the same way; what is right in it counts all the same. Finding it is the program's business.

mod accept;
mod baseline;
pub mod files;
mod levels;
mod limits;
pub mod schema;

use crate::diagnostic::{Diagnostic, Diagnostics, Levels};
use crate::fields::{self, Field, Fields, Subject, invalid_values};
use crate::limits::{Grouped, Limits};
use crate::node::{Node, Scalar};
use crate::silencing::acceptances::Acceptance;
use crate::source::{Source, Span, Text};
use crate::targets::{self, Target};
use crate::{suggest, syntax};

pub use baseline::{ENDING as BASELINE_ENDING, unreadable as unreadable_baseline};
use files::{Files, Pattern};
pub use levels::of_warnings;

/// The name of the file.
pub const FILE_NAME: &str = "statewright.toml";

/// The fields of the file, in the order in which a tidy one has them.
pub const FIELDS: &[&str] = &[
    "targets", "include", "exclude", "baseline", "levels", "limits", "accept",
];

const CONFIGURATION: Subject = Subject {
    kind: "the configuration",
    name: None,
};

/// What the file says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Levels of codes that differ from their own.
    pub levels: Levels,
    /// Products that every file is held against and built for, whether it names them or not.
    pub targets: Vec<&'static Target>,
    /// Which files are checked where a folder is given.
    pub files: Files,
    /// The file that lists what is known to be wrong: a path from the configuration's folder.
    pub baseline: Option<Text>,
    /// How much of each file is read, and how much is said of it.
    pub limits: Limits,
    /// What is accepted of changes.
    pub accept: Vec<Acceptance>,
}

/// Reads a configuration. Its mistakes are reported to `out`.
pub fn read(source: &Source, out: &mut Diagnostics) -> Config {
    let mut config = Config::default();
    let document = syntax::read(source, out);
    let Some(root) = &document.root else {
        return config;
    };
    let first = root.entries().and_then(|entries| entries.first());
    let place = first.map_or(root.span, |entry| entry.key_span());
    let Some(fields) = Fields::of(root, CONFIGURATION, place, FIELDS, out) else {
        return config;
    };
    if let Some(node) = fields.get("targets") {
        config.targets = named_targets(node, fields.field("targets"), out);
    }
    if let Some(node) = fields.get("include") {
        config.files.include = Some(patterns(node, fields.field("include"), out));
    }
    if let Some(node) = fields.get("exclude") {
        config.files.exclude = patterns(node, fields.field("exclude"), out);
    }
    if let Some(node) = fields.get("baseline") {
        config.baseline = baseline::read(node, fields.field("baseline"), out);
    }
    if let Some(entry) = fields
        .entry("limits")
        .filter(|entry| !entry.value.is_lost())
    {
        config.limits = limits::read(&entry.value, entry.key_span(), out);
    }
    if let Some(node) = fields.get("levels") {
        levels::read(node, fields.field("levels"), &mut config.levels, out);
    }
    if let Some(node) = fields.get("accept") {
        config.accept = accept::read(node, fields.field("accept"), out);
    }
    config
}

fn named_targets(node: &Node, field: Field, out: &mut Diagnostics) -> Vec<&'static Target> {
    let mut found: Vec<&'static Target> = Vec::new();
    for name in fields::names(node, field, out).unwrap_or_default() {
        let known = || targets::ALL.iter().map(|target| target.name);
        let near = suggest::nearest(&name.value, known());
        let target = targets::find(&name.value).or_else(|| {
            let written = Scalar::text_only(&*name.value);
            out.push(invalid_values::not_a_word(
                field,
                &written,
                name.span,
                near,
                known(),
            ));
            targets::find(near?)
        });
        found.extend(target.filter(|target| !found.contains(target)));
    }
    found
}

/// How many patterns are read, and how many bytes of them: each takes ten kilobytes of memory when it
/// is ready, and a folder with so many exceptions has no rule.
const MOST_PATTERNS: usize = 1000;
const MOST_BYTES: usize = 65_536;

fn patterns(node: &Node, field: Field, out: &mut Diagnostics) -> Vec<Pattern> {
    let (mut found, mut bytes) = (Vec::new(), 0);
    for text in fields::names(node, field, out).unwrap_or_default() {
        bytes += text.value.len();
        if found.len() >= MOST_PATTERNS || bytes > MOST_BYTES {
            out.push(too_many_patterns(field, text.span));
            break;
        }
        match Pattern::new(&text.value) {
            Ok(pattern) => found.push(pattern),
            Err(why) => out.push(not_a_pattern(field, &text, &why)),
        }
    }
    found
}

fn too_many_patterns(field: Field, at: Span) -> Diagnostic {
    let (most, bytes) = (Grouped(MOST_PATTERNS), Grouped(MOST_BYTES));
    let message = format!("{field} has more than {most} patterns, or {bytes} bytes of them");
    let help = "name folders, or use `*` and `**`".to_owned();
    invalid_values::other(message, at, "patterns from here on are not read", help)
}

fn not_a_pattern(field: Field, text: &Text, why: &str) -> Diagnostic {
    let wanted = "a pattern of paths";
    invalid_values::malformed(field, &text.value, text.span, wanted, "desks/**/*.yaml").note(why)
}

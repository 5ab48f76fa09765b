//! `statewright.toml`: what a repository says about all of its workflow files.
//!
//! It is read as workflow files are, with a place on everything, and its mistakes are reported in
//! the same way; what is right in it counts all the same. Finding it is the program's business.

mod baseline;
pub mod files;
mod limits;
pub mod schema;

use crate::compile;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level, Levels};
use crate::fields::{self, Field, Fields, Subject, invalid_values, wrong_types};
use crate::limits::{Grouped, Limits};
use crate::node::{Entry, Node, Scalar, respelt};
use crate::silencing::unknown_codes;
use crate::source::{Source, Span, Text};
use crate::targets::{self, Target};
use crate::{suggest, syntax};

pub use baseline::{ENDING as BASELINE_ENDING, unreadable as unreadable_baseline};
use files::{Files, Pattern};

/// The name of the file.
pub const FILE_NAME: &str = "statewright.toml";

/// The fields of the file, in the order in which a tidy one has them.
pub const FIELDS: &[&str] = &[
    "targets", "include", "exclude", "baseline", "levels", "limits",
];

/// Stands under `levels` for every code that warns.
pub const WARNINGS: &str = "warnings";

/// The levels by the words for them.
const LEVELS: &[(&str, Level)] = &[
    ("allow", Level::Allow),
    ("warn", Level::Warn),
    ("deny", Level::Deny),
];

/// What others call the levels.
const SYNONYMS: &[(&str, &str)] = &[
    ("off", "allow"),
    ("ignore", "allow"),
    ("none", "allow"),
    ("warning", "warn"),
    ("on", "warn"),
    ("error", "deny"),
    ("forbid", "deny"),
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
    /// Products that every file is held against, whether it names them or not.
    pub targets: Vec<&'static Target>,
    /// Which files are checked where a folder is given.
    pub files: Files,
    /// The file that lists what is known to be wrong: a path from the configuration's folder.
    pub baseline: Option<Text>,
    /// How much of each file is read, and how much is said of it.
    pub limits: Limits,
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
        levels(node, fields.field("levels"), &mut config.levels, out);
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

/// Reads `levels`. That of `warnings` comes first: what names one code says more.
fn levels(node: &Node, field: Field, levels: &mut Levels, out: &mut Diagnostics) {
    let Some(entries) = node.entries() else {
        let help =
            "write `[levels]`, and below it a line for each code, such as `dead-ends = \"warn\"`";
        out.push(wrong_types::report(field, node, "a table of codes").help(help));
        return;
    };
    let readable = || entries.iter().filter(|entry| !entry.is_lost());
    for entry in readable().filter(|entry| entry.key.text() == WARNINGS) {
        if let Some(level) = level(entry, out) {
            of_warnings(level, levels);
        }
    }
    for entry in readable().filter(|entry| entry.key.text() != WARNINGS) {
        let code = code(entry, out);
        let level = level(entry, out);
        if let (Some(code), Some(level)) = (code, level) {
            if code.is_firm() && level != Level::Deny {
                out.push(firm(code, entry));
            }
            levels.set(code, level);
        }
    }
}

/// Treats every code that warns as `level`.
pub fn of_warnings(level: Level, levels: &mut Levels) {
    let warns = |code: &&'static Code| levels.of(code) == Level::Warn;
    let codes: Vec<_> = compile::codes().into_iter().filter(warns).collect();
    for code in codes {
        levels.set(code, level);
    }
}

/// The code that the entry is about; one that does not exist is reported and taken for the
/// nearest.
fn code(entry: &Entry, out: &mut Diagnostics) -> Option<&'static Code> {
    let written = entry.key.text();
    if let Some(code) = compile::code(written) {
        return Some(code);
    }
    let codes = compile::codes();
    let names = codes.iter().map(|code| code.name);
    let near = suggest::nearest(written, names.chain([WARNINGS]));
    let meant = near.map(|near| (near, respelt(written, entry.key_span(), near)));
    out.push(unknown_codes::report(
        "a level",
        written,
        entry.key_span(),
        meant,
        None,
    ));
    compile::code(near?)
}

fn level(entry: &Entry, out: &mut Diagnostics) -> Option<Level> {
    let field = Subject::only("`levels`").field(entry.key.text());
    let synonym = entry.value.scalar().and_then(|scalar| {
        let same = |(word, _): &&(&str, &str)| scalar.text().eq_ignore_ascii_case(word);
        Some((scalar, SYNONYMS.iter().find(same)?.1))
    });
    let Some((scalar, meant)) = synonym else {
        return fields::keyword(&entry.value, field, LEVELS, out).map(|level| level.value);
    };
    let words = LEVELS.iter().map(|(word, _)| *word);
    let place = entry.value.span;
    out.push(invalid_values::not_a_word(
        field,
        scalar,
        place,
        Some(meant),
        words,
    ));
    LEVELS
        .iter()
        .find(|(word, _)| *word == meant)
        .map(|(_, level)| *level)
}

fn firm(code: &Code, entry: &Entry) -> Diagnostic {
    let name = code.name;
    let message = format!("`{name}` cannot be less than an error");
    let help = format!("delete `{name}` from `levels`");
    invalid_values::other(message, entry.value.span, "not for this code", help)
        .note(code.why_firm())
}

//! `lossy-imports`: something in a product's JSON that the workflow file does not say.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Group, Level, Severity};
use crate::source::Span;
use crate::suggest;

/// See the page beside this file.
pub static CODE: Code = Code {
    name: "lossy-imports",
    group: Group::Targets,
    level: Level::Warn,
    summary: "something in a product's JSON that the imported workflow does not say",
    page: include_str!("lossy_imports.md"),
};

/// Fields of `owner` ("step") that the target does not know, with their places: one report.
pub fn left_out(owner: &str, fields: &[(String, Span)]) -> Option<Diagnostic> {
    const MOST_NAMES: usize = 4;
    let mut seen = BTreeSet::new();
    let unique = fields.iter().filter(|(name, _)| seen.insert(name));
    let names: Vec<&str> = unique.map(|(name, _)| name.as_str()).collect();
    let places: Vec<Span> = fields.iter().map(|(_, place)| *place).collect();
    let what = if names.len() == 1 { "field" } else { "fields" };
    let some = suggest::phrase_up_to(&names, MOST_NAMES);
    let message = format!("{what} {some} of a {owner} will be left out");
    let message = match owner.starts_with("the ") {
        true => format!("{what} {some} of {owner} will be left out"),
        false => message,
    };
    let report = super::at_all(&CODE, message, &places, "not documented, so not imported")?;
    Some(report.help("keep the JSON if it matters: the workflow file will not have it"))
}

/// What is built from the imported workflow is not what was imported: at `path`, `places` hold
/// what `written` says and it would become `built`.
pub fn differs(path: &str, places: &[Span], written: &str, built: &str) -> Option<Diagnostic> {
    let message = format!("`{path}` is {written} and will be {built} when it is built again");
    let report = super::at_all(&CODE, message, places, "not what is built again")?;
    Some(report.help("look whether it matters: the workflow file cannot say it otherwise"))
}

/// What reading found worth telling, in its own words.
pub fn other(message: String, place: Span, label: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&CODE, message, place, label).help(help)
}

/// `null` in a file that is to be written as TOML.
pub fn null_in_toml(places: &[Span]) -> Option<Diagnostic> {
    let message = "`null` cannot be written in TOML".to_owned();
    let report = super::at_all(&CODE, message, places, "TOML has no `null`")?;
    let report = report.severity(Severity::Error);
    Some(report.help("write the workflow in YAML: `--syntax yaml`"))
}

//! The configuration file as editors and validators see it.
//!
//! These types are only described, never filled: [`super::read`] keeps places and goes on after
//! a mistake. A test holds the fields of both against each other.
#![allow(dead_code)]

use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use crate::compile;
use crate::diagnostic::Code;
use crate::{limits, targets};

/// What a repository says about all of its ticket workflows, for Statewright.
#[derive(JsonSchema)]
#[schemars(
    rename_all = "kebab-case",
    deny_unknown_fields,
    title = "Statewright configuration"
)]
pub struct File {
    /// Products that every workflow is held against and built for, whether it names them or not.
    targets: Option<Vec<String>>,
    /// The files that are checked where a folder is given: patterns of paths, counted from this
    /// file's folder. Without it: every file named *.workflow.yaml, *.workflow.yml or
    /// *.workflow.toml.
    include: Option<Vec<String>>,
    /// Files and folders that are left out where a folder is given: patterns of paths.
    exclude: Option<Vec<String>>,
    /// The file that lists what is known to be wrong, so that `statewright check` reports only what
    /// is new: a path from this file's folder.
    #[schemars(regex(pattern = r"baseline\.toml$"))]
    baseline: Option<String>,
    /// How each code is reported: not at all, as a warning, or as an error.
    levels: Option<Map<String, Value>>,
    /// How much of each file is read, and how much is said of it.
    limits: Option<Map<String, Value>>,
    /// What `statewright check --against` reports of a change and is right all the same.
    accept: Option<Vec<Accepted>>,
}

/// Something that is accepted of one change: it counts until the older version has it, too.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Accepted {
    /// The code of the report.
    code: String,
    /// The identifier of the workflow, in either version.
    #[schemars(length(min = 1))]
    workflow: String,
    /// Names of which the report speaks; without them, all reports of the code are accepted.
    names: Option<Names>,
    /// Why it is accepted.
    #[schemars(length(min = 1))]
    reason: String,
}

/// A name or several.
#[derive(JsonSchema)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

/// The codes of changes.
pub fn codes_of_changes() -> Value {
    let names: Vec<&str> = super::accept::codes().map(|code| code.name).collect();
    json!({ "type": "string", "enum": names, "description": "The code of the report." })
}

/// The names of the products.
pub fn target_names() -> Value {
    let names: Vec<&str> = targets::ALL.iter().map(|target| target.name).collect();
    json!({ "type": "string", "enum": names })
}

/// The codes, each with its levels.
pub fn levels() -> Value {
    let mut properties = Map::new();
    let warnings = "Every code that warns, but those that are named.";
    properties.insert(super::levels::WARNINGS.to_owned(), level(warnings, false));
    for code in compile::codes() {
        let Code { name, summary, .. } = *code;
        properties.insert(name.to_owned(), level(summary, code.is_firm()));
    }
    for target in targets::ALL {
        properties.insert(target.name.to_owned(), levels_of(target));
    }
    Value::Object(properties)
}

/// The levels that a product may have for itself.
fn levels_of(target: &targets::Target) -> Value {
    let mut properties = Map::new();
    let warnings = "Every code that warns of this product, but those that are named.";
    properties.insert(super::levels::WARNINGS.to_owned(), level(warnings, false));
    for code in super::levels::of_codes() {
        properties.insert(code.name.to_owned(), level(code.summary, false));
    }
    json!({
        "description": format!("What differs for {}.", target.title),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

/// What is limited, each with its numbers.
pub fn limits() -> Value {
    let property = |limit: &&limits::Limit| {
        let about = format!("{}.", limit.about);
        let schema = json!({
            "description": about,
            "type": "integer",
            "minimum": 1,
            "maximum": limit.most,
            "default": limit.usual,
        });
        (limit.name.to_owned(), schema)
    };
    Value::Object(limits::ALL.iter().map(property).collect())
}

fn level(about: &str, is_firm: bool) -> Value {
    let words: &[&str] = match is_firm {
        true => &["deny"],
        false => &["allow", "warn", "deny"],
    };
    json!({ "description": about, "type": "string", "enum": words })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_has_the_fields_that_are_read() {
        let schema = crate::schema::config();
        let properties = schema.as_value()["properties"].as_object().unwrap();
        let names: Vec<&str> = properties.keys().map(String::as_str).collect();
        assert_eq!(names, crate::config::FIELDS);
    }
}

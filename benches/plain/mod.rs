//! Workflows as plain structs, which is what a program has that only wants to read them: what
//! checking is compared with. Nothing here knows where anything stands in the text.

#![allow(dead_code, reason = "the fields are there to be read into")]

use std::collections::HashMap;

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Workflow {
    workflow: String,
    name: Option<String>,
    description: Option<String>,
    start: String,
    states: HashMap<String, State>,
    transitions: Vec<Transition>,
    #[serde(default)]
    expect: Vec<Promise>,
}

#[derive(Deserialize)]
struct State {
    category: String,
    color: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct Transition {
    name: Option<String>,
    from: String,
    to: String,
    notes: Option<String>,
}

#[derive(Deserialize)]
struct Promise {
    reach: String,
    because: Option<String>,
}

/// Reads YAML by `yaml_serde`, the maintained heir of `serde_yaml`.
pub fn yaml(text: &str) -> Workflow {
    serde_yaml::from_str(text).expect("a workflow of the corpus")
}

/// Reads TOML by `toml`.
pub fn toml(text: &str) -> Workflow {
    ::toml::from_str(text).expect("a workflow of the corpus")
}

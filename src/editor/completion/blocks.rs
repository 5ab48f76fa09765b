//! What may stand in the block of a product, as the JSON Schema of workflow files has it.

use std::sync::LazyLock;

use serde_json::Value;

use crate::schema;

static FILE: LazyLock<Value> = LazyLock::new(|| schema::workflow().to_value());

/// A place in a block.
#[derive(Clone, Copy, Debug)]
pub struct Within(&'static Value);

impl Within {
    /// The block of a product.
    pub fn block(target: &str) -> Option<Within> {
        let blocks = FILE.pointer("/properties/targets/properties")?;
        Some(Within(blocks.get(target)?))
    }

    /// What is under a name, or an item of a list.
    pub fn inner(self, key: Option<&str>) -> Option<Within> {
        self.forms().find_map(|form| {
            let inner = match key {
                Some(key) => {
                    let named = form.get("properties").and_then(|all| all.get(key));
                    named.or(form.get("additionalProperties"))?
                }
                None => form.get("items")?,
            };
            inner.is_object().then_some(Within(inner))
        })
    }

    /// The fields of a map, each with what it means.
    pub fn fields(self) -> Vec<(&'static str, &'static str)> {
        let all = self.forms().filter_map(|form| form.get("properties"));
        let all = all.filter_map(Value::as_object).flatten();
        all.map(|(name, field)| (name.as_str(), Within(field).about()))
            .collect()
    }

    /// Whether it is a map.
    pub fn is_map(self) -> bool {
        self.is_by_state() || !self.fields().is_empty()
    }

    /// Whether its names are those of states: no product has others that are not fields.
    pub fn is_by_state(self) -> bool {
        self.forms()
            .any(|form| form["additionalProperties"].is_object())
    }

    /// The values that it may have, where those are few.
    pub fn words(self) -> Vec<&'static str> {
        let of_form = |form: &'static Value| match form["type"] == "boolean" {
            true => vec!["true", "false"],
            false => {
                let words = form["enum"].as_array().into_iter().flatten();
                words.filter_map(Value::as_str).collect()
            }
        };
        self.forms().flat_map(of_form).collect()
    }

    fn about(self) -> &'static str {
        self.0["description"].as_str().unwrap_or_default()
    }

    /// What it may be: itself, what it refers to, and each of several forms.
    fn forms(self) -> impl Iterator<Item = &'static Value> {
        let referred = |form: &'static Value| match form["$ref"].as_str() {
            Some(path) => FILE.pointer(path.trim_start_matches('#')).unwrap_or(form),
            None => form,
        };
        let several = self.0["anyOf"].as_array().into_iter().flatten();
        std::iter::once(self.0).chain(several).map(referred)
    }
}

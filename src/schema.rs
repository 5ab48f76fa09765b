//! The JSON Schemas (draft 2020-12): of workflow files, and of every document that is emitted.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::{Map, Value};

use crate::config;
use crate::expect::PROMISES;
use crate::language;
use crate::targets::{self, Document, Target};

/// The schema of workflow files, with every target's own block.
pub fn workflow() -> Schema {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let blocks: Map<String, Value> = targets::ALL
        .iter()
        .map(|target| (target.name.to_owned(), block(target, &mut generator)))
        .collect();
    let (file, definitions) = language::schema::of_file(&PROMISES, blocks);
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), DRAFT.into());
    schema.extend(file);
    let mut all = generator.take_definitions(true);
    all.extend(definitions);
    schema.insert("$defs".to_owned(), all.into());
    written_by_people(schema.into())
}

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the configuration file.
pub fn config() -> Schema {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<config::schema::File>();
    if let Some(items) = schema.pointer_mut("/properties/targets/items") {
        *items = config::schema::target_names();
    }
    if let Some(levels) = schema.pointer_mut("/properties/levels") {
        levels["properties"] = config::schema::levels();
        levels["additionalProperties"] = Value::Bool(false);
    }
    if let Some(limits) = schema.pointer_mut("/properties/limits") {
        limits["properties"] = config::schema::limits();
        limits["additionalProperties"] = Value::Bool(false);
    }
    if let Some(code) = schema.pointer_mut("/$defs/Accepted/properties/code") {
        *code = config::schema::codes_of_changes();
    }
    written_by_people(schema)
}

fn written_by_people(mut schema: Schema) -> Schema {
    RecursiveTransform(never_null).transform(&mut schema);
    known_to_all(schema)
}

/// The formats that draft 2020-12 defines and a schema here uses.
const FORMATS: &[&str] = &["uuid"];

/// Without the formats of numbers that schemars adds (`uint64`): validators that are strict refuse
/// a schema with a format that the draft does not have.
fn known_to_all(mut schema: Schema) -> Schema {
    let standard = |schema: &mut Schema| {
        let format = schema.get("format").and_then(Value::as_str);
        if format.is_some_and(|format| !FORMATS.contains(&format)) {
            schema.remove("format");
        }
    };
    RecursiveTransform(standard).transform(&mut schema);
    schema
}

/// An absent field is left out, not null: `name:` with nothing behind it is a mistake.
fn never_null(schema: &mut Schema) {
    schema.as_object_mut().map(targets::without_null);
}

/// What a target's own block may hold.
fn block(target: &Target, generator: &mut schemars::SchemaGenerator) -> Value {
    let mut schema = (target.block_schema)(generator).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert(
            "description".to_owned(),
            Value::String(format!("What only {} needs.", target.title)),
        );
    }
    schema
}

/// The schema of a target's document.
pub fn document(document: &Document) -> Schema {
    known_to_all((document.schema)())
}

/// Every schema with the path of its committed file below `schemas/`.
pub fn all() -> Vec<(String, Schema)> {
    let documents = targets::ALL.iter().flat_map(|target| {
        let path = move |d: &Document| format!("targets/{}/{}.schema.json", target.name, d.name);
        target.documents.iter().map(move |d| (path(d), document(d)))
    });
    let own = [("workflow", workflow()), ("config", config())];
    own.into_iter()
        .map(|(name, schema)| (format!("{name}.schema.json"), schema))
        .chain(documents)
        .collect()
}

/// A schema as its file has it: indented, with a line end at the end.
pub fn to_text(schema: &Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}

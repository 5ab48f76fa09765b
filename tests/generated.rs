//! What is generated and committed is what the code says: `schemas/`, and the tables of the README.
//! `UPDATE=1 cargo test --test all generated` writes them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};
use statewright::diagnostic::{Diagnostics, Level};
use statewright::source::{Source, SourceId, Syntax};
use statewright::targets::losses::CONCEPTS;
use statewright::{Compilation, Options, compile, diagrams, report, schema, targets};

fn update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|v| v == "1")
}

#[test]
fn the_committed_schemas_are_the_ones_that_are_printed() {
    let folder = crate::common::root().join("schemas");
    let mut expected = BTreeSet::new();
    for (name, schema) in schema::all() {
        let path = folder.join(&name);
        let text = schema::to_text(&schema);
        if update() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
            fs::write(&path, &text).expect("writable");
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "{name} is not fresh: UPDATE=1 cargo test --test all generated"
        );
        expected.insert(path);
    }
    for path in crate::common::files_below(&folder, "json") {
        assert!(
            expected.contains(&path),
            "{} belongs to nothing",
            path.display()
        );
    }
}

#[test]
fn every_schema_is_a_schema() {
    for (name, schema) in schema::all() {
        assert!(jsonschema::meta::is_valid(schema.as_value()), "{name}");
        jsonschema::validator_for(schema.as_value())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

/// Strict validators (Ajv is one where nobody tells it otherwise) refuse a schema with a keyword or a
/// format that draft 2020-12 does not have, with several types, or with a field that is required and
/// not described.
#[test]
fn strict_validators_know_every_word_of_the_schemas() {
    const FORMATS: &[&str] = &["uuid", "uri", "date-time", "date", "time", "email", "regex"];
    // Those that hold values, those that hold one schema, lists of them, and maps of them.
    const VALUES: &[&str] = &[
        "$schema",
        "$id",
        "$ref",
        "title",
        "description",
        "default",
        "examples",
        "type",
        "const",
        "enum",
        "format",
        "pattern",
        "required",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
    ];
    const ONE: &[&str] = &["items", "additionalProperties", "propertyNames", "not"];
    const LISTS: &[&str] = &["anyOf", "oneOf", "allOf", "prefixItems"];
    const MAPS: &[&str] = &["properties", "patternProperties", "$defs"];
    // One type, or that and null.
    fn is_one_type(value: &Value) -> bool {
        let Value::Array(types) = value else {
            return true;
        };
        types.len() == 1 || (types.len() == 2 && types.contains(&Value::from("null")))
    }
    fn are_defined(required: &Value, words: &Map<String, Value>) -> bool {
        let properties = words.get("properties").and_then(Value::as_object);
        let mut names = required.as_array().into_iter().flatten();
        names.all(|name| {
            let name = name.as_str().unwrap_or_default();
            properties.is_some_and(|properties| properties.contains_key(name))
        })
    }
    fn faults(schema: &Value, root: &Value, at: &str) -> Vec<String> {
        let Value::Object(words) = schema else {
            let is_schema = schema.is_boolean();
            return (!is_schema).then(|| at.to_owned()).into_iter().collect();
        };
        let below = words.iter().flat_map(|(word, value)| {
            let at = format!("{at}/{word}");
            match word.as_str() {
                "format" if !FORMATS.iter().any(|known| value == known) => vec![at],
                "type" if !is_one_type(value) => vec![at],
                "required" if !are_defined(value, words) => vec![at],
                "$ref" => {
                    let place = value.as_str().and_then(|place| place.strip_prefix('#'));
                    let found = place.and_then(|place| root.pointer(place));
                    found.is_none().then_some(at).into_iter().collect()
                }
                word if VALUES.contains(&word) => Vec::new(),
                word if ONE.contains(&word) => faults(value, root, &at),
                word if LISTS.contains(&word) => {
                    let all = value.as_array().into_iter().flatten();
                    all.flat_map(|schema| faults(schema, root, &at)).collect()
                }
                word if MAPS.contains(&word) => {
                    let all = value.as_object().into_iter().flatten();
                    all.flat_map(|(name, schema)| faults(schema, root, &format!("{at}/{name}")))
                        .collect()
                }
                _ => vec![at],
            }
        });
        below.collect()
    }
    for (name, schema) in schema::all() {
        let root = schema.as_value();
        assert_eq!(faults(root, root, ""), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_tables_of_the_readme_are_what_the_code_says() {
    let path = crate::common::root().join("README.md");
    let text = fs::read_to_string(&path).expect("a README");
    let mut fresh = text.clone();
    let mended = mended(&text);
    for (name, table) in [
        ("gallery", gallery()),
        ("picture", fenced("mermaid", &picture(&mended))),
        ("json", fenced("json", &json(&mended))),
        ("syntaxes", syntaxes()),
        ("targets", target_table()),
        ("losses", losses()),
        ("forms", forms()),
        // The README is about the usual program, and one built without a notation lists fewer.
        #[cfg(feature = "png")]
        ("notations", notations()),
        ("formats", formats()),
        ("codes", codes()),
    ] {
        fresh = replaced(&fresh, name, &table);
    }
    if update() {
        fs::write(&path, &fresh).expect("writable");
    }
    assert!(
        update() || fresh == text,
        "README.md is not fresh: UPDATE=1 cargo test --test all generated"
    );
}

/// The README's first workflow with the fix applied that its report offers.
fn mended(readme: &str) -> Compilation {
    let block = readme
        .split("```yaml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("a workflow");
    let read = |text: &str| Source::new(SourceId(0), "example.workflow.yaml", Syntax::Yaml, text);
    let mut text = block.to_owned();
    let faulty = compile(&read(&text), &Options::default());
    let [diagnostic] = faulty.diagnostics.as_slice() else {
        panic!("one mistake")
    };
    for edit in diagnostic.fix.as_ref().expect("a fix").edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    let mended = compile(&read(&text), &Options::default());
    assert!(mended.diagnostics.is_empty(), "{:?}", mended.diagnostics);
    mended
}

fn picture(mended: &Compilation) -> String {
    let resolved = mended.resolved().expect("a graph");
    let mermaid = diagrams::find("mermaid").expect("a notation");
    (mermaid.draw)(resolved, &diagrams::Style::default())
}

fn json(mended: &Compilation) -> String {
    let checked = mended.checked().expect("no error");
    let target = targets::find("incident-iq").expect("a target");
    let json = target.documents[0]
        .of_one(checked, &mut Diagnostics::new())
        .expect("a document");
    serde_json::to_string_pretty(&json).expect("JSON") + "\n"
}

fn fenced(kind: &str, text: &str) -> String {
    format!("\n```{kind}\n{text}```\n\n")
}

/// `text` with what stands between `<!-- NAME -->` and `<!-- /NAME -->` replaced.
fn replaced(text: &str, name: &str, table: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let start = text
        .find(&open)
        .unwrap_or_else(|| panic!("README.md has no {open}"))
        + open.len();
    let end = text
        .find(&close)
        .unwrap_or_else(|| panic!("README.md has no {close}"));
    format!("{}{table}{}", &text[..start], &text[end..])
}

fn syntaxes() -> String {
    let mut table = "| syntax | files |\n|---|---|\n".to_owned();
    for syntax in Syntax::ALL {
        let endings: Vec<String> = syntax
            .extensions()
            .iter()
            .map(|e| format!("`*.workflow.{e}`"))
            .collect();
        table += &format!("| {} | {} |\n", syntax.name(), endings.join(", "));
    }
    table
}

fn target_table() -> String {
    let mut table =
        "| target | product | documents (the first is the default) |\n|---|---|---|\n".to_owned();
    for target in targets::ALL {
        let documents: Vec<String> = target
            .documents
            .iter()
            .map(|d| format!("`{}`: {}", d.name, d.about))
            .collect();
        let folder = target.name.replace('-', "_");
        assert!(
            Path::new(&crate::common::root().join(format!("src/targets/{folder}/README.md")))
                .is_file()
        );
        let product = format!("[{}](src/targets/{folder}/README.md)", target.title);
        table += &format!(
            "| `{}` | {product} | {} |\n",
            target.name,
            documents.join("<br>")
        );
    }
    table
}

/// What the products keep, by their tables.
fn losses() -> String {
    let names = targets::ALL.iter().map(|t| format!("`{}`", t.name));
    let names: Vec<String> = names.collect();
    let line = "---|".repeat(names.len());
    let mut table = format!("| | {} |\n|---|{line}\n", names.join(" | "));
    for (concept, name) in CONCEPTS {
        let signs = targets::ALL.iter().map(|t| t.fate(*concept).sign());
        let signs: Vec<&str> = signs.collect();
        table += &format!("| {name} | {} |\n", signs.join(" | "));
    }
    table
}

fn forms() -> String {
    let mut table = "| form | |\n|---|---|\n".to_owned();
    for writer in targets::requests::WRITERS {
        table += &format!("| `{}` | {} |\n", writer.name, writer.about);
    }
    table
}

#[cfg(feature = "png")]
fn notations() -> String {
    let mut table = "| notation | |\n|---|---|\n".to_owned();
    for notation in diagrams::ALL {
        table += &format!("| `{}` | {} |\n", notation.name, notation.about);
    }
    table
}

/// Every example's picture, two beside each other.
fn gallery() -> String {
    let pictures =
        crate::common::files_below(&crate::common::root().join("examples/gallery"), "svg");
    let image = |path: &std::path::PathBuf| {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        format!("<img alt=\"{stem}\" src=\"examples/gallery/{stem}.svg\">")
    };
    let shown = |p: &&std::path::PathBuf| {
        SHOWN
            .iter()
            .any(|s| p.file_stem().is_some_and(|stem| stem == *s))
    };
    let images: Vec<String> = pictures.iter().filter(shown).map(image).collect();
    assert_eq!(images.len(), SHOWN.len());
    format!("\n<p align=\"center\">\n{}\n</p>\n\n", images.join("\n"))
}

/// What the README shows of the gallery.
const SHOWN: &[&str] = &["hardware-repair", "software-request"];

fn formats() -> String {
    let mut table = "| format | | files that `--output` writes in it |\n|---|---|---|\n".to_owned();
    for format in report::ALL {
        let files: Vec<String> = format.files.iter().map(|f| format!("`*{f}`")).collect();
        let files = files.join(", ");
        table += &format!("| `{}` | {} | {files} |\n", format.name, format.about);
    }
    table
}

fn codes() -> String {
    let mut table = "| code | | what it reports |\n|---|---|---|\n".to_owned();
    let mut group = None;
    for code in statewright::compile::codes() {
        if group != Some(code.group) {
            table += &format!("| **{}** | | |\n", code.group.title());
            group = Some(code.group);
        }
        let level = match code.level {
            Level::Deny | Level::Firm(_) => "error",
            Level::Warn => "warning",
            Level::Allow => "off",
        };
        table += &format!("| `{}` | {level} | {} |\n", code.name, code.summary);
    }
    table
}

//! Any workflow for every product: a document that keeps to its schema, or an error; what is built
//! can be imported, and what is imported without a word builds the same.
#![no_main]
use std::collections::HashMap;
use std::sync::OnceLock;

use jsonschema::Validator;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use statewright::compile::{Options, Targets};
use statewright::diagnostic::{Diagnostics, Levels};
use statewright::import::{self, Input, import};
use statewright::rules::Checked;
use statewright::source::{Source, SourceId, Syntax};
use statewright::targets::jira;
use statewright::targets::requests::{Plan, WRITERS};
use statewright::targets::{self, Output};
use statewright::{compile, schema};
use statewright_fuzz::{check_reports, drawable};

fuzz_target!(|data: &[u8]| {
    let Some((source, compilation)) = drawable(data) else {
        return;
    };
    let Some(checked) = compilation.checked() else {
        return;
    };
    for target in targets::ALL {
        for document in target.documents {
            check(&source, checked, Output { target, document });
        }
    }
});

fn check(source: &Source, checked: &Checked, output: Output) {
    let mut out = Diagnostics::new();
    let json = output.document.of_one(checked, &mut out);
    let (name, has_errors) = (output.name(), out.has_errors());
    assert_eq!(json.is_none(), has_errors, "{name}: {:#?}", out);
    check_reports(&[source], &out.into_sorted());
    if let Some(requests) = output.document.requests(
        checked_alone(&checked),
        Plan::default(),
        &mut Diagnostics::new(),
    ) {
        for writer in WRITERS {
            writer.write.map(|write| write(&requests));
        }
    }
    let Some(json) = json else { return };
    let faults: Vec<String> = schemas()[&name]
        .iter_errors(&json)
        .map(|e| e.to_string())
        .collect();
    assert!(faults.is_empty(), "{name}: {faults:?}\n{json:#}");
    // Where nothing is to be created there is nothing to import.
    if json.as_array().is_some_and(Vec::is_empty) {
        return;
    }
    if let Some(import) = output.target.import(output.document.name) {
        for syntax in [Syntax::Yaml, Syntax::Toml] {
            check_import(
                &json,
                Input {
                    target: output.target,
                    import,
                },
                output,
                syntax,
            );
        }
    }
}

fn checked_alone<'c>(checked: &'c &'c Checked) -> &'c [&'c Checked] {
    std::slice::from_ref(checked)
}

fn schemas() -> &'static HashMap<String, Validator> {
    static SCHEMAS: OnceLock<HashMap<String, Validator>> = OnceLock::new();
    SCHEMAS.get_or_init(|| {
        let all = targets::ALL.iter().flat_map(|target| {
            let output = move |document| Output { target, document };
            target.documents.iter().map(output)
        });
        all.map(|output| {
            let schema = schema::document(output.document);
            let judge = jsonschema::validator_for(schema.as_value()).expect("a schema");
            (output.name(), judge)
        })
        .collect()
    })
}

fn check_import(json: &Value, input: Input, output: Output, syntax: Syntax) {
    let text = json.to_string();
    let source = Source::new(SourceId(0), "fuzz.json", Syntax::Json, text.as_str());
    let options = import::Options {
        syntax,
        identifier: None,
        fallback: "fuzz".to_owned(),
        levels: Levels::default(),
    };
    let imported = import(&source, input, &options);
    check_reports(&[&source], &imported.diagnostics);
    // A field may be `null` in YAML and in JSON.
    if syntax == Syntax::Toml && holds_null(json) {
        return;
    }
    let [file] = imported.files.as_slice() else {
        panic!("{}: {:#?}\n{json:#}", output.name(), imported.diagnostics);
    };
    if !imported.diagnostics.is_empty() || file.findings.0 > 0 {
        return;
    }
    let again = Source::new(SourceId(0), "again", syntax, file.text.as_str());
    let options = Options {
        targets: Targets::Only(vec![output]),
        ..Options::default()
    };
    let compilation = compile(&again, &options);
    if let Some(checked) = compilation.checked() {
        let called = |json: &Value| {
            let mut json = json.clone();
            // What a request calls its statuses means nothing outside of it.
            if output.target.name == "jira" && input.import.is_sent {
                jira::called_by_name(&mut json);
            }
            sorted(&json)
        };
        let built = output.document.of_one(checked, &mut Diagnostics::new());
        assert_eq!(
            built.as_ref().map(called),
            Some(called(json)),
            "{}\n{}",
            output.name(),
            file.text
        );
    }
}

/// The JSON without what the order of a list says, which some products do not mind.
fn sorted(json: &Value) -> Value {
    match json {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(sorted).collect();
            items.sort_by_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), sorted(v))).collect(),
        other => other.clone(),
    }
}

fn holds_null(json: &Value) -> bool {
    match json {
        Value::Null => true,
        Value::Array(items) => items.iter().any(holds_null),
        Value::Object(fields) => fields.values().any(holds_null),
        _ => false,
    }
}

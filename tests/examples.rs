//! Every example, for every product and in every notation.

use std::fmt::Write;

use statewright::compile::Targets;
use statewright::diagnostic::{Diagnostics, Level};
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile, diagrams, report, schema, targets};

fn short_name(source: &Source) -> String {
    let name = source.name().rsplit('/').next().unwrap_or("");
    name.split('.').next().unwrap_or("").to_owned()
}

#[test]
fn every_example_is_without_mistake() {
    for source in crate::common::examples() {
        let errors = compile(&source, &Options::default());
        assert!(
            errors.checked().is_some(),
            "{}",
            report::human::plain(&source, &errors.diagnostics)
        );
    }
}

/// For each product and document: the JSON, and what is reported on the way. Also for products
/// that the example does not name, as far as defaults reach.
#[test]
fn every_example_compiles_to_every_product_as_before() {
    for source in crate::common::examples() {
        let compilation = compile(
            &source,
            &Options {
                targets: Targets::Only(Vec::new()),
                ..Options::default()
            },
        );
        let checked = compilation
            .checked()
            .unwrap_or_else(|| panic!("{}", source.name()));
        let mut all = String::new();
        for target in targets::ALL {
            for document in target.documents {
                let mut out = Diagnostics::new();
                let json = document.of_one(checked, &mut out);
                let json = json.map_or("nothing".to_owned(), |j| {
                    serde_json::to_string_pretty(&j).expect("JSON")
                });
                let mut reports = out.into_sorted();
                reports.retain(|d| d.code.level != Level::Allow);
                writeln!(all, "── {}:{}\n{json}", target.name, document.name).expect("a string");
                all += &report::human::plain(&source, &reports);
            }
        }
        insta::assert_snapshot!(format!("{}.targets", short_name(&source)), all);
    }
}

#[test]
fn every_example_is_drawn_as_before() {
    for source in crate::common::examples() {
        let compilation = compile(&source, &Options::default());
        let resolved = compilation.resolved().expect("a graph");
        for notation in diagrams::ALL {
            if ["svg", "png", "html"].contains(&notation.name) {
                continue; // the gallery (tests/gallery.rs) shows what both draw
            }
            let picture = notation.text(resolved, &diagrams::Style::default());
            insta::assert_snapshot!(
                format!("{}.{}", short_name(&source), notation.name),
                picture
            );
        }
    }
}

#[test]
fn every_emitted_document_is_valid_by_its_schema() {
    let mut emitted = 0;
    for source in crate::common::examples() {
        let compilation = compile(&source, &Options::default());
        let checked = compilation.checked().expect("no error");
        for target in targets::ALL {
            for document in target.documents {
                let Some(json) = document.of_one(checked, &mut Diagnostics::new()) else {
                    continue;
                };
                let schema = schema::document(document);
                let validator = jsonschema::validator_for(schema.as_value()).expect("a schema");
                let faults: Vec<String> = validator
                    .iter_errors(&json)
                    .map(|e| e.to_string())
                    .collect();
                assert!(
                    faults.is_empty(),
                    "{} {}:{}: {faults:?}",
                    source.name(),
                    target.name,
                    document.name
                );
                emitted += 1;
            }
        }
    }
    assert!(emitted > 20, "only {emitted} documents were emitted");
}

/// The file as a reader of its syntax sees it that was not written here (libyaml, and toml's own
/// deserializer is the one we use for reading, so TOML goes by way of its values).
fn by_another_reader(source: &Source) -> Option<serde_json::Value> {
    match source.syntax() {
        Syntax::Yaml => Some(serde_yaml::from_str(source.text()).expect("YAML")),
        Syntax::Toml | Syntax::Json => None,
    }
}

#[test]
fn every_example_is_valid_by_the_schema_that_editors_use() {
    let schema = schema::workflow();
    let validator = jsonschema::validator_for(schema.as_value()).expect("a schema");
    let mut seen = 0;
    for source in crate::common::examples() {
        let Some(value) = by_another_reader(&source) else {
            continue;
        };
        let faults: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{}: {faults:?}", source.name());
        seen += 1;
    }
    assert!(seen >= 5);
}

#[test]
fn the_schema_refuses_what_decoding_refuses() {
    let schema = schema::workflow();
    let validator = jsonschema::validator_for(schema.as_value()).expect("a schema");
    let good = "workflow: a\nstart: New\nstates:\n  New: { category: open }\n";
    for (wrong, right) in [
        ("workflow: A B", "workflow: a"),
        ("start: []", "start: New"),
        ("category: opne", "category: open"),
        ("catgory: open", "category: open"),
        ("category: null", "category: open"),
    ] {
        let value = |text: &str| serde_yaml::from_str::<serde_json::Value>(text).expect("YAML");
        assert!(validator.is_valid(&value(good)));
        assert!(
            !validator.is_valid(&value(&good.replace(right, wrong))),
            "{wrong}"
        );
    }
}

/// Every product's documents, in one text.
fn compiled(source: &Source) -> String {
    let compilation = compile(source, &Options::default());
    let checked = compilation.checked().unwrap_or_else(|| {
        panic!("{}", report::human::plain(source, &compilation.diagnostics));
    });
    let documents = targets::ALL.iter().flat_map(|t| t.documents);
    documents
        .map(|d| format!("{:?}\n", d.of_one(checked, &mut Diagnostics::new())))
        .collect()
}

#[test]
fn a_twin_in_the_other_syntax_compiles_to_the_same_bytes() {
    let examples = crate::common::examples();
    let mut twins = 0;
    for path in crate::common::files_below(&crate::common::root().join("examples/toml"), "toml") {
        let twin = crate::common::read(&path, 0);
        let original = examples
            .iter()
            .find(|e| short_name(e) == short_name(&twin))
            .expect("the original");
        assert_ne!(original.syntax(), twin.syntax());
        assert_eq!(compiled(original), compiled(&twin), "{}", twin.name());
        twins += 1;
    }
    assert!(twins >= 3, "{twins} twins");
}

/// Breaks an example in every simple way: nothing may panic, and every place must lie in the text.
fn survives(text: &str, syntax: Syntax) {
    let source = Source::new(SourceId(0), "cut", syntax, text);
    let compilation = compile(&source, &Options::default());
    for diagnostic in &compilation.diagnostics {
        for label in &diagnostic.labels {
            assert!(
                source.text().get(label.span.range()).is_some(),
                "{diagnostic:?}\n{text}"
            );
        }
        for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
            assert!(
                source.text().get(edit.span.range()).is_some(),
                "{diagnostic:?}\n{text}"
            );
        }
    }
    if let Some(resolved) = compilation.resolved() {
        for notation in diagrams::ALL {
            notation.text(resolved, &diagrams::Style::default());
        }
    }
}

#[test]
fn every_example_may_be_cut_at_every_byte() {
    for source in crate::common::examples() {
        // One example in each syntax says everything; the others say it again elsewhere.
        let step = match source.name().contains("everything") {
            true => 1,
            false => 7,
        };
        let text = source.text();
        let ends = (0..text.len()).step_by(step);
        for end in ends.filter(|end| text.is_char_boundary(*end)) {
            survives(&text[..end], source.syntax());
        }
    }
}

#[test]
fn every_example_may_lose_any_line() {
    for source in crate::common::examples() {
        let lines: Vec<&str> = source.text().lines().collect();
        for lost in 0..lines.len() {
            let kept: Vec<&str> = lines
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != lost)
                .map(|(_, l)| *l)
                .collect();
            survives(&kept.join("\n"), source.syntax());
        }
    }
}

/// The same file with the line ends of Windows says the same.
#[test]
fn every_example_compiles_alike_with_crlf_and_a_byte_order_mark() {
    for source in crate::common::examples() {
        let text = format!("\u{feff}{}", source.text().replace('\n', "\r\n"));
        let other = Source::new(SourceId(0), source.name(), source.syntax(), text);
        assert_eq!(compiled(&source), compiled(&other), "{}", source.name());
    }
}

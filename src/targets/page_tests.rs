//! The examples in the pages of this folder: what they report, and what they compile to.

use serde_json::Value;

use super::testing::{build, is_on};
use super::{ALL, CODES, Document, Target, lossy_imports};
use crate::diagnostic::Diagnostic;

/// The blocks of a page in this notation.
fn blocks<'p>(page: &'p str, notation: &str) -> Vec<&'p str> {
    let opening = format!("```{notation}\n");
    let after = page.split(opening.as_str()).skip(1);
    after.filter_map(|rest| rest.split("```").next()).collect()
}

/// What an example reports for each target that it names.
fn reports(yaml: &str) -> Vec<Diagnostic> {
    let named = |target: &&&Target| yaml.contains(&format!("\n  {}:", target.name));
    let targets: Vec<_> = ALL.iter().filter(named).collect();
    assert!(!targets.is_empty(), "an example names its target: {yaml}");
    let build = |target: &&'static Target| build(target, target.documents[0].name, yaml);
    targets.into_iter().flat_map(|t| build(t).reports).collect()
}

#[test]
fn the_example_of_a_code_has_it_and_what_is_better_has_none() {
    // What is lost by importing is shown in JSON.
    let built = CODES.iter().filter(|code| **code != &lossy_imports::CODE);
    for code in built {
        let [example, instead] = blocks(code.page, "yaml")[..] else {
            panic!("{} has two examples", code.name);
        };
        let found: Vec<_> = reports(example).iter().map(|d| d.code.name).collect();
        let expected = found.iter().filter(|name| **name == code.name).count();
        assert_eq!(expected, 1, "{}: {found:?}", code.name);
        let other = |d: &&Diagnostic| d.code == *code || is_on(d);
        let found: Vec<_> = reports(instead).into_iter().collect();
        let found: Vec<_> = found.iter().filter(other).map(|d| &d.message).collect();
        assert_eq!(found, Vec::<&String>::new(), "{}", code.name);
    }
}

/// A JSON block of a README shows the document that is named last before it, of the workflow that
/// stands last before it.
#[test]
fn every_document_is_shown_in_its_readme() {
    for target in ALL {
        let mut shown = Vec::new();
        let (mut yaml, mut named) = ("", None);
        let mut parts = target.readme.split("```");
        while let Some(prose) = parts.next() {
            let names = |d: &&Document| prose.contains(&format!("`{}:{}`", target.name, d.name));
            let at = |d: &&Document| prose.rfind(&format!("`{}:{}`", target.name, d.name));
            named = target
                .documents
                .iter()
                .filter(names)
                .max_by_key(at)
                .or(named);
            let Some(block) = parts.next() else { break };
            let (kind, text) = block.split_once('\n').unwrap_or((block, ""));
            match kind {
                "yaml" => yaml = text,
                "json" => {
                    let document = named.expect("a document is named before its JSON");
                    let outcome = build(target, document.name, yaml);
                    let text: Value = serde_json::from_str(text).expect(target.name);
                    assert_eq!(
                        outcome.text(),
                        text.to_string(),
                        "{}:{}",
                        target.name,
                        document.name
                    );
                    shown.push(document.name);
                }
                _ => {}
            }
        }
        let all: Vec<&str> = target.documents.iter().map(|d| d.name).collect();
        for name in &all {
            assert!(shown.contains(name), "{}:{name} is not shown", target.name);
        }
    }
}

#[test]
fn every_document_has_a_name_of_its_own_and_a_schema() {
    for target in ALL {
        assert_eq!(super::find(target.name), Some(*target));
        for document in target.documents {
            let named = target.documents.iter().filter(|d| d.name == document.name);
            assert_eq!(named.count(), 1, "{}:{}", target.name, document.name);
            let schema = (document.schema)().to_value();
            assert!(
                jsonschema::draft202012::meta::is_valid(&schema),
                "{schema:#}"
            );
        }
    }
}

#[test]
fn messages_are_short_and_quote_what_they_name() {
    for page in CODES
        .iter()
        .map(|c| c.page)
        .chain(ALL.iter().map(|t| t.readme))
    {
        for yaml in blocks(page, "yaml") {
            for report in reports(yaml) {
                let message = &report.message;
                assert!(message.chars().count() <= 100, "{message}");
                assert!(!message.ends_with('.'), "{message}");
                assert_eq!(message.matches('`').count() % 2, 0, "{message}");
            }
        }
    }
}

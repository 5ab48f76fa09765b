//! Every verb and shape of the products' pages, field by field: what is built, and the page's own
//! fact beside it. A value that is built and for which no fact is given is a failure, too.

mod actitime;
mod incident_iq;
mod itwin;
mod transactionlink;
mod xurrent;

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;
use statewright::diagnostic::Diagnostics;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile, targets};

/// One value of a document: its JSON pointer, the JSON, and what the page says.
type Fact = (&'static str, &'static str, &'static str);

/// One document of one workflow.
pub struct Shape {
    /// The document: `actitime:status`.
    document: &'static str,
    /// What the page calls the request that it belongs to.
    of: &'static str,
    /// The workflow.
    file: &'static str,
    /// What it has in common with others: where that begins, and the facts from there.
    shared: &'static [(&'static str, &'static [Fact])],
    /// All else that is in it.
    facts: &'static [Fact],
}

const ALL: &[&[Shape]] = &[
    actitime::SHAPES,
    incident_iq::SHAPES,
    itwin::SHAPES,
    transactionlink::SHAPES,
    xurrent::SHAPES,
];

fn leaves(json: &Value, at: String, found: &mut BTreeMap<String, String>) {
    let below = |key: &str| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
    match json {
        Value::Object(map) if !map.is_empty() => {
            map.iter()
                .for_each(|(key, value)| leaves(value, below(key), found));
        }
        Value::Array(items) if !items.is_empty() => {
            let mut numbered = (0..).zip(items);
            numbered
                .by_ref()
                .for_each(|(n, item): (usize, _)| leaves(item, below(&n.to_string()), found));
        }
        other => {
            found.insert(at, other.to_string());
        }
    }
}

fn built(shape: &Shape) -> Value {
    let (target, document) = shape.document.split_once(':').expect("TARGET:DOCUMENT");
    let document = targets::find(target).and_then(|t| t.document(document));
    let document = document.unwrap_or_else(|| panic!("{} does not exist", shape.document));
    let source = Source::new(SourceId(0), "shape.workflow.yaml", Syntax::Yaml, shape.file);
    let compilation = compile(&source, &Options::default());
    let checked = compilation.checked();
    let checked = checked.unwrap_or_else(|| panic!("{:#?}", compilation.diagnostics));
    let mut out = Diagnostics::new();
    let json = document.of_one(checked, &mut out);
    json.unwrap_or_else(|| panic!("{}: {:#?}", shape.document, out))
}

#[test]
fn every_value_of_every_document_is_a_fact_of_its_page() {
    let mut wrong = String::new();
    for shape in ALL.iter().copied().flatten() {
        let mut found = BTreeMap::new();
        leaves(&built(shape), String::new(), &mut found);
        let (name, of) = (shape.document, shape.of);
        let own = [("", shape.facts)];
        let groups = shape.shared.iter().chain(&own);
        let facts = groups.flat_map(|(below, facts)| facts.iter().map(move |fact| (below, fact)));
        for (below, (at, value, fact)) in facts {
            let at = format!("{below}{at}");
            match found.remove(&at) {
                Some(there) if there == *value => {}
                there => {
                    let _ = writeln!(wrong, "{name} ({of}) {at}: {there:?}, not {value}: {fact}");
                }
            }
        }
        for (at, value) in found {
            let _ = writeln!(
                wrong,
                "{name} ({of}) {at}: {value}, of which no fact is given"
            );
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A document that no shape is checked of would be one of which nobody looked at the page.
#[test]
fn every_document_of_the_pages_has_a_shape() {
    let checked: Vec<&str> = ALL.iter().copied().flatten().map(|s| s.document).collect();
    let of_pages = [
        "actitime",
        "incident-iq",
        "itwin",
        "transactionlink",
        "xurrent",
    ];
    for target in targets::ALL.iter().filter(|t| of_pages.contains(&t.name)) {
        for document in target.documents {
            let name = format!("{}:{}", target.name, document.name);
            assert!(checked.contains(&name.as_str()), "{name} has no shape");
        }
    }
}

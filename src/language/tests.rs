//! What the description says of fields is so.

use super::promise::Promises;
use super::*;
use crate::compile::{Options, compile};
use crate::expect::PROMISES;
use crate::source::{Source, SourceId, Syntax};

/// The fields, each with its example, in braces; one that only goes with some value is left out.
fn examples<'f>(fields: impl Iterator<Item = &'f Field>) -> String {
    let fields = fields.filter(|field| field.name != transition::FIELDS.except.name);
    let fields: Vec<String> = fields
        .map(|field| format!("{}: {}", field.name, field.example))
        .collect();
    format!("{{ {} }}", fields.join(", "))
}

fn promises(promises: &Promises) -> String {
    let common = || promise::THING.fields.iter().copied();
    let items: Vec<String> = promises
        .shapes
        .iter()
        .map(|shape| examples(shape.lists.iter().chain(common())))
        .collect();
    format!("[{}]", items.join(", "))
}

/// A file in which everything is said as the examples say it.
#[test]
fn every_example_can_be_read() {
    let of = |thing: &Thing| examples(thing.fields.iter().copied());
    let file = workflow::THING.fields.iter().map(|field| {
        let value = match field.kind {
            Kind::Starts(thing) => of(thing),
            Kind::One(thing) => of(thing),
            Kind::List(thing) => format!("[{}]", of(thing)),
            Kind::Promises(_) => promises(&PROMISES),
            Kind::ByName(thing) => {
                let names = [
                    "New",
                    "Assigned",
                    "In Progress",
                    "Waiting for Parts",
                    "Approval",
                ];
                let more = ["Resolved", "Closed"];
                let state = of(thing);
                let states = names.iter().chain(&more);
                let states: Vec<String> = states.map(|name| format!("{name}: {state}")).collect();
                format!("{{ {} }}", states.join(", "))
            }
            _ => field.example.to_owned(),
        };
        format!("{}: {value}\n", field.name)
    });
    let text: String = file.collect();
    let source = Source::new(
        SourceId(0),
        "all.workflow.yaml",
        Syntax::Yaml,
        text.as_str(),
    );
    let compilation = compile(&source, &Options::default());
    let unread = |found: &&crate::diagnostic::Diagnostic| {
        use crate::diagnostic::{Level, Stops};
        matches!(
            found.code.level,
            Level::Firm(Stops::Reading | Stops::Shape | Stops::Names)
        )
    };
    let unread: Vec<_> = compilation.diagnostics.iter().filter(unread).collect();
    assert!(unread.is_empty(), "{unread:#?}\n{text}");
    let workflow = compilation.resolved().expect("a graph").workflow();
    let mut said = Vec::new();
    workflow.each_said(&mut |field, _| said.push(field.name));
    let of_file = [
        "workflow",
        "name",
        "description",
        "applies-to",
        "was",
        "meta",
    ];
    assert_eq!(said, of_file);
    said.clear();
    workflow.states[0].each_said(&mut |field, _| said.push(field.name));
    assert_eq!(said, state::THING.names);
}

/// A sentence ends with a full stop, an example says something, and no two fields have one name.
#[test]
fn fields_are_described_in_sentences() {
    let lists = PROMISES.shapes.iter().flat_map(|shape| shape.lists);
    let fields = THINGS.iter().flat_map(|thing| thing.fields.iter().copied());
    for field in fields.chain(lists) {
        let about = field.about;
        let is_sentence = about.starts_with(char::is_uppercase) && about.ends_with(['.']);
        assert!(
            is_sentence && !about.contains("  "),
            "{}: {about}",
            field.name
        );
        assert!(!field.example.is_empty(), "{}", field.name);
    }
    let names = THINGS.iter().map(|thing| thing.names);
    for names in names.chain([PROMISES.names.as_slice()]) {
        let mut once = names.to_vec();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len(), "{names:?}");
    }
}

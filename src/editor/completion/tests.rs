//! Completion within brackets that go on over several lines.

use super::*;
use crate::editor::marks::What;
use crate::editor::{Looked, compile as compile_text};
use crate::node::Entry;

/// A file with every map and list of it in brackets, over several lines.
#[derive(Default)]
struct Spread {
    text: String,
    is_toml: bool,
    /// Where the name of each entry begins.
    names: Vec<usize>,
    /// The entry that is left out, by its number, and where its line is.
    without: Option<(usize, usize)>,
}

impl Spread {
    fn of(document: &Node, is_toml: bool, without: Option<usize>) -> Spread {
        let mut spread = Spread {
            is_toml,
            without: without.map(|number| (number, 0)),
            ..Spread::default()
        };
        for entry in document.entries().expect("a map") {
            spread.entry(entry, "");
            spread.text.push('\n');
        }
        spread
    }

    fn entry(&mut self, entry: &Entry, indent: &str) -> bool {
        self.names.push(self.text.len());
        let number = self.names.len() - 1;
        if let Some((without, at)) = &mut self.without
            && *without == number
        {
            *at = self.text.len();
            // What is in it is counted all the same.
            let text = self.text.clone();
            self.value(&entry.value, indent);
            self.text = text;
            return false;
        }
        let name = entry.key.text();
        let is_bare = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        self.text += &if is_bare {
            name.to_owned()
        } else {
            quoted(name)
        };
        self.text += if self.is_toml { " = " } else { ": " };
        self.value(&entry.value, indent);
        true
    }

    fn value(&mut self, node: &Node, indent: &str) {
        let deeper = format!("{indent}  ");
        match node.kind() {
            NodeKind::Map(entries) => {
                self.text += "{\n";
                for entry in entries.iter() {
                    self.text += &deeper;
                    let is_there = self.entry(entry, &deeper);
                    self.text += if is_there { ",\n" } else { "\n" };
                }
                self.text += &format!("{indent}}}");
            }
            NodeKind::List(items) => {
                self.text += "[\n";
                for item in items.iter() {
                    self.text += &deeper;
                    self.value(item, &deeper);
                    self.text += ",\n";
                }
                self.text += &format!("{indent}]");
            }
            NodeKind::Scalar(scalar) if matches!(scalar.text(), "true" | "false") => {
                self.text += scalar.text();
            }
            NodeKind::Scalar(scalar) => self.text += &quoted(scalar.text()),
            _ => self.text += "\"\"",
        }
    }
}

/// Every workflow file of the examples.
fn examples() -> Vec<(String, String)> {
    let files = std::fs::read_dir("examples").expect("examples").flatten();
    let paths = files.map(|file| file.path().display().to_string());
    let workflows = paths.filter(|path| Syntax::of_file_name(path).is_some());
    let mut found: Vec<String> = workflows
        .filter(|path| path.contains(".workflow."))
        .collect();
    found.sort();
    let text = |path: &String| std::fs::read_to_string(path).expect("a text");
    found
        .iter()
        .map(|path| (path.clone(), text(path)))
        .collect()
}

/// The names of fields in a text, with the bytes at which they stand.
fn fields(source: &Source) -> Vec<(usize, &'static str)> {
    let (compilation, seen) = compile_text(source, &compile::Options::default());
    let looked = Looked {
        source,
        compilation: &compilation,
        seen: &seen,
    };
    let marks = looked.marks().iter();
    let fields = marks.filter_map(|mark| match mark.what {
        What::Field(field) => Some((mark.span.range().start, field.name)),
        _ => None,
    });
    fields.collect()
}

/// Wherever the name of a field stands in an example, it is offered: to whoever changes it, to whoever
/// writes it anew between the others, and where the text ends there.
#[test]
fn every_field_of_the_examples_is_offered_in_brackets_over_several_lines() {
    let mut places = 0;
    for (path, text) in examples() {
        let syntax = Syntax::of_file_name(&path).expect("a syntax");
        let original = Source::new(SourceId(0), "", syntax, text);
        let document = syntax::read(&original, &mut Diagnostics::new());
        let root = document.root.as_ref().expect("a file that can be read");
        for syntax in [Syntax::Yaml, Syntax::Toml] {
            let is_toml = syntax == Syntax::Toml;
            let of = |text: &str| Source::new(SourceId(0), "", syntax, text);
            let whole = Spread::of(root, is_toml, None);
            let fields = fields(&of(&whole.text));
            let offers = |text: &str, at: usize, name: &str, how: &str| {
                let names = Names::default();
                let found = super::at(&of(text), at, &names);
                assert!(
                    found.iter().any(|candidate| candidate.label == name),
                    "{path}: no {name} {how} at\n{}|{}",
                    &text[..at],
                    &text[at..],
                );
                for candidate in &found {
                    assert!(candidate.replaces.start <= at && at <= candidate.replaces.end);
                    let written = &text[candidate.replaces.clone()];
                    assert!(
                        name.starts_with(written) || name == written,
                        "{written} for {name}"
                    );
                }
            };
            for (at, name) in fields {
                offers(&whole.text, at + 1, name, "in its name");
                offers(&whole.text[..at + 1], at + 1, name, "where the text ends");
                let number = whole.names.iter().position(|start| *start == at);
                let without = Spread::of(root, is_toml, number);
                let (_, at) = without.without.expect("the place");
                offers(&without.text, at, name, "between the others");
                let (before, after) = without.text.split_at(at);
                offers(
                    &format!("{before}{}{after}", &name[..1]),
                    at + 1,
                    name,
                    "begun",
                );
                offers(before, at, name, "on an empty line at the end");
                places += 1;
            }
        }
    }
    assert!(places > 1000, "{places} places");
}

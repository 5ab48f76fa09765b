//! Every example of every page, and each one again in the other syntax.

use statewright::diagnostic::Diagnostics;
use statewright::node::{Kind, Node, Scalar, ScalarKind, quoted};
use statewright::source::{Source, SourceId, Syntax};
use statewright::syntax;

use super::{examples, files_below, root};

/// A workflow file that stands somewhere in this repository.
pub struct Example {
    /// Where.
    pub place: String,
    pub syntax: Syntax,
    pub text: String,
}

/// The `yaml` and `toml` blocks of all pages, the files of `examples/`, and their twins.
pub fn everywhere() -> Vec<Example> {
    let mut pages = files_below(&root().join("src"), "md");
    pages.extend(files_below(&root().join("tests/cases"), "md"));
    pages.extend(files_below(&root().join("docs/src"), "md"));
    pages.push(root().join("README.md"));
    let mut found: Vec<Example> = pages.iter().flat_map(|page| blocks(page)).collect();
    found.extend(examples().into_iter().map(|source| Example {
        place: source.name().to_owned(),
        syntax: source.syntax(),
        text: source.text().to_owned(),
    }));
    let twins: Vec<Example> = found.iter().filter_map(twin).collect();
    found.extend(twins);
    found
}

fn blocks(page: &std::path::Path) -> Vec<Example> {
    let text = std::fs::read_to_string(page).expect("readable");
    let mut found = Vec::new();
    let mut open: Option<(Option<Syntax>, usize, String)> = None;
    for (index, line) in text.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(kind), None) => {
                let syntax = Syntax::ALL.iter().copied().find(|s| s.name() == kind);
                open = Some((syntax, index + 2, String::new()));
            }
            (Some(_), Some((syntax, start, text))) => {
                if let Some(syntax) = *syntax {
                    found.push(Example {
                        place: format!("{}:{start}", page.display()),
                        syntax,
                        text: std::mem::take(text),
                    });
                }
                open = None;
            }
            (None, Some((_, _, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    found
}

/// The same tree in the other syntax, in one line an entry; `None` where the text cannot be read.
fn twin(example: &Example) -> Option<Example> {
    let source = Source::new(SourceId(0), "x", example.syntax, example.text.clone());
    let mut out = Diagnostics::new();
    let document = syntax::read(&source, &mut out);
    let root = document.root.filter(|_| out.is_empty())?;
    let syntax = match example.syntax {
        Syntax::Yaml => Syntax::Toml,
        Syntax::Toml | Syntax::Json => Syntax::Yaml,
    };
    let mut text = String::new();
    for entry in root.entries()? {
        let (key, value) = (quoted(entry.key.text()), written(&entry.value, syntax)?);
        text.push_str(&match syntax {
            Syntax::Yaml | Syntax::Json => format!("{key}: {value}\n"),
            Syntax::Toml => format!("{key} = {value}\n"),
        });
    }
    Some(Example {
        place: format!("{} as {}", example.place, syntax.name()),
        syntax,
        text,
    })
}

fn written(node: &Node, syntax: Syntax) -> Option<String> {
    let joined = |items: Option<Vec<String>>| Some(items?.join(", "));
    match node.kind() {
        Kind::Scalar(scalar) => Some(word(scalar)),
        Kind::List(items) => {
            let items = items.iter().map(|item| written(item, syntax)).collect();
            Some(format!("[{}]", joined(items)?))
        }
        Kind::Map(entries) => {
            let between = if syntax == Syntax::Yaml { ":" } else { " =" };
            let entries = entries.iter().map(|e| {
                let value = written(&e.value, syntax)?;
                Some(format!("{}{between} {value}", quoted(e.key.text())))
            });
            Some(format!("{{ {} }}", joined(entries.collect())?))
        }
        Kind::Absent(_) | Kind::Lost => None,
    }
}

fn word(scalar: &Scalar) -> String {
    let bare = matches!(scalar.kind(), ScalarKind::Boolean | ScalarKind::Integer);
    let text = match scalar.kind() {
        ScalarKind::Boolean => scalar.text().to_ascii_lowercase(),
        _ => scalar.text().to_owned(),
    };
    if bare { text } else { quoted(&text) }
}

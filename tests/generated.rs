//! What is generated and committed is what the code says: `schemas/`, and the tables and chapters of the pages.
//! `UPDATE=1 cargo test --test all generated` writes them anew.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Map, Value};
use statewright::diagnostic::{Diagnostics, Level};
use statewright::expect::PROMISES;
use statewright::language::{self, Absent};
use statewright::source::{Source, SourceId, Syntax};
use statewright::targets::losses::{CONCEPTS, Concept, Fate};
use statewright::targets::requests::Plan;
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

/// Editors show the sentence of a choice in place of that of the field, and report a value that is none
/// of several constants once for each: words are an `enum`, and choices have no sentences of their own.
#[test]
fn editors_show_what_is_said_of_the_field() {
    fn faults(schema: &Value, at: &str) -> Vec<String> {
        let Value::Object(words) = schema else {
            let items = schema.as_array().into_iter().flatten();
            return items.flat_map(|item| faults(item, at)).collect();
        };
        let below = words.iter();
        let below = below.flat_map(|(word, value)| faults(value, &format!("{at}/{word}")));
        let mut found: Vec<String> = below.collect();
        let choices = words.get("anyOf").and_then(Value::as_array);
        let mut choices = choices.into_iter().flatten();
        let has_sentence = words.contains_key("description");
        if has_sentence && choices.any(|choice| choice.get("description").is_some()) {
            found.push(at.to_owned());
        }
        if words.contains_key("const") || words.contains_key("oneOf") {
            found.push(at.to_owned());
        }
        found
    }
    let schema = schema::workflow();
    // Each kind of promise has a sentence, and the field that holds them its own.
    let kinds_of_promises = "/$defs/Expectation";
    let found = faults(schema.as_value(), "");
    assert_eq!(found, [kinds_of_promises]);
}

/// A page, and the parts of it that the code knows.
type Page = (&'static str, Vec<(&'static str, String)>);

#[test]
fn the_tables_of_the_pages_are_what_the_code_says() {
    let read = |name: &str| fs::read_to_string(crate::common::root().join(name)).expect("a page");
    let mended = mended(&read("README.md"));
    let pages: Vec<Page> = vec![
        (
            "README.md",
            vec![
                ("picture", fenced("mermaid", &picture(&mended))),
                ("json", fenced("json", &json(&mended))),
                ("products", products()),
                ("language", fields()),
                ("words", words()),
            ],
        ),
        ("docs/src/codes.md", vec![("codes", codes())]),
        ("docs/src/moving.md", vec![("elsewhere", elsewhere())]),
        ("docs/src/gallery.md", vec![("gallery", gallery())]),
        (
            "docs/src/language.md",
            vec![("syntaxes", syntaxes()), ("language", language_pages())],
        ),
        (
            "docs/src/products.md",
            vec![
                ("targets", target_table()),
                ("losses", losses()),
                ("forms", forms()),
            ],
        ),
        // The page is about the usual program, and one built without a notation lists fewer.
        #[cfg(feature = "png")]
        ("docs/src/pictures.md", vec![("notations", notations())]),
        ("docs/src/reports.md", vec![("formats", formats())]),
    ];
    for (name, parts) in pages {
        let mut fresh = read(name);
        for (part, table) in parts {
            fresh = replaced(name, &fresh, part, &table);
        }
        is_fresh(name, &fresh);
    }
}

/// The README is one page to begin with, and no more.
#[test]
fn the_readme_stays_short() {
    let text = fs::read_to_string(crate::common::root().join("README.md")).expect("a README");
    assert!(text.lines().count() <= 250, "{}", text.lines().count());
}

/// A chapter of the book for each product and each code: the page that is theirs, and listed.
#[test]
fn the_book_has_every_product_and_every_code() {
    let folder = crate::common::root().join("docs/src");
    let product = |target: &&targets::Target| {
        let page = format!("targets/{}/README.md", target.name.replace('-', "_"));
        (target.title, format!("products/{}.md", target.name), page)
    };
    let products: Vec<_> = targets::ALL.iter().map(product).collect();
    let pages = crate::common::files_below(&crate::common::root().join("src"), "md");
    let code = |code: &&'static statewright::diagnostic::Code| {
        let stem = code.name.replace('-', "_");
        let page = pages
            .iter()
            .find(|page| page.file_stem().is_some_and(|s| s == stem.as_str()));
        let page = page.unwrap_or_else(|| panic!("no page of {}", code.name));
        let page = page.strip_prefix(crate::common::root().join("src"));
        let page = page
            .expect("below src")
            .to_string_lossy()
            .replace('\\', "/");
        (code.name, format!("codes/{}.md", code.name), page)
    };
    let all_codes = compile::codes();
    let codes: Vec<_> = all_codes.iter().map(code).collect();
    for (_, chapter, page) in products.iter().chain(&codes) {
        is_fresh(
            &format!("docs/src/{chapter}"),
            &format!("{{{{#include ../../../src/{page}}}}}\n"),
        );
    }
    for (below, chapters) in [("products", &products), ("codes", &codes)] {
        let found = crate::common::files_below(&folder.join(below), "md");
        assert_eq!(found.len(), chapters.len(), "docs/src/{below} has others");
    }
    let summary = fs::read_to_string(folder.join("SUMMARY.md")).expect("a summary");
    let mut fresh = String::new();
    for line in summary.lines() {
        let is_chapter = ["(products/", "(codes/"].iter().any(|b| line.contains(b));
        if is_chapter {
            continue;
        }
        fresh += &format!("{line}\n");
        let below = match line {
            line if line.ends_with("(products.md)") => &products,
            line if line.ends_with("(codes.md)") => &codes,
            _ => continue,
        };
        for (title, chapter, _) in below {
            fresh += &format!("  - [{title}]({chapter})\n");
        }
    }
    is_fresh("docs/src/SUMMARY.md", &fresh);
    for path in crate::common::files_below(&folder, "md") {
        let chapter = path.strip_prefix(&folder).expect("below it");
        let chapter = chapter.to_string_lossy().replace('\\', "/");
        let is_listed = fresh.contains(&format!("({chapter})"));
        assert!(is_listed || chapter == "SUMMARY.md", "{chapter}");
    }
}

/// Every link from one page to a file of the project leads somewhere.
#[test]
fn no_link_of_the_pages_is_dead() {
    let root = crate::common::root();
    let mut pages = crate::common::files_below(&root.join("docs/src"), "md");
    pages.extend(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(|name| root.join(name)));
    let mut links = 0;
    for page in pages {
        let text = fs::read_to_string(&page).expect("a page");
        for event in pulldown_cmark::Parser::new(&text) {
            let pulldown_cmark::Event::Start(
                pulldown_cmark::Tag::Link { dest_url, .. }
                | pulldown_cmark::Tag::Image { dest_url, .. },
            ) = event
            else {
                continue;
            };
            if dest_url.contains("://") || dest_url.starts_with('#') {
                continue;
            }
            let file = dest_url.split('#').next().expect("a file");
            let place = page.parent().expect("a folder").join(file);
            assert!(place.exists(), "{}: {dest_url}", page.display());
            links += 1;
        }
    }
    assert!(links > 100, "{links} links");
}

/// Writes a page anew where that is asked for, and compares it.
fn is_fresh(name: &str, fresh: &str) {
    let path = crate::common::root().join(name);
    if update() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(&path, fresh).expect("writable");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == fresh,
        "{name} is not fresh: UPDATE=1 cargo test --test all generated"
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
    mermaid.text(resolved, &diagrams::Style::default())
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
fn replaced(page: &str, text: &str, name: &str, table: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let start = text
        .find(&open)
        .unwrap_or_else(|| panic!("{page} has no {open}"))
        + open.len();
    let end = text
        .find(&close)
        .unwrap_or_else(|| panic!("{page} has no {close}"));
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
        let product = format!("[{}](products/{}.md)", target.title, target.name);
        table += &format!(
            "| `{}` | {product} | {} |\n",
            target.name,
            documents.join("<br>")
        );
    }
    table
}

/// What gets into each product and how, and what is lost on the way. How, its requests tell: some write,
/// or all of them only read.
fn products() -> String {
    let everything = crate::common::root().join("examples/everything.workflow.yaml");
    let everything = compile(&crate::common::read(&everything, 0), &Options::default());
    let checked = everything.checked().expect("no error");
    // What is nothing without a graph.
    const OF_MOVES: &[Concept] = &[
        Concept::FirstStart,
        Concept::MoreStarts,
        Concept::StartNames,
        Concept::TransitionNames,
        Concept::SelfTransitions,
        Concept::ParallelTransitions,
        Concept::OptionalNotes,
        Concept::RequiredNotes,
        Concept::TransitionLabels,
        Concept::TransitionDescriptions,
        Concept::Who,
        Concept::RequiredFields,
        Concept::OptionalFields,
        Concept::Conditions,
        Concept::Automatic,
        Concept::Timers,
        Concept::Effects,
        Concept::TransitionMeta,
    ];
    let named = |target: &targets::Target, fate: Fate| -> String {
        let has_moves = target.fate(Concept::Transitions) != Fate::LeftOut;
        let of = CONCEPTS.iter().filter(|(c, ..)| target.fate(*c) == fate);
        let of = of.filter(|(c, ..)| has_moves || !OF_MOVES.contains(c));
        let names = of.map(|(concept, name, _)| match concept {
            Concept::Transitions => "start states and transitions",
            _ => *name,
        });
        let names: Vec<&str> = names.collect();
        match names.is_empty() {
            true => "nothing".to_owned(),
            false => names.join(", "),
        }
    };
    let mut table =
        "| product | how it gets there | means something else there, or is missed | has no place there |\n\
         |---|---|---|---|\n"
            .to_owned();
    for target in targets::ALL {
        let mut writes = Vec::new();
        for document in target.documents {
            if let Some(requests) =
                document.requests(&[checked], Plan::default(), &mut Diagnostics::new())
            {
                let json = serde_json::to_value(&requests).expect("JSON");
                let all = json["requests"].as_array().expect("a list");
                let methods = all.iter().filter_map(|r| r["method"].as_str());
                writes.extend(methods.filter(|m| *m != "GET").map(str::to_owned));
            }
        }
        let how = match writes.is_empty() {
            true => "by hand; compared with what its API answers",
            false => "by its API: `requests`",
        };
        let lost = match target.fate(Concept::StateNames) {
            // No states of one's own: nothing of the graph is there.
            Fate::LeftOut if target.fate(Concept::Transitions) == Fate::LeftOut => {
                "states and transitions, with all that hangs on them".to_owned()
            }
            _ => named(target, Fate::LeftOut),
        };
        table += &format!(
            "| [{}](src/targets/{}/README.md), `{}` | {how} | {} | {lost} |\n",
            target.title,
            target.name.replace('-', "_"),
            target.name,
            named(target, Fate::Changed),
        );
    }
    table
}

/// Every field with its kind, what it means where it is not there, and a value.
fn fields() -> String {
    let mut table = "| field | is | without it | for example |\n|---|---|---|---|\n".to_owned();
    // What is told here is enough to begin with; `explain` tells the rest.
    let (start, transition) = (&language::start::THING, &language::transition::THING);
    let told_in_full = |thing: &&&language::Thing| {
        ![language::role::THING.name, language::migration::THING.name].contains(&thing.name)
    };
    for thing in language::THINGS.iter().filter(told_in_full) {
        let is_file = thing.name == language::THINGS[0].name;
        if !is_file {
            table += &format!("| **in `{}`** | | | |\n", thing.name);
        }
        if thing.name == start.name {
            let shared = start
                .names
                .iter()
                .filter(|name| transition.names.contains(name));
            let shared: Vec<String> = shared.map(|name| format!("`{name}`")).collect();
            table += &format!(
                "| {} | as in `{}` | | |\n",
                shared.join(", "),
                transition.name
            );
            continue;
        }
        let of_promises = match thing.name == language::promise::THING.name {
            true => PROMISES.fields.as_slice(),
            false => thing.fields,
        };
        for field in of_promises {
            // Each kind of promise is one of several.
            let is_choice = PROMISES.shapes.iter().any(|s| s.word() == field.name);
            let absent = match field.absent {
                Absent::Missing(_) if is_choice && !is_file => "another promise".to_owned(),
                Absent::Nothing => String::new(),
                Absent::Means(meant) => meant.to_owned(),
                Absent::Is(value) => format!("`{value}`"),
                Absent::Missing(_) => "a mistake".to_owned(),
            };
            table += &format!(
                "| `{}` | {} | {absent} | `{}` |\n",
                field.name,
                field.kind.phrase(),
                field.example
            );
        }
    }
    table
}

/// What the words of the language mean.
fn words() -> String {
    let mut text = "\n".to_owned();
    let mut shown = Vec::new();
    for field in language::THINGS.iter().flat_map(|thing| thing.fields) {
        let language::Kind::Word(words) = field.kind else {
            continue;
        };
        if shown.contains(&words.all) {
            continue;
        }
        shown.push(words.all);
        let all = words.all.iter();
        let all: Vec<String> = all
            .map(|(word, about)| format!("`{word}` {}", about.trim_end_matches('.')))
            .collect();
        text += &format!("- `{}`: {}\n", field.name, all.join("; "));
    }
    text + "\n"
}

/// The words of other tools, which reports take for those of the language.
fn elsewhere() -> String {
    let quoted = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        words.join(", ")
    };
    let fields = language::elsewhere::FIELDS.iter();
    let fields = fields.map(|(field, words)| format!("| `{field}` | {} |\n", quoted(words)));
    let values = language::elsewhere::VALUES.iter();
    let values =
        values.map(|(of, value, words)| format!("| `{of}: {value}` | {} |\n", quoted(words)));
    let rows: String = fields.chain(values).collect();
    format!("\n| here | elsewhere |\n|---|---|\n{rows}\n")
}

/// The pages of `explain`, one after the other.
fn language_pages() -> String {
    let pages = language::THINGS.iter().map(|thing| {
        let page = language::page::of(thing, &PROMISES);
        let mut inside = false;
        let deeper = page.lines().map(|line| {
            inside ^= line.trim_start().starts_with("```");
            match line.starts_with('#') && !inside {
                true => format!("#{line}\n"),
                false => format!("{line}\n"),
            }
        });
        // A field alone is no workflow.
        deeper.collect::<String>().replace("```yaml", "```yml")
    });
    format!("\n{}\n", pages.collect::<Vec<_>>().join("\n"))
}

/// What the products keep, by their tables.
fn losses() -> String {
    let names = targets::ALL.iter().map(|t| format!("`{}`", t.name));
    let names: Vec<String> = names.collect();
    let line = "---|".repeat(names.len());
    let mut table = format!("| | {} |\n|---|{line}\n", names.join(" | "));
    for (concept, name, _) in CONCEPTS {
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

/// Every example's picture.
fn gallery() -> String {
    let folder = crate::common::root().join("examples/gallery");
    let mut gallery = "\n".to_owned();
    for path in crate::common::files_below(&folder, "svg") {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        gallery += &format!("## {stem}\n\n![{stem}](../../examples/gallery/{stem}.svg)\n\n");
    }
    gallery
}

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

//! Every format, read by readers that nobody here wrote, or by their rules: whatever stands in
//! names, texts and paths, they get it back and nothing else happens.

mod runner;

use std::io::Cursor;
use std::process::Command;
use std::sync::OnceLock;

use pulldown_cmark::{Event, Options as Markdown, Parser, Tag, TagEnd};
use serde_json::Value;
use statewright::diagnostic::{Code, Diagnostic, Edit, Group, Level, Severity};
use statewright::report::{self, Printable, Report, Style, Unread};
use statewright::source::{Source, SourceId, Syntax};

static CODE: Code = Code {
    name: "dead-ends",
    since: "0.1.0",
    group: Group::Walks,
    level: Level::Warn,
    summary: "a state that no ticket can leave",
    page: "# dead-ends\n\nA page.\n",
};

/// Texts made to be taken for something else.
const PAYLOADS: &[&str] = &[
    "::error::x",
    "::stop-commands::x",
    "  ::set-env name=PATH::/tmp",
    "\n::error file=a::b",
    "\r::error::b",
    "\u{2028}::error::b",
    "\u{85}::group::b",
    "##[error]x",
    "a ##[command]x",
    "##vso[task.setvariable variable=a]b",
    "##VSO[x]",
    "##teamcity[message text='x']",
    "%0A::error::x",
    "%250A",
    "%",
    "=",
    "=x",
    "a,line=99",
    "a:b",
    "a::b",
    "ends with a blank ",
    " starts with one",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]8;;https://example.org\u{7}link\u{1b}]8;;\u{7}",
    "\u{9b}31m",
    "\u{202e}txet\u{202c}",
    "zero\u{200b}width\u{2060}\u{feff}",
    "\u{e0041}\u{e0042}",
    "a\0b",
    "\u{fffe}\u{ffff}\u{10ffff}",
    "]]><evil/>",
    "<!-- --> & &amp; &#x3c; <b>x</b>",
    "\" onclick=\"x",
    "a | b || c",
    "`code` ``more`` `",
    "![x](https://example.org/x.png)",
    "[x](1) [y](https://example.org)",
    "@everyone #1 GH-2 owner/repo@abc https://example.org www.example.org a@example.org",
    "**bold** _it_ ~~gone~~ <img src=x onerror=alert(1)> :smile:",
    "~~~\n```\n</details>",
    "{0} {{1}}",
    "\\[\\]",
    "- x\n# y",
    "--- x",
    "+++ x\n~~~ y",
    "^^^ +++",
];

fn texts() -> impl Iterator<Item = String> {
    let naughty = naughty_strings::BLNS.iter().map(|s| (*s).to_owned());
    let crafted = PAYLOADS.iter().map(|s| (*s).to_owned());
    // An empty text is no message; nothing is checked with it.
    crafted.chain(naughty).filter(|text| !text.is_empty())
}

/// One report in which `text` is everywhere where text can be.
fn everywhere(text: &str) -> (Source, Diagnostic) {
    let file = format!("key: \"{text}\"\n");
    let source = Source::new(SourceId(0), text, Syntax::Yaml, file);
    let span = source.at(6..6 + text.len());
    let found = Diagnostic::new(&CODE, text, span, text)
        .label(source.at(0..3), text)
        .severity(Severity::Error)
        .help(text)
        .note(text)
        .edits(false, vec![Edit::new(span, text)]);
    (source, found)
}

fn written(format: &str, text: &str) -> String {
    let (source, found) = everywhere(text);
    write(format, &Report::new([&source], &[found]))
}

fn write(format: &str, report: &Report<'_>) -> String {
    let format = report::find(format).expect("a format");
    let mut out = Printable::new();
    (format.write)(report, &Style::default(), &mut out).expect("it is written");
    out.as_str().to_owned()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What all text formats say in place of `text`: hidden characters shown.
fn shown(text: &str) -> String {
    report::in_line(text)
}

#[test]
fn only_meant_commands_are_obeyed_and_nothing_is_hidden() {
    for text in texts() {
        for format in report::ALL {
            let written = written(format.name, &text);
            let mut meant = 0;
            for line in written.split('\n') {
                let command = runner::command(line);
                if format.name == "github" && command.as_ref().is_some_and(|c| c.name == "error") {
                    meant += 1;
                    let inside = line.trim_start_matches("::");
                    assert!(!runner::is_dangerous(inside), "{text:?}: {line:?}");
                    continue;
                }
                assert_eq!(command, None, "{}: {text:?}: {line:?}", format.name);
                assert!(
                    !runner::is_dangerous(line),
                    "{}: {text:?}: {line:?}",
                    format.name
                );
            }
            assert_eq!(meant, usize::from(format.name == "github"), "{text:?}");
        }
    }
}

#[test]
fn the_runner_reads_the_annotation_back() {
    for text in texts() {
        let written = written("github", &text);
        let line = written.lines().next().expect("a line");
        let read = runner::command(line).expect("a command");
        let file = read.properties["file"].trim_start_matches("./");
        assert_eq!(file, shown(&text).trim_start_matches("./"), "{line}");
        assert_eq!(read.properties["title"], "dead-ends");
        assert_eq!(read.properties["line"], "1");
        if text.len() < 160 {
            let all = shown(&text);
            assert_eq!(
                read.data,
                format!("{file}:1:7: {all}\nhelp: {all}\nnote: {all}"),
                "{line}"
            );
        }
    }
}

#[test]
fn programs_read_the_same_text_from_json() {
    for text in texts() {
        let all = format!("{text}\nhelp: {text}\nnote: {text}");
        let read = json(&written("json", &text));
        let found = &read["diagnostics"][0];
        for field in ["message", "file", "help"] {
            assert_eq!(found[field], text);
        }
        assert_eq!(found["fix"]["edits"][0]["text"], text);

        let issues = json(&written("gitlab", &text));
        assert_eq!(issues[0]["description"], format!("{text}; {text}"));
        assert_eq!(issues[0]["location"]["path"], text.trim_start_matches("./"));

        let rd = json(&written("rdjson", &text));
        assert_eq!(rd["diagnostics"][0]["message"], all);
        assert_eq!(rd["diagnostics"][0]["suggestions"][0]["text"], text);
    }
}

#[test]
fn gitlab_has_the_fields_that_it_requires() {
    let (source, found) = everywhere("x");
    let issues = json(&write(
        "gitlab",
        &Report::new([&source], &[found.clone(), found]),
    ));
    let issues = issues.as_array().expect("an array");
    for issue in issues {
        assert!(
            ["info", "minor", "major", "critical", "blocker"]
                .map(Value::from)
                .contains(&issue["severity"])
        );
        assert!(
            issue["location"]["lines"]["begin"]
                .as_u64()
                .is_some_and(|line| line > 0)
        );
    }
    assert_ne!(issues[0]["fingerprint"], issues[1]["fingerprint"]);
}

#[test]
fn what_could_not_be_read_is_told_and_its_name_does_nothing() {
    for text in texts() {
        let unread = [Unread {
            path: text.clone(),
            reason: "permission denied".to_owned(),
            is_empty: false,
        }];
        let mut report = Report::new([], &[]);
        report.unread = &unread;
        let written = |format| write(format, &report);
        for format in report::ALL {
            for line in written(format.name).split('\n') {
                let is_meant = format.name == "github" && line.starts_with("::error ");
                let inside = line.trim_start_matches("::");
                let line = if is_meant { inside } else { line };
                assert!(
                    !runner::is_dangerous(line),
                    "{}: {text:?}: {line:?}",
                    format.name
                );
                assert!(is_meant || runner::command(line).is_none(), "{line:?}");
            }
        }
        let path = text.trim_start_matches("./");
        let message = format!("cannot read `{text}`: permission denied");

        let annotation = written("github");
        let line = annotation.lines().next().expect("a line");
        let read = runner::command(line).expect("a command");
        assert_eq!((read.name.as_str(), read.data), ("error", shown(&message)));

        assert_eq!(json(&written("json"))["unread"][0]["file"], text);
        let issues = json(&written("gitlab"));
        assert_eq!(issues[0]["location"]["path"], path);
        assert_eq!(issues[0]["description"], message);
        let found = &json(&written("rdjson"))["diagnostics"][0];
        assert_eq!(
            (&found["location"]["path"], &found["message"]),
            (&path.into(), &message.clone().into())
        );

        let log = assert_sarif(&written("sarif"));
        let invocation = &log.runs[0].invocations.as_ref().expect("a call")[0];
        assert!(!invocation.execution_successful);
        let notes = invocation
            .tool_execution_notifications
            .as_ref()
            .expect("notes");
        assert_eq!(notes.len(), 1);

        let suites = junit_parser::from_reader(Cursor::new(written("junit"))).expect("JUnit");
        assert_eq!((suites.tests, suites.failures, suites.errors), (1, 0, 1));
        assert!(suites.suites[0].cases[0].status.is_error());
        let checkstyle = written("checkstyle");
        let document = roxmltree::Document::parse(&checkstyle).expect("XML");
        let error = document.descendants().find(|n| n.has_tag_name("error"));
        assert_eq!(
            error.and_then(|e| e.attribute("message")),
            Some(&*in_xml(&message))
        );
    }
}

/// The schema that the crate `serde-sarif` carries and makes its types from.
fn sarif_schema() -> &'static jsonschema::Validator {
    static SCHEMA: OnceLock<jsonschema::Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        // Only packages of this platform: those of others were not downloaded to build this.
        let ran = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--offline", "--locked"])
            .args(["--filter-platform", &host()])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        let metadata: Value = serde_json::from_slice(&ran.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&ran.stderr)));
        let packages = metadata["packages"].as_array().expect("packages");
        let package = packages
            .iter()
            .find(|p| p["name"] == "serde-sarif")
            .expect("serde-sarif");
        let manifest = std::path::Path::new(package["manifest_path"].as_str().expect("a path"));
        let path = manifest.with_file_name("src").join("schema.json");
        let text = std::fs::read_to_string(path).expect("the schema");
        // The one pattern of it, for `run.language`, is no regular expression: a bracket too many.
        let text = text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
        let schema = json(&text);
        jsonschema::validator_for(&schema).expect("a schema")
    })
}

/// The platform that the tests were built on, as `x86_64-unknown-linux-gnu`.
fn host() -> String {
    let ran = Command::new("rustc").arg("-vV").output();
    let said = String::from_utf8(ran.expect("rustc runs").stdout).expect("text");
    let mut lines = said.lines();
    let host = lines.find_map(|line| line.strip_prefix("host: "));
    host.expect("a host").to_owned()
}

fn assert_sarif(text: &str) -> serde_sarif::sarif::Sarif {
    let value = json(text);
    let faults: Vec<String> = sarif_schema()
        .iter_errors(&value)
        .map(|e| e.to_string())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    serde_json::from_value(value).expect("it is SARIF")
}

#[test]
fn sarif_keeps_to_its_schema_and_says_the_same() {
    for text in texts() {
        let log = assert_sarif(&written("sarif", &text));
        let results = log.runs[0].results.as_ref().expect("results");
        let message = results[0].message.text.as_ref().expect("a text");
        let all = format!("{text}\nhelp: {text}\nnote: {text}");
        let plain = match all.contains("](") {
            // What viewers of plain text messages undo.
            true => message
                .replace("\\[", "[")
                .replace("\\]", "]")
                .replace("\\\\", "\\"),
            false => message.clone(),
        };
        assert_eq!(plain, all);
        let place = &results[0].locations.as_ref().expect("a place")[0];
        let artifact = place
            .physical_location
            .as_ref()
            .and_then(|p| p.artifact_location.as_ref());
        let uri = artifact.and_then(|a| a.uri.as_ref()).expect("a URI");
        let path = uri.strip_prefix("file://").unwrap_or(uri);
        let decoded = percent_encoding::percent_decode_str(path)
            .decode_utf8()
            .expect("UTF-8");
        assert_eq!(decoded, text.trim_start_matches("./"));
        assert!(
            uri.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~/%:".contains(&b))
        );
    }
}

#[test]
fn sarif_of_every_code_keeps_to_its_schema() {
    let source = Source::new(SourceId(0), "a.yaml", Syntax::Yaml, "a: 1\n");
    let found: Vec<Diagnostic> = statewright::compile::codes()
        .into_iter()
        .map(|code| Diagnostic::new(code, "it is wrong", source.at(0..1), "here"))
        .collect();
    let log = assert_sarif(&write("sarif", &Report::new([&source], &found)));
    let rules = log.runs[0].tool.driver.rules.as_ref().expect("rules");
    assert_eq!(rules.len(), found.len());
    for result in log.runs[0].results.as_ref().expect("results") {
        let index = usize::try_from(result.rule_index.expect("an index")).expect("small");
        assert_eq!(Some(&rules[index].id), result.rule_id.as_ref());
    }
    assert_sarif(&write("sarif", &Report::new([&source], &[])));
}

/// `text` as XML can hold it.
fn in_xml(text: &str) -> String {
    let sayable = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars()
        .map(|c| {
            if sayable(c) {
                c.to_string()
            } else {
                format!("<U+{:04X}>", c as u32)
            }
        })
        .collect()
}

#[test]
fn xml_readers_get_the_same_text_back() {
    for text in texts() {
        let expected = in_xml(&text);
        let written_xml = written("checkstyle", &text);
        let document = roxmltree::Document::parse(&written_xml).expect("XML");
        let error = document
            .descendants()
            .find(|n| n.has_tag_name("error"))
            .expect("an error");
        let all = format!("{expected}\nhelp: {expected}\nnote: {expected}");
        assert_eq!(error.attribute("message"), Some(all.as_str()));
        let file = error.parent().expect("a file");
        assert_eq!(
            file.attribute("name"),
            Some(expected.trim_start_matches("./"))
        );
        assert_eq!(document.descendants().filter(|n| n.is_element()).count(), 3);

        let written_xml = written("junit", &text);
        let document = roxmltree::Document::parse(&written_xml).expect("XML");
        let failure = document
            .descendants()
            .find(|n| n.has_tag_name("failure"))
            .expect("one");
        assert_eq!(failure.attribute("message"), Some(expected.as_str()));
        assert_eq!(document.descendants().filter(|n| n.is_element()).count(), 4);
        let suites = junit_parser::from_reader(Cursor::new(&written_xml)).expect("JUnit");
        assert_eq!((suites.tests, suites.failures, suites.errors), (1, 1, 0));
        assert!(suites.suites[0].cases[0].status.is_failure());
    }
}

#[test]
fn junit_counts_files_errors_and_warnings() {
    let (source, error) = everywhere("x");
    let clean = Source::new(SourceId(1), "clean.yaml", Syntax::Yaml, "");
    let warning = error.clone().severity(Severity::Warning);
    let found = [error, warning];
    let text = write("junit", &Report::new([&source, &clean], &found));
    let suites = junit_parser::from_reader(Cursor::new(&text)).expect("JUnit");
    assert_eq!((suites.tests, suites.failures), (3, 1));
    let status = |suite: usize, case: usize| &suites.suites[suite].cases[case].status;
    assert!(status(0, 0).is_failure() && status(0, 1).is_success() && status(1, 0).is_success());
    let said = suites.suites[0].cases[1]
        .system_out
        .as_deref()
        .unwrap_or_default();
    assert!(said.contains("warning[dead-ends]"), "{said}");
}

#[test]
fn markdown_shows_the_text_and_does_nothing_with_it() {
    for text in texts().filter(|text| text.len() < 160) {
        let written = written("markdown", &text);
        let cells = cells(&written, &text);
        let blanks = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = blanks(&shown(&text).replace('`', ""));
        assert_eq!(
            blanks(&cells[2].replace('\n', " ")),
            blanks(&format!("{said} {said}")),
            "{written}"
        );
        let place = format!("{}:1:", shown(text.trim_start_matches("./")));
        assert!(blanks(&cells[0]).starts_with(&blanks(&place)), "{written}");
    }
}

/// The text of the cells of the one row, a line break being one. Anything but text is a mistake.
fn cells(markdown: &str, of: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut in_head = false;
    // The text that has no mark in it: GitHub's Markdown makes a link of an address there.
    let (mut unbroken, mut in_block) = (String::new(), false);
    for event in Parser::new_ext(
        markdown,
        Markdown::ENABLE_TABLES | Markdown::ENABLE_STRIKETHROUGH,
    ) {
        let cell = cells.last_mut();
        match &event {
            Event::Text(text) => unbroken.push_str(text),
            _ => unbroken.clear(),
        }
        let address = unbroken.split_once('@').filter(|_| !in_block);
        let is_cut = address.is_none_or(|(_, rest)| rest.is_empty());
        assert!(is_cut, "{of:?}: {unbroken}");
        match event {
            Event::Start(Tag::TableHead) => in_head = true,
            Event::End(TagEnd::TableHead) => in_head = false,
            Event::Start(Tag::TableCell) if !in_head => cells.push(String::new()),
            Event::Text(text) | Event::Code(text) if !in_head => {
                cell.into_iter().for_each(|cell| cell.push_str(&text));
            }
            Event::InlineHtml(html) => match &*html {
                "<code>" | "</code>" | "<!-- -->" => {}
                "<br>" => cell.into_iter().for_each(|cell| cell.push('\n')),
                other => panic!("{of:?}: {other}"),
            },
            Event::Html(html) => {
                let ours = [
                    "<details><summary>With the lines</summary>\n",
                    "</details>\n",
                ];
                assert!(ours.contains(&&*html), "{of:?}: {html}");
                // What follows is the drawn report.
                if html.starts_with("</") {
                    return cells;
                }
            }
            Event::Start(Tag::CodeBlock(_)) => {
                in_block = true;
                cells.push(String::new());
            }
            Event::Start(tag) => {
                let ours = matches!(
                    tag,
                    Tag::Heading { .. }
                        | Tag::Table(_)
                        | Tag::TableRow
                        | Tag::TableCell
                        | Tag::Strong
                        | Tag::HtmlBlock
                );
                assert!(ours, "{of:?}: {tag:?}\n{markdown}");
            }
            _ => {}
        }
    }
    panic!("{of:?}: the details do not end\n{markdown}");
}

#[cfg(unix)]
#[test]
fn names_of_files_made_to_deceive_do_nothing() {
    let names = [
        "::error::x",
        "a\n::stop-commands::y",
        "##[group]x",
        "##vso[task]x",
        "\u{1b}[2Jx",
        "\u{202e}x",
        "a b",
        "%0A",
        "-x",
        "--output=x.json",
        "=x",
        "é完",
        "a,b=c",
        "a;b",
        "$(x)",
        "--- x",
        "+++ x",
        "~~~ x",
        "^^^ +++",
    ];
    let folder = crate::common::folder::Folder::new();
    for name in names {
        let path = folder.0.join(format!("{name}.workflow.yaml"));
        std::fs::write(path, "workflow: \"::error::##[x]\u{202e}\"\n").expect("writable");
    }
    let safe = |text: &str, meant: bool| {
        for line in text.lines() {
            let command = runner::command(line);
            let obeyed = command.is_some();
            assert!(obeyed == meant || !obeyed, "{line:?}");
            let inside = if obeyed {
                line.trim_start_matches("::")
            } else {
                line
            };
            assert!(!runner::is_dangerous(inside), "{line:?}");
        }
    };
    for format in report::ALL {
        let ran = folder.run(&["check", "--format", format.name]).is(1);
        safe(&ran.out, format.name == "github");
        safe(&ran.err, false);
    }
    for name in names {
        // A file that is not there, an argument that is none, and a file for a report.
        let ran = folder.run(&["check", &format!("{name}/missing.yaml")]);
        safe(&ran.err, false);
        let ran = folder.run(&["check", &format!("--{name}")]).is(2);
        safe(&ran.err, false);
        let ran = folder
            .run(&["check", "--output", &format!("{name}.zzz")])
            .is(2);
        safe(&ran.err, false);
    }
}

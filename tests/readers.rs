//! What is drawn, as the real readers read it.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use statewright::node::quoted;
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile, diagrams};

/// Names that mean something to one of the languages of pictures, in one place or another.
fn names() -> Vec<String> {
    serde_json::from_str(include_str!("renderers/names.json")).expect("a list of names")
}

/// A workflow whose states and transitions have all these names.
fn workflow() -> Source {
    let names: Vec<String> = names().iter().map(|n| quoted(n)).collect();
    let states: String = names
        .iter()
        .map(|name| format!("  {name}: {{ category: open }}\n"))
        .collect();
    let step = |pair: &[String]| {
        format!(
            "  - {{ name: {}, from: {}, to: {} }}\n",
            pair[0], pair[0], pair[1]
        )
    };
    let moves: String = names.windows(2).map(step).collect();
    let text = format!(
        "workflow: w\nstart: {}\nstates:\n{states}transitions:\n{moves}",
        names[0]
    );
    Source::new(SourceId(0), "w.workflow.yaml", Syntax::Yaml, text)
}

/// The workflow in a notation.
fn drawn(notation: &str) -> String {
    let source = workflow();
    let compilation = compile(&source, &Options::default());
    let notation = diagrams::find(notation).expect("a notation");
    let resolved = compilation.resolved().expect("a graph");
    notation.text(resolved, &diagrams::Style::default())
}

/// A browser, where one is installed: the page's policy lets its own script run, which fills in the
/// names as they are.
#[test]
fn a_browser_runs_the_page() {
    let page = drawn("html");
    let Some(dom) = in_browser(&page) else {
        return;
    };
    let escaped = |name: &str| {
        name.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    for (index, name) in names().iter().enumerate() {
        let option = format!("<option value=\"{index}\">{}</option>", escaped(name));
        assert!(
            dom.contains(&option),
            "{name:?} is not among the options: {dom}"
        );
    }
    assert!(
        dom.contains("id=\"search\"") && !dom.contains("<b>bold"),
        "{dom}"
    );
}

/// Mermaid in four versions, D2 and state-machine-cat draw every name as itself, where they are
/// installed: `npm install --no-package-lock` in `tests/renderers`, or in a copy of it that
/// RENDERERS names. Mermaid needs Chromium, too.
#[test]
fn renderers_draw_the_same_names() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/renderers");
    let installed = std::env::var_os("RENDERERS").map_or(here.clone(), PathBuf::from);
    if !installed.join("node_modules").is_dir() {
        eprintln!("skipped: the packages of tests/renderers are not installed (npm install)");
        return;
    }
    let run = Command::new("node")
        .arg(here.join("names.mjs"))
        .arg(env!("CARGO_BIN_EXE_statewright"))
        .args([
            "mermaid-10.9",
            "mermaid-11.4",
            "mermaid-11.17",
            "mermaid-12.3",
            "d2",
            "smcat",
        ])
        .env("RENDERERS", installed)
        .output()
        .expect("Node, with which the packages were installed");
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&run.stderr)
    );
    eprint!("{told}");
}

/// PlantUML, where it is installed.
#[test]
fn plantuml_reads_the_same_names() {
    let text = drawn("plantuml");
    let Some(output) = piped("plantuml", &["-tsvg", "-charset", "UTF-8", "-pipe"], &text) else {
        return;
    };
    let svg = String::from_utf8_lossy(&output).replace('\u{a0}', " ");
    let document = roxmltree::Document::parse(&svg).unwrap_or_else(|e| panic!("{e}\n{svg}"));
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    let drawn: HashSet<&str> = texts.filter_map(|n| n.text()).collect();
    let names: Vec<String> = names().iter().map(|n| n.replace('\u{a0}', " ")).collect();
    let lost: Vec<&String> = names
        .iter()
        .filter(|n| !drawn.contains(n.as_str()))
        .collect();
    assert!(lost.is_empty(), "{lost:?} are not among what is drawn");
}

/// What a program makes of a text; `None`, and said, where it is not installed.
fn piped(program: &str, arguments: &[&str], text: &str) -> Option<Vec<u8>> {
    let started = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut running) = started else {
        eprintln!("skipped: {program} is not installed (Debian has it)");
        return None;
    };
    let mut input = running.stdin.take().expect("piped");
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    let output = running.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{text}");
    Some(output.stdout)
}

/// A page as a browser has it after its scripts ran; `None`, and said, where none is installed.
fn in_browser(page: &str) -> Option<String> {
    let folder = crate::common::folder::Folder::with(&[("page.html", page)]);
    let started = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
        ])
        .args(["--disable-quic", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--dump-dom"])
        .args(["--virtual-time-budget=8000"])
        .arg(format!(
            "--user-data-dir={}",
            folder.0.join("profile").display()
        ))
        .arg(format!("file://{}", folder.0.join("page.html").display()))
        .output();
    let Ok(output) = started else {
        eprintln!("skipped: Chromium is not installed (on Debian: apt-get install chromium)");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Graphviz's own reader, where it is installed: the text that it draws are the names of the file.
#[test]
fn graphviz_reads_the_same_names() {
    let Some(output) = piped("dot", &["-Tjson"], &drawn("dot")) else {
        return;
    };
    let json: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
    let drawn: Vec<&str> = json["objects"]
        .as_array()
        .expect("nodes")
        .iter()
        .flat_map(|o| o["_ldraw_"].as_array().into_iter().flatten())
        .filter_map(|op| op["text"].as_str())
        .collect();
    for name in names() {
        assert!(
            drawn.contains(&&*name),
            "{name:?} is not among what is drawn: {drawn:?}"
        );
    }
}

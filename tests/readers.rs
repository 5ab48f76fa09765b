//! What is drawn, as the real readers read it.

mod common;

use std::io::Write;
use std::process::{Command, Stdio};

use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile, diagrams};

const NASTY: &[&str] = &[
    "say \"hi\"",
    "back\\slash \\N \\G \\L",
    "colon: here; and ; there",
    "end",
    "# hash #quot; #35;",
    "<b>bold</b>",
    "&amp; &#34; &lt; &",
    "--> [*] : {}",
    "Überprüfung 確認 Проверка",
    "🎫 ticket",
];

fn workflow() -> Source {
    let states: String = NASTY
        .iter()
        .map(|n| format!("  {}: {{ category: open }}\n", statewright::node::quoted(n)))
        .collect();
    let names: Vec<String> = NASTY.iter().map(|n| statewright::node::quoted(n)).collect();
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

/// A browser, where one is installed: the page's policy lets its own script run, which fills in the
/// names as they are.
#[test]
fn a_browser_runs_the_page() {
    let source = workflow();
    let compilation = compile(&source, &Options::default());
    let notation = diagrams::find("html").expect("a notation");
    let page = (notation.draw)(
        compilation.resolved().expect("a graph"),
        &diagrams::Style::default(),
    );
    let folder = common::folder::Folder::with(&[("page.html", &page)]);
    let started = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
        ])
        .args(["--disable-quic", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--dump-dom"])
        .arg(format!(
            "--user-data-dir={}",
            folder.0.join("profile").display()
        ))
        .arg(format!("file://{}", folder.0.join("page.html").display()))
        .output();
    let Ok(output) = started else {
        eprintln!("skipped: Chromium is not installed (on Debian: apt-get install chromium)");
        return;
    };
    let dom = String::from_utf8_lossy(&output.stdout);
    let escaped = |name: &str| {
        name.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    for (index, name) in NASTY.iter().enumerate() {
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

/// Graphviz's own reader, where it is installed: the text that it draws are the names of the file.
#[test]
fn graphviz_reads_the_same_names() {
    let source = workflow();
    let compilation = compile(&source, &Options::default());
    let notation = diagrams::find("dot").expect("a notation");
    let text = (notation.draw)(
        compilation.resolved().expect("a graph"),
        &diagrams::Style::default(),
    );
    let started = Command::new("dot")
        .arg("-Tjson")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut dot) = started else {
        eprintln!("skipped: Graphviz is not installed (on Debian: apt-get install graphviz)");
        return;
    };
    dot.stdin
        .take()
        .expect("piped")
        .write_all(text.as_bytes())
        .expect("it reads");
    let output = dot.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{text}");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let drawn: Vec<&str> = json["objects"]
        .as_array()
        .expect("nodes")
        .iter()
        .flat_map(|o| o["_ldraw_"].as_array().into_iter().flatten())
        .filter_map(|op| op["text"].as_str())
        .collect();
    for name in NASTY {
        assert!(
            drawn.contains(name),
            "{name:?} is not among what is drawn: {drawn:?}"
        );
    }
}

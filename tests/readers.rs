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

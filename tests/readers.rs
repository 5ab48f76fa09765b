//! What is drawn, as the real readers read it.

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
    let Some(dom) = in_browser(&page) else {
        return;
    };
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

/// Mermaid itself, in a browser, where both are there: it draws what it is given, names and all.
/// To have it: `npm pack mermaid`, unpack it, and name its `dist/mermaid.min.js` in MERMAID_JS.
#[test]
fn mermaid_draws_the_same_names() {
    let Some(script) = std::env::var_os("MERMAID_JS") else {
        eprintln!("skipped: MERMAID_JS does not name a mermaid.min.js");
        return;
    };
    let script = std::fs::read_to_string(script).expect("MERMAID_JS is readable");
    let source = workflow();
    let compilation = compile(&source, &Options::default());
    let notation = diagrams::find("mermaid").expect("a notation");
    let text = (notation.draw)(
        compilation.resolved().expect("a graph"),
        &diagrams::Style::default(),
    );
    let data = serde_json::to_string(&text)
        .expect("JSON")
        .replace('<', "\\u003c");
    let page = format!(
        "<meta charset=utf-8><pre id=out>nothing</pre><script>{}</script><script>\
         mermaid.initialize({{startOnLoad:false}});\
         mermaid.render('m', {data}).then(r => {{\
         const d = new DOMParser().parseFromString(r.svg, 'text/html');\
         document.body.textContent = JSON.stringify([...d.querySelectorAll('p')].map(e => e.textContent)); }},\
         e => {{ document.body.textContent = 'error: ' + e; }})</script>",
        script.replace("</script", "<\\/script")
    );
    let Some(dom) = in_browser(&page) else {
        return;
    };
    let body = dom.split("<body>").nth(1).unwrap_or(&dom);
    let body = body.split("</body>").next().unwrap_or(body);
    let body = body
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let drawn: Vec<String> = serde_json::from_str(&body).unwrap_or_else(|_| panic!("{body}"));
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let drawn: Vec<String> = drawn.iter().map(|text| plain(text)).collect();
    for name in NASTY {
        // The last state is marked as a dead end, on a line of its own.
        let wanted = [plain(name), format!("{}dead end", plain(name))];
        assert!(
            drawn.iter().any(|text| wanted.contains(text)),
            "{name:?} is not drawn: {drawn:?}"
        );
    }
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

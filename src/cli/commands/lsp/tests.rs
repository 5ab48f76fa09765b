//! Whole sessions, without a process: what comes in as an editor sends it, and what goes out.

use std::sync::mpsc;

use clap::Parser;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value, json};
use statewright::source::{Source, SourceId, Syntax};
use statewright::{Options, compile};

use super::Arguments;
use super::server::Server;
use super::wire::{self, Read};

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    arguments: Arguments,
}

/// What comes of a session in which this is sent: the messages in the order in which they went out.
fn session(sent: Vec<Value>) -> Vec<Value> {
    let (send, receive) = mpsc::channel();
    for message in sent {
        let mut framed = Vec::new();
        wire::write(&mut framed, &message).expect("memory");
        send.send(wire::read(&mut framed.as_slice()))
            .expect("a server");
    }
    send.send(Read::End).expect("a server");
    let line = Line::parse_from(["lsp", "--no-config"]);
    let mut out = Vec::new();
    Server::new(&line.arguments, send, &mut out).serve(&receive);
    let mut input = out.as_slice();
    let mut all = Vec::new();
    while !input.is_empty() {
        let end = input.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.expect("a header");
        let length = String::from_utf8_lossy(&input[..end]);
        let length: usize = length
            .rsplit(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .expect("a length");
        let body = &input[end + 4..end + 4 + length];
        all.push(serde_json::from_slice(body).expect("JSON"));
        input = &input[end + 4 + length..];
    }
    all
}

fn request(id: u32, method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

fn initialize(encoding: &str) -> Value {
    let capabilities = json!({
        "general": { "positionEncodings": [encoding] },
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    request(
        0,
        "initialize",
        json!({ "processId": null, "rootUri": null, "capabilities": capabilities }),
    )
}

fn error_of(messages: &[Value], id: &Value) -> Option<i64> {
    let answer = messages.iter().find(|message| message["id"] == *id)?;
    answer["error"]["code"].as_i64()
}

#[test]
fn what_is_out_of_turn_is_refused_as_the_specification_says() {
    let all = session(vec![
        request(1, "textDocument/hover", json!({})),
        notification("textDocument/didOpen", json!({ "nonsense": 1 })),
        initialize("utf-8"),
        notification("initialized", json!({})),
        request(
            2,
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": {} }),
        ),
        request(3, "textDocument/unheardOf", json!({})),
        request(4, "textDocument/hover", json!({ "position": "here" })),
        request(5, "shutdown", Value::Null),
        request(6, "textDocument/hover", json!({})),
    ]);
    let code = |id: u32| error_of(&all, &json!(id));
    assert_eq!(code(1), Some(-32002));
    assert_eq!(code(0), None);
    assert_eq!(code(2), Some(-32600));
    assert_eq!(code(3), Some(-32601));
    assert_eq!(code(4), Some(-32602));
    assert_eq!(code(5), None);
    assert_eq!(code(6), Some(-32600));
}

#[test]
fn a_request_that_waits_can_be_called_off() {
    let all = session(vec![
        initialize("utf-8"),
        request(1, "workspace/symbol", json!({ "query": "" })),
        notification("$/cancelRequest", json!({ "id": 1 })),
    ]);
    assert_eq!(error_of(&all, &json!(1)), Some(-32800));
}

/// What an action costs a compilation for is worked out once it is chosen, and only for the text that
/// it was offered for.
#[test]
fn costly_actions_get_their_edits_when_they_are_chosen() {
    let uri = "file:///no/such/folder/x.workflow.yaml";
    let text = "workflow: x\nstart: A\nstates:\n  A: { category: open }\n  B: { category: open }\ntransitions: []\n";
    let capabilities = json!({ "textDocument": { "codeAction": {
        "dataSupport": true, "resolveSupport": { "properties": ["edit"] },
    } } });
    let range =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let chosen = |id: u32, version: i32| {
        let data = json!({ "uri": uri, "version": version, "what": { "silence": 0 } });
        request(
            id,
            "codeAction/resolve",
            json!({ "title": "t", "data": data }),
        )
    };
    let all = session(vec![
        request(
            0,
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities }),
        ),
        notification("initialized", json!({})),
        notification(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "yaml", "version": 3, "text": text } }),
        ),
        request(
            1,
            "textDocument/codeAction",
            json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } }),
        ),
        chosen(2, 3),
        chosen(3, 2),
    ]);
    let answer = |id: u32| {
        let mut all = all.iter();
        all.find(|message| message["id"] == json!(id))
            .expect("an answer")
    };
    let offered = answer(1)["result"].as_array().expect("actions");
    let silence = offered
        .iter()
        .find(|action| action["data"]["what"]["silence"] == 0);
    assert_eq!(silence.expect("an action").get("edit"), None);
    let edits = answer(2)["result"]["edit"]["changes"][uri].to_string();
    assert!(edits.contains("# statewright: allow("), "{edits}");
    assert_eq!(error_of(&all, &json!(3)), Some(-32801));
}

#[test]
fn an_editor_that_shows_progress_is_told_of_the_reading() {
    let capabilities = json!({ "window": { "workDoneProgress": true } });
    let begin = |answer: Value| {
        session(vec![
            request(
                0,
                "initialize",
                json!({ "processId": null, "rootUri": null, "capabilities": capabilities }),
            ),
            notification("initialized", json!({})),
            answer,
            request(1, "workspace/symbol", json!({ "query": "" })),
        ])
    };
    let kinds = |all: &[Value]| -> Vec<Value> {
        let told = all
            .iter()
            .filter(|message| message["method"] == "$/progress");
        told.map(|message| message["params"]["value"]["kind"].clone())
            .collect()
    };
    let all = begin(json!({ "jsonrpc": "2.0", "id": 1, "result": null }));
    assert_eq!(all[1]["method"], "window/workDoneProgress/create");
    assert_eq!(kinds(&all), ["begin", "end"]);
    // One that takes no word for it is told nothing.
    let all =
        begin(json!({ "jsonrpc": "2.0", "id": 1, "error": { "code": -32603, "message": "no" } }));
    assert!(kinds(&all).is_empty());
}

/// The address that an editor has opened is the one that it is told of, also where a link leads there.
#[cfg(unix)]
#[test]
fn a_text_is_told_of_by_the_address_that_it_was_opened_by() {
    let folder = std::env::temp_dir().join(format!("statewright-lsp-{}", std::process::id()));
    let (real, link) = (folder.join("real"), folder.join("link"));
    std::fs::create_dir_all(&real).expect("a folder");
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    let text = "workflow: x\nstart: A\nstates: {}\n";
    std::fs::write(real.join("x.workflow.yaml"), text).expect("written");
    let uri = format!("file://{}/x.workflow.yaml", link.display());
    let root = format!("file://{}", link.display());
    let all = session(vec![
        request(
            0,
            "initialize",
            json!({ "processId": null, "rootUri": root, "capabilities": {} }),
        ),
        notification("initialized", json!({})),
        notification(
            "textDocument/didOpen",
            json!({ "textDocument": {
                "uri": uri, "languageId": "yaml", "version": 0, "text": text,
            } }),
        ),
        request(
            1,
            "textDocument/diagnostic",
            json!({ "textDocument": { "uri": uri } }),
        ),
    ]);
    std::fs::remove_dir_all(&folder).expect("removed");
    let answer = all.iter().find(|message| message["id"] == json!(1));
    let answer = answer.expect("an answer").to_string();
    let told = format!(r#""uri":"{uri}""#);
    assert!(answer.contains(&told), "{answer}");
    assert!(!answer.contains("/real/"), "{answer}");
}

/// An edit: where it begins and how much it takes, in characters of the text, and what it puts there.
type Typed = (usize, usize, &'static str);

fn edits() -> impl Strategy<Value = Vec<Typed>> {
    let pieces = vec![
        "",
        " ",
        "\n",
        "\r\n",
        "\r",
        ":",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "#",
        "|",
        "New",
        "category: open",
        "\u{e9}",
        "\u{1f600}",
        "\u{65e5}",
        "\t",
        "transitions:\n",
        "[states.X]\n",
        "x = 1\n",
    ];
    let one = (0..900usize, 0..20usize, prop::sample::select(pieces));
    prop::collection::vec(one, 1..12)
}

/// Where a character of the text is, counted without the code that is tried.
fn place(text: &[char], at: usize, encoding: &str) -> Value {
    let (mut line, mut start) = (0, 0);
    for index in 0..at {
        let ends = match text[index] {
            '\n' => true,
            '\r' => text.get(index + 1) != Some(&'\n'),
            _ => false,
        };
        if ends {
            line += 1;
            start = index + 1;
        }
    }
    let units = |c: &char| match encoding {
        "utf-8" => c.len_utf8(),
        "utf-16" => c.len_utf16(),
        _ => 1,
    };
    let character: usize = text[start..at].iter().map(units).sum();
    json!({ "line": line, "character": character })
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    /// After every edit the server's text and reports are those of a fresh check of the same text.
    #[test]
    fn edits_leave_what_a_fresh_check_says(
        all in edits(),
        syntax in prop::sample::select(vec![Syntax::Yaml, Syntax::Toml]),
        encoding in prop::sample::select(vec!["utf-8", "utf-16", "utf-32"]),
    ) {
        let (name, start) = match syntax {
            Syntax::Toml => ("x.workflow.toml", "workflow = \"x\"\nstart = \"A\"\n[states.A]\ncategory = \"open\"\n"),
            _ => ("x.workflow.yaml", "workflow: x\nstart: A\nstates:\n  A: { category: open }\ntransitions: []\n"),
        };
        let uri = format!("file:///no/such/folder/{name}");
        let mut text: Vec<char> = start.chars().collect();
        let mut sent = vec![
            initialize(encoding),
            notification("initialized", json!({})),
            notification("textDocument/didOpen", json!({ "textDocument": {
                "uri": uri, "languageId": "yaml", "version": 0, "text": start,
            } })),
        ];
        let mut texts = Vec::new();
        for (number, (at, length, new)) in all.into_iter().enumerate() {
            let mut at = at % (text.len() + 1);
            let mut end = (at + length).min(text.len());
            // An editor has no place between the two characters of a line end.
            let splits = |at: usize| at > 0 && text.get(at) == Some(&'\n') && text[at - 1] == '\r';
            at -= usize::from(splits(at));
            end += usize::from(splits(end));
            let range = json!({ "start": place(&text, at, encoding), "end": place(&text, end, encoding) });
            text.splice(at..end, new.chars());
            texts.push(text.iter().collect::<String>());
            sent.push(notification("textDocument/didChange", json!({
                "textDocument": { "uri": uri, "version": number + 1 },
                "contentChanges": [{ "range": range, "text": new }],
            })));
            sent.push(request(number as u32 + 1, "textDocument/diagnostic", json!({
                "textDocument": { "uri": uri },
            })));
        }
        let got = session(sent);
        for (number, text) in texts.iter().enumerate() {
            let answer = got.iter().find(|m| m["id"] == json!(number + 1) && m.get("method").is_none());
            let items = answer.expect("an answer")["result"]["items"].clone();
            let said: Vec<String> = items.as_array().expect("reports").iter().map(|item| {
                let message = item["message"].as_str().unwrap_or_default();
                let message = message.lines().next().unwrap_or_default();
                format!("{} {} {message}", item["code"].as_str().unwrap_or_default(), item["range"]["start"]["line"])
            }).collect();
            let source = Source::new(SourceId(0), "x", syntax, text.as_str());
            let fresh = compile(&source, &Options::default()).diagnostics;
            let fresh: Vec<String> = fresh.iter().map(|d| {
                let line = source.position(d.primary().span.start).line - 1;
                let message = d.message.lines().next().unwrap_or_default();
                format!("{} {line} {message}", d.code.name)
            }).collect();
            prop_assert_eq!(said, fresh, "{:?}", text);
        }
    }
}

//! The program with an editor: the language server as Neovim starts it (skipped where that is not
//! installed) and as pytest-lsp's clients do, and the preview as a browser asks for it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::common::folder::Folder;
use crate::versions::git;

const GOOD: &str = "workflow: good\nstart: New\nstates:\n  New: { category: open }\n  Closed: { category: closed }\n\
                    transitions:\n  - { name: Close, from: New, to: Closed }\n";

/// What Neovim (0.7 and later) says of a file with a misspelt state: what is reported, what hovering
/// tells, and what is there once the state is renamed.
const SCRIPT: &str = r#"
local out = {}
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({ name = "statewright", cmd = { vim.env.STATEWRIGHT, "lsp" }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(buffer, client)
vim.wait(20000, function() return #vim.diagnostic.get(buffer) > 0 end, 20)
for _, found in ipairs(vim.diagnostic.get(buffer)) do
  table.insert(out, found.lnum + 1 .. ":" .. found.col + 1 .. " " .. found.message)
end
local function ask(method, more)
  local at = vim.tbl_extend("force", { textDocument = vim.lsp.util.make_text_document_params(buffer), position = { line = 3, character = 3 } }, more or {})
  local all = vim.lsp.buf_request_sync(buffer, method, at, 20000)
  return all[client].result
end
table.insert(out, ask("textDocument/hover").contents.value)
vim.lsp.util.apply_workspace_edit(ask("textDocument/rename", { newName = "Brand New" }), "utf-16")
vim.wait(20000, function() return #vim.diagnostic.get(buffer) == 1 end, 20)
vim.list_extend(out, vim.api.nvim_buf_get_lines(buffer, 0, -1, false))
vim.fn.writefile(vim.split(table.concat(out, "\n"), "\n"), "out.txt")
vim.lsp.stop_client(client)
vim.cmd("qa!")
"#;

#[test]
fn neovim_shows_what_check_reports_and_renames() {
    let is_there = Command::new("nvim").arg("--version").output().is_ok();
    if !is_there {
        println!("skipped: Neovim (it is not installed)");
        return;
    }
    let folder = Folder::new();
    let text = GOOD.replace("to: Closed", "to: Closd");
    fs::write(folder.0.join("a.workflow.yaml"), text).expect("written");
    fs::write(folder.0.join("script.lua"), SCRIPT).expect("written");
    let ran = Command::new("nvim")
        .args([
            "--headless",
            "--clean",
            "a.workflow.yaml",
            "-c",
            "luafile script.lua",
        ])
        .current_dir(&folder.0)
        .env("HOME", &folder.0)
        .env("STATEWRIGHT", env!("CARGO_BIN_EXE_statewright"))
        .output()
        .expect("it runs");
    let out = fs::read_to_string(folder.0.join("out.txt"));
    let out = out.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&ran.stderr)));
    insta::assert_snapshot!(out);
}

#[test]
fn clients_with_the_capabilities_of_several_editors_are_served() {
    let has = Command::new("python3")
        .args(["-c", "import pytest_lsp"])
        .output();
    if !has.is_ok_and(|ran| ran.status.success()) {
        println!("skipped: pytest-lsp (it is not installed for python3)");
        return;
    }
    let folder = Folder::new();
    let script = crate::common::root().join("tests/editors/test_clients.py");
    fs::copy(script, folder.0.join("test_clients.py")).expect("copied");
    let ran = Command::new("python3")
        .args([
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "test_clients.py",
        ])
        .current_dir(&folder.0)
        .env("STATEWRIGHT", env!("CARGO_BIN_EXE_statewright"))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("6 passed"), "{said}");
}

/// A language server that runs, and what it has said unasked.
struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    said: Vec<Value>,
    last: u32,
}

impl Server {
    fn of(folder: &Folder, arguments: &[&str]) -> Server {
        let mut command = folder.command(&[&["lsp"], arguments].concat());
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let out = BufReader::new(child.stdout.take().expect("output"));
        let mut server = Server {
            child,
            out,
            said: Vec::new(),
            last: 0,
        };
        let root = format!("file://{}", folder.0.display());
        let capabilities = json!({ "window": { "workDoneProgress": true } });
        server.ask(
            "initialize",
            json!({ "rootUri": root, "capabilities": capabilities }),
        );
        server.tell("initialized", json!({}));
        server
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let input = self.child.stdin.as_mut().expect("input");
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
        input.flush().expect("sent");
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn open(&mut self, uri: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// The next message that is `wanted`; what the server asks is agreed to.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                self.out.read_line(&mut line).expect("a header");
                match line.trim().split_once(": ") {
                    Some((_, number)) => length = number.parse().expect("a length"),
                    None => break,
                }
            }
            assert!(length > 0, "it has ended: {:?}", self.said);
            let mut body = vec![0; length];
            self.out.read_exact(&mut body).expect("a message");
            let message: Value = serde_json::from_slice(&body).expect("JSON");
            if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }));
            }
            self.said.push(message.clone());
            if wanted(&message) {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let id = self.last;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The codes of what is reported of a text, once there is this one among them.
    fn reported(&mut self, uri: &str, code: &str) -> Vec<String> {
        let codes = |message: &Value| -> Vec<String> {
            let all = message["params"]["diagnostics"].as_array();
            let all = all.into_iter().flatten().map(|found| &found["code"]);
            all.map(|code| code.as_str().unwrap_or_default().to_owned())
                .collect()
        };
        let message = self.wait(|message| {
            message["params"]["uri"] == uri && codes(message).iter().any(|found| found == code)
        });
        codes(&message)
    }

    fn rename(&mut self, uri: &str, line: u32, new: &str) -> String {
        let position = json!({ "line": line, "character": 3 });
        let params =
            json!({ "textDocument": { "uri": uri }, "position": position, "newName": new });
        self.ask("textDocument/rename", params).to_string()
    }

    fn end(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        let ended = self.child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(0));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn what_tickets_know_is_asked_of_git() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    let uri = format!("file://{}/a.workflow.yaml", folder.0.display());
    // Where git keeps nothing, a name is only changed.
    let mut server = Server::of(&folder, &[]);
    server.open(&uri, GOOD);
    let renamed = server.rename(&uri, 3, "Brand New");
    assert!(
        renamed.contains("Brand New") && !renamed.contains("was"),
        "{renamed}"
    );
    server.end();

    git(&folder.0, &["init", "-q"]);
    git(&folder.0, &["add", "."]);
    git(&folder.0, &["commit", "-qm", "first"]);
    let mut server = Server::of(&folder, &["--against", "HEAD"]);
    server.open(&uri, GOOD);
    let renamed = server.rename(&uri, 3, "Brand New");
    assert!(renamed.contains("was: [New]"), "{renamed}");
    let text = GOOD.replace("Closed", "Over");
    server.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": text }] }),
    );
    assert_eq!(server.reported(&uri, "removed-states"), ["removed-states"]);
    let of_both = json!({ "textDocument": { "uri": uri }, "changes": true });
    let page = server.ask("statewright/page", of_both)["result"]["html"].to_string();
    assert!(page.contains("Closed") && page.contains("Over"), "{page}");
    assert!(page.contains("a.workflow.yaml:5"), "{page}");
    let renamed = server.rename(&uri, 4, "Done");
    assert!(
        renamed.contains("Done") && !renamed.contains("was"),
        "{renamed}"
    );
    // Once that is what git keeps, nothing is broken.
    fs::write(folder.0.join("a.workflow.yaml"), &text).expect("written");
    git(&folder.0, &["commit", "-qam", "second"]);
    let log = format!("file://{}/.git/logs/HEAD", folder.0.display());
    server.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": log, "type": 2 }] }),
    );
    let is_good = json!([]);
    server.wait(|message| {
        message["params"]["uri"] == uri && message["params"]["diagnostics"] == is_good
    });
    server.end();
}

#[cfg(unix)]
#[test]
fn a_hostile_workspace_starts_nothing_and_shows_nothing_of_the_machine() {
    use std::os::unix::fs::symlink;

    let folder = Folder::with(&[
        ("work/a.workflow.yaml", GOOD),
        (
            "work/statewright.toml",
            "baseline = \"../secret.toml\"\ninclude = [\"../*.toml\", \"**/*\"]\n",
        ),
        ("secret.toml", "password = \"hunter2\"\n"),
        ("secret.yaml", "workflow: hunter2\n"),
        ("work/deep.workflow.yaml", &"[".repeat(200_000)),
        ("work/large.workflow.yaml", &"a: 1\n".repeat(3_000_000)),
        (
            "work/.vscode/settings.json",
            "{ \"statewright.path\": \"./evil\" }",
        ),
    ]);
    let work = folder.0.join("work");
    let marker = folder.0.join("started");
    let evil = format!("#!/bin/sh\ntouch {}\n", marker.display());
    for name in ["git", "evil", "statewright"] {
        fs::write(work.join(name), &evil).expect("written");
        Command::new("chmod")
            .args(["+x", name])
            .current_dir(&work)
            .status()
            .expect("chmod");
    }
    symlink("../secret.yaml", work.join("link.workflow.yaml")).expect("a link");
    symlink("/", work.join("all")).expect("a link");
    Command::new("mkfifo")
        .arg(work.join("pipe.workflow.yaml"))
        .status()
        .expect("mkfifo");
    let at = Folder(work.clone());
    git(&at.0, &["init", "-q"]);
    git(&at.0, &["add", "a.workflow.yaml"]);
    git(&at.0, &["commit", "-qm", "first"]);
    let evil = work.join("evil").display().to_string();
    for name in [
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "diff.external",
        "filter.x.smudge",
        "filter.x.clean",
        "diff.x.textconv",
        "credential.helper",
        "gpg.program",
    ] {
        git(&at.0, &["config", name, &evil]);
    }
    git(
        &at.0,
        &["config", "core.hooksPath", &work.display().to_string()],
    );
    fs::write(work.join(".gitattributes"), "* filter=x diff=x\n").expect("written");
    let before = listed(&work);

    let mut server = Server::of(&at, &["--against", "HEAD"]);
    let uri = format!("file://{}/a.workflow.yaml", work.display());
    server.open(&uri, &GOOD.replace("Closed", "Over"));
    server.reported(&uri, "removed-states");
    let renamed = server.rename(&uri, 3, "Brand New");
    assert!(renamed.contains("was: [New]"), "{renamed}");
    server.ask("workspace/symbol", json!({ "query": "" }));
    let config = format!("file://{}/statewright.toml", work.display());
    server.ask(
        "textDocument/diagnostic",
        json!({ "textDocument": { "uri": config } }),
    );
    let said = Value::from(server.said.clone()).to_string();
    server.end();
    assert!(!said.contains("hunter2"), "{said}");
    assert!(!marker.exists(), "something was started");
    assert_eq!(listed(&work), before);
    std::mem::forget(at);
}

#[test]
fn a_preview_shows_what_changed_since_a_revision() {
    let folder = Folder::with(&[("a.workflow.yaml", GOOD)]);
    git(&folder.0, &["init", "-q"]);
    git(&folder.0, &["add", "."]);
    git(&folder.0, &["commit", "-qm", "first"]);
    folder.write("a.workflow.yaml", &GOOD.replace("Closed", "Over"));
    folder.write("b.workflow.yaml", &GOOD.replace("good", "other"));
    let preview = Preview::of(&folder, &["--against", "HEAD"]);
    let page = preview.own("page/0");
    assert!(page.contains("Closed") && page.contains("Over"), "{page}");
    // Git has no older version of this one.
    let page = preview.own("page/1");
    assert!(
        page.contains("Closed") && !page.contains("id=\"changes\""),
        "{page}"
    );
    drop(preview);
    let preview = Preview::of(&folder, &["--against", "nowhere"]);
    let page = preview.own("page/0");
    assert!(page.contains("git knows no revision `nowhere`"), "{page}");
}

/// The names of the files in a folder, and how large they are.
fn listed(folder: &std::path::Path) -> Vec<(String, u64)> {
    let all = fs::read_dir(folder).expect("a folder");
    let one = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.expect("an entry");
        let size = entry.path().symlink_metadata().expect("known").len();
        (entry.file_name().to_string_lossy().into_owned(), size)
    };
    let mut all: Vec<_> = all.map(one).collect();
    all.sort();
    all
}

/// A preview that runs, and its address.
struct Preview {
    child: Child,
    port: String,
    word: String,
}

impl Preview {
    fn of(folder: &Folder, arguments: &[&str]) -> Preview {
        let mut command = folder.command(&[&["preview"], arguments].concat());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("output"));
        out.read_line(&mut line).expect("its address");
        let rest = line
            .trim()
            .strip_prefix("http://127.0.0.1:")
            .expect("an address");
        let (port, word) = rest.trim_end_matches('/').split_once('/').expect("a word");
        Preview {
            child,
            port: port.to_owned(),
            word: word.to_owned(),
        }
    }

    fn get(&self, path: &str, host: &str) -> String {
        let mut stream =
            TcpStream::connect(format!("127.0.0.1:{}", self.port)).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn own(&self, path: &str) -> String {
        self.get(
            &format!("/{}/{path}", self.word),
            &format!("localhost:{}", self.port),
        )
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn a_preview_follows_every_save_and_answers_nobody_else() {
    let folder = Folder::new();
    let file = folder.0.join("a.workflow.yaml");
    fs::write(&file, GOOD).expect("written");
    let preview = Preview::of(&folder, &[]);
    assert!(preview.own("").contains("<iframe"));
    let page = preview.own("page/0");
    assert!(
        page.starts_with("HTTP/1.1 200 OK") && page.contains(">Closed<"),
        "{page}"
    );
    let first = preview.own("news/999");
    assert!(
        first.contains(r#""number":0,"names":["#) && first.contains("a.workflow.yaml"),
        "{first}"
    );
    fs::write(&file, GOOD.replace("Closed", "Done For Good")).expect("written");
    let news = preview.own("news/0");
    assert!(news.contains(r#""number":1"#), "{news}");
    assert!(preview.own("page/0").contains("Done For Good"));
    fs::write(&file, [0xff]).expect("written");
    preview.own("news/1");
    let broken = preview.own("page/0");
    assert!(
        broken.contains("text/plain") && broken.contains("line 1: "),
        "{broken}"
    );

    let host = format!("127.0.0.1:{}", preview.port);
    let path = format!("/{}/", preview.word);
    assert!(preview.get("/", &host).starts_with("HTTP/1.1 404"));
    assert!(
        preview
            .get("/guessed/page/0", &host)
            .starts_with("HTTP/1.1 404")
    );
    assert!(
        preview
            .get(&path, "example.org")
            .starts_with("HTTP/1.1 403")
    );
}

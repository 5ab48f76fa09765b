//! The program with an editor: the language server as Neovim starts it (skipped where that is not
//! installed) and as pytest-lsp's clients do, and the preview as a browser asks for it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::common::folder::Folder;

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

/// A preview that runs, and its address.
struct Preview {
    child: Child,
    port: String,
    word: String,
}

impl Preview {
    fn of(folder: &Folder) -> Preview {
        let mut command = folder.command(&["preview"]);
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
    let preview = Preview::of(&folder);
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

//! The life of a session: what is understood when, what is answered, what is told unasked.

use std::collections::{HashMap, VecDeque};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use gen_lsp_types as lsp;
use gen_lsp_types::{
    CodeActionKind, Diagnostic, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileChangeType, Request, Uri,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use statewright::editor::positions::Encoding;
use statewright::source::Syntax;

use super::pictures;
use super::project::{MOVES_OF_HEAD, Project};
use super::requests::{self, Answer, CONTENT_MODIFIED, Refusal};
use super::session::{Head, Markdown, Session};
use super::wire::{self, Read};
use super::{Arguments, uris};
use super::{actions, answers};
use crate::cli::io::Exit;
use crate::cli::io::output::complain;
use crate::cli::session::history;

/// JSON-RPC's and the protocol's numbers for why a request is not followed.
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
const INTERNAL_ERROR: i32 = -32603;
const NOT_INITIALIZED: i32 = -32002;
const CANCELLED: i32 = -32800;

/// A request waits so long for git, and no longer.
const FOR_GIT: Duration = Duration::from_secs(5);
/// So long an editor may take to answer that it shows progress.
const FOR_TOKEN: Duration = Duration::from_millis(300);
/// Whoever waits longer than this is shown that something is done.
const LONG: Duration = Duration::from_millis(300);

/// Where a session is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Running,
    ShutDown,
}

/// What has to be in the first request. Of all that an editor can do, little is asked.
#[derive(Deserialize)]
struct Begun {
    #[serde(rename = "capabilities")]
    _capabilities: serde_json::Map<String, Value>,
}

/// What the editor can do beyond what every editor can.
#[derive(Clone, Copy, Default)]
struct Can {
    /// It asks for what is reported, and can be told to ask again: then it is not told unasked.
    pull: bool,
    /// It watches files where it is asked to.
    watch: bool,
    /// It shows how far something is.
    progress: bool,
}

/// A session with an editor.
pub struct Server<'a> {
    output: Box<dyn Write + 'a>,
    stage: Stage,
    can: Can,
    /// What is known of the texts.
    session: Session<'a>,
    /// Where what others find out comes in among the messages.
    send: Sender<Read>,
    /// Requests that wait for git, the number of what it was asked for the first of them, and
    /// until when they wait.
    parked: Vec<Read>,
    asked: u32,
    patience: Option<Instant>,
    /// Whether git is asked for an older version of the files, and whether it is to be asked again.
    asks_older: bool,
    asks_again: bool,
    /// The last word for the progress of something, and whether the editor has taken it.
    token: Option<(u32, bool)>,
    /// How long it took to read everything.
    took: Option<Duration>,
    /// What was told last, by address.
    told: HashMap<String, Vec<Diagnostic>>,
    /// Whether what was told last may no longer be so.
    is_news: bool,
    next_id: u32,
}

impl<'a> Server<'a> {
    pub fn new(arguments: &'a Arguments, send: Sender<Read>, output: impl Write + 'a) -> Self {
        Server {
            output: Box::new(output),
            stage: Stage::New,
            can: Can::default(),
            session: Session::new(arguments),
            send,
            parked: Vec::new(),
            asked: 0,
            patience: None,
            asks_older: false,
            asks_again: false,
            token: None,
            took: None,
            told: HashMap::new(),
            is_news: false,
            next_id: 0,
        }
    }

    /// Does what comes, until the editor ends the session.
    pub fn serve(&mut self, receive: &Receiver<Read>) -> Exit {
        let mut waiting: VecDeque<Read> = VecDeque::new();
        loop {
            // With nothing left to do, what is reported now is told.
            waiting.extend(receive.try_iter());
            if waiting.is_empty() && self.is_news {
                // An editor that shows progress takes the word for it at once.
                if self.session.is_outdated && matches!(self.token, Some((_, false))) {
                    waiting.extend(receive.recv_timeout(FOR_TOKEN));
                }
                if waiting.is_empty() {
                    self.tell();
                    waiting.extend(receive.try_iter());
                }
            }
            if waiting.is_empty() {
                let read = match self.patience {
                    None => receive.recv().map_err(|_| RecvTimeoutError::Disconnected),
                    Some(until) => {
                        receive.recv_timeout(until.saturating_duration_since(Instant::now()))
                    }
                };
                match read {
                    Ok(read) => waiting.push_back(read),
                    Err(RecvTimeoutError::Timeout) => self.resume(Head::Late),
                    Err(RecvTimeoutError::Disconnected) => return self.ended(),
                }
            }
            waiting.extend(receive.try_iter());
            self.drop_cancelled(&mut waiting);
            match waiting.pop_front() {
                None => {}
                Some(Read::End) => return self.ended(),
                Some(Read::Unframed(why)) => {
                    complain(&format!("the editor's messages cannot be read on: {why}"));
                    return Exit::Unreadable;
                }
                Some(Read::Notification { method, .. }) if method == "exit" => {
                    return self.ended();
                }
                Some(read) => self.do_one(read),
            }
        }
    }

    /// The specification asks for 1 where no shutdown came before.
    fn ended(&self) -> Exit {
        match self.stage {
            Stage::ShutDown => Exit::Good,
            _ => Exit::Errors,
        }
    }

    /// Answers requests that wait and are no longer wanted.
    fn drop_cancelled(&mut self, waiting: &mut VecDeque<Read>) {
        let cancelled: Vec<Value> = waiting
            .iter()
            .filter_map(|read| match read {
                Read::Notification { method, params } if method == "$/cancelRequest" => {
                    params.get("id").cloned()
                }
                _ => None,
            })
            .collect();
        if cancelled.is_empty() {
            return;
        }
        let mut gone = Vec::new();
        let mut stays = |read: &Read| match read {
            Read::Request { id, .. } if cancelled.contains(id) => {
                gone.push(id.clone());
                false
            }
            _ => true,
        };
        waiting.retain(&mut stays);
        self.parked.retain(stays);
        for id in gone {
            self.send(&wire::refusal(id, CANCELLED, "cancelled"));
        }
    }

    fn do_one(&mut self, read: Read) {
        if self.waits_for_git(&read) {
            return self.parked.push(read);
        }
        self.do_now(read);
    }

    fn do_now(&mut self, read: Read) {
        match read {
            Read::Request { id, method, params } => {
                let work = AssertUnwindSafe(|| self.answer(&method, params));
                let answer = match catch_unwind(work) {
                    Ok(Ok(result)) => wire::answer(id, result),
                    Ok(Err(Refusal(code, text))) => wire::refusal(id, code, &text),
                    Err(_) => {
                        self.recover();
                        wire::refusal(id, INTERNAL_ERROR, "a bug in statewright; please report it")
                    }
                };
                self.send(&answer);
                for note in std::mem::take(self.session.notes.get_mut()) {
                    self.show(&note);
                }
            }
            Read::Notification { method, params } => {
                let work = AssertUnwindSafe(|| self.notice(&method, params));
                if catch_unwind(work).is_err() {
                    self.recover();
                }
            }
            Read::Refused { code, message } => {
                self.send(&wire::refusal(Value::Null, code, message));
            }
            Read::Answer { id, is_error } => {
                if let Some((token, is_taken)) = &mut self.token
                    && id == *token
                {
                    *is_taken = true;
                    self.token.take_if(|_| is_error);
                }
            }
            Read::Head { number, answers } if number == self.asked => {
                self.resume(Head::Known(answers));
            }
            Read::Head { .. } => {}
            Read::Older(answers) => self.older(answers),
            Read::Unframed(_) | Read::End => {}
        }
    }

    /// After a bug nothing that was made before is trusted.
    fn recover(&mut self) {
        self.session.project = None;
        self.session.is_outdated = true;
    }

    /// Whether a request is about what git keeps of a text, which is asked for it then: to change a name,
    /// as that decides whether the former one has to be written, or to show what changed.
    fn waits_for_git(&mut self, read: &Read) -> bool {
        let Read::Request { method, params, .. } = read else {
            return false;
        };
        let is_rename = method == lsp::RenameRequest::METHOD.as_str();
        let is_page = method == pictures::PageRequest::METHOD.as_str();
        let is_of_both = is_page && params["changes"] == true;
        if self.stage != Stage::Running || !(is_rename || is_of_both) {
            return false;
        }
        if catch_unwind(AssertUnwindSafe(|| self.settle())).is_err() {
            self.recover();
        }
        let uri = address(params);
        let Some(question) = uri.and_then(|uri| self.session.head_question(uri)) else {
            return false;
        };
        if self.parked.is_empty() {
            self.asked += 1;
            self.patience = Some(Instant::now() + FOR_GIT);
            let (number, send) = (self.asked, self.send.clone());
            // Where the session has ended meanwhile nobody wants to know.
            let told = move |answers| _ = send.send(Read::Head { number, answers });
            return history::ask(vec![question], told).is_ok();
        }
        true
    }

    /// Answers the first request that waits for git. What it has not answered in time is not waited
    /// for again.
    fn resume(&mut self, head: Head) {
        let is_late = matches!(head, Head::Late);
        let mut parked = std::mem::take(&mut self.parked).into_iter();
        self.patience = None;
        self.session.head = head;
        let first = if is_late { parked.len() } else { 1 };
        for read in parked.by_ref().take(first) {
            self.do_now(read);
        }
        self.session.head = Head::None;
        parked.for_each(|read| self.do_one(read));
    }

    /// Refuses what waits for git and is about a text that is another one now.
    fn drop_parked(&mut self, uri: &str) {
        let is_of = |read: &Read| match read {
            Read::Request { params, .. } => address(params) == Some(uri),
            _ => false,
        };
        let (gone, kept) = std::mem::take(&mut self.parked)
            .into_iter()
            .partition(is_of);
        self.parked = kept;
        for read in gone {
            if let Read::Request { id, .. } = read {
                self.send(&wire::refusal(id, CONTENT_MODIFIED, "the text has changed"));
            }
        }
    }

    /// Asks git for the older version that the files are held against, if they are.
    fn ask_older(&mut self) {
        if self.asks_older {
            self.asks_again = true;
            return;
        }
        let questions = self.session.older_questions();
        if !questions.is_empty() {
            let send = self.send.clone();
            let told = move |answers| _ = send.send(Read::Older(answers));
            self.asks_older = history::ask(questions, told).is_ok();
        }
    }

    fn older(&mut self, answers: history::Answers) {
        self.asks_older = false;
        self.session.older.clear();
        for answer in answers {
            match answer {
                Ok(kept) => {
                    let unread = kept.files.values().filter_map(|file| file.as_ref().err());
                    let unread: Vec<String> = unread.cloned().collect();
                    self.session.older.push(kept);
                    unread.iter().for_each(|why| self.show(why));
                }
                Err(why) => self.show(&format!("nothing is held against an older version: {why}")),
            }
        }
        if let Some(project) = &mut self.session.project {
            project.is_stale = true;
        }
        self.is_news = true;
        if std::mem::take(&mut self.asks_again) {
            self.ask_older();
        }
    }

    /// Shows a person something that is not as it should be.
    fn show(&mut self, text: &str) {
        let message = json!({ "type": 2, "message": format!("statewright: {text}") });
        self.send(&wire::notification("window/showMessage", message));
    }

    /// Reads everything where that is to be done, and brings what is known up to the texts as they are.
    fn settle(&mut self) {
        if self.session.is_outdated {
            let is_long = self.took.is_none_or(|took| took > LONG);
            let token = self.token.take_if(|(_, is_taken)| is_long && *is_taken);
            if let Some((token, _)) = token {
                self.progress(
                    token,
                    json!({ "kind": "begin", "title": "Statewright: reading workflows" }),
                );
            }
            let begun = Instant::now();
            self.session.read_all();
            self.session.settle();
            self.took = Some(begun.elapsed());
            if let Some((token, _)) = token {
                self.progress(token, json!({ "kind": "end" }));
                self.ask_token();
            }
            self.ask_older();
        }
        self.session.settle();
    }

    fn progress(&mut self, token: u32, value: Value) {
        let value = json!({ "token": token, "value": value });
        self.send(&wire::notification("$/progress", value));
    }

    /// Asks for a word to show progress with, where the editor does.
    fn ask_token(&mut self) {
        if self.can.progress {
            self.token = Some((self.next_id + 1, false));
            let token = json!({ "token": self.next_id + 1 });
            self.ask("window/workDoneProgress/create", token);
        }
    }

    fn send(&mut self, message: &Value) {
        // Where nobody reads any more, nobody writes for long: the end of input ends the session.
        if let Err(error) = wire::write(&mut self.output, message) {
            complain(&format!("the editor no longer listens: {error}"));
        }
    }

    fn ask(&mut self, method: &str, params: Value) {
        self.next_id += 1;
        let request = wire::request(self.next_id, method, params);
        self.send(&request);
    }

    fn answer(&mut self, method: &str, params: Value) -> Answer<Value> {
        match (self.stage, method) {
            (Stage::New, "initialize") => {
                // What lies deep is read where it is there; whether all is as it should be is told first.
                parsed::<Begun>(params.clone())?;
                return Ok(self.initialize(&params));
            }
            (Stage::New, _) => {
                let text = "the first request is `initialize`".to_owned();
                return Err(Refusal(NOT_INITIALIZED, text));
            }
            (Stage::Running, "shutdown") => {
                self.stage = Stage::ShutDown;
                return Ok(Value::Null);
            }
            (Stage::Running, "initialize") => {
                let text = "the session is initialized already".to_owned();
                return Err(Refusal(wire::INVALID_REQUEST, text));
            }
            (Stage::ShutDown, _) => {
                let text = "the session is shut down".to_owned();
                return Err(Refusal(wire::INVALID_REQUEST, text));
            }
            (Stage::Running, _) => {}
        }
        self.settle();
        let mut asked = Asked {
            server: self,
            method,
            params,
            answer: None,
        };
        asked
            .when::<lsp::HoverRequest>(requests::hover)
            .when::<lsp::CompletionRequest>(requests::completion)
            .when::<lsp::DefinitionRequest>(requests::definition)
            .when::<lsp::ReferencesRequest>(requests::references)
            .when::<lsp::DocumentHighlightRequest>(requests::highlights)
            .when::<lsp::PrepareRenameRequest>(requests::prepare_rename)
            .when::<lsp::RenameRequest>(requests::rename)
            .when::<lsp::DocumentSymbolRequest>(requests::symbols)
            .when::<lsp::WorkspaceSymbolRequest>(requests::workspace_symbols)
            .when::<lsp::FoldingRangeRequest>(requests::folds)
            .when::<lsp::SelectionRangeRequest>(requests::selections)
            .when::<lsp::SemanticTokensRequest>(requests::tokens)
            .when::<lsp::SemanticTokensRangeRequest>(requests::tokens_in)
            .when::<lsp::InlayHintRequest>(requests::hints)
            .when::<lsp::CodeLensRequest>(requests::lenses)
            .when::<lsp::DocumentFormattingRequest>(requests::formatting)
            .when::<lsp::DocumentRangeFormattingRequest>(requests::formatting_of_range)
            .when::<lsp::DocumentDiagnosticRequest>(requests::diagnostics)
            .when::<lsp::CodeActionRequest>(actions::code_actions)
            .when::<lsp::CodeActionResolveRequest>(actions::resolve)
            .when::<pictures::PageRequest>(pictures::page)
            .when::<pictures::PlaceRequest>(pictures::place)
            .when::<pictures::StateRequest>(pictures::state);
        asked.answer.unwrap_or_else(|| {
            let text = format!("`{method}` is not understood");
            Err(Refusal(METHOD_NOT_FOUND, text))
        })
    }

    fn initialize(&mut self, params: &Value) -> Value {
        const ENCODINGS: [(&str, Encoding); 3] = [
            ("utf-8", Encoding::Utf8),
            ("utf-16", Encoding::Utf16),
            ("utf-32", Encoding::Utf32),
        ];
        let offered = params.pointer("/capabilities/general/positionEncodings");
        let known = |name: &Value| ENCODINGS.into_iter().find(|(known, _)| name == known);
        let mut offered = offered.and_then(Value::as_array).into_iter().flatten();
        let chosen = offered.find_map(known);
        let (name, encoding) = chosen.unwrap_or(("utf-16", Encoding::Utf16));
        self.session.encoding = encoding;
        self.can = Can::of(params);
        self.session.shows = shows(params);
        self.session.resolves = resolves(params);
        self.session.folders = folders(params);
        self.stage = Stage::Running;
        let kinds = [
            CodeActionKind::QuickFix,
            CodeActionKind::Refactor,
            CodeActionKind::Custom(actions::FIX_ALL.into()),
        ];
        let mut can = json!({
            "positionEncoding": name,
            "textDocumentSync": { "openClose": true, "change": 2, "save": {} },
            "completionProvider": { "triggerCharacters": [":", " ", "[", "{", "\"", "(", ",", "."] },
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "codeActionProvider": {
                "codeActionKinds": kinds,
                "resolveProvider": self.session.resolves,
            },
            "codeLensProvider": {},
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
            "renameProvider": { "prepareProvider": true },
            "foldingRangeProvider": true,
            "selectionRangeProvider": true,
            "semanticTokensProvider": { "legend": answers::legend(), "full": true, "range": true },
            "inlayHintProvider": true,
            "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
        });
        if self.can.pull {
            let pull = json!({ "interFileDependencies": true, "workspaceDiagnostics": false });
            can["diagnosticProvider"] = pull;
        }
        json!({
            "capabilities": can,
            "serverInfo": { "name": "statewright", "version": env!("CARGO_PKG_VERSION") },
        })
    }

    fn notice(&mut self, method: &str, params: Value) {
        if self.stage != Stage::Running {
            return;
        }
        match method {
            "initialized" => self.begin(),
            "textDocument/didOpen" => {
                if let Ok(params) = parsed::<DidOpenTextDocumentParams>(params) {
                    let text = params.text_document;
                    let language = serde_json::to_value(&text.language_id).unwrap_or_default();
                    let language = language.as_str().unwrap_or_default().to_owned();
                    let uri = text.uri.0;
                    let (version, text) = (text.version, text.text);
                    self.session.open.add(uri.clone(), language, version, text);
                    self.take_in(&uri);
                }
            }
            "textDocument/didChange" => self.change(&params),
            "textDocument/didClose" => {
                if let Ok(params) = parsed::<DidCloseTextDocumentParams>(params) {
                    self.drop_parked(&params.text_document.uri.0);
                    let closed = self.session.open.close(&params.text_document.uri.0);
                    // What lies on the disk counts again.
                    if closed.is_some_and(|open| open.matters()) {
                        self.read_all();
                    }
                }
            }
            // What lies on the disk counts for other files: configurations, baselines.
            "textDocument/didSave" => self.read_all_if(|path| !is_workflow(path), &params),
            "workspace/didChangeWatchedFiles" => {
                if let Ok(params) = parsed::<DidChangeWatchedFilesParams>(params) {
                    let counts = |uri: &Uri, kind: &FileChangeType| {
                        let path = uris::path(&uri.0);
                        let is_open = self.session.open.get(&uri.0).is_some();
                        let is_change = *kind == FileChangeType::Changed;
                        path.is_some_and(|path| {
                            Project::concerns(&path)
                                && !(is_open && is_change && is_workflow(&path))
                        })
                    };
                    if params
                        .changes
                        .iter()
                        .any(|event| counts(&event.uri, &event.kind))
                    {
                        self.read_all();
                    }
                }
            }
            "workspace/didChangeWorkspaceFolders" => {
                if let Ok(params) = parsed::<DidChangeWorkspaceFoldersParams>(params) {
                    let path = |uri: &Uri| uris::path(&uri.0);
                    let gone: Vec<_> = params
                        .event
                        .removed
                        .iter()
                        .filter_map(|f| path(&f.uri))
                        .collect();
                    self.session.folders.retain(|folder| !gone.contains(folder));
                    let new = params.event.added.iter().filter_map(|f| path(&f.uri));
                    self.session.folders.extend(new);
                    self.read_all();
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self) {
        self.ask_token();
        if self.can.watch {
            let heads = format!("**/{MOVES_OF_HEAD}");
            let globs = ["**/*.{yaml,yml,toml}", "**/.gitignore", &heads];
            let watchers: Vec<Value> = globs
                .iter()
                .map(|glob| json!({ "globPattern": glob }))
                .collect();
            self.ask(
                "client/registerCapability",
                json!({ "registrations": [{
                    "id": "files",
                    "method": "workspace/didChangeWatchedFiles",
                    "registerOptions": { "watchers": watchers },
                }] }),
            );
        }
        self.read_all();
    }

    fn read_all_if(&mut self, counts: impl Fn(&std::path::Path) -> bool, params: &Value) {
        let uri = address(params);
        let path = uri.and_then(uris::path);
        if path.is_some_and(|path| Project::concerns(&path) && counts(&path)) {
            self.read_all();
        }
    }

    /// Everything is to be read anew, once somebody asks or nothing else is left to do.
    fn read_all(&mut self) {
        self.session.is_outdated = true;
        self.is_news = true;
    }

    /// Brings a text in that is new or another one.
    fn take_in(&mut self, uri: &str) {
        match self.session.take_in(uri) {
            true => self.is_news = true,
            false => self.read_all(),
        }
    }

    /// Takes changes of a text, one after the other.
    fn change(&mut self, params: &Value) {
        let uri = address(params);
        uri.iter().for_each(|uri| self.drop_parked(uri));
        let version = params
            .pointer("/textDocument/version")
            .and_then(Value::as_i64);
        let changes = params.get("contentChanges").and_then(Value::as_array);
        let (Some(uri), Some(changes)) = (uri, changes) else {
            return;
        };
        let encoding = self.session.encoding;
        let Some(open) = self.session.open.get_mut(uri) else {
            return;
        };
        for change in changes {
            let Some(new) = change.get("text").and_then(Value::as_str) else {
                continue;
            };
            // A change with a range that cannot be read is none of the whole text.
            let range = change.get("range").filter(|range| !range.is_null());
            let Some(range) = range else {
                open.text = new.to_owned();
                continue;
            };
            if let Ok(range) = serde_json::from_value::<lsp::Range>(range.clone()) {
                open.replace(range, new, encoding);
            }
        }
        open.version = version.map_or(open.version, |version| version as i32);
        let uri = open.uri.clone();
        self.take_in(&uri);
    }

    /// Tells what is reported now: of everything, also that nothing is any more.
    fn tell(&mut self) {
        self.is_news = false;
        let settle = AssertUnwindSafe(|| self.settle());
        if catch_unwind(settle).is_err() {
            self.session.project = None;
            return;
        }
        if self.can.pull {
            return self.ask("workspace/diagnostic/refresh", Value::Null);
        }
        let Some(project) = &self.session.project else {
            return;
        };
        let mut all: HashMap<String, Vec<Diagnostic>> = HashMap::new();
        for (source, reports) in project.reports() {
            if let Some(uri) = project.uri(*source, &self.session.open) {
                let told = reports.iter().filter_map(|found| self.session.told(found));
                all.entry(uri).or_default().extend(told);
            }
        }
        // A text that is open is told of, also where all is well: the editor knows then that it was
        // looked at.
        for open in self.session.open.iter().filter(|open| open.is_workflow()) {
            all.entry(open.uri.clone()).or_default();
        }
        let gone = self.told.keys().filter(|uri| !all.contains_key(*uri));
        let gone: Vec<String> = gone.cloned().collect();
        for uri in gone {
            self.told.remove(&uri);
            self.publish(&uri, &[]);
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (uri, reports) in all {
            // Of other files hardly anything changes while somebody types in one.
            let is_known = self.told.get(&uri) == Some(&reports);
            if !is_known || self.session.open.get(&uri).is_some() {
                self.publish(&uri, &reports);
                self.told.insert(uri, reports);
            }
        }
    }

    fn publish(&mut self, uri: &str, reports: &[Diagnostic]) {
        let version = self.session.open.get(uri).map(|open| open.version);
        let mut params = json!({ "uri": uri, "diagnostics": reports });
        if let Some(version) = version {
            params["version"] = version.into();
        }
        let message = wire::notification("textDocument/publishDiagnostics", params);
        self.send(&message);
    }
}

/// A request that is looked for among those that are understood.
struct Asked<'s, 'a> {
    server: &'s Server<'a>,
    method: &'s str,
    params: Value,
    answer: Option<Answer<Value>>,
}

impl Asked<'_, '_> {
    /// Answers it with `work`, where it is this one.
    fn when<R: Request>(
        &mut self,
        work: fn(&Session, R::Params) -> Answer<R::Result>,
    ) -> &mut Self {
        if self.answer.is_none() && R::METHOD.as_str() == self.method {
            let params = std::mem::take(&mut self.params);
            let answer = parsed(params).and_then(|params| work(&self.server.session, params));
            let told = |result| {
                serde_json::to_value(result)
                    .map_err(|error| Refusal(INTERNAL_ERROR, error.to_string()))
            };
            self.answer = Some(answer.and_then(told));
        }
        self
    }
}

/// The address of the text that a message is about.
fn address(params: &Value) -> Option<&str> {
    params.pointer("/textDocument/uri").and_then(Value::as_str)
}

fn parsed<T: DeserializeOwned>(params: Value) -> Answer<T> {
    serde_json::from_value(params).map_err(|error| Refusal(INVALID_PARAMS, error.to_string()))
}

impl Can {
    fn of(params: &Value) -> Can {
        let says = |path: &str| params.pointer(path).and_then(Value::as_bool) == Some(true);
        let pulls = params.pointer("/capabilities/textDocument/diagnostic");
        Can {
            pull: pulls.is_some_and(|pulls| !pulls.is_null())
                && says("/capabilities/workspace/diagnostics/refreshSupport"),
            progress: says("/capabilities/window/workDoneProgress"),
            watch: says("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration"),
        }
    }
}

/// Whether the editor asks for the edits of an action once that is chosen, and sends back what it was
/// given for that.
fn resolves(params: &Value) -> bool {
    let all = "/capabilities/textDocument/codeAction";
    let all = params.pointer(all).unwrap_or(&Value::Null);
    let late = all.pointer("/resolveSupport/properties");
    let late = late.and_then(Value::as_array);
    all["dataSupport"] == true && late.is_some_and(|late| late.iter().any(|name| name == "edit"))
}

/// Where the editor shows Markdown, as it says.
fn shows(params: &Value) -> Markdown {
    let takes = |path: &str| {
        let formats = params.pointer(path).and_then(Value::as_array);
        formats.is_some_and(|formats| formats.iter().any(|format| format == "markdown"))
    };
    Markdown {
        hovers: takes("/capabilities/textDocument/hover/contentFormat"),
        candidates: takes(
            "/capabilities/textDocument/completion/completionItem/documentationFormat",
        ),
    }
}

/// The folders that the editor has open. The root of the file system and a person's home are no
/// projects: an editor that has no folder says one of them.
fn folders(params: &Value) -> Vec<PathBuf> {
    let text = |name: &str| params.get(name).and_then(Value::as_str);
    let listed = params.get("workspaceFolders").and_then(Value::as_array);
    let listed: Vec<PathBuf> = listed
        .into_iter()
        .flatten()
        .filter_map(|folder| uris::path(folder.get("uri")?.as_str()?))
        .collect();
    let root = || text("rootUri").and_then(uris::path);
    let path = || text("rootPath").map(PathBuf::from);
    let mut folders = match listed.is_empty() {
        true => root().or_else(path).into_iter().collect(),
        false => listed,
    };
    let home = std::env::home_dir();
    folders.retain(|folder| {
        let is_project = folder.parent().is_some() && Some(folder) != home.as_ref();
        is_project && folder.is_dir()
    });
    folders
}

fn is_workflow(path: &std::path::Path) -> bool {
    statewright::config::files::is_workflow_file(path)
        && Syntax::of_file_name(&path.to_string_lossy()).is_some()
}

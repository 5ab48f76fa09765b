// A thin extension: it finds the program, starts its language server, and shows the page of a workflow.
"use strict";

const { randomBytes } = require("node:crypto");
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");
const { program, missing, words, selector } = require("./program.js");
const { inPanel, message } = require("./picture.js");

/** The protocol's number for an answer that nobody needs any more. */
const CONTENT_MODIFIED = -32801;

/** @type {LanguageClient | undefined} */
let client;
/** @type {vscode.WebviewPanel | undefined} */
let panel;
/** The address of the text that the panel shows. */
let shown;

/** The settings that the program is started with. */
const settings = ["path", "against"];

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("statewright.restart", restart),
    vscode.commands.registerCommand("statewright.showPicture", () => showPicture(false)),
    vscode.commands.registerCommand("statewright.showChanges", () => showPicture(true)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (settings.some((name) => event.affectsConfiguration(`statewright.${name}`))) restart();
    }),
    vscode.workspace.onDidChangeTextDocument((event) => draw(event.document)),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      // The text that is changed is drawn anew, which shows the page as it was.
      if (kind !== undefined) follow(textEditor);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (panel && editor && isWorkflow(editor.document)) {
        shown = editor.document.uri.toString();
        draw(editor.document);
      }
    }),
  );
  await start();
}

async function start() {
  const [setting, against] = settings.map((name) => vscode.workspace.getConfiguration("statewright").get(name, ""));
  const command = program(setting, process.env, process.platform);
  if (!command) {
    const choice = await vscode.window.showErrorMessage(missing(setting), "Open the Setting");
    if (choice) vscode.commands.executeCommand("workbench.action.openSettings", "statewright.path");
    return;
  }
  client = new LanguageClient(
    "statewright",
    "Statewright",
    { command, args: words(against), transport: TransportKind.stdio },
    {
      documentSelector: selector(),
    },
  );
  await client.start();
}

async function restart() {
  await deactivate();
  await start();
}

async function deactivate() {
  const old = client;
  client = undefined;
  if (old) await old.dispose();
}

function isWorkflow(document) {
  return /\.workflow\.(yaml|yml|toml)$/.test(document.uri.path) || document.isUntitled;
}

/** Shows the picture of the text, with what changed since the last commit where that is asked for. */
async function showPicture(withChanges) {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  changes = withChanges;
  shown = editor.document.uri.toString();
  if (!panel) {
    panel = vscode.window.createWebviewPanel("statewright", "Workflow", vscode.ViewColumn.Beside, {
      enableScripts: true,
      localResourceRoots: [],
    });
    panel.onDidDispose(() => { panel = undefined; });
    panel.webview.onDidReceiveMessage(({ state }) => reveal(state));
  }
  await draw(editor.document);
}

let waiting;
let changes = false;

/** Draws the text anew, once the typing pauses. */
function draw(document) {
  if (!panel || document.uri.toString() !== shown) return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    if (!client || !panel) return;
    const textDocument = { uri: client.code2ProtocolConverter.asUri(document.uri) };
    try {
      const page = await client.sendRequest("statewright/page", { textDocument, changes });
      if (!panel || document.uri.toString() !== shown) return;
      panel.title = page.title;
      panel.webview.html = inPanel(page.html, randomBytes(16).toString("base64"));
    } catch (error) {
      // A text that has changed meanwhile is drawn by then.
      if (panel && error.code !== CONTENT_MODIFIED) panel.webview.html = message(error.message);
    }
  }, 150);
}

/** The state that the page and the text are both at: what follows from telling the one of the other is no news. */
let current;

/** Shows the state at the cursor in the page. */
async function follow(editor) {
  if (!client || !panel || editor.document.uri.toString() !== shown) return;
  const textDocument = { uri: client.code2ProtocolConverter.asUri(editor.document.uri) };
  const position = client.code2ProtocolConverter.asPosition(editor.selection.active);
  const state = await client.sendRequest("statewright/state", { textDocument, position });
  if (!state || state === current || !panel) return;
  current = state;
  panel.webview.postMessage({ state });
}

/** Goes to the line of the state that was chosen in the page. */
async function reveal(state) {
  if (!client || typeof state !== "string" || state === current) return;
  current = state;
  const document = vscode.workspace.textDocuments.find((d) => d.uri.toString() === shown);
  if (!document) return;
  const textDocument = { uri: client.code2ProtocolConverter.asUri(document.uri) };
  const range = await client.sendRequest("statewright/place", { textDocument, state });
  if (!range) return;
  const selection = client.protocol2CodeConverter.asRange(range);
  const column = vscode.window.visibleTextEditors.find((e) => e.document === document)?.viewColumn;
  await vscode.window.showTextDocument(document, { selection, viewColumn: column, preserveFocus: true });
}

module.exports = { activate, deactivate };

"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { program, missing, words, selector } = require("../src/program.js");
const { inPanel, message } = require("../src/picture.js");

const there = (...files) => (file) => files.includes(file);

test("the first program on PATH is taken", () => {
  const environment = { PATH: "/a:/b:/c" };
  assert.strictEqual(program("", environment, "linux", there("/b/statewright", "/c/statewright")), "/b/statewright");
  assert.strictEqual(program("", environment, "linux", there()), undefined);
});

test("no folder that is open can name a program", () => {
  const environment = { PATH: ".:bin:/b" };
  const all = () => true;
  assert.strictEqual(program("", environment, "linux", all), "/b/statewright");
  assert.strictEqual(program("bin/statewright", environment, "linux", all), undefined);
});

test("the setting wins, and home may be short", () => {
  const environment = { PATH: "/b", HOME: "/home/ada" };
  assert.strictEqual(program("/x/sw", environment, "linux", there("/x/sw")), "/x/sw");
  assert.strictEqual(program("~/sw", environment, "linux", there("/home/ada/sw")), "/home/ada/sw");
  assert.strictEqual(program("/gone", environment, "linux", there("/b/statewright")), undefined);
  assert.match(missing("/gone"), /statewright\.path names/);
  assert.match(missing(""), /not on PATH/);
});

test("a setting is one word of what the program is told", () => {
  assert.deepStrictEqual(words(""), ["lsp"]);
  assert.deepStrictEqual(words("HEAD --x"), ["lsp", "--against=HEAD --x"]);
});

test("patterns are such as VS Code reads", () => {
  for (const { pattern } of selector()) assert.doesNotMatch(pattern ?? "", /\{[^}]*\{/);
});

test("the panel's script is let in beside the page's own", () => {
  const page = `<meta content="default-src 'none'; script-src 'sha256-x'; style-src 'y'"><body>picture</body>`;
  const shown = inPanel(page, "abc");
  assert.match(shown, /script-src 'sha256-x' 'nonce-abc';/);
  assert.match(shown, /<script nonce="abc">[^]*<\/script><\/body>/);
  assert.ok(!message("<b>").includes("<b>"));
});

test("what the manifest names is there", () => {
  const root = path.join(__dirname, "..");
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  for (const { path: file } of manifest.contributes.snippets) {
    const snippets = JSON.parse(fs.readFileSync(path.join(root, file), "utf8"));
    for (const kind of ["workflow", "state", "transition", "allow", "forbid", "pass", "reach", "never", "separate"]) {
      assert.ok(Object.values(snippets).some(({ prefix }) => prefix === kind), `${file} has no ${kind}`);
    }
  }
  const source = fs.readFileSync(path.join(root, "src/extension.js"), "utf8");
  for (const { command } of manifest.contributes.commands) {
    assert.ok(source.includes(`"${command}"`), `${command} is not registered`);
  }
  assert.strictEqual(manifest.contributes.configuration.properties["statewright.path"].scope, "machine");
});

// Which program is started. Only the settings of the machine and PATH say so, never a workspace.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

/**
 * The program that the setting names, or the first one on PATH; undefined where there is none.
 * Relative entries of PATH are left out: they would name a program of the folder that is open.
 */
function program(setting, environment, platform, isFile = isExecutable) {
  if (setting) {
    const given = setting.startsWith("~/") ? path.join(environment.HOME ?? "", setting.slice(2)) : setting;
    return path.isAbsolute(given) && isFile(given) ? given : undefined;
  }
  const name = platform === "win32" ? "statewright.exe" : "statewright";
  const separator = platform === "win32" ? ";" : ":";
  const search = environment.PATH ?? environment.Path ?? "";
  return search
    .split(separator)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find(isFile);
}

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** What is said where there is no program. */
function missing(setting) {
  return setting
    ? `Statewright: no program is at \`${setting}\`, which the setting statewright.path names (a whole path is wanted).`
    : "Statewright: the program `statewright` is not on PATH. Install it, or name it in the setting statewright.path.";
}

/** What the program is told: one word, so that no setting can say anything else. */
function words(against) {
  return against ? ["lsp", `--against=${against}`] : ["lsp"];
}

/**
 * Which texts the program is told of: all that may be a workflow or a configuration, of which it knows
 * best. VS Code has no TOML of its own, and no braces within braces in its patterns.
 */
function selector() {
  const of = (scheme) => [{ scheme, language: "yaml" }, { scheme, language: "toml" }];
  return [...of("file"), ...of("untitled"), { scheme: "file", pattern: "**/*.toml" }];
}

module.exports = { program, missing, words, selector };

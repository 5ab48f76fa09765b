// Has the real programs draw every name of names.json as a state, a transition and a title, as statewright writes them,
// and compares what is drawn with what was meant.
//
//     npm install --no-package-lock && node names.mjs ../../target/release/statewright [RENDERER …]
//
// A renderer is a version of Mermaid (drawn in Chromium), d2, smcat, plantuml or dot; without any, all that are there.
// Ends with an error where a name does not come back, or where none could be tried.

import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
// Where its packages are installed: here, or in a copy of this folder that RENDERERS names.
const modules = path.join(process.env.RENDERERS || here, "node_modules");
const load = async (file) => {
  const whole = path.join(modules, file);
  return fs.existsSync(whole) ? import(pathToFileURL(whole)) : undefined;
};
const [binary, ...wanted] = process.argv.slice(2);
const names = JSON.parse(fs.readFileSync(path.join(here, "names.json"), "utf8"));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "renderers-"));

// Each name in a workflow of its own, so that one that breaks its picture is found.
const spelt = (text) => '"' + [...text].map((c) => {
  const n = c.codePointAt(0);
  return n < 0x7f && n > 0x1f && c !== '"' && c !== "\\" ? c : "\\U" + n.toString(16).padStart(8, "0");
}).join("") + '"';
names.forEach((name, index) => {
  const text = spelt(name);
  fs.writeFileSync(path.join(folder, `w${index}.workflow.yaml`), `workflow: w${index}
name: ${text}
start: ${text}
states:
  ${text}: { category: open }
  Zz Mid: { category: open }
  Zz End: { category: closed, final: true }
transitions:
  - { name: ${text}, from: ${text}, to: Zz End }
  - { name: ${text}, from: ${text}, to: Zz Mid, who: clerk }
  - { name: ${text}, from: ${text}, to: ${text} }
`);
});

function pictures(notation, ending) {
  const out = path.join(folder, notation);
  const done = spawnSync(binary, ["diagram", "--no-config", folder, "--notation", notation, "--show", "none", "--out", out + "/"], { encoding: "utf8" });
  if (!fs.existsSync(path.join(out, `w0.${ending}`))) throw new Error(done.stderr);
  return names.map((_, index) => fs.readFileSync(path.join(out, `w${index}.${ending}`), "utf8"));
}

// What is drawn in the place of a name: hard blanks look like blanks, and what nobody can see is not looked for.
const looks = (text) => text.replace(/\u00a0/g, " ").replace(/[\u200b\u00ad]/g, "");
// D2 and the states of smcat have no numbers for characters: what nobody can see stands there by its name, and so does
// the second # of two, with which commands to CI systems begin.
const named = (text) => text.replaceAll("##", "#<U+0023>")
  .replace(/[\u200b\u00ad]/g, (c) => `<U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}>`);
let failures = 0, tried = 0;
function judge(renderer, drawn) {
  let wrong = 0;
  names.forEach((name, index) => {
    const { texts, error } = drawn[index];
    const meant = looks(name), titled = renderer.startsWith("mermaid") ? meant.replaceAll("<", "＜") : meant;
    // What goes with a name stands below it, which some renderers draw as one text.
    const isNamed = (text, what) => text === what || text.startsWith(what) && text.slice(what.length).trim() === "(by clerk)";
    const spelt = ["d2", "smcat"].includes(renderer) ? looks(named(name)) : meant;
    const count = (what) => texts.filter((text) => isNamed(looks(text), what) || isNamed(looks(text), spelt)).length;
    // The state, all three transitions, and the title where it has one.
    const least = renderer === "smcat" ? 5 : 4;
    let ok = !error && count(meant) >= least;
    if (ok && renderer !== "smcat" && renderer !== "dot") ok = titled === meant ? count(meant) >= 5 : count(titled) >= 1;
    if (!ok) {
      wrong += 1;
      if (wrong <= 12) console.log(`  ${renderer}: ${JSON.stringify(name.slice(0, 80))} ${error ? "error: " + String(error).slice(0, 120) : "drawn: " + JSON.stringify(texts).slice(0, 300)}`);
    }
  });
  console.log(`${renderer}: ${names.length - wrong} of ${names.length} names are drawn as they are`);
  failures += wrong;
  tried += 1;
}
const skip = (what, why) => console.log(`skipped: ${what} (${why})`);

// All texts of an SVG, lines of one text joined, as a page has them; run in Chromium.
function textsOf(svg) {
  const holder = document.createElement("div");
  holder.innerHTML = svg;
  document.body.replaceChildren(holder);
  const texts = [];
  holder.querySelectorAll("foreignObject").forEach((object) => texts.push((object.firstElementChild?.innerText ?? "").replace(/\n+$/, "")));
  // A text broken into rows is one text, with a blank where the row was broken.
  holder.querySelectorAll("text").forEach((text) => {
    const rows = [...text.querySelectorAll(".text-outer-tspan, .row")];
    const own = rows.length ? rows.map((row) => row.textContent.trim()).join(" ") : text.textContent;
    if (own.trim()) texts.push(own);
  });
  return texts;
}

async function mermaid(page, version, texts) {
  const script = path.join(modules, `mermaid-${version}`, "dist/mermaid.min.js");
  await page.goto("about:blank");
  await page.setContent("<!DOCTYPE html><meta charset=utf-8><body></body>");
  await page.addScriptTag({ path: script });
  await page.addScriptTag({ content: textsOf.toString() });
  return page.evaluate(async (texts) => {
    mermaid.initialize({ startOnLoad: false });
    const drawn = [];
    for (let index = 0; index < texts.length; index++) {
      try {
        const { svg } = await mermaid.render("m" + index, texts[index]);
        drawn.push({ texts: textsOf(svg) });
      } catch (error) {
        document.body.replaceChildren();
        drawn.push({ texts: [], error: String(error && error.message || error) });
      }
    }
    return drawn;
  }, texts);
}

const is = (renderer) => !wanted.length || wanted.includes(renderer);
const versions = ["10.9", "11.4", "11.17", "12.3"];
if (versions.some((v) => is("mermaid-" + v))) {
  const playwright = await load("playwright-core/index.mjs");
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  if (!playwright) skip("Mermaid", "its packages are not installed");
  else if (!fs.existsSync(executablePath)) skip("Mermaid", "Chromium is not installed");
  else {
    const browser = await playwright.chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const page = await browser.newPage();
    const texts = pictures("mermaid", "mmd");
    for (const version of versions.filter((v) => is("mermaid-" + v))) judge("mermaid-" + version, await mermaid(page, version, texts));
    await browser.close();
  }
}

// What stands in the text elements of an SVG that was not put into a page, entities resolved.
function plainTexts(svg) {
  const known = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  const resolved = (text) => text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (all, e) =>
    e[0] === "#" ? String.fromCodePoint(e[1] === "x" ? parseInt(e.slice(2), 16) : Number(e.slice(1))) : known[e] ?? all);
  return [...svg.matchAll(/<text\b[^>]*>([\s\S]*?)<\/text>/g)].map((m) => resolved(m[1].replace(/<[^>]*>/g, "")));
}

if (is("d2")) {
  const d2js = await load("@terrastruct/d2/dist/node-esm/index.js");
  if (!d2js) skip("D2", "its packages are not installed");
  else {
    const d2 = new d2js.D2(), drawn = [];
    for (const text of pictures("d2", "d2")) {
      try {
        const done = await d2.compile(text);
        drawn.push({ texts: plainTexts(await d2.render(done.diagram, done.renderOptions)) });
      } catch (error) { drawn.push({ texts: [], error: String(error.message || error) }); }
    }
    judge("d2", drawn);
  }
}

if (is("smcat")) {
  const smcat = await load("state-machine-cat/dist/index.mjs");
  if (!smcat) skip("state-machine-cat", "its packages are not installed");
  else {
    const drawn = [];
    for (const text of pictures("smcat", "smcat")) {
      try {
        // Three hard blanks end every line of an arrow's label.
        const texts = plainTexts(await smcat.render(text, { outputType: "svg" })).map((t) => t.replace(/[ \u00a0]{3}$/, ""));
        drawn.push({ texts });
      } catch (error) { drawn.push({ texts: [], error: String(error.message || error) }); }
    }
    judge("smcat", drawn);
  }
}

if (is("plantuml")) {
  if (spawnSync("plantuml", ["-version"]).error) skip("PlantUML", "it is not installed");
  else {
    pictures("plantuml", "puml");
    const out = path.join(folder, "plantuml");
    spawnSync("plantuml", ["-tsvg", "-charset", "UTF-8", `${out}/*.puml`], { encoding: "utf8" });
    judge("plantuml", names.map((_, index) => {
      const file = path.join(out, `w${index}.svg`);
      return fs.existsSync(file) ? { texts: plainTexts(fs.readFileSync(file, "utf8")) } : { texts: [], error: "nothing was drawn" };
    }));
  }
}

if (is("dot")) {
  if (spawnSync("dot", ["-V"]).error) skip("Graphviz", "it is not installed");
  else {
    judge("dot", pictures("dot", "dot").map((text) => {
      const done = spawnSync("dot", ["-Tjson"], { input: text, encoding: "utf8" });
      if (done.status) return { texts: [], error: done.stderr };
      const json = JSON.parse(done.stdout), texts = [];
      for (const thing of [json, ...(json.objects || []), ...(json.edges || [])])
        for (const key of ["_ldraw_"]) for (const op of thing[key] || []) if (op.text !== undefined) texts.push(op.text);
      return { texts };
    }));
  }
}

fs.rmSync(folder, { recursive: true });
process.exit(failures || !tried ? 1 : 0);

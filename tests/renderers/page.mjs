// Uses the page that `diagram --notation html` makes as a person does, in Chromium: at the width of a phone, a laptop and a
// large screen, light and dark, by keyboard alone; and has axe-core look at it.
//
//     npm install --no-package-lock && node page.mjs ../../target/release/statewright [FILE …]
//
// Ends with an error where something is not as it should be. SCREENSHOTS names a folder for pictures of it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(process.env.RENDERERS || here, "node_modules");
const [binary, ...given] = process.argv.slice(2);
const examples = path.join(here, "../../examples");
const files = given.length ? given : ["hardware-repair", "software-bug", "everything", "site-issue"].map((n) => path.join(examples, `${n}.workflow.yaml`));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "page-"));

// A file with faults, and one of sixty states.
fs.writeFileSync(path.join(folder, "faulty.workflow.yaml"), `workflow: faulty
start: New
states:
  New: { category: open, description: "Newly come in.\\nNobody has looked." }
  Island: { category: open }
  Stuck: { category: waiting }
  Done: { category: closed, final: true }
transitions:
  - { name: Go, from: New, to: Stuck }
  - { name: Wait, from: New, to: Stuck, notes: required }
  - { name: Finish, from: New, to: Done }
`);
const many = Array.from({ length: 60 }, (_, n) => `Step number ${n}`);
fs.writeFileSync(path.join(folder, "many.workflow.yaml"), `workflow: many
start: ${many[0]}
states:
${many.map((name, n) => `  ${name}: { category: ${n === 59 ? "closed" : n % 7 === 3 ? "waiting" : "open"} }`).join("\n")}
transitions:
${many.slice(1).map((name, n) => `  - { name: Next, from: ${many[n]}, to: ${name} }`).join("\n")}
${many.filter((_, n) => n % 9 === 5).map((name) => `  - { name: Send back, from: ${name}, to: ${many[1]} }`).join("\n")}
  - { name: Cancel, from: [${many.slice(10, 30).join(", ")}], to: ${many[59]} }
`);

const { chromium } = await import(pathToFileURL(path.join(modules, "playwright-core/index.mjs")));
const axe = fs.readFileSync(path.join(modules, "axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
let failures = 0, checks = 0;
async function check(what, body) {
  checks += 1;
  try { await body(); } catch (error) {
    failures += 1;
    console.log(`failed: ${what}: ${error.message}`);
  }
}

const pages = [...files, path.join(folder, "faulty.workflow.yaml"), path.join(folder, "many.workflow.yaml")].map((file) => {
  const out = path.join(folder, path.basename(file).split(".")[0] + ".html");
  spawnSync(binary, ["diagram", "--no-config", file, "--out", out]);
  return { file, name: path.basename(out, ".html"), address: pathToFileURL(out).href };
});

// Whether an element is wholly in the window, and whether figures are wholly in the stage.
const inWindow = (page, selector) => page.evaluate((selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return box.width > 0 && box.top >= -1 && box.top < innerHeight - 30 && box.left >= -1 && box.right <= innerWidth + 1;
}, selector);
const inStage = (page, names) => page.evaluate((names) => {
  const stage = document.getElementById("stage").getBoundingClientRect();
  const data = JSON.parse(document.getElementById("workflow").textContent);
  return names.every((name) => {
    const state = data.states.findIndex((s) => s.name === name);
    const box = document.querySelector(`[data-figure="${state}"]`).getBoundingClientRect();
    return box.left >= stage.left - 1 && box.right <= stage.right + 1 && box.top >= stage.top - 1 && box.bottom <= stage.bottom + 1;
  });
}, names);
// How large letters of 13 pixels are drawn.
const letters = (page) => page.evaluate(() => 13 * document.getElementById("stage").getBoundingClientRect().width / document.querySelector("#stage svg").viewBox.baseVal.width);
const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const { name, address } of pages) {
  for (const [width, height] of [[390, 844], [1280, 800], [1920, 1080]]) {
    for (const colorScheme of ["light", "dark"]) {
      const where = `${name} at ${width} px, ${colorScheme}`;
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      const errors = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
      await page.goto(address);
      const states = await page.evaluate(() => JSON.parse(document.getElementById("workflow").textContent).states);
      const start = states.find((s) => s.start).name, last = states.at(-1).name;
      const shot = async (what) => {
        if (process.env.SCREENSHOTS) await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}-${width}-${colorScheme}-${what}.png`) });
      };
      const phone = width < 640;
      await check(`${where}: nothing is wider than the window`, async () => assert.ok(await wide(page) <= 0));
      if (phone) {
        await check(`${where}: the lists come first`, async () => {
          assert.equal(await page.isVisible("#stage"), false);
          assert.ok(await inWindow(page, "tr[data-row]"));
        });
        await shot("lists");
        await page.click("#as-picture");
        await check(`${where}: the picture is there on demand`, async () => assert.ok(await page.isVisible("#stage")));
      }
      await check(`${where}: opens with the start in view, to be read`, async () => {
        assert.ok(await inStage(page, [start]), "the start is out of view");
        const size = await letters(page);
        assert.ok(size >= 9.5 && size <= 19, `letters of ${size} px`);
      });
      await check(`${where}: buttons cover nothing of the picture`, async () => assert.equal(await page.evaluate(() => {
        const stage = document.getElementById("stage").getBoundingClientRect();
        return [...document.querySelectorAll(".tools button")].every((b) => b.getBoundingClientRect().bottom <= stage.top + 1);
      }), true));
      await shot("opened");
      await check(`${where}: axe finds nothing`, async () => {
        await page.evaluate(axe);
        const found = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));
        const told = found.violations.map((v) => `${v.id} (${v.nodes.length}): ${v.nodes[0].target} ${v.nodes[0].failureSummary.replace(/\s+/g, " ").slice(0, 160)}`);
        assert.deepEqual(told, []);
      });
      // By keyboard alone.
      await check(`${where}: a state is found by keyboard, its answer and figure come into view`, async () => {
        await page.keyboard.press("/");
        assert.equal(await page.evaluate(() => document.activeElement.id), "search");
        await page.keyboard.type(last);
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        assert.equal(new URLSearchParams(new URL(page.url()).hash.slice(1)).get("state"), last);
        assert.equal(await page.textContent("#answer-title"), last);
        assert.ok(await inWindow(page, "#answer-title"), "the answer is out of view");
        assert.ok(await inStage(page, [last]), "the figure is out of view");
      });
      await shot("state");
      await check(`${where}: Escape clears it all`, async () => {
        await page.keyboard.press("Escape");
        assert.equal(await page.isVisible("#answer"), false);
        assert.equal(new URL(page.url()).hash, "");
        assert.equal(await page.inputValue("#search"), "");
      });
      await check(`${where}: arrow keys go from figure to figure, and Enter shows`, async () => {
        await page.evaluate((start) => {
          const data = JSON.parse(document.getElementById("workflow").textContent);
          document.querySelector(`[data-figure="${data.states.findIndex((s) => s.name === start)}"]`).focus();
        }, start);
        const at = () => page.evaluate(() => document.activeElement.getAttribute("data-figure"));
        const before = await at();
        const after = [];
        for (const key of ["ArrowDown", "ArrowRight", "ArrowLeft", "ArrowUp"]) {
          await page.keyboard.press(key);
          after.push(await at());
        }
        assert.ok(!after.includes(null), "no figure has the focus");
        assert.ok(after.some((figure) => figure !== before), "the focus stays");
        await page.keyboard.press("Enter");
        assert.ok(await page.isVisible("#state"));
      });
      await check(`${where}: an address shows its walk`, async () => {
        const walk = new URLSearchParams({ from: start, to: last });
        await page.goto("about:blank");
        await page.goto(`${address}#${walk}`);
        if (phone) await page.click("#as-picture");
        assert.equal(await page.textContent("#answer-title"), `${start} → ${last}`);
        assert.ok(await inStage(page, [start]), "its beginning is out of view");
        await page.goBack();
      });
      await check(`${where}: a filter is in the address, and the lists follow`, async () => {
        await page.goto("about:blank");
        await page.goto(`${address}#category=closed`);
        const rows = await page.evaluate(() => [...document.querySelectorAll("tr[data-row]")].filter((r) => !r.hidden).length);
        assert.equal(rows, states.filter((s) => s.category === "closed").length);
      });
      await check(`${where}: a name that is gone is told`, async () => {
        await page.goto("about:blank");
        await page.goto(`${address}#state=Gone+away`);
        assert.match(await page.textContent("#answer-title"), /no state is called Gone away/);
      });
      await check(`${where}: no error of its own`, async () => assert.deepEqual(errors, []));
      await page.close();
    }
  }
}
const page = await browser.newPage();
await page.goto(pages.find((p) => p.name === "faulty").address + "#state=Stuck");
await check("reports have their lines and help", async () => {
  const text = await page.textContent("#state-findings");
  assert.match(text, /line \d+/);
  assert.match(await page.textContent(".reports > ul.findings"), /Island.*line 5/s);
});
await browser.close();
fs.rmSync(folder, { recursive: true });
console.log(`${checks - failures} of ${checks} checks of ${pages.length} pages passed`);
process.exit(failures ? 1 : 0);

// The page of a workflow, as a panel shows it.
"use strict";

/**
 * The page with a script of the panel's own in it: a state that is chosen in the page is told to the
 * editor, and one that the editor tells of is chosen. The page's policy names its own script by a
 * hash; ours is let in by a nonce.
 */
function inPanel(html, nonce) {
  const script = `<script nonce="${nonce}">(() => {
    const editor = acquireVsCodeApi();
    const tell = () => editor.postMessage({ state: new URLSearchParams(location.hash.slice(1)).get("state") });
    for (const way of ["pushState", "replaceState"]) {
      const old = history[way].bind(history);
      history[way] = (...all) => { old(...all); tell(); };
    }
    addEventListener("hashchange", tell);
    addEventListener("message", ({ data }) => {
      if (typeof data.state === "string") location.hash = new URLSearchParams({ state: data.state });
    });
  })();</script>`;
  return html
    .replace(/(script-src )([^;"]*)/, `$1$2 'nonce-${nonce}'`)
    .replace("</body>", `${script}</body>`);
}

/** What the panel shows while the text cannot be drawn. */
function message(text) {
  const plain = text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  return `<!doctype html><meta charset="utf-8"><body style="font: 14px sans-serif; padding: 2em">${plain}</body>`;
}

module.exports = { inPanel, message };

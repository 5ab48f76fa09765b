// The page of a workflow, as a panel shows it.
"use strict";

/**
 * The page with a script of the panel's own in it: a state that is chosen in the page is told to the
 * editor, and one that the editor tells of is chosen, without telling it back: by then the cursor may be
 * elsewhere. What is chosen stays so where the page is drawn anew, as long as it is there; where it is
 * narrow, the picture comes first. The page's policy names its own script by a hash; ours is let in by a nonce.
 */
function inPanel(html, nonce) {
  const script = `<script nonce="${nonce}">(() => {
    const editor = acquireVsCodeApi();
    const kept = () => editor.getState() ?? {};
    const keep = (more) => editor.setState({ ...kept(), ...more });
    const { states } = JSON.parse(document.getElementById("workflow").textContent);
    const isThere = (hash) => {
      const name = new URLSearchParams(hash.slice(1)).get("state");
      return name === null || states.some((state) => state.name === name);
    };
    const chosen = () => new URLSearchParams(location.hash.slice(1)).get("state");
    if (kept().hash && isThere(kept().hash)) location.hash = kept().hash;
    let known = chosen();
    const tell = () => {
      keep({ hash: location.hash });
      if (chosen() === known) return;
      known = chosen();
      editor.postMessage({ state: known });
    };
    for (const way of ["pushState", "replaceState"]) {
      const old = history[way].bind(history);
      history[way] = (...all) => { old(...all); tell(); };
    }
    addEventListener("hashchange", tell);
    addEventListener("message", ({ data }) => {
      if (typeof data.state !== "string") return;
      known = data.state;
      location.hash = new URLSearchParams({ state: data.state });
    });
    const lists = document.getElementById("as-lists"), picture = document.getElementById("as-picture");
    lists?.addEventListener("click", () => keep({ lists: true }));
    picture?.addEventListener("click", () => keep({ lists: false }));
    if (!kept().lists) picture?.click();
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

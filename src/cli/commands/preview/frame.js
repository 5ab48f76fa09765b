"use strict";
// Shows the page of the file that is chosen, and shows it anew whenever a file was saved.
(function () {
  const files = document.getElementById("files");
  const frame = document.getElementById("page");
  const state = document.getElementById("state");
  // The state that is shown. None has so large a number, so that the first answer comes at once.
  let number = 2 ** 32;

  // The part of the address after # is the page's own: which state, walk or filter it shows.
  function inner() {
    try { return frame.contentWindow.location.hash; } catch { return ""; }
  }

  function show(keeps) {
    const hash = keeps ? inner() : "";
    const address = "page/" + files.value;
    if (keeps && frame.contentWindow.location.pathname.endsWith("/" + address)) {
      frame.contentWindow.location.reload();
    } else {
      frame.src = address + hash;
    }
    document.title = files.selectedOptions.length ? files.selectedOptions[0].text : "no workflow";
  }

  function list(names) {
    const chosen = files.selectedOptions.length ? files.selectedOptions[0].text : location.hash.slice(1);
    files.replaceChildren(...names.map((name, index) => new Option(name, String(index))));
    const same = names.indexOf(decodeURIComponent(chosen));
    files.value = String(Math.max(same, 0));
    return same >= 0;
  }

  files.addEventListener("change", () => show(false));

  async function follow() {
    for (;;) {
      try {
        const answer = await fetch("news/" + number);
        const news = await answer.json();
        state.textContent = news.names.length ? "" : "there is no workflow file";
        if (news.number !== number) {
          const first = number === 2 ** 32;
          number = news.number;
          const same = list(news.names);
          if (news.names.length) show(!first && same);
        }
      } catch {
        state.textContent = "statewright preview has ended";
        await new Promise((done) => setTimeout(done, 2000));
      }
    }
  }

  follow();
})();

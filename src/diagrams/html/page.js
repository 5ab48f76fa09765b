"use strict";
(function () {
  var data = JSON.parse(document.getElementById("workflow").textContent);
  var by = function (id) { return document.getElementById(id); };
  var stage = by("stage");
  var svg = stage.querySelector("svg");
  var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  var number = function (element, name) { return Number(element.getAttribute(name)); };
  var make = function (tag, text, cls) {
    var element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (cls) element.className = cls;
    return element;
  };
  var empty = function (element) { while (element.firstChild) element.removeChild(element.firstChild); };
  all("[data-needs-script]").forEach(function (part) { part.hidden = false; });

  // The part of the picture that is seen. Letters of 13 pixels are easily read at the one scale, and just so at the
  // other, which a picture is shown at that is then seen whole.
  var READABLE = 1.15, SMALL = 1.35, LARGEST = 0.72, MARGIN = 8;
  var whole = svg.viewBox.baseVal;
  var full = { x: 0, y: 0, w: whole.width, h: whole.height };
  var view = { x: 0, y: 0, w: full.w, h: full.h };
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  function show() {
    svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].map(function (n) { return n.toFixed(2); }).join(" "));
  }
  function frame() {
    var box = stage.getBoundingClientRect();
    return { w: Math.max(box.width, 1), h: Math.max(box.height, 1), left: box.left, top: box.top };
  }
  function zoom(by, x, y) {
    var w = Math.min(full.w * 3, Math.max(60, view.w * by));
    by = w / view.w;
    if (x === undefined) { x = view.x + view.w / 2; y = view.y + view.h / 2; }
    view = { x: x - (x - view.x) * by, y: y - (y - view.y) * by, w: w, h: view.h * by };
    show();
  }
  function pan(x, y) { view.x += x; view.y += y; show(); }
  // Shows a part of the picture, all of it where it can be read so, else from `anchor` on.
  function look(part, anchor, smallest, largest) {
    var size = frame();
    var need = Math.max((part.w + MARGIN * 2) / size.w, (part.h + MARGIN * 2) / size.h);
    var s = Math.min(Math.max(need, largest), smallest);
    var w = size.w * s, h = size.h * s;
    var along = function (at, length, seen, anchorAt, anchorLength, wholeLength, lead) {
      if (length + MARGIN * 2 <= seen + 1) return at + length / 2 - seen / 2;
      var begin = anchorAt + anchorLength / 2 - seen * lead;
      return wholeLength > seen ? Math.max(-MARGIN, Math.min(wholeLength + MARGIN - seen, begin)) : wholeLength / 2 - seen / 2;
    };
    view = {
      x: along(part.x, part.w, w, anchor.x, anchor.w, full.w, 0.5),
      y: along(part.y, part.h, h, anchor.y, anchor.h, full.h, 0.25),
      w: w, h: h
    };
    show();
  }
  var figures = all("#stage [data-figure]");
  var arrows = all("#stage [data-from]");
  function boxOf(figure) {
    var box = figure.getBBox(), x = box.x, y = box.y;
    // What lies below a title is moved down by all of it.
    for (var up = figure; up && up !== svg; up = up.parentNode) {
      var moves = up.transform.baseVal.consolidate();
      if (moves) { x += moves.matrix.e; y += moves.matrix.f; }
    }
    return { x: x, y: y, w: box.width, h: box.height };
  }
  function union(boxes) {
    var x = Infinity, y = Infinity, right = -Infinity, bottom = -Infinity;
    boxes.forEach(function (b) {
      x = Math.min(x, b.x); y = Math.min(y, b.y);
      right = Math.max(right, b.x + b.w); bottom = Math.max(bottom, b.y + b.h);
    });
    return { x: x, y: y, w: right - x, h: bottom - y };
  }
  function figureOf(state) {
    return figures.filter(function (f) { return number(f, "data-figure") === state; })[0];
  }
  var first = Math.max(0, data.states.findIndex(function (state) { return state.start; }));
  function home() {
    var figure = figureOf(first), size = frame();
    var fits = Math.max(full.w / size.w, full.h / size.h) <= SMALL;
    look(full, figure ? boxOf(figure) : full, fits ? SMALL : READABLE, LARGEST);
  }
  function showAll() { look(full, full, Infinity, LARGEST); }
  // Brings states into view, and moves nothing where they can be seen and read.
  function see(states) {
    var boxes = states.map(figureOf).filter(Boolean).map(boxOf);
    if (!boxes.length || !stage.offsetParent) return;
    var part = union(boxes);
    var seen = part.x >= view.x && part.y >= view.y && part.x + part.w <= view.x + view.w && part.y + part.h <= view.y + view.h;
    if (!seen || view.w / frame().w > READABLE) look(part, boxes[0], READABLE, 1);
  }
  var drag = null, moved = false;
  stage.addEventListener("pointerdown", function (event) {
    drag = { x: event.clientX, y: event.clientY };
    moved = false;
  });
  stage.addEventListener("pointermove", function (event) {
    if (!drag) return;
    var x = event.clientX - drag.x, y = event.clientY - drag.y;
    if (!moved && Math.abs(x) + Math.abs(y) < 4) return;
    if (!moved) { moved = true; stage.setPointerCapture(event.pointerId); stage.classList.add("drag"); }
    var s = view.w / frame().w;
    drag = { x: event.clientX, y: event.clientY };
    pan(-x * s, -y * s);
  });
  function drop() { drag = null; stage.classList.remove("drag"); }
  stage.addEventListener("pointerup", drop);
  stage.addEventListener("pointercancel", drop);
  stage.addEventListener("wheel", function (event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    var size = frame(), s = view.w / size.w;
    zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.006),
      view.x + (event.clientX - size.left) * s, view.y + (event.clientY - size.top) * s);
  }, { passive: false });
  by("closer").addEventListener("click", function () { zoom(0.8); });
  by("farther").addEventListener("click", function () { zoom(1.25); });
  by("all").addEventListener("click", showAll);
  by("begin").addEventListener("click", home);

  // On a phone either lists or the picture are seen.
  function showLists(lists) {
    document.body.classList.toggle("lists", lists);
    document.body.classList.toggle("picture-first", !lists);
    by("as-lists").setAttribute("aria-pressed", String(lists));
    by("as-picture").setAttribute("aria-pressed", String(!lists));
  }
  by("as-lists").addEventListener("click", function () { showLists(true); });
  by("as-picture").addEventListener("click", function () { showLists(false); home(); render(false); });

  // A move from any state is drawn as an arrow from a figure of its own.
  function drawnFrom(move) { return move.any === null ? move.from : move.any; }
  function marked(moves, states) {
    var marks = { figures: {}, arrows: {} };
    states.forEach(function (state) { marks.figures[state] = true; });
    moves.forEach(function (move) {
      marks.figures[move.from] = marks.figures[move.to] = marks.figures[drawnFrom(move)] = true;
      marks.arrows[drawnFrom(move) + ">" + move.to] = true;
    });
    return marks;
  }
  // Points something out, or with `null` nothing.
  function point(marks) {
    figures.forEach(function (figure) {
      var hit = marks && marks.figures[number(figure, "data-figure")] === true;
      figure.classList.toggle("hit", !!hit);
      figure.classList.toggle("dim", !!marks && !hit);
    });
    arrows.forEach(function (arrow) {
      // Arrows that come together have one name, which begins where each of them does.
      var hit = marks && arrow.getAttribute("data-from").split(" ").some(function (from) {
        return marks.arrows[from + ">" + arrow.getAttribute("data-to")] === true;
      });
      arrow.classList.toggle("hit", !!hit);
      arrow.classList.toggle("dim", !!marks && !hit);
    });
  }
  function rows(state, states, moves) {
    all("tr[data-move]").forEach(function (row) {
      var index = number(row, "data-move"), move = data.moves[index];
      row.classList.toggle("here", move.from === state || move.to === state);
      row.hidden = !!moves && moves.indexOf(index) < 0;
    });
    all("tr[data-start]").forEach(function (row) {
      var to = number(row, "data-start");
      row.classList.toggle("here", to === state);
      row.hidden = !!states && states.indexOf(to) < 0;
    });
    all("tr[data-row]").forEach(function (row) {
      row.hidden = !!states && states.indexOf(number(row, "data-row")) < 0;
    });
  }

  // What is asked for stands in the address, so that a link to it can be sent.
  var asked = {};
  function read() {
    var found = {};
    new URLSearchParams(location.hash.slice(1)).forEach(function (value, key) {
      if (["state", "from", "to", "find", "category", "change"].indexOf(key) >= 0) found[key] = value;
    });
    return found;
  }
  function ask(wanted, quietly) {
    var words = new URLSearchParams();
    Object.keys(wanted).forEach(function (key) { if (wanted[key]) words.set(key, wanted[key]); });
    var hash = "#" + words.toString();
    asked = wanted;
    if (hash !== (location.hash || "#")) {
      try { history[quietly ? "replaceState" : "pushState"](null, "", hash); } catch (_) { location.hash = hash; }
    }
    render(true);
  }
  function arrive() { asked = read(); render(true); }
  window.addEventListener("hashchange", arrive);
  window.addEventListener("popstate", arrive);
  function stateCalled(name) {
    return data.states.findIndex(function (state) { return state.name === name; });
  }
  function choose(state) { ask({ state: data.states[state].name, find: asked.find, category: asked.category }); }
  function link(state) {
    var button = make("button", data.states[state].label, "link");
    button.type = "button";
    button.dir = "auto";
    button.addEventListener("click", function () { choose(state); });
    return button;
  }
  // What is said of a transition, after its name, and what its author says of it below.
  function say(item, words) {
    if (words.told) item.appendChild(make("span", " (" + words.told.join("; ") + ")", "soft"));
    if (words.description) item.appendChild(make("span", words.description, "place text"));
  }
  function ways(list, moves, end) {
    empty(list);
    moves.forEach(function (move) {
      var item = make("li", move.name === data.states[move[end]].label ? "" : move.name + (end === "to" ? " → " : " ← "));
      item.dir = "auto";
      item.appendChild(link(move[end]));
      say(item, move);
      if (move.fate) item.appendChild(make("span", " (" + move.fate + ")", move.fate));
      list.appendChild(item);
    });
  }
  function begins(list, state) {
    data.starts.forEach(function (start) {
      if (start[0] !== state) return;
      var item = make("li", start[1].name ? start[1].name + " ← a new ticket" : "a new ticket");
      item.dir = "auto";
      say(item, start[1]);
      list.appendChild(item);
    });
  }
  function orNone(list) {
    if (!list.firstChild) list.appendChild(make("li", "none", "soft"));
  }
  function told(finding) {
    var item = make("li", finding.message, finding.severity);
    item.dir = "auto";
    if (finding.help) item.appendChild(make("span", finding.help, "place"));
    finding.quotes.forEach(function (quote) {
      var place = make("span", "line " + quote.line + (quote.says ? ", " + quote.says : "") + ": ", "place");
      place.appendChild(make("code", quote.text));
      item.appendChild(place);
    });
    return item;
  }
  function answer(title) {
    by("answer").hidden = title === null;
    by("answer-title").textContent = title || "";
    by("state").hidden = true;
    empty(by("steps"));
  }
  function tellState(state) {
    var own = data.states[state];
    answer(own.label);
    by("state").hidden = false;
    by("state-about").textContent = own.about.join(", ");
    by("state-text").textContent = own.description || "";
    empty(by("state-more"));
    own.more.forEach(function (said) {
      by("state-more").appendChild(make("dt", said[0]));
      by("state-more").appendChild(make("dd", said[1])).dir = "auto";
    });
    by("state-more").hidden = !own.more.length;
    var out = data.moves.filter(function (m) { return m.from === state; });
    var into = data.moves.filter(function (m) { return m.to === state; });
    ways(by("out"), out, "to");
    ways(by("in"), into, "from");
    begins(by("in"), state);
    orNone(by("out"));
    orNone(by("in"));
    var list = by("state-findings");
    empty(list);
    data.findings.forEach(function (finding) {
      if (finding.states.indexOf(state) >= 0) list.appendChild(told(finding));
    });
    list.hidden = !list.firstChild;
    point(marked(out.concat(into), [state]));
    return [state];
  }
  function shortest(start, goal) {
    var came = {}, queue = [start], next = 0;
    came[start] = null;
    while (next < queue.length && !(goal in came)) {
      var here = queue[next++];
      leaving[here].forEach(function (move) {
        if (!(move.to in came)) { came[move.to] = move; queue.push(move.to); }
      });
    }
    if (!(goal in came)) return null;
    var moves = [];
    for (var move = came[goal]; move; move = came[move.from]) moves.unshift(move);
    return moves;
  }
  var leaving = data.states.map(function () { return []; });
  data.moves.forEach(function (move) { if (move.fate !== "gone") leaving[move.from].push(move); });
  function tellWalk(start, goal) {
    var moves = shortest(start, goal), steps = by("steps");
    answer(data.states[start].label + " → " + data.states[goal].label);
    if (moves === null) {
      steps.appendChild(make("p", "no walk leads there", "error"));
      point(marked([], [start, goal]));
      return [start, goal];
    }
    var list = make("ol");
    moves.forEach(function (move) {
      var item = make("li", move.name + " → ");
      item.dir = "auto";
      item.appendChild(link(move.to));
      say(item, move);
      list.appendChild(item);
    });
    steps.appendChild(moves.length ? list : make("p", "it is the same state", "soft"));
    point(marked(moves, [start]));
    return [start].concat(moves.map(function (move) { return move.to; }));
  }

  // Of two versions, what changed stands beside the picture, each with its place in it.
  var changes = data.changes || [], lines = all("button[data-change]");
  function tellChange(index) {
    var change = changes[index];
    answer(null);
    var moves = data.moves.filter(function (move) {
      return change.moves.some(function (ends) { return ends[0] === move.from && ends[1] === move.to; });
    });
    point(marked(moves, change.states));
    return change.states;
  }
  if (by("changes")) {
    var side = document.querySelector(".side");
    side.insertBefore(by("changes"), side.firstChild);
    lines.forEach(function (button) {
      button.addEventListener("click", function () { ask({ change: button.getAttribute("data-change") }); });
    });
  }

  // The search: what it finds is all that the lists and the picture show.
  var search = by("search"), found = by("found"), category = by("category");
  function filtered() {
    var wanted = (asked.find || "").trim().toLowerCase(), kind = asked.category || "";
    if (!wanted && !kind) return null;
    var has = function (name) { return name.toLowerCase().indexOf(wanted) >= 0; };
    var fits = function (i) { return !kind || data.states[i].category === kind; };
    var states = [], moves = [];
    data.states.forEach(function (state, i) { if (fits(i) && (has(state.name) || has(state.label))) states.push(i); });
    data.moves.forEach(function (move, i) {
      var named = wanted && has(move.name) && (fits(move.from) || fits(move.to));
      if (named || states.indexOf(move.from) >= 0 || states.indexOf(move.to) >= 0) moves.push(i);
    });
    return { states: states, moves: moves, named: moves.filter(function (i) { return wanted && has(data.moves[i].name); }) };
  }
  function results(filter) {
    empty(found);
    by("count").textContent = "";
    if (!filter) return;
    var most = 8;
    filter.states.slice(0, most).forEach(function (state) {
      var item = make("li"), button = make("button", data.states[state].label);
      button.type = "button";
      button.dir = "auto";
      button.addEventListener("click", function () { choose(state); });
      item.appendChild(button);
      found.appendChild(item);
    });
    var words = function (count, what) { return count + " " + what + (count === 1 ? "" : "s"); };
    by("count").textContent = filter.states.length + filter.named.length === 0
      ? "no state or transition has this in its name"
      : words(filter.states.length, "state") + ", " + words(filter.named.length, "transition") + " of this name";
  }
  search.addEventListener("input", function () {
    ask({ find: search.value, category: category.value }, true);
  });
  category.addEventListener("change", function () {
    ask({ find: search.value, category: category.value });
  });
  search.addEventListener("keydown", function (event) {
    var buttons = found.querySelectorAll("button");
    if (event.key === "Enter" && buttons.length) buttons[0].click();
    if (event.key === "ArrowDown" && buttons.length) { buttons[0].focus(); event.preventDefault(); }
  });
  found.addEventListener("keydown", function (event) {
    var buttons = Array.prototype.slice.call(found.querySelectorAll("button"));
    var at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowDown") (buttons[at + 1] || buttons[at]).focus();
    else if (event.key === "ArrowUp") (buttons[at - 1] || search).focus();
    else return;
    event.preventDefault();
  });
  ["draft", "open", "waiting", "closed"].forEach(function (word) {
    var is = function (state) { return state.category === word; };
    if (!data.states.some(is)) return;
    var option = make("option", word);
    option.value = word;
    category.appendChild(option);
  });
  var from = by("walk-from"), to = by("walk-to");
  data.states.forEach(function (state, index) {
    [from, to].forEach(function (select) {
      var option = make("option", state.label);
      option.value = String(index);
      select.appendChild(option);
    });
  });
  function walk() {
    var name = function (select) { return select.value === "" ? "" : data.states[Number(select.value)].name; };
    if (name(from) && name(to)) ask({ from: name(from), to: name(to) });
  }
  from.addEventListener("change", walk);
  to.addEventListener("change", walk);

  // Shows what is asked for; where `move`, the answer and the picture come into view.
  function render(move) {
    var filter = filtered(), shown = [], chosen = -1, missing = null;
    if (document.activeElement !== search) search.value = asked.find || "";
    category.value = asked.category || "";
    var index = function (key) {
      if (!asked[key]) return -1;
      var found = stateCalled(asked[key]);
      if (found < 0) missing = asked[key];
      return found;
    };
    chosen = index("state");
    var start = index("from"), goal = index("to");
    from.value = start < 0 ? from.value : String(start);
    to.value = goal < 0 ? to.value : String(goal);
    lines.forEach(function (button) {
      button.setAttribute("aria-current", String(button.getAttribute("data-change") === asked.change));
    });
    rows(chosen, filter && filter.states, filter && filter.moves);
    results(filter);
    if (missing !== null) { answer("no state is called " + missing); point(null); }
    else if (changes[asked.change]) shown = tellChange(asked.change);
    else if (chosen >= 0) shown = tellState(chosen);
    else if (start >= 0 && goal >= 0) shown = tellWalk(start, goal);
    else {
      answer(null);
      var moves = filter && filter.named.map(function (i) { return data.moves[i]; });
      point(filter && marked(moves, filter.states));
      if (filter && filter.states.length === 1) shown = filter.states;
    }
    if (!move) return see(shown);
    see(shown);
    if (!by("answer").hidden) by("answer").scrollIntoView({ block: "nearest" });
  }
  function clear() {
    search.value = "";
    from.value = to.value = "";
    ask({});
  }
  by("clear").addEventListener("click", clear);

  // The keyboard. One figure is a stop of the tab key, and arrow keys go on from there.
  var states = figures.filter(function (figure) { return data.states[number(figure, "data-figure")]; });
  svg.setAttribute("role", "group");
  states.forEach(function (figure) {
    var state = number(figure, "data-figure");
    figure.setAttribute("tabindex", state === first ? "0" : "-1");
    figure.setAttribute("role", "button");
    figure.setAttribute("aria-label", data.states[state].label + ", " + data.states[state].about.join(", "));
    figure.addEventListener("click", function () { if (!moved) choose(state); });
    figure.addEventListener("focus", function () {
      states.forEach(function (other) { other.setAttribute("tabindex", other === figure ? "0" : "-1"); });
    });
  });
  svg.addEventListener("click", function (event) {
    if (!moved && !event.target.closest("[data-figure]")) clear();
  });
  // The nearest figure in a direction; one that lies aside counts as farther away.
  function beside(figure, x, y) {
    var own = boxOf(figure), best = null, least = Infinity;
    states.forEach(function (other) {
      var box = boxOf(other);
      var dx = box.x + box.w / 2 - own.x - own.w / 2, dy = box.y + box.h / 2 - own.y - own.h / 2;
      var along = dx * x + dy * y, aside = Math.abs(dx * y) + Math.abs(dy * x);
      var far = along + aside * 2;
      if (along > 4 && far < least) { best = other; least = far; }
    });
    return best;
  }
  var directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  stage.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var figure = event.target.closest("[data-figure]");
    var step = view.w * 0.08, direction = directions[event.key];
    if (direction && figure) {
      var other = beside(figure, direction[0], direction[1]);
      if (other) { other.focus({ preventScroll: true }); see([number(other, "data-figure")]); }
    } else if (direction) pan(direction[0] * step, direction[1] * step);
    else if (figure && (event.key === "Enter" || event.key === " ")) choose(number(figure, "data-figure"));
    else if (event.key === "+" || event.key === "=") zoom(0.8);
    else if (event.key === "-") zoom(1.25);
    else if (event.key === "0") showAll();
    else if (event.key === "1") home();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing) { search.focus(); search.select(); event.preventDefault(); }
    if (event.key === "Escape") { clear(); }
  });

  all("button[data-state]").forEach(function (button) {
    button.addEventListener("click", function () {
      choose(number(button, "data-state"));
      by("answer").scrollIntoView({ block: "nearest" });
      by("answer").focus({ preventScroll: true });
    });
  });
  window.addEventListener("resize", function () { home(); render(false); });
  window.addEventListener("beforeprint", function () {
    view = { x: 0, y: 0, w: full.w, h: full.h };
    show();
  });
  window.addEventListener("afterprint", home);
  showLists(true);
  by("walk").open = window.innerWidth > 640;
  home();
  arrive();
})();

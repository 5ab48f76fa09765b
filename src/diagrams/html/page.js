"use strict";
(function () {
  var data = JSON.parse(document.getElementById("workflow").textContent);
  var stage = document.getElementById("stage");
  var svg = stage.querySelector("svg");
  var by = function (id) { return document.getElementById(id); };
  var make = function (tag, text, cls) {
    var element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (cls) element.className = cls;
    return element;
  };
  var empty = function (element) { while (element.firstChild) element.removeChild(element.firstChild); };

  // The part of the picture that is seen.
  var whole = svg.viewBox.baseVal;
  var full = { x: 0, y: 0, w: whole.width, h: whole.height };
  var view = { x: 0, y: 0, w: full.w, h: full.h };
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  function show() {
    svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].map(function (n) { return n.toFixed(2); }).join(" "));
  }
  function scale() {
    var box = stage.getBoundingClientRect();
    return Math.max(view.w / box.width, view.h / box.height);
  }
  function zoom(by, x, y) {
    var w = Math.min(full.w * 3, Math.max(60, view.w * by));
    by = w / view.w;
    if (x === undefined) { x = view.x + view.w / 2; y = view.y + view.h / 2; }
    view = { x: x - (x - view.x) * by, y: y - (y - view.y) * by, w: w, h: view.h * by };
    show();
  }
  function fit() {
    view = { x: 0, y: 0, w: full.w, h: full.h };
    var box = stage.getBoundingClientRect();
    // A small picture is not blown up, a large one is shown from its beginning at a size to read.
    var least = Math.max(full.w / box.width, full.h / box.height);
    var s = Math.min(Math.max(least, 0.72), 1.6);
    view.w = box.width * s;
    view.h = box.height * s;
    view.x = (full.w - view.w) / 2;
    view.y = least > s ? 0 : (full.h - view.h) / 2;
    show();
  }
  function all() {
    var box = stage.getBoundingClientRect();
    var s = Math.max(full.w / box.width, full.h / box.height);
    view = { x: (full.w - box.width * s) / 2, y: (full.h - box.height * s) / 2, w: box.width * s, h: box.height * s };
    show();
  }
  function pan(x, y) { view.x += x; view.y += y; show(); }
  function at(event) {
    var box = stage.getBoundingClientRect();
    var s = scale();
    return {
      x: view.x + view.w / 2 + (event.clientX - box.left - box.width / 2) * s,
      y: view.y + view.h / 2 + (event.clientY - box.top - box.height / 2) * s
    };
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
    var s = scale();
    drag = { x: event.clientX, y: event.clientY };
    pan(-x * s, -y * s);
  });
  function drop() { drag = null; stage.classList.remove("drag"); }
  stage.addEventListener("pointerup", drop);
  stage.addEventListener("pointercancel", drop);
  stage.addEventListener("wheel", function (event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    var point = at(event);
    zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.006), point.x, point.y);
  }, { passive: false });
  stage.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var step = view.w * 0.08;
    var keys = {
      "+": function () { zoom(0.8); }, "=": function () { zoom(0.8); }, "-": function () { zoom(1.25); },
      "0": all, "1": fit,
      ArrowLeft: function () { pan(-step, 0); }, ArrowRight: function () { pan(step, 0); },
      ArrowUp: function () { pan(0, -step); }, ArrowDown: function () { pan(0, step); },
      Escape: function () { clear(); }
    };
    if (keys[event.key]) { keys[event.key](); event.preventDefault(); }
  });
  by("closer").addEventListener("click", function () { zoom(0.8); });
  by("farther").addEventListener("click", function () { zoom(1.25); });
  by("all").addEventListener("click", all);

  // A move from any state is drawn as an arrow from a figure of its own.
  function drawnFrom(move) { return move.any === null ? move.from : move.any; }
  function marked(moves) {
    var marks = { figures: {}, arrows: {} };
    moves.forEach(function (move) {
      marks.figures[move.from] = marks.figures[move.to] = marks.figures[drawnFrom(move)] = true;
      marks.arrows[drawnFrom(move) + ">" + move.to] = true;
    });
    return marks;
  }

  // What is pointed out.
  var figures = Array.prototype.slice.call(svg.querySelectorAll("[data-figure]"));
  var arrows = Array.prototype.slice.call(svg.querySelectorAll("[data-from]"));
  var number = function (element, name) { return Number(element.getAttribute(name)); };
  function point(marks) {
    figures.forEach(function (figure) {
      var hit = marks.figures[number(figure, "data-figure")] === true;
      figure.classList.toggle("hit", hit);
      figure.classList.toggle("dim", !hit);
    });
    arrows.forEach(function (arrow) {
      var hit = marks.arrows[arrow.getAttribute("data-from") + ">" + arrow.getAttribute("data-to")] === true;
      arrow.classList.toggle("hit", hit);
      arrow.classList.toggle("dim", !hit);
    });
  }
  function clear() {
    figures.concat(arrows).forEach(function (element) { element.classList.remove("hit", "dim"); });
    rows(-1);
    by("state").hidden = true;
    by("steps").textContent = "";
  }
  function rows(state) {
    document.querySelectorAll("tr[data-move]").forEach(function (row) {
      var move = data.moves[number(row, "data-move")];
      row.classList.toggle("here", move.from === state || move.to === state);
    });
  }
  function see(state) {
    var figure = figures.filter(function (f) { return number(f, "data-figure") === state; })[0];
    if (!figure) return;
    var box = figure.getBoundingClientRect(), frame = stage.getBoundingClientRect();
    var out = box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom;
    if (!out) return;
    var s = scale();
    pan((box.left + box.width / 2 - frame.left - frame.width / 2) * s, (box.top + box.height / 2 - frame.top - frame.height / 2) * s);
  }
  function link(state) {
    var button = make("button", data.states[state].name, "link");
    button.type = "button";
    button.dir = "auto";
    button.addEventListener("click", function () { choose(state); });
    return button;
  }
  function ways(list, moves, end) {
    empty(list);
    moves.forEach(function (move) {
      var item = make("li", move.name === data.states[move[end]].name ? "" : move.name + (end === "to" ? " → " : " ← "));
      item.dir = "auto";
      item.appendChild(link(move[end]));
      if (move.notes !== "none") item.appendChild(make("span", " (note " + move.notes + ")", "soft"));
      list.appendChild(item);
    });
    if (!moves.length) list.appendChild(make("li", "none", "soft"));
  }
  function choose(state) {
    var own = data.states[state];
    by("state").hidden = false;
    by("state-name").textContent = own.name;
    by("state-about").textContent = own.about.join(", ");
    by("state-text").textContent = own.description || "";
    var out = data.moves.filter(function (m) { return m.from === state; });
    var into = data.moves.filter(function (m) { return m.to === state; });
    ways(by("out"), out, "to");
    ways(by("in"), into, "from");
    var list = by("state-findings");
    empty(list);
    data.findings.forEach(function (finding) {
      if (finding.states.indexOf(state) < 0) return;
      list.appendChild(make("li", finding.message, finding.severity));
    });
    list.hidden = !list.firstChild;
    var marks = marked(out.concat(into));
    marks.figures[state] = true;
    point(marks);
    rows(state);
    see(state);
  }
  figures.forEach(function (figure) {
    var state = number(figure, "data-figure");
    if (!data.states[state]) return;
    figure.setAttribute("tabindex", "0");
    figure.setAttribute("role", "button");
    figure.addEventListener("click", function () { if (!moved) choose(state); });
    figure.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(state);
    });
  });
  svg.addEventListener("click", function (event) {
    if (!moved && !event.target.closest("[data-figure]")) clear();
  });

  // The search.
  var search = by("search"), found = by("found");
  function matches() {
    var wanted = search.value.trim().toLowerCase();
    if (!wanted) return [];
    return data.states.map(function (_, i) { return i; }).filter(function (i) {
      return data.states[i].name.toLowerCase().indexOf(wanted) >= 0;
    });
  }
  search.addEventListener("input", function () {
    empty(found);
    matches().slice(0, 12).forEach(function (state) {
      var item = make("li"), button = make("button", data.states[state].name);
      button.type = "button";
      button.dir = "auto";
      button.addEventListener("click", function () { choose(state); });
      item.appendChild(button);
      found.appendChild(item);
    });
    if (search.value.trim() && !found.firstChild) found.appendChild(make("li", "no state has this in its name", "soft"));
  });
  search.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && matches().length) choose(matches()[0]);
    if (event.key === "Escape") { search.value = ""; empty(found); clear(); }
  });

  // The shortest walk.
  var from = by("walk-from"), to = by("walk-to"), steps = by("steps");
  data.states.forEach(function (state, index) {
    [from, to].forEach(function (select) {
      var option = make("option", state.name);
      option.value = String(index);
      select.appendChild(option);
    });
  });
  function walk() {
    empty(steps);
    if (from.value === "" || to.value === "") return;
    var start = Number(from.value), goal = Number(to.value);
    var came = {}, queue = [start];
    came[start] = null;
    while (queue.length && !(goal in came)) {
      var here = queue.shift();
      data.moves.forEach(function (move) {
        if (move.from === here && !(move.to in came)) { came[move.to] = move; queue.push(move.to); }
      });
    }
    if (!(goal in came)) {
      steps.appendChild(make("p", "no walk leads there", "error"));
      var ends = marked([]);
      ends.figures[start] = ends.figures[goal] = true;
      point(ends);
      return;
    }
    var moves = [];
    for (var move = came[goal]; move; move = came[move.from]) moves.unshift(move);
    var list = make("ol");
    moves.forEach(function (m) {
      var item = make("li", m.name + " → ");
      item.dir = "auto";
      item.appendChild(link(m.to));
      if (m.notes !== "none") item.appendChild(make("span", " (note " + m.notes + ")", "soft"));
      list.appendChild(item);
    });
    steps.appendChild(moves.length ? list : make("p", "it is the same state", "soft"));
    var marks = marked(moves);
    marks.figures[start] = true;
    point(marks);
    see(start);
  }
  from.addEventListener("change", walk);
  to.addEventListener("change", walk);

  document.querySelectorAll("[data-state]").forEach(function (button) {
    button.addEventListener("click", function () {
      choose(number(button, "data-state"));
      stage.scrollIntoView({ block: "nearest" });
    });
  });
  document.querySelectorAll("[data-needs-script]").forEach(function (part) { part.hidden = false; });
  window.addEventListener("resize", fit);
  window.addEventListener("beforeprint", function () {
    view = { x: 0, y: 0, w: full.w, h: full.h };
    show();
  });
  window.addEventListener("afterprint", fit);
  fit();
})();

"use strict";
(() => {
  const words = document.body.dataset;
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  document.documentElement.classList.add("scripted");

  // What is remembered: one entry a piece under the digest of its content, so that a piece that changed since starts
  // anew and one that did not keeps its tick in a later export.
  const PREFIX = "portfolio-desktop:";
  const memory = new Map();
  const recall = (key) => {
    try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return memory.get(key) ?? null; }
  };
  const remember = (key, value) => {
    memory.set(key, value);
    try {
      if (value === null) localStorage.removeItem(PREFIX + key);
      else localStorage.setItem(PREFIX + key, JSON.stringify(value));
    } catch { byId("forgetful").hidden = false; }
  };

  const pieces = all(".piece").map((element) => ({
    element,
    key: element.dataset.mark,
    box: element.querySelector(".tick input"),
    fold: element.querySelector(".fold"),
    index: document.querySelector(`[data-index="${element.dataset.number}"]`),
    state: { done: null, copied: [] },
  }));

  // Files lie beside this page: from where it lies follows what a file dialog takes as a whole.
  const place = (here, host, path) => {
    const whole = decodeURIComponent(here).replace(/[^/]*$/, "") + path;
    if (host) return "\\\\" + (host + whole).replaceAll("/", "\\");
    return /^\/[A-Za-z]:\//.test(whole) ? whole.slice(1).replaceAll("/", "\\") : whole;
  };
  if (location.protocol === "file:") {
    for (const text of all("[data-path]")) {
      text.textContent = place(location.pathname, location.host, text.dataset.path);
      text.closest(".place").hidden = false;
    }
  }

  // The road through the page: one stop a row that has something to copy, in the order of the forms.
  let notation = recall("notation") === "gregorian" ? "gregorian" : "minguo";
  const stops = [];
  for (const piece of pieces) {
    for (const row of all(".row", piece.element)) {
      if (row.querySelector(".copy:not([hidden])")) stops.push({ piece, row, name: row.dataset.field });
    }
  }
  let at = 0;
  const mainCopy = (row) =>
    row.querySelector(`.copy[data-notation="${notation}"]`) ?? row.querySelector(".copy:not([hidden])");
  const copied = (stop) => stop.piece.state.copied.includes(stop.name);

  const paint = () => {
    const done = pieces.filter((piece) => piece.state.done).length;
    byId("done-count").textContent = String(done);
    byId("done-bar").value = done;
    byId("finished").hidden = !pieces.length || done < pieces.length;
    for (const { element, box, fold, index, state } of pieces) {
      box.checked = Boolean(state.done);
      element.classList.toggle("done", box.checked);
      index.classList.toggle("done", box.checked);
      fold.hidden = !box.checked;
      fold.textContent = element.classList.contains("folded") ? words.unfold : words.fold;
      fold.setAttribute("aria-expanded", String(!element.classList.contains("folded")));
    }
    stops.forEach((stop, number) => {
      stop.row.classList.toggle("taken", copied(stop));
      stop.row.classList.toggle("current", number === at);
      for (const copy of all(".copy", stop.row)) {
        if (copy.dataset.notation) copy.classList.toggle("second", copy !== mainCopy(stop.row));
        copy.querySelector(".verb").textContent =
          copy.classList.contains("just") ? words.copied : copied(stop) && copy === mainCopy(stop.row) ? words.again : words.copy;
      }
    });
    const stop = stops[at];
    byId("go").disabled = !stop;
    byId("back").disabled = at === 0;
    byId("next-where").textContent = stop ? stop.piece.element.dataset.number + " ·" : words.end;
    byId("next-label").textContent = stop ? stop.row.querySelector("dt").firstChild.textContent.trim() : "";
    byId("next-text").textContent = stop ? mainCopy(stop.row).querySelector(".text").textContent : "";
  };

  // Open stops only: a finished piece is passed over.
  const seek = (from, step) => {
    let number = from;
    while (stops[number] && stops[number].piece.state.done) number += step;
    return number;
  };
  const keep = (piece) => {
    const empty = !piece.state.done && !piece.state.copied.length;
    remember(piece.key, empty ? null : piece.state);
  };

  const byCommand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.style.cssText = "position:fixed;inset:0 auto auto 0;opacity:0";
    document.body.append(area);
    const focused = document.activeElement;
    area.select();
    area.setSelectionRange(0, text.length);
    let worked = false;
    try { worked = document.execCommand("copy"); } catch { worked = false; }
    area.remove();
    focused?.focus?.({ preventScroll: true });
    return worked;
  };
  const toClipboard = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return byCommand(text);
    }
  };
  const say = (text) => { byId("said").textContent = text; };

  const take = async (copy) => {
    const element = copy.querySelector(".text");
    // What cannot be seen is written out on the page; it is copied as it is.
    const worked = await toClipboard(element.dataset.exact ?? element.textContent);
    for (const other of all(".just")) other.classList.remove("just");
    if (!worked) {
      const range = document.createRange();
      range.selectNodeContents(element);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      say(words.byhand);
      copy.querySelector(".verb").textContent = words.byhand;
      return false;
    }
    copy.classList.add("just");
    const row = copy.closest(".row");
    const number = stops.findIndex((stop) => stop.row === row);
    const stop = stops[number];
    if (!copied(stop)) stop.piece.state.copied.push(stop.name);
    keep(stop.piece);
    at = seek(number + 1, 1);
    paint();
    say(words.copied + " " + row.querySelector("dt").firstChild.textContent.trim());
    return true;
  };

  const show = (element) => element.scrollIntoView({ block: "nearest" });
  const goOn = async () => {
    const stop = stops[at];
    if (!stop) return;
    stop.piece.element.classList.remove("folded");
    const worked = await take(mainCopy(stop.row));
    show(worked && stops[at] ? stops[at].row : stop.row);
  };
  const goBack = () => {
    let number = at - 1;
    while (number > 0 && stops[number].piece.state.done) number -= 1;
    at = Math.max(number, 0);
    paint();
    if (stops[at]) show(stops[at].row);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.classList.contains("take")) take(button.closest(".copy"));
    else if (button.id === "go") goOn();
    else if (button.id === "back") goBack();
    else if (button.id === "print") window.print();
    else if (button.id === "clear") clear(button);
    else if (button.classList.contains("fold")) {
      button.closest(".piece").classList.toggle("folded");
      paint();
    }
  });

  // By the key's place, not its letter: an input method that is on reports no letter.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.code === "KeyC") goOn();
    else if (event.code === "KeyB") goBack();
    else return;
    event.preventDefault();
  });

  for (const piece of pieces) {
    piece.box.addEventListener("change", () => {
      piece.state.done = piece.box.checked ? new Date().toISOString() : null;
      piece.element.classList.toggle("folded", piece.box.checked);
      keep(piece);
      const own = stops.findIndex((stop) => stop.piece === piece);
      at = piece.box.checked ? seek(at, 1) : own < 0 ? at : own;
      paint();
      say(byId("done-count").parentElement.textContent);
    });
  }

  for (const radio of all("[name=notation]")) {
    radio.checked = radio.value === notation;
    radio.addEventListener("change", () => {
      notation = radio.value;
      remember("notation", notation);
      paint();
    });
  }

  // A small screen has no room for the contents beside the pieces: folded at first, one touch away.
  if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".index").open = false;

  const clear = (button) => {
    if (button.dataset.sure !== "yes") {
      button.dataset.sure = "yes";
      button.dataset.usual = button.textContent;
      button.textContent = words.sure;
      button.addEventListener("blur", () => {
        button.dataset.sure = "";
        button.textContent = button.dataset.usual;
      }, { once: true });
      return;
    }
    for (const piece of pieces) {
      piece.state = { done: null, copied: [] };
      piece.element.classList.remove("folded");
      remember(piece.key, null);
    }
    at = 0;
    button.blur();
    paint();
  };

  const restore = () => {
    for (const piece of pieces) {
      const kept = recall(piece.key);
      const names = Array.isArray(kept?.copied) ? kept.copied.filter((name) => typeof name === "string") : [];
      piece.state = { done: typeof kept?.done === "string" ? kept.done : null, copied: names };
      piece.element.classList.toggle("folded", Boolean(piece.state.done));
    }
    const open = stops.findIndex((stop) => !stop.piece.state.done && !copied(stop));
    at = open < 0 ? stops.length : open;
    paint();
  };
  // Another tab with the same sheet: what is ticked there is ticked here.
  window.addEventListener("storage", restore);
  window.addEventListener("pageshow", restore);
  restore();
})();

// The preview: news from the server on the table, and what the editor does with it.

import { Book, verdictOf } from "./book.js";
import { button, find, make } from "./elements.js";
import { KEYS, obey, showHelp } from "./keys.js";
import { OVERLAYS } from "./overlays.js";
import { fault, showBroken, showPanel } from "./panel.js";
import { editorLink, listen, remember, remembered, write } from "./server.js";
import { closeSlip, draft, showSlip } from "./slip.js";
import { language, say, speak } from "./words.js";

const TOAST_MS = 4000;
const SWIPE = 60;
const VERDICTS = { approve: "approved", reject: "rejected", withdraw: "withdrawn" };
let brokenHidden = "";
let toastTimer = 0;

const book = new Book(picked, act);

// What can be done

const acts = {
  flip: (way) => { book.flip(way); settle(); },
  go: (number) => { book.go(number); settle(); },
  look: (view) => { closeAll(); book.look(view); settle(); },
  enlarge: (way) => { book.enlarge(way); settle(); },
  toggle: (name) => { book.toggle(name); settle(); },
  step: (way) => (book.view === "sheet" ? acts.go(book.current + way) : book.step(way)),
  typeNumber: () => { find("number").focus(); find("number").select(); },
  isScrolling: () => book.stage.scrollHeight > book.stage.clientHeight + 1 && book.view !== "sheet",
  edit: () => {
    const origin = book.selected?.origin;
    if (origin) location.href = editorLink(book.state.root, origin.slice(0, origin.lastIndexOf(":")), origin.split(":").at(-1));
  },
  copyPlace: () => book.selected?.origin && acts.copy(book.selected.origin),
  copy: async (what) => {
    try { await navigator.clipboard.writeText(what); toast(say("copied", { what })); } catch { toast(what); }
  },
  comment: () => {
    const at = book.selected ?? { page: book.current, index: null, origin: null, at: [5, 5] };
    const page = book.pages[at.page - 1];
    if (!page || book.view === "sheet") return;
    const data = { page: at.page, block: at.index, x: Math.max(0, at.at[0]), y: Math.max(0, at.at[1]), digest: page.digest };
    showSlip(book, at, acts, { label: say("comment"), save: (text) => text.trim() && keep("POST", "/comments", { ...data, text }) });
  },
  judge: (name, number = book.selected?.page ?? book.current) => {
    const page = book.pages[number - 1];
    if (!page) return;
    const data = { page: number, digest: page.digest, verdict: VERDICTS[name] };
    if (name !== "reject") { keep("POST", "/approvals", data); return; }
    if (book.view === "sheet") acts.look("spread");
    const at = { page: number, index: null, origin: null, at: [5, 5] };
    showSlip(book, at, acts, { label: say("note"), save: (note) => note.trim() && keep("POST", "/approvals", { ...data, note }) });
  },
  answer: (said) => {
    acts.go(said.page);
    const page = book.pages[said.page - 1];
    const at = { page: said.page, index: null, origin: null, at: [said.x, said.y] };
    const data = { page: said.page, digest: page.digest, answers: said.id };
    showSlip(book, at, acts, { label: say("answer"), save: (text) => text.trim() && keep("POST", "/comments", { ...data, text }) });
  },
  resolve: (said) => keep("POST", `/comments/${said.id}`, { resolved: !said.resolved }),
  remove: (said) => keep("DELETE", `/comments/${said.id}`, null),
  nextOpen: () => {
    const { pages, current } = book;
    const turned = [...pages.slice(current), ...pages.slice(0, current)];
    const next = turned.find((page) => verdictOf(page) === "open");
    if (next) acts.go(next.number);
  },
  enter: () => (book.view === "sheet" ? acts.look("spread") : book.selected ? acts.comment() : null),
  panel: () => { document.body.classList.toggle("no-panel"); settle(); },
  language: () => { speak(language() === "zh" ? "en" : "zh"); furnish(); book.lay(); settle(); },
  help: () => (find("help").open ? find("help").close() : showHelp()),
  hideBroken: () => { brokenHidden = JSON.stringify(book.state.errors); settle(); },
  escape: () => {
    if (document.querySelector(".slip")) { closeSlip(); return; }
    if (book.selected) { book.unselect(); return; }
    if (!find("broken").hidden) { acts.hideBroken(); return; }
    document.activeElement?.blur?.();
  },
};

function act(name, what) {
  if (name === "open") { book.current = what; acts.look("spread"); }
  else if (name === "pin") reveal(what);
  else if (name === "comment") { if (book.selected?.page !== what) { book.selected = null; book.current = what; } acts.comment(); }
  else acts.judge(name, what);
}

function picked(selected) {
  if (selected) showSlip(book, selected, acts);
  else closeSlip();
  settle();
}

function reveal(id) {
  document.body.classList.remove("no-panel");
  const item = document.querySelector(`[data-comment="${CSS.escape(id)}"]`);
  item?.scrollIntoView({ block: "nearest" });
  item?.classList.add("met");
  setTimeout(() => item?.classList.remove("met"), TOAST_MS);
}

// Keep a record; what was typed stays until it is kept.
async function keep(method, path, data) {
  const wrong = await write(method, path, data, language());
  if (wrong === "N765") { askWho(() => keep(method, path, data)); return; }
  if (wrong) { toast(wrong, true); return; }
  closeAll();
  toast(say("saved"));
}

function askWho(then) {
  const name = make("input", { maxlength: 200, value: remembered() ?? "", required: true, autocomplete: "name" });
  const form = make("form", { method: "dialog" },
    make("h2", {}, say("who")), make("p", {}, say("whoWhy")), name, make("button", { class: "main" }, say("save")));
  form.addEventListener("submit", () => { if (name.value.trim()) { remember(name.value.trim()); then(); } });
  find("who").replaceChildren(form);
  find("who").showModal();
}

function closeAll() {
  closeSlip();
  book.selected = null;
  for (const number of book.visible) book.remark(number);
}

const shows = (state) => JSON.stringify({ ...state, number: 0, status: "", changed: [] });

function toast(text, isLong = false) {
  const note = find("toast");
  note.textContent = text;
  note.hidden = false;
  note.classList.toggle("wrong", isLong);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { note.hidden = true; }, isLong ? 3 * TOAST_MS : TOAST_MS);
}

// What is shown around the pages

function furnish() {
  const title = (name) => `${say(name)} (${KEYS.find(([, known]) => known === name)[3]})`;
  find("views").replaceChildren(...["single", "spread", "sheet"].map((view) =>
    button(say(view), () => acts.look(view), { "data-view": view, title: title(view) })));
  find("zoom").replaceChildren(
    button("−", () => acts.enlarge(-1), { title: "-" }), button(say("fit"), () => acts.enlarge(0), { id: "scale", title: "0" }), button("+", () => acts.enlarge(1), { title: "+" }));
  find("overlays").replaceChildren(...Object.keys(OVERLAYS).map((name) =>
    button(say(`${name}1`), () => acts.toggle(name), { "data-overlay": name, title: title(name), "aria-label": say(name) })));
  find("more").replaceChildren(
    button(say("panel"), acts.panel, { title: title("panel"), "data-act": "panel" }),
    button(say("language"), acts.language, { title: "l", "data-act": "language" }),
    button("?", acts.help, { title: say("help"), "data-act": "help" }));
}

function settle() {
  const { state } = book;
  if (!state) return;
  document.title = `${state.issue} · newsletter`;
  find("issue").textContent = state.issue;
  find("status").textContent = say(state.errors.length && state.status !== "setting" && state.status !== "lost" ? fault(state) : state.status);
  document.body.dataset.status = state.status;
  document.body.dataset.number = state.number;
  find("count").textContent = `/ ${book.pages.length}`;
  if (document.activeElement !== find("number")) find("number").value = book.visible.length === 2 ? `${book.visible[0]}–${book.visible[1]}` : `${book.current}`;
  find("tally").textContent = say("tally", { n: book.pages.filter((page) => verdictOf(page) === "approved").length, all: book.pages.length });
  find("scale").textContent = book.zoom === 1 ? say("fit") : `${Math.round(book.zoom * 100)}%`;
  for (const choice of find("views").children) choice.setAttribute("aria-pressed", choice.dataset.view === book.view);
  for (const choice of find("overlays").children) choice.setAttribute("aria-pressed", book.overlays.has(choice.dataset.overlay));
  showPanel(state, book.view === "sheet" ? [book.current] : book.visible, acts);
  showBroken(state, brokenHidden === JSON.stringify(state.errors), acts);
  keepPlace();
}

// The place survives a reload; the address names it.
function keepPlace() {
  const place = new URLSearchParams({ page: book.current, view: book.view, zoom: book.zoom, over: [...book.overlays].join("."), lang: language() });
  history.replaceState(null, "", `#${place}`);
}

function resumePlace() {
  const place = new URLSearchParams(location.hash.slice(1));
  if (["single", "spread", "sheet"].includes(place.get("view"))) book.view = place.get("view");
  if (["zh", "en"].includes(place.get("lang"))) speak(place.get("lang"));
  const zoom = Number(place.get("zoom"));
  if (zoom >= 1 && zoom <= 4) book.zoom = zoom;
  book.current = Math.max(1, Number.parseInt(place.get("page") ?? "1", 10) || 1);
  for (const name of (place.get("over") ?? "").split(".")) if (name in OVERLAYS) book.overlays.add(name);
  return book.current;
}

// Beginning

let wanted = resumePlace();
furnish();
find("status").textContent = say("setting");
obey(acts);
listen((state) => {
  document.body.classList.remove("is-away");
  const writing = draft();
  if (state.errors.length === 0) brokenHidden = "";
  if (wanted && state.pages.length) { book.current = wanted; wanted = 0; }
  if (book.state && shows(book.state) === shows(state)) book.stay(state);
  else book.turn(state);
  if (!writing && book.selected) book.remark(book.selected.page);
  settle();
}, () => {
  document.body.classList.add("is-away");
  find("status").textContent = say("away");
});
find("goto").addEventListener("submit", (event) => {
  event.preventDefault();
  const number = Number.parseInt(find("number").value, 10);
  find("number").blur();
  if (number) acts.go(number);
  else settle();
});
for (const [name, way] of [["previous", -1], ["next", 1]]) {
  document.querySelector(`#goto [data-act=${name}]`).addEventListener("click", () => acts.flip(way));
}
let touched = null;
book.stage.addEventListener("touchstart", (event) => { touched = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
book.stage.addEventListener("touchend", (event) => {
  const end = event.changedTouches[0];
  if (touched && book.zoom === 1 && book.view !== "sheet" && !event.target.closest(".slip")) {
    const [x, y] = [end.clientX - touched.clientX, end.clientY - touched.clientY];
    if (Math.abs(x) > SWIPE && Math.abs(y) < SWIPE) acts.flip(x < 0 ? 1 : -1);
  }
  touched = null;
}, { passive: true });

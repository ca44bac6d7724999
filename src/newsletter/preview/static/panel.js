// Beside the pages: what was found on them, what was said about them; over them: what broke.

import { button, find, make } from "./elements.js";
import { editorLink } from "./server.js";
import { language, say } from "./words.js";

// What is said of a state with errors: that older pages are shown, where there are any.
export const fault = (state) => (state.pages.length ? "broken" : "unset");

// What is said where nothing was found: that of pages which are not there, or not of this copy,
// nothing is known.
const nothing = (state) => say(state.errors.length || !state.pages.length ? "unknown" : "none");

const short = (origin) => origin.replace(/^issues\/[^/]+\//, "");

export function placeLink(state, file, line, onCopy) {
  const place = `${file}:${line}`;
  return make("span", { class: "place" },
    make("a", { href: editorLink(state.root, file, line), title: say("edit") }, short(place)),
    button(say("copy"), () => onCopy(place), { class: "quiet", "data-act": "copy" }));
}

function finding(state, found, acts, full) {
  const hint = found.hint[language()];
  return make("li", { class: `finding ${found.severity}`, "data-code": found.code },
    make("p", {}, make("code", {}, found.code), " ", found.message[language()]),
    full && found.excerpt ? make("pre", {}, found.excerpt) : null,
    hint ? make("p", { class: "hint" }, hint) : null,
    make("p", { class: "where" },
      found.page && !full ? button(say("page", { n: found.page }), () => acts.go(found.page), { class: "quiet" }) : null,
      found.file ? placeLink(state, found.file, found.line, acts.copy) : null));
}

function comment(state, said, acts) {
  const answers = state.comments.filter((other) => other.answers === said.id);
  return make("li", { class: said.resolved ? "comment resolved" : "comment", "data-comment": said.id },
    make("p", { class: "by" }, said.by, make("time", {}, said.date.slice(5, 16).replace("T", " "))),
    said.quote ? make("blockquote", {}, said.quote) : null,
    make("p", { class: "said" }, said.text),
    said.is_sure ? null : make("p", { class: "hint" }, say("unsure")),
    ...answers.map((answer) => make("p", { class: "answer" }, make("b", {}, answer.by), " ", answer.text)),
    make("p", { class: "where" },
      button(say("page", { n: said.page }), () => acts.go(said.page), { class: "quiet" }),
      button(say("answer"), () => acts.answer(said), { class: "quiet", "data-act": "answer" }),
      button(say(said.resolved ? "reopen" : "resolve"), () => acts.resolve(said), { class: "quiet", "data-act": "resolve" }),
      button(say("remove"), () => acts.remove(said), { class: "quiet", "data-act": "remove" })));
}

const list = (items, empty) => (items.length ? make("ul", {}, ...items) : make("p", { class: "nothing" }, empty));

export function showPanel(state, visible, acts) {
  const open = new Set([...document.querySelectorAll("#panel details[open]")].map((d) => d.id));
  const isNear = (found) => visible.includes(found.page) || (found.severity === "error" && !found.page);
  const here = state.findings.filter(isNear);
  const elsewhere = state.findings.filter((found) => !isNear(found));
  const ids = new Set(state.comments.map((said) => said.id));
  const threads = state.comments.filter((said) => !ids.has(said.answers));
  const near = threads.filter((said) => visible.includes(said.page));
  const far = threads.filter((said) => !visible.includes(said.page));
  const rest = make("details", { id: "elsewhere", open: open.has("elsewhere") },
    make("summary", {}, `${say("whole")} ${elsewhere.length + far.length}`),
    list([...far.map((said) => comment(state, said, acts)), ...elsewhere.map((found) => finding(state, found, acts, false))], say("none")));
  find("panel").replaceChildren(
    make("h2", {}, say("onPages"), make("span", {}, here.length || !state.errors.length ? `${here.length}` : "")),
    list(here.map((found) => finding(state, found, acts, false)), nothing(state)),
    make("h2", {}, say("comments"), make("span", {}, `${near.length}`)),
    list(near.map((said) => comment(state, said, acts)), say("noComments")),
    elsewhere.length + far.length ? rest : "");
}

export function showBroken(state, isHidden, acts) {
  const broken = find("broken");
  const errors = state.errors;
  document.body.classList.toggle("is-broken", errors.length > 0);
  broken.hidden = errors.length === 0 || isHidden;
  if (broken.hidden) { broken.replaceChildren(); return; }
  broken.replaceChildren(
    make("p", { class: "title" }, say(state.status === "lost" ? "lost" : fault(state)), button("×", acts.hideBroken, { class: "quiet", "aria-label": say("close") })),
    make("ul", {}, ...errors.map((found) => finding(state, found, acts, true))));
}

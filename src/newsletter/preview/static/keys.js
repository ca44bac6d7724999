// Every key and what it does: one list for the keyboard and for the help sheet.

import { button, find, make } from "./elements.js";
import { OVERLAYS } from "./overlays.js";
import { say } from "./words.js";

export const KEYS = [
  [["ArrowRight", "PageDown", "n"], "flip", (acts) => acts.flip(1), "→"],
  [["ArrowLeft", "PageUp", "p"], "flip", (acts) => acts.flip(-1), "←"],
  [["Home"], "ends", (acts) => acts.go(1), "Home"],
  [["End"], "ends", (acts) => acts.go(Infinity), "End"],
  [["/"], "number", (acts) => acts.typeNumber(), "/"],
  [["1"], "single", (acts) => acts.look("single"), "1"],
  [["2"], "spread", (acts) => acts.look("spread"), "2"],
  [["3"], "sheet", (acts) => acts.look("sheet"), "3"],
  [["+", "="], "zoom", (acts) => acts.enlarge(1), "+"],
  [["-"], "zoom", (acts) => acts.enlarge(-1), "−"],
  [["0"], "zoom", (acts) => acts.enlarge(0), "0"],
  ...Object.entries(OVERLAYS).map(([name, key]) => [[key], name, (acts) => acts.toggle(name), key]),
  [["j", "ArrowDown"], "block", (acts) => acts.step(1), "j"],
  [["k", "ArrowUp"], "block", (acts) => acts.step(-1), "k"],
  [["e"], "edit", (acts) => acts.edit(), "e"],
  [["y"], "copy", (acts) => acts.copyPlace(), "y"],
  [["c"], "write", (acts) => acts.comment(), "c"],
  [["a"], "approve", (acts) => acts.judge("approve"), "a"],
  [["r"], "reject", (acts) => acts.judge("reject"), "r"],
  [["w"], "withdraw", (acts) => acts.judge("withdraw"), "w"],
  [["u"], "unapproved", (acts) => acts.nextOpen(), "u"],
  [["Enter"], "enter", (acts) => acts.enter(), "Enter"],
  [["d"], "panel", (acts) => acts.panel(), "d"],
  [["l"], "language", (acts) => acts.language(), "l"],
  [["?"], "help", (acts) => acts.help(), "?"],
  [["Escape"], "escape", (acts) => acts.escape(), "Esc"],
];

const WRITING = "textarea, input";

export function obey(acts) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(WRITING) && event.key !== "Escape") return;
    if (document.querySelector("dialog[open]") && event.key !== "?") return; // Escape closes it by itself
    if (event.key === "Enter" && event.target.closest("button, a, summary")) return;
    const vertical = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (vertical && (acts.isScrolling() || event.target.closest("#panel"))) return;
    const known = KEYS.find(([keys]) => keys.includes(event.key));
    if (!known) return;
    event.preventDefault();
    known[2](acts);
  });
}

export function showHelp() {
  const help = find("help");
  const rows = new Map();
  for (const [, name, , sign] of KEYS) rows.set(name, [...(rows.get(name) ?? []), sign]);
  const label = (name) => (name === "language" ? "中文 / English" : say(name));
  help.replaceChildren(
    make("h2", {}, say("keys")),
    make("dl", {}, ...[...rows].flatMap(([name, signs]) => [
      make("dt", {}, ...signs.map((sign) => make("kbd", {}, sign))), make("dd", {}, label(name))])),
    make("p", {}, say("click")),
    button(say("close"), () => help.close()));
  help.showModal();
}

// The slip at a selected block: where it came from, and a comment to write.

import { button, find, make } from "./elements.js";
import { placeLink } from "./panel.js";
import { say } from "./words.js";

const NEAR = 10;

export function closeSlip() {
  document.querySelector(".slip")?.remove();
}

export function draft() {
  return document.querySelector(".slip textarea")?.value ?? "";
}

// `asks` is {label, save} where something is to be written.
export function showSlip(book, selected, acts, asks = null) {
  closeSlip();
  const figure = book.figure(selected.page);
  const block = selected.index === null ? null : book.told.get(selected.page)?.blocks[selected.index];
  const origin = block?.origin ?? selected.origin;
  const [file, line] = origin ? [origin.slice(0, origin.lastIndexOf(":")), origin.slice(origin.lastIndexOf(":") + 1)] : [null, null];
  const slip = make("div", { class: "slip" },
    file ? make("p", { class: "where" }, placeLink(book.state, file, line, acts.copy)) : make("p", { class: "where" }, say("page", { n: selected.page })),
    asks ? writing(asks, acts) : button(say("comment"), acts.comment, { "data-act": "comment" }));
  figure.querySelector(".paper").append(slip);
  slip.addEventListener("click", (event) => event.stopPropagation());
  placeAt(slip, book, block, selected.at);
  slip.querySelector("textarea")?.focus({ preventScroll: true });
}

function writing(asks, acts) {
  const area = make("textarea", { rows: 3, maxlength: 20000, placeholder: asks.label });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) asks.save(area.value);
  });
  return make("div", {}, area, make("p", { class: "tools" },
    button(say("save"), () => asks.save(area.value), { class: "main", "data-act": "save" }),
    button(say("cancel"), acts.escape)));
}

// Below the block where there is room, else above it; always within the window.
function placeAt(slip, book, block, at) {
  const paper = slip.parentElement.getBoundingClientRect();
  const stage = find("stage").getBoundingClientRect();
  const scale = book.scale;
  const [x, y, , height] = block?.box ?? [at[0], at[1], 0, 0];
  const size = slip.getBoundingClientRect();
  const below = paper.top + (y + height) * scale + NEAR;
  const top = below + size.height < stage.bottom ? below : Math.max(stage.top + NEAR, paper.top + y * scale - size.height - NEAR);
  const left = Math.min(Math.max(paper.left + x * scale, stage.left + NEAR), stage.right - size.width - NEAR);
  slip.style.left = `${left - paper.left}px`;
  slip.style.top = `${top - paper.top}px`;
}

// The pages on the table: which are seen, how large, and their pictures.

import { button, draw, find, make } from "./elements.js";
import { OVERLAYS, overlay } from "./overlays.js";
import { picture, read } from "./server.js";
import { say } from "./words.js";

const RESOLUTIONS = [36, 72, 144, 216, 288];
const STEPS = [1, 1.25, 1.5, 2, 2.5, 3, 4];
const MM_PER_INCH = 25.4;
const GAP = 28;
const CAPTION = 40;
const THUMB = 150;
const FRESH_MS = 1600;

export class Book {
  constructor(onPick, onAct) {
    this.state = null;
    this.view = "spread";
    this.current = 1;
    this.zoom = 1;
    this.overlays = new Set();
    this.selected = null;
    this.figures = new Map();
    this.told = new Map();
    this.faint = new Map();
    this.onPick = onPick;
    this.onAct = onAct;
    this.stage = find("stage");
    this.table = find("table");
    new ResizeObserver(() => this.lay()).observe(this.stage);
  }

  get pages() { return this.state?.pages ?? []; }

  spreadOf(number) {
    if (number === 1) return [1];
    const left = number - (number % 2);
    return [left, left + 1].filter((n) => n <= this.pages.length);
  }

  get visible() {
    if (!this.pages.length) return [];
    if (this.view === "sheet") return this.pages.map((page) => page.number);
    return this.view === "single" ? [this.current] : this.spreadOf(this.current);
  }

  // Show a new state: pages whose digest changed get a new picture, all others stay as they are.
  turn(state) {
    const before = new Map(this.pages.map((page) => [page.number, page.digest]));
    this.state = state;
    this.current = Math.min(Math.max(1, this.current), Math.max(1, this.pages.length));
    for (const page of this.pages) {
      if (before.has(page.number) && before.get(page.number) !== page.digest) {
        this.figures.get(page.number)?.classList.add("fresh");
        this.faint.delete(page.number);
        setTimeout(() => this.figures.get(page.number)?.classList.remove("fresh"), FRESH_MS);
      }
    }
    this.told.clear();
    this.lay();
  }

  // Take a state that shows nothing else than the one before.
  stay(state) {
    Object.assign(this.state, state);
    if (document.body.dataset.told) document.body.dataset.told = state.number;
  }

  // Put the visible pages on the table in their size.
  lay() {
    const sheet = this.state?.sheet;
    find("stage").dataset.view = this.view;
    if (!sheet || !this.pages.length) {
      this.table.replaceChildren(make("p", { class: "empty" }, this.state ? say("empty") : ""));
      return;
    }
    this.scale = this.scaleFor(sheet);
    const figures = this.visible.map((number) => this.figure(number));
    if (figures.length !== this.table.children.length || figures.some((f, i) => this.table.children[i] !== f)) {
      this.table.replaceChildren(...figures);
    }
    this.lookAt(this.visible.join());
    this.tell(this.visible.map((number) => this.dress(number, sheet)));
  }

  // Say which pages are looked at, so that they are the first to be drawn after an edit.
  lookAt(pages) {
    if (pages === this.lookedAt || this.view === "sheet") return;
    this.lookedAt = pages;
    for (const number of this.visible) fetch(`/looked/${number}`, { priority: "low" }).catch(() => null);
  }

  scaleFor(sheet) {
    if (this.view === "sheet") return (THUMB * this.zoom) / sheet.width;
    const across = this.view === "spread" && this.pages.length > 1 ? 2 : 1;
    const width = (this.stage.clientWidth - 2 * GAP) / (sheet.width * across);
    const height = (this.stage.clientHeight - GAP - CAPTION) / sheet.height;
    return Math.max(0.2, Math.min(width, height)) * this.zoom;
  }

  figure(number) {
    if (!this.figures.has(number)) {
      const paper = make("div", { class: "paper" }, make("img", { alt: "", draggable: "false" }), draw("svg"), make("div", { class: "pins" }));
      const figure = make("figure", { class: "page", "data-page": number }, paper, make("figcaption"));
      paper.addEventListener("click", (event) => this.picked(number, event));
      paper.addEventListener("mousemove", (event) => this.hovered(number, event));
      paper.addEventListener("mouseleave", () => this.mark(number, "hover", null));
      this.figures.set(number, figure);
    }
    return this.figures.get(number);
  }

  dress(number, sheet) {
    const figure = this.figure(number);
    const page = this.pages[number - 1];
    const paper = figure.querySelector(".paper");
    paper.style.width = `${sheet.width * this.scale}px`;
    paper.style.height = `${sheet.height * this.scale}px`;
    figure.style.width = paper.style.width;
    const side = this.view === "spread" ? (number % 2 ? "recto" : "verso") : "";
    figure.className = figure.className.replace(/ ?(recto|verso|current)/g, "") + (side ? ` ${side}` : "");
    figure.classList.toggle("current", number === this.current);
    figure.dataset.verdict = verdictOf(page);
    const svg = paper.querySelector("svg");
    const { bleed } = sheet;
    svg.setAttribute("viewBox", `${-bleed} ${-bleed} ${sheet.width + 2 * bleed} ${sheet.height + 2 * bleed}`);
    this.spread(svg, sheet, true);
    const shown = this.show(figure, page, sheet);
    this.caption(figure, page);
    this.pin(figure, number);
    overlay(svg, this.overlays, this.told.get(number), sheet, this.faint.get(number));
    this.remark(number);
    return shown;
  }

  spread(element, sheet, bled) {
    const out = bled ? sheet.bleed : 0;
    element.style.left = element.style.top = `${-out * this.scale}px`;
    element.style.width = `${(sheet.width + 2 * out) * this.scale}px`;
    element.style.height = `${(sheet.height + 2 * out) * this.scale}px`;
  }

  // Load a picture beside the old one and exchange them when it is there, so that nothing flashes.
  async show(figure, page, sheet) {
    const bled = this.overlays.has("trim");
    const wanted = this.scale * MM_PER_INCH * (window.devicePixelRatio || 1);
    const dpi = RESOLUTIONS.find((known) => known >= wanted * 0.92) ?? RESOLUTIONS.at(-1);
    const source = picture(page, dpi, bled);
    const shown = figure.querySelector("img");
    figure.dataset.wanted = source;
    if (shown.dataset.source === source) { this.spread(shown, sheet, bled); return; }
    const next = make("img", { alt: say("page", { n: page.number }), draggable: "false", fetchpriority: "high", src: source, "data-source": source });
    try { await next.decode(); } catch { return; }
    if (figure.dataset.wanted !== source) return;
    this.spread(next, this.state.sheet, bled);
    next.dataset.digest = page.digest;
    figure.querySelector("img").replaceWith(next);
  }

  caption(figure, page) {
    const verdict = verdictOf(page);
    const who = page.judges.join("、");
    const act = (name) => button(say(name), () => this.onAct(name, page.number), { class: "quiet", "data-act": name });
    const tools = this.view === "sheet" ? [] : [act("approve"), act("reject"), ...(page.verdicts.length ? [act("withdraw")] : []), act("comment")];
    const text = verdict === "open" && page.was ? say("again") : say(verdict);
    figure.querySelector("figcaption").replaceChildren(
      make("b", {}, `${page.number}`),
      make("span", { class: "verdict", title: page.verdicts.map((v) => say("said", { by: v.by, what: say(v.verdict) + (v.note ? ` ${v.note}` : "") })).join("\n") }, who ? `${text} ${who}` : text),
      ...tools,
    );
  }

  pin(figure, number) {
    const pins = this.state.comments.filter((c) => c.page === number && !c.answers && !c.resolved);
    figure.querySelector(".pins").replaceChildren(...pins.map((comment, index) => {
      const pin = button(`${index + 1}`, (event) => { event.stopPropagation(); this.onAct("pin", comment.id); }, { class: comment.is_sure ? "pin" : "pin unsure", title: comment.text });
      pin.style.left = `${comment.x * this.scale}px`;
      pin.style.top = `${comment.y * this.scale}px`;
      return pin;
    }));
  }

  // Ask what stands on the visible pages, once for each state, when their pictures are there;
  // `telling` ends when it is known.
  tell(shown) {
    const telling = Promise.all(shown).then(() => (telling === this.telling ? this.ask() : null)).then(() => {
      if (telling === this.telling) document.body.dataset.told = this.state?.number ?? "";
    });
    document.body.dataset.told = "";
    this.telling = telling;
  }

  async ask() {
    const { state } = this;
    const wanted = this.visible.filter((number) => this.view !== "sheet" || this.overlays.size);
    await Promise.all(wanted.map(async (number) => {
      if (!this.told.has(number)) {
        const told = await read(`/blocks/${number}.json`).catch(() => null);
        if (told && state === this.state) this.told.set(number, told);
      }
      if (this.overlays.has("contrast") && !this.faint.has(number)) {
        const faint = await read(`/contrast/${number}.json`).catch(() => null);
        if (faint && faint.digest === this.pages[number - 1]?.digest) this.faint.set(number, faint.texts);
      }
      if (state !== this.state) return;
      overlay(this.figure(number).querySelector("svg"), this.overlays, this.told.get(number), this.state.sheet, this.faint.get(number));
      this.remark(number);
    }));
  }

  // Blocks

  point(number, event) {
    const box = this.figure(number).querySelector(".paper").getBoundingClientRect();
    return [(event.clientX - box.left) / this.scale, (event.clientY - box.top) / this.scale];
  }

  blockAt(number, [x, y]) {
    const blocks = this.told.get(number)?.blocks ?? [];
    let best = null;
    blocks.forEach(({ box: [left, top, width, height] }, index) => {
      const area = width * height;
      const inside = x >= left && x <= left + width && y >= top && y <= top + height;
      if (inside && (best === null || area <= best.area)) best = { index, area };
    });
    return best?.index ?? null;
  }

  async picked(number, event) {
    if (this.view === "sheet") { this.onAct("open", number); return; }
    const at = this.point(number, event);
    await this.telling;
    this.select(number, this.blockAt(number, at), at);
  }

  select(number, index, at) {
    const block = index === null ? null : this.told.get(number)?.blocks[index];
    this.current = number;
    const middle = block ? [block.box[0] + block.box[2] / 2, block.box[1] + block.box[3] / 2] : [5, 5];
    this.selected = { page: number, index, origin: block?.origin ?? null, at: at ?? middle };
    for (const page of this.visible) this.remark(page);
    this.onPick(this.selected);
  }

  unselect() {
    this.selected = null;
    for (const page of this.visible) this.remark(page);
    this.onPick(null);
  }

  hovered(number, event) {
    if (this.view !== "sheet") this.mark(number, "hover", this.blockAt(number, this.point(number, event)));
  }

  remark(number) {
    this.mark(number, "selected", this.selected?.page === number ? this.selected.index : null);
  }

  mark(number, name, index) {
    const svg = this.figure(number).querySelector("svg");
    svg.querySelector(`.${name}`)?.remove();
    const block = index === null ? null : this.told.get(number)?.blocks[index];
    if (!block) return;
    const [x, y, width, height] = block.box;
    svg.append(draw("rect", { x: x - 0.6, y: y - 0.6, width: width + 1.2, height: height + 1.2, class: name }));
  }

  // Go to the next block or the one before, once it is known what stands on the pages.
  async step(way) {
    await this.telling;
    const here = this.selected ?? { page: this.visible[0], index: null };
    const count = this.told.get(here.page)?.blocks.length ?? 0;
    const index = here.index === null ? (way > 0 ? 0 : count - 1) : here.index + way;
    if (index >= 0 && index < count) { this.select(here.page, index); return; }
    const other = this.visible[this.visible.indexOf(here.page) + way];
    const all = other === undefined ? 0 : this.told.get(other)?.blocks.length ?? 0;
    if (all) this.select(other, way > 0 ? 0 : all - 1);
  }

  // Moving about

  go(number) {
    if (!this.pages.length) return;
    this.current = Math.min(Math.max(1, number), this.pages.length);
    if (this.selected && !this.visible.includes(this.selected.page)) this.unselect();
    this.lay();
    if (this.view === "sheet") this.figure(this.current).scrollIntoView({ block: "nearest" });
  }

  flip(way) {
    if (this.view !== "spread") { this.go(this.current + way); return; }
    const seen = this.visible;
    if (!seen.length) return;
    this.go(way > 0 ? seen.at(-1) + 1 : this.spreadOf(Math.max(1, seen[0] - 1))[0]);
  }

  look(view) {
    this.view = view;
    this.zoom = 1;
    this.lay();
  }

  // Zoom about the middle of what is seen.
  enlarge(way) {
    const { stage } = this;
    const middle = [(stage.scrollLeft + stage.clientWidth / 2) / stage.scrollWidth, (stage.scrollTop + stage.clientHeight / 2) / stage.scrollHeight];
    const at = STEPS.indexOf(this.zoom);
    this.zoom = way === 0 ? 1 : STEPS[Math.min(STEPS.length - 1, Math.max(0, at + way))];
    this.lay();
    stage.scrollLeft = middle[0] * stage.scrollWidth - stage.clientWidth / 2;
    stage.scrollTop = middle[1] * stage.scrollHeight - stage.clientHeight / 2;
  }

  toggle(name) {
    if (!(name in OVERLAYS)) return;
    if (!this.overlays.delete(name)) this.overlays.add(name);
    this.lay();
  }
}

export function verdictOf(page) {
  if (page.verdicts.some((v) => v.verdict === "rejected")) return "rejected";
  return page.verdicts.length ? "approved" : "open";
}

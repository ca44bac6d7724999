/* Search without a server. The index lies in small scripts, which a page from a file share may
   load: search/passages.js names all passages, search/grams/ holds the rows of terms and pairs of
   terms, search/texts/ the texts, which decide whether a word stands there and give the excerpt.
   What a term is, is said in newsletter/archive/terms.py; this is the same in another language. */
"use strict";
(() => {
  const script = document.currentScript;
  const { root, home } = script.dataset;
  const said = JSON.parse(document.getElementById("speech").textContent);
  const BREAK = "¶";
  const AT_ONCE = 20;
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Map([...ALPHABET].map((character, value) => [character, value]));

  // What the scripts of the index call when they are loaded.
  const grams = new Map();
  const texts = new Map();
  let library = null;
  window.shelf = {
    passages: (found) => { library = found; },
    grams: (shard, rows) => grams.set(shard, rows),
    texts: (issue, found) => texts.set(issue, found),
  };

  const loading = new Map();
  function load(path) {
    if (!loading.has(path)) {
      loading.set(path, new Promise((done, failed) => {
        const element = document.createElement("script");
        element.src = root + path;
        element.onload = () => done();
        element.onerror = () => { loading.delete(path); failed(new Error(path)); };
        document.head.append(element);
      }));
    }
    return loading.get(path);
  }

  // Terms ---------------------------------------------------------------------------------------

  let term = null;
  function pattern() {
    const { characters, passed } = library;
    term ??= new RegExp(
      `([${characters}]|(?:(?![${characters}])[\\p{L}\\p{Nl}\\p{No}])+|\\p{Nd}+)|([${passed}]+)|([^])`,
      "gu",
    );
    return term;
  }

  const normal = (text) => text.normalize("NFC").normalize("NFKC").toLowerCase();

  /* The terms of a text; with `origin`, which says where each letter came from, their places. */
  function* walk(text) {
    let broken = true;
    for (const match of text.matchAll(pattern())) {
      if (match[1] !== undefined) {
        broken = false;
        yield { term: match[1], start: match.index, end: match.index + match[1].length };
      } else if (match[3] !== undefined && !broken) {
        broken = true;
        yield { term: BREAK, start: match.index, end: match.index };
      }
    }
  }

  function terms(text) {
    const found = Array.from(walk(normal(text)), (item) => item.term);
    if (found.at(-1) === BREAK) found.pop();
    return found;
  }

  function located(text) {
    const origin = [];
    let letters = "";
    let index = 0;
    for (const character of text) {
      const folded = normal(character);
      letters += folded;
      for (let i = 0; i < folded.length; i += 1) origin.push([index, index + character.length]);
      index += character.length;
    }
    return Array.from(walk(letters), (item) => (
      item.term === BREAK
        ? { term: BREAK, start: origin[item.start][0], end: origin[item.start][0] }
        : { term: item.term, start: origin[item.start][0], end: origin[item.end - 1][1] }
    ));
  }

  // Queries: words are all wanted, “…” is a phrase, - excludes ------------------------------------

  const PART = /((?<!\S)[-\u2212\uff0d])?(?:"([^"]*)(?:"|$)|[“”\uff02]([^“”\uff02]*)(?:[”“\uff02]|$)|[「『]([^」』]*)(?:[」』]|$)|([^\s"“”\uff02「『]+))/gu;

  function parse(typed) {
    const wanted = [];
    const unwanted = [];
    for (const match of typed.matchAll(PART)) {
      const text = match[2] ?? match[3] ?? match[4] ?? match[5];
      const word = { typed: text.trim(), terms: terms(text) };
      const kept = match[1] ? unwanted : wanted;
      const same = (other) => other.terms.join(" ") === word.terms.join(" ");
      if (word.terms.length && !kept.some(same)) kept.push(word);
    }
    return { wanted, unwanted };
  }

  // The index -------------------------------------------------------------------------------------

  function shardOf(gram) {
    let found = 2166136261;
    for (const character of gram) {
      found = Math.imul(found ^ character.codePointAt(0), 16777619) >>> 0;
    }
    return found % library.shards;
  }

  async function rowOf(gram) {
    const shard = shardOf(gram);
    await load(`search/grams/${shard.toString(16).padStart(3, "0")}.js`);
    const numbers = [];
    let number = 0, value = 0, shift = 0;
    for (const character of grams.get(shard)[gram] ?? "") {
      const bits = VALUE.get(character);
      value |= (bits & 31) << shift;
      if (bits & 32) {
        shift += 5;
      } else {
        number += value;
        numbers.push(number);
        value = 0;
        shift = 0;
      }
    }
    return numbers;
  }

  /* The keys under which a word stands: its pairs, where it has any, else its terms. */
  function gramsOf(word) {
    const pairs = [];
    for (let i = 1; i < word.terms.length; i += 1) {
      const [a, b] = [word.terms[i - 1], word.terms[i]];
      if (a !== BREAK && b !== BREAK) pairs.push(`${a} ${b}`);
    }
    return pairs.length ? pairs : word.terms.filter((found) => found !== BREAK);
  }

  const isExact = (word) => word.terms.length <= 2 && !word.terms.includes(BREAK);

  /* The passages that may have all words: no other has. */
  async function candidates(words) {
    const keys = [...new Set(words.flatMap(gramsOf))];
    const rows = await Promise.all(keys.map(rowOf));
    rows.sort((a, b) => a.length - b.length);
    return rows.reduce((kept, row) => {
      const other = new Set(row);
      return kept.filter((number) => other.has(number));
    });
  }

  // The texts -------------------------------------------------------------------------------------

  const has = (found, word) => {
    const row = ` ${found.join(" ")} `;
    return row.includes(` ${word.terms.join(" ")} `);
  };

  async function fields(number) {
    const passage = library.passages[number];
    const issue = library.issues[passage[0]];
    await load(`search/texts/${issue.texts}.js`);
    const [lead, body] = texts.get(issue.texts)[number - issue.first];
    return [passage[3], lead, body];
  }

  async function isHit(number, query) {
    const found = (await fields(number)).map(terms);
    const occurs = (word) => found.some((field) => has(field, word));
    return query.wanted.every(occurs) && !query.unwanted.some(occurs);
  }

  function places(text, words) {
    const found = located(text);
    const rows = words.map((word) => word.terms).sort((a, b) => b.length - a.length);
    const marks = [];
    for (let i = 0; i < found.length;) {
      const row = rows.find((terms) => terms.every((one, j) => found[i + j]?.term === one));
      if (row) marks.push([found[i].start, found[i + row.length - 1].end]);
      i += row ? row.length : 1;
    }
    return marks;
  }

  const STOPS = "，。；：！？、\n";
  const LENGTH = 96, BEFORE = 24, NEAR = 12;

  function excerpt(text, words) {
    const marks = places(text, words);
    const first = marks.length ? marks[0][0] : 0;
    let start = 0;
    if (first > BEFORE + NEAR) {
      start = first - BEFORE;
      for (let i = first - BEFORE - NEAR; i < first; i += 1) {
        if (STOPS.includes(text[i])) { start = i + 1; break; }
      }
    }
    let end = Math.min(text.length, start + LENGTH);
    if (/[\ud800-\udbff]/u.test(text[end - 1] ?? "")) end += 1;
    return { text, start, end, marks: marks.filter(([a, b]) => a >= start && b <= end) };
  }

  // The page --------------------------------------------------------------------------------------

  const byId = (id) => document.getElementById(id);
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const tell = (text) => { byId("state").textContent = text; };

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function marked({ text, start, end, marks }) {
    const parts = [start > 0 ? "…" : ""];
    let at = start;
    for (const [from, to] of marks) {
      parts.push(text.slice(at, from), element("mark", "", text.slice(from, to)));
      at = to;
    }
    parts.push(text.slice(at, end), end < text.length ? "…" : "");
    return parts;
  }

  function address(passage, issue) {
    const page = `${home}${issue.url}`;
    if (passage[1] === 0) return `${page}articles/${passage[4]}.html`;
    return passage[5] ? `${page}index.html#page-${passage[5]}` : `${page}index.html`;
  }

  function pagesOf([, , , , , first, last]) {
    if (!first) return "";
    return filled(last > first ? said.pages : said.page, { page: first, first, last });
  }

  async function hit(number, query) {
    const passage = library.passages[number];
    const issue = library.issues[passage[0]];
    const [title, lead, body] = await fields(number);
    const kind = ["", said.event, said.page_kind][passage[1]];
    const label = library.sections[passage[2]] || kind;
    const found = [body, lead].map((text) => excerpt(text, query.wanted));
    const best = found.find((one) => one.marks.length) ?? found.find((one) => one.text);
    const shown = title || kind;
    const link = element("a", "", ...marked({
      text: shown, start: 0, end: shown.length, marks: places(shown, query.wanted),
    }));
    link.href = address(passage, issue);
    const head = [issue.title, label, passage[7], pagesOf(passage)].filter(Boolean).join(" · ");
    return element("li", "",
      element("p", "hit-where", head),
      element("h2", "", link),
      best ? element("p", "hit-text", ...marked(best)) : "");
  }

  function filters() {
    return { year: byId("year").value, section: byId("section").value };
  }

  function passes(number, { year, section }) {
    const passage = library.passages[number];
    return (!year || String(library.issues[passage[0]].year) === year)
      && (!section || library.sections[passage[2]] === section);
  }

  let run = 0;
  let going = null;

  async function begin() {
    const mine = ++run;
    const typed = byId("q").value.trim();
    byId("hits").replaceChildren();
    byId("more").hidden = true;
    if (!typed) { tell(""); return; }
    tell(said.searching);
    try {
      await load("search/passages.js");
      const query = parse(typed);
      if (!query.wanted.length) { tell(said.nothing_to_search); return; }
      let found = await candidates(query.wanted);
      const chosen = filters();
      found = found.filter((number) => passes(number, chosen));
      const titled = new Set(found.filter((number) => {
        const title = terms(library.passages[number][3]);
        return query.wanted.some((word) => has(title, word));
      }));
      found = [...found.filter((n) => titled.has(n)), ...found.filter((n) => !titled.has(n))];
      if (mine !== run) return;
      const exact = query.wanted.every(isExact) && !query.unwanted.length;
      going = { typed, query, found, exact, at: 0, shown: 0, mine };
      await go();
    } catch (error) {
      if (mine === run) tell(said.failed);
      throw error;
    }
  }

  /* Show the next hits: each is held against its text before it is shown. */
  async function go() {
    const state = going;
    const items = [];
    while (state.at < state.found.length && items.length < AT_ONCE) {
      const number = state.found[state.at];
      if (await isHit(number, state.query)) items.push(await hit(number, state.query));
      state.at += 1;
      if (state.mine !== run) return;
    }
    const counts = state.shown + items.length ? "" : await wordCounts(state.query);
    if (state.mine !== run) return;
    state.shown += items.length;
    byId("hits").append(...items);
    const rest = state.at < state.found.length;
    byId("more").hidden = !rest;
    if (!state.shown) {
      tell([filled(said.found_none, { query: state.typed }), said.found_none_hint, counts].join(" "));
    } else if (state.exact || !rest) {
      tell(filled(said.found, { total: state.exact ? state.found.length : state.shown }));
    } else {
      tell(filled(said.found_more, { shown: state.shown }));
    }
    return items[0];
  }

  /* Of several words that nothing has together: how many passages may have each. */
  async function wordCounts({ wanted }) {
    if (wanted.length < 2 || !wanted.every(isExact)) return "";
    const counts = [];
    for (const word of wanted) counts.push(`${word.typed} ${(await candidates([word])).length}`);
    return filled(said.word_counts, { counts: counts.join(" · ") });
  }

  function remember() {
    const asked = new URLSearchParams();
    for (const id of ["q", "year", "section"]) if (byId(id).value) asked.set(id, byId(id).value);
    try {
      history.replaceState(null, "", `?${asked}`);
    } catch { /* some browsers keep the address of a file as it is */ }
  }

  const asked = new URLSearchParams(location.search);
  for (const id of ["q", "year", "section"]) if (asked.get(id)) byId(id).value = asked.get(id);
  byId("ask").addEventListener("submit", (event) => { event.preventDefault(); remember(); begin(); });
  for (const id of ["year", "section"]) {
    byId(id).addEventListener("change", () => { remember(); begin(); });
  }
  byId("more").addEventListener("click", async () => {
    (await go())?.querySelector("a").focus();
  });
  window.shelf.terms = async (text) => { await load("search/passages.js"); return terms(text); };
  begin();
})();

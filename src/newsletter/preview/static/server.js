// What is asked of the server: its news, the blocks of pages, and records to keep.

import { say } from "./words.js";

const root = document.documentElement;
const REMEMBERED = "newsletter-by";

export function listen(onNews, onAway) {
  const source = new EventSource("/events");
  source.onmessage = (event) => onNews(JSON.parse(event.data));
  source.onerror = onAway;
  source.addEventListener("bye", onAway);
}

export async function read(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

export function picture(page, dpi, bleed) {
  return `/pages/${page.number}.png?digest=${page.digest}&dpi=${dpi}${bleed ? "&bleed=1" : ""}`;
}

export function remembered() {
  try { return localStorage.getItem(REMEMBERED); } catch { return null; }
}

export function remember(name) {
  try { localStorage.setItem(REMEMBERED, name); } catch { /* private windows keep nothing */ }
}

// Return what is wrong, in words, or nothing when the record was kept.
export async function write(method, path, data, language) {
  const by = data && remembered();
  const body = data && JSON.stringify(by ? { ...data, by } : data);
  let answer;
  try {
    answer = await fetch(path, {
      method, body, headers: { "content-type": "application/json", "x-newsletter-token": root.dataset.token },
    });
  } catch { return say("away"); }
  if (answer.ok) return null;
  if (answer.status === 403) return say("token");
  const text = await answer.text();
  try {
    const problems = JSON.parse(text).problems;
    if (problems.some((problem) => problem.code === "N765")) return "N765";
    return problems.map((p) => `${p.code} ${p.message[language]}${p.hint[language] ? ` (${p.hint[language]})` : ""}`).join("\n");
  } catch { return answer.status === 409 ? say("stale") : text; }
}

export function editorLink(rootFolder, file, line) {
  const path = encodeURI(`${rootFolder}/${file}`).replace(/[?#]/g, encodeURIComponent);
  return root.dataset.editor.replace("{path}", path).replace("{line}", line);
}

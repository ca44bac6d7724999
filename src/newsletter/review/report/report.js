"use strict";
(() => {
  const VIEWS = ["side", "swipe", "onion", "blink", "difference"];
  const BLINK_MS = 700;
  const body = document.body;
  const cut = document.getElementById("cut");
  const pages = [...document.querySelectorAll("section.page")];
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let ticking = 0;

  function show(view) {
    body.dataset.view = view;
    for (const button of document.querySelectorAll("button[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
    clearInterval(ticking);
    if (view === "blink" && !still) ticking = setInterval(blink, BLINK_MS);
  }

  function blink() {
    body.classList.toggle("on");
  }

  function measure() {
    body.style.setProperty("--cut", `${cut.value}%`);
    body.style.setProperty("--share", String(cut.value / 100));
  }

  function here() {
    const line = document.querySelector("header").offsetHeight + 40;
    let found = 0;
    pages.forEach((page, index) => {
      if (page.getBoundingClientRect().top <= line) found = index + 1;
    });
    return found - 1;
  }

  function go(step) {
    const isStop = (page) => !page.classList.contains("identical");
    for (let n = here() + step; n >= 0 && n < pages.length; n += step) {
      if (isStop(pages[n])) {
        pages[n].scrollIntoView();
        pages[n].focus({ preventScroll: true });
        return;
      }
    }
  }

  function mark() {
    const current = pages[here()];
    for (const item of document.querySelectorAll("nav li")) {
      const link = item.querySelector("a");
      item.classList.toggle("current", Boolean(current) && link.hash === `#${current.id}`);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-view]");
    if (button) show(button.dataset.view);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, button, summary") && event.key === " ") return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key >= "1" && event.key <= "5") show(VIEWS[Number(event.key) - 1]);
    else if (event.key === " ") {
      event.preventDefault();
      if (body.dataset.view === "blink") {
        clearInterval(ticking);
        blink();
      } else show("blink");
    }
  });
  cut.addEventListener("input", measure);
  document.getElementById("changed").addEventListener("change", (event) => {
    body.classList.toggle("changed-only", event.target.checked);
  });
  document.getElementById("marks").addEventListener("change", (event) => {
    body.classList.toggle("no-marks", !event.target.checked);
  });
  addEventListener("scroll", mark, { passive: true });
  measure();
  mark();
})();

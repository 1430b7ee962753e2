// Marks the part of the text that is being read in the list of contents, and
// shows footnotes beside their numbers. The page is complete without it.
(() => {
  const links = new Map();
  for (const a of document.querySelectorAll(".toc a")) {
    const heading = document.getElementById(decodeURIComponent(a.hash.slice(1)));
    if (heading) links.set(heading, a);
    a.addEventListener("click", () => a.closest("details").removeAttribute("open"));
  }
  if (links.size === 0) return;
  const mark = () => {
    let here = null;
    for (const [heading, a] of links) {
      if (heading.getBoundingClientRect().top > innerHeight / 3) break;
      here = a;
    }
    for (const a of links.values()) {
      if (a === here) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    }
  };
  // An observer would miss a jump over a heading, so the scrolling is watched.
  let asked = 0;
  const later = () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      mark();
    });
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
  mark();
})();
(() => {
  if (!HTMLElement.prototype.showPopover) return; // the link leads to the list
  const box = document.createElement("div");
  box.className = "fn-box body";
  box.popover = "auto";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  document.addEventListener("click", (e) => {
    const a = e.target.closest('[role="doc-noteref"], .fn-all');
    const note = a && document.getElementById(a.hash.slice(1));
    if (!note || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    if (a.className === "fn-all") return box.hidePopover();
    e.preventDefault();
    const at = box.contains(a) ? null : a.getBoundingClientRect();
    const copy = note.cloneNode(true);
    for (const x of copy.querySelectorAll(".fn-back")) x.remove();
    for (const x of copy.querySelectorAll("[id]")) x.removeAttribute("id");
    const all = document.createElement("a");
    [all.className, all.href, all.textContent] = ["fn-all", a.hash, document.querySelector(".note").dataset.footnotes || "All footnotes"];
    box.replaceChildren(...copy.childNodes, all);
    box.setAttribute("aria-label", a.getAttribute("aria-label"));
    if (at) {
      document.querySelector(".note").append(box);
      box.showPopover();
      const { offsetHeight: h, offsetWidth: w } = box;
      const below = at.bottom + h + 16 < innerHeight || at.top < h + 16;
      box.style.top = `${scrollY + (below ? at.bottom + 8 : at.top - h - 8)}px`;
      box.style.left = `${Math.max(12, Math.min(at.left - 24, document.documentElement.clientWidth - w - 12))}px`;
    }
    box.focus({ preventScroll: true });
  });
})();

// Tells how far the reader came, in numbers, as the page is left, and leads back
// to that paragraph. Without this the note is remembered, and its heading.
(() => {
  const body = document.querySelector(".body[data-place]");
  if (!body) return;
  const blocks = [...body.children];
  const headings = [...document.querySelectorAll(".toc a")].map((a) => document.getElementById(decodeURIComponent(a.hash.slice(1))));
  const passed = (list) => list.reduce((last, e, i) => (e && e.getBoundingClientRect().top < innerHeight / 2 ? i + 1 : last), 0);
  // Where the page begins is no place: a visit that goes no further leaves the
  // one before.
  let told = passed(blocks);
  let when = 0;
  const tell = () => {
    const at = body.getBoundingClientRect();
    const block = passed(blocks);
    if (!at.height || !navigator.sendBeacon || block === told || Date.now() - when < 2000) return;
    const percent = Math.round(Math.max(0, Math.min(1, (innerHeight - at.top) / at.height)) * 100);
    if (navigator.sendBeacon(body.dataset.place, new URLSearchParams({ heading: passed(headings), block, percent }))) {
      told = block;
      when = Date.now();
    }
  };
  addEventListener("pagehide", tell);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tell());
  const resume = document.getElementById("continue");
  if (!resume) return;
  const go = (event) => {
    const block = blocks[resume.dataset.block - 1];
    if (!block) return;
    event?.preventDefault();
    block.scrollIntoView();
    block.tabIndex = -1;
    block.focus({ preventScroll: true });
  };
  resume.addEventListener("click", go);
  if (location.hash === "#continue") go();
})();

// Marks the part of the text that is being read in the list of contents. The
// page is complete without it.
(() => {
  const links = new Map();
  for (const a of document.querySelectorAll(".toc a")) {
    const heading = document.getElementById(decodeURIComponent(a.hash.slice(1)));
    if (heading) links.set(heading, a);
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

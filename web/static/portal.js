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
  const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px", threshold: [0, 1] });
  for (const heading of links.keys()) watch.observe(heading);
})();

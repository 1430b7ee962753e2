// Sends a form once: a second press would break off the first, and with it the
// answer that logs somebody in. The page is complete without it.
(() => {
  let sent = new WeakMap();
  addEventListener("submit", (e) => {
    if (Date.now() - (sent.get(e.target) ?? -Infinity) < 10000) e.preventDefault();
    else sent.set(e.target, Date.now());
  });
  addEventListener("pageshow", () => { sent = new WeakMap() }); // after going back
})();

// Back and forward return to the place on the page that was left. Streamlit scrolls a box of its own, which a browser
// does not remember, and what it shows comes bit by bit. A browser without the Navigation API begins at the top.
const KEPT = "scrolled";
const PATIENCE = 15_000; // milliseconds in which a page that is returned to must have grown
const WATCH = { capture: true, passive: true };
const CALM = 400; // milliseconds in which nothing moves any more

const remember = () => {
  if (!window.navigation || document.documentElement.dataset.scroll) return;
  document.documentElement.dataset.scroll = "remembered";
  const box = () => document.querySelector(MAIN);
  const read = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  let [top, height, wanted] = [0, 0, null]; // where the reader is, how tall the page was there, and where to return to
  const keep = (key) => sessionStorage.setItem(KEPT, JSON.stringify({ ...read(), [key]: top }));
  const scrolled = ({ scrollTop, scrollHeight, clientHeight }) => {
    const pushed = scrollHeight < height && scrollTop + clientHeight > scrollHeight - 2; // by a page that shrank, not by the reader
    if (wanted === null && !pushed) top = scrollTop;
    height = scrollHeight;
  };
  const back = (to) => {
    const since = performance.now();
    let calm = since;
    wanted = top = to;
    const step = (now) => {
      const main = box();
      if (wanted !== to || !main) return;
      const drawn = document.querySelector("[data-test-script-state='notRunning']") && !document.querySelector("[data-stale='true']");
      // Rows that nobody has seen yet have a height that is guessed: going towards them gives them their own.
      if (main.scrollTop !== to && (drawn || main.scrollHeight - main.clientHeight >= to)) main.scrollTo({ top: to, behavior: "instant" });
      if (!drawn || Math.abs(main.scrollTop - to) > 1) calm = now;
      if (now - calm < CALM && now - since < PATIENCE) return requestAnimationFrame(step);
      wanted = null;
      height = main.scrollHeight;
    };
    requestAnimationFrame(step);
  };
  const free = () => (wanted = null); // the reader scrolls

  navigation.addEventListener("currententrychange", ({ from, navigationType }) => {
    if (navigationType === "replace" || from.key === navigation.currentEntry.key) return;
    keep(from.key);
    if (navigationType === "traverse") back(read()[navigation.currentEntry.key] ?? 0);
    else if (new URL(from.url).pathname !== location.pathname) [top, height, wanted] = [0, 0, null];
  });
  addEventListener("pagehide", () => keep(navigation.currentEntry.key));
  document.addEventListener("scroll", ({ target }) => target === box() && scrolled(target), WATCH);
  for (const sign of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(sign, free, WATCH);
  const left = read()[navigation.currentEntry.key];
  if (left) back(left);
};

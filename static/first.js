// What the page begins with. Its own words and pictures come with the first answer (dashboard/serving/first_html.py) and are what is read until the
// application below them, which nobody sees or hears before, has drawn the same. Then they go, and what the reader was at stays.
const LOOK = 40; // milliseconds between two looks
const WORDS = 1000; // milliseconds that the first words may take to be on screen
const PATIENCE = 6000; // milliseconds that the application may take for its pictures after its first words

// Where the front end finds its server, so that it need not try the addresses below the page. Where anybody may read it also need
// not wait for the server's answer to that: it opens its connection at once. Behind a sign-in that answer has a cookie that it needs.
const { src, dataset } = document.currentScript;
window.__streamlit = { BACKEND_BASE_URL: new URL("../../", src).href };
if ("open" in dataset) window.__streamlit.HOST_CONFIG = { allowedOrigins: [location.origin], useExternalAuthToken: false };

// The application begins when the words are on screen; at once where nobody looks, and after a while whatever happens.
const application = document.getElementById("application")?.href;
let started = !application;
const begin = () => {
  if (!started) import(application);
  started = true;
};
new PerformanceObserver((seen) => {
  if (seen.getEntriesByName("first-contentful-paint").length) begin();
}).observe({ type: "paint", buffered: true });
setTimeout(begin, document.hidden ? 0 : WORDS);
// A browser that fetches nothing ahead (Safari) is asked to, so that the script is there when the words are.
if (application && !document.createElement("link").relList.supports("prefetch")) fetch(application, { priority: "low" });

const first = document.getElementById("first");
const inside = (what) => document.querySelector(`#root ${what}`);
let since = 0; // when the first words were there

const drawn = () =>
  inside("[data-testid='stApp'][data-test-script-state='notRunning']") &&
  // The flat map is there before the one to explore, which takes a machine without a graphics card seconds.
  !inside("[data-stale='true'], [data-testid='stSkeleton']:not(.st-key-map-stage *)") &&
  !inside(".drawn:empty");

const leave = () => {
  const link = document.activeElement?.closest?.("#first a")?.getAttribute("href");
  const top = scrollY;
  first.remove();
  inside("[data-testid='stMain']")?.scrollTo(0, top);
  if (link) document.querySelector(`#root a[href$="${CSS.escape(link)}"]`)?.focus();
};

const look = () => {
  if (!since && inside(":is(header.page h1, [data-testid='stAlert'])")) since = performance.now();
  if (since && (drawn() || performance.now() - since > PATIENCE)) return leave();
  setTimeout(look, LOOK);
};

if (first) look();

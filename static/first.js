// The page's own words and pictures come with the first answer (dashboard/serving/first_html.py) and are what is read until the
// application below them, which nobody sees or hears before, has drawn the same. Then they go, and what the reader was at stays.
const LOOK = 40; // milliseconds between two looks
const PATIENCE = 6000; // milliseconds that the application may take for its pictures after its first words

const first = document.getElementById("first");
const inside = (what) => document.querySelector(`#root ${what}`);
let since = 0; // when the first words were there

const drawn = () =>
  inside("[data-testid='stApp'][data-test-script-state='notRunning']") &&
  !inside("[data-stale='true'], [data-testid='stSkeleton']") &&
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

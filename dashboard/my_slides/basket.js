// The slides of this browser: a title, and of each slide its view, its line, its notes and what the view is called.
const KEPT = "my-slides", CHANGED = "my-slides-changed";
const MOST = 30, LONGEST = 6000; // slides, and letters of the address that holds them: longer ones are cut off on their way
const basket = () => {
  try {
    const { title = "", slides = [] } = JSON.parse(localStorage.getItem(KEPT)) ?? {};
    return { title, slides: slides.filter(({ view }) => typeof view === "string") };
  } catch {
    return { title: "", slides: [] };
  }
};
const keep = (held) => {
  localStorage.setItem(KEPT, JSON.stringify(held));
  dispatchEvent(new Event(CHANGED));
};
const addressOf = ({ title, slides }) => {
  const query = new URLSearchParams();
  if (title) query.set("title", title);
  for (const { view, line } of slides) query.append("my", [view, line].filter(Boolean).join(" "));
  return `present?${query}`;
};
const open = (address) => {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
};
const isPlain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
const watch = (act) => {
  addEventListener(CHANGED, act);
  addEventListener("storage", act); // another tab of this browser
  return () => {
    removeEventListener(CHANGED, act);
    removeEventListener("storage", act);
  };
};

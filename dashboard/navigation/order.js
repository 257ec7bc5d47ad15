// The order of the Tab key: name and pages, the page, and then the filters, which a link at the start leads to.
const NAMES = { true: "Hide filters", false: "Show filters" };
const filters = () => document.querySelector("[data-testid='stSidebar']");
const arrow = () => document.querySelector("[aria-controls='stSidebar']");

const name = () => {
  const button = arrow();
  if (button) button.ariaLabel = NAMES[button.ariaExpanded];
  // Where files are dropped has a name, and so cannot be there for its looks alone.
  const drop = document.querySelector("[data-testid='stFileUploaderDropzone'][role='presentation']");
  if (drop) drop.role = "group";
};
// The box of the filters is moved within its own parent, where the style sheet leaves it at its side.
const place = () => {
  const box = filters();
  if (box?.nextElementSibling?.querySelector("[data-testid='stMain']")) box.parentElement.append(box);
  name();
};
const focus = (element) => {
  if (!element) return;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus();
  element.scrollIntoView({ block: "nearest" });
};
// What comes after the picture behind a link that skips it.
const after = (link) => {
  if (link.closest(".drawn")) return link.nextElementSibling.nextElementSibling;
  let element = link.closest("[data-testid='stElementContainer']").nextElementSibling;
  while (!element.nextElementSibling) element = element.parentElement;
  return element.nextElementSibling;
};
// What a link to skip something leads to.
const TARGETS = {
  content: () => document.querySelector("header.page"),
  filters: () => (arrow()?.ariaExpanded === "true" ? filters().querySelector("input, button") : arrow()),
  after,
};
const skip = (event) => {
  const link = event.target.closest?.("[data-testid='stSkipToContent'], a[data-skip]");
  if (!link) return;
  event.preventDefault();
  event.stopPropagation();
  focus(TARGETS[link.dataset.skip ?? "content"](link));
};
// The arrow that was pressed is gone; the keyboard goes on at the one that undoes it.
const turned = (event) => {
  const pressed = event.target.closest?.("[aria-controls='stSidebar']");
  if (!pressed) return;
  const again = (tries) => {
    const button = arrow();
    if (button && button !== pressed) return name(), button.focus();
    if (tries) requestAnimationFrame(() => again(tries - 1));
  };
  requestAnimationFrame(() => again(30));
};

const order = () => {
  const box = document.querySelector("[data-testid='stAppViewContainer']");
  const seen = new MutationObserver(place);
  seen.observe(box, { childList: true, subtree: true, attributeFilter: ["data-collapsed"] });
  document.addEventListener("click", skip, true);
  document.addEventListener("click", turned);
  place();
  return () => {
    seen.disconnect();
    document.removeEventListener("click", skip, true);
    document.removeEventListener("click", turned);
  };
};

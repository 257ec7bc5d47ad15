const PAUSE = 140; // milliseconds without a key before the server is asked
const LEAST = 2; // letters

const made = (tag, props, ...parts) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...parts);
  return element;
};

export default function ({ data, parentElement: root, setTriggerValue }) {
  const [form, input, panel, list, said, spoken] = ["form", "input", "#panel", "#results", "#said", "#spoken"].map((name) => root.querySelector(name));
  const kept = (root.kept ??= { at: -1, waiting: 0 });
  const options = () => [...list.querySelectorAll("[role='option']")];
  const words = () => input.value.trim();
  const results = () => {
    const address = new URL(data.page, location.href);
    address.searchParams.set("said", words());
    return address;
  };

  const choose = (at) => {
    kept.at = at;
    options().forEach((option, number) => option.setAttribute("aria-selected", number === at));
    const chosen = options()[at];
    chosen ? input.setAttribute("aria-activedescendant", chosen.id) : input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  };
  const place = () => {
    const box = input.getBoundingClientRect();
    const width = Math.min(640, innerWidth - 24);
    panel.style.width = `${width}px`;
    panel.style.top = `${box.bottom + 4}px`;
    panel.style.left = `${Math.max(12, Math.min(box.left, innerWidth - width - 12))}px`;
    panel.style.maxHeight = `${Math.max(160, (visualViewport?.height ?? innerHeight) - box.bottom - 16)}px`;
  };
  const close = () => {
    clearTimeout(kept.waiting);
    panel.hidden = true;
    input.setAttribute("aria-expanded", false);
    choose(-1);
  };
  const leave = (address) => {
    close();
    input.value = "";
    spoken.textContent = "";
    input.blur();
    move(address);
  };
  const line = (result, number) =>
    made("a", { id: `result-${number}`, href: result.href, role: "option", tabIndex: -1 },
      ...result.title.map(([text, fits]) => (fits ? made("mark", {}, text) : text)),
      made("small", {}, result.what),
      made("small", {}, ...result.sure.flatMap(([grade, text, isDoubted], at) => {
        const part = made("i", {}, ...(grade ? [made("b", {}, grade), ` ${text}`] : [text]));
        part.toggleAttribute("data-doubted", isDoubted);
        return at ? [" · ", part] : [part];
      })));
  const draw = (found) => {
    let number = 0;
    list.replaceChildren(...found.groups.map((group, at) => {
      const box = made("div", { className: "group" }, made("b", { id: `group-${at}` }, group.heading), ...group.results.map((result) => line(result, number++)));
      box.setAttribute("role", "group");
      box.setAttribute("aria-labelledby", `group-${at}`);
      return box;
    }));
    list.hidden = !number;
    said.replaceChildren(found.count ? made("a", { href: results().href, tabIndex: -1 }, found.said) : found.said);
    spoken.textContent = number ? `${found.said}. Use the arrow keys to choose one.` : found.said;
    place();
    panel.hidden = false;
    list.scrollTop = 0;
    input.setAttribute("aria-expanded", number > 0);
    choose(-1);
  };

  input.oninput = () => {
    clearTimeout(kept.waiting);
    const text = words();
    if (text.length < LEAST) return close();
    kept.waiting = setTimeout(() => setTriggerValue("typed", text), PAUSE);
  };
  input.onkeydown = (event) => {
    event.stopPropagation(); // a letter typed here is no shortcut of the page
    const count = panel.hidden ? 0 : options().length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) choose((kept.at + step + count + (kept.at < 0 && step < 0)) % count);
    else if (event.key === "Escape") panel.hidden ? input.blur() : close();
    else if (event.key === "k" && (event.ctrlKey || event.metaKey)) input.select();
    else return;
    event.preventDefault();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    const chosen = options()[kept.at];
    if (chosen) leave(new URL(chosen.href));
    else if (words()) leave(results());
  };
  panel.onmousedown = (event) => event.target.closest("a") && event.preventDefault(); // the field keeps the focus
  panel.onclick = (event) => {
    const link = event.target.closest("a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    leave(new URL(link.href));
  };
  input.onblur = close;

  const stop = new AbortController();
  const open = (event) => {
    const element = event.composedPath()[0];
    const writes = element.isContentEditable || element.matches?.("input, textarea, select");
    const slash = event.key === "/" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey;
    const letter = event.key === "k" && (event.ctrlKey || event.metaKey);
    if (!slash && !letter) return;
    event.preventDefault();
    input.focus();
    input.select();
  };
  kept.stop?.abort();
  kept.stop = stop;
  document.addEventListener("keydown", open, { signal: stop.signal });
  for (const change of ["resize", "scroll"]) addEventListener(change, () => panel.hidden || place(), { signal: stop.signal, capture: true });
  document.documentElement.dataset.search = "ready";
  if (data.found && data.found.typed === words() && root.activeElement === input) draw(data.found);
  return () => stop.abort();
}

const FILE = 200_000; // letters of a file; a deck is far smaller
const quoted = (text) => JSON.stringify(text.toWellFormed?.() ?? text).replaceAll("\u007f", "\\u007f");

// The form of the files in data/decks/: a text of JSON is one of TOML too.
const toml = ({ title, slides }) =>
  [`title = ${quoted(title || "My slides")}`, ...slides.map(({ view, line, notes }) =>
    ["", "[[slide]]", `view = ${quoted(view.startsWith("/") ? view : `/${view}`)}`, `line = ${quoted(line || "{finding}")}`, ...(notes ? [`notes = ${quoted(notes)}`] : [])].join("\n"))].join("\n") + "\n";
const fileName = (title) => (title.toLowerCase().normalize("NFKD").match(/[a-z0-9]+/g) ?? ["my", "slides"]).join("-") + ".toml";

const made = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

export default function ({ data, parentElement: root, setTriggerValue }) {
  const [none, some, title, list, go, file, faults, said, pack] = [".none", ".some", ".title input", "ol", ".go", ".file input", ".faults", ".said", ".pack"].map((name) => root.querySelector(name));
  const say = (text) => (said.textContent = text);
  const change = (act) => {
    const held = basket();
    act(held);
    keep(held);
  };
  const move = (from, to, button) => {
    change(({ slides }) => slides.splice(to, 0, ...slides.splice(from, 1)));
    say(`Moved to place ${to + 1}`);
    const row = list.children[to], again = row.querySelector(`[data-way="${button.dataset.way}"]`);
    (again.disabled ? row.querySelector("button:not(:disabled)") : again).focus();
  };
  const row = ({ view, line, name }, at, { length }) => {
    const words = made("input", { type: "text", value: line, maxLength: data.longest, placeholder: "The headline of the view" });
    words.oninput = () => change(({ slides }) => (slides[at].line = words.value.trim()));
    const button = (text, label, way, disabled, act) => {
      const one = made("button", { type: "button", ariaLabel: `${label} slide ${at + 1}`, title: label, disabled }, text);
      one.dataset.way = way;
      one.onclick = () => act(one);
      return one;
    };
    const link = made("a", { className: "view", href: view === "/" ? "." : view.replace(/^\//, "") }, name || view);
    link.onclick = (event) => {
      if (!isPlain(event)) return;
      event.preventDefault();
      open(link.href);
    };
    return made("li", {}, link, made("label", {}, "Line to take home", words), made("span", { className: "order" },
      button("↑", "Move up", "up", !at, (one) => move(at, at - 1, one)),
      button("↓", "Move down", "down", at === length - 1, (one) => move(at, at + 1, one)),
      button("×", "Remove", "out", false, () => {
        change(({ slides }) => slides.splice(at, 1));
        say("Removed");
        (list.children[Math.min(at, list.children.length - 1)]?.querySelector("input") ?? file).focus();
      })));
  };
  const draw = () => {
    const held = basket();
    go.href = addressOf(held);
    pack.href = `${go.href}&window=pack`;
    none.hidden = held.slides.length > 0;
    some.hidden = !held.slides.length;
    // Who types in a line goes on typing in it.
    if ((root.activeElement ?? root.getRootNode().activeElement)?.matches?.("ol input, .title input")) return;
    title.value = held.title;
    list.replaceChildren(...held.slides.map(row));
  };
  title.oninput = () => change((held) => (held.title = title.value.trim()));
  for (const link of [go, pack]) link.onclick = (event) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    open(link.href);
  };
  const acts = {
    copy: async () => {
      try {
        await navigator.clipboard.writeText(new URL(go.href, location.href).href);
        say("The link to your slides was copied");
      } catch {
        say("The link could not be copied. Open your slides, and copy the address.");
      }
    },
    download: () => {
      const held = basket();
      const link = made("a", { href: URL.createObjectURL(new Blob([toml(held)], { type: "application/toml" })), download: fileName(held.title) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      say("The deck was downloaded. It can be opened here again, or put into data/decks.");
    },
    clear: () => {
      keep({ title: "", slides: [] });
      say("All slides were removed");
      file.focus();
    },
  };
  for (const button of root.querySelectorAll("[data-do]")) button.onclick = () => acts[button.dataset.do]();
  file.onchange = async () => {
    const [given] = file.files;
    if (!given) return;
    const text = given.size > FILE ? null : await given.text();
    file.value = "";
    if (text === null) return say("This file is too large to be a deck.");
    root.isAwaited = true;
    setTriggerValue("file", `${given.name}\n${text}`);
  };
  if (data.opened && root.isAwaited) {
    root.isAwaited = false;
    const { title: called, slides, faults: wrong } = data.opened;
    faults.replaceChildren(...wrong.map((words) => made("li", {}, words)));
    faults.hidden = !wrong.length;
    if (slides.length) keep({ title: called, slides });
    say(slides.length ? `“${called}” was opened in place of the slides before.` : "This file is no deck that can be opened.");
  }
  draw();
  return watch(draw);
}

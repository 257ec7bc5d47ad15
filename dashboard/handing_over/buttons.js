const SHOWN = 4000; // milliseconds in which a button says what it did
const HIGH = 800; // pixels of a frame, which scrolls
// What is said aloud once a button was pressed.
const COPIED = { link: "Link to this view copied", frame: "Code to show this view on a web page copied" };
const same = (one, other) => one.length === other.length && one.every((value, at) => value === other[at]);

// Where a browser does not give out its clipboard, as on a host without TLS, a selected text can still be copied.
const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
};
const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
const framed = (link) => {
  const address = new URL(link);
  address.searchParams.set("embed", "true");
  return `<iframe src="${attribute(address.href)}" title="${attribute(document.title)}" width="100%" height="${HIGH}" style="border:0" loading="lazy"></iframe>`;
};

// What the browser alone has changed in the address since the page was drawn, such as where a map is looked at, is taken as it is.
const now = (query, given) => {
  const [here, asked, own] = [new URLSearchParams(location.search), new URLSearchParams(query), new URLSearchParams()];
  for (const [name, was] of Object.entries(JSON.parse(given)))
    (same(here.getAll(name), was) ? asked : here).getAll(name).forEach((value) => own.append(name, value));
  return own;
};

export default function ({ data, parentElement: root, setStateValue }) {
  const frame = root.querySelector(".drawn");
  const text = new TextDecoder().decode(data);
  if (root.text !== text) {
    // Whoever stands on a button goes on standing on it, whatever else has changed in the line.
    const held = frame.contains(document.activeElement) && document.activeElement.dataset.act;
    const drawn = new DOMParser().parseFromString(text, "text/html");
    frame.replaceChildren(...document.importNode(drawn.body, true).childNodes);
    root.text = text;
    if (held) frame.querySelector(`[data-act="${held}"]`)?.focus();
  }
  const [line, hand, spoken, mine] = ["[data-given]", ".by-hand", "[role='status']", ".mine"].map((name) => frame.querySelector(name));
  if (!line) return undefined; // in a frame on another page there is nothing to press
  const { page, lasting, query, given, name } = line.dataset;
  const say = (button, short, long) => {
    const words = button.querySelector("span");
    button.dataset.words ??= words.textContent;
    [words.textContent, spoken.textContent] = [short, long];
    clearTimeout(button.waiting);
    button.waiting = setTimeout(() => ([words.textContent, spoken.textContent] = [button.dataset.words, ""]), SHOWN);
  };
  const copy = async (button) => {
    const [link, kind] = [new URL(location.href), button.dataset.act];
    [link.search, link.hash] = [now(lasting, given), ""];
    const words = kind === "frame" ? framed(link.href) : link.href;
    const done = await copied(words);
    hand.hidden = done;
    if (done) return say(button, kind === "frame" ? "Code copied" : "Link copied", COPIED[kind]), button.focus();
    spoken.textContent = "It could not be copied. It is selected: press Control and C.";
    const field = hand.querySelector("input");
    field.value = words;
    field.focus();
    field.select();
  };
  const add = (button) => {
    const [held, own] = [basket(), now(query, given)];
    held.slides.push({ view: own.size ? `${page}?${own}` : page || "/", line: "", notes: "", name });
    if (held.slides.length > MOST || addressOf(held).length > LONGEST) return say(button, "No more room", "Your slides are full. Take one out first.");
    keep(held);
    say(button, "Added", `Added to your slides, as slide ${held.slides.length}`);
  };
  const unfolded = () => frame.querySelectorAll("[aria-expanded]").forEach((one) => (one.ariaExpanded = root.open === `${one.dataset.act} ${page}`));
  const open = (button) => {
    const what = `${button.dataset.act} ${page}`;
    root.open = root.open === what ? "" : what;
    unfolded();
    setStateValue("open", root.open);
  };
  const acts = { link: copy, frame: copy, add, cite: open, pack: open };
  for (const button of frame.querySelectorAll("button[data-act]")) button.onclick = () => acts[button.dataset.act](button);
  frame.onkeydown = ({ key, target }) => {
    if (key === "Escape" && target.ariaExpanded === "true") open(target);
  };
  unfolded();
  if (!mine) return undefined;
  const count = () => {
    const many = basket().slides.length;
    mine.hidden = !many;
    mine.textContent = `My slides: ${many}`;
  };
  count();
  return watch(count);
}

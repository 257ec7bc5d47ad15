const SHOWN = 4000; // milliseconds in which a button says what it did
const HIGH = 800; // pixels of a frame, which scrolls
// What each button is called, what it says once it is pressed, and what it is of in a sentence.
const SAID = { link: ["Copy link", "Link copied", "Link to this view"], frame: ["Embed", "Code copied", "Code to show this view on a web page"] };
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
const frame = (link) => {
  const framed = new URL(link);
  framed.searchParams.set("embed", "true");
  return `<iframe src="${attribute(framed.href)}" title="${attribute(document.title)}" width="100%" height="${HIGH}" style="border:0" loading="lazy"></iframe>`;
};

export default function ({ data, parentElement: root }) {
  const [hand, field, spoken] = ["label", "input", "p"].map((name) => root.querySelector(name));
  const address = () => {
    const [link, now, asked] = [new URL(location.href), new URLSearchParams(location.search), new URLSearchParams(data.query)];
    link.search = link.hash = "";
    for (const [name, given] of Object.entries(data.given)) {
      const values = same(now.getAll(name), given) ? asked.getAll(name) : now.getAll(name);
      values.forEach((value) => link.searchParams.append(name, value));
    }
    return link.href;
  };
  root.querySelectorAll("button").forEach((button) => {
    const words = button.querySelector("span");
    const [name, after, what] = SAID[button.dataset.copies];
    button.onclick = async () => {
      const text = button.dataset.copies === "frame" ? frame(address()) : address();
      const done = await copied(text);
      hand.hidden = done;
      words.textContent = done ? after : name;
      spoken.textContent = done ? `${what} copied` : "It could not be copied. It is selected: press Control and C.";
      if (done) button.focus();
      else {
        field.value = text;
        field.focus();
        field.select();
      }
      clearTimeout(button.waiting);
      button.waiting = setTimeout(() => {
        words.textContent = name;
        spoken.textContent = "";
      }, SHOWN);
    };
  });
}

const SHOWN = 4000; // milliseconds in which the button says what it did
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

export default function ({ data, parentElement: root }) {
  const [button, words, hand, field, spoken] = ["button", "span", "label", "input", "p"].map((name) => root.querySelector(name));
  const address = () => {
    const [link, now, asked] = [new URL(location.href), new URLSearchParams(location.search), new URLSearchParams(data.query)];
    link.search = link.hash = "";
    for (const [name, given] of Object.entries(data.given)) {
      const values = same(now.getAll(name), given) ? asked.getAll(name) : now.getAll(name);
      values.forEach((value) => link.searchParams.append(name, value));
    }
    return link.href;
  };
  button.onclick = async () => {
    const link = address();
    const done = await copied(link);
    hand.hidden = done;
    words.textContent = done ? "Link copied" : "Copy link";
    spoken.textContent = done ? "Link to this view copied" : "The link could not be copied. It is selected: press Control and C.";
    if (done) button.focus();
    else {
      field.value = link;
      field.focus();
      field.select();
    }
    clearTimeout(root.waiting);
    root.waiting = setTimeout(() => {
      words.textContent = "Copy link";
      spoken.textContent = "";
    }, SHOWN);
  };
}

const SHOWN = 4000; // milliseconds in which the button says what it did
const same = (one, other) => one.length === other.length && one.every((value, at) => value === other[at]);

export default function ({ data, parentElement: root }) {
  const [button, words, link, spoken] = ["button", "span", "a", "p"].map((name) => root.querySelector(name));
  // What the browser alone has changed in the address, such as where a map is looked at, is taken as it is.
  const view = () => {
    const [now, asked, own] = [new URLSearchParams(location.search), new URLSearchParams(data.query), new URLSearchParams()];
    for (const [name, given] of Object.entries(data.given)) {
      const values = same(now.getAll(name), given) ? asked.getAll(name) : now.getAll(name);
      values.forEach((value) => own.append(name, value));
    }
    return own.size ? `${data.page}?${own}` : data.page || "/";
  };
  const draw = () => {
    const count = basket().slides.length;
    link.hidden = !count;
    link.href = "present";
    link.textContent = `My slides: ${count}`;
  };
  const say = (short, long) => {
    [words.textContent, spoken.textContent] = [short, long];
    clearTimeout(root.waiting);
    root.waiting = setTimeout(() => ([words.textContent, spoken.textContent] = ["Add to my slides", ""]), SHOWN);
  };
  button.onclick = () => {
    const held = basket();
    held.slides.push({ view: view(), line: "", notes: "", name: data.name });
    const isFull = held.slides.length > MOST || addressOf(held).length > LONGEST;
    if (isFull) return say("No more room", "Your slides are full. Take one out first.");
    keep(held);
    say("Added", `Added to your slides, as slide ${held.slides.length}`);
  };
  link.onclick = (event) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    open(link.href);
  };
  draw();
  return watch(draw);
}

// The filters of a page or of a part of it. The address is their one record: a choice moves the address at once, which
// asks the server for the new view, and a choice after it begins from where the address is by then.
const made = (tag, props, ...parts) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...parts);
  return element;
};
const same = (one, other) => one.length === other.length && one.every((value, at) => value === other[at]);
// A text as one types it without the right keys: Tufekci for Tüfekçi. The dotless ı has no accent to take away.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i");

const words = (name, { root, chosen, choose }) => {
  const input = made("input", { id: `in-${name}`, type: "search", autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
  const send = () => {
    const text = input.value.trim().replace(/\s+/g, " ");
    choose(name, text ? [text] : []);
  };
  let last = "";
  input.onchange = input.onsearch = send;
  input.onkeydown = (event) => {
    event.stopPropagation(); // a letter typed here is no shortcut of the page
    if (event.key === "Enter" && !event.isComposing) send();
  };
  return {
    input, box: made("div", { className: "box" }, input),
    update({ hint, longest }) {
      Object.assign(input, { placeholder: hint, maxLength: longest });
      const isTyping = root.activeElement === input && input.value !== last; // not sent yet, and not to be lost
      last = chosen(name)[0] ?? "";
      if (!isTyping) input.value = last;
    },
  };
};

const begin = (root) => {
  const [title, box, clear, panel] = ["h2", "#filters", "#clear", "#panel"].map((name) => root.querySelector(name));
  const parts = new Map();
  let [given, values, isMoved] = [null, {}, false];

  const isCurrent = () => {
    const now = new URLSearchParams(location.search);
    return given.fields.every(({ name }) => same(now.getAll(name), given.asked[name]));
  };
  const update = () => given.fields.forEach((field) => parts.get(field.name).update(field));
  const go = (address) => {
    if (address.href === location.href) return;
    isMoved = true;
    move(address, true);
  };
  const write = (params, name) => {
    const [first, ...others] = values[name];
    first === undefined ? params.delete(name) : params.set(name, first);
    others.forEach((value) => params.append(name, value));
  };
  // The choices beside it are written too, as they were understood, unless the address has others by now.
  const choose = (name, chosen) => {
    if (same(chosen, values[name])) return;
    const beside = isCurrent() ? given.fields.map((field) => field.name) : [];
    values = { ...values, [name]: chosen };
    const address = new URL(location.href);
    for (const each of new Set([...beside, name])) write(address.searchParams, each);
    for (const each of given.passes) address.searchParams.delete(each);
    go(address);
    update();
  };
  clear.onclick = () => {
    const address = new URL(location.href);
    for (const name of [...address.searchParams.keys()]) if (!given.stays.includes(name)) address.searchParams.delete(name);
    values = Object.fromEntries(given.fields.map(({ name }) => [name, []]));
    go(address);
    update();
  };
  panel.onpointerdown = panel.onmousedown = (event) => event.preventDefault(); // the field keeps the focus

  const shared = { root, list: listOf(root), chosen: (name) => values[name], choose };
  const build = ({ name, form }) => {
    const part = { words, list: combobox, lists: combobox, button: buttons, buttons }[form](name, shared);
    const label = part.input ? made("label", { htmlFor: part.input.id }) : made("span", { id: `label-${name}` });
    label.className = "label";
    if (!part.input) part.box.setAttribute("aria-labelledby", label.id);
    const note = made("p", { className: "note", id: `note-${name}` });
    parts.set(name, {
      element: made("div", { className: `field ${form}` }, label, note, part.box),
      update(field) {
        label.textContent = field.label;
        note.textContent = field.note;
        note.hidden = !field.note;
        if (field.note) part.input.setAttribute("aria-describedby", note.id);
        parts.get(name).element.style.setProperty("--room", field.room);
        part.update(field);
      },
    });
  };
  return (from) => {
    const names = (fields) => fields?.map(({ name }) => name).join();
    const isSame = names(from.fields) === names(given?.fields);
    given = from;
    given.fields.filter(({ name }) => !parts.has(name)).forEach(build);
    if (!isSame) box.replaceChildren(...given.fields.map(({ name }) => parts.get(name).element));
    // What the server says of an address that has moved on since is old; it says more of the one there is now.
    if (!isMoved || isCurrent()) {
      isMoved = false;
      values = given.chosen;
    }
    box.ariaLabel = title.textContent = given.name;
    title.hidden = clear.hidden = !given.stays;
    box.classList.toggle("beside", given.beside);
    update();
  };
};

export default function ({ data, parentElement: root }) {
  root.take ??= begin(root);
  root.take(JSON.parse(new TextDecoder().decode(data)));
}

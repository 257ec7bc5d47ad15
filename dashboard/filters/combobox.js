// A list to choose from that is searched by typing: one choice or several, by the pattern "combobox" of the ARIA guide.
const TALLEST = 360; // pixels of the list
const MOST = 200; // choices that are drawn; whoever wants another one types
const LEAST = 200; // pixels below a field with which its list opens below it

// How well a choice fits what is typed: the less the better, -1 for not at all. Other names count after the one shown.
const fit = ([, label, ...names], text) => {
  const plain = fold(label);
  const at = plain.indexOf(text);
  if (at >= 0) return !at ? 0 : /[^\p{L}\p{N}]/u.test(plain[at - 1]) ? 1 : 2;
  return names.some((name) => fold(name).includes(text)) ? 3 : -1;
};

// The list is one for all fields of a box of filters; it lies above the page, so that nothing cuts it off.
const listOf = (root) => {
  const [panel, list, said] = ["#panel", "#list", "#said"].map((name) => root.querySelector(name));
  let [part, at, stop] = [null, -1, null];
  const options = () => [...list.children];
  const point = (to) => {
    at = to;
    options().forEach((option, number) => option.classList.toggle("here", number === at));
    const there = options()[at];
    there ? part.input.setAttribute("aria-activedescendant", there.id) : part.input.removeAttribute("aria-activedescendant");
    there?.scrollIntoView({ block: "nearest" });
  };
  const place = () => {
    const box = part.box.getBoundingClientRect();
    const high = visualViewport?.height ?? innerHeight;
    const [above, below] = [box.top - 12, high - box.bottom - 12];
    const isUp = below < LEAST && above > below;
    const width = Math.min(Math.max(box.width, 256), innerWidth - 16);
    Object.assign(panel.style, {
      width: `${width}px`, left: `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`,
      top: isUp ? "auto" : `${box.bottom + 3}px`, bottom: isUp ? `${innerHeight - box.top + 3}px` : "auto",
      maxHeight: `${Math.min(TALLEST, isUp ? above : below)}px`,
    });
  };
  const line = ([code, label, ...names], rank, text, number) => {
    const other = rank === 3 ? made("small", {}, names.find((name) => fold(name).includes(text))) : "";
    return made("li", { role: "option", id: `option-${number}`, ariaSelected: part.has(code), ariaLabel: label }, made("span", {}, label), other);
  };
  const draw = () => {
    const text = fold(part.typed());
    const fits = part.field.choices.map((choice) => [fit(choice, text), choice]).filter(([rank]) => rank >= 0);
    if (text) fits.sort(([one], [other]) => one - other);
    const shown = fits.slice(0, MOST);
    part.codes = shown.map(([, [code]]) => code);
    list.replaceChildren(...shown.map(([rank, choice], number) => line(choice, rank, text, number)));
    list.hidden = !shown.length;
    said.textContent = !shown.length ? "Nothing fits." : fits.length > MOST ? `${(fits.length - MOST).toLocaleString("en")} more: type to find them.` : "";
  };
  return {
    isOf: (other) => part === other,
    code: () => part.codes[at] ?? (part.typed() ? part.codes[0] : undefined),
    open(other) {
      part = other;
      list.ariaLabel = part.field.label;
      list.ariaMultiSelectable = part.field.form === "lists";
      draw();
      panel.showPopover();
      place();
      part.input.ariaExpanded = true;
      point(part.codes.findIndex((code) => part.field.form === "list" && part.has(code)));
      stop = new AbortController();
      for (const change of ["resize", "scroll"]) addEventListener(change, place, { signal: stop.signal, capture: true });
      list.onclick = ({ target }) => part.pick(part.codes[options().indexOf(target.closest("li"))]);
    },
    // What is typed or chosen anew: the option that the keyboard is at stays, where it is still there.
    redraw() {
      const code = part.codes[at];
      const top = list.scrollTop;
      draw();
      list.scrollTop = top;
      point(part.codes.indexOf(code));
      place();
    },
    step(to) {
      const count = options().length;
      if (count) point((to + count) % count);
    },
    at: () => at,
    close() {
      if (!part) return;
      part.input.ariaExpanded = false;
      part.input.removeAttribute("aria-activedescendant");
      panel.hidePopover();
      stop.abort();
      part = null;
      at = -1;
    },
  };
};

const combobox = (name, { list, chosen, choose }) => {
  const input = made("input", { id: `in-${name}`, type: "text", role: "combobox", autocomplete: "off", spellcheck: false, ariaExpanded: false, ariaAutoComplete: "list" });
  input.setAttribute("aria-controls", "list");
  const wipe = made("button", { type: "button", className: "wipe", hidden: true }, "×");
  const box = made("div", { className: "box" }, input, wipe);
  let isTyped = false;
  const part = {
    input, box,
    typed: () => (isTyped ? input.value.trim() : ""),
    has: (code) => (part.values().length ? part.values().includes(code) : code === part.field.blank),
    values: () => chosen(name),
    label: (code) => part.field.choices.find(([known]) => known === code)?.[1] ?? code,
    show() {
      const { form, hint, blank, clears } = part.field;
      const values = part.values();
      const isOne = form === "list";
      if (!isTyped) input.value = isOne ? part.label(values[0] ?? blank ?? "") : "";
      input.placeholder = values.length ? "" : hint;
      input.ariaDescription = isOne || !values.length ? null : `Chosen: ${values.map(part.label).join(", ")}`;
      wipe.hidden = !(isOne && clears && values.length);
      wipe.ariaLabel = `Clear ${part.field.label}`;
      const chips = isOne ? [] : values.map((code) => [code, part.label(code)]);
      const drawn = JSON.stringify(chips);
      if (drawn === part.drawn) return;
      part.drawn = drawn;
      box.querySelectorAll(".chip").forEach((chip) => chip.remove());
      input.before(...chips.map(([code, label]) => made("span", { className: "chip" }, made("span", {}, label),
        made("button", { type: "button", ariaLabel: `Remove ${label}`, onclick: () => part.drop(code) }, "×"))));
    },
    update(field) {
      part.field = field;
      part.show();
      if (list.isOf(part)) list.redraw();
    },
    drop(code) {
      choose(name, part.values().filter((value) => value !== code));
      input.focus();
    },
    pick(code) {
      if (code === undefined) return;
      const isOne = part.field.form === "list";
      isTyped = false;
      const values = part.values();
      if (isOne) list.close();
      choose(name, isOne ? [code].filter((value) => value !== part.field.blank) : values.includes(code) ? values.filter((value) => value !== code) : [...values, code]);
      part.show();
      if (isOne) input.select();
      else list.redraw();
    },
    leave() {
      const isEmptied = isTyped && !input.value.trim() && part.field.clears;
      isTyped = false;
      list.close();
      if (isEmptied) choose(name, []);
      part.show();
    },
  };
  const open = () => list.isOf(part) || list.open(part);
  input.oninput = () => {
    isTyped = true;
    list.isOf(part) ? list.redraw() : list.open(part);
  };
  input.onkeydown = (event) => {
    event.stopPropagation(); // a letter typed here is no shortcut of the page
    if (event.isComposing) return;
    const isOpen = list.isOf(part);
    const isAtAll = !input.value || !isTyped;
    if (event.key === "ArrowDown") isOpen ? list.step(list.at() + 1) : open();
    else if (event.key === "ArrowUp") isOpen ? list.step(list.at() < 0 ? -1 : list.at() - 1) : open();
    else if (event.key === "Home" && isOpen && isAtAll) list.step(0);
    else if (event.key === "End" && isOpen && isAtAll) list.step(-1);
    else if (event.key === "Enter") isOpen ? part.pick(list.code()) : open();
    else if (event.key === "Escape" && isOpen) part.leave();
    else if (event.key === "Backspace" && !input.value && part.values().length && part.field.form === "lists") choose(name, part.values().slice(0, -1));
    else return;
    event.preventDefault();
  };
  input.onfocus = () => part.field.form === "list" && input.select();
  input.onblur = () => part.leave();
  wipe.onclick = () => {
    choose(name, []);
    input.focus();
  };
  box.onpointerdown = (event) => {
    if (event.target.closest("button") || event.button) return;
    if (event.target !== input) event.preventDefault();
    input.focus();
  };
  box.onclick = (event) => {
    if (event.target.closest("button")) return;
    if (part.field.form === "list" && !isTyped) input.select(); // what is typed takes the place of what was chosen
    open();
  };
  return part;
};

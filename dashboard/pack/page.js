// What a reader can do in the file: point at a picture, search, sort, save and check its tables. It calls nobody.
"use strict";

// Pictures: what a mark says is shown beside it. One stop of the Tab key a picture, then the arrows.
const tip = document.querySelector(".tip");
const hide = () => {
  tip.hidden = true;
  document.querySelectorAll(".lit").forEach((mark) => mark.classList.remove("lit"));
};
const show = (mark) => {
  hide();
  mark.classList.add("lit");
  tip.textContent = mark.dataset.says;
  tip.hidden = false;
  const at = mark.getBoundingClientRect();
  const left = Math.min(Math.max(at.left + at.width / 2 - tip.offsetWidth / 2, 8), innerWidth - tip.offsetWidth - 8);
  const above = at.top - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : Math.min(at.bottom + 8, innerHeight - tip.offsetHeight - 8)}px`;
};
const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const walk = (event) => {
  const mark = event.target.closest("[data-says]");
  const marks = mark ? [...mark.closest("figure").querySelectorAll("[data-says]")] : [];
  const last = marks.length - 1;
  const places = { Home: 0, End: last };
  if (event.key in steps) places[event.key] = Math.min(Math.max(marks.indexOf(mark) + steps[event.key], 0), last);
  if (!mark || !(event.key in places)) return;
  event.preventDefault();
  const next = marks[places[event.key]];
  mark.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
};
for (const figure of document.querySelectorAll("figure.picture")) {
  const drawn = figure.querySelector(".drawn");
  if (["years", "timeline"].includes(figure.dataset.name)) drawn.scrollLeft = drawn.scrollWidth; // the latest is at its end
  const titles = [...figure.querySelectorAll("title")].filter((title) => title.parentNode.localName !== "svg");
  titles.forEach((title, at) => {
    const mark = title.parentNode;
    mark.dataset.says = title.textContent;
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", title.textContent);
    mark.tabIndex = at ? -1 : 0;
    title.remove();
  });
  if (titles.length) {
    figure.querySelectorAll("svg[role='img']").forEach((svg) => svg.setAttribute("role", "group"));
    figure.querySelector(".hint").hidden = false;
  }
}
document.addEventListener("pointerover", (event) => {
  const mark = event.target.closest("[data-says]");
  if (mark) show(mark);
  else if (!event.target.closest(".tip")) hide();
});
document.addEventListener("focusin", (event) => (event.target.dataset.says ? show(event.target) : hide()));
document.addEventListener("scroll", hide, { passive: true });
document.addEventListener("keydown", (event) => (event.key === "Escape" ? hide() : walk(event)));

// Tables: the rows that have every word, whatever its marks and its case.
const marks = /\p{M}/gu;
const folded = (text) => text.toLocaleLowerCase("en").normalize("NFD").replace(marks, "").replaceAll("ı", "i");
const search = (table, input, count) => {
  const words = folded(input.value).split(/\s+/).filter(Boolean);
  const rows = [...table.tBodies[0].rows];
  for (const row of rows) {
    row.dataset.words ??= folded(row.textContent);
    row.hidden = !words.every((word) => row.dataset.words.includes(word));
  }
  count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows`;
};
const sort = (table, heading) => {
  const falls = heading.getAttribute("aria-sort") === "ascending";
  const place = (row) => Number(row.cells[heading.cellIndex].dataset.place ?? NaN);
  for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", falls ? "descending" : "ascending");
  const known = [...table.tBodies[0].rows].filter((row) => !Number.isNaN(place(row)));
  known.sort((one, other) => (place(one) - place(other)) * (falls ? -1 : 1));
  const rest = [...table.tBodies[0].rows].filter((row) => Number.isNaN(place(row)));
  table.tBodies[0].append(...known, ...rest); // what is not known stands last either way
};
const save = (data) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data.textContent], { type: "text/csv" }));
  link.download = data.dataset.file;
  link.click();
  URL.revokeObjectURL(link.href);
};
for (const part of document.querySelectorAll(".table")) {
  const [table, tools] = [part.querySelector("table"), part.querySelector(".tools")];
  const [input, count] = [tools.querySelector("input"), tools.querySelector("output")];
  tools.hidden = false;
  input.addEventListener("input", () => search(table, input, count));
  tools.querySelector("button").addEventListener("click", () => save(document.getElementById(tools.dataset.of)));
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(table, heading));
  }
}

// The checksums: worked out anew of what the file holds.
const check = async (button) => {
  const wrong = [];
  for (const data of document.querySelectorAll("pre.csv")) {
    const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(data.textContent));
    const text = [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (text !== data.dataset.sum) wrong.push(data.dataset.file);
  }
  const all = "Every table in this file has its checksum.";
  button.nextElementSibling.textContent = wrong.length ? `Not as it was made: ${wrong.join(", ")}.` : all;
};
for (const button of document.querySelectorAll(".check button")) {
  button.parentElement.hidden = !globalThis.crypto?.subtle;
  button.addEventListener("click", () => check(button));
}

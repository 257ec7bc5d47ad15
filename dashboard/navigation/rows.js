// Sorts, copies and unfolds the table of rows at the end of a page.
const words = (cell) => {
  const read = cell.cloneNode(true);
  read.querySelectorAll("[aria-hidden='true']").forEach((sign) => sign.remove());
  return read.textContent.trim().replace(/\s+/g, " ");
};
// A cell that begins so would be run by a spreadsheet.
const shielded = (text) => (/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text);

const sort = (button) => {
  const heading = button.closest("th");
  const body = heading.closest("table").tBodies[0];
  const before = heading.getAttribute("aria-sort");
  const falls = before ? before === "ascending" : "falls" in button.dataset;
  const place = (row) => row.cells[heading.cellIndex].dataset.place;
  for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", falls ? "descending" : "ascending");
  const rows = [...body.rows];
  const known = rows.filter((row) => place(row) !== undefined).sort((one, other) => (place(one) - place(other)) * (falls ? -1 : 1));
  body.append(...known, ...rows.filter((row) => place(row) === undefined)); // what is not known stands last either way
};

const copyOf = (table, note) => {
  const plain = document.createElement("table");
  plain.setAttribute("border", "1");
  plain.style.borderCollapse = "collapse";
  for (const row of table.rows) {
    const line = plain.insertRow();
    for (const cell of row.cells) {
      const copied = line.appendChild(document.createElement(cell.localName));
      const link = cell.querySelector("a[href]");
      const holder = link ? copied.appendChild(Object.assign(document.createElement("a"), { href: link.href })) : copied;
      holder.textContent = shielded(words(cell));
    }
  }
  const last = Object.assign(document.createElement("p"), { textContent: note });
  const lines = [...table.rows].map((row) => [...row.cells].map((cell) => shielded(words(cell))).join("\t"));
  return { "text/html": plain.outerHTML + last.outerHTML, "text/plain": [...lines, "", note].join("\n") };
};

// Needs no permission, and works on a page that is not served over https.
const putByEvent = (kinds) => {
  let isPut = false;
  const fill = (event) => {
    for (const [kind, text] of Object.entries(kinds)) event.clipboardData.setData(kind, text);
    event.preventDefault();
    event.stopImmediatePropagation();
    isPut = true;
  };
  document.addEventListener("copy", fill, { once: true, capture: true });
  document.execCommand("copy");
  document.removeEventListener("copy", fill, { capture: true });
  return isPut;
};
const put = async (kinds) => {
  try {
    const parts = Object.entries(kinds).map(([kind, text]) => [kind, new Blob([text], { type: kind })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
    return true;
  } catch {
    return putByEvent(kinds);
  }
};
const copy = async (button) => {
  const table = document.querySelector(".rows table");
  const isPut = await put(copyOf(table, button.dataset.note));
  const count = table.tBodies[0].rows.length.toLocaleString("en");
  button.parentElement.querySelector("[role='status']").textContent = isPut
    ? `Copied ${count} ${count === "1" ? "row" : "rows"}. Paste into Word or Excel.`
    : "This browser did not let the page copy. Take the CSV.";
};

const rows = (event) => {
  const button = event.target.closest?.("button");
  if (!button) return;
  if ("sort" in button.dataset) sort(button);
  else if ("copyRows" in button.dataset) copy(button);
  else if ("allRows" in button.dataset) button.closest(".rows").classList.add("all");
};

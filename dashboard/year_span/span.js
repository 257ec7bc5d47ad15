const PAUSE = 500; // milliseconds without a key before the page follows

export default function ({ data, parentElement: root, setTriggerValue }) {
  const { first, last } = data;
  const [box, said, whole, field, drawing, since, until] = [".span", ".said", ".whole", ".field", ".drawing", ".since", ".until"].map((name) => root.querySelector(name));
  const kept = (root.kept ??= { waiting: 0 });
  const within = (year) => Math.min(last, Math.max(first, year));
  const count = last - first + 1;
  const now = { since: within(data.since ?? first), until: within(data.until ?? last) };
  if (kept.waiting && kept.now) Object.assign(now, kept.now); // a key pressed while the page was drawn is not lost
  kept.now = now;

  if (kept.strip !== data.strip) {
    const picture = new DOMParser().parseFromString(data.strip, "image/svg+xml").documentElement;
    drawing.replaceChildren(document.importNode(picture, true));
    kept.strip = data.strip;
  }
  const draw = () => {
    const isWhole = now.since === first && now.until === last;
    box.style.setProperty("--since", (now.since - first) / count);
    box.style.setProperty("--until", (now.until - first + 1) / count);
    since.setAttribute("aria-valuenow", now.since);
    until.setAttribute("aria-valuenow", now.until);
    for (const [end, low, high] of [[since, first, now.until], [until, now.since, last]]) {
      end.setAttribute("aria-valuemin", low);
      end.setAttribute("aria-valuemax", high);
    }
    said.textContent = isWhole ? `All years, ${first} to ${last}. Drag over the years, or move the ends.` : now.since === now.until ? `Only ${now.since}` : `${now.since} to ${now.until}`;
    whole.hidden = isWhole;
  };
  const tell = () => {
    clearTimeout(kept.waiting);
    kept.waiting = 0;
    setTriggerValue("span", [now.since, now.until]);
  };
  const span = (one, other) => {
    [now.since, now.until] = one < other ? [one, other] : [other, one];
    draw();
  };
  const year = (event) => {
    const place = field.getBoundingClientRect();
    return within(first + Math.floor(((event.clientX - place.left) / place.width) * count));
  };

  field.onpointerdown = (event) => {
    if (event.button) return;
    event.preventDefault();
    const end = event.target.closest(".end");
    end?.focus();
    field.setPointerCapture(event.pointerId);
    const fixed = end ? (end === since ? now.until : now.since) : year(event);
    if (!end) span(fixed, fixed);
    field.onpointermove = (moved) => span(fixed, year(moved));
    const stop = (isDone) => {
      field.onpointermove = field.onpointerup = field.onpointercancel = null;
      isDone ? tell() : span(within(data.since ?? first), within(data.until ?? last));
    };
    field.onpointerup = () => stop(true);
    field.onpointercancel = () => stop(false); // a finger that scrolls the page
  };
  for (const [end, name] of [[since, "since"], [until, "until"]]) {
    end.onkeydown = (event) => {
      const low = name === "since" ? first : now.since, high = name === "since" ? now.until : last;
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5, Home: low - now[name], End: high - now[name] }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      now[name] = Math.min(high, Math.max(low, now[name] + step));
      draw();
      clearTimeout(kept.waiting);
      kept.waiting = setTimeout(tell, PAUSE);
    };
  }
  whole.onclick = () => {
    span(first, last);
    tell();
    until.focus();
  };
  draw();
}

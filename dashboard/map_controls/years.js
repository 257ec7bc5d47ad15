const PAUSE = 1200; // milliseconds between two years, counted from when the last one was drawn

export default function ({ data, parentElement: root }) {
  const kept = (root.kept ??= { isPlaying: false, asked: null, wanted: null });
  const [play, name, range, output, all] = ["#play", "#play span", "input", "output", "#all"].map((part) => root.querySelector(part));
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches; // then nothing moves by itself
  let waiting = 0;

  const say = (year) => {
    output.textContent = year ? `As of ${year}` : `${data.first} to ${data.last}`;
    range.setAttribute("aria-valuetext", year || "all years");
  };
  const draw = () => {
    Object.assign(range, { min: data.first, max: data.last });
    range.value = kept.wanted ?? (data.asof || data.last);
    say(kept.wanted ?? data.asof);
    all.hidden = !data.asof;
    play.setAttribute("aria-pressed", kept.isPlaying);
    name.textContent = isCalm ? "Next year" : kept.isPlaying ? "Pause" : "Play";
  };
  // One question at a time: the next year is asked for when the last one is drawn, and of many in between the latest.
  const ask = (year) => {
    if (kept.asked !== null) return void (kept.wanted = year);
    [kept.asked, kept.wanted] = [year, null];
    const address = new URL(location.href);
    year ? address.searchParams.set("asof", year) : address.searchParams.delete("asof");
    history.replaceState(history.state, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  };
  const step = () => {
    const now = Number(data.asof);
    ask(String(now >= data.first && now < data.last ? now + 1 : data.first));
  };
  const pause = () => {
    kept.isPlaying = false;
    clearTimeout(waiting);
    draw();
  };

  play.onclick = () => {
    if (isCalm) return step();
    if (kept.isPlaying) return pause();
    kept.isPlaying = true;
    step();
    draw();
  };
  range.oninput = () => say(range.value);
  range.onchange = () => {
    pause();
    ask(range.value);
    say(range.value);
  };
  all.onclick = () => {
    pause();
    ask("");
    play.focus();
  };
  root.querySelector("form").onsubmit = (event) => event.preventDefault();

  if (kept.asked === data.asof) kept.asked = null;
  if (kept.asked === null && kept.wanted !== null) ask(kept.wanted);
  if (kept.isPlaying && Number(data.asof) >= data.last) kept.isPlaying = false;
  if (kept.isPlaying && kept.asked === null) waiting = setTimeout(() => (document.hidden ? pause() : step()), PAUSE);
  draw();
  return () => clearTimeout(waiting);
}

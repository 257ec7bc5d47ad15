const FORTH = ["ArrowRight", "ArrowDown", "PageDown", " "], BACK = ["ArrowLeft", "ArrowUp", "PageUp"]; // the last of each are those of a clicker
const SWIPE = 48; // pixels that a finger moves along before the slide follows
const QUIET = 4000; // milliseconds without the pointer after which the buttons fade
const SECOND = 1000;

export default function ({ data, parentElement: root }) {
  const show = root.querySelector(".show");
  root.undo?.();
  const body = new DOMParser().parseFromString(data.html, "text/html").body;
  show.replaceChildren(...document.importNode(body, true).childNodes);
  show.classList.toggle("desk-view", data.speaker);
  show.hidden = false;
  const all = (name) => [...show.querySelectorAll(name)], one = (name) => show.querySelector(name);
  const [slides, notes, links, codes] = [".slide", ".spoken", ".explore", ".code"].map(all);
  const [stage, said, number, play, codeButton] = [".stage", ".spoken-slide", ".place", ".play", "[data-do=code]"].map(one);
  const undo = [];
  const listen = (target, name, act, how) => {
    target.addEventListener(name, act, how);
    undo.push(() => target.removeEventListener(name, act, how));
  };

  // Paper on its side, after all that the page says of paper.
  const paper = new CSSStyleSheet();
  paper.replaceSync("@page { size: A4 landscape; margin: 10mm 10mm 14mm; }");
  document.adoptedStyleSheets.push(paper);
  undo.push(() => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== paper)));

  // The patterns of a picture are known within it alone: others have the same names, and one that is hidden has none.
  for (const place of all(".picture")) {
    const picture = place.querySelector("svg");
    const [wide, tall] = [picture.getAttribute("width"), picture.getAttribute("height")];
    if (!picture.hasAttribute("viewBox")) picture.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    picture.setAttribute("preserveAspectRatio", picture.matches(".flat") ? "xMidYMin meet" : "xMinYMin meet");
    picture.style.cssText = "display:block;inline-size:max(100%, var(--least, 0px));block-size:100%;flex:none";
    place.attachShadow({ mode: "open" }).append(...place.childNodes);
  }

  const last = slides.length - 1;
  const within = (at) => Math.min(last, Math.max(0, at));
  const asked = Number(new URLSearchParams(location.search).get("slide"));
  let at = within((Number.isInteger(asked) && asked > 0 ? asked : data.at) - 1);
  const channel = new BroadcastChannel(`slides of ${data.name}`);
  undo.push(() => channel.close());

  const draw = () => {
    for (const [place, slide] of slides.entries()) {
      const isHere = place === at;
      slide.classList.toggle("away", !isHere && !(data.speaker && place === at + 1)); // not hidden: paper has them all
      slide.classList.toggle("next", place === at + 1);
      slide.querySelector("header").className = isHere ? "page" : "";
      slide.inert = !isHere;
      links[place].hidden = !isHere;
      if (data.speaker) notes[place].hidden = !isHere;
      codes[place].hidden = !isHere || codeButton.ariaExpanded !== "true";
    }
    number.textContent = `${at + 1} / ${slides.length}`;
    one("[data-do=back]").disabled = !at && !data.every;
    one("[data-do=on]").disabled = at === last && !data.every;
    const address = new URL(location.href);
    address.searchParams.set("slide", at + 1);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    const speaker = one(".speaker");
    if (speaker) {
      const desk = new URL(address);
      desk.searchParams.set("window", "speaker");
      desk.searchParams.delete("every");
      speaker.href = desk.href;
    }
  };
  // Whoever moves says so; whoever follows does not, so that two windows never chase each other.
  const go = (to, isOwn = true) => {
    const next = data.every ? (to + slides.length) % slides.length : within(to);
    if (next === at) return;
    at = next;
    draw();
    said.textContent = [slides[at].ariaLabel, ...[...slides[at].querySelectorAll("header > *")].map((words) => words.textContent)].join(". ");
    if (isOwn) channel.postMessage({ at });
    wait();
  };
  channel.onmessage = ({ data: { at: to, ask } }) => (ask ? channel.postMessage({ at }) : go(to, false));
  channel.postMessage({ ask: true });

  // A run by itself: never where the reader wants less to move, and no longer once somebody takes it in hand.
  let isPlaying = Boolean(play) && !matchMedia("(prefers-reduced-motion: reduce)").matches, waiting = 0;
  const wait = () => {
    clearTimeout(waiting);
    if (play) play.textContent = isPlaying ? "Pause" : "Play";
    if (isPlaying) waiting = setTimeout(() => go(at + 1), data.every * SECOND);
  };
  const pause = () => {
    isPlaying = false;
    wait();
  };
  undo.push(() => clearTimeout(waiting));

  const open = (address) => {
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  };
  const acts = {
    back: () => go(at - 1),
    on: () => go(at + 1),
    play: () => {
      isPlaying = !isPlaying;
      wait();
    },
    code: () => {
      codeButton.ariaExpanded = codeButton.ariaExpanded !== "true";
      draw();
    },
    full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.()),
    restart: () => {
      sessionStorage.setItem(since, Date.now());
      tick();
    },
    leave: () => (data.speaker && window.opener ? window.close() : open(one(".leave").href)),
  };
  const speaker = () => window.open(one(".speaker").href, "speaker", "popup,width=1180,height=760");

  listen(show, "click", (event) => {
    const button = event.target.closest("[data-do]"), link = event.target.closest("nav a");
    if (button) {
      if (button.dataset.do !== "play" && isPlaying) pause();
      acts[button.dataset.do]();
    }
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.classList.contains("speaker")) speaker();
    else if (link.classList.contains("leave")) acts.leave();
    else open(link.href);
  });
  const keys = { Home: () => go(0), End: () => go(last), Escape: () => (codeButton.ariaExpanded === "true" ? acts.code() : acts.leave()), q: acts.code, s: () => !data.speaker && speaker(), f: acts.full, p: () => play && acts.play() };
  listen(document, "keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
    const isPress = event.target.closest?.("button, a") && [" ", "Enter"].includes(event.key);
    const act = FORTH.includes(event.key) ? acts.on : BACK.includes(event.key) ? acts.back : keys[event.key];
    if (isPlaying && event.key !== "p" && !isPress) pause();
    if (!act || isPress) return;
    event.preventDefault();
    event.stopPropagation(); // the page below has keys of its own
    act();
  }, true);

  let finger = null;
  const scrolls = (place) => place && place.scrollWidth > place.clientWidth + 1;
  listen(stage, "touchstart", ({ touches, target }) => (finger = touches.length === 1 && !scrolls(target.closest(".picture")) ? [touches[0].clientX, touches[0].clientY] : null), { passive: true });
  listen(stage, "touchend", ({ changedTouches: [end] }) => {
    if (!finger || visualViewport?.scale > 1.01) return;
    const [along, across] = [end.clientX - finger[0], end.clientY - finger[1]];
    finger = null;
    if (Math.abs(along) > SWIPE && Math.abs(along) > 2 * Math.abs(across)) pause(), go(at + (along < 0 ? 1 : -1));
  }, { passive: true });

  let resting = 0;
  const wake = () => {
    show.classList.remove("calm");
    clearTimeout(resting);
    resting = setTimeout(() => show.classList.add("calm"), QUIET);
  };
  for (const name of ["pointermove", "pointerdown", "focusin"]) listen(show, name, wake, { passive: true });
  undo.push(() => clearTimeout(resting));

  const since = `start of ${data.name}`;
  const tick = () => {
    const now = new Date(), seconds = Math.floor((now - Number(sessionStorage.getItem(since))) / SECOND);
    one(".now").textContent = now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    one(".elapsed").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  if (data.speaker) {
    if (!sessionStorage.getItem(since)) sessionStorage.setItem(since, Date.now());
    const clock = setInterval(tick, SECOND);
    undo.push(() => clearInterval(clock));
    tick();
  }
  draw();
  wait();
  wake();
  root.undo = () => undo.splice(0).forEach((act) => act());
  return root.undo;
}

const CLOSEST = 9; // the zoom of which no more is seen
const CALM = 400; // milliseconds without a move before the address is written
const LATE = 100; // looks, 200 ms apart, after which a map whose ground nobody can ask about is shown as it is, and nobody is kept waiting
const DRAG = 6; // pixels that a pressed mouse moves before it is a drag and no click
const EVERY = 200; // milliseconds between two looks for the map

// Streamlit hands out neither the map nor a word of its moves. React keeps with each element what it was made from:
// there stand deck.gl, the basemap and the function that moves both. Where that is not so, the buttons go once the map is there.
const made = (element) => element?.[Object.keys(element).find((key) => key.startsWith("__reactFiber$"))];
const above = (element, is) => {
  let at = made(element);
  while (at && !is(at.memoizedProps ?? {})) at = at.return;
  return at;
};
const chart = (stage) => {
  const at = above(stage.querySelector(".deck-root"), (props) => props.onViewStateChange && props.layers);
  for (let hook = at?.memoizedState; hook; hook = hook.next) {
    const deck = hook.memoizedState?.current?.deck;
    if (deck?.isInitialized) return { deck, props: at.memoizedProps };
  }
  return null;
};
// A file that did not come counts as loaded too, so what was drawn is looked for.
const drawn = (map) => map.loaded() && Object.keys(map.getStyle().sources).some((name) => map.querySourceFeatures(name).length);
const basemap = (stage) =>
  above(stage.querySelector("[data-testid='stDeckGlJsonChartZoomButton']"), (props) => props.value?.map?.loaded)?.memoizedProps.value.map;

const written = ({ latitude, longitude, zoom }) => [latitude, longitude, zoom].map((part) => Number(part.toFixed(3))).join(",");
const scheme = () => getComputedStyle(document.querySelector(".stApp")).colorScheme.split(" ").pop();

export default function ({ data, parentElement: root, setStateValue, setTriggerValue }) {
  const kept = (root.kept ??= { tries: 0, home: null, mine: new Set(), given: "", scheme: data.ground, wish: "", isAsked: false });
  const stage = root.host.closest(".st-key-map-stage");
  const [group, hint, coming] = ["#buttons", "#hint", "#coming"].map((part) => root.querySelector(part));
  const seen = () => chart(stage)?.deck.getViewports()[0];
  let [waiting, hiding, looking, pressed, isDragged] = [0, 0, 0, null, false];

  const move = (to) => {
    const { props } = chart(stage);
    const { latitude, longitude, zoom } = { ...seen(), ...to };
    props.onViewStateChange({ viewState: { ...props.viewState, latitude, longitude, zoom: Math.min(Math.max(zoom, 0), CLOSEST) } });
    settle();
  };
  const write = () => {
    if (!kept.home || !seen() || !stage.isConnected) return;
    const [now, address] = [written(seen()), new URL(location.href)];
    now === kept.home ? address.searchParams.delete("view") : address.searchParams.set("view", now);
    kept.mine.add(now);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  };
  const settle = () => {
    clearTimeout(waiting);
    waiting = setTimeout(write, CALM);
  };
  // What the address asks for is looked at once; what was written there by a move is where the map is already.
  const follow = () => {
    const to = data.view;
    if (to === kept.given || kept.mine.has(to)) return;
    kept.given = to;
    const [latitude, longitude, zoom] = to.split(",").map(Number);
    if (to) move({ latitude, longitude, zoom });
  };
  // The server sends the map to explore once the reader reaches for it; what was wished for then is done when it is there.
  const reach = (wish) => {
    if (stage.dataset.map === "live") return fulfil(wish);
    kept.wish = wish;
    coming.textContent = "The map to explore is on its way";
    if (!kept.isAsked) setStateValue("explored", (kept.isAsked = true));
  };
  const fulfil = (wish) => {
    if (wish === "closer") move({ zoom: seen().zoom + 1 });
    else if (wish === "farther") move({ zoom: seen().zoom - 1 });
    else if (wish === "whole") {
      const [latitude, longitude, zoom] = kept.home.split(",").map(Number);
      move({ latitude, longitude, zoom });
    }
  };
  const live = () => {
    stage.dataset.map = "live";
    coming.textContent = "";
    group.hidden = !chart(stage);
    if (group.hidden) return;
    if (!kept.isAsked) setStateValue("explored", (kept.isAsked = true)); // so that it stays when the address no longer asks for it
    kept.home ??= written(seen());
    follow();
    const { wish } = kept;
    if (wish) setTimeout(() => stage.isConnected && fulfil(wish), EVERY); // once it is where the address says
    kept.wish = "";
  };
  const look = () => {
    const map = basemap(stage);
    if (++kept.tries > LATE) coming.textContent = "";
    if (map ? drawn(map) : stage.querySelector("canvas") && kept.tries > LATE) live();
    else looking = setTimeout(look, EVERY);
  };

  group.onclick = ({ target }) => {
    const wish = target.closest("button")?.dataset.do;
    if (wish) reach(wish);
  };
  const wheel = (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      return stage.dataset.map === "live" ? settle() : reach(event.deltaY < 0 ? "closer" : "");
    }
    event.stopPropagation(); // the page scrolls
    hint.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => (hint.hidden = true), 1200);
  };
  // On the flat map a drag, a double click and two fingers reach for the other one; a click follows the line or place that it is on.
  const isFlat = (event) => stage.dataset.map !== "live" && event.target.closest?.(".st-key-map-flat");
  const press = (event) => {
    pressed = event.pointerType === "mouse" && isFlat(event) ? event : null;
    isDragged = false;
  };
  const drag = (event) => {
    if (!pressed || isDragged || Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) < DRAG) return;
    isDragged = true;
    reach("");
  };
  const click = (event) => {
    if (isDragged && isFlat(event)) event.preventDefault();
  };
  const twice = (event) => isFlat(event) && !event.target.closest("a") && reach("closer");
  const spread = (event) => event.touches.length > 1 && isFlat(event) && reach("");
  const lift = (event) => isFlat(event) && event.preventDefault(); // a browser would carry the link away
  const themed = () => {
    if (scheme() === kept.scheme) return;
    kept.scheme = scheme();
    setTriggerValue("theme", kept.scheme);
  };

  const stop = new AbortController();
  stage.addEventListener("wheel", wheel, { capture: true, passive: false, signal: stop.signal });
  const acts = { pointerdown: press, pointermove: drag, click, dblclick: twice, touchstart: spread, dragstart: lift };
  for (const [name, act] of Object.entries(acts)) stage.addEventListener(name, act, { capture: true, signal: stop.signal, passive: name === "touchstart" });
  for (const end of ["pointerup", "keyup"]) stage.addEventListener(end, settle, { capture: true, signal: stop.signal });
  window.navigation?.addEventListener("currententrychange", settle, { signal: stop.signal });
  const theme = new MutationObserver(themed);
  theme.observe(document.querySelector(".stApp"), { attributeFilter: ["class", "style"] });
  if (data.explored) look();
  else delete stage.dataset.map;
  return () => {
    stop.abort();
    theme.disconnect();
    for (const timer of [waiting, hiding, looking]) clearTimeout(timer);
  };
}

const CLOSEST = 9; // the zoom of which no more is seen
const CALM = 400; // milliseconds without a move before the address is written
const LATE = 100; // looks, 200 ms apart, after which a map whose ground nobody can ask about is shown as it is
const EVERY = 200; // milliseconds between two looks for the map

// Streamlit hands out neither the map nor a word of its moves. React keeps with each element what it was made from:
// there stand deck.gl, the basemap and the function that moves both. Where that is not so, there are no buttons.
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

export default function ({ data, parentElement: root, setTriggerValue }) {
  const kept = (root.kept ??= { tries: 0, home: null, mine: new Set(), given: "", scheme: data.ground });
  const stage = root.host.closest(".st-key-map-stage");
  const [group, hint] = ["#buttons", "#hint"].map((part) => root.querySelector(part));
  const seen = () => chart(stage)?.deck.getViewports()[0];
  let [waiting, hiding, looking] = [0, 0, 0];

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
  const live = () => {
    stage.dataset.map = "live";
    if (!chart(stage)) return;
    kept.home ??= written(seen());
    group.hidden = false;
    follow();
  };
  const look = () => {
    const map = basemap(stage);
    if (map ? drawn(map) : stage.querySelector("canvas") && ++kept.tries > LATE) live();
    else looking = setTimeout(look, EVERY);
  };

  group.onclick = ({ target }) => {
    const wish = target.closest("button")?.dataset.do;
    if (wish === "closer") move({ zoom: seen().zoom + 1 });
    else if (wish === "farther") move({ zoom: seen().zoom - 1 });
    else if (wish) {
      const [latitude, longitude, zoom] = kept.home.split(",").map(Number);
      move({ latitude, longitude, zoom });
    }
  };
  const wheel = (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      return settle();
    }
    event.stopPropagation(); // the page scrolls
    hint.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => (hint.hidden = true), 1200);
  };
  const themed = () => {
    if (scheme() === kept.scheme) return;
    kept.scheme = scheme();
    setTriggerValue("theme", kept.scheme);
  };

  const stop = new AbortController();
  stage.addEventListener("wheel", wheel, { capture: true, passive: false, signal: stop.signal });
  for (const end of ["pointerup", "keyup"]) stage.addEventListener(end, settle, { capture: true, signal: stop.signal });
  window.navigation?.addEventListener("currententrychange", settle, { signal: stop.signal });
  const theme = new MutationObserver(themed);
  theme.observe(document.querySelector(".stApp"), { attributeFilter: ["class", "style"] });
  look();
  return () => {
    stop.abort();
    theme.disconnect();
    for (const timer of [waiting, hiding, looking]) clearTimeout(timer);
  };
}

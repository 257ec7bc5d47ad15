// What is measured inside a page, in milliseconds from when its address was opened; of a change, from the press.
// `chart` is a mark of the picture that a page has besides its words. It is put before everything else on a page.
(chart) => {
  const LOOK = 5; // milliseconds between two looks; as long for every page that is compared
  const found = (window.bench = { words: 0, drawn: 0, changed: 0, pressed: 0 });
  const inside = (what) => document.querySelector(`#root ${what}`);
  // Components of the page may keep their content in a tree of their own.
  const anywhere = (what, from = document) => {
    const here = from.querySelector(what);
    if (here) return here;
    for (const host of from.querySelectorAll("[data-testid^='stBidiComponent'], [data-testid^='stBidiComponent'] *"))
      if (host.shadowRoot) {
        const within = anywhere(what, host.shadowRoot);
        if (within) return within;
      }
    return null;
  };
  const painted = (then) => requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())));
  const when = (holds, then) => {
    const look = () => (holds() ? then() : setTimeout(look, LOOK));
    look();
  };

  const still = () =>
    inside("h1")?.textContent &&
    inside("[data-testid='stApp'][data-test-script-state='notRunning']") &&
    !inside(":is([data-stale='true'], [data-testid='stSkeleton']:not(.st-key-map-stage *), .drawn:empty)") &&
    !document.getElementById("first") &&
    (!chart || (anywhere(chart) && anywhere(chart).complete !== false));

  when(
    () => document.querySelector("h1")?.textContent,
    () => {
      const seen = performance.now();
      when(
        () => performance.getEntriesByName("first-contentful-paint")[0],
        () => {
          found.words = Math.max(performance.getEntriesByName("first-contentful-paint")[0].startTime, seen);
        },
      );
    },
  );
  when(still, () => painted((now) => (found.drawn = now)));

  // From now on the next press is that of a filter, after which a view is to come that says `label`.
  found.await = (label) => {
    const before = chart && anywhere(".js-plotly-plot")?.data;
    found.changed = found.pressed = 0;
    addEventListener("pointerdown", (event) => (found.pressed = event.timeStamp), { capture: true, once: true });
    const chosen = () => inside(":is(.meta.chosen, .st-key-chosen)")?.textContent.includes(label);
    when(
      () => found.pressed && chosen() && still() && (!before || anywhere(".js-plotly-plot").data !== before),
      () => painted((now) => (found.changed = now - found.pressed)),
    );
  };
}

// Plotly changes in a figure what differs from the one before it. Its words and lines take the page's ink (style/plotly.css).
const QUIET = { displayModeBar: false, showAxisDragHandles: false, doubleClick: false };

// One element for all charts of a visit; one that failed is taken away, so that the next figure tries again.
const library = (address) =>
  new Promise((ready, fail) => {
    if (window.Plotly) return ready(window.Plotly);
    const script = document.querySelector("script.plotly") ?? document.head.appendChild(Object.assign(document.createElement("script"), { className: "plotly", src: address }));
    script.addEventListener("load", () => ready(window.Plotly));
    script.addEventListener("error", () => {
      script.remove();
      fail();
    });
  });

const fitted = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    const width = target.clientWidth;
    if (width && target.layout && target.layout.width !== width) window.Plotly.relayout(target, { width });
  }
});

export default function ({ data, parentElement }) {
  const frame = parentElement.querySelector(".drawn");
  const [figure, { alt, still, library: address }] = JSON.parse(new TextDecoder().decode(data));
  frame.setAttribute("role", "figure");
  frame.setAttribute("aria-label", alt);
  frame.style.minHeight = `${figure.layout.height}px`; // the room is kept until Plotly has come
  frame.wanted = figure;
  const draw = (plotly) => {
    if (frame.wanted !== figure) return; // another one was chosen meanwhile, or the page was left
    if (!frame.layout) frame.replaceChildren();
    fitted.observe(frame);
    return plotly.react(frame, figure.data, { ...figure.layout, width: frame.clientWidth }, QUIET);
  };
  const doWithout = () => {
    if (frame.wanted !== figure) return;
    window.Plotly?.purge(frame);
    frame.replaceChildren(Object.assign(new Image(), { src: still, alt, className: "still" }));
  };
  library(address).then(draw).catch(doWithout);
  return () => {
    frame.wanted = null;
    fitted.unobserve(frame);
    window.Plotly?.purge(frame);
  };
}

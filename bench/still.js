// The static page: its figures are drawn by Plotly, and its one filter puts the other view in the place of this one.
const draw = (figures) => {
  const places = [];
  const seek = (tree) => {
    places.push(...tree.querySelectorAll(".figure"));
    for (const host of tree.querySelectorAll("*")) if (host.shadowRoot) seek(host.shadowRoot);
  };
  if (figures.length) seek(document);
  figures.forEach((figure, at) => Plotly.newPlot(places[at], figure.data, figure.layout, { displayModeBar: false }));
};

draw(JSON.parse(document.getElementById("figures").textContent));
document.getElementById("swap")?.addEventListener("click", async (event) => {
  const other = await (await fetch(event.target.dataset.other)).json();
  document.getElementById("root").setHTMLUnsafe(other.root);
  draw(other.figures);
});

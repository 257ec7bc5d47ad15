// A page of the application as it is on screen, made still: its style, its words and its figures, without its scripts.
// The page itself is changed by it, and is of no use any more.
() => {
  const figures = [];
  const plain = (value) => JSON.parse(JSON.stringify(value, (_, part) => (ArrayBuffer.isView(part) ? [...part] : part)));
  const absolute = (text, base) =>
    text.replace(/url\("?(?!data:)([^")]+)"?\)/g, (_, path) => `url("${new URL(path, base).pathname}")`);
  const rules = (sheet) =>
    [...sheet.cssRules].map((rule) => absolute(rule.cssText, sheet.href ?? document.baseURI)).join("\n");
  const written = (text) => Object.assign(document.createElement("style"), { textContent: text });
  const shadows = [];

  const freeze = (tree) => {
    for (const host of tree.querySelectorAll("*"))
      if (host.shadowRoot) {
        freeze(host.shadowRoot);
        shadows.push(host.shadowRoot);
      }
    // Rules that scripts have put in are in no element's text.
    const style = [...tree.styleSheets, ...tree.adoptedStyleSheets].map(rules).join("\n");
    for (const plot of tree.querySelectorAll(".js-plotly-plot")) {
      figures.push({ data: plain(plot.data), layout: plain(plot.layout) });
      plot.replaceChildren();
      plot.className = "figure";
    }
    for (const gone of tree.querySelectorAll("script, style, link, noscript, iframe, #first")) gone.remove();
    if (tree === document) return style;
    tree.prepend(written(style));
    return "";
  };

  const style = freeze(document);
  const root = document.getElementById("root").getHTML({ shadowRoots: shadows });
  const files = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
  return { style, root, figures, files: files.filter((path) => /\.(woff2|png|svg)$/.test(path)) };
}

// In a frame on another page a link opens a window of its own, where there is room for a whole page.
const beside = (event) => {
  const link = event.target.closest?.("a[href]");
  if (link && !link.getAttribute("href").startsWith("#")) Object.assign(link, { target: "_blank", rel: "noopener" });
};
export default function () {
  document.addEventListener("click", beside, true);
  return () => document.removeEventListener("click", beside, true);
}

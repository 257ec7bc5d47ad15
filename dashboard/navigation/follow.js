// Who steps from one to the next, or sorts, by the keyboard can press again: the link of the same sense is drawn anew.
let waiting;
const again = ({ rel, dataset: { stay } }) =>
  stay ? document.querySelector(`a[data-stay="${stay}"]`) : (document.querySelector(`a[rel="${rel}"]`) ?? document.querySelector("a[rel=prev], a[rel=next]"));
const step = (link) => {
  waiting = new MutationObserver(() => {
    const next = again(link);
    if (link.isConnected || !next) return;
    waiting.disconnect();
    if (document.activeElement === document.body) next.focus();
  });
  waiting.observe(document.body, { childList: true, subtree: true });
};
// A plain click on a link of ours is a move within the running session.
const follow = (event) => {
  const link = event.target.closest?.("[data-testid='stHtml'] a:not([target], [download]), .drawn a:not([target='_blank'], [download])");
  const other = event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  const href = link?.getAttribute("href") ?? "#";
  if (other || href.startsWith("#")) return;
  event.preventDefault();
  waiting?.disconnect();
  const stays = "stay" in link.dataset;
  if (stays || ["prev", "next"].includes(link.rel)) step(link);
  move(new URL(href, location.href), stays);
};

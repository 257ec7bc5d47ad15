const MAIN = "[data-testid='stMain']";
const move = (address, stays = false) => {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  if (!stays) document.querySelector(MAIN)?.scrollTo(0, 0);
};

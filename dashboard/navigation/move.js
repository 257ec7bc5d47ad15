const MAIN = "[data-testid='stMain']";
const move = (address) => {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector(MAIN)?.scrollTo(0, 0);
};

"""How one page opens another, keeping the shared filters and the running session.

A link that is followed the ordinary way starts the whole front end again, two seconds; Streamlit's own switch of page
leaves a history entry of the old page with the new page's parameters. A move through the browser's history does
neither, so a plain click is passed to the front end as such a move. With any key held a link opens a new tab as ever.
"""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.address import Links

MOVE = """
const move = (address) => {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
};
"""
FOLLOW = """
export default function () {
  let waiting;
  // Who steps from one to the next by the keyboard can press again: the link of the same sense is in a new page.
  const step = (link) => {
    waiting = new MutationObserver(() => {
      const next = document.querySelector(`a[rel="${link.rel}"]`) ?? document.querySelector("a[rel=prev], a[rel=next]");
      if (link.isConnected || !next) return;
      waiting.disconnect();
      if (document.activeElement === document.body) next.focus();
    });
    waiting.observe(document.body, { childList: true, subtree: true });
  };
  const follow = (event) => {
    const link = event.target.closest?.(
      "[data-testid='stHtml'] a:not([target]), .drawn a:not([target='_blank'])"
    );
    const other = event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    const href = link?.getAttribute("href") ?? "#";
    if (other || href.startsWith("#")) return;
    event.preventDefault();
    waiting?.disconnect();
    if (["prev", "next"].includes(link.rel)) step(link);
    move(new URL(href, location.href));
  };
  document.addEventListener("click", follow);
  document.documentElement.dataset.links = "followed";
  return () => document.removeEventListener("click", follow);
}
"""


def follow_links() -> None:
    """Make the links inside our markup and our figures open within the running session."""
    st.components.v2.component("links", js=MOVE + FOLLOW)(key="links")


def page_link(page: StreamlitPage, label: str, to: Links) -> None:
    """Show a link of the masthead, which keeps the shared filters."""
    st.page_link(page, label=label, query_params=to.params())

"""How one page opens another, keeping the shared filters and the running session."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import filters


def remember(pages: dict[str, Any]) -> None:
    """Keep the pages of this run by their addresses, for the links that open them."""
    st.session_state["pages"] = pages


def go(page: str, **own: str) -> None:
    """Open another page at once, keeping the shared filters."""
    params = filters.address({name: [value] for name, value in own.items()})
    st.switch_page(st.session_state["pages"][page], query_params=params)


def page_link(page: str, label: str, icon: str | None = None, **own: str) -> None:
    """Show a link to another page that keeps the shared filters."""
    params = filters.address({name: [value] for name, value in own.items()})
    st.page_link(st.session_state["pages"][page], label=label, icon=icon, query_params=params)


# A link that is followed the ordinary way starts the whole front end again, two seconds; moving through the browser's
# history does not, so a plain click is told to the front end as such a move. Any key held opens a new tab as ever.
LINKS = """
export default function () {
  const follow = (event) => {
    const link = event.target.closest?.("[data-testid='stHtml'] a:not([target])");
    const other = event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link || other || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    dispatchEvent(new PopStateEvent("popstate"));
    document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
  };
  document.addEventListener("click", follow);
  return () => document.removeEventListener("click", follow);
}
"""


def follow_links() -> None:
    """Make the links inside our markup open within the running session."""
    st.components.v2.component("links", js=LINKS, html="<span hidden></span>")(key="links")

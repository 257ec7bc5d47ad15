"""How one page opens another, keeping the shared filters and the running session, and how a reader gets about on a page.

A link that is followed the ordinary way starts the whole front end again, two seconds; Streamlit's own switch of page
leaves a history entry of the old page with the new page's parameters. A move through the browser's history does
neither, so a plain click is passed to the front end as such a move. With any key held a link opens a new tab as ever.
Back and forward return to the place that was left, and the Tab key meets the pages before the filters.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import style
from dashboard.address import Asked

HERE = Path(__file__).parent
MOVE = (HERE / "move.js").read_text(encoding="utf-8")
PIECES = ("follow", "scroll", "order", "take", "rows")
READY = """
export default function () {
  const undo = order();
  remember();
  const pressed = [follow, take, rows];
  for (const act of pressed) document.addEventListener("click", act);
  document.documentElement.dataset.links = "followed";
  return () => {
    undo();
    for (const act of pressed) document.removeEventListener("click", act);
  };
}
"""
# One script for all that a page does by itself: each component more costs a change of filter a millisecond.
SCRIPT = MOVE + "".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in PIECES) + READY

# A page has its style sheet with its script: Streamlit searches whatever `st.html` shows for words, 1 ms a run.
LINKS, BESIDE = (
    st.components.v2.component(name, js=script, css=style.sheet(), isolate_styles=False)
    for name, script in (("links", SCRIPT), ("links-beside", (HERE / "beside.js").read_text(encoding="utf-8")))
)


def follow_links() -> None:
    """Make links open within the running session, back return to the place that was left, Tab go the reader's way, and rows be sorted."""
    LINKS(key="links")


def open_beside() -> None:
    """Make links open a window of their own, where the page is in a frame of another page."""
    BESIDE(key="links-beside")


def link_here(asked: Asked) -> str:
    """Return the full address of the view on screen, which gives the same view in a fresh browser."""
    return f"{base()}?{asked.query}" if asked.query else base()


def base() -> str:
    """Return the full address of the page on screen, without its choices."""
    return st.context.url or ""

"""The front door: `streamlit run app.py`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import filters
from dashboard.data import DataError, Tables
from dashboard.deals import Selection
from dashboard.pages import fault_list, overview

HERE = Path(__file__).parent
Render = Callable[[Tables, Selection], None]

# Address, title and module of each page, in the order of the masthead; a page without a title is reached by links.
PAGES: list[tuple[str, str, Render]] = [
    ("", "Overview", overview.render),
]


def run_page(name: str, render: Render, tables: Tables, selection: Selection) -> None:
    """Draw one page; a page that fails says so in a sentence, and the others go on working."""
    try:
        render(tables, selection)
    except Exception:
        logging.getLogger(__name__).exception("The page %s failed", name or "overview")
        st.error("This page could not be drawn. The fault has been recorded; the other pages still work.")


def masthead() -> None:
    """Show the name of the product and the pages, each link keeping the shared filters."""
    with st.container(horizontal=True, vertical_alignment="center", key="masthead"):
        st.markdown("**Defence Ties**", width="content")
        for name, title, _ in PAGES:
            if title:
                filters.page_link(name, title)


def main() -> None:
    """Read the tables, show the filters and run the page that the address names."""
    st.set_page_config(page_title="Defence Ties", page_icon=str(HERE / "static" / "favicon.svg"), layout="wide")
    st.html(HERE / "dashboard" / "pages" / "style.css")
    try:
        tables = filters.tables()
    except DataError as error:
        fault_list.render(error)
        return
    current: list[Selection] = []
    pages = {
        name: st.Page(
            partial(lambda name, render: run_page(name, render, tables, current[0]), name, render),
            title=title or name.title(), url_path=name, default=not name,
        )
        for name, title, render in PAGES
    }  # fmt: skip
    st.session_state["pages"] = pages
    page = st.navigation(list(pages.values()), position="hidden")
    filters.follow_links()
    masthead()
    current.append(filters.sidebar(tables))
    page.run()


main()

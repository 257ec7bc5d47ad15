"""The masthead: the name of the data set, its pages, and the field to find anything."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard import search_field
from dashboard.address import Links
from dashboard.kept import kept
from dashboard.tables.load import Tables
from dashboard.templates import render

Titles = tuple[tuple[str, str], ...]


def show(
    tables: Tables | None, titles: Titles, here: str, to: Links, address: str = "", filtered: bool = False
) -> None:
    """Show the name of the data set, the pages by their `titles`, each link keeping the shared filters, and the field.

    The page on screen, `here`, is marked; its `address` stands on paper. Where it is `filtered` the keyboard may go on at
    the filters, which come after it. Without tables there is neither a name nor anything to find.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="masthead"):
        st.html(_pages(tables, titles, here, to, address, filtered), width="content")
        if tables:
            search_field.show(tables, to)


@kept
def _pages(tables: Tables | None, titles: Titles, here: str, to: Links, address: str, filtered: bool) -> Markup:
    """Return the pages and the head of the paper, one element: a link of Streamlit's own for each is a tenth of what a run costs."""
    return render(
        "masthead.html", pages=dict(titles), tables=tables, here=here, to=to, address=address, filtered=filtered
    )

"""The page of everything that fits the words of a search: what each result is, and how sure."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from dashboard import controls, filters, handing_over, in_view
from dashboard.address import Links
from dashboard.kept import kept
from dashboard.pages import heading, source_line
from dashboard.questions import finder
from dashboard.questions.deals import Selection
from dashboard.questions.marking import excerpt, pieces
from dashboard.tables.load import Tables
from dashboard.templates import render as template
from dashboard.views.quotes import MADE
from dashboard.views.search import MOST, finding, notes

SHOWN = 6  # of those before the rest, which is folded
KEPT = "The filters do not narrow a search; the links below keep them."


def render(tables: Tables, selection: Selection) -> None:
    """Draw what fits the words that the address asks for."""
    asked = controls.asked(tables, "search")
    words = asked.one("said")
    found = finder.find(tables, words, MOST)
    heading("Search", finding(tables, words, found))
    with st.container(horizontal=True, vertical_alignment="bottom", key="search-words"):
        field = filters.words("said", "Words", "a name, a ship, a place, a word of a statement")
        filters.show(asked, filters.drawn(field), "Search", width=480)
        if not controls.is_framed():
            handing_over.link(tables, asked, controls.given("search"))
    in_view.notes(tables, asked)
    if asked.links.kept:
        st.html(template("paragraph.html", kind="meta", words=KEPT))
    if words:
        st.html(body(tables, words, asked.links))
    source_line(tables, MADE)


@kept
def body(tables: Tables, words: str, to: Links) -> Markup:
    """Return the results; `to` makes their links."""
    found = finder.find(tables, words, MOST)
    return template(
        "search/body.html", found=found, notes=notes(found), terms=found.terms, shown=SHOWN, to=to,
        pieces=pieces, excerpt=excerpt,
    )  # fmt: skip

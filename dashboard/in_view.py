"""The line above a view: how much of everything it shows, what hands it over, and what the address asked for and did not get."""

from __future__ import annotations

import streamlit as st

from dashboard import controls, handing_over
from dashboard.address import Asked
from dashboard.choices.chosen import in_words
from dashboard.choices.parameters import SHARED, parameters
from dashboard.drift import MOST, drift
from dashboard.questions.deals import select
from dashboard.questions.quotes import named
from dashboard.tables.load import Tables
from dashboard.templates import render

INSTEAD = 4  # speakers and topics to look at where words were sought in vain


def line(
    tables: Tables, asked: Asked, noun: str = "deals", shown: int | None = None
) -> st.delta_generator.DeltaGenerator:
    """Show how many of all rows are in view, and the link that gives this view to somebody else; return that line.

    `noun` is deals, statements or sources; `shown` the number in view where the page narrows it further.
    """
    whole = len({"deals": tables.deals, "sources": tables.sources}.get(noun, tables.quotes))
    shown = len(select(tables, asked.selection)) if shown is None else shown
    drawn = st.container(horizontal=True, vertical_alignment="center", key="in-view")
    with drawn:
        st.markdown(f"**{shown:,} of {whole:,}** {noun} in view", width="content")
        if not controls.is_framed():
            if asked.filters:
                st.button("Clear filters", on_click=controls.clear, type="tertiary", key="clear-here")
            handing_over.whole(tables, asked, controls.given(asked.page))
            st.html(render("rows/jump.html"), width="content")
    notes(tables, asked)
    filters = [one for one in parameters(asked.page) if not one.view] if controls.is_framed() else SHARED
    if chosen := in_words(tables, asked.values, filters):
        st.html(render("paragraph.html", kind="meta chosen", words=" · ".join(chosen)))
    if not shown and (instead := named(tables, asked.one("q") or asked.one("said"))):
        st.html(render("instead.html", found=instead[:INSTEAD]))
    return drawn


def notes(tables: Tables, asked: Asked) -> None:
    """Say in quiet lines what the address asks for and does not get, and what has changed since its link was made."""
    if asked.notes:
        st.html(render("paragraph.html", kind="meta left-out", words=" ".join(asked.notes)))
    if found := drift(tables, asked):
        st.html(render("drift.html", drift=found, asked=asked, to=asked.links, most=MOST))

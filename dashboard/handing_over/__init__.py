"""What hands a view over to somebody else: a link or a frame to copy, its citation, a slide of the reader's own, a briefing pack.

All of it, with the words beside it, is one element: each of Streamlit's own costs a change of filter a millisecond or two.
What is offered is made when its button is pressed, and stands below the line until it is pressed again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from dashboard import cite_button, my_slides, pack_button
from dashboard.address import Asked
from dashboard.choices.chosen import in_words
from dashboard.choices.parameters import parameters
from dashboard.tables.load import Tables
from dashboard.templates import Html, render

Given = Mapping[str, Sequence[str]]
KEY, OPEN = "handed-over", "open"
SCRIPT = my_slides.BASKET + Path(__file__).with_name("buttons.js").read_text(encoding="utf-8")
LINE = st.components.v2.component(KEY, js=SCRIPT, html=str(render("drawing.html")), isolate_styles=False)


def link(tables: Tables, asked: Asked, given: Given) -> None:
    """Offer the link, with every choice and the version of the tables in it, and the citation; `given` are the parameters of the address."""
    show(tables, asked, buttons(tables, asked, given, is_whole=False))


def buttons(tables: Tables, asked: Asked, given: Given, *, is_whole: bool) -> Html:
    """Return the buttons: to copy and to cite and, where the view is there as a `is_whole` slide or pack, for these too.

    A slide has the name of its page and its filters.
    """
    own = [parameter for parameter in parameters(asked.page) if not parameter.view]
    name = " · ".join([asked.page.title() or "Overview", *in_words(tables, asked.values, own)])
    return render(
        "handing_over/buttons.html", page=asked.page, lasting=asked.lasting(tables.dictionary.version), query=asked.query,
        given=json.dumps({key: list(values) for key, values in given.items()}), name=name, is_whole=is_whole,
    )  # fmt: skip


def show(tables: Tables, asked: Asked, html: Html) -> None:
    """Show a line of HTML that has the buttons in it, and below it what the last press of them asked for on this page."""
    pressed = LINE(key=KEY, data=html.encode(), on_open_change=lambda: None)
    what, _, page = (pressed.get(OPEN) or "").partition(" ")
    if what and page == asked.page:
        with st.container(key="opened"):
            OPENED[what](tables, asked)


OPENED = {"cite": cite_button.of_view, "pack": pack_button.of_view}

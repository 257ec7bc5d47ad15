"""What hands over what is on screen as a briefing: a form is made from the data and the address when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from dashboard import views
from dashboard.address import Asked
from dashboard.choices.chosen import in_file_name, in_words
from dashboard.choices.parameters import parameters
from dashboard.pack import FORMS, Form, briefing
from dashboard.pack.briefing import Briefing
from dashboard.tables.load import Tables
from dashboard.templates import render

KEY, WIDE = "pack", 340  # pixels: the menu
ICON = ":material/download:"
ABOUT = "What this address shows, to hand over as a file: made when you press, from version"


def of_view(tables: Tables, asked: Asked) -> None:
    """Offer every form of what an address shows."""
    filters = in_words(tables, asked.values, [one for one in parameters(asked.page) if not one.view])
    ways = [value for one in parameters(asked.page) if one.view for value in asked.several(one.name)]
    name = "-".join(filter(None, [asked.page or "overview", in_file_name([*filters, *ways])]))
    forms(tables, name, lambda today: briefing.of_view(views.view(tables, asked, today)))


def forms(tables: Tables, name: str, made: Callable[[date], Briefing]) -> None:
    """Offer every form; `name` ends the names of the files, `made` gives the briefing of a day, and is called when a form is asked for."""
    about = f"{ABOUT} {tables.version} of the data, with its sources and doubts."
    with st.container(width=WIDE, gap="xsmall"):
        st.html(render("paragraph.html", kind="meta", words=about))
        for code, form in FORMS.items():
            file = f"{tables.package.name}-{tables.version}-{name}{form.ending}"
            st.download_button(
                form.label, partial(_written, tables, form, made), file, form.mime, key=f"{KEY}-{code}", on_click="ignore", type="tertiary",
                icon=ICON, help=form.what,
            )  # fmt: skip


def _written(tables: Tables, form: Form, made: Callable[[date], Briefing]) -> bytes:
    """Return a form of the briefing of today; the button shows that it is being made."""
    today = date.today()
    return form.written(tables, made(today), today)

"""How to cite what is on screen: the view, the deal or the statement that it is of; and a picture as what is cited. Made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from dashboard import citing, views
from dashboard.address import Asked
from dashboard.citing import DEAL, FIGURE, STATEMENT, VIEW, Work
from dashboard.tables.load import Tables
from dashboard.templates import render
from dashboard.views import together
from dashboard.views.view import FRONT

WIDE = 480  # pixels: the fold


def of_view(tables: Tables, asked: Asked) -> None:
    """Show how to cite what an address shows."""
    _words(tables, view(tables, asked))


def of_statement(tables: Tables, asked: Asked) -> None:
    """Offer to cite the statement that an address names."""
    _fold(tables, "Cite this statement", "cite-statement", lambda: statement(tables, asked))


def view(tables: Tables, asked: Asked) -> Work:
    """Return what an address shows as a work: the deal that it names, or else the view with its finding."""
    if asked.page == "deal" and asked.one("id"):
        return deal(tables, asked)
    shown = views.view(tables, asked, date.today())
    title = ". ".join([f"{shown.title}: {shown.finding.rstrip('.')}", *shown.filters])
    return Work(VIEW, asked.page or FRONT, title, address(tables, asked))


def deal(tables: Tables, asked: Asked) -> Work:
    """Return the deal that an address names as a work, with its status."""
    row = tables.deals[tables.deals["deal_id"] == asked.one("id")].iloc[0]
    status = tables.dictionary.label("deals", "status", row["status"], row["family"]).lower()
    return Work(DEAL, row["deal_id"], f"{row['title']} ({status})", _own(tables, asked, "id"))


def picture(tables: Tables, asked: Asked, name: str) -> Work | None:
    """Return a picture of an address as a work, called by what it shows; None where it has none of that name."""
    shown = views.view(tables, asked, date.today())
    one = together.named(tables, shown, name)
    if one is None:
        return None
    title = " ".join([one.finding.rstrip("."), *([f"({'; '.join(shown.filters)})"] if shown.filters else [])])
    return Work(FIGURE, f"{asked.page or FRONT} {one.name}", title, address(tables, asked))


def statement(tables: Tables, asked: Asked) -> Work:
    """Return the statement that an address names as a work."""
    key = asked.one("statement")
    return Work(STATEMENT, key, citing.statement(tables, key), _own(tables, asked, "statement"))


def address(tables: Tables, asked: Asked) -> str:
    """Return the full address that gives a view again, with the version of the tables."""
    return f"{asked.site}{asked.page}?{asked.lasting(tables.dictionary.version)}"


def _own(tables: Tables, asked: Asked, name: str) -> str:
    """Return the full address of the one thing that an address names; the filters are no part of it."""
    then = {"then": "yes"} if asked.is_then else {}
    return f"{asked.site}{asked.page}?{urlencode({name: asked.one(name), 'v': tables.dictionary.version, **then})}"


def _fold(tables: Tables, label: str, key: str, work: Callable[[], Work]) -> None:
    """Show the fold, whose words are made when it is opened."""
    fold = st.popover(label, type="tertiary", key=key, on_change="rerun")
    if fold.open:
        with fold, st.container(width=WIDE):
            _words(tables, work())


def _words(tables: Tables, work: Work) -> None:
    """Show a work in each form, each with a button that copies it."""
    st.html(render("forms.html", forms=citing.forms(tables, work, date.today())))

"""The line above a view: how much of everything it shows, what hands it over, and what the address asked for and did not get."""

from __future__ import annotations

import streamlit as st

from dashboard import controls, handing_over
from dashboard.address import Asked, Links
from dashboard.choices.chosen import in_words
from dashboard.choices.parameters import EVERY, SHARED, parameters
from dashboard.drift import MOST, drift
from dashboard.kept import kept
from dashboard.questions.deals import select
from dashboard.questions.quotes import named
from dashboard.tables.load import Tables
from dashboard.templates import Html, render

INSTEAD = 4  # speakers and topics to look at where words were sought in vain


def line(
    tables: Tables, asked: Asked, noun: str = "deals", shown: int | None = None, *, grades: bool = False
) -> None:  # fmt: skip
    """Show how many of all rows are in view, and what hands this view to somebody else; below it what is said of the address.

    `noun` is deals, statements or sources; `shown` the number in view where the page narrows it further. Where the page
    shows `grades` they are explained.
    """
    shown = len(select(tables, asked.selection)) if shown is None else shown
    given = tuple((name, tuple(texts)) for name, texts in controls.given(asked.page).items())
    handing_over.show(tables, asked, _drawn(tables, asked, given, noun, shown, grades, controls.is_framed()))


@kept
def _drawn(
    tables: Tables, asked: Asked, given: tuple[tuple[str, tuple[str, ...]], ...], noun: str, shown: int, grades: bool, framed: bool
) -> Html:  # fmt: skip
    """Return the line and what is below it; `given` are the parameters of the address, `framed` says that the view is in a frame."""
    whole = len({"deals": tables.deals, "sources": tables.sources}.get(noun, tables.quotes))
    buttons = "" if framed else handing_over.buttons(tables, asked, dict(given), is_whole=True)
    drawn = render(
        "handing_over/line.html", tables=tables, shown=shown, whole=whole, noun=noun, buttons=buttons, cleared=cleared(asked),
        grades=grades and not framed,
    )  # fmt: skip
    below = [said(tables, asked)]
    filters = [one for one in parameters(asked.page) if not one.view] if framed else SHARED
    if chosen := in_words(tables, asked.values, filters):
        below.append(render("paragraph.html", kind="meta chosen", words=" · ".join(chosen)))
    if not shown and (instead := named(tables, asked.one("q") or asked.one("said"))):
        below.append(render("instead.html", found=instead[:INSTEAD]))
    return Html("\n").join([drawn, *below])


def cleared(asked: Asked) -> str:
    """Return the address of a view without any filter, the page's own included; what is open and how it is shown stays. "" where there is none."""
    kept = {name: values for name, values in asked.values.items() if EVERY[name].view and not EVERY[name].passes}
    return Links()(asked.page, **kept) if asked.filters else ""


def notes(tables: Tables, asked: Asked) -> None:
    """Say in quiet lines what the address asks for and does not get, and what has changed since its link was made."""
    if words := said(tables, asked):
        st.html(words)


def said(tables: Tables, asked: Asked) -> Html:
    """Return these lines; none where there is nothing to say."""
    left_out = render("paragraph.html", kind="meta left-out", words=" ".join(asked.notes)) if asked.notes else Html()
    found = drift(tables, asked)
    return left_out + (render("drift.html", drift=found, asked=asked, to=asked.links, most=MOST) if found else "")

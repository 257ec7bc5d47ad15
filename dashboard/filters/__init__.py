"""The filters that a reader sets, drawn by one small component: those of all pages in the sidebar, a page's own on the page.

The address is the one record of what the reader chose. Each run takes every choice from the address; a choice in the
browser moves the address, which asks for a run. So a link, a reload and the browser's back button all give the same
view, a choice is sent within 3 ms, and nothing is kept in the session. `filters.js` says how a choice is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from dashboard import controls
from dashboard.address import Asked
from dashboard.choices.findable import Findable, with_names
from dashboard.choices.parameters import EVERY, SHARED, Parameter
from dashboard.choices.understood import LONGEST
from dashboard.kept import kept
from dashboard.navigation import MOVE
from dashboard.questions.deals import SURE
from dashboard.tables.load import Tables

HERE = Path(__file__).parent
HTML, CSS = ((HERE / f"filters.{kind}").read_text(encoding="utf-8") for kind in ("html", "css"))
JS = MOVE + "".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in ("combobox", "buttons", "filters"))
BOX = st.components.v2.component("filters", html=HTML, js=JS, css=CSS)
Width = int | Literal["stretch", "content"]
NOTES = {"country": "Two show only deals between them."}
PASSES = [name for name, parameter in EVERY.items() if parameter.passes]
STAYS = [name for name, parameter in EVERY.items() if parameter.view and not parameter.passes]


@dataclass(frozen=True)
class Filter:
    """One filter as it is shown, by its name in the address.

    It takes words to search, one value or several; few values stand side by side to be pressed, many in a list. `hint` stands in it while nothing is chosen, `note` beside it always. `blank` is the choice that the address leaves
    away; one that `clears` can be set to nothing. `room` is its width beside the others.
    """

    name: str
    form: Literal["words", "list", "lists", "button", "buttons"]
    label: str
    hint: str = ""
    note: str = ""
    choices: Findable = ()
    blank: str | None = None
    clears: bool = False
    room: float = 2
    longest: int = LONGEST


@dataclass(frozen=True)
class Drawn:
    """Filters as the browser is given them, without what is chosen: their names, and all else as JSON."""

    names: tuple[str, ...]
    text: str


def drawn(*filters: Filter) -> Drawn:
    """Return filters written once for all who choose something else by them."""
    return Drawn(tuple(each.name for each in filters), json.dumps([vars(each) for each in filters]))


def words(name: str, label: str, hint: str, room: float = 2) -> Filter:
    """Return a field for words to search."""
    return Filter(name, "words", label, hint, room=room)


def several(name: str, label: str, choices: Mapping[str, str], hint: str, note: str = "", room: float = 2) -> Filter:
    """Return a list to choose several values from; `choices` maps codes to labels."""
    return Filter(name, "lists", label, hint, note, with_names(name, choices), room=room)


def one(name: str, label: str, choices: Mapping[str, str], room: float = 2) -> Filter:
    """Return a list to choose one value from."""
    return Filter(name, "list", label, choices=with_names(name, choices), blank=EVERY[name].default, room=room)


def buttons(name: str, label: str, choices: Mapping[str, str]) -> Filter:
    """Return a few values side by side: of a choice of one, or of several."""
    form = "buttons" if EVERY[name].several else "button"
    return Filter(name, form, label, choices=with_names(name, choices), blank=EVERY[name].default)


def show(here: Asked, filters: Drawn, name: str, key: str = "filters-here", width: Width = "stretch") -> None:
    """Show filters of a page as its address has them; `name` says what they are. As narrow as their content, their labels stand beside them.

    A frame on another page shows a view alone, without what chooses in it.
    """
    if not controls.is_framed():
        _show(here, filters, {"name": name, "beside": width == "content", "stays": None}, key, width)


def sidebar(tables: Tables, here: Asked) -> None:
    """Show the shared filters as the address `here` has them, and what clears every filter."""
    with st.sidebar:
        _show(here, shared(tables), {"name": "Filters", "beside": False, "stays": STAYS}, "filters", "stretch")


def _show(here: Asked, filters: Drawn, how: Mapping[str, Any], key: str, width: Width) -> None:
    given = controls.given(here.page)
    state = {
        **how,
        "chosen": {name: {**here.made, **here.values}.get(name, ()) for name in filters.names},
        "asked": {name: given[name] for name in filters.names},
        "passes": PASSES,
    }
    # Bytes are sent as they are; anything else would be written as JSON twice on its way.
    BOX(key=key, data=f'{{"fields": {filters.text}, {json.dumps(state)[1:]}'.encode(), width=width)


@kept
def shared(tables: Tables) -> Drawn:
    """Return the filters of all pages."""
    years = {str(year): str(year) for year in tables.years}
    search, sure, *others = SHARED
    return drawn(
        words(search.name, "Search deals", "title, party, summary"),
        one(sure.name, "How sure, at least", SURE),
        *(_choice(tables, other, years) for other in others),
    )


def _choice(tables: Tables, parameter: Parameter, years: Mapping[str, str]) -> Filter:
    """Return the filter of a shared choice: of several values, or of a year."""
    if parameter.choices:
        hint, note = f"any {parameter.noun.partition(' ')[2]}", NOTES.get(parameter.name, "")
        return several(parameter.name, parameter.label, parameter.choices(tables), hint, note)
    choices = with_names(parameter.name, years)
    return Filter(parameter.name, "list", parameter.label, "any", choices=choices, clears=True, room=1)

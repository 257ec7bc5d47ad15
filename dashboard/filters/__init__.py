"""The filters that a reader sets, drawn by one small component: those of all pages in the sidebar, a page's own on the page.

The address is the one record of what the reader chose. Each run takes every choice from the address; a choice in the
browser moves the address, which asks for a run. So a link, a reload and the browser's back button all give the same
view, a choice is sent within 3 ms, and nothing is kept in the session. `filters.js` says how a choice is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

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
JS = MOVE + "".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in ("combobox", "filters"))
NOTES = {"country": "Two show only deals between them."}
PASSES = [name for name, parameter in EVERY.items() if parameter.passes]
STAYS = [name for name, parameter in EVERY.items() if parameter.view and not parameter.passes]


@dataclass(frozen=True)
class Filter:
    """One filter as it is shown: words to search, a choice of one value or of several, by its name in the address.

    `hint` stands in it while nothing is chosen, `note` beside it always. `blank` is the choice that the address leaves
    away; one that `clears` can be set to nothing. `room` is its width beside the others.
    """

    name: str
    form: Literal["words", "several", "one"]
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
    return Drawn(tuple(one.name for one in filters), json.dumps([asdict(one) for one in filters]))


def several(name: str, label: str, choices: Mapping[str, str], hint: str, note: str = "", room: float = 2) -> Filter:
    """Return a filter of several values; `choices` maps codes to labels."""
    return Filter(name, "several", label, hint, note, with_names(name, choices), room=room)


def shown(here: Asked, filters: Drawn, name: str, key: str, clears: bool = False) -> None:
    """Show filters as the address `here` has them; `name` says what they are, and stands above those that `clears` can empty."""
    given = controls.given(here.page)
    state = {
        "name": name,
        "chosen": {one: here.several(one) for one in filters.names},
        "asked": {one: given[one] for one in filters.names},
        "passes": PASSES,
        "stays": STAYS if clears else None,
    }
    component = st.components.v2.component("filters", html=HTML, js=JS, css=CSS)
    # Bytes are sent as they are; anything else would be written as JSON twice on its way.
    component(key=key, data=f'{{"fields": {filters.text}, {json.dumps(state)[1:]}'.encode())


def sidebar(tables: Tables, here: Asked) -> None:
    """Show the shared filters as the address `here` has them."""
    with st.sidebar:
        shown(here, _shared(tables), "Filters", "filters", clears=True)


@kept
def _shared(tables: Tables) -> Drawn:
    """Return the filters of all pages."""
    years = {str(year): str(year) for year in tables.years}
    search, sure, *others = SHARED
    return drawn(
        Filter(search.name, "words", "Search deals", "title, party, summary"),
        Filter(sure.name, "one", "How sure, at least", choices=with_names(sure.name, SURE), blank=sure.default),
        *(_choice(tables, one, years) for one in others),
    )


def _choice(tables: Tables, parameter: Parameter, years: Mapping[str, str]) -> Filter:
    """Return the filter of a shared choice: of several values, or of a year."""
    if parameter.choices:
        hint, note = f"any {parameter.noun.partition(' ')[2]}", NOTES.get(parameter.name, "")
        return several(parameter.name, parameter.label, parameter.choices(tables), hint, note)
    choices = with_names(parameter.name, years)
    return Filter(parameter.name, "one", parameter.label, "any", choices=choices, clears=True, room=1)

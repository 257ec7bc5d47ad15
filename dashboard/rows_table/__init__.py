"""The rows in view, at the end of every page to explore: a plain table that is sorted and copied in place, and a file.

The table is whole in the page, and each cell carries its place in the order of its column, which the server knows: the
browser only moves rows. So sorting is right for dates, money and blanks by one rule, in one place, and needs no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st
from markupsafe import Markup

from dashboard.address import Asked, Links
from dashboard.choices.chosen import in_words
from dashboard.choices.parameters import parameters
from dashboard.questions import rows, spreadsheet
from dashboard.tables.folding import fold
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.templates import render
from dashboard.words import format_count

MOST, SHOWN = 600, 40  # rows in the page, of which so many are seen before a reader asks for all
LONGEST = 80  # letters of a file's name that say which filters are set
FALLING = ("dates", "date", "published", "value")  # a first press puts the latest or the largest first
ORDERS = {"value": "the largest value first"}  # how else than newest first
SCRIPT = (Path(__file__).parent / "rows.js").read_text(encoding="utf-8")


@dataclass(frozen=True, eq=False)
class Drawn:
    """Rows of a sort, drawn: the `table` of the first of them, and the index of all in their order, for the file."""

    noun: str
    order: pd.Index
    table: Markup


def draw(tables: Tables, noun: str, found: pd.DataFrame, to: Links, first: str = "") -> Drawn:
    """Return rows drawn, the newest first or those first that the column `first` makes so; `to` makes their links.

    `noun` says what the rows are, a key of `questions.rows.TABLES`; `found` are rows of that table.
    """
    first = first or rows.FIRST[noun]
    every = rows.ordered(found, first)
    drawn = every.head(MOST)
    said = rows.cells(tables, noun, drawn)
    places = rows.places(tables, noun, drawn, said).to_numpy().tolist()
    table = render(
        "rows/table.html", tables=tables, to=to, noun=noun, order=ORDERS.get(first, "newest first"), first=first, falling=FALLING,
        headings=rows.headings(tables, noun), count=len(every), shown=SHOWN,
        rows=[(row, list(zip(said, words, at, strict=True))) for row, words, at in zip(records(drawn), said.to_numpy().tolist(), places, strict=True)],
    )  # fmt: skip
    return Drawn(noun, every.index, table)


def show(tables: Tables, here: Asked, drawn: Drawn, title: str = "") -> None:
    """Show rows under a heading, with the ways to take them away; `title` says what they are where they are not all in view."""
    count = format_count(len(drawn.order), drawn.noun[:-1])
    chosen = in_words(tables, here.values, [parameter for parameter in parameters(here.page) if not parameter.view])
    taken = ". ".join([f"{tables.package.short_title} tables, version {tables.version}", *chosen])
    st.html(render("rows/bar.html", title=title or f"{count} in view"))
    with st.container(horizontal=True, vertical_alignment="center", key="rows-bar"):
        st.html(render("rows/bar.html", title="", note=f"{taken}. Undisclosed is not zero."), width="content")
        st.download_button(
            "Download CSV", partial(_file, tables, drawn, taken), _name(tables, drawn.noun, chosen), "text/csv",
            key="rows-csv", on_click="ignore", type="tertiary", icon=":material/download:",
        )  # fmt: skip
    st.html(drawn.table)
    st.components.v2.component("rows-table", js=SCRIPT)(key="rows-table")


def _name(tables: Tables, noun: str, chosen: list[str]) -> str:
    """Return the name of the file, which says of which version it is and which filters were set, as far as there is room."""
    words = "-".join(fold(words).replace(" ", "-") for words in chosen)
    filters = words if len(words) <= LONGEST else f"{words[:LONGEST].rpartition('-')[0]}-and-more"
    return "-".join(filter(None, [tables.package.name, tables.version, noun, filters])) + ".csv"


def _file(tables: Tables, drawn: Drawn, taken: str) -> bytes:
    """Return the file of all rows, also of those that are not drawn; written when the reader wants it."""
    found = getattr(tables, rows.TABLES[drawn.noun]).loc[drawn.order]
    return spreadsheet.written(spreadsheet.in_full(tables, drawn.noun, found, taken))

"""The rows in view, at the end of every page to explore: a plain table that is sorted and copied in place, and a file.

The table is whole in the page, and each cell carries its place in the order of its column, which the server knows: the
browser only moves rows. So sorting is right for dates, money and blanks by one rule, in one place (dashboard/navigation/rows.js), and needs no answer. What a row says is drawn once for all choices; its places and its link are put in for each.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from dashboard import controls
from dashboard.address import Asked, Links
from dashboard.choices.chosen import in_file_name, in_words
from dashboard.choices.parameters import parameters
from dashboard.drawing import drawing
from dashboard.kept import kept
from dashboard.questions import rows, spreadsheet
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.templates import GAP, Html, filled, render
from dashboard.words import format_count

MOST, SHOWN = 600, 40  # rows in the page, of which so many are seen before a reader asks for all
HELD = 5_000  # drawn rows of a sort, 1 kB each, that are held for whoever asks for them next
FALLING = ("dates", "date", "published", "value")  # a first press puts the latest or the largest first
ORDERS = {"value": "the largest value first"}  # how else than newest first


@dataclass(frozen=True, eq=False)
class Drawn:
    """Rows of a sort, drawn: the `table` of the first of them, and the index of all in their order, for the file."""

    noun: str
    order: pd.Index
    table: Markup


class Bar(NamedTuple):
    """What stands above rows: their heading, the button that copies them; what was `taken`, in words, and the name of their file."""

    head: Html
    copy: Html
    taken: str
    file: str


@dataclass(frozen=True)
class Row:
    """A row as it is whatever else is in view: its HTML, taken apart at the gaps, and its key in the order of each column."""

    parts: Sequence[str]
    keys: Sequence[Any]
    address: str


def draw(tables: Tables, noun: str, found: pd.DataFrame, to: Links, first: str = "") -> Drawn:
    """Return rows drawn, the newest first or those first that the column `first` makes so; `to` makes their links.

    `noun` says what the rows are, a key of `questions.rows.TABLES`; `found` are rows of that table.
    """
    first = first or rows.FIRST[noun]
    order = rows.ordered(found, first)
    drawn = _drawn(tables, noun, order[:MOST])
    places = zip(*(rows.places(keys) for keys in zip(*(row.keys for row in drawn), strict=True)), strict=True)
    table = render(
        "rows/table.html", tables=tables, noun=noun, order=ORDERS.get(first, "newest first"), first=first, falling=FALLING,
        headings=rows.headings(tables, noun), count=len(order), shown=SHOWN, drawn=len(drawn),
        rows=Markup("\n".join(_filled(row, at, to) for row, at in zip(drawn, places, strict=True))),
    )  # fmt: skip
    return Drawn(noun, order, table)


def _filled(row: Row, places: Sequence[int], to: Links) -> str:
    """Return the HTML of a row with its places among those in view, and the address of the deal that it leads to."""
    gaps = [str(place) for place in places if place >= 0]
    if row.address:
        gaps.insert(int(places[0] >= 0), str(escape(to("deal", id=row.address))))
    return filled(row.parts, gaps)


@lru_cache(maxsize=2 * len(rows.TABLES))  # of the tables before an edit and after
def _held(tables: Tables, noun: str) -> dict[Hashable, Row]:
    """Return the rows of a sort that are drawn already, by their index; one choice after the other has the same."""
    return {}


def _drawn(tables: Tables, noun: str, order: pd.Index) -> list[Row]:
    """Return rows as they are whatever else is in view; to draw each but once saves 26 of 28 ms of a new choice."""
    held = _held(tables, noun)
    drawn = {key: row for key in order if (row := held.get(key))}
    if missing := [key for key in order if key not in drawn]:
        made = dict(zip(missing, _made(tables, noun, missing), strict=True))
        drawn |= made
        if len(held) > HELD:
            held.clear()
        held.update(made)
    return [drawn[key] for key in order]


def _made(tables: Tables, noun: str, order: list[Hashable]) -> Iterator[Row]:
    found, named = getattr(tables, rows.TABLES[noun]).loc[order], rows.headings(tables, noun)
    said = rows.cells(tables, noun, found)
    keys = zip(*rows.keys(tables, noun, found, said).values(), strict=True)
    for row, words, by in zip(records(found), said.to_numpy().tolist(), keys, strict=True):
        cells = [(name, text, key is not None) for name, text, key in zip(named, words, by, strict=True)]
        html = render("rows/row.html", tables=tables, noun=noun, headings=named, row=row, cells=cells, gap=GAP)
        yield Row(str(html).split(GAP), by, row["deal_id"] if noun == "deals" else "")


def show(tables: Tables, here: Asked, drawn: Drawn, title: str = "") -> None:
    """Show rows under a heading, with the ways to take them away; `title` says what they are where they are not all in view."""
    if controls.is_framed():  # the whole of them is a press away
        return
    bar = _bar(tables, here, drawn.noun, title or f"{format_count(len(drawn.order), drawn.noun[:-1])} in view")
    st.html(bar.head)
    with st.container(horizontal=True, vertical_alignment="center", key="rows-bar"):
        st.html(bar.copy, width="content")
        st.download_button(
            "Download CSV", partial(_file, tables, drawn, bar.taken), bar.file, "text/csv",
            key="rows-csv", on_click="ignore", type="tertiary", icon=":material/download:",
        )  # fmt: skip
    drawing(drawn.table, key="rows", kind="rows")


@kept
def _bar(tables: Tables, here: Asked, noun: str, title: str) -> Bar:
    """Return what stands above rows, by what was chosen."""
    chosen = in_words(tables, here.values, [parameter for parameter in parameters(here.page) if not parameter.view])
    taken = ". ".join([f"{tables.package.short_title} tables, version {tables.edition}", *chosen])
    copy = render("rows/bar.html", title="", note=f"{taken}. Undisclosed is not zero.")
    return Bar(render("rows/bar.html", title=title), copy, taken, _name(tables, noun, chosen))


def _name(tables: Tables, noun: str, chosen: list[str]) -> str:
    """Return the name of the file, which says of which version it is and which filters were set, as far as there is room."""
    return "-".join(filter(None, [tables.package.name, tables.version, noun, in_file_name(chosen)])) + ".csv"


def _file(tables: Tables, drawn: Drawn, taken: str) -> bytes:
    """Return the file of all rows, also of those that are not drawn; written when the reader wants it."""
    found = getattr(tables, rows.TABLES[drawn.noun]).loc[drawn.order]
    return spreadsheet.written(spreadsheet.in_full(tables, drawn.noun, found, taken))

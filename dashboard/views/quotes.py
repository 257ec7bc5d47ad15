"""What `/quotes` shows: who said what, in direct words or in ours, and what it rests on."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.address import Asked
from dashboard.questions import quotes
from dashboard.tables.load import Tables
from dashboard.views.common import cited, page_of, statements, taken
from dashboard.views.view import Rows, Shown

MADE = "Only direct words stand in quotation marks; a paraphrase is in our words."
NAMED = 150  # speakers


def shown(tables: Tables, asked: Asked, _: date) -> Shown:
    """Return the view of the statements in view, the newest first; one that the address names stands before them."""
    choice = asked.statements
    found = quotes.newest_first(quotes.select_quotes(tables, asked.selection, choice))
    named = tables.quotes[tables.quotes["quote_id"] == asked.one("statement")]
    first = pd.concat([named, page_of(asked, found)]) if len(named) else page_of(asked, found)
    return Shown(
        finding=quotes.finding(tables, found, choice), count=len(found), whole=len(tables.quotes), noun="statements", notes=(MADE,),
        tables=(speakers_table(tables, found), counts_table(tables, found, "topic"), counts_table(tables, found, "stance"), taken(tables, "statements", found)),
        statements=statements(tables, first), sources=cited(tables, found["source_ids"]),
    )  # fmt: skip


def speakers_table(tables: Tables, found: pd.DataFrame) -> Rows:
    """Return who speaks, the most statements first."""
    people, title = quotes.speakers(found), tables.dictionary.title
    headings = {"analyst": title("quotes", "analyst"), "speaker_kind": title("quotes", "speaker_kind"), "statements": "Statements"}  # fmt: skip
    label = tables.dictionary.label
    rows = [(name, label("quotes", "speaker_kind", kind), count) for name, kind, count in people[:NAMED]]
    return Rows("speakers", "Who speaks", headings, tuple(rows), len(people))


def counts_table(tables: Tables, found: pd.DataFrame, column: str) -> Rows:
    """Return how many statements have each value of a column, the most first."""
    counts, labels = (
        quotes.count_by(found, column, tables.dictionary.choices("quotes", column)),
        tables.dictionary.choices("quotes", column),
    )
    title = tables.dictionary.title("quotes", column)
    rows = tuple((labels[value], count) for value, count in counts.items())
    return Rows(f"{column}s", title, {column: title, "statements": "Statements"}, rows, len(rows), tuple(counts))

"""What the views of several pages hold: rows to take away, what the deals in view rest on, and the line on where figures come from."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.address import Asked
from dashboard.charts.glance.sheet import Sheet
from dashboard.questions import evidence, ledger, quotes, rows
from dashboard.questions import sources as bibliography
from dashboard.style.tokens import LIGHT
from dashboard.tables.load import Tables
from dashboard.tables.model import records
from dashboard.views.glances import Glance
from dashboard.views.view import Cell, Claim, Picture, Row, Rows, Statement
from dashboard.words import format_count

WIDE = 720  # pixels: a small picture as a file
ITEMS_A_PAGE = 12  # statements, contested deals and sources
MOST = 600  # rows of a table and sources in a view, as many as a page holds
SAID = 60  # statements and contested deals in a view
KEYS = {"deals": "deal_id", "statements": "quote_id", "sources": "source_id"}
NUMBERS = {
    "deals": ("value_usd_m", "origins"),
    "statements": (),
    "sources": (),
}  # columns that are given as numbers too


def sourced(tables: Tables) -> str:
    """Return where a picture's figures come from and of which version, in words."""
    return f"{tables.package.short_title} tables, version {tables.edition}. Undisclosed is not zero."


def filed(tables: Tables, glance: Glance) -> Picture:
    """Return a small picture as it is in a file."""
    sheet = Sheet(glance.name, WIDE, LIGHT, sourced(tables))
    return Picture(
        glance.name, glance.finding, glance.alt(), glance.drawn(), glance.notes, lambda: glance.draw(sheet),
        lambda shape: glance.draw(sheet._replace(width=shape.width, height=shape.height, source="")),
        lambda: glance.draw(Sheet(glance.name)),
    )  # fmt: skip


def page_of(asked: Asked, found: pd.DataFrame) -> pd.DataFrame:
    """Return rows from the page on that the address asks for; from the last where there are fewer pages."""
    first = (int(asked.one("page")) - 1) * ITEMS_A_PAGE
    return found.iloc[min(first, max(len(found) - 1, 0) // ITEMS_A_PAGE * ITEMS_A_PAGE) :]


def taken(tables: Tables, noun: str, found: pd.DataFrame, first: str = "", title: str = "") -> Rows:
    """Return rows of deals, statements or sources as the page has them, the newest first or those that `first` makes so.

    What each cell says comes first; then the amounts of deals as numbers. `title` says what the rows are where they are not all in view.
    """
    whole = found.loc[rows.ordered(found, first or rows.FIRST[noun])]
    kept = whole.head(MOST)
    said = rows.cells(tables, noun, kept)
    amounts = [[_number(value) for value in kept[name]] for name in NUMBERS[noun]]
    more = {"value_usd_m": f"Value in millions of {tables.package.currency.name}", "origins": "Independent origins"}
    return Rows(
        noun, title or f"{format_count(len(found), noun.removesuffix('s'))} in view",
        {**rows.headings(tables, noun), **{name: more[name] for name in NUMBERS[noun]}},
        tuple((*cells, *numbers) for cells, *numbers in zip(said.to_numpy().tolist(), *amounts, strict=True)),
        len(found), tuple(kept[KEYS[noun]]), tuple(whole[KEYS[noun]]),
    )  # fmt: skip


def _number(value: float) -> Cell:
    return None if pd.isna(value) else float(value)


def resting(tables: Tables, deals: pd.DataFrame) -> tuple[Row, ...]:
    """Return the sources that deals rest on, by themselves, their milestones or statements on them, the best first."""
    return tuple(records(evidence.cited(tables, rested_on(tables, deals)).head(MOST)))


def rested_on(tables: Tables, deals: pd.DataFrame) -> Iterable[str]:
    """Return the keys of all sources that deals rest on."""
    pairs = bibliography.rests_on(tables)
    return pairs.loc[pairs["deal_id"].isin(deals["deal_id"]), "source_id"].unique()


def cited(tables: Tables, cells: Iterable[str]) -> tuple[Row, ...]:
    """Return the sources that cells of `;`-joined keys name, the best first."""
    return tuple(records(evidence.cited(tables, cells).head(MOST)))


def statements(tables: Tables, said: pd.DataFrame) -> tuple[Statement, ...]:
    """Return the first statements, rows of quotes, each with its sources and the deals that it speaks of."""
    kept = said.head(SAID)
    spoken = quotes.deals_each(tables, kept["deal_ids"])
    return tuple(
        Statement(row, sources, deals)
        for (row, sources), deals in zip(evidence.with_sources(tables, kept), spoken, strict=True)
    )


def claims(tables: Tables, found: pd.DataFrame) -> tuple[Claim, ...]:
    """Return the first contested deals, rows of the ledger, each with who claims and who denies it."""
    kept = found.head(SAID)
    deals = tables.deals.set_index("deal_id", drop=False)
    return tuple(
        Claim(row, ledger.GROUPS[str(row["group"])], ledger.entry(tables, deals.loc[row["deal_id"]]))
        for row in records(kept)
    )

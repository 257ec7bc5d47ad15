"""What `/compare` shows: two relations, states or speakers side by side, figure by figure."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pandas as pd

from dashboard.address import Asked
from dashboard.questions import comparable, comparison, difference
from dashboard.questions.comparison import Both
from dashboard.questions.deals import Selection
from dashboard.tables.load import Tables
from dashboard.tables.model import is_in
from dashboard.views.common import cited, resting, statements, taken
from dashboard.views.view import Cell, Rows, Shown
from dashboard.words import format_count

READ_AS = (
    "A relation is what runs between two states, whichever of them supplies, further states included. "
    "A state is compared by all it is a party to, a speaker by what was said."
)
TOO_LITTLE = "The tables hold too little to compare."


@lru_cache(maxsize=4)  # a page asks for the same two several times over
def both_of(tables: Tables, selection: Selection, pair: tuple[str, str]) -> Both:
    """Return the two that stand side by side, as far as they are in view."""
    one, other = (comparable.compared(tables, selection, key) for key in pair)
    return one, other


def deals_of(tables: Tables, both: Both) -> pd.DataFrame:
    """Return the deals of either of the two, each once."""
    return tables.deals[is_in(tables.deals, "deal_id", {*both[0].deals["deal_id"], *both[1].deals["deal_id"]})]


def is_empty(both: Both) -> bool:
    """Say whether neither of the two has a deal or a statement in view."""
    return all(one.deals.empty and one.quotes.empty for one in both)


def shown(tables: Tables, asked: Asked, _: date) -> Shown:
    """Return the view of the two that the address names, or else of the subject states beside the busiest other relation."""
    pair = comparable.pair(tables, asked.one("a"), asked.one("b"))
    if not all(pair):
        return Shown(finding=TOO_LITTLE, count=0, whole=len(tables.deals))
    both = both_of(tables, asked.selection, pair)
    found, finding = deals_of(tables, both), difference.finding(tables, both)
    if is_empty(both):
        return Shown(finding=finding, count=0, whole=len(tables.deals), notes=(READ_AS,))
    said = pd.concat([one.quotes for one in both]).drop_duplicates("quote_id")
    sources = resting(tables, found) if len(found) else cited(tables, said["source_ids"])
    return Shown(
        finding=finding, count=len(found), whole=len(tables.deals), lead=tuple(difference.sureness(both)), notes=(READ_AS,),
        tables=(figures_table(tables, both), taken(tables, "deals", found, title=f"{format_count(len(found), 'deal')} of the two, each once")),
        statements=statements(tables, said), sources=sources,
    )  # fmt: skip


def figures_table(tables: Tables, both: Both) -> Rows:
    """Return the figures of both in words, line by line."""
    one, other = both
    rows: list[tuple[Cell, ...]] = []
    for part in comparison.parts(tables, both):
        if part.years:
            rows.append((part.title, part.years.label, *(words for words, _ in part.years.sides)))
        rows += [(part.title, line.label, *(cell.words for cell in line.cells)) for line in part.lines]
    headings = {"part": "Part", "figure": "Figure", "a": one.title, "b": other.title}
    return Rows("figures", f"{one.title} and {other.name}, figure by figure", headings, tuple(rows), len(rows))

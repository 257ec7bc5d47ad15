"""How a row that differs from a former version is described: what it is called, and what stood and stands in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.gate.differences import JOINED, Difference, rows_of
from dashboard.gate.sentences import excerpts
from dashboard.questions.deals import MONEY
from dashboard.tables import dates
from dashboard.tables.check import schema
from dashboard.tables.load import Tables
from dashboard.words import format_money

NOUNS = {
    "deals": "deal", "milestones": "milestone", "quotes": "statement", "sources": "source", "places": "place",
    "countries": "state", "gaps": "open question", "deflator": "price index year",
}  # fmt: skip
# The columns that say to a reader which row of a table it is.
NAMED_BY = {
    "deals": ("title",), "milestones": ("event",), "quotes": ("analyst", "date"), "sources": ("publisher", "title"),
    "places": ("name",), "countries": ("name",), "gaps": ("question",), "deflator": ("year",),
}  # fmt: skip
NEW, GONE, CHANGED = "new", "gone", "changed"


@dataclass(frozen=True)
class Figure:
    """One value of a row that is another: the heading of its column, and what stood and stands there; "" is a blank."""

    column: str
    was: str
    now: str


@dataclass(frozen=True)
class Row:
    """A row that differs: its table, what it is called, whether it is new, gone or changed, and its figures that changed.

    `own` opens it, a page and a parameter with its value; it is empty where a row has no page or is gone.
    """

    table: str
    title: str
    change: str
    figures: tuple[Figure, ...]
    own: tuple[str, str, str] | tuple[()] = ()


def described(tables: Tables, cells: Sequence[Difference]) -> Row:
    """Return one row that differs in these cells."""
    name, key = cells[0].table, cells[0].key
    first = next((one for one in cells if one.column == tables.dictionary.key(name)[0]), None)
    change = CHANGED if not first else NEW if first.new else GONE
    figures = tuple(_figure(tables, one) for one in cells) if change == CHANGED else ()
    own = {
        "deals": ("deal", "id", key),
        "milestones": ("deal", "id", key.split(JOINED)[0]),
        "quotes": ("quotes", "statement", key),
    }
    row = {one.column: one.old for one in cells} if change == GONE else _rows(tables, name)[key]
    return Row(name, _title(tables, name, row), change, figures, () if change == GONE else own.get(name, ()))


@lru_cache(maxsize=16)  # each table, of the tables of now and of those before
def _rows(tables: Tables, name: str) -> dict[str, dict[str, str]]:
    return rows_of(tables.texts[name], tables.dictionary.key(name))


def _title(tables: Tables, name: str, row: dict[str, str]) -> str:
    """Return what a row is called; a milestone by its deal too."""
    words = [_in_words(tables, name, column, row.get(column, "")) for column in NAMED_BY[name]]
    if name == "milestones":
        deal = _rows(tables, "deals").get(row["deal_id"], {"title": row["deal_id"]})
        words = [deal["title"], f"{dates.format_date(row['date'])}, {row['event']}"]
    return ": ".join(filter(None, words))


def _figure(tables: Tables, one: Difference) -> Figure:
    """Return a cell that differs, both texts in words; of long texts the part in which they begin to differ."""
    was, now = (_in_words(tables, one.table, one.column, cell) for cell in (one.old, one.new))
    quoted = excerpts(was, now)
    return Figure(
        tables.dictionary.title(one.table, one.column),
        *(said if text else "" for said, text in zip(quoted, (was, now), strict=True)),
    )


def _in_words(tables: Tables, name: str, column: str, cell: str) -> str:
    """Return a cell as a reader reads it: the label of a value, the name of a state, an amount, a date."""
    about = tables.dictionary.tables[name][column]
    if column in MONEY[:3] and schema.fits("number", cell):
        return format_money(float(cell), tables.package.currency)
    if other := about.reference or about.foreign:
        known = _rows(tables, other)
        return "; ".join(known.get(key, {}).get(NAMED_BY[other][0], key) for key in cell.split(";"))
    if about.is_date and dates.is_date(cell):
        return dates.format_date(cell)
    return tables.dictionary.label(name, column, cell) if about.choices else cell

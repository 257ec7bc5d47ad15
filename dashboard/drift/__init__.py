"""What has changed in a view since its link was made: each figure that is another, each row that is new or gone, in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from dashboard.address import Asked
from dashboard.drift.rows import Keys, rows
from dashboard.drift.wording import GONE, NEW, NOUNS, Row, described
from dashboard.gate.differences import Difference, differences
from dashboard.gate.history import history
from dashboard.gate.then import then
from dashboard.gate.versions import as_of
from dashboard.tables import numbers
from dashboard.tables.load import Tables
from dashboard.words import format_count, listed, plural

MOST = 40  # rows that are listed; the page of the tables has all
UNCOUNTED = {"last_checked"}  # when somebody last looked at a row is no figure of it


@dataclass(frozen=True)
class Drift:
    """What differs in a view since a version: `rows`, the changed, new and gone ones."""

    version: str
    rows: tuple[Row, ...]

    @property
    def words(self) -> str:
        """Return how many figures have changed, and how many rows are new and gone, in a sentence without its full stop."""
        figures, since = sum(len(row.figures) for row in self.rows), f"since version {self.version}"
        parts = [self._counted(change) for change in (NEW, GONE)]
        rows = ", ".join(filter(None, parts))
        if not figures:
            return f"In this view {rows} {since}"
        first = f"{format_count(figures, 'figure')} in this view {plural(figures, 'has', 'have')} changed {since}"
        return "; ".join(filter(None, [first, rows]))

    def _counted(self, change: str) -> str:
        tables = [row.table for row in self.rows if row.change == change]
        counts = [format_count(tables.count(name), noun) for name, noun in NOUNS.items() if name in tables]
        return f"{listed(counts)} {plural(len(tables), 'is', 'are')} {change}" if tables else ""


def drift(tables: Tables, asked: Asked) -> Drift | None:
    """Return what differs between a view of now and of the version that its address names; None where nothing does or none is named."""
    since = asked.one("v")
    if not since or (since == tables.version and not tables.is_edited):
        return None
    former = then(tables, since).tables
    both = [rows(state, asked) for state in (tables, former) if state]
    found = tuple(_differing(tables, since, both))
    return Drift(since, found) if found else None


@lru_cache(maxsize=4)
def _differences(tables: Tables, since: str) -> list[Difference]:
    """Return every cell that says something else since a version, but for columns that only one of the two has."""
    before = as_of(since, history(tables), tables.dictionary.keys)
    other = {
        (name, column)
        for name, table in tables.texts.items()
        for column in set(table.header) ^ set(before[name].header if name in before else table.header)
    }
    every = differences(before, tables.texts, tables.dictionary.keys)
    return [one for one in every if one.column and (one.table, one.column) not in other and not _is_same(tables, one)]


def _is_same(tables: Tables, one: Difference) -> bool:
    """Say whether both texts of a cell are one number: 24.8400 is 24.84."""
    is_figure = tables.dictionary.tables[one.table][one.column].type in ("integer", "number")
    return is_figure and numbers.canonical(one.old) == numbers.canonical(one.new)


def _differing(tables: Tables, since: str, views: Iterable[Keys]) -> Iterator[Row]:
    """Yield the rows that differ and that one of two views has."""
    inside = {(name, key) for keys in views for name, own in keys.items() for key in own}
    for (name, key), cells in groupby(_differences(tables, since), key=lambda one: (one.table, one.key)):
        own = [one for one in cells if one.column not in UNCOUNTED]
        if own and (name, key) in inside:
            yield described(tables, own)

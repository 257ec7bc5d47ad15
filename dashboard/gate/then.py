"""The tables as they were in a version, made again from the log and typed like any others, as far as today's pages can read them.

Rules that came later are no reason to hide what was published: only rows that could not be typed or shown are left out, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from dashboard.gate.differences import rows_of
from dashboard.gate.history import history
from dashboard.gate.versions import as_of
from dashboard.tables import dates
from dashboard.tables.check import schema
from dashboard.tables.columns import Column
from dashboard.tables.csvfile import TextTable
from dashboard.tables.dictionary import Dictionary
from dashboard.tables.model import Tables, type_tables

KEPT = 3  # versions, of all readers together: each takes as much memory as the tables of today
Texts = Mapping[str, TextTable]


class Then(NamedTuple):
    """A version as it can be shown: its tables, and how many rows were left out; `why` says in words why there are no tables."""

    tables: Tables | None
    left_out: int = 0
    why: str = ""


@lru_cache(maxsize=KEPT)
def then(now: Tables, version: str) -> Then:
    """Return the tables of a version, made with today's description of them."""
    try:
        texts = as_of(version, history(now), now.dictionary.keys)
    except (LookupError, ValueError):
        return Then(None, why="the log of the versions does not say what they were")
    if lacking := [name for name in now.dictionary.tables if name not in texts]:
        return Then(None, why=f"they had no table {lacking[0]}, which the pages need")
    fitted = {name: _under(texts[name], list(columns)) for name, columns in now.dictionary.tables.items()}
    shown = _readable(fitted, now.dictionary)
    if emptied := [name for name, table in shown.items() if fitted[name].rows and not table.rows]:
        return Then(None, why=f"no row of the table {emptied[0]} fits what its columns are today")
    day = next(release.day for release in history(now) if release.version == version)
    dictionary = Dictionary({**now.dictionary.descriptor, "version": version, "created": day})
    count = sum(len(fitted[name].rows) - len(table.rows) for name, table in shown.items())
    return Then(replace(type_tables(shown, dictionary, f"then-{version}-{now.stamp}"), is_former=True), count)


def _under(table: TextTable, columns: list[str]) -> TextTable:
    """Return a table under today's columns: one that it did not have is blank, one that is no longer there is left out."""
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    return TextTable(table.file, columns, [[row.get(name, "") for name in columns] for row in rows])


def _readable(texts: Texts, dictionary: Dictionary) -> Texts:
    """Return tables without the rows that cannot be typed or shown, nor those that refer to a row left out."""
    count = -1
    while count != (count := sum(len(table.rows) for table in texts.values())):
        keys = {name: set(rows_of(texts[name], dictionary.key(name))) for name in dictionary.single}
        texts = {name: _kept(table, dictionary.tables[name].values(), keys) for name, table in texts.items()}
    return texts


def _kept(table: TextTable, columns: Iterable[Column], keys: Mapping[str, set[str]]) -> TextTable:
    """Return a table with the rows whose every cell can be read; of lists of keys those stay that a row has."""
    every = list(columns)
    rows = [
        [_listed(cell, keys.get(column.reference)) for cell, column in zip(row, every, strict=True)]
        for row in table.rows
    ]
    kept = [row for row in rows if all(_fits(cell, column, keys) for cell, column in zip(row, every, strict=True))]
    return TextTable(table.file, table.header, kept)


def _listed(cell: str, known: set[str] | None) -> str:
    """Return a cell without the keys of its list that no row has; one that is no list as it is."""
    return cell if known is None else ";".join(key for key in cell.split(";") if key.strip() in known)


def _fits(cell: str, column: Column, keys: Mapping[str, set[str]]) -> bool:
    """Say whether a cell can be typed and shown, whatever other rules there are for it."""
    if not cell:
        return not column.required
    if (column.choices and cell not in column.choices) or (column.foreign and cell not in keys[column.foreign]):
        return False
    return schema.fits(column.type, cell) and (not column.is_date or dates.is_date(cell))

"""Which cells differ between two states of the tables, so that from the one and the differences the other can be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dashboard.tables.csvfile import TextTable

JOINED = " · "  # between the cells of a key of several columns


class Difference(NamedTuple):
    """One cell that differs: its table, the key of its row, its column, and what stands there before and after.

    A row that is added or withdrawn differs in each cell that is filled in. Where the columns themselves differ, key and
    column are "", and before and after are the headings, joined by commas.
    """

    table: str
    key: str
    column: str
    old: str
    new: str


Keys = Mapping[str, list[str]]  # the columns that identify a row of each table
Tables = Mapping[str, TextTable]


def differences(old: Tables, new: Tables, keys: Keys) -> Iterator[Difference]:
    """Yield what differs between the rows of two states of tables, whose keys are each there once; order is no difference."""
    for name in {**old, **new}:
        before, after = (state.get(name, TextTable(name)) for state in (old, new))
        if before.header != after.header:
            yield Difference(name, "", "", ",".join(before.header), ",".join(after.header))
        were, are = rows_of(before, keys[name]), rows_of(after, keys[name])
        columns = dict.fromkeys([*before.header, *after.header])
        for key in dict.fromkeys([*were, *are]):
            was, now = were.get(key, {}), are.get(key, {})
            for column in columns:
                if was.get(column, "") != now.get(column, ""):
                    yield Difference(name, key, column, was.get(column, ""), now.get(column, ""))


def rows_of(table: TextTable, key: list[str]) -> dict[str, dict[str, str]]:
    """Return the rows of a table, each by the cells of its key and as its cells by their columns."""
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    return {JOINED.join(row.get(name, "") for name in key): row for row in rows}


def applied(found: Iterable[Difference], old: Tables, keys: Keys) -> dict[str, TextTable]:
    """Return the tables that differ from the old ones as is said, their rows in the order of their keys.

    Raises ValueError where a cell is not what the differences say that it was.
    """
    headers = {name: table.header for name, table in old.items()}
    rows = {name: rows_of(table, keys[name]) for name, table in old.items()}
    for table, key, column, before, after in found:
        if not column:
            headers[table] = after.split(",") if after else []
            continue
        row = rows.setdefault(table, {}).setdefault(key, {})
        if row.get(column, "") != before:
            raise ValueError(f"{table}, {key}, {column}: “{row.get(column, '')}” is not “{before}”")
        row[column] = after
    return {name: _table(name, header, rows.get(name, {}), keys[name]) for name, header in headers.items() if header}


def _table(name: str, header: list[str], rows: Mapping[str, dict[str, str]], key: list[str]) -> TextTable:
    """Return rows as a table; one of which nothing is left is none."""
    kept = [[row.get(column, "") for column in header] for row in rows.values() if any(row.values())]
    at = [header.index(column) for column in key]
    return TextTable(name, header, sorted(kept, key=lambda row: [row[place] for place in at]))

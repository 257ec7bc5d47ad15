"""What is wrong with the headings of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dashboard.tables.columns import Column
from dashboard.tables.csvfile import TextTable
from dashboard.tables.faults import Fault
from dashboard.tables.likeness import closest


def is_headless(table: TextTable, columns: dict[str, Column]) -> bool:
    """Say whether the first line of a table that has rows names none of its columns."""
    return bool(table.header and table.rows) and not set(columns) & set(map(str.lower, table.header))


def with_one(table: TextTable, columns: dict[str, Column]) -> TextTable:
    """Return a table without a second header of titles or types under its own, which is a fault and no row."""
    words = {word.casefold() for column in columns.values() for word in (column.name, column.title, column.type)}
    if not table.rows or len(table.header) < 2 or not words.issuperset(map(str.casefold, filter(None, table.rows[0]))):
        return table
    fault = Fault(table.file, table.lines[0], "", "", "is a second header", "Remove the line")
    return replace(table, rows=table.rows[1:], lines=table.lines[1:], faults=[*table.faults, fault])


def _headless(table: TextTable, columns: dict[str, Column]) -> Fault:
    """Return the fault of a table whose first line names no column: another sign divides them, or it is no header."""
    names = "|".join(map(re.escape, columns))
    divided = re.match(rf"\W*(?:{names})(\W+?)(?:{names})\b", table.header[0])
    if len(table.header) == 1 and divided:
        problem, remedy = "has its cells divided by another sign than a comma", "Save it again with commas between them"
        return Fault(table.file, table.top, "", divided[1], problem, remedy)
    remedy = f"Put the header back on the first line: {','.join(columns)}"
    return Fault(table.file, table.top, "", "", "has no heading of this table", remedy)


def find_faults(table: TextTable, columns: dict[str, Column]) -> Iterator[Fault]:
    """Yield a fault for each heading that is missing, unknown, blank or there twice, and for a table without rows."""
    if not table.header:
        return
    if is_headless(table, columns):
        yield _headless(table, columns)
        return
    missing = [name for name in columns if name not in table.header]
    for number, name in enumerate(table.header, start=1):
        place = (table.file, table.top, name or f"number {number}", name)
        if not name:
            yield Fault(*place, "has no heading", "Give the column its heading, or remove it")
        elif name in table.header[: number - 1]:
            yield Fault(*place, "is the heading of two columns", "Keep one of them")
        elif name not in columns and (meant := _titled(name, columns, missing) or closest(name, missing)):
            missing.remove(meant)
            yield Fault(*place, "is not a column of this table", f"Did you mean “{meant}”? Rename the column")
        elif name not in columns:
            remedy = "Remove the column, or describe it in datapackage.json"
            yield Fault(*place, "is not a column of this table", remedy)
    for name in missing:
        remedy = f"Add a column headed “{name}”: {columns[name].help.rstrip('.')}"
        yield Fault(table.file, table.top, name, "", "is missing", remedy)
    if not table.rows:
        yield Fault(table.file, 0, "", "", "has a header but no rows", "Put the rows back")


def _titled(name: str, columns: dict[str, Column], missing: list[str]) -> str:
    """Return the missing column that has a heading as its title, which readers see; "" where none has."""
    return next((column for column in missing if columns[column].title.casefold() == name.casefold()), "")

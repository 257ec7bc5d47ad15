"""What is wrong with the headings of a table."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.tables.columns import Column
from dashboard.tables.csvfile import TextTable
from dashboard.tables.faults import Fault
from dashboard.tables.likeness import closest


def is_headless(table: TextTable, columns: dict[str, Column]) -> bool:
    """Say whether the first line of a table that has rows names none of its columns."""
    return bool(table.header and table.rows) and not set(columns) & set(map(str.lower, table.header))


def find_faults(table: TextTable, columns: dict[str, Column]) -> Iterator[Fault]:
    """Yield a fault for each heading that is missing, unknown, blank or there twice, and for a table without rows."""
    if not table.header:
        return
    if is_headless(table, columns):
        remedy = f"Put the header back on the first line: {','.join(columns)}"
        yield Fault(table.file, table.top, "", "", "has no heading of this table", remedy)
        return
    missing = [name for name in columns if name not in table.header]
    for number, name in enumerate(table.header, start=1):
        place = (table.file, table.top, name or f"number {number}", name)
        if not name:
            yield Fault(*place, "has no heading", "Give the column its heading, or remove it")
        elif name in table.header[: number - 1]:
            yield Fault(*place, "is the heading of two columns", "Keep one of them")
        elif name not in columns and (meant := closest(name, missing)):
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

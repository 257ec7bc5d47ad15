"""The one form in which the tables are kept, so that a change shows as the change it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection

from dashboard.tables import numbers
from dashboard.tables.columns import Column
from dashboard.tables.csvfile import TextTable
from dashboard.tables.spelling import plain


def write(header: list[str], rows: list[list[str]]) -> str:
    """Return the canonical text of a table: commas, LF line ends, quotation marks only where needed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def canonical(
    table: TextTable, columns: list[str], key: list[str], lists: Collection[str] = (), figures: Collection[str] = ()
) -> str:
    """Return a table in the one form in which the tables are kept, so that a change shows as the change it is.

    Takes a table that is not `uneven`, the names of its columns in order, of those that identify a row, of those
    that list keys joined by semicolons, and of those that hold numbers. Columns not named stay, after the others;
    rows come in the order of the key.
    """
    given = [plain(name) for name in table.header]
    header = [name for name in columns if name in given] + [name for name in given if name not in columns]
    cells = [dict(zip(given, row, strict=True)) for row in table.rows]
    rows = [[_clean(row[name], name in lists, name in figures) for name in header] for row in cells]
    by = [header.index(name) for name in key if name in header]
    return write(header, sorted(filter(any, rows), key=lambda row: [row[at] for at in by]))


def ordered(table: TextTable, columns: list[Column], key: list[str]) -> bytes:
    """Return the content of a table's file in the one form in which it is kept; the table is not `uneven`."""
    lists = {column.name for column in columns if column.reference}
    figures = {column.name for column in columns if column.type in ("integer", "number")}
    return canonical(table, [column.name for column in columns], key, lists, figures).encode()


def _clean(cell: str, is_list: bool, is_figure: bool) -> str:
    """Return a cell in plain text with LF line ends: a list of keys without stray spaces, a number in its one form."""
    text = plain(cell.replace("\r\n", "\n").replace("\r", "\n"))
    if is_list:
        return ";".join(part.strip() for part in text.split(";") if part.strip())
    return numbers.canonical(text) if is_figure else text

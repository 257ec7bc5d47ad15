"""The one form in which the tables are kept, so that a change shows as the change it is; and how files are put into it."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from pathlib import Path

from dashboard.tables import files, numbers
from dashboard.tables.csvfile import Fault, TextTable
from dashboard.tables.spelling import plain


def tidy(folder: Path = files.FOLDER) -> tuple[list[str], list[Fault]]:
    """Rewrite the CSV files in canonical form; return the names of those that changed, and the faults of the others.

    A file that cannot be read or split into even rows is left as it is: its cells are not known for certain.
    """
    texts, dictionary = files.read_texts(folder)
    confirmed = files.read_confirmed(folder)
    forms = {
        table.file: (list(dictionary.tables[name].values()), dictionary.key(name)) for name, table in texts.items()
    }
    changed: list[str] = []
    faults: list[Fault] = []
    for table in [*texts.values(), confirmed]:
        columns, key = forms.get(table.file, ([], confirmed.header))
        wrong = uneven(table)
        faults += wrong
        names = [column.name for column in columns]
        lists = {column.name for column in columns if column.reference}
        figures = {column.name for column in columns if column.type in ("integer", "number")}
        if not wrong and _rewrite(folder / table.file, canonical(table, names, key, lists, figures)):
            changed.append(table.file)
    return changed, faults


def _rewrite(path: Path, text: str) -> bool:
    """Put a text in the place of a file's own, all at once; say whether that changed it."""
    content = text.encode()
    if path.read_bytes() == content:
        return False
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)
    return True


def write(header: list[str], rows: list[list[str]]) -> str:
    """Return the canonical text of a table: commas, LF line ends, quotation marks only where needed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def uneven(table: TextTable) -> list[Fault]:
    """Return what keeps a table from being put in order: what could not be read, or a heading of two columns."""
    header = [plain(name) for name in table.header]
    twice = {name for name in header if header.count(name) > 1}
    two = [Fault(table.file, table.top, name, name, "is the heading of two columns", "Keep one") for name in twice]
    return [*table.faults, *two]


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


def _clean(cell: str, is_list: bool, is_figure: bool) -> str:
    """Return a cell in plain text with LF line ends: a list of keys without stray spaces, a number in its one form."""
    text = plain(cell.replace("\r\n", "\n").replace("\r", "\n"))
    if is_list:
        return ";".join(part.strip() for part in text.split(";") if part.strip())
    return numbers.canonical(text) if is_figure else text

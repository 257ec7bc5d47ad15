"""Which rows a file gives that holds them as JSON, or as CSV like our own tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from dashboard.gate.entry import DEALS, STEPS, Book, New, Placed, Row, completed, place
from dashboard.tables import csvfile, encodings
from dashboard.tables.columns import Column
from dashboard.tables.faults import Fault
from dashboard.tables.files import DataError
from dashboard.tables.likeness import nearest

FORM = "Write one object of columns and cells, or a list of such objects"


def add(path: Path, folder: Path, table: str, today: str, confirms: bool = False) -> list[Placed]:
    """Write the rows of a file into a table, as `place` does."""
    book = Book.read(folder)
    return place(folder, table, completed(book, table, rows(path, table, book.dictionary.tables), today), confirms)


def rows(path: Path, table: str, columns: Mapping[str, Mapping[str, Column]]) -> list[New]:
    """Return the rows of a file, each as its cells by their columns; what it does not give is not there.

    JSON is one object or a list of them; a cell is text, a number, null for a blank, or a list of texts where the column
    lists several. A deal may have a list of its `milestones`. A file whose name ends in `.csv` is read as the tables are.
    `columns` are those of each table. Raises DataError with every fault of the file; what the cells say is for the check.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise DataError([Fault(path.name, 0, "", "", "cannot be opened", "Name a file that is there")]) from None
    faults: list[Fault] = []
    if path.suffix.lower() == ".csv":
        read = csvfile.parse(path.name, content)
        faults += [*read.faults, *_strangers(read.file, read.top, read.header, columns[table])]
        found = [New(dict(zip(read.header, row, strict=True)), []) for row in read.rows]
    else:
        said = read_json(path.name, content, FORM)
        entries = _numbered(path.name, said)
        found = [_new(where, entry, table, columns, faults) for where, entry in entries]
    if not found and not faults:
        faults = [Fault(path.name, 0, "", "", "holds no row", FORM)]
    if faults:
        raise DataError(faults)
    return found


def read_json(name: str, content: bytes, advice: str) -> object:
    """Return what a JSON file says; raises DataError, with the advice, where it cannot be read."""
    try:
        said = json.loads(content)
        if not encodings.is_broken(json.dumps(said, ensure_ascii=False)):
            return said
        fault = Fault(name, 0, "", "", "holds half of a letter, written with “\\u”", "Write the letter itself")
    except json.JSONDecodeError as error:
        fault = Fault(name, error.lineno, "", "", "is not well-formed JSON from here on", advice)
    except UnicodeDecodeError:
        fault = Fault(name, 0, "", "", "is not UTF-8 text", "Save the file again as UTF-8")
    except (RecursionError, ValueError):  # of a number, that it has more digits than Python reads
        fault = Fault(name, 0, "", "", "has lists within lists, or digits, without end", advice)
    raise DataError([fault])


def _numbered(where: str, said: object, word: str = "row") -> list[tuple[str, object]]:
    """Return each of several entries, or the only one, with its place in words."""
    if not isinstance(said, list):
        return [(where, said)]
    return [(f"{where}, {word} {number}", entry) for number, entry in enumerate(said, start=1)]


def _new(
    where: str, entry: object, table: str, columns: Mapping[str, Mapping[str, Column]], faults: list[Fault]
) -> New:
    """Return a row and its steps, and put what is wrong with them among the faults."""
    said: object = []
    if table == DEALS and isinstance(entry, dict):
        said, entry = entry.get(STEPS, []), {name: cell for name, cell in entry.items() if name != STEPS}
    steps = [_row(place, step, columns[STEPS], faults) for place, step in _numbered(where, said, "step")]
    return New(_row(where, entry, columns[table], faults), steps)


def _row(where: str, entry: object, columns: Mapping[str, Column], faults: list[Fault]) -> Row:
    if not isinstance(entry, dict):
        faults.append(Fault(where, 0, "", json.dumps(entry, ensure_ascii=False), "is no row", FORM))
        return {}
    faults += _strangers(where, 0, list(entry), columns)
    cells = {name: _cell(value, columns.get(name)) for name, value in entry.items()}
    for name, cell in cells.items():
        if cell is None:
            shown, remedy = json.dumps(entry[name], ensure_ascii=False), "Write text, a number, null or a list of texts"
            faults.append(Fault(where, 0, name, shown, "is no cell", remedy))
    return {name: cell for name, cell in cells.items() if cell is not None}


def _cell(value: object, column: Column | None) -> str | None:
    """Return a JSON value as it stands in a cell, None for one that cannot."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return (";" if column and column.reference else "; ").join(value)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _strangers(file: str, line: int, names: list[str], columns: Mapping[str, Column]) -> Iterator[Fault]:
    """Yield a fault for each name that is no column of the table."""
    for name in names:
        if name not in columns:
            yield Fault(file, line, name, "", "is not a column of this table", nearest(name, list(columns)))

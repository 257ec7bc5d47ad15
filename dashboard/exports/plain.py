"""Tables as text: one as CSV in its one form, whose cells no spreadsheet runs, and all of them as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.questions.spreadsheet import shielded
from dashboard.tables.form import canonical
from dashboard.tables.load import Tables


def as_csv(tables: Tables, name: str, rows: Sequence[int] | None = None) -> bytes:
    """Return a table as `tidy` writes it, or those of its `rows` that are numbered, from 0 in the order of the file.

    A text that a spreadsheet would run has an apostrophe before it; the check lets no such text into the tables.
    """
    columns = tables.dictionary.tables[name]
    table = tables.texts[name]
    texts = {at for at, heading in enumerate(table.header) if columns[heading].type == "string"}
    chosen = table.rows if rows is None else [table.rows[row] for row in rows]
    safe = [[shielded(cell) if at in texts else cell for at, cell in enumerate(row)] for row in chosen]
    lists = {column.name for column in columns.values() if column.reference}
    figures = {column.name for column in columns.values() if column.type in ("integer", "number")}
    key = tables.dictionary.key(name)
    return canonical(replace(table, rows=safe), list(columns), key, lists, figures).encode()


def as_json(tables: Tables) -> bytes:
    """Return every table as a list of objects by the names of its columns, and before them what the data set is.

    A number is a number, a date its EDTF text, several keys in a cell a list, and a blank null.
    """
    said = tables.dictionary.descriptor
    whole = {name: said[name] for name in ("name", "title", "version", "created", "licenses") if name in said}
    whole["tables"] = {name: _objects(tables, name) for name in tables.dictionary.tables}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def one_as_json(tables: Tables, name: str) -> bytes:
    """Return one table as a list of objects."""
    return (json.dumps(_objects(tables, name), ensure_ascii=False, indent=1) + "\n").encode()


def _objects(tables: Tables, name: str) -> list[dict[str, Any]]:
    columns = list(tables.dictionary.tables[name].values())
    lists = {column.name for column in columns if column.reference}
    names = [column.name for column in columns]
    return [
        {column: cell.split(";") if column in lists and cell else cell for column, cell in zip(names, row, strict=True)}
        for row in values(tables, name)
    ]


def values(tables: Tables, name: str) -> list[list[Any]]:
    """Return the rows of a table as Python's own values in the order of its columns: str, int, float, None for a blank."""
    columns = list(tables.dictionary.tables[name])
    frame = getattr(tables, name)[columns].astype(object)
    return frame.where(frame.notna() & (frame != ""), None).to_numpy().tolist()

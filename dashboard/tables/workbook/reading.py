"""What the cells of a workbook hold, read in a process of its own, so that one made to do harm ends that process alone.

A cell is a pair of its kind and its text: `text`, `number`, `truth`, `day`, `time` or `formula`; a blank one is an
empty text.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineSheet, load_workbook

from dashboard.tables.workbook import formulas

MEMORY = 1 << 30  # bytes
MOST_CELLS, MOST_LETTERS = 600_000, 20_000_000  # of all sheets
PROGRAM = re.compile(rb"<(?:Application|meta:generator)>([^<]{1,200})<")
TOO_MUCH = f"has more than {MOST_CELLS:,} cells or {MOST_LETTERS // 10**6} million letters"
Cell = tuple[str, str]
BLANK: Cell = ("text", "")


def main() -> None:
    """Read a workbook from the standard input and write what it holds as JSON to the standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(held(sys.stdin.buffer.read()), sys.stdout)


def held(content: bytes) -> dict[str, Any]:
    """Return the `program` that wrote a workbook and its `sheets`, each as its name and rows; or the `problem` with it."""
    try:
        with ZipFile(io.BytesIO(content)) as parts, load_workbook(io.BytesIO(content)) as book:
            entered = formulas.found(parts)
            read = [(name, _rows(book.get_sheet_by_name(name), entered.get(name, {}))) for name in book.sheet_names]
            program = _program(parts)
    except OverflowError:
        return {"problem": TOO_MUCH}
    except (CalamineError, ValueError, KeyError, SyntaxError):
        return {"problem": "is no workbook that can be read: its parts do not fit together"}
    if sum(len(text) for _, rows in read for row in rows for _, text in row) > MOST_LETTERS:
        return {"problem": TOO_MUCH}
    return {"program": program, "sheets": read}


def _rows(sheet: CalamineSheet, entered: dict[tuple[int, int], str]) -> list[list[Cell]]:
    """Return the cells of a sheet; of one that is a formula or an error what was `entered`, for its value may be lost.

    Raises OverflowError where the cells, from the first to the farthest, are too many.
    """
    last = sheet.end or (-1, -1)  # counted from 0; a formula without a value may lie beyond
    height = max([last[0] + 1, *(row for row, _ in entered)])
    width = max([last[1] + 1, *(column for _, column in entered)])
    if height * width > MOST_CELLS:
        raise OverflowError
    values = sheet.to_python(skip_empty_area=False)
    rows = [[_cell(value) for value in row] + [BLANK] * (width - len(row)) for row in values]
    rows += [[BLANK] * width for _ in range(height - len(rows))]
    for (row, column), text in entered.items():
        rows[row - 1][column - 1] = "formula" if text.startswith("=") else "text", text
    return rows


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return "text", value
    if isinstance(value, bool):
        return "truth", str(value).upper()
    if isinstance(value, int | float):
        return "number", f"{Decimal(repr(value)).normalize():f}"
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return "day" if is_day else "time", str(value)


def _program(parts: ZipFile) -> str:
    """Return the program that says it wrote a workbook, "" where none does."""
    for name in {"docProps/app.xml", "meta.xml"} & set(parts.namelist()):
        if said := PROGRAM.search(parts.read(name)):
            return said[1].decode("utf-8", "replace")
    return ""

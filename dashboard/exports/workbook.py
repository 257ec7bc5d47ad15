"""All tables as one workbook: a sheet each with real types under a frozen header, a sheet of the dictionary, one about the set."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.exports.plain import values
from dashboard.tables.columns import Column
from dashboard.tables.load import Tables

# A text is a text, whatever it begins with: nothing in the file is run or called up.
SAFE = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False,
}  # fmt: skip
NARROWEST, WIDEST = 8, 60  # letters
DICTIONARY = ("table", "column", "title", "meaning", "type", "required", "allowed values", "example")
NOTES = (
    "A blank cell is not known or does not apply; a value that is blank was not made public. It is never zero.",
    "Dates are EDTF text, only as long as they are known: 2018, 2018-07 or 2018-07-05, then ~ for about or ? for uncertain.",
)


def workbook(tables: Tables) -> bytes:
    """Return the workbook; the same tables give the same bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        created = datetime.fromisoformat(tables.package.day or "2000-01-01")  # named, so that the bytes stay the same
        book.set_properties({"title": tables.package.title, "comments": tables.version, "created": created})
        looks = looks_of(book)
        _about(book, tables, looks)
        for name, columns in tables.dictionary.tables.items():
            sheet = book.add_worksheet(name)
            fill(
                sheet,
                [*columns],
                values(tables, name),
                looks,
                {column.name for column in columns.values() if column.type == "date"},
            )
        fill(book.add_worksheet("dictionary"), DICTIONARY, _described(tables), looks)
    return buffer.getvalue()


def looks_of(book: Workbook) -> dict[str, Format]:
    """Return how headings, texts and days look in a workbook."""
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
    }


def _about(book: Workbook, tables: Tables, looks: dict[str, Format]) -> None:
    """Write the first sheet: what the set is, of which version and day, under which licence, and how it is read."""
    sheet = book.add_worksheet("about")
    package = tables.package
    lines = [
        package.title,
        f"Version {tables.version} of {package.day or 'a day not named'}",
        f"Licence: {', '.join(package.licences)}",
        *NOTES,
    ]
    lines += [f"{name}: {entry['description']}" for name, entry in tables.dictionary.resources.items()]
    sheet.set_column(0, 0, WIDEST * 2)
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line, looks["text" if at else "head"])


def fill(
    sheet: Worksheet,
    header: Sequence[str],
    rows: Sequence[Sequence[Any]],
    looks: dict[str, Format],
    days: Iterable[str] = (),
) -> None:
    """Write a table under a header that stays in sight; `days` are the columns of whole days, which become dates."""
    for at, heading in enumerate(header):
        sheet.write_string(0, at, heading, looks["head"])
        longest = max([len(heading), *(len(str(row[at])) for row in rows if row[at] is not None)])
        sheet.set_column(at, at, min(max(longest + 2, NARROWEST), WIDEST))
    for line, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            _write(sheet, line, at, cell, looks, header[at] in days)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(header) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + 1}"})  # a year is an EDTF text


def _write(sheet: Worksheet, line: int, at: int, cell: Any, looks: dict[str, Format], is_day: bool) -> None:
    """Write a cell as what it is; a blank stays empty."""
    if is_day and cell:
        sheet.write_datetime(line, at, datetime.combine(date.fromisoformat(cell), datetime.min.time()), looks["day"])
    elif isinstance(cell, str):
        sheet.write_string(line, at, cell, looks["text"])
    elif cell is not None:
        sheet.write_number(line, at, cell, looks["text"])


def _described(tables: Tables) -> list[list[Any]]:
    """Return a row for each column of each table, as `DICTIONARY` heads them."""
    return [
        [
            name,
            column.name,
            column.title,
            column.help,
            kind(column),
            "yes" if column.required else "no",
            _allowed(column),
            column.example,
        ]
        for name, columns in tables.dictionary.tables.items()
        for column in columns.values()
    ]


def kind(column: Column) -> str:
    """Return in words what the cells of a column are."""
    return "date (EDTF)" if column.is_date else column.type


def _allowed(column: Column) -> str:
    if column.reference or column.foreign:
        return f"keys of {column.reference or column.foreign}"
    return "\n".join(f"{value} = {label}" for value, label in column.choices.items())

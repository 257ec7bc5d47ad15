"""A briefing as a workbook: the rows of each view with real types, sums as formulas over them, sources with grades, statements."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard import address
from dashboard.exports.workbook import SAFE, WIDEST, fill, looks_of
from dashboard.pack.briefing import Briefing
from dashboard.pack.held import deals_in, said, sources
from dashboard.pack.sums import COUNTED, Formula, formulas, summed
from dashboard.questions.rows import TABLES
from dashboard.questions.spreadsheet import in_full
from dashboard.tables import dates
from dashboard.tables.load import Tables
from dashboard.views.view import View

NUMBER = "[<1]0.0###;#,##0.0"  # a small amount is not zero
COUNT = "#,##0"
COUNTS = ("priced", "unpriced", "left_out")
ADDED = (
    "Each number is a formula over the rows: change a row and the sums follow. Only rows whose “In totals” is Yes are added up. "
    "A blank is not known, which is not zero; how many deals have no public value stands beside it."
)
A4, ABREAST = 9, 4  # the paper's number in Excel; pages side by side
LINE, SLIM = 15.5, 16  # points: a line of words; letters: a column of figures below a heading that wraps
Looks = dict[str, Format]


def sheets(tables: Tables, briefing: Briefing, today: date) -> bytes:
    """Return the workbook; the same briefing on the same day gives the same bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SAFE) as book:
        created = datetime(today.year, today.month, today.day)
        book.set_properties(
            {"title": briefing.title, "comments": f"{tables.package.short_title} {tables.version}", "created": created}
        )
        looks = looks_of(book)
        looks |= {
            "sum": book.add_format({"num_format": NUMBER, "valign": "top"}),
            "count": book.add_format({"num_format": COUNT, "valign": "top"}),
        }
        _about(book.add_worksheet("About"), tables, briefing, today, looks)
        several = len(briefing.parts) > 1
        for number, part in enumerate(briefing.parts, start=1):
            _view(book, tables, part.view, f"{number} " if several else "", looks)
        for name, noun, found in (
            ("Sources", "sources", sources(tables, briefing)),
            ("Statements", "statements", said(tables, briefing)),
        ):
            if len(found):
                _rows(book.add_worksheet(name), tables, noun, in_full(tables, noun, found, _taken(tables)), looks)
        for sheet in book.worksheets():
            _print(sheet, f"{tables.package.short_title} {tables.version} · {briefing.title}")
    return buffer.getvalue()


def _print(sheet: Worksheet, name: str) -> None:
    """Let a sheet be printed on A4, its headings and its name on each page; rows of many columns take several pages side by side."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(ABREAST if sheet.get_name().endswith("Rows") else 1, 0)
    sheet.set_footer(f"&L{name.replace('&', '&&')}&R&P of &N")


def _about(sheet: Worksheet, tables: Tables, briefing: Briefing, today: date, looks: Looks) -> None:
    """Write what the workbook is: for each view its finding, its filters and what must be read with it; then version, day and licence."""
    lines: list[tuple[str, str]] = [("Briefing", briefing.title)]
    for part in briefing.parts:
        view = part.view
        lines += [
            ("View", f"{view.title}: /{view.page}{'?' * bool(view.query)}{view.query}"),
            ("Finding", view.finding),
        ]
        lines += [("To take home", part.take_home)] * bool(part.take_home) + [("", words) for words in view.lead]
        lines += [("In view", view.counted), ("Filters", "; ".join(view.filters) or "No filter is set.")]
        lines += [("Note", words) for words in (*view.notes, *view.left_out)]
    package = tables.package
    lines += [
        ("Tables", f"{package.title}, version {tables.version}{f' of {dates.format_date(package.day)}' * bool(package.day)}"),
        ("Made on", dates.format_date(today.isoformat())), ("Licence", ", ".join(package.licences)),
        ("Boundaries", briefing.parts[0].view.viewpoint), ("Sums", ADDED),
        ("Grades", "Sources from A, the most reliable, to F; facts from 1, confirmed, to 6 (NATO Admiralty code)."),
    ]  # fmt: skip
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, WIDEST * 2)
    for at, (name, words) in enumerate(lines):
        sheet.set_row(at, LINE * -(-len(words) // WIDEST // 2))  # not every program makes room for words that wrap
        sheet.write_string(at, 0, name, looks["head" if not at else "text"])
        sheet.write_string(at, 1, words, looks["head" if not at else "text"])


def _view(book: Workbook, tables: Tables, view: View, prefix: str, looks: Looks) -> None:
    """Write the deals of a view with their sums, and its other tables, each on a sheet."""
    deals = deals_in(tables, view)
    if len(deals):
        _deals(book, tables, view, deals, prefix, looks)
    for rows in view.tables:
        if rows.name not in (*TABLES, "sums") and rows.rows:
            sheet = book.add_worksheet(_free(book, f"{prefix}{rows.name.capitalize()}"))
            fill(sheet, list(rows.headings.values()), rows.rows, looks)


def _free(book: Workbook, name: str) -> str:
    """Return a name for a sheet that none has yet."""
    taken = {sheet.get_name() for sheet in book.worksheets()}
    return next(one for one in (name, *(f"{name} {at}" for at in range(2, 100))) if one not in taken)


def _deals(book: Workbook, tables: Tables, view: View, deals: pd.DataFrame, prefix: str, looks: Looks) -> None:
    asked = address.read(tables, view.page, parse_qs(view.query))
    sums = summed(tables, asked, view, deals)
    full = in_full(tables, "deals", deals, _taken(tables, view))
    for name, title in COUNTED.items():
        full[title if name == "group" else f"{title} in the sums, {sums.unit}"] = sums.counted[name].reindex(
            deals.index
        )
    title = tables.dictionary.title
    given = {
        "in_totals": title("deals", "in_totals"),
        "value_basis": title("deals", "value_basis"),
        "unpriced": "What the value is",
    }
    headings = list(full)
    columns = {name: headings.index(heading) for name, heading in given.items()}
    columns |= {name: len(headings) - len(COUNTED) + at for at, name in enumerate(COUNTED)}
    rows, added = book.add_worksheet(f"{prefix}Rows"), book.add_worksheet(f"{prefix}Sums")
    _rows(rows, tables, "deals", full, looks)
    made = list(formulas(tables, sums.table, rows.get_name(), columns, len(deals)))
    fill(added, list(sums.table.headings.values()), sums.table.rows, looks)
    added.set_row(0, LINE * 4)
    added.set_column(1, len(sums.table.headings) - 2, SLIM)
    added.set_column(len(sums.table.headings) - 1, len(sums.table.headings) - 1, WIDEST * 2)
    for line, row in enumerate(made, start=1):
        for at, (name, cell) in enumerate(zip(sums.table.headings, row, strict=True)):
            if isinstance(cell, Formula):
                look = looks["count" if name in COUNTS else "sum"]
                added.write_formula(line, at, cell.text, look, "" if cell.comes_to is None else cell.comes_to)


def _rows(sheet: Worksheet, tables: Tables, noun: str, full: pd.DataFrame, looks: Looks) -> None:
    """Write rows of a table with real types: numbers as numbers, whole days as days, a blank as an empty cell."""
    days = [column.title for column in tables.dictionary.tables[TABLES[noun]].values() if column.type == "date"]
    plain = full.astype(object)
    cells: Sequence[Sequence[Any]] = plain.where(plain.notna() & (plain != ""), None).to_numpy().tolist()
    fill(sheet, list(full), cells, looks, days)


def _taken(tables: Tables, view: View | None = None) -> str:
    """Return whence rows come, and under which filters."""
    return ". ".join(
        [f"{tables.package.short_title} tables, version {tables.version}", *(view.filters if view else ())]
    )

"""Workbooks to drop, made in the tests: whole ones, and parts put together by hand as no program would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

Cells = Sequence[Sequence[Any]]
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def xlsx(sheets: Mapping[str, Cells], write: Callable[[Worksheet], None] = lambda _: None) -> bytes:
    """Return a workbook of Excel with such sheets; `write` puts more into the last of them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        day = book.add_format({"num_format": "mmm yy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date | datetime):
                        sheet.write_datetime(at, column, cell, day)
                    elif cell != "":
                        sheet.write(at, column, cell)
        write(sheet)
    return buffer.getvalue()


def zipped(parts: Mapping[str, str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def bare_xlsx(cells: str, **more: str) -> bytes:
    """Return a workbook with one sheet, `deals`, that holds these cells as XML; `more` are parts by their names.

    No part says which program wrote it.
    """
    with zipfile.ZipFile(io.BytesIO(xlsx({"deals": [["x"]]}))) as whole:
        parts = {name: whole.read(name).decode() for name in whole.namelist() if name != "docProps/app.xml"}
    sheet = "xl/worksheets/sheet1.xml"
    before, _, rest = parts[sheet].partition("<sheetData>")
    parts[sheet] = f"{before}<sheetData>{cells}</sheetData>{rest.partition('</sheetData>')[2]}"
    return zipped({**parts, **more})


def ods(tables: str, generator: str = "LibreOffice/7.4") -> bytes:
    """Return a workbook of LibreOffice with these tables as XML."""
    names = " ".join(f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text", "meta"))
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "meta.xml": f"<office:document-meta {names}><office:meta><meta:generator>{generator}</meta:generator></office:meta></office:document-meta>",
            "content.xml": f"<office:document-content {names}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_text(text: str) -> str:
    """Return a cell of an ODS file that holds text."""
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

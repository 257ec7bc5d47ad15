"""Which cells of a workbook are formulas or errors: whoever reads their values alone takes one for a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from posixpath import join, normpath
from xml.etree import ElementTree as ET
from zipfile import ZipFile

Place = tuple[int, int]  # row and column, from 1
ENTERED = re.compile(
    r"<(?:\w+:)?c\s([^>]*[^>/])>(?:\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<))?(?:[^<]*</?(?:\w+:)?f>)?\s*(?:<(?:\w+:)?v>([^<]*)<)?"
)
AT = re.compile(r'\br="([A-Z]{1,3})([0-9]{1,7})"')
# What an ODS file says one after the other: a table and its name, a row, a cell.
WALK = re.compile(
    r'<table:(?:(table)\s[^>]*?table:name="([^"]*)"|(table-row)\b([^>]*)|(?:covered-)?(table-cell)\b([^>]*))'
)
REPEATED = re.compile(r'number-(?:rows|columns)-repeated="([0-9]{1,7})"')
OF_ODS = re.compile(r'table:formula="(?:\w+:)?([^"]*)"')


def found(parts: ZipFile) -> dict[str, dict[Place, str]]:
    """Return, by sheet, the formulas and errors at their places, as they were entered; a formula begins with `=`.

    Raises KeyError or SyntaxError where the parts of the workbook do not name its sheets.
    """
    names = set(parts.namelist())
    if "content.xml" in names:
        return _of_ods(parts.read("content.xml").decode("utf-8", "replace"))
    sheets = _sheets(parts)
    return {
        sheet: dict(_of_xlsx(parts.read(part).decode("utf-8", "replace")))
        for sheet, part in sheets.items()
        if part in names
    }


def _sheets(parts: ZipFile) -> dict[str, str]:
    """Return the part that holds each sheet of an XLSX file."""
    relations = ET.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id", ""): normpath(join("/xl", one.get("Target", "")))[1:] for one in relations}
    sheets = ET.fromstring(parts.read("xl/workbook.xml")).iterfind(".//{*}sheet")
    return {
        sheet.get("name", ""): targets.get(said, "")
        for sheet in sheets
        for name, said in sheet.items()
        if name.endswith("}id")
    }


def _of_xlsx(text: str) -> Iterator[tuple[Place, str]]:
    for cell in ENTERED.finditer(text):
        attributes, formula, value = cell.groups()
        place = AT.search(attributes)
        is_formula, is_error = "<f" in cell[0] or ":f" in cell[0], 't="e"' in attributes
        if place and (is_formula or is_error):
            yield (
                (int(place[2]), _number(place[1])),
                f"={unescape(formula or '')}" if is_formula else unescape(value or "#N/A"),
            )


def _number(letters: str) -> int:
    """Return the number of a column: 1 of A, 28 of AB."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _of_ods(text: str) -> dict[str, dict[Place, str]]:
    tables: dict[str, dict[Place, str]] = {}
    entered: dict[Place, str] = {}
    row, rows, column = 0, 1, 1
    for step in WALK.finditer(text) if "table:formula=" in text else ():
        if step[1]:
            entered = tables[unescape(step[2])] = {}
            row, rows = 0, 1
        elif step[3]:
            row, rows, column = row + rows, _times(step[4]), 1
        else:
            if formula := OF_ODS.search(step[6]):
                entered[row, column] = unescape(formula[1])
            column += _times(step[6])
    return tables


def _times(attributes: str) -> int:
    said = REPEATED.search(attributes)
    return int(said[1]) if said else 1

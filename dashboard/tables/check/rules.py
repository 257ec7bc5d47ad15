"""What must hold of each cell of the tables, beyond the constraints of Table Schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from dashboard.tables import dates, numbers
from dashboard.tables.check import addresses, plausible, schema
from dashboard.tables.check.reasons import Broken, Keys
from dashboard.tables.check.window import Window
from dashboard.tables.columns import Column
from dashboard.tables.likeness import nearest

CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def of_cells(column: Column, keys: Keys, window: Window) -> list[Callable[[str], Broken]]:
    """Return the rules on each cell of a column, whatever stands beside it; `window` is the days that it may speak of.

    Of several that a cell breaks, the last says most.
    """
    found: list[Callable[[str], Broken]] = []
    if column.foreign in keys:
        found.append(partial(_foreign, column, keys))
    if column.choices:
        found.append(partial(_choice, column))
    elif column.is_date:
        found.append(partial(_date, column, window))
    elif column.type != "string":
        found.append(partial(_form, column, window))
    found.append(partial(_control, column))
    if column.reference in keys:
        found.append(partial(_list, column, keys))
    if column.is_date or column.type == "date":
        found.append(partial(_day, column, window))
    if column.name.endswith("_usd_m"):
        found.append(partial(_sum, column))
    if column.name == "url":
        found.append(partial(_address, column))
    return found


def _foreign(column: Column, keys: Keys, cell: str) -> Broken:
    if cell and cell not in keys[column.foreign]:
        yield column.name, cell, f"is not in {column.foreign}.csv", _nearest_key(column.foreign, cell, keys)


def _choice(column: Column, cell: str) -> Broken:
    if cell and cell not in column.choices:
        yield column.name, cell, "is not an allowed value", nearest(cell, list(column.choices))


def _date(column: Column, window: Window, cell: str) -> Broken:
    if cell and not dates.is_date(cell):
        remedy = "Write YYYY, YYYY-MM or YYYY-MM-DD, then ~ for about or ? for uncertain"
        yield column.name, cell, "is not a date", _or_serial(cell, window, remedy)


def _form(column: Column, window: Window, cell: str) -> Broken:
    if cell and not schema.fits(column.type, cell):
        _, problem, remedy = schema.FORMS[column.type]
        is_day = column.type == "date"
        remedy = _or_serial(cell, window, remedy) if is_day else numbers.remedy(cell, remedy)
        yield column.name, cell, problem, remedy


def _control(column: Column, cell: str) -> Broken:
    if not cell.isprintable() and CONTROL.search(cell):
        yield column.name, cell, "holds a line break or a control character", "Write the cell on one line without it"


def _day(column: Column, window: Window, cell: str) -> Broken:
    if cell and dates.is_date(cell):
        for reason in plausible.implausible_date(column.name, cell, is_required=column.required, window=window):
            yield column.name, cell, *reason


def _sum(column: Column, cell: str) -> Broken:
    if schema.fits("number", cell):
        for reason in plausible.implausible_sum(float(cell)):
            yield column.name, cell, *reason


def _address(column: Column, cell: str) -> Broken:
    if cell and (problem := addresses.flaw(cell)):
        yield column.name, cell, problem, "Begin with https:// or http://, or leave it blank"


def _or_serial(cell: str, window: Window, remedy: str) -> str:
    """Return the remedy for what is no date; where it is a spreadsheet's number for a day, that day."""
    day = plausible.serial_day(cell, window)
    return f"{plausible.TEXT}. {cell} stands for {day}" if day else remedy


def _list(column: Column, keys: Keys, cell: str) -> Broken:
    items = [item.strip() for item in cell.split(";")] if cell else []
    for item in dict.fromkeys(items):
        if not item:
            yield column.name, cell, "has an empty place in its list", "Remove the semicolon that is too many"
        elif item not in keys[column.reference]:
            remedy = _nearest_key(column.reference, item, keys)
            yield column.name, item, f"is not in {column.reference}.csv", remedy
        elif items.count(item) > 1:
            yield column.name, item, "is listed twice", "Keep each key once"


def _nearest_key(table: str, word: str, keys: Keys) -> Callable[[], str]:
    def remedy() -> str:
        from dashboard.tables.check import meant_keys  # names of all states in all languages: only where a key is wrong

        return meant_keys.nearest_key(table, word, list(keys[table]))

    return remedy

"""What must hold of each cell of the tables, beyond the constraints of Table Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from operator import not_
from typing import NamedTuple

from dashboard.tables import dates, numbers
from dashboard.tables.check import addresses, meant_dates, plausible, schema
from dashboard.tables.check.reasons import Broken, Keys
from dashboard.tables.check.window import Window
from dashboard.tables.columns import Column
from dashboard.tables.likeness import nearest

MOST = 2_000  # letters of a cell whose column says no other length
NOTHING = frozenset(
    (
        "n/a",
        "n.a",
        "na",
        "nan",
        "nil",
        "none",
        "null",
        "tba",
        "tbc",
        "tbd",
        "unknown",
        "not known",
        "-",
        "--",
        "–",
        "—",
        "?",
        "",
    )
)
EMPTY_PLACE = ("has an empty place in its list", "Remove the semicolon that is too many")
DIVIDERS = re.compile(r"\s*[,|/+\s]\s*")  # what stands between keys where a semicolon should
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Rule(NamedTuple):
    """A rule on each cell of a column: a quick test that right cells pass, but for a few, and why another is wrong."""

    is_right: Callable[[str], object]
    reasons: Callable[[str], Broken]


def of_cells(column: Column, keys: Keys, window: Window) -> Iterator[Rule]:
    """Yield the rules on each cell of a column, whatever stands beside it; `window` is the days that it may speak of.

    Of several that a cell breaks, the last says most.
    """
    if column.foreign in keys:
        yield Rule(keys[column.foreign].__contains__, partial(_foreign, column, keys))
    if column.choices:
        yield Rule(column.choices.__contains__, partial(_choice, column))
    elif column.is_date:
        yield Rule(dates.is_date, partial(_date, column, window))
    elif column.type != "string":
        yield Rule(partial(schema.fits, column.type), partial(_form, column, window))
    elif not column.constraints.get("pattern") and not column.reference:
        yield Rule(_says_something, partial(_nothing, column))
    yield Rule(str.isprintable, partial(_control, column))
    if "maxLength" not in column.constraints:
        is_key = "pattern" in column.constraints and not column.reference
        most = schema.LONGEST_KEY if is_key else MOST
        yield Rule(lambda cell: len(cell) <= most, partial(_length, column, most))
    if column.is_name:
        yield Rule(lambda cell: ";" not in cell, partial(_names, column))
    if column.reference in keys:
        yield Rule(partial(_is_plain_list, keys[column.reference]), partial(_list, column, keys))
    if column.is_date or column.type == "date":
        yield Rule(not_, partial(_day, column, window))
    if column.name.endswith("_usd_m"):
        yield Rule(not_, partial(_sum, column))
    if column.name == "url":
        yield Rule(addresses.PLAIN.fullmatch, partial(_address, column))


def _foreign(column: Column, keys: Keys, cell: str) -> Broken:
    if cell and cell not in keys[column.foreign]:
        yield column.name, cell, f"is not in {column.foreign}.csv", _nearest_key(column.foreign, cell, keys)


def _choice(column: Column, cell: str) -> Broken:
    if cell and cell not in column.choices:
        yield column.name, cell, "is not an allowed value", nearest(numbers.canonical(cell), list(column.choices))


def _date(column: Column, window: Window, cell: str) -> Broken:
    if cell and not dates.is_date(cell):
        remedy = "Write YYYY, YYYY-MM or YYYY-MM-DD, then ~ for about or ? for uncertain"
        yield column.name, cell, "is not a date", meant_dates.remedy(cell, window, remedy)


def _form(column: Column, window: Window, cell: str) -> Broken:
    if cell and not schema.fits(column.type, cell):
        _, problem, advice = schema.FORMS[column.type]
        if column.type == "date":
            yield column.name, cell, problem, meant_dates.remedy(cell, window, advice)
        elif numbers.is_endless(cell):
            yield column.name, cell, f"has more than {numbers.MOST} digits", "Look whether a digit or a point was lost"
        else:
            yield column.name, cell, problem, numbers.remedy(cell, advice, is_whole=column.type == "integer")


def _says_something(cell: str) -> bool:
    return cell.casefold().rstrip(".") not in NOTHING


def _nothing(column: Column, cell: str) -> Broken:
    if cell:
        remedy = "Write what the cell should hold" if column.required else "Leave the cell blank"
        yield column.name, cell, "stands for what is not known", remedy


def _length(column: Column, most: int, cell: str) -> Broken:
    yield column.name, cell, f"has {len(cell):,} characters", f"Shorten it to {most:,} at most"


def _names(column: Column, cell: str) -> Broken:
    if cell and not all(map(str.strip, cell.split(";"))):
        yield column.name, cell, *EMPTY_PLACE


def _control(column: Column, cell: str) -> Broken:
    if CONTROL.search(cell):
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


def _is_plain_list(known: Collection[str], cell: str) -> bool:
    """Say whether a cell lists keys that there are, each once, with nothing but semicolons between them."""
    items = cell.split(";")
    is_plain = "" not in items and cell.isprintable()
    return is_plain and len(set(items)) == len(items) and all(map(known.__contains__, items))


def _list(column: Column, keys: Keys, cell: str) -> Broken:
    items = [item.strip() for item in cell.split(";")] if cell else []
    for item in dict.fromkeys(items):
        if not item:
            yield column.name, cell, *EMPTY_PLACE
        elif item not in keys[column.reference]:
            parts = DIVIDERS.split(item)
            if len(parts) > 1 and all(part in keys[column.reference] for part in parts):
                problem = "lists several keys, but not with semicolons between them"
                yield column.name, item, problem, f"Write “{';'.join(parts)}”"
                continue
            remedy = _nearest_key(column.reference, item, keys)
            yield column.name, item, f"is not in {column.reference}.csv", remedy
        elif items.count(item) > 1:
            yield column.name, item, "is listed twice", "Keep each key once"


def _nearest_key(table: str, word: str, keys: Keys) -> Callable[[], str]:
    def remedy() -> str:
        from dashboard.tables.check import meant_keys  # names of all states in all languages: only where a key is wrong

        return meant_keys.nearest_key(table, word, list(keys[table]))

    return remedy

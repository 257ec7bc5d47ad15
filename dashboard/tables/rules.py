"""What must hold of each cell and each row of the tables, beyond the constraints of Table Schema.

A rule takes a cell, or cells of a row by their columns, and yields what is broken: column, value at fault, problem and
remedy; or in place of the remedy what gives it, where to seek it takes time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial

from dashboard.tables import addresses, countries, dates, numbers, outlines, plausible, schema
from dashboard.tables.csvfile import nearest
from dashboard.tables.dictionary import Column, Dictionary
from dashboard.tables.plausible import Window

Cells = Mapping[str, str]
Keys = Mapping[str, Collection[str]]  # of each table that others may refer to, the keys there are
Reason = tuple[str, str, str, str | Callable[[], str]]
Broken = Iterator[Reason]

LEFT_OUT = "Not in totals"  # what `doubt` says why a deal is left out of totals begins so, and ends with the sentence
WIDEST = 10  # times the lowest figure; figures further apart than that are rarely of one thing in one unit
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


def of_rows(table: str, dictionary: Dictionary) -> list[tuple[tuple[str, ...], Callable[[Cells], Broken]]]:
    """Return the rules on several cells of a row of a table, each with the columns that it looks at."""
    if table != "deals":
        return RULES.get(table, [])
    unsure = dictionary.having("deals", "status", "summed", said=False)  # not trade that took place or is firmly agreed
    return [*RULES["deals"], (("in_totals", "status", "doubt"), partial(_deal_totals, unsure=unsure))]


def says_why(doubt: str, point: str) -> bool:
    """Say whether `doubt` has a named point, such as “End:”, and what it says."""
    return bool(re.search(rf"(?:^|[.;] ){point}: \S", doubt))


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
    return lambda: countries.nearest_key(table, word, list(keys[table]))


def _deal_value(cells: Cells) -> Broken:
    value, basis = cells["value_usd_m"], cells["value_basis"]
    if value and not basis:
        yield "value_basis", "", "is blank although a value is given", "Say where the value comes from"
    if basis and not value:
        yield "value_basis", basis, "is given although no value is", "Give the value or blank the basis"
    if re.fullmatch(r"0+(\.0+)?", value):  # undisclosed is not zero
        yield "value_usd_m", value, "is zero", "Leave the cell blank where no value is public"


def _deal_range(cells: Cells) -> Broken:
    low, value, high = (cells[f"value_{name}usd_m"] for name in ("low_", "", "high_"))
    if (low or high) and not value:
        remedy = "Give the figure used in totals, or blank the range"
        yield "value_usd_m", "", "is blank although a range is given", remedy
    remedy = "Correct the low, the value or the high"
    if _is_more(low, value):
        yield "value_low_usd_m", low, f"is more than the value, {value}", remedy
    if _is_more(value, high):
        yield "value_high_usd_m", high, f"is less than the value, {value}", remedy
    if _is_more(high, low, WIDEST) and not says_why(cells["doubt"], "Range"):
        remedy = "Give both in millions, or say in doubt after “Range:” why they lie so far apart"
        yield "value_high_usd_m", high, f"is more than {WIDEST} times the low, {low}", remedy


def _deal_quantity(cells: Cells) -> Broken:
    if cells["quantity"] and not cells["unit"]:
        yield "unit", "", "is blank although a quantity is given", "Say what is counted, or blank the quantity"


def _is_more(one: str, other: str, times: int = 1) -> bool:
    return _are_numbers(one, other) and float(one) > times * float(other)


def _are_numbers(*cells: str) -> bool:
    return all(schema.fits("number", cell) for cell in cells)


def _deal_totals(cells: Cells, unsure: tuple[str, ...]) -> Broken:
    if cells["in_totals"] == "yes" and cells["status"] in unsure:
        remedy = f"Write no, and say why in doubt; a deal in totals is none of {', '.join(unsure)}"
        yield "in_totals", "yes", f"is not allowed with the status {cells['status']}", remedy
    if cells["in_totals"] == "no" and not says_why(cells["doubt"], LEFT_OUT):
        remedy = f"Begin the reason with “{LEFT_OUT}:”"
        yield "doubt", cells["doubt"], "does not say why the deal is left out of totals", remedy


def _deal_parties(cells: Cells) -> Broken:
    suppliers, recipients = ({code.strip() for code in cells[side].split(";")} for side in ("supplier", "recipient"))
    for code in sorted(suppliers & recipients - {""}):
        yield "recipient", code, "is a supplier too", "Keep each state on one side"


def _whereabouts(cells: Cells) -> Broken:
    country, lat, lon = (cells[name] for name in ("country", "lat", "lon"))
    if not _are_numbers(lat, lon) or abs(float(lon)) > 180:
        return
    y, x, what = float(lat), float(lon), cells.get("place_id", f"the point of {country}")
    state, puts = outlines.name(country), f"with the lon {lon} puts {what}"
    if abs(y) <= 90 and (y or x) and outlines.may_lie_in(country, y, x):
        return
    if abs(x) <= 90 and outlines.is_shown(country) and outlines.may_lie_in(country, x, y):
        yield "lat", lat, f"{puts} outside {state}", f"Write lat {lon} and lon {lat}: they seem to be swapped"
    elif not y and not x:
        yield "lat", lat, f"{puts} in the sea where both are 0", "Give the true coordinates"
    elif abs(y) <= 90:
        found = outlines.state_at(y, x)
        there = f", in {outlines.name(found)}" if found else ""
        yield "lat", lat, f"{puts} outside {state}{there}", "Correct the coordinates or the country"


VALUES = ("value_low_usd_m", "value_usd_m", "value_high_usd_m")
PLACE = ("country", "lat", "lon")
RULES: dict[str, list[tuple[tuple[str, ...], Callable[[Cells], Broken]]]] = {
    "deals": [
        (("value_usd_m", "value_basis"), _deal_value),
        ((*VALUES, "doubt"), _deal_range),
        (("quantity", "unit"), _deal_quantity),
        (("supplier", "recipient"), _deal_parties),
    ],
    "places": [(("place_id", *PLACE), _whereabouts)],
    "countries": [(PLACE, _whereabouts)],
}

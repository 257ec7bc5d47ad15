"""What must hold of each row of the tables, beyond what Table Schema can say or frictionless enforces.

A rule takes a cell, or the cells of a row by their columns, and yields what is broken: column, value at fault, problem,
remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from dashboard.tables import addresses, countries, dates, numbers, outlines, plausible
from dashboard.tables.csvfile import nearest
from dashboard.tables.dictionary import Column, Dictionary
from dashboard.tables.plausible import Window

Cells = Mapping[str, str]
Keys = Mapping[str, Collection[str]]  # of each table that others may refer to, the keys there are
Broken = Iterator[tuple[str, str, str, str]]

LEFT_OUT = "Not in totals"  # what `doubt` says why a deal is left out of totals begins so, and ends with the sentence
WIDEST = 10  # times the lowest figure; figures further apart than that are rarely of one thing in one unit
ANY = re.compile(".*")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# How a cell of each type is spelt, what any other is called, and the remedy. Frictionless is more lenient: its
# numbers take `NaN`, `INF`, `1e3` and `1_000` too, and its dates `2026-1-5`.
FORMS = {
    "integer": (re.compile(r"-?[0-9]{1,15}"), "is not a whole number", "Write digits only"),
    "number": (re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?"), "is not a number", "Write digits, with a point for decimals"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "is not a day", "Write YYYY-MM-DD"),
}


def broken_cell(column: Column, cell: str, keys: Keys, window: Window) -> Broken:
    """Yield what a cell breaks by itself, whatever stands beside it; `window` is the days that it may speak of."""
    yield from _spelling(column, cell, window)
    yield from _list(column, cell, keys)
    if (column.is_date or column.type == "date") and dates.is_date(cell):
        for reason in plausible.implausible_date(column.name, cell, is_required=column.required, window=window):
            yield column.name, cell, *reason
    if column.name.endswith("_usd_m") and FORMS["number"][0].fullmatch(cell):
        for reason in plausible.implausible_sum(float(cell)):
            yield column.name, cell, *reason


def broken_row(table: str, cells: Cells, dictionary: Dictionary) -> Broken:
    """Yield what the cells of a row break together; `cells` has every column of the table."""
    for rule in RULES.get(table, []):
        yield from rule(cells)
    for rule in MEANINGS.get(table, []):
        yield from rule(cells, dictionary)


def says_why(doubt: str, point: str) -> bool:
    """Say whether `doubt` has a named point, such as “End:”, and what it says."""
    return bool(re.search(rf"(?:^|[.;] ){point}: \S", doubt))


def _spelling(column: Column, cell: str, window: Window) -> Broken:
    form, problem, remedy = FORMS.get(column.type, (ANY, "", ""))
    if CONTROL.search(cell):
        yield column.name, cell, "holds a line break or a control character", "Write the cell on one line without it"
    elif cell and column.choices:
        if cell not in column.choices:
            yield column.name, cell, "is not an allowed value", nearest(cell, list(column.choices))
    elif cell and column.is_date and not dates.is_date(cell):
        remedy = "Write YYYY, YYYY-MM or YYYY-MM-DD, then ~ for about or ? for uncertain"
        yield column.name, cell, "is not a date", _or_serial(cell, window, remedy)
    elif cell and not form.fullmatch(cell):
        is_day = column.type == "date"
        remedy = _or_serial(cell, window, remedy) if is_day else numbers.remedy(cell, remedy)
        yield column.name, cell, problem, remedy


def _or_serial(cell: str, window: Window, remedy: str) -> str:
    """Return the remedy for what is no date; where it is a spreadsheet's number for a day, that day."""
    day = plausible.serial_day(cell, window)
    return f"{plausible.TEXT}. {cell} stands for {day}" if day else remedy


def _list(column: Column, cell: str, keys: Keys) -> Broken:
    items = [item.strip() for item in cell.split(";")] if cell and column.reference in keys else []
    for item in dict.fromkeys(items):
        if not item:
            yield column.name, cell, "has an empty place in its list", "Remove the semicolon that is too many"
        elif item not in keys[column.reference]:
            known = list(keys[column.reference])
            remedy = countries.nearest_key(column.reference, item, known)
            yield column.name, item, f"is not in {column.reference}.csv", remedy
        elif items.count(item) > 1:
            yield column.name, item, "is listed twice", "Keep each key once"


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
    return all(FORMS["number"][0].fullmatch(cell) for cell in cells)


def _deal_totals(cells: Cells, dictionary: Dictionary) -> Broken:
    unsure = dictionary.having("deals", "status", "summed", said=False)  # not trade that took place or is firmly agreed
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


def _source_address(cells: Cells) -> Broken:
    if cells["url"] and (problem := addresses.flaw(cells["url"])):
        yield "url", cells["url"], problem, "Begin with https:// or http://, or leave it blank"


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


RULES: dict[str, list[Callable[[Cells], Broken]]] = {
    "deals": [_deal_value, _deal_range, _deal_quantity, _deal_parties],
    "sources": [_source_address],
    "places": [_whereabouts],
    "countries": [_whereabouts],
}
# Those that must know what the dictionary says of a value.
MEANINGS: dict[str, list[Callable[[Cells, Dictionary], Broken]]] = {"deals": [_deal_totals]}

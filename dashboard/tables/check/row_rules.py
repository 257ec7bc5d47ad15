"""What must hold between the cells of one row."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from dashboard.tables.check import schema, whereabouts
from dashboard.tables.check.reasons import Broken, Cells
from dashboard.tables.dictionary import Dictionary

LEFT_OUT = "Not in totals"  # what `doubt` says why a deal is left out of totals begins so, and ends with the sentence
WIDEST = 10  # times the lowest figure; figures further apart than that are rarely of one thing in one unit


def says_why(doubt: str, point: str) -> bool:
    """Say whether `doubt` has a named point, such as “End:”, and what it says."""
    return f"{point}: " in doubt and bool(re.search(rf"(?:^|[.;] ){point}: \S", doubt))


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
    if not (low or high):
        return
    if not value:
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


VALUES = ("value_low_usd_m", "value_usd_m", "value_high_usd_m")
PLACE = ("country", "lat", "lon")
RULES: dict[str, list[tuple[tuple[str, ...], Callable[[Cells], Broken]]]] = {
    "deals": [
        (("value_usd_m", "value_basis"), _deal_value),
        ((*VALUES, "doubt"), _deal_range),
        (("quantity", "unit"), _deal_quantity),
        (("supplier", "recipient"), _deal_parties),
    ],
    "places": [(("place_id", *PLACE), whereabouts.broken)],
    "countries": [(PLACE, whereabouts.broken)],
}


def of_rows(table: str, dictionary: Dictionary) -> list[tuple[tuple[str, ...], Callable[[Cells], Broken]]]:
    """Return the rules on several cells of a row of a table, each with the columns that it looks at."""
    if table != "deals":
        return RULES.get(table, [])
    unsure = dictionary.having("deals", "status", "summed", said=False)  # not trade that took place or is firmly agreed
    return [*RULES["deals"], (("in_totals", "status", "doubt"), partial(_deal_totals, unsure=unsure))]

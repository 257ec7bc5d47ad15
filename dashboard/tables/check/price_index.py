"""Which years have a price index that does not fit those around it, or that cannot be known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard.tables.check.book import Sheet
from dashboard.tables.check.window import Window
from dashboard.tables.faults import Fault

# By what factor prices may move in a year, and at most between two years of the table, however far apart: in none that
# the table has did they fall by half a per cent or rise by a tenth. A lost decimal point makes ten at least.
YEARLY, FARTHEST = (0.95, 1.15), 8


def misfits(index: Mapping[int, float]) -> list[int]:
    """Return the years whose price index does not fit those of the other years.

    What fits is the longest row of years, each of which follows the one before it as prices can; so a few wrong years
    do not make their right neighbours wrong.
    """
    best: dict[int, list[int]] = {}
    for year in sorted(index):
        before = (chain for other, chain in best.items() if _follows(index, other, year))
        best[year] = [*max(before, key=len, default=[]), year]
    fits = max(best.values(), key=len, default=[])
    return [year for year in sorted(index) if year not in fits]


def _follows(index: Mapping[int, float], one: int, other: int) -> bool:
    low, high = (step ** (other - one) for step in YEARLY)
    return max(low, 1 / FARTHEST) * index[one] <= index[other] <= min(high, FARTHEST) * index[one]


def with_point(index: Mapping[int, float], year: int) -> str:
    """Return the index of a year with the decimal point where it fits the years that fit; "" where there is no such."""
    others = {key: value for key, value in index.items() if key not in misfits(index)}
    for places in range(1, 7):
        for shifted in (index[year] / 10**places, index[year] * 10**places):
            if not misfits({**others, year: shifted}):
                return f"{shifted:.10g}"
    return ""


def disagreements(years: Sheet, window: Window) -> Iterator[Fault]:
    """Yield years whose price index does not fit those of the years around it, or cannot be known yet."""
    cells = years["cpi_u"]
    rows = {int(years["year"][row]): row for row in years.right("year", "cpi_u")}
    index = {year: float(cells[row]) for year, row in rows.items()}
    for year in misfits(index):
        fitting = with_point(index, year)
        meant = f"Did the decimal point get lost? {fitting} would fit" if fitting else "Correct it"
        near = [f"{other} ({cells[rows[other]]})" for other in (year - 1, year + 1) if other in rows]
        beside = f" in {' and '.join(near)}" if near else " of the other years"
        yield years.fault(rows[year], "cpi_u", f"of {year} does not fit the index{beside}", meant)
    for year, row in rows.items():
        if year >= window.last.year:
            problem = "is not over, so its average is not known"
            yield years.fault(row, "year", problem, "Leave the year out until it is")

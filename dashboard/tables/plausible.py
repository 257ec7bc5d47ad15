"""Is what is well formed also plausible? The years of a date, the size of a sum, a price index among its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.tables import dates

Reason = tuple[str, str]  # the problem and the remedy
FIRST_YEAR = 1900  # where the data package does not say another
NEVER = 9000  # years from here on stand for no end: 9999
SERIAL = re.compile(r"[0-9]{5}")  # how a spreadsheet keeps a day of 1927 to 2173: the number of days since DAY_ZERO
DAY_ZERO = date(1899, 12, 30)
TEXT = "A spreadsheet may have put the serial number of a day in place of the day: format the column as text"
LARGEST_USD_M, SMALLEST_USD_M = 100_000, 0.01  # far beyond any sum of the tables, and far below
# By what factor prices may move in a year, and at most between two years of the table, however far apart: in none that
# the table has did they fall by half a per cent or rise by a tenth. A lost decimal point makes ten at least.
YEARLY, FARTHEST = (0.95, 1.15), 8


@dataclass(frozen=True)
class Window:
    """The days that the tables can speak of: from the first year to the last day, both included."""

    first: int
    last: date

    @classmethod
    def of(cls, descriptor: Mapping[str, Any]) -> Window:
        """Return the window of a data package: from its `firstYear` until tomorrow, since it may be that day elsewhere.

        A clock that stands before the day on which the package was made is wrong, and must not take the site down.
        """
        made = str(descriptor.get("created", ""))[:10]
        today = max(date.today(), dates.parse(made).latest) if dates.is_date(made) else date.today()
        return cls(int(descriptor.get("firstYear", FIRST_YEAR)), today + timedelta(days=1))

    def holds(self, text: str) -> bool:
        """Say whether a date is well formed and may be a day of the window."""
        return dates.is_date(text) and not absurd(text, self)


def absurd(text: str, window: Window) -> str:
    """Return why a date cannot be meant: it stands for `never`, for the `future`, for `before`; else ""."""
    earliest = dates.parse(text).earliest
    if earliest.year >= NEVER:
        return "never"
    if earliest > window.last:
        return "future"
    return "before" if earliest.year < window.first else ""


def implausible_date(column: str, text: str, *, is_required: bool, window: Window) -> Iterator[Reason]:
    """Yield why a well-formed date cannot be meant, and what to do; nothing where it can."""
    blank = "Correct the date" if is_required else "Correct the date, or leave the cell blank where it is not known"
    reason = absurd(text, window)
    if reason == "never":
        open_end = "Leave the cell blank: a blank end means open or unknown"
        yield "stands for no day", open_end if column == "end" else blank
    elif reason and text.isdecimal():
        when = "in the future" if reason == "future" else f"before {window.first}"
        yield f"is a year {when}", f"{blank}. {TEXT}"
    elif reason == "future" and column == "last_checked":
        yield "is in the future, when no row can have been checked", "Write the day on which the row was checked"
    elif reason == "future":
        yield "is in the future", blank
    elif reason:
        yield f"is before {window.first}, the first year of these tables", f"{_meant(text, window)}{blank}"


def _meant(text: str, window: Window) -> str:
    """Return a question that offers the same date of this or the last century where a digit of it was missed."""
    near = (first + text[len(first) :] for first in ("2", "20", "1", "19"))
    return next((f"Did you mean “{other}”? " for other in near if window.holds(other)), "")


def serial_day(text: str, window: Window) -> str:
    """Return the day that a spreadsheet's serial number stands for, as YYYY-MM-DD; "" where it is none."""
    day = str(DAY_ZERO + timedelta(days=int(text))) if SERIAL.fullmatch(text) else ""
    return day if day and window.holds(day) else ""


def implausible_sum(usd_m: float) -> Iterator[Reason]:
    """Yield why a sum cannot be in millions."""
    if usd_m > LARGEST_USD_M:
        plain = f"; {usd_m:.0f} is {usd_m / 1e6:g} million" if usd_m >= 1e6 else ""
        yield f"is more than {LARGEST_USD_M:,} million", f"Give the sum in millions{plain}"
    elif 0 < usd_m < SMALLEST_USD_M:
        yield f"is less than {SMALLEST_USD_M} million", "Give the sum in millions, not in billions"


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

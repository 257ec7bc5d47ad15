"""Is what is well formed also plausible? The years of a date, the size of a sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dashboard.tables.check.window import Window

Reason = tuple[str, str]  # the problem and the remedy
SERIAL = re.compile(r"[0-9]{5}")  # how a spreadsheet keeps a day of 1927 to 2173: the number of days since DAY_ZERO
DAY_ZERO = date(1899, 12, 30)
TEXT = "A spreadsheet may have put the serial number of a day in place of the day: format the column as text"
LARGEST_USD_M, SMALLEST_USD_M = 100_000, 0.01  # far beyond any sum of the tables, and far below


def implausible_date(column: str, text: str, *, is_required: bool, window: Window) -> Iterator[Reason]:
    """Yield why a well-formed date cannot be meant, and what to do; nothing where it can."""
    blank = "Correct the date" if is_required else "Correct the date, or leave the cell blank where it is not known"
    reason = window.absurd(text)
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

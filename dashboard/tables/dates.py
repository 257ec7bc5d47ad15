"""What a date in the tables means: an EDTF text, the days it may be, and its words."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

FORM = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?(?P<mark>[~?]?)")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Interval:
    """The days a date may be: from the earliest to the latest, both included.

    `approximate` is the EDTF mark `~`, `uncertain` the mark `?`. Neither widens the interval:
    the standard gives no width for them, so pictures and words show the mark itself.
    """

    earliest: date
    latest: date
    approximate: bool
    uncertain: bool


def years_of(days: np.ndarray) -> np.ndarray:
    """Return the year of each of some days, datetime64 that are all known."""
    return days.astype("datetime64[Y]").astype(int) + 1970


def first_day(year: int) -> np.datetime64:
    """Return the first day of a year."""
    return np.datetime64(f"{year:04}-01-01")


def last_day(year: int) -> np.datetime64:
    """Return the last day of a year."""
    return np.datetime64(f"{year:04}-12-31")


@lru_cache(maxsize=100_000)
def parse(text: str) -> Interval:
    """Return the interval that an EDTF text stands for.

    Takes the subset of EDTF level 1 (ISO 8601-2) that the tables use: a year, a month or a day, then
    `~` or `?` where it is approximate or uncertain. Raises ValueError for anything else, such as a
    thirteenth month, with words a maintainer can act on.
    """
    match = FORM.fullmatch(text)
    if not match:
        raise ValueError(f"{text} is not YYYY, YYYY-MM or YYYY-MM-DD, then at most one ~ or ?")
    year, month, day = match.group("year", "month", "day")
    try:
        earliest = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"{text} is a day that does not exist") from None
    last = int(month or 12)
    latest = date(int(year), last, int(day or monthrange(int(year), last)[1]))
    return Interval(earliest, latest, match["mark"] == "~", match["mark"] == "?")


def is_date(text: str) -> bool:
    """Say whether `parse` takes the text."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def format_date(text: str) -> str:
    """Return a date in words, no more exact than it is known: `about July 2018`, `2024`, `5 July 2018`."""
    if not text:
        return "date not known"
    interval = parse(text)
    parts = text.rstrip("~?").split("-")
    words = parts[0]
    if len(parts) > 1:
        words = f"{MONTHS[interval.earliest.month - 1]} {words}"
    if len(parts) > 2:
        words = f"{interval.earliest.day} {words}"
    return f"{'about ' * interval.approximate}{words}{' (uncertain)' * interval.uncertain}"


def format_span(start: str, end: str) -> str:
    """Return a start and an end in words; a blank end is open or unknown, which the words say."""
    if not start and not end:
        return "dates not known"
    if not end:
        return f"since {format_date(start)}"
    if not start:
        return f"until {format_date(end)}"
    return format_date(start) if start == end else f"{format_date(start)} to {format_date(end)}"

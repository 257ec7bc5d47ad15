"""Where a day lies on a timeline: years side by side, the sparse early ones drawn narrower where that helps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from dashboard.tables.dates import years_of

YEAR = 365.2425  # days
EPOCH = date(1970, 1, 1).toordinal()
SPARSE = 0.25  # the part of the deals that may begin in the early years
NARROW = 0.2  # the part of the width that the early years get
LONG = 0.4  # the part of all years that the early ones must be more than, to be narrowed
ROOMY, FINER = 0.12, 0.055  # the part of the width that a written year needs, on a phone and on a desk
STEPS = (1, 3, 6, 12, 24, 36, 60, 120, 240)  # months between written dates


@dataclass(frozen=True)
class Scale:
    """A way from days to positions: decimal years from `pivot` on, `squeeze` times as wide before it.

    `first` and `last` are the decimal years at the two edges of the picture.
    """

    first: float
    last: float
    pivot: float
    squeeze: float

    def at(self, day: date, after: bool = False) -> float:
        """Return the position of the beginning of a day, or of the day after it."""
        year = 1970 + (day.toordinal() - EPOCH + after) / YEAR
        return year if year >= self.pivot else self.pivot - (self.pivot - year) * self.squeeze

    def share(self, day: date, after: bool = False) -> float:
        """Return the same as a share of the picture's width: 0 at its left edge, 1 at its right."""
        return self.part(self.at(day, after))

    def part(self, at: float) -> float:
        """Return a position as a share of the picture's width."""
        left, right = self.edges
        return (at - left) / (right - left)

    @property
    def edges(self) -> tuple[float, float]:
        """Return the positions of the two edges of the picture."""
        return self.pivot - (self.pivot - self.first) * self.squeeze, self.last

    @property
    def is_broken(self) -> bool:
        """Say whether early years are drawn narrower than the others."""
        return self.squeeze < 1

    def ticks(self, roomy: float = ROOMY) -> list[tuple[float, str]]:
        """Return where to write a year or, where there is room, a month, never closer than a part of the width."""
        room = (self.edges[1] - self.edges[0]) * roomy
        early = self.pivot - room / 3 / self.squeeze  # a year written left of the pivot must not touch the pivot's own
        days = [*_days(self.first, early, self.squeeze, room), *_days(self.pivot, self.last, 1.0, room)]
        return [(self.at(day), str(day.year) if day.month == 1 else f"{day:%b}") for day in days]


def _days(start: float, stop: float, width: float, room: float) -> list[date]:
    """Return the first days of months at even steps within a stretch of years, each year so wide."""
    step = next((months for months in STEPS if months / 12 * width >= room), 600)
    first, within = round(start), range(0, math.ceil((stop - start) * 12 - room / width * 6), step)
    return [date(first + months // 12, months % 12 + 1, 1) for months in within]


def scale(begins: pd.Series, first: date, last: date) -> Scale:
    """Return the scale of a picture from one day to another, fitted to the days on which its deals begin.

    Where few of the deals begin in a long early stretch, that stretch is narrowed and `pivot` is the year it ends.
    """
    left, right = _edges(first, last)
    years = np.sort(np.maximum(years_of(begins.to_numpy()), first.year))
    pivot = float(years[int(SPARSE * (len(years) - 1))])
    early, late = pivot - left, right - pivot
    if early <= 0 or late <= 0 or early / (early + late) <= LONG:
        return Scale(left, right, left, 1.0)
    return Scale(left, right, pivot, NARROW / (1 - NARROW) * late / early)


def even(first: date, last: date) -> Scale:
    """Return the scale of a picture from one day to another, on which every year is as wide."""
    left, right = _edges(first, last)
    return Scale(left, right, left, 1.0)


def _edges(first: date, last: date) -> tuple[float, float]:
    left, right = (1970 + (day.toordinal() - EPOCH) / YEAR for day in (first, last + timedelta(days=1)))
    return left, right

"""Which days the tables can speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.tables import dates

FIRST_YEAR = 1900  # where the data package does not say another
NEVER = 9000  # years from here on stand for no end: 9999


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

    def absurd(self, text: str) -> str:
        """Return why a date cannot be meant: it stands for `never`, for the `future`, for `before`; else ""."""
        earliest = dates.parse(text).earliest
        if earliest.year >= NEVER:
            return "never"
        if earliest > self.last:
            return "future"
        return "before" if earliest.year < self.first else ""

    def holds(self, text: str) -> bool:
        """Say whether a date is well formed and may be a day of the window."""
        return dates.is_date(text) and not self.absurd(text)

"""A briefing as files to hand over: each form with its name, what it is for, and what writes it.

All are made from the tables and an address, never from the screen. What a form needs is imported when it is written, so
that nobody waits for it who only looks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.pack.briefing import Briefing
    from dashboard.tables.load import Tables


@dataclass(frozen=True)
class Form:
    """One form of a briefing: `ending` ends the name of its file, `written` makes its bytes, as of the day handed in."""

    label: str
    ending: str
    mime: str
    what: str
    written: Callable[[Tables, Briefing, date], bytes]


FORMS: dict[str, Form] = {}

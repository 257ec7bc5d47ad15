"""A briefing: views one after the other, each with a line to take home and notes to speak by where there are any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.views.view import Rows, View


@dataclass(frozen=True, eq=False)
class Part:
    """One view of a briefing; `take_home` and `notes` are a presenter's own words, "" where there are none.

    `rows` is the table that stands for the view on a slide without a picture; None where there is none.
    """

    view: View
    take_home: str = ""
    notes: str = ""
    rows: Rows | None = None


@dataclass(frozen=True, eq=False)
class Briefing:
    """What is handed over: a title and at least one part."""

    title: str
    parts: tuple[Part, ...]


def of_view(view: View) -> Briefing:
    """Return the briefing on one view: an exploring page, a comparison, or a deal, which it is called after."""
    return Briefing(view.finding if is_of_one(view) else view.title, (Part(view),))


def is_of_one(view: View) -> bool:
    """Say whether a view is of one deal, which no filter touches."""
    return view.page == "deal" and "id=" in view.query


def of_deck(title: str, slides: Iterable[tuple[View, str, str] | tuple[View, str, str, Rows | None]]) -> Briefing:
    """Return the briefing of a deck, whose slides are views with a line to take home, speaker notes and the table shown."""
    return Briefing(title, tuple(Part(*slide) for slide in slides))

"""Where each deal lies on the timeline: its row, the parts of its bar, its title."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap
from typing import Any

import pandas as pd

from dashboard.charts.timeline.bars import dated
from dashboard.charts.timeline.scale import Scale, scale
from dashboard.questions import timeline as chronology
from dashboard.questions.timeline import Described
from dashboard.tables.load import Tables
from dashboard.tables.model import records

ROW, HEAD, LINE = 34, 72, 16  # pixels: a deal, a group's heading, a further line of a title
LETTERS = 60  # that fit beside each other on a phone
DESK = 0.36  # a phone's width in parts of a desk's
Ends = tuple[float, float]


@dataclass(frozen=True)
class Row:
    """One deal on the timeline; `y` and `tall` are in pixels from the top, all else are positions of the scale.

    `deal` has the columns of `tables.deals` that are `USED` and those of `chronology.spans`; `known` is the first
    date known, `reach` where the deal ends: today, for an open one. A part of the bar that ends before it begins is
    none. `side` says whether the title begins ("right"), has its middle ("center") or ends ("left") at `label_x`;
    `grip` is bar and title together.
    """

    deal: dict[str, Any]
    words: Described
    label: list[str]
    y: int
    tall: int
    known: float
    opening: Ends
    core: Ends
    closing: Ends
    reach: float
    label_x: float
    side: str
    grip: Ends

    @property
    def stop(self) -> float:
        """Return where the bar ends."""
        return max(self.opening[1], self.core[1], self.closing[1])


@dataclass(frozen=True)
class Timetable:
    """Every row in its place, and of each group its name, the y of its first deal without a further line, and its deals."""

    rows: list[Row]
    heads: list[tuple[str, int, int]]
    scale: Scale
    height: int


def timetable(
    tables: Tables, deals: pd.DataFrame, by: str, today: date, since: int | None = None, until: int | None = None
) -> Timetable:
    """Return where the deals that have a date lie, grouped by domain, pair or status.

    Of `deals`, rows of `tables.deals`, only `deal_id` is looked at. Groups stand in their order, and the deals of a
    group in the order of their opening. The picture goes from the first year known, or the year `since`, to today, or
    to the end of the year `until`.
    """
    every = dated(tables)
    found = every[every["deal_id"].isin(deals["deal_id"])]
    names, order = chronology.group(tables, found, by)
    described = zip(names, records(found), chronology.described(tables, found), strict=True)
    years = _scale(found, today, since, until)
    now = years.at(today)
    rows: list[Row] = []
    firsts: dict[str, list[Row]] = {}
    y = 0
    for name, deal, words in sorted(described, key=lambda entry: order.index(entry[0])):
        label = _title(deal, by, words.status)
        tall = ROW + LINE * (len(label) - 1)
        y += tall + (0 if name in firsts else HEAD)
        row = _row(deal, words, label, y - ROW // 2, tall, years, now)
        rows.append(row)
        firsts.setdefault(name, []).append(row)
    return Timetable(rows, [_head(name, group, by) for name, group in firsts.items()], years, y)


def _scale(found: pd.DataFrame, today: date, since: int | None, until: int | None) -> Scale:
    """Return the scale of the years in the picture."""
    latest = max(found["closes_latest"].max().date(), today)
    last = min(latest, date(until, 12, 31)) if until else latest
    first = max(found["begins"].min().year, since or 0)
    return scale(found["opens_earliest"], date(min(first, last.year), 1, 1), last)


def _title(deal: dict[Any, Any], by: str, status: str) -> list[str]:
    """Return a title as lines that fit on a phone, about as long as each other.

    Its domain's shape stands before it, where the group does not say it, and a status that is not plain behind it.
    """
    shape = "" if by == "domain" else f"{deal['glyph']} "
    state = f" ·\u00a0{status.lower()}" if deal["pattern"] != "solid" else ""
    words = f"{shape}{deal['title']}{state}"
    lines = wrap(words, LETTERS, break_on_hyphens=False)
    return lines if len(lines) == 1 else wrap(words, min(LETTERS, len(words) // len(lines) + 8), break_on_hyphens=False)


def _head(name: str, group: list[Row], by: str) -> tuple[str, int, int]:
    """Return a group's heading: a domain's name follows its shape."""
    first = group[0]
    shape = f"{first.deal['glyph']} " if by == "domain" else ""
    return f"{shape}{name}", first.y - (first.tall - ROW), len(group)


def _row(deal: dict[str, Any], words: Described, label: list[str], y: int, tall: int, years: Scale, now: float) -> Row:
    """Return one deal in its place.

    A date known to the day is certain, so the bar is solid from its first or to its last hour.
    """
    opening, opens_exactly = _between(years, deal["opens_earliest"], deal["opens_latest"])
    closing, closes_exactly = _between(years, deal["closes_earliest"], deal["closes_latest"])
    solid, until = opening[not opens_exactly], closing[closes_exactly]
    stop = max(opening[1], closing[1])
    reach = max(stop, now) if deal["is_open"] else stop
    label_x, side, covered = _label(label, opening[0], reach, *years.edges)
    return Row(
        deal, words, label, y, tall,
        known=years.at(deal["begins"].date()),
        opening=(opening[0], opening[0] if opens_exactly else opening[1]),
        core=(solid, until),
        closing=(max(closing[0], solid), closing[0] if closes_exactly else closing[1]),
        reach=reach, label_x=label_x, side=side,
        grip=(min(opening[0], covered[0]), max(reach, covered[1])),
    )  # fmt: skip


def _between(years: Scale, earliest: datetime, latest: datetime) -> tuple[Ends, bool]:
    """Return the first and the last hour that a date may be, and whether it is known to the day."""
    return (years.at(earliest.date()), years.at(latest.date(), after=True)), earliest == latest


def _label(label: list[str], begin: float, reach: float, left: float, right: float) -> tuple[float, str, Ends]:
    """Return where a title stands, which side of there it lies on, and from where to where it may reach.

    It must fit on a phone and stay near its bar on a desk: it begins where its bar does; one that would then leave a
    phone's picture begins, has its middle or ends where the bar is nearest on a desk.
    """
    need = min(max(map(len, label)), LETTERS) / LETTERS * (right - left)
    begin, stop = min(max(begin, left), right), min(max(reach, left), right)
    places = {  # side: where it is put, and the part of the title that lies left of there
        "right": (min(begin, right - need), 0.0),
        "center": (min(max(begin, left + need / 2), right - need / 2), 0.5),
        "left": (max(stop, left + need), 1.0),
    }

    def away(side: str) -> float:
        at, part = places[side]
        return max(at - need * DESK * part - begin, 0) + max(begin - at - need * DESK * (1 - part), 0)

    side = min(places, key=away)
    at, part = places[side]
    return at, side, (at - need * part, at + need * (1 - part))
